"""What goes on beside the queue: folders, passwords, the battery, export, import, papers."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_rag.gui.chat.chat_presenter import ChatPresenter
from desktop_rag.gui.chat.conversations_presenter import ConversationsPresenter
from desktop_rag.gui.chat.papers_presenter import PapersPresenter
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.indexing.power import Power
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.export_import_presenter import ExportImportPresenter
from desktop_rag.gui.libraries.library_presenter import LibraryPresenter
from desktop_rag.gui.libraries.password_presenter import PasswordPresenter
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.reader.reader_presenter import ReaderPresenter
from desktop_rag.gui.references.lists_presenter import ListsPresenter
from desktop_rag.gui.session import Session
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.watching.watching_presenter import WatchingPresenter
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.gui.window.main_window import MainWindow
from desktop_rag.workers.commands.printing import PrintingCommand
from desktop_rag.workers.commands.reading import ReadingCommand
from desktop_rag.workers.pipe.targets import Target


class BackgroundServices(QObject):
    """Builds what watches folders and Zotero, asks for passwords, minds the battery, imports."""

    def __init__(
        self,
        session: Session,
        indexing: IndexingQueue,
        library: LibraryPresenter,
        window: MainWindow,
        target: Target[ReadingCommand],
    ) -> None:
        super().__init__(session)
        self._session = session
        self._indexing = indexing
        self._scheduler = indexing.scheduler
        self._window = window
        banner = Banner(window)  # without a parent it would be a window for a moment
        window.add_banner(banner)
        self.folders = WatchingPresenter(session, indexing, banner, window)
        self.power = Power(self)
        self._list_references(target)
        self.folders.told.connect(window.show_work)
        library.folders_added.connect(self.folders.offer)
        library.removed.connect(self.folders.renew)
        window.actions_.on("watch_folders", self.folders.open)
        self.power.on_battery_changed.connect(self._on_battery_changed)

    def carry(self, sidebar: Sidebar) -> None:
        """Let libraries be exported and imported."""
        banner = Banner(self._window)
        self._window.add_banner(banner)
        presenter = ExportImportPresenter(self._session, self._indexing, banner, self._window)
        presenter.told.connect(self._window.show_work)
        sidebar.library_exported.connect(presenter.export)
        self._window.actions_.on("export_library", presenter.export_open)
        self._window.actions_.on("import_library", presenter.open)

    def print_papers(
        self,
        printing: JobQueue[PrintingCommand],
        talk: ChatPresenter,
        talks: ConversationsPresenter,
    ) -> None:
        """Let conversations and answers be written to files."""
        banner = Banner(self._window)
        self._window.add_banner(banner)
        presenter = PapersPresenter(self._session, printing, banner, self._window)
        presenter.told.connect(self._window.show_work)
        talks.export_requested.connect(presenter.export)
        talk.turn_exported.connect(presenter.export_turn)

    def _list_references(self, target: Target[ReadingCommand]) -> None:
        """Let lists of references be brought to documents, and Zotero be followed."""
        self.lists = ListsPresenter(self._session, target, self._indexing, self._window)
        self.lists.told.connect(self._window.show_work)
        self._window.actions_.on("import_references", self.lists.import_file)
        self._window.actions_.on("zotero", self.lists.zotero)

    def ask_passwords(self, pages: ReaderPresenter, table: DocumentTable) -> None:
        """Ask for the passwords that the pages and the list of documents want."""
        passwords = PasswordPresenter(self._session, self._indexing, pages, table, self._window)
        passwords.told.connect(self._window.show_work)

    def start(self) -> None:
        """Begin; folders are looked through for what happened while nobody watched."""
        self.folders.renew()
        self.lists.start()
        self.power.start()

    def stop(self) -> None:
        """End what has threads and timers."""
        self.folders.stop()
        self.lists.stop()
        self.power.stop()

    def _on_battery_changed(self, on_battery: bool) -> None:
        self._scheduler.set_power(on_battery=on_battery)
