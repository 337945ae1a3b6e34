"""What the document pane says instead of pages, and above them: missing, broken, changed."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.unicode_text import inert
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.buttons import IconButton, TextButton
from desktop_rag.gui.widgets.plain_label import PlainLabel, plain_label


class DocumentCard(QWidget):
    """A sentence, advice, perhaps the stored passage, and one thing to do.

    Signals:
        chosen: the button was pressed.
    """

    chosen = Signal()

    _icon_name = "file"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame = QFrame()
        frame.setProperty("role", "card")
        self._icon = PlainLabel()
        self._title = _text("heading")
        self._advice = _text("muted")
        self._passage = _Passage()
        self._passage.setAccessibleName(self.tr("Stored passage"))
        self._button = QPushButton()
        self._button.clicked.connect(self.chosen)
        column = QVBoxLayout(frame)
        column.setContentsMargins(*(tokens.SPACE_L,) * 4)
        column.setSpacing(tokens.SPACE_S)
        for widget in (self._icon, self._title, self._advice):
            column.addWidget(widget)
        column.addWidget(self._passage)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        around = QVBoxLayout(self)
        around.setContentsMargins(*(tokens.SPACE_L,) * 4)
        around.addStretch(1)
        around.addWidget(frame)
        around.addStretch(1)

    def say(self, icon: str, title: str, advice: str, button: str) -> None:
        """Show a title, advice if there is any, and a button if there is something to do."""
        self._icon_name = icon
        self._dress()
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.show_passage("")

    def show_passage(self, text: str) -> None:
        """Show the passage as it was read, if there is one."""
        self._passage.setPlainText(inert(text))
        self._passage.setVisible(bool(text))

    @property
    def passage(self) -> str:
        """The passage that can be read."""
        return self._passage.toPlainText()

    @property
    def words(self) -> str:
        """What the card says, button and passage left out."""
        return f"{self._title.text()}\n{self._advice.text()}"

    def _dress(self) -> None:
        icon = theme.icon(self._icon_name, "muted")
        self._icon.setPixmap(icon.pixmap(tokens.ICON_LARGE, tokens.ICON_LARGE))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Wear the colours of the theme at present."""
        super().changeEvent(event)
        changed = event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}
        if changed and hasattr(self, "_icon"):
            self._dress()


class _Passage(QPlainTextEdit):
    """Text that can be selected, as high as it is long, where there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.updateGeometry)

    # Qt

    @override
    def sizeHint(self) -> QSize:
        """Return the size at which all of it can be read."""
        lines = self.document().size().height()  # which a plain text is counted in
        first = self.document().firstBlock()
        line = self.blockBoundingRect(first).height() / max(1, first.lineCount())
        around = self.height() - self.viewport().height() + 2 * self.document().documentMargin()
        return QSize(super().sizeHint().width(), math.ceil(lines * line + around))

    @override
    def minimumSizeHint(self) -> QSize:
        """Scroll where there is no room."""
        return QSize(super().minimumSizeHint().width(), tokens.SPACE_XXL * 2)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Need another height at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class ChangedBar(QWidget):
    """Says above the pages that they are no longer those that were indexed.

    Signals:
        chosen: the file is to be indexed again.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        bar = QFrame()
        bar.setProperty("role", "banner")
        label = _text("small")
        label.setText(self.tr("This file has changed since it was indexed; the marks may be off."))
        self.again = TextButton("", self.tr("Index again"), "link")
        self.dismiss = IconButton("close", self.tr("Dismiss"))
        self.again.clicked.connect(self._on_again)
        self.dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(bar)
        row.setContentsMargins(tokens.SPACE_M, tokens.SPACE_XS, tokens.SPACE_XS, tokens.SPACE_XS)
        row.setSpacing(tokens.SPACE_XS)
        row.addWidget(label, 1)
        row.addWidget(self.again)
        row.addWidget(self.dismiss)
        around = QHBoxLayout(self)
        around.setContentsMargins(tokens.SPACE_S, 0, tokens.SPACE_S, tokens.SPACE_S)
        around.addWidget(bar)

    def _on_again(self) -> None:
        self.hide()
        self.chosen.emit()


def _text(role: str) -> PlainLabel:
    label = plain_label("", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
