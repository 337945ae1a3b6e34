"""Answers as text for elsewhere, as they are copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from desktop_rag.answer import marks
from desktop_rag.answer.arrangement import arranged
from desktop_rag.gui.chat.numbering import cited_in, numbers_of
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.sources import Source

Known = Mapping[int, Source]
translate = QCoreApplication.translate


def plain(value: TurnValue, known: Known) -> str:
    """Return what an answer says without marks; what is not borne out comes last, and says so."""
    shown = arranged(value)
    quotes = [f"“{quote.snippet}”" for quote in (*shown.leading, *_near(value))]
    written = marks.without_marks(value.answer, known.keys()).strip()
    return _joined(_in_order(value, quotes, written))


def cited(value: TurnValue, known: Known) -> str:
    """Return what an answer says, and below it what its marks stand for."""
    shown, numbers = arranged(value), numbers_of(value, known.get)
    quotes = [_quoted(quote, numbers) for quote in (*shown.leading, *_near(value))]
    written = marks.renumbered(value.answer, numbers).strip()
    named = cited_in(value.answer, known.keys())
    line = translate("Transcript", "[{number}] {title}, p. {label}: “{snippet}”")
    notes = [
        line.format(number=numbers[n], title=s.title, label=s.label, snippet=s.snippet)
        for n, s in ((n, known[n]) for n in named)
    ]
    return _joined([*_in_order(value, quotes, written), "\n".join(notes)])


def _in_order(value: TurnValue, quotes: list[str], written: str) -> list[str]:
    """Return quotes and text as they stand, with what is said between them."""
    shown = arranged(value)
    if shown.near and quotes:
        return [written, translate("Transcript", "The nearest passages:"), *quotes]
    if shown.unconfirmed and written:
        told = translate("Transcript", "Written by the model, not confirmed by your documents:")
        return [*quotes, told, written]
    return [*quotes, written]


def _near(value: TurnValue) -> tuple[Source, ...]:
    shown = arranged(value)
    return shown.following if shown.near else ()


def _quoted(quote: Source, numbers: Mapping[int, int]) -> str:
    place = translate("Transcript", "{title}, p. {label}").format(
        title=quote.title, label=quote.label
    )
    return f"“{quote.snippet}” [{numbers[quote.number]}] {place}"


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)
