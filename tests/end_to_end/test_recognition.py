"""What is recognized in pictures, measured against what was drawn into them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pymupdf  # noqa: TID253  (draws the pictures, and is the witness of what they look like)
import pytest

from desktop_rag.domain.documents import Box, Page
from desktop_rag.engines.pdf import ocr, reading
from tests import pdfs
from tests.tesseract import DATA, needs_tesseract

pytestmark = [needs_tesseract, pytest.mark.slow]

TEXT = "The lighthouse keeper wrote down every vessel that passed before the winter."
SPANISH = "¿Quién habría pensado que el niño, según la leyenda, volvería después de tantos años?"
HEIGHT = 240  # of a page: little is quickly recognized
SCALE = 2


@pytest.fixture(scope="module")
def recognizer() -> ocr.Recognizer:
    return ocr.Recognizer(ocr.Data(DATA, ("spa", "eng")))


@pytest.fixture(scope="module")
def english() -> ocr.Recognizer:
    """One language is looked for in half of the time, where pages are looked at from all sides."""
    return ocr.Recognizer(ocr.Data(DATA, ("eng",)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.pdf"


def picture(text: str, dpi: int = 200, turn: int = 0) -> pymupdf.Pixmap:
    with pymupdf.open() as document:
        page = document.new_page(width=pdfs.WIDTH, height=HEIGHT)
        assert page.insert_textbox((60, 60, 530, 230), text, fontname="tiro", fontsize=12) >= 0
        matrix = pymupdf.Matrix(dpi / 72, dpi / 72).prerotate(turn)
        return page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY)


def scanned(path: Path, text: str, turn: int = 0, dpi: int = 200) -> Path:
    """A page that is a picture of text, which lies on its side if turned."""
    drawn = picture(text, dpi, turn)
    with pymupdf.open() as document:
        page = document.new_page(width=drawn.width * 72 / dpi, height=drawn.height * 72 / dpi)
        page.insert_image(page.rect, pixmap=drawn)
        document.save(path)
    return path


def recognized(path: Path, recognizer: ocr.Recognizer, number: int = 0) -> Page:
    with reading.opened(path) as document:
        return recognizer.recognized(document, reading.page(document, number))


def text_of(page: Page) -> str:
    return " ".join(reading.words_of(page.lines))


def assert_boxes_hold_the_ink(path: Path, page: Page) -> None:
    with pymupdf.open(path) as document:
        drawn = document[0].get_pixmap(matrix=pymupdf.Matrix(SCALE, SCALE), colorspace="gray")
        pixels = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.stride)
    dark = pixels[:, : drawn.width] < 128
    rest = dark.copy()
    boxes = [word.box for line in page.lines for word in line.words]
    assert boxes
    for box in boxes:
        assert 0 <= box.x0 < box.x1 <= 1
        assert 0 <= box.y0 < box.y1 <= 1
        assert inside(box, dark).mean() > 0.05, "a box beside its word"
        inside(box, rest)[:] = False
    assert rest.sum() < 0.01 * dark.sum(), "ink outside of every box"


def inside(box: Box, dark: np.ndarray) -> np.ndarray:
    height, width = dark.shape
    rows = slice(max(0, int(box.y0 * height) - 2), int(box.y1 * height) + 3)
    return dark[rows, max(0, int(box.x0 * width) - 2) : int(box.x1 * width) + 3]


@pytest.mark.parametrize("text", [TEXT, SPANISH], ids=["english", "spanish"])
def test_a_clear_picture_is_read_to_the_letter(path, recognizer, text: str) -> None:
    page = recognized(scanned(path, text), recognizer)
    assert text_of(page) == text
    assert page.recognized
    assert not page.unread
    assert page.quality == 1
    assert_boxes_hold_the_ink(path, page)


def test_type_has_about_its_size(path, recognizer) -> None:
    page = recognized(scanned(path, TEXT), recognizer)
    assert all(9 < line.size < 16 for line in page.lines)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_turned_for_display_is_read_as_displayed(
    path, recognizer, degrees: int
) -> None:
    scanned(path, TEXT, turn=-degrees)
    with pymupdf.open(path) as document:
        document[0].set_rotation(degrees)
        data = document.tobytes()
    path.write_bytes(data)
    page = recognized(path, recognizer)
    assert text_of(page) == TEXT
    assert_boxes_hold_the_ink(path, page)


def test_a_cropped_page_is_read_as_displayed(path, recognizer) -> None:
    scanned(path, f"{TEXT}\n\n\n\n\n\n{SPANISH}")
    with pymupdf.open(path) as document:
        document[0].set_cropbox(pymupdf.Rect(40, 30, 560, 130))
        data = document.tobytes()
    path.write_bytes(data)
    page = recognized(path, recognizer)
    assert text_of(page) == TEXT
    assert_boxes_hold_the_ink(path, page)


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(90, marks=pytest.mark.exhaustive),
        180,  # for which all others are tried before
        pytest.param(270, marks=pytest.mark.exhaustive),
    ],
)
def test_a_page_that_was_scanned_on_its_side_is_read_all_the_same(path, english, turn: int) -> None:
    page = recognized(scanned(path, TEXT, turn), english)
    assert text_of(page) == TEXT
    assert_boxes_hold_the_ink(path, page)


def test_the_worse_the_picture_the_fewer_words_are_known(path, english) -> None:
    clear, poor, hopeless = (
        recognized(scanned(path, TEXT, dpi=dpi), english).quality for dpi in (150, 40, 25)
    )
    assert None not in {clear, poor, hopeless}
    assert clear > 0.95
    assert clear > poor > hopeless
    assert hopeless < 0.5


def test_noise_has_no_quality(path, recognizer) -> None:
    noise = np.random.default_rng(2).integers(0, 256, (100, 250, 3), dtype=np.uint8)
    with pymupdf.open() as document:
        page = document.new_page(width=150, height=60)
        drawn = pymupdf.Pixmap(pymupdf.csRGB, 250, 100, noise.tobytes(), False)
        page.insert_image(page.rect, pixmap=drawn)
        document.save(path)
    assert (recognized(path, recognizer).quality or 0) < 0.3


def test_a_picture_without_text_has_none(path, recognizer) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.draw_rect((100, 100, 300, 300), fill=(0, 0, 0))
        document.save(path)
    page = recognized(path, recognizer)
    assert not page.lines
    assert not page.unread
    assert not page.damaged


def test_a_stamp_on_a_picture_keeps_its_own_words_and_the_others_are_added(
    path, recognizer
) -> None:
    scanned(path, TEXT)
    with pymupdf.open(path) as document:
        document[0].insert_text((60, 200), "Received 4 May", fontname="helv", fontsize=10)
        data = document.tobytes()
    path.write_bytes(data)
    with reading.opened(path) as document:
        stamped = reading.page(document, 0)
    assert stamped.unread
    assert text_of(stamped) == "Received 4 May"
    assert text_of(recognized(path, recognizer)) == f"Received 4 May {TEXT}"


def test_text_that_only_looks_like_garbage_is_kept(path, english) -> None:
    codes = "PLNTR BRGMS KLDNT MXRTV FGHBL NWSCR DPTHK SLVMT CRNBS GLPFT " * 3
    pdfs.plain(path, [codes])
    with reading.opened(path) as document:
        before = reading.page(document, 0)
    assert before.unread
    page = recognized(path, english)
    assert page.lines == before.lines
    assert not page.unread
    assert not page.recognized


def test_data_that_tesseract_cannot_use_is_told(path, tmp_path) -> None:
    (tmp_path / "eng.traineddata").write_bytes(b"junk" * 1000)
    broken = ocr.Recognizer(ocr.Data(tmp_path, ("eng",)))
    with pytest.raises(ocr.DataUnusable):
        recognized(scanned(path, TEXT), broken)


@pytest.fixture(autouse=True)
def _quiet(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Tesseract's own complaints would frighten the user."""
    yield
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")
