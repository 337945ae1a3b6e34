"""Which documents the next question is put to: all, those chosen, or the open one."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.chat import scope
from desktop_rag.gui.chat.composer import Composer
from desktop_rag.gui.chat.scope import CHOSEN, DOCUMENT, Scope
from desktop_rag.gui.session import Session
from desktop_rag.library import documents
from desktop_rag.library.conversations import Conversation


class ScopePresenter(QObject):
    """Offers the question box what can be asked, and knows which of it is chosen."""

    def __init__(self, session: Session, composer: Composer) -> None:
        super().__init__(session)
        self._session = session
        self._composer = composer
        self._chosen: tuple[DocumentId, ...] = ()
        self._document: tuple[DocumentId, str] | None = None

    def forget(self) -> None:
        """Offer nothing but the library, as of another one."""
        self._document = None
        self._chosen = ()

    def set_chosen(self, documents: tuple[DocumentId, ...]) -> None:
        """Have these documents to ask about, if the person wants only them."""
        self._chosen = documents
        self.show()

    def set_document(self, document: DocumentId, title: str) -> None:
        """Have this document to ask about, if the person wants only it."""
        self._document = (document, title)
        self.show()

    def present(self) -> Scope:
        """Return what is to be asked now."""
        kind = self._composer.scope
        if kind == CHOSEN:
            return Scope(kind, self._chosen)
        if kind == DOCUMENT and self._document:
            return Scope(kind, (self._document[0],))
        return Scope()

    def restore(self, found: Conversation) -> None:
        """Ask the same documents again that the conversation asked last."""
        held = documents.scope(self._session.db, found.library, None)
        asked = scope.restored(found.scope, set(held))
        if asked.kind == CHOSEN:
            self.set_chosen(asked.documents)
        elif asked.kind == DOCUMENT:
            document = asked.documents[0]
            self.set_document(document, self._session.titles([document]).get(document, ""))
        self._composer.scope = asked.kind

    def show(self) -> None:
        """Offer what there is."""
        title = self._document[1] if self._document else None
        self._composer.set_scopes(self._session.name, len(self._chosen), title)
