"""Papers as PDFs: blocks set one after the other, and their notes at the foot of the page.

    pieces ─► what fits above the notes that it has ─► next page ─► links put in

MuPDF's stories know no footnotes. So a piece is set again with less room while its notes do not
fit below it, and notes that are longer than a page leaves room for go on at the foot of the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, Heading
from desktop_rag.domain.papers import Paper, PaperRun
from desktop_rag.engines.formats import pdf_writer
from desktop_rag.engines.formats.html_blocks import A4, cleaned
from desktop_rag.engines.papers.portable_html import CSS, PaperPiece, PieceMaker, entry_of
from desktop_rag.engines.papers.portable_links import Places
from desktop_rag.engines.papers.word import PROGRAM
from desktop_rag.engines.pdf.mupdf import pymupdf

_WIDTH, _HEIGHT = A4
_MARGIN = 54.0  # points
_HIGHEST = 14_000.0  # points, just less than the most that a PDF page can have
_ABOVE_NOTES = 12.0  # points, with the line between text and notes
_RULE = "_" * 30
_BELOW_HEADING = 70.0  # points that there have to be, or it goes to the next page
_MOST_NOTES = 0.5  # of a page; more go on at the foot of the next
_TRIES = 6  # times that a piece is set, until its notes fit below it
_FOLIO = 30.0  # points from the bottom
_LEAST_CHARACTERS = 20  # of HTML on a page on which anything stands
_SPARE_PAGES = 20
_LEAST_ROOM = 30.0  # points; nothing is begun in less
_LEAST_NOTE = 12.0


def written(paper: Paper, target: Path) -> Iterator[tuple[int, int]]:
    """Write a paper to a file, yielding how many of its blocks are set.

    Raises `OSError`, and `ValueError` of what can never be placed.
    """
    contents: list[Heading] = []
    places = Places()

    def finish(document: Any) -> None:
        places.put_in(document)
        title = cleaned(paper.title)
        about = {"title": title, "author": PROGRAM, "creator": PROGRAM, "producer": PROGRAM}
        document.set_metadata(about)
        if paper.language != UNKNOWN_LANGUAGE:
            document.set_language(paper.language)
        shown = "<</DisplayDocTitle true>>"
        document.xref_set_key(document.pdf_catalog(), "ViewerPreferences", shown)

    with pdf_writer.press(target, paper.title, contents, finish) as writer:
        maker = PieceMaker(paper)
        sheet = _PaperPage(writer, maker, places, contents)
        sheet.set(maker.heading(1, (PaperRun(paper.title),)))
        for done, block in enumerate(paper.blocks):
            yield done, len(paper.blocks)
            for piece in maker.pieces(block):
                sheet.set(piece)
        if paper.sources:
            sheet.set(maker.heading(2, (PaperRun(paper.sources_title),)))
        for source in paper.sources:
            sheet.set(entry_of(source))
        sheet.close()


class _SetPart(NamedTuple):
    """What was placed of a story: to its `bottom`, with the marks of these `notes`."""

    more: bool
    bottom: float
    notes: tuple[int, ...]


class _PaperPage:
    """The page that is being filled."""

    def __init__(
        self, writer: Any, maker: PieceMaker, places: Places, contents: list[Heading]
    ) -> None:
        self._writer = writer
        self._foot = _Foot(maker)
        self._places = places
        self._contents = contents
        self._pages = 0
        self._device: Any = None
        self._height = _HEIGHT
        self._top = _MARGIN

    def set(self, piece: PaperPiece) -> None:
        """Set a piece, on this page as far as there is room and then on the next."""
        room = self._height - _MARGIN - self._foot.height() - self._top
        if (piece.level or piece.leads) and room < _BELOW_HEADING:
            self._turn()
        story = _story(piece.html)
        last = self._pages + len(piece.html) // _LEAST_CHARACTERS + _SPARE_PAGES
        turned = 0
        while self._place(story, piece):
            if self._pages > last:
                raise ValueError("what is set fills no page")
            self._turn()
            turned += 1
            if piece.head and turned == 1:  # what has no room below it has none on any page
                self._place(_story(piece.head), PaperPiece(piece.head))
        if piece.level:
            self._contents.append(Heading(piece.level, piece.title, self._pages))

    def close(self) -> None:
        """Finish the last page, and those that only notes go on to."""
        self._turn()
        while self._foot.height():
            self._begin()
            self._turn()

    def _place(self, story: Any, piece: PaperPiece) -> bool:
        """Set what there is room for above its notes; return whether more is left."""
        fitted = self._fitted(story, piece)
        if fitted is None:
            if self._device is not None:
                return True
            fitted = self._enlarged(story, piece)
        self._begin()
        self._places.note(story, self._pages)
        story.draw(self._device)
        self._top = fitted.bottom
        self._foot.add(fitted.notes)
        return fitted.more

    def _fitted(self, story: Any, piece: PaperPiece) -> _SetPart | None:
        """Place a story where its notes fit below it; None where nothing of it does.

        In less room than a line needs, MuPDF places what it then never draws.
        """
        most = self._height - _MARGIN
        bottom = most - self._foot.height()
        for _ in range(_TRIES):
            if bottom < self._top + _LEAST_ROOM:
                return None
            fitted = self._tried(story, piece, bottom)
            if fitted.more and piece.whole:
                return None
            needed = most - self._foot.height(fitted.notes)
            if fitted.bottom <= needed + 1:
                return fitted
            bottom = min(needed, bottom - 1)
        return None

    def _enlarged(self, story: Any, piece: PaperPiece) -> _SetPart:
        """Place what is higher than a page on one that is as high as it is."""
        fitted = self._tried(story, piece, _HIGHEST)
        height = fitted.bottom + self._foot.height(fitted.notes) + _MARGIN
        self._height = max(_HEIGHT, height)
        return fitted

    def _tried(self, story: Any, piece: PaperPiece, bottom: float) -> _SetPart:
        room = pymupdf.Rect(_MARGIN, self._top, _WIDTH - _MARGIN, bottom)
        more, filled = story.place(room)
        return _SetPart(bool(more), filled[3], _marked(story, piece.notes))

    def _begin(self) -> None:
        if self._device is None:
            self._device = self._writer.begin_page(pymupdf.Rect(0, 0, _WIDTH, self._height))

    def _turn(self) -> None:
        """Set the notes of the page, and finish it."""
        if self._device is None:
            return
        bottom = self._height - _MARGIN
        top = max(self._top, bottom - self._foot.height())
        for story in self._foot.placed(top, bottom):
            self._places.note(story, self._pages)
            story.draw(self._device)
        folio = _story(f'<p class="folio">{self._pages + 1}</p>')
        low = self._height - _FOLIO
        folio.place(pymupdf.Rect(_MARGIN, low, _WIDTH - _MARGIN, self._height))
        folio.draw(self._device)
        self._writer.end_page()
        self._device = None
        self._pages += 1
        self._top, self._height = _MARGIN, _HEIGHT


class _Foot:
    """The notes that stand at the foot of a page, and those that have no room there."""

    def __init__(self, maker: PieceMaker) -> None:
        self._note = maker.note
        self._waiting: list[Any] = []
        self._numbers: list[int] = []
        self._heights: dict[int, float] = {}

    def add(self, numbers: tuple[int, ...]) -> None:
        """Let these notes stand on the page as well."""
        self._numbers += numbers

    def height(self, new: tuple[int, ...] = ()) -> float:
        """Return how high they are, with the line above them and with some new ones."""
        numbers = (*self._numbers, *new)
        own = sum(self._height(number) for number in numbers)
        total = own + sum(_height(story) for story in self._waiting)
        return min(total + _ABOVE_NOTES, _HEIGHT * _MOST_NOTES) if total else 0.0

    def placed(self, top: float, bottom: float) -> Iterator[Any]:
        """Yield what is drawn between `top` and `bottom`; what does not fit waits."""
        waiting = self._waiting + [_story(self._note(number)) for number in self._numbers]
        self._waiting, self._numbers = [], []
        if not waiting:
            return
        line = _story(f'<p class="note">{_RULE}</p>')
        line.place(pymupdf.Rect(_MARGIN, top, _WIDTH - _MARGIN, bottom))
        yield line
        top += _ABOVE_NOTES
        while waiting and top + _LEAST_NOTE <= bottom + 1:
            more, filled = waiting[0].place(
                pymupdf.Rect(_MARGIN, top, _WIDTH - _MARGIN, bottom + 1)
            )
            yield waiting[0]
            top = filled[3]
            if more:
                break
            waiting.pop(0)
        self._waiting = waiting

    def _height(self, number: int) -> float:
        if number not in self._heights:
            self._heights[number] = _height(_story(self._note(number)))
        return self._heights[number]


def _story(html: str) -> Any:
    return pymupdf.Story(f"<body>{html}</body>", user_css=CSS)


def _height(story: Any) -> float:
    _, filled = story.place(pymupdf.Rect(_MARGIN, 0, _WIDTH - _MARGIN, _HIGHEST))
    return float(filled[3])


def _marked(story: Any, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Return those of the notes whose marks were placed last."""
    names: set[str] = set()
    story.element_positions(lambda place: names.add(place.id or ""))
    return tuple(number for number in numbers if f"m{number}" in names)
