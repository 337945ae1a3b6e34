"""What is said of answers: every verdict, every reason, every kind has words of its own."""

import pytest

from desktop_rag.domain.answers import Ground, QuestionKind, Reason, SentenceVerdict
from desktop_rag.notices.answers import kind_words, reason_words, verdict_words


def english(_context: str, text: str) -> str:
    return text


def test_every_ground_has_words_of_its_own() -> None:
    said = {ground: reason_words(Reason(ground), english) for ground in Ground}
    alike = {Ground.POLARITY, Ground.CONTRADICTED}
    assert said[Ground.POLARITY] == said[Ground.CONTRADICTED]
    assert len(set(said.values())) == len(Ground) - len(alike) + 1
    assert all(words.endswith(".") and "{" not in words for words in said.values())


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        (Ground.NUMBER, "Not in the passages: “24 hours”, “3 %”."),
        (Ground.DATE, "No passage has the date “24 hours”, “3 %”."),
        (Ground.NAME, "No passage has the name “24 hours”, “3 %”."),
        (Ground.MISQUOTED, "In quotation marks, but in no passage: “24 hours”, “3 %”."),
        (Ground.POLARITY, "A passage says the opposite. It depends on “24 hours”, “3 %”."),
        (Ground.UNRELATED, "No passage says anything like it."),
    ],
)
def test_a_reason_names_the_words_that_it_hangs_on(ground, said) -> None:
    assert reason_words(Reason(ground, ("24 hours", "3 %")), english) == said


def test_a_calculation_is_told_without_quotation_marks() -> None:
    assert reason_words(Reason(Ground.COMPUTED, ("12 − 4 = 8",)), english) == (
        "Calculated: 12 − 4 = 8."
    )


def test_words_of_a_model_are_filled_in_last_and_kept_short() -> None:
    said = reason_words(Reason(Ground.NUMBER, ("{words}\n{0}", "9" * 500, "c", "d")), english)
    assert said == f"Not in the passages: “{{words}} {{0}}”, “{'9' * 120}”, “c”."


def test_every_verdict_and_every_kind_has_words_of_its_own() -> None:
    verdicts = {verdict_words(verdict, english) for verdict in SentenceVerdict}
    kinds = {kind_words(kind, english) for kind in QuestionKind}
    assert (len(verdicts), len(kinds)) == (len(SentenceVerdict), len(QuestionKind))
    assert all(verdicts | kinds)
