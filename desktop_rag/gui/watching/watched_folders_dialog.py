"""The folders that a library watches: how each is watched, and what of it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets.banners import UndoBar
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.flow_layout import FlowLayout
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.row_list import ListRow, RowList
from desktop_rag.gui.widgets.text import plain
from desktop_rag.jobs.watching.watched_folder import Watched
from desktop_rag.library.watches import Watch

_SIZE = (40 * tokens.SPACE_L, 34 * tokens.SPACE_L)
_LINES = 4  # of what is left out
_COLOURS = {Watched.NATIVE: "good", Watched.UNPLUGGED: "warning"}


@dataclass(frozen=True, slots=True)
class WatchValue:
    """A folder that is watched, how, and how many documents of the library lie in it."""

    watch: Watch
    state: Watched
    documents: int


class WatchesDialog(QDialog):
    """The watched folders of one library.

    Signals:
        add_requested: a folder is to be chosen.
        look_requested: a `Watch` that is to be looked through now.
        removed: a `Watch` that is not to be watched any more; its documents stay.
        restored: a `Watch` that is to be watched again, as it was.
        patterns_changed: a `Watch`, and what is left out of it from now on.
    """

    add_requested = Signal()
    look_requested = Signal(object)
    removed = Signal(object)
    restored = Signal(object)
    patterns_changed = Signal(object, object)

    def __init__(self, library: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Watched folders of {library}")
        self.setWindowTitle(title.format(library=plain(library)))
        self._values: dict[Watch, WatchValue] = {}
        self.list = RowList(self.tr("Watched folders"))
        self.none = plain_label(self.tr("No folder of this library is watched"), "heading")
        self.undo = UndoBar()
        self.add = TextButton("add", self.tr("Watch a folder…"))
        self.look = TextButton("refresh", self.tr("Look now"))
        self.remove = TextButton("close", self.tr("Stop watching"))
        self.close_ = QPushButton(self.tr("Close"))
        self.state = plain_label("", "muted")
        self.patterns = QPlainTextEdit()
        self.save = TextButton("", self.tr("Leave these out"), "link")
        for button in (self.add, self.look, self.remove, self.save, self.undo.undo):
            button.setAutoDefault(False)
        self.close_.setDefault(True)
        self._lay_out()
        self._connect()
        self.set_values(())
        self.resize(*_SIZE)

    def set_values(self, values: Sequence[WatchValue]) -> None:
        """Show these folders; what is being typed about one of them stays."""
        before = self.chosen
        self._values = {value.watch: value for value in values}
        self.list.set_lines([self._line(value) for value in values])
        self.list.setVisible(bool(values))
        self.none.setVisible(not values)
        now = self.chosen
        same = before and now and before.watch.path == now.watch.path
        self._show(self.patterns.toPlainText() if same and self.save.isEnabled() else None)

    @property
    def chosen(self) -> WatchValue | None:
        """Return the folder that is chosen in the list."""
        key = self.list.key
        return self._values.get(key) if isinstance(key, Watch) else None

    def _line(self, value: WatchValue) -> ListRow:
        watch = value.watch
        told = [self.tr("%n document(s)", "", value.documents)]
        if watch.patterns:
            told.append(self.tr("%n exception(s)", "", len(watch.patterns)))
        return ListRow(
            watch,
            plain(watch.path.name or str(watch.path)),
            below=" · ".join([plain(str(watch.path)), *told]),
            side=self._state(value.state),
            colour=_COLOURS.get(value.state, "muted"),
        )

    def _state(self, state: Watched) -> str:
        return {
            Watched.STARTING: self.tr("Starting"),
            Watched.NATIVE: self.tr("Watching"),
            Watched.POLLED: self.tr("Looking again and again"),
            Watched.CROWDED: self.tr("Looking again and again"),
            Watched.UNPLUGGED: self.tr("Not connected"),
        }[state]

    def _explained(self, state: Watched) -> str:
        return {
            Watched.STARTING: "",
            Watched.NATIVE: self.tr("What comes, changes or goes is noticed at once."),
            Watched.POLLED: self.tr(
                "The drive is on another machine and tells nothing: it is looked through every "
                "few seconds."
            ),
            Watched.CROWDED: self.tr(
                "The system watches as many folders as it can, so this one is looked through "
                "every few seconds."
            ),
            Watched.UNPLUGGED: self.tr(
                "The folder is not there: perhaps its drive is not connected. Its documents stay, "
                "and it is looked through when it is back."
            ),
        }[state]

    def _lay_out(self) -> None:
        told = self.tr(
            "New files in these folders are added by themselves, and changed, moved and deleted "
            "ones are kept up with."
        )
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.patterns.setTabChangesFocus(True)
        self.patterns.setAccessibleName(self.tr("Left out"))
        help_ = self.tr("One a line, as in a .gitignore: *.txt, drafts/, /2019/old.pdf")
        self.patterns.setAccessibleDescription(help_)
        height = self.patterns.fontMetrics().lineSpacing() * _LINES + 2 * tokens.SPACE_M
        self.patterns.setFixedHeight(height)
        self._detail = QFrame()
        detail = QVBoxLayout(self._detail)
        detail.setContentsMargins(0, 0, 0, 0)
        detail.setSpacing(tokens.SPACE_XS)
        label = plain_label(self.tr("Left out"))
        label.setBuddy(self.patterns)
        head = QHBoxLayout()
        head.addWidget(label, 1)
        head.addWidget(self.save)
        detail.addWidget(self.state)
        detail.addLayout(head)
        detail.addWidget(self.patterns)
        detail.addWidget(plain_label(help_, "small"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(plain_label(told, "muted"))
        column.addWidget(self.list, 1)
        column.addWidget(self.none, 1)
        column.addWidget(self._detail)
        column.addWidget(self.undo)
        column.addWidget(self._buttons())

    def _buttons(self) -> QWidget:
        row = QWidget()
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        flow = FlowLayout(row)
        for button in (self.add, self.look, self.remove, self.close_):
            flow.addWidget(button)
        return row

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _key: self._show())
        self.add.clicked.connect(self.add_requested)
        self.look.clicked.connect(self._on_look)
        self.remove.clicked.connect(self._on_remove)
        self.close_.clicked.connect(self.accept)
        self.patterns.textChanged.connect(self._reflect)
        self.save.clicked.connect(self._on_save)
        self.undo.undone.connect(self.restored)

    def _show(self, typed: str | None = None) -> None:
        value = self.chosen
        for widget in (self._detail, self.look, self.remove):
            widget.setVisible(value is not None)
        kept = "\n".join(value.watch.patterns) if value else ""
        self.patterns.setPlainText(kept if typed is None else typed)
        self.state.setText(self._explained(value.state) if value else "")
        self.state.setVisible(bool(self.state.text()))
        self.look.setEnabled(value is not None and value.state is not Watched.UNPLUGGED)
        self._reflect()

    def _typed(self) -> tuple[str, ...]:
        lines = (line.strip() for line in self.patterns.toPlainText().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def _reflect(self) -> None:
        value = self.chosen
        self.save.setEnabled(value is not None and self._typed() != value.watch.patterns)

    def _on_look(self) -> None:
        if value := self.chosen:
            self.look_requested.emit(value.watch)

    def _on_remove(self) -> None:
        if value := self.chosen:
            told = self.tr("No longer watching {folder}; its documents stay")
            self.removed.emit(value.watch)
            self.undo.offer(told.format(folder=plain(value.watch.path.name)), value.watch)

    def _on_save(self) -> None:
        if value := self.chosen:
            self.patterns_changed.emit(value.watch, self._typed())
