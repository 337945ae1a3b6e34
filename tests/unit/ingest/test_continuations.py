import pytest

from desktop_rag.domain.documents import RULED, Line, Page, Role, RoleKind
from desktop_rag.ingest.blocks import Block, BlockKind
from desktop_rag.ingest.continuations import continued
from desktop_rag.ingest.structure import heads_of, parts_of
from tests.fakes import LEADING, cells, line, lines, page, table

SHIPS = [["Ship", "Leaves"], ["Petrel", "6"], ["Lady Maud", "7"], ["Ondine", "9"]]
MORE = [["Tern", "11"], ["Grebe", "12"], ["Gannet", "13"]]


def flow(*pages: list[Line]) -> list[list[Block]]:
    made = [page(found, number) for number, found in enumerate(pages)]
    return continued([parts_of(of, 11.0) for of in made])


def texts(*pages: list[Line]) -> list[list[str]]:
    return [[block.text for block in blocks] for blocks in flow(*pages)]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("the keeper must ring the", "bell at once.", True),
        ("the keeper must ring the bell.", "bell at once.", False),
        ("the keeper must ring:", "bells and more", False),
        ("what the keeper said, was", "(as he knew) not true.", False),
        ("the keeper must ring the", "• bell", False),
        ("the keeper must ring the", "a) bell", False),
        ("the keeper must ring the great-", "Bell of Vorrin.", True),
        ("el guarda debe tocar la", "campana.", True),
        ("too short", "to go on", False),
    ],
)
def test_a_sentence_goes_on_over_the_page(before: str, after: str, whole: bool) -> None:
    found = texts(lines([before], 0.8), lines([after], 0.1))
    assert found == ([[f"{before} {after}"], []] if whole else [[before], [after]])


def test_a_full_line_without_a_stop_goes_on_with_a_capital() -> None:
    full = ["the keeper shall go and call for", "help from the great harbour of"]
    assert texts(lines(full, 0.8), lines(["Vorrin at once, and if he can he", "rings."], 0.1)) == [
        [" ".join([*full, "Vorrin at once, and if he can he rings."])],
        [],
    ]
    short = ["the keeper shall go and call for", "help from all"]
    assert len(texts(lines(short, 0.8), lines(["Vorrin at once, and if he can"], 0.1))[1]) == 1


def test_other_type_is_not_the_rest_of_a_sentence() -> None:
    end = lines(["the keeper must ring the"], 0.8)
    assert texts(end, lines(["bell at once."], 0.1, size=8.0))[1] == ["bell at once."]
    assert texts(end, lines(["bell at once."], 0.1, bold=True))[1]


def test_a_sentence_goes_on_in_the_next_column() -> None:
    left = lines(["the keeper must ring the"], 0.8)
    right = lines(["bell at once."], 0.1, left=0.6)
    assert texts([*left, *right]) == [["the keeper must ring the bell at once."]]


def test_lines_below_each_other_are_no_sentence_for_it() -> None:
    assert texts([*lines(["apples of the whole year"], 0.3), *lines(["pears"], 0.4)]) == [
        ["apples of the whole year", "pears"]
    ]


def test_a_sentence_goes_on_below_a_figure_and_its_caption() -> None:
    first = lines(["the keeper must ring the"], 0.8)
    caption = lines(["Figure 3. The harbour in winter."], 0.1)
    rest = lines(["bell at once."], 0.5)
    assert texts(first, [*caption, *rest]) == [
        ["the keeper must ring the bell at once."],
        ["Figure 3. The harbour in winter."],
    ]


def test_a_sentence_does_not_go_on_below_a_heading() -> None:
    first = lines(["the keeper must ring the"], 0.8)
    assert texts(first, [line("Fees", 0.1, size=20), *lines(["bell at once."], 0.2)])[1] == [
        "Fees",
        "bell at once.",
    ]


def test_a_sentence_may_go_on_over_many_pages() -> None:
    parts = [f"and then the boat of number {n} came" for n in range(5)]
    first, *others = texts(*(lines([part], 0.8) for part in parts))
    assert first == [" ".join(parts)]
    assert others == [[]] * 4


def names(block: Block) -> list[str]:
    return [" ".join(row.text for row in rows) for rows in heads_of(block)]


def test_rows_on_the_next_page_have_the_names_of_the_first() -> None:
    (_,), (second,) = flow(table(SHIPS, 0.7), table(MORE, 0.1))
    assert second.kind is BlockKind.TABLE
    assert names(second) == ["Ship Leaves"] * 3
    *_, (third,) = flow(table(SHIPS, 0.7), table(MORE, 0.1), table(MORE, 0.1))
    assert names(third) == ["Ship Leaves"] * 3


def test_a_table_of_words_goes_on_as_well() -> None:
    ships = [["Ship", "Port"], ["Petrel", "Hesta"], ["Ondine", "Orm"], ["Tern", "Hesta"]]
    more = [["Grebe", "Orm"], ["Gannet", "Orm"], ["Skua", "Hesta"]]
    (_,), (second,) = flow(table(ships, 0.7), table(more, 0.1))
    assert names(second) == ["Ship Port"] * 3


def test_a_table_with_names_of_its_own_keeps_them() -> None:
    (_,), (second,) = flow(table(SHIPS, 0.7), table([["Boat", "Price"], *MORE], 0.1))
    assert names(second) == ["", *["Boat Price"] * 3]


def test_a_table_of_other_columns_is_another_one() -> None:
    moved = [
        one
        for at, (name, hour) in enumerate(MORE)
        for one in (line(name, 0.1 + LEADING * at, 0.25), line(hour, 0.1 + LEADING * at, 0.7))
    ]
    (_,), (second,) = flow(table(SHIPS, 0.7), moved)
    assert not any("Ship" in name for name in names(second))


def test_what_says_the_scale_of_figures_is_told_with_their_columns() -> None:
    (*_, block), (second,) = flow(
        [line("Fees (in thousands)", 0.68), *table(SHIPS, 0.7)], table(MORE, 0.1)
    )
    assert names(block)[1] == "Fees (in thousands) Ship Leaves"
    assert names(second) == ["Fees (in thousands) Ship Leaves"] * 3


def test_a_table_between_rules_goes_on_over_the_page_as_any_other() -> None:
    def ruled(found: list[Line], block: int, heads: int) -> list[Line]:
        return [
            one._replace(
                block=RULED + block,
                role=Role(RoleKind.CELL, row=at // 2, column=at % 2, head=at < 2 * heads),
            )
            for at, one in enumerate(found)
        ]

    first, second = ruled(table(SHIPS, 0.7), 1, 1), ruled(table(MORE, 0.1), 2, 0)
    (_,), (goes_on,) = flow(first, second)
    assert names(goes_on) == ["Ship Leaves"] * 3
    sentence = lines(["the keeper must ring the"], 0.5), lines(["bell at once."], 0.9)
    ((whole, _),) = flow([*sentence[0], *first, *sentence[1]])
    assert whole.text == "the keeper must ring the bell at once."


def test_text_between_two_tables_ends_the_first() -> None:
    (_, _), (second,) = flow([*table(SHIPS, 0.7), *lines(["The end."], 0.9)], table(MORE, 0.1))
    assert not any("Ship" in name for name in names(second))


def test_a_block_that_its_source_tells_of_goes_on_by_its_number() -> None:
    role = Role(RoleKind.PARAGRAPH)
    first = page([line("One.", block=7)._replace(role=role)], 0)
    second = page(
        [line("Two.", block=7)._replace(role=role), line("Three.", block=8)._replace(role=role)], 1
    )
    found = continued([parts_of(of, 11.0) for of in (first, second)])
    assert [[block.text for block in blocks] for blocks in found] == [["One. Two."], ["Three."]]


def test_cells_are_not_lost_between_pages() -> None:
    pages: list[list[Line]] = [table(SHIPS, 0.7), [*cells(["Tern", "11"], 0.1)]]
    made = [page(found, number) for number, found in enumerate(pages)]
    found = flow(*pages)
    assert sum(len(row.words) for blocks in found for block in blocks for row in block.rows) == sum(
        len(one.words) for of in made for one in of.lines
    )


def test_nothing_goes_on_from_nothing() -> None:
    empty: list[Page] = []
    assert continued([parts_of(of, 11.0) for of in empty]) == []
    assert continued([[], []]) == [[], []]
