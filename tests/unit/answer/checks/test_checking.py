"""What becomes of the sentences of an answer."""

from collections.abc import Sequence

import pytest

from desktop_rag.answer.checks.checking import Checker, checked
from desktop_rag.domain.answers import Ground, SentenceVerdict
from desktop_rag.domain.calibration import Calibration
from desktop_rag.domain.passages import Evidence, Passage
from desktop_rag.domain.ports import Judgement
from desktop_rag.engines.store import analyzer
from tests.unit.answer.checks.sentences import (
    NOT_FOUND,
    PARTLY,
    SUPPORTED,
    caught,
    check,
    checks,
    ground,
    passage,
)

LAMP = "The lamp burned 5 kg of whale oil in May 2019. John Barker lit it every evening at 7 p.m."
SALES = "Revenue rose to $1,577 million in 2018, from $1,499 million in 2017."


class Near:
    """An embedder to which every text is so near."""

    languages = frozenset({"en", "es"})
    calibration = Calibration(0.0, 1.0)

    def __init__(self, cosine: float) -> None:
        self.cosine = cosine
        self.asked = 0

    def embed_question(self, text: str) -> tuple[float, ...]:
        return (1.0,)

    def similarities(self, question: str, texts: list[str]) -> list[float]:
        self.asked += 1
        return [self.cosine] * len(texts)


def test_a_sentence_that_stands_in_a_passage_is_quoted() -> None:
    found = check("John Barker lit it every evening at 7 p.m.", LAMP)
    assert (found.verdict, found.reason.ground) == (SUPPORTED, Ground.QUOTED)
    assert found.citations == (1,)


def test_a_sentence_in_other_words_is_said() -> None:
    assert ground("Barker lit the lamp at 7 p.m.", LAMP) is Ground.SAID


@pytest.mark.parametrize(
    ("question", "written", "found"),
    [
        ("When did Barker light the lamp?", "Barker did light the lamp", (PARTLY, Ground.BESIDE)),
        ("When did Barker light the lamp?", "It was lit at 7 p.m.", (SUPPORTED, Ground.SAID)),
        ("How much oil did the lamp burn?", "The lamp burned 5 kg oil", (SUPPORTED, Ground.SAID)),
        ("Was the lamp lit by Barker?", "Barker lit the lamp", (SUPPORTED, Ground.SAID)),
        ("", "Barker lit the lamp", (SUPPORTED, Ground.SAID)),
    ],
)
def test_what_only_says_the_question_again_does_not_answer_it(question, written, found) -> None:
    text = "The lamp burned 5 kg of oil. At 7 p.m. it was lit. Barker did light, too, the lamp."
    judged = check(written + ".", text, question=question)
    assert (judged.verdict, judged.reason.ground) == found


def test_nothing_like_it_is_unrelated_and_cites_nothing() -> None:
    found = check("Elephants sleep for two hours in the open.", LAMP)
    assert (found.verdict, found.reason.ground) == (NOT_FOUND, Ground.NUMBER)
    found = check("Elephants sleep standing under large trees.", LAMP)
    assert (found.verdict, found.reason.ground, found.citations) == (
        NOT_FOUND,
        Ground.UNRELATED,
        (),
    )


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("Here is what I found:", "en"),
        ("Hello!", "en"),
        ("Is there anything else?", "en"),
        ("Esto es lo que dicen los documentos:", "es"),
        ("Espero que te sirva.", "es"),
        ("# Lamps and their oils", "en"),
    ],
)
def test_what_claims_nothing_is_not_doubted(written: str, language: str) -> None:
    found = check(written, LAMP, language=language)
    assert (found.verdict, found.reason.ground) == (SUPPORTED, Ground.NOTHING)
    assert found.citations == ()


def test_what_only_leads_on_claims_its_numbers_all_the_same() -> None:
    assert caught("The lamp burned 9 kg of whale oil:", LAMP) is Ground.NUMBER


def test_places_are_those_of_the_answer_as_it_is_shown() -> None:
    written = "Yes. The lamp burned whale oil. [1]\n\n- John **Barker** lit it. [1][2]\n"
    found = checks(written, LAMP, SALES)
    assert [written[one.start : one.end] for one in found] == [
        "Yes.",
        "The lamp burned whale oil. [1]",
        "John **Barker** lit it. [1][2]",
    ]
    assert [one.sentence for one in found][1:] == [
        "The lamp burned whale oil.",
        "John **Barker** lit it.",
    ]


def test_the_passage_that_bears_a_sentence_out_is_cited_whatever_its_mark_says() -> None:
    assert check("Revenue rose to $1,577 million. [1]", LAMP, SALES).citations == (2,)


def test_of_two_passages_that_say_the_same_the_one_that_is_cited_comes_first() -> None:
    assert check("The lamp burned the oil of whales. [2]", LAMP, LAMP).citations[0] == 2


def test_a_sentence_of_two_passages_cites_both() -> None:
    found = check("John Barker lit the lamp every evening and revenue rose in 2018.", LAMP, SALES)
    assert found.verdict is SUPPORTED
    assert set(found.citations) == {1, 2}


def test_one_wrong_fact_beside_a_right_one_is_partly_borne_out() -> None:
    found = check("Revenue rose to $1,579 million in 2018.", SALES)
    assert (found.verdict, found.reason.words) == (PARTLY, ("$1,579 million",))
    assert found.citations == (1,)
    assert check("Revenue rose to $1,579 million.", SALES).verdict is NOT_FOUND


def test_the_embedder_is_asked_only_where_words_do_not_decide() -> None:
    embedder = Near(0.0)
    check("John Barker lit it every evening.", LAMP, embedder=embedder)
    assert embedder.asked == 0
    found = check("Somebody kindled the flame at dusk.", LAMP, embedder=embedder)
    assert (embedder.asked, found.verdict) == (1, SentenceVerdict.NOT_FOUND)


def test_what_is_near_enough_in_meaning_is_said() -> None:
    assert caught("Somebody kindled the flame at dusk.", LAMP, embedder=Near(2.0)) is None
    assert caught("Somebody kindled the flame at dusk.", LAMP, embedder=Near(1.0)) is not None


def test_across_languages_meaning_decides_and_facts_are_held() -> None:
    english = passage(LAMP)
    near = Near(2.0)
    spanish = "La lámpara quemó 5 kg de aceite de ballena en mayo de 2019."
    assert caught(spanish, english, language="es", embedder=near) is None
    wrong = spanish.replace("5", "6")
    assert caught(wrong, english, language="es", embedder=near) is Ground.NUMBER
    wrong = spanish.replace("mayo", "junio")
    assert caught(wrong, english, language="es", embedder=near) is Ground.DATE
    assert caught(spanish, english, language="es", embedder=Near(0.2)) is Ground.UNRELATED


def test_rows_of_a_table_are_held_one_by_one() -> None:
    table = passage("(in millions)\t2018\t2017\nRevenue\t1,577\t1,499\nCosts\t903\t871")
    written = "| Item | 2018 |\n|---|---|\n| Revenue | 1,577 |\n| Costs | 905 |"
    found = checks(written, table)
    assert [one.verdict for one in found] == [SUPPORTED, SUPPORTED, NOT_FOUND]
    assert found[0].reason.ground is Ground.NOTHING


def test_without_passages_nothing_is_borne_out() -> None:
    assert checks("The lamp burned whale oil.")[0].verdict is NOT_FOUND


class Reads:
    """Reads the same in every pair, or by what a premise says."""

    def __init__(self, *probabilities: float, **by_word: Judgement) -> None:
        self.usual = Judgement(*(probabilities or (0.0, 1.0, 0.0)))
        self.by_word = by_word
        self.pairs: list[tuple[str, str]] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        self.pairs += pairs
        return [self._read(premise) for premise, _ in pairs]

    def _read(self, premise: str) -> Judgement:
        return next((self.by_word[word] for word in self.by_word if word in premise), self.usual)


ENTAILED, OPPOSED = Judgement(0.9, 0.05, 0.05), Judgement(0.02, 0.03, 0.95)
SAYS = "Barker lit the lamp every evening."  # borne out by its words
HALF = "Barker lit the lamp with a match of cedar."  # of which they have a part


def read(
    written: str, judge: Reads, *passages: Passage, embedder=None
) -> tuple[SentenceVerdict, Ground]:
    found = passages or (passage(LAMP),)
    checker = Checker(found, Evidence(), "", "en", analyzer, embedder, judge)
    (check,) = checked(checker, written)
    return check.verdict, check.reason.ground


def test_what_an_entailment_model_leaves_open_is_judged_as_without_it() -> None:
    assert read(SAYS, Reads(0.6, 0.2, 0.2)) == (SUPPORTED, Ground.SAID)
    assert read(HALF, Reads(0.6, 0.2, 0.2)) == (PARTLY, Ground.ABOUT)
    assert read(HALF, Reads(0.1, 0.1, 0.8)) == (PARTLY, Ground.ABOUT)


def test_what_a_passage_says_by_an_entailment_model_is_borne_out() -> None:
    assert read(HALF, Reads(*ENTAILED)) == (SUPPORTED, Ground.SAID)
    assert read(SAYS, Reads(*ENTAILED)) == (SUPPORTED, Ground.SAID)


def test_what_a_passage_contradicts_goes_down_one_step_with_its_own_reason() -> None:
    assert read(SAYS, Reads(*OPPOSED)) == (PARTLY, Ground.CONTRADICTED)
    assert read(HALF, Reads(*OPPOSED)) == (NOT_FOUND, Ground.CONTRADICTED)


def test_what_one_sentence_says_is_said_whatever_another_says_of_something_else() -> None:
    judge = Reads(kg=OPPOSED, Barker=ENTAILED)
    assert read(SAYS, judge) == (SUPPORTED, Ground.SAID)
    assert [LAMP.find(premise) >= 0 for premise, _ in judge.pairs] == [True, False]


def test_an_entailment_model_reads_two_sentences_beside_one_at_most() -> None:
    apart = [passage(text, at) for at, text in enumerate(("Barker lit.", "A lamp.", "Cedar."), 1)]
    judge = Reads(0.0, 1.0, 0.0)
    read(HALF, judge, *apart)
    assert len(judge.pairs) == 2
    first, both = (premise for premise, _ in judge.pairs)
    assert both.startswith(f"{first} ")
    assert {hypothesis for _, hypothesis in judge.pairs} == {HALF}


def test_across_languages_an_entailment_model_reads_what_the_embedder_finds_nearest() -> None:
    class Second(Near):
        def similarities(self, question: str, texts: list[str]) -> list[float]:
            return [self.cosine + ("match" in text) for text in texts]

    english = passage("The harbour is deep. He lit it with a match. The whale sleeps.")
    judge = Reads(*ENTAILED)
    checker = Checker((english,), Evidence(), "", "es", analyzer, Second(0.5), judge)
    (check,) = checked(checker, "Lo encendía con una cerilla de cedro.")
    assert check.verdict is SUPPORTED
    assert judge.pairs[0][0] == "He lit it with a match."
    assert len(judge.pairs) == 2


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The lamp burned 6 kg of whale oil.", (NOT_FOUND, Ground.NUMBER)),
        ("The lamp burned 5 kg of whale oil in June 2019.", (PARTLY, Ground.DATE)),
        ("The lamp frightened many gulls near old boats.", (NOT_FOUND, Ground.UNRELATED)),
        ("The lamp burned 5 kg of whale oil in May 2019.", (SUPPORTED, Ground.QUOTED)),
        ("I hope this helps!", (SUPPORTED, Ground.NOTHING)),
    ],
)
def test_an_entailment_model_is_not_asked_what_rules_decide(written, expected) -> None:
    for judgement in (ENTAILED, OPPOSED):
        judge = Reads(*judgement)
        assert read(written, judge) == expected
        assert not judge.pairs


def test_an_entailment_model_is_not_asked_about_sums() -> None:
    judge = Reads(*OPPOSED)
    sales = passage("Sales of lamps were 1,577 dollars in 2018 and 1,499 dollars in 2017.")
    written = "Sales of lamps rose by 78 dollars, from 1,499 dollars to 1,577 dollars."
    assert read(written, judge, sales) == (SUPPORTED, Ground.COMPUTED)
    assert not judge.pairs
