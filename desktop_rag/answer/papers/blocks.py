"""The Markdown of an answer as the blocks of a paper, its marks as notes.

Answers are written by a model that has read strangers' documents: HTML in them is text, images
are their descriptions, and an address stands beside what it was to hide behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, replace
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from desktop_rag.answer.markdown_limits import bearable
from desktop_rag.answer.marks import citing
from desktop_rag.answer.papers.signs import legible
from desktop_rag.domain.papers import (
    Block,
    Cell,
    Inline,
    Note,
    PaperHeading,
    PaperList,
    PaperRun,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Style,
)

_DEEPEST = 6  # level of a heading
_APART = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_STYLES = {"strong": Style.STRONG, "em": Style.EMPHASIS}


@dataclass(frozen=True, slots=True)
class NoteFinder:
    """The numbers that an answer can cite, and the note that the next mark of one becomes."""

    known: Set[int]
    note: Callable[[int], Note]


def blocks_of(text: str, notes: NoteFinder, below: int = 1) -> tuple[Block, ...]:
    """Return an answer as blocks; its highest headings are one level below `below`.

    Of a text that is too long or too hostile to be read as Markdown, the rest is paragraphs.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    end = bearable(text)
    tree = SyntaxTreeNode(_PARSER.parse(text[:end]))
    return (*_blocks(tree.children, notes, below), *_plain(text[end:], notes))


def merged(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return words that are set alike as one run, and none without words."""
    found: list[Inline] = []
    for (kind, style), group in groupby(inlines, _alike):
        if kind is PaperRun and isinstance(style, Style):
            text = "".join(one.text for one in group if isinstance(one, PaperRun))
            found += [PaperRun(text, style)] if text else []
        else:
            found += group
    return tuple(found)


def worded(text: str, notes: NoteFinder, style: Style = Style.PLAIN) -> Iterator[Inline]:
    """Yield text with its marks as notes; what cites nothing known stays as it is."""
    end = 0
    for mark, numbers in citing(text, notes.known):
        yield PaperRun(legible(text[end : mark.start()]), style)
        yield from (notes.note(number) for number in numbers if number in notes.known)
        unknown = [str(number) for number in numbers if number not in notes.known]
        if unknown:
            yield PaperRun(f" [{', '.join(unknown)}]", style)
        end = mark.end()
    yield PaperRun(legible(text[end:]), style)


def _alike(inline: Inline) -> tuple[type, Style | None]:
    return (PaperRun, inline.style) if isinstance(inline, PaperRun) else (Note, None)


def _plain(text: str, notes: NoteFinder) -> Iterator[Block]:
    for part in _APART.split(text):
        if part.strip():
            yield Paragraph(merged(worded(part.strip("\n"), notes)))


def _blocks(nodes: Iterable[SyntaxTreeNode], notes: NoteFinder, below: int) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading":
                level = min(below + int(node.tag[1:]), _DEEPEST)
                yield PaperHeading(level, _inlines(node, notes))
            case "paragraph":
                yield Paragraph(_inlines(node, notes))
            case "fence" | "code_block":
                code = PaperRun(legible(node.content.rstrip("\n")), Style.CODE)
                yield Paragraph((code,), ParagraphKind.CODE)
            case "blockquote":
                yield from map(_quoted, _blocks(node.children, notes, below))
            case "bullet_list" | "ordered_list":
                yield _listed(node, notes, below)
            case "table":
                yield _table(node, notes)
            case _:
                pass  # a rule, which says nothing


def _quoted(block: Block) -> Block:
    if isinstance(block, Paragraph) and block.kind is ParagraphKind.TEXT:
        return replace(block, kind=ParagraphKind.QUOTATION)
    return block


def _listed(node: SyntaxTreeNode, notes: NoteFinder, below: int) -> PaperList:
    items = tuple(tuple(_blocks(item.children, notes, below)) for item in node.children)
    start = node.attrGet("start")
    return PaperList(items, node.type == "ordered_list", 1 if start is None else int(start))


def _table(node: SyntaxTreeNode, notes: NoteFinder) -> PaperTable:
    rows = [row for part in node.children for row in part.children]
    cells = [tuple(_inlines(cell, notes) for cell in row.children) for row in rows]
    return table_of(cells[0], cells[1:])


def table_of(heads: tuple[Cell, ...], rows: Iterable[tuple[Cell, ...]]) -> PaperTable:
    """Return a table whose rows all have as many cells as there are `heads`."""
    wide = len(heads)
    return PaperTable(heads, tuple((*row, *[()] * (wide - len(row)))[:wide] for row in rows))


def _inlines(node: SyntaxTreeNode, notes: NoteFinder) -> tuple[Inline, ...]:
    return merged(_spoken(node.children, notes, Style.PLAIN))


def _spoken(nodes: Iterable[SyntaxTreeNode], notes: NoteFinder, style: Style) -> Iterator[Inline]:
    for node in nodes:
        match node.type:
            case "text":
                yield from worded(node.content, notes, style)
            case "softbreak" | "hardbreak":
                yield PaperRun("\n", style)
            case "code_inline":
                yield PaperRun(legible(node.content), Style.CODE)
            case "image":
                yield PaperRun(legible(node.content), style)
            case "link":
                yield from _linked(node, notes, style)
            case kind:
                yield from _spoken(node.children, notes, _STYLES.get(kind, style))


def _linked(node: SyntaxTreeNode, notes: NoteFinder, style: Style) -> Iterator[Inline]:
    """Yield what is shown of a link, and where it leads unless it is just that."""
    shown = tuple(_spoken(node.children, notes, style))
    address = legible(str(node.attrGet("href") or ""))
    yield from shown
    if address and "".join(one.text for one in shown if isinstance(one, PaperRun)) != address:
        yield PaperRun(f" ({address})", style)


def _parser() -> MarkdownIt:
    # definitions are no rule: “[1]: so says …” cites
    parser = MarkdownIt("commonmark", {"html": False})
    return parser.enable(["table", "strikethrough"]).disable(["reference"])


_PARSER = _parser()
