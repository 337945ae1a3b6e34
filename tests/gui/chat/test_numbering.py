"""Numbers that begin at 1 in every answer."""

from desktop_rag.answer.marks import renumbered
from desktop_rag.domain.answers import AnswerMode, First
from desktop_rag.gui.chat.markdown import blocks_of, rendered
from desktop_rag.gui.chat.numbering import numbers_of
from tests.gui.chat.turns_shown import source, turn


def nowhere(_number: int) -> None:
    return None


def test_passages_are_numbered_as_they_come_up() -> None:
    value = turn("It fell [9]. It rose [7][9].")
    assert numbers_of(value, nowhere) == {9: 1, 7: 2, 8: 3}


def test_quotes_that_stand_first_are_numbered_first() -> None:
    quotes = (source(8), source(7), source(8))
    led = turn("It fell [9].", quotes=quotes, first=First.QUOTES)
    assert numbers_of(led, nowhere) == {8: 1, 7: 2, 9: 3}
    followed = turn("It fell [9].", quotes=quotes)
    assert numbers_of(followed, nowhere) == {9: 1, 8: 2, 7: 3}


def test_an_answer_of_quotes_is_numbered_by_them() -> None:
    value = turn("So [8]. And so [7].", AnswerMode.EXTRACT, quotes=(source(8), source(7)))
    assert numbers_of(value, nowhere) == {8: 1, 7: 2, 9: 3}


def test_a_passage_of_an_earlier_turn_has_a_number_of_this_one() -> None:
    value = turn("As before [2], and now [8].")
    assert numbers_of(value, source) == {2: 1, 8: 2, 7: 3, 9: 4}
    assert numbers_of(value, nowhere) == {8: 1, 7: 2, 9: 3}


def test_a_mark_shows_its_number_in_this_answer_and_keeps_its_own() -> None:
    (block,) = blocks_of("It fell [9], it rose [7, 9].")
    made = rendered(block, {7, 9}, None, {9: 1, 7: 2})
    assert made.marks == (9, 7, 9)
    assert '<a href="cite:9">[1]</a>' in made.html
    assert '<a href="cite:7">[2]</a><a href="cite:9.1">[1]</a>' in made.html


def test_only_known_numbers_are_others_in_a_copied_text() -> None:
    text = "It fell [9], it rose [7, 5]; a[9] = [x]."
    assert renumbered(text, {9: 1, 7: 2}) == "It fell [1], it rose [2, 5]; a[1] = [x]."
