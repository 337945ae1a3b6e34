"""Makes the lines of a page, as they are seen, of what MuPDF finds on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from desktop_rag.domain.documents import Box, Layer, Line, Word
from desktop_rag.engines.pdf import scripts
from desktop_rag.engines.pdf.drafts import SeenLine, drafted
from desktop_rag.engines.pdf.looks import looked
from desktop_rag.engines.pdf.mupdf import pymupdf
from desktop_rag.engines.pdf.sheets import Edges, Found, Sheet, around, back

_FULL = 2.0  # of the type: how far from the edge a line ends that goes on below
_INDENT = 0.5  # of the type
_SLIVER = 0.001  # of the page, for what stands beside it

_new = tuple.__new__  # in half the time of a named tuple's own

_Key = tuple[int, int]
_Placed = Mapping[_Key, Sequence[Word]]


class Frame(NamedTuple):
    """A page as displayed, in points, and the matrix that turns boxes of its text into it."""

    width: float
    height: float
    turn: Any = None


def lines_of(text: Any, frame: Frame) -> tuple[Line, ...]:
    """Return the lines of a text page as MuPDF has them, placed in the frame of the page.

    Boxes are fractions of the frame, 0 to 1 from its upper left corner, and sizes points. What a
    crop hides for the most part is left out. Raises what MuPDF does of damage.
    """
    sizes = {
        (block["number"], at): round(line["spans"][0]["size"], 1)
        for block in text.extractDICT()["blocks"]
        for at, line in enumerate(block.get("lines", ()))
        if line["spans"]
    }
    words, _ = _placed(text.extractWORDS(), frame)
    return tuple(
        Line(key[0], sizes.get(key, 0.0), False, tuple(found)) for key, found in words.items()
    )


def as_seen(page: Any, found: Sheet, frame: Frame) -> tuple[Line, ...]:
    """Return the lines of a page in the order of the file, and at last what nobody sees.

    Each of MuPDF's words is there in some layer, but for copies that lie on each other. Boxes
    are fractions of the frame, and sizes points. Raises what MuPDF does of damage.
    """
    plain, beside = _placed(found.words, frame)
    page_looked = looked(page, found, max(frame.width, frame.height))
    if page_looked.plain and not beside:
        return tuple(
            Line(piece.block, round(piece.size, 1), piece.bold, tuple(plain[piece.key]))
            for piece in page_looked.pieces
            if piece.key in plain
        )
    seen: list[tuple[SeenLine, Line]] = []
    unseen: list[Line] = []
    for draft in drafted(page_looked):
        words, others = _words(draft, frame) if draft.words else _own(draft, plain, beside)
        main = draft.main
        size = round(main.size, 1)
        if words:
            seen.append((draft, Line(draft.block, size, main.bold, tuple(words))))
        if others:
            unseen.append(Line(draft.block, size, main.bold, tuple(others), Layer.HIDDEN))
    lines = _glued(seen) if page_looked.unspaced else (line for _, line in seen)
    return (*lines, *unseen)


def _own(draft: SeenLine, plain: _Placed, beside: _Placed) -> tuple[Sequence[Word], Sequence[Word]]:
    key = draft.pieces[0].key
    return plain.get(key, ()), beside.get(key, ())


def _placed(found: Sequence[Found], frame: Frame) -> tuple[_Placed, _Placed]:
    """Return MuPDF's words by lines: those that stand on the page, and those beside it."""
    words: dict[_Key, list[Word]] = {}
    beside: dict[_Key, list[Word]] = {}
    width, height, turn = frame
    at = number = -1
    here: Callable[[Word], None]
    for x0, y0, x1, y1, text, block, line, _ in _turned(found, turn) if turn else found:
        left, right, top, bottom = x0 / width, x1 / width, y0 / height, y1 / height
        if not (0 <= left <= right <= 1 and 0 <= top <= bottom <= 1):
            box, outside = _clipped(_new(Box, (left, top, right, bottom)))
            where = beside if outside else words
            where.setdefault((block, line), []).append(_new(Word, (text, box)))
        elif line != number or block != at:  # MuPDF gives the words of a line one after the other
            at, number = block, line
            here = words.setdefault((block, line), []).append
            here(_new(Word, (text, _new(Box, (left, top, right, bottom)))))
        else:
            here(_new(Word, (text, _new(Box, (left, top, right, bottom)))))
    return words, beside


def _turned(found: Iterable[Found], turn: Any) -> Iterator[Found]:
    for x0, y0, x1, y1, *rest in found:
        yield (*(pymupdf.Rect(x0, y0, x1, y1) * turn), *rest)


def _words(draft: SeenLine, frame: Frame) -> tuple[Sequence[Word], Sequence[Word]]:
    """Return the words of a line that are seen, and those that are not."""
    found: list[Found] = []
    turn = draft.pieces[0].turn
    for word in draft.words:
        for hidden in (False, True):
            parts = [part for part in word if part.hidden is hidden]
            if parts:
                box = back(around([part.box for part in parts]), turn)
                found.append((*box, "".join([part.text for part in parts]), int(hidden), 0, 0))
    words, beside = _placed(found, frame)
    seen, unseen = (0, 0), (1, 0)
    others = (*beside.get(seen, ()), *words.get(unseen, ()), *beside.get(unseen, ()))
    return words.get(seen, ()), others


def placed(edges: Edges, frame: Frame) -> tuple[Box, bool]:
    """Return where a box of the page's text is on the page, and whether it lies beside it."""
    x0, y0, x1, y1 = pymupdf.Rect(edges) * frame.turn if frame.turn else edges
    width, height = frame.width, frame.height
    return _clipped(Box(x0 / width, y0 / height, x1 / width, y1 / height))


def _clipped(box: Box) -> tuple[Box, bool]:
    """Return what of a box is on the page, and whether its middle lies beside it."""
    left, right = sorted((box.x0, box.x1))
    top, bottom = sorted((box.y0, box.y1))
    outside = not (0 <= (left + right) / 2 <= 1 and 0 <= (top + bottom) / 2 <= 1)
    left, top = (min(max(0.0, edge), 1 - _SLIVER) for edge in (left, top))
    right, bottom = min(max(right, left + _SLIVER), 1.0), min(max(bottom, top + _SLIVER), 1.0)
    return Box(left, top, right, bottom), outside


def _glued(lines: Sequence[tuple[SeenLine, Line]]) -> Iterator[Line]:
    """Yield lines, glued where a word of a script without spaces went on from the one before."""
    ends: dict[int, float] = {}
    for draft, line in lines:
        ends[line.block] = max(ends.get(line.block, 0.0), draft.edges[2])
    before: tuple[SeenLine, Line] | None = None
    for draft, line in lines:
        glued = before is not None and _goes_on(before, (draft, line), ends[line.block])
        yield line._replace(glued=True) if glued else line
        before = draft, line


def _goes_on(before: tuple[SeenLine, Line], after: tuple[SeenLine, Line], end: float) -> bool:
    (draft, line), (next_draft, next_line) = before, after
    if line.block != next_line.block or line.size != next_line.size:
        return False
    one, other = draft.edges, next_draft.edges
    return (
        scripts.without_spaces(line.words[-1].text[-1])
        and scripts.without_spaces(next_line.words[0].text[0])
        and draft.pieces[-1].text[-1:] > " "
        and one[2] > end - _FULL * line.size
        and other[1] > one[1]
        and other[0] < one[0] + _INDENT * line.size
    )
