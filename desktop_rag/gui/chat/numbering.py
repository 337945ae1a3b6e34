"""Numbers that begin at 1 in every answer, whatever a model reads its passages by.

A model is told passages under numbers that grow through a conversation, so that it can cite one
of an earlier turn. Its reader sees 1, 2, 3 in the order in which they come up in this answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from desktop_rag.answer import marks
from desktop_rag.gui.chat.arrangement import shown_of
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.sources import Source

Elsewhere = Callable[[int], Source | None]
"""Gives a passage of an earlier turn by its number."""


def in_order(*numbers: Iterable[int]) -> dict[int, int]:
    """Return what each number is shown as: the first to come up is 1, and so on."""
    order = dict.fromkeys(number for some in numbers for number in some)
    return {number: shown for shown, number in enumerate(order, start=1)}


def cited_in(text: str, known: Collection[int]) -> list[int]:
    """Return the known numbers that a text cites, each once, in their order."""
    return [number for number in marks.cited(text) if number in known]


def known_to(value: TurnValue, elsewhere: Elsewhere) -> dict[int, Source]:
    """Return what an answer can cite: its own passages, and earlier ones that it does cite."""
    own = {
        source.number: source for source in (*value.quotes, *reversed(value.cited), *value.sources)
    }
    found = {number: elsewhere(number) for number in marks.cited(value.answer)}
    return {number: source for number, source in found.items() if source} | own


def numbers_of(value: TurnValue, elsewhere: Elsewhere) -> dict[int, int]:
    """Return what the passages of an answer are shown as, from top to bottom."""
    shown, known = shown_of(value), known_to(value, elsewhere).keys()
    return in_order(
        (quote.number for quote in shown.leading),
        cited_in(shown.text, known),
        (quote.number for quote in shown.following),
        cited_in(value.answer, known),
        (source.number for source in value.sources),
    )
