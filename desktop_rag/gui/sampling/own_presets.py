"""The user's own sampling presets: choose, save under a name, delete and take that back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import icon
from desktop_rag.gui.sampling.presets import matching_own, tidy_name, with_preset, without_preset
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain, short_tip
from desktop_rag.settings.schema import (
    LONGEST_PRESET_NAME,
    MOST_OWN_PRESETS,
    OwnPreset,
    Sampling,
)


def icon_button(name: str, told: str) -> QToolButton:
    """Return a button without text that says by tooltip and to screen readers what it does."""
    button = QToolButton()
    button.setProperty("icon_name", name)
    button.setIcon(icon(name))
    button.setIconSize(QSize(tokens.ICON, tokens.ICON))
    button.setToolTip(short_tip(told))
    button.setAccessibleName(told)
    return button


def link_button(text: str) -> QPushButton:
    """Return a button that looks like a link."""
    button = QPushButton(text)
    button.setProperty("role", "link")
    return button


class OwnPresets(QWidget):
    """A row of own presets.

    Signals:
        preset_chosen: the `Sampling` of the one chosen.
        presets_changed: all own presets, a tuple of `OwnPreset`.
    """

    preset_chosen = Signal(object)
    presets_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets: tuple[OwnPreset, ...] = ()
        self._sampling = Sampling()
        self._before: tuple[OwnPreset, ...] = ()  # the last deletion
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Own presets"))
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choice.activated.connect(self._on_chosen)
        self.delete = icon_button("trash", self.tr("Delete this preset"))
        self.delete.clicked.connect(self._on_delete)
        self.save_as = link_button(self.tr("Save as a preset…"))
        self.save_as.clicked.connect(self._on_save_as)
        self.naming = self._naming_row()
        self.undoing = self._undo_row()
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        chooser = QHBoxLayout()
        chooser.setSpacing(tokens.SPACE_XS)
        chooser.addWidget(self.choice, 1)
        chooser.addWidget(self.delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addLayout(chooser)
        column.addWidget(self.undoing)
        column.addWidget(self.naming)
        column.addWidget(self.save_as, 0, Qt.AlignmentFlag.AlignLeft)

    def _naming_row(self) -> QWidget:
        row = QWidget()
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_PRESET_NAME)
        self.name.setPlaceholderText(self.tr("Name of the preset"))
        self.name.setAccessibleName(self.tr("Name of the preset"))
        self.name.textChanged.connect(self._on_name_changed)
        self.name.returnPressed.connect(self._on_save)
        self.name.installEventFilter(self)
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._on_save)
        self.cancel = icon_button("close", self.tr("Do not save"))
        self.cancel.clicked.connect(self._close_naming)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.SPACE_XS)
        for control in (self.name, self.save, self.cancel):
            line.addWidget(control)
        row.hide()
        return row

    def _undo_row(self) -> QWidget:
        row = QWidget()
        self._deleted: QLabel = plain_label("", "small")
        self.undo = link_button(self.tr("Undo"))
        self.undo.clicked.connect(self._on_undo)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._deleted, 1)
        line.addWidget(self.undo)
        row.hide()
        return row

    @property
    def presets(self) -> tuple[OwnPreset, ...]:
        """Return the own presets in their order."""
        return self._presets

    def set_presets(self, presets: Sequence[OwnPreset]) -> None:
        """Show these presets."""
        if tuple(presets) != self._presets:
            self._presets = tuple(presets)
            self.undoing.hide()
            self._show()

    def set_sampling(self, sampling: Sampling) -> None:
        """Select the preset that has these values, if there is one."""
        self._sampling = sampling
        self._select()

    def _show(self) -> None:
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.setPlaceholderText(self.tr("Own presets"))
            for preset in self._presets:
                self.choice.addItem(plain(preset.name))
        self.choice.setVisible(bool(self._presets))
        full = len(self._presets) >= MOST_OWN_PRESETS
        self.save_as.setToolTip(
            self.tr("There is no room for more: the name of an own preset replaces it.")
            if full
            else self.tr("Keep these values under a name of your own")
        )
        self._select()

    def _select(self) -> None:
        preset = matching_own(self._sampling, self._presets)
        with QSignalBlocker(self.choice):
            self.choice.setCurrentIndex(self._presets.index(preset) if preset else -1)
        self.delete.setVisible(preset is not None)

    def _change(self, presets: tuple[OwnPreset, ...]) -> None:
        if presets != self._presets:
            self._presets = presets
            self._show()
            self.presets_changed.emit(presets)

    def _on_chosen(self, at: int) -> None:
        self.preset_chosen.emit(self._presets[at].sampling)

    def _on_save_as(self) -> None:
        self.undoing.hide()
        self.save_as.hide()
        self.naming.show()
        self.name.clear()
        self._on_name_changed("")
        self.name.setFocus()

    def _on_name_changed(self, text: str) -> None:
        self.save.setEnabled(bool(self._saved_as(text)))

    def _saved_as(self, name: str) -> tuple[OwnPreset, ...]:
        """Return the presets with this one, or none if it cannot be saved."""
        presets = with_preset(self._presets, name, self._sampling)
        wanted = tidy_name(name).casefold()
        known = any(preset.name.casefold() == wanted for preset in presets)
        return presets if wanted and known else ()

    def _on_save(self) -> None:
        presets = self._saved_as(self.name.text())
        if presets:
            self._close_naming()
            self._change(presets)

    def _close_naming(self) -> None:
        self.naming.hide()
        self.save_as.show()
        self.save_as.setFocus()

    def _on_delete(self) -> None:
        preset = matching_own(self._sampling, self._presets)
        if preset is None:
            return
        self._before = self._presets
        self._change(without_preset(self._presets, preset.name))
        self._deleted.setText(self.tr("“{name}” deleted").format(name=preset.name))
        self.undoing.show()
        self.undo.setFocus()

    def _on_undo(self) -> None:
        self.undoing.hide()
        self._change(self._before)

    # Qt

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape leave the field for the name."""
        if watched is self.name and event.type() == QEvent.Type.KeyPress:
            escaped = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
            if escaped:
                self._close_naming()
                return True
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours there are now."""
        if event.type() == QEvent.Type.PaletteChange:
            for button in self.findChildren(QToolButton):
                name = button.property("icon_name")
                if name:
                    button.setIcon(icon(name))
        super().changeEvent(event)
