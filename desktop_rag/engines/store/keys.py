"""What keys of exact strings are made of: text in one kind of signs, and strings put together."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable

from desktop_rag.domain.ports import ExactString
from desktop_rag.domain.unicode_text import storable

_LONGEST = 32  # letters of a key: the index drops terms of more than 40
_SIGNS = {
    **dict.fromkeys("‐‑‒–−﹣－⁻", "-"),
    **dict.fromkeys("—―", " - "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
                    "\u202f\u205f\u3000", " "),
    "⁄": "/", "∕": "/", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "，": ",", "．": ".",
}  # fmt: skip
_SIGN_TABLE = str.maketrans(_SIGNS)
_VULGAR = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")
_BROKEN = re.compile(r"(?<=[A-Z\d])-[ \n]{1,2}(?=\d)")  # at the end of a line
_DIVIDERS = re.compile(r"[-_/: ()]")


def evened(text: str) -> str:
    """Return a text with one sign for each kind of hyphen, minus, apostrophe and space."""
    text = storable(text)
    if text.isascii():
        return _BROKEN.sub("-", text)
    text = _VULGAR.sub(" ", text).translate(_SIGN_TABLE)
    text = unicodedata.normalize("NFKC", text).translate(_SIGN_TABLE)
    return _BROKEN.sub("-", text)


def lowered(text: str) -> str:
    """Return a text in lower case without accents, letter by letter, so that places stay."""
    if text.isascii():
        return text.lower()
    return "".join(map(_plain_sign, text))


@functools.lru_cache(maxsize=4_096)
def _plain_sign(sign: str) -> str:
    apart = unicodedata.normalize("NFD", sign.lower())
    return apart[0] if apart and len(sign.lower()) == 1 else sign


def squeezed(name: str) -> str:
    """Return a name without what divides it.

    >>> squeezed("kx-5501/b")
    'kx5501b'
    """
    return _DIVIDERS.sub("", name)


def string_of(  # noqa: PLR0913, PLR0917 - a place, and the fields of what stands there
    start: int,
    end: int,
    keys: Iterable[str],
    readings: Iterable[str] = (),
    parts: Iterable[str] = (),
    loose: bool = False,
) -> ExactString:
    """Return a string with each key once, where it counts most, and as the index takes it."""
    first = tuple(dict.fromkeys(map(_short, keys)))
    less = tuple(key for key in dict.fromkeys(map(_short, readings)) if key not in first)
    rest = tuple(key for key in dict.fromkeys(map(_short, parts)) if key not in (*first, *less))
    return ExactString(start, end, first, less, rest, loose)


def _short(key: str) -> str:
    """Return a key as the index takes it: without spaces, one that is too long by its digest."""
    key = "".join(key.split())
    if len(key) <= _LONGEST:
        return key
    return f"{key[:2]}{hashlib.blake2s(key.encode(), digest_size=12).hexdigest()}"
