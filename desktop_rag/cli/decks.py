"""Study questions as files to take away: a deck for Anki, or a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from desktop_rag.answer.turn import Done
from desktop_rag.cli import session
from desktop_rag.cli.output import screen
from desktop_rag.domain.studying import StudyCard
from desktop_rag.jobs import decks
from desktop_rag.jobs.decks import DeckCard, DeckFormat
from desktop_rag.library import documents


def suits(target: Path) -> bool:
    """Tell whether a file is one that study questions go to, by its ending."""
    return target.suffix.lower() in set(DeckFormat)


class KeptCards:
    """The study questions of an answer that is being made."""

    def __init__(self) -> None:
        self._cards: tuple[StudyCard, ...] = ()

    def keeping(self, show: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return what shows events as `show` does, and keeps the questions among them."""

        def shown(event: object) -> None:
            if isinstance(event, Done):
                self._cards = event.cards
            show(event)

        return shown

    def put(self, target: Path) -> dict[str, Any]:
        """Write the questions to a file, and return what was written.

        Raises `CardsLacking`, `DiskFull` and `PaperUnwritable`.
        """
        home, _settings = session.opened()
        hits = [card.quote.passage.hit for card in self._cards]
        with session.looked_at(home) as db:
            known = documents.titles(db, {hit.document for hit in hits})
        titles = {one: title or stem for one, (title, stem) in known.items()}
        cards = [
            DeckCard(
                card.question,
                card.answer,
                card.quote.text,
                titles.get(hit.document, ""),
                f"p. {hit.page_label or hit.page + 1}",
                hit.document,
            )
            for card, hit in zip(self._cards, hits, strict=True)
        ]
        decks.write_cards(cards, target, cards[0].document if cards else "")
        return {
            "file": str(target.absolute()),
            "format": target.suffix.lower().removeprefix("."),
            "bytes": target.stat().st_size,
            "cards": len(cards),
        }


def print_written(values: Mapping[str, Any]) -> None:
    """Say in words what was written."""
    screen.print(f"Written to {values['file']}: {values['cards']} questions.")
