"""Which words of like sentences the others have not: all of two versions, or numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from desktop_rag.answer.checks.dates import held
from desktop_rag.answer.checks.figures import Figure, same
from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.answer.checks.tokens import flat
from desktop_rag.domain.passages import Span

_TOKEN = re.compile(r"[^\W_]+(?:[.,:/'’-][^\W_]+)*|[%$€£¥]|(?<!\S)[-−](?=[\d$€£¥])")
_LONGEST = 400  # words that are compared one by one
_EDGES = re.compile(r"^[^\w$€£¥%-]+|[^\w$€£¥%]+$")


def key_of(text: str) -> str:
    """Return what two texts are the same by: their words and signs of money, folded.

    >>> key_of("The  Rent is $900.") == key_of("the rent is $900")
    True
    """
    return " ".join(flat(found.group()) for found in _TOKEN.finditer(text))


def apart(first: str, second: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the places of words in each of two texts that the other has not there."""
    own, others = _words(first), _words(second)
    matcher = SequenceMatcher(
        None, [word for word, _ in own], [word for word, _ in others], autojunk=False
    )
    left: list[Span] = []
    right: list[Span] = []
    for tag, start, end, begin, last in matcher.get_opcodes():
        if tag != "equal":
            left += [span for _, span in own[start:end]]
            right += [span for _, span in others[begin:last]]
    return _joined(left, first), _joined(right, second)


def likeness(first: str, second: str) -> float:
    """Return how much of two texts is the same in the same order, from 0 to 1."""
    own, others = ([word for word, _ in _words(text)] for text in (first, second))
    return SequenceMatcher(None, own, others, autojunk=False).ratio()


def facts_apart(texts: Sequence[ReadText]) -> tuple[tuple[Span, ...], ...]:
    """Return the places of numbers and dates in each text that are not in all of the others."""
    return tuple(
        _joined(sorted(_told_alone(text, [one for one in texts if one is not text])), text.written)
        for text in texts
    )


def _told_alone(text: ReadText, others: Sequence[ReadText]) -> Iterator[Span]:
    for figure in text.figures:
        if not all(_has(other, figure) for other in others):
            yield from _place(text, figure.start, figure.end)
    for moment in text.moments:
        if not all(held(moment, other.moments, other.years) for other in others):
            yield from _place(text, moment.start, moment.end)


def _has(text: ReadText, figure: Figure) -> bool:
    """Tell whether a text has a number, however it writes it."""
    values = [value for one in text.figures for value in one.values]
    return any(same(value, own) for value in values for own in figure.values)


def _place(text: ReadText, start: int, end: int) -> Iterator[Span]:
    """Yield where characters of a plain text stand in what was written, if that can be told."""
    words = _EDGES.sub("", text.text[start:end])
    at = text.written.find(words, max(0, start - len(words)))
    if words and at >= 0:
        yield at, at + len(words)


def _words(text: str) -> list[tuple[str, Span]]:
    found = [(flat(one.group()), one.span()) for one in _TOKEN.finditer(text)]
    return found[:_LONGEST]


def _joined(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Return places in order, those with a space or nothing between them as one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip(" "):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
