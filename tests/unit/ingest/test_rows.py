import pytest

from desktop_rag.domain.documents import Page
from desktop_rag.engines.pdf import reading
from desktop_rag.ingest.rows import rows_of
from tests import pdfs
from tests.fakes import HEIGHT, LEADING, TYPE, WIDTH, cells, line, lines, page, table, words_of

PROSE = "a line of running text that goes on"
PAGES = [
    page([]),
    page(lines(["one two", "three"])),
    page(table([["Ship", "Leaves"], ["Petrel", "06:10"], ["Lady Maud", "07:30"]])),
    page([line(PROSE, 0.3), line(PROSE, 0.3, 0.6), line("end", 0.32)]),
    page([line("b", 0.3, 0.6), line("a", 0.3, 0.1), line("c", 0.9)]),
    Page(0, "1", 0.0, 0.0, (line("no"), line("size", 0.3, 0.6))),
]


def texts_of(of: Page) -> list[list[str]]:
    return [[" ".join(word.text for word in cell) for cell in row.cells] for row in rows_of(of)]


@pytest.mark.parametrize("of", PAGES)
def test_no_word_is_lost_added_or_moved(of: Page) -> None:
    rows = rows_of(of)
    assert [word for row in rows for word in row.words] == words_of(of)
    for row in rows:
        assert row.text == " ".join(word.text for word in row.words)
        assert row.top == min(word.box.y0 for word in row.words)
        assert row.bottom == max(word.box.y1 for word in row.words)


def test_cells_at_one_height_are_a_row() -> None:
    rows = [["Ship", "Leaves", "From"], ["Lady Maud", "07:30", "Vorrin"]]
    assert texts_of(page(table(rows))) == rows


def test_cells_need_not_stand_at_quite_the_same_height() -> None:
    name, amount = line("Total", 0.3), line("1,526", 0.304, 0.6)
    assert texts_of(page([name, amount])) == [["Total", "1,526"]]
    assert texts_of(page([name, line("1,526", 0.309, 0.6)])) == [["Total"], ["1,526"]]


def test_a_wide_gap_within_a_line_divides_cells() -> None:
    one = line("Total assets")
    far = one._replace(words=(*one.words, *line("1,526 million", 0.3, 0.7).words))
    assert texts_of(page([far])) == [["Total assets", "1,526 million"]]


@pytest.mark.parametrize(("gap", "cells_"), [(0.7, 1), (1.7, 2)])
def test_a_gap_wider_than_the_type_is_high_divides_cells(gap: float, cells_: int) -> None:
    one = line("Sales")
    right = one.words[-1].box.x1 + gap * TYPE * HEIGHT / WIDTH
    both = one._replace(words=(*one.words, *line("2018", 0.3, right).words))
    assert [len(row) for row in texts_of(page([both]))] == [cells_]


def test_running_text_side_by_side_is_no_row() -> None:
    assert len(rows_of(page([line(PROSE, 0.3), line(PROSE, 0.3, 0.6)]))) == 2


def test_what_stands_to_the_left_begins_a_new_row() -> None:
    assert texts_of(page([line("right", 0.3, 0.6), line("left", 0.3)])) == [["right"], ["left"]]


def test_lines_below_each_other_are_rows() -> None:
    assert texts_of(page(lines(["one", "two", "three"]))) == [["one"], ["two"], ["three"]]


def test_a_row_is_bold_only_throughout() -> None:
    bold, plain = line("Total", bold=True), line("1,526", 0.3, 0.6)
    assert not rows_of(page([bold, plain]))[0].bold
    assert rows_of(page([bold, plain._replace(bold=True)]))[0].bold


def test_the_type_of_a_row_is_that_of_its_longest_line() -> None:
    note = line("1", 0.3, size=6.0)
    assert rows_of(page([note, line("the longer text", 0.3, 0.2)]))[0].size == 11.0


def test_a_sheet_of_cells_keeps_its_order() -> None:
    rows = [[f"{letter}{n}" for letter in "abcd"] for n in range(30)]
    assert texts_of(page(cell for at, row in enumerate(rows) for cell in cells(row, LEADING * at)))
    assert texts_of(page(table(rows))) == rows


def test_two_columns_of_a_real_page_are_not_joined(tmp_path) -> None:
    left, right = "Left words fill this whole column. " * 9, "Right ones fill the other one. " * 9
    with reading.opened(pdfs.two_columns(tmp_path / "two.pdf", left, right)) as document:
        (of,) = reading.pages(document)
    rows = rows_of(of)
    assert all(len(row.cells) == 1 for row in rows)
    assert " ".join(row.text for row in rows) == f"{left}{right}".strip()


def test_a_real_table_has_its_rows(tmp_path) -> None:
    rows = [["Petrel", "06:10"], ["Lady Maud", "07:30"]]
    with reading.opened(pdfs.table(tmp_path / "table.pdf", ["Ship", "Leaves"], rows)) as document:
        (of,) = reading.pages(document)
    assert texts_of(of) == [["Ship", "Leaves"], *rows]
