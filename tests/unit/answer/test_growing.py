"""An answer that grows comes to what it comes to all at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import pytest

from desktop_rag.answer.checks.checking import Checker, checked
from desktop_rag.answer.checks.spans import Span
from desktop_rag.answer.growing import GrowingChecks, undecided
from desktop_rag.domain.answers import SentenceCheck
from desktop_rag.domain.calibration import Calibration
from desktop_rag.domain.passages import Evidence
from desktop_rag.domain.ports import Judgement
from desktop_rag.engines.store import analyzer
from tests.unit.answer.checks.sentences import NOT_FOUND, SUPPORTED, passage

LAMP = passage("The lamp burned 5 kg of whale oil in May 2019. John Barker lit it at 7 p.m.")
SALES = passage("Revenue rose to $1,577 million in 2018, from $1,499 million in 2017.", 2)
ANSWERS = (
    "The lamp burned 5 kg [1]. It burned 9 kg in June 2019 [1][2]. Barker slept at 7 p.m. He sang.",
    "He said “Oil burned. It was 5 kg” to Mr. Barker. Then “the lamp. Nobody lit it.",
    "# Sales\n\n| Year | Revenue |\n|---|---|\n| 2018 | $1,577 million [2] |\n| 2017 | $2 |\n\nSo.",
    "He wrote “Oil burned.\nNobody sang. It was” he said.\nNobody sang. So",
    "1. Barker lit it.\n2. Barker lit it.\n- Ferries were painted green. - They sank.\n\nYes",
)


class Near:
    """An embedder to which every text is somewhat near."""

    languages = frozenset({"en"})
    calibration = Calibration(0.0, 1.0)

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_question(self, text: str) -> tuple[float, ...]:
        return (1.0,)

    def similarities(self, question: str, texts: list[str]) -> list[float]:
        self.asked.append(question)
        return [0.4] * len(texts)


class Counting(Checker):
    """Remembers which sentences it checked."""

    seen: ClassVar[list[str]] = []

    def check(self, span: Span, quoted=()) -> SentenceCheck:
        self.seen.append(span.text)
        return super().check(span, quoted)


def checker(embedder: Near | None = None, kind: type[Checker] = Checker) -> Checker:
    return kind((LAMP, SALES), Evidence(), "What burned?", "en", analyzer, embedder)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("embedded", [True, False])
def test_what_was_checked_on_the_way_is_what_is_found_at_the_end(answer, embedded) -> None:
    whole = checked(checker(Near() if embedded else None), answer)
    growing = GrowingChecks(checker(Near() if embedded else None))
    for end in range(0, len(answer), 3):
        list(growing.each(answer[:end], ended=False))
    assert tuple(growing.each(answer)) == whole


def test_sentences_are_told_as_they_will_stand_once_another_has_begun() -> None:
    answer = ANSWERS[0]
    whole = checked(checker(Near()), answer)
    growing = GrowingChecks(checker(Near()))
    assert list(growing.each("The lamp burned 5 kg", ended=False)) == []
    early = tuple(growing.each(answer[: answer.index(" He sang")] + " He", ended=False))
    assert early == tuple(one for one in whole if one in early)
    assert [one.verdict for one in early[:2]] == [SUPPORTED, NOT_FOUND]


def test_the_embedder_is_asked_once_the_answer_has_ended_and_not_before() -> None:
    embedder = Near()
    growing = GrowingChecks(checker(embedder))
    answer = "The ferries were painted green. The lamp burned 9 kg."
    (early,) = growing.each(f"{answer} So", ended=False)
    assert (early.sentence, embedder.asked) == ("The lamp burned 9 kg.", [])
    assert len(list(growing.each(answer))) == 2
    assert embedder.asked == ["The ferries were painted green."]


def test_no_sentence_is_checked_twice() -> None:
    Counting.seen.clear()
    growing = GrowingChecks(checker(Near(), Counting))
    answer = "The lamp burned 5 kg. [1] It burned 9 kg. [1] Oil."
    words = answer.split(" ")
    for end in range(len(words)):
        list(growing.each(" ".join(words[:end]), ended=False))
    list(growing.each(answer))
    assert sorted(Counting.seen) == ["It burned 9 kg.", "Oil.", "The lamp burned 5 kg."]


def test_an_entailment_model_is_heard_at_the_end_and_not_before() -> None:
    def judge(pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        return [Judgement(0.0, 0.0, 1.0)] * len(pairs)

    answer = "Barker lit the lamp at 7 p.m. The lamp burned 9 kg."
    whole = checked(replace(checker(), judge=judge), answer)
    growing = GrowingChecks(replace(checker(), judge=undecided))
    early = tuple(growing.each(f"{answer} So", ended=False))
    assert early == whole[1:]
    growing.judge_by(judge)
    assert tuple(growing.each(answer)) == whole
