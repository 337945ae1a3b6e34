"""Reads presentations with python-pptx: one slide, one page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from desktop_rag.engines.formats import html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.images import DocumentImages

DAMAGE = (PythonPptxError,)  #: raised for damaged files, among others

_POINTS = 12_700  # of the file's units in one point
_MARGINS = 108
_DEEPEST = 20
_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
_MARGINALIA = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a presentation to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_file(path), target)


def of_file(path: Path) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title that a presentation states, and its slides, each on a page of its size.

    Raises `OSError` and what is in `DAMAGE`, also while the second is gone through.
    """
    presentation = pptx.Presentation(str(path))
    return (presentation.core_properties.title or "").strip(), _slides(presentation)


def _slides(presentation: Any) -> Iterator[HtmlFragment]:
    units = presentation.slide_width or 9_144_000, presentation.slide_height or 6_858_000
    size = tuple(min(max(side / _POINTS, 400.0), 2_000.0) for side in units)
    for slide in presentation.slides:
        images = DocumentImages()
        reader = _Slide(images, size[0] - _MARGINS)
        html = f'<div class="slide">{"".join(reader.blocks(slide)) or "<p> </p>"}</div>'
        yield HtmlFragment(
            html, pictures=images.taken(), size=(size[0], size[1]), fresh=True, whole=True
        )


class _Slide:
    def __init__(self, images: DocumentImages, width: float) -> None:
        self._images = images
        self._width = width

    def blocks(self, slide: Any) -> Iterator[str]:
        """Yield the title of a slide, what else is on it from top to bottom, and its notes."""
        title = next((s for s in slide.shapes if _place_of(s) in _TITLES), None)
        if title is not None and title.has_text_frame and title.text_frame.text.strip():
            yield html_blocks.heading(1, html_blocks.text(" ".join(title.text_frame.text.split())))
        for shape in _in_order(slide.shapes):
            if shape is not title and _place_of(shape) not in _MARGINALIA | _TITLES:
                yield from self._shape(shape, 0)
        notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        if notes is not None and notes.text.strip():
            lines = (
                f'<p class="aside">{html_blocks.text(line)}</p>' for line in notes.text.split("\n")
            )
            yield "<hr/>" + "".join(lines)

    def _shape(self, shape: Any, depth: int) -> Iterator[str]:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP and depth < _DEEPEST:
            for inner in _in_order(shape.shapes):
                yield from self._shape(inner, depth + 1)
        elif getattr(shape, "has_table", False) and shape.has_table:
            yield _table(shape.table)
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            yield from _chart(shape.chart)
        elif shape.has_text_frame:
            yield from _paragraphs(shape.text_frame)
        elif hasattr(shape, "image"):
            width = (shape.width or 0) / _POINTS or self._width
            yield f"<p>{self._images.tag(_blob(shape), min(width, self._width))}</p>"


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
        inner = "".join(_run(run) for run in paragraph.runs) or html_blocks.text(paragraph.text)
        if inner.strip():
            indent = f' style="margin-left:{18 * paragraph.level}px"' if paragraph.level else ""
            yield f"<p{indent}>{inner.replace(chr(11), '<br/>')}</p>"


def _run(run: Any) -> str:
    inner = html_blocks.text(run.text)
    return f"<b>{inner}</b>" if run.font.bold and inner.strip() else inner


def _table(table: Any) -> str:
    rows = []
    for at, line in enumerate(table.rows):
        cells = (
            html_blocks.cell(
                html_blocks.text(cell.text).replace("\n", "<br/>"),
                cell.span_width if cell.is_merge_origin else 1,
                cell.span_height if cell.is_merge_origin else 1,
                head=not at,
            )
            for cell in line.cells
            if not cell.is_spanned
        )
        rows.append(html_blocks.row(cells))
    return f"<table>{''.join(rows)}</table>" if rows else ""


def _chart(chart: Any) -> Iterator[str]:
    """Yield the figures that a chart shows as a table."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield f"<p><b>{html_blocks.text(chart.chart_title.text_frame.text)}</b></p>"
    for plot in chart.plots:
        series = list(plot.series)
        names = [html_blocks.cell(html_blocks.text(str(one.name)), head=True) for one in series]
        rows = [html_blocks.row([html_blocks.cell("", head=True), *names])]
        for at, category in enumerate(plot.categories):
            values = (one.values[at] if at < len(one.values) else None for one in series)
            shown = [html_blocks.cell("" if value is None else f"{value:g}") for value in values]
            rows.append(
                html_blocks.row([html_blocks.cell(html_blocks.text(str(category))), *shown])
            )
        yield f"<table>{''.join(rows)}</table>"
