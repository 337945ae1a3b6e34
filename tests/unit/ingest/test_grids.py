import pytest

from desktop_rag.domain.documents import Line
from desktop_rag.ingest.grids import gridded
from desktop_rag.ingest.rows import rows_of
from tests.fakes import TYPE, cells, line, lines, page, table

PORTS = ["Port", "Duty", "Remark"]


def texts(found: list[Line]) -> list[list[str]]:
    rows = gridded(rows_of(page(found)))
    return [[" ".join(word.text for word in cell) for cell in row.cells] for row in rows]


def spread(rows: list[list[str]], gap: float) -> list[Line]:
    """Rows of cells with their first lines so many heights of a line apart."""
    found = []
    top = 0.3
    for row in rows:
        tall = [cell.split("|") for cell in row]
        for at in range(max(map(len, tall))):
            for column, cell in enumerate(tall):
                if at < len(cell) and cell[at]:
                    found += cells([*[""] * column, cell[at]], top + TYPE * at)[column:]
        top += TYPE * (max(map(len, tall)) + gap)
    return found


def test_cells_of_several_lines_are_one_cell_each() -> None:
    rows = [
        PORTS,
        ["Aldwick", "three casks", "paid on the|quay, not|at sea"],
        ["Brough", "one bolt|of linen", "none"],
        ["Corran", "candles", "doubled|for hulls"],
    ]
    assert texts(spread(rows, 0.5)) == [[cell.replace("|", " ") for cell in row] for row in rows]


def test_cells_that_begin_with_a_capital_are_told_by_the_space_between_rows() -> None:
    rows = [PORTS, ["Aldwick", "Casks", "In|Lent"], ["Brough", "Linen", "In|May"]]
    joined = [[cell.replace("|", " ") for cell in row] for row in rows]
    assert texts(spread(rows, 0.5)) == joined
    assert len(texts(spread(rows, 0.0))) == 5  # nothing tells a line from a row


def test_rows_of_figures_are_never_joined() -> None:
    rows = [["Ship", "Tons", "Crew"], ["Petrel", "12", "3"], ["", "14", "4"], ["", "2018", "5"]]
    assert texts(spread(rows, 0.0)) == rows


def test_a_line_far_below_is_not_the_same_cell() -> None:
    rows = [["port", "duty"], ["quay", "one"], ["pier"], ["mole", "two"]]
    assert texts(spread(rows, 3.0)) == rows


def test_names_in_small_letters_are_rows() -> None:
    rows = [["fish", "price"], ["cod", "low"], ["eel", "high"], ["crab", "high"]]
    assert texts(spread(rows, 0.0)) == rows


def test_a_name_of_two_lines_is_one_name() -> None:
    made = [
        *table([["Item", "2018"], ["Cash", "5"]], 0.3),
        *cells(["Depreciation and", "7"], 0.332),
        *cells(["amortization"], 0.344),
        *table([["Tax", "9"]], 0.36),
    ]
    assert texts(made)[2] == ["Depreciation and amortization", "7"]


def test_a_name_whose_figures_stand_beside_its_second_line_is_one_name() -> None:
    made = [
        *table([["Item", "2018"], ["Cash", "5"]], 0.3),
        *cells(["Depreciation and"], 0.332),
        *cells(["amortization", "7"], 0.344),
        *table([["Tax", "9"]], 0.36),
    ]
    assert texts(made)[2] == ["Depreciation and amortization", "7"]


def test_an_empty_cell_keeps_its_place() -> None:
    rows = [["Ship", "Tons", "Crew"], ["Petrel", "12", "3"], ["Tern", "", "4"], ["Skua", "9"]]
    assert texts([one for one in table(rows) if one.text]) == rows


def test_what_stands_at_one_height_is_a_row_in_whatever_order_the_file_has_it() -> None:
    made = []
    for at, row in enumerate([["Ship", "Tons", "Crew"], ["Petrel", "12", "3"], ["Tern", "9", "4"]]):
        name, *others = cells(row, 0.3 + 0.016 * at)
        made += [*others, name]
    assert texts(made) == [["Ship", "Tons", "Crew"], ["Petrel", "12", "3"], ["Tern", "9", "4"]]


def test_a_sign_of_money_is_no_column() -> None:
    made = []
    for at, (name, sign, amount) in enumerate(
        [("Cash", "$", "5"), ("Debt", "", "7"), ("Tax", "$", "9")]
    ):
        top = 0.3 + 0.016 * at
        made += [
            line(name, top),
            *([line(sign, top, 0.4)] if sign else []),
            line(amount, top, 0.45),
        ]
    assert texts(made) == [["Cash", "$ 5"], ["Debt", "7"], ["Tax", "$ 9"]]


def test_a_gap_that_other_rows_write_over_is_none() -> None:
    wide = line("Number", 0.3, 0.4)
    far = line("of", 0.3, 0.48)
    head = wide._replace(words=(*wide.words, *far.words))
    rows = [[f"{n} losses", "12 and 3 more", f"{n}"] for n in range(4)]
    found = texts([head, line("Tons", 0.3, 0.6), *table(rows, 0.32)])
    assert found[0] == ["", "Number of", "Tons"]


def test_two_tables_below_each_other_have_columns_of_their_own() -> None:
    first = table([[f"{n} ships", "12", "3"] for n in range(4)], 0.3)
    caption = line("Fishes of the north", 0.37)
    second = [
        one
        for n in range(4)
        for one in (
            line(f"{n} fishes", 0.39 + 0.016 * n), line("7", 0.39 + 0.016 * n, 0.3),
            line("8", 0.39 + 0.016 * n, 0.5), line("9", 0.39 + 0.016 * n, 0.7),
        )
    ]  # fmt: skip
    found = texts([*first, caption, *second])
    assert found[0] == ["0 ships", "12", "3"]
    assert found[-1] == ["3 fishes", "7", "8", "9"]


@pytest.mark.parametrize("found", [[], lines(["one", "two"])])
def test_what_is_no_table_stays_as_it_is(found) -> None:
    rows = rows_of(page(found))
    assert gridded(rows) == rows
