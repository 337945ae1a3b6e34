"""The passages of an answer that are shown as cards."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop_rag.answer.arrangement import Arrangement
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.sources import Source


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
