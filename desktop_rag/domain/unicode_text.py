"""Text that may hold what is no character: halves of one, NUL, the bytes of an old file name.

Stores, tokenizers and terminals refuse such text, and with it whatever else they were given.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"  #: stands for what is no character, as the Unicode Standard has it (3.9)

_ESCAPED = re.compile("[\udc80-\udcff]+")  # bytes of a name that is not UTF-8, as Python has them


def storable(text: str) -> str:
    r"""Return text that every store takes: halves that belong together are one character.

    >>> storable("a\ud83d\ude00b\ud800c\0d")
    'a😀b�c�d'
    """
    if text.isascii():
        return text.replace("\0", REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.replace("\0", REPLACEMENT)


def readable(name: str) -> str:
    r"""Return the name of a file as people read it: one that is not UTF-8 is Windows-1252.

    >>> readable("A\udcf1o 2021.pdf")
    'Año 2021.pdf'
    """
    if name.isascii():
        return storable(name)
    return storable(_ESCAPED.sub(_western, name))


def _western(escaped: re.Match[str]) -> str:
    return escaped.group().encode("ascii", "surrogateescape").decode("cp1252", "replace")
