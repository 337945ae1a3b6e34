"""Passages to hold sentences against, and what becomes of these."""

from desktop_rag.answer.checks.checking import Checker, checked
from desktop_rag.domain.answers import Ground, SentenceCheck, SentenceVerdict
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Evidence, Hit, Passage
from desktop_rag.engines.store import analyzer

SUPPORTED = SentenceVerdict.SUPPORTED
PARTLY = SentenceVerdict.PARTLY
NOT_FOUND = SentenceVerdict.NOT_FOUND


def passage(text: str, number: int = 1, language: str = "en", header: str = "Lamps") -> Passage:
    """Return a passage of a text."""
    hit = Hit(DocumentId("d"), number, 0, "1", header, text, (), 1.0, language=language)
    return Passage(number, hit)


def checks(
    written: str, *passages: Passage | str, language: str = "en", question: str = "", embedder=None
) -> list[SentenceCheck]:
    """Return what becomes of each sentence that was written."""
    found = tuple(
        passage(one, number, language) if isinstance(one, str) else one
        for number, one in enumerate(passages, 1)
    )
    checker = Checker(found, Evidence(), question, language, analyzer, embedder)
    return list(checked(checker, written))


def check(written: str, *passages: Passage | str, **how) -> SentenceCheck:
    """Return what becomes of the one sentence that was written."""
    (found,) = checks(written, *passages, **how)
    return found


def ground(written: str, *passages: Passage | str, **how) -> Ground:
    """Return the ground of its verdict."""
    return check(written, *passages, **how).reason.ground


def caught(written: str, *passages: Passage | str, **how) -> Ground | None:
    """Return why a sentence is not borne out, or nothing if it is."""
    found = check(written, *passages, **how)
    return None if found.verdict is SUPPORTED else found.reason.ground
