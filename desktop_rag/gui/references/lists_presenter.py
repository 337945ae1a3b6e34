"""Lists of references and Zotero libraries: read in a process of their own, brought to documents.

What a list has more than the library is shown. A Zotero library that is followed is read when the
program starts and whenever its database has changed and rests.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.errors import RagError, ReferencesUnusable
from desktop_rag.domain.references import ListedReference
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.references.unmatched_dialog import UnmatchedDialog
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.text import plain
from desktop_rag.jobs.importing import import_references
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.job_queue import Job
from desktop_rag.jobs.zotero import keep_step
from desktop_rag.library import zotero_sources
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.zotero_sources import ZoteroSource
from desktop_rag.workers.commands.reading import ReadingCommand, ReadReferences, ReadZotero
from desktop_rag.workers.pipe.targets import Target

LOOK_MS = 10_000  #: between two looks at the databases of Zotero
_SECONDS = 120.0  # that a list may take to be read
_BESIDE = ("zotero.sqlite", "zotero.sqlite-wal", "zotero.sqlite-journal")

Stamp = tuple[tuple[int, int], ...]


class ListsPresenter(QObject):
    """Connects lists of references and Zotero with the documents of libraries.

    Signals:
        told: words for the status bar.
    """

    told = Signal(str)

    def __init__(
        self,
        session: Session,
        target: Target[ReadingCommand],
        indexing: IndexingQueue,
        window: QWidget,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._scheduler = indexing.scheduler
        self._window = window
        self._reading = JobQueue("references", target, self)
        self._read: dict[Path, Stamp] = {}  # what was read, by folder
        self._seen: dict[Path, Stamp] = {}  # at the look before
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.look)

    def start(self) -> None:
        """Follow the Zotero libraries from now on, and see what happened meanwhile."""
        for source in zotero_sources.listed(self._session.db):
            self._follow(source, quietly=True)
        self._looks.start()

    def stop(self) -> None:
        """Read nothing any more."""
        self._looks.stop()
        self._reading.stop()

    def import_file(self) -> None:
        """Ask for a file of references, and bring it to the documents of the open library."""
        library = self._session.library
        if library is None:
            self.told.emit(self.tr("Add documents first: references are brought to them."))
            return
        for path in file_dialogs.references(self._window):
            self._ask(
                ReadReferences(path),
                functools.partial(self._import, library),
                functools.partial(self._on_failed, quietly=False),
            )

    def zotero(self) -> None:
        """Follow a Zotero library; of one that is followed, look now or stop that."""
        library = self._session.library
        if library is None:
            self.told.emit(self.tr("Make a library first: it follows one of Zotero's."))
            return
        sources = zotero_sources.listed(self._session.db, library)
        if not sources:
            for folder in file_dialogs.zotero_folder(self._window):
                self._follow(ZoteroSource(library, folder), quietly=False)
            return
        folders = ", ".join(plain(str(source.folder)) for source in sources)
        choice = file_dialogs.following(self._window, plain(self._session.name), folders)
        for source in sources:
            if choice is file_dialogs.Following.LOOK:
                self._follow(source, quietly=False)
            elif choice is file_dialogs.Following.STOP:
                zotero_sources.remove(self._session.db, source)
                self.told.emit(self.tr("Zotero is no longer followed; its documents stay."))

    def look(self) -> None:
        """Read again those databases that have changed and were left alone since the last look."""
        for source in zotero_sources.listed(self._session.db):
            now = _stamp(source.folder)
            rests = self._seen.get(source.folder) == now
            self._seen[source.folder] = now
            if now and rests and self._read.get(source.folder) != now:
                self._follow(source, quietly=True)

    def _follow(self, source: ZoteroSource, *, quietly: bool) -> None:
        self._read[source.folder] = _stamp(source.folder)
        self._ask(
            ReadZotero(source.folder),
            functools.partial(self._on_zotero, source, quietly=quietly),
            functools.partial(self._on_failed, quietly=quietly),
        )

    def _ask(
        self,
        command: ReadReferences | ReadZotero,
        found: Callable[[Sequence[ListedReference]], None],
        failed: Callable[[RagError | None, str], None],
    ) -> None:
        self._reading.ask(Job(command, found, failed=failed, seconds=_SECONDS))

    def _import(self, library: LibraryId, listed: Sequence[ListedReference]) -> None:
        session = self._session
        result = import_references(session.db, session.paths, library, listed)
        session.documents_changed.emit()
        words = self.tr("%n document(s) have their references now", "", len(result.matched))
        self.told.emit(words)
        if result.unmatched:
            dialog = UnmatchedDialog(words, result.unmatched, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _on_zotero(
        self, source: ZoteroSource, found: Sequence[ListedReference], *, quietly: bool
    ) -> None:
        there, gone = keep_step(self._session.db, source, found)
        if gone:
            self._scheduler.sweep()
        if there:
            self._scheduler.add(Batch(source.library, there))
        self._session.documents_changed.emit()
        if there or not quietly:
            self.told.emit(self.tr("%n new document(s) from Zotero", "", len(there)))

    def _on_failed(self, error: RagError | None, details: str, *, quietly: bool) -> None:
        if not (quietly and isinstance(error, ReferencesUnusable)):
            self.told.emit(words_for(error))
        if error is None and details:
            raise RuntimeError(details)


def _stamp(folder: Path) -> Stamp:
    """Return what is another one once a database has changed; nothing of one that is not there."""
    found = []
    for name in _BESIDE:
        try:
            seen = (folder / name).stat()
        except OSError:
            continue
        found.append((seen.st_mtime_ns, seen.st_size))
    return tuple(found)
