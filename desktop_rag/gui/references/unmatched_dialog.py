"""The references of a list that no document of the library was known by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

_SIZE = (36 * tokens.SPACE_L, 28 * tokens.SPACE_L)
_MOST = 5_000  # that are listed


class UnmatchedDialog(QDialog):
    """Their titles, below what was done with the others."""

    def __init__(self, done: str, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("References that are not in this library"))
        told = self.tr(
            "%n reference(s) fit no document by DOI, ISBN, file or title.", "", len(titles)
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("References that are not in this library"))
        self.list.setWordWrap(True)
        self.list.addItems([plain(title) for title in titles[:_MOST]])
        self.close_ = QPushButton(self.tr("Close"))
        self.close_.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(plain_label(done, "title"))
        column.addWidget(plain_label(told, "muted"))
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.resize(*_SIZE)
