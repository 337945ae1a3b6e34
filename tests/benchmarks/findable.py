"""How soon after 100 PDFs were dropped each of them is found by a word of its own.

Run by hand:

    python -m tests.benchmarks.findable

No process is running when they are dropped. The searching process is asked again and again
for a word that only one document has, by keyword, until it has found all; what counts is when
each was found, from the drop on, with everything that was started since.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from pydoc_data.topics import topics

from desktop_rag.domain.errors import RagError
from desktop_rag.domain.indexes import Searched
from desktop_rag.jobs.indexing.coordinator import Coordinator
from desktop_rag.jobs.indexing.processes import IndexingProcesses
from desktop_rag.jobs.indexing.queue import Batch, Queue
from desktop_rag.jobs.indexing.state import IndexingState
from desktop_rag.library import indexes, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.settings.schema import Indexing, Settings
from desktop_rag.workers.commands.searching import Search
from desktop_rag.workers.pipe.calls import Calls, Mailbox
from desktop_rag.workers.processes import indexing, reading, searching
from tests import pdfs
from tests.benchmarks import program

LIBRARY = "benchmark"
_WORDS_A_PAGE = 300
_LONGEST = 20  # letters: what is longer is code and rules
_LOOK = 0.2


@functools.cache
def prose() -> tuple[str, ...]:
    """Return the words of a long text that every Python has, its reference, in order."""
    text = " ".join(topics.values())
    return tuple(word for word in text.split() if word.isascii() and len(word) < _LONGEST)


def made(folder: Path, files: int, pages: int) -> dict[Path, str]:
    """Make PDFs, and return the word that only each of them has."""
    own = {}
    for number in range(files):
        path = folder / f"{number:04}.pdf"
        own[path] = f"xylo{number:04}qat"
        texts = []
        for page in range(pages):
            start = (number * pages + page) * _WORDS_A_PAGE % (len(prose()) - _WORDS_A_PAGE)
            text = list(prose()[start : start + _WORDS_A_PAGE])
            text[100] = own[path] if page == pages - 1 else text[100]
            lines = [" ".join(text[at : at + 12]) for at in range(0, len(text), 12)]
            texts.append("\n".join(f"{line.capitalize()}." for line in lines))
        pdfs.plain(path, texts)
    return own


class Looking(threading.Thread):
    """Asks for each word until its document is found."""

    def __init__(self, paths: Paths, own: dict[Path, str]) -> None:
        super().__init__()
        self._paths, self._wanted = paths, dict(own)
        self.found: dict[Path, float] = {}
        self.stopped = threading.Event()

    def run(self) -> None:
        with closing(open_database(self._paths.database)) as db:
            searched = Searched(indexes.serving(db))
        candidates = Settings().retrieval.candidates
        target = functools.partial(searching.main, self._paths.home, candidates, searched)
        with Calls("searching", target) as calls:
            calls.start()
            while self._wanted and not self.stopped.is_set():
                self._ask(calls)
                self.stopped.wait(_LOOK)

    def _ask(self, calls: Calls) -> None:
        """Ask for all words that are still wanted at once: a hundred questions take seconds."""
        wanted = " ".join(self._wanted.values())
        with contextlib.suppress(RagError):  # there is nothing in the library yet
            done = calls.value(Search(wanted, LIBRARY, limit=len(self._wanted), keywords_only=True))
            now = time.perf_counter()
            text = " ".join(hit.text for hit in done.hits)
            here = [path for path, word in self._wanted.items() if word in text]
            self.found |= dict.fromkeys(here, now)
            for path in here:
                del self._wanted[path]


def measured(home: Path, own: dict[Path, str], until_ready: bool) -> dict[str, float]:
    """Drop the files, and say after how many seconds what was the case."""
    paths = open_home(home)
    box, how = Mailbox(), Indexing()
    with closing(open_database(paths.database)) as db:
        library = libraries.ensure(db, LIBRARY)
        reader = functools.partial(reading.main, home, how.reading_gib)
        indexer = functools.partial(indexing.main, home, how.gentle)
        processes = IndexingProcesses(
            box.worker("reading", reader), box.worker("indexing", indexer)
        )
        coordinator = Coordinator(
            IndexingState(db, paths, how, indexes.serving(db), Queue()), processes
        )
        looking = Looking(paths, own)
        dropped = time.perf_counter()
        looking.start()
        try:
            coordinator.begin([Batch(library, (next(iter(own)).parent,))])
            while not coordinator.done and (until_ready or looking.is_alive()):
                letter = box.take(_LOOK)
                if letter:
                    coordinator.take(letter)
        finally:
            ready = time.perf_counter()
            looking.stopped.set() if len(looking.found) < len(own) and coordinator.done else None
            looking.join()
            processes.stop()
    assert len(looking.found) == len(own), f"{len(looking.found)} of {len(own)} were found"
    seconds = sorted(found - dropped for found in looking.found.values())
    return {
        "first_seconds": round(seconds[0], 2),
        "median_seconds": round(seconds[len(seconds) // 2], 2),
        "last_seconds": round(seconds[-1], 2),
        "ready_seconds": round(ready - dropped, 1) if until_ready else 0.0,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--ready", action="store_true", help="wait for the vectors, too")
    given = parser.parse_args()
    os.environ["HF_HUB_OFFLINE"] = "1"
    about = program.circumstances()
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as place:
        folder = Path(place, "files")
        folder.mkdir()
        own = made(folder, given.files, given.pages)
        program.note(f"{given.files} files made")
        program.emit(
            {"benchmark": "findable", **about, **measured(Path(place, "home"), own, given.ready)}
        )


if __name__ == "__main__":  # which the processes that are measured would import, too
    code = "from tests.benchmarks.findable import main; main()"
    sys.exit(subprocess.call([sys.executable, "-c", code, *sys.argv[1:]]))
