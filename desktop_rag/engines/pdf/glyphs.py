"""Letters one by one, for the pages whose lines the file does not hold as they are seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from desktop_rag.engines.pdf.sheets import DrawnLine, Part, Sheet, around, upright

_SAME_PLACE = 0.3  # of a letter's width: a copy that stands nearer makes it bold
_NO_WIDTH = 0.05  # of the type, instead
_WORD_GAP = 0.15  # of the type, as MuPDF has it
_LEAST_GAP = 0.05  # of the type, where the file says that there is a space
_NO_ROOM, _BESIDE = 0.01, 0.1  # points
_COLLIDING = 0.5  # of a letter's width

_Key = tuple[int, int]
_Spans = Mapping[_Key, frozenset[int]]


class Letters(NamedTuple):
    """The letters and spaces of a line, in the order of the file; `piece` is where they stand."""

    piece: DrawnLine
    glyphs: Sequence[Part]
    changed: bool = False


def letters(sheet: Sheet, hidden: _Spans, needed: Collection[_Key]) -> list[Letters]:
    """Return the letters of the lines with these keys. Raises what MuPDF does of damage."""
    layout = sheet.text.extractRAWDICT()
    pieces = {piece.key: piece for piece in sheet.pieces if piece.key in needed}
    blocks = [block["lines"] for block in layout["blocks"] if "lines" in block]
    return [
        Letters(piece, _whole(_glyphs(piece, line["spans"], hidden.get(piece.key, frozenset()))))
        for number, lines in enumerate(blocks)
        for at, line in enumerate(lines)
        if (piece := pieces.get((number, at)))
    ]


def _glyphs(
    piece: DrawnLine, spans: Sequence[dict[str, Any]], hidden: frozenset[int]
) -> Iterator[Part]:
    turn = piece.turn
    for at, span in enumerate(spans):
        size, unseen = span["size"], at in hidden
        for sign in span["chars"]:
            box, origin = sign["bbox"], sign["origin"]
            baseline = origin[1]
            if turn:
                box = upright(box, turn)
                baseline = upright((*origin, *origin), turn)[1]
            yield Part(sign["c"], box, size, baseline, unseen)


def _whole(glyphs: Iterable[Part]) -> list[Part]:
    """Return letters, those together that one sign stands for, in the order that it says.

    MuPDF gives but the first of them a width; the others stand at its end. They come before it
    where MuPDF took the line for one that runs from right to left.
    """
    found: list[Part] = []
    waiting: list[Part] = []
    for glyph in glyphs:
        x0, _, x1, _ = glyph.box
        if x1 - x0 > _NO_ROOM or blank(glyph):
            if waiting and abs(waiting[-1].box[0] - x1) < _BESIDE:
                text = "".join(one.text for one in reversed(waiting))
                found.append(glyph._replace(text=glyph.text + text))
            else:
                found += (*waiting, glyph)
            waiting = []
        elif found and not waiting and abs(found[-1].box[2] - x0) < _BESIDE:
            found[-1] = found[-1]._replace(text=found[-1].text + glyph.text)
        else:
            waiting.append(glyph)
    return found + waiting


def blank(glyph: Part) -> bool:
    """Whether that is white space."""
    return glyph.text <= " " or glyph.text == "\xa0"


def once(lines: Sequence[Letters], keys: Collection[_Key]) -> list[Letters]:
    """Return lines, those with these keys without letters that stand where they do already.

    Of two copies the one that is seen stays. Time is that of so many letters.
    """
    if not keys:
        return list(lines)
    stand: dict[tuple[object, ...], list[Part]] = {}
    for unseen in (False, True):
        for line in lines:
            if line.piece.key in keys:
                _settle(line, stand, unseen=unseen)
    kept = {id(glyph) for glyphs in stand.values() for glyph in glyphs}
    found = []
    for line in lines:
        left = [glyph for glyph in line.glyphs if blank(glyph) or id(glyph) in kept]
        if line.piece.key not in keys or len(left) == len(line.glyphs):
            found.append(line)
        elif not all(map(blank, left)):
            found.append(placed(line.piece, left))
    return found


def _settle(line: Letters, stand: dict[tuple[object, ...], list[Part]], *, unseen: bool) -> None:
    turn = line.piece.turn
    for glyph in line.glyphs:
        if glyph.hidden is not unseen or blank(glyph):
            continue
        x, y = glyph.box[0], glyph.baseline
        size = max(1.0, glyph.size)
        near = max(_SAME_PLACE * (glyph.box[2] - glyph.box[0]), _NO_WIDTH * size)
        column, row = int(x // size), int(y // size)
        keys = [
            (turn, glyph.text, round(size), column + across, row + down)
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
        ]
        if not any(
            abs(one.box[0] - x) < near and abs(one.baseline - y) < near
            for key in keys
            for one in stand.get(key, ())
        ):
            stand.setdefault(keys[4], []).append(glyph)


def placed(piece: DrawnLine, glyphs: Sequence[Part]) -> Letters:
    """Return letters as a line of their own, which stands where they do."""
    seen = [glyph for glyph in glyphs if not blank(glyph)] or glyphs
    box = around([glyph.box for glyph in seen])
    return Letters(piece._replace(box=box), tuple(glyphs), changed=True)


def joined(parts: Sequence[Letters]) -> Letters:
    """Return the letters of several lines from left to right."""
    first = max(parts, key=lambda line: len(line.glyphs)).piece
    glyphs = [glyph for line in parts for glyph in line.glyphs]
    glyphs.sort(key=lambda glyph: glyph.box[0])
    return placed(first._replace(block=parts[0].piece.block), glyphs)


def collide(one: Letters, other: Letters) -> bool:
    """Whether letters of two lines stand on each other, and not in each other's gaps."""
    marked = [(g.box[0], g.box[2], 0) for g in one.glyphs if not blank(g)]
    marked += [(g.box[0], g.box[2], 1) for g in other.glyphs if not blank(g)]
    marked.sort()
    for (x0, x1, whose), (y0, y1, others) in pairwise(marked):
        if whose != others and min(x1, y1) - y0 > _COLLIDING * max(1e-6, min(x1 - x0, y1 - y0)):
            return True
    return False


def words(line: Letters) -> list[list[Part]]:
    """Return the letters of each word, from left to right where the line was changed."""
    if not line.changed:
        return list(_at_spaces(line.glyphs))
    return list(_at_gaps(sorted(line.glyphs, key=lambda glyph: glyph.box[0])))


def _at_spaces(glyphs: Sequence[Part]) -> Iterator[list[Part]]:
    word: list[Part] = []
    for glyph in glyphs:
        if not blank(glyph):
            word.append(glyph)
        elif word:
            yield word
            word = []
    if word:
        yield word


def _at_gaps(glyphs: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield words between which there is room, or a space that stands in what room there is."""
    word: list[Part] = []
    end = 0.0
    spaces: list[float] = []
    for glyph in glyphs:
        x0, _, x1, _ = glyph.box
        if blank(glyph):
            spaces.append((x0 + x1) / 2)
            continue
        gap = x0 - end
        spaced = gap > _LEAST_GAP * glyph.size and any(end <= x <= x0 for x in spaces[-3:])
        if word and (spaced or gap > _WORD_GAP * glyph.size) and not combining(glyph):
            yield word
            word = []
        word.append(glyph)
        end = max(end, x1) if len(word) > 1 else x1
    if word:
        yield word


def combining(glyph: Part) -> bool:
    """Whether it is a mark on the letter before it."""
    return bool(unicodedata.combining(glyph.text[0]))


def runs(word: Sequence[Part]) -> list[Part]:
    """Return a word as parts of one look each."""
    found: list[Part] = []
    for glyph in word:
        if found and _alike(found[-1], glyph):
            last = found[-1]
            found[-1] = last._replace(
                text=last.text + glyph.text, box=around([last.box, glyph.box])
            )
        else:
            found.append(glyph)
    return found


def _alike(one: Part, other: Part) -> bool:
    return (
        one.size == other.size
        and abs(one.baseline - other.baseline) < 0.05 * one.size
        and one.hidden is other.hidden
    )
