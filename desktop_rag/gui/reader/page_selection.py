"""Which words lie between two points of a document, and how they read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_rag.domain.documents import Box

Words = Sequence[tuple[str, Box]]

_SAME_LINE = 0.5  # of the lower of two boxes
_WORD_GAP = 1.2  # of the height of a line: a wider gap parts columns
_ACROSS = 3.0  # times as far: another line is further away than another word


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a page, in fractions of it."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Selection:
    """What was marked from one spot to another, in whichever direction."""

    start: Spot
    end: Spot

    @property
    def pages(self) -> range:
        """The pages it touches."""
        first, last = sorted((self.start.page, self.end.page))
        return range(first, last + 1)

    def words(self, page: int, words: Words) -> range:
        """Return which words of a page are marked."""
        if page not in self.pages or not words:
            return range(0)
        bounds = [0, len(words) - 1]
        first, last = sorted((self.start, self.end), key=lambda spot: spot.page)
        if first.page == last.page:
            bounds = sorted(nearest(words, spot.x, spot.y) for spot in (first, last))
        elif page == first.page:
            bounds[0] = nearest(words, first.x, first.y)
        elif page == last.page:
            bounds[1] = nearest(words, last.x, last.y)
        return range(bounds[0], bounds[1] + 1)


def nearest(words: Words, x: float, y: float) -> int:
    """Return which word a point means."""
    return min(range(len(words)), key=lambda at: _distance(words[at][1], x, y))


def under(words: Words, x: float, y: float) -> bool:
    """Return whether a word stands right here."""
    return any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for _, box in words)


def text_of(words: Words) -> str:
    """Return words as text, a line of the page to each line."""
    pieces: list[str] = []
    before: Box | None = None
    for text, box in words:
        if before is not None:
            pieces.append(" " if _follows(before, box) else "\n")
        pieces.append(text)
        before = box
    return "".join(pieces)


def joined(boxes: Sequence[Box]) -> list[Box]:
    """Return boxes with neighbours on a line made one, so that light lies evenly on them."""
    runs: list[Box] = []
    for box in boxes:
        if runs and _follows(runs[-1], box) and _near(runs[-1], box):
            last = runs[-1]
            y0, y1 = min(last.y0, box.y0), max(last.y1, box.y1)
            runs[-1] = Box(min(last.x0, box.x0), y0, max(last.x1, box.x1), y1)
        else:
            runs.append(box)
    return runs


def _distance(box: Box, x: float, y: float) -> float:
    across = max(box.x0 - x, 0.0, x - box.x1)
    along = max(box.y0 - y, 0.0, y - box.y1) * _ACROSS
    return across * across + along * along


def _follows(before: Box, box: Box) -> bool:
    common = min(before.y1, box.y1) - max(before.y0, box.y0)
    lower = min(before.y1 - before.y0, box.y1 - box.y0)
    return common >= _SAME_LINE * lower and box.x0 >= before.x0


def _near(before: Box, box: Box) -> bool:
    return box.x0 - before.x1 <= _WORD_GAP * max(before.y1 - before.y0, box.y1 - box.y0)
