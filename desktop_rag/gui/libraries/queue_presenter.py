"""The queue of files: how far it is, what is taken first, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_rag.domain.errors import RagError
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.passed_over_presenter import PassedOverPresenter
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.sidebar.values import QueueValue
from desktop_rag.jobs.indexing.events import Pace
from desktop_rag.jobs.indexing.queue import QueuedFile
from desktop_rag.jobs.indexing.tally import Tally
from desktop_rag.library import documents, remembered


class QueuePresenter(QObject):
    """Connects the bar of the queue, and the order of the table, with what is being indexed.

    Signals:
        worked: words for the status bar about what is being done.
        reordered: files stand elsewhere in the queue.
        emptied: nothing waits any more; with whether nothing could be had at all.
    """

    worked = Signal(str)
    reordered = Signal()
    emptied = Signal(bool)

    def __init__(
        self, session: Session, indexing: IndexingQueue, sidebar: Sidebar, table: DocumentTable
    ) -> None:
        super().__init__(session)
        self._session = session
        self._scheduler = indexing.scheduler
        self._sidebar = sidebar
        self._table = table
        self._passed = PassedOverPresenter(session, indexing, table)
        self._refused: list[str] = []
        self._rebuilding = 0  # documents, of another index, when that began
        indexing.advanced.connect(self._on_advanced)
        indexing.refused.connect(self._on_refused)
        indexing.settled.connect(self._on_settled)
        indexing.troubled.connect(self._on_troubled)
        bar = sidebar.queue
        bar.pause_requested.connect(self._scheduler.pause)
        bar.resume_requested.connect(self._scheduler.resume)
        bar.hurry_requested.connect(self._on_hurry_requested)
        bar.details_requested.connect(table.show_queue)
        table.first_requested.connect(self._on_first_requested)
        table.last_requested.connect(self._on_last_requested)

    def restore_order(self) -> None:
        """Take first and last what was chosen for it before the program was left."""
        first, last = remembered.queue_order(self._session.db)
        self._scheduler.put_first(list(map(QueuedFile, first)))
        self._scheduler.put_last(list(map(QueuedFile, last)))

    def _on_advanced(self, pace: Pace) -> None:
        if not (self._scheduler.busy or pace.rebuilding):
            self._sidebar.set_queue(None)
            return
        for document, fraction in self._scheduler.doing():
            self._table.set_progress(document, fraction)
        done = self._scheduler.backlog.tally.done
        rate = self._scheduler.pulse.rate()
        fraction = done / (done + pace.left) if pace.left else 0.0
        left = self._seconds_left(pace)
        rebuilds = not self._scheduler.busy
        self._rebuilding = max(self._rebuilding, pace.rebuilding) if pace.rebuilding else 0
        if rebuilds and self._rebuilding:
            fraction, left = 1 - pace.rebuilding / self._rebuilding, None
        value = QueueValue(
            pace.rebuilding if rebuilds else pace.left or pace.rebuilding,
            pace.name,
            rate,
            left,
            fraction,
            self._scheduler.paused,
            self._scheduler.resting,
        )
        self._sidebar.set_queue(value)

    def _seconds_left(self, pace: Pace) -> float | None:
        """Guess from the files done so far how long the others take."""
        backlog = self._scheduler.backlog
        seconds, done = backlog.seconds(), backlog.tally.done
        return pace.left * seconds / done if done and seconds else None

    def _on_refused(self, path: Path, error: RagError) -> None:
        """Keep the reason of what will not be in the list of documents, to be said at the end."""
        if not documents.known(self._session.db, [path]):
            self._refused.append(words_for(error))

    def _on_settled(self, tally: Tally) -> None:
        self._sidebar.set_queue(None)
        self._session.documents_changed.emit()
        remembered.keep_queue_order(self._session.db)
        refused, self._refused = self._refused, []
        self.emptied.emit(bool(refused) and tally.done == tally.failed)
        if refused:
            more = self.tr("And %n more.", "", len(refused) - 1) if len(refused) > 1 else ""
            words = f"{refused[0]} {more}".strip()
        elif tally.failed or tally.waiting:
            words = self.tr(
                "%n file(s) need a look: see Documents", "", tally.failed + tally.waiting
            )
        elif tally.indexed:
            words = self.tr("%n document(s) ready", "", tally.indexed)
        elif tally.unchanged:
            words = self.tr("%n document(s) were there already", "", tally.unchanged)
        else:
            words = ""
        passed = self._passed.words(tally.passed)
        self.worked.emit(" · ".join(filter(None, (words, passed))))

    def _on_troubled(self, error: RagError | None, details: str) -> None:
        self._sidebar.set_queue(None)
        self._session.troubled.emit(words_for(error))
        if error is None and details:
            raise RuntimeError(details)

    def _on_first_requested(self, rows: Sequence[DocumentValue]) -> None:
        self._scheduler.put_first([QueuedFile(row.path, row.document) for row in rows])
        self._keep_order()

    def _on_last_requested(self, rows: Sequence[DocumentValue]) -> None:
        self._scheduler.put_last([QueuedFile(row.path, row.document) for row in rows])
        self._keep_order()

    def _keep_order(self) -> None:
        """Remember what was chosen until the queue is empty, also where the program is left."""
        first, last = self._scheduler.backlog.order.ranks.chosen()
        remembered.keep_queue_order(self._session.db, first, last)
        self.reordered.emit()

    def _on_hurry_requested(self) -> None:
        self._scheduler.set_power(on_battery=False)
