"""The queue of downloads: got one after the other, by the one process that may connect."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar, assert_never

from PySide6.QtCore import QObject, Signal

from desktop_rag.domain.errors import RagError, WorkerDied
from desktop_rag.gui.downloads.values import DownloadState, DownloadValue
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.processes.process_targets import Connecting
from desktop_rag.gui.session import Session, words_for
from desktop_rag.jobs.downloads import Came, DownloadProgress, Getting, getting
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import downloads, models
from desktop_rag.library.download_files import there, throw_away
from desktop_rag.library.downloads import Download, DownloadId, Wanted
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.downloading import Fetch, Fetched, Fetching
from desktop_rag.workers.commands.tuning import Describe, Inspect, TuningCommand

C = TypeVar("C")
R = TypeVar("R")

_TRIES = 3  # deaths of the process that one download may see


@dataclass(slots=True)
class _Running:
    """The download that is under way, and how to give up what is being done for it."""

    download: Download
    steps: Getting
    progress: DownloadProgress
    drop: Callable[[], None] = lambda: None


class DownloadsPresenter(QObject):
    """Gets what is wanted, and remembers what is not there yet.

    Signals:
        changed: the queue, or how far its first has come.
        came: a model (`Installed`) is there now.
        failed: words for why one did not come.
    """

    changed = Signal()
    came = Signal(object)
    failed = Signal(str)

    def __init__(
        self, session: Session, connecting: Connecting, tuning: JobQueue[TuningCommand]
    ) -> None:
        super().__init__(session)
        self._session = session
        self._connecting = connecting
        self._tuning = tuning
        self._network = session.settings.network
        self._line = JobQueue("downloading", connecting(self._network), self)
        self._now: _Running | None = None
        self._asked: frozenset[str] = frozenset()
        self._deaths = 0
        self._finished: list[DownloadValue] = []
        session.settings_changed.connect(self._on_settings_changed)

    # What there is

    def values(self) -> list[DownloadValue]:
        """Return the queue as it is shown, what has come since the start before it."""
        return [*self._finished, *map(self._value, downloads.listing(self._session.db))]

    def coming(self) -> dict[str, float]:
        """Return how much is there of each repository, and of each file in it."""
        fractions = dict.fromkeys(self._asked, 0.0)
        for one in downloads.listing(self._session.db):
            if one.state is not downloads.DownloadIntent.WAITING:
                continue  # it is not coming, and can be wished for anew
            value = self._value(one)
            share = value.done / one.size if one.size else 0.0
            fractions[one.repository] = share
            fractions |= {f"{one.repository}/{part.name}": share for part in one.parts}
        return fractions

    def _value(self, one: Download) -> DownloadValue:
        progress = self._now.progress if self._now and one.id == self._now.download.id else None
        folder = self._session.paths.models_folder
        return DownloadValue(
            id=one.id,
            name=one.name,
            file=one.repository,
            state=DownloadState.RUNNING if progress else DownloadState(str(one.state)),
            done=progress.done if progress else there(folder, one.repository, one.parts),
            size=one.size,
            per_second=progress.per_second if progress else 0.0,
            reason=words_for(one.error) if one.error else "",
        )

    # What is wished

    def go_on(self) -> None:
        """Get what waits, unless something is being got or the network is switched off."""
        if self._now is None and not self._network.offline:
            following = downloads.following(self._session.db)
            if following is not None:
                self._begin(following)
        self.changed.emit()

    def want(self, wanted: Wanted) -> None:
        """Get a model, after what waits already."""
        downloads.add(self._session.db, wanted)
        self.go_on()

    def pause(self, download: int) -> None:
        """Let a download rest; what has come of it is kept."""
        self._rest(DownloadId(download))
        downloads.set_state(self._session.db, DownloadId(download), downloads.DownloadIntent.PAUSED)
        self.go_on()

    def resume(self, download: int) -> None:
        """Go on with one that rests or has failed."""
        downloads.set_state(
            self._session.db, DownloadId(download), downloads.DownloadIntent.WAITING
        )
        self.go_on()

    def put_first(self, download: int) -> None:
        """Get this one before all others, now."""
        if self._now is not None and self._now.download.id != download:
            self._rest(self._now.download.id)
        downloads.put_first(self._session.db, DownloadId(download))
        self.resume(download)

    def cancel(self, download: int) -> None:
        """Give a download up, and throw away what has come of it."""
        one = downloads.find(self._session.db, DownloadId(download))
        self._rest(DownloadId(download))
        if one is not None:
            downloads.remove(self._session.db, one.id)
            throw_away(self._session.db, self._session.paths.models_folder, one)
        self.go_on()

    def show_asked(self, repositories: Iterable[str]) -> None:
        """Show these as coming, of which it is being asked what there is to get."""
        self._asked = frozenset(repositories)
        self.changed.emit()

    def forget(self, download: int) -> None:
        """Show one that has come no more."""
        self._finished = [one for one in self._finished if one.id != download]
        self.changed.emit()

    def stop(self) -> None:
        """End the process soon; what has come is kept, and gone on with at the next start."""
        self._now = None
        self._line.stop()

    # What happens

    def _begin(self, download: Download) -> None:
        folder = self._session.paths.models_folder
        self._now = _Running(
            download, getting(download, folder), DownloadProgress(download, folder)
        )
        self._step(None)

    def _step(self, came: Came) -> None:
        """Ask for what comes next of the present one."""
        now = self._now
        if now is None:
            return
        try:
            command = now.steps.send(came)
        except StopIteration as end:
            self._install(now.download, end.value)
            return
        except RagError as error:
            self._on_failed(now.download, error, "")
            return
        match command:
            case Fetch(file=file):
                now.progress.begin(file)
                self._ask(self._line, command, self._on_fetched, now)
            case Inspect():
                self._ask(self._tuning, command, self._step, now)
            case Describe():
                self._ask(self._tuning, command, self._step, now)
            case _:
                assert_never(command)

    def _ask(
        self,
        line: JobQueue[C],
        command: CommandOf[C, R],
        step: Callable[[R], None],
        now: _Running,
    ) -> None:
        failed, gone = partial(self._on_failed, now.download), partial(self._on_gone, now.download)
        job = Job(command, step, failed=failed, gone=gone)
        now.drop = partial(line.drop, job)  # before it is asked, which may fail at once
        line.ask(job)

    def _on_fetched(self, value: Fetching | Fetched) -> None:
        if self._now is None:
            return
        match value:
            case Fetching():
                self._now.progress.go_on(value)
                self.changed.emit()
            case Fetched():
                self._now.progress.end()
                self._deaths = 0
                self._step(value)

    def _install(self, download: Download, found: models.InstallableModel) -> None:
        db, value = self._session.db, self._value(download)
        self._now = None
        installed = models.add(db, found)
        downloads.remove(db, download.id)
        self._finished.append(replace(value, state=DownloadState.FINISHED, done=value.size))
        self.came.emit(installed)
        self.go_on()

    def _on_failed(self, download: Download, error: RagError | None, details: str) -> None:
        if self._now is None or self._now.download.id != download.id:
            return
        self._now = None
        self._deaths += 1
        if isinstance(error, WorkerDied) and self._deaths < _TRIES:
            self.go_on()  # what has come is on the disk
            return
        self._deaths = 0
        reason = error or RagError()
        downloads.set_state(self._session.db, download.id, downloads.DownloadIntent.FAILED, reason)
        self.failed.emit(words_for(reason))
        self.go_on()
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other

    def _rest(self, download: DownloadId) -> None:
        """Stop getting this one if it is the present one."""
        if self._now is not None and self._now.download.id == download:
            self._now.drop()
            self._now = None

    def _on_gone(self, download: Download, *_: object) -> None:
        """Throw away what the process wrote, or held, after the download was given up."""
        if downloads.find(self._session.db, download.id) is None:
            throw_away(self._session.db, self._session.paths.models_folder, download)

    def _on_settings_changed(self, settings: Settings) -> None:
        if settings.network == self._network:
            return
        self._network = settings.network
        if self._now is not None:
            self._rest(self._now.download.id)
        self._line.retarget(self._connecting(self._network))
        self.go_on()
