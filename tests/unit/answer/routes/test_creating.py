"""Something written freely from what was found: not checked, and shown as what it is."""

from pathlib import Path

import pytest

from desktop_rag.answer.routes import ROUTES
from desktop_rag.answer.routes.creating import examples_of, form_of
from desktop_rag.answer.turn import (
    Await,
    CheckSentences,
    Done,
    Generate,
    PickSentences,
    Question,
    Retrieve,
    Retrieved,
    turn,
)
from desktop_rag.domain.answers import AnswerMode, ExampleTurns, QuestionKind
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.generation import (
    Exchange,
    GenerationDone,
    ModelChoice,
    Timings,
    TokenUsage,
)
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Evidence, Hit

MODEL = ModelChoice(LocalModel(Path("model.gguf")))
ENDED = GenerationDone(TokenUsage(100, 0, 9), Timings(1.0, 2.0, 3.0, 4.0), "end", 7)
HIT = Hit(DocumentId("d"), 0, 0, "1", "T", "The rent is due in May.", (), 1.0, language="en")


def played(question: Question, language: str = "en", *, found: bool = True) -> list:
    steps, seen, sent = turn(question, ROUTES), [], None
    said: list = ["Dear Sir, pay in May.", ENDED]
    while True:
        try:
            step = steps.send(sent)
        except StopIteration:
            return seen
        seen.append(step)
        match step:
            case Retrieve():
                sent = Retrieved((HIT,) if found else (), language)
            case PickSentences():
                sent = Evidence(enough=False)
            case Await():
                sent = said.pop(0)
            case _:
                sent = None


def generated(question: Question, language: str = "en") -> Generate:
    (one,) = [step for step in played(question, language) if isinstance(step, Generate)]
    return one


def test_a_letter_is_written_from_what_was_found_and_not_checked() -> None:
    seen = played(Question("write a letter about the rent", MODEL))
    (done,) = [step for step in seen if isinstance(step, Done)]
    assert (done.text, done.mode) == ("Dear Sir, pay in May.", AnswerMode.MODEL)
    assert (done.checks, done.citations, done.quotes, done.refused) == ((), (), (), False)
    assert not any(isinstance(step, CheckSentences) for step in seen)
    asked = generated(Question("write a letter about the rent", MODEL)).asked
    assert asked.passages[0].hit == HIT
    assert "a formal letter" in asked.rules


@pytest.mark.parametrize(
    ("wanted", "count"), [(ExampleTurns.ZERO, 0), (ExampleTurns.ONE, 1), (ExampleTurns.FEW, 2)]
)
def test_so_many_examples_come_before_it_as_are_wanted(wanted, count) -> None:
    asked = generated(Question("write an e-mail", MODEL, examples=wanted)).asked
    assert len(asked.history) == count
    assert all(one.answer.startswith("Subject:") for one in asked.history)


def test_examples_of_the_persons_own_come_in_their_place() -> None:
    own = (Exchange("Write to Ada.", "Ada, hi!"),)
    asked = generated(Question("write a letter", MODEL, own=own)).asked
    assert asked.history == own


def test_form_rules_and_examples_are_in_the_language_of_the_wish() -> None:
    asked = generated(Question("escribe una carta sobre la renta", MODEL), "es").asked
    assert asked.language == "es"
    assert "una carta formal" in asked.rules
    assert asked.history[0].answer.startswith("Estimado")


def test_every_form_has_an_example_in_both_languages() -> None:
    for form in ("letter", "email", "post", "notes"):
        for language in ("en", "es"):
            assert examples_of(form, language, ExampleTurns.ONE)
    assert examples_of("", "en", ExampleTurns.FEW) == ()
    assert form_of("write a poem") == ""


def test_without_a_model_or_passages_it_is_answered_as_any_question() -> None:
    for seen in (
        played(Question("write a letter about the rent")),
        played(Question("write a letter", MODEL, kind=QuestionKind.WRITING), found=False),
    ):
        (done,) = [step for step in seen if isinstance(step, Done)]
        assert done.text != "Dear Sir, pay in May."
        assert not any(isinstance(step, Generate) for step in seen)
