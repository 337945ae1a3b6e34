"""The control for each kind of setting, from a switch to the languages of scanned pages."""

from __future__ import annotations

from types import NoneType
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic.fields import FieldInfo
from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox, QWidget

from desktop_rag.gui.settings.language_list import LanguageList
from desktop_rag.gui.settings.setting_words import FieldWords, SettingWords
from desktop_rag.gui.widgets.number_field import number_field, whole_field
from desktop_rag.gui.widgets.seed_field import SeedField
from desktop_rag.gui.widgets.text_field import TextField
from desktop_rag.settings.schema import LanguageData

_DECIMALS = 2


class UnknownKind(TypeError):
    """The schema has a field for which there is no control."""


def waits_for_restart(field: FieldInfo) -> bool:
    """Return whether the setting is read only when the program starts."""
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get("restart"))


def range_of(field: FieldInfo) -> tuple[float, float]:
    """Return the least and the greatest value."""
    low = [entry.ge for entry in field.metadata if isinstance(entry, Ge)]
    high = [entry.le for entry in field.metadata if isinstance(entry, Le)]
    if not low or not high:
        raise UnknownKind(field)
    return float(low[0]), float(high[0])  # type: ignore[arg-type]


def form_of(field: FieldInfo) -> tuple[str, int]:
    """Return the pattern that a text has, and how many letters at most."""
    patterns = [entry.pattern for entry in field.metadata if getattr(entry, "pattern", None)]
    longest = [entry.max_length for entry in field.metadata if isinstance(entry, MaxLen)]
    if not patterns or not longest:
        raise UnknownKind(field)
    return patterns[0], longest[0]


def _spoken(control: QWidget) -> QWidget:
    """Return the part of a control that a screen reader comes to."""
    match control:
        case TextField():
            return control.line
        case LanguageList():
            return control.list
        case _:
            return control


class SettingField(QObject):
    """A control and the value it shows.

    Signals:
        changed: the person chose another value.
    """

    changed = Signal()

    def __init__(self, field: FieldInfo, words: FieldWords, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self._names = SettingWords(self)
        self.labelled = field.annotation is not bool  # a check box carries its own label
        self.control = self._made(field)
        spoken = _spoken(self.control)
        if self.labelled:
            spoken.setAccessibleName(words.label)
        spoken.setAccessibleDescription(words.help)

    def _made(self, field: FieldInfo) -> QWidget:
        kind: Any = field.annotation
        if kind is bool:
            return self._check_box()
        if get_origin(kind) is Literal:
            return self._combo_box(get_args(kind))
        if set(get_args(kind)) == {int, NoneType}:
            seed = SeedField()
            seed.seed_changed.connect(self.changed)
            return seed
        if kind is int or kind is float:
            return self._number(kind, *range_of(field))
        if kind is str:
            return self._text(*form_of(field))
        if kind == tuple[LanguageData, ...]:
            return self._languages(field)
        raise UnknownKind(field)

    def _check_box(self) -> QCheckBox:
        box = QCheckBox(self._words.label)
        box.toggled.connect(self.changed)
        return box

    def _combo_box(self, values: tuple[str, ...]) -> QComboBox:
        box = QComboBox()
        for value in values:
            box.addItem(self._names.choice(value), value)
        box.currentIndexChanged.connect(self.changed)
        return box

    def _number(self, kind: type, low: float, high: float) -> QSpinBox | QDoubleSpinBox:
        field = (
            whole_field(int(low), int(high)) if kind is int else number_field(_DECIMALS, low, high)
        )
        field.setSuffix(self._words.unit)
        field.setSpecialValueText(self._words.lowest)
        field.valueChanged.connect(self.changed)
        return field

    def _text(self, pattern: str, longest: int) -> TextField:
        field = TextField(pattern, longest, self._words.wrong)
        field.changed.connect(self.changed)
        return field

    def _languages(self, field: FieldInfo) -> LanguageList:
        (most,) = (entry.max_length for entry in field.metadata if isinstance(entry, MaxLen))
        languages = LanguageList(most)
        languages.changed.connect(self.changed)
        return languages

    @property
    def valid(self) -> bool:
        """Whether what the control shows can be a value."""
        return not isinstance(self.control, TextField) or self.control.valid

    @property
    def value(self) -> object:
        """Return what the control shows."""
        match self.control:
            case QCheckBox() as box:
                return box.isChecked()
            case QComboBox() as box:
                return box.currentData()
            case SeedField() as seed:
                return seed.seed
            case QSpinBox() | QDoubleSpinBox() as number:
                return number.value()
            case TextField() as text:
                return text.text
            case LanguageList() as languages:
                return languages.value
            case _:
                raise UnknownKind(self.control)

    def set_value(self, value: Any) -> None:
        """Show a value without telling anybody."""
        with QSignalBlocker(self.control):
            match self.control:
                case QCheckBox() as box:
                    box.setChecked(value)
                case QComboBox() as box:
                    box.setCurrentIndex(box.findData(value))
                case SeedField() as seed:
                    seed.set_seed(value)
                case QSpinBox() | QDoubleSpinBox() as number:
                    number.setValue(value)
                case TextField() as text:
                    text.set_text(value)
                case LanguageList() as languages:
                    languages.set_value(value)
                case _:
                    raise UnknownKind(self.control)
