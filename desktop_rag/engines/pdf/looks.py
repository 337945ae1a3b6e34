"""Decides which lines of a page need a closer look, and how close.

Most pages need none. What it costs is spent where a look at whole lines finds a reason: lines
that the file draws in pieces or twice, marks that are raised, scripts from right to left, and
what nobody sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from desktop_rag.engines.pdf import (
    directions,
    glyphs,
    letterspacing,
    marks,
    scattered,
    scripts,
    vertical,
    visibility,
)
from desktop_rag.engines.pdf.glyphs import Letters
from desktop_rag.engines.pdf.sheets import DrawnLine, Found, Sheet

_OVERLAPPING = 0.1  # of the type, before pieces are taken apart into letters

_Key = tuple[int, int]


class Looked(NamedTuple):
    """The lines of a page and what there is to mind about them, by their keys.

    `groups` are pieces, by their place, that are one line. `words` are MuPDF's, of those lines
    that need a closer look; `hidden` the spans that nobody sees; `letters` those of lines whose
    letters have to be sorted.
    """

    pieces: Sequence[DrawnLine]
    groups: Sequence[Sequence[int]]
    words: Mapping[_Key, Sequence[Found]]
    hidden: Mapping[_Key, frozenset[int]]
    letters: Mapping[_Key, Letters]
    mostly_right: bool  #: more is written from right to left than not
    typed: bool  #: the page has marks that are signs of their own
    unspaced: bool  #: the page has words of scripts without spaces
    shuffled: bool  #: the file draws the lines in no order

    @property
    def plain(self) -> bool:
        """Whether the lines are those of the file, in its order, and their words MuPDF's."""
        return not (self.words or self.groups or self.unspaced or self.shuffled)


def looked(page: Any, sheet: Sheet, longest: float) -> Looked:
    """Return a page, of so many points at its longer edge, with what there is to mind about it.

    Raises what MuPDF does of damage.
    """
    text = "\n".join([word[4] for word in sheet.words])
    plain = text.isascii()
    right = not plain and directions.in_text(text)
    columns = not plain and scripts.of_columns(text)
    pieces = vertical.stood_up(sheet.pieces) if columns else sheet.pieces
    groups = scattered.together(pieces)
    hidden = visibility.hidden(page, sheet, longest)
    letters: Mapping[_Key, Letters] = {}
    over, needed = _needing_letters(pieces, groups, right=right)
    if needed:
        lines = glyphs.once(glyphs.letters(sheet, hidden, needed), over)
        letters = {line.piece.key: line for line in lines}
        pieces = [
            _as_left(piece, letters)
            for piece in pieces
            if piece.key in letters or piece.key not in needed
        ]
        listed = [letters.get(piece.key) for piece in pieces]
        groups = scattered.together(pieces, lambda one, other: _collide(listed[one], listed[other]))
    typed = not plain and marks.may_have(text)
    special = {*hidden, *letters, *(pieces[at].key for group in groups for at in group)}
    special.update([piece.key for piece in pieces if _special(piece.spans, typed=typed)])
    return Looked(
        pieces,
        groups,
        _words_of(sheet.words, special) if special else {},
        hidden,
        letters,
        mostly_right=right and directions.mostly(piece.text for piece in pieces),
        typed=typed,
        unspaced=not plain and (columns or scripts.without_spaces(text)),
        shuffled=scattered.shuffled(groups, pieces),
    )


def overlapping(pieces: Iterable[DrawnLine]) -> bool:
    """Whether pieces of one line reach into each other, so that letters have to be sorted."""
    end: float | None = None
    for piece in pieces:
        if end is not None and end - piece.box[0] > _OVERLAPPING * piece.size:
            return True
        end = piece.box[2] if end is None else max(end, piece.box[2])
    return False


def _needing_letters(
    pieces: Sequence[DrawnLine], groups: Sequence[Sequence[int]], *, right: bool
) -> tuple[set[_Key], set[_Key]]:
    """Return lines that reach into each other, and all whose letters have to be sorted."""
    over: set[_Key] = set()
    needed: set[_Key] = set()
    for group in groups:
        members = [pieces[at] for at in group]
        keys = {piece.key for piece in members}
        if overlapping(members):
            over |= keys
        elif right and any(directions.in_text(piece.text) for piece in members):
            needed |= keys
    if right:
        needed |= {piece.key for piece in pieces if directions.in_text(piece.text)}
    return over, needed | over


def _as_left(piece: DrawnLine, letters: Mapping[_Key, Letters]) -> DrawnLine:
    """Return a piece as large as what is left of its letters."""
    left = letters.get(piece.key)
    if not left or not left.changed or piece.vertical:
        return piece
    return piece._replace(box=left.piece.box)


def _collide(one: Letters | None, other: Letters | None) -> bool:
    return one is None or other is None or glyphs.collide(one, other)


def _special(spans: Sequence[dict[str, Any]], *, typed: bool) -> bool:
    """Whether a line may have marks, or letters that are set apart."""
    text = spans[0]["text"]
    if len(spans) > 1:
        if _has_raised(spans):
            return True
        text = "".join([span["text"] for span in spans])
    return letterspacing.maybe_in(text) or (typed and marks.may_have(text))


def _has_raised(spans: Sequence[dict[str, Any]]) -> bool:
    """Whether spans beside each other differ in size and height; it may be that none is a mark."""
    before = spans[0]
    for span in spans[1:]:
        if before["size"] != span["size"] and before["origin"][1] != span["origin"][1]:
            return True
        if (
            before["origin"][1] != span["origin"][1]
            and before["text"][-1:] > " "
            and span["text"][:1] > " "
        ):
            return True
        before = span
    return False


def _words_of(words: Sequence[Found], special: set[_Key]) -> Mapping[_Key, Sequence[Found]]:
    found: dict[_Key, list[Found]] = {key: [] for key in special}
    for word in words:
        key = word[5], word[6]
        if key in found:
            found[key].append(word)
    return {key: of_line for key, of_line in found.items() if of_line}
