"""How fast chunks get their vectors while a library is indexed, beside the bare embedder.

Run by hand:

    python -m tests.benchmarks.embedding ../shared/data/qa/azure_northwind

Indexes the PDFs of a folder with the real processes, and counts chunks from the moment the first
are to be embedded until the last have their vector. Then the same texts are given to the same
embedder, with the same precision, batches and threads, in one call and nothing around it.
Identical text counts once in both.
"""

from __future__ import annotations

import argparse
import functools
import os
import tempfile
import time
from contextlib import closing
from pathlib import Path

from desktop_rag.ingest.indexer import embedded_form
from desktop_rag.jobs.indexing.coordinator import Coordinator
from desktop_rag.jobs.indexing.processes import IndexingProcesses
from desktop_rag.jobs.indexing.queue import Batch, Queue
from desktop_rag.jobs.indexing.state import IndexingState
from desktop_rag.library import indexes, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Indexing
from desktop_rag.workers.commands.indexing import Embed
from desktop_rag.workers.pipe.calls import Mailbox
from desktop_rag.workers.pipe.protocol import Finished
from desktop_rag.workers.processes import indexing, reading
from tests.benchmarks import program


def indexed(home: Path, folder: Path) -> float:
    """Index a folder, and return how many chunks a second got their vector.

    The first job, which waits for the embedder to load, does not count.
    """
    paths, box, how = open_home(home), Mailbox(), Indexing(recognition=False)
    began: list[tuple[float, int]] = []  # each job, and how many chunks were done before it
    ended = 0.0
    with closing(open_database(paths.database)) as db:
        reader = functools.partial(reading.main, home, how.reading_gib)
        worker = box.worker("indexing", functools.partial(indexing.main, home, False))
        submit = worker.submit

        def watched(command: object) -> int:
            if isinstance(command, Embed):
                began.append((time.perf_counter(), coordinator.pace().chunks))
            return submit(command)

        worker.submit = watched  # type: ignore[method-assign]
        processes = IndexingProcesses(box.worker("reading", reader), worker)
        coordinator = Coordinator(
            IndexingState(db, paths, how, indexes.serving(db), Queue()), processes
        )
        coordinator.begin([Batch(libraries.ensure(db, "benchmark"), (folder,))])
        chunks = -1
        try:
            while not coordinator.done:
                letter = box.take(0.1)
                if letter:
                    embeds = len(began)
                    coordinator.take(letter)
                    done = isinstance(letter.reply, Finished) and letter.sender == worker.name
                    if done and embeds and coordinator.pace().chunks > chunks:
                        chunks, ended = coordinator.pace().chunks, time.perf_counter()
        finally:
            processes.stop()
    start, before = began[1]
    return (chunks - before) / (ended - start)


def texts_of(home: Path) -> list[str]:
    """Return what was embedded, each text once."""
    from desktop_rag.engines.encoders import encoders
    from desktop_rag.engines.store import chunk_table

    choice = encoders.default_embedder()
    name = chunk_table.table_name(1, choice.name, choice.dimension)
    table = chunk_table.Table(open_home(home).vectors_folder, name, choice.dimension)
    found = table._table.search().select(["text"]).limit(1 << 30).to_arrow()["text"].to_pylist()
    return list(dict.fromkeys(map(embedded_form, found)))


def bare(texts: list[str]) -> float:
    """Return the seconds that the embedder takes for them."""
    from desktop_rag.engines.encoders import encoders

    embedder = encoders.document_embedder(encoders.default_embedder())
    embedder.embed(texts[:64])
    started = time.perf_counter()
    embedder.embed(texts)
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    about = program.circumstances()
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as place:
        home = Path(place, "home")
        ours = indexed(home, given.folder)
        texts = texts_of(home)
        alone = bare(texts)
    theirs = len(texts) / alone
    program.emit(
        {
            "benchmark": "embedding",
            **about,
            "chunks": len(texts),
            "indexing_chunks_a_second": round(ours, 1),
            "bare_chunks_a_second": round(theirs, 1),
            "ratio": round(ours / theirs, 3),
        }
    )


if __name__ == "__main__":
    main()
