"""Finding what runs along the pages: heads, feet and page numbers.

A running head stands at one place of at least three pages and says the same words; only what
counts along with the pages may differ. Rows of tables and lists stand in the margins too: their
numbers do not count along, and they hang together with the rows beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest, nsmallest
from typing import NamedTuple

from desktop_rag.domain.documents import Layer, Line, Page
from desktop_rag.ingest.scales import states_a_scale

_MARGIN = 0.12  # of the page's height: where running heads and feet stand
_PAGES = 3  # on which a head must stand at least
_DENSITY = 0.4  # of the pages from its first to its last; left and right pages may have their own
_SHARE = 0.2  # of all pages: more than this, and it need not be dense
_STRONG = 0.5  # of all pages: a head that is on so many makes its whole row furniture
_NEAR = 0.01  # of the page: how far two copies may stand apart
_BESIDE = 0.015  # of the page: edges of cells below each other
_ATTACHED = 0.5  # heights of a line: less white space than this lies within a paragraph or list
_ROW_GAP = 2.0  # heights of a line: rows of a table are no farther apart
_ISOLATED = 0.9  # heights of a line above a text that a head with a number keeps free
_ROUNDS = 12  # of taking back heads that turn out to be rows
_MOST_NUMBERS = 6  # of a line that may be a page number
_LONGEST_NUMBER = 7  # digits
_LONGEST_HEAD = 40  # words
_LABELLED_WORDS = 3  # no more words than this, of which the last is a number: "Plot 7"
_WIDE = 2.0  # heights of a line: a number so far from the words beside it does not belong to them
_NUMBER = re.compile(r"\d+|\b[ivxlcdm]+\b", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_WORD = r"(?:pp?|pg|pag|pág|page|página|pagina|seite|folio|fol|hoja|sheet|blatt|slide)"
_PAGE_NUMBER = re.compile(  # "page #", "# of 10", "report | #", "- # -"
    rf"\b{_WORD}\b\W{{0,3}}#|#\W{{0,2}}(?:of|de|von|sur|di)\b\W{{0,2}}\d|[|/·•–—]\s*#|#\s*[|/·•–—]"
    r"|-\s*#\s*-",
    re.IGNORECASE,
)
_PAGE_WORDS = re.compile(rf"\b(?:{_WORD}|of|de|von|sur|di)\b", re.IGNORECASE)

Said = dict[int, str]
"""What a page's furniture says, by the place of its line; nothing for a page number."""


class _MarginLine(NamedTuple):
    """A line in the margin of a page; `row` numbers those of one height from the body outwards.

    One that `floats` is the last of its page, or the first, wherever that may be: pages that were
    printed from the web end where their text does.
    """

    page: int
    at: int
    row: int
    line: Line
    top: float
    left: float
    right: float
    floats: bool = False


@dataclass
class _Edge:
    """The margin of a page: its rows from the body outwards, and the text before them."""

    rows: list[list[_MarginLine]]
    body: list[Line]

    @cached_property
    def inward(self) -> list[Line]:
        """The row of text that follows the margin towards the middle of the page."""
        if not self.body:
            return []
        outer = _middle(self.rows[0][0].line)
        nearest = min(self.body, key=lambda line: abs(_middle(line) - outer))
        middle, high = _middle(nearest), _height(nearest)
        return [line for line in self.body if abs(_middle(line) - middle) <= 0.5 * high]


class _Likeness(NamedTuple):
    """What two copies of a head have in common; `counted` by how much a number is ahead."""

    upper: bool
    size: int
    text: str
    counted: int | None


def furniture(pages: Sequence[Page]) -> list[Said]:
    """Return, for each page, the lines that are running heads, feet or page numbers.

    Lines that a source gives a role, or that are not of the body, are none.
    """
    edges = [edge for at, page in enumerate(pages) for edge in _edges(at, page)]
    running = _running(pages, edges)
    found: list[Said] = [{} for _ in pages]
    for edge in edges:
        for row in edge.rows:
            for part, said in _said(row, running, pages):
                found[part.page][part.at] = said
    return found


def numberless(text: str, page: Page) -> str:
    """Return what furniture says without the number of its page."""
    wanted = {page.label, str(page.number + 1)}
    marked = _NUMBER.sub(lambda found: "#" if found.group() in wanted else found.group(), text)
    return _besides_the_number(marked) if marked != text else text


def _edges(at: int, page: Page) -> Iterator[_Edge]:
    """Yield the upper and the lower margin of a page."""
    lines = [
        (line, number)
        for number, line in enumerate(page.lines)
        if line.layer is Layer.BODY and line.role is None and line.words
    ]
    for upper in (True, False):
        inside: list[tuple[Line, int]] = []
        body: list[Line] = []
        for line, number in lines:
            _, top, _, bottom = line.words[0].box
            if bottom < _MARGIN if upper else top > 1 - _MARGIN:
                inside.append((line, number))
            else:
                body.append(line)
        if inside:
            yield _Edge(_by_rows(at, inside, upper=upper), body)
        elif len(lines) >= _PAGES:
            yield _floating(at, lines, upper=upper)


def _by_rows(at: int, inside: list[tuple[Line, int]], *, upper: bool) -> list[list[_MarginLine]]:
    """Return the lines of a margin by rows, from the body outwards."""
    inside.sort(key=lambda pair: _middle(pair[0]), reverse=upper)
    rows: list[list[_MarginLine]] = []
    for line, number in inside:
        if not rows or abs(_middle(rows[-1][0].line) - _middle(line)) > 0.5 * _height(line):
            rows.append([])
        left, right = _span(line)
        top = line.words[0].box.y0
        rows[-1].append(_MarginLine(at, number, len(rows) - 1, line, top, left, right))
    for row in rows:
        row.sort(key=lambda part: part.left)
    return rows


def _floating(at: int, lines: Sequence[tuple[Line, int]], *, upper: bool) -> _Edge:
    """Return the first or last line of a page as its margin."""
    ends = nsmallest if upper else nlargest
    (line, number), (before, _) = ends(2, lines, key=lambda pair: _middle(pair[0]))
    left, right = _span(line)
    top = -1.0 if upper else 2.0  # apart from what stands at one height of all pages
    return _Edge([[_MarginLine(at, number, 0, line, top, left, right, floats=True)]], [before])


def _running(pages: Sequence[Page], edges: Sequence[_Edge]) -> dict[tuple[int, int], _Likeness]:
    """Return the sign of every line that is a running head, by page and line."""
    seen: dict[_Likeness, list[_MarginLine]] = {}
    for edge in edges:
        for row in edge.rows:
            for part in row:
                for sign in _signs(part, pages[part.page]):
                    seen.setdefault(sign, []).append(part)
    clusters = [
        (sign, cluster)
        for sign, parts in seen.items()
        if len(parts) >= _PAGES
        for cluster in _clusters(parts)
        if _often(cluster, len(pages)) and not states_a_scale(sign.text)
    ]
    return _detached(clusters, edges, pages)


def _signs(part: _MarginLine, page: Page) -> Iterator[_Likeness]:
    """Yield all signs by which a line may be known: its words, or those around a page number."""
    text = part.line.text
    if len(part.line.words) > _LONGEST_HEAD:
        return
    upper, size = part.top < 0.5, round(part.line.size)  # noqa: PLR2004  # the upper half
    if not part.floats:
        yield _Likeness(upper, size, text, None)
    if not page.label.isdecimal() and page.label in text:
        yield _Likeness(upper, size, text.replace(page.label, "#", 1), 0)
    for at, found in enumerate(_NUMBER.finditer(text)):
        if at == _MOST_NUMBERS:
            break
        value = _value(found.group())
        if value is not None:
            around = f"{text[: found.start()]}#{text[found.end() :]}"
            yield _Likeness(upper, size, around, value - page.number)


def _value(text: str) -> int | None:
    """Return the number that digits or a Roman numeral stand for."""
    if text.isdecimal():
        return int(text) if len(text) <= _LONGEST_NUMBER else None
    digits = [_ROMAN[sign] for sign in text.lower() if sign in _ROMAN]
    if len(digits) != len(text) or len(text) > 2 * _LONGEST_NUMBER:
        return None
    return sum(-one if one < max(digits[at:]) else one for at, one in enumerate(digits))


def _clusters(parts: Sequence[_MarginLine]) -> Iterator[list[_MarginLine]]:
    """Yield the copies that stand at one height and are aligned with others."""
    by_height = sorted(parts, key=lambda part: part.top)
    begun = 0
    for at in range(1, len(by_height) + 1):
        if at < len(by_height) and by_height[at].top - by_height[at - 1].top <= _NEAR:
            continue
        group = by_height[begun:at]
        begun = at
        if len({part.page for part in group}) >= _PAGES:
            aligned = _aligned(group)
            if len({part.page for part in aligned}) >= _PAGES:
                yield aligned


def _aligned(parts: Sequence[_MarginLine]) -> list[_MarginLine]:
    """Return the lines whose left edge, right edge or middle another one shares.

    On left and right pages a head stands at the one edge and at the other.
    """
    edges = [sorted(values) for values in zip(*map(_places, parts), strict=True)]
    return [
        part
        for part in parts
        if any(_shared(value, among) for value, among in zip(_places(part), edges, strict=True))
    ]


def _places(part: _MarginLine) -> tuple[float, float, float, float]:
    """Return left edge, right edge, middle, and how far the line is from the nearer side."""
    return part.left, part.right, (part.left + part.right) / 2, min(part.left, 1 - part.right)


def _shared(value: float, among: Sequence[float]) -> bool:
    """Tell whether a sorted list has a value near one of its own besides it."""
    at = bisect_left(among, value - _BESIDE)
    return at + 1 < len(among) and among[at + 1] <= value + _BESIDE


def _often(parts: Sequence[_MarginLine], pages: int) -> bool:
    """Tell what stands on many pages, or on most of those from its first to its last."""
    on = {part.page for part in parts}
    return len(on) >= max(_PAGES, _SHARE * pages) or (len(on) >= _DENSITY * (max(on) - min(on) + 1))


def _detached(
    clusters: Sequence[tuple[_Likeness, list[_MarginLine]]],
    edges: Sequence[_Edge],
    pages: Sequence[Page],
) -> dict[tuple[int, int], _Likeness]:
    """Take back what hangs together with the text beside it, until nothing more does."""
    edge_of = {(part.page, part.at): edge for edge in edges for row in edge.rows for part in row}
    left = sorted(clusters, key=lambda one: (one[0].counted is not None, -len(one[1])))
    for _ in range(_ROUNDS):
        running = _by_line(left)
        numbered = {page for (page, _), sign in running.items() if _bare(sign)}
        kept = [
            (sign, parts)
            for sign, parts in left
            if not _hangs(parts, edge_of, running) and _counts_pages(sign, parts, edge_of, numbered)
        ]
        if len(kept) == len(left):
            break
        left = kept
    return _strong(_by_line(left), edges, len(pages))


def _by_line(
    clusters: Iterable[tuple[_Likeness, list[_MarginLine]]],
) -> dict[tuple[int, int], _Likeness]:
    """Return the sign of each line; the first one that it is known by counts."""
    found: dict[tuple[int, int], _Likeness] = {}
    for sign, parts in clusters:
        for part in parts:
            found.setdefault((part.page, part.at), sign)
    return found


def _hangs(
    parts: Sequence[_MarginLine],
    edges: dict[tuple[int, int], _Edge],
    running: dict[tuple[int, int], _Likeness],
) -> bool:
    """Tell lines that are rows of a text, list or table on most of their pages."""
    hanging = 0
    for part in parts:
        edge = edges[part.page, part.at]
        row, inward = edge.rows[part.row], _inward(edge, part.row, running)
        hanging += bool(inward) and _belongs([one.line for one in row], inward)
    return 2 * hanging > len(parts)


def _inward(edge: _Edge, row: int, running: dict[tuple[int, int], _Likeness]) -> list[Line]:
    """Return the next row towards the body that is no running head."""
    for at in range(row - 1, -1, -1):
        if not all((part.page, part.at) in running for part in edge.rows[at]):
            return [part.line for part in edge.rows[at]]
    return edge.inward


def _belongs(row: Sequence[Line], inward: Sequence[Line]) -> bool:
    """Tell a row that goes on in another, in its paragraph or in its columns."""
    gap = _gap(row[0], inward[0]) / (_height(row[0]) or 1.0)
    alike = row[0].size == inward[0].size and row[0].bold == inward[0].bold
    if gap < _ATTACHED and alike and (row[0].block == inward[0].block or inward[1:]):
        return True
    beside = sum(
        any(
            abs(a - b) < _BESIDE
            for other in inward
            for a, b in zip(_span(line), _span(other), strict=True)
        )
        for line in row
    )
    names = not row[1:] and bool(inward[1:])  # of the columns of a table
    return gap < _ROW_GAP and (beside > 1 or names)


def _counts_pages(
    sign: _Likeness,
    parts: Sequence[_MarginLine],
    edges: dict[tuple[int, int], _Edge],
    numbered: set[int],
) -> bool:
    """Tell a page number from the number of a thing, of which each page has one."""
    if sign.counted is None or _PAGE_NUMBER.search(sign.text) or not _worded(sign.text):
        return True
    words = sign.text.split()
    label = words[-1] == "#" and len(words) <= _LABELLED_WORDS
    if (label and not _wide(parts[0].line)) or 2 * len(
        numbered & {part.page for part in parts}
    ) > len(parts):
        return False
    free = 0
    for part in parts:
        inward = edges[part.page, part.at].inward
        line = part.line
        free += not inward or _gap(line, inward[0]) >= _ISOLATED * _height(line)
    return 2 * free > len(parts)


def _wide(line: Line) -> bool:
    """Tell a line whose number stands apart at its end."""
    *_, before, last = line.words
    return last.box.x0 - before.box.x1 > _WIDE * _height(line)


def _bare(sign: _Likeness) -> bool:
    """Tell a number that stands alone."""
    return sign.counted is not None and not any(map(str.isalnum, sign.text))


def _worded(text: str) -> bool:
    return any(map(str.isalpha, text))


def _strong(
    running: dict[tuple[int, int], _Likeness], edges: Sequence[_Edge], pages: int
) -> dict[tuple[int, int], _Likeness]:
    """Return the heads whose rows hold nothing else, or that are on most pages.

    The rest of such a row is a head as well: the chapter beside the title of a book.
    """
    on: dict[_Likeness, set[int]] = {}
    for (page, _), sign in running.items():
        on.setdefault(sign, set()).add(page)
    strong = {sign for sign, where in on.items() if len(where) >= max(_PAGES, _STRONG * pages)}
    found: dict[tuple[int, int], _Likeness] = {}
    for edge in edges:
        for row in edge.rows:
            signs = [running.get((part.page, part.at)) for part in row]
            if all(signs) or any(sign in strong for sign in signs if sign):
                for part, known in zip(row, signs, strict=True):
                    own = _Likeness(upper=False, size=0, text=part.line.text, counted=None)
                    found[part.page, part.at] = known or own
    return found


def _said(
    row: Sequence[_MarginLine], running: dict[tuple[int, int], _Likeness], pages: Sequence[Page]
) -> Iterator[tuple[_MarginLine, str]]:
    """Yield the furniture of a row with what it says besides a page number."""
    for part in row:
        sign = running.get((part.page, part.at))
        if sign:
            yield part, sign.text if sign.counted is None else _besides_the_number(sign.text)
        elif len(row) == 1 and _lone_number(part.line, pages[part.page]):
            yield part, ""


def _besides_the_number(text: str) -> str:
    """Return what a page number stands with; nothing for "Page # of 10"."""
    if not _worded(_PAGE_WORDS.sub("", text)):
        return ""
    return " ".join(text.replace("#", "").split())


def _lone_number(line: Line, page: Page) -> bool:
    """Tell a page number at the edge, also where it does not repeat."""
    box = line.words[0].box
    if len(line.words) > 1 or _MARGIN / 2 < box.y0 < 1 - _MARGIN:
        return False
    text = line.words[0].text.strip("-–— ")
    return text == page.label or text == str(page.number + 1)


def _middle(line: Line) -> float:
    box = line.words[0].box
    return (box.y0 + box.y1) / 2


def _height(line: Line) -> float:
    box = line.words[0].box
    return box.y1 - box.y0


def _gap(line: Line, other: Line) -> float:
    """Return the white space between two lines, one above the other."""
    a, b = line.words[0].box, other.words[0].box
    return max(a.y0, b.y0) - min(a.y1, b.y1)


def _span(line: Line) -> tuple[float, float]:
    return line.words[0].box.x0, line.words[-1].box.x1
