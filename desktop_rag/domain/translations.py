"""A quotation in another language, as a language model puts it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document, and the language they are wanted `into`, in ISO 639-1."""

    text: str
    into: str


@dataclass(frozen=True, slots=True)
class Translated:
    """What a model has made of a quotation so far; nobody has checked it.

    Of a long one only the beginning was translated: it is `cut`. Once the model is `done`, an
    empty text says that it gave none.
    """

    text: str
    cut: bool = False
    done: bool = False
