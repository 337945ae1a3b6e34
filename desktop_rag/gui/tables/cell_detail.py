"""The cell that is looked at, whole: what it says, how it came about, and what it rests on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_rag.gui.look import tokens
from desktop_rag.gui.sources import Source
from desktop_rag.gui.tables.values import CellKind, DetailValue
from desktop_rag.gui.widgets.buttons import IconButton, ShortButton, ShortLabel
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.tab_order import put_after
from desktop_rag.gui.widgets.text import plain, tip

_TALLEST = 14 * tokens.SPACE_L
_LONGEST_QUOTE = 100 * tokens.SPACE_L
_QUOTES = 3


class CellDetail(QFrame):
    """Shows one cell.

    Signals:
        quote_opened: of the `Source` whose page is to be shown.
        edit_requested: the cell is to be written by hand.
        undo_requested: what was written by hand is to be taken back.
        again_requested: the cell is to be asked again.
    """

    quote_opened = Signal(object)
    edit_requested = Signal()
    undo_requested = Signal()
    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self.heading = ShortLabel("small")
        self.text = plain_label()
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.standing = plain_label("", "muted")
        self.written = plain_label("", "muted")
        self.quotes: list[ShortButton] = []
        self.edit = IconButton("edit", self.tr("Write it by hand (F2)"))
        self.undo = IconButton("undo", self.tr("Take back what was written by hand"))
        self.again = IconButton("refresh", self.tr("Ask this cell again"))
        self.edit.clicked.connect(self.edit_requested)
        self.undo.clicked.connect(self.undo_requested)
        self.again.clicked.connect(self.again_requested)
        self._arrange()
        self.show_detail(None)

    def show_detail(self, value: DetailValue | None) -> None:
        """Show a cell, or nothing."""
        self.setVisible(value is not None)
        if value is None:
            return
        cell = value.cell
        self.heading.show_text(value.heading)
        self.text.setText(cell.text)
        self.text.setVisible(bool(cell.text))
        self.text.setAccessibleName(plain(cell.text))
        self.standing.setText(self._standing(value))
        self.standing.setVisible(bool(self.standing.text()))
        self.written.setText(self._written(value))
        self.written.setVisible(bool(value.written or value.doubts))
        self.undo.setVisible(cell.kind is CellKind.EDITED)
        asked = cell.kind not in {CellKind.MISSING, CellKind.ASKED, CellKind.EDITED}
        self.again.setVisible(asked)
        self._show_quotes(value.quotes)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_XS)
        top.addWidget(self.heading, 1)
        for button in (self.edit, self.undo, self.again):
            top.addWidget(button)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, tokens.SPACE_S, 0)
        self._column.setSpacing(tokens.SPACE_XS)
        for label in (self.text, self.standing, self.written):
            self._column.addWidget(label)
        self._below = QVBoxLayout()
        self._below.setSpacing(0)
        self._column.addLayout(self._below)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        for ground in (inside, scroll.viewport()):
            ground.setAutoFillBackground(False)  # the frame's own is seen
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_M, tokens.SPACE_S, tokens.SPACE_S, tokens.SPACE_S)
        column.setSpacing(tokens.SPACE_XS)
        column.addLayout(top)
        column.addWidget(scroll, 1)
        self.setMaximumHeight(_TALLEST)

    def _show_quotes(self, sources: tuple[Source, ...]) -> None:
        for button in self.quotes:
            self._below.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.quotes = [self._quote(source) for source in sources[:_QUOTES]]
        for button in self.quotes:
            self._below.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        put_after(self.again, *self.quotes)  # else Tab comes to them after all that is older

    def _quote(self, source: Source) -> ShortButton:
        button = ShortButton(self, longest=_LONGEST_QUOTE)
        button.setProperty("role", "link")
        told = self.tr("Page {page}: “{quote}”")
        words = told.format(page=source.label, quote=plain(source.snippet))
        button.show_text(words)
        button.setAccessibleName(words)
        button.setToolTip(tip(source.snippet))
        button.setAccessibleDescription(plain(source.snippet))  # else the tooltip's markup is read
        button.clicked.connect(lambda: self.quote_opened.emit(source))
        return button

    def _standing(self, value: DetailValue) -> str:
        standing = value.cell.standing
        if value.found:
            told = self.tr("{standing}; found was: {text}")
            return told.format(standing=standing, text=value.found)
        return "" if standing == value.cell.text else standing

    def _written(self, value: DetailValue) -> str:
        parts = list(value.doubts)
        if value.written:
            parts.insert(0, self.tr("The model wrote: {text}").format(text=value.written))
        return "\n".join(parts)
