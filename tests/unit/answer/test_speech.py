"""In which language a question is asked, and so answered."""

import pytest

from desktop_rag.answer.speech import answered_in, asked_in
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.generation import Exchange
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.engines.store import analyzer

ENGLISH = ("en",)
BOTH = ("en", "es")


def passage(language: str) -> Passage:
    return Passage(1, Hit(DocumentId("d"), 1, 0, "1", "T", "x", (), 1.0, language=language))


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("¿Cuántos ferris hay?", ENGLISH, "es"),
        ("cuando abre el museo", ENGLISH, "es"),
        ("¡Explica Northwind!", ENGLISH, "es"),
        ("¿Y en 2019?", BOTH, "es"),
        ("And in 2019?", BOTH, "en"),
        ("Who painted it?", ("es",), "en"),
        ("how much is it", ("es",), "en"),
        ("tipos de interés", ENGLISH, "es"),
        ("terms of payment", ("es",), "en"),
        ("¿Para qué sirve el Northwind Health Plus Standard?", ENGLISH, "es"),
        ("What does Don Quijote de la Mancha say?", ("es",), "en"),
    ],
)
def test_a_question_tells_its_language_in_a_few_words(text, written, expected) -> None:
    assert asked_in(text, analyzer, written) == expected


@pytest.mark.parametrize("text", ["ISO 9001", "2019?", "", "Northwind HMO", "the los"])
def test_what_both_might_ask_tells_none(text: str) -> None:
    assert asked_in(text, analyzer, BOTH) == UNKNOWN_LANGUAGE


def test_words_that_a_third_language_has_too_tell_nothing_beside_it() -> None:
    assert asked_in("horario de la tienda", analyzer, BOTH) == "es"
    assert asked_in("heures de la poste", analyzer, ("fr", "es")) == UNKNOWN_LANGUAGE
    assert asked_in("¿horario de la tienda?", analyzer, ("fr", "es")) == "es"
    assert asked_in("Was ist das?", analyzer, ("de",)) == UNKNOWN_LANGUAGE
    assert asked_in("quien abre", analyzer, ("pt",)) == "es"


@pytest.mark.parametrize(
    ("asked", "before", "reads", "found", "expected"),
    [
        ("es", ["en"], "en", ["en"], "es"),
        ("und", ["en", "es"], "en", ["en"], "es"),
        ("und", ["und"], "es", ["en"], "es"),
        ("und", [], "es", ["en", "en"], "es"),
        ("und", [], "und", ["es", "en", "es"], "es"),
        ("und", [], "", ["und", "und", "fr"], "fr"),
        ("und", [], "und", ["und"], "en"),
        ("und", [], "und", [], "en"),
    ],
)
def test_an_answer_is_in_the_first_language_that_is_known(
    asked, before, reads, found, expected
) -> None:
    history = [Exchange("?", "!", (), language) for language in before]
    assert answered_in(asked, history, reads, map(passage, found)) == expected
