"""The words of a text, one by one, as they are compared: no accents, no capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_SIGNS = str.maketrans({
    **dict.fromkeys("‐‑‒–−﹣－⁻", "-"),
    **dict.fromkeys("—―", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("’‘ʼ´`", "'"),
    "⁄": "/", "∕": "/",
})  # fmt: skip
_VULGAR = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.!?%)])[*_](?!\w)")
_TOKEN = re.compile(r"\d+(?:[.,'/:-]\d+)*|[^\W\d_]+(?:['.&-][^\W_]+)*|[%$€£¥]|[^\w\s]|\w")


class TextToken(NamedTuple):
    """A word in characters `start` to `end` of a plain text; `flat` is how it is compared."""

    start: int
    end: int
    text: str
    flat: str


def plain(text: str) -> str:
    r"""Return a text without emphasis, in one kind of hyphen, apostrophe and space.

    What the analyzer evens out is even already, so the places of both are the same.

    >>> plain("a **ﬁne**\u00a0day")
    'a fine day'
    """
    text = _EMPHASIS.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _VULGAR.sub(" ", text).translate(_SIGNS))
        text = text.translate(_SIGNS)
    return text.replace("`", "'")


@lru_cache(maxsize=20_000)
def flat(word: str) -> str:
    """Return a word without accents and capitals.

    >>> flat("Perú")
    'peru'
    """
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def tokens(text: str) -> tuple[TextToken, ...]:
    """Return the words of a plain text, and signs other than spaces, in order."""
    return tuple(
        TextToken(*found.span(), found.group(), flat(found.group()))
        for found in _TOKEN.finditer(text)
    )


def words(found: Iterable[TextToken]) -> list[str]:
    """Return the compared form of those that are words or numbers."""
    return [one.flat for one in found if one.text[0].isalnum()]
