"""What charts and diagrams of office files say: titles and figures, and text in boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop_rag.engines.formats import html_blocks
from desktop_rag.engines.formats.number_formats import GENERAL, number_shown

_MOST_POINTS = 5_000  # of a series
_MOST_SERIES = 200
_NO_BOXES = {"pres", "parTrans", "sibTrans"}  # points of a diagram that only draw lines


def chart_blocks(root: Any) -> Iterator[str]:
    """Yield the titles of a chart and its axes, and its figures as a table, of its XML.

    These are the values that were in the cells when the file was saved (ECMA-376, part 1, 21.2).
    """
    for title in root.iter("{*}title"):
        said = _texts(title, "t") or _texts(title, "v")
        if said:
            yield f"<p><b>{html_blocks.text(said)}</b></p>"
    for area in root.iter("{*}plotArea"):
        for plot in area:
            series = plot.findall("{*}ser")[:_MOST_SERIES]
            if series:
                yield from _figures(series)


def diagram_blocks(root: Any) -> Iterator[str]:
    """Yield what is written in the boxes of a diagram, of the XML of its data (21.4)."""
    for point in root.iter("{*}pt"):
        if point.get("type", "node") in _NO_BOXES:
            continue
        for paragraph in point.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
            said = _texts(paragraph, "t")
            if said:
                yield f"<p>{html_blocks.text(said)}</p>"


def _figures(series: list[Any]) -> Iterator[str]:
    names = [_texts(one.find("{*}tx"), "v") for one in series]
    head = html_blocks.row(
        html_blocks.cell(html_blocks.text(name), head=True) for name in ["", *names]
    )
    columns = [_points(one, "val", "yVal") for one in series]
    categories = _points(series[0], "cat", "xVal")
    numbers = sorted({at for column in (categories, *columns) for at in column})
    rows = (
        html_blocks.row(
            html_blocks.cell(html_blocks.text(column.get(at, "")))
            for column in (categories, *columns)
        )
        for at in numbers
    )
    yield from html_blocks.table(rows, head)


def _points(series: Any, *names: str) -> dict[int, str]:
    """Return what the points of a series show, by their numbers."""
    found = next((one for name in names for one in series.findall(f"{{*}}{name}")), None)
    if found is None:
        return {}
    code = next((one.text or GENERAL for one in found.iter("{*}formatCode")), "")
    return {
        int(point.get("idx", "0")): _shown(_texts(point, "v"), point.get("formatCode") or code)
        for point in list(found.iter("{*}pt"))[:_MOST_POINTS]
        if point.get("idx", "0").isdecimal()
    }


def _shown(value: str, code: str) -> str:
    """Return a value by its format; names have none."""
    try:
        return number_shown(float(value), code) if code else value
    except ValueError:
        return value


def _texts(element: Any, name: str) -> str:
    if element is None:
        return ""
    return " ".join("".join(one.text or "" for one in element.iter(f"{{*}}{name}")).split())
