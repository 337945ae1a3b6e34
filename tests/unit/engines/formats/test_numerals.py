"""How lists and notes are counted."""

import pytest

from desktop_rag.engines.formats import word_numbering
from desktop_rag.engines.formats.numerals import counted


@pytest.mark.parametrize(
    ("form", "count", "shown"),
    [
        ("1", 12, "12"),
        ("a", 3, "c"),
        ("A", 27, "AA"),
        ("i", 1994, "mcmxciv"),
        ("I", 4, "IV"),
        ("I", 0, "0"),
        ("i", 4_000_000, "4000000"),
        ("", 5, ""),
        ("Ⅰ", 5, "5"),
    ],
)
def test_numbers_have_the_form_that_is_asked_for(form, count, shown) -> None:
    assert counted(form, count) == shown


def test_letters_do_not_grow_without_end() -> None:
    assert len(counted("a", 10**9)) <= 20


def test_no_start_of_a_list_makes_word_count_for_ever() -> None:
    assert len(word_numbering.counted("lowerRoman", 2**31 - 1)) <= 20
