"""What is said of the very words of a question: above passages in the search box and the chat."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from desktop_rag.domain.passages import Wording


def wording_words(wording: Wording, *, found: bool) -> str:
    """Say which words were mended, and how many passages have the phrases; "" where all is plain.

    `found` says that passages follow.
    """
    said = [_of_mended(wording)] if found else []
    said.append(_of_phrases(wording, found=found))
    return " ".join(filter(None, said))


def words_alone(reason: str) -> str:
    """Say that nothing was looked for by its meaning, and why."""
    text = QCoreApplication.translate("Wording", "Found by words alone, not by meaning. {reason}")
    return text.format(reason=reason)


def _of_mended(wording: Wording) -> str:
    if not wording.mended:
        return ""
    text = QCoreApplication.translate("Wording", "Showing results for {words}.")
    return text.format(words=_quoted(word for _, word in wording.mended))


def _of_phrases(wording: Wording, *, found: bool) -> str:
    translate = QCoreApplication.translate
    if not wording.phrases:
        return ""
    if wording.phrase_hits:
        text = translate("Wording", "%n passage(s) with {phrases}", "", wording.phrase_hits)
    elif found:
        text = translate("Wording", "No passage has {phrases}; here is what is near.")
    else:
        text = translate("Wording", "No passage has {phrases}.")
    return text.format(phrases=_quoted(wording.phrases))


def _quoted(words: Iterable[str]) -> str:
    quoted = QCoreApplication.translate("Wording", "“{words}”")
    return ", ".join(quoted.format(words=one) for one in words)
