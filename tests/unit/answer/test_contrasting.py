"""Which words of like sentences the others have not."""

import pytest

from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.answer.contrasting import apart, facts_apart, key_of, likeness
from desktop_rag.engines.store import analyzer


def shown(text: str, spans) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("first", "second", "own", "others"),
    [
        ("The rent is $900.", "The rent is $950.", ["900"], ["950"]),
        ("Pay within 10 days.", "Pay within 10 working days.", [], ["working"]),
        ("El plazo es de diez días.", "El plazo es de dos meses.", ["diez días"], ["dos meses"]),
        ("A fee of 5% applies", "A fee of 5 applies", ["%"], []),
        ("Loss of -5 euros", "Loss of 5 euros", ["-"], []),
        ("It is the SAME.", "it is the same", [], []),
    ],
)
def test_words_that_the_other_has_not_there_are_told(first, second, own, others) -> None:
    left, right = apart(first, second)
    assert (shown(first, left), shown(second, right)) == (own, others)


def facts(*texts: str, languages=("en", "en", "en")) -> list[list[str]]:
    read = [ReadText(one, of, analyzer) for one, of in zip(texts, languages, strict=False)]
    return [shown(one, spans) for one, spans in zip(texts, facts_apart(read), strict=True)]


def test_of_what_is_said_otherwise_numbers_and_dates_that_others_lack_are_told() -> None:
    first = "The deductible is $1,500 and begins on 3 May 2019."
    second = "You pay 1500 dollars at first, from 4 May 2019 on."
    assert facts(first, second) == [["3 May 2019"], ["4 May 2019"]]
    assert facts("It costs $20.", "Some cost 20, others 30.") == [[], ["30"]]


def test_a_number_is_the_same_in_another_language() -> None:
    found = facts("Cuesta 1.500,50 euros.", "It costs 1,500.50 euros.", languages=("es", "en"))
    assert found == [[], []]


def test_of_three_what_is_not_in_all_others_is_told() -> None:
    assert facts("Fee: 5 euros", "Fee: 5 euros", "Fee: 6 euros") == [
        ["5 euros"],
        ["5 euros"],
        ["6 euros"],
    ]


def test_likeness_is_of_words_in_order() -> None:
    assert likeness("one two three", "One, two, three.") == 1
    assert likeness("one two", "three four") == 0
    assert likeness("", "") == 1


def test_signs_of_money_and_share_are_part_of_what_is_the_same() -> None:
    assert key_of("A fee of 5%") != key_of("A fee of 5")
    assert key_of("“Rent”, due:") == key_of("rent due")
