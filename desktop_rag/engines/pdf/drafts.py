"""Makes of the pieces that a file draws the lines that people see, before they are placed."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop_rag.engines.pdf import (
    directions,
    glyphs,
    letterspacing,
    marks,
    scattered,
    vertical,
)
from desktop_rag.engines.pdf.looks import Looked, overlapping
from desktop_rag.engines.pdf.sheets import DrawnLine, Edges, Part, around, back, parted

_TOUCHING = 0.15  # of the type, where MuPDF sees a space

_Words = list[list[Part]]


class SeenLine(NamedTuple):
    """A line, of one piece of the file or several; without `words` they are MuPDF's own."""

    pieces: Sequence[DrawnLine]
    block: int
    words: _Words = []

    @property
    def edges(self) -> Edges:
        """The box of the line, upright."""
        return around([piece.box for piece in self.pieces])

    @property
    def main(self) -> DrawnLine:
        """The piece whose type is that of the line, and not of a mark in it."""
        if len(self.pieces) == 1:
            return self.pieces[0]
        return max(self.pieces, key=lambda piece: (len(piece.text) > 1, piece.size))


def drafted(looked: Looked) -> list[SeenLine]:
    """Return the lines of a page: where the file draws their first piece, if it has an order."""
    drafts = list(_drafts(looked))
    if any(draft.pieces[0].vertical for draft in drafts):
        return _by_columns(drafts)
    if looked.shuffled:
        return _from_the_top(drafts)
    return drafts


def _drafts(looked: Looked) -> Iterator[SeenLine]:
    group_of = {at: group for group in looked.groups for at in group}
    firsts = {min(group): group for group in looked.groups}
    for at, piece in enumerate(looked.pieces):
        if at in firsts:
            pieces = [looked.pieces[one] for one in firsts[at]]
            yield SeenLine(pieces, piece.block, _finished(looked, _words(looked, pieces)))
        elif at not in group_of:
            yield _single(looked, piece)


def _single(looked: Looked, piece: DrawnLine) -> SeenLine:
    found = looked.words.get(piece.key, ())
    if not found:
        return SeenLine([piece], piece.block)
    if _needs_letters(looked, [piece]):
        words = _by_letters(looked, [piece])
    else:
        words = parted(piece, found, looked.hidden.get(piece.key, frozenset()))
    return SeenLine([piece], piece.block, _finished(looked, words))


def _words(looked: Looked, pieces: Sequence[DrawnLine]) -> _Words:
    if _needs_letters(looked, pieces):
        return _by_letters(looked, pieces)
    return _connected(looked, pieces)


def _needs_letters(looked: Looked, pieces: Sequence[DrawnLine]) -> bool:
    if not all(piece.key in looked.letters for piece in pieces):
        return False
    return (
        any(looked.letters[piece.key].changed for piece in pieces)
        or any(directions.in_text(piece.text) for piece in pieces)
        or overlapping(pieces)
    )


def _by_letters(looked: Looked, pieces: Sequence[DrawnLine]) -> _Words:
    line = glyphs.joined([looked.letters[piece.key] for piece in pieces])
    words = glyphs.words(line)
    if not any(directions.in_text(piece.text) for piece in pieces):
        return [glyphs.runs(word) for word in words]
    ordered = directions.in_order(words, mostly_right=looked.mostly_right)
    texts = ["".join(part.text for part in word) for word in ordered]
    if directions.as_drawn_first(texts):
        return [[_plain(glyphs.runs(word))] for word in words]
    return ordered


def _plain(parts: Sequence[Part]) -> Part:
    text = directions.plain("".join(part.text for part in parts))
    return parts[0]._replace(text=text, box=around([part.box for part in parts]))


def _connected(looked: Looked, pieces: Sequence[DrawnLine]) -> _Words:
    """Return the words of pieces from left to right, made one where pieces touch."""
    words: _Words = []
    open_end = False
    for piece in pieces:
        hidden = looked.hidden.get(piece.key, frozenset())
        found = parted(piece, looked.words.get(piece.key, ()), hidden)
        if not found:
            continue
        if words and open_end and piece.text[:1] > " ":
            gap = found[0][0].box[0] - words[-1][-1].box[2]
            if gap < _TOUCHING * piece.size:
                words[-1] += found.pop(0)
        words += found
        open_end = piece.text[-1:] > " "
    return words


def _finished(looked: Looked, words: _Words) -> _Words:
    """Return words without marks on them, and closed where their letters are set apart."""
    found: _Words = []
    for word in words:
        if len(word) > 1 or (looked.typed and not word[0].text.isascii()):
            found += marks.apart(word)
        else:
            found.append(word)
    found = marks.alone(found)
    return letterspacing.closed(found) if letterspacing.maybe(found) else found


def _by_columns(drafts: list[SeenLine]) -> list[SeenLine]:
    """Put columns of vertical writing in order, as one text."""
    places = [at for at, draft in enumerate(drafts) if draft.pieces[0].vertical]
    columns = [(drafts[at].edges, drafts[at].pieces[0].size) for at in places]
    order = [places[one] for one in vertical.in_order(columns)]
    block = drafts[order[0]].block
    moved = [drafts[at]._replace(block=block) for at in order]
    for at, draft in zip(places, moved, strict=True):
        drafts[at] = draft
    return drafts


def _from_the_top(drafts: list[SeenLine]) -> list[SeenLine]:
    size = statistics.median([draft.pieces[0].size for draft in drafts])
    boxes = [back(draft.edges, draft.pieces[0].turn) for draft in drafts]
    return [
        drafts[at]._replace(block=block)
        for block, paragraph in enumerate(scattered.in_order(boxes, size))
        for at in paragraph
    ]
