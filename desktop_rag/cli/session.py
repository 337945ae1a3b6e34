"""The data directory and its worker processes, for the time of one command."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from desktop_rag.domain.indexes import Searched
from desktop_rag.library import models
from desktop_rag.library.db.backups import kept
from desktop_rag.library.db.database import open_database, open_for_reading
from desktop_rag.library.disk.lock import owner
from desktop_rag.library.indexes import serving
from desktop_rag.settings import paths as places
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.settings.storage import load
from desktop_rag.workers.commands.downloading import DownloadingCommand
from desktop_rag.workers.commands.generating import GeneratingCommand
from desktop_rag.workers.commands.indexing import IndexingCommand
from desktop_rag.workers.commands.printing import PrintingCommand
from desktop_rag.workers.commands.reading import ReadingCommand
from desktop_rag.workers.commands.searching import SearchingCommand
from desktop_rag.workers.commands.tuning import TuningCommand
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.pipe.targets import Limited, Target, bound
from desktop_rag.workers.processes import (
    downloading,
    generating,
    indexing,
    printing,
    reading,
    searching,
    tuning,
)


def opened() -> tuple[Paths, Settings]:
    """Return where everything is, and the user's settings."""
    paths = places.open_home(places.home())
    return paths, load(paths.settings_file).settings


@contextmanager
def owned(paths: Paths) -> Iterator[sqlite3.Connection]:
    """Own the data directory and give its database, to be written to."""
    with owner(paths), kept(open_database(paths.database), paths.database) as db:
        yield db


@contextmanager
def looked_at(paths: Paths) -> Iterator[sqlite3.Connection]:
    """Give the database, to be read: whoever else has it open is not disturbed."""
    with closing(open_for_reading(paths.database)) as db:
        yield db


def reader(paths: Paths, settings: Settings) -> Target[ReadingCommand]:
    """Return what runs in the reading process."""
    documents = settings.indexing.reading_gib
    return Limited(bound(reading.main, paths.home, documents), reading.most_gib(documents))


def indexer(paths: Paths, settings: Settings) -> Target[IndexingCommand]:
    """Return what runs in the indexing process."""
    return bound(indexing.main, paths.home, settings.indexing.gentle)


def searcher(paths: Paths, settings: Settings) -> Target[SearchingCommand]:
    """Return what runs in the searching process."""
    candidates = settings.retrieval.candidates
    with looked_at(paths) as db:
        chosen = models.encoders(db, settings.retrieval)
        searched = Searched(serving(db), chosen.reranker, chosen.entailment)
    return bound(searching.main, paths.home, candidates, searched)


def downloader(paths: Paths, settings: Settings) -> Calls[DownloadingCommand]:
    """Return the downloading process, not yet started."""
    connecting = bound(downloading.main, paths.home, settings.network)
    return Calls("downloading", Limited(connecting, downloading.MOST_GIB))


def tuner(paths: Paths) -> Calls[TuningCommand]:
    """Return the process that looks at models and changes them, not yet started."""
    return Calls("tuning", bound(tuning.main, paths.home))


def writer(paths: Paths) -> Calls[GeneratingCommand]:
    """Return the generating process, not yet started; what it reads is not kept."""
    return Calls("generating", bound(generating.main, paths.home, 0))


def printer(paths: Paths) -> Calls[PrintingCommand]:
    """Return the printing process, not yet started."""
    most = reading.most_gib(printing.PAPERS_GIB)
    return Calls("printing", Limited(bound(printing.main, paths.home), most))
