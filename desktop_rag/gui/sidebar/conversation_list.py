"""The conversations of a library by day: today's, yesterday's, earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import groupby

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QMenu, QWidget

from desktop_rag.gui.look import theme
from desktop_rag.gui.sidebar.row_delegate import CURRENT, HEADING, ID, SidebarList
from desktop_rag.gui.sidebar.values import ConversationValue
from desktop_rag.gui.widgets.text import plain, tip


class Day(Enum):
    """When a conversation was last added to, as people say it."""

    TODAY = 0
    YESTERDAY = 1
    EARLIER = 2


def day_of(changed: datetime, today: date) -> Day:
    """Return when that was; a clock that was set back makes no tomorrow."""
    day = changed.astimezone().date()
    if day >= today:
        return Day.TODAY
    return Day.YESTERDAY if day == today - timedelta(days=1) else Day.EARLIER


class ConversationList(SidebarList):
    """Conversations in the order they are given, under the days they fall on.

    Signals:
        renamed: of the id of a conversation and its new title.
        exported: of the id of a conversation that is to be written to a file.
    """

    renamed = Signal(object, str)
    exported = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Conversations"))
        self.named.connect(self.renamed)

    def set_conversations(
        self, values: Sequence[ConversationValue], current: object, today: date | None = None
    ) -> None:
        """Show these conversations; `current` is the id of the one that the window shows."""
        day = today or datetime.now().astimezone().date()
        plan: list[ConversationValue | Day] = []
        for when, group in groupby(values, lambda value: day_of(value.changed, day)):
            plan += [when, *group]
        ids = [entry if isinstance(entry, Day) else entry.id for entry in plan]
        if self.ids() != ids:
            focused, place = self.focused(), self.verticalScrollBar().value()
            self.clear()
            for _ in plan:
                self.addItem(QListWidgetItem())
            self._write(plan, current)
            self.focus(focused, current)
            self.verticalScrollBar().setValue(place)
        else:
            self._write(plan, current)

    def add_actions(self, menu: QMenu, id_: object) -> None:
        """Let a conversation be exported."""
        export = menu.addAction(theme.icon("export"), self.tr("Export…"))
        export.triggered.connect(lambda: self.exported.emit(id_))

    def _write(self, plan: Sequence[ConversationValue | Day], current: object) -> None:
        for row, entry in enumerate(plan):
            item = self.item(row)
            if isinstance(entry, Day):
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                item.setText(self._word(entry))
                item.setData(ID, entry)
                item.setData(HEADING, True)
            else:
                title = plain(entry.title) or self.tr("Untitled")
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled
                    | Qt.ItemFlag.ItemIsSelectable
                    | Qt.ItemFlag.ItemIsEditable
                )
                item.setText(title)
                item.setData(ID, entry.id)
                item.setData(CURRENT, entry.id == current)
                item.setToolTip(tip(title, _written(entry.changed)))

    def _word(self, day: Day) -> str:
        words = {
            Day.TODAY: self.tr("Today"),
            Day.YESTERDAY: self.tr("Yesterday"),
            Day.EARLIER: self.tr("Earlier"),
        }
        return words[day]


def _written(moment: datetime) -> str:
    when = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)
