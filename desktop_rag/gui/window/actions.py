"""What can be done in the window: each action with its words and its key, and the menus of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from desktop_rag.gui.look import theme

Made = tuple[str, str, str, str]  # name, words, key, icon


class Actions(QObject):
    """The actions of a window by name; the window is their parent and lists them in its menus."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._icons: dict[str, str] = {}
        self.by_name: dict[str, QAction] = {}
        for menu, actions in self._menus():
            shown = window.menuBar().addMenu(menu)
            for made in actions:
                if made is None:
                    shown.addSeparator()
                else:
                    shown.addAction(self._made(made))
        for name in ("show_sidebar", "show_chat", "show_document"):
            self.by_name[name].setCheckable(True)
            self.by_name[name].setChecked(True)

    def on(self, name: str, do: Callable[[], object]) -> None:
        """Do this when the action is triggered."""
        self.by_name[name].triggered.connect(lambda _checked=False: do())

    def keys(self) -> list[tuple[str, str]]:
        """Return the words and the key of every action that has one, and of those in no menu."""
        named = [
            (action.text().replace("&", "").rstrip("…"), shown)
            for action in self.by_name.values()
            if (shown := action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        ]
        return [*named, (self.tr("Next sentence that is not supported (in an answer)"), "F8")]

    def repaint(self) -> None:
        """Give every action its icon in the colours of the theme."""
        for name, icon in self._icons.items():
            self.by_name[name].setIcon(theme.icon(icon))

    def _made(self, made: Made) -> QAction:
        name, words, key, icon = made
        action = QAction(words, self._window)
        if key:
            action.setShortcut(QKeySequence(key))
        if icon:
            self._icons[name] = icon
            action.setIcon(theme.icon(icon))
        self.by_name[name] = action
        return action

    def _menus(self) -> list[tuple[str, list[Made | None]]]:
        return [
            (self.tr("&File"), self._file()),
            (self.tr("&Conversation"), self._conversation()),
            (self.tr("F&ind"), self._finding()),
            (self.tr("&View"), self._view()),
            (self.tr("&Help"), self._help()),
        ]

    def _file(self) -> list[Made | None]:
        return [
            ("add_files", self.tr("Add documents…"), "Ctrl+O", "add"),
            ("add_folder", self.tr("Add a folder…"), "Ctrl+Shift+O", "folder"),
            ("paste_paths", self.tr("Add what was copied"), "Ctrl+Shift+V", ""),
            ("watch_folders", self.tr("Watched folders…"), "", "eye"),
            ("new_library", self.tr("New library"), "Ctrl+Shift+N", "library"),
            ("export_library", self.tr("Export the library…"), "", ""),
            ("import_library", self.tr("Import a library…"), "", ""),
            ("import_references", self.tr("Import references…"), "", "quote"),
            ("zotero", self.tr("Zotero library…"), "", ""),
            None,
            ("models", self.tr("Models…"), "Ctrl+M", "model"),
            ("choose_model", self.tr("Use a language model file…"), "", ""),
            ("no_model", self.tr("Answer without a language model"), "", ""),
            None,
            ("settings", self.tr("Settings…"), "Ctrl+,", "settings"),
            ("quit", self.tr("Quit"), "Ctrl+Q", ""),
        ]

    def _conversation(self) -> list[Made | None]:
        return [
            ("new_conversation", self.tr("New conversation"), "Ctrl+N", "chat"),
            ("export", self.tr("Export the conversation…"), "Ctrl+E", "export"),
            ("new_table", self.tr("New table…"), "Ctrl+Shift+T", "grid"),
            ("clear_states", self.tr("Clear what models keep of conversations"), "", ""),
            None,
            ("focus_question", self.tr("Write a question"), "Ctrl+L", ""),
            ("stop", self.tr("Stop the answer"), "Ctrl+.", "stop"),
        ]

    def _finding(self) -> list[Made | None]:
        return [
            ("search", self.tr("Search passages…"), "Ctrl+K", "search"),
            ("find", self.tr("Find in the document…"), "Ctrl+F", ""),
        ]

    def _view(self) -> list[Made | None]:
        return [
            ("show_sidebar", self.tr("Libraries"), "Ctrl+1", "panel-left"),
            ("show_chat", self.tr("Chat"), "Ctrl+2", "chat"),
            ("show_document", self.tr("Document"), "Ctrl+3", "panel-right"),
            None,
            ("show_documents", self.tr("List of documents"), "Ctrl+4", "list"),
            ("show_sampling", self.tr("How answers are written"), "Ctrl+5", "sliders"),
            ("show_tables", self.tr("Tables"), "Ctrl+6", "grid"),
            None,
            ("next_pane", self.tr("Go to the next pane"), "F6", ""),
            ("previous_pane", self.tr("Go to the previous pane"), "Shift+F6", ""),
        ]

    def _help(self) -> list[Made | None]:
        return [
            ("sample", self.tr("Open the sample library"), "", ""),
            ("keys", self.tr("Keyboard shortcuts"), "F1", "keyboard"),
            ("about", self.tr("About Desktop RAG"), "", "info"),
        ]
