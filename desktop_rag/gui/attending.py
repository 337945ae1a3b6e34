"""What the window attends to beside the queue: watched folders, passwords and the battery."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_rag.gui.banners import Banner
from desktop_rag.gui.carrying_desk import CarryingDesk
from desktop_rag.gui.document_table import DocumentTable
from desktop_rag.gui.library_desk import LibraryDesk
from desktop_rag.gui.main_window import MainWindow
from desktop_rag.gui.page_desk import PageDesk
from desktop_rag.gui.password_desk import PasswordDesk
from desktop_rag.gui.power import Power
from desktop_rag.gui.session import Session
from desktop_rag.gui.sidebar import Sidebar
from desktop_rag.gui.taking import Taking
from desktop_rag.gui.watching_desk import WatchingDesk


class Attending(QObject):
    """Builds what watches folders, asks for passwords and looks at the battery."""

    def __init__(
        self,
        session: Session,
        taking: Taking,
        library: LibraryDesk,
        window: MainWindow,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._taking = taking
        self._window = window
        banner = Banner(window)  # without a parent it would be a window for a moment
        window.add_banner(banner)
        self.folders = WatchingDesk(session, taking, banner, window)
        self.power = Power(self)
        self.folders.told.connect(window.show_work)
        library.folders_added.connect(self.folders.offer)
        library.removed.connect(self.folders.renew)
        window.actions_.on("watch_folders", self.folders.open)
        self.power.on_battery_changed.connect(self._on_battery_changed)

    def carry(self, sidebar: Sidebar) -> None:
        """Let libraries be exported and imported."""
        banner = Banner(self._window)
        self._window.add_banner(banner)
        desk = CarryingDesk(self._session, self._taking, banner, self._window)
        desk.told.connect(self._window.show_work)
        sidebar.library_exported.connect(desk.export)
        self._window.actions_.on("export_library", desk.export_open)
        self._window.actions_.on("import_library", desk.open)

    def ask_passwords(self, pages: PageDesk, table: DocumentTable) -> None:
        """Ask for the passwords that the pages and the list of documents want."""
        passwords = PasswordDesk(self._session, self._taking, pages, table, self._window)
        passwords.told.connect(self._window.show_work)

    def start(self) -> None:
        """Begin; folders are looked through for what happened while nobody watched."""
        self.folders.renew()
        self.power.start()

    def stop(self) -> None:
        """End what has threads and timers."""
        self.folders.stop()
        self.power.stop()

    def _on_battery_changed(self, on_battery: bool) -> None:
        self._taking.set_power(on_battery=on_battery)
