"""Reads presentations with python-pptx: one slide, one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn
from pptx.shapes.group import GroupShape

from desktop_rag.engines import safe_xml
from desktop_rag.engines.formats import charts, html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.images import DocumentImages
from desktop_rag.engines.formats.slide_notes import SlideComments

DAMAGE = (PythonPptxError,)  #: raised for damaged files, among others

_POINTS = 12_700  # of the file's units in one point
_MARGINS = 108
_DEEPEST = 20
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_NUMBER = PP_PLACEHOLDER.SLIDE_NUMBER
_MARGINALIA = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, _NUMBER}
_RUN, _BREAK, _FIELD = qn("a:r"), qn("a:br"), qn("a:fld")
_ON = {"1", "true"}
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a presentation to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_file(path), target)


def of_file(path: Path) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title that a presentation states, and its slides, each on a page of its size.

    What stands in the margin of slides, or on the master of all, comes once. Raises `OSError` and
    what is in `DAMAGE`, also while the second is gone through.
    """
    presentation = pptx.Presentation(str(path))
    return (presentation.core_properties.title or "").strip(), _slides(presentation)


def _slides(presentation: Any) -> Iterator[HtmlFragment]:
    units = presentation.slide_width or 9_144_000, presentation.slide_height or 6_858_000
    size = tuple(min(max(side / _POINTS, 400.0), 2_000.0) for side in units)
    comments = SlideComments(presentation)
    told: set[str] = set()
    for slide in presentation.slides:
        images = DocumentImages()
        reader = _Slide(images, size[0] - _MARGINS, told)
        inner = "".join((*reader.blocks(slide), *comments.blocks(slide))) or "<p> </p>"
        hidden = slide.element.get("show", "1") not in _ON
        html = f'<div class="slide{" hidden" * hidden}">{inner}</div>'
        yield HtmlFragment(
            html, pictures=images.taken(), size=(size[0], size[1]), fresh=True, whole=True
        )


class _Slide:
    """Reads one slide; `told` is what the margins of others said."""

    def __init__(self, images: DocumentImages, width: float, told: set[str]) -> None:
        self._images = images
        self._width = width
        self._told = told

    def blocks(self, slide: Any) -> Iterator[str]:
        """Yield the title of a slide, what else is on it from top to bottom, and its notes."""
        title = next((s for s in slide.shapes if _place_of(s) in _TITLES), None)
        if title is not None and title.has_text_frame:
            said = " ".join(filter(None, map(_inner, title.text_frame.paragraphs)))
            if said.strip():
                yield html_blocks.heading(1, said.replace("<br/>", " "))
        for shape in _in_order(slide.shapes):
            if shape is not title and _place_of(shape) not in _MARGINALIA:
                yield from self._shape(shape, 0)
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        if notes is not None and notes.text.strip():
            lines = filter(None, map(_inner, notes.paragraphs))
            yield "<hr/>" + "".join(f'<p class="aside">{line}</p>' for line in lines)
        yield from self._margin(slide)

    def _margin(self, slide: Any) -> Iterator[str]:
        """Yield what no slide before had in its margin or on its master, without its number."""
        layout = slide.slide_layout
        above = (*layout.shapes, *layout.slide_master.shapes)
        shapes = [s for s in slide.shapes if _place_of(s) in _MARGINALIA - {_NUMBER}]
        shapes += [shape for shape in above if not shape.is_placeholder]
        for shape in shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                inner = _inner(paragraph)
                if inner and inner not in self._told:
                    self._told.add(inner)
                    yield html_blocks.block("furniture", inner)

    def _shape(self, shape: Any, depth: int) -> Iterator[str]:
        if _is_hidden(shape):
            for block in self._seen(shape, depth):
                yield f'<div class="hidden">{block}</div>'
        else:
            yield from self._seen(shape, depth)

    def _seen(self, shape: Any, depth: int) -> Iterator[str]:
        if isinstance(shape, GroupShape) and depth < _DEEPEST:
            for inner in _in_order(shape.shapes):
                yield from self._shape(inner, depth + 1)
        elif getattr(shape, "has_table", False) and shape.has_table:
            yield _table(shape.table)
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            root = safe_xml.parsed(shape.chart.part.blob)
            yield from charts.chart_blocks(root) if root is not None else ()
        elif shape.has_text_frame:
            yield from _paragraphs(shape.text_frame)
        elif hasattr(type(shape), "image"):
            width = (shape.width or 0) / _POINTS or self._width
            yield f"<p>{self._images.tag(_blob(shape), min(width, self._width))}</p>"
        else:
            yield from _diagram(shape)


def _is_hidden(shape: Any) -> bool:
    named = next(shape.element.iter(qn("p:cNvPr")), None)
    return named is not None and named.get("hidden", "0") in _ON


def _diagram(shape: Any) -> Iterator[str]:
    """Yield what a diagram says, or something else that no library knows."""
    for reference in shape.element.iter(_DIAGRAM):
        name = reference.get(qn("r:dm"), "")
        if name in shape.part.rels:
            root = safe_xml.parsed(shape.part.related_part(name).blob)
            yield from charts.diagram_blocks(root) if root is not None else ()


def _blob(shape: Any) -> bytes:
    try:
        return bytes(shape.image.blob)
    except (ValueError, KeyError, AttributeError):  # it is linked, not embedded
        return b""


def _place_of(shape: Any) -> Any:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _in_order(shapes: Iterable[Any]) -> list[Any]:
    return sorted(shapes, key=lambda shape: (shape.top or 0, shape.left or 0))


def _paragraphs(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        inner = _inner(paragraph)
        if inner:
            indent = f' style="margin-left:{18 * paragraph.level}px"' if paragraph.level else ""
            yield f"<p{indent}>{inner}</p>"


def _inner(paragraph: Any) -> str:
    """Return the words of a paragraph, with what its fields show, or nothing if there are none."""
    found = []
    for element in paragraph._p:  # noqa: SLF001 - python-pptx passes over breaks and fields
        if element.tag == _BREAK:
            found.append("<br/>")
        elif element.tag in {_RUN, _FIELD}:
            found.append(_run(element))
        else:  # formulas, which are in what not every program understands
            found.append(html_blocks.text("".join(t.text or "" for t in element.iter(qn("m:t")))))
    inner = "".join(found)
    return inner if inner.replace("<br/>", "").strip() else ""


def _run(run: Any) -> str:
    text = "".join(found.text or "" for found in run.iter(qn("a:t"))).replace("\v", "\n")
    inner = html_blocks.text(text).replace("\n", "<br/>")
    properties = run.find(qn("a:rPr"))
    bold = properties is not None and properties.get("b", "0") in _ON
    return f"<b>{inner}</b>" if bold and inner.strip() else inner


def _table(table: Any) -> str:
    rows = []
    for at, line in enumerate(table.rows):
        cells = (
            html_blocks.cell(
                "<br/>".join(filter(None, map(_inner, cell.text_frame.paragraphs))),
                cell.span_width if cell.is_merge_origin else 1,
                cell.span_height if cell.is_merge_origin else 1,
                head=not at and table.first_row and len(table.rows) > 1,
            )
            for cell in line.cells
            if not cell.is_spanned
        )
        rows.append(html_blocks.row(cells))
    return f"<table>{''.join(rows)}</table>" if rows else ""
