"""A number that can be dragged and typed, with one sentence that says what it does."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.number_field import number_field
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.slider import Slider
from desktop_rag.gui.widgets.wheel_guard import WheelGuard

_FIELD_WIDTH = 5 * tokens.SPACE_L
_PAGES = 10  # of a slider


def even_stops(low: float, high: float, step: float) -> tuple[float, ...]:
    """Return values at equal distances."""
    count = round((high - low) / step)
    return (*(round(low + at * step, 4) for at in range(count)), high)


def growing_stops(low: int, high: int, count: int = 120) -> tuple[float, ...]:
    """Return whole values that lie closer together where they are small."""
    span = high - low + 1
    return tuple(sorted({float(low + round(span ** (at / count)) - 1) for at in range(count + 1)}))


def nearest_stop(stops: Sequence[float], value: float) -> int:
    """Return which of the ascending stops is closest to the value."""
    at = bisect.bisect_left(stops, value)
    if at == 0 or at == len(stops):
        return min(at, len(stops) - 1)
    return at if stops[at] - value < value - stops[at - 1] else at - 1


@dataclass(frozen=True, slots=True)
class Amount:
    """What a slider is about; `lowest` is said instead of the lowest number."""

    label: str
    help: str
    stops: tuple[float, ...]
    decimals: int = 0
    lowest: str = ""


class AmountSlider(QWidget):
    """A slider with a number field.

    Signals:
        value_changed: the person chose another value; also while dragging.
    """

    value_changed = Signal(float)

    def __init__(self, amount: Amount, guard: WheelGuard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops = amount.stops
        self._help = amount.help
        self.field = _field(amount)
        self.slider = Slider()
        self.slider.setRange(0, len(amount.stops) - 1)
        self.slider.setPageStep(max(1, len(amount.stops) // _PAGES))
        for control in (self.slider, self.field):
            control.setAccessibleName(amount.label)
            control.setAccessibleDescription(amount.help)
            guard.guard(control)
        self._lay_out(amount)
        self.slider.valueChanged.connect(self._on_dragged)
        self.field.valueChanged.connect(self._on_typed)

    def _lay_out(self, amount: Amount) -> None:
        label = plain_label(amount.label)
        label.setBuddy(self.field)
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_S)
        top.addWidget(label, 1)
        top.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addLayout(top)
        column.addWidget(self.slider)
        column.addWidget(plain_label(amount.help, "small"))

    @property
    def value(self) -> float:
        """Return the number shown."""
        return self.field.value()

    def set_value(self, value: float) -> None:
        """Show a number without telling anybody."""
        with QSignalBlocker(self.field), QSignalBlocker(self.slider):
            if value != self.field.value():  # else it would rewrite what is being typed
                self.field.setValue(value)
            self.slider.setValue(nearest_stop(self._stops, value))
        self._tell()

    def _tell(self) -> None:
        """Give screen readers the number: of the slider itself they know but its position."""
        self.slider.setAccessibleDescription(f"{self.field.text()}. {self._help}")

    def _on_dragged(self, position: int) -> None:
        with QSignalBlocker(self.field):
            self.field.setValue(self._stops[position])
        self._tell()
        announce.say(self.slider, self.field.text())
        self.value_changed.emit(self.field.value())

    def _on_typed(self, value: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(nearest_stop(self._stops, value))
        self._tell()
        self.value_changed.emit(value)


def _field(amount: Amount) -> QDoubleSpinBox:
    field = number_field(amount.decimals, amount.stops[0], amount.stops[-1])
    field.setAlignment(Qt.AlignmentFlag.AlignRight)
    field.setSpecialValueText(amount.lowest)
    field.setFixedWidth(_FIELD_WIDTH)
    return field
