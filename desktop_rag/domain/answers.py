"""The ways in which a question can be answered."""

from __future__ import annotations

from enum import StrEnum


class AnswerMode(StrEnum):
    """How an answer came about; its values are stored with conversations and printed as JSON."""

    EXTRACT = "extract"  #: the best sentences, quoted
    MODEL = "model"  #: written by a language model
