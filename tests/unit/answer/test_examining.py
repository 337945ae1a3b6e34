"""Answers of the exam, judged by their words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_rag.answer.examining import SAMPLING, answered, judged, refuses
from desktop_rag.answer.routes import writing
from desktop_rag.answer.turn import Await, CheckSentences, Done, Generate
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.examination import ExamQuestion, Mark
from desktop_rag.domain.generation import GenerationDone, ModelChoice, Timings, TokenUsage
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.engines.store import analyzer
from desktop_rag.settings import exam


def passage(number: int, text: str) -> Passage:
    hit = Hit(DocumentId("d"), number, 0, "1", "Tides", text, (), 0.0, language="en")
    return Passage(number, hit)


PASSAGES = (passage(1, "The pier is old."), passage(2, "The lamp burned 1,560 litres of oil."))
ASKED = ExamQuestion(
    "How much oil?", "en", (("1.560 litros", "1560 litres"),), frozenset({2}), PASSAGES
)
UNANSWERABLE = ExamQuestion("Who built it?", "en", (), frozenset(), PASSAGES)
OVER = GenerationDone(TokenUsage(9, 0, 9), Timings(0, 0, 0, 0), "end", 0)


def _sent(step: object, said: Iterator[object]) -> object:
    match step:
        case Await():
            return next(said)
        case CheckSentences():
            return ()
    return None


def written(one: ExamQuestion, text: str, tmp_path) -> Done:
    """Have a model write `text`, by the route of real answers."""
    steps = answered(one, ModelChoice(LocalModel(tmp_path / "m.gguf")), analyzer)
    generate = next(steps)
    assert isinstance(generate, Generate)
    assert generate.sampling == SAMPLING
    assert generate.asked.rules == writing.rules(one.language)
    assert generate.asked.question == one.question
    assert generate.asked.passages == one.passages
    said = iter([text, OVER])
    step = steps.send(None)
    while not isinstance(step, Done):
        step = steps.send(_sent(step, said))
    return step


def mark(one: ExamQuestion, text: str, tmp_path) -> Mark:
    return judged(one, written(one, text, tmp_path), 1.5)


@pytest.mark.parametrize("one", exam.questions(), ids=lambda one: one.question)
def test_a_model_that_is_told_sentences_alone_can_be_right_and_has_to_choose(one) -> None:
    generate = next(answered(one, ModelChoice(LocalModel(Path("m.gguf"))), analyzer))
    told = generate.asked.sentences
    words = " ".join(each.passage.hit.text[each.start : each.end] for each in told)
    assert judged(one, Done(words, ()), 0).right == bool(one.answers)
    assert len({each.passage.number for each in told}) > 1


@pytest.mark.parametrize(
    "text", ["It burned 1,560 litres [2].", "1.560 LÍTRES [2]", "1560 litros de aceite. [1][2]"]
)
def test_what_holds_the_answer_is_right_however_it_is_spelled(text: str, tmp_path) -> None:
    assert mark(ASKED, text, tmp_path) == Mark(True, True, True, False, 1.5)


@pytest.mark.parametrize("text", ["11,560 litres [2]", "560 litres [2]", "1,560.5 [2]", ""])
def test_what_holds_another_number_is_wrong(text: str, tmp_path) -> None:
    assert not mark(ASKED, text, tmp_path).right


@pytest.mark.parametrize("text", ["1,560 litres", "1,560 litres [1]", "1,560 litres [7]"])
def test_only_the_passage_that_says_it_is_a_citation(text: str, tmp_path) -> None:
    assert mark(ASKED, text, tmp_path)[:3] == (True, True, False)


def test_every_answer_has_to_be_there() -> None:
    both = ExamQuestion("What?", "en", (("red",), ("blue",)), frozenset({1}), PASSAGES)
    assert not judged(both, Done("It is red.", ()), 0).right
    assert judged(both, Done("It is red and Blue.", ()), 0).right


def test_where_there_is_no_answer_nothing_is_right_but_to_say_so(tmp_path) -> None:
    refused = mark(UNANSWERABLE, "The documents do not say who built it.", tmp_path)
    assert refused == Mark(False, False, False, True, 1.5)
    assert not mark(UNANSWERABLE, "Ana built it [1].", tmp_path).refused


def test_an_answer_that_did_not_come_about_is_wrong() -> None:
    assert judged(ASKED, None, 2.0) == Mark(True, False, False, False, 2.0)


@pytest.mark.parametrize(
    "text",
    [
        "The passages don’t mention it.",
        "There is no information about that.",
        "It is not specified.",
        "I cannot find this in the documents.",
        "Los documentos no lo dicen.",
        "No se menciona en los pasajes.",
        "Los pasajes no contienen la respuesta.",
        "No hay información sobre eso.",
    ],
)
def test_refusals_are_known_in_both_languages(text: str) -> None:
    assert refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "The dome is not heated.",
        "No. It costs 4 pounds.",
        "El horno no puede pintarse.",
        "No: dura seis años y se prorroga.",
    ],
)
def test_an_answer_with_a_no_in_it_is_no_refusal(text: str) -> None:
    assert not refuses(text)
