"""What the document pane shows instead of pages: nothing yet, a missing file, an error."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.gui import theme, tokens


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
        self._icon = QLabel()
        self._title = _text("heading")
        self._advice = _text("muted")
        self._passage = QPlainTextEdit(readOnly=True)
        self._passage.setAccessibleName(self.tr("Stored passage"))
        self._passage.setTabChangesFocus(True)
        self._button = QPushButton()
        self._button.clicked.connect(self.chosen)
        column = QVBoxLayout(frame)
        column.setContentsMargins(*(tokens.SPACE_L,) * 4)
        column.setSpacing(tokens.SPACE_S)
        for widget in (self._icon, self._title, self._advice):
            column.addWidget(widget)
        column.addWidget(self._passage, 1)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self._around = QVBoxLayout(self)
        self._around.setContentsMargins(*(tokens.SPACE_L,) * 4)
        self._around.addStretch(1)
        self._around.addWidget(frame)
        self._around.addStretch(1)

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
        self._passage.setPlainText(text)
        self._passage.setVisible(bool(text))
        for at, share in enumerate((0, 1, 0) if text else (1, 0, 1)):
            self._around.setStretch(at, share)

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

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Wear the colours of the theme at present."""
        super().changeEvent(event)
        changed = event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}
        if changed and hasattr(self, "_icon"):
            self._dress()


def _text(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
