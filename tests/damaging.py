"""A data directory in which a file is damaged, and what must hold once a person has gone on.

Commands run in this process and their workers in threads of it, so that one round takes little.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from ctypes import c_uint64
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop_rag.cli import asking, indexing, restoring
from desktop_rag.cli.output import aside
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DatabaseDamaged, RagError
from desktop_rag.domain.indexes import Searched
from desktop_rag.engines.store import damage
from desktop_rag.jobs.answering import LibraryScope
from desktop_rag.library import conversations, documents, libraries
from desktop_rag.library.db.database import open_database, open_for_reading
from desktop_rag.library.disk import converted_pdfs
from desktop_rag.notices import sentence
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.pipe import calls, host
from desktop_rag.workers.processes import indexing as indexing_process
from desktop_rag.workers.processes import reading as reading_process
from desktop_rag.workers.processes import searching as searching_process
from desktop_rag.workers.processes import tuning as tuning_process
from tests import word_embedder
from tests.crashing import LIBRARY, Pool, problems
from tests.workers import threads

_SAID = "What did the harbour master say?"
_LIVE = {".sqlite3-shm", ".sqlite3-wal"}  # which the system maps into memory: changing them kills
_RUNS = (".lock", ".log")


def _cut(path: Path, draw: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: draw.randrange(max(1, path.stat().st_size))])


def _empty(path: Path, _draw: random.Random) -> None:
    path.write_bytes(b"")


def _noise(path: Path, draw: random.Random) -> None:
    path.write_bytes(draw.randbytes(path.stat().st_size))


def _spoil(path: Path, draw: random.Random) -> None:
    content = bytearray(path.read_bytes())
    at = draw.randrange(max(1, len(content)))
    content[at : at + 512] = draw.randbytes(len(content[at : at + 512]))
    path.write_bytes(content)


def _delete(path: Path, _draw: random.Random) -> None:
    path.unlink()


WAYS: dict[str, Callable[[Path, random.Random], None]] = {
    "cut": _cut,
    "emptied": _empty,
    "noise": _noise,
    "deleted": _delete,
    "spoilt": _spoil,
}


def serve_indexing(home: Path, _gentle: bool, pipe: Connection, mark: c_uint64) -> None:
    """Index as the real process does, in a thread."""
    paths = Paths(home)
    made = host.prepared(lambda: indexing_process.IndexingProcess(paths).handle)
    host.serve(pipe, mark, made)


def serve_searching(
    home: Path, candidates: int, searched: Searched, pipe: Connection, mark: c_uint64
) -> None:
    """Search as the real process does, in a thread."""
    paths = Paths(home)
    host.serve(
        pipe,
        mark,
        host.prepared(
            lambda: searching_process.SearchingProcess(paths, candidates, searched).handle
        ),
    )


def serve_reading(home: Path, _gib: float, pipe: Connection, mark: c_uint64) -> None:
    """Read as the real process does, in a thread."""
    threads.serve_reading(home, pipe, mark)


def serve_tuning(home: Path, pipe: Connection, mark: c_uint64) -> None:
    """Look at models as the real process does, in a thread."""
    host.serve(pipe, mark, tuning_process.TuningProcess(Paths(home)).handle)


@contextmanager
def at_home(home: Path) -> Iterator[None]:
    """Have commands work on a data directory, in threads and with an embedder of words."""
    with ExitStack() as stack:
        stack.enter_context(threads.instead())
        for_now = stack.enter_context(pytest.MonkeyPatch.context())
        for_now.setenv("DESKTOP_RAG_HOME", str(home))
        for_now.setattr(indexing_process, "main", serve_indexing)
        for_now.setattr(searching_process, "main", serve_searching)
        for_now.setattr(reading_process, "main", serve_reading)
        for_now.setattr(tuning_process, "main", serve_tuning)
        for_now.setattr(word_embedder.encoders, "document_embedder", word_embedder.WordEmbedder)
        for_now.setattr(word_embedder.encoders, "question_embedder", word_embedder.WordEmbedder)
        for_now.setattr(aside, "quiet", True)
        yield


@dataclass(frozen=True, slots=True)
class Round:
    """What was damaged, and what came of it: a person's commands, and what does not hold."""

    file: str
    way: str
    said: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether everything is as it was."""
        return not self.problems


@dataclass(slots=True)
class Damaging:
    """A library that is damaged in one file after the other, each time from the same state."""

    place: Path
    seed: int = 1
    files: int = 20
    pool: Pool = field(init=False)
    _draw: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._draw = random.Random(self.seed)  # noqa: S311
        self.pool = Pool(self.place, self.seed, book=5)

    @property
    def home(self) -> Path:
        """The data directory that is damaged."""
        return self.place / "home"

    @property
    def _good(self) -> Path:
        return self.place / "good"

    def begin(self) -> None:
        """Make the library, with a conversation about it."""
        self.pool.fill(self.files)
        for path in self.pool.pool.iterdir():
            path.rename(self.pool.folder / path.name)
        with at_home(self.home):
            self.index()
            self._talk()
            self.index()
        assert not self.found()
        self.home.rename(self._good)

    def _talk(self) -> None:
        with closing(open_database(Paths(self.home).database)) as db:
            conversations.create(db, libraries.find(db, LIBRARY), _SAID)

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Have commands work on the library as it was made."""
        self._renew()
        with at_home(self.home):
            yield

    def choices(self) -> list[tuple[str, str]]:
        """Return each file below the data directory with each way to damage it."""
        found = sorted(path for path in self._good.rglob("*") if path.is_file())
        names = [str(path.relative_to(self._good)) for path in found]
        return [(name, way) for name in names if not name.endswith(_RUNS) for way in WAYS]

    def at_rest(self, file: str, way: str) -> Round:
        """Damage a file while nothing runs, and go on as a person does."""
        return self.after(file, lambda home: WAYS[way](home / file, self._draw), way)

    def after(self, what: str, damage: Callable[[Path], object], way: str = "gone") -> Round:
        """Do something to the data directory while nothing runs, and go on as a person does."""
        self._renew()
        damage(self.home)
        with at_home(self.home):
            return self._gone_on(what, way, [])

    def while_running(self, way: str, letters: int) -> Round:
        """Damage some file once so many replies have come of indexing; then go on."""
        self._renew()
        with at_home(self.home), pytest.MonkeyPatch.context() as for_now:
            with closing(open_database(Paths(self.home).database)) as db:
                half = "UPDATE documents SET state = 'queued', chunks = 0 WHERE id < '8'"
                db.execute(f"{half} AND state = 'ready'")
            file = ""
            take = calls.Mailbox.take

            def taken(box: calls.Mailbox, seconds: float | None = None) -> calls.Letter | None:
                nonlocal letters, file
                letters -= 1
                if letters == 0:
                    file = self._some_file()
                    WAYS[way](self.home / file, self._draw)
                return take(box, seconds)

            for_now.setattr(calls.Mailbox, "take", taken)
            said = self._tried(self.index)
            for_now.undo()
            for_now.setenv("DESKTOP_RAG_HOME", str(self.home))
            return self._gone_on(f"{file} (running)", way, said)

    def _some_file(self) -> str:
        found = [path for path in self.home.rglob("*") if path.is_file()]
        usual = [
            path
            for path in found
            if path.suffix not in _LIVE and not path.name.endswith((*_RUNS, ".part"))
        ]
        return str(self._draw.choice(sorted(usual)).relative_to(self.home))

    def _renew(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self._good, self.home)

    def _gone_on(self, file: str, way: str, said: list[str]) -> Round:
        """Ask, then restore or index once; return what does not hold then."""
        asked = self._tried(self._ask)
        said += asked
        if asked and asked[0].startswith(DatabaseDamaged.__name__):
            said += self._tried(restoring.restore)
        elif self.found():
            said += self._tried(self.index)
        return Round(file, way, tuple(said), tuple(self.found()))

    def _tried(self, command: Callable[[], object]) -> list[str]:
        """Run a command; return the sentence that it ended in, if it did. A bug is raised."""
        try:
            command()
        except RagError as error:
            return [f"{type(error).__name__}: {sentence(error, lambda _, text: text)}"]
        return []

    def _ask(self) -> None:
        word = next(one.word for one in self.pool.given.values() if one.state == "ready")
        asking.search(f"The ship {word}", LibraryScope(LIBRARY), 5)

    def index(self) -> None:
        """Take all files in."""
        indexing.index([self.pool.folder], LIBRARY)

    def found(self) -> list[str]:
        """Return what does not hold of the data directory."""
        try:
            with damage.named(Paths(self.home).vectors_folder):
                told = [*problems(self.home, self.pool)]
            return told or [*self._more()]
        except RagError as error:
            return [repr(error)]

    def _more(self) -> Iterator[str]:
        paths = Paths(self.home)
        with closing(open_for_reading(paths.database)) as db:
            library = libraries.find(db, LIBRARY)
            if [one.title for one in conversations.listed(db, library)] != [_SAID]:
                yield "the conversation is lost"
            rows = documents.listing(db, library)
        for row in rows:
            if row.document and row.state == "ready" and not row.path.name.endswith(".pdf"):
                yield from self._shown(paths, row.document, row.pages)

    def _shown(self, paths: Paths, document: DocumentId, pages: int) -> Iterator[str]:
        from desktop_rag.engines.pdf import reading

        place = converted_pdfs.place(paths.converted_folder, document)
        try:
            with threads.MUPDF, reading.opened(place) as opened:
                text = "".join(opened[n].get_text() for n in range(opened.page_count))
                if opened.page_count != pages or self.pool.given[document].word not in text:
                    yield f"the PDF of {document} is another one"
        except (RagError, OSError) as error:
            yield f"the PDF of {document}: {error!r}"
