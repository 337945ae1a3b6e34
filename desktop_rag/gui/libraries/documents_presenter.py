"""The documents of the open library as they are now, and where they stand in the queue."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DocumentLocked, RecognitionDataMissing
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.values import DocumentValue, place_in
from desktop_rag.gui.session import Session, words_for
from desktop_rag.library import documents
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.paths import resources

_SEARCHABLE = {DocumentState.EMBEDDING, DocumentState.READY}
_FEW = 20  # documents that changed are read one by one, more of them all at once
_SLICE = 1_000  # rows made at once
_REST = 20  # times as long as reading the documents takes are they left alone
_REFRESH_MS = 250  # at most so often are they read again


@dataclass(frozen=True, slots=True)
class _Now:
    """What is being done: the share of each document, pages recognized, and what waits where."""

    doing: Mapping[DocumentId, float]
    recognizing: Mapping[DocumentId, tuple[int, int]]
    places: Mapping[Path | DocumentId, int]


class DocumentsPresenter(QObject):
    """Keeps the list of documents up to date while files are taken in.

    Thousands of documents take longer to read than the window may stand still:
    only those that are worked on are read again, and all of them only in slices.
    `count` shows the libraries, and returns how many documents the open one has.
    """

    def __init__(
        self,
        session: Session,
        indexing: IndexingQueue,
        table: DocumentTable,
        count: Callable[[], int],
    ) -> None:
        super().__init__(session)
        self._session = session
        self._scheduler = indexing.scheduler
        self._table = table
        self._count = count
        self._samples = resources() / "samples"
        self._stale = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._stale.timeout.connect(self._refresh)
        self._under_way: Iterator[None] = iter(())
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on_slice)
        self._changed: set[Path] = set()  # of which more is known than shown
        self._worked: dict[Path, DocumentId | None] = {}
        self._shown: LibraryId | None = None  # whose documents are in the table
        session.documents_changed.connect(self._on_documents_changed)
        indexing.advanced.connect(self._read_soon)
        indexing.document_changed.connect(self._on_document_changed)

    def show_places(self) -> None:
        """Show where each document stands in the queue."""
        self._table.set_places(self._places())

    def expect(self) -> None:
        """Say at once that documents are on their way; where they stand is known later."""
        session = self._session
        awaited = session.library in self._scheduler.backlog.libraries
        session.set_readiness(ready=session.ready, samples=session.samples, awaited=awaited)

    def read(self) -> None:
        """Show all documents as they are now."""
        self._slices.stop()
        for _ in self._reading():
            pass

    def _reading(self) -> Iterator[None]:
        """Read all documents and show them; of thousands, each step is felt by itself."""
        started = time.monotonic()
        self._changed.clear()
        library = self._session.library
        rows = documents.listing(self._session.db, library) if library is not None else []
        yield
        now = self._now()
        shown: list[DocumentValue] = []
        for start in range(0, len(rows), _SLICE):
            shown += [_shown(row, now) for row in rows[start : start + _SLICE]]
            yield
        self._table.set_documents(shown)
        self._shown = library
        yield
        self._table.set_places(now.places)
        yield
        self._count()
        samples = f"{self._samples}{os.sep}"
        self._session.set_readiness(
            ready=any(row.state in _SEARCHABLE for row in rows),
            samples=any(str(row.path).startswith(samples) for row in rows),
            awaited=library in self._scheduler.backlog.libraries,
        )
        self._rest_since(started)

    def _read_in_slices(self) -> None:
        """Read all documents, and let other things happen in between."""
        self._under_way = self._reading()
        self._slices.start()

    def _on_slice(self) -> None:
        try:
            next(self._under_way)
        except StopIteration:
            self._slices.stop()

    def _refresh(self) -> None:
        """Show as they are now the documents that are worked on, and all where others came."""
        if self._slices.isActive():  # begun anew each time, thousands are never read to the end
            self._read_soon()
            return
        started = time.monotonic()
        doing = {place.path: place.document for place in self._scheduler.under_way()}
        worked = self._worked | doing
        self._worked = doing
        changed, self._changed = self._changed, set()
        known = documents.known(self._session.db, [*(worked.keys() | changed)])
        found = {one.document or worked.get(path) for path, one in known.items()}
        failed = any(path in changed and one.document is None for path, one in known.items())
        if failed or len(found) > _FEW:
            self._read_in_slices()
            return
        self._read_some([one for one in found if one is not None])
        if self._table.documents.rowCount() != self._count():
            self._read_in_slices()
        self._rest_since(started)

    def _rest_since(self, started: float) -> None:
        took = (time.monotonic() - started) * 1000
        self._stale.setInterval(max(_REFRESH_MS, round(took * _REST)))

    def _read_some(self, wanted: Sequence[DocumentId]) -> None:
        library, db = self._session.library, self._session.db
        if library is None:
            return
        now = self._now()
        for row in [row for one in wanted for row in documents.listing(db, library, one)]:
            self._table.update_document(_shown(row, now))
            if row.state in _SEARCHABLE:
                here = self._session.samples or row.path.parent == self._samples
                self._session.set_readiness(ready=True, samples=here, awaited=True)
        self._table.set_places(now.places)

    def _now(self) -> _Now:
        scheduler = self._scheduler
        return _Now(dict(scheduler.doing()), scheduler.recognizing(), self._places())

    def _places(self) -> dict[Path | DocumentId, int]:
        """Return where each file and each document stands in the queue."""
        places: dict[Path | DocumentId, int] = {}
        for number, place in enumerate(self._scheduler.waiting(), 1):
            places[place.path] = number
            if place.document is not None:
                places[place.document] = number
        return places

    def _on_documents_changed(self) -> None:
        """Show all documents: thousands that are shown already may come a moment later."""
        if self._shown == self._session.library and self._table.documents.rowCount() > _SLICE:
            self._read_in_slices()
        else:
            self.read()

    def _on_document_changed(self, path: Path) -> None:
        self._changed.add(path)
        self._read_soon()

    def _read_soon(self) -> None:
        if not self._stale.isActive():
            self._stale.start()


def _shown(row: documents.DocumentRow, now: _Now) -> DocumentValue:
    place = place_in(now.places, row.path, row.document)
    waits = place > 0 and row.state is not DocumentState.READY  # however far it has come already
    done, found = now.recognizing.get(row.document, (0, 0)) if row.document else (0, 0)
    state = "recognizing" if found else str(DocumentState.QUEUED if waits else row.state)
    error = None if waits or found else row.error
    return DocumentValue(
        document=row.document,
        path=row.path,
        title=row.title,
        pages=row.pages or None,
        language=row.language,
        added=row.added,
        state=state,
        reason=words_for(error) if error else "",
        fraction=now.doing.get(row.document, 0.0) if row.document else 0.0,
        pages_done=done,
        pages_found=found,
        locked=state == "waiting" and isinstance(error, DocumentLocked),
        worth=isinstance(error, RecognitionDataMissing),
        quality=row.quality,
        within=row.within,
        author=row.author,
        date=row.date,
        subject=row.subject,
    )
