"""What is done with the models that are installed: used, added, measured, made smaller, removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop_rag.domain.errors import (
    AdapterUnusable,
    DataUnreadable,
    ModelChosen,
    ModelUnusable,
    RagError,
)
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import Adapter, ModelFacts, ModelKind, ModelSource, Stretch
from desktop_rag.gui.models.values import Doing, WorkValue
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.session import Session, words_for
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import indexes, models
from desktop_rag.library.models import InstallableModel, Installed, ModelId
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.tuning import (
    Benchmark,
    Benchmarked,
    Copied,
    Copy,
    Copying,
    Inspect,
    Quantize,
    Quantized,
    Quantizing,
    TuningCommand,
)

if TYPE_CHECKING:
    from desktop_rag.gui.models.models_dialog import ModelsDialog

R = TypeVar("R")


class InstalledPresenter(QObject):
    """Does what is wished of installed models, in the process that looks at them.

    Signals:
        changed: others are installed, or more is known of them.
        worked: what is being done with them.
        told: words for how far something has come.
        failed: words for what went wrong.
        released: the model that writes answers is about to go: nobody may hold it.
        removed: an `Installed` that can be taken back, and words.
    """

    changed = Signal()
    worked = Signal()
    told = Signal(str)
    failed = Signal(str)
    released = Signal()
    removed = Signal(object, str)

    def __init__(
        self, session: Session, line: JobQueue[TuningCommand], quick: JobQueue[TuningCommand]
    ) -> None:
        super().__init__(session)
        self._session = session
        self._line = line
        self._quick = quick  # what takes moments does not wait for what takes minutes
        self._copied = 0  # tenths, of the file that is being copied
        self._was_chosen: ModelSource | None = None  # before it was removed
        self._work: dict[int, tuple[WorkValue, Job[TuningCommand, Any]]] = {}

    def serve(self, dialog: ModelsDialog) -> None:
        """Do what this dialog wishes."""
        dialog.use_requested.connect(self.use)
        dialog.file_added.connect(self._on_file_added)
        dialog.benchmark_requested.connect(self._on_benchmark_requested)
        dialog.work_cancelled.connect(self._on_work_cancelled)
        dialog.smaller_requested.connect(self._on_smaller_requested)
        dialog.adapters_changed.connect(self._on_adapters_changed)
        dialog.stretch_changed.connect(self._on_stretch_changed)
        dialog.removal_requested.connect(self._on_removal_requested)
        dialog.undone.connect(self._on_undone)
        dialog.folder_requested.connect(self._on_folder_requested)

    @property
    def work(self) -> list[WorkValue]:
        """What is being done, and how far it has come."""
        return [value for value, _job in self._work.values()]

    def use(self, model: int | None) -> None:
        """Have answers written by a model, or quoted."""
        found = self._found(model)
        if found is not None:
            models.note_use(self._session.db, found.id)
        self._session.choose_model(found.source if found else None)

    def add(self, path: Path) -> None:
        """Install a model where it lies, and use it."""
        self._inspect(path, ours=False, used=True)

    def _on_file_added(self, path: Path, copied: bool) -> None:
        if copied:
            self._quick.ask(Job(Inspect(path), step=self._copy(path), failed=self._on_failed))
        else:
            self._inspect(path, ours=False, used=self._session.model is None)

    def _copy(self, path: Path) -> Callable[[ModelFacts], None]:
        """Return what copies a file once it is known to be a model."""

        def then(facts: ModelFacts) -> None:
            if not facts.base:
                target = models.free_place(self._session.paths.models_folder, path.name)
                self._copied = 0
                copy = Copy(path, target)
                self._line.ask(Job(copy, step=self._on_copied, failed=self._on_failed))
            else:
                self._on_failed(ModelUnusable(str(path), Unusable.ADAPTER), "")

        return then

    def _on_copied(self, value: Copying | Copied) -> None:
        match value:
            case Copying(done=done, size=size) if size and 10 * done // size > self._copied:
                self._copied = 10 * done // size
                self.told.emit(self.tr("Copying: {share} %").format(share=10 * self._copied))
            case Copied(target=target):
                self._inspect(target, ours=True, used=self._session.model is None)
            case _:
                pass

    def _inspect(self, path: Path, *, ours: bool, used: bool) -> None:
        """Look into a file, and install it."""

        def then(facts: ModelFacts) -> None:
            self._on_inspected(facts, path, ours=ours, used=used)

        self._quick.ask(Job(Inspect(path), step=then, failed=self._on_failed))

    def _on_inspected(self, facts: ModelFacts, path: Path, *, ours: bool, used: bool) -> None:
        if facts.base:
            self._on_failed(ModelUnusable(str(path), Unusable.ADAPTER), "")
            return
        found = InstallableModel(
            kind=ModelKind.WRITER,
            path=path,
            name=path.stem,
            size=facts.file_bytes,
            licence=facts.licence,
            ours=ours,
            facts=facts,
        )
        installed = models.add(self._session.db, found)
        if used:
            self.use(installed.id)
        self.changed.emit()

    def _on_adapters_changed(self, model: int, adapters: Sequence[Adapter]) -> None:
        found = self._found(model)
        if found is None:
            return
        known = {one.path for one in found.adapters}
        self._set_adapters(found, [one for one in adapters if one.path in known])
        for one in adapters:
            if one.path not in known:
                self._inspect_adapter(model, one)

    def _inspect_adapter(self, model: int, adapter: Adapter) -> None:
        def then(facts: ModelFacts) -> None:
            self._on_adapter(facts, model, adapter)

        self._quick.ask(Job(Inspect(adapter.path), step=then, failed=self._on_failed))

    def _on_adapter(self, facts: ModelFacts, model: int, adapter: Adapter) -> None:
        """Take an adapter that belongs to the model, whatever came of the others."""
        found = self._found(model)
        if found is None:
            return
        own = found.facts.architecture if found.facts else ""
        if facts.base == own:
            self._set_adapters(found, [*found.adapters, adapter])
        else:
            self._on_failed(AdapterUnusable(str(adapter.path), found.name), "")

    def _set_adapters(self, model: Installed, adapters: Sequence[Adapter]) -> None:
        models.set_adapters(self._session.db, model.id, adapters)
        self._reload(model)

    def _on_stretch_changed(self, model: int, stretch: Stretch, tokens: int) -> None:
        found = self._found(model)
        if found is not None:
            context = tokens if stretch is not Stretch.NONE else None
            models.set_context(self._session.db, found.id, context, stretch)
            self._reload(found)

    def _reload(self, model: Installed) -> None:
        """Show what was set; the next answer loads the model anew."""
        if model.source == self._session.model:
            self._session.model_changed.emit()
        self.changed.emit()

    def _on_removal_requested(self, model: int) -> None:
        found = self._found(model)
        if found is None:
            return
        if found.name in self._serving(found.kind):
            self.failed.emit(words_for(ModelChosen(found.name, found.kind)))
            return
        self._on_work_cancelled(found.id)
        if found.source == self._session.model:
            self._was_chosen = found.source
            self._session.choose_model(None)
            self.released.emit()
        try:
            models.remove(self._session.db, found)
        except OSError as error:
            self._on_failed(DataUnreadable(str(found.path), error.strerror or str(error)), "")
            return
        if not found.ours:
            words = self.tr("“{name}” is no longer listed").format(name=found.name)
            self.removed.emit(found, words)
        self.changed.emit()

    def _serving(self, kind: ModelKind) -> set[str]:
        """Return the names of what searches now, or will once its index is built."""
        if kind is ModelKind.WRITER:
            return set()
        used = {index.encoder.name for index in indexes.in_use(self._session.db) if index.encoder}
        return used | {getattr(self._session.settings.retrieval, kind)}

    def _on_undone(self, removed: object) -> None:
        if isinstance(removed, Installed):
            again = models.add(self._session.db, removed)
            models.set_adapters(self._session.db, again.id, removed.adapters)
            models.set_context(self._session.db, again.id, removed.context_tokens, removed.stretch)
            if removed.source == self._was_chosen:
                self.use(again.id)
            self.changed.emit()

    def _on_folder_requested(self, path: Path) -> None:
        folder = path if path.is_dir() else path.parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # What takes long

    def _on_benchmark_requested(self, model: int) -> None:
        found = self._found(model)
        if found is not None:
            choice = models.choice(
                self._session.db, found.source, self._session.settings.generating
            )
            self._line.renew()  # what it takes is measured by what its process takes

            def measured(value: Benchmarked) -> None:
                self._on_measured(value, found)

            self._do(found, Doing.BENCHMARK, Benchmark(choice), measured)

    def _on_smaller_requested(self, model: int, wanted: str) -> None:
        found = self._found(model)
        if found is not None:
            made = f"{found.path.stem}-{wanted}.gguf"
            target = models.free_place(self._session.paths.models_folder, made)
            quantize = Quantize(found.path, target, wanted)

            def quantized(value: Quantizing | Quantized) -> None:
                self._on_quantized(value, found)

            self._do(found, Doing.QUANTIZING, quantize, quantized)

    def _do(
        self,
        model: Installed,
        doing: Doing,
        command: CommandOf[TuningCommand, R],
        step: Callable[[R], None],
    ) -> None:
        self._on_work_cancelled(model.id)
        job = Job(
            command,
            step,
            end=partial(self._end_work, model.id),
            failed=partial(self._on_work_failed, model.id),
        )
        self._work[model.id] = (WorkValue(model.id, doing), job)
        self._line.ask(job)
        self.worked.emit()

    def _on_measured(self, measured: Benchmarked, model: Installed) -> None:
        read, written = measured.prompt_tps, measured.decode_tps
        models.set_speed(self._session.db, model.id, read, written, measured.memory)
        self.told.emit(self.tr("“{name}” was measured").format(name=model.name))
        self.changed.emit()

    def _on_quantized(self, value: Quantizing | Quantized, model: Installed) -> None:
        match value:
            case Quantizing(done=done, total=total) if total and model.id in self._work:
                _value, job = self._work[model.id]
                share = WorkValue(model.id, Doing.QUANTIZING, done / total)
                self._work[model.id] = (share, job)
                self.worked.emit()
            case Quantized(target=target):
                self._inspect(target, ours=True, used=False)
                self.told.emit(self.tr("“{name}” is ready").format(name=target.stem))
            case _:
                pass

    def _on_work_cancelled(self, model: int) -> None:
        if model in self._work:
            _value, job = self._work[model]
            self._line.drop(job)
            self._line.renew()  # llama.cpp keeps the memory of what it was stopped at
            self._end_work(model)

    def _end_work(self, model: int) -> None:
        self._work.pop(model, None)
        self.worked.emit()

    def _on_work_failed(self, model: int, error: RagError | None, details: str) -> None:
        self._end_work(model)
        self._on_failed(error, details)

    def _on_failed(self, error: RagError | None, details: str) -> None:
        self.failed.emit(words_for(error))
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other

    def _found(self, model: int | None) -> Installed | None:
        known = models.listing(self._session.db)
        return next((one for one in known if one.id == ModelId(model or 0)), None)
