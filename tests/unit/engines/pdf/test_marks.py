"""Footnote marks beside words and figures, and what is raised but belongs to them."""

import pymupdf  # noqa: TID253  (measures text)
import pytest

from desktop_rag.engines.pdf import reading
from tests import pdfs
from tests.pdfs import text_at


def read(path, *parts: tuple[str, float, float]) -> str:
    """The text of a line of parts, each with its size and how far it is raised."""
    content = "BT 72 700 Td " + "".join(
        f"/F {size} Tf {rise} Ts ({text}) Tj " for text, size, rise in parts
    )
    with reading.opened(pdfs.drawn(path, content + "ET")) as document:
        (page,) = reading.pages(document)
    return "\n".join(line.text for line in page.lines)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sample.pdf"


@pytest.mark.parametrize(
    ("word", "mark", "shown"),
    [
        ("$480", "2", "$480 ²"),
        ("17%", "12", "17% ¹²"),
        ("1,904", "3,4", "1,904 ³,⁴"),
        ("toll", "1", "toll ¹"),
        ("toll", "a", "toll a"),
        ("toll", "[3]", "toll [3]"),
        ("480", "*", "480 *"),
        ("Weir", "TM", "Weir TM"),
        ("45 m", "2", "45 m²"),
        ("9 km", "2", "9 km²"),
        ("4 s", "-1", "4 s⁻¹"),
        ("10", "6", "10⁶"),
        ("3x10", "-9", "3x10⁻⁹"),
        ("210", "6", "210 ⁶"),
        ("R", "2", "R²"),
        ("=2y", "3", "=2y³"),
        ("Ca", "2+", "Ca²⁺"),
        ("1", "er", "1er"),
        ("21", "st", "21st"),
        ("2", "o", "2º"),
        ("n", "o", "nº"),
        ("M", "me", "Mme"),
    ],
)
def test_a_raised_sign_is_a_mark_or_part_of_the_word(path, word, mark, shown) -> None:
    parts = [(word, 11, 0), (mark, 6, 4), (" in all.", 11, 0)]
    assert read(path, *parts) == f"{shown} in all."
    higher = [(word, 11, 0), (mark, 5, 7), (" in all.", 11, 0)]
    assert read(path, *higher) == f"{shown} in all."


def test_marks_may_be_drawn_after_everything(path) -> None:
    lines = [text_at(72, 700 - 15 * at, f"Toll {at} of the weir") for at in range(4)]
    wide = pymupdf.get_text_length("Toll 0 of the weir", fontname="helv", fontsize=11)
    marks = [text_at(72 + wide, 704 - 15 * at, str(at + 1), 6) for at in (1, 3)]
    with reading.opened(pdfs.drawn(path, "".join([*lines, *marks]))) as document:
        (page,) = reading.pages(document)
    assert [line.text for line in page.lines] == [
        "Toll 0 of the weir",
        "Toll 1 of the weir ²",
        "Toll 2 of the weir",
        "Toll 3 of the weir ⁴",
    ]


def test_a_mark_before_a_word_stands_apart(path) -> None:
    assert read(path, ("1", 6, 4), ("Without lamps.", 11, 0)) == "¹ Without lamps."


def test_raised_figures_are_marks_where_they_stand_alone_too(path) -> None:
    parts = [("1", 6, 4), (" Without lamps, $480 ", 11, 0), ("2", 6, 4), (" in all.", 11, 0)]
    assert read(path, *parts) == "¹ Without lamps, $480 ² in all."
    assert read(path, ("480 ", 11, 0), ("2", 11, 0), (" in all.", 9, 0)) == "480 2 in all."


def test_what_ends_a_sentence_stays_with_the_mark_before_it(path) -> None:
    parts = [("It is $480", 11, 0), ("1", 6, 4), (". Then", 11, 0)]
    assert read(path, *parts) == "It is $480 ¹. Then"


def test_what_is_lowered_or_only_smaller_is_no_mark(path) -> None:
    assert read(path, ("H", 11, 0), ("2", 6, -2), ("O", 11, 0)) == "H2O"
    assert read(path, ("B", 11, 0), ("ARGE", 8, 0)) == "BARGE"


def test_signs_that_are_raised_by_themselves_are_marks_too(path) -> None:
    latin_1 = {"¹": "\\271", "²": "\\262", "³": "\\263"}
    for text, shown in [
        ("480¹ each", "480 ¹ each"),
        ("45 m² now", "45 m² now"),
        ("10³ l", "10³ l"),
    ]:
        typed = "".join(latin_1.get(sign, sign) for sign in text)
        assert read(path, (typed, 11, 0)) == shown


def test_a_word_of_thousands_of_signs_is_read_in_time(path) -> None:
    typed = "a" * 6_000 + "\\271" * 6_000 + "x"
    assert read(path, (typed, 1, 0)) == "a" * 6_000 + "¹" * 6_000 + "x"


def test_each_part_of_a_word_keeps_its_place(path) -> None:
    read(path, ("$480", 11, 0), ("2", 6, 4), (" in all.", 11, 0))
    with reading.opened(path) as document:
        (page,) = reading.pages(document)
    amount, mark, *_ = page.lines[0].words
    assert amount.box.x1 == pytest.approx(mark.box.x0, abs=0.001)
    assert mark.box.y1 < amount.box.y1
    assert page.lines[0].size == 11
