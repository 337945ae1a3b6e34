"""Getting a model: which file is fetched next, and what there is at the end.

    Fetch ─► Fetch ─► …  then  Inspect or Describe ─► Found        sent: what came of each

A generator that only asks, so that the window and the command line get models in
the same way, each with its own processes.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from desktop_rag.domain.errors import HubUnknown, ModelUnusable
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import HubFile, HubListing, ModelFacts, ModelKind
from desktop_rag.library.download_files import there
from desktop_rag.library.downloads import Download, Wanted
from desktop_rag.library.models import InstallableModel, place_of
from desktop_rag.workers.commands.downloading import Fetch, Fetched, Fetching
from desktop_rag.workers.commands.tuning import Describe, Described, Inspect

PREFERRED = "*Q4_K_M*"  #: the files that are looked for where nobody says which
_WEIGHTS = "model.safetensors"

Came = Fetched | ModelFacts | Described | None
Getting = Generator[Fetch | Inspect | Describe, Came, InstallableModel]


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
    digest = fetched[_chief(wanted).name]
    if wanted.kind is ModelKind.WRITER:
        return (yield from _writer(wanted, folder, digest))
    return (yield from _encoder(wanted, folder, digest))


def _writer(wanted: Wanted, folder: Path, digest: str) -> Getting:
    place = place_of(folder, wanted.repository, wanted.parts[0].name)
    came = yield Inspect(place)
    facts = came if isinstance(came, ModelFacts) else None
    if facts and facts.base:
        raise ModelUnusable(str(place), Unusable.ADAPTER)
    licence = wanted.licence or (facts.licence if facts else "")
    return replace(_installable(wanted, place, digest), licence=licence, facts=facts)


def _encoder(wanted: Wanted, folder: Path, digest: str) -> Getting:
    place = place_of(folder, wanted.repository)
    came = yield Describe(place)
    facts = came.facts if isinstance(came, Described) else None
    known = facts if facts and facts.kind is wanted.kind else None
    return replace(_installable(wanted, place, digest), encoder=known)


def _installable(wanted: Wanted, place: Path, digest: str) -> InstallableModel:
    return InstallableModel(
        kind=wanted.kind,
        path=place,
        name=wanted.name,
        size=sum(part.size for part in wanted.parts),
        repository=wanted.repository,
        sha256=digest,
        licence=wanted.licence,
        ours=True,
    )


class DownloadProgress:
    """How much of a download has come, in bytes, and how fast."""

    def __init__(self, download: Download, folder: Path) -> None:
        self._download = download
        self._folder = folder
        self._done = 0  # of the files that have come
        self._coming = 0  # the size of the one that is coming
        self._later = 0  # what is there of those after it
        self._file = Fetching(0, 0, 0.0)

    @property
    def done(self) -> int:
        """What is there of all files."""
        return self._done + self._file.done + self._later

    @property
    def per_second(self) -> float:
        """Bytes a second, lately."""
        return self._file.per_second

    def begin(self, name: str) -> None:
        """Go on from what is there of this file and of those after it."""
        parts, repository = self._download.parts, self._download.repository
        at = [part.name for part in parts].index(name)
        self._coming = parts[at].size
        self._later = there(self._folder, repository, parts[at + 1 :])
        begun = there(self._folder, repository, [parts[at]])
        self._file = Fetching(begun, self._coming, self.per_second)

    def go_on(self, file: Fetching) -> None:
        """Note how far the present file is."""
        self._file = file

    def end(self) -> None:
        """Note that the present file is whole."""
        self._done += self._coming
        self._file = Fetching(0, 0, self.per_second)


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
