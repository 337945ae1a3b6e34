"""Reads books in FictionBook 2: chapters, paragraphs and verses, notes where they belong."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_rag.domain.errors import DocumentBroken
from desktop_rag.engines import safe_xml
from desktop_rag.engines.formats import html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.images import DocumentImages
from desktop_rag.engines.safe_xml import local

DAMAGE = ()  #: nothing but what every reader may raise

_DEEPEST = 60
_INLINE = {"strong": "b", "emphasis": "i", "strikethrough": "s", "sup": "sup", "sub": "sub"}
_PARAGRAPHS = {"p", "v", "text-author", "date", "subtitle"}
_WIDTH = 400.0  # points
_HREF = "{http://www.w3.org/1999/xlink}href"


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a book to a PDF; see `engines.formats`. Raises `DocumentBroken`, too."""
    root = safe_xml.parsed(path.read_bytes())
    if root is None:
        raise DocumentBroken(path.name)
    yield from pdf_writer.converted(*of_root(root), target)


def of_root(root: Any) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title of a book, and what is in it, of a tree of lxml."""
    title = " ".join((root.findtext(".//{*}title-info/{*}book-title") or "").split())
    return title, _Book(root).flows(title)


class _Book:
    def __init__(self, root: Any) -> None:
        self._root = root
        self._images = DocumentImages()
        bodies = root.findall("{*}body")
        self._notes = {
            section.get("id"): section
            for body in bodies[1:]
            for section in body.iter("{*}section")
            if section.get("id")
        }
        self._told: set[str] = set()
        self._after: list[str] = []
        self._pictures = {
            binary.get("id"): binary.text or "" for binary in root.findall("{*}binary")
        }

    def flows(self, title: str) -> Iterator[HtmlFragment]:
        for piece in html_blocks.flows(self._blocks_of_all(title)):
            yield HtmlFragment(piece.html, pictures=self._images.taken())

    def _blocks_of_all(self, title: str) -> Iterator[str]:
        if title:
            yield f'<p class="title">{html_blocks.text(title)}</p>'
        for author in self._root.findall("{*}description/{*}title-info/{*}author"):
            names = (" ".join((name.text or "").split()) for name in author if local(name) != "id")
            yield f"<p>{html_blocks.text(' '.join(filter(None, names)))}</p>"
        annotation = self._root.find("{*}description/{*}title-info/{*}annotation")
        yield from self._blocks(annotation, 0) if annotation is not None else ()
        for body in self._root.findall("{*}body"):
            yield from self._blocks(body, 0)

    def _blocks(self, parent: Any, depth: int) -> Iterator[str]:
        for element in parent if depth < _DEEPEST else ():
            if element.get("id") in self._told and local(element) == "section":
                continue
            match local(element):
                case "title":
                    yield from self._title(element, depth)
                case name if name in _PARAGRAPHS:
                    yield from self._paragraph(element, bold=name == "subtitle")
                case "image":
                    picture = self._picture(element)
                    yield f"<p>{picture}</p>" if picture else ""
                case "table":
                    yield from self._table(element)
                case _:
                    yield from self._blocks(element, depth + 1)

    def _title(self, element: Any, depth: int) -> Iterator[str]:
        lines = (self._words(line, 0).strip() for line in element if local(line) == "p")
        inner = ". ".join(line.rstrip(".") for line in lines if line)
        if inner:
            yield html_blocks.heading(depth or 1, inner)
        yield from self._notes_below()

    def _paragraph(self, element: Any, *, bold: bool) -> Iterator[str]:
        inner = self._words(element, 0).strip()
        if inner:
            yield f"<p><b>{inner}</b></p>" if bold else f"<p>{inner}</p>"
        yield from self._notes_below()

    def _notes_below(self) -> Iterator[str]:
        after, self._after = self._after, []
        yield from after

    def _words(self, parent: Any, depth: int) -> str:
        found = [html_blocks.text(parent.text or "")]
        for child in parent if depth < _DEEPEST else ():
            found += [self._inline(child, depth + 1), html_blocks.text(child.tail or "")]
        return "".join(found)

    def _inline(self, element: Any, depth: int) -> str:
        name = local(element)
        if name == "image":
            return self._picture(element)
        inner = self._words(element, depth) if name else ""
        if name == "a" and element.get("type") == "note":
            return self._note(element.get(_HREF, "").removeprefix("#"), inner.strip())
        tag = _INLINE.get(name)
        return f"<{tag}>{inner}</{tag}>" if tag and inner.strip() else inner

    def _note(self, target: str, label: str) -> str:
        label = label.strip("[]")
        section = self._notes.get(target)
        if section is not None and target not in self._told:
            self._told.add(target)
            parts = (part for part in section.iter() if local(part) in {*_PARAGRAPHS, "td", "th"})
            lines = (" ".join("".join(part.itertext()).split()) for part in parts)
            said = [line for line in lines if line and line.strip("[]. ") != label]
            self._after.append(f'<p class="aside">[{label}] {html_blocks.text(" ".join(said))}</p>')
        return f"<sup>[{label}]</sup>"

    def _table(self, table: Any) -> Iterator[str]:
        rows = [
            html_blocks.row(
                html_blocks.cell(self._words(cell, 0), head=local(cell) == "th")
                for cell in row
                if local(cell) in {"th", "td"}
            )
            for row in table.iter("{*}tr")
        ]
        heads = 1 if rows and "<td" not in rows[0] else 0
        yield from html_blocks.table(rows[heads:], "".join(rows[:heads]))
        yield from self._notes_below()

    def _picture(self, image: Any) -> str:
        encoded = self._pictures.get(image.get(_HREF, "").removeprefix("#"), "")
        try:
            return self._images.tag(base64.b64decode(encoded), _WIDTH)
        except (binascii.Error, ValueError):
            return ""
