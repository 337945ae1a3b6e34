"""Whole documents summarized by a model: section by section, kept, checked, and then as one."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from desktop_rag.answer.checks.checking import Checker, checked
from desktop_rag.answer.routes import ROUTES
from desktop_rag.answer.turn import (
    Await,
    CheckSentences,
    Done,
    Generate,
    Keep,
    Progress,
    Question,
    QuotesFound,
    Recall,
    Summarize,
    Summarized,
    turn,
)
from desktop_rag.domain.answers import (
    AnswerMode,
    Coverage,
    Extent,
    First,
)
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.generation import (
    GenerationDone,
    ModelChoice,
    Timings,
    TokenUsage,
)
from desktop_rag.domain.models import Adapter, LocalModel
from desktop_rag.domain.passages import Hit, SectionPlaces, TextDelta
from desktop_rag.engines.store import analyzer

MODEL = ModelChoice(LocalModel(Path("model.gguf")))
ENDED = GenerationDone(TokenUsage(100, 0, 9), Timings(1.0, 2.0, 3.0, 4.0), "end", 7)
D = DocumentId("d")
TEXTS = ("Oil lit the lamp.", "Ships brought oil.", "The keeper slept.", "Bread was baked.")
HITS = tuple(Hit(D, at, at, str(at + 1), "T", text, (), 1.0) for at, text in enumerate(TEXTS))
SECTIONS = (SectionPlaces("The lamp", D, (0, 1)), SectionPlaces("The house", D, (2, 3)))
CARRIED = Summarized(HITS, ((0, (0, 17)), (2, (0, 17))), "en", 0.1, Coverage((D,), 4), SECTIONS)


@dataclass
class Played:
    """What a turn wished, when a model `writes` and what is not in `known` is not found."""

    writes: Callable[[str], str]
    kept: dict[tuple[str, ...], str] = field(default_factory=dict)
    seen: list = field(default_factory=list)
    said: list = field(default_factory=list)
    carried: Summarized = CARRIED

    def ask(self, question: Question) -> Done:
        steps, sent = turn(question, ROUTES), None
        while True:
            try:
                step = steps.send(sent)
            except StopIteration:
                return self.seen[-1]
            self.seen.append(step)
            sent = self.sent(step)

    def sent(self, step: object) -> object:
        match step:
            case Summarize():
                assert step.sections
                return self.carried
            case Generate(asked=asked):
                self.said = [self.writes(asked.passages[0].hit.text), ENDED]
            case Await():
                return self.said.pop(0)
            case Recall(document, key):
                return self.kept.get((document, *key))
            case Keep(document, key, text):
                self.kept[document, *key] = text
            case CheckSentences(question, answer, language, passages, evidence):
                return checked(Checker(passages, evidence, question, language, analyzer), answer)
        return None

    def wishes(self, kind: type) -> list:
        return [step for step in self.seen if isinstance(step, kind)]


def echo(text: str) -> str:
    return text


def asked(extent: Extent, **more: object) -> Question:
    return replace(Question("summarize it", MODEL, extent=extent), **more)


def test_each_section_is_told_by_itself_and_what_they_come_to_once_more() -> None:
    played = Played(echo)
    done = played.ask(asked(Extent.MEDIUM))
    told = [[one.hit.text for one in step.asked.passages] for step in played.wishes(Generate)]
    assert told == [list(TEXTS[:2]), list(TEXTS[2:]), [TEXTS[0], TEXTS[2]]]
    assert played.wishes(Progress) == [
        Progress(0, 2, "The lamp"),
        Progress(1, 2, "The house"),
        Progress(2, 2),
    ]
    assert (done.text, done.mode) == ("Oil lit the lamp [1].", AnswerMode.MODEL)
    assert [quote.passage.number for quote in done.citations] == [1]
    assert [quote.text for quote in done.quotes] == [TEXTS[0], TEXTS[2]]
    assert done.first is First.ANSWER


@pytest.mark.parametrize("text", ["summarize it in bullets", "Resume en viñetas"])
def test_points_can_be_wanted(text) -> None:
    played = Played(echo)
    played.ask(asked(Extent.SHORT, text=text))
    assert "hyphen" in played.wishes(Generate)[-1].asked.question


def test_a_long_summary_is_what_the_sections_come_to_under_their_titles() -> None:
    played = Played(echo)
    done = played.ask(asked(Extent.LONG))
    assert done.text == (
        "### The lamp\n\nOil lit the lamp [1].\n\n### The house\n\nThe keeper slept [3]."
    )
    spoken = "".join(step.text for step in played.wishes(TextDelta)).strip()
    assert spoken == done.text
    assert len(played.wishes(Generate)) == 2
    assert done.first is First.ANSWER  # a title claims nothing


def test_what_no_passage_bears_out_is_not_handed_on() -> None:
    played = Played(lambda _text: "The moon is made of cheese.")
    done = played.ask(asked(Extent.LONG))
    assert "moon" not in done.text
    assert "Oil lit the lamp. [1]" in done.text
    assert "The keeper slept. [3]" in done.text


def test_a_mark_in_the_words_of_a_document_is_none_of_ours() -> None:
    own = replace(HITS[0], text="Oil [2] lit the lamp.")
    carried = replace(CARRIED, hits=(own, *HITS[1:]), spans=((0, (0, 21)), (2, (0, 17))))
    played = Played(lambda _text: "The moon is made of cheese.", carried=carried)
    played.ask(asked(Extent.SHORT))
    whole = played.wishes(Generate)[-1].asked
    assert [passage.number for passage in whole.passages] == [1, 3]


def test_a_model_with_another_adapter_is_another_model() -> None:
    first = Played(echo)
    first.ask(asked(Extent.LONG))
    adapted = replace(MODEL, adapters=(Adapter(Path("style.gguf")),))
    again = Played(echo, first.kept)
    again.ask(asked(Extent.LONG, model=adapted))
    assert len(again.wishes(Generate)) == 2


def test_what_was_kept_of_a_section_is_not_written_again() -> None:
    first = Played(echo)
    first.ask(asked(Extent.SHORT))
    again = Played(echo, first.kept)
    done = again.ask(asked(Extent.LONG, first=11))
    assert again.wishes(Generate) == []
    assert "Oil lit the lamp [11]." in done.text
    other = Played(echo, first.kept)
    other.ask(asked(Extent.LONG, model=ModelChoice(LocalModel(Path("other.gguf")))))
    assert len(other.wishes(Generate)) == 2


def test_an_answer_that_ends_in_the_middle_leaves_what_was_done() -> None:
    kept: dict[tuple[str, ...], str] = {}
    wrote = []

    def dies(text: str) -> str:
        wrote.append(text)
        if len(wrote) == 2:
            raise ConnectionError
        return text

    with pytest.raises(ConnectionError):
        Played(dies, kept).ask(asked(Extent.LONG))
    again = Played(echo, kept)
    again.ask(asked(Extent.LONG))
    assert [step.asked.passages[0].hit.text for step in again.wishes(Generate)] == [TEXTS[2]]


def test_a_model_that_is_not_trusted_comes_after_the_words_of_the_documents() -> None:
    played = Played(echo)
    done = played.ask(asked(Extent.SHORT, trusted=False))
    (quotes,) = played.wishes(QuotesFound)
    assert quotes.quotes == done.quotes
    assert played.seen.index(quotes) < played.seen.index(played.wishes(Progress)[0])
    assert done.first is First.QUOTES
