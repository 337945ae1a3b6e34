"""The open document: its pages are drawn, its citations lit, its words found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import (
    DocumentLocked,
    DocumentMissing,
    DocumentUndrawable,
    RagError,
    WorkerDied,
)
from desktop_rag.domain.pages import Compared, Drawn, FoundOnPage, Opened
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.reader.reader_pane import ReaderPane, Shown
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.sources import Source
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import documents
from desktop_rag.library.documents import DocumentState
from desktop_rag.workers.commands.drawing import (
    Compare,
    Draw,
    DrawingCommand,
    FindText,
    Open,
    Words,
)

R = TypeVar("R")

_OPEN_SECONDS = 20.0
_PAGE_SECONDS = 10.0
_FIND_SECONDS = 30.0  # for so many pages:
_FIND_PAGES = 16  # at once; pages that are to be seen are drawn in between
_SEARCHED = {DocumentState.EMBEDDING, DocumentState.READY}

Stamp = tuple[int, int] | None
Failed = Callable[[RagError | None], None]


def _stamp(path: Path | None) -> Stamp:
    """Return the size of a file and when it was written, None if it is not there."""
    try:
        fact = path.stat() if path and path.is_file() else None
    except OSError:
        return None
    return (fact.st_size, fact.st_mtime_ns) if fact else None


class ReaderPresenter(QObject):
    """Connects the document pane with the drawing process.

    Signals:
        opened: this document (`DocumentId`, title) is shown.
        brought: the pane has something to show, and wants to be seen.
        relocation_requested: the person wants to say where a document's file is now.
        indexing_requested: the file at this path is to be indexed as it is now.
        password_requested: the person wants to say the password of this document (its title).
        tried: whether a password opens this document (`DocumentId`).
    """

    opened = Signal(object, str)
    brought = Signal()
    relocation_requested = Signal(object)
    indexing_requested = Signal(object)
    password_requested = Signal(object, str)
    tried = Signal(object, bool)

    def __init__(
        self, session: Session, drawing: JobQueue[DrawingCommand], pane: ReaderPane
    ) -> None:
        super().__init__(session)
        self._session = session
        self._drawing = drawing
        self._pane = pane
        self._shown: Shown | None = None
        self._stamp: Stamp = None  # of its file when it was opened
        self._pages = 0
        self._passage = ""
        self._password = ""  # that opens the document that is shown
        self._renewed: Path | None = None  # a file that is being indexed again
        self._jobs: set[Job[DrawingCommand, Any]] = set()  # about the document that is shown
        self._finding: Job[DrawingCommand, Any] | None = None
        self._fatal: set[tuple[type, DocumentId, int]] = set()  # what has ended a process
        pane.pages_requested.connect(self._on_pages_requested)
        pane.page_requested.connect(self._on_page_requested)
        pane.words_requested.connect(self._on_words_requested)
        pane.find_requested.connect(self._on_find_requested)
        pane.relocation_requested.connect(self.relocation_requested)
        pane.indexing_requested.connect(self._on_indexing_requested)
        pane.password_requested.connect(self._on_password_requested)
        session.documents_changed.connect(self._on_documents_changed)

    @property
    def shows(self) -> bool:
        """Whether a document is open."""
        return self._shown is not None

    def open(
        self, document: DocumentId, title: str, path: Path | None = None, passage: str = ""
    ) -> None:
        """Show a document; without a path, from wherever a library has it.

        Where its file has gone, the `passage` that was looked for is shown.
        """
        self.brought.emit()
        self._passage = passage
        if not self._as_it_was(document):
            self._show(document, title, path)
        self.opened.emit(document, title)

    def open_source(self, source: Source) -> None:
        """Show the page that a passage stands on, with its words lit."""
        self.open(source.document, source.title, passage=source.snippet)
        if self._shown and not self._shown.gone:
            self._pane.light(source.page, source.boxes, source.continued)

    def _as_it_was(self, document: DocumentId) -> bool:
        """Whether this is the document that is shown, and its file as it was opened."""
        shown = self._shown
        if shown is None or shown.document != document or shown.gone:
            return False
        return _stamp(shown.path) == self._stamp

    def _show(self, document: DocumentId, title: str, path: Path | None) -> None:
        for job in self._jobs:
            self._drawing.drop(job)
        self._jobs.clear()
        self._renewed = None
        self._password = ""
        found = path or documents.paths_of(self._session.db, [document]).get(document)
        self._stamp = _stamp(found)
        self._shown = Shown(document, title, found, gone=self._stamp is None)
        self._pane.clear()
        self._pane.open(self._shown)
        if self._shown.gone:
            self._pane.show_missing(title, self._passage)

    def _show_anew(self, document: DocumentId, title: str, path: Path | None) -> None:
        """Show what the file holds now, at the page that is being read."""
        page = self._pane.view.page
        self._show(document, title, path)
        self._pane.go_to(page)

    def try_password(self, document: DocumentId, password: str) -> None:
        """Show the document with this password, if that is the right one; `tried` tells."""
        shown = self._shown
        if shown is None or shown.document != document:
            return

        def right(opened: Opened) -> None:
            self._password = password
            self._on_opened(opened)
            self.tried.emit(document, True)

        def failed(error: RagError | None) -> None:
            if isinstance(error, DocumentLocked):
                self.tried.emit(document, False)
            else:
                self.tried.emit(document, True)  # it was not the password
                self._on_open_failed(error)

        command = Open(document, shown.path, password)
        self._ask(Job(command, right, seconds=_OPEN_SECONDS), failed)

    # What the pane wishes

    def _on_pages_requested(self, shown: Shown) -> None:
        self._open(shown, self._on_opened)

    def _open(self, shown: Shown, step: Callable[[Opened], None]) -> None:
        command = Open(shown.document, shown.path, self._password)
        self._ask(Job(command, step, seconds=_OPEN_SECONDS), self._on_open_failed)

    def _on_page_requested(self, page: int, width: int) -> None:
        shown = self._shown
        if shown is None:
            return
        blank = Drawn(shown.document, page, 0, 0, 0, b"")
        if (Draw, shown.document, page) in self._fatal:
            QTimer.singleShot(0, self, lambda: self._pane.set_page(blank))
            return

        def failed(error: RagError | None) -> None:
            if isinstance(error, WorkerDied):
                self._fatal.add((Draw, shown.document, page))
            self._pane.set_page(blank)

        job = Job(Draw(shown.document, page, width), self._pane.set_page, seconds=_PAGE_SECONDS)
        self._ask(job, failed)

    def _on_words_requested(self, page: int) -> None:
        shown = self._shown
        if shown is None or (Words, shown.document, page) in self._fatal:
            return

        def failed(error: RagError | None) -> None:
            """Do without: a page is shown, only its words cannot be selected."""
            if isinstance(error, WorkerDied):
                self._fatal.add((Words, shown.document, page))

        job = Job(Words(shown.document, page), self._pane.set_words, seconds=_PAGE_SECONDS)
        self._ask(job, failed)

    def _on_find_requested(self, text: str) -> None:
        self._drawing.drop(self._finding)
        self._finding = None
        if self._shown and text.strip():
            self._find(FindText(self._shown.document, text, 0, _FIND_PAGES))

    def _find(self, command: FindText) -> None:
        """Look through some pages, and then through the rest, after what waits already."""
        left = command.most

        def found(value: FoundOnPage) -> None:
            nonlocal left
            left -= len(value.matches)
            self._pane.add_found(value)

        def end() -> None:
            rest = replace(command, first=command.first + _FIND_PAGES, most=left)
            if rest.first < self._pages and left > 0:
                self._find(rest)
            else:
                self._pane.end_find()

        def failed(_error: RagError | None) -> None:
            self._pane.end_find()

        job = Job(command, found, end, seconds=_FIND_SECONDS)
        self._finding = self._ask(job, failed)

    def _on_password_requested(self, shown: Shown) -> None:
        self.password_requested.emit(shown.document, shown.title)

    def _on_indexing_requested(self, shown: Shown) -> None:
        self._renewed = shown.path
        self.indexing_requested.emit(shown.path)

    # What comes of it

    def _ask(
        self, wish: Job[DrawingCommand, R], failed: Failed, *, told: bool = False
    ) -> Job[DrawingCommand, R]:
        """Have something done about the document; its failure is told to `failed` alone.

        A process that died may have been ended by others: it is tried again, once. One that was
        started since does not know the document: it is told, once.
        """

        def end() -> None:
            self._jobs.discard(job)
            wish.end()

        def fail(error: RagError | None, _details: str) -> None:
            self._jobs.discard(job)
            unknown = isinstance(error, DocumentMissing) and not isinstance(wish.command, Open)
            if not unknown or told or not self._told():
                failed(error)
                return
            again = self._ask(wish, failed, told=True)
            if self._finding is job:
                self._finding = again

        job = replace(wish, end=end, failed=fail, repeated=not told)
        self._jobs.add(job)
        return self._drawing.ask(job)

    def _told(self) -> bool:
        """Have a process open the document that is shown; not if its file is another by now."""
        shown = self._shown
        if shown is None:
            return False
        if _stamp(shown.path) != self._stamp:
            self._show_anew(shown.document, shown.title, shown.path)
            return False
        self._open(shown, lambda _opened: None)
        return True

    def _on_opened(self, opened: Opened) -> None:
        self._pages = len(opened.sizes)
        self._pane.set_pages(opened)
        self._compare()

    def _compare(self) -> None:
        """Find out whether the file is still what was indexed."""
        shown, stamp = self._shown, self._stamp
        if shown is None or shown.path is None or stamp is None:
            return
        known = documents.known(self._session.db, [shown.path]).get(shown.path)
        if known is None or stamp == (known.fact.size, known.fact.mtime_ns):
            return
        if stamp[0] != known.fact.size:
            self._pane.show_changed()
            return
        job = Job(Compare(shown.document, shown.path), self._on_compared)
        self._ask(job, lambda _error: None)

    def _on_compared(self, compared: Compared) -> None:
        if compared.changed:
            self._pane.show_changed()

    def _on_documents_changed(self) -> None:
        """Show what a file that was indexed again holds now, once it can be searched."""
        shown, path = self._shown, self._renewed
        if shown is None or path is None or shown.path != path:
            return
        known = documents.known(self._session.db, [path]).get(path)
        document = known.document if known and known.state in _SEARCHED else None
        if document and document != shown.document:
            title = self._session.titles([document]).get(document, shown.title)
            self._show_anew(document, title, path)
            self.opened.emit(document, title)

    def _on_open_failed(self, error: RagError | None) -> None:
        shown = self._shown
        if shown is None:
            return
        if isinstance(error, DocumentMissing):
            self._shown = replace(shown, gone=True)
            self._pane.open(self._shown)
            self._pane.show_missing(shown.title, self._passage)
            return
        if isinstance(error, DocumentLocked):
            self._open_locked(shown)
            return
        if isinstance(error, WorkerDied):
            error = DocumentUndrawable(shown.path.name if shown.path else shown.title)
        self._pane.show_error(words_for(error), self._passage)

    def _open_locked(self, shown: Shown) -> None:
        """Try the password that is known; else the person is asked."""
        known = self._session.passwords.of(shown.document)
        if known and known != self._password:
            self._password = known
            self._on_pages_requested(shown)
        else:
            self._pane.show_locked(self._passage)
