"""Answers: what kind of question they answer, and how far the documents bear them out."""

from __future__ import annotations

from desktop_rag.domain.answers import Ground, QuestionKind, Reason, SentenceVerdict
from desktop_rag.domain.unicode_text import readable
from desktop_rag.notices.words import Translate

_MOST_WORDS = 3  # of those that a verdict hangs on
_LONGEST = 120  # characters of each


def verdict_words(verdict: SentenceVerdict, translate: Translate) -> str:
    """Say how far the documents bear a sentence out."""
    match verdict:
        case SentenceVerdict.SUPPORTED:
            return translate("Notices", "Your documents say this")
        case SentenceVerdict.PARTLY:
            return translate("Notices", "Your documents say a part of this")
        case SentenceVerdict.NOT_FOUND:
            return translate("Notices", "Not found in your documents")


def reason_words(reason: Reason, translate: Translate) -> str:
    """Say in one sentence why a sentence got its verdict."""
    words = _words_said(reason, translate) if reason.words else ""
    if not words:
        return _said(reason.ground, translate)
    return words.format(words=_shown(reason, translate))


def kind_words(kind: QuestionKind, translate: Translate) -> str:
    """Say what kind of wish a question was taken for."""
    return {
        QuestionKind.GREETING: translate("Notices", "A greeting: nothing was searched"),
        QuestionKind.THANKS: translate("Notices", "Thanks: nothing was searched"),
        QuestionKind.PROGRAM: translate("Notices", "About this program: nothing was searched"),
        QuestionKind.UNCLEAR: translate("Notices", "It leans on something that was never said"),
        QuestionKind.FOLLOW_UP: translate("Notices", "It goes on from what was said before"),
        QuestionKind.EXACT: translate("Notices", "A phrase, word for word"),
        QuestionKind.LIST: translate("Notices", "All of something, or how many there are"),
        QuestionKind.SUMMARY: translate("Notices", "A summary"),
        QuestionKind.POINTS: translate("Notices", "The key points"),
        QuestionKind.COMPARISON: translate("Notices", "A comparison"),
        QuestionKind.TABLE: translate("Notices", "A table, with a row for each document"),
        QuestionKind.STUDY: translate("Notices", "Questions to learn by"),
        QuestionKind.WRITING: translate("Notices", "Something to be written freely"),
        QuestionKind.QUESTION: translate("Notices", "A question"),
    }[kind]


def _words_said(reason: Reason, translate: Translate) -> str:
    """Return the sentence that has a place for the words of the reason; none for some."""
    return {
        Ground.COMPUTED: translate("Notices", "Calculated: {words}."),
        Ground.MISQUOTED: translate("Notices", "In quotation marks, but in no passage: {words}."),
        Ground.NUMBER: translate("Notices", "Not in the passages: {words}."),
        Ground.DATE: translate("Notices", "No passage has the date {words}."),
        Ground.NAME: translate("Notices", "No passage has the name {words}."),
        Ground.POLARITY: translate(
            "Notices", "A passage says the opposite. It depends on {words}."
        ),
    }.get(reason.ground, "")


def _said(ground: Ground, translate: Translate) -> str:
    return {
        Ground.QUOTED: translate("Notices", "It stands so in a passage, word for word."),
        Ground.SAID: translate("Notices", "A passage says it in other words."),
        Ground.COMPUTED: translate("Notices", "It follows from numbers in the passages."),
        Ground.MISQUOTED: translate("Notices", "What it quotes stands in no passage."),
        Ground.NUMBER: translate("Notices", "A number in it is not in the passages."),
        Ground.DATE: translate("Notices", "A date in it is not in the passages."),
        Ground.NAME: translate("Notices", "A name in it is not in the passages."),
        Ground.POLARITY: translate("Notices", "A passage says the opposite."),
        Ground.CONTRADICTED: translate("Notices", "A passage says the opposite."),
        Ground.ABOUT: translate("Notices", "A passage is about the same, but none says all of it."),
        Ground.UNRELATED: translate("Notices", "No passage says anything like it."),
        Ground.BESIDE: translate(
            "Notices", "A passage says this, but it does not answer the question."
        ),
        Ground.GENERAL: translate("Notices", "General knowledge, not from your documents."),
        Ground.NOTHING: translate("Notices", "There is nothing in it that could be checked."),
    }[ground]


def _shown(reason: Reason, translate: Translate) -> str:
    """Return the words of a reason; those of a calculation are its terms, and no quotation."""
    shown = [" ".join(readable(one).split())[:_LONGEST] for one in reason.words[:_MOST_WORDS]]
    if reason.ground is Ground.COMPUTED:
        return "; ".join(shown)
    quoted = translate("Notices", "“{words}”")
    return ", ".join(quoted.format(words=one) for one in shown)
