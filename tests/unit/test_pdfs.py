"""The PDFs that other tests rely on are what they claim to be."""

from pathlib import Path

import pymupdf  # noqa: TID253  (the witness that made them, too)
import pytest

from tests import pdfs


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.pdf"


def text_of(path: Path) -> str:
    with pymupdf.open(path) as document:
        return "\n".join(page.get_text() for page in document)


def test_plain_has_a_page_for_each_text(path: Path) -> None:
    with pymupdf.open(pdfs.plain(path, ["¿Cuántos años?", "Two"])) as document:
        assert [page.get_text().strip() for page in document] == ["¿Cuántos años?", "Two"]


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_rotated_reads_upright_when_displayed(path: Path, degrees: int) -> None:
    with pymupdf.open(pdfs.rotated(path, "North is up", degrees)) as document:
        page = document[0]
        words = page.get_text("words")
        assert page.rotation == degrees
        assert [word[4] for word in words] == ["North", "is", "up"]
        shown = [pymupdf.Rect(word[:4]) * page.rotation_matrix for word in words]
        assert shown[0].x0 == pytest.approx(pdfs.MARGIN, abs=1)
        assert [box.x0 for box in shown] == sorted(box.x0 for box in shown)
        assert all(box.y0 == pytest.approx(shown[0].y0, abs=1) for box in shown)


def test_cropped_shows_less_than_it_holds(path: Path) -> None:
    with pymupdf.open(pdfs.cropped(path, "Inside", outside="Beyond")) as document:
        page = document[0]
        assert page.rect.width == page.mediabox.width - 200
        assert page.search_for("Inside")[0] in page.rect
        assert b"42" in page.read_contents()  # the outside text is there all the same


def test_two_columns_stand_side_by_side(path: Path) -> None:
    with pymupdf.open(pdfs.two_columns(path, "Left " * 60, "Right " * 60)) as document:
        words = document[0].get_text("words")
        left = max(word[2] for word in words if word[4] == "Left")
        assert left < min(word[0] for word in words if word[4] == "Right")


def test_table_has_a_frame_around_every_cell(path: Path) -> None:
    rows = [["Petrel", "06:10"], ["Lady Maud", "07:30"]]
    with pymupdf.open(pdfs.table(path, ["Ship", "Leaves"], rows)) as document:
        page = document[0]
        frames = [drawing["rect"] for drawing in page.get_drawings()]
        cells = [page.get_textbox(frame).strip() for frame in frames]
        assert cells == ["Ship", "Leaves", "Petrel", "06:10", "Lady Maud", "07:30"]
        assert page.get_text("dict")["blocks"][0]["lines"][0]["spans"][0]["font"].endswith("Bold")


def test_labels_are_roman_and_then_arabic(path: Path) -> None:
    made = pdfs.with_labels(path, ["Preface", "Thanks"], ["One", "Two"])
    with pymupdf.open(made) as document:
        assert [page.get_label() for page in document] == ["i", "ii", "1", "2"]


def test_scanned_is_a_picture_without_text(path: Path) -> None:
    with pymupdf.open(pdfs.scanned(path)) as document:
        page = document[0]
        assert page.get_text() == ""
        assert len(page.get_images()) == 1
        assert min(page.get_pixmap(colorspace=pymupdf.csGRAY).samples) < 64


def test_locked_opens_with_its_password_only(path: Path) -> None:
    with pymupdf.open(pdfs.locked(path, "señal")) as document:
        assert document.needs_pass
        assert not document.authenticate("signal")
        assert document.authenticate("señal")
        assert document[0].get_text().strip() == pdfs.SENTENCE
        assert "256-bit AES" in document.metadata["encryption"]


def test_owner_locked_opens_without_a_password(path: Path) -> None:
    with pymupdf.open(pdfs.owner_locked(path)) as document:
        assert not document.needs_pass
        assert "256-bit AES" in document.metadata["encryption"]
        assert not document.permissions & pymupdf.PDF_PERM_PRINT
        assert document[0].get_text().strip() == pdfs.SENTENCE


def test_blank_holds_nothing(path: Path) -> None:
    with pymupdf.open(pdfs.blank(path)) as document:
        assert document.page_count == 1
    assert text_of(path) == ""


def test_hyphenated_keeps_its_lines(path: Path) -> None:
    assert text_of(pdfs.hyphenated(path)).splitlines() == list(pdfs.HYPHENATED)


def test_book_has_chapters_and_a_fact_on_every_page(path: Path) -> None:
    with pymupdf.open(pdfs.book(path, 45)) as document:
        assert [entry[0::2] for entry in document.get_toc()] == [
            [1, 1],
            [2, 11],
            [1, 21],
            [2, 31],
            [1, 41],
        ]
        for number, page in enumerate(document, start=1):
            assert f"page {number} owns {3 * number} lanterns" in page.get_text()
            assert "The Book of Harbours" in page.get_text()


def test_without_pages_opens_and_is_not_repaired(path: Path) -> None:
    with pymupdf.open(pdfs.without_pages(path)) as document:
        assert document.page_count == 0
        assert not document.is_repaired


def test_hostile_claims_pages_that_cannot_be_had(path: Path) -> None:
    with pymupdf.open(pdfs.hostile(path)) as document:
        assert document.page_count == 3
        assert not document.is_repaired
        assert document[0].get_text() == ""
        for page in (1, 2):
            with pytest.raises(Exception, match="cycle in page tree"):
                document.load_page(page)


def test_truncated_is_broken(path: Path) -> None:
    made = pdfs.truncated(path)
    assert not made.read_bytes().rstrip().endswith(b"%%EOF")
    try:
        with pymupdf.open(made) as document:
            assert document.is_repaired
    except pymupdf.FileDataError:
        pass


@pytest.mark.parametrize(
    ("make", "error"),
    [(pdfs.not_a_pdf, pymupdf.FileDataError), (pdfs.empty, pymupdf.EmptyFileError)],
)
def test_no_pdf_cannot_be_opened(path: Path, make, error) -> None:
    with pytest.raises(error):
        pymupdf.open(make(path))
