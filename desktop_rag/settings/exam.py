"""The questions that each language model is examined with, in `resources/exam.jsonl`."""

from __future__ import annotations

import functools
import json
from typing import Any

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.examination import ExamQuestion
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.settings.paths import resources


@functools.cache
def questions() -> tuple[ExamQuestion, ...]:
    """Return all questions: those of one language together, which begin with the same prompt."""
    lines = (resources() / "exam.jsonl").read_text("utf-8").splitlines()
    return tuple(_question(json.loads(line)) for line in lines)


def _question(values: dict[str, Any]) -> ExamQuestion:
    return ExamQuestion(
        question=values["question"],
        language=values["language"],
        answers=tuple(tuple(spellings) for spellings in values["answers"]),
        gold=frozenset(values["gold"]),
        passages=tuple(_passage(at, one) for at, one in enumerate(values["passages"], 1)),
    )


def _passage(number: int, values: dict[str, Any]) -> Passage:
    hit = Hit(
        document=DocumentId(values["document"]),
        ordinal=number,
        page=values["page"],
        page_label=str(values["page"] + 1),
        header=values["header"],
        text=values["text"],
        words=(),
        score=0.0,
        language=values["language"],
    )
    return Passage(number, hit)
