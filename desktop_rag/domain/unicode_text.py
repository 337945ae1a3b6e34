"""Text that may hold what is no character, or what commands whoever shows it.

Halves of a character, NUL and the bytes of an old file name are no characters: stores, tokenizers
and terminals refuse such text, and with it whatever else they were given. Control characters
command a terminal, and overrides and isolates turn the letters around that a reader sees.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"  #: stands for what is no character, as the Unicode Standard has it (3.9)

#: C0 and C1 but for tabs and ends of lines (ECMA-48), and what turns letters around (UAX #9)
COMMANDS = (
    *(*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0)),
    *(*range(0x202A, 0x202F), *range(0x2066, 0x206A)),
)

_GONE = dict.fromkeys(COMMANDS)
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


def inert(text: str) -> str:
    r"""Return text that every screen can show, and that commands none; tabs and lines stay.

    >>> inert("report\u202efdp.exe\n\x1b[8m")
    'reportfdp.exe\n[8m'
    """
    return storable(text) if text.isprintable() else storable(text).translate(_GONE)


def one_line(text: str) -> str:
    r"""Return a name or a title as people read it, on one line and without commands.

    >>> one_line("report\u202efdp.exe\nA\udcf1o")
    'reportfdp.exe Año'
    """
    apart = " ".join(readable(text).split())
    return apart if apart.isprintable() else " ".join(inert(apart).split())


def _western(escaped: re.Match[str]) -> str:
    return escaped.group().encode("ascii", "surrogateescape").decode("cp1252", "replace")
