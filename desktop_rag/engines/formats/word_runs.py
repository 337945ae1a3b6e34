"""The words of one paragraph of a Word document, and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

from desktop_rag.engines.formats import html_blocks
from desktop_rag.engines.formats.word_notes import Comment, Notes
from desktop_rag.engines.formats.word_styles import Styles
from desktop_rag.engines.formats.word_symbols import spelled, symbol
from desktop_rag.engines.formats.word_xml import ALTERNATE, THROUGH, path, switch, value

_DEEPEST = 40
_RUN, _TEXT, _MATH = qn("w:r"), qn("w:t"), {qn("m:oMath"), qn("m:oMathPara")}
_BLANKS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "<br/>", qn("w:cr"): "<br/>",
           qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): "\u00ad"}  # fmt: skip
_PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_REFERENCES = {qn("w:footnoteReference"), qn("w:endnoteReference")}
_FIELD, _CODE, _SYMBOL = qn("w:fldChar"), qn("w:instrText"), qn("w:sym")
_COMMENT, _SIMPLE_FIELD, _PHONETIC = qn("w:commentReference"), qn("w:fldSimple"), qn("w:rt")
PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})


class Fields:
    """The fields that are open at some place, whose codes nobody sees, but what they give."""

    def __init__(self) -> None:
        self._open: list[str] = []  # the code of each
        self._given: list[bool] = []
        self.unseen: frozenset[str] = frozenset()  # of which not even that is wanted

    @property
    def silent(self) -> bool:
        """Whether text here is a code, or what a field gives that is not wanted."""
        unwanted = (name(code) in self.unseen for code in self._open)
        return not all(self._given) or any(unwanted)

    def turn(self, kind: str) -> None:
        """Take note of where a field begins, where what it gives begins, or where it ends."""
        if kind == "begin":
            self._open.append("")
            self._given.append(False)
        elif self._open and kind == "separate":
            self._given[-1] = True
        elif self._open and kind == "end":
            self._open.pop()
            self._given.pop()

    def code(self, characters: str) -> None:
        """Take note of a part of a field's code."""
        if self._open and not self._given[-1]:
            self._open[-1] += characters

    def end_paragraph(self) -> None:
        """Let a code that goes on here hide nothing more."""
        self._given = [True] * len(self._given)


def name(code: str) -> str:
    """Return the name of a field, in capitals."""
    return code.strip().partition(" ")[0].upper()


class Runs:
    """Gathers the words of a paragraph, what of them is hidden, and the notes on it."""

    def __init__(
        self, styles: Styles, notes: Notes, fields: Fields, picture: Callable[[Any], str]
    ) -> None:
        self._styles = styles
        self._known = notes
        self._fields = fields
        self._picture = picture
        self._paragraph: Any = None
        self.hidden: list[str] = []
        self.notes: list[tuple[str, Any]] = []
        self.comments: list[Comment] = []
        self.page_fields = False

    def words(self, paragraph: Any) -> str:
        """Return the words of a paragraph that people see, as HTML."""
        self._paragraph = paragraph
        found = self._within(paragraph, 0)
        self._fields.end_paragraph()
        return found

    def _within(self, parent: Any, depth: int) -> str:
        found = []
        for element in parent if depth < _DEEPEST else ():
            if element.tag == _RUN:
                found.append(self._run(element))
            elif element.tag == _SIMPLE_FIELD and self._unseen(element):
                continue
            elif element.tag in THROUGH:
                found.append(self._within(element, depth + 1))
            elif element.tag in _MATH and not self._fields.silent:
                found.append(html_blocks.text(formula(element)))
            elif element.tag == _PHONETIC:
                found.append(f" ({self._within(element, depth + 1)}) ")
        return "".join(found)

    def _unseen(self, field: Any) -> bool:
        code = name(field.get(qn("w:instr"), ""))
        self.page_fields |= code in PAGE_FIELDS
        return code in self._fields.unseen

    def _run(self, run: Any) -> str:
        font = _font(run)
        inner = "".join(self._bit(element, font) for element in run)
        if not inner.strip() or "<img" in inner:
            return inner
        if self._styles.hides(run, self._paragraph):
            self.hidden.append(inner)
            return ""
        for switched, tag in (("w:b", "b"), ("w:i", "i"), ("w:strike", "s")):
            if switch(run, f"w:rPr/{switched}"):
                inner = f"<{tag}>{inner}</{tag}>"
        raised = value(run, "w:rPr/w:vertAlign")
        tag = {"superscript": "sup", "subscript": "sub"}.get(raised, "")
        return f"<{tag}>{inner}</{tag}>" if tag else inner

    def _bit(self, element: Any, font: str) -> str:
        tag = element.tag
        if tag == _FIELD:
            self._fields.turn(element.get(qn("w:fldCharType"), ""))
        elif tag == _CODE:
            self._fields.code(element.text or "")
            self.page_fields |= name(element.text or "") in PAGE_FIELDS
        elif tag == _COMMENT:
            comment = self._known.comment(element.get(qn("w:id"), ""))
            self.comments += [comment] if comment else []
        elif not self._fields.silent:
            return self._shown(element, font)
        return ""

    def _shown(self, element: Any, font: str) -> str:
        tag = element.tag
        if tag == _TEXT:
            return html_blocks.text(spelled(font, element.text or ""))
        if tag == _SYMBOL:
            return html_blocks.text(_named(element))
        if tag in _PICTURES:
            return self._picture(element)
        if tag == ALTERNATE:
            return "".join(self._picture(choice) for choice in element[:1])
        if tag in _REFERENCES:
            return self._reference(element)
        return _BLANKS.get(tag, "")

    def _reference(self, element: Any) -> str:
        found = self._known.note(element)
        if found is None:
            return ""
        mark, note = found
        self.notes.append((f"[{mark}] " if mark else "", note))
        return f"<sup>[{html_blocks.text(mark)}]</sup>" if mark else ""


def _font(run: Any) -> str:
    fonts = run.find(path("w:rPr/w:rFonts"))
    return "" if fonts is None else str(fonts.get(qn("w:ascii"), ""))


def _named(element: Any) -> str:
    try:
        return symbol(element.get(qn("w:font"), ""), int(element.get(qn("w:char"), ""), 16))
    except ValueError:
        return ""


def formula(math: Any) -> str:
    """Return a formula in one line, with a slash between the halves of a fraction.

    Its letters are those of ECMA-376, part 1, 22.1.
    """
    halves = qn("m:den")
    return "".join(
        "/" if element.tag == halves else element.text or ""
        for element in math.iter(qn("m:t"), halves)
    )
