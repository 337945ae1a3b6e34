"""Connects the records of documents with the table, the cards of answers and the clipboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.citations.writing import CitationStyle, citation, runs
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.references import Origin, Reference, ReferenceField
from desktop_rag.gui.references.details_dialog import DetailsDialog
from desktop_rag.gui.references.values import DetailsValue
from desktop_rag.gui.session import Session
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets.text import paste_of
from desktop_rag.jobs import bibliography
from desktop_rag.library import references


class ReferencesPresenter(QObject):
    """Shows what a document is to who cites it, keeps what a person types, and copies citations.

    Signals:
        told: words for the status bar.
    """

    told = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self._session = session
        self._window = window

    def show_details(self, document: DocumentId, name: str) -> DetailsDialog:
        """Show the record of a document, to be corrected."""
        dialog = DetailsDialog(self._value(document, name), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def entered(which: ReferenceField, text: str) -> None:
            references.enter(self._session.db, document, which, text)
            changed()

        def taken_back(which: ReferenceField) -> None:
            references.take_back(self._session.db, document, which)
            changed()

        def changed() -> None:
            dialog.show_value(self._value(document, name))
            self._session.documents_changed.emit()

        dialog.entered.connect(entered)
        dialog.taken_back.connect(taken_back)
        dialog.citation_requested.connect(lambda style: self.copy([document], style))
        dialog.open()
        return dialog

    def copy(self, documents: Sequence[DocumentId], style: CitationStyle) -> None:
        """Put citations of documents on the clipboard, one below the other."""
        found = bibliography.known(self._session.db, self._session.paths, documents)
        self._put([found.get(one, Reference()) for one in documents], style)

    def copy_source(self, source: Source, style: CitationStyle) -> None:
        """Put a citation of a passage on the clipboard, with its page."""
        session = self._session
        found = bibliography.reference(session.db, session.paths, source.document)
        self._put([found if found.title else Reference(title=source.title)], style, source.label)

    def _put(self, found: Sequence[Reference], style: CitationStyle, page: str = "") -> None:
        language = self._session.language
        bibtex = style is CitationStyle.BIBTEX
        apart = "\n\n" if bibtex else "\n"
        text = apart.join(citation(one, style, language, page) for one in found)
        marked = () if bibtex else [runs(one, style, language, page) for one in found]
        QGuiApplication.clipboard().setMimeData(paste_of(text, marked))
        self.told.emit(self.tr("%n citation(s) copied", "", len(found)))

    def _value(self, document: DocumentId, name: str) -> DetailsValue:
        session = self._session
        reference = bibliography.reference(session.db, session.paths, document)
        said = references.said(session.db, document)
        typed = frozenset(which for which, origin, _ in said if origin is Origin.PERSON)
        return DetailsValue(reference.title or name, reference, typed)
