"""The LoRA adapters of a model, and how strongly each of them acts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain.models import Adapter
from desktop_rag.gui.look import tokens
from desktop_rag.gui.models import file_questions
from desktop_rag.gui.models.values import ModelValue
from desktop_rag.gui.widgets.amount_slider import Amount, AmountSlider, even_stops
from desktop_rag.gui.widgets.buttons import IconButton, TextButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain
from desktop_rag.gui.widgets.wheel_guard import WheelGuard

_SIZE = (32 * tokens.SPACE_L, 26 * tokens.SPACE_L)
_STOPS = even_stops(0.0, 2.0, 0.05)


class AdapterRow(QWidget):
    """One adapter.

    Signals:
        removed: it is not to be used any more.
    """

    removed = Signal()

    def __init__(self, adapter: Adapter, guard: WheelGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = adapter.path
        told = self.tr("0 is off, 1 is as it was trained.")
        amount = Amount(plain(adapter.path.name), told, _STOPS, decimals=2)
        self.scale = AmountSlider(amount, guard)
        self.scale.set_value(adapter.scale)
        words = self.tr("Remove {name}").format(name=plain(adapter.path.name))
        self.remove = IconButton("trash", words)
        self.remove.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_S)
        row.addWidget(self.scale, 1)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def adapter(self) -> Adapter:
        """Return the adapter as it is set now."""
        return Adapter(self.path, round(self.scale.value, 2))


class AdaptersDialog(QDialog):
    """The adapters in the order in which they were added.

    Signals:
        changed: the id of the model, and all its adapters from now on, a tuple of `Adapter`.
    """

    changed = Signal(int, object)

    def __init__(self, model: ModelValue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Adapters"))
        self._model = model
        self._guard = WheelGuard(self)
        self.rows: list[AdapterRow] = []
        self.none = plain_label(self.tr("There are none yet."), "muted")
        self.add = TextButton("add", self.tr("Add an adapter…"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._on_add)
        self._lay_out()
        for adapter in model.adapters:
            self._add_row(adapter)
        self._reflect()
        self.resize(*_SIZE)

    @property
    def adapters(self) -> tuple[Adapter, ...]:
        """Return the adapters as they are set now."""
        return tuple(row.adapter for row in self.rows)

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files as they were trained; one that is there already is left as it is."""
        known = {row.path for row in self.rows}
        for path in paths:
            if path not in known:
                self._add_row(Adapter(path))
        self._reflect()

    def _lay_out(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, tokens.SPACE_S, 0)
        self._column.setSpacing(tokens.SPACE_M)
        self._column.addWidget(self.none)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        told = self.tr(
            "LoRA adapters in GGUF change how “{name}” writes. Each fits one model only."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(plain_label(told.format(name=plain(self._model.name))))
        column.addWidget(area, 1)
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
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.apply)
        return row

    def _add_row(self, adapter: Adapter) -> None:
        row = AdapterRow(adapter, self._guard)
        row.removed.connect(lambda: self._on_removed(row))
        self._column.insertWidget(self._column.count() - 1, row)
        self.rows.append(row)

    def _reflect(self) -> None:
        self.none.setVisible(not self.rows)

    def _on_add(self) -> None:
        self.add_paths(file_questions.adapters(self))

    def _on_removed(self, row: AdapterRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._reflect()
        self.add.setFocus()

    # Qt

    def accept(self) -> None:
        """Tell what was changed, and close."""
        if self.adapters != self._model.adapters:
            self.changed.emit(self._model.id, self.adapters)
        super().accept()
