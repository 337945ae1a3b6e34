"""Conversations as Markdown: numbers that begin at 1, quotes, and what is not borne out."""

from dataclasses import replace

from desktop_rag.domain.answers import AnswerMode, First, Ground, SentenceVerdict
from desktop_rag.gui.chat import transcript
from desktop_rag.gui.chat.values import TurnValue
from tests.gui.chat.turns_shown import check, source, turn

FELL = source(7, "The debt\n*fell*.")


def test_a_conversation_is_exported_with_its_sources(qapp) -> None:
    first = replace(
        turn("It fell [9].\n\n- a lot", sources=(source(7), source(9))), question="# Y?"
    )
    named = replace(first, sources=(source(7), replace(source(9), title="Report *9*")))
    second = TurnValue(2, "And\nthen?", "As before [9].", (), (), None)
    assert transcript.exported("Debt [public]", [named, second]) == (
        "# Debt \\[public\\]\n\n"
        "## \\# Y?\n\n"
        "It fell [1].\n\n- a lot\n\n"
        "1. Report \\*9\\*, p. xiv\n"
        "2. Report 7, p. xiv\n\n"
        "## And then?\n\n"
        "As before [1].\n\n"
        "1. Report \\*9\\*, p. xiv\n"
    )


def test_an_answer_whose_sources_are_lost_is_exported(qapp) -> None:
    lost = TurnValue(1, "Why?", "It fell [1].", (), (), None)
    assert transcript.exported("T", [lost]) == "# T\n\n## Why?\n\nIt fell [1].\n"


def test_quotes_stand_where_they_stand_in_the_window(qapp) -> None:
    written = "Written by the model, not confirmed by your documents:"
    led = turn("It fell [7].", quotes=(FELL,), first=First.QUOTES, sources=())
    assert transcript.exported("T", [led]).split("\n\n")[2:] == [
        *("> The debt \\*fell\\*. [1]", written, "It fell [1].", "1. Report 7, p. xiv\n")
    ]
    followed = replace(led, first=First.ANSWER, sources=(source(7),))
    assert transcript.exported("T", [followed]).split("\n\n")[2:] == [
        *("It fell [1].", "Your documents say:", "> The debt \\*fell\\*. [1]"),
        "1. Report 7, p. xiv\n",
    ]


def test_a_refusal_is_exported_with_what_is_near_it(qapp) -> None:
    refused = turn("They do not say this.", AnswerMode.REFUSED, quotes=(FELL,), refused=True)
    assert transcript.exported("T", [replace(refused, sources=())]).split("\n\n")[2:] == [
        *("They do not say this.", "The nearest passages:", "> The debt \\*fell\\*. [1]"),
        "1. Report 7, p. xiv\n",
    ]


def test_an_export_says_what_was_searched_and_what_is_not_borne_out(qapp) -> None:
    checks = (
        check("It *rose*.", ground=Ground.NUMBER, words=("4 %",)),
        check("It fell.", SentenceVerdict.SUPPORTED, Ground.SAID),
    )
    value = turn("It *rose*. It fell.", checks=checks, searched="Why so?", sources=())
    assert transcript.exported("T", [value]).split("\n\n")[2:] == [
        "Searched: Why so?",
        "It *rose*. It fell.",
        "- “It \\*rose\\*.”: Not found in your documents. Not in the passages: “4 %”.\n",
    ]


def test_a_copied_refusal_has_what_is_near_below_it(qapp) -> None:
    refused = turn("They do not say this.", AnswerMode.REFUSED, quotes=(FELL,), refused=True)
    assert transcript.plain(refused, {}) == (
        "They do not say this.\n\nThe nearest passages:\n\n“The debt\n*fell*.”"
    )
    assert "“The debt\n*fell*.” [1] Report 7, p. xiv" in transcript.cited(refused, {})
