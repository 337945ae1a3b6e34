"""What a library without documents says: what to do, and a way to look first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_rag.domain.formats import TITLES
from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.plain_label import PlainLabel, plain_label


class EmptyLibrary(QWidget):
    """One sentence, one button, one way to learn more.

    Signals:
        add_requested: files are to be chosen.
        sample_requested: the sample library is to be opened.
    """

    add_requested = Signal()
    sample_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add = TextButton("add", self.tr("Add documents…"), "primary")
        self.sample = TextButton("", self.tr("Look at a sample library first"), "link")
        self.add.clicked.connect(self.add_requested)
        self.sample.clicked.connect(self.sample_requested)
        column = QVBoxLayout(self)
        column.setSpacing(tokens.SPACE_M)
        column.addStretch(2)
        column.addWidget(_line(self.tr("Add documents to ask about them"), "heading"))
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(_line(self.tr("or drop files anywhere in this window"), "muted"))
        kinds = self.tr("{names}, web pages, e-mail, text and scanned pictures")
        self.kinds = _line(kinds.format(names=", ".join(TITLES)), "small")
        column.addWidget(self.kinds)
        column.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


def _line(text: str, role: str) -> PlainLabel:
    label = plain_label(text, role)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
