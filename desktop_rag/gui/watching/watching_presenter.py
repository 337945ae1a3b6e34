"""Watched folders: what is told of them is taken in, and the person says which there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.session import Session
from desktop_rag.gui.watching.folder_watchers import FolderWatchers
from desktop_rag.gui.watching.watched_folders_dialog import WatchesDialog, WatchValue
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.gui.widgets.text import plain
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.watching.watched_folder import Watched
from desktop_rag.library import documents, files, watches
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.watches import Watch

_COUNT_MS = 1_000  # at most so often are documents counted for the dialog
_ASKED = "watch_declined"  # folders that nobody wants to be asked about again


class WatchingPresenter(QObject):
    """Connects watched folders with the queue, and with the dialog that lists them.

    `banner` offers to watch a folder that was added. What was in a folder while nobody
    watched is found out when the program starts, and each time a drive is back.

    Signals:
        told: words for the status bar.
    """

    told = Signal(str)

    def __init__(
        self,
        session: Session,
        indexing: IndexingQueue,
        banner: Banner,
        window: QWidget,
        watching: FolderWatchers | None = None,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._indexing = indexing
        self._scheduler = indexing.scheduler
        self._banner = banner
        self._window = window
        self.watching = watching or FolderWatchers(parent=self)
        self._offered: tuple[LibraryId, tuple[Path, ...]] | None = None
        self._crowded = False  # which is said once
        self._dialog: WatchesDialog | None = None
        self._shown: LibraryId | None = None
        self._stale = QTimer(self, singleShot=True, interval=_COUNT_MS)
        self._stale.timeout.connect(self._show)
        self._connect()

    def stop(self) -> None:
        """Watch nothing any more."""
        self.watching.stop()

    def add(self, library: LibraryId, folders: Sequence[Path]) -> None:
        """Watch folders from now on."""
        for folder in folders:
            watches.add(self._session.db, Watch(library, folder))
        self.renew()

    def offer(self, library: LibraryId, folders: Sequence[Path]) -> None:
        """Offer to go on watching folders whose files were just added."""
        declined = self._declined()
        new = [
            folder
            for folder in folders
            if watches.covering(self._session.db, library, folder) is None
            and str(folder) not in declined
        ]
        if not new:
            return
        self._offered = library, tuple(new)
        if len(new) == 1:
            words = self.tr("Add what comes into “{folder}” later by itself?")
            words = words.format(folder=plain(new[0].name or str(new[0])))
        else:
            words = self.tr("Add what comes into these %n folder(s) later by itself?", "", len(new))
        self._banner.announce(words, self.tr("Keep watching"))

    def open(self) -> None:
        """Show the folders that the open library watches."""
        library = self._session.library
        if library is None:
            self.told.emit(self.tr("Add documents first: a library watches folders."))
            return
        self._shown = library
        self._dialog = dialog = WatchesDialog(self._session.name, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.add_requested.connect(self._on_add_requested)
        dialog.look_requested.connect(self._look)
        dialog.removed.connect(self._on_removed)
        dialog.restored.connect(self._on_restored)
        dialog.patterns_changed.connect(self._on_patterns_changed)
        dialog.finished.connect(self._on_closed)
        self._show()
        dialog.open()

    def _connect(self) -> None:
        watching, session = self.watching, self._session
        watching.appeared.connect(self._on_appeared)
        watching.moved.connect(self._on_moved)
        watching.went.connect(self._on_went)
        watching.missed.connect(self._look)
        watching.lost.connect(self._on_lost)
        watching.crowded.connect(self._on_crowded)
        watching.changed.connect(self._show)
        session.library_changed.connect(self.renew)
        self._indexing.document_changed.connect(self._show_soon)
        self._banner.acted.connect(self._on_accepted)
        self._banner.dismissed.connect(self._on_declined)

    def renew(self) -> None:
        """Watch what the libraries say, and look through what was not watched before."""
        wanted = [self._with_our_own(watch) for watch in watches.listed(self._session.db)]
        for watch in self.watching.watch(wanted):
            self._look(watch)
        self._show()

    def _with_our_own(self, watch: Watch) -> Watch:
        """Leave out where we keep our own files, which are no documents of anybody's."""
        home = self._session.paths.home
        if not home.is_relative_to(watch.path) or home == watch.path:
            return watch
        ours = f"/{home.relative_to(watch.path).as_posix()}/"
        return replace(watch, patterns=(*watch.patterns, ours))

    def _look(self, watch: Watch) -> None:
        """Look through a folder for what has come, changed and gone."""
        kept = self._with_our_own(replace(watch, patterns=self._patterns(watch)))
        self._scheduler.add(Batch(watch.library, (watch.path,), kept.patterns, watched=True))

    def _patterns(self, watch: Watch) -> tuple[str, ...]:
        found = watches.covering(self._session.db, watch.library, watch.path)
        return found.patterns if found else watch.patterns

    # What happens in them

    def _on_appeared(self, watch: Watch, paths: tuple[Path, ...]) -> None:
        self._scheduler.add(Batch(watch.library, paths))

    def _on_moved(self, watch: Watch, pairs: tuple[tuple[Path, Path], ...]) -> None:
        """Keep all that is known of a file that has another name; take those nobody knew."""
        known = documents.known(self._session.db, [old for old, _ in pairs])
        moved = [pair for pair in pairs if pair[0] in known]
        new = tuple(to for old, to in pairs if old not in known)
        if moved:
            files.move(self._session.db, moved)
            self._session.documents_changed.emit()
        if new:
            self._scheduler.add(Batch(watch.library, new))

    def _on_went(self, watch: Watch, paths: tuple[Path, ...]) -> None:
        self._scheduler.add(Batch(watch.library, paths, watched=True))

    def _on_lost(self, watch: Watch) -> None:
        words = self.tr("“{folder}” is not there. Its documents stay until it is back.")
        self.told.emit(words.format(folder=plain(watch.path.name or str(watch.path))))

    def _on_crowded(self, watch: Watch) -> None:
        if self._crowded:
            return
        self._crowded = True
        words = self.tr(
            "The system watches no more folders: “{folder}” is looked through every few seconds "
            "instead."
        )
        self.told.emit(words.format(folder=plain(watch.path.name or str(watch.path))))

    # What the person wishes

    def _on_accepted(self) -> None:
        self._banner.hide()
        offered, self._offered = self._offered, None
        if offered:
            self.add(*offered)
            folders = len(offered[1])
            self.told.emit(self.tr("Watching %n folder(s)", "", folders))

    def _on_declined(self) -> None:
        offered, self._offered = self._offered, None
        if offered:
            kept = [*self._declined(), *map(str, offered[1])]
            self._session.state.setValue(_ASKED, kept)

    def _declined(self) -> list[str]:
        value = self._session.state.value(_ASKED)
        kept = value if isinstance(value, list) else [value]  # of one, a list is not one
        return [path for path in kept if isinstance(path, str) and path]

    def _on_add_requested(self) -> None:
        if self._shown is not None and self._dialog is not None:
            self.add(self._shown, file_dialogs.watched_folder(self._dialog))

    def _on_removed(self, watch: Watch) -> None:
        watches.remove(self._session.db, watch)
        self.renew()

    def _on_restored(self, watch: Watch) -> None:
        watches.restore(self._session.db, watch)
        self.renew()

    def _on_patterns_changed(self, watch: Watch, patterns: tuple[str, ...]) -> None:
        watches.restore(self._session.db, replace(watch, patterns=patterns))
        self.renew()

    # What is shown

    def _on_closed(self) -> None:
        self._dialog = None

    def _show_soon(self) -> None:
        if self._dialog is not None and not self._stale.isActive():
            self._stale.start()

    def _show(self) -> None:
        if self._dialog is None or self._shown is None:
            return
        db = self._session.db
        self._dialog.set_values(
            [
                WatchValue(watch, self._state(watch), watches.count(db, watch))
                for watch in watches.listed(db, self._shown)
            ]
        )

    def _state(self, watch: Watch) -> Watched:
        return self.watching.state(self._with_our_own(watch))
