"""Which languages text is recognized in, and which of them comes first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_rag.gui.look import tokens
from desktop_rag.gui.settings.language_download import LANGUAGE_WIDTH, LanguageDownload
from desktop_rag.gui.settings.language_names import language_name
from desktop_rag.gui.widgets.buttons import IconButton
from desktop_rag.gui.widgets.plain_label import plain_label

_CODE = Qt.ItemDataRole.UserRole
_ROWS = 5  # before the list scrolls


class LanguageList(QWidget):
    """The languages that there is data for, those that are chosen first and in their order.

    One that is chosen but not there is shown, too. One at least stays chosen, and `most` at most.
    Data of others can be got.

    Signals:
        changed: others are chosen, or in another order.
        data_requested: the data of this language (`str`) is wanted.
        data_cancelled: it is not wanted any more.
    """

    changed = Signal()
    data_requested = Signal(str)
    data_cancelled = Signal()

    def __init__(self, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._found: tuple[str, ...] | None = None  # nobody has looked yet
        self._chosen: tuple[str, ...] = ()
        self.list = QListWidget()
        self.list.setTabKeyNavigation(False)
        self.list.setFixedWidth(LANGUAGE_WIDTH)
        self.up = IconButton("arrow-up", self.tr("Earlier"))
        self.down = IconButton("arrow-down", self.tr("Later"))
        self.missing = plain_label("", "warning")
        self.getter = LanguageDownload()
        self.setFocusProxy(self.list)
        self._lay_out()
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.currentRowChanged.connect(self._reflect)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.getter.requested.connect(self.data_requested)
        self.getter.cancelled.connect(self.data_cancelled)
        self.set_value(())

    @property
    def value(self) -> tuple[str, ...]:
        """Return the languages that are chosen, in their order."""
        return self._chosen

    def set_value(self, codes: Sequence[str]) -> None:
        """Show which languages are chosen, without telling anybody."""
        self._chosen = tuple(codes)
        self._show()

    def set_found(self, codes: Sequence[str]) -> None:
        """Show for which languages there is data."""
        self._found = tuple(codes)
        self._show()

    def show_coming(self, language: str, done: int, size: int) -> None:
        """Show how much has come of the data of a language; of none, let one be chosen again."""
        self.getter.show_coming(language, done, size)

    def show_problem(self, words: str) -> None:
        """Say why the data has not come."""
        self.getter.show_problem(words)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(0)
        side.addWidget(self.up)
        side.addWidget(self.down)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_XS)
        row.addWidget(self.list)
        row.addLayout(side)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addLayout(row)
        column.addWidget(self.missing)
        column.addWidget(self.getter)

    def _show(self) -> None:
        at = self._code(self.list.currentRow())
        found = self._found or ()
        others = [code for code in found if code not in self._chosen]
        codes = [*self._chosen, *sorted(others, key=language_name)]
        self.list.blockSignals(True)
        self.list.clear()
        for code in codes:
            item = QListWidgetItem(language_name(code))
            item.setData(_CODE, code)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(_checked(on=code in self._chosen))
            self.list.addItem(item)
        self.list.setCurrentRow(codes.index(at) if at in codes else 0)
        self.list.blockSignals(False)
        height = max(1, self.list.sizeHintForRow(0)) * min(_ROWS, max(1, len(codes)))
        self.list.setFixedHeight(height + 2 * self.list.frameWidth() + tokens.SPACE_S)
        lacking = [code for code in self._chosen if code not in found]
        words = self.tr("There is no data for: {languages}")
        self.missing.setText(words.format(languages=", ".join(map(language_name, lacking))))
        self.missing.setVisible(bool(lacking) and self._found is not None)
        self.getter.set_languages(found, lacking)
        self.getter.setVisible(self._found is not None)
        self._reflect()

    def _code(self, row: int) -> str:
        return str(self.list.item(row).data(_CODE)) if row >= 0 else ""

    def _reflect(self) -> None:
        code = self._code(self.list.currentRow())
        place = self._chosen.index(code) if code in self._chosen else -1
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < len(self._chosen) - 1)

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        code = str(item.data(_CODE))
        if item.checkState() == Qt.CheckState.Checked:
            chosen = (*self._chosen, code)
        else:
            chosen = tuple(one for one in self._chosen if one != code)
        self._choose(chosen if 0 < len(chosen) <= self._most else self._chosen)

    def _move(self, by: int) -> None:
        code = self._code(self.list.currentRow())
        chosen = list(self._chosen)
        place = chosen.index(code)
        chosen.insert(place + by, chosen.pop(place))
        self._choose(tuple(chosen))

    def _choose(self, chosen: tuple[str, ...]) -> None:
        new, self._chosen = chosen != self._chosen, chosen
        self._show()
        if new:
            self.changed.emit()


def _checked(*, on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
