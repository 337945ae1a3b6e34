"""The list of conversations: found, renamed and deleted here."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Signal

from desktop_rag.gui.session import Session
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.sidebar.values import ConversationValue
from desktop_rag.library import conversations
from desktop_rag.library.conversations import ConversationId
from desktop_rag.library.disk import kv_states


class ConversationsPresenter(QObject):
    """Connects the side bar's list of conversations with the database.

    Signals:
        closed: a conversation (`ConversationId`) is about to be deleted.
        deleted: a conversation was deleted: words, and what takes it back.
        export_requested: of a conversation (`ConversationId`) that is to be written to a file.
    """

    closed = Signal(object)
    deleted = Signal(str, object)
    export_requested = Signal(object)

    def __init__(self, session: Session, sidebar: Sidebar) -> None:
        super().__init__(session)
        self._session = session
        self._sidebar = sidebar
        self._wanted = ""
        self._current: ConversationId | None = None
        sidebar.conversation_renamed.connect(self._on_renamed)
        sidebar.conversation_deleted.connect(self._on_deleted)
        sidebar.conversation_exported.connect(self.export_requested)
        sidebar.conversations_searched.connect(self._on_searched)
        self.forget_deleted()

    def show(self, current: ConversationId | None) -> None:
        """List the conversations of the open library; this one is open, or none."""
        self._current = current
        self._session.state.setValue("conversation", current or "")
        self._list()

    def forget_deleted(self) -> None:
        """Keep nothing that a model has read of conversations that are no more."""
        kept = conversations.all_ids(self._session.db)
        kv_states.retain(self._session.paths.states_folder, kept)

    def clear_states(self) -> None:
        """Remove what language models keep on the disk of what they have read."""
        folder = self._session.paths.states_folder
        size = QLocale().formattedDataSize(kv_states.size(folder))
        kv_states.clear(folder)
        told = self.tr("{size} of what models kept of conversations were removed.")
        self._session.troubled.emit(told.format(size=size))

    def _list(self) -> None:
        db, library = self._session.db, self._session.library
        if library is None:
            self._sidebar.set_conversations([], None)
            return
        found = (
            conversations.searched(db, self._wanted, library)
            if self._wanted.strip()
            else conversations.listed(db, library)
        )
        values = [ConversationValue(one.id, one.title, one.changed) for one in found]
        self._sidebar.set_conversations(values, self._current)

    def _on_searched(self, text: str) -> None:
        self._wanted = text
        self._list()

    def _on_renamed(self, conversation: ConversationId, title: str) -> None:
        if title.strip():
            conversations.rename(self._session.db, conversation, title.strip())
        self._list()

    def _on_deleted(self, conversation: ConversationId) -> None:
        self.closed.emit(conversation)
        kv_states.forget(self._session.paths.states_folder, [conversation])
        deleted = conversations.delete(self._session.db, conversation)
        self._list()
        if deleted is None:
            return

        def undo() -> None:
            conversations.restore(self._session.db, deleted)
            self._list()

        self.deleted.emit(self.tr("Conversation deleted"), undo)
