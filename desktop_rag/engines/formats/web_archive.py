"""Reads web pages that a browser saved in one file, in MIME HTML (RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_rag.engines.formats import mail, message_parts, pdf_writer, web_page
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.message_parts import Part

DAMAGE = message_parts.DAMAGE  #: raised for damaged files, among others


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a saved page to a PDF; see `engines.formats`."""
    for message in message_parts.parsed(path):
        if message is None:
            yield 0, 0
        else:
            yield from pdf_writer.converted(*of_archive(message), target)


def of_archive(message: Part) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title of a saved page and what is on it; what has none is read as an e-mail."""
    pages = [part for part in message_parts.leaves(message) if _is_page(part)]
    start = str(message.get_param("start", "")).strip("<>")
    named = (
        part for part in pages if start and message_parts.head(part, "Content-ID") == f"<{start}>"
    )
    page = next(named, pages[0] if pages else None)
    if page is None:
        return mail.of_message(message)
    title, fragments = web_page.of_source(message_parts.html_of(page))
    return title or message_parts.head(message, "Subject"), fragments


def _is_page(part: Part) -> bool:
    return part.get_content_type() in {"text/html", "application/xhtml+xml"}
