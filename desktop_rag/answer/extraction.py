"""Answering without a language model: the best sentences of the best passages, quoted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from desktop_rag.answer.citations import without_own_marks
from desktop_rag.answer.units import CELL
from desktop_rag.domain.documents import Box, PageBox, PlacedWord
from desktop_rag.domain.passages import Cited, Extract, Hit, Passage, Quote, Span, TextDelta

_QUOTED = 3  # sentences at most
_SURE = 0.6  # the probability of holding the answer that is enough
_APART = "\n\n"
_BULLETS = "•‣◦▪●○■□–—·*- "
LINE = 0.004  #: boxes whose heights differ by less than this stand on one line


@dataclass(frozen=True, slots=True)
class Quoted:
    """Places of a passage's text that are quoted together: a sentence, or rows with their heads."""

    passage: Passage
    spans: tuple[Span, ...]


def quoted(extracts: Sequence[Extract]) -> tuple[Quoted, ...]:
    """Choose what to quote, of all that may answer, best first.

    What stands under the same heads is quoted together, in the order of the document.
    """
    return tuple(_together(group) for group in _grouped(surest(extracts)))


def surest(extracts: Sequence[Extract]) -> list[Extract]:
    """Return the best sentence alone, or as many as surely hold the answer, none of them twice.

    `extracts` are all that may, best first.
    """
    chosen: list[Extract] = []
    held = 0.0
    odds = [math.exp(extract.score - extracts[0].score) for extract in extracts]
    total = math.fsum(odds)
    for extract, own in zip(extracts, odds, strict=True):
        if len(chosen) == _QUOTED or held >= _SURE:
            break
        held += own / total
        if _words(extract) not in map(_words, chosen):
            chosen.append(extract)
    return chosen


def _grouped(chosen: Sequence[Extract]) -> list[list[Extract]]:
    groups: dict[object, list[Extract]] = {}
    for at, extract in enumerate(chosen):
        alone = at if not extract.heads else -1
        groups.setdefault((extract.passage.number, extract.heads, alone), []).append(extract)
    return list(groups.values())


def _together(group: Sequence[Extract]) -> Quoted:
    spans = {(one.start, one.end) for one in group} | {head for one in group for head in one.heads}
    return Quoted(group[0].passage, tuple(sorted(spans)))


def spoken(quotes: Sequence[Quoted]) -> Iterator[TextDelta | Cited]:
    """Yield what is quoted as an answer in Markdown, each part with its citation."""
    before = ""
    for one in quotes:
        text = without_own_marks(_markdown(one))
        after = _APART if "\n" in text else " "  # a table stands by itself, and so does its mark
        gap = _APART if "\n" in before + text else " "
        yield TextDelta(f"{gap if before else ''}{text}{after}[{one.passage.number}]")
        yield Cited(one.passage)
        before = text


def quote_of(one: Quoted) -> Quote:
    """Return the words at some places of a passage's text, with a box for each of their lines."""
    hit = one.passage.hit
    words = [
        word
        for word in hit.words
        if any(word.start < end and word.end > start for start, end in one.spans)
    ]
    text = " ".join(" ".join(hit.text[start:end].split()) for start, end in one.spans)
    return Quote(one.passage, text, _own(words), _continued(words, hit.page))


def whole_passage(passage: Passage) -> Quoted:
    """Return all of a passage, to be quoted."""
    return Quoted(passage, ((0, len(passage.hit.text)),))


def lines_of(boxes: Sequence[Box]) -> Iterator[Box]:
    """Join the boxes of words that follow each other on one line."""
    line: Box | None = None
    for box in boxes:
        if line and abs(box.y0 - line.y0) < LINE and box.x0 >= line.x0:
            line = Box(line.x0, min(line.y0, box.y0), max(line.x1, box.x1), max(line.y1, box.y1))
            continue
        if line:
            yield line
        line = box
    if line:
        yield line


def joined(hit: Hit, parts: Sequence[Hit]) -> Hit:
    """Return a hit with the text and words of all `parts` of its page, it among them, in order."""
    text, words = "", []
    for part in parts:
        if text:
            text += "\n"
        by = len(text)
        words += [PlacedWord(s + by, e + by, box, page) for s, e, box, page in part.words]
        text += part.text
    return replace(hit, text=text, words=tuple(words))


def whole(hit: Hit) -> tuple[Box, ...]:
    """Return a box for each line of a hit on its own page."""
    return _own(hit.words)


def continued(hit: Hit) -> tuple[PageBox, ...]:
    """Return a box for each line of a hit on the pages after its own."""
    return _continued(hit.words, hit.page)


def standing_on(page: int, label: str, begun: bool, later: Sequence[PageBox]) -> tuple[int, str]:
    """Return the page that words of a passage stand on, counted from 0, and what it is called.

    The passage begins on a `page` of this `label`; of words that have not `begun` there, all
    stand on `later` ones. What those are called is not known: they are counted on where that
    can be, else they have no label.
    """
    if begun or not later:
        return page, label
    first = later[0][0]
    bare = label.strip()
    return first, str(int(bare) + first - page) if bare.isascii() and bare.isdigit() else ""


def _own(words: Sequence[PlacedWord]) -> tuple[Box, ...]:
    return tuple(lines_of([word.box for word in words if not word.page]))


def _continued(words: Sequence[PlacedWord], page: int) -> tuple[PageBox, ...]:
    later = groupby((word for word in words if word.page), key=lambda word: word.page)
    return tuple(
        (page + after, box)
        for after, group in later
        for box in lines_of([word.box for word in group])
    )


def _words(extract: Extract) -> str:
    return " ".join(extract.passage.hit.text[extract.start : extract.end].split())


def _markdown(one: Quoted) -> str:
    """Return a sentence on one line, items below what introduces them, and rows as a table."""
    parts = [one.passage.hit.text[start:end] for start, end in one.spans]
    rows = [part for part in parts if CELL in part]
    plain = [" ".join(part.split()) for part in parts if CELL not in part]
    if not rows:
        return plain[0] if len(plain) == 1 else _listed(plain)
    table = _table([row for part in rows for row in part.splitlines()])
    return _APART.join([*plain, table])


def _listed(parts: Sequence[str]) -> str:
    """Return what follows each other on lines, items as those of a list."""
    lines = [f"- {part.lstrip(_BULLETS)}" if part[:1] in _BULLETS else part for part in parts]
    return "  \n".join(lines)


def _table(lines: Sequence[str]) -> str:
    rows = [[" ".join(cell.split()) for cell in row.split(CELL)] for row in lines]
    if len(rows) == 1:
        return " | ".join(rows[0])
    width = max(len(row) for row in rows)
    full = [row + [""] * (width - len(row)) for row in rows]
    full.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in full)
