"""The words of an answer, and for each of them what else the model could have written there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.generation import WrittenToken
from desktop_rag.domain.unicode_text import inert
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.plain_label import plain_label

Index = QModelIndex | QPersistentModelIndex

_ROLE = Qt.ItemDataRole
_TINTS = ((0.2, 90), (0.5, 45))  # below this probability, so opaque of 255
_OTHERS_HEIGHT = 8 * tokens.SPACE_L
_FINE = 10  # percent, below which a digit after the point says something
_UNBROKEN = "\u00a0"


class WordChoices(QWidget):
    """Lists words in the order they were written, the uncertain ones tinted.

    The arrow keys or a click choose one; what else could have stood there is listed below, and
    read out on Enter.
    """

    def __init__(self, written: Sequence[WrittenToken], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._written = written
        self.words = _words_list(self.tr("Words of the answer"))
        self.chosen = plain_label("", "heading", self)
        self.others = QListWidget(self)
        self.others.setAccessibleName(self.tr("What else could have stood there"))
        self.others.setMaximumHeight(_OTHERS_HEIGHT)
        self._lay_out()
        for one in written:
            self.words.addItem(self._item(one))
        self.words.currentRowChanged.connect(self._show)
        self.words.activated.connect(self._on_activated)
        if written:
            self.words.setCurrentRow(self._least_certain())

    def _lay_out(self) -> None:
        some = bool(self._written)
        hint = self.tr(
            "Choose a word to see what else the model could have written there. The less certain "
            "it was, the stronger a word is tinted."
        )
        nothing = self.tr("The choices of this answer were not kept.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.SPACE_S, 0, 0)
        column.setSpacing(tokens.SPACE_S)
        column.addWidget(plain_label(hint if some else nothing, "muted", self))
        for part in (self.words, self.chosen, self.others):
            column.addWidget(part)
            part.setVisible(some)
        if some:
            column.setStretch(1, 1)
        else:
            column.addStretch()

    def _item(self, one: WrittenToken) -> QListWidgetItem:
        shown = inert(one.text).replace("\n", "↵")
        item = QListWidgetItem(shown)
        item.setData(_ROLE.UserRole, one.probability)
        word = self.tr("“{word}”, {share}").format(word=shown.strip(), share=self._share(one))
        item.setData(_ROLE.AccessibleTextRole, word)
        item.setData(_ROLE.AccessibleDescriptionRole, self._spoken(one))
        return item

    def _share(self, one: WrittenToken) -> str:
        return self._percent(one.probability)

    def _percent(self, probability: float) -> str:
        percent = 100 * probability
        digits = 1 if percent < _FINE else 0
        number = QLocale().toString(percent, "f", digits)
        return self.tr("{number} %").format(number=number).replace(" ", _UNBROKEN)

    def _lines(self, one: WrittenToken) -> list[str]:
        return [
            self.tr("“{word}”, {share}").format(
                word=inert(other.text).replace("\n", "↵").strip(),
                share=self._percent(other.probability),
            )
            for other in one.others
        ]

    def _spoken(self, one: WrittenToken) -> str:
        lines = self._lines(one)
        if not lines:
            return self.tr("Nothing else was likely here.")
        return self.tr("Instead: {words}").format(words="; ".join(lines))

    def _least_certain(self) -> int:
        return min(range(len(self._written)), key=lambda at: self._written[at].probability)

    def _show(self, row: int) -> None:
        """List what could have stood in the place of a word."""
        self.others.clear()
        if not 0 <= row < len(self._written):
            return
        one = self._written[row]
        self.chosen.setText(self.words.item(row).data(_ROLE.AccessibleTextRole))
        self.others.addItems(self._lines(one) or [self._spoken(one)])

    def _on_activated(self, index: QModelIndex) -> None:
        self._show(index.row())
        announce.say(self.others, self._spoken(self._written[index.row()]))


class _Tinted(QStyledItemDelegate):
    """Paints what a word lies on: the less certain, the stronger."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        probability = index.data(_ROLE.UserRole)
        opacity = next((opacity for below, opacity in _TINTS if probability < below), 0)
        if opacity:
            colour = QColor(theme.present().warning)
            colour.setAlpha(opacity)
            painter.fillRect(option.rect, colour)
        super().paint(painter, option, index)


def _words_list(name: str) -> QListWidget:
    """Return a list whose entries stand side by side, like the words of a text."""
    words = QListWidget()
    words.setAccessibleName(name)
    words.setFlow(QListView.Flow.LeftToRight)
    words.setWrapping(True)
    words.setResizeMode(QListView.ResizeMode.Adjust)
    words.setItemDelegate(_Tinted(words))
    words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    words.setStyleSheet("QListView::item { padding: 2px 0; border-radius: 0; }")
    return words
