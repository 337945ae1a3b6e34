"""Questions with answers, made of sentences by rules."""

import pytest

from desktop_rag.answer.studying import definition_of, study_items
from desktop_rag.answer.summarizing import KeySentence
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Hit
from desktop_rag.domain.studying import BLANK
from desktop_rag.engines.store import analyzer

D = DocumentId("d")
TEXTS = (
    "A lamp is a vessel in which oil is burned for its light. It stood in the tower of Portugal.",
    "The lighthouse of Vorrin was built by Martha Quill in 1871, and burned down ten years later.",
    "Oil for the lamp was paid with 4,000 dollars each winter by the Vorrin Lighthouse Company.",
    "He was late. This is why the keepers of the lamp trimmed it each night of that long winter.",
)


def sentence(text: str) -> KeySentence:
    return KeySentence(D, 0, (0, len(text)), text)


def passages(*texts: str, language: str = "en") -> list[Hit]:
    return [
        Hit(D, at, at, str(at + 1), "Vorrin", text, (), 1.0, language=language)
        for at, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("text", "language", "question", "answer"),
    [
        ("A lamp is a vessel for oil.", "en", "What is a lamp?", "A vessel for oil."),
        ("Lamps are the oldest of lights.", "en", "What are Lamps?", "The oldest of lights."),
        ("Martha Quill was a keeper of lamps.", "en", "Who was Martha Quill?", None),
        ("“Premises” means the house and its yard.", "en", "What does Premises mean?", None),
        ("El faro es una torre con luz.", "es", "¿Qué es el faro?", "Una torre con luz."),
        ("Juan Prats fue el primer farero.", "es", "¿Quién fue Juan Prats?", None),
        ("Se entiende por renta el precio de la casa.", "es", "¿Qué se entiende por renta?", None),
        (
            "La fianza consiste en dos mensualidades de renta.",
            "es",
            "¿En qué consiste la fianza?",
            None,
        ),
    ],
)
def test_what_something_is_said_to_be_is_asked_for(text, language, question, answer) -> None:
    item = definition_of(sentence(text), language)
    assert item is not None
    assert item.question == question
    assert answer in {None, item.answer}
    assert item.answer.lower() in text.lower()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This is a vessel for oil.", "en"),
        ("It was the end of that winter.", "en"),
        ("There are the keepers of lamps.", "en"),
        ("Lamps are lit each night and are the light of ships.", "de"),
        ("Lamps that are lit and oil is a vessel for them.", "en"),
        ("Este es el fin de aquel invierno.", "es"),
        ("The lamp is lit.", "en"),
        ("The lamp is the.", "en"),
    ],
)
def test_what_leans_on_something_else_or_says_nothing_is_not(text, language) -> None:
    assert definition_of(sentence(text), language) is None


def test_a_word_that_is_written_small_elsewhere_is_asked_for_so() -> None:
    item = definition_of(sentence("Lamps are the oldest of lights."), "en", {"lamps"})
    assert item is not None
    assert item.question == "What are lamps?"
    item = definition_of(sentence("Lamps Inc are the oldest of sellers."), "en", {"lamps"})
    assert item is not None
    assert item.question == "What are Lamps Inc?"


def test_names_dates_and_amounts_are_left_out_and_asked_for() -> None:
    found = study_items(passages(*TEXTS), 10, analyzer)
    blanks = [one for one in found if BLANK in one.question]
    assert {one.answer for one in blanks} <= {
        "Martha Quill", "1871", "ten years", "Vorrin Lighthouse Company", "4,000 dollars",
        "Portugal", "keepers",
    }  # fmt: skip
    assert len(blanks) >= 2
    for one in blanks:
        assert one.question.replace(BLANK, one.answer) == one.sentence.text
        assert one.answer not in one.question
    assert ("What is a lamp?", "A vessel in which oil is burned for its light.") in [
        (one.question, one.answer) for one in found
    ]


def test_as_many_are_made_as_are_wanted_in_order_and_none_of_one_sentence_twice() -> None:
    texts = [
        f"In {1800 + at} the keeper number {at} lit the lamp of Vorrin again." for at in range(40)
    ]
    found = study_items(passages(*texts), 12, analyzer)
    assert len(found) == 12
    assert len({one.sentence.text for one in found}) == 12
    order = [one.sentence.ordinal for one in found]
    assert order == sorted(order)
    assert len(study_items(passages(*texts), 3, analyzer)) == 3


def test_where_nothing_is_named_a_word_that_it_is_about_is_left_out() -> None:
    texts = [
        "The keeper trimmed the wick of the lantern before the evening came.",
        "Whoever keeps a lantern has to trim its wick before the night.",
    ]
    found = study_items(passages(*texts), 2, analyzer)
    assert {one.answer.lower() for one in found} <= {"lantern", "before"}
    assert all(BLANK in one.question for one in found)
    assert len(found) == 1 or found[0].answer == "lantern"


def test_what_needs_the_sentence_before_is_not_asked() -> None:
    found = study_items(
        passages("He paid 40 dollars for the lamp of the keeper of Vorrin."), 5, analyzer
    )
    assert found == []
    assert study_items([], 5, analyzer) == []
