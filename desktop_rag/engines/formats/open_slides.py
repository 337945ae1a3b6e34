"""Goes through the slides of OpenDocument: one slide, one page, with the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desktop_rag.engines.formats import html_blocks
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.odf_package import OdfPackage, q
from desktop_rag.engines.formats.odf_styles import OdfStyles
from desktop_rag.engines.formats.open_text import OpenTextReader, points

_SIZE = (720.0, 540.0)  # points, of slides that do not say theirs
_MARGINS = 108
_MARGINALIA = {"date-time", "footer", "header", "page-number", "page"}
_CLASS = "presentation:class"


def fragments(package: OdfPackage) -> Iterator[HtmlFragment]:
    """Yield every slide on a page of its size; one that is not shown as hidden text."""
    size = _size(package)
    reader = OpenTextReader(package, OdfStyles(package))
    reader.width = size[0] - _MARGINS
    for footer in package.body.iter(q("presentation:footer-decl"), q("presentation:header-decl")):
        if (footer.text or "").strip():
            yield HtmlFragment(html_blocks.block("furniture", html_blocks.text(footer.text)))
    for slide in package.body.iterchildren(q("draw:page")):
        html = f'<div class="slide">{"".join(_blocks(slide, reader)) or "<p> </p>"}</div>'
        yield HtmlFragment(html, pictures=reader.images.taken(), size=size, fresh=True, whole=True)


def _blocks(slide: Any, reader: OpenTextReader) -> Iterator[str]:
    style = slide.get(q("draw:style-name"), "")
    shown = reader.styles.says(
        "drawing-page", style, "style:drawing-page-properties", "presentation:visibility"
    )
    if shown == "hidden":
        for words in slide.iter(q("text:p")):
            yield html_blocks.block("hidden", html_blocks.text("".join(words.itertext())))
        return
    shapes = [shape for shape in slide if _is_shown(shape)]
    titles = [shape for shape in shapes if shape.get(q(_CLASS)) == "title"]
    for title in titles:
        words = (" ".join("".join(line.itertext()).split()) for line in title.iter(q("text:p")))
        inner = " ".join(filter(None, words))
        yield html_blocks.heading(1, html_blocks.text(inner)) if inner else ""
    rest = [shape for shape in shapes if shape not in titles]
    yield from reader.blocks(sorted(rest, key=_place))
    yield from _notes(slide)


def _is_shown(shape: Any) -> bool:
    kind = shape.get(q(_CLASS), "")
    prompt = shape.get(q("presentation:placeholder")) == "true"  # nothing was written there
    return shape.tag != q("presentation:notes") and kind not in _MARGINALIA and not prompt


def _notes(slide: Any) -> Iterator[str]:
    notes = slide.find(q("presentation:notes"))
    frames = notes.iter(q("draw:frame")) if notes is not None else ()
    said = [
        html_blocks.text("".join(words.itertext()))
        for frame in frames
        if frame.get(q(_CLASS)) == "notes" and frame.get(q("presentation:placeholder")) != "true"
        for words in frame.iter(q("text:p"))
    ]
    if any(said):
        yield "<hr/>" + "".join(f'<p class="aside">{line}</p>' for line in said if line.strip())


def _place(shape: Any) -> tuple[float, float]:
    return points(shape.get(q("svg:y"))), points(shape.get(q("svg:x")))


def _size(package: OdfPackage) -> tuple[float, float]:
    layouts = (
        package.styles.iter(q("style:page-layout-properties")) if package.styles is not None else ()
    )
    for layout in layouts:
        sides = points(layout.get(q("fo:page-width"))), points(layout.get(q("fo:page-height")))
        if min(sides) > 0:
            return min(max(sides[0], 400.0), 2_000.0), min(max(sides[1], 400.0), 2_000.0)
    return _SIZE
