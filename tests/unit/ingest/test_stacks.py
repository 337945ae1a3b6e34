from desktop_rag.ingest.crowded import poor
from desktop_rag.ingest.rows import rows_of
from desktop_rag.ingest.stacks import unstacked
from tests.fakes import COLUMNS, LEADING, cells, line, lines, page, table


def stack(texts, column: int, top: float = 0.3) -> list:
    return lines(texts, top, left=COLUMNS[column])


def texts_of(*found) -> list[list[str]]:
    rows = unstacked(rows_of(page(found)))
    return [[" ".join(word.text for word in cell) for cell in row.cells] for row in rows]


def test_cells_of_several_lines_are_one_row() -> None:
    heads = [stack([name, "kg/year"], at) for at, name in enumerate(("to air", "to water"), 1)]
    assert texts_of(*heads[0], *heads[1]) == [["to air kg/year", "to water kg/year"]]


def test_a_name_of_two_lines_stands_beside_its_figures() -> None:
    name = stack(["Chlorine and its", "compounds (as HCl)"], 0)
    figures = cells(["", "10 000", "5"], 0.3 + LEADING / 2)[1:]
    assert texts_of(*name, *figures) == [["Chlorine and its compounds (as HCl)", "10 000", "5"]]


def test_a_table_held_column_by_column_is_taken_apart_into_rows() -> None:
    names, amounts = ["Sales", "Costs", "Tax", "Net"], ["1,526", "26", "3", "(4)"]
    expected = [list(pair) for pair in zip(names, amounts, strict=True)]
    assert texts_of(*stack(names, 0), *stack(amounts, 1)) == expected
    assert texts_of(*stack(names[:2], 0), *stack(amounts[:2], 1)) == expected[:2]


def test_a_word_above_two_columns_of_a_cell_belongs_to_both() -> None:
    spread = [line("Number", 0.3, 0.4), line("of", 0.3, 0.48), line("financial firms", 0.316, 0.4)]
    label = stack(["Item", "by kind"], 0)
    assert texts_of(*label, *spread) == [["Item by kind", "Number of financial firms"]]


def test_columns_of_running_text_are_no_row() -> None:
    prose = ["this is text that runs on", "and on without any end to", "be seen"]
    assert len(texts_of(*stack(prose, 0), *stack(prose, 2))) == len(prose) * 2


def test_a_few_lines_of_running_text_are_no_cells() -> None:
    left = ["The ferry of Hesta was", "founded by six sisters", "who shared one old rope",
            "and two oars; the first"]  # fmt: skip
    right = ["the toll at four copper", "bits for each cart, one", "for those who walk, and",
             "nothing for the keepers"]  # fmt: skip
    assert len(texts_of(*stack(left, 0), *stack(right, 1))) == 8


def test_narrow_columns_of_running_text_are_no_rows() -> None:
    prose = [
        "the ferry ran on",
        "from quay to quay",
        "until the ice had",
        "closed the northern sound",
    ]
    assert len(texts_of(*stack(prose * 2, 0), *stack(prose * 2, 2))) == len(prose) * 4


def test_long_columns_of_names_are_rows() -> None:
    ships = ["Petrel", "Lady Maud", "Ondine", "Salt Road"] * 2
    ports = ["Hesta", "Cold Ridge", "Three Isles", "Orm"] * 2
    expected = [list(pair) for pair in zip(ships, ports, strict=True)]
    assert texts_of(*stack(ships, 0), *stack(ports, 2)) == expected


def test_what_stands_elsewhere_is_no_row() -> None:
    assert texts_of(*stack(["left"], 0, 0.8), *stack(["right"], 2, 0.1)) == [["left"], ["right"]]
    assert texts_of(*stack(["one", "two"], 2), *stack(["three"], 0)) == [
        ["one"],
        ["two"],
        ["three"],
    ]


def test_what_follows_a_head_begins_a_row_of_its_own() -> None:
    head = [*stack(["Year", "ended"], 1), *stack(["Year", "before"], 2)]
    body = table([["Sales", "1", "2"], ["Costs", "3", "4"]], 0.34)
    assert texts_of(*head, *body) == [
        ["Year ended", "Year before"],
        ["Sales", "1", "2"],
        ["Costs", "3", "4"],
    ]


def test_only_a_page_of_cells_that_the_file_mixes_is_poor() -> None:
    prose = lines(["this is text that runs on and on"] * 30, 0.1)
    rows = [[f"{letter}{n}" for letter in "abcd"] for n in range(20)]
    columns = [one for top in (0.1, 0.3, 0.5) for at in range(4) for one in stack("abc", at, top)]
    assert poor(page(columns))
    assert not poor(page(prose))
    assert not poor(page(table(rows)))
    assert not poor(page([]))


def test_a_page_of_running_text_is_not_poor_for_a_few_cells() -> None:
    cells_ = [one for top in (0.1, 0.3, 0.5) for at in range(4) for one in stack("abc", at, top)]
    prose = lines(["this is text that runs on and on"] * 200, 0.6)
    assert poor(page(cells_))
    assert not poor(page([*cells_, *prose]))
