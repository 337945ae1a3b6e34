"""Whether everything is found, and counted right: questions with known counts, and a large library.

Run by hand, over libraries that are indexed already:

    python -m tests.benchmarks.counting --questions counts.jsonl

Each line of the file is {"id", "home", "question", "documents", "total", "without"?}: the data
directory, whose library is named by --library, how many documents have what is asked for and how
often, counted by other means, and how many have it not, where that is asked. A question is right
if all of these are what the answer says.

    python -m tests.benchmarks.counting --documents 2000

makes a library of so many documents of 20 passages each, without an embedder, and times questions
that ask which of them mention words, some rare and some frequent.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import random
import statistics
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop_rag.answer.turn import Done, Question
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.indexes import Index, Searched
from desktop_rag.domain.occurrences import Occurrences
from desktop_rag.domain.ports import SplitDocument
from desktop_rag.engines.encoders import encoders
from desktop_rag.engines.store import chunk_table
from desktop_rag.ingest.indexer import digest
from desktop_rag.jobs.answering import LibraryScope, answering, events
from desktop_rag.library import indexes, libraries
from desktop_rag.library.db.database import open_database, open_for_reading
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.processes import searching
from tests.benchmarks.corpus import Source, registered

_LIBRARY = "benchmark"
_INDEX = Index(1, None, 110)
_PASSAGES = 20  # of each document
_WORDS = 90  # of each passage
_AT_ONCE = 100  # documents in one write
_TIMES = 15
_ENGLISH = """the of and to in is was for on that by with from as are this which at be or an ship
    tide heat water stone river bridge market farmer letter winter summer paper engine copper signal
    valley captain garden window carriage""".split()  # noqa: SIM905 - words, not a list
_SPANISH = """el la de que y en los del se las por un para con no una su al es lo como más barco
    marea calor agua piedra río puente mercado señor carta invierno verano papel máquina cobre señal
    valle capitán jardín ventana camión puerto""".split()  # noqa: SIM905 - words, not a list
_SOWN = ((100, "heron"), (10, "lantern"), (40, "amber quay"), (3, "harbour"), (500, "INV-2041"))
_ASKED = (
    "which documents mention heron?",  # in one of 100 documents
    "which documents mention lanterns?",  # in one of 10
    "¿en qué documentos se menciona el puerto?",  # in every other one
    'how many documents mention "amber quay"?',
    "which documents do not mention harbour?",
    "list all mentions of INV-2041",
    "how many times is 2019 mentioned?",
)


def main() -> None:
    """Print what `asked` or `timed` finds, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--library", default=_LIBRARY)
    parser.add_argument("--documents", type=int, default=2_000)
    given = parser.parse_args()
    if given.questions:
        print(json.dumps(asked(given.questions, given.library), ensure_ascii=False, indent=1))
    else:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(timed(Path(folder), given.documents), indent=1))


# Known counts


def asked(questions: Path, library: str) -> dict[str, Any]:
    """Ask each question of its library; tell which are right, and what is said of the others."""
    by_home = defaultdict(list)
    for line in questions.read_text("utf-8").splitlines():
        if line.strip():
            values = json.loads(line)
            by_home[values["home"]].append(values)
    right: list[str] = []
    wrong: list[dict[str, Any]] = []
    for home, lines in by_home.items():
        paths = open_home(Path(home))
        with closing(open_for_reading(paths.database)) as db:
            serving = indexes.serving(db)
        with _searching(paths, serving) as calls:
            for line in lines:
                found = _found(calls, line["question"], library)
                said = _said(found) if found else {}
                known = {name: line[name] for name in ("documents", "total", "without")
                         if name in line}  # fmt: skip
                if all(said.get(name) == value for name, value in known.items()):
                    right.append(line["id"])
                else:
                    wrong.append({**line, "said": said})
    return {"right": len(right), "of": len(right) + len(wrong), "wrong": wrong}


def _said(found: Occurrences) -> dict[str, int]:
    return {
        "documents": len(found.documents),
        "total": found.total,
        "without": len(found.without),
    }


def _found(calls: Calls[Any], question: str, library: str) -> Occurrences | None:
    """Return what was counted for a question; None where nothing was."""
    steps = answering(Question(question), LibraryScope(library))
    done = [one for one in events(steps, calls, calls) if isinstance(one, Done)]
    return done[-1].occurrences


def _searching(paths: Paths, index: Index) -> Calls[Any]:
    return Calls("searching", functools.partial(searching.main, paths.home, 100, Searched(index)))


# A large library


def timed(folder: Path, count: int) -> dict[str, Any]:
    """Time questions over a library of so many documents, the first time and later ones."""
    paths = open_home(folder / "home")
    began = time.perf_counter()
    _fill(paths, count)
    made = time.perf_counter() - began
    figures: dict[str, Any] = {"documents": count, "made_s": round(made, 1)}
    with _searching(paths, _INDEX) as calls:
        for question in _ASKED:
            seconds = []
            found = None
            for _ in range(_TIMES + 1):
                began = time.perf_counter()
                found = _found(calls, question, _LIBRARY)
                seconds.append(time.perf_counter() - began)
            assert found is not None
            figures[question] = {
                **_said(found),
                "first_ms": round(seconds[0] * 1000),
                "p50_ms": round(statistics.median(seconds[1:]) * 1000),
                "most_ms": round(max(seconds[1:]) * 1000),
            }
    return figures


def _fill(paths: Paths, count: int) -> None:
    choice = encoders.embedder_of(_INDEX.encoder)
    name = chunk_table.table_name(_INDEX.id, choice.name, choice.dimension)
    table = chunk_table.Table(paths.vectors_folder, name, choice.dimension)
    texts = random.Random(2026)  # noqa: S311 - words, not secrets
    folder = paths.home.parent / "files"
    folder.mkdir()
    with closing(open_database(paths.database)) as db:
        library = libraries.ensure(db, _LIBRARY)
        for first in range(0, count, _AT_ONCE):
            sources = [_source(folder, at, texts) for at in range(first, first + _AT_ONCE)]
            split = [
                SplitDocument(DocumentId(one.document), chunks, [digest(c.text) for c in chunks])
                for one in sources
                for chunks in [one.chunks()]
            ]
            table.add(split)
            for one in sources:
                registered(db, library, one)
    table.tidy()


def _source(folder: Path, number: int, texts: random.Random) -> Source:
    """Return an invented document: a library of both languages, with words that few have."""
    name = hashlib.sha256(str(number).encode()).hexdigest()
    path = folder / f"{name}.pdf"
    path.write_bytes(name.encode())
    language = "es" if number % 2 else "en"
    words = _SPANISH if number % 2 else _ENGLISH
    passages = []
    for at in range(_PASSAGES):
        drawn = [texts.choice(words) for _ in range(_WORDS)]
        drawn[:0] = [word for every, word in _SOWN if (number + at) % every == 0 and at % 5 == 0]
        drawn[_WORDS // 2 : 0] = [f"{texts.randrange(1990, 2030)}."]
        passages.append((at // 2, " ".join(drawn) + "."))
    return Source(str(path), name, f"Report {number}", _PASSAGES // 2, language, tuple(passages))


if __name__ == "__main__":
    main()
