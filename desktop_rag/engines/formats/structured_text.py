"""Reads reStructuredText and Org: as they stand, but for headings, comments and their marks.

docutils would set it all as a page, at ten times the time, and what it does not know as an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer, text_blocks
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise

_ADORNED = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_ORG_HEADING = re.compile(r"(\*{1,20}) +(\S.*?)(?:\s+:[\w@#%:]+:)?\s*")
_ORG_TITLE = re.compile(r"#\+TITLE:\s*(.*\S)", re.IGNORECASE)
_ORG_MARKS = re.compile(r"\s*(?:#\+(?!CAPTION)\w+:?.*|:\w+:.*|# .*)", re.IGNORECASE)


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a text to a PDF; see `engines.formats`."""
    of_source = of_org if path.suffix.lower() == ".org" else of_restructured
    yield from pdf_writer.converted(*of_source(path.read_bytes()), target)


def of_restructured(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the first heading of a text in reStructuredText, and all of it. Raises nothing."""
    lines = text_blocks.unified(encoding.decoded(data)).split("\n")
    found = list(_underlined(lines))
    title = next((words for level, words in found if level), "")
    return title, html_blocks.flows(_set(iter(found)))


def of_org(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title of a text in Org, and all of it. Raises nothing."""
    source = text_blocks.unified(encoding.decoded(data))
    title = _ORG_TITLE.search(source)
    return (title[1] if title else ""), html_blocks.flows(_set(_starred(source.split("\n"))))


def _set(lines: Iterator[tuple[int, str]]) -> Iterator[str]:
    """Yield blocks of lines, of which those with a level are headings."""
    gathered: list[str] = []
    for level, line in lines:
        if not level:
            gathered.append(line)
            continue
        yield from text_blocks.preformatted("\n".join(gathered))
        gathered = []
        yield html_blocks.heading(level, html_blocks.text(line))
    yield from text_blocks.preformatted("\n".join(gathered))


def _underlined(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield (level, line), 0 for lines that are no headings.

    Which level a line below or around a heading means is told by what comes first.
    """
    levels: list[str] = []
    at = 0
    while at < len(lines):
        over = _is_adornment(lines, at) and _is_adornment(lines, at + 2)
        over = over and lines[at].rstrip() == lines[at + 2].rstrip() and bool(lines[at + 1].strip())
        words = lines[at + over]
        if over or (_is_adornment(lines, at + 1) and _underlines(lines[at + 1], words)):
            style = lines[at + 1 + over][0] + "=" * over
            levels += [style] if style not in levels else []
            yield levels.index(style) + 1, words.strip()
            at += 2 + over
        else:
            yield 0, lines[at]
            at += 1


def _is_adornment(lines: list[str], at: int) -> bool:
    return at < len(lines) and bool(_ADORNED.fullmatch(lines[at]))


def _underlines(line: str, words: str) -> bool:
    """Whether a line is below a heading: nearly as long as it, which does not begin a list."""
    plain = words.strip()
    long_enough = len(line.rstrip()) >= len(plain)
    return bool(plain) and long_enough and not words[0].isspace() and not _ADORNED.fullmatch(words)


def _starred(lines: list[str]) -> Iterator[tuple[int, str]]:
    for line in lines:
        heading = _ORG_HEADING.fullmatch(line)
        title = _ORG_TITLE.fullmatch(line)
        if title:
            yield 1, title[1]
        elif heading:
            yield min(len(heading[1]), 6), heading[2]
        elif not _ORG_MARKS.fullmatch(line):
            yield 0, line
