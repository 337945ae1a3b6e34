"""What MuPDF finds on a page: lines as the file draws them, their words, and painted areas.

Boxes are points in the space of the page's text, which no rotation of the page has turned. Each
line is told as if its letters stood upright: `turn` says how often a quarter of the clock they
were turned from that, and `back` turns a box as the line stands on the page again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from desktop_rag.engines.pdf.mupdf import pymupdf

EVERYWHERE = pymupdf.INFINITE_RECT()  #: off the page as well
_VECTORS = pymupdf.TEXT_COLLECT_VECTORS
_ON_THE_PAGE = pymupdf.TEXT_MEDIABOX_CLIP
_VECTOR_BLOCK = 3  # a block's `type`
_BOLD = 1 << 4  # a span's `flags`, as PyMuPDF documents them
_UPRIGHT = (1.0, 0.0)
_LEAST_AREA = 3.0  # points either way: less is a rule
_LEAST_RULE = 6.0  # points of a rule
_SLACK = 0.1  # points
_STRAIGHT = 0.99  # the cosine of what is no more askew than a scan may be
_SAME_BLOCK = 1.4  # of the type: how far apart MuPDF lets baselines of a paragraph be
_MARK_SIGNS = 4
_SPACES = re.compile("[\x00-\x20\xa0]+")  # between MuPDF's words

Edges = tuple[float, float, float, float]
Found = tuple[float, float, float, float, str, int, int, int]  #: one of MuPDF's words


class Part(NamedTuple):
    """Signs of one look that follow each other: a letter, or a piece of a word.

    `box` is upright; `baseline` is how far down they stand. `hidden` ones nobody sees.
    """

    text: str
    box: Edges
    size: float
    baseline: float
    hidden: bool = False


class DrawnLine(NamedTuple):
    """A line as the file draws it, which may be less than what people see as a line.

    `key` is its number among the blocks of text and in its own; `drawn` that of its block among
    all that is drawn. `turn` is None of what stands askew; its boxes are those of the page.
    `spans` are MuPDF's.
    """

    key: tuple[int, int]
    drawn: int
    block: int
    turn: int | None
    vertical: bool
    box: Edges
    baseline: float
    size: float
    bold: bool
    spans: Sequence[dict[str, Any]]

    @property
    def text(self) -> str:
        """The signs of the line, as they are drawn."""
        return "".join(span["text"] for span in self.spans)


class Area(NamedTuple):
    """Something painted in one colour; `drawn` is its place in the order, `alpha` 255 opaque."""

    drawn: int
    box: Edges
    color: int
    alpha: int


class Sheet(NamedTuple):
    """The text of a page as MuPDF gives it; `crossed` says whether rules may cross on it."""

    text: Any
    pieces: Sequence[DrawnLine]
    words: Sequence[Found]
    areas: Sequence[Area]
    outlines: Sequence[Area]
    crossed: bool


def sheet(page: Any, flags: int) -> Sheet:
    """Return what is on a page and beside it. Raises what MuPDF does of damage."""
    text = _text(page, flags)
    layout = text.extractDICT()
    pieces: list[DrawnLine] = []
    vectors: list[dict[str, Any]] = []
    group, number, split = 0, -1, False
    for block in layout["blocks"]:
        if block["type"] == _VECTOR_BLOCK:
            split = True
            vectors.append(block)
            continue
        number += 1
        found = [
            _piece(line, (number, at), block["number"])
            for at, line in enumerate(block.get("lines", ()))
            if line["spans"]
        ]
        if not found:
            continue
        if not (split and pieces and _goes_on(pieces[-1], found[0])):
            group = number
        pieces += found if group == number else [one._replace(block=group) for one in found]
        split = False
    return Sheet(text, pieces, text.extractWORDS(), *_areas(vectors), _crossed(vectors))


def drawn_words(page: Any, flags: int) -> Sequence[Found]:
    """Return the words of a page's sheet alone. Raises what MuPDF does of damage."""
    found: Sequence[Found] = _text(page, flags).extractWORDS()
    return found


def _text(page: Any, flags: int) -> Any:
    return page.get_textpage(flags=flags & ~_ON_THE_PAGE | _VECTORS, clip=EVERYWHERE)


def _areas(vectors: Sequence[dict[str, Any]]) -> tuple[list[Area], list[Area]]:
    """Return the rectangles that are painted, and what else is."""
    areas: list[Area] = []
    outlines: list[Area] = []
    for vector in vectors:
        x0, y0, x1, y1 = box = vector["bbox"]
        if not vector["stroked"] and x1 - x0 >= _LEAST_AREA and y1 - y0 >= _LEAST_AREA:
            area = Area(vector["number"], box, vector["color"], vector["alpha"])
            (areas if vector["isrect"] else outlines).append(area)
    return areas, outlines


def _crossed(vectors: Sequence[dict[str, Any]]) -> bool:
    """Whether there may be level as well as upright rules: lines, or rectangles as thin as such."""
    level = upright = False
    for vector in vectors:
        x0, y0, x1, y1 = vector["bbox"]
        wide, high = x1 - x0, y1 - y0
        if vector["stroked"] or min(wide, high) <= _LEAST_AREA + _SLACK:
            level = level or wide >= _LEAST_RULE
            upright = upright or high >= _LEAST_RULE
            if level and upright:
                return True
    return False


def _piece(line: dict[str, Any], key: tuple[int, int], drawn: int) -> DrawnLine:
    spans = line["spans"]
    span = main = spans[0]
    if len(spans) > 1:
        span, main = _looks_of(spans)
    direction, box = line["dir"], line["bbox"]
    baseline = main["origin"][1]
    turn: int | None = 0
    if direction != _UPRIGHT:
        turn = turn_of(direction)
        box, baseline = upright(box, turn), upright(2 * main["origin"], turn)[1]
    bold = bool(span["flags"] & _BOLD) or _named_bold(span["font"])
    vertical = line["wmode"] > 0
    return DrawnLine(key, drawn, key[0], turn, vertical, box, baseline, span["size"], bold, spans)


def _looks_of(spans: Sequence[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the span whose type is that of a line, and the one that stands on its baseline.

    They are the first and the longest, unless the first is but a mark.
    """
    first = next((one for one in spans if not one["text"].isspace()), spans[0])
    longest = max(spans, key=lambda one: len(one["text"]))
    mark = len(first["text"].strip()) <= _MARK_SIGNS and first["size"] < longest["size"]
    return (longest if mark else first), longest


@functools.lru_cache(maxsize=1000)
def _named_bold(font: str) -> bool:
    return "bold" in font.lower()


def _goes_on(before: DrawnLine, piece: DrawnLine) -> bool:
    """Whether only something that was drawn in between made a paragraph end, as MuPDF has it."""
    if before.turn != piece.turn or before.vertical != piece.vertical:
        return False
    return abs(piece.baseline - before.baseline) <= _SAME_BLOCK * piece.size


def turn_of(direction: tuple[float, float]) -> int | None:
    """Return how often a quarter clockwise text in this direction is turned, if about so."""
    x, y = direction
    if x > _STRAIGHT:
        return 0
    if y > _STRAIGHT:
        return 1
    if x < -_STRAIGHT:
        return 2
    return 3 if y < -_STRAIGHT else None


def upright(box: Edges, turn: int | None) -> Edges:
    """Return a box of the page as it would lie if its text stood upright."""
    x0, y0, x1, y1 = box
    match turn:
        case 1:
            return y0, -x1, y1, -x0
        case 2:
            return -x1, -y1, -x0, -y0
        case 3:
            return -y1, x0, -y0, x1
        case _:
            return box


def back(box: Edges, turn: int | None) -> Edges:
    """Return an upright box as it lies on the page."""
    return upright(box, {1: 3, 3: 1}.get(turn or 0, turn))


def around(boxes: Sequence[Edges]) -> Edges:
    """Return the smallest box that holds these."""
    if len(boxes) == 1:
        return boxes[0]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def parted(piece: DrawnLine, words: Sequence[Found], hidden: frozenset[int]) -> list[list[Part]]:
    """Return the words of a line with the parts of each that look different.

    `hidden` are the numbers of spans that nobody sees. Where MuPDF's words are not what the
    spans say, each is one part, hidden if its middle lies in a span that is.
    """
    looks = _looks(piece, hidden)
    whole = _SPACES.split(
        "".join(text for text, *_ in looks).strip("".join(map(chr, (*range(33), 160))))
    )
    if whole != [word[4] for word in words]:
        return [[_whole(piece, word, hidden)] for word in words]
    return _cut(piece, words, looks)


def _looks(piece: DrawnLine, hidden: frozenset[int]) -> list[tuple[str, Part]]:
    looks = []
    for at, span in enumerate(piece.spans):
        origin = span["origin"]
        baseline = upright((*origin, *origin), piece.turn)[1] if piece.turn else origin[1]
        box = upright(span["bbox"], piece.turn)
        part = Part(span["text"], box, span["size"], baseline, at in hidden)
        looks.append((span["text"], part))
    return looks


def _cut(
    piece: DrawnLine, words: Sequence[Found], looks: Sequence[tuple[str, Part]]
) -> list[list[Part]]:
    """Cut words where the look changes; a part ends where the next span begins."""
    found: list[list[Part]] = [[]]
    for text, look in looks:
        for at, run in enumerate(_SPACES.split(text)):
            if at and found[-1]:
                found.append([])
            if run:
                box = upright(words[len(found) - 1][:4], piece.turn)
                if found[-1]:  # the word went on from the span before
                    before = found[-1][-1]
                    found[-1][-1] = before._replace(
                        box=(before.box[0], before.box[1], look.box[0], before.box[3])
                    )
                    box = (look.box[0], look.box[1], box[2], look.box[3])
                found[-1].append(look._replace(text=run, box=box))
    return [parts for parts in found if parts]


def _whole(piece: DrawnLine, word: Found, hidden: frozenset[int]) -> Part:
    box = upright(word[:4], piece.turn)
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    boxes = [piece.spans[at]["bbox"] for at in hidden]
    unseen = any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes)
    return Part(word[4], box, piece.size, piece.baseline, unseen)
