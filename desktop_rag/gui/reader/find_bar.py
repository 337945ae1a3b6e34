"""The bar that finds text in the document that is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from desktop_rag.domain.pages import MOST_MATCHES
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import short_tip

_PAUSE_MS = 180  # of typing, before something is looked for


class FindBar(QWidget):
    """A field, how much was found, and the way from match to match.

    Signals:
        find_requested: this text is wanted; none ends the search.
        step_requested: so many matches further on is the one to be shown, -1 the one before.
        closed: finding is over.
    """

    find_requested = Signal(str)
    step_requested = Signal(int)
    closed = Signal()

    _icons: tuple[tuple[QToolButton, str], ...] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._asked = ""
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in document"))
        self.field.setAccessibleName(self.tr("Find in document"))
        self.field.setMaxLength(200)
        self.field.textEdited.connect(self._pause.start)
        self.field.installEventFilter(self)
        self._count = plain_label("", "small", wraps=False)
        self._previous = self._button(self.tr("Previous match (Shift+Enter)"))
        self._next = self._button(self.tr("Next match (Enter)"))
        self._close = self._button(self.tr("Close find bar (Esc)"))
        self._previous.clicked.connect(self._on_previous)
        self._next.clicked.connect(self._on_next)
        self._close.clicked.connect(self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_S, 0, tokens.SPACE_S, tokens.SPACE_S)
        row.setSpacing(tokens.SPACE_XS)
        row.addWidget(self.field, 1)
        for widget in (self._count, self._previous, self._next, self._close):
            row.addWidget(widget)
        self._icons = (
            (self._previous, "chevron-up"),
            (self._next, "chevron-down"),
            (self._close, "close"),
        )
        self._dress()
        self.show_count(0, 0, searching=False)

    @property
    def text(self) -> str:
        """What was asked for last."""
        return self._asked

    def open_bar(self) -> None:
        """Show the bar and let the person type."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_bar(self) -> None:
        """Hide the bar and end the search."""
        self.reset()
        self.hide()
        self.closed.emit()

    def reset(self) -> None:
        """Forget what was asked for; says so if something was."""
        self._pause.stop()
        self.field.clear()
        self._ask()
        self.show_count(0, 0, searching=False)

    def show_count(self, at: int, count: int, *, searching: bool) -> None:
        """Show that match `at`, from 1, of `count` is the present one, 0 if none is yet."""
        if count and at:
            more = "+" if count >= MOST_MATCHES else ""
            text = self.tr("{at} of {count}").format(at=at, count=f"{count}{more}")
        elif count:
            text = self.tr("%n match(es)", "", count)
        elif not self._asked:
            text = ""
        else:
            text = self.tr("Searching…") if searching else self.tr("No matches")
        self._count.setText(text)
        self._previous.setEnabled(count > 0)
        self._next.setEnabled(count > 0)

    def _ask(self) -> None:
        self._pause.stop()
        text = self.field.text().strip()
        if text != self._asked:
            self._asked = text
            self.show_count(0, 0, searching=True)
            self.find_requested.emit(text)

    def _on_next(self) -> None:
        self.step_requested.emit(1)

    def _on_previous(self) -> None:
        self.step_requested.emit(-1)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(short_tip(name))
        return button

    def _dress(self) -> None:
        for button, icon in self._icons:
            button.setIcon(theme.icon(icon))

    # Qt

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the next match with Enter, to the one before with Shift+Enter, close with Esc."""
        if watched is not self.field or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.field.text().strip() != self._asked:
                self._ask()
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._on_previous()
            else:
                self._on_next()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
            return True
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Wear the colours of the theme at present."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._dress()
