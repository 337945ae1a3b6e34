from itertools import chain

import pytest

from desktop_rag.ingest.columns import in_reading_order
from tests.fakes import LEADING, TYPE, line

LEFT = [f"left line {n} of words that go on" for n in range(6)]
RIGHT = [f"right line {n} of words that go on" for n in range(6)]
THIRD = [f"third line {n} of words that go on" for n in range(6)]


def column(texts, left: float, top: float = 0.3) -> list:
    return [line(text, top + LEADING * at, left, height=TYPE) for at, text in enumerate(texts)]


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
