"""What papers say besides the answers that they are made of."""

from __future__ import annotations

import functools

from desktop_rag.answer.papers.talk import PaperWords
from desktop_rag.domain.answers import SentenceCheck
from desktop_rag.jobs.papers import PaperTelling
from desktop_rag.notices.answers import reason_words, verdict_words
from desktop_rag.notices.words import Translate


def telling(translate: Translate, language: str = "en") -> PaperTelling:
    """Return what papers say, in the language of `translate`."""
    return PaperTelling(language, _words(translate), functools.partial(_doubt, translate=translate))


def _words(translate: Translate) -> PaperWords:
    return PaperWords(
        searched=translate("Notices", "Searched: {words}"),
        nearest=translate("Notices", "This comes nearest in your documents:"),
        unconfirmed=translate(
            "Notices", "Written by a language model, not confirmed by your documents:"
        ),
        documents_say=translate("Notices", "Your documents say:"),
        doubted=translate("Notices", "To be taken with care:"),
        stopped=translate("Notices", "This answer was stopped before its end."),
        nothing=translate("Notices", "Nothing in these documents answers this."),
        page=translate("Notices", "{title}, p. {label}"),
        sources=translate("Notices", "Sources"),
    )


def _doubt(check: SentenceCheck, translate: Translate) -> str:
    """Say in one line why a sentence is to be taken with care."""
    return f"{verdict_words(check.verdict, translate)}. {reason_words(check.reason, translate)}"
