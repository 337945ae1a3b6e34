"""Reads web pages with lxml; nothing that they point to is ever opened.

What is kept is told by allow-lists, and built anew: no tag and no attribute of a page goes into
what is set, so that none has to be taken out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from lxml.etree import ParserError

from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise

_NOTHING = {  # elements of which not even the text is wanted
    "script", "style", "head", "template", "noscript", "iframe", "object", "embed", "svg",
    "canvas", "audio", "video", "select", "button", "input", "textarea", "nav", "math",
}  # fmt: skip
_INLINE = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "u": "u", "s": "s", "del": "s",
    "sup": "sup", "sub": "sub", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_WORDS = _INLINE.keys() | {"a", "abbr", "span", "small", "font", "label", "q", "mark", "time",
    "br", "wbr", "img", "ins", "var", "dfn", "bdi", "bdo", "big", "data", "acronym"}  # fmt: skip
_BLOCKS = {f"h{level}": f"h{level}" for level in range(1, 7)} | {
    "p": "p",
    "pre": "pre",
    "blockquote": "blockquote",
    "dt": "p",
    "dd": "blockquote",
}
_ROWS_TOGETHER = 200
_DEEPEST = 100


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a web page to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_html(path.read_bytes()), target)


def of_html(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title of a page and what is on it. No bytes are too odd; raises nothing."""
    return of_source(encoding.decoded_html(data))


def of_source(source: str) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title of a page and what is on it, of HTML that was decoded."""
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(source, parser)
    except ParserError:  # there is no element in it
        return "", iter(())
    title = root.findtext(".//title") or ""
    body = root.find("body")
    return " ".join(title.split()), html_blocks.flows(_blocks(root if body is None else body, 0))


def _blocks(element: Any, depth: int) -> Iterator[str]:
    """Yield what is below an element as blocks of our own kinds; stray words make paragraphs."""
    words = [html_blocks.text(_spaced(element.text))]
    for child in element:
        if _is_words(child):
            words.append(_inline(child, depth + 1))
        else:
            yield from _paragraph(words)
            words = []
            yield from _block(child, depth + 1)
        words.append(html_blocks.text(_spaced(child.tail)))
    yield from _paragraph(words)


def _paragraph(words: list[str]) -> Iterator[str]:
    inner = "".join(words).strip()
    if inner:
        yield f"<p>{inner}</p>"


def _block(element: Any, depth: int) -> Iterator[str]:
    tag = element.tag
    if tag in _NOTHING or depth > _DEEPEST or not isinstance(tag, str):
        return
    if tag == "table":
        yield from _table(element, depth)
    elif tag in {"ul", "ol", "menu"}:
        yield _list(element, depth)
    elif tag in _BLOCKS and not any(not _is_words(child) for child in element):
        yield _simple(tag, element, depth)
    else:
        yield from _blocks(element, depth)


def _simple(tag: str, element: Any, depth: int) -> str:
    """Return a block that has nothing but words in it."""
    if tag == "pre":
        return f"<pre>{html_blocks.text(element.text_content())}</pre>"
    inner = _inner(element, depth).strip()
    return f"<{_BLOCKS[tag]}>{inner}</{_BLOCKS[tag]}>" if inner else ""


def _is_words(element: Any) -> bool:
    """Whether an element stands in the midst of a line."""
    plain = element.tag in _WORDS or element.tag in _NOTHING
    return plain and all(_is_words(child) for child in element)


def _inline(element: Any, depth: int) -> str:
    if element.tag in _NOTHING or depth > _DEEPEST or not isinstance(element.tag, str):
        return ""
    if element.tag == "br":
        return "<br/>"
    if element.tag == "img":
        return ""
    inner = _inner(element, depth)
    tag = _INLINE.get(element.tag)
    return f"<{tag}>{inner}</{tag}>" if tag and inner.strip() else inner


def _inner(element: Any, depth: int) -> str:
    """Return the words below an element, whatever else is there."""
    parts = [html_blocks.text(_spaced(element.text))]
    for child in element:
        parts += [_inline(child, depth + 1), html_blocks.text(_spaced(child.tail))]
    return "".join(parts)


def _list(element: Any, depth: int) -> str:
    tag = "ol" if element.tag == "ol" else "ul"
    if depth > _DEEPEST:
        return ""
    items = (
        f"<li>{''.join(_unwrapped(child, depth))}</li>"
        for child in element
        if isinstance(child.tag, str)
    )
    return f"<{tag}>{''.join(items)}</{tag}>"


def _unwrapped(item: Any, depth: int) -> list[str]:
    """Return what is in an item of a list; a lone paragraph needs no space around it."""
    blocks = list(_blocks(item, depth + 1))
    lone = sum(block.startswith("<p>") for block in blocks) <= 1
    return [b.removeprefix("<p>").removesuffix("</p>") if lone else b for b in blocks]


def _table(element: Any, depth: int) -> Iterator[str]:
    """Yield a table in parts that are quick to set, each with the row of headings."""
    caption = element.find("caption")
    if caption is not None:
        yield f"<p><b>{_inner(caption, depth)}</b></p>"
    rows = [row for row in element.iter("tr") if _table_of(row) is element]
    if any(cell.find(".//table") is not None for row in rows for cell in row):
        for row in rows:  # tables within tables only lay a page out
            for cell in row:
                yield from _blocks(cell, depth + 1)
        return
    made = [_row(row, depth) for row in rows]
    made = [row for row in made if row]
    head = made[0] if made and "<td" not in made[0] else ""
    body = made[1:] if head else made
    for at in range(0, max(len(body), 1), _ROWS_TOGETHER):
        yield f"<table>{head}{''.join(body[at : at + _ROWS_TOGETHER])}</table>" if made else ""


def _table_of(row: Any) -> Any:
    return next(row.iterancestors("table"), None)


def _row(row: Any, depth: int) -> str:
    cells = [
        html_blocks.cell(
            "".join(_unwrapped(cell, depth)),
            _span(cell, "colspan"),
            _span(cell, "rowspan"),
            head=cell.tag == "th",
        )
        for cell in row
        if cell.tag in {"td", "th"}
    ]
    return html_blocks.row(cells) if cells else ""


def _span(cell: Any, name: str) -> int:
    digits = re.match(r"\d{1,3}", cell.get(name, "").strip())
    return max(1, min(int(digits[0]), 50)) if digits else 1


def _spaced(characters: str | None) -> str:
    return re.sub(r"\s+", " ", characters or "")
