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
    return words.format(words=_shown(reason))


def kind_words(kind: QuestionKind, translate: Translate) -> str:
    """Say what kind of wish a question was taken for."""
    return _conversing(kind, translate) or _seeking(kind, translate)


def _words_said(reason: Reason, translate: Translate) -> str:
    """Return the sentence that has a place for the words of the reason; none for some."""
    match reason.ground:
        case Ground.COMPUTED:
            return translate("Notices", "Calculated: {words}.")
        case Ground.MISQUOTED:
            return translate("Notices", "In quotation marks, but in no passage: {words}.")
        case Ground.NUMBER:
            return translate("Notices", "Not in the passages: {words}.")
        case Ground.DATE:
            return translate("Notices", "No passage has the date {words}.")
        case Ground.NAME:
            return translate("Notices", "No passage has the name {words}.")
        case Ground.POLARITY:
            return translate("Notices", "A passage says the opposite. It depends on {words}.")
        case _:
            return ""


def _said(ground: Ground, translate: Translate) -> str:
    return (
        _borne_out(ground, translate) or _at_odds(ground, translate) or _lacking(ground, translate)
    )


def _borne_out(ground: Ground, translate: Translate) -> str:
    match ground:
        case Ground.QUOTED:
            return translate("Notices", "It stands so in a passage, word for word.")
        case Ground.SAID:
            return translate("Notices", "A passage says it in other words.")
        case Ground.COMPUTED:
            return translate("Notices", "It follows from numbers in the passages.")
        case Ground.GENERAL:
            return translate("Notices", "General knowledge, not from your documents.")
        case Ground.NOTHING:
            return translate("Notices", "There is nothing in it that could be checked.")
        case _:
            return ""


def _at_odds(ground: Ground, translate: Translate) -> str:
    match ground:
        case Ground.POLARITY | Ground.CONTRADICTED:
            return translate("Notices", "A passage says the opposite.")
        case Ground.BESIDE:
            return translate("Notices", "A passage says this, but it does not answer the question.")
        case Ground.UNRELATED:
            return translate("Notices", "No passage says anything like it.")
        case _:
            return ""


def _lacking(ground: Ground, translate: Translate) -> str:
    match ground:
        case Ground.MISQUOTED:
            return translate("Notices", "What it quotes stands in no passage.")
        case Ground.NUMBER:
            return translate("Notices", "A number in it is not in the passages.")
        case Ground.DATE:
            return translate("Notices", "A date in it is not in the passages.")
        case _:
            return translate("Notices", "A name in it is not in the passages.")


def _conversing(kind: QuestionKind, translate: Translate) -> str:
    match kind:
        case QuestionKind.GREETING:
            return translate("Notices", "A greeting: nothing was searched")
        case QuestionKind.THANKS:
            return translate("Notices", "Thanks: nothing was searched")
        case QuestionKind.PROGRAM:
            return translate("Notices", "A question about this program: nothing was searched")
        case QuestionKind.UNCLEAR:
            return translate("Notices", "It leans on something that was not said before")
        case QuestionKind.FOLLOW_UP:
            return translate("Notices", "It goes on from what was said before")
        case _:
            return ""


def _seeking(kind: QuestionKind, translate: Translate) -> str:
    match kind:
        case QuestionKind.EXACT:
            return translate("Notices", "A phrase, word for word")
        case QuestionKind.LIST:
            return translate("Notices", "All of something, or how many there are")
        case QuestionKind.SUMMARY:
            return translate("Notices", "A summary")
        case QuestionKind.COMPARISON:
            return translate("Notices", "A comparison")
        case _:
            return translate("Notices", "A question")


def _shown(reason: Reason) -> str:
    """Return the words of a reason; those of a calculation are its terms, and no quotation."""
    shown = [" ".join(readable(one).split())[:_LONGEST] for one in reason.words[:_MOST_WORDS]]
    if reason.ground is Ground.COMPUTED:
        return "; ".join(shown)
    return ", ".join(f"“{one}”" for one in shown)
