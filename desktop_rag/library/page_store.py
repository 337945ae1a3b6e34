"""What was read from each document: one ZIP file of JSON, a member for each page.

    pages/ab/abcdef….zip
      outline.json      title, contents, number of pages
      0.json, 1.json …  label, size, lines of words with their boxes

A file appears whole or not at all. Boxes are kept in 65,535ths of the page.
"""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop_rag.domain.documents import Box, DocumentId, Heading, Line, Outline, Page, Word
from desktop_rag.settings.paths import reported

UNITS = 65_535  #: a box's fractions are kept as whole numbers of this many parts

_FORMAT = 1
_DAMAGE = (  # what zipfile and json raise for a damaged file
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)


def place(folder: Path, document: DocumentId) -> Path:
    """Return where the pages of `document` are kept."""
    return folder / document[:2] / f"{document}.zip"


def save(
    folder: Path, document: DocumentId, outline: Outline, pages: Iterable[Page]
) -> Iterator[Page]:
    """Keep the pages of a document, yielding each once it is written.

    What was kept before stays until the last page. Raises `DiskFull`.
    """
    target = place(folder, document)
    unfinished = target.with_suffix(".part")
    with reported(folder):
        target.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
                file.writestr("outline.json", json.dumps(_outline_values(outline)))
                for page in pages:
                    file.writestr(f"{page.number}.json", json.dumps(_page_values(page)))
                    yield page
            os.replace(unfinished, target)  # noqa: PTH105 - the only atomic one, by name
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)


def load(folder: Path, document: DocumentId) -> tuple[Outline, list[Page]] | None:
    """Return what was read from a document, or nothing if it has to be read again."""
    try:
        with zipfile.ZipFile(place(folder, document)) as file:
            values = json.loads(file.read("outline.json"))
            if values["format"] != _FORMAT:
                return None
            outline = _outline(values)
            pages = [_page(n, json.loads(file.read(f"{n}.json"))) for n in range(outline.pages)]
            return outline, pages
    except _DAMAGE:
        return None


def page_count(folder: Path, document: DocumentId) -> int:
    """Return how many pages were read from a document, 0 if it has to be read again."""
    try:
        with zipfile.ZipFile(place(folder, document)) as file:
            return int(json.loads(file.read("outline.json"))["pages"])
    except _DAMAGE:
        return 0


def remove(folder: Path, documents: Iterable[DocumentId]) -> None:
    """Forget the pages of these documents."""
    for document in documents:
        with reported(folder):
            place(folder, document).unlink(missing_ok=True)


def _outline_values(outline: Outline) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "title": outline.title,
        "pages": outline.pages,
        "contents": [[entry.level, entry.title, entry.page] for entry in outline.contents],
    }


def _outline(values: dict[str, Any]) -> Outline:
    contents = tuple(Heading(*entry) for entry in values["contents"])
    return Outline(values["title"], values["pages"], contents)


def _page_values(page: Page) -> dict[str, Any]:
    return {
        "label": page.label,
        "width": page.width,
        "height": page.height,
        "picture": page.picture,
        "lines": [
            [
                line.block,
                line.size,
                int(line.bold),
                [word.text for word in line.words],
                [round(edge * UNITS) for word in line.words for edge in word.box],
            ]
            for line in page.lines
        ],
    }


def _page(number: int, values: dict[str, Any]) -> Page:
    lines = tuple(_line(*line) for line in values["lines"])
    size = values["width"], values["height"]
    return Page(number, values["label"], *size, lines, values["picture"])


def _line(block: int, size: float, bold: int, texts: list[str], edges: list[int]) -> Line:
    fractions = [edge / UNITS for edge in edges]
    boxes = (Box(*fractions[at : at + 4]) for at in range(0, len(fractions), 4))
    words = tuple(Word(text, box) for text, box in zip(texts, boxes, strict=True))
    return Line(block, size, bool(bold), words)
