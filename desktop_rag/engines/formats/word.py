"""Reads Word documents with python-docx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from desktop_rag.engines import safe_xml
from desktop_rag.engines.formats import charts, html_blocks, pdf_writer, word_tables
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.images import DocumentImages
from desktop_rag.engines.formats.word_notes import Comment, Notes
from desktop_rag.engines.formats.word_numbering import Numbering
from desktop_rag.engines.formats.word_runs import PAGE_FIELDS, Fields, Runs
from desktop_rag.engines.formats.word_styles import Styles
from desktop_rag.engines.formats.word_xml import (
    THROUGH,
    boxes,
    number,
    path,
    root_of,
    switch,
    value,
)

DAMAGE = (OpcError, PythonDocxError)  #: raised for damaged files, among others

_DEEPEST = 40
_TEXT_WIDTH = 487  # points
_POINTS = 12_700  # of the file's units in one point
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_GONE = ("w:del", "w:moveFrom")  # marks of paragraphs that go on with the next one
_WORDS_OF_A_PAGE_NUMBER = 3  # around it, as in “Page 3 of 7”
_MARKUP = re.compile(r"<[^>]*>")


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
    """Goes through the text of a document, and counts its lists and notes."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._parts = document.part.related_parts
        self._styles = Styles(document)
        self._numbering = Numbering(document)
        self._notes = Notes(document)
        self._fields = Fields()
        self._images = DocumentImages()
        self._marginal = False
        self._carried = ""  # words before a paragraph mark that was deleted

    def flows(self) -> Iterator[HtmlFragment]:
        """Yield what is in the document, in order, between its headers and its footers.

        A letterhead may be all that says who wrote, so that both are text as the rest is, each
        once; only lines that count pages are furniture.
        """
        for piece in html_blocks.flows(self._all()):
            yield HtmlFragment(piece.html, pictures=self._images.taken())

    def _all(self) -> Iterator[str]:
        body = self._document.element.body
        told = {""}
        if self._margins("header", "footer"):
            told |= {_plain(paragraph) for paragraph in body.iter(_PARAGRAPH)}
        yield from self._margin("header", told)
        yield from self._blocks(body, 0)
        yield from self._margin("footer", told)
        yield from self._commented(self._notes.other_comments())

    def _blocks(self, parent: Any, depth: int) -> Iterator[str]:
        yield from self._content(parent, depth)
        yield from self._left_over()

    def _left_over(self) -> Iterator[str]:
        """Yield what was to go on with a paragraph that did not come."""
        if self._carried:
            carried, self._carried = self._carried, ""
            yield f"<p>{carried}</p>"

    def _content(self, parent: Any, depth: int) -> Iterator[str]:
        for element in parent if depth < _DEEPEST else ():
            if element.tag == _PARAGRAPH:
                yield from self._paragraph(element, depth)
            elif element.tag == _TABLE:
                yield from self._left_over()
                yield from self._table(element, depth)
            elif element.tag in THROUGH:
                yield from self._content(element, depth + 1)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        runs = Runs(self._styles, self._notes, self._fields, self._picture)
        inner = self._carried + runs.words(paragraph)
        self._carried = ""
        if any(paragraph.find(path(f"w:pPr/w:rPr/{gone}")) is not None for gone in _GONE):
            self._carried = inner
        elif inner.strip():
            yield self._set(paragraph, inner, page_number=runs.page_fields)
        if runs.hidden:
            yield html_blocks.block("hidden", "".join(runs.hidden))
        yield from self._drawn(paragraph)
        for box in boxes(paragraph):
            yield from self._blocks(box, depth + 10)
        for mark, note in runs.notes:
            yield f'<p class="aside">{html_blocks.text(mark)}{self._said(note)}</p>'
        yield from self._commented(runs.comments)

    def _set(self, paragraph: Any, inner: str, *, page_number: bool) -> str:
        """Return a paragraph as what it is."""
        if self._marginal and page_number and _few(inner):
            return html_blocks.block("furniture", inner)
        style = value(paragraph, "w:pPr/w:pStyle")
        its_list, at = self._styles.list_of(paragraph)
        label = html_blocks.text(self._numbering.label(its_list, at))
        if not label and not its_list and style.startswith("ListBullet"):
            label = "•"
        label += " " * bool(label)
        level = self._styles.level(paragraph)
        if level:
            return html_blocks.heading(level, label + inner)
        if label:
            return f'<p style="margin-left:{18 * (min(at, 8) + 1)}px">{label}{inner}</p>'
        kind = ' class="title"' if style == "Title" else ""
        return f"<p{kind}>{inner}</p>"

    def _said(self, note: Any) -> str:
        """Return what a note or comment says, its paragraphs below each other."""
        found = []
        for paragraph in note.iter(_PARAGRAPH):
            runs = Runs(self._styles, self._notes, Fields(), lambda _: "")
            found.append(runs.words(paragraph).strip())
        return "<br/>".join(filter(None, found))

    def _commented(self, comments: Iterable[Comment]) -> Iterator[str]:
        for author, element in comments:
            said = self._said(element)
            if said:
                by = f"{html_blocks.text(author)}: " if author else ""
                yield html_blocks.block("note", f"{by}{said}")

    def _picture(self, drawing: Any) -> str:
        for blip in drawing.iter(qn("a:blip"), "{urn:schemas-microsoft-com:vml}imagedata"):
            part = self._parts.get(blip.get(qn("r:embed")) or blip.get(qn("r:id")) or "")
            data = getattr(part, "blob", b"")
            extent = next(drawing.iter(qn("wp:extent")), None)
            width = number(extent.get("cx", ""), 0) / _POINTS if extent is not None else 0
            return self._images.tag(data, min(width or _TEXT_WIDTH, _TEXT_WIDTH))
        return ""

    def _drawn(self, paragraph: Any) -> Iterator[str]:
        """Yield what charts and diagrams say that hang on a paragraph."""
        for found in paragraph.iter(_CHART, _DIAGRAM):
            chart = found.tag == _CHART
            part = self._parts.get(found.get(qn("r:id" if chart else "r:dm"), ""))
            root = safe_xml.parsed(part.blob) if part is not None else None
            if root is not None:
                yield from charts.chart_blocks(root) if chart else charts.diagram_blocks(root)

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        lone = word_tables.lone_cell(table)
        if lone is not None:
            yield from self._blocks(lone, depth + 2)
        else:
            yield from word_tables.table_html(table, lambda cell: self._blocks(cell, depth + 2))

    # Headers and footers

    def _margin(self, kind: str, told: set[str]) -> Iterator[str]:
        """Yield what headers or footers say and nothing else does, each thing once."""
        for part in self._margins(kind):
            self._parts, self._marginal = part.related_parts, True
            self._fields.unseen = PAGE_FIELDS
            for block in self._blocks(root_of(part), 0):
                plain = _folded(unescape(_MARKUP.sub(" ", block)))
                if plain not in told:
                    told.add(plain)
                    yield block
            self._parts, self._marginal = self._document.part.related_parts, False
            self._fields.unseen = frozenset()

    def _margins(self, *kinds: str) -> list[Any]:
        """Return the parts that are headers or footers of some pages."""
        wanted = ["default"]
        if switch(self._document.settings.element, "w:evenAndOddHeaders"):
            wanted.append("even")
        found = []
        for section in self._document.element.body.iter(qn("w:sectPr")):
            first = ["first"] if switch(section, "w:titlePg") else []
            for kind in kinds:
                for reference in section.findall(path(f"w:{kind}Reference")):
                    part = self._document.part.related_parts.get(reference.get(qn("r:id"), ""))
                    if part is not None and reference.get(qn("w:type")) in {*first, *wanted}:
                        found.append(part)
        return list(dict.fromkeys(found))


def _plain(paragraph: Any) -> str:
    return _folded("".join(found.text or "" for found in paragraph.iter(qn("w:t"))))


def _folded(characters: str) -> str:
    return " ".join(characters.split()).casefold()


def _few(inner: str) -> bool:
    """Whether there is hardly more in a line than what belongs to the number of a page."""
    words = unescape(_MARKUP.sub(" ", inner)).split()
    return len(words) <= _WORDS_OF_A_PAGE_NUMBER and not any(map(str.isdigit, "".join(words)))
