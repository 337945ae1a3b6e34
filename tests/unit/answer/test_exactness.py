"""How far exact strings lift the passages that have them."""

import pytest

from desktop_rag.answer.exactness import Sought, lifts, sought
from desktop_rag.domain.ports import ExactString

PART = Sought({"x:kx-5501": 1.0, "z:kx5501": 0.9, "~x:kx-5501": 0.7}, telling=True)
YEAR = Sought({"n:2021": 1.0}, telling=False)


def rows(count: int, key: str) -> dict[int, frozenset[str]]:
    return {row: frozenset({key}) for row in range(count)}


def lift_of(count: int, passages: int, string: Sought = PART, *, beside: int = 9) -> float:
    (key, *_) = string.weights
    return lifts([string], rows(count, key), passages, beside=beside).get(0, 0.0)


def test_of_strings_within_each_other_the_outermost_counts() -> None:
    day, number, year = (
        ExactString(0, 12, ("d:2021-06-07",), ("d:2021-06",)),
        ExactString(0, 1, ("n:7",)),
        ExactString(8, 12, ("n:2021",)),
    )
    (only,) = sought([number, year, day])
    assert only.telling
    assert only.weights["d:2021-06-07"] > only.weights["d:2021-06"] > 0
    assert "n:2021" not in only.weights


def test_a_word_and_a_number_hide_no_number_and_are_no_name() -> None:
    loose, number = ExactString(0, 9, ("z:since2021",), loose=True), ExactString(6, 9, ("n:21",))
    found = sought([loose, number])
    assert [next(iter(one.weights)) for one in found] == ["n:21", "z:since2021"]
    assert not any(one.telling for one in found)


@pytest.mark.parametrize(
    ("key", "telling"),
    [("n:2021", False), ("n:7", False), ("n:47500", True), ("n:1.5", True), ("n:-40", True),
     ("n:18%", True), ("x:kx-5501", True), ("x:c", False), ("x:fy2021", False), ("x:c++", True),
     ("d:2021-06-07", True), ("s:section:5.2", True)],
)  # fmt: skip
def test_a_year_a_small_number_and_a_letter_are_no_names(key, telling) -> None:
    (one,) = sought([ExactString(0, 4, (key,))])
    assert one.telling is telling


def test_the_more_exactly_it_is_written_the_higher_it_comes() -> None:
    found = {at: frozenset({key}) for at, key in enumerate(PART.weights)}
    lifted = lifts([PART], found, 1000, beside=9)
    assert lifted[0] > lifted[1] > lifted[2] > 40


def test_the_more_passages_have_it_the_less_it_lifts() -> None:
    shares = [lift_of(count, 1000) for count in (1, 2, 5, 20, 100, 199, 200, 500, 1000)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == shares[1] == 100
    assert shares[2] > 40
    assert 0 < shares[3] < 1  # a sentence is about more than what so many have
    assert shares[-3:] == [0, 0, 0]


@pytest.mark.parametrize("passages", [0, 1, 2, 3, 5])
def test_among_few_passages_what_one_or_two_have_still_counts(passages) -> None:
    assert lift_of(1, passages) == lift_of(2, passages) == 100


def test_where_nothing_else_is_asked_what_most_have_counts_a_little() -> None:
    assert 0 < lift_of(900, 1000, beside=1) < lift_of(20, 1000, beside=1)


def test_strings_add_up() -> None:
    found = rows(2, "x:kx-5501") | {1: frozenset({"x:kx-5501", "n:2021"})}
    lifted = lifts([PART, YEAR], found, 1000, beside=9)
    assert 0 < lifted[1] - lifted[0] < 1
    lifted = lifts([PART, YEAR], found, 1000, beside=1)
    assert lifted[1] - lifted[0] == 100


def test_a_row_without_any_is_not_lifted() -> None:
    assert lifts([PART], {3: frozenset({"x:other"})}, 1000, beside=1) == {}
    assert lifts([], rows(3, "x:kx-5501"), 1000, beside=1) == {}


def test_where_nothing_else_is_asked_what_has_little_else_comes_first() -> None:
    found = {7: frozenset({"z:kx5501"}), 5: frozenset({"x:kx-5501"}), 3: frozenset({"x:kx-5501"})}
    lifted = lifts([PART], found, 1000, beside=0)
    assert lifted[5] - lifted[3] >= 4
    assert lifted[3] > lifted[7]
    lifted = lifts([PART], found, 1000, beside=1)
    assert lifted[5] == lifted[3] > lifted[7]
