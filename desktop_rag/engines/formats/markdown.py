"""Reads Markdown with markdown-it: CommonMark with tables, as the web page that it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html as lxml_html
from markdown_it import MarkdownIt

from desktop_rag.engines.formats import encoding, pdf_writer, web_page
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a text in Markdown to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_markdown(path.read_bytes()), target)


def of_markdown(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the first heading of a text in Markdown, and all of it. Raises nothing."""
    source = _without_front_matter(encoding.decoded(data))
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source)
    _, flows = web_page.of_source(made)
    first = re.search(r"<h1>(.*?)</h1>", made, re.DOTALL)
    return (_plain(first[1]) if first else ""), flows


def _plain(markup: str) -> str:
    return " ".join(str(lxml_html.fromstring(f"<p>{markup}</p>").text_content()).split())


def _without_front_matter(source: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", source.replace("\r\n", "\n"), count=1, flags=re.DOTALL)
