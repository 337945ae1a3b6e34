"""Reads PDFs with PyMuPDF: text with a box for every word, labels, contents."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pymupdf

from desktop_rag.domain.documents import Box, Heading, Line, Outline, Page, Word
from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentEmpty,
    DocumentLocked,
    DocumentMissing,
    DocumentUnreadable,
    DocumentWithoutPages,
)

_FLAGS = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_LIGATURES
_BOLD = 1 << 4  # a span's `flags`, as PyMuPDF documents them
_DAMAGE = (  # what MuPDF and its bindings raise for damaged files
    pymupdf.mupdf.FzErrorBase,
    RuntimeError,
    ValueError,
    IndexError,
    TypeError,
    AttributeError,
    AssertionError,
    UnicodeError,
    RecursionError,
)
_MAX_CONTENTS = 5_000  # a hostile table of contents can be endless

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)


@contextlib.contextmanager
def opened(path: Path, password: str = "") -> Iterator[Any]:
    """Open the PDF at `path` with at least one page.

    Raises `DocumentMissing`, `DocumentUnreadable`, `DocumentEmpty`,
    `DocumentBroken`, `DocumentLocked` or `DocumentWithoutPages`.
    """
    try:
        path.open("rb").close()  # MuPDF does not tell a closed file from a broken one
        document = pymupdf.open(path, filetype="pdf")
    except pymupdf.EmptyFileError:
        raise DocumentEmpty(path.name) from None
    except FileNotFoundError:
        raise DocumentMissing(path.name) from None
    except OSError:
        raise DocumentUnreadable(path.name) from None
    except _DAMAGE:
        raise DocumentBroken(path.name) from None
    with document:
        try:
            locked = document.needs_pass and not document.authenticate(password)
            pages = 1 if locked else document.page_count
        except _DAMAGE:
            raise DocumentBroken(path.name) from None
        if locked:
            raise DocumentLocked(path.name)
        if pages < 1:
            raise DocumentWithoutPages(path.name)
        yield document


def outline(document: Any) -> Outline:
    """Return the title and table of contents that the file states, cleaned of neither."""
    title = str((document.metadata or {}).get("title") or "").strip()
    contents: list[Heading] = []
    with contextlib.suppress(*_DAMAGE):
        for level, text, page, *_ in document.get_toc()[:_MAX_CONTENTS]:
            contents.append(Heading(level, " ".join(text.split()), max(0, page - 1)))
    return Outline(title, document.page_count, tuple(contents))


def pages(document: Any, skip: Collection[int] = ()) -> Iterator[Page]:
    """Yield every page in order; one that cannot be read, or is in `skip`, is empty.

    Raises `DocumentBroken` at the end if none could be read.
    """
    labelled = _labelled(document)
    damaged = 0
    for number in range(document.page_count):
        page = None if number in skip else _loaded(document, number, labelled=labelled)
        damaged += page is None
        yield page or Page(number, str(number + 1), 0.0, 0.0)
    if damaged == document.page_count:
        raise DocumentBroken(Path(document.name).name)


def _loaded(document: Any, number: int, *, labelled: bool) -> Page | None:
    try:
        page = document[number]
        return _page(page, number, (labelled and page.get_label()) or str(number + 1))
    except _DAMAGE:
        return None


def _labelled(document: Any) -> bool:
    with contextlib.suppress(*_DAMAGE):
        return bool(document.get_page_labels())
    return False


def _page(page: Any, number: int, label: str) -> Page:
    rect = page.rect
    if rect.is_empty or rect.is_infinite:
        return Page(number, label, 0.0, 0.0)
    text = page.get_textpage(flags=_FLAGS)
    styles = _styles(page.get_text("dict", textpage=text))
    turn = page.rotation_matrix if page.rotation else None
    grouped: dict[tuple[int, int], list[Word]] = {}
    for x0, y0, x1, y1, characters, block, line, _ in page.get_text("words", textpage=text):
        box = pymupdf.Rect(x0, y0, x1, y1) * turn if turn else (x0, y0, x1, y1)
        placed = _fraction(box, rect)
        if placed:
            grouped.setdefault((block, line), []).append(Word(characters, placed))
    lines = tuple(
        Line(key[0], *styles.get(key, (0.0, False)), tuple(words)) for key, words in grouped.items()
    )
    picture = not lines and _shows_something(page)
    return Page(number, label, rect.width, rect.height, lines, picture)


def _shows_something(page: Any) -> bool:
    drawn = any("text" not in kind for kind, *_ in page.get_bboxlog())
    return drawn or bool(page.get_images())


def _fraction(box: Any, rect: Any) -> Box | None:
    """Return `box` in fractions of `rect`, or nothing where a crop hides it."""
    x0, x1 = sorted((box[0] / rect.width, box[2] / rect.width))
    y0, y1 = sorted((box[1] / rect.height, box[3] / rect.height))
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    if not (0 <= middle_x <= 1 and 0 <= middle_y <= 1):
        return None
    return Box(max(0.0, x0), max(0.0, y0), min(1.0, x1), min(1.0, y1))


def _styles(layout: dict[str, Any]) -> dict[tuple[int, int], tuple[float, bool]]:
    """Return the type size and weight of each line, by its first visible span."""
    styles = {}
    for block in layout["blocks"]:
        for at, line in enumerate(block.get("lines", ())):
            span = next((s for s in line["spans"] if s["text"].strip()), None)
            if span:
                bold = bool(span["flags"] & _BOLD) or "bold" in span["font"].lower()
                styles[block["number"], at] = (round(span["size"], 1), bold)
    return styles
