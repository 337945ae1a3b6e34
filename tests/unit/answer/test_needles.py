"""Where texts have what is looked for."""

import pytest

from desktop_rag.answer.needles import each_word, finder_of
from desktop_rag.answer.word_forms import even
from desktop_rag.domain.occurrences import Needle
from desktop_rag.engines.store import analyzer


def found(needle: Needle, text: str, language: str = "en") -> list[str]:
    finder = finder_of(needle, ("en", "es"), analyzer)
    return [text[start:end] for start, end in finder.spans(even(text), language)]


def test_a_word_is_found_in_every_form_and_in_no_other_word() -> None:
    text = "Leases end. A lease was leased; release it. Leaseholders: LEASE's."
    assert found(Needle("lease"), text) == ["Leases", "lease", "leased", "LEASE"]


def test_what_is_literal_is_found_as_it_is_written_whatever_capitals_and_accents() -> None:
    text = "The Ópera; operas, OPERA."
    assert found(Needle("opera", literal=True), text) == ["Ópera", "OPERA"]


def test_a_name_is_found_as_it_is_written() -> None:
    assert found(Needle("Herons"), "Herons met a heron.") == ["Herons"]


@pytest.mark.parametrize("text", ["low tide", "low\ntides", "Low-tide", "low  tide"])
def test_words_stand_together_over_breaks_and_hyphens(text) -> None:
    assert found(Needle("low tide"), f"At {text} we go.") == [text]


@pytest.mark.parametrize("text", ["low, tide", "tide low", "low. Tide", "low spring tide"])
def test_words_that_a_sign_divides_do_not_stand_together(text) -> None:
    assert not found(Needle("low tide"), text)


def test_the_hyphen_of_a_name_may_be_a_space_and_that_of_a_phrase_may_not() -> None:
    text = "X-19, X 19 and X19"
    assert found(Needle("X-19"), text) == ["X-19", "X 19", "X19"]
    assert found(Needle("X-19", literal=True), text) == ["X-19"]
    assert found(Needle("out-of-date", literal=True), "an out-\nof-date list, out of date") == [
        "out-\nof-date"
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("in 2019, 2019-2021", 2),
        ("31.12.2019 and 1.1.2019", 2),
        ("12,019 or 2019.5 or 2,2019", 0),
        ("A2019 20191", 0),
        ("2019.", 1),
    ],
)
def test_a_number_is_none_where_it_goes_on(text, count) -> None:
    assert len(found(Needle("2019"), text)) == count


def test_signs_are_looked_for_with_the_words_of_a_phrase() -> None:
    assert found(Needle("$5 (net)", literal=True), "paid $5 (net) and 5 net") == ["$5 (net)"]
    assert finder_of(Needle("¿?", literal=True), ("es",), analyzer) is None


@pytest.mark.parametrize("language", ["", "und", "de", "en", "es"])
def test_a_passage_may_be_taken_for_another_language_than_it_is_in(language) -> None:
    assert found(Needle("luz"), "luces", language) == ["luces"]
    assert found(Needle("quokkas"), "The quokka slept.", language) == ["quokka"]


def test_only_words_that_say_something_are_looked_for_apart() -> None:
    words = each_word(Needle("obligations of the tenant"), ("en",), analyzer)
    assert [one.text for one in words] == ["obligations", "tenant"]
