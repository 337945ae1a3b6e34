"""The list of everything that the keyboard can do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.gui.libraries.document_actions import FIRST_KEYS, LAST_KEYS
from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import short_tip

_SIZE = (30 * tokens.SPACE_L, 36 * tokens.SPACE_L)
_KEYS_WIDTH = 10 * tokens.SPACE_L


class ShortcutsDialog(QDialog):
    """Actions and their keys; a field narrows them down."""

    def __init__(self, shortcuts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find an action or a key"))
        self.filter.setAccessibleName(self.tr("Find an action or a key"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filtered)
        self.list = self._made_list(shortcuts)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(plain_label(self.tr("Keyboard shortcuts"), "title"))
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.resize(*_SIZE)

    def _made_list(self, shortcuts: Sequence[tuple[str, str]]) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Keyboard shortcuts"))
        tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for action, keys in [*shortcuts, *self._of_parts()]:
            item = QTreeWidgetItem([action, keys])
            item.setToolTip(0, short_tip(action))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{action}: {keys}")
            tree.addTopLevelItem(item)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Stretch)
        header.setSectionResizeMode(1, header.ResizeMode.Fixed)
        header.resizeSection(1, _KEYS_WIDTH)
        return tree

    def _of_parts(self) -> list[tuple[str, str]]:
        """Return what the keyboard can do in a part of the window alone, and no menu says."""
        found = (
            (self.tr("Send the question"), "Enter"),
            (self.tr("Begin a new line in the question"), "Shift+Enter"),
            (self.tr("Stop the answer, close a box"), "Esc"),
            (self.tr("Translate the passage or citation that has the keyboard"), "T"),
            (self.tr("Take back what was just removed"), "Ctrl+Z"),
            (self.tr("Rename the library or conversation"), "F2"),
            (self.tr("Remove what is selected in a list"), "Del"),
            (self.tr("Make the page larger"), "Ctrl++"),
            (self.tr("Make the page smaller"), "Ctrl+-"),
            (self.tr("Fit the page to the width"), "Ctrl+0"),
            (self.tr("Index the selected documents first"), FIRST_KEYS),
            (self.tr("Index the selected documents last"), LAST_KEYS),
        )
        form = QKeySequence.SequenceFormat.NativeText
        return [(action, QKeySequence(keys).toString(form)) for action, keys in found]

    def _on_filtered(self, text: str) -> None:
        wanted = text.casefold().strip()
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item is not None:
                shown = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(wanted not in shown)
