"""The list of the files of folders that were passed over, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.gui.libraries.values import PassedValue
from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain, tip

_SIZE = (52 * tokens.SPACE_L, 28 * tokens.SPACE_L)
_PATH_WIDTH = 22 * tokens.SPACE_L


class PassedOverDialog(QDialog):
    """Files that are no documents; `summary` says how many there are, and `kinds` how they end."""

    def __init__(
        self,
        summary: str,
        kinds: str,
        files: Sequence[PassedValue],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Files that were passed over"))
        self.list = self._made_list(files)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(plain_label(summary, "title"))
        column.addWidget(plain_label(kinds, "muted"))
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        self.resize(*_SIZE)

    def _made_list(self, files: Sequence[PassedValue]) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(self.tr("Files that were passed over"))
        tree.setHeaderLabels([self.tr("File"), self.tr("Why")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for file in files:
            path, reason = plain(str(file.path)), plain(file.reason)
            item = QTreeWidgetItem([path, reason])
            item.setToolTip(0, tip(path))
            item.setToolTip(1, tip(reason))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{path}: {reason}")
            tree.addTopLevelItem(item)
        header = tree.header()
        header.setStretchLastSection(True)
        header.resizeSection(0, _PATH_WIDTH)
        return tree
