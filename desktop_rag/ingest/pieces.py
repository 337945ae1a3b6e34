"""The smallest units that are never cut: sentences, headings and table rows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import sentencex

from desktop_rag.domain.documents import Box, PlacedWord
from desktop_rag.ingest.blocks import Block, BlockKind
from desktop_rag.ingest.cleaning import SOFT_HYPHEN
from desktop_rag.ingest.hyphens import HYPHENS, Joint, Spelling
from desktop_rag.ingest.rows import WORD_JOINER, Row
from desktop_rag.ingest.structure import heads_of

CELL = "\t"  # stands between the cells of a row
_GOES_ON = re.compile(r".*\. ?(?:[ºª]|[a-zà-ÿ][^).])")  # "y ss. se", "2.º"

Count = Callable[[Sequence[str]], list[int]]
"""Gives the number of the embedder's tokens in each text, special tokens left out."""

_Joint = tuple[str, str, Box, int]
"""What stands between a word and the one before, the word, its place and its page."""

_Places = list[tuple[int, int, Box, int]]
"""Words that are to become `PlacedWord`, which are slow to make."""

_word = partial(tuple.__new__, PlacedWord)  # as PlacedWord._make, in a third of the time


class Piece(NamedTuple):
    """Text that stays together, its words placed from the start of the piece.

    `page` is the number of the page that it begins on. `head` is, for a table row, the text of
    the rows that name its columns, and their words if they stand on the same page.
    """

    kind: BlockKind
    text: str
    words: tuple[PlacedWord, ...]
    page: int = 0
    tokens: int = 0
    level: int = 0
    opens: bool = False  # first of its part
    head: Piece | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """How long pieces may be: at most `limit` tokens, as `count` counts them."""

    count: Count
    limit: int


def pieces_of(
    parts: Iterable[Block], language: str, measure: Measure, spelling: Spelling
) -> list[Piece]:
    """Cut the parts of a page into pieces that are not too long, in order."""
    rough = [piece for part in parts for piece in _rough(part, language, measure, spelling)]
    counts = measure.count([piece.text for piece in rough])
    found: list[Piece] = []
    for piece, tokens in zip(rough, counts, strict=True):
        sized = piece._replace(tokens=tokens)
        if tokens <= measure.limit:
            found.append(sized)
        else:
            found += _halved(sized, measure)
    return found


def _rough(part: Block, language: str, measure: Measure, spelling: Spelling) -> Iterator[Piece]:
    own = None if part.of_source else spelling  # the hyphens of a source are its own
    match part.kind:
        case BlockKind.HEADING:
            page = part.rows[0].page
            piece = _piece(part.kind, *_placed(_flowing(part.rows, own), page), page)
            yield piece._replace(level=part.level, opens=True)
        case BlockKind.PARAGRAPH:
            page = part.rows[0].page
            text, places = _placed(_flowing(part.rows, own), page)
            yield from _sentences(text, places, language, page)
        case BlockKind.TABLE:
            yield from _table_rows(part, measure, own)


def _table_rows(part: Block, measure: Measure, spelling: Spelling | None) -> Iterator[Piece]:
    last: tuple[Row, ...] = ()
    head: Piece | None = None
    for at, (row, names) in enumerate(zip(part.rows, heads_of(part), strict=True)):
        if names is not last and names != last:
            head = _head(names, measure, spelling) if names else None
        last = names
        piece = _piece(BlockKind.TABLE, *_placed(_row(row, spelling), row.page), row.page)
        if head or not at:
            piece = piece._replace(opens=at == 0, head=_on_page(head, piece.page))
        yield piece


def _head(names: tuple[Row, ...], measure: Measure, spelling: Spelling | None) -> Piece:
    """Return the rows that name a row, the last of them if all would take too much room."""
    page = min(row.page for row in names)
    text, places = _placed((joint for row in names for joint in _row(row, spelling)), page)
    tokens = measure.count([text])[0]
    if 2 * tokens > measure.limit and names[1:]:
        return _head(names[1:], measure, spelling)
    return _piece(BlockKind.TABLE, text, places, page)._replace(tokens=tokens, opens=True)


def _on_page(head: Piece | None, page: int) -> Piece | None:
    """Return the names of columns without the places of words that stand on another page."""
    if head is None or (head.page == page and not any(word.page for word in head.words)):
        return head
    return head._replace(words=())


def _row(row: Row, spelling: Spelling | None) -> Iterator[_Joint]:
    """Join the cells of a row, empty ones as well, and the lines of each cell."""
    between = "\n"
    for word in row.label:
        yield between, *word, row.page
        between = " "
    between = "" if row.label else "\n"
    parts = (row, *row.rest)
    for column in range(max([len(part.cells) for part in parts])):
        joints = [
            (" ", text, box, part.page)
            for part in parts
            if column < len(part.cells)
            for text, box in part.cells[column]
        ]
        if not joints:
            between += CELL
            continue
        if spelling and joints[1:]:
            _mend(joints, _line_ends(joints), spelling)
        yield between + joints[0][0].strip(" "), *joints[0][1:]
        yield from joints[1:]
        between = CELL


def _line_ends(joints: Sequence[_Joint]) -> Iterator[int]:
    """Yield the places after which a cell goes on in its next line."""
    for at in range(len(joints) - 1):
        before, after = joints[at], joints[at + 1]
        if after[3] != before[3] or after[2].y0 > (before[2].y0 + before[2].y1) / 2:
            yield at


def _flowing(rows: Sequence[Row], spelling: Spelling | None) -> list[_Joint]:
    """Join the rows of a paragraph, mending words cut at the end of a row."""
    joints: list[_Joint] = []
    ends: list[int] = []
    for row in rows:
        page = row.page
        joints += [(" ", text, box, page) for text, box in row.words]
        ends.append(len(joints) - 1)
    if spelling:
        _mend(joints, ends[:-1], spelling)
    return joints


def _mend(joints: list[_Joint], ends: Iterable[int], spelling: Spelling) -> None:
    """Join the words before and after the ends of lines that are one."""
    for at in ends:
        between, before, box, page = joints[at]
        if before[-1] not in HYPHENS:
            continue
        _, after, place, later = joints[at + 1]
        joint = spelling.joint(before.lstrip(WORD_JOINER), after.lstrip(WORD_JOINER))
        if joint is not Joint.APART:
            joints[at + 1] = "", after, place, later
        if joint is Joint.JOINED:
            joints[at] = between, before[:-1], box, page


def _sentences(text: str, places: _Places, language: str, page: int) -> Iterator[Piece]:
    starts = [place[0] for place in places]
    at = 0
    ends = [bound["end_index"] for bound in sentencex.get_sentence_boundaries(language, text)]
    for end in [*ends, len(text)]:
        if end < len(text) and _GOES_ON.match(text, max(0, end - 2), end + 2):
            continue
        stop = bisect_left(starts, end, at)
        if stop > at:
            first, last = starts[at], places[stop - 1][1]
            piece = _piece(BlockKind.PARAGRAPH, text[first:last], places[at:stop], page, first)
            yield piece if at else piece._replace(opens=True)
        at = stop


def _placed(joints: Iterable[_Joint], first: int) -> tuple[str, _Places]:
    """Write words one after the other, each with its place; pages are counted from the `first`.

    Of what stands before the first one, empty cells stay. What goes on without white space says
    so by itself.
    """
    text: list[str] = []
    places: _Places = []
    end = 0
    for before, word, box, page in joints:
        between, shown = before if end else before.strip(" \n"), word
        if word[0] == WORD_JOINER:
            between, shown = between.strip(" "), word[1:]
        if word[-1] == SOFT_HYPHEN:
            shown = f"{shown[:-1]}-"  # cut, but nothing follows
        text.append(between)
        text.append(shown)
        start = end + len(between)
        end = start + len(shown)
        places.append((start, end, box, page - first))
    return "".join(text), places


def _piece(
    kind: BlockKind,
    text: str,
    places: Sequence[tuple[int, int, Box, int]],
    page: int,
    by: int = 0,
) -> Piece:
    """Return a piece on the first page of its words.

    Theirs are counted from `page` so far, and so many characters, `by`, are cut off before it.
    """
    later = min([place[3] for place in places]) if places[0][3] else 0
    if by or later:
        places = [(start - by, end - by, box, on - later) for start, end, box, on in places]
    return Piece(kind, text, tuple(map(_word, places)), page + later)


def shifted(words: Iterable[PlacedWord], by: int) -> tuple[PlacedWord, ...]:
    """Return `words` where they stand in a text that has `by` more characters before them."""
    return tuple(map(_word, [(start + by, end + by, box, on) for start, end, box, on in words]))


def _part(kind: BlockKind, text: str, words: tuple[PlacedWord, ...]) -> Piece:
    """Cut `words`, which stand in `text`, out of it; pages are counted from that of the text."""
    first, last = words[0].start, words[-1].end
    return _piece(kind, text[first:last], words, 0, first)


def _halved(piece: Piece, measure: Measure) -> Iterator[Piece]:
    """Cut a piece that is too long in two until each part fits, between words if it has some."""
    middle = len(piece.words) // 2
    if piece.tokens <= measure.limit or not piece.text[1:]:
        yield piece
        return
    words = piece.words if middle else _cut(piece.words[0])
    halves = [
        _part(piece.kind, piece.text, words[: middle or 1]),
        _part(piece.kind, piece.text, words[middle or 1 :]),
    ]
    counts = measure.count([half.text for half in halves])
    for half, tokens, opens in zip(halves, counts, (piece.opens, False), strict=True):
        page = piece.page + half.page
        head = _on_page(piece.head, page) if half.page else piece.head
        sized = half._replace(page=page, tokens=tokens, level=piece.level, opens=opens, head=head)
        yield from _halved(sized, measure)


def _cut(word: PlacedWord) -> tuple[PlacedWord, PlacedWord]:
    """Return the halves of a word, which lie where it lies."""
    middle = (word.start + word.end) // 2
    return word._replace(end=middle), word._replace(start=middle)
