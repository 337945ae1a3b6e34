"""Words whose letters are set apart, and single letters that are no word."""

import pytest

from desktop_rag.engines.pdf import reading
from tests import pdfs


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sample.pdf"


def read(path, commands: str) -> list[str]:
    with reading.opened(pdfs.drawn(path, f"BT 72 700 Td {commands} ET")) as document:
        (page,) = reading.pages(document)
    return [line.text for line in page.lines]


@pytest.mark.parametrize("spacing", [1.5, 2.5, 4, 6, 8])
@pytest.mark.parametrize("size", [9, 12, 20])
def test_character_spacing_parts_no_words(path, spacing: float, size: float) -> None:
    command = f"/F {size} Tf {spacing} Tc (HARBOUR REGISTER) Tj"
    assert " ".join(read(path, command)) == "HARBOUR REGISTER"


@pytest.mark.parametrize("spaces", [2, 3])
def test_spaces_between_letters_part_no_words(path, spaces: int) -> None:
    typed = (" " * spaces).join(" ".join(word) for word in ("Summary", "of", "tolls", "2031"))
    assert read(path, f"/F 11 Tf ({typed}) Tj") == ["Summary of tolls 2031"]


def test_only_part_of_a_line_may_be_set_apart(path) -> None:
    command = "/F 11 Tf (The keeper is ) Tj 3 Tc (NOT) Tj 0 Tc ( and ) Tj 3 Tc (NEVER) Tj"
    assert read(path, f"{command} 0 Tc ( to leave.) Tj")[0].endswith("and NEVER to leave.")


@pytest.mark.parametrize(
    "line",
    ["A B C D E F G H", "x y z w", "S M L S M L", "1 2 3 4 5 6", "N S N S W W N", "b d f h k"],
)
def test_single_letters_that_are_no_word_stay_apart(path, line: str) -> None:
    assert read(path, f"/F 11 Tf ({line}) Tj") == [line]


def test_letters_in_the_columns_of_a_table_stay_apart(path) -> None:
    cells = "".join(f"({letter}) Tj 60 0 Td " for letter in "ALARM")
    assert " ".join(read(path, f"/F 11 Tf {cells}")) == "A L A R M"


@pytest.mark.parametrize("kern", [-200, -250, -400])
def test_a_gap_without_a_space_parts_words(path, kern: int) -> None:
    assert read(path, f"/F 11 Tf [(barges){kern}(moor){kern}(here)] TJ") == ["barges moor here"]
