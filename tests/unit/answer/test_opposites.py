"""Whether a question asks for the opposite of what a sentence says."""

import pytest

from desktop_rag.answer.opposites import denies, denying, reversed_words, turned
from desktop_rag.engines.store.analyzer import words_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is not covered?", "en"),
        ("Who didn't sign?", "en"),
        ("Nobody came, isn't it?", "en"),
        ("¿Qué no incluye el seguro?", "es"),
        ("¿Quién vive sin agua?", "es"),
    ],
)
def test_a_question_denies(question, language) -> None:
    assert denies(question, words_of(question), language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is covered?", "en"),
        ("The fee is 20, isn't it?", "en"),
        ("La cuota es de 20, ¿no?", "es"),
        ("¿Qué incluye el seguro?", "es"),
        ("What is no?", "fr"),
    ],
)
def test_a_question_or_its_tag_denies_nothing(question, language) -> None:
    assert not denies(question, words_of(question), language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Floods are excluded.", "en"),
        ("It won't pay.", "en"),
        ("Se excluyen las riadas. Falta luz.", "es"),
    ],
)
def test_a_sentence_denies_with_other_words_too(text, language) -> None:
    assert denying(text, words_of(text), language)
    assert not denying("Floods and the riadas count.", ["floods"], language)


def test_the_opposite_of_a_word_is_found_unless_the_word_is_there() -> None:
    assert reversed_words(["oldest", "bridge"], ["newest", "bridge"], ["newest", "bridge"]) == 1
    assert not reversed_words(["oldest"], ["newest"], ["newest", "oldest"])
    assert not reversed_words(["oldest"], ["old"], ["old"])
    assert reversed_words(["norte"], ["sur"], ["sur"]) == 1


def test_a_prefix_turns_a_term_around() -> None:
    assert turned(["unimport"], {"import"}) == 1
    assert turned(["formal"], {"informal"}) == 1
    assert not turned(["import"], {"import", "unimport"})
    assert not turned(["art"], {"dart"})
