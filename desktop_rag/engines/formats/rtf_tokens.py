"""Cuts RTF into what it is made of: groups, control words, and bytes of text.

Rich Text Format Specification 1.9.1, Microsoft 2008. striprtf was tried: it leaves what is hidden
or deleted in the text, drops footnotes and comments, and makes tables lines with bars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)
_CODE_PAGES = {  # of the sets of characters that fonts have
    2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp437",
}  # fmt: skip
_WESTERN = "cp1252"


class TokenKind(Enum):
    """What a part of RTF is."""

    OPEN = auto()  #: a group begins
    CLOSE = auto()
    WORD = auto()  #: a control word
    SIGN = auto()  #: a control symbol
    TEXT = auto()  #: bytes in the code page of the font
    BYTE = auto()  #: the same, one byte written in hexadecimal
    BINARY = auto()


class Token(NamedTuple):
    """A part of RTF; `number` is None where a control word has none."""

    kind: TokenKind
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = Token(TokenKind.OPEN), Token(TokenKind.CLOSE)


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the parts of a file; line breaks mean nothing. Raises nothing."""
    at = 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        match found.lastgroup:
            case "brace":
                yield _OPEN if found["brace"] == b"{" else _CLOSE
            case "text":
                yield Token(TokenKind.TEXT, data=found["text"])
            case "hex":
                yield Token(TokenKind.BYTE, data=bytes.fromhex(found["hex"].decode("ascii")))
            case "sign":
                yield Token(TokenKind.SIGN, found["sign"].decode("latin-1"))
            case "word" | "number":
                word = found["word"].decode("ascii")
                number = int(found["number"]) if found["number"] else None
                if word == "bin":
                    end = at + max(0, number or 0)
                    yield Token(TokenKind.BINARY, data=data[at:end])
                    at = end
                else:
                    yield Token(TokenKind.WORD, word, number)
            case _:
                pass


class CodePages:
    """Which encoding the bytes of each font are in."""

    def __init__(self) -> None:
        self.document = ""
        self._sets: dict[int, int] = {}
        self._pages: dict[int, int] = {}

    def note(self, font: int, word: str, number: int) -> None:
        """Note the set of characters or the code page that a font states."""
        (self._sets if word == "fcharset" else self._pages)[font] = number

    def of(self, font: int) -> str:
        """Return the encoding of a font.

        One for Western characters has those of the whole document where no other font has them:
        so do programs write that know no other code page than theirs.
        """
        document = self.document or _WESTERN
        if font in self._pages:
            return f"cp{self._pages[font]}"
        known = self._sets.get(font, 1)
        if known in _CODE_PAGES:
            return _CODE_PAGES[known]
        others = (_CODE_PAGES.get(one) for one in self._sets.values())
        return _WESTERN if known == 0 and document in others else document


def decoded(data: bytes, encoding: str) -> str:
    """Return text in an encoding, or else in that of Western Europe."""
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode(_WESTERN, "replace")
