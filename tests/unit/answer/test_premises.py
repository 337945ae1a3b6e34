"""What a question takes for granted, held against what is said."""

import pytest

from desktop_rag.answer.premises import contradicted
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Extract, Hit, Passage
from desktop_rag.engines.store import analyzer


def extract(text: str, header: str = "T", head: str = "") -> Extract:
    whole = f"{head}\n{text}" if head else text
    hit = Hit(DocumentId("d"), 0, 0, "1", header, whole, (), 1.0, language="es")
    start = len(whole) - len(text)
    heads = ((0, len(head)),) if head else ()
    return Extract(Passage(1, hit), start, len(whole), 1.0, heads)


def held(
    question: str, *texts: str, language: str = "es", head: str = ""
) -> tuple[str, str] | None:
    found = contradicted(question, language, [extract(text, head=head) for text in texts], analyzer)
    return (found.stated, found.found) if found else None


FOUNDED = "La cooperativa Valdemiel fue fundada en 1987 por doce familias."


@pytest.mark.parametrize(
    "question",
    [
        "Valdemiel fue fundada en 1990, dame más datos",
        "La cooperativa fue fundada en 1990, ¿verdad?",
        "¿La cooperativa fue fundada en 1990?",
    ],
)
def test_another_year_contradicts_a_claim(question) -> None:
    assert held(question, FOUNDED) == ("1990", "1987")


def test_a_question_that_asks_takes_nothing_for_granted() -> None:
    assert held("¿Quién dirigía la cooperativa fundada en 1990?", FOUNDED) is None
    assert held("What was the cooperativa fundada in 1990?", FOUNDED, language="en") is None


def test_what_has_no_word_takes_nothing_for_granted() -> None:
    assert held("(", FOUNDED) is None
    assert held("La cooperativa fue fundada en 1990, ¿verdad?", "***") is None


def test_what_is_said_is_no_contradiction() -> None:
    assert held("La cooperativa fue fundada en 1987, ¿verdad?", FOUNDED) is None
    again = "Fundada la cooperativa Valdemiel, en 1990 abrió el almacén."
    assert held("La cooperativa fue fundada en 1990, ¿verdad?", FOUNDED, again) is None


def test_another_number_of_the_same_things_contradicts_under_its_heading() -> None:
    question = "La tarifa Brisa incluye 600 llamadas, ¿verdad?"
    assert held(question, "Incluye 300 llamadas al mes.", head="Tarifa Brisa") == ("600", "300")
    assert held(question, "Llamadas incluidas: 300", head="Tarifa Brisa") == ("600", "300")
    assert held(question, "Incluye 300 mensajes al mes.", head="Tarifa Brisa") is None


def test_another_name_after_the_same_word_contradicts() -> None:
    said = "The workshop is in Toledo, by the river."
    assert held("The workshop is in Cuenca, right?", said, language="en") == ("Cuenca", "Toledo")
    assert held("The workshop is in Toledo, right?", said, language="en") is None


def test_a_sentence_about_something_else_contradicts_nothing() -> None:
    assert held("La cooperativa fue fundada en 1990, ¿verdad?", "El molino cerró en 1987.") is None
