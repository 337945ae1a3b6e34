"""How fast and how truly 100,000 passages are searched.

Run by hand. The first run reads the PDFs and embeds their sentences, some 20
minutes on two processors; what is done is kept in --home, also after Ctrl+C:

    python -m tests.benchmarks.searching --data ../shared/data/qa \\
        --home /tmp/desktop-rag-100k

Whether an index pays and how it is best made, for the constants in
`engines/store/chunk_table.py`, with tables of their own:

    python -m tests.benchmarks.searching --data ../shared/data/qa \\
        --home /tmp/desktop-rag-100k --sweep

`search` are the seconds that the searching process reports, with the query's
embedding in them; `round_trip` is what the caller waits. `vector` is the
vector half alone: the table as the program asks it, an exact scan by LanceDB
of the same table, taking turns, and recall@10 against numpy. `within` searches
one document: an index that looks at few lists may miss what is in others.
"""

from __future__ import annotations

import argparse
import functools
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks import program
from tests.benchmarks.corpus import LIBRARY, Corpus, corpus, embedded, store

_QUESTIONS = 500
_NEAREST = 10
_WARM_UP = 5
_SWEPT_ROWS = (10_000, 20_000, 30_000, 50_000, 100_000)
_SWEPT_LISTS = (64, 128, 256, 512)
_SWEPT_PROBES = (8, 16, 32, 64)
_TIE = 1e-5  # of a cosine; float32 and its order of adding give no more

Query = Callable[[np.ndarray], Any]


def questions_of(qa: Path, count: int) -> list[dict[str, Any]]:
    """Return real questions, evenly from all sets."""
    rows = [json.loads(line) for line in qa.read_text("utf-8").splitlines() if line.strip()]
    count = min(count, len(rows))
    return [rows[at * len(rows) // count] for at in range(count)]


# The whole search


def searched(made: Corpus, questions: Sequence[str], limit: int) -> dict[str, Any]:
    """Ask the real searching process, one question after another."""
    from desktop_rag.domain.indexes import Index, Searched
    from desktop_rag.settings.schema import Settings
    from desktop_rag.workers.commands.searching import Search
    from desktop_rag.workers.pipe.calls import Calls
    from desktop_rag.workers.processes import searching

    candidates = Settings().retrieval.candidates
    target = functools.partial(
        searching.main, made.paths.home, candidates, Searched(Index(1, None, 110))
    )
    inside, outside = [], []
    with Calls("searching", target) as calls:
        for question in [*questions[:_WARM_UP], *questions]:
            started = time.perf_counter()
            done = calls.value(Search(question, LIBRARY, limit=limit))
            outside.append(time.perf_counter() - started)
            inside.append(done.seconds)
            assert done.hits
    return {
        "first_ms": round(inside[0] * 1000, 1),
        "search": spread(inside[_WARM_UP:]),
        "round_trip": spread(outside[_WARM_UP:]),
    }


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Return percentiles in milliseconds."""
    return {f"p{at}_ms": round(program.quantile(seconds, at) * 1000, 2) for at in (50, 95)}


# The vector half


def compared(made: Corpus, vectors: np.ndarray, probes: Sequence[int]) -> dict[str, Any]:
    """Time the table as the program asks it beside an exact scan and other numbers of probes."""
    table = store(made.paths)
    inner = table._table
    ways: dict[str, Query] = {
        "as_the_program_asks": lambda vector: table.by_vector(vector, None, 100),
        "exact_scan": lambda vector: _rows(_asked(inner, vector).bypass_vector_index()),
    }
    for count in probes:
        ways[f"probes_{count}"] = functools.partial(_probed, inner, count)
    figures = {name: spread(seconds) for name, seconds in _alternated(ways, vectors).items()}
    exact = [_nearest(made.vectors, vector) for vector in vectors]
    places = {key: at for at, key in enumerate(made.keys)}
    for name, way in ways.items():
        found = [_places(table, way(vector), places) for vector in vectors]
        figures[name]["recall_at_10"] = _recall(made.vectors, vectors, found, exact)
    indexes = [index.name for index in inner.list_indices() if "vector" in index.columns]
    return {"ann_index": indexes, **figures}


def _probed(table: Any, probes: int, vector: np.ndarray) -> list[int]:
    return _rows(_asked(table, vector).nprobes(probes))


def _asked(table: Any, vector: np.ndarray, limit: int = 100) -> Any:
    """Ask as `Table.by_vector` does, whatever it may do about the index."""
    query = table.search(vector, vector_column_name="vector", query_type="vector")
    return query.distance_type("dot").limit(limit).select(["_distance"]).with_row_id(True)


def _rows(query: Any) -> list[int]:
    return list(query.to_arrow()["_rowid"].to_pylist())


def _alternated(ways: dict[str, Query], vectors: np.ndarray) -> dict[str, list[float]]:
    """Ask every question in every way, one way after the other."""
    for way in ways.values():
        way(vectors[0])
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for vector in vectors:
        for name, way in ways.items():
            started = time.perf_counter()
            way(vector)
            seconds[name].append(time.perf_counter() - started)
    return seconds


def _places(table: Any, rows: Iterable[int], places: dict[tuple[str, int], int]) -> list[int]:
    """Return where the nearest of the store's rows stand in the corpus, nearest first."""
    nearest = list(rows)[:_NEAREST]
    matches = table.matches(nearest)
    return [places[matches[row].document, matches[row].ordinal] for row in nearest]


def _nearest(matrix: np.ndarray, vector: np.ndarray) -> float:
    """Return the similarity of the tenth nearest: whoever is as near is right."""
    near = matrix @ vector
    count = min(_NEAREST, len(near))
    return float(np.partition(near, -count)[-count])


def _recall(
    matrix: np.ndarray, vectors: np.ndarray, found: list[list[int]], exact: list[float]
) -> float:
    shares = []
    for vector, rows, least in zip(vectors, found, exact, strict=True):
        near = matrix[rows[:_NEAREST]] @ vector
        shares.append(float(np.sum(near >= least - _TIE)) / min(_NEAREST, len(matrix)))
    return round(float(np.mean(shares)), 4)


def within(made: Corpus, vectors: np.ndarray) -> dict[str, Any]:
    """Search one document after another, asking each question of one, and compare with numpy."""
    table = store(made.paths)
    spans: dict[str, list[int]] = {}
    for row, (document, _) in enumerate(made.keys):
        spans.setdefault(document, []).append(row)
    names = list(spans)
    seconds, shares = [], []
    for number, vector in enumerate(vectors):
        name = names[number % len(names)]
        started = time.perf_counter()
        found = table.by_vector(vector, [name], 100)
        seconds.append(time.perf_counter() - started)
        own = made.vectors[spans[name]]
        nearest = list(found)[:_NEAREST]
        near = own[[match.ordinal for match in table.matches(nearest).values()]] @ vector
        right = np.sum(near >= _nearest(own, vector) - _TIE)
        shares.append(float(right) / min(_NEAREST, len(own)))
    return {**spread(seconds), "recall_at_10": round(float(np.mean(shares)), 4)}


# How an index is best made


def swept(made: Corpus, vectors: np.ndarray, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Time scans and indexes of tables of several sizes, which are thrown away."""
    found = []
    for count in rows:
        if count <= len(made.vectors):
            step = len(made.vectors) // count
            found += _swept_size(made, made.vectors[::step][:count], vectors)
    return found


def _swept_size(made: Corpus, matrix: np.ndarray, vectors: np.ndarray) -> list[dict[str, Any]]:
    from lancedb.index import IvfFlat

    folder = Path(tempfile.mkdtemp(prefix="sweep-", dir=made.paths.home.parent))
    try:
        table = _plain_table(folder, matrix)
        exact = [_nearest(matrix, vector) for vector in vectors]
        scan = _alternated({"scan": lambda vector: _plain(table, vector).to_arrow()}, vectors)
        found = [{"rows": len(matrix), "lists": 0, "probes": 0, **spread(scan["scan"])}]
        program.note(str(found[0]))
        for lists in _SWEPT_LISTS:
            started = time.perf_counter()
            config = IvfFlat(distance_type="dot", num_partitions=lists)
            table.create_index("vector", config=config, replace=True)
            build = round(time.perf_counter() - started, 1)
            for probes in _SWEPT_PROBES:
                figures = _swept_way(table, probes, matrix, vectors, exact)
                row = {"rows": len(matrix), "lists": lists, "probes": probes, **figures}
                found.append(row | {"build_seconds": build})
                program.note(str(found[-1]))
    finally:
        shutil.rmtree(folder)
    return found


def _swept_way(
    table: Any, probes: int, matrix: np.ndarray, vectors: np.ndarray, exact: list[float]
) -> dict[str, Any]:
    def way(vector: np.ndarray) -> Any:
        return _plain(table, vector).nprobes(probes).to_arrow()

    seconds = _alternated({"way": way}, vectors)["way"]
    found = [way(vector)["row"].to_pylist() for vector in vectors]
    return {**spread(seconds), "recall_at_10": _recall(matrix, vectors, found, exact)}


def _plain(table: Any, vector: np.ndarray) -> Any:
    query = table.search(vector, vector_column_name="vector", query_type="vector")
    return query.distance_type("dot").limit(100).select(["row", "vector", "_distance"])


def _plain_table(folder: Path, matrix: np.ndarray) -> Any:
    import lancedb
    import pyarrow as pa

    values = pa.array(np.ascontiguousarray(matrix, np.float32).ravel())
    column = pa.FixedSizeListArray.from_arrays(values, matrix.shape[1])
    rows = pa.array(range(len(matrix)), pa.int32())
    return lancedb.connect(folder).create_table("sweep", pa.table({"row": rows, "vector": column}))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with qa.jsonl")
    parser.add_argument("--home", type=Path, required=True, help="where everything is kept")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=_QUESTIONS)
    parser.add_argument("--limit", type=int, default=10, help="passages that a search gives")
    parser.add_argument("--probes", type=int, nargs="*", default=list(_SWEPT_PROBES))
    parser.add_argument("--sweep", action="store_true", help="try ways to index instead")
    parser.add_argument("--rows", type=int, nargs="+", default=list(_SWEPT_ROWS), help="to sweep")
    given = parser.parse_args()
    about = program.circumstances()
    made = corpus(given.home, given.data, given.passages)
    questions = [row["question"] for row in questions_of(given.data / "qa.jsonl", given.questions)]
    vectors = embedded(questions)
    result = {"benchmark": "searching", **about, "built": made.built, "questions": len(questions)}
    if given.sweep:
        program.emit(result | {"sweep": swept(made, vectors, given.rows)})
        return
    whole = searched(made, questions, given.limit)
    program.note(str(whole))
    vector = compared(made, vectors, given.probes)
    ratio = vector["exact_scan"]["p95_ms"] / vector["as_the_program_asks"]["p95_ms"]
    program.emit(
        result
        | whole
        | {"vector": vector, "within": within(made, vectors), "ratio": round(ratio, 3)}
    )


if __name__ == "__main__":
    main()
