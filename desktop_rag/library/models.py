"""Models that are installed: where each one lies, what is known of it, and how it is loaded.

A model that lies in our own folder is `ours`: removing it removes its files. Any
other file stays where its owner keeps it.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import re
import shutil
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NewType

from desktop_rag.domain.errors import EncoderUnusable, ModelUnknown, ModelUnsuited, RagError
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.models import (
    Adapter,
    Encoder,
    EncoderFacts,
    Encoders,
    LocalModel,
    ModelFacts,
    ModelKind,
    ModelSource,
    Stretch,
    Thinking,
)
from desktop_rag.library.db.database import Row, rows, transaction
from desktop_rag.library.db.path_values import path_of, stored_path, stored_text
from desktop_rag.settings import catalogue, embedders
from desktop_rag.settings.catalogue import CatalogueModel
from desktop_rag.settings.schema import Generating, Retrieval

ModelId = NewType("ModelId", int)
MARK = "@"  #: between the name of an embedder and its weights, which may be others one day

_SPOKEN = ("en", "es")  # what an encoder is taken to know of which nothing is known
_UNSAFE = re.compile(r"[^\w.-]+")
_COLUMNS = (
    "id, kind, name, path, size, repository, sha256, licence, ours, facts, added_us, used_us, "
    "prompt_tps, decode_tps, memory, adapters, context_tokens, stretch"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallableModel:
    """A model on the disk that can be installed.

    Of one that writes, its file and its `facts`; of another one, its folder and what that says.
    """

    kind: ModelKind
    path: Path
    name: str
    size: int
    repository: str = ""
    sha256: str = ""
    licence: str = ""
    ours: bool = False
    facts: ModelFacts | None = None
    encoder: EncoderFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed(InstallableModel):
    """A model that can be used, unless its file has gone since.

    The speeds in tokens per second and the memory in bytes are what a benchmark measured here.
    """

    id: ModelId
    added: datetime
    used: datetime | None = None
    prompt_tps: float | None = None
    decode_tps: float | None = None
    memory: int | None = None
    adapters: tuple[Adapter, ...] = ()
    context_tokens: int | None = None
    stretch: Stretch = Stretch.NONE

    @property
    def source(self) -> ModelSource:
        """What answers are written with, if it is a model that writes."""
        return LocalModel(self.path)

    @property
    def there(self) -> bool:
        """Whether its file or folder still exists."""
        return self.path.exists()


def place_of(folder: Path, repository: str, file: str = "") -> Path:
    """Return where a file of a repository belongs, whatever the hub calls the two.

    >>> place_of(Path("models"), "ana/Mini GGUF", "../1_Pooling/config.json").as_posix()
    'models/ana--Mini_GGUF/1_Pooling/config.json'
    """
    return folder.joinpath("--".join(_safe(repository)) or "model", *_safe(file))


def free_place(folder: Path, file: str) -> Path:
    """Return where a file of that name can be kept without touching another one."""
    stem = "--".join(_safe(Path(file).stem)) or "model"
    numbers = itertools.count(2)
    place = place_of(folder, stem, file)
    while place.exists():
        place = place_of(folder, f"{stem}-{next(numbers)}", file)
    return place


def free_folder(folder: Path, name: str) -> Path:
    """Return where a folder of that name can be kept without touching another one."""
    stem = "--".join(_safe(name)) or "model"
    numbers = itertools.count(2)
    place = folder / stem
    while place.exists():
        place = folder / f"{stem}-{next(numbers)}"
    return place


def taken(facts: EncoderFacts, folder: Path, name: str) -> InstallableModel:
    """Return what can be installed of a folder that was copied into our own."""
    return InstallableModel(
        kind=facts.kind,
        path=folder,
        name=name,
        size=facts.size,
        sha256=facts.weights,
        licence=facts.licence,
        ours=True,
        encoder=facts,
    )


def add(db: sqlite3.Connection, found: InstallableModel) -> Installed:
    """Install a model, or learn anew what is known of one that is installed."""
    with transaction(db):
        place = stored_path(found.path)
        known = rows(db, "SELECT id, name FROM models WHERE path = ?", place)
        name = known[0][1] if known else _free_name(db, found.name)
        said = found.facts or found.encoder
        facts = json.dumps(asdict(said)) if said else None
        texts = [stored_text(text) for text in (found.repository, found.sha256, found.licence)]
        values = (str(found.kind), name, place, found.size, *texts, int(found.ours), facts)
        db.execute(
            """
            INSERT INTO models
                (kind, name, path, size, repository, sha256, licence, ours, facts, added_us)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (path) DO UPDATE SET
                kind = excluded.kind, size = excluded.size, repository = excluded.repository,
                sha256 = excluded.sha256, licence = excluded.licence, ours = excluded.ours,
                facts = excluded.facts
            """,
            (*values, time.time_ns() // 1000),
        )
        (row,) = rows(db, f"SELECT {_COLUMNS} FROM models WHERE path = ?", place)  # noqa: S608
        return _installed(row)


def listing(db: sqlite3.Connection, kind: ModelKind | None = None) -> list[Installed]:
    """Return what is installed, what was used last first."""
    found = rows(
        db,
        f"SELECT {_COLUMNS} FROM models ORDER BY coalesce(used_us, added_us) DESC, id DESC",  # noqa: S608
    )
    return [one for one in map(_installed, found) if kind is None or one.kind is kind]


def at(db: sqlite3.Connection, source: ModelSource) -> Installed | None:
    """Return the model that is meant, if it is installed."""
    place = stored_path(source.path)
    found = rows(db, f"SELECT {_COLUMNS} FROM models WHERE path = ?", place)  # noqa: S608
    return _installed(found[0]) if found else None


def find(db: sqlite3.Connection, name: str, kind: ModelKind | None = None) -> Installed:
    """Return the model of that name, in any case; `ModelUnknown` names the known ones."""
    known = listing(db, kind)
    for one in known:
        if one.name.casefold() == name.casefold():
            return one
    raise ModelUnknown(name, tuple(sorted(one.name for one in known)))


def note_use(db: sqlite3.Connection, model: ModelId) -> None:
    """Remember that a model was used now."""
    with transaction(db):
        db.execute("UPDATE models SET used_us = ? WHERE id = ?", (time.time_ns() // 1000, model))


def set_speed(
    db: sqlite3.Connection, model: ModelId, prompt_tps: float, decode_tps: float, memory: int
) -> None:
    """Remember what a benchmark measured: tokens per second, and bytes."""
    with transaction(db):
        db.execute(
            "UPDATE models SET prompt_tps = ?, decode_tps = ?, memory = ? WHERE id = ?",
            (prompt_tps, decode_tps, memory, model),
        )


def set_adapters(db: sqlite3.Connection, model: ModelId, adapters: Sequence[Adapter]) -> None:
    """Load a model with these adapters from now on."""
    kept = json.dumps([{"path": str(one.path), "scale": one.scale} for one in adapters])
    with transaction(db):
        db.execute("UPDATE models SET adapters = ? WHERE id = ?", (stored_text(kept), model))


def set_context(
    db: sqlite3.Connection, model: ModelId, tokens: int | None, stretch: Stretch
) -> None:
    """Load a model with a context of its own from now on; `None` is what the settings say."""
    with transaction(db):
        db.execute(
            "UPDATE models SET context_tokens = ?, stretch = ? WHERE id = ?",
            (tokens, str(stretch), model),
        )


def remove(db: sqlite3.Connection, model: Installed) -> None:
    """Forget a model; the files of one that is `ours` are removed, and nobody else's.

    Raises `OSError` where the system refuses, and has forgotten nothing then.
    """
    if model.ours and model.path.is_dir():
        shutil.rmtree(model.path)
    elif model.ours:
        for part in parts_of(model.path):
            part.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # it holds something else
            model.path.parent.rmdir()
    with transaction(db):
        db.execute("DELETE FROM models WHERE id = ?", (model.id,))


def choice(db: sqlite3.Connection, source: ModelSource, how: Generating) -> ModelChoice:
    """Return how a model is loaded: as the settings say, and as it was set itself."""
    plain = ModelChoice(
        source,
        how.context_tokens,
        how.threads or None,
        None if how.gpu_layers < 0 else how.gpu_layers,
        thinking=how.thinking,
    )
    model = at(db, source)
    if model is None:
        return plain
    return replace(
        plain,
        context_tokens=model.context_tokens or how.context_tokens,
        adapters=model.adapters,
        stretch=model.stretch,
    )


def encoders(db: sqlite3.Connection, how: Retrieval) -> Encoders:
    """Return what searching, checking and indexing use; what else is not there is left out.

    An embedder may be an installed one or one that comes along, by name. Where none is named, or
    what is named is not there, it is the one that has indexed something already, or else
    everybody's: no index is given up for what nobody chose.
    """
    reranker = _there(db, how.reranker, ModelKind.RERANKER)
    entailment = _there(db, how.entailment, ModelKind.ENTAILMENT)
    if not how.embedder or not embedder_there(db, how.embedder):
        return Encoders(_kept(db), reranker, entailment, missing=how.embedder)
    return Encoders(_named(db, how.embedder), reranker, entailment)


def suited(db: sqlite3.Connection, name: str, kind: ModelKind) -> Installed:
    """Return the installed model of that name, in any case, that is of a `kind` and there.

    Raises `ModelUnsuited` where it is of another kind, `EncoderUnusable` where its files are gone,
    and `ModelUnknown`, which names those of its kind.
    """
    other = next((one for one in listing(db) if one.name.casefold() == name.casefold()), None)
    if other is not None and other.kind is not kind:
        raise ModelUnsuited(other.name, other.kind, kind)
    found = find(db, name, kind)
    if not found.there:
        raise EncoderUnusable(found.name, str(found.path))
    return found


def unsuited(db: sqlite3.Connection, how: Retrieval) -> RagError | None:
    """Return what is wrong with the reranker or entailment model that was chosen, if anything."""
    for kind, name in (
        (ModelKind.RERANKER, how.reranker),
        (ModelKind.ENTAILMENT, how.entailment),
    ):
        try:
            if name:
                suited(db, name, kind)
        except RagError as error:
            return error
    return None


def _there(db: sqlite3.Connection, name: str, kind: ModelKind) -> Encoder | None:
    found = (one for one in listing(db, kind) if one.there)
    return next((_encoder(one) for one in found if one.name.casefold() == name.casefold()), None)


def embedder_there(db: sqlite3.Connection, name: str) -> bool:
    """Whether there is an embedder of that name, in any case, and its files are where they were."""
    ours = embedders.find(name)
    return _installed_embedder(db, name) is not None or bool(ours and ours.there)


def embedder_names(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of the embedders that can be used, those that come along first."""
    installed = [one.name for one in listing(db, ModelKind.EMBEDDER) if one.there]
    return (*(one.name for one in embedders.bundled()), *sorted(installed, key=str.casefold))


def usable(encoder: Encoder | None) -> bool:
    """Whether the files of an index's embedder are there; what is in them is seen when loading."""
    ours = embedders.of(encoder)
    if ours is not None:
        return ours.there
    return encoder is not None and encoder.folder.is_dir() and bool(encoder.folder.name)


def _installed_embedder(db: sqlite3.Connection, name: str) -> Installed | None:
    known = (one for one in listing(db, ModelKind.EMBEDDER) if one.there)
    return next((one for one in known if one.name.casefold() == name.casefold()), None)


def _named(db: sqlite3.Connection, name: str) -> Encoder | None:
    installed = _installed_embedder(db, name)
    if installed is not None:
        return _encoder(installed)
    ours = embedders.find(name)
    return ours.encoder if ours else None


def _kept(db: sqlite3.Connection) -> Encoder | None:
    """Return what embeds where nobody chose: who has an index keeps its embedder, there or not."""
    found = rows(
        db,
        """
        SELECT embedder FROM indexes
        WHERE state = 'serving' AND EXISTS (SELECT 1 FROM documents WHERE chunks > 0)
        """,
    )
    for (stored,) in found:
        name, _, weights = stored.rpartition(MARK)
        return encoder_of(db, name, weights) if stored else None
    return embedders.default().encoder


def encoder_of(db: sqlite3.Connection, name: str, weights: str) -> Encoder:
    """Return the embedder with these weights; without a folder where it is not installed."""
    ours = embedders.find(name)
    if ours and ours.encoder and ours.weights == weights:
        return ours.encoder
    for one in listing(db, ModelKind.EMBEDDER):
        if one.name == name and one.sha256 == weights:
            return _encoder(one)
    return Encoder(name, Path(), weights, frozenset())


def _encoder(found: Installed) -> Encoder:
    query, passage = _prefixes(found)
    return Encoder(
        name=found.name,
        folder=found.path,
        weights=found.sha256,
        languages=frozenset(languages_of(found) or _SPOKEN),
        query_prefix=query,
        passage_prefix=passage,
    )


def languages_of(model: Installed) -> tuple[str, ...]:
    """Return the languages that an encoder says it knows, or else the catalogue; in ISO 639-1."""
    said = model.encoder.languages if model.encoder else ()
    known = _known(model)
    return said or (known.languages if known else ())


def _prefixes(found: Installed) -> tuple[str, str]:
    """Return what a folder says of what is put before a text, or else the catalogue."""
    said = found.encoder
    if said is not None and said.query_prefix is not None:
        return said.query_prefix, said.passage_prefix or ""
    known = _known(found)
    return (known.query_prefix, known.passage_prefix) if known else ("", "")


def _known(model: Installed) -> CatalogueModel | None:
    """Return what the catalogue has of a model, by its repository, or else by its name."""
    known = catalogue.find(model.repository or model.name)
    return known if known and known.kind is model.kind else None


def sweep(folder: Path) -> None:
    """Remove what a copy or a smaller model left behind that was broken off.

    An unfinished download has a note beside it, and stays.
    """
    for part in [*folder.rglob("*.part")]:
        if not part.with_name(f"{part.name}.json").exists():
            with contextlib.suppress(OSError):
                shutil.rmtree(part) if part.is_dir() else part.unlink()


def parts_of(path: Path) -> list[Path]:
    """Return the files of a model, which may have been split: `-00001-of-00003.gguf`."""
    split = re.fullmatch(r"(.*-)00001(-of-(\d{5})\.gguf)", path.name, re.IGNORECASE)
    if not split:
        return [path]
    start, end, count = split.groups()
    return [path.with_name(f"{start}{n:05}{end}") for n in range(1, int(count) + 1)]


def _safe(name: str) -> list[str]:
    """Return the segments of a name without anything that a path gives a meaning to."""
    segments = [_UNSAFE.sub("_", part).lstrip(".") for part in re.split(r"[/\\]+", name)]
    return [part for part in segments if part]


def _free_name(db: sqlite3.Connection, wanted: str) -> str:
    taken = {name.casefold() for (name,) in rows(db, "SELECT name FROM models")}
    taken |= {one.name for one in embedders.bundled()}
    wanted = stored_text(wanted).strip() or "model"
    names = (wanted if n == 1 else f"{wanted} ({n})" for n in range(1, len(taken) + 2))
    return next(name for name in names if name.casefold() not in taken)


def _installed(row: Row) -> Installed:
    id_, kind, name, path, size, repository, sha256, licence, ours, facts, *others = row
    added, used, prompt_tps, decode_tps, memory, adapters, context_tokens, stretch = others
    return Installed(
        id=ModelId(id_),
        kind=ModelKind(kind),
        name=name,
        path=path_of(path),
        size=size,
        repository=repository,
        sha256=sha256,
        licence=licence,
        ours=bool(ours),
        facts=_facts(facts) if kind == ModelKind.WRITER else None,
        encoder=_encoder_facts(facts) if kind != ModelKind.WRITER else None,
        added=_moment(added),
        used=None if used is None else _moment(used),
        prompt_tps=prompt_tps,
        decode_tps=decode_tps,
        memory=memory,
        adapters=tuple(Adapter(Path(one["path"]), one["scale"]) for one in json.loads(adapters)),
        context_tokens=context_tokens,
        stretch=Stretch(stretch),
    )


def _encoder_facts(stored: str | None) -> EncoderFacts | None:
    """Return what a folder said as it was stored; older versions stored nothing."""
    try:
        kept: dict[str, Any] = json.loads(stored or "")
        tuples = {"kind": ModelKind(kept["kind"]), "languages": tuple(kept["languages"])}
        return EncoderFacts(**(kept | tuples))
    except (KeyError, TypeError, ValueError):
        return None


def _facts(stored: str | None) -> ModelFacts | None:
    """Return facts as they were stored; none where another version wrote others."""
    try:
        kept: dict[str, Any] = json.loads(stored or "")
        tuples = {name: tuple(value) for name, value in kept.items() if isinstance(value, list)}
        tuples["weights"] = tuple((kind, size) for kind, size in kept["weights"])
        return ModelFacts(**(kept | tuples | {"thinking": Thinking(kept["thinking"])}))
    except (KeyError, TypeError, ValueError):
        return None


def _moment(microseconds: int) -> datetime:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)
