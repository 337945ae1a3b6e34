"""What of an answer stands where: its text, its quotes, and the passages that it cites."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop_rag.domain.answers import AnswerMode, First, borne_out
from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.gui.chat import markdown
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.sources import Source

_LISTED = "\n\n- "  # what was counted begins so, document by document
_SCRAP = 3  # letters of a paragraph that are left beside its quotes: a mark of its own, no words


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An answer from top to bottom.

    Quotes are `leading`, before the text, or `following` it. A text that is `unconfirmed` was
    written by a model and is not borne out; the quotes of a refusal are merely `near`. Quotes
    that are `folded` are not looked at unless they are opened. Where documents have `counts`,
    the quotes are the places that were counted.
    """

    text: str
    leading: tuple[Source, ...] = ()
    following: tuple[Source, ...] = ()
    unconfirmed: bool = False
    near: bool = False
    folded: bool = False
    counts: tuple[DocumentCount, ...] = ()


def arranged(value: TurnValue) -> Arrangement:
    """Return what stands where of a turn that is over."""
    quotes = value.quotes
    if value.mode is AnswerMode.SAID:
        return Arrangement(value.answer)
    if value.counts and quotes:
        said, _, _places = value.answer.partition(_LISTED)
        return Arrangement(said, following=quotes, counts=value.counts)
    if value.refused:
        return Arrangement(value.answer, following=quotes, near=True)
    if quotes and value.quoting:
        return Arrangement(beside(value.answer, quotes), following=quotes)
    if value.first is First.QUOTES:
        doubtful = bool(value.answer.strip()) and not (value.whole and borne_out(value.checks))
        return Arrangement(value.answer, leading=quotes, unconfirmed=doubtful)
    return Arrangement(value.answer, following=quotes, folded=True)


def beside(answer: str, quotes: Sequence[Source]) -> str:
    """Return the paragraphs of an answer that are more than its quotes and their marks."""
    said = sorted({_letters(quote.snippet) for quote in quotes} - {""}, key=len, reverse=True)
    kept = []
    for paragraph in answer.split("\n\n"):
        left = _letters(paragraph)
        for words in said:
            left = left.replace(words, "")
        inside = any(_letters(paragraph) in words for words in said)
        if len(left) > _SCRAP and not inside:
            kept.append(paragraph)
    return "\n\n".join(kept)


def _letters(text: str) -> str:
    """Return the letters and digits of a text; what looks like a mark is none."""
    marks = markdown.places_of_marks(text)
    return "".join(sign for at, sign in enumerate(text) if sign.isalnum() and at not in marks)


def cards_of(
    value: TurnValue, shown: Arrangement, cited: Collection[int], elsewhere: Sequence[Source]
) -> tuple[list[Source], list[Source]]:
    """Return the passages that are cited, and those that were merely read.

    Those whose quotes are looked at anyway are neither; cited ones may come from `elsewhere`.
    """
    if value.mode is AnswerMode.SAID:
        return [], []
    open_ = () if shown.folded else (*shown.leading, *shown.following)
    quoted = {quote.number for quote in open_}
    known = {source.number: source for source in (*elsewhere, *value.sources)}
    named = [known[number] for number in cited if number in known and number not in quoted]
    told = quoted | set(cited)
    return named, [source for source in value.sources if source.number not in told]
