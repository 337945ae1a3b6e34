"""What a question mentions, and what a text has of it."""

import pytest

from desktop_rag.answer.mentions import absent, foreign, joined, mentioned, vocabulary
from desktop_rag.engines.store import analyzer


def texts(question: str) -> list[str]:
    return [one.text for one in mentioned(question)]


def missing(question: str, text: str, language: str = "en") -> list[str]:
    among = vocabulary([text], language, analyzer)
    return [one.text for one in absent(mentioned(question), among, language, analyzer)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When was Berlin's first exchange founded?", ["Berlin"]),
        ("¿Quién dirige Aguas del Sur?", ["Aguas", "Sur"]),
        ("what does the plan cost?", []),
        ("What Does The Plan Cost?", []),
        ("WHAT DOES THE PLAN COST?", []),
        ("Which service level has a P5 in 2019?", ["P5", "2019"]),
    ],
)
def test_names_are_words_with_a_capital_inside_a_sentence(question, expected) -> None:
    assert texts(question) == expected


def test_the_first_word_of_each_sentence_is_no_name() -> None:
    assert texts("Hello. Boats are slow. ¿Cuándo sale el Rosario?") == ["Rosario"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Sales in FY18?", "Sales of 2018 were low."),
        ("Sales in FY2018?", "Sales of fiscal 2018 were low."),
        ("It costs 1,788 a year", "It costs 1788 a year."),
        ("Where is Málaga?", "MALAGA is by the sea."),
        ("Who are the Romans?", "A Roman came."),
    ],
)
def test_a_mention_is_found_however_it_is_written(question, text) -> None:
    assert missing(question, text) == []


def test_what_a_text_does_not_have_is_absent() -> None:
    text = "There are P1, P2 and P3 in Lima."
    assert missing("Is a P5 handled in Quito or in Lima?", text) == ["P5", "Quito"]


def test_words_side_by_side_are_one_name() -> None:
    question = "What does the Premium Plus plan cost in Peru?"
    assert joined(mentioned(question), question) == ["Premium Plus", "Peru"]


def test_a_name_of_another_language_may_only_look_alike() -> None:
    among = vocabulary(["They sailed to Argentina."], "es", analyzer)
    argentine, german = mentioned("hacia Argentino o Alemania")
    assert not foreign(argentine, among, analyzer)
    assert foreign(german, among, analyzer)
