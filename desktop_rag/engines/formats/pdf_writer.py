"""Sets HTML on the pages of a PDF with MuPDF's stories."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Self

from desktop_rag.domain.documents import Heading
from desktop_rag.engines.formats.html_blocks import A4, ROW, HtmlFragment
from desktop_rag.engines.pdf.mupdf import pymupdf

DAMAGE = (pymupdf.mupdf.FzErrorBase,)  #: raised for damaged files, among others

_MARGIN = 54.0  # points
_LARGEST = 14_000.0  # points, just less than the most that a PDF page can have
_LEAST_ROOM = 30.0  # points; nothing is begun in less
_SPARE = 12.0  # points that MuPDF wants below what just fits
_ROWS = 60  # more than a page can hold
_LEAST_CHARACTERS = 40  # of HTML on a page on which anything stands
_SPARE_PAGES = 20
_CSS = """
body { margin: 0px; font-family: sans-serif; font-size: 11px; line-height: 1.3; }
h1 { font-size: 20px; } h2 { font-size: 16px; } h3 { font-size: 13px; }
h4, h5, h6 { font-size: 11px; }
p, ul, ol, pre, blockquote, table { margin-top: 0px; margin-bottom: 7px; }
pre { white-space: pre-wrap; font-family: monospace; font-size: 9px; }
.plain { font-family: sans-serif; font-size: 11px; }
table { border-collapse: collapse; font-size: 10px; }
.sheet { font-size: 8px; line-height: 1.15; }
td, th { border: 1px solid #999999; padding: 2px 4px; vertical-align: top; text-align: left; }
td p, th p { margin-bottom: 0px; }
th { background-color: #eeeeee; font-weight: bold; }
.slide { font-size: 16px; } .slide h1 { font-size: 26px; } .slide table { font-size: 14px; }
.aside { color: #444444; font-size: 10px; }
.title { font-size: 24px; font-weight: bold; }
a { color: #000000; text-decoration: none; }
"""


class _Spot(NamedTuple):
    """Where a row of a table, or a heading, ends on its page, in points from its top."""

    bottom: float
    row: bool
    level: int
    title: str


class _Sheet:
    """The page being filled, and what stands on the pages before it."""

    def __init__(self, writer: Any, contents: list[Heading]) -> None:
        self._writer = writer
        self._contents = contents
        self._placed: list[Any] = []
        self._need = (0.0, 0.0)
        self.size = A4
        self._top = _MARGIN
        self.pages = 0

    def begin(self, size: tuple[float, float]) -> None:
        """Go on with a fresh page of this size."""
        self.turn()
        self.size = size

    @property
    def begun(self) -> bool:
        """Whether something stands on the page."""
        return bool(self._placed)

    def fitting(self, story: Any) -> int:
        """Return how many rows of a table there is room for."""
        story.place(self._room())
        return sum(spot.row for spot in _spots(story))

    def place(self, story: Any) -> bool:
        """Place what there is room for; return whether more is left.

        What is larger than a page gets a page that is as large as it is.
        """
        room = self._room()
        more, filled = story.place(room)
        spots = _spots(story)
        lowest = max((spot.bottom for spot in spots), default=0.0)
        if lowest > room.y1 + 1 or filled[2] > room.x1 + 1:
            if self._placed:
                self.turn()
                return self.place(story)
            room.x1 = max(room.x1, min(filled[2], _LARGEST) + _SPARE)
            room.y1 = max(room.y1, min(lowest, _LARGEST) + _SPARE)
            more, filled = story.place(room)
            spots = _spots(story)
        self._keep(story, spots, room)
        self._top = filled[3]
        if self._top > self.size[1] - _MARGIN - _LEAST_ROOM:
            self.turn()
        return bool(more)

    def place_whole(self, story: Any) -> None:
        """Place all of a story on a page of its own, however large that becomes."""
        room = self._room()
        room.y1 = _LARGEST
        _, filled = story.place(room)
        if filled[2] > room.x1 + 1:
            room.x1 = min(filled[2], _LARGEST) + _SPARE
            _, filled = story.place(room)
        room.y1 = min(max(self.size[1] - _MARGIN, filled[3]), _LARGEST)
        self._keep(story, _spots(story), room)
        self.turn()

    def turn(self) -> None:
        """Finish the page if something stands on it."""
        if not self._placed:
            return
        device = self._writer.begin_page(pymupdf.Rect(0, 0, *self._need))
        for story in self._placed:
            story.draw(device)
        self._writer.end_page()
        self._placed, self._need = [], (0.0, 0.0)
        self._top = _MARGIN
        self.pages += 1

    def close(self) -> None:
        """Finish the last page, of which there has to be one."""
        if not self.pages and not self._placed:
            self.place(_story("<p> </p>"))
        self.turn()

    def _room(self) -> Any:
        width, height = self.size
        return pymupdf.Rect(_MARGIN, self._top, width - _MARGIN, height - _MARGIN)

    def _keep(self, story: Any, spots: Iterable[_Spot], room: Any) -> None:
        """Draw a story together with the page."""
        self._placed.append(story)
        self._need = max(self._need[0], room.x1 + _MARGIN), max(self._need[1], room.y1 + _MARGIN)
        self._contents += [
            Heading(spot.level, spot.title, self.pages) for spot in spots if spot.title
        ]


def converted(title: str, flows: Iterable[HtmlFragment], target: Path) -> Iterator[tuple[int, int]]:
    """Write `flows` to a PDF at `target` as readers do: of how many pages is not known."""
    for pages in written(flows, target, title):
        yield pages, 0


def written(flows: Iterable[HtmlFragment], target: Path, title: str) -> Iterator[int]:
    """Write `flows` to a PDF at `target`, yielding now and then how many pages there are.

    Raises `OSError`, what is in `DAMAGE`, and `ValueError` of HTML that can never be placed.
    """
    contents: list[Heading] = []
    with press(target, title, contents) as writer:
        sheet = _Sheet(writer, contents)
        for flow in flows:
            yield from _set(sheet, flow)
            yield sheet.pages
        sheet.close()
        yield sheet.pages


@contextlib.contextmanager
def press(target: Path, title: str, contents: Iterable[Heading]) -> Iterator[Any]:
    """Give a writer of pages, of which then a PDF is made that has its title and `contents`.

    Its fonts keep only the characters that it has. Raises `OSError`.
    """
    raw = target.with_name(f"{target.stem}-raw.part")
    try:
        with _Faithful(raw) as file:
            writer = pymupdf.DocumentWriter(file, "compress")
            yield writer
            writer.close()
        with pymupdf.open(str(raw), filetype="pdf") as document, _Faithful(target) as file:
            document.set_metadata({"title": title, "producer": "Desktop RAG"})
            document.set_toc(list(_nested(contents)))
            document.subset_fonts()
            document.save(file, garbage=3, deflate=True, use_objstms=1)
    finally:
        raw.unlink(missing_ok=True)


class _Faithful:
    """A file that remembers what went wrong with it: MuPDF goes on as if all were written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._error: OSError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        with contextlib.closing(self._file):
            if kind is None:
                self.flush()
            if self._error:
                raise self._error

    def write(self, data: bytes) -> int:
        if not self._error:
            try:
                self._file.write(data)
            except OSError as error:
                self._error = error
        return len(data)

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError as error:
            self._error = self._error or error

    def seek(self, *place: int) -> int:
        return self._file.seek(*place)

    def tell(self) -> int:
        return self._file.tell()

    def truncate(self) -> None:
        self._file.truncate()


def _nested(contents: Iterable[Heading]) -> Iterator[list[Any]]:
    """Yield entries of which none is more than one level below the one before it."""
    before = 0
    for entry in contents:
        before = min(entry.level, before + 1)
        yield [before, entry.title, entry.page + 1]


def _set(sheet: _Sheet, flow: HtmlFragment) -> Iterator[int]:
    if flow.fresh or flow.size not in {None, sheet.size}:
        sheet.begin(flow.size or sheet.size)
    archive = pymupdf.Archive()
    for name, data in flow.pictures.items():
        archive.add((data, name))
    if flow.whole:
        sheet.place_whole(_story(flow.html, archive))
    elif flow.html:
        yield from _set_text(sheet, flow.html, archive)
    yield from _set_rows(sheet, flow)


def _set_text(sheet: _Sheet, html: str, archive: Any) -> Iterator[int]:
    story = _story(html, archive)
    most = sheet.pages + len(html) // _LEAST_CHARACTERS + _SPARE_PAGES
    while sheet.place(story):
        sheet.turn()
        yield sheet.pages
        if sheet.pages > most:
            raise ValueError("what is set fills no page")


def _set_rows(sheet: _Sheet, flow: HtmlFragment) -> Iterator[int]:
    """Set a table that has its head on every page."""
    at = 0
    while at < len(flow.rows):
        story = _table(flow, at, _ROWS)
        standing = sheet.fitting(story) - 1  # without the head
        if standing < 1 and sheet.begun:
            sheet.turn()
        elif standing < 1:  # the row is higher than a page
            sheet.place_whole(_table(flow, at, 1))
            at += 1
        elif sheet.place(story):
            sheet.turn()
            at += standing
        else:
            at += _ROWS
        yield sheet.pages


def _table(flow: HtmlFragment, at: int, count: int) -> Any:
    rows = "".join(flow.rows[at : at + count])
    return _story(f'<table class="sheet">{flow.head}{rows}</table>')


def _spots(story: Any) -> list[_Spot]:
    """Return the rows and headings that were placed."""
    found: list[_Spot] = []

    def note(place: Any) -> None:
        if place.open_close & 1 and (place.heading or place.id == ROW):
            title = " ".join((place.text or "").replace("\u00ad", "").split())
            level = place.heading
            found.append(_Spot(place.rect[3], not level, level, title if level else ""))

    story.element_positions(note)
    return found


def _story(html: str, archive: Any = None) -> Any:
    return pymupdf.Story(f"<body>{html}</body>", user_css=_CSS, archive=archive)
