"""The lines of the first pages, largest type known, accents put where they belong."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_rag.domain.documents import Layer, Line, Page, RoleKind
from desktop_rag.ingest.cleaning import SOFT_HYPHEN

PAGES = 4  # from the beginning that are looked at
_WORDS = 400  # of a page that are looked at
_LONGEST = 1_000  # signs of a line, which may be a word without an end
_ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304",
    "ˇ": "\u030c", "¸": "\u0327", "˚": "\u030a",
}  # fmt: skip
_ACCENTED = re.compile(rf"([{''.join(_ACCENTS)}]) ?([A-Za-zı])")
_DEFAULT_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class FrontLine:
    """A line of the first pages: its text, and its type against that of the text around.

    `page` counts from 0; `top` and `left` are fractions of the page; `size` is points. Of text
    that has a source, that says whether it is a `heading`.
    """

    text: str
    size: float
    bold: bool
    page: int
    top: float
    left: float
    layer: Layer
    heading: bool | None = None

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The lines of the first pages in the order of the file, and the size of their text."""

    lines: tuple[FrontLine, ...]
    body_size: float

    @property
    def body(self) -> tuple[FrontLine, ...]:
        """The lines of the first page that has any, without running heads."""
        seen = [line for line in self.lines if line.layer is Layer.BODY]
        return tuple(line for line in seen if line.page == seen[0].page)

    def is_alone(self, line: FrontLine) -> bool:
        """Whether no other line of the same type stands beside it, as the cells of a table do."""
        return not any(
            other.page == line.page
            and abs(other.top - line.top) < _LEVEL
            and abs(other.size - line.size) < 1
            and other is not line
            for other in self.lines
        )

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(line.text for line in self.lines)

    @property
    def is_cover(self) -> bool:
        """Whether the first page has little text: what stands there large belongs together."""
        return sum(line.words for line in self.body) < _COVER_WORDS


_COVER_WORDS = 40
_LEVEL = 0.004  # of the page: tops of lines that stand beside each other


def front_matter(pages: Sequence[Page]) -> FrontMatter:
    """Return what stands on the first pages of a document, without notes and what is hidden."""
    lines = [
        _front(line, page.number)
        for page in pages[:PAGES]
        for line in _beginning(page.lines)
        if line.layer in {Layer.BODY, Layer.FURNITURE} and line.words
    ]
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    body = max(sizes, key=lambda size: sizes[size], default=_DEFAULT_SIZE)
    return FrontMatter(tuple(lines), body)


def _beginning(lines: Iterable[Line]) -> Iterable[Line]:
    words = 0
    for line in lines:
        yield line
        words += len(line.words)
        if words > _WORDS:
            return


def _front(line: Line, page: int) -> FrontLine:
    box = line.words[0].box
    told = None if line.role is None else line.role.kind is RoleKind.HEADING
    return FrontLine(
        accented(line.text[:_LONGEST]), line.size, line.bold, page, box.y0, box.x0, line.layer, told
    )


def accented(text: str) -> str:
    """Return text with accents on the letters that they stand before, as TeX writes them apart.

    >>> accented("Thomas B. Sch¨on, Universit´e")
    'Thomas B. Schön, Université'
    """
    composed = _ACCENTED.sub(lambda match: match[2].replace("ı", "i") + _ACCENTS[match[1]], text)
    return unicodedata.normalize("NFC", composed)


def joined(texts: Iterable[str]) -> str:
    """Return lines as one text, words that are cut at their ends made whole."""
    text = " ".join(" ".join(texts).split())
    return text.replace(f"{SOFT_HYPHEN} ", "").replace(SOFT_HYPHEN, "-")
