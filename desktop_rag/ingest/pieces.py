"""The smallest units that are never cut: sentences, headings and table rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import sentencex

from desktop_rag.domain.documents import Box, PlacedWord
from desktop_rag.ingest.rows import Row
from desktop_rag.ingest.structure import Block, BlockKind, heads_of

CELL = "\t"  # stands between the cells of a row
_GOES_ON = re.compile(r".*\. ?(?:[ºª]|[a-zà-ÿ][^).])")  # "y ss. se", "2.º"
_OPENING = "([{¿¡\"'“‘«"  # may stand before a word

Count = Callable[[Sequence[str]], list[int]]
"""Gives the number of the embedder's tokens in each text, special tokens left out."""

_Joint = tuple[str, str, Box]
"""What stands between a word and the one before, the word, and its place."""

_word = partial(tuple.__new__, PlacedWord)  # as PlacedWord._make, in a third of the time


class Piece(NamedTuple):
    """Text that stays together, its words placed from the start of the piece.

    `head` is, for a table row, the text and words of the rows that name its columns.
    """

    kind: BlockKind
    text: str
    words: tuple[PlacedWord, ...]
    tokens: int = 0
    level: int = 0
    opens: bool = False  # first of its part
    head: Piece | None = None


def pieces_of(parts: Iterable[Block], language: str, count: Count, limit: int) -> list[Piece]:
    """Cut the parts of a page into pieces of at most `limit` tokens, in order."""
    rough = [piece for part in parts for piece in _rough(part, language, count, limit)]
    counts = count([piece.text for piece in rough])
    return [
        part
        for piece, tokens in zip(rough, counts, strict=True)
        for part in _halved(_counted(piece, tokens), count, limit)
    ]


def _rough(part: Block, language: str, count: Count, limit: int) -> Iterator[Piece]:
    match part.kind:
        case BlockKind.HEADING:
            text, words = _placed(_flowing(part.rows))
            yield Piece(part.kind, text, words, level=part.level, opens=True)
        case BlockKind.PARAGRAPH:
            yield from _sentences(*_placed(_flowing(part.rows)), language)
        case BlockKind.TABLE:
            yield from _table_rows(part, count, limit)


def _table_rows(part: Block, count: Count, limit: int) -> Iterator[Piece]:
    last: tuple[Row, ...] = ()
    head: Piece | None = None
    for at, (row, names) in enumerate(zip(part.rows, heads_of(part), strict=True)):
        if names is not last:
            head, last = (_head(names, count, limit) if names else None), names
        text, words = _placed(_row(row))
        yield Piece(BlockKind.TABLE, text, words, opens=at == 0, head=head)


def _head(names: tuple[Row, ...], count: Count, limit: int) -> Piece:
    """Return the rows that name a row, the last of them if all would take too much room."""
    text, words = _placed(joint for row in names for joint in _row(row))
    tokens = count([text])[0]
    if 2 * tokens > limit and names[1:]:
        return _head(names[1:], count, limit)
    return Piece(BlockKind.TABLE, text, words, tokens, opens=True)


def _row(row: Row) -> Iterator[_Joint]:
    for cell_at, cell in enumerate(row.cells):
        for word_at, (text, box) in enumerate(cell):
            yield " " if word_at else CELL if cell_at else "\n", text, box


def _flowing(rows: Sequence[Row]) -> list[_Joint]:
    """Join the rows of a paragraph, mending words cut at the end of a row."""
    joints: list[_Joint] = []
    cut = False
    for row in rows:
        words = row.words
        start = len(joints)
        joints += [(" ", text, box) for text, box in words]
        if cut and words[0].text[:1].islower():
            between, before, box = joints[start - 1]
            joints[start - 1] = between, before[:-1], box
            joints[start] = "", *words[0]
        last = words[-1].text
        cut = last.endswith("-") and last[:-1].lstrip(_OPENING).isalpha()
    return joints


def _sentences(text: str, words: tuple[PlacedWord, ...], language: str) -> Iterator[Piece]:
    starts = [word[0] for word in words]
    at = 0
    for bound in sentencex.get_sentence_boundaries(language, text):
        end = bound["end_index"]
        if _GOES_ON.match(text, max(0, end - 2), end + 2):
            continue
        stop = bisect_left(starts, end, at)
        if stop > at:
            yield _part(BlockKind.PARAGRAPH, text, words[at:stop], opens=at == 0)
        at = stop
    if at < len(words):
        yield _part(BlockKind.PARAGRAPH, text, words[at:], opens=at == 0)


def _placed(joints: Iterable[_Joint]) -> tuple[str, tuple[PlacedWord, ...]]:
    """Write words one after the other, each with its place in the text."""
    text: list[str] = []
    places: list[tuple[int, int, Box, int]] = []
    end = 0
    for before, word, box in joints:
        if end:
            text.append(before)
            end += len(before)
        text.append(word)
        start, end = end, end + len(word)
        places.append((start, end, box, 0))
    return "".join(text), tuple(map(_word, places))


def shifted(words: Iterable[PlacedWord], by: int) -> tuple[PlacedWord, ...]:
    """Return `words` where they stand in a text that has `by` more characters before them."""
    return tuple(map(_word, [(start + by, end + by, *place) for start, end, *place in words]))


def _part(kind: BlockKind, text: str, words: tuple[PlacedWord, ...], *, opens: bool) -> Piece:
    """Cut `words`, which stand in `text`, out of it."""
    first, last = words[0].start, words[-1].end
    return Piece(kind, text[first:last], shifted(words, -first) if first else words, opens=opens)


def _counted(piece: Piece, tokens: int) -> Piece:
    return Piece(piece.kind, piece.text, piece.words, tokens, *piece[4:])


def _halved(piece: Piece, count: Count, limit: int) -> Iterator[Piece]:
    """Cut a piece that is too long in two until each part fits, between words if it has some."""
    middle = len(piece.words) // 2
    if piece.tokens <= limit or not piece.text[1:]:
        yield piece
        return
    words = piece.words if middle else _cut(piece.words[0])
    halves = [
        _part(piece.kind, piece.text, words[: middle or 1], opens=piece.opens),
        _part(piece.kind, piece.text, words[middle or 1 :], opens=False),
    ]
    for half, tokens in zip(halves, count([half.text for half in halves]), strict=True):
        sized = half._replace(tokens=tokens, level=piece.level, head=piece.head)
        yield from _halved(sized, count, limit)


def _cut(word: PlacedWord) -> tuple[PlacedWord, PlacedWord]:
    """Return the halves of a word, which lie where it lies."""
    middle = (word.start + word.end) // 2
    return word._replace(end=middle), word._replace(start=middle)
