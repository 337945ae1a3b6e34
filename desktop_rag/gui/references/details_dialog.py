"""The record of a document: each field, where it comes from, to be corrected and taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.references import ReferenceField, ReferenceKind, normal
from desktop_rag.gui.look import tokens
from desktop_rag.gui.references.field_words import ReferenceWords
from desktop_rag.gui.references.values import DetailsValue
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.citation_menu import CitationMenu
from desktop_rag.gui.widgets.flow_layout import FlowLayout
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain
from desktop_rag.gui.widgets.wheel_guard import WheelGuard

_SIZE = (38 * tokens.SPACE_L, 44 * tokens.SPACE_L)
_LONGEST = 2_000  # signs of a field


class ReferenceEntry(QFrame):
    """One field: its name, a line to type into or kinds to choose from, and where it comes from.

    Signals:
        entered: the text that a person typed.
        taken_back: what a person typed is to be forgotten.
    """

    entered = Signal(str)
    taken_back = Signal()

    def __init__(self, which: ReferenceField, words: ReferenceWords) -> None:
        super().__init__()
        self._which = which
        self._words = words
        self._shown = ""
        name = words.fields()[which]
        self.line = QLineEdit()
        self.line.setMaxLength(_LONGEST)
        self.line.setPlaceholderText(words.hints().get(which, ""))
        self.kinds = QComboBox()
        self.origin = plain_label("", "small")
        self.back = TextButton("undo", self.tr("Take back"), "link")
        self.back.setAutoDefault(False)
        self.back.setAccessibleName(self.tr("Take back: {field}").format(field=name))
        self.error = plain_label(words.wrong(which), "danger")
        self.input: QWidget = self.kinds if which is ReferenceField.KIND else self.line
        self.input.setAccessibleName(name)
        self._lay_out(name)
        self._connect()

    def show_value(self, value: DetailsValue) -> None:
        """Show what is said of the field."""
        self._shown = plain(value.reference.text(self._which))
        self.line.setText(self._shown)
        self.line.setCursorPosition(0)
        self.kinds.setCurrentIndex(self.kinds.findData(self._shown))
        origin = value.origins.get(self._which)
        told = self._words.origins()[origin] if origin else self._words.unknown()
        self.origin.setText(told)
        self.input.setAccessibleDescription(told)
        self.back.setVisible(self._which in value.typed)
        self.error.hide()

    def keep(self) -> None:
        """Have kept what was typed, if that is another text than the one shown."""
        text = self.line.text().strip()
        if self.input is not self.line or text == self._shown:
            return
        if text and not normal(self._which, text):
            if not self.error.isVisibleTo(self):
                announce.say(self.line, self.error.text())
            self.error.show()
            return
        self.entered.emit(text)

    def _lay_out(self, name: str) -> None:
        for kind, called in self._words.kinds().items():
            self.kinds.addItem(called, str(kind))
        self.kinds.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        WheelGuard(self).guard(self.kinds)
        label = plain_label(name)
        label.setBuddy(self.input)
        below = QHBoxLayout()
        below.addWidget(self.origin, 1)
        below.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addWidget(label)
        column.addWidget(self.input)
        column.addWidget(self.error)
        column.addLayout(below)

    def _connect(self) -> None:
        self.line.editingFinished.connect(self.keep)
        self.line.textEdited.connect(lambda _text: self.error.hide())
        self.kinds.activated.connect(self._on_kind)
        self.back.clicked.connect(self.taken_back)

    def _on_kind(self, _place: int) -> None:
        kind = str(self.kinds.currentData() or ReferenceKind.DOCUMENT)
        if kind != self._shown:
            self.entered.emit(kind)


class DetailsDialog(QDialog):
    """What a document is to who cites it.

    Signals:
        entered: a `ReferenceField`, and what a person typed into it.
        taken_back: a `ReferenceField` of which what was typed is to be forgotten.
        citation_requested: the `CitationStyle` that it is to be copied in.
    """

    entered = Signal(object, str)
    taken_back = Signal(object)
    citation_requested = Signal(object)

    def __init__(self, value: DetailsValue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Details of {name}").format(name=plain(value.name)))
        words = ReferenceWords(self)
        self.entries = {which: ReferenceEntry(which, words) for which in words.fields()}
        self.copy = TextButton("quote", self.tr("Copy as citation"))
        self.copy.setAutoDefault(False)
        self.copy.setMenu(self._made_menu())
        self.close_ = QPushButton(self.tr("Close"))
        self.close_.setAutoDefault(False)  # Return in a field keeps it, and closes nothing
        self.close_.clicked.connect(self.accept)
        self._lay_out()
        for which, entry in self.entries.items():
            entry.entered.connect(lambda text, which=which: self.entered.emit(which, text))
            entry.taken_back.connect(lambda which=which: self.taken_back.emit(which))
        self.show_value(value)
        self.resize(*_SIZE)

    def show_value(self, value: DetailsValue) -> None:
        """Show a record."""
        for entry in self.entries.values():
            entry.show_value(value)

    @override
    def accept(self) -> None:
        """Close, but for what was typed and cannot be kept, which would be lost."""
        self._keep()
        for entry in self.entries.values():
            if entry.error.isVisibleTo(self):
                entry.line.setFocus()
                self._area.ensureWidgetVisible(entry)
                return
        super().accept()

    def _keep(self) -> None:
        """Have kept what is still being typed."""
        for entry in self.entries.values():
            entry.keep()

    def _made_menu(self) -> CitationMenu:
        menu = CitationMenu(self)
        menu.chosen.connect(self._on_style)
        return menu

    def _on_style(self, style: object) -> None:
        self._keep()
        self.citation_requested.emit(style)

    def _lay_out(self) -> None:
        told = self.tr(
            "Citations and bibliographies are made of this. What you type is never overwritten."
        )
        inside = QWidget()
        fields = QVBoxLayout(inside)
        fields.setContentsMargins(0, 0, tokens.SPACE_M, 0)
        fields.setSpacing(tokens.SPACE_M)
        for entry in self.entries.values():
            fields.addWidget(entry)
        fields.addStretch(1)
        self._area = area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QWidget()
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        buttons = FlowLayout(row)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.close_)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(plain_label(told, "muted"))
        column.addWidget(area, 1)
        column.addWidget(row)
