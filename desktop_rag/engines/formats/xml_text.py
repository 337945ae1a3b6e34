"""Reads XML: the words of documents without their tags, and data as it stands.

A document is told by words that stand beside elements, as in “a <em>good</em> dog”.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_rag.engines import safe_xml
from desktop_rag.engines.formats import (
    encoding,
    fiction_book,
    html_blocks,
    pdf_writer,
    text_blocks,
    web_page,
)
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise

_TITLES = {"title", "head", "heading", "article-title", "bridgehead"}
_DEEPEST = 250
_LONG_LINE = 400  # characters, on average, of XML that nobody has indented


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write XML to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_xml(path.read_bytes()), target)


def of_xml(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title of a document in XML, and its words; of data, all as it stands.

    XHTML and FictionBook are read as what they are. Raises nothing.
    """
    root = safe_xml.parsed(data)
    match safe_xml.local(root) if root is not None else "":
        case "html":
            return web_page.of_html(data)
        case "FictionBook":
            return fiction_book.of_root(root)
        case _:
            pass
    if root is None or not _is_document(root):
        return "", html_blocks.flows(text_blocks.preformatted(_broken(data), code=True))
    titles = (element for element in root.iter() if safe_xml.local(element) in _TITLES)
    first = next(titles, None)
    return (_said(first) if first is not None else ""), html_blocks.flows(_blocks(root, 0))


def _is_document(root: Any) -> bool:
    return any((child.tail or "").strip() and safe_xml.local(child) for child in root.iter())


def _broken(data: bytes) -> str:
    """Return XML as it stands; what is all on one line, with each element on one of its own."""
    source = text_blocks.unified(encoding.decoded_html(data)).strip()
    if len(source) > _LONG_LINE * (source.count("\n") + 1):
        source = source.replace("><", ">\n<")
    return source


def _blocks(element: Any, depth: int) -> Iterator[str]:
    """Yield each element that has words of its own as a paragraph."""
    beside = (element.text, *(child.tail for child in element))
    if any((words or "").strip() for words in beside) or depth > _DEEPEST:
        inner = html_blocks.text(_said(element))
        titled = safe_xml.local(element) in _TITLES
        yield html_blocks.heading(min(depth, 6), inner) if titled else f"<p>{inner}</p>"
        return
    for child in element:
        if safe_xml.local(child):
            yield from _blocks(child, depth + 1)


def _said(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
