"""Number fields without buttons: numbers are typed, dragged, or turned with the arrow keys."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox

from desktop_rag.gui.look import tokens

#: Merely switched off, the buttons take the room of the number with them.
_BARE = "QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }"


def number_field(decimals: int, low: float, high: float) -> QDoubleSpinBox:
    """Return a field for numbers with this many digits after the point."""
    field = QDoubleSpinBox()
    _bare(field)
    field.setDecimals(decimals)
    field.setRange(low, high)
    field.setSingleStep(10.0 ** -min(decimals, 1))
    return field


def whole_field(low: int, high: int) -> QSpinBox:
    """Return a field for whole numbers."""
    field = QSpinBox()
    _bare(field)
    field.setRange(low, high)
    return field


def _bare(field: QAbstractSpinBox) -> None:
    field.setStyleSheet(_BARE)
    field.lineEdit().setTextMargins(tokens.SPACE_XS, 0, tokens.SPACE_XS, 0)
