"""How fast chunks get their vectors while a library is indexed, beside the bare embedder.

Run by hand, for each embedder that comes with the program:

    python -m tests.benchmarks.embedding ../shared/data/qa/azure_northwind --embedder NAME
    python -m tests.benchmarks.embedding ../shared/data/qa/azure_northwind --alone

Indexes the PDFs of a folder with the real processes, and counts chunks from the moment the first
are to be embedded until the last have their vector. Then the same texts are given to the same
embedder, with the same precision, batches and threads, in one call and nothing around it.
Identical text counts once in both.

With `--alone`, passages of 80 words are given to each of them in turn, in each precision: tokens a
second, questions one by one when warm, cosines to float32, and what the files take. Processor time
stands beside time on the clock, for other work on the machine slows only the latter.
"""

from __future__ import annotations

import argparse
import functools
import os
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_rag.ingest.indexer import embedded_form
from desktop_rag.jobs.indexing.coordinator import Coordinator
from desktop_rag.jobs.indexing.processes import IndexingProcesses
from desktop_rag.jobs.indexing.queue import Batch, Queue
from desktop_rag.jobs.indexing.state import IndexingState
from desktop_rag.library import indexes, libraries, models
from desktop_rag.library.db.database import open_database
from desktop_rag.settings import embedders
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Indexing, Retrieval
from desktop_rag.workers.commands.indexing import Embed
from desktop_rag.workers.pipe.calls import Mailbox
from desktop_rag.workers.pipe.protocol import Finished
from desktop_rag.workers.processes import indexing, reading
from tests.benchmarks import program

if TYPE_CHECKING:
    from desktop_rag.engines.encoders.encoders import EmbedderChoice, TorchEmbedder
    from desktop_rag.engines.encoders.precision import Precision

_WORDS, _PASSAGES = 80, 400
_ASKED = 14  # words of a question


def indexed(home: Path, folder: Path, embedder: str) -> float:
    """Index a folder, and return how many chunks a second got their vector.

    The first job, which waits for the embedder to load, does not count.
    """
    paths, box, how = open_home(home), Mailbox(), Indexing(recognition=False)
    began: list[tuple[float, int]] = []  # each job, and how many chunks were done before it
    ended = 0.0
    with closing(open_database(paths.database)) as db:
        chosen = models.encoders(db, Retrieval(embedder=embedder))
        indexes.want(db, chosen.embedder, how.chunk_tokens)
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


def texts_of(home: Path, choice: EmbedderChoice) -> list[str]:
    """Return what was embedded, each text once."""
    from desktop_rag.engines.store import chunk_table

    paths = open_home(home)
    with closing(open_database(paths.database)) as db:
        name = chunk_table.table_name(indexes.serving(db).id, choice.name, choice.dimension)
    table = chunk_table.Table(paths.vectors_folder, name, choice.dimension)
    found = table._table.search().select(["text"]).limit(1 << 30).to_arrow()["text"].to_pylist()
    return list(dict.fromkeys(map(embedded_form, found)))


def bare(texts: list[str], choice: EmbedderChoice) -> float:
    """Return the seconds that the embedder takes for them."""
    from desktop_rag.engines.encoders import encoders

    embedder = encoders.document_embedder(choice)
    embedder.embed(texts[:64])
    started = time.perf_counter()
    embedder.embed(texts)
    return time.perf_counter() - started


def passages(folder: Path) -> list[str]:
    """Return passages of 80 words, from all over the PDFs of a folder."""
    import pymupdf

    found: list[str] = []
    for path in sorted(folder.rglob("*.pdf")):
        with pymupdf.open(path) as document:
            words = " ".join(page.get_text() for page in document).split()
        found += [" ".join(words[at : at + _WORDS]) for at in range(0, len(words), _WORDS)]
    return found[:: max(1, len(found) // _PASSAGES)][:_PASSAGES]


def alone(choice: EmbedderChoice, precision: Precision, texts: list[str]) -> dict[str, object]:
    """Return how fast an embedder is by itself, and the vectors that it gives."""
    from desktop_rag.engines.encoders import encoders

    started = time.perf_counter()
    embedder = encoders.TorchEmbedder(choice, precision)
    loaded = time.perf_counter() - started
    whole = embedder._model.prepared([choice.passage_prefix + text for text in texts])
    embedder.embed(texts[:64])
    clock, processor = time.perf_counter(), time.process_time()
    vectors = embedder.embed(texts)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    asked = [" ".join(text.split()[:_ASKED]) for text in texts[:50]]
    waits = [(_timed(embedder, question)) for question in asked]
    return {
        "embedder": choice.name,
        "precision": str(precision),
        "load_seconds": round(loaded, 2),
        "tokens_a_text": round(len(whole.ids) / len(texts), 1),
        "tokens_a_second": round(len(whole.ids) / clock),
        "tokens_a_processor_second": round(len(whole.ids) / processor),
        "question_ms": round(1000 * statistics.median(wait for wait, _ in waits), 1),
        "question_processor_ms": round(1000 * statistics.median(took for _, took in waits), 1),
        "vectors": vectors,
    }


def _timed(embedder: TorchEmbedder, question: str) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    embedder.embed_question(question)
    return time.perf_counter() - clock, time.process_time() - processor


def measure_alone(folder: Path) -> None:
    """Print how fast each embedder is in each precision, and what that loses."""
    from desktop_rag.engines.encoders import encoders
    from desktop_rag.engines.encoders.precision import Precision

    texts = passages(folder)
    for choice in encoders.bundled_embedders():
        size = sum(file.stat().st_size for file in choice.folder.rglob("*") if file.is_file())
        exact = None
        for precision in Precision:
            found = alone(choice, precision, texts)
            vectors = found.pop("vectors")
            exact = vectors if exact is None else exact
            cosines = (exact * vectors).sum(1)
            found |= {"texts": len(texts), "cosine_least": round(float(cosines.min()), 5)}
            found |= {"cosine_mean": round(float(cosines.mean()), 5), "size_mb": size // 10**6}
            program.emit({"benchmark": "embedding alone", **program.circumstances(), **found})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--embedder", default=embedders.default().name)
    parser.add_argument("--alone", action="store_true")
    given = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    if given.alone:
        measure_alone(given.folder)
    else:
        measure_beside(given.folder, given.embedder)


def measure_beside(folder: Path, embedder: str) -> None:
    """Print how fast an embedder is while a folder is indexed, and alone with the same texts."""
    from desktop_rag.engines.encoders import encoders

    (choice,) = [one for one in encoders.bundled_embedders() if one.name == embedder]
    about = program.circumstances()
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as place:
        home = Path(place, "home")
        ours = indexed(home, folder, embedder)
        texts = texts_of(home, choice)
        seconds = bare(texts, choice)
    theirs = len(texts) / seconds
    program.emit(
        {
            "benchmark": "embedding",
            **about,
            "embedder": embedder,
            "chunks": len(texts),
            "indexing_chunks_a_second": round(ours, 1),
            "bare_chunks_a_second": round(theirs, 1),
            "ratio": round(ours / theirs, 3),
        }
    )


if __name__ == "__main__":
    main()
