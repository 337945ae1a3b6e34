"""The smallest units that are never cut: sentences, headings and table rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import sentencex

from desktop_rag.domain.documents import PlacedWord, Word
from desktop_rag.ingest.rows import Row
from desktop_rag.ingest.structure import Kind, Part

CELL = "\t"  # stands between the cells of a row
_OPENING = "([{¿¡\"'“‘«"  # may stand before a word

Count = Callable[[Sequence[str]], list[int]]
"""Gives the number of the embedder's tokens in each text, special tokens left out."""


class _Joint(NamedTuple):
    """A word and what stands between it and the one before."""

    word: Word
    before: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stays together, its words placed from the start of the piece.

    `head` is, for a table row, the text and words of the rows that name its columns.
    """

    kind: Kind
    text: str
    words: tuple[PlacedWord, ...]
    tokens: int = 0
    level: int = 0
    opens: bool = False  # first of its part
    head: Piece | None = None


def pieces_of(parts: Iterable[Part], language: str, count: Count, limit: int) -> list[Piece]:
    """Cut the parts of a page into pieces of at most `limit` tokens, in order."""
    rough = [piece for part in parts for piece in _rough(part, language, count)]
    counts = count([piece.text for piece in rough])
    sized = [replace(piece, tokens=tokens) for piece, tokens in zip(rough, counts, strict=True)]
    return [part for piece in sized for part in _halved(piece, count, limit)]


def _rough(part: Part, language: str, count: Count) -> Iterator[Piece]:
    match part.kind:
        case Kind.HEADING:
            yield replace(_piece(part.kind, _flowing(part.rows)), level=part.level, opens=True)
        case Kind.PARAGRAPH:
            yield from _sentences(_flowing(part.rows), language)
        case Kind.TABLE:
            yield from _table_rows(part, count)


def _table_rows(part: Part, count: Count) -> Iterator[Piece]:
    head = None
    if part.head:
        joints = [joint for row in part.rows[: part.head] for joint in _row(row)]
        head = _piece(Kind.TABLE, joints)
        head = replace(head, tokens=count([head.text])[0], opens=True)
    for at, row in enumerate(part.rows):
        piece = _piece(Kind.TABLE, _row(row))
        yield replace(piece, opens=at == 0, head=head if at >= part.head else None)


def _row(row: Row) -> Iterator[_Joint]:
    for cell_at, cell in enumerate(row.cells):
        for word_at, word in enumerate(cell):
            yield _Joint(word, " " if word_at else CELL if cell_at else "\n")


def _flowing(rows: Sequence[Row]) -> list[_Joint]:
    """Join the rows of a paragraph, mending words cut at the end of a row."""
    joints: list[_Joint] = []
    cut = False
    for row in rows:
        words = row.words
        for at, word in enumerate(words):
            mends = at == 0 and cut and word.text[:1].islower()
            if mends:
                last = joints[-1]
                joints[-1] = last._replace(word=Word(last.word.text[:-1], last.word.box))
            joints.append(_Joint(word, "" if mends else " "))
        last_text = words[-1].text
        cut = last_text.endswith("-") and last_text[:-1].lstrip(_OPENING).isalpha()
    return joints


def _sentences(joints: list[_Joint], language: str) -> Iterator[Piece]:
    whole = _piece(Kind.PARAGRAPH, joints)
    at = 0
    for bound in sentencex.get_sentence_boundaries(language, whole.text):
        stop = at
        while stop < len(joints) and whole.words[stop].start < bound["end_index"]:
            stop += 1
        if stop > at:
            yield replace(_piece(Kind.PARAGRAPH, joints[at:stop]), opens=at == 0)
        at = stop
    if at < len(joints):
        yield replace(_piece(Kind.PARAGRAPH, joints[at:]), opens=at == 0)


def _piece(kind: Kind, joints: Iterable[_Joint]) -> Piece:
    text: list[str] = []
    words: list[PlacedWord] = []
    length = 0
    for word, before in joints:
        if length:
            text.append(before)
            length += len(before)
        words.append(PlacedWord(length, length + len(word.text), word.box))
        text.append(word.text)
        length += len(word.text)
    return Piece(kind, "".join(text), tuple(words))


def _halved(piece: Piece, count: Count, limit: int) -> Iterator[Piece]:
    """Cut a piece that is too long in two, between words, until each part fits."""
    if piece.tokens <= limit or not piece.words[1:]:
        yield piece
        return
    middle = len(piece.words) // 2
    cut = piece.words[middle].start
    left = replace(piece, text=piece.text[:cut].rstrip(), words=piece.words[:middle])
    right = replace(
        piece,
        text=piece.text[cut:],
        words=tuple(PlacedWord(s - cut, e - cut, box) for s, e, box in piece.words[middle:]),
        opens=False,
    )
    counts = count([left.text, right.text])
    yield from _halved(replace(left, tokens=counts[0]), count, limit)
    yield from _halved(replace(right, tokens=counts[1]), count, limit)
