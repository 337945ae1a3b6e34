"""What documents name, shown as a table, and what is taken away of an answer: cards and lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.entities import Entity
from desktop_rag.domain.errors import RagError
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.names_dialog import NamesDialog, column_words, kind_words
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.text import plain
from desktop_rag.jobs import decks
from desktop_rag.jobs.decks import DeckCard

Turn = Callable[[int], TurnValue | None]


class DigestPresenter(QObject):
    """Connects answers with key points and study questions with their table and their files.

    Signals:
        told: in words, what became of a file.
        source_opened: a `Source` that is to be seen on its page.
    """

    told = Signal(str)
    source_opened = Signal(object)

    def __init__(self, session: Session, chat: ChatView, turn: Turn, window: QWidget) -> None:
        super().__init__(session)
        self._session = session
        self._turn = turn
        self._window = window
        chat.names_requested.connect(self.show_names)
        chat.cards_requested.connect(self.export_cards)

    def show_names(self, turn: int) -> None:
        """Show what the documents of an answer name."""
        value = self._turn(turn)
        if value is None or not value.entities:
            return
        titles = self._titles(value.entities)
        dialog = NamesDialog(value.entities, titles, value.left_out, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.source_opened.connect(self.source_opened)
        dialog.export_requested.connect(self.export_names)
        self._session.library_changed.connect(dialog.close)  # its documents are not shown any more
        dialog.show()  # the pages that it opens are to be seen beside it

    def export_names(self, entities: Sequence[Entity]) -> None:
        """Write a list of names to a file that the person chooses."""
        kind, name, times, pages = column_words()
        columns = (kind, name, times, self.tr("Document"), pages)
        written = partial(
            decks.write_names,
            entities,
            kinds=kind_words(),
            titles=self._titles(entities),
            columns=columns,
        )
        for path in file_dialogs.names_place(self._window, self.tr("Names, dates, amounts")):
            self._write(path, written)

    def export_cards(self, turn: int) -> None:
        """Write the study questions of an answer to a file that the person chooses."""
        value = self._turn(turn)
        if value is None or not value.cards:
            return
        title = value.cards[0].source.title or self.tr("Study questions")
        cards = [
            DeckCard(
                card.question,
                card.answer,
                card.source.snippet,
                card.source.title,
                self.tr("p. {label}").format(label=card.source.label),
                card.source.document,
            )
            for card in value.cards
        ]
        for path in file_dialogs.cards_place(self._window, title):
            self._write(path, partial(decks.write_cards, cards, title=title))

    def _write(self, path: Path, write: Callable[[Path], None]) -> None:
        try:
            write(path)
        except RagError as error:
            self.told.emit(words_for(error))
            return
        self.told.emit(self.tr("Written to {name}").format(name=plain(path.name)))

    def _titles(self, entities: Sequence[Entity]) -> dict[DocumentId, str]:
        known = {place.document for one in entities for place in one.places}
        return dict(self._session.titles(known))
