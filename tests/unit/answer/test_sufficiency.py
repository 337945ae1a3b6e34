"""Whether what was found answers, with weights that a person can work out by hand."""

from dataclasses import asdict, replace

import pytest

from desktop_rag.answer.sufficiency import SIGNS, Signals, judged, signals
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Evidence, Extract, Hit, Passage
from desktop_rag.domain.sufficiency import Weighing
from desktop_rag.engines.store import analyzer
from desktop_rag.settings.sufficiency import WORDS, weighing

NEARNESS = Weighing(-1.0, {"nearness": 2.0, "missing": -1.0}, 0.5)
ASKED = "When was the harbour of Torrenova built?"
SAID = "The harbour of Torrenova was built in 1871."
BESIDE = "Its lamps are lit by the night watch."


def found(*told: tuple[str, float], language: str = "en", header: str = "Guide") -> list[Extract]:
    """Sentences with their nearness, each passage one of them, in the order told."""
    extracts = []
    for number, (text, nearness) in enumerate(told, start=1):
        hit = Hit(DocumentId("d"), number, 0, "1", header, text, (), 1.0, language=language)
        extracts.append(Extract(Passage(number, hit), 0, len(text), 1.0, nearness=nearness))
    return extracts


def told(question: str, *texts: tuple[str, float], language: str = "en", **more) -> Signals:
    signs = signals(question, language, found(*texts, **more), analyzer)
    assert signs is not None
    return signs


def test_a_sentence_that_answers_has_all_of_the_question() -> None:
    signs = told(ASKED, (BESIDE, 0.1), (SAID, 1.5))
    assert asdict(signs) == dict.fromkeys(SIGNS, 0.0) | {
        "nearness": 1.5,
        "paired": 1.0,
        "fit": 0.5,
        "agreed": 1.0,
    }


def test_what_is_about_something_else_lacks_words_and_nearness() -> None:
    signs = told(ASKED, (BESIDE, 0.2))
    assert (signs.missing, signs.unsaid, signs.unnamed, signs.unheard) == (1, 1, 1, 1)
    assert signs.low == pytest.approx(0.6)
    assert signs.strange == pytest.approx(1.0)
    assert signs.fit == -0.5


def test_words_of_the_section_and_beside_the_sentence_are_not_missing() -> None:
    text = "Torrenova is a town. It was built in 1871. Ships rest there."
    hit = Hit(DocumentId("d"), 0, 0, "1", "The harbour", text, (), 1.0, language="en")
    spans = [(0, 20, 0.1), (21, 42, 1.0), (43, 60, 0.0)]
    extracts = [Extract(Passage(1, hit), start, end, 0, (), near) for start, end, near in spans]
    signs = signals(ASKED, "en", extracts, analyzer)
    assert signs is not None
    assert (signs.missing, signs.unnamed) == (0, 0)


def test_a_name_that_only_another_passage_has_is_unnamed_but_heard() -> None:
    signs = told(ASKED, ("The harbour was built in 1871.", 1.5), ("Torrenova is a town.", 0.1))
    assert (signs.unnamed, signs.unheard) == (1, 0)


def test_a_number_that_no_passage_has_is_unnumbered() -> None:
    assert told("Who handles a P5 here?", ("We handle P1 and P2 here.", 1.0)).unnumbered == 1
    assert told("Who handles a P2 here?", ("We handle P1 and P2 here.", 1.0)).unnumbered == 0


def test_a_question_for_what_is_not_is_not_answered_by_what_is() -> None:
    asked = "What is not covered by the plan?"
    assert told(asked, ("The plan covered glass and water.", 1.0)).denied == 1
    assert told(asked, ("Glass is excluded, as the plan says.", 1.0)).denied == 0


def test_a_sentence_with_the_opposite_word_is_opposite() -> None:
    asked = "Which is the oldest bridge?"
    assert told(asked, ("The newest bridge is of steel.", 1.0)).opposite == 1
    assert told(asked, ("The oldest bridge is of stone.", 1.0)).opposite == 0


def test_between_two_languages_words_are_not_missed() -> None:
    signs = told("¿Cuándo se abrió el puerto de Torrenova?", (SAID, 0.9), language="es")
    assert (signs.across, signs.missing, signs.unnamed) == (1, 0, 0)
    assert signs.strange_across == pytest.approx(0.3)


def test_a_passage_that_does_not_tell_its_language_is_in_the_questions() -> None:
    und = replace(found((SAID, 1.0))[0].passage.hit, language="und")
    signs = signals(ASKED, "en", [Extract(Passage(1, und), 0, len(SAID), 1.0)], analyzer)
    assert signs is not None
    assert signs.across == 0


def test_headings_and_questions_do_not_answer() -> None:
    signs = told(ASKED, ("When was the harbour of Torrenova built?", 2.0), (SAID, 1.5))
    assert signs.nearness == 1.5


def test_without_meaning_the_most_words_decide() -> None:
    extracts = found((SAID, 0.0), (BESIDE, 2.0))
    signs = signals(ASKED, "en", extracts, analyzer, meaning=False)
    assert signs is not None
    assert (signs.missing, signs.nearness, signs.agreed) == (0, 0, 0)


def test_enough_is_what_reaches_the_threshold() -> None:
    near = judged(ASKED, "en", found((SAID, 0.5)), analyzer, NEARNESS)
    assert near == Evidence(tuple(found((SAID, 0.5))), 0.5, enough=True)
    far = judged(ASKED, "en", found((SAID, 0.4)), analyzer, NEARNESS)
    assert not far.enough
    assert far.sufficiency == pytest.approx(0.450166, abs=1e-6)


def test_nothing_is_not_enough() -> None:
    assert judged(ASKED, "en", [], analyzer, NEARNESS) == Evidence((), 0.0, enough=False)


def test_what_the_weights_know_nothing_of_is_not_refused() -> None:
    strict = Weighing(-9.0, {"nearness": 0.0}, 0.5)
    extracts = found((SAID, 0.1))
    assert judged("¿Qué es?", "es", extracts, analyzer, strict).enough
    known = Weighing(-9.0, {"across": 0.0}, 0.5)
    assert not judged("¿Qué es?", "es", extracts, analyzer, known).enough


def test_names_that_no_passage_has_are_told() -> None:
    evidence = judged("Was Villarosa built in 1871?", "en", found((SAID, 1.0)), analyzer, NEARNESS)
    assert evidence.unmentioned == ("Villarosa",)
    across = judged("¿Fue en Villarosa?", "es", found((SAID, 1.0)), analyzer, NEARNESS)
    assert across.unmentioned == ()


def test_what_contradicts_a_claim_is_no_answer() -> None:
    evidence = judged(
        "The harbour of Torrenova was built in 1900, right?",
        "en",
        found((SAID, 3.0)),
        analyzer,
        NEARNESS,
    )
    assert not evidence.enough
    assert evidence.contradicted is not None
    assert (evidence.contradicted.stated, evidence.contradicted.found) == ("1900", "1871")


def test_words_alone_tell_an_answer_from_what_is_about_something_else() -> None:
    alone = weighing(None)
    assert judged(ASKED, "en", found((SAID, 0.0)), analyzer, alone).enough
    assert not judged(ASKED, "en", found((BESIDE, 0.0)), analyzer, alone).enough
    assert alone is weighing(WORDS)
