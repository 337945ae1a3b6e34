"""Answering without a language model: the best sentences of the best passages, quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sentencex import get_sentence_boundaries as _boundaries

from desktop_rag.answer.citations import without_own_marks
from desktop_rag.domain.documents import Box, PageBox, PlacedWord
from desktop_rag.domain.passages import Cited, Extract, Hit, Passage, Quote, TextDelta

_SENTENCES = 3
_WORTH = 0.6  # of the best sentence's score: less is not quoted beside it
_PASSAGE_PENALTY = 0.06  # for each passage ranked before: retrieval has seen more than a sentence
_STRANGER_PENALTY = 0.2  # for a passage of a document that no other passage is of
_APART = "\n\n"
_SHORTEST = 4  # words of a sentence that says something
_CLOSED = (".", "!", ";", ":", ")", "”", "»")  # what ends a sentence; a heading ends in nothing
CELL = "\t"  # stands between the cells of a row, as `ingest.pieces` puts it
LINE = 0.004  #: boxes whose heights differ by less than this stand on one line


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Return where each sentence of a passage begins and ends.

    A line of its own is one too, and so are the rows of a table together: a row
    says nothing without those that name its columns.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    table = False
    for line in text.splitlines(keepends=True):
        row = CELL in line
        if row and table:
            spans[-1] = (spans[-1][0], start + len(line.rstrip()))
        else:
            spans += _within(line, start, "" if row else language)
        table = row
        start += len(line)
    return spans


def _within(line: str, start: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a line; without a `language` the line is one."""
    bounds = (
        [(bound["start_index"], bound["end_index"]) for bound in _boundaries(language, line)]
        if language
        else [(0, len(line))]
    )
    for left, right in bounds:
        sentence = line[left:right]
        if sentence.strip():
            indent = len(sentence) - len(sentence.lstrip())
            yield start + left + indent, start + left + len(sentence.rstrip())


def scored(
    passages: Sequence[Passage],
    spans: Sequence[Sequence[tuple[int, int]]],
    similarity: Sequence[Sequence[float]],
    overlap: Sequence[Sequence[float]],
) -> list[Extract]:
    """Return every sentence with its score, best first.

    `spans` are the sentences of each passage; `similarity` their cosines to the
    question and `overlap` the shares, by weight, of the question's terms in
    them, both weighted as the caller believes them. A passage counts less the
    fewer of the others are of its document.
    """
    extracts = []
    company = Counter(passage.hit.document for passage in passages)
    for rank, passage in enumerate(passages):
        for at, (start, end) in enumerate(spans[rank]):
            score = similarity[rank][at] + overlap[rank][at] - _PASSAGE_PENALTY * rank
            score -= _STRANGER_PENALTY * (1 - company[passage.hit.document] / len(passages))
            if not _tells(passage.hit.text[start:end]):
                score -= 0.5 * abs(score)
            extracts.append(Extract(passage, start, end, score))
    return sorted(extracts, key=lambda extract: -extract.score)


def _tells(sentence: str) -> bool:
    """Tell a statement from a heading, a question and a scrap."""
    if len(sentence.split()) < _SHORTEST:
        return False
    return CELL in sentence or sentence.endswith(_CLOSED)


def answer_of(extracts: Sequence[Extract]) -> tuple[Extract, ...]:
    """Choose what to quote: the best sentence and those nearly as good, no text twice."""
    chosen: list[Extract] = []
    for extract in extracts:
        if len(chosen) == _SENTENCES or extract.score < _WORTH * extracts[0].score:
            break
        texts = {_text(other) for other in chosen}
        if _text(extract) not in texts:
            chosen.append(extract)
    return tuple(chosen)


def spoken(extracts: Sequence[Extract]) -> Iterator[TextDelta | Cited]:
    """Yield the chosen sentences as an answer, each with its citation."""
    before = ""
    for extract in extracts:
        text = without_own_marks(_text(extract))
        after = _APART if "\n" in text else " "  # a table stands by itself, and so does its mark
        gap = _APART if "\n" in before + text else " "
        yield TextDelta(f"{gap if before else ''}{text}{after}[{extract.passage.number}]")
        yield Cited(extract.passage)
        before = text


def quote_of(passage: Passage, start: int, end: int) -> Quote:
    """Return the words between two places of a passage's text, with a box for each line."""
    words = [word for word in passage.hit.words if word.start < end and word.end > start]
    text = " ".join(passage.hit.text[start:end].split())
    return Quote(passage, text, _own(words), _continued(words, passage.hit.page))


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


def joined(hit: Hit, before: Hit | None, after: Hit | None) -> Hit:
    """Return a hit with what stands before and after it, as far as that is on its page."""
    text, words = "", []
    for part in (before, hit, after):
        if part is None or part.page != hit.page:
            continue
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


def _own(words: Sequence[PlacedWord]) -> tuple[Box, ...]:
    return tuple(lines_of([word.box for word in words if not word.page]))


def _continued(words: Sequence[PlacedWord], page: int) -> tuple[PageBox, ...]:
    later = groupby((word for word in words if word.page), key=lambda word: word.page)
    return tuple(
        (page + after, box)
        for after, group in later
        for box in lines_of([word.box for word in group])
    )


def _text(extract: Extract) -> str:
    """Return a sentence on one line, a table of several rows as Markdown has it."""
    text = extract.passage.hit.text[extract.start : extract.end]
    if CELL not in text:
        return " ".join(text.split())
    rows = [[" ".join(cell.split()) for cell in row.split(CELL)] for row in text.splitlines()]
    if len(rows) == 1:
        return " | ".join(rows[0])
    width = max(len(row) for row in rows)
    full = [row + [""] * (width - len(row)) for row in rows]
    full.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row)} |" for row in full)
