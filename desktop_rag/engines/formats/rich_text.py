"""Reads RTF: text, tables, footnotes, comments and pictures, in the code pages of its fonts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from desktop_rag.engines.formats import html_blocks, numerals, pdf_writer, plain_text
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.images import DocumentImages
from desktop_rag.engines.formats.rtf_text import CellForm, RtfKind, RtfLook, RtfText
from desktop_rag.engines.formats.rtf_tokens import CodePages, Token, TokenKind, decoded, tokens

DAMAGE = ()  #: nothing but what every reader may raise

_CHARACTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "tab": " ", "emspace": " ", "enspace": " ", "qmspace": " ",
    "line": "\n", "page": "\n", "column": "\n", "~": "\u00a0", "_": "-", "\\": "\\", "{": "{",
    "}": "}",
}  # fmt: skip
_TOGGLED = {
    "b": "bold",
    "i": "italic",
    "strike": "struck",
    "striked": "struck",
    "v": "hidden",
    "deleted": "deleted",
}
_RAISED = {"super": "sup", "sub": "sub", "nosupersub": ""}
_MARGINALIA = {f"{part}{side}" for part in ("header", "footer") for side in ("", "l", "r", "f")}
_TEXTS = _MARGINALIA | {
    "annotation",
    "footnote",
}  # which stand elsewhere than where they are written
_NAMED = {"title", "atnauthor", "fonttbl", "stylesheet", "pict"}
_THROUGH = {"shppict", "shpinst", "shptxt", "ud", "rtf", "pntext", "listtext", "fldrslt", "result"}
_UNSEEN = {  # groups whose words nobody sees, although readers that know them need not skip them
    "colortbl", "info", "fldinst", "objdata", "nonshppict", "sp", "sn", "sv", "upr", "xe", "tc",
    "atnid", "atndate", "atnref", "atntime", "nonesttables", "pn", "pntxta", "pntxtb", "bkmkstart",
    "bkmkend", "filetbl", "revtbl", "listtable", "listoverridetable", "private", "ftnsep",
    "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "author", "operator", "subject",
    "keywords", "comment", "doccomm", "company", "manager", "category", "hlinkbase", "falt",
    "panose", "generator", "template", "creatim", "revtim", "printim", "buptim",
}  # fmt: skip
_NUMBERING = {"nar": "1", "nalc": "a", "nauc": "A", "nrlc": "i", "nruc": "I"}
_TWIPS = 20  # in a point
_WIDEST = 487.0  # points
_MOST_HEX = 16 << 20
_DEEPEST = 10  # notes within notes
_SIGN_OF_LIFE = 20_000  # parts


class _State(NamedTuple):
    """What holds in a group until it ends; `place` is what is done with its words."""

    place: str = ""  #: a name of `_NAMED`, “unseen”, or nothing for text
    look: RtfLook = RtfLook()
    font: int = -1
    fallback: int = 1  #: characters after one of Unicode that stand for it in old programs
    kind: RtfKind = RtfKind()
    ends: str = ""  #: the text that ends with the group


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a document in RTF to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_rich_text(path.read_bytes()), target)


def of_rich_text(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title that a document in RTF states, and what is in it. Raises nothing.

    What is none, whatever it is called, is read as plain text.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        return plain_text.of_text(data)
    stated = re.search(rb"\{\\title ([^{}]{1,2000})\}", data[: 1 << 16])
    page = re.search(rb"\\ansicpg\d{1,5}", data[: 1 << 12])
    title = _plain(stated[1], page[0] if page else b"") if stated else ""
    return title, _RtfReader().flows(data)


def _plain(data: bytes, page: bytes) -> str:
    """Return what a group says that has nothing but characters in it, as those of authors do."""
    reader = _RtfReader()
    list(reader.flows(b"{\\rtf1" + page + b"{\\*\\atnauthor " + data + b"}}"))
    return reader.author


class _RtfReader:
    """Goes through the parts of a file, and knows what holds where it is."""

    def __init__(self) -> None:
        self.author = ""
        self._state = _State()
        self._stack: list[_State] = []
        self._texts = [RtfText()]
        self._pages = CodePages()
        self._kinds: dict[int, RtfKind] = {}
        self._images = DocumentImages()
        self._bytes = bytearray()
        self._skip = 0  # characters that stand for one of Unicode
        self._starred = False  # whether the group is for readers that know its first word
        self._began = False  # whether nothing but that stands in it
        self._named = ""  # the words of a group that is not text
        self._width = _WIDEST
        self._defined = (-1, RtfKind())  # the font or style that is being defined
        self._forms: list[CellForm] = []
        self._form = CellForm()
        self._head_row = False
        self._automatic = False  # whether the next footnote has a number
        self._notes: Counter[str] = Counter()
        self._numbering = {"footnote": "1", "endnote": "1"}
        self._endnote = False
        self._note_marks: list[int] = []
        self._marginals: set[str] = set()

    def flows(self, data: bytes) -> Iterator[HtmlFragment]:
        """Yield what is in a document, in order."""
        for piece in html_blocks.flows(self._blocks(data)):
            yield HtmlFragment(piece.html, pictures=self._images.taken())

    def _blocks(self, data: bytes) -> Iterator[str]:
        for number, token in enumerate(tokens(data)):
            self._take(token)
            if self._texts[0].blocks or number % _SIGN_OF_LIFE == 0:
                yield from self._texts[0].taken()
        self._flush()
        while self._stack:  # the end is missing
            self._close()
        self._texts[0].end()
        yield from self._texts[0].taken()

    def _take(self, token: Token) -> None:
        match token.kind:
            case TokenKind.TEXT | TokenKind.BYTE:
                self._add_bytes(token.data)
            case TokenKind.OPEN:
                self._flush()
                self._stack.append(self._state)
                self._state = self._state._replace(ends="") if self._state.ends else self._state
                self._began, self._starred, self._skip = True, False, 0
                return
            case TokenKind.CLOSE:
                self._flush()
                self._close()
            case TokenKind.WORD | TokenKind.SIGN:
                self._take_word(token)
            case TokenKind.BINARY if self._state.place == "pict":
                self._named += token.data[:_MOST_HEX].hex()
            case _:
                pass
        self._began = self._began and self._starred and token.word == "*"

    # Text

    def _add_bytes(self, data: bytes) -> None:
        place = self._state.place
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if place == "pict":
            if len(self._named) < _MOST_HEX:
                self._named += data.decode("latin-1")
        elif place != "unseen":
            self._bytes += data

    def _flush(self) -> None:
        """Decode the bytes since the last time: a character may be made of several."""
        if self._bytes:
            words = decoded(bytes(self._bytes), self._pages.of(self._state.font))
            self._bytes.clear()
            self._add(words)

    def _add(self, words: str) -> None:
        if self._state.place == "":
            self._texts[-1].add(words, self._state.look)
        elif self._state.place not in {"unseen", "pict"}:
            self._named += words

    def _take_word(self, token: Token) -> None:
        word, number = token.word, token.number
        if token.kind is TokenKind.SIGN and word == "*":
            self._starred = True
            return
        self._flush()
        if self._skip and word != "u":
            self._skip -= 1
            return
        if self._began and self._opens(word):
            return
        if word == "u":
            self._add(chr((number or 0) % 0x10000))
            self._skip = self._state.fallback
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif self._state.place != "unseen":
            self._format(word, number)

    # Groups

    def _opens(self, word: str) -> bool:
        """Begin what the first word of a group says; return whether that is all it means."""
        place = self._state.place
        if word == "ud":
            around = self._stack[-2:][0].place  # that of both, the words in ANSI and in Unicode
            self._state = self._state._replace(place=around)
        elif place == "unseen":
            return True
        elif word in _TEXTS:
            self._begin_text(word)
        elif word in _NAMED:
            self._named = ""
            self._state = self._state._replace(place=word)
        elif word in _UNSEEN or (self._starred and word not in _THROUGH):
            self._state = self._state._replace(place="unseen")
        else:
            return word in _THROUGH
        return True

    def _begin_text(self, word: str) -> None:
        if len(self._texts) > _DEEPEST:
            return
        self._texts.append(RtfText())
        if word == "footnote":
            self._endnote = False
            mark = self._texts[-2].add_html("") if self._automatic else -1
            self._note_marks.append(mark)
            self._automatic = False
        kind = RtfKind()
        self._state = self._state._replace(ends=word, look=RtfLook(), kind=kind)

    def _close(self) -> None:
        state = self._state
        if not self._stack:
            return
        self._state = self._stack.pop()
        if state.ends:
            self._end_text(state.ends)
        if state.place != self._state.place:
            self._end_named(state.place)
        elif state.place in {"fonttbl", "stylesheet"}:
            self._end_style()

    def _end_text(self, word: str) -> None:
        text = self._texts.pop()
        text.end()
        below = self._texts[-1]
        words = "<br/>".join(re.sub(r"^<p[^>]*>|</p>$", "", block) for block in text.taken())
        if word == "footnote":
            label = self._number_note(self._note_marks.pop())
            below.put_below(f'<p class="aside">{label}{words}</p>')
        elif not words:
            return
        elif word == "annotation":
            said = f"{html_blocks.text(self.author)}: {words}"
            below.put_below(html_blocks.block("note", said))
        elif words not in self._marginals:
            self._marginals.add(words)
            self._texts[0].blocks.append(html_blocks.block("furniture", words))

    def _number_note(self, mark: int) -> str:
        if mark < 0:
            return ""
        kind = "endnote" if self._endnote else "footnote"
        self._notes[kind] += 1
        label = numerals.counted(self._numbering[kind], self._notes[kind])
        self._texts[-1].replace(mark, f"<sup>[{label}]</sup>")
        return f"[{label}] "

    def _end_named(self, place: str) -> None:
        named, self._named = self._named, ""
        if place == "atnauthor":
            self.author = " ".join(named.split())
        elif place == "pict":
            try:
                data = bytes.fromhex(named)
            except ValueError:
                return
            tag = self._images.tag(data, self._width)
            if tag:
                self._texts[-1].add_html(tag)

    def _end_style(self) -> None:
        """Note a style, whose words are its name."""
        number, kind = self._defined
        name = self._named.strip(" ;").lower()
        heading = re.match(r"heading (\d)", name)
        level = kind.level or (int(heading[1]) if heading else 0)
        if self._state.place == "stylesheet" and number >= 0:
            self._kinds[number] = RtfKind(level, name == "title")
        self._named, self._defined = "", (-1, RtfKind())

    # Formats

    def _format(self, word: str, number: int | None) -> None:
        if self._state.place in {"fonttbl", "stylesheet"}:
            self._define(word, number or 0)
        elif word in _TOGGLED:
            said: dict[str, Any] = {_TOGGLED[word]: number != 0}
            self._state = self._state._replace(look=self._state.look._replace(**said))
        elif word in _RAISED:
            raised = "" if number == 0 else _RAISED[word]
            self._state = self._state._replace(look=self._state.look._replace(raised=raised))
        elif not self._format_paragraph(word, number or 0):
            self._structure(word, number or 0)

    def _define(self, word: str, number: int) -> None:
        font, kind = self._defined
        if word in {"f", "s"}:
            self._defined = number, kind
        elif word in {"fcharset", "cpg"}:
            self._pages.note(font, word, number)
        elif word == "outlinelevel":
            self._defined = font, RtfKind(number + 1)

    def _format_paragraph(self, word: str, number: int) -> bool:
        state = self._state
        match word:
            case "pard":
                self._state = state._replace(kind=RtfKind())
            case "plain":
                self._state = state._replace(look=RtfLook(deleted=state.look.deleted))
            case "s":
                kind = self._kinds.get(number, RtfKind())
                self._state = state._replace(kind=kind._replace(in_table=state.kind.in_table))
            case "outlinelevel" if 0 <= number <= 8:  # noqa: PLR2004 - 9 is body text
                self._state = state._replace(kind=state.kind._replace(level=number + 1))
            case "intbl":
                self._state = state._replace(kind=state.kind._replace(in_table=True))
            case "f":
                self._state = state._replace(font=number)
            case "uc":
                self._state = state._replace(fallback=max(0, min(number, 10)))
            case _:
                return False
        return True

    def _structure(self, word: str, number: int) -> None:
        text, kind = self._texts[-1], self._state.kind
        match word:
            case "par" | "sect" | "\n" | "\r" | "nestcell":
                text.end_paragraph(kind._replace(in_table=kind.in_table or word == "nestcell"))
            case "cell":
                text.end_cell(kind)
            case "row":
                text.end_row(self._forms, head=self._head_row)
            case "chftn":
                self._automatic = not self._note_marks
            case "ftnalt":
                self._endnote = True
            case "picwgoal":
                self._width = min(max(number / _TWIPS, 1.0), _WIDEST)
            case _:
                self._structure_row(word, number)

    def _structure_row(self, word: str, number: int) -> None:
        match word:
            case "trowd":
                self._forms, self._form, self._head_row = [], CellForm(), False
            case "trhdr":
                self._head_row = True
            case "clmrg":
                self._form = self._form._replace(to_left=True)
            case "clvmrg":
                self._form = self._form._replace(to_above=True)
            case "cellx":
                self._forms.append(self._form)
                self._form = CellForm()
            case "ansicpg":
                self._pages.document = f"cp{number}" if number else ""
            case "mac" | "pc" | "pca":
                self._pages.document = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
            case _:
                self._number_notes(word)

    def _number_notes(self, word: str) -> None:
        """Note how footnotes and endnotes are counted, as by `aftnnrlc`."""
        for start, kind in (("aftn", "endnote"), ("ftn", "footnote")):
            if word.startswith(start) and word.removeprefix(start) in _NUMBERING:
                self._numbering[kind] = _NUMBERING[word.removeprefix(start)]
                return
