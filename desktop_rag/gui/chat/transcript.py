"""Answers as text for elsewhere: copied, or a whole conversation as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from desktop_rag.gui.chat import markdown
from desktop_rag.gui.chat.arrangement import arranged
from desktop_rag.gui.chat.numbering import cited_in, known_to, numbers_of
from desktop_rag.gui.chat.sentence_marks import check_words, flagged
from desktop_rag.gui.chat.values import TurnValue, source_before
from desktop_rag.gui.sources import Source

_SPECIAL = re.compile(r"([\\`*_\[\]<>#])")

Known = Mapping[int, Source]
translate = QCoreApplication.translate


def plain(value: TurnValue, known: Known) -> str:
    """Return what an answer says without marks; what is not borne out comes last, and says so."""
    shown = arranged(value)
    quotes = [f"“{quote.snippet}”" for quote in (*shown.leading, *_near(value))]
    written = markdown.without_marks(value.answer, known.keys()).strip()
    return _joined(_in_order(value, quotes, written))


def cited(value: TurnValue, known: Known) -> str:
    """Return what an answer says, and below it what its marks stand for."""
    shown, numbers = arranged(value), numbers_of(value, known.get)
    quotes = [_quoted(quote, numbers) for quote in (*shown.leading, *_near(value))]
    written = markdown.renumbered(value.answer, numbers).strip()
    named = cited_in(value.answer, known.keys())
    line = translate("Transcript", "[{number}] {title}, p. {label}: “{snippet}”")
    notes = [
        line.format(number=numbers[n], title=s.title, label=s.label, snippet=s.snippet)
        for n, s in ((n, known[n]) for n in named)
    ]
    return _joined([*_in_order(value, quotes, written), "\n".join(notes)])


def exported(title: str, turns: Sequence[TurnValue]) -> str:
    """Return a conversation as Markdown: its questions, its answers, and what they rest on."""
    parts = [f"# {_plain(title)}"]
    for at, turn in enumerate(turns):
        parts += _turn(turn, partial(source_before, turns, at))
    return _joined(parts) + "\n"


def _turn(turn: TurnValue, elsewhere: partial[Source | None]) -> Iterable[str]:
    shown, numbers = arranged(turn), numbers_of(turn, elsewhere)
    yield f"## {_plain(turn.question)}"
    if turn.searched and turn.searched != turn.question:
        yield _plain(translate("Transcript", "Searched: {words}").format(words=turn.searched))
    quotes = [f"> {_plain(quote.snippet)} [{numbers[quote.number]}]" for quote in shown.leading]
    written = markdown.renumbered(turn.answer, numbers).strip()
    yield from _in_order(turn, quotes, written)
    if shown.near or shown.folded:
        heading = (
            translate("Transcript", "The nearest passages:")
            if shown.near
            else translate("Transcript", "Your documents say:")
        )
        near = [f"> {_plain(quote.snippet)} [{numbers[quote.number]}]" for quote in shown.following]
        yield from [heading, *near] if near else []
    yield "\n".join(
        f"- “{_plain(one.sentence)}”: {_plain(check_words(one))}"
        for one in turn.checks
        if flagged(one)
    )
    known = known_to(turn, elsewhere)
    told = cited_in(turn.answer, known.keys()) if shown.counts else numbers
    order = sorted((number for number in told if number in known), key=numbers.__getitem__)
    yield "\n".join(f"{numbers[number]}. {_place(known[number])}" for number in order)


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


def _place(source: Source) -> str:
    page = source.page_label and translate("Transcript", "p. {label}").format(
        label=source.page_label
    )
    return _plain(", ".join(part for part in (source.title, page) if part))


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def _plain(text: str) -> str:
    """Text of others on one line, in which no character means anything to Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
