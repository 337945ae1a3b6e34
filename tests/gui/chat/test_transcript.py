"""Answers as they are copied."""

from desktop_rag.domain.answers import AnswerMode
from desktop_rag.gui.chat import transcript
from tests.gui.chat.turns_shown import source, turn

FELL = source(7, "The debt\n*fell*.")


def test_a_copied_refusal_has_what_is_near_below_it(qapp) -> None:
    refused = turn("They do not say this.", AnswerMode.REFUSED, quotes=(FELL,), refused=True)
    assert transcript.plain(refused, {}) == (
        "They do not say this.\n\nThe nearest passages:\n\n“The debt\n*fell*.”"
    )
    assert "“The debt\n*fell*.” [1] Report 7, p. xiv" in transcript.cited(refused, {})
