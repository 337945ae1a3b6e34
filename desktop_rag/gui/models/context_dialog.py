"""Whether a model is to read more at once than it was trained for."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain.models import Stretch
from desktop_rag.gui.look import tokens
from desktop_rag.gui.models.values import ModelValue
from desktop_rag.gui.widgets.number_field import whole_field
from desktop_rag.gui.widgets.plain_label import plain_label

_WIDTH = 30 * tokens.SPACE_L
_MOST = 8  # times as long as it was trained for, at most


class ContextDialog(QDialog):
    """Off, or a number of tokens and the way to reach it.

    Signals:
        changed: the id of the model, its `Stretch`, and the tokens its context is to have; with
            `Stretch.NONE` the number is that of its training.
    """

    changed = Signal(int, object, int)

    def __init__(self, model: ModelValue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Longer context"))
        self._model = model
        trained = max(1024, model.context_tokens)
        self.on = QCheckBox(self.tr("Let it read more than it was trained for"))
        self.tokens = whole_field(trained, _MOST * trained)
        self.tokens.setSingleStep(1024)
        self.tokens.setValue(model.stretched_tokens or 2 * trained)
        self.tokens.setAccessibleName(self.tr("Tokens"))
        self.method = QComboBox()
        self.method.setAccessibleName(self.tr("Method"))
        self.method.addItem(self.tr("YaRN: the better one, as a rule"), Stretch.YARN)
        self.method.addItem(self.tr("Linear: for models that were made with it"), Stretch.LINEAR)
        self.method.setCurrentIndex(max(0, self.method.findData(model.stretch)))
        self.on.toggled.connect(self._on_toggled)
        self.on.setChecked(model.stretch is not Stretch.NONE)
        self._on_toggled(self.on.isChecked())
        self._lay_out(trained)
        self.setMinimumWidth(_WIDTH)

    @property
    def stretch(self) -> Stretch:
        """Return what is chosen."""
        return Stretch(self.method.currentData()) if self.on.isChecked() else Stretch.NONE

    def _lay_out(self, trained: int) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        told = self.tr("“{name}” was trained to read up to {tokens} tokens, pieces of words.")
        count = QLocale().toString(trained)
        column.addWidget(plain_label(told.format(name=self._model.name, tokens=count)))
        column.addWidget(self.on)
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.SPACE_L)
        form.addRow(self.tr("Tokens"), self.tokens)
        form.addRow(self.tr("Method"), self.method)
        column.addLayout(form)
        warning = self.tr(
            "Beyond its training a model overlooks more and invents more, short questions suffer "
            "too, and every token takes memory. Fewer passages are usually the better choice."
        )
        column.addWidget(plain_label(warning, "warning"))
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.apply = QPushButton(self.tr("Apply"))
        self.apply.setProperty("role", "primary")
        self.apply.setDefault(True)
        self.apply.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_S)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.apply)
        return row

    def _on_toggled(self, on: bool) -> None:
        self.tokens.setEnabled(on)
        self.method.setEnabled(on)

    # Qt

    def accept(self) -> None:
        """Tell what was chosen, if it is something else, and close."""
        chosen = self.stretch
        count = self.tokens.value() if chosen is not Stretch.NONE else self._model.context_tokens
        was = self._model.stretched_tokens if chosen is not Stretch.NONE else count
        if (chosen, count) != (self._model.stretch, was):
            self.changed.emit(self._model.id, chosen, count)
        super().accept()
