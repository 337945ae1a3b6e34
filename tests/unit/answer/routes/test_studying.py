"""Questions to learn by, as an answer: made by rules, or by a model and held against the page."""

from pathlib import Path

import pytest

from desktop_rag.answer.checks.checking import Checker, checked
from desktop_rag.answer.routes import ROUTES
from desktop_rag.answer.turn import (
    Await,
    CheckSentences,
    Done,
    FindCards,
    Generate,
    Progress,
    Question,
    turn,
)
from desktop_rag.domain.answers import AnswerMode, Coverage, QuestionKind
from desktop_rag.domain.digests import CardsRead
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.generation import GenerationDone, ModelChoice, Timings, TokenUsage
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Hit
from desktop_rag.domain.studying import CardDraft
from desktop_rag.engines.store import analyzer

MODEL = ModelChoice(LocalModel(Path("model.gguf")))
ENDED = GenerationDone(TokenUsage(100, 0, 9), Timings(1.0, 2.0, 3.0, 4.0), "end", 7)
D = DocumentId("d")
TEXT = "The lamp of Vorrin was lit with whale oil in 1871. Nobody slept."
HIT = Hit(D, 0, 0, "1", "T", TEXT, (), 1.0, language="en")
DRAFT = CardDraft(0, (0, 50), "The lamp of Vorrin was lit with whale oil in ____.", "1871")
READ = CardsRead((HIT,), (DRAFT,), "en", 0.1, Coverage((D,), 1))


def played(question: Question, writes: str = "", read: CardsRead = READ) -> list:
    steps, seen, sent = turn(question, ROUTES), [], None
    said: list = []
    while True:
        try:
            step = steps.send(sent)
        except StopIteration:
            return seen
        seen.append(step)
        sent = None
        match step:
            case FindCards():
                sent = read
            case Generate():
                said = [writes, ENDED]
            case Await():
                sent = said.pop(0)
            case CheckSentences():
                sent = checked(
                    Checker(
                        step.passages, step.evidence, step.question, step.language, analyzer, None
                    ),
                    step.answer,
                )
            case _:
                pass


def done(seen: list) -> Done:
    (one,) = [step for step in seen if isinstance(step, Done)]
    return one


def cards(seen: list) -> list[tuple[str, str]]:
    return [(one.question, one.answer) for one in done(seen).cards]


def test_what_rules_made_is_told_with_its_quote() -> None:
    seen = played(Question("study questions"))
    answer = done(seen)
    assert answer.text == f"**1. {DRAFT.question}**\n\n1871 [1]"
    assert answer.cards[0].quote.text == TEXT[:50]
    assert (answer.mode, len(answer.citations)) == (AnswerMode.EXTRACT, 1)


def test_as_many_are_wished_as_are_asked_for() -> None:
    def wished(text: str) -> int:
        (one,) = [step for step in played(Question(text)) if isinstance(step, FindCards)]
        return one.limit

    assert wished("study questions") == 10
    assert wished("12 preguntas de repaso") == 12
    assert wished("900 study questions") == 100


def test_a_question_of_the_model_that_the_page_bears_out_is_taken() -> None:
    writes = "Q: With what was the lamp of Vorrin lit?\nA: It was lit with whale oil."
    seen = played(Question("study questions", MODEL), writes)
    assert cards(seen) == [("With what was the lamp of Vorrin lit?", "It was lit with whale oil.")]
    assert done(seen).mode is AnswerMode.MODEL
    assert [step.done for step in seen if isinstance(step, Progress)] == [0, 1]


@pytest.mark.parametrize(
    "writes",
    [
        "Q: With what was the lamp of Vorrin lit?\nA: It was lit with 40 barrels of gas.",
        "Q: Who lit the lamp of Vorrin in 1954?\nA: It was lit with whale oil.",
        "I cannot do that.",
        "",
        "Q: no question at all\nA: whale oil",
        "Q: What is ____ of Vorrin?\nA: the lamp of Vorrin",
    ],
)
def test_where_it_is_not_borne_out_or_none_the_draft_stands(writes) -> None:
    seen = played(Question("study questions", MODEL), writes)
    assert cards(seen) == [(DRAFT.question, DRAFT.answer)]


def test_the_model_is_asked_in_the_language_of_the_passage() -> None:
    seen = played(Question("preguntas de estudio", MODEL, kind=QuestionKind.STUDY))
    (asked,) = [step.asked for step in seen if isinstance(step, Generate)]
    assert (asked.language, "in English" in asked.rules) == ("en", True)


def test_where_nothing_can_be_asked_that_is_said() -> None:
    nothing = CardsRead((), (), "en", 0.1, Coverage((D,), 1))
    answer = done(played(Question("study questions", MODEL), read=nothing))
    assert (answer.mode, answer.cards) == (AnswerMode.SAID, ())
    assert answer.text.startswith("Nothing was found here")
