"""What is shown when the program made a mistake: calm words first, details only if asked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.unicode_text import inert
from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import icon
from desktop_rag.gui.widgets.plain_label import plain_label

_WIDTH = 34 * tokens.SPACE_L
_DETAILS_HEIGHT = 14 * tokens.SPACE_L


class ProblemDialog(QDialog):
    """One uncaught error; `saved` is where its details were written, if they were."""

    def __init__(self, details: str, saved: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something unexpected happened"))
        self._text = details
        self.details = QPlainTextEdit(inert(details))
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFixedHeight(_DETAILS_HEIGHT)
        self.details.setAccessibleName(self.tr("Details of the problem"))
        self.details.hide()
        self.fold = QPushButton()
        self.fold.setProperty("role", "link")
        self.fold.setCheckable(True)
        self.fold.setAutoDefault(False)
        self.fold.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self.fold.toggled.connect(self._on_folded)
        self._on_folded(False)
        self._lay_out(saved)
        self.setFixedWidth(_WIDTH)

    def _lay_out(self, saved: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_XL] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(plain_label(self.tr("Something unexpected happened"), "title"))
        column.addWidget(
            plain_label(
                self.tr("You can go on working; if something looks wrong, start the program again.")
            )
        )
        if saved:
            kept = self.tr("The details were saved in {path} and were sent nowhere.")
            column.addWidget(plain_label(kept.format(path=saved), "small"))
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.details)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.copy = QPushButton(self.tr("Copy details"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._on_copy)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setProperty("role", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_S)
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.close_button)
        return row

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.copy.setText(self.tr("Copied"))

    def _on_folded(self, open_: bool) -> None:
        self.fold.setIcon(icon("chevron-down" if open_ else "chevron-right", "accent"))
        self.fold.setText(self.tr("Hide details") if open_ else self.tr("Show details"))
        self.details.setVisible(open_)
        if self.layout():
            self.adjustSize()

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours there are now."""
        if event.type() == QEvent.Type.PaletteChange:
            self._on_folded(self.fold.isChecked())
        super().changeEvent(event)
