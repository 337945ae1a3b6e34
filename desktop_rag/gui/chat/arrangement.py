"""The passages of an answer that are shown as cards."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop_rag.answer.arrangement import Arrangement, arranged
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.sources import Source

_LISTED = "\n\n- "  # what was counted begins so, document by document


def shown_of(value: TurnValue) -> Arrangement[Source]:
    """Return what stands where in the window; what was counted is folded by document there."""
    if not (value.counts and value.quotes):
        return arranged(value)
    said, _, _places = value.answer.partition(_LISTED)
    return Arrangement(said, following=value.quotes)


def cards_of(
    value: TurnValue,
    shown: Arrangement[Source],
    cited: Collection[int],
    elsewhere: Sequence[Source],
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
