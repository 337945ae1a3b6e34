"""Phrases that a question puts in quotes: they are meant word for word."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"\"([^\"“”„«»]+)\"|[“„”]([^\"“”„«»]+)[”“]|[«»]([^\"“”„«»]+)[»«]")
_MOST = 4  # phrases of one question


def phrases_of(text: str) -> tuple[str, ...]:
    """Return what stands in quotes, with single spaces.

    >>> phrases_of('who said "the tide is out" and «mañana»?')
    ('the tide is out', 'mañana')
    """
    found = (next(filter(None, match.groups())) for match in _QUOTED.finditer(text))
    spaced = (" ".join(phrase.split()) for phrase in found)
    phrases = dict.fromkeys(phrase for phrase in spaced if any(map(str.isalnum, phrase)))
    return tuple(phrases)[:_MOST]
