"""The left pane: libraries, the conversations about one of them, and the queue."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sidebar.conversation_list import ConversationList
from desktop_rag.gui.sidebar.library_list import LibraryList
from desktop_rag.gui.sidebar.queue_bar import QueueBar
from desktop_rag.gui.sidebar.values import ConversationValue, LibraryValue, QueueValue
from desktop_rag.gui.widgets.buttons import REPAINTING, IconButton, TextButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

TYPING_MS = 150  # a pause of this length ends a word


class Sidebar(QWidget):
    """What there is to work with.

    Signals:
        library_chosen: of the id of the library to show.
        library_created: of the name of a library to make.
        library_renamed: of the id of a library and its new name.
        library_deleted: of the id of a library.
        library_exported: of the id of a library.
        paths_dropped: of the id of a library and a list of paths.
        conversation_chosen: of the id of the conversation to show.
        conversation_created: a new one is to begin.
        conversation_renamed: of the id of a conversation and its new title.
        conversation_deleted: of the id of a conversation.
        conversation_exported: of the id of a conversation.
        conversations_searched: of the words they are to hold; none means all.
    """

    library_chosen = Signal(object)
    library_created = Signal(str)
    library_renamed = Signal(object, str)
    library_deleted = Signal(object)
    library_exported = Signal(object)
    paths_dropped = Signal(object, list)
    conversation_chosen = Signal(object)
    conversation_created = Signal()
    conversation_renamed = Signal(object, str)
    conversation_deleted = Signal(object)
    conversation_exported = Signal(object)
    conversations_searched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.libraries = LibraryList()
        self.new_library = TextButton("add", self.tr("New library"), "link")
        self.conversations = ConversationList()
        self.new_conversation = IconButton("add", self.tr("New conversation"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Search conversations"))
        self.filter.setAccessibleName(self.tr("Search conversations"))
        self.filter.setClearButtonEnabled(True)
        self._magnifier = QAction(theme.icon("search", "muted"), "", self)
        self.filter.addAction(self._magnifier, QLineEdit.ActionPosition.LeadingPosition)
        self.nothing = plain_label("", "small")
        self.queue = QueueBar()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._arrange()
        self._connect()
        self.set_conversations([], None)

    def set_libraries(self, values: Sequence[LibraryValue], current: object) -> None:
        """Show these libraries; `current` is the id of the one that the window shows."""
        self.libraries.set_libraries(values, current)

    def set_conversations(self, values: Sequence[ConversationValue], current: object) -> None:
        """Show these conversations, the one changed last first."""
        self.conversations.set_conversations(values, current)
        self.conversations.setVisible(bool(values))
        self.nothing.setVisible(not values)
        words = plain(self.filter.text())
        if words:
            self.nothing.setText(self.tr("No conversation holds “{words}”").format(words=words))
        else:
            self.nothing.setText(self.tr("What you ask is kept here"))

    def set_queue(self, value: QueueValue | None) -> None:
        """Show how far the queue has come, or that there is none."""
        self.queue.show_queue(value)
        self._line.setVisible(value is not None)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_XS, tokens.SPACE_M, tokens.SPACE_XS, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addLayout(_headed(self.tr("Libraries")))
        column.addWidget(self.libraries)
        column.addLayout(_inset(self.new_library))
        column.addWidget(_line())
        column.addLayout(_headed(self.tr("Conversations"), self.new_conversation))
        field = QHBoxLayout()
        field.setContentsMargins(tokens.SPACE_S, 0, tokens.SPACE_S, 0)
        field.addWidget(self.filter)
        column.addLayout(field)
        self.nothing.setContentsMargins(tokens.SPACE_M, tokens.SPACE_S, tokens.SPACE_M, 0)
        column.addWidget(self.nothing)
        column.addWidget(self.conversations, 1)
        column.addStretch(0)
        self._line = _line()
        self._line.hide()
        column.addWidget(self._line)
        column.addWidget(self.queue)

    def _connect(self) -> None:
        self.libraries.chosen.connect(self.library_chosen)
        self.libraries.created.connect(self.library_created)
        self.libraries.renamed.connect(self.library_renamed)
        self.libraries.deleted.connect(self.library_deleted)
        self.libraries.exported.connect(self.library_exported)
        self.libraries.paths_dropped.connect(self.paths_dropped)
        self.new_library.clicked.connect(self.libraries.begin_new)
        self.conversations.chosen.connect(self.conversation_chosen)
        self.conversations.renamed.connect(self.conversation_renamed)
        self.conversations.deleted.connect(self.conversation_deleted)
        self.conversations.exported.connect(self.conversation_exported)
        self.new_conversation.clicked.connect(self.conversation_created)
        self.filter.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._on_typed)

    def _on_typed(self) -> None:
        self.conversations_searched.emit(plain(self.filter.text()))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the magnifier anew when the theme changes."""
        super().changeEvent(event)
        if event.type() in REPAINTING:
            self._magnifier.setIcon(theme.icon("search", "muted"))


def _headed(title: str, button: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(tokens.SPACE_M, 0, tokens.SPACE_S, 0)
    row.addWidget(plain_label(title, "heading", wraps=False), 1)
    if button is not None:
        row.addWidget(button)
    return row


def _inset(button: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(tokens.SPACE_XS, 0, 0, tokens.SPACE_XS)
    row.addWidget(button)
    row.addStretch(1)
    return row


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(tokens.HAIR)
    return line
