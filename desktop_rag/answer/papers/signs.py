"""Signs that only the font of their document can show, in words that are taken out of it."""

from __future__ import annotations

import re

from desktop_rag.domain.unicode_text import REPLACEMENT, inert, one_line

# bullets of Symbol and Wingdings, whose signs lie 0xF000 above their codes
_BULLETS = re.compile("[\uf06c\uf06e\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")  # the Unicode Standard, 23.5


def legible(text: str) -> str:
    r"""Return text that commands nothing, without signs that mean nothing elsewhere.

    >>> legible("\uf0b7 one \ue123")
    '• one �'
    """
    return _PRIVATE.sub(REPLACEMENT, _BULLETS.sub("•", inert(text)))


def legible_line(text: str) -> str:
    """Return the same on one line."""
    return legible(one_line(text))
