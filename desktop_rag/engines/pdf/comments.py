"""Reads what readers wrote on a page: comments, replies, and the words that they marked.

What is typed on the page itself is drawn with it, and so is part of its text; see `lines`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from desktop_rag.domain.documents import Box, Layer, Line, Word
from desktop_rag.engines.pdf import markup
from desktop_rag.engines.pdf.lines import Frame, placed
from desktop_rag.engines.pdf.mupdf import pymupdf

_MOST = 2_000  # of a page
_MOST_SIGNS = 20_000  # of a note
_HIDDEN = pymupdf.PDF_ANNOT_IS_HIDDEN | pymupdf.PDF_ANNOT_IS_NO_VIEW
_TYPED = pymupdf.PDF_ANNOT_FREE_TEXT
_MARKING = {
    pymupdf.PDF_ANNOT_HIGHLIGHT,
    pymupdf.PDF_ANNOT_UNDERLINE,
    pymupdf.PDF_ANNOT_SQUIGGLY,
}
_CORNERS = 4  # of a quadrilateral
_USUAL_SIZE = 10.0  # points


def notes(page: Any, frame: Frame, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the notes on a page whose text is `lines`, each where it stands.

    A note says who wrote it. What is typed on the page is text of it, if `lines` lacks it. Marks
    without a comment say which words they mark. Raises what MuPDF does of damage.
    """
    found: list[Line] = []
    block = 1 + max((line.block for line in lines), default=-1)
    size = lines[0].size if lines else _USUAL_SIZE
    for annotation in _annotations(page):
        box, _ = placed(tuple(annotation.rect), frame)
        layer, text = _said(annotation, frame, lines, box)
        for line in text.split("\n"):
            words = tuple(Word(word, box) for word in line.split())
            if words:
                found.append(Line(block, size, bold=False, words=words, layer=layer))
        block += bool(text)
    return tuple(found)


def _annotations(page: Any) -> Iterator[Any]:
    annotation = page.first_annot
    for _ in range(_MOST):
        if annotation is None:
            return
        yield annotation
        annotation = annotation.next


def _said(annotation: Any, frame: Frame, lines: Sequence[Line], box: Box) -> tuple[Layer, str]:
    kind, info = annotation.type[0], annotation.info
    text = markup.clean(info["content"])[:_MOST_SIGNS] or _rich(annotation)
    hidden = bool(annotation.flags & _HIDDEN)
    if kind == _TYPED:
        text = "" if _drawn(text, lines, box) and not hidden else text
        return (Layer.HIDDEN if hidden else Layer.BODY), text
    if _is_state(annotation) or _drawn(text, lines, box):
        text = ""
    elif not text and kind in _MARKING:
        text = _marked(annotation, frame, lines)
    author = markup.clean(info["title"]).replace("\n", " ").strip()[:_MOST_SIGNS]
    if author and text:
        text = f"{author}: {text}"
    return (Layer.HIDDEN if hidden else Layer.NOTE), text


def _rich(annotation: Any) -> str:
    """Return the text of a note that is given with its fonts and colours alone."""
    kind, source = annotation.parent.parent.xref_get_key(annotation.xref, "RC")
    return markup.text_of(source)[:_MOST_SIGNS] if kind == "string" else ""


def _is_state(annotation: Any) -> bool:
    """Whether that is but a program's note that somebody ticked off a comment."""
    kind, _ = annotation.parent.parent.xref_get_key(annotation.xref, "StateModel")
    return bool(kind == "string")


def _drawn(text: str, lines: Sequence[Line], box: Box) -> bool:
    """Whether the words are part of the page's text where the note stands, as of a stamp."""
    words = [_bare(word) for word in text.split()]
    there = {_bare(word.text) for line in lines for word in line.words if _inside(word.box, box)}
    return bool(words) and there.issuperset(words)


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word.casefold()))


def _inside(word: Box, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _marked(annotation: Any, frame: Frame, lines: Sequence[Line]) -> str:
    corners = annotation.vertices or ()
    boxes = []
    for at in range(0, len(corners) - _CORNERS + 1, _CORNERS):
        xs, ys = zip(*corners[at : at + _CORNERS], strict=True)
        boxes.append(placed((min(xs), min(ys), max(xs), max(ys)), frame)[0])
    found = [
        word.text
        for line in lines
        if line.layer is Layer.BODY
        for word in line.words
        if any(_inside(word.box, box) for box in boxes[:_MOST])
    ]
    return " ".join(found)[:_MOST_SIGNS]
