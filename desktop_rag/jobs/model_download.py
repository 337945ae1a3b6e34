"""Getting a model: which file is fetched next, and what there is at the end.

    Fetch ─► Fetch ─► …  then  Inspect ─► Found        sent: what came of each

A generator that only asks, so that the window and the command line get models in
the same way, each with its own processes.
"""

from __future__ import annotations

from collections.abc import Generator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from desktop_rag.domain.errors import HubUnknown, ModelUnusable
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import HubFile, HubListing, ModelFacts, ModelKind
from desktop_rag.library.downloads import Wanted
from desktop_rag.library.models import InstallableModel, place_of
from desktop_rag.workers.commands.downloading import Fetch, Fetched
from desktop_rag.workers.commands.tuning import Inspect

PREFERRED = "*Q4_K_M*"  #: the files that are looked for where nobody says which
_WEIGHTS = "model.safetensors"

Came = Fetched | ModelFacts | None
Getting = Generator[Fetch | Inspect, Came, InstallableModel]


def getting(wanted: Wanted, folder: Path) -> Getting:
    """Get all files of `wanted` into `folder`; return what can be installed then.

    Raises `ModelUnusable` for an adapter, which is not a model by itself.
    """
    fetched: dict[str, str] = {}
    places = [place_of(folder, wanted.repository, part.name) for part in wanted.parts]
    missing = [
        0 if place.exists() else part.size for place, part in zip(places, wanted.parts, strict=True)
    ]
    for at, (part, target) in enumerate(zip(wanted.parts, places, strict=True)):
        came = yield Fetch(
            wanted.repository,
            wanted.revision,
            part.name,
            part.size,
            part.sha256,
            target,
            later=sum(missing[at + 1 :]),
        )
        fetched[part.name] = came.sha256 if isinstance(came, Fetched) else ""
    chief = _chief(wanted)
    facts: Came = None
    place = place_of(folder, wanted.repository)
    if wanted.kind is ModelKind.WRITER:
        place = place_of(folder, wanted.repository, chief.name)
        facts = yield Inspect(place)
        if isinstance(facts, ModelFacts) and facts.base:
            raise ModelUnusable(str(place), Unusable.ADAPTER)
    return InstallableModel(
        kind=wanted.kind,
        path=place,
        name=wanted.name,
        size=sum(part.size for part in wanted.parts),
        repository=wanted.repository,
        sha256=fetched[chief.name],
        licence=wanted.licence or (facts.licence if isinstance(facts, ModelFacts) else ""),
        ours=True,
        facts=facts if isinstance(facts, ModelFacts) else None,
    )


def wanted_of(found: HubListing, kind: ModelKind, pattern: str) -> Wanted:
    """Return what is got of a repository: all of an encoder, or the file like `pattern`.

    Raises `HubUnknown` where no file is like it.
    """
    parts = found.files if kind is not ModelKind.WRITER else _like(found, pattern)
    if not parts:
        raise HubUnknown(found.repository, pattern)
    whole = found.repository.rpartition("/")[2]
    return Wanted(
        kind=kind,
        name=PurePosixPath(parts[0].name).stem if kind is ModelKind.WRITER else whole,
        repository=found.repository,
        revision=found.revision,
        parts=parts,
        licence=found.licence,
    )


def _like(found: HubListing, pattern: str) -> tuple[HubFile, ...]:
    """Return the files of the first model that is like `pattern`, by its name or its path."""
    like = [
        file
        for file in found.files
        if any(
            fnmatch(name.casefold(), pattern.casefold())
            for name in (file.name, PurePosixPath(file.name).name)
        )
    ]
    return min(like, key=lambda file: file.name).files if like else ()


def _chief(wanted: Wanted) -> HubFile:
    """Return the file that a model is known by: its first part, or its weights."""
    if wanted.kind is ModelKind.WRITER:
        return wanted.parts[0]
    weights = [part for part in wanted.parts if part.name == _WEIGHTS]
    return (weights or wanted.parts)[0]
