"""The drawing process, real, with PDFs of every trouble."""

import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pymupdf  # noqa: TID253  (tests that draw PDFs need it anyway)
import pytest

from desktop_rag.domain.documents import Box, DocumentId, Line, Page, Word
from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentEmpty,
    DocumentLocked,
    DocumentMissing,
    DocumentUnreadable,
    DocumentWithoutPages,
    PasswordWrong,
)
from desktop_rag.domain.pages import Compared, Drawn, FoundOnPage, Opened
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.pdf import reading
from desktop_rag.library.disk import converted_pdfs, page_store
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.drawing import Compare, Draw, FindText, Open, Words
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.processes import drawing
from desktop_rag.workers.processes.drawing import folded, occurrences
from tests import pdfs
from tests.operations import calls_of

ID = DocumentId("ab" * 32)
OTHER = DocumentId("cd" * 32)
TEXT = "Lighthouse keepers quietly jumped"
CALLS_FOR_A_SIZE = 100  # of functions; they are 68


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def calls(data) -> Iterator[Calls]:
    with Calls("drawing", functools.partial(drawing.main, data)) as calls:
        calls.start()
        yield calls


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.pdf"


def opened(calls: Calls, path: Path, password: str = "") -> Opened:
    return calls.value(Open(ID, path, password))


def drawn(calls: Calls, page: int = 0, width: int = 600) -> Drawn:
    return calls.value(Draw(ID, page, width))


def keep_pages(data: Path, document: DocumentId, path: Path) -> None:
    """Keep the pages of a file as indexing does."""
    folder = Paths(data).pages_folder
    folder.mkdir(exist_ok=True)
    with reading.opened(path) as opened_:
        list(page_store.save(folder, document, reading.outline(opened_), reading.pages(opened_)))


def gray(picture: Drawn) -> np.ndarray:
    rows = np.frombuffer(picture.pixels, np.uint8).reshape(picture.height, picture.stride)
    return rows[:, : picture.width * 3].reshape(picture.height, picture.width, 3).mean(axis=2)


def inside(box: Box, pixels: np.ndarray) -> np.ndarray:
    height, width = pixels.shape
    rows = slice(max(0, int(box.y0 * height) - 1), int(box.y1 * height) + 2)
    return pixels[rows, max(0, int(box.x0 * width) - 1) : int(box.x1 * width) + 2]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_rotated_page_is_drawn_as_displayed_and_its_words_hold_the_ink(
    calls, path, degrees
) -> None:
    document = opened(calls, pdfs.rotated(path, TEXT, degrees))
    upright = degrees % 180 == 0
    size = (pdfs.WIDTH, pdfs.HEIGHT) if upright else (pdfs.HEIGHT, pdfs.WIDTH)
    assert document.sizes == (size,)
    picture = drawn(calls, width=700)
    assert picture.possible
    assert (picture.width, picture.height) == (700, round(700 * size[1] / size[0]))
    words = calls.value(Words(ID, 0)).words
    assert [text for text, _ in words] == TEXT.split()
    dark = gray(picture) < 128
    rest = dark.copy()
    for _, box in words:
        assert inside(box, dark).mean() > 0.02
        inside(box, rest)[:] = False
    assert dark.any()
    assert not rest.any()


def test_a_cropped_page_is_drawn_as_displayed(calls, path) -> None:
    document = opened(calls, pdfs.cropped(path, TEXT, outside="Unseen"))
    assert document.sizes == ((pdfs.WIDTH - 200, pdfs.HEIGHT - 200),)
    dark = gray(drawn(calls)) < 128
    words = calls.value(Words(ID, 0)).words
    assert [text for text, _ in words] == TEXT.split()
    for _, box in words:
        inside(box, dark)[:] = False
    assert not dark.any()


def test_labels_and_contents_are_told(calls, path) -> None:
    assert opened(calls, pdfs.with_labels(path, ["a", "b"], ["c"])).labels == ("i", "ii", "1")
    book = opened(calls, pdfs.book(path, 25))
    assert book.labels[:3] == ("1", "2", "3")
    assert [(entry.level, entry.page) for entry in book.contents] == [(1, 0), (2, 10), (1, 20)]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (pdfs.empty, DocumentEmpty),
        (pdfs.not_a_pdf, DocumentBroken),
        (pdfs.without_pages, DocumentWithoutPages),
        (lambda path: pdfs.locked(path, "x"), DocumentLocked),
        (lambda path: path, DocumentMissing),
        (lambda path: None, DocumentMissing),
    ],
)
def test_what_cannot_be_opened_is_refused(calls, path, make, error) -> None:
    with pytest.raises(error):
        opened(calls, make(path))
    assert opened(calls, pdfs.blank(path)).labels == ("1",)


def test_a_password_opens_and_a_wrong_one_does_not(calls, path) -> None:
    pdfs.locked(path, "x", TEXT)
    with pytest.raises(PasswordWrong):
        opened(calls, path, "y")
    assert opened(calls, path, "x").labels == ("1",)
    assert drawn(calls).possible
    words = calls.value(Words(ID, 0)).words
    assert [text for text, _ in words] == TEXT.split()


def test_what_was_made_of_a_document_of_another_kind_is_drawn(calls, data, path, tmp_path) -> None:
    made = converted_pdfs.place(Paths(data).converted_folder, OTHER)
    made.parent.mkdir(parents=True)
    pdfs.plain(made, ["One", "Two"])
    path.write_text("One\n\nTwo", "utf-8")
    for original in (path, tmp_path / "gone.txt", None):
        assert len(calls.value(Open(OTHER, original)).sizes) == 2
        words = calls.value(Words(OTHER, 1)).words
        assert [text for text, _ in words] == ["Two"]
    made.unlink()
    with pytest.raises(DocumentMissing):
        calls.value(Open(OTHER, None))


def test_words_are_those_that_were_recognized_also_while_a_document_is_open(
    calls, data, path
) -> None:
    pdfs.scanned(path)
    keep_pages(data, ID, path)
    opened(calls, path)
    assert calls.value(Words(ID, 0)).words == ()
    box = Box(0.25, 0.25, 0.5, 0.5)
    seen = Line(0, 9.0, False, (Word("seen", box),))
    page = Page(0, "1", 595.0, 842.0, (seen,), True, False, 1.0)
    page_store.keep(Paths(data).pages_folder, ID, page)
    (word,) = calls.value(Words(ID, 0)).words
    assert word == ("seen", pytest.approx(box, abs=1e-4))
    (found,) = calls.steps(FindText(ID, "seen"))
    assert found.page == 0
    page_store.remove(Paths(data).pages_folder, [ID])


def test_what_was_never_opened_is_missing(calls) -> None:
    with pytest.raises(DocumentMissing):
        calls.value(Draw(DocumentId("ff" * 32), 0, 100))


def test_pages_that_cannot_be_drawn_have_no_pixels(calls, path) -> None:
    document = opened(calls, pdfs.hostile(path))
    assert len(document.sizes) == len(document.labels)
    assert drawn(calls, 0).possible
    for page in (-10, len(document.sizes), 10**9):
        assert not drawn(calls, page).possible
        assert calls.value(Words(ID, page)).words == ()


@pytest.mark.parametrize("size", [(14_400, 14_400), (1, 14_400), (14_400, 1), (0.01, 0.01)])
@pytest.mark.parametrize("width", [1, 0, -5, 10**9])
def test_no_page_has_more_pixels_than_is_bearable(calls, path, size, width) -> None:
    raw = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]>>",
    ]
    path.write_bytes(pdfs._raw(raw))
    document = opened(calls, path)
    assert all(1 <= edge <= 20_000 for edge in document.sizes[0])
    picture = drawn(calls, width=width)
    assert picture.width * picture.height <= 40_500_000
    assert len(picture.pixels) == picture.stride * picture.height


def test_documents_that_had_to_make_room_open_again(calls, tmp_path) -> None:
    ids = [DocumentId(f"{number:064}") for number in range(5)]
    for id_ in ids:
        pdfs.plain(tmp_path / f"{id_}.pdf", [f"word{int(id_)}"])
        calls.value(Open(id_, tmp_path / f"{id_}.pdf"))
    for id_ in ids:
        ((text, _),) = calls.value(Words(id_, 0)).words
        assert text == f"word{int(id_)}"
        assert calls.value(Draw(id_, 0, 50)).possible


@pytest.mark.parametrize("keep", [False, True], ids=["from the file", "from what was kept"])
def test_text_is_found_whatever_its_case_and_accents(calls, data, path, keep) -> None:
    pages = ["Nothing here.", "La Acción común.", "la accion\nCOMUN, y otra acción común"]
    pdfs.plain(path, pages)
    if keep:
        keep_pages(data, ID, path)
    opened(calls, path)
    found = list(calls.steps(FindText(ID, "ACCIÓN  comun")))
    assert [(each.page, len(each.matches), len(each.boxes)) for each in found] == [
        (1, 1, 2),
        (2, 2, 4),
    ]
    assert all(isinstance(each, FoundOnPage) and each.text == "ACCIÓN  comun" for each in found)
    assert list(calls.steps(FindText(ID, " "))) == []
    assert list(calls.steps(FindText(ID, "nowhere"))) == []
    words = calls.value(Words(ID, 1)).words
    assert [text for text, _ in words] == ["La", "Acción", "común."]
    page_store.remove(Paths(data).pages_folder, [ID])


def test_words_of_a_file_that_is_gone_come_from_what_was_kept(data, path) -> None:
    keep_pages(data, OTHER, pdfs.plain(path, ["Kept words"]))
    handle = drawing.DrawingProcess(Paths(data)).handle
    (words,) = handle(Words(OTHER, 0), Never())
    assert [text for text, _ in words.words] == ["Kept", "words"]


class Never:
    def check(self) -> None:
        """Nobody cancels."""


class After(Never):
    """Cancels at the check of this number."""

    def __init__(self, checks: int) -> None:
        self.left = checks

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_finding_can_be_cancelled_between_pages(data, path) -> None:
    handle = drawing.DrawingProcess(Paths(data)).handle
    list(handle(Open(ID, pdfs.plain(path, ["word"] * 5)), Never()))
    steps = iter(handle(FindText(ID, "word"), After(3)))
    assert [next(steps).page, next(steps).page] == [0, 1]
    with pytest.raises(Cancelled):
        next(steps)


def test_a_search_ends_with_more_matches_than_anybody_reads(data, path) -> None:
    handle = drawing.DrawingProcess(Paths(data)).handle
    list(handle(Open(ID, pdfs.plain(path, ["word word word"] * 9)), Never()))
    found = list(handle(FindText(ID, "w", most=7), Never()))
    assert [len(each.matches) for each in found] == [3, 3, 1]
    assert list(handle(FindText(ID, "w", most=0), Never())) == []


@pytest.mark.parametrize("keep", [False, True], ids=["from the file", "from what was kept"])
def test_finding_part_by_part_finds_what_finding_at_once_does(data, path, keep) -> None:
    handle = drawing.DrawingProcess(Paths(data)).handle
    list(handle(Open(ID, pdfs.book(path, 45)), Never()))
    if keep:
        keep_pages(data, ID, path)
    whole = list(handle(FindText(ID, "lighthouse"), Never()))
    assert len(whole) == 2
    parts = [
        list(handle(FindText(ID, "lighthouse", first, 8), Never())) for first in range(0, 64, 8)
    ]
    assert [found for part in parts for found in part] == whole
    assert [found.page for found in parts[1]] == [10]
    page_store.remove(Paths(data).pages_folder, [ID])


def test_a_file_is_compared_with_what_it_was(calls, path) -> None:
    pdfs.plain(path, ["as it was"])
    document = DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())
    assert calls.value(Compare(document, path)) == Compared(document, changed=False)
    pdfs.plain(path, ["as it is now"])
    assert calls.value(Compare(document, path)) == Compared(document, changed=True)
    path.unlink()
    with pytest.raises(DocumentUnreadable):
        calls.value(Compare(document, path))


def test_a_damaged_end_is_no_reason_to_find_nothing(data, path) -> None:
    handle = drawing.DrawingProcess(Paths(data)).handle
    (opened_,) = handle(Open(ID, pdfs.hostile(path)), Never())
    for first in range(len(opened_.sizes) + 2):
        assert list(handle(FindText(ID, "anything", first, 1), Never())) == []


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("deuda", "la Deuda, bajó", [(1,)]),
        ("deud", "deuda deudas", [(0,), (1,)]),
        ("la deuda", "la deuda la", [(0, 1)]),
        ("a d", "la deuda", [(0, 1)]),
        ("careful", "a care- ful record", [(1, 2)]),
        ("well-known", "wellknown", [(0,)]),
        ("aa", "aaaa", [(0,), (0,)]),
        ("b", "a - b", [(2,)]),
        ("x", "", []),
    ],
)
def test_matches_are_the_words_they_touch(wanted, text, expected) -> None:
    words = [Word(word, Box(at, 0, at, 0)) for at, word in enumerate(text.split())]
    found = [tuple(int(box.x0) for box in boxes) for boxes in occurrences(folded(wanted), words)]
    assert found == expected


@pytest.fixture
def looked_into(monkeypatch) -> list[int]:
    """The pages whose content has been gone through, once for each time."""
    seen: list[int] = []
    for name in ("get_textpage", "get_displaylist"):
        through = getattr(pymupdf.Page, name)

        def noted(page, *given, _through=through, **more):
            seen.append(page.number)
            return _through(page, *given, **more)

        monkeypatch.setattr(pymupdf.Page, name, noted)
    return seen


def test_the_first_page_of_a_long_book_is_there_at_once(data, tmp_path, looked_into) -> None:
    """Of the others only the size is looked up; see RESULTS.md for the time."""
    handle = drawing.DrawingProcess(Paths(data)).handle

    def shown(pages: int) -> None:
        (opened_,) = handle(Open(ID, books[pages]), Never())
        assert len(opened_.sizes) == pages
        assert looked_into == []
        (picture,) = handle(Draw(ID, 0, 900), Never())
        assert picture.possible
        assert looked_into == [0]
        looked_into.clear()

    books = {pages: pdfs.book(tmp_path / f"{pages}.pdf", pages) for pages in (64, 640)}
    shown(64)  # what only the first one ever needs
    short, long = (calls_of(lambda pages=pages: shown(pages)) for pages in books)
    assert (long - short) / (640 - 64) < CALLS_FOR_A_SIZE


def test_the_witness_draws_the_same(calls, path) -> None:
    opened(calls, pdfs.rotated(path, TEXT, 90))
    with pymupdf.open(path) as document:
        expected = document[0].get_pixmap(matrix=pymupdf.Matrix(2, 2), alpha=False)
    picture = drawn(calls, width=2 * pdfs.HEIGHT)
    assert picture.pixels == bytes(expected.samples)
