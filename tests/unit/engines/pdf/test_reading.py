"""What is read from PDFs, measured against the ink that MuPDF draws of them."""

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pymupdf  # noqa: TID253  (the witness of what a page looks like)
import pytest

from desktop_rag.domain.documents import Box, Heading, Layer, Line, Page
from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentEmpty,
    DocumentLocked,
    DocumentMissing,
    DocumentTooLarge,
    DocumentUnreadable,
    DocumentWithoutPages,
    PasswordWrong,
)
from desktop_rag.engines.pdf import reading
from tests import pdfs

ZOOM = 3  # pixels per point
DARK = 128
TEXT = "Lighthouse keepers quietly jumped"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.pdf"


def read(path: Path, skip: frozenset[int] = frozenset(), password: str = "") -> list[Page]:
    with reading.opened(path, password) as document:
        return list(reading.pages(document, skip))


def seen(page: Page) -> list[Line]:
    return [line for line in page.lines if line.layer is Layer.BODY]


def words_of(page: Page) -> list[str]:
    return [word.text for line in seen(page) for word in line.words]


def boxes_of(page: Page) -> list[Box]:
    return [word.box for line in seen(page) for word in line.words]


def ink(path: Path, number: int = 0) -> np.ndarray:
    """Which pixels of a page as displayed are dark."""
    with pymupdf.open(path) as document:
        matrix = pymupdf.Matrix(ZOOM, ZOOM)
        drawn = document[number].get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY)
        pixels = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.stride)
    return pixels[:, : drawn.width] < DARK


def inside(box: Box, dark: np.ndarray) -> np.ndarray:
    """The pixels of a box, with one more on each side for what anti-aliasing spills."""
    height, width = dark.shape
    rows = slice(max(0, int(box.y0 * height) - 1), int(box.y1 * height) + 2)
    columns = slice(max(0, int(box.x0 * width) - 1), int(box.x1 * width) + 2)
    return dark[rows, columns]


def assert_boxes_hold_the_ink(path: Path, page: Page) -> None:
    dark = ink(path)
    assert dark.any()
    rest = dark.copy()
    for box in boxes_of(page):
        assert 0 <= box.x0 < box.x1 <= 1
        assert 0 <= box.y0 < box.y1 <= 1
        assert inside(box, dark).mean() > 0.05, "a box beside its word"
        inside(box, rest)[:] = False
    assert not rest.any(), "ink outside of every box"


def turned(path: Path, degrees: int, crop: tuple[float, float, float, float]) -> Path:
    """Rotate and crop what is at `path`."""
    with pymupdf.open(path) as document:
        document[0].set_rotation(0)
        document[0].set_cropbox(pymupdf.Rect(crop))
        document[0].set_rotation(degrees)
        data = document.tobytes()
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_boxes_hold_the_ink_of_a_rotated_page(path, degrees: int) -> None:
    (page,) = read(pdfs.rotated(path, TEXT, degrees))
    assert words_of(page) == TEXT.split()
    upright = degrees % 180 == 0
    size = (pdfs.WIDTH, pdfs.HEIGHT) if upright else (pdfs.HEIGHT, pdfs.WIDTH)
    assert (page.width, page.height) == size
    assert_boxes_hold_the_ink(path, page)
    starts = [box.x0 for box in boxes_of(page)]
    assert starts == sorted(starts)  # it reads from left to right as displayed


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_boxes_hold_the_ink_of_a_cropped_page(path, degrees: int) -> None:
    pdfs.cropped(path, TEXT, outside="Unseen")
    turned(path, degrees, (100, 120, 480, 700))
    (page,) = read(path)
    assert words_of(page) == TEXT.split()
    assert {page.width, page.height} == {380, 580}
    assert_boxes_hold_the_ink(path, page)


def test_a_crop_that_does_not_begin_at_the_corner_moves_the_boxes(path) -> None:
    (page,) = read(pdfs.cropped(path, TEXT, outside="Unseen"))
    assert words_of(page) == TEXT.split()
    assert_boxes_hold_the_ink(path, page)


def test_columns_and_tables_keep_their_boxes(tmp_path) -> None:
    columns = pdfs.two_columns(tmp_path / "columns.pdf", "Left words. " * 20, "Right words. " * 20)
    (page,) = read(columns)
    assert_boxes_hold_the_ink(columns, page)
    rows = [["Petrel", "06:10"], ["Lady Maud", "07:30"]]
    (page,) = read(pdfs.table(tmp_path / "table.pdf", ["Ship", "Leaves"], rows))
    assert words_of(page) == ["Ship", "Leaves", "Petrel", "06:10", "Lady", "Maud", "07:30"]
    assert [line.bold for line in page.lines[:2]] == [True, True]
    assert not any(line.bold for line in page.lines[2:])
    assert {line.size for line in page.lines} == {9.0}


def test_labels_are_those_that_people_see(path) -> None:
    front, body = ["Preface", "Thanks", "Contents"], ["One", "Two"]
    pages = read(pdfs.with_labels(path, front, body))
    assert [page.number for page in pages] == [0, 1, 2, 3, 4]
    assert [page.label for page in pages] == ["i", "ii", "iii", "1", "2"]


def test_without_labels_pages_count_from_one(path) -> None:
    assert [page.label for page in read(pdfs.plain(path, ["a", "b", "c"]))] == ["1", "2", "3"]


def test_the_outline_is_what_the_file_states(path) -> None:
    with reading.opened(pdfs.book(path, 45)) as document:
        outline = reading.outline(document)
    assert outline.pages == 45
    assert outline.contents[:3] == (
        Heading(1, "Chapter 1. Harbour number 1", 0),
        Heading(2, "Section 1.1 Its lighthouse", 10),
        Heading(1, "Chapter 2. Harbour number 2", 20),
    )


def test_the_title_is_what_the_file_states(path) -> None:
    with pymupdf.open() as document:
        document.new_page()
        document.set_metadata({"title": "  Of Lighthouses "})
        document.save(path)
    with reading.opened(path) as document:
        assert reading.outline(document).title == "Of Lighthouses"


def test_ligatures_are_taken_apart(path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        writer = pymupdf.TextWriter(page.rect)
        writer.append((72, 72), "\ufb01shing", font=pymupdf.Font("helv"))
        writer.write_text(page)
        assert "\ufb01" in page.get_text(flags=pymupdf.TEXT_PRESERVE_LIGATURES)
        document.save(path)
    (read_page,) = read(path)
    assert words_of(read_page) == ["fishing"]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (pdfs.empty, DocumentEmpty),
        (pdfs.not_a_pdf, DocumentBroken),
        (pdfs.without_pages, DocumentWithoutPages),
        (lambda path: pdfs.locked(path, "secret"), DocumentLocked),
        (lambda path: path, DocumentMissing),
    ],
    ids=["empty", "not_a_pdf", "without_pages", "locked", "missing"],
)
def test_what_cannot_be_opened_says_why(path, make, error) -> None:
    make(path)
    with pytest.raises(error) as caught:
        read(path)
    assert caught.value.name == "sample.pdf"


def test_a_folder_cannot_be_opened(path) -> None:
    path.mkdir()
    with pytest.raises(DocumentUnreadable):
        read(path)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_a_file_that_is_closed_to_us_says_so(path) -> None:
    pdfs.plain(path, ["Secret"])
    path.chmod(0)
    if _readable(path):
        pytest.skip("the administrator may read everything")
    with pytest.raises(DocumentUnreadable):
        read(path)


def _readable(path: Path) -> bool:
    try:
        path.read_bytes()
    except PermissionError:
        return False
    return True


def test_a_truncated_file_is_read_as_far_as_it_goes_or_refused(path) -> None:
    pdfs.truncated(path)
    try:
        pages = read(path)
    except (DocumentBroken, DocumentWithoutPages):
        return
    assert len(pages) <= 3


def test_a_password_opens_and_a_wrong_one_does_not(path) -> None:
    pdfs.locked(path, "secret", TEXT)
    (page,) = read(path, password="secret")  # noqa: S106 - of a page made here
    assert words_of(page) == TEXT.split()
    for guess in ("guess", "SECRET", "\udc80", "x" * 1000):
        with pytest.raises(PasswordWrong):
            read(path, password=guess)


_METHODS = {
    name: getattr(pymupdf, f"PDF_ENCRYPT_{name}")
    for name in ("RC4_40", "RC4_128", "AES_128", "AES_256")
}


@pytest.mark.parametrize("method", _METHODS.values(), ids=_METHODS.keys())
@pytest.mark.parametrize("password", ["contraseña", "Ünïcödé", "€uro", "密码"])
def test_passwords_of_other_letters_open(path, method: int, password: str) -> None:
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), TEXT)
        document.save(path, encryption=method, owner_pw="owner", user_pw=password)
    tries = {unicodedata.normalize(form, password) for form in ("NFC", "NFD")}
    for one in tries:
        assert words_of(read(path, password=one)[0]) == TEXT.split()


@pytest.mark.parametrize("method", ["RC4_40", "RC4_128", "AES_128"])
def test_passwords_that_were_taken_for_bytes_open(path, method: str) -> None:
    """Many programs take the bytes of UTF-8 for a password of PDF's own encoding."""
    as_bytes = "niño".encode().decode("latin-1")
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), TEXT)
        document.save(path, encryption=_METHODS[method], owner_pw="owner", user_pw=as_bytes)
    assert words_of(read(path, password="niño")[0]) == TEXT.split()  # noqa: S106


def test_what_only_its_owner_may_change_opens(path) -> None:
    (page,) = read(pdfs.owner_locked(path, TEXT))
    assert words_of(page) == TEXT.split()


def test_skipped_pages_are_empty_and_keep_their_place(path) -> None:
    pages = read(pdfs.plain(path, ["a", "b", "c"]), skip=frozenset({1}))
    assert [(page.number, page.label) for page in pages] == [(0, "1"), (1, "2"), (2, "3")]
    assert [words_of(page) for page in pages] == [["a"], [], ["c"]]
    assert not pages[1].picture
    assert [page.damaged for page in pages] == [False, True, False]


def test_one_page_is_the_same_as_among_all(path) -> None:
    pdfs.with_labels(path, ["a", "b"], ["c"])
    with reading.opened(path) as document:
        assert [reading.page(document, n) for n in range(3)] == list(reading.pages(document))
    pdfs.hostile(path)
    with reading.opened(path) as document:
        assert [reading.page(document, n) for n in range(3)] == list(reading.pages(document))


def lying(path: Path, text: str, meaning: str) -> Path:
    """A page of text whose font says of its signs, from the space on, that they mean others."""
    lines = " ".join(f"({line}) Tj T*" for line in text.splitlines())
    drawing = f"BT /F 11 Tf 72 700 Td 14 TL {lines} ET"
    table = f"1 begincodespacerange <00> <ff> endcodespacerange {meaning}"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        f"<</Length {len(table)}>>stream\n{table}\nendstream",
    ]
    path.write_bytes(pdfs._raw(objects))
    return path


def test_a_font_that_says_nothing_of_its_signs_makes_a_page_unread(path) -> None:
    (page,) = read(lying(path, TEXT, "1 beginbfrange <20> <7e> <e020> endbfrange"))
    assert page.unread
    assert not page.lines  # nobody could search for that
    assert not page.picture


def test_what_can_be_read_between_signs_that_mean_nothing_is_kept(path) -> None:
    meaning = "2 beginbfrange <20> <60> <0020> <61> <7e> <e061> endbfrange"
    (page,) = read(lying(path, "THE LIGHTHOUSE KEEPER AND oarsmen\n" * 9, meaning))
    assert page.unread
    assert words_of(page)[:5] == ["THE", "LIGHTHOUSE", "KEEPER", "AND", "THE"]


def test_a_font_that_lies_about_its_signs_makes_a_page_unread(path) -> None:
    meaning = "1 beginbfrange <21> <7e> <0024> endbfrange"
    (page,) = read(lying(path, f"{TEXT}\n" * 9, meaning))
    assert page.unread
    assert words_of(page)[0] == "Oljkwkrxvh"  # kept until something better is recognized


def test_a_font_that_tells_the_truth_does_not(path) -> None:
    (page,) = read(lying(path, f"{TEXT}\n" * 9, "1 beginbfrange <20> <7e> <0020> endbfrange"))
    assert not page.unread
    assert words_of(page)[:4] == TEXT.split()


def test_a_page_that_is_text_but_for_a_picture_is_read(path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 50, 50), False)
        page.insert_image((100, 100, 200, 200), pixmap=picture)
        page.insert_text((72, 400), TEXT)
        document.save(path)
    (page,) = read(path)
    assert not page.unread


def test_a_picture_of_text_is_a_picture(path) -> None:
    (page,) = read(pdfs.scanned(path))
    assert page.picture
    assert not page.lines
    assert page.unread


def test_a_blank_page_is_no_picture(path) -> None:
    (page,) = read(pdfs.blank(path))
    assert not page.picture
    assert not page.unread
    assert not page.lines


def test_page_trees_that_hold_each_other_come_to_an_end(path) -> None:
    pages = read(pdfs.hostile(path))
    assert 1 <= len(pages) <= 3
    assert not any(page.lines for page in pages)


def deep(path: Path, levels: int) -> Path:
    """A page below so many page trees, one inside the other."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    for number in range(2, levels + 2):
        parent = f"/Parent {number - 1} 0 R" if number > 2 else ""
        objects.append(f"<</Type/Pages{parent}/Kids[{number + 1} 0 R]/Count 1>>")
    objects.append(f"<</Type/Page/Parent {levels + 1} 0 R/MediaBox[0 0 595 842]>>")
    path.write_bytes(pdfs._raw(objects))
    return path


def counting(path: Path, count: str) -> Path:
    """A page tree that claims so many pages and has one."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[3 0 R]/Count {count}>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    path.write_bytes(pdfs._raw(objects))
    return path


@pytest.mark.parametrize("levels", [10, 1_000, 20_000])
def test_deep_page_trees_come_to_an_end(path, levels: int) -> None:
    assert_ends(deep(path, levels))


@pytest.mark.parametrize("count", ["-1", "0", "2", "5000", "(many)"])
def test_page_trees_that_miscount_come_to_an_end(path, count: str) -> None:
    assert_ends(counting(path, count))


def assert_ends(path: Path) -> None:
    try:
        pages = read(path)
    except (DocumentBroken, DocumentWithoutPages):
        return
    assert [page.number for page in pages] == list(range(len(pages)))


@pytest.fixture(autouse=True)
def _quiet(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """MuPDF's own complaints would frighten the user."""
    yield
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_a_table_of_contents_is_read_up_to_a_limit_however_deep(tmp_path) -> None:
    path = tmp_path / "contents.pdf"
    with pymupdf.open() as made:
        made.new_page()
        deep = [[level, f"Deep {level}", 1] for level in range(1, 2_001)]
        made.set_toc([*deep, *([1, f"Flat {number}", 1] for number in range(6_000))])
        made.save(path)
    with reading.opened(path) as document:
        contents = reading.outline(document).contents
    assert len(contents) == 5_000
    assert [contents[at].level for at in (0, 1_999, 2_000)] == [1, 2_000, 1]
    assert contents[-1].title == "Flat 2999"


@pytest.mark.parametrize(
    "met",
    [
        RuntimeError("code=2: calloc (4104 x 1 bytes) failed"),
        pymupdf.mupdf.FzErrorSystem("malloc failed"),
    ],
)
def test_what_takes_all_memory_is_too_large_and_not_damaged(tmp_path, monkeypatch, met) -> None:
    def exhausted(*_given: object) -> None:
        raise met

    path = pdfs.plain(tmp_path / "spaces.pdf", ["The lamp burned whale oil."])
    monkeypatch.setattr(reading, "sheet", exhausted)
    with reading.opened(path) as document, pytest.raises(DocumentTooLarge):
        list(reading.pages(document))
