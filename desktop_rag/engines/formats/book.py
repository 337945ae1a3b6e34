"""Reads books in EPUB: their chapters, in the order of the spine, as web pages."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

from desktop_rag.engines import safe_xml
from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer, web_page
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.images import DocumentImages

DAMAGE = ()  #: nothing but what every reader may raise

_PAGE = (420.0, 595.0)  # points: half a sheet, as books are
_TEXT_WIDTH = 312.0  # points
_HEADINGS = ("<h1", "<h2", "<h3", "<h4", "<h5", "<h6")
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}
_NCX = "application/x-dtbncx+xml"


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a book to a PDF; see `engines.formats`."""
    with zipfile.ZipFile(path) as file:
        yield from pdf_writer.converted(*of_file(file), target)


def of_file(file: zipfile.ZipFile) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title that a book states, and its chapters, each from a page of its own.

    Raises what `zipfile` does of damage and `ValueError` of what is no book, also while the
    second is gone through.
    """
    book = _Package(file)
    return book.title, book.flows()


class _Package:
    """What EPUB calls a package: the files of a book, and in which order they are read."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._images = DocumentImages()
        root = self._parsed("META-INF/container.xml")
        name = next((e.get("full-path", "") for e in root.iter("{*}rootfile")), "")
        package = self._parsed(name)
        self._items = {
            item.get("id"): (_beside(name, item.get("href", "")), item)
            for item in package.iter("{*}item")
        }
        refs = [ref.get("idref") for ref in package.iter("{*}itemref")]
        self._spine = list(dict.fromkeys(refs))  # each once, as EPUB has it (3.3, 5.7.2)
        title = next((e for e in package.iter("{*}title") if (e.text or "").strip()), None)
        self.title = "" if title is None else " ".join(title.text.split())
        self._titles = dict(reversed(list(self._contents())))

    def flows(self) -> Iterator[HtmlFragment]:
        """Yield the chapters; one without a heading has the title that the contents give it."""
        for name, item in (self._items[one] for one in self._spine if one in self._items):
            if item.get("media-type", "") in _PAGES and name in self._file.NameToInfo:
                yield from self._chapter(name)
            else:
                yield HtmlFragment()  # a sign of life

    def _chapter(self, name: str) -> Iterator[HtmlFragment]:
        root = web_page.parsed(encoding.decoded_html(self._file.read(name)))
        if root is None:
            return
        blocks = list(web_page.blocks_of(root, lambda image: self._picture(name, image)))
        title = self._titles.get(name, "")
        if title and not any(heading in block for block in blocks for heading in _HEADINGS):
            blocks.insert(0, html_blocks.heading(1, html_blocks.text(title)))
        pictures = self._images.taken()
        for number, piece in enumerate(html_blocks.flows(blocks)):
            shown = {key: data for key, data in pictures.items() if f'src="{key}"' in piece.html}
            yield HtmlFragment(piece.html, pictures=shown, size=_PAGE, fresh=not number)

    def _picture(self, chapter: str, image: Any) -> str:
        source = image.get("src") or image.get("xlink:href") or image.get("href") or ""
        name = _beside(chapter, source)
        known = name in self._file.NameToInfo
        made = self._images.tag(self._file.read(name), _TEXT_WIDTH) if known else ""
        return made or html_blocks.text(" ".join((image.get("alt") or "").split()))

    def _contents(self) -> Iterator[tuple[str, str]]:
        """Yield the file that each entry of the contents points into, and its title."""
        for name, item in self._items.values():
            known = name in self._file.NameToInfo
            if known and item.get("media-type") == _NCX:
                for point in self._parsed(name).iter("{*}navPoint"):
                    target, label = point.find("{*}content"), point.find("{*}navLabel")
                    if target is not None and label is not None:
                        yield _beside(name, target.get("src", "")), _said(label)
            elif known and "nav" in (item.get("properties") or "").split():
                for link in self._parsed(name).iter("{*}a"):
                    yield _beside(name, link.get("href", "")), _said(link)

    def _parsed(self, name: str) -> Any:
        root = safe_xml.parsed(self._file.read(name))
        if root is None:
            raise ValueError(name)
        return root


def _beside(name: str, reference: str) -> str:
    """Return the name of the file that another one refers to."""
    address = unquote(urldefrag(reference).url)
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address)) if address else ""


def _said(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
