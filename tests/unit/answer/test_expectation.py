"""What a question asks for, and whether a sentence has it."""

import pytest

from desktop_rag.answer.expectation import AskedFor, expected, fit
from desktop_rag.engines.store import analyzer


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("When was it built?", [AskedFor.WHEN]),
        ("¿En qué año se fundó?", [AskedFor.WHEN]),
        ("How many boats are there?", [AskedFor.QUANTITY]),
        ("Cuanto cuesta?", [AskedFor.QUANTITY]),
        ("What is the phone number?", [AskedFor.QUANTITY]),
        ("¿Quién firma?", [AskedFor.NAME]),
        ("Which city is it in?", [AskedFor.NAME]),
        ("What is a valve?", []),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question, kinds) -> None:
    assert expected(question, analyzer) == kinds


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was it built?", "It was built in 1871."),
        ("When does it leave?", "It leaves at 12:30."),
        ("¿Cuándo zarpa?", "Zarpa los lunes."),
        ("How many boats?", "There are seven boats."),
        ("How much is it?", "It costs 12 euros."),
        ("Who signed?", "It was signed by Marta."),
    ],
)
def test_a_sentence_has_what_is_asked_for(question, sentence) -> None:
    assert fit(expected(question, analyzer), question, sentence, analyzer) == 0.5


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the 1871 fire end?", "The fire of 1871 was long."),
        ("How many boats?", "There are boats."),
        ("How many boats passed in 1871?", "Boats passed in 1871."),
        ("Who signed for Marta?", "It was signed for Marta."),
    ],
)
def test_what_the_question_says_itself_is_no_answer(question, sentence) -> None:
    assert fit(expected(question, analyzer), question, sentence, analyzer) == -0.5


def test_where_nothing_certain_is_asked_for_nothing_is_missed() -> None:
    assert fit([], "What is it?", "A valve.", analyzer) == 0
