import random
from itertools import chain

import pytest

from desktop_rag.ingest.columns import in_reading_order, is_running_text
from tests.fakes import LEADING, TYPE, line, table

LEFT = [f"left line {n} of words that go on" for n in range(6)]
RIGHT = [f"right line {n} of words that go on" for n in range(6)]
THIRD = [f"third line {n} of words that go on" for n in range(6)]


def column(texts, left: float, top: float = 0.3) -> list:
    return [line(text, top + LEADING * at, left, height=TYPE) for at, text in enumerate(texts)]


NARROW = [  # no line has room for the first word of the next one
    [
        "The ferry of Hesta was",
        "founded by six sisters",
        "who shared one old rope",
        "and two oars; the first",
        "rule was that nobody of",
        "the crew sails after the",
    ],
    [
        "lamp is lit on the pier.",
        "A second rule has fixed",
        "the toll at four copper",
        "bits for each cart, one",
        "for those who walk, and",
        "nothing for the keepers",
    ],
    [
        "of lights. The third one",
        "says that the ropes are",
        "mended in the winter by",
        "whoever broke them, who",
        "may ask for help at the",
        "quay if there are many.",
    ],
]


def mixed(*columns) -> list:
    return list(chain(*zip(*columns, strict=True)))


def texts(found) -> list[str]:
    return [one.text for one in found]


def test_columns_that_the_file_mixes_are_read_one_after_the_other() -> None:
    lines = mixed(column(LEFT, 0.1), column(RIGHT, 0.55))
    assert texts(in_reading_order(lines)) == LEFT + RIGHT


def test_so_are_three() -> None:
    lines = mixed(column(LEFT, 0.05), column(RIGHT, 0.36), column(THIRD, 0.68))
    assert texts(in_reading_order(lines)) == LEFT + RIGHT + THIRD


def test_what_goes_across_divides_the_page() -> None:
    title = line("A title of a paper that goes across both of its columns and so ends here", 0.2)
    table = line("A table that goes across both of its columns and so divides them all here", 0.5)
    above = mixed(column(LEFT, 0.1), column(RIGHT, 0.55))
    below = mixed(column(THIRD, 0.1, 0.6), column(THIRD, 0.55, 0.6))
    found = texts(in_reading_order([title, *above, table, *below]))
    assert found == [title.text, *LEFT, *RIGHT, table.text, *THIRD, *THIRD]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        column(LEFT, 0.1),
        column(LEFT, 0.1) + column(RIGHT, 0.55),
        mixed(column(["a cell"] * 6, 0.1), column(["another"] * 6, 0.55)),
        mixed(column(LEFT[:3], 0.1), column(RIGHT[:3], 0.55)),
    ],
)
def test_what_the_file_does_not_mix_stays_as_it_is(lines) -> None:
    assert in_reading_order(lines) == lines


def narrow(number: int, top: float = 0.3) -> list[list]:
    """Columns of some four words a line."""
    return [column(texts, 0.05 + 0.3 * at, top) for at, texts in enumerate(NARROW[:number])]


@pytest.mark.parametrize("number", [2, 3])
def test_narrow_columns_are_read_one_after_the_other(number: int) -> None:
    assert texts(in_reading_order(mixed(*narrow(number)))) == list(chain(*NARROW[:number]))


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_columns_that_the_file_holds_in_no_order_are_read_in_theirs(number: int, seed: int) -> None:
    lines = mixed(*narrow(number))
    random.Random(seed).shuffle(lines)  # noqa: S311  # nobody is to be surprised
    assert texts(in_reading_order(lines)) == list(chain(*NARROW[:number]))


def test_lines_that_go_across_the_gutter_are_divided_there() -> None:
    across = [
        left._replace(words=(*left.words, *right.words))
        for left, right in zip(*narrow(2), strict=True)
    ]
    assert texts(in_reading_order(across)) == NARROW[0] + NARROW[1]


def test_below_a_heading_a_few_lines_on_either_side_are_columns_as_well() -> None:
    title = line("A title that goes across both of the columns and ends here at last", 0.5)
    below = [column(["Then the ropes of all", "ships were mended."], 0.05, 0.53),
             column(["and the keepers rest", "until it was spring."], 0.35, 0.53)]  # fmt: skip
    lines = [*mixed(*narrow(2)), title, *mixed(*below)]
    assert texts(in_reading_order(lines)) == [
        *NARROW[0], *NARROW[1], title.text, *texts(below[0]), *texts(below[1]),
    ]  # fmt: skip


def test_hebrew_is_read_from_the_right() -> None:
    left = [f"מילה {n} אחת שתים שלוש ארבע" for n in range(6)]
    right = [f"דבר {n} אחת שתים שלוש ארבע" for n in range(6)]
    lines = mixed(column(left, 0.05), column(right, 0.5))
    assert texts(in_reading_order(lines)) == right + left


def test_lines_that_the_file_holds_from_the_bottom_up_are_turned() -> None:
    lines = column(LEFT * 2, 0.1)
    assert texts(in_reading_order(lines[::-1])) == texts(lines)
    cells = table([["Ship", "Leaves", "From"]] * 8)
    assert in_reading_order(cells[::-1]) == [
        cell for at in range(8) for cell in cells[3 * at : 3 * at + 3]
    ]


CELLS = [
    ["three casks of old wine", "is paid on the quay"],
    ["one bolt of linen", "waived"],
    ["twelve candles", "doubled for hulls"],
    ["a rope of forty ells", "not at sea"],
    ["two geese", "halved for friends"],
    ["a barrel of tar", "never on feasts"],
]


def test_cells_are_no_columns_though_they_are_text() -> None:
    cells = [one for at, row in enumerate(CELLS) for one in table([row], 0.3 + LEADING * at)]
    assert in_reading_order(cells) == cells


def test_cells_of_several_lines_that_the_file_holds_together_are_no_columns() -> None:
    found = []
    for at in range(5):
        top = 0.1 + 0.1 * at
        found += column(NARROW[0][:4], 0.05, top) + column(NARROW[1][:4], 0.35, top)
    assert in_reading_order(found) == found


def test_short_cells_that_go_on_side_by_side_are_no_columns_either() -> None:
    found = []
    for at in range(0, 6, 2):
        top = 0.1 + 0.05 * at
        found += column(NARROW[0][at : at + 2], 0.05, top)
        found += column(NARROW[1][at : at + 2], 0.35, top)
    assert in_reading_order(found) == found


def test_running_text_fills_its_lines_and_goes_on() -> None:
    def words(texts) -> list:
        return [one.words for one in column(texts, 0.1)]

    assert all(is_running_text(words(texts)) for texts in NARROW)
    assert is_running_text(
        words(["これは 長い 文章 です", "から 列 の 右 まで", "続い て います 。"])
    )
    assert not is_running_text(words([name for name, _ in CELLS]))
    assert not is_running_text(words([name for _, name in CELLS]))
    assert not is_running_text(words(["Petrel", "Lady Maud", "Ondine", "Tern"]))
    assert not is_running_text(words(NARROW[0][:2]))
