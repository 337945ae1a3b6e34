"""Installed models and those of the hub, for the terminal: what each command does and returns."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desktop_rag.cli import session
from desktop_rag.domain.errors import (
    AdapterUnusable,
    ModelChosen,
    ModelMissing,
    ModelUnknown,
    ModelUnsuited,
    ModelUnusable,
    RagError,
)
from desktop_rag.domain.examination import Grade
from desktop_rag.domain.fitting import fit
from desktop_rag.domain.generation import ModelChoice, Unusable
from desktop_rag.domain.models import (
    Adapter,
    EncoderFacts,
    Fit,
    HubModel,
    LocalModel,
    Machine,
    ModelFacts,
    ModelKind,
    ModelSource,
)
from desktop_rag.jobs.downloads import PREFERRED, Came, getting, wanted_of
from desktop_rag.library import downloads, exams, indexes, models
from desktop_rag.library.downloads import Wanted
from desktop_rag.library.models import InstallableModel, Installed
from desktop_rag.settings import catalogue, storage
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.downloading import (
    DownloadingCommand,
    Fetch,
    Fetched,
    Fetching,
    ListFiles,
    Peek,
    SearchHub,
)
from desktop_rag.workers.commands.tuning import (
    Benchmark,
    Copied,
    Copy,
    Copying,
    Describe,
    Examine,
    Examined,
    Examining,
    Inspect,
    LookAtMachine,
    Quantize,
    Quantizing,
    TakeEncoder,
    Taken,
    TuningCommand,
)
from desktop_rag.workers.network import connection_log
from desktop_rag.workers.pipe.calls import Calls

NONE = "none"  #: instead of the name of a model

_GIB = 1 << 30
_CHOSEN_BY_NAME = {ModelKind.RERANKER, ModelKind.ENTAILMENT}  # in the settings, and used at once

Show = Callable[[str, int, int], None]  #: of what, how much is done, of how much


def listing() -> dict[str, Any]:
    """Return what is installed, and what is still to be got."""
    paths, _settings = session.opened()
    with session.looked_at(paths) as db:
        found = [_values(one, _grade_of(db, one)) for one in models.listing(db)]
        queue = [
            {"name": one.name, "repository": one.repository, "size": one.size, "state": one.state}
            for one in downloads.listing(db)
        ]
    return {"models": found, "downloads": queue}


def known() -> dict[str, Any]:
    """Return the models that are known to do well here; nothing is asked of the hub."""
    return {"models": [entry.model_dump(mode="json") for entry in catalogue.load()]}


def fits(name: str, file: str | None, context_tokens: int | None) -> dict[str, Any]:
    """Return whether a model goes with this machine: one on the disk, or one of the hub."""
    paths, settings = session.opened()
    wanted = context_tokens or settings.generating.context_tokens
    with _tuner(paths) as tuning:
        path = _path(paths, name)
        facts = tuning.value(Inspect(path)) if path else _peeked(paths, name, file or "")
        machine = tuning.value(LookAtMachine())
    return {
        "model": name,
        **_fit_values(fit(facts, machine, wanted, installed=path is not None), facts, machine),
    }


def search(words: str, limit: int) -> dict[str, Any]:
    """Return what the hub finds; for the name of a repository, the files in it."""
    paths, _settings = session.opened()
    with _hub(paths) as hub:
        if _is_repository(words):
            found = hub.value(ListFiles(words))
            return {
                "repository": found.repository,
                "licence": found.licence,
                "gated": found.gated,
                "files": [asdict(file) for file in found.files],
            }
        models_ = hub.value(SearchHub(words, limit)).models
    return {"repositories": [_hub_values(one) for one in models_]}


def download(name: str, pattern: str | None, show: Show, *, exam: bool) -> dict[str, Any]:
    """Get a model, which is put into the queue first: what is broken off is gone on with.

    One that writes is examined then, where an `exam` is wanted.
    """
    paths, settings = session.opened()
    with session.owned(paths) as db, _hub(paths) as hub, _tuner(paths) as tuning:
        kept = downloads.add(db, _wanted(hub, name, pattern))
        steps = getting(kept, paths.models_folder)
        came: Came = None
        try:
            while True:
                step = steps.send(came)
                match step:
                    case Fetch():
                        came = _fetched(hub, step, show)
                    case Inspect():
                        came = tuning.value(step)
                    case Describe():
                        came = tuning.value(step)
        except StopIteration as end:
            found: InstallableModel = end.value
        installed = models.add(db, found)
        downloads.remove(db, kept.id)
        grade = _first_grade(db, tuning, installed, settings, show) if exam else None
    return _values(installed, grade)


def add(path: Path, show: Show, *, copy: bool, exam: bool) -> dict[str, Any]:
    """Install a GGUF file where it lies, or a copy of it; or a copy of an encoder's folder.

    A model that writes is examined then, where an `exam` is wanted.
    """
    paths, settings = session.opened()
    path = path.absolute()
    if path.is_dir():
        return _add_folder(paths, path, show)
    with session.owned(paths) as db, _tuner(paths) as tuning:
        facts = tuning.value(Inspect(path))
        if facts.base:
            raise ModelUnusable(str(path), Unusable.ADAPTER)
        place = models.free_place(paths.models_folder, path.name) if copy else path
        if copy:
            for step in tuning.steps(Copy(path, place)):
                if isinstance(step, Copied):
                    place = step.target
        found = InstallableModel(
            kind=ModelKind.WRITER,
            path=place,
            name=path.stem,
            size=facts.file_bytes,
            licence=facts.licence,
            ours=copy,
            facts=facts,
        )
        installed = models.add(db, found)
        grade = _first_grade(db, tuning, installed, settings, show) if exam else None
        return _values(installed, grade)


def _add_folder(paths: Paths, folder: Path, show: Show) -> dict[str, Any]:
    target = models.free_folder(paths.models_folder, folder.name)
    with session.owned(paths) as db, _tuner(paths) as tuning:
        facts: EncoderFacts | None = None
        for step in tuning.steps(TakeEncoder(folder, target)):
            match step:
                case Copying(done=done, size=size):
                    show(folder.name, done, size)
                case Taken(facts=facts):
                    pass
        assert facts is not None  # noqa: S101 - it always comes last
        return _values(models.add(db, models.taken(facts, target, folder.name)))


def adapt(name: str, adapter: Path, scale: float) -> dict[str, Any]:
    """Have a model use a LoRA adapter from now on, or no longer with a scale of 0."""
    paths, _settings = session.opened()
    adapter = adapter.absolute()
    with session.owned(paths) as db, _tuner(paths) as tuning:
        model = models.find(db, name, ModelKind.WRITER)
        others = [one for one in model.adapters if one.path != adapter]
        if scale:
            facts = tuning.value(Inspect(adapter))
            if model.facts is None or facts.base != model.facts.architecture:
                raise AdapterUnusable(str(adapter), model.name)
            others.append(Adapter(adapter, scale))
        models.set_adapters(db, model.id, others)
        return _values(models.find(db, name))


def remove(name: str) -> dict[str, Any]:
    """Forget a model; the file of one that was downloaded or made here is removed."""
    paths, settings = session.opened()
    with session.owned(paths) as db:
        model = models.find(db, name)
        encoders = [index.encoder for index in indexes.in_use(db)]
        used = {encoder.name for encoder in encoders if encoder}
        chosen = getattr(settings.retrieval, model.kind, "")
        if model.kind is not ModelKind.WRITER and model.name in used | {chosen}:
            raise ModelChosen(model.name, model.kind)
        models.remove(db, model)
    return {"removed": model.name, "path": str(model.path), "deleted": model.ours}


def use(name: str, role: ModelKind | None) -> dict[str, Any]:
    """Choose a reranker or an entailment model, or with `NONE` and a role none of that kind.

    Raises `ModelUnsuited` where it is not what was asked for, or neither.
    """
    paths, settings = session.opened()
    with session.owned(paths) as db:
        kind = role or models.find(db, name).kind
        if kind not in _CHOSEN_BY_NAME:
            raise ModelUnsuited(name, kind)
        chosen = "" if name == NONE else models.suited(db, name, kind).name
        retrieval = settings.retrieval.replaced(**{str(kind): chosen})
        storage.save(paths.settings_file, settings.replaced(retrieval=retrieval))
    return {"kind": str(kind), "name": chosen}


def quantize(name: str, wanted: str, target: Path | None, show: Show) -> dict[str, Any]:
    """Make a smaller model of one and install it."""
    paths, _settings = session.opened()
    with session.owned(paths) as db, _tuner(paths) as tuning:
        source = _path(paths, name)
        if source is None:
            raise ModelUnknown(
                name, tuple(one.name for one in models.listing(db, ModelKind.WRITER))
            )
        made = f"{source.stem}-{wanted.upper()}"
        place = (target or models.free_place(paths.models_folder, f"{made}.gguf")).absolute()
        place.parent.mkdir(parents=True, exist_ok=True)
        for step in tuning.steps(Quantize(source, place, wanted.upper())):
            if isinstance(step, Quantizing):
                show(made, step.done, step.total)
        facts = tuning.value(Inspect(place))
        found = InstallableModel(
            kind=ModelKind.WRITER,
            path=place,
            name=place.stem,
            size=facts.file_bytes,
            licence=facts.licence,
            ours=target is None,
            facts=facts,
        )
        return _values(models.add(db, found))


def bench(name: str) -> dict[str, Any]:
    """Measure how fast a model reads and writes here, and remember it."""
    paths, settings = session.opened()
    with session.owned(paths) as db, _tuner(paths) as tuning:
        path = _path(paths, name)
        if path is None:
            raise ModelUnknown(
                name, tuple(one.name for one in models.listing(db, ModelKind.WRITER))
            )
        how = settings.generating
        measured = tuning.value(Benchmark(models.choice(db, LocalModel(path), how)))
        if model := models.at(db, LocalModel(path)):
            models.set_speed(
                db, model.id, measured.prompt_tps, measured.decode_tps, measured.memory
            )
    return {"model": name, **asdict(measured)}


def examine(name: str, show: Show) -> dict[str, Any]:
    """Have a model sit the exam, and remember its grade."""
    paths, settings = session.opened()
    with session.owned(paths) as db, _tuner(paths) as tuning:
        model = models.choice(db, source_of(db, name), settings.generating)
        grade = _examined(tuning, model, show)
        exams.keep(db, model, grade)
    return {"model": name, **_grade_values(grade)}


def _first_grade(
    db: sqlite3.Connection,
    tuning: Calls[TuningCommand],
    model: Installed,
    settings: Settings,
    show: Show,
) -> Grade | None:
    """Examine what was installed; what cannot be examined stays installed, without a grade."""
    if model.kind is not ModelKind.WRITER:
        return None
    choice = models.choice(db, model.source, settings.generating)
    known = exams.grade(db, choice)
    if known:
        return known
    try:
        grade = _examined(tuning, choice, show)
    except RagError:
        return None  # whoever asks it is told why
    exams.keep(db, choice, grade)
    return grade


def _examined(tuning: Calls[TuningCommand], model: ModelChoice, show: Show) -> Grade:
    marks = 0
    for step in tuning.steps(Examine(model)):
        match step:
            case Examining(questions=questions):
                marks += 1
                show(model.source.name, marks, questions)
            case Examined(grade=grade):
                return grade
    raise AssertionError("an exam ends with a grade")  # the protocol, for mypy


def trusted(model: ModelChoice | None) -> bool:
    """Whether what a model writes may stand first: it was examined, and did well."""
    paths, _settings = session.opened()
    with session.looked_at(paths) as db:
        return exams.trusted(db, model)


def connected(limit: int) -> dict[str, Any]:
    """Return the latest connections that were made."""
    paths, _settings = session.opened()
    return {
        "connections": [
            {**asdict(one), "at": one.at.isoformat(timespec="seconds")}
            for one in connection_log.read(paths, limit)
        ]
    }


def choice(name: str) -> ModelChoice:
    """Return how the model of that name or path is loaded."""
    paths, settings = session.opened()
    with session.looked_at(paths) as db:
        return models.choice(db, source_of(db, name), settings.generating)


def source_of(db: sqlite3.Connection, name: str) -> ModelSource:
    """Return the model that is meant by its path, or by the name of an installed one."""
    path = Path(name)
    if path.is_file():
        return LocalModel(path.absolute())
    if path.suffix.casefold() == ".gguf" or len(path.parts) > 1:
        raise ModelMissing(name)
    return models.find(db, name, ModelKind.WRITER).source


@contextmanager
def _hub(paths: Paths) -> Iterator[Calls[DownloadingCommand]]:
    _paths, settings = session.opened()
    with session.downloader(paths, settings) as hub:
        yield hub


@contextmanager
def _tuner(paths: Paths) -> Iterator[Calls[TuningCommand]]:
    with session.tuner(paths) as tuning:
        yield tuning


def _path(paths: Paths, name: str) -> Path | None:
    """Return the file of a model on this machine; `None` if the name may be one of the hub's."""
    with session.looked_at(paths) as db:
        try:
            return source_of(db, name).path
        except (ModelUnknown, ModelMissing):
            if _is_repository(name) or catalogue.find(name):
                return None
            raise


def _is_repository(name: str) -> bool:
    owner, _, model = name.partition("/")
    unlike = name.endswith(".gguf") or name.startswith((".", "~"))
    return bool(owner and model) and "/" not in model and " " not in name and not unlike


def _wanted(hub: Calls[DownloadingCommand], name: str, pattern: str | None) -> Wanted:
    entry = catalogue.find(name)
    kind = entry.kind if entry else ModelKind.WRITER
    repository = entry.repository if entry else name
    found = hub.value(ListFiles(repository, kind))
    return wanted_of(found, kind, pattern or (entry.pattern if entry else PREFERRED))


def _peeked(paths: Paths, name: str, pattern: str) -> ModelFacts:
    with _hub(paths) as hub:
        wanted = _wanted(hub, name, pattern or None)
        first, *others = wanted.parts
        peek = Peek(wanted.repository, wanted.revision, first.name, first.size, tuple(others))
        return hub.value(peek)


def _fetched(hub: Calls[DownloadingCommand], fetch: Fetch, show: Show) -> Fetched | None:
    for step in hub.steps(fetch):
        if isinstance(step, Fetching):
            show(fetch.file, step.done, step.size)
        elif isinstance(step, Fetched):
            return step
    return None


def _grade_of(db: sqlite3.Connection, model: Installed) -> Grade | None:
    if model.kind is not ModelKind.WRITER:
        return None
    return exams.grade(db, ModelChoice(model.source, adapters=model.adapters))


def _grade_values(grade: Grade) -> dict[str, Any]:
    return {**asdict(grade), "questions": grade.questions, "trusted": grade.trusted}


def _values(model: Installed, grade: Grade | None = None) -> dict[str, Any]:
    return {
        "name": model.name,
        "kind": str(model.kind),
        "path": str(model.path),
        "there": model.there,
        "size": model.size,
        "quantization": model.facts.quantization if model.facts else "",
        "parameters": model.facts.parameters if model.facts else 0,
        "licence": model.licence,
        "repository": model.repository,
        "sha256": model.sha256,
        "used": model.used.isoformat(timespec="seconds") if model.used else None,
        "prompt_tps": model.prompt_tps,
        "decode_tps": model.decode_tps,
        "adapters": [{"path": str(one.path), "scale": one.scale} for one in model.adapters],
        "exam": _grade_values(grade) if grade else None,
    }


def _hub_values(model: HubModel) -> dict[str, Any]:
    return asdict(model)


def _fit_values(found: Fit, facts: ModelFacts, machine: Machine) -> dict[str, Any]:
    return {
        "verdict": str(found.verdict),
        "context_tokens": found.context_tokens,
        "memory_gib": round(found.memory / _GIB, 3),
        "tokens_per_second": round(found.tokens_per_second, 2),
        "gpu_layers": found.gpu_layers,
        "layers": facts.layers,
        "parameters": facts.parameters,
        "quantization": facts.quantization,
        "file_gib": round(facts.file_bytes / _GIB, 3),
        "trained_context_tokens": facts.context_tokens,
        "machine": {
            "memory_gib": round(machine.memory / _GIB, 2),
            "free_gib": round(machine.free_memory / _GIB, 2),
            "free_disk_gib": round(machine.free_disk / _GIB, 2),
            "cores": machine.cores,
            "backend": machine.backend,
            "gpus": [asdict(gpu) for gpu in machine.gpus],
        },
    }
