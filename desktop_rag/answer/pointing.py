"""The key points of documents: the sentences that carry each of their sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from desktop_rag.answer import summarizing
from desktop_rag.answer.summarizing import KeySentence, PassageSection
from desktop_rag.domain.passages import Hit
from desktop_rag.domain.ports import Analyzer

_STEP = " › "  # from a heading to the one below it


class KeyPoint(NamedTuple):
    """A sentence that carries a section, and what that is called; nothing where it has no name."""

    heading: str
    sentence: KeySentence


def key_points(
    passages: Sequence[Hit], limit: int, analyzer: Analyzer, topic: Sequence[str] = ()
) -> list[KeyPoint]:
    """Return at most `limit` sentences that carry documents, section by section, in their order.

    Each section has its share, by its length; of very many, the longest have one each. Where they
    are to be about a `topic`, sections count for nothing.
    """
    found = [] if topic else summarizing.sections(passages, analyzer)
    if len(found) < 2:  # noqa: PLR2004 - one section is the whole
        return [KeyPoint("", one) for one in _carrying(passages, limit, analyzer, topic)]
    several = len({one.passages[0].document for one in found}) > 1
    points: dict[str, KeyPoint] = {}
    for section, share in zip(found, _shares(found, limit), strict=True):
        heading = _heading(section, several=several)
        for one in _carrying(section.passages, share, analyzer, ()):
            points.setdefault(one.text, KeyPoint(heading, one))
    return [*points.values()][:limit]


def _carrying(
    passages: Sequence[Hit], limit: int, analyzer: Analyzer, topic: Sequence[str]
) -> Iterator[KeySentence]:
    """Yield at most `limit` sentences that carry passages, and are whole."""
    if limit:
        found = summarizing.carrying(passages, limit, analyzer, topic)
        yield from islice((one for one in found if _is_whole(one.text)), limit)


def _is_whole(text: str) -> bool:
    """Tell a sentence from the end of one that was cut at an abbreviation, or at the page's."""
    return next((sign.isupper() or sign.isdigit() for sign in text if sign.isalnum()), False)


def _shares(sections: Sequence[PassageSection], limit: int) -> list[int]:
    """Return how many sentences each section has: one, and more by its length, `limit` in all."""
    words = [sum(len(one.text.split()) for one in section.passages) for section in sections]
    longest = sorted(range(len(sections)), key=lambda at: -words[at])
    shares = [0] * len(sections)
    for at in longest[:limit]:
        shares[at] = 1
    for _ in range(limit - sum(shares)):
        most = max(range(len(sections)), key=lambda at: words[at] / (1 + shares[at]))
        shares[most] += 1
    return shares


def _heading(section: PassageSection, *, several: bool) -> str:
    """Return what a section is called; of several documents with the name of its own."""
    document = section.passages[0].header.split(_STEP)[0]
    if section.title == document:
        return document if several else ""
    return f"{document}{_STEP}{section.title}" if several else section.title
