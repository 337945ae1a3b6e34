"""What an answer leaves in its turn once it is complete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_rag.answer.turn import Done
from desktop_rag.gui.chat import turn_records
from desktop_rag.gui.chat.values import CardValue, TurnValue
from desktop_rag.gui.sources import Source, Titles, cited_of

Weights = tuple[list[tuple[str, float]], str | None]


def answered(
    turn: TurnValue,
    done: Done,
    titles: Titles,
    seconds: float,
    known: Callable[[int], Source | None],
) -> TurnValue:
    """Return the turn with its answer; `known` gives an earlier source by its number."""
    cited = (cited_of(quote, titles) for quote in done.citations)
    return replace(
        turn,
        answer=done.text or turn.answer,
        cited=tuple(one if one.boxes else known(one.number) or one for one in cited),
        statistics=turn_records.statistics_of(done, seconds),
        read=done.prepared.kept if done.prepared else None,
        quotes=tuple(cited_of(quote, titles) for quote in done.quotes),
        checks=done.checks,
        first=done.first,
        refused=done.refused,
        sufficiency=done.sufficiency,
        counts=done.occurrences.documents if done.occurrences else (),
        entities=done.entities,
        left_out=done.left_out,
        cards=tuple(
            CardValue(card.question, card.answer, cited_of(card.quote, titles))
            for card in done.cards
        ),
    )


def weights(done: Done) -> Weights | None:
    """Return the likeliest first words with their log-probabilities, and the one chosen."""
    if done.generation is None or not done.generation.candidates:
        return None
    found = done.generation.candidates
    chosen = next((one.text for one in found if one.chosen), None)
    return [(one.text, one.log_probability) for one in found], chosen
