import pytest

from desktop_rag.answer.asking import SAID
from desktop_rag.answer.replies import reply, spoken_to_in


@pytest.mark.parametrize("kind", sorted(SAID))
def test_everything_that_is_not_searched_is_answered_in_both_languages(kind) -> None:
    assert reply(kind, "en") != reply(kind, "es")
    assert reply(kind, "fr") == reply(kind, "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [("grasias", "es"), ("thank you", "en"), ("¡buenas!", "es"), ("ok", "pt"), ("👍", "pt")],
)
def test_a_few_words_tell_their_language_or_leave_it(text, language) -> None:
    assert spoken_to_in(text, "pt") == language
