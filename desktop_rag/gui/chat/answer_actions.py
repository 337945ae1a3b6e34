"""What can be done with an answer: the row of buttons below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.flow_layout import FlowLayout

_COPIED_MS = 1500


class AnswerActions(QWidget):
    """Copy, export, once more, in other words, in another way, and why.

    Signals:
        copy_wished: the answer, with its citations or without.
        export_wished, names_wished, cards_wished, again_wished, edit_wished, ways_wished,
            reason_wished: of this answer.
    """

    copy_wished = Signal(bool)
    export_wished = Signal()
    names_wished = Signal()
    cards_wished = Signal()
    again_wished = Signal()
    edit_wished = Signal()
    ways_wished = Signal()
    reason_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setStyleSheet(
            f"QToolButton {{ font-size: {tokens.TEXT_SMALL}px;"
            f" padding: {tokens.SPACE_XS // 2}px; }}"
        )
        self._made: list[tuple[QToolButton, str]] = []
        self.copy = self._button("copy", self.tr("Copy"))
        self.copy_cited = self._button("quote", self.tr("Copy with citations"))
        self.export = self._button("export", self.tr("Export…"))
        self.names = self._button("grid", self.tr("Names, dates, amounts…"))
        self.cards = self._button("quote", self.tr("Export questions…"))
        self.again = self._button("refresh", self.tr("Regenerate"))
        self.edit = self._button("edit", self.tr("Edit"))
        self.ways = self._button("list", self.tr("Another way"))
        self.reason = self._button("eye", self.tr("Why this answer"))
        self.export.setToolTip(self.tr("Write this answer to a Word document, a PDF or Markdown"))
        self.names.setToolTip(self.tr("List what is named, how often and on which pages"))
        self.cards.setToolTip(self.tr("Write these questions to a deck for Anki, or to a table"))
        self.again.setToolTip(self.tr("Answer this question once more"))
        self.edit.setToolTip(self.tr("Change the question and send it again"))
        self.ways.setToolTip(self.tr("Have this answered in another way"))
        self.reason.setToolTip(self.tr("Show what was searched, found, read and checked"))
        flow = FlowLayout(self, tokens.SPACE_XS)
        for button in self.buttons:
            flow.addWidget(button)
        self.copy.clicked.connect(lambda: self.copy_wished.emit(False))
        self.copy_cited.clicked.connect(lambda: self.copy_wished.emit(True))
        self.export.clicked.connect(self.export_wished)
        self.names.clicked.connect(self.names_wished)
        self.cards.clicked.connect(self.cards_wished)
        self.again.clicked.connect(self.again_wished)
        self.edit.clicked.connect(self.edit_wished)
        self.ways.clicked.connect(self.ways_wished)
        self.reason.clicked.connect(self.reason_wished)
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self._draw_icons)
        self._draw_icons()
        self.offer_digest(named=False, cards=False)
        self.hide()

    @property
    def buttons(self) -> list[QToolButton]:
        """The buttons in their order."""
        return [button for button, _icon in self._made]

    def offer(self, *, written: bool, cited: bool, known: bool) -> None:
        """Show what can be done with what is `written`, `cited`, and `known` of its making."""
        self.copy.setVisible(written)
        self.copy_cited.setVisible(written and cited)
        self.export.setVisible(written)
        self.reason.setVisible(known)
        self.show()

    def offer_digest(self, *, named: bool, cards: bool) -> None:
        """Show that there is a list of what is `named`, and that `cards` can be taken away."""
        self.names.setVisible(named)
        self.cards.setVisible(cards)

    def put(self, text: str, *, cited: bool) -> None:
        """Put a text on the clipboard, and say that it is there."""
        QGuiApplication.clipboard().setText(text.strip())
        button = self.copy_cited if cited else self.copy
        button.setIcon(theme.icon("check", "good"))
        self._copied.start()
        announce.say(button, self.tr("Copied"))

    def _button(self, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._made.append((button, icon))
        return button

    def _draw_icons(self) -> None:
        for button, icon in self._made:
            button.setIcon(theme.icon(icon, "muted"))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()
