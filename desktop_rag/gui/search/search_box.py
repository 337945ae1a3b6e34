"""The box over the window that lists passages as one types, without asking a question."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.passages import Wording
from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import icon
from desktop_rag.gui.search.search_results import Result, ResultDelegate, ResultsModel
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.wording import wording_words

__all__ = ["Findings", "Result", "SearchBox"]

_DEBOUNCE_MS = 150
_LONGEST_QUERY = 1000
_WIDTH = 40 * tokens.SPACE_L
_HEIGHT = 32 * tokens.SPACE_L
_EMPTY_HEIGHT = 10 * tokens.SPACE_L
_MOVING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of a query: passages, and how its words fared; more may come until `complete`.

    `told` is what else is to be said of them.
    """

    query: str
    results: tuple[Result, ...]
    complete: bool = True
    wording: Wording = field(default_factory=Wording)
    told: str = ""

    @property
    def mended(self) -> list[str]:
        """The words that were sought in place of others."""
        return [word for _, word in self.wording.mended]


class SearchBox(QFrame):
    """Lies over its parent, at the top; Escape or a click elsewhere closes it.

    Signals:
        search_requested: the person stopped typing this query for a moment.
        result_chosen: the person wants to see this `Result`.
    """

    search_requested = Signal(str)
    result_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Search without asking"))
        self._window = parent
        self._before: QWidget | None = None  # had the focus when the box was opened
        self._pause = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._pause.timeout.connect(self._on_paused)
        self._make_controls()
        self._lay_out()
        parent.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self.hide()
        self._show_hint()

    def _make_controls(self) -> None:
        self.query = QLineEdit()
        self.query.setPlaceholderText(self.tr("Search your documents"))
        self.query.setAccessibleName(self.tr("Search your documents"))
        self.query.setMaxLength(_LONGEST_QUERY)
        self.query.setClearButtonEnabled(True)
        self._glass = self.query.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.query.textChanged.connect(self._on_typed)
        self.query.installEventFilter(self)
        self._model = ResultsModel(self)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Passages found"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(ResultDelegate(self._model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys work while one types
        self.list.clicked.connect(self._on_clicked)
        self.state = plain_label("", "muted")
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.note = plain_label("", "muted")
        self.foot: QLabel = plain_label("", "small", wraps=False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_M] * 4)
        column.setSpacing(tokens.SPACE_S)
        column.addWidget(self.query)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addWidget(self.state, 1)
        column.addWidget(self.foot)

    def open(self) -> None:
        """Show the box and let the person type; what was typed before is selected."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.query.setFocus()
        self.query.selectAll()

    def show_found(self, found: Findings) -> None:
        """List what was found; what a query found that is no longer there is ignored."""
        if found.query.strip() != self._wanted() or not found.query.strip():
            return
        chosen = self._model.result(self.list.currentIndex().row())
        self._model.show_results(" ".join((found.query, *found.mended)), found.results)
        if found.results:
            at = next((row for row, each in enumerate(found.results) if each == chosen), 0)
            self.list.setCurrentIndex(self._model.index(at))
            note = wording_words(found.wording, found=True)
            self._show_list(" ".join(filter(None, (found.told, note))), found.complete)
        elif found.complete:
            nothing = self.tr("Nothing found. Try fewer words.")
            note = wording_words(found.wording, found=False) or nothing
            self._show_state(" ".join(filter(None, (found.told, note))))
        else:
            self._show_state(self.tr("Searching…"))

    def set_error(self, message: str) -> None:
        """Say why there is nothing; what was typed stays."""
        self._model.show_results("", ())
        self._show_state(message, "danger")

    def _wanted(self) -> str:
        return self.query.text().strip()

    def _show_hint(self) -> None:
        self._model.show_results("", ())
        self._show_state(self.tr("Type a few words. The passages that have them appear here."))

    def _show_state(self, text: str, role: str = "muted") -> None:
        self.state.setText(text)
        self.state.setProperty("role", role)
        self.state.style().polish(self.state)
        if self.state.isHidden() or self.state.accessibleName() != text:  # once, not at each letter
            announce.say(self.state, text)
        self.state.setAccessibleName(text)
        self.state.show()
        self.note.hide()
        self.list.hide()
        self.foot.setText(self.tr("Esc closes"))
        self._place()

    def _show_list(self, note: str, complete: bool) -> None:
        self.state.hide()
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.list.show()
        count = self.tr("%n passage(s)", "", self._model.rowCount())
        progress = count if complete else self.tr("{count}, still searching…").format(count=count)
        keys = self.tr("↑ ↓ choose · Enter opens · Esc closes")
        self.foot.setText(f"{progress} · {keys}")
        if complete and self.isVisible():
            said = (note, f"{count}.", self._chosen_words())
            announce.say(self.list, " ".join(filter(None, said)))
        self._place()

    def _chosen_words(self) -> str:
        """Return what a screen reader says of the chosen row: the keyboard is not on it."""
        return str(self.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole) or "")

    def _place(self) -> None:
        parent = self._window
        width = min(_WIDTH, parent.width() - 2 * tokens.SPACE_L)
        wanted = _HEIGHT if self._model.rowCount() else _EMPTY_HEIGHT
        height = min(wanted, parent.height() - 2 * tokens.SPACE_XXL)
        self.setGeometry((parent.width() - width) // 2, tokens.SPACE_XXL, width, height)

    def _on_typed(self) -> None:
        if not self._wanted():
            self._pause.stop()
            self._show_hint()
            return
        self._pause.start()
        if not self._model.rowCount():
            self._show_state(self.tr("Searching…"))

    def _on_paused(self) -> None:
        self.search_requested.emit(self._wanted())

    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    def _choose(self, row: int) -> None:
        result = self._model.result(row)
        if result is not None:
            self._close()
            self.result_chosen.emit(result)

    def _close(self) -> None:
        self._pause.stop()
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        before, self._before = self._before, None
        if inside and before is not None:
            before.setFocus()  # first: what is hidden gives the keyboard to anything
        self.hide()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible() and new is not None and not self.isAncestorOf(new):
            self._before = None
            self._close()

    def _move(self, event: QKeyEvent) -> None:
        rows = self._model.rowCount()
        step = 1
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            step = max(1, self.list.height() // max(1, self.list.sizeHintForRow(0)))
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_PageUp}:
            step = -step
        row = min(max(self.list.currentIndex().row() + step, 0), rows - 1)
        self.list.setCurrentIndex(self._model.index(row))
        announce.say(self.list, self._chosen_words())

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.list.currentIndex().row())
        elif event.key() in _MOVING and self._model.rowCount():
            self._move(event)
        else:
            return False
        return True

    # Qt

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose in the list while typing, and stay in the middle of the window."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self.query and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._on_key(event)
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon in the colours there are now."""
        if event.type() == QEvent.Type.PaletteChange:
            self._glass.setIcon(icon("search", "muted"))
        super().changeEvent(event)
