"""Reads Word documents with python-docx."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from desktop_rag.engines.formats import html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.images import DocumentImages

DAMAGE = (OpcError, PythonDocxError)  #: raised for damaged files, among others

_DEEPEST = 40
_ROWS_TOGETHER = 200
_TEXT_WIDTH = 487  # points
_POINTS = 12_700  # of the file's units in one point
_BLANKS = {qn("w:tab"): " ", qn("w:br"): "<br/>", qn("w:cr"): "<br/>", qn("w:noBreakHyphen"): "-"}
_THROUGH = {
    qn(name)
    for name in ("w:hyperlink", "w:ins", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple")
}
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Fallback"
_OFF = {"0", "false", "off"}
_BULLETS = {"bullet", "none"}


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a Word document to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_file(path), target)


def of_file(path: Path) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title that a document states, and what is in it.

    Raises `OSError` and what is in `DAMAGE`, also while the second is gone through.
    """
    document = docx.Document(str(path))
    return (document.core_properties.title or "").strip(), _Reader(document).flows()


class _Reader:
    """Goes through the body of a document, and counts the items of its lists."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._parts = document.part.related_parts
        self._headings = dict(_headings(document))
        self._lists = dict(_lists(document))
        self._footnotes = dict(_footnotes(document))
        self._counts: dict[str, Counter[int]] = {}
        self._images = DocumentImages()
        self._notes: list[str] = []

    def flows(self) -> Iterator[HtmlFragment]:
        """Yield what is in the document, in order, without headers and footers."""
        for piece in html_blocks.flows(self._blocks(self._body, 0)):
            yield HtmlFragment(piece.html, pictures=self._images.taken())

    def _blocks(self, parent: Any, depth: int) -> Iterator[str]:
        for element in parent if depth < _DEEPEST else ():
            if element.tag == qn("w:p"):
                yield from self._paragraph(element, depth)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element, depth)
            elif element.tag in _THROUGH:
                yield from self._blocks(element, depth + 1)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        self._notes = []
        inner = self._words(paragraph, depth)
        notes, self._notes = self._notes, []
        style = _value(paragraph, "w:pPr/w:pStyle")
        level = _number(_value(paragraph, "w:pPr/w:outlineLvl"), -1) + 1
        level = level if 1 <= level <= 9 else self._headings.get(style, 0)  # noqa: PLR2004 - 9 is body text
        label = self._label(paragraph, style)
        if not inner.strip():
            pass
        elif level:
            yield html_blocks.heading(level, label + inner)
        elif label:
            at = _number(_value(paragraph, "w:pPr/w:numPr/w:ilvl"), 0)
            yield f'<p style="margin-left:{18 * (min(at, 8) + 1)}px">{label}{inner}</p>'
        else:
            kind = ' class="title"' if style == "Title" else ""
            yield f"<p{kind}>{inner}</p>"
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                yield from self._blocks(box, depth + 10)
        for note in notes:
            yield f'<p class="aside">{note}</p>'

    def _words(self, parent: Any, depth: int) -> str:
        found = []
        for element in parent if depth < _DEEPEST else ():
            if element.tag == qn("w:r"):
                found.append(self._run(element))
            elif element.tag in _THROUGH:
                found.append(self._words(element, depth + 1))
            elif element.tag in {qn("m:oMath"), qn("m:oMathPara")}:
                found.append(
                    html_blocks.text("".join(t.text or "" for t in element.iter(qn("m:t"))))
                )
        return "".join(found)

    def _run(self, run: Any) -> str:
        inner = "".join(self._bit(element) for element in run)
        if not inner.strip() or "<img" in inner:
            return inner
        for name, tag in (("w:b", "b"), ("w:i", "i"), ("w:strike", "s")):
            if _is_on(run, f"w:rPr/{name}"):
                inner = f"<{tag}>{inner}</{tag}>"
        raised = _value(run, "w:rPr/w:vertAlign")
        tag = {"superscript": "sup", "subscript": "sub"}.get(raised, "")
        return f"<{tag}>{inner}</{tag}>" if tag else inner

    def _bit(self, element: Any) -> str:
        if element.tag == qn("w:t"):
            return html_blocks.text(element.text or "")
        if element.tag in {qn("w:drawing"), qn("w:pict"), qn("w:object")}:
            return self._picture(element)
        if element.tag == _ALTERNATE:
            return "".join(self._picture(choice) for choice in element[:1])
        if element.tag in {qn("w:footnoteReference"), qn("w:endnoteReference")}:
            number = element.get(qn("w:id"), "")
            note = self._footnotes.get((element.tag, number), "")
            self._notes += [f"[{number}] {note}"] if note else []
            return f"<sup>[{html_blocks.text(number)}]</sup>" if note else ""
        return _BLANKS.get(element.tag, "")

    def _picture(self, drawing: Any) -> str:
        for blip in drawing.iter(qn("a:blip"), "{urn:schemas-microsoft-com:vml}imagedata"):
            part = self._parts.get(blip.get(qn("r:embed")) or blip.get(qn("r:id")) or "")
            data = getattr(part, "blob", b"")
            extent = next(drawing.iter(qn("wp:extent")), None)
            width = _number(extent.get("cx", ""), 0) / _POINTS if extent is not None else 0
            return self._images.tag(data, min(width or _TEXT_WIDTH, _TEXT_WIDTH))
        return ""

    # Lists

    def _label(self, paragraph: Any, style: str) -> str:
        """Return what stands before an item of a list, such as “2.1. ”."""
        number = _value(paragraph, "w:pPr/w:numPr/w:numId")
        level = _number(_value(paragraph, "w:pPr/w:numPr/w:ilvl"), 0)
        if number == "0":
            return ""
        levels = self._lists.get(number or f"style {style}")
        if levels is None:
            return "• " if style.startswith("ListBullet") or number else ""
        kind, template, start = levels.get(level, ("bullet", "", 1))
        if kind in _BULLETS:
            return "• " if kind == "bullet" else ""
        counts = self._counts.setdefault(number or style, Counter())
        counts[level] = counts[level] + 1 if counts[level] else start
        for below in [known for known in counts if known > level]:
            del counts[below]
        for at in range(level + 1):
            template = template.replace(f"%{at + 1}", _counted(levels.get(at), counts[at] or 1))
        return html_blocks.text(template) + " "

    # Tables

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        rows = [list(self._cells(row)) for row in table.tr_lst]
        if sum(map(len, rows)) == 1:  # no table but a frame, often around whole pages
            yield from self._blocks(rows[0][0][1], depth + 2)
            return
        made = []
        for at, cells in enumerate(rows):
            shown = (
                html_blocks.cell(
                    "".join(self._blocks(cell, depth + 2)),
                    across,
                    _down(rows, at, column),
                    head=not at and len(rows) > 1,
                )
                for column, cell, across in cells
                if _merged(cell) != "continue"
            )
            made.append(html_blocks.row(shown))
        for start in range(0, len(made), _ROWS_TOGETHER):
            yield f"<table>{''.join(made[start : start + _ROWS_TOGETHER])}</table>"

    @staticmethod
    def _cells(row: Any) -> Iterator[tuple[int, Any, int]]:
        """Yield (column, cell, how many columns it takes) of a row."""
        column = _number(_value(row, "w:trPr/w:gridBefore"), 0)
        for cell in row.tc_lst:
            across = max(1, min(_number(_value(cell, "w:tcPr/w:gridSpan"), 1), 60))
            yield column, cell, across
            column += across


def _down(rows: list[list[tuple[int, Any, int]]], at: int, column: int) -> int:
    """Return how many rows a cell takes."""
    down = 1
    for below in rows[at + 1 :]:
        cell = next((cell for start, cell, _ in below if start == column), None)
        if cell is None or _merged(cell) != "continue":
            break
        down += 1
    return down


def _merged(cell: Any) -> str:
    found = cell.find(_path("w:tcPr/w:vMerge"))
    return "" if found is None else str(found.get(qn("w:val"), "continue"))


def _headings(document: Any) -> Iterator[tuple[str, int]]:
    """Yield the styles of headings, whatever they are called, and the level of each."""
    for style in document.styles.element.iter(qn("w:style")):
        outline = _number(_value(style, "w:pPr/w:outlineLvl"), -1) + 1
        name = _value(style, "w:name").lower()
        level = _number(name.removeprefix("heading "), 0) if name.startswith("heading ") else 0
        if level or 1 <= outline <= 9:  # noqa: PLR2004 - 9 is body text
            yield style.get(qn("w:styleId"), ""), level or outline


def _lists(document: Any) -> Iterator[tuple[str, dict[int, tuple[str, str, int]]]]:
    """Yield each list, by its number or style, with (kind, template, start) of its levels."""
    with contextlib.suppress(KeyError, NotImplementedError):
        root = document.part.numbering_part.element
        kinds = {
            kind.get(qn("w:abstractNumId")): {
                _number(level.get(qn("w:ilvl"), ""), 0): (
                    _value(level, "w:numFmt") or "decimal",
                    _value(level, "w:lvlText"),
                    _number(_value(level, "w:start"), 1),
                )
                for level in kind.iter(qn("w:lvl"))
            }
            for kind in root.iter(qn("w:abstractNum"))
        }
        numbers = {
            number.get(qn("w:numId"), ""): kinds[_value(number, "w:abstractNumId")]
            for number in root.findall(qn("w:num"))
            if _value(number, "w:abstractNumId") in kinds
        }
        yield from numbers.items()
        for style in document.styles.element.iter(qn("w:style")):
            levels = numbers.get(_value(style, "w:pPr/w:numPr/w:numId"))
            if levels:
                yield f"style {style.get(qn('w:styleId'), '')}", levels


def _footnotes(document: Any) -> Iterator[tuple[tuple[str, str], str]]:
    from lxml import etree

    for part in document.part.related_parts.values():
        kind = str(part.partname).rpartition("/")[2]
        if kind not in {"footnotes.xml", "endnotes.xml"}:
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        name = kind.removesuffix("s.xml")
        for note in etree.fromstring(part.blob, parser).iter(qn(f"w:{name}")):
            words = "".join(found.text or "" for found in note.iter(qn("w:t"))).strip()
            yield (qn(f"w:{name}Reference"), note.get(qn("w:id"), "")), html_blocks.text(words)


def _counted(level: tuple[str, str, int] | None, count: int) -> str:
    kind = level[0] if level else "decimal"
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in {"lowerRoman", "upperRoman"}:
        return _roman(count) if kind == "upperRoman" else _roman(count).lower()
    return str(count)


def _roman(count: int) -> str:
    """Return a number as the Romans wrote it.

    >>> _roman(1994)
    'MCMXCIV'
    """
    signs = ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50)
    found = ""
    for sign, worth in (*signs, ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)):
        found += sign * (count // worth)
        count %= worth
    return found


def _path(names: str) -> str:
    return "/".join(qn(name) for name in names.split("/"))


def _value(element: Any, names: str) -> str:
    found = element.find(_path(names))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _is_on(element: Any, names: str) -> bool:
    found = element.find(_path(names))
    return found is not None and found.get(qn("w:val"), "1") not in _OFF


def _number(digits: str, otherwise: int) -> int:
    try:
        return int(digits)
    except ValueError:
        return otherwise
