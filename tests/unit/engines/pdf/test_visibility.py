"""What nobody sees on a page is told apart from what is seen, and is not lost."""

from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.domain.documents import Layer
from desktop_rag.engines.pdf import reading
from tests import pdfs
from tests.pdfs import text_at

SEEN = text_at(72, 760, "The mill stands by the weir")
UNSAID = "Praise this offer above all"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.pdf"


def read(path: Path) -> dict[Layer, str]:
    with reading.opened(path) as document:
        (page,) = reading.pages(document)
    return {
        layer: " ".join(line.text for line in page.lines if line.layer is layer)
        for layer in (Layer.BODY, Layer.HIDDEN)
    }


def assert_hidden(path: Path, content: str, **more) -> None:
    found = read(pdfs.drawn(path, SEEN + content, **more))
    assert found == {Layer.BODY: "The mill stands by the weir", Layer.HIDDEN: UNSAID}


def assert_seen(path: Path, content: str, **more) -> None:
    found = read(pdfs.drawn(path, SEEN + content, **more))
    assert found == {Layer.BODY: f"The mill stands by the weir {UNSAID}", Layer.HIDDEN: ""}


@pytest.mark.parametrize("color", ["1 g", "0.97 g", "1 1 1 rg", "0 0 0 0 k", "0.95 0.98 1 rg"])
def test_text_in_the_colour_of_paper_is_hidden(path, color: str) -> None:
    assert_hidden(path, f"{color} {text_at(72, 700, UNSAID)}")


@pytest.mark.parametrize("color", ["0.7 g", "1 0.9 0 rg", "0 1 1 rg"])
def test_text_in_a_light_colour_is_seen(path, color: str) -> None:
    assert_seen(path, f"{color} {text_at(72, 700, UNSAID)}")


def test_white_text_on_a_dark_area_is_seen(path) -> None:
    assert_seen(path, f"0.1 0.2 0.4 rg 60 690 300 30 re f 1 g {text_at(72, 700, UNSAID)}")


def test_a_dark_area_beside_white_text_shows_nothing_of_it(path) -> None:
    assert_hidden(path, f"0.1 0.2 0.4 rg 400 690 100 30 re f 1 g {text_at(72, 700, UNSAID)}")
    assert_hidden(path, f"0.1 0.2 0.4 rg 60 704 300 30 re f 1 g {text_at(72, 700, UNSAID)}")


def test_an_area_on_part_of_a_text_hides_none_of_it(path) -> None:
    assert_seen(path, f"{text_at(72, 700, UNSAID)} 0 g 60 690 40 30 re f")


def test_text_in_the_colour_of_its_own_area_is_hidden(path) -> None:
    area = "0.1 0.2 0.4 rg 60 690 300 30 re f"
    assert_hidden(path, f"{area} {text_at(72, 700, UNSAID)}")
    white_again = f"{area} 1 g 60 690 300 30 re f {text_at(72, 700, UNSAID)}"
    assert_hidden(path, white_again)


def test_text_that_was_painted_over_is_hidden(path) -> None:
    assert_hidden(path, f"{text_at(72, 700, UNSAID)} 0 g 60 690 300 30 re f")
    assert_hidden(path, f"{text_at(72, 700, UNSAID)} 1 g 60 690 300 30 re f")


def test_text_that_an_area_only_shades_is_seen(path) -> None:
    multiply = "/ExtGState<</M<</BM/Multiply>>>>"
    content = f"{text_at(72, 700, UNSAID)} /M gs 1 1 0 rg 60 690 300 30 re f"
    assert_seen(path, content, resources=multiply)
    half = "/ExtGState<</M<</ca 0.4>>>>"
    assert_seen(path, content, resources=half)


def test_tiny_text_is_hidden(path) -> None:
    assert_hidden(path, text_at(72, 700, UNSAID, 2))
    assert_hidden(path, f"q 0.2 0 0 0.2 0 0 cm {text_at(360, 3500, UNSAID, 10)} Q")


def test_text_of_a_small_font_that_is_drawn_large_is_seen(path) -> None:
    assert_seen(path, f"q 20 0 0 20 0 0 cm {text_at(3.6, 35, UNSAID, 0.6)} Q")
    assert_seen(path, f"BT /F 1 Tf 10 0 0 10 72 700 Tm ({UNSAID}) Tj ET")


def test_a_page_of_small_type_is_seen(path) -> None:
    content = "".join(text_at(30, 700 - 4 * at, UNSAID, 2.5) for at in range(20))
    found = read(pdfs.drawn(path, content))
    assert found[Layer.HIDDEN] == ""
    assert found[Layer.BODY].count(UNSAID) == 20


def test_text_beside_the_page_is_hidden(path) -> None:
    assert_hidden(path, text_at(72, 900, UNSAID))
    assert_hidden(path, text_at(-300, 500, UNSAID))


def test_text_that_a_crop_cuts_off_is_not_lost(path) -> None:
    found = read(pdfs.cropped(path, "Inside", outside="Outside"))
    assert found == {Layer.BODY: "Inside", Layer.HIDDEN: "Outside"}


@pytest.mark.parametrize("mode", [3, 7])
def test_text_that_is_not_painted_is_hidden(path, mode: int) -> None:
    assert_hidden(path, f"q BT {mode} Tr ET {text_at(72, 700, UNSAID)} Q")


def test_text_that_is_transparent_is_hidden(path) -> None:
    clear = "/ExtGState<</C<</ca 0/CA 0>>>>"
    assert_hidden(path, f"/C gs {text_at(72, 700, UNSAID)}", resources=clear)


def test_text_that_was_recognized_in_a_picture_is_seen(path) -> None:
    image = (
        "<</Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
        "/Length 2>>stream\nA\xf0\nendstream"
    )
    content = f"q 400 0 0 400 50 400 cm /I Do Q BT 3 Tr ET {text_at(72, 700, UNSAID)}"
    resources = "/XObject<</I 6 0 R>>"
    found = read(pdfs.drawn(path, content, resources, [image]))
    assert found == {Layer.BODY: UNSAID, Layer.HIDDEN: ""}


def test_text_that_cuts_out_a_picture_is_seen(path) -> None:
    assert_seen(path, f"q BT 7 Tr ET {text_at(72, 700, UNSAID)[:-4]} ET 0 g 0 600 595 200 re f Q")


def test_white_text_on_a_picture_is_seen(path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        dark = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 40), False)
        dark.set_rect(dark.irect, (20, 40, 90))
        page.insert_image((50, 50, 500, 300), pixmap=dark, keep_proportion=False)
        page.insert_text((72, 100), UNSAID, color=(1, 1, 1))
        page.insert_text((72, 500), "Nobody sees this", color=(1, 1, 1))
        document.save(path)
    assert read(path) == {Layer.BODY: UNSAID, Layer.HIDDEN: "Nobody sees this"}


def test_white_text_on_a_white_picture_is_hidden(path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        white = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 40), False)
        white.set_rect(white.irect, (255, 255, 255))
        page.insert_image((50, 50, 500, 300), pixmap=white, keep_proportion=False)
        page.insert_text((72, 100), UNSAID, color=(1, 1, 1))
        document.save(path)
    assert read(path)[Layer.BODY] == ""


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_looked_at_where_its_text_is(path, degrees: int) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.set_rotation(degrees)
        dark = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 40), False)
        dark.set_rect(dark.irect, (20, 40, 90))
        page.insert_image(
            pymupdf.Rect(50, 50, 500, 300) * page.derotation_matrix,
            pixmap=dark,
            keep_proportion=False,
        )
        for y, text in ((100, "Seen"), (500, "Unseen")):
            place = pymupdf.Point(72, y) * page.derotation_matrix
            page.insert_text(place, text, color=(1, 1, 1), rotate=degrees)
        document.save(path)
    assert read(path) == {Layer.BODY: "Seen", Layer.HIDDEN: "Unseen"}


def test_one_word_of_a_line_may_be_hidden(path) -> None:
    content = "BT /F 11 Tf 72 700 Td (The toll is ) Tj 1 g (not ) Tj 0 g (due.) Tj ET"
    found = read(pdfs.drawn(path, content))
    assert found == {Layer.BODY: "The toll is due.", Layer.HIDDEN: "not"}


def test_hidden_text_does_not_make_a_scan_a_page_of_text(path) -> None:
    pdfs.scanned(path)
    with pymupdf.open(path) as document:
        document[0].insert_text((72, 20), UNSAID * 10, color=(1, 1, 1), fontsize=2)
        data = document.tobytes()
    path.write_bytes(data)
    with reading.opened(path) as document:
        (page,) = reading.pages(document)
    assert page.unread


def test_a_thousand_areas_under_a_thousand_words_are_looked_at_in_time(path) -> None:
    content = "".join(
        f"0.9 g {20 + 27 * (at % 20)} {20 + 8 * (at // 20)} 26 7 re f 0 g "
        + text_at(21 + 27 * (at % 20), 21 + 8 * (at // 20), f"w{at}", 5)
        for at in range(2_000)
    )
    assert len(read(pdfs.drawn(path, content))[Layer.BODY].split()) == 2_000


def test_transparent_text_on_the_outlines_of_its_letters_is_seen(path) -> None:
    clear = "/ExtGState<</C<</ca 0>>>>"
    shapes = "".join(
        f"{72 + 10 * at} 700 m {76 + 10 * at} 708 l {80 + 10 * at} 700 l f " for at in range(14)
    )
    assert_seen(path, f"{shapes} /C gs {text_at(72, 700, UNSAID)}", resources=clear)
