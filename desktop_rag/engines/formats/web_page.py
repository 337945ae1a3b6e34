"""Reads web pages with lxml; nothing that they point to is ever opened.

What is kept is told by allow-lists, and built anew: no tag and no attribute of a page goes into
what is set, so that none has to be taken out of it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from lxml.etree import ParserError

from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise

_NOTHING = {  # elements of which not even the text is wanted
    "script", "style", "head", "template", "noscript", "noframes", "noembed", "iframe", "object",
    "embed", "canvas", "audio", "video", "select", "datalist", "input", "annotation",
    "annotation-xml", "rp", "title", "desc", "metadata", "colgroup", "col",
}  # fmt: skip
_INLINE = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "u": "u", "s": "s", "del": "s",
    "strike": "s", "sup": "sup", "sub": "sub", "code": "code", "kbd": "code", "samp": "code",
    "tt": "code",
}  # fmt: skip
_WORDS = _INLINE.keys() | {"a", "abbr", "span", "small", "font", "label", "q", "mark", "time",
    "br", "wbr", "img", "image", "ins", "var", "dfn", "bdi", "bdo", "big", "data", "acronym",
    "button", "output", "nobr", "ruby", "rb", "rt", "rtc", "math", "mrow", "mi", "mn", "mo", "ms",
    "mtext", "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "semantics",
    "mstyle", "mspace", "mpadded", "tspan"}  # fmt: skip
_BLOCKS = {f"h{level}": f"h{level}" for level in range(1, 7)} | {
    "p": "p",
    "blockquote": "blockquote",
    "dt": "p",
    "dd": "blockquote",
}
_AS_IT_STANDS = {"pre", "xmp", "listing", "plaintext", "textarea"}
_UNSEEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LIST_FORMS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROW_GROUPS = {"tbody", "thead", "tfoot", "tr"}
_DEEPEST = 100
_OFTEN = 1_000  # rows, between signs of life

Picture = Callable[[Any], str]
"""Gives the HTML that stands for the element of a picture."""


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a web page to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_html(path.read_bytes()), target)


def of_html(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title of a page and what is on it. No bytes are too odd; raises nothing."""
    return of_source(encoding.decoded_html(data))


def of_source(source: str) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title of a page and what is on it, of HTML that was decoded."""
    root = parsed(source)
    return ("", iter(())) if root is None else (title_of(root), html_blocks.flows(blocks_of(root)))


def parsed(source: str) -> Any:
    """Return the root of the tree of a page, None if there is no element in it."""
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    parser = lxml_html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return lxml_html.document_fromstring(source, parser)
    except ParserError:
        return None


def title_of(root: Any) -> str:
    """Return the title that a page states."""
    head = root.find("head")
    return " ".join((root if head is None else head).findtext(".//title", "").split())


def blocks_of(root: Any, picture: Picture | None = None) -> Iterator[str]:
    """Yield what is on a page as blocks of our own kinds; for pictures, what they are called."""
    body = root.find("body")
    yield from _Body(picture or _name_of).blocks(root if body is None else body, 0)


def _name_of(image: Any) -> str:
    """Return what a browser shows that does not show a picture."""
    return html_blocks.text(_spaced(image.get("alt")))


class _Body:
    """Goes through the elements of a page."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._unseen: list[str] = []

    def blocks(self, element: Any, depth: int) -> Iterator[str]:
        """Yield what is below an element as blocks; stray words make paragraphs."""
        words = [html_blocks.text(_spaced(element.text))]
        for child in element:
            if _is_words(child):
                words.append(self._inline(child, depth + 1))
            else:
                yield from self._paragraph(words)
                words = []
                yield from self._block(child, depth + 1)
            words.append(html_blocks.text(_spaced(child.tail)))
        yield from self._paragraph(words)

    def _paragraph(self, words: Iterable[str], tag: str = "p") -> Iterator[str]:
        inner = "".join(words).strip()
        if inner:
            yield f"<{tag}>{inner}</{tag}>"
        unseen, self._unseen = self._unseen, []
        for part in unseen:
            yield html_blocks.block("hidden", part)

    def _block(self, element: Any, depth: int) -> Iterator[str]:
        tag = element.tag
        if tag in _NOTHING or not isinstance(tag, str):
            return
        if _is_unseen(element):
            yield from _within("hidden", self._seen_block(element, depth))
        elif tag == "nav":
            yield from _within("furniture", self._seen_block(element, depth))
        else:
            yield from self._seen_block(element, depth)

    def _seen_block(self, element: Any, depth: int) -> Iterator[str]:
        tag = element.tag
        if depth > _DEEPEST:
            yield from self._paragraph([html_blocks.text(_spaced(_flat(element)))])
        elif tag == "table":
            yield from self._table(element, depth)
        elif tag in {"ul", "ol", "menu", "dir"}:
            yield self._list(element, depth)
        elif tag in _AS_IT_STANDS:
            yield f"<pre>{html_blocks.text(_as_it_stands(element))}</pre>"
        elif tag in _BLOCKS and (tag.startswith("h") or all(map(_is_words, element))):
            yield from self._paragraph([self._inner(element, depth)], _BLOCKS[tag])
        else:
            yield from self.blocks(element, depth)

    def _inline(self, element: Any, depth: int) -> str:
        tag = element.tag
        if tag in _NOTHING or not isinstance(tag, str):
            return ""
        if depth > _DEEPEST:
            return html_blocks.text(_spaced(_flat(element)))
        if tag == "br":
            return "<br/>"
        if tag in {"img", "image"}:
            return self._picture(element)
        inner = self._inner(element, depth)
        if _is_unseen(element):
            self._unseen += [inner] * bool(inner.strip())
            return ""
        return _marked(tag, inner) if inner.strip() else inner

    def _inner(self, element: Any, depth: int) -> str:
        """Return the words below an element, whatever else is there."""
        parts = [html_blocks.text(_spaced(element.text))]
        for child in element:
            said = self._inline(child, depth + 1)
            parts.append(said if _flows(child) else f" {said} ")
            parts.append(html_blocks.text(_spaced(child.tail)))
        return "".join(parts)

    def _list(self, element: Any, depth: int) -> str:
        tag = "ol" if element.tag == "ol" else "ul"
        items = []
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _NOTHING:
                inner = "".join(self._unwrapped(child, depth))
                kind = ' class="hidden"' * _is_unseen(child)
                items.append(f"<li{kind}>{inner}</li>")
            items += self._paragraph([html_blocks.text(_spaced(child.tail))], "li")
        stray = "".join(self._paragraph([html_blocks.text(_spaced(element.text))]))
        start = _whole(element.get("start"))
        form = _LIST_FORMS.get(element.get("type") or "", "")
        said = f' start="{start}"' * (start not in {None, 1})
        said += f' style="list-style-type:{form}"' * bool(form)
        return f"{stray}<{tag}{said if tag == 'ol' else ''}>{''.join(items)}</{tag}>"

    def _unwrapped(self, item: Any, depth: int) -> list[str]:
        """Return what is in an item of a list; a lone paragraph needs no space around it."""
        blocks = list(self.blocks(item, depth + 1) if depth < _DEEPEST else [_told(item)])
        lone = sum(block.startswith("<p>") for block in blocks) <= 1
        return [b.removeprefix("<p>").removesuffix("</p>") if lone else b for b in blocks]

    # Tables

    def _table(self, element: Any, depth: int) -> Iterator[str]:
        """Yield a table in parts that are quick to set, each with the rows of headings.

        Before it comes what stands in it outside of its cells.
        """
        for caption in element.findall("caption"):
            yield from self._paragraph([f"<b>{self._inner(caption, depth)}</b>"])
        yield from self._outside(element, depth)
        rows = element.iter("tr")
        if element.find(".//table") is not None:
            own = [row for row in rows if next(row.iterancestors("table")) is element]
            if any(cell.find(".//table") is not None for row in own for cell in row):
                for row in own:  # tables within tables only lay a page out
                    yield from self.blocks(row, depth + 1)
                return
            rows = iter(own)
        made = filter(None, (self._row(row, depth) for row in rows))
        heads: list[str] = []
        first = []
        for row in made:
            if "<td" in row:
                first.append(row)
                break
            heads.append(row)
        if not first:  # nothing but headings
            heads, first = heads[:1], heads[1:]
        yield from html_blocks.table(itertools.chain(first, made), "".join(heads))

    def _outside(self, element: Any, depth: int) -> Iterator[str]:
        """Yield what browsers move before a table: what is in it and in no row or cell."""
        cells = {"td", "th"} if element.tag == "tr" else {"caption"}
        stray = [element.text]
        for number, child in enumerate(element, 1):
            if number % _OFTEN == 0:
                yield ""  # a sign of life
            if child.tag in _ROW_GROUPS:
                yield from self._outside(child, depth + 1)
            elif child.tag not in cells:
                yield from self._block(child, depth + 1)
            stray.append(child.tail)
        yield from self._paragraph([html_blocks.text(_spaced(" ".join(filter(None, stray))))])

    def _row(self, row: Any, depth: int) -> str:
        unseen = _is_unseen(row)
        cells = [
            html_blocks.cell(
                "".join(self._unwrapped(cell, depth)),
                _span(cell, "colspan"),
                _span(cell, "rowspan"),
                head=cell.tag == "th",
                kind="hidden" if unseen or _is_unseen(cell) else "",
            )
            for cell in row
            if cell.tag in {"td", "th"}
        ]
        return html_blocks.row(cells) if cells else ""


def _within(kind: str, blocks: Iterable[str]) -> Iterator[str]:
    for block in blocks:
        yield f'<div class="{kind}">{block}</div>'


def _flows(element: Any) -> bool:
    """Whether an element leaves the words before and after it in one line."""
    return element.tag in _WORDS or element.tag in _NOTHING or not isinstance(element.tag, str)


def _is_words(element: Any, depth: int = 0) -> bool:
    """Whether an element stands in the midst of a line, with all that is in it."""
    if element.tag in _NOTHING:
        return True
    below = depth + 1
    return _flows(element) and depth < _DEEPEST and all(_is_words(c, below) for c in element)


def _is_unseen(element: Any) -> bool:
    if element.get("hidden") is not None and element.get("hidden").lower() != "until-found":
        return True
    return bool(_UNSEEN.search(element.get("style") or ""))


def _marked(tag: str, inner: str) -> str:
    match tag:
        case "q":
            return f"“{inner}”"
        case "rt":
            return f"({inner})"
        case "mfrac":
            return f" {inner} "
        case _:
            known = _INLINE.get(tag)
            return f"<{known}>{inner}</{known}>" if known else inner


def _flat(element: Any) -> str:
    """Return the words of what goes too deep."""
    return " ".join(
        text
        for part in element.iter()
        if part.tag not in _NOTHING and isinstance(part.tag, str)
        for text in (part.text, part.tail if part is not element else "")
        if text
    )


def _told(element: Any) -> str:
    return html_blocks.text(_spaced(_flat(element)))


def _as_it_stands(element: Any) -> str:
    """Return text whose lines are lines."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("\n")
        elif child.tag not in _NOTHING and isinstance(child.tag, str):
            parts.append(_as_it_stands(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _span(cell: Any, name: str) -> int:
    digits = re.match(r"\d{1,3}", cell.get(name, "").strip())
    return max(1, min(int(digits[0]), 50)) if digits else 1


def _whole(digits: str | None) -> int | None:
    return int(digits) if digits and re.fullmatch(r"-?\d{1,6}", digits.strip()) else None


def _spaced(characters: str | None) -> str:
    return re.sub(r"\s+", " ", characters or "")
