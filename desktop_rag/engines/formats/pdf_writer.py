"""Sets HTML on the pages of a PDF with MuPDF's stories."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

from desktop_rag.domain.documents import Heading
from desktop_rag.domain.limits import LIMITS, Cut, CutUnit
from desktop_rag.engines.formats import page_texts, source_text
from desktop_rag.engines.formats.html_blocks import A4, ROW, HtmlFragment, cleaned
from desktop_rag.engines.formats.page_texts import TextWriter
from desktop_rag.engines.formats.placement import DrawnText, PlacedLine, placed
from desktop_rag.engines.formats.source_text import Counts, Said, SourceLine
from desktop_rag.engines.pdf.mupdf import mupdf, pymupdf

DAMAGE = (pymupdf.mupdf.FzErrorBase,)  #: raised for damaged files, among others

_MARGIN = 54.0  # points
_LARGEST = 14_000.0  # points, just less than the most that a PDF page can have
_LEAST_ROOM = 30.0  # points; nothing is begun in less
_SPARE = 12.0  # points that MuPDF wants below what just fits
_ROWS = 60  # more than a page can hold
_LEAST_CHARACTERS = 40  # of HTML on a page on which anything stands
_SPARE_PAGES = 20
_EVERYWHERE = (-1e6, -1e6, 1e6, 1e6)  # what does not fit on a page is known as well
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
.note, .hidden, .furniture { color: #777777; font-size: 9px; }
a { color: #000000; text-decoration: none; }
"""


class _Spot(NamedTuple):
    """Where a row of a table, or a heading, ends on its page, in points from its top."""

    bottom: float
    row: bool
    level: int
    id: str


class _SetText:
    """A story, what it says, and its words that were drawn so far."""

    def __init__(self, said: Said, archive: Any = None) -> None:
        self.story = _story(said.html, archive)
        self.lines: list[SourceLine] = said.lines
        self.counts = said.counts
        self.titles = said.titles
        self.drawn = DrawnText()
        self.page = 0

    def drawn_on(self, page: int) -> Any:
        """Return what is placed as it is drawn, and take note of its words on their page.

        The story goes on with what comes after it, so that this can be asked for once.
        """
        drawing = mupdf.FzDisplayList(mupdf.FzRect(*_EVERYWHERE))
        device = mupdf.fz_new_list_device(drawing)
        self.story.draw(pymupdf.DeviceWrapper(device))
        mupdf.fz_close_device(device)
        self.page = page
        words = _words(drawing)
        self.drawn.add(page, [word[4] for word in words], [word[:4] for word in words])
        return drawing

    def leave_rows(self, left: int) -> None:
        """Leave the last rows to another story, as there was no room for them."""
        rows = self.counts.rows - left
        self.counts = self.counts._replace(rows=rows)
        self.lines = [line for line in self.lines if line.role.row < rows]


class _Sheet:
    """The page being filled, and what stands on the pages before it."""

    def __init__(self, writer: Any, contents: list[Heading], texts: TextWriter) -> None:
        self._writer = writer
        self._contents = contents
        self._texts = texts
        self._placed: list[Any] = []
        self._need = (0.0, 0.0)
        self._sizes: list[tuple[float, float]] = []
        self._lines: dict[int, list[PlacedLine]] = defaultdict(list)
        self._written = 0
        self.size = A4
        self.counts = Counts()
        self._top = _MARGIN

    @property
    def pages(self) -> int:
        """How many pages are finished."""
        return len(self._sizes)

    def begin(self, size: tuple[float, float]) -> None:
        """Go on with a fresh page of this size."""
        self.turn()
        self.size = size

    @property
    def begun(self) -> bool:
        """Whether something stands on the page."""
        return bool(self._placed)

    def fitting(self, text: _SetText) -> int:
        """Return how many rows of a table there is room for."""
        text.story.place(self._room())
        return sum(spot.row for spot in _spots(text.story))

    def place(self, text: _SetText) -> bool:
        """Place what there is room for; return whether more is left.

        What is larger than a page gets a page that is as large as it is.
        """
        room, story = self._room(), text.story
        more, filled = story.place(room)
        spots = _spots(story)
        lowest = max((spot.bottom for spot in spots), default=0.0)
        if lowest > room.y1 + 1 or filled[2] > room.x1 + 1:
            if self._placed:
                self.turn()
                return self.place(text)
            room.x1 = max(room.x1, min(filled[2], _LARGEST) + _SPARE)
            room.y1 = max(room.y1, min(lowest, _LARGEST) + _SPARE)
            more, filled = story.place(room)
            spots = _spots(story)
        self._keep(text, spots, room)
        self._top = filled[3]
        if self._top > self.size[1] - _MARGIN - _LEAST_ROOM:
            self.turn()
        return bool(more)

    def place_whole(self, text: _SetText) -> None:
        """Place all of a story on a page of its own, however large that becomes."""
        room, story = self._room(), text.story
        room.y1 = _LARGEST
        _, filled = story.place(room)
        if filled[2] > room.x1 + 1:
            room.x1 = min(filled[2], _LARGEST) + _SPARE
            _, filled = story.place(room)
        room.y1 = min(max(self.size[1] - _MARGIN, filled[3]), _LARGEST)
        self._keep(text, _spots(story), room)
        self.turn()

    def finish(self, text: _SetText) -> None:
        """Say what stands on the pages that a story was placed on, now that it is whole."""
        for line in placed(text.lines, text.drawn, text.page):
            self._lines[line.page].append(line)
        self.counts = text.counts
        self._write()

    def turn(self) -> None:
        """Finish the page if something stands on it."""
        if not self._placed:
            return
        device = self._writer.begin_page(pymupdf.Rect(0, 0, *self._need))
        for drawing in self._placed:
            _run(drawing, device.this)
        self._writer.end_page()
        self._sizes.append(self._need)
        self._placed, self._need = [], (0.0, 0.0)
        self._top = _MARGIN

    def close(self) -> None:
        """Finish the last page, of which there has to be one."""
        if not self.pages and not self._placed:
            self.place(_SetText(source_text.said("<p> </p>", self.counts)))
        self.turn()
        self._write()

    def _room(self) -> Any:
        width, height = self.size
        return pymupdf.Rect(_MARGIN, self._top, width - _MARGIN, height - _MARGIN)

    def _keep(self, text: _SetText, spots: Iterable[_Spot], room: Any) -> None:
        """Draw a story together with the page."""
        self._placed.append(text.drawn_on(self.pages))
        self._need = max(self._need[0], room.x1 + _MARGIN), max(self._need[1], room.y1 + _MARGIN)
        self._contents += [
            Heading(spot.level, text.titles[spot.id], self.pages)
            for spot in spots
            if text.titles.get(spot.id)
        ]

    def _write(self) -> None:
        """Write what the finished pages say; no story goes on from one of them."""
        while self._written < self.pages:
            lines = self._lines.pop(self._written, [])
            self._texts.page(self._sizes[self._written], lines)
            self._written += 1


class _Extent:
    """How far a document may go: to its limits, where it is `cut`."""

    def __init__(self, sheet: _Sheet) -> None:
        self.cut: Cut | None = None
        self._sheet = sheet
        self._letters = 0
        self._ends = time.monotonic() + LIMITS.seconds

    def within(self, flows: Iterable[HtmlFragment]) -> Iterator[HtmlFragment]:
        """Yield what still fits."""
        for flow in flows:
            if self._full():
                self.cut = Cut(CutUnit.PAGES, max(1, self._sheet.pages))
                return
            self.cut = self.cut or flow.cut
            self._letters += len(flow.html) + sum(map(len, flow.rows))
            yield flow

    def _full(self) -> bool:
        """Whether the document is as long as one may be, or took as long."""
        long = self._sheet.pages >= LIMITS.pages or self._letters >= LIMITS.letters
        return long or time.monotonic() >= self._ends


def converted(title: str, flows: Iterable[HtmlFragment], target: Path) -> Iterator[tuple[int, int]]:
    """Write `flows` to a PDF at `target` as readers do: of how many pages is not known."""
    for pages in written(flows, target, title):
        yield pages, 0


def written(flows: Iterable[HtmlFragment], target: Path, title: str) -> Iterator[int]:
    """Write `flows` to a PDF at `target`, yielding now and then how many pages there are.

    What they say goes beside it; see `page_texts`.

    Raises `OSError`, what is in `DAMAGE`, and `ValueError` of HTML that can never be placed.
    """
    contents: list[Heading] = []
    with (
        page_texts.writing(page_texts.beside(target)) as texts,
        press(target, title, contents) as writer,
    ):
        sheet = _Sheet(writer, contents, texts)
        extent = _Extent(sheet)
        for flow in extent.within(flows):
            yield from _set(sheet, flow)
            yield sheet.pages
        sheet.close()
        texts.end(extent.cut)
        yield sheet.pages


@contextlib.contextmanager
def press(
    target: Path,
    title: str,
    contents: Iterable[Heading],
    finish: Callable[[Any], None] = lambda _document: None,
) -> Iterator[Any]:
    """Give a writer of pages, of which then a PDF is made that has its title and `contents`.

    Its fonts keep only the characters that it has. What else it is to have, `finish` puts in.
    Raises `OSError`.
    """
    raw = target.with_name(f"{target.stem}-raw.part")
    try:
        with _Faithful(raw) as file:
            writer = pymupdf.DocumentWriter(file, "compress")
            yield writer
            writer.close()
        with pymupdf.open(str(raw), filetype="pdf") as document, _Faithful(target) as file:
            document.set_metadata({"title": cleaned(title), "producer": "Desktop RAG"})
            document.set_toc(list(_nested(contents)))
            finish(document)
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
    if flow.html:
        text = _SetText(source_text.said(flow.html, sheet.counts), archive)
        if flow.whole:
            sheet.place_whole(text)
        else:
            yield from _set_text(sheet, text, len(flow.html))
        sheet.finish(text)
    yield from _set_rows(sheet, flow)


def _set_text(sheet: _Sheet, text: _SetText, characters: int) -> Iterator[int]:
    most = sheet.pages + characters // _LEAST_CHARACTERS + _SPARE_PAGES
    while sheet.place(text):
        sheet.turn()
        yield sheet.pages
        if sheet.pages > most:
            raise ValueError("what is set fills no page")


def _set_rows(sheet: _Sheet, flow: HtmlFragment) -> Iterator[int]:
    """Set a table that has its head on every page, and says it once."""
    at = 0
    heads = flow.head.count("<tr")
    while at < len(flow.rows):
        rows = flow.rows[at : at + _ROWS]
        text = _table(sheet, flow.head, rows, at)
        standing = sheet.fitting(text) - heads
        if standing < 1 and sheet.begun:
            sheet.turn()
            continue
        if standing < 1:  # the row is higher than a page
            rows = rows[:1]
            text = _table(sheet, flow.head, rows, at)
            sheet.place_whole(text)
            standing = 1
        elif sheet.place(text):
            sheet.turn()
        else:
            standing = len(rows)
        text.leave_rows(len(rows) - standing)
        sheet.finish(text)
        at += standing
        yield sheet.pages


def _table(sheet: _Sheet, head: str, rows: Sequence[str], at: int) -> _SetText:
    return _SetText(source_text.rows_said(rows, head, sheet.counts, first=not at))


def _spots(story: Any) -> list[_Spot]:
    """Return the rows and headings that were placed."""
    found: list[_Spot] = []

    def note(place: Any) -> None:
        if place.open_close & 1 and (place.heading or place.id == ROW):
            level = place.heading
            found.append(_Spot(place.rect[3], not level, level, place.id or ""))

    story.element_positions(note)
    return found


def _story(html: str, archive: Any = None) -> Any:
    return pymupdf.Story(f"<body>{html}</body>", user_css=_CSS, archive=archive)


def _words(drawing: Any) -> list[tuple[Any, ...]]:
    """Return the words of what was drawn: MuPDF still knows the letters that it drew.

    Read back from a PDF, letters beyond the first 65,536 and most of what is shaped were lost.
    """
    page = mupdf.FzStextPage(mupdf.FzRect(*_EVERYWHERE))
    options = mupdf.FzStextOptions()
    options.flags = pymupdf.TEXT_PRESERVE_LIGATURES
    device = mupdf.fz_new_stext_device(page, options)
    _run(drawing, device)
    mupdf.fz_close_device(device)
    found: list[tuple[Any, ...]] = pymupdf.TextPage(page).extractWORDS()
    return found


def _run(drawing: Any, device: Any) -> None:
    everywhere = mupdf.FzRect(*_EVERYWHERE)
    mupdf.fz_run_display_list(drawing, device, mupdf.FzMatrix(), everywhere, mupdf.FzCookie())
