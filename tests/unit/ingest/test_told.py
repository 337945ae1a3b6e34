from desktop_rag.domain.documents import RULED, Line, Page, Role, RoleKind
from desktop_rag.ingest.blocks import BlockKind
from desktop_rag.ingest.told import joined_rows, told_blocks
from tests.fakes import line, page


def told(text: str, block: int, role: Role, **more) -> Line:
    return line(text, block=block)._replace(role=role, **more)


def cell(text: str, row: int, column: int, block: int = 3, **more) -> Line:
    return told(text, block, Role(RoleKind.CELL, row=row, column=column, **more))


def rows(of: Page) -> list[list[str]]:
    (block,) = told_blocks(of.lines, of)
    return [[" ".join(word.text for word in cell) for cell in row.cells] for row in block.rows]


def test_blocks_are_what_their_lines_say() -> None:
    of = page(
        [
            told("Harbours", 1, Role(RoleKind.HEADING, 2)),
            told("One ship", 2, Role(RoleKind.PARAGRAPH)),
            told("came in.", 2, Role(RoleKind.PARAGRAPH)),
            told("Another left.", 4, Role(RoleKind.PARAGRAPH)),
            cell("Petrel", 0, 0),
        ]
    )
    found = list(told_blocks(of.lines, of))
    assert [(block.kind, block.level, block.told, block.text) for block in found] == [
        (BlockKind.HEADING, 2, 1, "Harbours"),
        (BlockKind.PARAGRAPH, 0, 2, "One ship came in."),
        (BlockKind.PARAGRAPH, 0, 4, "Another left."),
        (BlockKind.TABLE, 0, 3, "Petrel"),
    ]


def test_a_cell_stands_in_its_column_whatever_stands_before_it() -> None:
    made = [cell("Ship", 0, 0), cell("Leaves", 0, 2), cell("6", 1, 2), cell("am", 1, 2)]
    assert rows(page(made)) == [["Ship", "", "Leaves"], ["", "", "6 am"]]


def test_a_cell_far_to_the_right_does_not_stand_behind_thousands_of_empty_ones() -> None:
    ((*empty, last),) = rows(page([cell("far", 0, 16_000)]))
    assert last == "far"
    assert not any(empty)
    assert len(empty) < 300


def test_a_row_that_a_page_cuts_is_one_row() -> None:
    pages = [
        page([cell("Ship", 0, 0, head=True), cell("a long", 1, 0), cell("6", 1, 1)], 0),
        page([cell("Ship", 0, 0, head=True), cell("name", 1, 0), cell("Ondine", 2, 0)], 1),
    ]
    parts = [next(iter(told_blocks(of.lines, of))).rows for of in pages]
    found = joined_rows([parts[0], parts[1][1:]])
    assert [(row.text, [rest.text for rest in row.rest]) for row in found] == [
        ("Ship", []),
        ("a long 6", ["name"]),
        ("Ondine", []),
    ]
    again = joined_rows([parts[0][:1], parts[0][1:], [parts[1][0]], parts[1][2:]])
    assert [row.text for row in again] == ["Ship", "a long 6", "Ondine"]


def test_rows_between_rules_share_the_name_that_stands_beside_the_first_of_them() -> None:
    made = [
        cell("Kind", 0, 0, RULED, head=True), cell("What", 0, 1, RULED, head=True),
        cell("Tons", 0, 2, RULED, head=True), cell("Crabs", 1, 0, RULED),
        cell("caught", 1, 1, RULED), cell("12", 1, 2, RULED), cell("sold", 2, 1, RULED),
        cell("7", 2, 2, RULED),
    ]  # fmt: skip
    (block,) = told_blocks(page(made).lines, page(made))
    assert block.head == 1
    assert not block.of_source
    assert [" ".join(word.text for word in row.label) for row in block.rows] == ["", "", "Crabs"]
