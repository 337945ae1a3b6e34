"""The window: three panes with menus around them. It knows no worker and no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QSettings, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.generation import ModelReady
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.models.model_button import ModelButton
from desktop_rag.gui.models.values import ModelValue, ggufs
from desktop_rag.gui.sidebar.library_list import LibraryList
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.banners import DropOverlay
from desktop_rag.gui.widgets.buttons import ShortLabel
from desktop_rag.gui.widgets.drops import dropped_paths
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.tab_order import enter, enter_next, put_after
from desktop_rag.gui.window.actions import Actions

_NARROW = 1000  # pixels, below which the document becomes a tab
_WIDTHS = (260, 620, 480)
_LEAST = (200, 440, 260)  # below which a pane is cut off rather than the window held open
_SIZE = (1360, 860)
_SMALLEST = (680, 480)
_TABLES, _RIGHT = 2, 3  # tabs of the centre; the last one is there where it is narrow
_TITLE_WIDTH = 72  # of a library's name, before the model's has to give way


@dataclass(frozen=True, slots=True)
class Panes:
    """What the window shows, from left to right."""

    sidebar: QWidget
    chat: QWidget
    documents: QWidget
    tables: QWidget
    document: QWidget
    sampling: QWidget


class MainWindow(QMainWindow):
    """Lays out the panes and says what the person wishes.

    Signals:
        paths_dropped: files or folders (`list[Path]`) to be added.
        close_requested: the person wants to leave; `leave` closes it.
        model_dropped: a .gguf (`Path`) to be used; it is not among `paths_dropped`.
        model_requested: a language model is wanted, and none is installed.
        model_chosen: the id of the model that is to write answers, or None to quote.
        models_requested: all models are to be seen.
    """

    paths_dropped = Signal(object)
    close_requested = Signal()
    model_dropped = Signal(object)
    model_requested = Signal()
    model_chosen = Signal(object)
    models_requested = Signal()

    def __init__(self, panes: Panes, state: QSettings) -> None:
        super().__init__()
        self.setWindowTitle("Desktop RAG")
        self.setObjectName("main")
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)  # else three panes would hold it open before one is a tab
        self._panes = panes
        self._state = state
        self._leaving = False
        self._narrow = False
        self._front = 0  # of the tabs of the centre, where the document is none of them
        self._library = ""
        self.actions_ = Actions(self)
        self._built()
        self._wired()
        self._restored()

    # What is shown

    def show_library(self, name: str, documents: int) -> None:
        """Name the library above the chat."""
        self._title.show_text(name)
        self._title.setAccessibleDescription(self.tr("%n document(s)", "", documents))
        self._library = name

    def show_model(self, name: str) -> None:
        """Name the language model, or say that there is none."""
        self._model.show_model(name)

    def set_models(self, models: Sequence[ModelValue]) -> None:
        """Offer these models where the one in use is named."""
        self._model.set_models(models)

    def show_device(self, ready: ModelReady | None) -> None:
        """Tell where the model is named what it runs on."""
        self._model.show_device(ready)

    def show_work(self, words: str) -> None:
        """Say in the status bar what is being done in the background."""
        self._work.setText(words)
        announce.say(self._work, words)

    def show_documents(self) -> None:
        """Bring the list of documents to the front."""
        self._tabs.setCurrentIndex(1)

    def show_chat(self) -> None:
        """Bring the chat to the front."""
        self._tabs.setCurrentIndex(0)

    def show_tables(self) -> None:
        """Bring the tables to the front."""
        self.offer_tables(offered=True)
        self._tabs.setCurrentIndex(_TABLES)

    def offer_tables(self, *, offered: bool) -> None:
        """Have a tab for tables where there are some."""
        self._tabs.setTabVisible(_TABLES, offered)
        self._make_room()

    def show_document(self) -> None:
        """Bring the open document to the front, also where its pane was hidden."""
        self._show_right(0)

    def show_sampling(self) -> None:
        """Bring the settings of answers to the front."""
        self._show_right(1)

    def leave(self) -> None:
        """Close without asking again; within `close_requested`, that is what is being done."""
        self._leaving = True
        self.close()

    def add_banner(self, banner: QWidget) -> None:
        """Show a line of words above the panes of the centre."""
        self._banners.addWidget(banner)
        put_after(self._tools[-1], *banner.findChildren(QAbstractButton))

    # Building

    def _built(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(tokens.SPACE_XS)
        self._middle, self._right = self._centre(), self._right_pane()
        for pane, least in zip(
            (self._panes.sidebar, self._middle, self._right), _LEAST, strict=True
        ):
            pane.setMinimumWidth(least)
            self._splitter.addWidget(pane)
            pane.raise_()  # a screen reader reads what was raised last at the end
        for at, stretch in enumerate((0, 3, 2)):
            self._splitter.setStretchFactor(at, stretch)
            self._splitter.setCollapsible(at, False)
        self._splitter.setSizes(list(_WIDTHS))
        self.setCentralWidget(self._splitter)
        self._work = plain_label("", "small", wraps=False)
        self.statusBar().addWidget(self._work, 1)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(tokens.SPACE_M, 0, tokens.SPACE_M, 0)
        for widget in self.findChildren(QWidget):
            if not isinstance(widget, LibraryList) and not isinstance(widget.parent(), LibraryList):
                widget.setAcceptDrops(False)  # a file dropped on a field is added, not written out
        self._overlay = DropOverlay(self)
        self._overlay.hide()

    def _right_pane(self) -> QWidget:
        pane = QWidget()
        right = QVBoxLayout(pane)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._right_tabs = QTabBar()
        self._right_tabs.setAccessibleName(self.tr("Right pane"))
        self._right_tabs.setDrawBase(False)
        self._right_tabs.setUsesScrollButtons(False)
        self._right_stack = QStackedWidget()
        for words, shown in (
            (self.tr("Document"), self._panes.document),
            (self.tr("How answers are written"), self._panes.sampling),
        ):
            self._right_tabs.addTab(words)
            self._right_stack.addWidget(shown)
        right.addWidget(self._right_tabs)
        right.addWidget(self._right_stack, 1)
        return pane

    def _centre(self) -> QWidget:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header())
        self._banners = QVBoxLayout()
        self._banners.setContentsMargins(tokens.SPACE_L, 0, tokens.SPACE_L, 0)
        column.addLayout(self._banners)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._panes.chat)
        self._stack.addWidget(self._panes.documents)
        self._stack.addWidget(self._panes.tables)
        column.addWidget(self._stack, 1)
        return centre

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(tokens.SPACE_L, tokens.SPACE_S, tokens.SPACE_S, tokens.SPACE_S)
        row.setSpacing(tokens.SPACE_S)
        self._title = ShortLabel("heading")
        self._title.setMinimumWidth(_TITLE_WIDTH)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(self.tr("Centre pane"))
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setExpanding(False)
        self._tabs.addTab(self.tr("Chat"))
        self._tabs.addTab(self.tr("Documents"))
        self._tabs.addTab(self.tr("Tables"))
        self._tabs.setTabVisible(_TABLES, False)
        self._model = ModelButton()
        row.addWidget(self._title, 1)
        row.addWidget(self._tabs)
        row.addWidget(self._model)
        self._tools: list[QToolButton] = []
        for name in ("search", "show_sampling", "settings"):
            action = self.actions_.by_name[name]
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAccessibleName(action.text().rstrip("…"))
            row.addWidget(button)
            self._tools.append(button)
        return row

    def _wired(self) -> None:
        self._tabs.currentChanged.connect(self._on_tab_changed)
        self._right_tabs.currentChanged.connect(self._right_stack.setCurrentIndex)
        self._model.model_requested.connect(self.model_requested)
        self._model.model_chosen.connect(self.model_chosen)
        self._model.models_requested.connect(self.models_requested)
        self.actions_.on("quit", self.close)
        panes = {
            "show_sidebar": self._panes.sidebar,
            "show_chat": self._middle,
            "show_document": self._right,
        }
        for name, pane in panes.items():
            self.actions_.by_name[name].toggled.connect(pane.setVisible)
        self.actions_.on("show_documents", self._toggle_documents)
        self.actions_.on("show_tables", self._on_tables_wanted)
        self.actions_.on("show_sampling", self._on_sampling_wanted)
        self.actions_.on("next_pane", lambda: enter_next(self._in_order()))
        self.actions_.on("previous_pane", lambda: enter_next(self._in_order(), back=True))
        self.actions_.on("paste_paths", self._on_pasted)

    def _toggle_documents(self) -> None:
        self._tabs.setCurrentIndex(1 if self._tabs.currentIndex() == 0 else 0)
        enter(self._panes.chat if self._tabs.currentIndex() == 0 else self._panes.documents)

    def _on_tables_wanted(self) -> None:
        self.show_tables()
        enter(self._panes.tables)

    def _on_sampling_wanted(self) -> None:
        self.show_sampling()
        self._right_tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _in_order(self) -> list[QWidget]:
        """Return the panes from left to right; a narrow window has the right one in the middle."""
        panes = [self._panes.sidebar, self._middle]
        return panes if self._narrow else [*panes, self._right]

    def _on_tab_changed(self, index: int) -> None:
        if index >= 0:
            self._stack.setCurrentIndex(index)
        if 0 <= index < _RIGHT:
            self._front = index

    def _show_right(self, index: int) -> None:
        self._right_tabs.setCurrentIndex(index)
        if self._narrow:
            self._tabs.setCurrentIndex(_RIGHT)
        else:
            self.actions_.by_name["show_document"].setChecked(True)

    def _set_narrow(self, narrow: bool) -> None:
        """Move the right pane into the centre, or back."""
        self._narrow = narrow
        self._model.setVisible(not narrow)  # the menu has it too
        if narrow:
            self._stack.addWidget(self._right)
            self._tabs.addTab(self.tr("Document"))
        else:
            self._splitter.addWidget(self._right)
            if self._tabs.currentIndex() == _RIGHT:
                self._tabs.setCurrentIndex(self._front)
            self._tabs.removeTab(_RIGHT)
            self._right.setVisible(self.actions_.by_name["show_document"].isChecked())
        self.actions_.by_name["show_document"].setEnabled(not narrow)
        self._make_room()

    def _make_room(self) -> None:
        """Leave out of the header what the menus have too, where there is a tab for tables."""
        tight = self._tabs.isTabVisible(_TABLES)
        _search, sampling, settings = self._tools
        sampling.setVisible(not tight)
        settings.setVisible(not (tight and self._narrow))
        self._title.setMinimumWidth(0 if tight or self._narrow else _TITLE_WIDTH)
        self._tabs.setMinimumWidth(self._tabs.sizeHint().width())  # else the first one is cut off
        self._tabs.updateGeometry()  # which it forgets when a tab is shown or hidden

    # What is remembered of the window itself

    def _restored(self) -> None:
        self.resize(*_SIZE)
        geometry, widths = self._state.value("geometry"), self._state.value("splitter")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(widths, QByteArray):
            self._splitter.restoreState(widths)
        for name in ("show_sidebar", "show_document"):
            shown = self._state.value(name, "true") != "false"
            self.actions_.by_name[name].setChecked(shown)

    def _remember(self) -> None:
        self._state.setValue("geometry", self.saveGeometry())
        if not self._narrow:
            self._state.setValue("splitter", self._splitter.saveState())
        for name in ("show_sidebar", "show_document"):
            shown = self.actions_.by_name[name].isChecked()
            self._state.setValue(name, "true" if shown else "false")

    # Files

    def _on_pasted(self) -> None:
        paths = _paths_in(QGuiApplication.clipboard().mimeData())
        if paths:
            self._take(paths)
        else:
            self.show_work(self.tr("What was copied is no file and no path of one."))

    def _take(self, paths: list[Path]) -> None:
        """Tell of models and of everything else."""
        models = ggufs(paths)
        for model in models:
            self.model_dropped.emit(model)
        if others := [path for path in paths if path not in models]:
            self.paths_dropped.emit(others)

    # Qt

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that files can be dropped anywhere."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            paths = _paths_in(event.mimeData())
            if paths and ggufs(paths) == paths:
                self._overlay.cover_with(self.tr("Use this language model"))
            else:
                self._overlay.cover(self._library)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the words away again."""
        self._overlay.uncover()
        super().dragLeaveEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self._overlay.uncover()
        paths = _paths_in(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._take(paths)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the document a tab where there is no room beside the chat."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        if narrow != self._narrow:
            self._set_narrow(narrow)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.repaint()
            self.setWindowIcon(theme.icon("desktop-rag"))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask whoever knows what is being done; close once they say so."""
        if not self._leaving:
            self.close_requested.emit()
        if self._leaving:
            self._remember()
            event.accept()
        else:
            event.ignore()


def _paths_in(data: QMimeData | None) -> list[Path]:
    """Return the local files that are carried, as addresses or as lines of text."""
    if data is None:
        return []
    if data.hasUrls():
        return dropped_paths(data)
    lines = (line.strip().strip("\"'") for line in data.text().splitlines()[:10_000])
    return [path for line in lines if line and (path := _existing(line))]


def _existing(line: str) -> Path | None:
    """Return the path that a line of text is, if there is something at it."""
    try:
        path = Path(line).expanduser()
        return path if path.is_absolute() and path.exists() else None
    except (OSError, RuntimeError, ValueError):  # too long, of nobody known, or no path at all
        return None
