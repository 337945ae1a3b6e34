"""What the HTML of a fragment says, line by line, and the HTML that is set to show it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lxml import html as lxml_html

from desktop_rag.domain.documents import Layer, Role, RoleKind
from desktop_rag.engines.formats.html_blocks import GOES_ON, LAYERS
from desktop_rag.engines.formats.numerals import counted

_BLOCKS = {
    "p", "div", "pre", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "hr", "table", "caption",
    "section", "article", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SIZES = {1: 20.0, 2: 16.0, 3: 13.0}  # points, of headings
_SIZE = 11.0
_DEEPEST = 240
_BULLETS = ("•", "○", "■")  # as MuPDF draws them
_FORMS = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
_UNBROKEN = re.compile("[^\\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffee\u200b]{30,}")
_TOGETHER = 15  # characters of a long word that are not parted
_BREAK = "\u200b"
_JOINERS = "\u200c\u200d\u2060\ufe0e\ufe0f\u0e33\u0eb3"  # nothing is parted before one
_JOINING = "\u200d\u1039\u17d2\u2060"  # nor after one of these
_UNTOLD = dict.fromkeys(  # where words may be parted, which way they run, marks of byte order
    [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
) | {  # letters that were one piece of type
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_SKIN_TONES = range(0x1F3FB, 0x1F400)


class SourceLine(NamedTuple):
    """Words of a source up to where it breaks a line, or begins something else.

    `block` numbers paragraphs and tables through the document. A line that is not `told` stands
    in the picture alone: the names of columns, again.
    """

    block: int
    role: Role
    layer: Layer
    size: float
    bold: bool
    words: tuple[str, ...]
    told: bool = True


class Said(NamedTuple):
    """A fragment as it is set, and what it says; `titles` are those of its headings, by id."""

    html: str
    lines: list[SourceLine]
    titles: dict[str, str]
    counts: Counts


class Counts(NamedTuple):
    """How many blocks of a document there were, and where its last table stopped."""

    blocks: int = 0
    table: int = -1  # the number of its block
    rows: int = 0


class _MarkupPlace(NamedTuple):
    """Where in its document an element stands."""

    role: Role = Role(RoleKind.PARAGRAPH)
    layer: Layer = Layer.BODY
    size: float = _SIZE
    bold: bool = False
    told: bool = True
    lists: int = 0
    cell: bool = False
    lines: bool = False  # line feeds end lines


def said(markup: str, counts: Counts) -> Said:
    """Return what HTML says that readers made; white space is only between words.

    It is numbered from `counts` on, and says where these got to. Long words may be broken where
    it is set, and headings have the ids of their titles.
    """
    root = _parsed(markup)
    walk = _MarkupWalk(counts)
    place = _MarkupPlace()
    walk.hold(root.text, place)
    for child in root:
        walk.element(child, place, 0)
        walk.hold(child.tail, place)
    walk.end_block(place)
    return Said(_inner(root), walk.lines, walk.titles, walk.counts)


def rows_said(rows: Iterable[str], head: str, counts: Counts, *, first: bool) -> Said:
    """Return what rows of a table say; it goes on with the last one unless they are the `first`.

    The `head` above them is told once.
    """
    body = "".join(rows)
    if first:
        return said(f'<table class="sheet">{head}{body}</table>', counts)
    again = head.replace("<tr", f'<tr class="{GOES_ON}"')
    return said(f'<table class="sheet {GOES_ON}">{again}{body}</table>', counts)


def _parsed(markup: str) -> Any:
    parser = lxml_html.HTMLParser(huge_tree=True, no_network=True)
    return lxml_html.document_fromstring(f"<body>{markup}</body>", parser).find("body")


def _inner(root: Any) -> str:
    """Return the HTML below the root, in which what is too long for a line can be broken."""
    for element in root.iter():
        if element.text:
            element.text = breakable(element.text)
        if element.tail:
            element.tail = breakable(element.tail)
    whole: str = lxml_html.tostring(root, encoding="unicode", with_tail=False)
    return whole.removeprefix("<body>").removesuffix("</body>")


def breakable(characters: str) -> str:
    """Return text in which long words may be broken, without a hyphen, every 15 letters.

    Ideographs and the like may be anyhow; what makes one sign with the letter before stays
    with it.

    >>> breakable("x" * 40).split(_BREAK) == ["x" * 15, "x" * 15, "x" * 10]
    True
    """
    if len(characters) <= 2 * _TOGETHER:
        return characters
    return _UNBROKEN.sub(lambda run: _BREAK.join(_parts(run[0])), characters)


def _parts(run: str) -> Iterator[str]:
    start = 0
    for at in range(1, len(run)):
        if at - start >= _TOGETHER and _may_part(run[at - 1], run[at]):
            yield run[start:at]
            start = at
    yield run[start:]


def _may_part(before: str, after: str) -> bool:
    fixed = after in _JOINERS or before in _JOINING or ord(after) in _SKIN_TONES
    return not fixed and not unicodedata.category(after).startswith("M")


def words_of(characters: str) -> tuple[str, ...]:
    """Return the words of a source, composed (NFC), without ligatures and what is only layout.

    >>> words_of("a\u00adble ﬁsh")
    ('able', 'fish')
    """
    if characters.isascii():
        return tuple(characters.split())
    return tuple(unicodedata.normalize("NFC", characters.translate(_UNTOLD)).split())


class _MarkupWalk:
    """Goes through HTML and gathers its lines."""

    def __init__(self, counts: Counts) -> None:
        self.lines: list[SourceLine] = []
        self.titles: dict[str, str] = {}
        self._blocks, self._table_block, self._rows = counts
        self._begun = False
        self._held: list[str] = []
        self._label = ""

    @property
    def counts(self) -> Counts:
        """How far it got."""
        return Counts(self._blocks, self._table_block, self._rows)

    def element(self, element: Any, place: _MarkupPlace, depth: int) -> None:
        """Take in an element and all that is below it."""
        tag = element.tag
        if not isinstance(tag, str) or depth > _DEEPEST:
            return
        if tag == "br":
            self.end_line(place)
        elif tag == "table" and not place.cell:
            self._table(element, _within(element, place), depth)
        elif tag in _BLOCKS or tag in {"tr", "td", "th"}:
            self._block(element, _within(element, place), place, depth)
        else:
            self._content(element, place, depth)

    def hold(self, characters: str | None, place: _MarkupPlace) -> None:
        """Take in text, whose line feeds end lines in some places."""
        if not characters:
            return
        if not place.lines:
            self._held.append(characters)
            return
        first, *others = characters.split("\n")
        self._held.append(first)
        for other in others:
            self.end_line(place)
            self._held.append(other)

    def end_line(self, place: _MarkupPlace) -> None:
        """Keep what was held, if it is anything."""
        words = words_of("".join(self._held)) if self._held else ()
        self._held.clear()
        if not words:
            return
        if self._label:
            words, self._label = (self._label, *words), ""
        if not place.cell and not self._begun:
            self._blocks += 1
            self._begun = True
        block = self._table_block if place.cell else self._blocks - 1
        self.lines.append(
            SourceLine(block, place.role, place.layer, place.size, place.bold, words, place.told)
        )

    def end_block(self, place: _MarkupPlace) -> None:
        """Keep what was held, and begin a paragraph with what comes."""
        self.end_line(place)
        self._begun = False

    def _content(self, element: Any, place: _MarkupPlace, depth: int) -> None:
        self.hold(element.text, place)
        for child in element:
            self.element(child, place, depth + 1)
            self.hold(child.tail, place)

    def _block(self, element: Any, place: _MarkupPlace, around: _MarkupPlace, depth: int) -> None:
        self.end_block(around)
        if element.tag in {"ul", "ol"}:
            self._list(element, place, depth)
        elif element.tag in _HEADINGS:
            self._heading(element, place, depth)
        else:
            self._content(element, place, depth)
        self.end_block(place)

    def _heading(self, element: Any, place: _MarkupPlace, depth: int) -> None:
        start = len(self.lines)
        self._content(element, place, depth)
        self.end_line(place)
        title = " ".join(word for line in self.lines[start:] for word in line.words)
        name = f"h{len(self.titles)}"
        element.set("id", name)
        self.titles[name] = title

    def _list(self, element: Any, place: _MarkupPlace, depth: int) -> None:
        inner = place._replace(lists=place.lists + 1)
        count = _whole(element.get("start"), 1)
        form = next((form for form in _FORMS if form in (element.get("style") or "")), "")
        bullet = _BULLETS[min(place.lists, len(_BULLETS) - 1)]
        for child in element:
            if child.tag == "li":
                self._label = f"{counted(_FORMS.get(form, '1'), count)}."
                self._label = self._label if element.tag == "ol" else bullet
                count += 1
            self.element(child, inner, depth + 1)
            self._label = ""
            self.hold(child.tail, inner)

    def _table(self, table: Any, place: _MarkupPlace, depth: int) -> None:
        self.end_block(place)
        if GOES_ON not in _classes(table) or self._table_block < 0:
            self._blocks, self._table_block, self._rows = self._blocks + 1, self._blocks, 0
        taken: Counter[int] = Counter()  # rows, by column, that cells of rows above reach into
        for row in table.iter("tr", "caption"):
            if next(row.iterancestors("table"), None) is not table:
                continue
            if row.tag == "caption":
                self._block(row, place, place, depth)
            else:
                self._row(row, place, taken, depth)
        self._begun = False

    def _row(self, row: Any, place: _MarkupPlace, taken: Counter[int], depth: int) -> None:
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        head = bool(cells) and all(cell.tag == "th" for cell in cells)
        told = place.told and GOES_ON not in _classes(row)
        column = 0
        reaching: list[tuple[int, int]] = []
        for cell in cells:
            while taken[column]:
                column += 1
            across = max(1, min(_whole(cell.get("colspan"), 1), 1_000))
            role = Role(RoleKind.CELL, 0, self._rows, column, across, head)
            inner = place._replace(role=role, bold=cell.tag == "th", told=told, cell=True, lists=0)
            self._block(cell, _within(cell, inner), inner, depth + 3)
            down = max(1, min(_whole(cell.get("rowspan"), 1), 10_000))
            reaching += [(at, down) for at in range(column, column + across)]
            column += across
        for at in [at for at, left in taken.items() if left > 0]:
            taken[at] -= 1
        for at, down in reaching:
            taken[at] = down - 1
        self._rows += told


def _within(element: Any, place: _MarkupPlace) -> _MarkupPlace:
    """Return the place of what is in a block."""
    classes = _classes(element)
    layer = next((LAYERS[name] for name in classes if name in LAYERS), place.layer)
    found = place._replace(layer=layer, lines=place.lines or element.tag == "pre")
    level = 1 if "title" in classes else _HEADINGS.get(element.tag, 0)
    if level and not place.cell:
        size = _SIZES.get(level, _SIZE)
        return found._replace(role=Role(RoleKind.HEADING, level), size=size, bold=True)
    return found


def _classes(element: Any) -> list[str]:
    return str(element.get("class") or "").split()


def _whole(digits: str | None, otherwise: int) -> int:
    return int(digits) if digits and re.fullmatch(r"-?\d{1,6}", digits) else otherwise
