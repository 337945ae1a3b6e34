"""What the selected documents lack, and what can be done with them: two bars, and a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_rag.domain.answers import QuestionKind
from desktop_rag.domain.citations.writing import CitationStyle
from desktop_rag.domain.comparisons import FEWEST, MOST
from desktop_rag.gui.libraries.table_entries import ASKABLE, QUEUED, TROUBLED
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.buttons import IconButton, ShortLabel, TextButton
from desktop_rag.gui.widgets.citation_menu import CitationMenu
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

FIRST_KEYS, LAST_KEYS = "Alt+Up", "Alt+Down"  #: told in the list of shortcuts

_Which = Callable[[DocumentValue], bool]


def waits(row: DocumentValue) -> bool:
    """Whether it can still be indexed before or after others."""
    return row.state == "queued"


def _askable(row: DocumentValue) -> bool:
    return row.state in ASKABLE


def _comparable(rows: Sequence[DocumentValue]) -> bool:
    return len(rows) == sum(map(_askable, rows)) and FEWEST <= len(rows) <= MOST


def _queued(row: DocumentValue) -> bool:
    return row.state in QUEUED


def _kept(row: DocumentValue) -> bool:
    return row.state not in QUEUED


def _locked(row: DocumentValue) -> bool:
    return row.locked


def _citable(row: DocumentValue) -> bool:
    """Whether its content is known, of which a record can be kept."""
    return row.document is not None


def _retryable(row: DocumentValue) -> bool:
    """Whether another try may help: what waits for a password or for its text stays as it is."""
    return row.state == "failed" or row.worth


def _recognized(row: DocumentValue) -> bool:
    return row.state == "ready" and row.quality is not None


class DocumentActions(QWidget):
    """Shows and does what can be done with rows.

    Signals:
        opened: of the row to open.
        folder_requested: of the row whose file is to be shown in its folder.
        ask_requested: of the rows that a question is to be about.
        table_requested: of the rows that are to be asked the same.
        comparison_requested: of the two to five rows to lay side by side.
        digest_requested: of the rows, and the `QuestionKind` that is wanted of them.
        removal_requested: of the rows to take out of the library.
        cancel_requested: of the rows not to be indexed, which leave the library.
        retry_requested: of the rows to try again.
        recognition_requested: of the rows whose text is to be recognized again.
        password_requested: of the rows that are locked.
        first_requested: of the rows to index before all others.
        last_requested: of the rows to index after all others.
        details_requested: of the row whose bibliographic record is to be shown.
        citation_requested: of the rows to copy as citations, and the `CitationStyle`.
    """

    opened = Signal(object)
    folder_requested = Signal(object)
    ask_requested = Signal(list)
    table_requested = Signal(list)
    comparison_requested = Signal(list)
    digest_requested = Signal(list, object)
    removal_requested = Signal(list)
    cancel_requested = Signal(list)
    retry_requested = Signal(list)
    recognition_requested = Signal(list)
    password_requested = Signal(list)
    first_requested = Signal(list)
    last_requested = Signal(list)
    details_requested = Signal(object)
    citation_requested = Signal(list, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[DocumentValue] = ()
        self.chosen = ShortLabel()
        self.reason = plain_label(role="danger")
        self.password = TextButton("lock", self.tr("Password…"))
        self.retry = TextButton("refresh", self.tr("Retry"))
        self._buttons: dict[str, IconButton | TextButton] = {
            "ask": TextButton("chat", self.tr("Ask about these")),
            "compare": IconButton("compare", self.tr("Compare")),
            "table": IconButton("grid", self.tr("Table of these…")),
            "open": IconButton("eye", self.tr("Open")),
            "folder": IconButton("folder", self.tr("Show in folder")),
            "cancel": IconButton("close", self.tr("Cancel indexing")),
            "remove": IconButton("trash", self.tr("Remove from library")),
        }
        self._trouble = _bar(self.reason, self.password, self.retry)
        self._bar = _bar(self.chosen, *self._buttons.values())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_S)
        column.addWidget(self._trouble)
        column.addWidget(self._bar)
        for name, slot in (
            ("ask", self._ask),
            ("compare", self._compare),
            ("table", self._table),
            ("open", self.open_one),
            ("folder", self._show_folder),
            ("cancel", self._cancel),
            ("remove", self._remove),
        ):
            self._buttons[name].clicked.connect(slot)
        self.password.clicked.connect(self._unlock)
        self.retry.clicked.connect(self._retry)

    def button(self, name: str) -> IconButton | TextButton:
        """Return one of the buttons: ask, compare, open, folder, cancel or remove."""
        return self._buttons[name]

    def show_rows(self, rows: Sequence[DocumentValue]) -> None:
        """Offer what can be done with these rows, and say what is wrong with them."""
        self._rows = rows
        alone = len(rows) == 1
        self._bar.setVisible(bool(rows))
        for name, shown in (
            ("open", alone),
            ("folder", alone),
            ("ask", any(map(_askable, rows))),
            ("compare", _comparable(rows)),
            ("table", not alone and any(map(_askable, rows))),
            ("cancel", any(map(_queued, rows))),
            ("remove", any(map(_kept, rows))),
        ):
            self._buttons[name].setVisible(shown)
        self._buttons["ask"].setText(self._asking())
        if alone:
            self.chosen.show_text(rows[0].name)
        else:
            self.chosen.show_text(self.tr("%n document(s) selected", "", len(rows)))
        self._show_trouble([row for row in rows if row.state in TROUBLED or (alone and row.reason)])

    def _show_trouble(self, rows: Sequence[DocumentValue]) -> None:
        failed = any(row.state == "failed" for row in rows)
        self.reason.setProperty("role", "danger" if failed else "")
        self.reason.style().polish(self.reason)
        if len(rows) == 1:
            self.reason.setText(plain(rows[0].reason) or self.tr("The reason is not known"))
        elif rows:
            self.reason.setText(self.tr("%n document(s) need attention", "", len(rows)))
        self.retry.setVisible(any(map(_retryable, rows)))
        self.password.setVisible(any(map(_locked, rows)))
        self._trouble.setVisible(bool(rows))
        self._trouble.updateGeometry()  # the height that an earlier reason took is remembered
        self.setVisible(bool(self._rows))

    def menu(self) -> QMenu:
        """Return the same as a menu, and what is rarer."""
        rows, menu = self._rows, QMenu(self)
        delete = QKeySequence.StandardKey.Delete
        one = len(rows) == 1
        self._entry(menu, "eye", self.tr("Open"), self.open_one).setEnabled(one)
        self._entry(menu, "folder", self.tr("Show in folder"), self._show_folder).setEnabled(one)
        menu.addSeparator()
        self._add_asking(menu)
        self._put_digests(menu)
        menu.addSeparator()
        if any(map(_locked, rows)):
            self._entry(menu, "lock", self.tr("Password…"), self._unlock)
        if any(map(_retryable, rows)):
            self._entry(menu, "refresh", self.tr("Retry"), self._retry)
        if any(map(_recognized, rows)):
            self._entry(menu, "refresh", self.tr("Recognize text again"), self._recognize)
        if any(map(waits, rows)):
            first = self._entry(menu, "arrow-up", self.tr("Index first"), self.put_first)
            last = self._entry(menu, "arrow-down", self.tr("Index last"), self.put_last)
            first.setShortcut(FIRST_KEYS)
            last.setShortcut(LAST_KEYS)
        if any(map(_citable, rows)):
            self._add_citing(menu)
        menu.addSeparator()
        if any(map(_queued, rows)):
            cancel = self._entry(menu, "close", self.tr("Cancel indexing"), self._cancel)
            cancel.setShortcut(delete)
        if any(map(_kept, rows)):
            remove = self._entry(menu, "trash", self.tr("Remove from library"), self._remove)
            remove.setShortcut(delete)
        return menu

    def _add_asking(self, menu: QMenu) -> None:
        """Add what can be asked of the rows."""
        askable = any(map(_askable, self._rows))
        self._entry(menu, "chat", self._asking(), self._ask).setEnabled(askable)
        if _comparable(self._rows):
            self._entry(menu, "compare", self.tr("Compare"), self._compare)
        if askable and len(self._rows) > 1:
            self._entry(menu, "grid", self.tr("Table of these…"), self._table)

    def _asking(self) -> str:
        if len(self._rows) == 1:
            return self.tr("Ask about this")
        return self.tr("Ask about these")

    def _add_citing(self, menu: QMenu) -> None:
        """Add what the rows are to who cites them."""
        details = self._entry(menu, "info", self.tr("Details…"), self._show_details)
        details.setEnabled(len(self._rows) == 1)
        citations = CitationMenu(menu)
        citations.chosen.connect(self._cite)
        menu.addMenu(citations)

    def _put_digests(self, menu: QMenu) -> None:
        """Put into a menu what can be asked of whole documents without a question."""
        if any(map(_askable, self._rows)):
            for icon, words, kind in (
                ("shrink", self.tr("Summarize"), QuestionKind.SUMMARY),
                ("list", self.tr("Key points"), QuestionKind.POINTS),
                ("quote", self.tr("Study questions"), QuestionKind.STUDY),
            ):
                self._entry(menu, icon, words, partial(self._digest, kind))

    def _entry(self, menu: QMenu, icon: str, text: str, slot: Callable[[], None]) -> QAction:
        action = menu.addAction(theme.icon(icon), text)
        action.triggered.connect(lambda _checked: slot())
        return action

    def open_one(self) -> None:
        """Have the first row opened."""
        for row in self._rows[:1]:
            self.opened.emit(row)

    def delete(self) -> None:
        """Do what the key that deletes means of each row."""
        self._cancel()
        self._remove()

    def put_first(self) -> None:
        """Have those that wait indexed before all others."""
        self._say(self.first_requested, waits)

    def put_last(self) -> None:
        """Have those that wait indexed after all others."""
        self._say(self.last_requested, waits)

    def _show_folder(self) -> None:
        for row in self._rows[:1]:
            self.folder_requested.emit(row)

    def _show_details(self) -> None:
        for row in self._rows[:1]:
            self.details_requested.emit(row)

    def _cite(self, style: CitationStyle) -> None:
        if rows := [row for row in self._rows if _citable(row)]:
            self.citation_requested.emit(rows, style)

    def _ask(self) -> None:
        self._say(self.ask_requested, _askable)

    def _table(self) -> None:
        self._say(self.table_requested, _kept)

    def _compare(self) -> None:
        self._say(self.comparison_requested, _askable)

    def _digest(self, kind: QuestionKind) -> None:
        if rows := [row for row in self._rows if _askable(row)]:
            self.digest_requested.emit(rows, kind)

    def _cancel(self) -> None:
        self._say(self.cancel_requested, _queued)

    def _remove(self) -> None:
        self._say(self.removal_requested, _kept)

    def _retry(self) -> None:
        self._say(self.retry_requested, _retryable)

    def _recognize(self) -> None:
        self._say(self.recognition_requested, _recognized)

    def _unlock(self) -> None:
        self._say(self.password_requested, _locked)

    def _say(self, wish: SignalInstance, which: _Which) -> None:
        """Wish something for those rows to which it applies."""
        if rows := [row for row in self._rows if which(row)]:
            wish.emit(rows)


def _bar(*widgets: QWidget) -> QFrame:
    """Return widgets side by side; the first takes what room there is."""
    bar = QFrame()
    bar.setProperty("role", "banner")
    row = QHBoxLayout(bar)
    row.setSpacing(tokens.SPACE_S)
    row.setContentsMargins(tokens.SPACE_M, tokens.SPACE_XS, tokens.SPACE_XS, tokens.SPACE_XS)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 0 if place else 1)
    return bar
