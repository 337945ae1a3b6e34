"""Libraries into one file and out of one: the person says which, and sees how far it is."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.errors import RagError
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.gui.widgets.text import plain
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.job_queue import Job, Later
from desktop_rag.library import consistency, documents, indexes
from desktop_rag.library.bundles import exchange
from desktop_rag.library.bundles.exchange import ImportResult
from desktop_rag.library.libraries import LibraryId
from desktop_rag.workers.commands.bundles import (
    Carried,
    Exported,
    ExportLibrary,
    ImportLibrary,
    LookInto,
    Seen,
    Unloaded,
)
from desktop_rag.workers.commands.indexing import IndexingCommand

_SHOWN = 3  # names of documents, in one line


@dataclass(frozen=True, slots=True)
class Carrying:
    """What makes a command, and the words for how far it is, with the name of what is carried."""

    command: Callable[[], ExportLibrary | LookInto | ImportLibrary]
    words: str
    name: str

    def told(self, done: int, total: int | None = None) -> str:
        """Say how far it is."""
        shown = "…" if total is None else total
        return self.words.format(name=self.name, done=done, total=shown)


class ExportImportPresenter(QObject):
    """Connects what exports and imports libraries with the indexing process.

    `banner` says how far it is, and lets it be cancelled.

    Signals:
        told: words for the status bar.
    """

    told = Signal(str)

    def __init__(
        self, session: Session, indexing: IndexingQueue, banner: Banner, window: QWidget
    ) -> None:
        super().__init__(session)
        self._session = session
        self._scheduler = indexing.scheduler
        self._banner = banner
        self._window = window
        self._job: Job[IndexingCommand, Any] | None = None
        self._parts: list[Unloaded] = []
        self._exported: Exported | None = None
        self._originals = 0
        banner.acted.connect(self._on_cancel_requested)

    def export_open(self) -> None:
        """Export the open library."""
        if self._session.library is None:
            self.told.emit(self.tr("Add documents first: there is no library to export."))
        else:
            self.export(self._session.library)

    def export(self, library: LibraryId) -> None:
        """Ask where a library is to be written, and write it."""
        if self._refused():
            return
        name = exchange.contents(self._session.db, library).name
        extras = file_dialogs.extras(self._window, plain(name))
        if extras is None:
            return
        for target in file_dialogs.bundle_place(self._window, name):
            self._exported = None

            def command(target: Path = target) -> ExportLibrary:
                db = self._session.db
                contents = exchange.contents(db, library)
                return ExportLibrary(target, contents, indexes.serving(db), *extras)

            words = self.tr("Exporting “{name}”: {done} of {total} documents")
            self._do(Carrying(command, words, plain(name)), self._on_exported)

    def open(self) -> None:
        """Ask which library is to be brought in, and bring it in."""
        if self._refused():
            return
        for source in file_dialogs.bundle(self._window):
            self._originals = 0
            look = Carrying(
                functools.partial(LookInto, source),
                self.tr("Looking into {name}"),
                plain(source.name),
            )
            self._do(look, functools.partial(self._bring, source))

    def _bring(self, source: Path) -> None:
        folders = file_dialogs.originals_folder(self._window) if self._originals else []
        self._parts.clear()

        def command() -> ImportLibrary:
            db = self._session.db
            known = frozenset(consistency.all_ids(db))
            into = folders[0] if folders else None
            return ImportLibrary(source, indexes.serving(db), exchange.ready(db), known, into)

        words = self.tr("Importing: {done} of {total} documents")
        bring = Carrying(command, words, plain(source.name))
        self._do(bring, functools.partial(self._on_brought, source))

    def _refused(self) -> bool:
        if self._job:
            self.told.emit(self.tr("A library is being carried already. Wait until it is done."))
        return self._job is not None

    def _do(self, carrying: Carrying, ended: Callable[[], None]) -> None:
        self._banner.announce(carrying.told(0), self.tr("Cancel"))

        def step(value: Carried | Unloaded | Exported | Seen) -> None:
            match value:
                case Carried(done=done, total=total):
                    self._banner.label.setText(carrying.told(done, total))
                case Unloaded():
                    self._parts.append(value)
                case Exported():
                    self._exported = value
                case Seen(manifest=manifest):
                    self._originals = manifest.originals
                case _:
                    assert_never(value)

        def done() -> None:
            self._over()
            ended()

        failed, stopped = self._on_failed, self._on_cancelled
        self._job = Job(Later(carrying.command), step, done, failed, stopped)
        self._scheduler.do(self._job)

    def _on_cancel_requested(self) -> None:
        if self._job:
            self._scheduler.tasks.cancel(self._job)

    def _over(self) -> None:
        self._job = None
        self._banner.hide()

    def _on_failed(self, error: RagError | None, details: str) -> None:
        self._over()
        self.told.emit(words_for(error))
        if error is None and details:
            raise RuntimeError(details)

    def _on_cancelled(self) -> None:
        self._over()
        self.told.emit(self.tr("Cancelled. Nothing was changed."))

    def _on_exported(self) -> None:
        exported = self._exported
        if exported is None:
            return
        words = self.tr("Exported to {path}").format(path=plain(str(exported.path)))
        if exported.away:
            away = self.tr(
                "%n document(s) could not be had and are left out.", "", len(exported.away)
            )
            words = f"{words}. {away}"
        if exported.damaged:
            damaged = self.tr(
                "What was read of %n document(s) is damaged here: remove and add them again "
                "({names})",
                "",
                len(exported.damaged),
            ).format(names=_listed(exported.damaged))
            words = f"{words}. {damaged}"
        self.told.emit(words)

    def _on_brought(self, source: Path) -> None:
        db = self._session.db
        found, brought = exchange.joined((one.contents, one.brought) for one in self._parts)
        self._parts.clear()
        try:
            tally = exchange.bring_in(db, None, found, brought, source.parent)
        except RagError as error:
            self.told.emit(words_for(error))
            return
        self._session.choose(tally.library)
        left = list(documents.unfinished(db, tally.library).values())
        if left:
            self._scheduler.add(Batch(tally.library, tuple(left)))
        self._scheduler.keep_up()
        self.told.emit(self._words(tally))

    def _words(self, tally: ImportResult) -> str:
        words = [self.tr("“{name}” is here").format(name=plain(tally.name))]
        if tally.queued:
            queued = self.tr(
                "%n document(s) are being embedded anew: search works otherwise here",
                "",
                tally.queued,
            )
            words.append(queued)
        if tally.absent:
            absent = self.tr(
                "The files of %n document(s) are not here: their text is found; add the files to "
                "see their pages",
                "",
                tally.absent,
            )
            words.append(absent)
        if tally.damaged:
            damaged = self.tr(
                "%n document(s) are damaged in the file, and only what is sound was taken: {names}",
                "",
                len(tally.damaged),
            )
            words.append(damaged.format(names=_listed(tally.damaged)))
        return ". ".join(words)


def _listed(names: Sequence[str]) -> str:
    """Return some names in a line, and show that there are more."""
    shown = ", ".join(plain(name) or "?" for name in names[:_SHOWN])
    return shown + ("…" if len(names) > _SHOWN else "")
