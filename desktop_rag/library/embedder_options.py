"""Which embedders there are to choose from, and what choosing each one costs.

bundled, installed ─┐
of the catalogue  ──┴─► EmbedderOption ── measured, or guessed ─► passages a second, minutes
"""

from __future__ import annotations

import difflib
import math
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_rag.domain.errors import EmbedderUnknown, EncoderUnusable
from desktop_rag.domain.models import Encoder, ModelKind
from desktop_rag.library import indexes, models, remembered
from desktop_rag.library.models import Installed
from desktop_rag.settings import catalogue, embedders
from desktop_rag.settings.embedders import BundledEmbedder
from desktop_rag.settings.schema import Retrieval

_USUAL_RATE = 25.0  # passages a second, of the English one on a machine that has not embedded much
_USUAL_WIDTH = 384  # of the vectors of both that come along
_INSTALLED_EFFORT = 2.0  # of one as wide: like the multilingual one, it mostly has twelve layers


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedderOption:
    """An embedder, whether it is `there` or can be got; `languages` in ISO 639-1, `size` in bytes.

    `chunks_per_second` was measured here or is guessed, and `minutes` are what an index of all
    documents takes with it. One that is `ours` comes along. It may have indexed what is searched
    now (`serves`) or what will be (`building`); `chosen` is what the settings name.
    """

    name: str
    chunks_per_second: float
    minutes: int
    languages: tuple[str, ...] = ()
    size: int = 0
    ours: bool = False
    there: bool = True
    serves: bool = False
    building: bool = False
    chosen: bool = False


def options(db: sqlite3.Connection, how: Retrieval) -> list[EmbedderOption]:
    """Return all that can be chosen, those that come along first, and then what can be got."""
    listed = _Listing(db, how)
    installed = models.listing(db, ModelKind.EMBEDDER)
    found = [listed.bundled(one) for one in embedders.known()]
    found += [listed.installed(one) for one in sorted(installed, key=lambda one: one.name)]
    serving = serving_encoder(db, how)
    if serving and not any(one.serves for one in found):
        found.append(listed.lost(serving))
    return [*found, *listed.offered({one.name for one in found}, installed)]


def serving_encoder(db: sqlite3.Connection, how: Retrieval) -> Encoder | None:
    """Return the embedder of what is searched, or will be where nothing was indexed yet."""
    if indexes.cost(db).documents:
        return indexes.serving(db).encoder
    return models.encoders(db, how).embedder


def chunks_per_second(db: sqlite3.Connection, name: str, effort: float = 1.0) -> float:
    """Return how many passages a second an embedder takes here, measured or else guessed.

    `effort` is how much longer it takes than the English one.
    """
    own = remembered.embedding_rate(db, name)
    if own:
        return own
    for other in embedders.known():
        rate = remembered.embedding_rate(db, other.name)
        if rate:
            return rate * other.effort / effort
    return _USUAL_RATE / effort


def minutes(db: sqlite3.Connection, rate: float) -> int:
    """Return about how long an index of all documents takes at so many passages a second."""
    return math.ceil(indexes.cost(db).chunks / max(rate, 0.1) / 60)


def effort_of(db: sqlite3.Connection, encoder: Encoder | None) -> float:
    """Return how much longer an embedder takes than the English one, as far as one can tell."""
    ours = embedders.of(encoder)
    if ours is not None:
        return ours.effort
    known = models.listing(db, ModelKind.EMBEDDER)
    name = embedders.name_of(encoder)
    return next((_effort(one) for one in known if one.name == name), _INSTALLED_EFFORT)


def named(db: sqlite3.Connection, name: str) -> str:
    """Return an embedder's name as it is written, in whatever case it was typed.

    Raises `EncoderUnusable` for one that was installed and whose files are gone, and
    `EmbedderUnknown`, which suggests the one that is nearest, or where it can be got.
    """
    known = models.embedder_names(db)
    for one in known:
        if one.casefold() == name.casefold():
            return one
    for lost in models.listing(db, ModelKind.EMBEDDER):
        if lost.name.casefold() == name.casefold():
            raise EncoderUnusable(lost.name, str(lost.path))
    near = _nearest(name, known)
    entry = catalogue.find(name)
    key = entry.key if entry and entry.kind is ModelKind.EMBEDDER else ""
    if not (near or key):
        offered = (one for one in catalogue.load() if one.kind is ModelKind.EMBEDDER)
        key = _nearest(name, [one.key for one in offered])
    raise EmbedderUnknown(name, "" if key else near, key, known)


def _nearest(name: str, known: Sequence[str]) -> str:
    folded = {one.casefold(): one for one in known}
    found = difflib.get_close_matches(name.casefold(), folded, n=1)
    return folded[found[0]] if found else ""


@dataclass(frozen=True, slots=True)
class _Listing:
    """Makes options of what is known from several places."""

    db: sqlite3.Connection
    how: Retrieval

    def bundled(self, one: BundledEmbedder) -> EmbedderOption:
        size = _bytes_in(one.folder) if one.there else 0
        option = self._option(one.encoder, one.name, one.effort)
        return replace(option, languages=tuple(sorted(one.languages)), size=size, ours=True)

    def installed(self, one: Installed) -> EmbedderOption:
        encoder = Encoder(one.name, one.path, one.sha256, frozenset())
        option = self._option(encoder, one.name, _effort(one))
        return replace(option, languages=models.languages_of(one), size=one.size)

    def lost(self, encoder: Encoder) -> EmbedderOption:
        return self._option(encoder, encoder.name, _INSTALLED_EFFORT)

    def offered(self, names: set[str], installed: list[Installed]) -> Iterator[EmbedderOption]:
        """Yield those of the catalogue that are not listed yet."""
        got = {one.repository for one in installed}
        for entry in catalogue.load():
            fresh = entry.key not in names and entry.repository not in got
            if entry.kind is ModelKind.EMBEDDER and fresh:
                effort = _INSTALLED_EFFORT * (entry.dimension / _USUAL_WIDTH) ** 2
                rate = chunks_per_second(self.db, entry.key, effort)
                yield EmbedderOption(
                    name=entry.key,
                    languages=entry.languages,
                    size=entry.about_bytes,
                    chunks_per_second=rate,
                    minutes=minutes(self.db, rate),
                    there=False,
                )

    def _option(self, encoder: Encoder | None, name: str, effort: float) -> EmbedderOption:
        rate = chunks_per_second(self.db, name, effort)
        building = indexes.building(self.db)
        return EmbedderOption(
            name=name,
            chunks_per_second=rate,
            minutes=minutes(self.db, rate),
            there=models.usable(encoder),
            serves=_same(serving_encoder(self.db, self.how), encoder),
            building=building is not None and _same(building.encoder, encoder),
            chosen=self.how.embedder.casefold() == name.casefold(),
        )


def _same(one: Encoder | None, other: Encoder | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.name, one.weights) == (other.name, other.weights)


def _effort(one: Installed) -> float:
    known = catalogue.find(one.repository or one.name)
    width = one.encoder.dimension if one.encoder else known.dimension if known else 0
    return _INSTALLED_EFFORT * ((width or _USUAL_WIDTH) / _USUAL_WIDTH) ** 2


def _bytes_in(folder: Path) -> int:
    try:
        return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    except OSError:
        return 0
