"""Which smaller type a model is to be made into."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_rag.domain.quantizations import RECOMMENDED
from desktop_rag.gui.look import tokens
from desktop_rag.gui.models.values import ModelValue, Smaller
from desktop_rag.gui.models.words import ModelWords, quality, size_words
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.row_list import ListRow, RowList

_SIZE = (32 * tokens.SPACE_L, 28 * tokens.SPACE_L)


class QuantizeDialog(QDialog):
    """The types that are offered, each with its size and what is lost.

    Signals:
        wanted: the id of the model, and the quantization that it is to be made into.
    """

    wanted = Signal(int, str)

    def __init__(self, model: ModelValue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Make smaller"))
        self._model = model
        self._words = ModelWords(self)
        self.list = RowList(self.tr("Sizes"))
        self.list.set_lines([self._line(one) for one in model.smaller])
        self.list.choose(RECOMMENDED)
        self.list.entered.connect(self.accept)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.make = QPushButton(self.tr("Make a smaller copy"))
        self.make.setProperty("role", "primary")
        self.make.setDefault(True)
        self.make.clicked.connect(self.accept)
        self._lay_out()
        self.resize(*_SIZE)

    def _line(self, offered: Smaller) -> ListRow:
        name = offered.quantization
        return ListRow(
            name,
            name,
            below=self._words.quantization(name),
            badge=self.tr("Recommended") if name == RECOMMENDED else "",
            side=self.tr("about {size}").format(size=size_words(offered.size)),
            pips=quality(name),
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        told = self.tr("“{name}” takes {size} now and stays as it is. The copy is one more model.")
        size = size_words(self._model.size)
        column.addWidget(plain_label(told.format(name=self._model.name, size=size)))
        column.addWidget(self.list, 1)
        told = self.tr("The dots tell how much of the model’s quality is left.")
        column.addWidget(plain_label(told, "small"))
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_S)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.make)
        column.addLayout(row)

    # Qt

    def accept(self) -> None:
        """Tell what is wanted, and close."""
        if isinstance(self.list.key, str):
            self.wanted.emit(self._model.id, self.list.key)
        super().accept()
