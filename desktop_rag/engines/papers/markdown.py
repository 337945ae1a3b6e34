"""Papers as Markdown (CommonMark, with tables and footnotes as GitHub has them).

Text of others is escaped, so that none of it is a heading, a link or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from desktop_rag.domain.papers import (
    Block,
    Cell,
    Inline,
    Note,
    Paper,
    PaperHeading,
    PaperList,
    PaperRun,
    PaperSource,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Style,
)
from desktop_rag.domain.unicode_text import readable
from desktop_rag.engines.formats.html_blocks import cleaned

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~]|&(?=#?\w+;))")
_BEGINNING = re.compile(
    r"^[ \t]*(?:([-+](?=[ \t]|$)|[-=](?=[-= \t]*$))|(\d{1,9})([.)])(?=[ \t]|$))?", re.MULTILINE
)
_MARKS = {Style.PLAIN: "", Style.CODE: "", Style.EMPHASIS: "*", Style.STRONG: "**"}
_TICKS = re.compile("`+")


def text_of(paper: Paper) -> str:
    """Return a paper as Markdown."""
    writer = _MarkdownWriter(paper)
    parts = [f"# {_line(paper.title)}", *map(writer.block, paper.blocks)]
    if paper.sources:
        entries = "\n".join(f"- {_entry(source)}" for source in paper.sources)
        parts += [f"## {_line(paper.sources_title)}", entries]
    notes = "\n\n".join(
        _definition(number, note, paper) for number, note in enumerate(writer.notes, 1)
    )
    return "\n\n".join(part for part in (*parts, notes) if part) + "\n"


class _MarkdownWriter:
    """Blocks as Markdown, with the notes that were come to."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self.notes: list[Note] = []

    def block(self, block: Block) -> str:
        """Return a block as Markdown."""
        match block:
            case PaperHeading(level=level, inlines=inlines):
                return f"{'#' * level} {_in_a_line(self._words(inlines))}"
            case Paragraph():
                return self._paragraph(block)
            case PaperList():
                return "\n".join(self._items(block))
            case PaperTable():
                return "\n".join(self._rows(block))
            case _:
                assert_never(block)

    def _paragraph(self, block: Paragraph) -> str:
        match block.kind:
            case ParagraphKind.CODE:
                return _fenced(
                    "".join(one.text for one in block.inlines if isinstance(one, PaperRun))
                )
            case ParagraphKind.QUOTATION:
                return _below("> ", "> ", self._words(block.inlines))
            case ParagraphKind.REMARK:
                runs = (_emphasized(one) for one in block.inlines)
                return self._words(runs)
            case ParagraphKind.TEXT:
                return self._words(block.inlines)

    def _items(self, block: PaperList) -> Iterator[str]:
        for number, item in enumerate(block.items, block.start):
            mark = f"{number}. " if block.ordered else "- "
            text = ""
            for part in item:  # a list that follows its item at once leaves both without gaps
                apart = "\n" if isinstance(part, PaperList) else "\n\n"
                text += (apart if text else "") + self.block(part)
            yield _below(mark, " " * len(mark), text)

    def _rows(self, block: PaperTable) -> Iterator[str]:
        yield self._row(block.heads)
        yield "|" + " --- |" * len(block.heads)
        yield from map(self._row, block.rows)

    def _row(self, cells: Iterable[Cell]) -> str:
        return "| " + " | ".join(_in_a_line(self._words(cell)) for cell in cells) + " |"

    def _words(self, inlines: Iterable[Inline]) -> str:
        parts = []
        for one in inlines:
            match one:
                case Note():
                    self.notes.append(one)
                    parts.append(f"[^{len(self.notes)}]")
                case PaperRun():
                    parts.append(_run(one))
        return _begun("".join(parts))


def _run(run: PaperRun) -> str:
    text = cleaned(run.text)
    if run.style is Style.CODE:
        return _code(text)
    escaped = _SPECIAL.sub(r"\\\1", text)
    bare = escaped.strip()
    mark = _MARKS[run.style]
    if not mark or not bare or "\n" in bare:
        return escaped
    before, after = (
        escaped[: len(escaped) - len(escaped.lstrip())],
        escaped[len(escaped.rstrip()) :],
    )
    return f"{before}{mark}{bare}{mark}{after}"


def _begun(text: str) -> str:
    """Return lines that begin no list, heading or code, and end as they are to."""

    def begin(found: re.Match[str]) -> str:
        if found[1]:
            return f"\\{found[1]}"
        return f"{found[2]}\\{found[3]}" if found[2] else ""

    lines = _BEGINNING.sub(begin, text.strip("\n")).split("\n")
    return "\\\n".join(line.rstrip() for line in lines if line.strip())


def _code(text: str) -> str:
    ticks = "`" * (1 + max(map(len, _TICKS.findall(text)), default=0))
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    inside = " ".join(text.split("\n"))
    return f"{ticks}{gap}{inside}{gap}{ticks}" if text else ""


def _fenced(text: str) -> str:
    shown = cleaned(text)
    ticks = "`" * max(3, 1 + max(map(len, _TICKS.findall(shown)), default=0))
    return f"{ticks}\n{shown}\n{ticks}"


def _emphasized(one: Inline) -> Inline:
    return PaperRun(one.text, Style.EMPHASIS) if isinstance(one, PaperRun) else one


def _below(first: str, others: str, text: str) -> str:
    """Return text whose first line begins with `first`, and each after it with `others`."""
    lines = text.split("\n")
    begun = ((others if at else first) + line for at, line in enumerate(lines))
    return "\n".join(line.rstrip() for line in begun)


def _in_a_line(text: str) -> str:
    return " ".join(text.replace("\\\n", " ").split("\n"))


def _line(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(cleaned(text).split()))


def _entry(source: PaperSource) -> str:
    words = _in_a_line("".join(map(_run, source.entry)))
    if source.path is None:
        return words
    return f"{words}{source.joint}[{_line(readable(source.path.name))}](<{source.address()}>)"


def _definition(number: int, note: Note, paper: Paper) -> str:
    address = paper.sources[note.source].address(note.page)
    place = f"[{_line(note.place)}](<{address}>)" if address else _line(note.place)
    return f"[^{number}]: {place}: “{_line(note.words)}”"
