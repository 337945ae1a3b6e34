"""A data directory that is lived in and crashed in, and what must hold of it after each crash.

The window of `crashing_window` runs in a process group of its own, on a folder whose files
come out of a pool. Nothing here runs while anything writes.
"""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np

from desktop_rag.domain.documents import DocumentId
from desktop_rag.engines.encoders import encoders
from desktop_rag.engines.store import analyzer, chunk_table
from desktop_rag.library import consistency, documents, indexes, libraries, watches
from desktop_rag.library.db.database import open_for_reading
from desktop_rag.library.disk import attached_files, page_store
from desktop_rag.library.documents import DocumentState
from desktop_rag.settings import tessdata
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.storage import load
from desktop_rag.workers.commands.reading import FilesFound, FindFiles
from desktop_rag.workers.processes import file_listing
from tests import pdfs

PATIENCE_SECONDS = 300.0  # only failures ever wait this long
LIBRARY = "Crashes"
CHUNK_SIZES = (40, 64, 110, 160)
_WINDOW = "from tests.crashing_window import main; main()"  # which its children need not import
_SETTLES = 0.4  # of the crashes are followed by a life that nothing disturbs
_FIRST = 40  # files that come at once
_LETTERS = "bdfgklmnprstvz"
_VOWELS = "aeiou"
_COUNTED = (
    "Stored",
    "Embedded",
    "Begun",
    "PageRead",
    "Hashed",
    "FilesFound",
    "Holdings",
    "Textless",
)
_DONE = (
    "Tidy",
    "Remove",
    "Reconcile",
    "Split",
    "Embed",
    "Read",
    "Hash",
    "FindFiles",
    "Bind",
    "Verify",
)
_SAME = 0.999  # of a cosine
_VICTIMS = ("window", "window", "all", "all", "reading", "indexing")

Doings = tuple[tuple[object, ...], ...]


def word_of(number: int) -> str:
    """Return a word that no other number has, and no language."""
    syllables = []
    for _ in range(4):
        number, at = divmod(number, len(_LETTERS) * len(_VOWELS))
        syllables.append(_LETTERS[at % len(_LETTERS)] + _VOWELS[at // len(_LETTERS)])
    return "x" + "".join(syllables) + "q"


@dataclass(frozen=True, slots=True)
class Given:
    """What becomes of a document of the pool, and a word that only it has."""

    word: str
    state: DocumentState


class Pool:
    """Makes the files that come into the folder, by number; the same ones for the same seed."""

    def __init__(self, place: Path, seed: int, book: int = 150) -> None:
        self.folder = place / "folder"
        self.pool = place / "pool"
        self._book = book
        self._random = random.Random(seed)  # noqa: S311
        self._count = 0
        self.given: dict[DocumentId, Given] = {}
        self.inside: dict[DocumentId, DocumentId] = {}  # what came in which document
        for folder in (self.folder, self.pool):
            folder.mkdir(parents=True, exist_ok=True)

    def fill(self, count: int) -> None:
        """Make so many more files."""
        for _ in range(count):
            self._make(self._count)
            self._count += 1

    def _make(self, number: int) -> None:
        word = word_of(number + 7)
        makers: dict[int, tuple[str, Callable[[Path], object], DocumentState]] = {
            3: ("book.pdf", lambda path: pdfs.plain(path, self._pages(word, self._book)), READY),
            5: ("notes.md", lambda path: path.write_text(self._notes(word), "utf-8"), READY),
            8: (
                "locked.pdf",
                lambda path: pdfs.locked(path, "secret", word),
                DocumentState.WAITING,
            ),
            11: ("mixed.pdf", lambda path: self._mixed(path, word), READY),
            13: ("broken.pdf", lambda path: self._broken(path, word), DocumentState.FAILED),
            17: ("text.txt", lambda path: path.write_text(self._notes(word), "utf-8"), READY),
            19: ("attached.pdf", lambda path: self._attached(path, number), READY),
        }
        usual = ("plain.pdf", lambda path: pdfs.plain(path, self._some_pages(word)), READY)
        ending, make, state = makers.get(number % 20, usual)
        path = self.pool / f"{number:04}-{ending}"
        make(path)
        name = DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())
        self.given[name] = Given(word, state)

    def _mixed(self, path: Path, word: str) -> None:
        drawn = ["The lighthouse was drawn by hand and never written down."] if _RECOGNIZES else []
        pdfs.mixed(path, self._pages(word, 3), drawn)

    def _attached(self, path: Path, number: int) -> None:
        word = word_of(number + 1_000_007)
        note = self._notes(word).encode()
        pdfs.with_files(path, {f"{number}.txt": note}, self._text(word_of(number + 7), 0))
        inner = DocumentId(hashlib.sha256(note).hexdigest())
        self.inside[DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())] = inner
        self.given[inner] = Given(word, READY)

    def _broken(self, path: Path, word: str) -> None:
        path.write_bytes(b"%PDF-1.7\n" + word.encode())

    def _some_pages(self, word: str) -> list[str]:
        return self._pages(word, self._random.choice((1, 1, 2, 3, 5, 8, 12)))

    def _pages(self, word: str, count: int) -> list[str]:
        shared = "The harbour master of every town keeps the same rules for all ships. " * 6
        pages = [shared] if count > 2 else []  # which many documents have in common
        return pages + [self._text(word, page) for page in range(count - len(pages))]

    def _notes(self, word: str) -> str:
        return "\n\n".join(self._text(word, page) for page in range(3))

    def _text(self, word: str, page: int) -> str:
        other = word_of(self._random.randrange(100_000, 5_000_000))
        kept = self._random.choice(("salt", "rope", "tar", "grain", "coal", "whale oil"))
        one = f"The ship {word} came in with {kept} on board, and {other} was its captain. "
        return one + f"On day {page + 1} the keeper of {other} counted {kept} and went home. " * 5


READY = DocumentState.READY
_RECOGNIZES = {"eng", "spa"} <= set(tessdata.available(Paths(Path("nowhere"))))


# Living


@dataclass(frozen=True, slots=True)
class Plan:
    """One life of the window; see `crashing_window`."""

    home: Path
    folder: Path
    doings: Doings = ()
    kill: dict[str, object] | None = None
    seed: int = 0
    quick: bool = False
    pace: int = 4
    calm_ms: int = 700
    library: str = LIBRARY

    @property
    def text(self) -> str:
        """The plan as the window is told it."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(values | {"home": str(self.home), "folder": str(self.folder)})


@dataclass(slots=True)
class Ended:
    """What a life said, and whether it was killed."""

    code: int
    said: list[str]
    seconds: float
    group: int

    @property
    def killed(self) -> bool:
        """Whether something was killed in it."""
        return any(line.startswith("killing") for line in self.said)

    @property
    def settled(self) -> bool:
        """Whether it came to its end."""
        return "settled" in self.said


def begun(plan: Plan, out: IO[str]) -> "subprocess.Popen[bytes]":
    """Begin a life, which says what it does to `out`, in a process group of its own."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "HF_HUB_OFFLINE": "1",
        "DESKTOP_RAG_HOME": str(plan.home),
        "LC_ALL": "C.UTF-8",
    }
    return subprocess.Popen(
        [sys.executable, "-c", _WINDOW, plan.text],
        stdout=out,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        env=environment,
    )


def live(plan: Plan) -> Ended:
    """Live once, until the window ends or is killed."""
    start = time.monotonic()
    log = plan.home.parent / "life.log"
    with log.open("w+", encoding="utf-8") as out:
        process = begun(plan, out)
        try:
            code = process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGABRT)
            code = process.wait()
        out.seek(0)
        said = out.read().splitlines()
    return Ended(code, said, time.monotonic() - start, process.pid)


def wait_for(group: int) -> bool:
    """Wait until no process of a life is left."""
    patience = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < patience:
        if not _alive(group):
            return True
        time.sleep(0.05)
    return False


def _alive(group: int) -> bool:
    import psutil

    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                return True
        except (OSError, psutil.Error):
            continue
    return False


# What must hold


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as it is in the end, but for its vectors."""

    title: str
    pages: int
    language: str
    state: str
    error: str
    quality: float | None
    paths: tuple[str, ...]
    chunks: tuple[tuple[object, ...], ...]


@dataclass(slots=True)
class Held:
    """What a data directory holds."""

    shown: dict[DocumentId, Shown] = field(default_factory=dict)
    vectors: dict[tuple[DocumentId, int], np.ndarray] = field(default_factory=dict)


def table_of(paths: Paths, index: object) -> chunk_table.Table:
    """Open the table of an index, where nobody writes."""
    choice = encoders.embedder_of(index.encoder)
    name = chunk_table.table_name(index.id, choice.name, choice.dimension)
    return chunk_table.Table(paths.vectors_folder, name, choice.dimension)


def held(home: Path) -> Held:
    """Return what a data directory holds."""
    paths = Paths(home)
    found = Held()
    with closing(open_for_reading(paths.database)) as db:
        kept = table_of(paths, indexes.serving(db))._table.to_arrow().to_pylist()
        chunks: dict[str, list[tuple[object, ...]]] = {}
        for row in kept:
            at = DocumentId(row["document"]), row["ordinal"]
            if row["vector"] is not None:
                found.vectors[at] = np.asarray(row["vector"], np.float32)
            told = {name: row[name] for name in sorted(row) if name not in ("vector", "key")}
            chunks.setdefault(row["document"], []).append(tuple(told.items()))
        query = (
            "SELECT id, title, pages, language, state, coalesce(error, ''), quality FROM documents"
        )
        for id_, *rest in db.execute(query).fetchall():
            where = db.execute("SELECT path FROM files WHERE document = ?", (id_,)).fetchall()
            own = sorted(chunks.get(id_, []), key=lambda chunk: dict(chunk)["ordinal"])
            places = tuple(sorted(path.removeprefix(str(paths.home)) for (path,) in where))
            found.shown[DocumentId(id_)] = Shown(*rest, places, tuple(own))
    return found


def problems(home: Path, pool: Pool) -> Iterator[str]:
    """Yield everything that does not hold, once a life has settled and nothing runs."""
    paths = Paths(home)
    with closing(open_for_reading(paths.database)) as db:
        yield from _of_files(db, paths, pool)
        yield from _of_documents(db, pool)
        yield from _of_disk(db, paths)
        yield from _of_store(db, paths, pool)


def wanted(db: object, folder: Path) -> set[Path]:
    """Return the files that the library should have: those of its folder, but what it leaves out"""
    patterns = [watch.patterns for watch in watches.listed(db)]
    found = file_listing.find(FindFiles((folder,), patterns[0] if patterns else ()), _Never())
    return {fact.path for step in found if isinstance(step, FilesFound) for fact in step.files}


def _inside(there: set[Path], paths: Paths, pool: Pool) -> set[Path]:
    """Return where what came in these files should be."""
    found: set[Path] = set()
    for path in there:
        outer = DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())
        if outer in pool.inside:
            kept = attached_files.paths(paths.attachments_folder, outer)
            ids = [DocumentId(hashlib.sha256(one.read_bytes()).hexdigest()) for one in kept]
            found |= set(kept) if ids == [pool.inside[outer]] else {path / "what came in it"}
    return found


class _Never:
    def check(self) -> None:
        """Go on."""


def _of_files(db: object, paths: Paths, pool: Pool) -> Iterator[str]:
    there = wanted(db, pool.folder)
    there |= _inside(there, paths, pool)
    members = db.execute("SELECT library, path FROM members").fetchall()
    library = libraries.find(db, LIBRARY)
    have = {Path(path) for id_, path in members if id_ == library}
    yield from (f"lost from the library: {path.name}" for path in sorted(there - have))
    yield from (f"still in the library: {path.name}" for path in sorted(have - there))
    known = db.execute("SELECT path, document FROM files").fetchall()
    files = {Path(path): document for path, document in known}
    yield from (f"a file in no library: {path.name}" for path in files.keys() - have)
    for path in sorted(there & have):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        if files.get(path) != content:
            yield f"another content is known: {path.name}, {files.get(path)}"
    rows = documents.listing(db, library)
    names = [row.document or row.path for row in rows]
    if len(names) != len(set(names)):
        yield "a document is listed twice"


def _of_documents(db: object, pool: Pool) -> Iterator[str]:
    for id_, *known in db.execute("SELECT id, state, error, chunks FROM documents"):
        told = _of_document(pool.given.get(id_), *known)
        if told:
            yield f"{told}: {id_}"
    yield from (f"no library holds {one}" for one in documents.orphans(db))
    left = db.execute("SELECT state, count(*) FROM indexes GROUP BY state").fetchall()
    if left != [("serving", 1)]:
        yield f"indexes are left: {left}"
    if db.execute("SELECT count(*) FROM built").fetchone() != (0,):
        yield "documents are built for nobody"
    checks = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")
    told = [row for check in checks for row in db.execute(check).fetchall()]
    yield from (f"the database: {row}" for row in told if row != ("ok",))


def _of_document(given: Given | None, state: str, error: str | None, chunks: int) -> str:
    if given is None:
        return "nobody gave the document"
    if state != given.state:
        return f"{state} and not {given.state}, {error}"
    return (
        f"ready with {chunks} chunks, {error}" if state == READY and (error or not chunks) else ""
    )


def _of_disk(db: object, paths: Paths) -> Iterator[str]:
    known = set(consistency.all_ids(db))
    for folder in (paths.pages_folder, paths.converted_folder, paths.attachments_folder):
        for path in folder.glob("*/*"):
            if path.name.partition(".")[0] not in known:
                yield f"of nobody: {path.parent.parent.name}/{path.name}"
            elif path.suffix not in {".zip", ".made", ".pdf", ".text", ""}:
                yield f"unfinished: {path.name}"
    for id_ in (one for (one,) in db.execute("SELECT id FROM documents WHERE state = 'ready'")):
        if page_store.load(paths.pages_folder, id_) is None:
            yield f"no pages of {id_}"


def _of_store(db: object, paths: Paths, pool: Pool) -> Iterator[str]:
    serving = indexes.serving(db)
    settings = load(paths.settings_file).settings
    if serving.chunk_tokens != settings.indexing.chunk_tokens:
        yield f"chunks of {serving.chunk_tokens} and not {settings.indexing.chunk_tokens} tokens"
    folders = sorted(path.stem for path in paths.vectors_folder.glob("*.lance"))
    table = table_of(paths, serving)
    if folders and folders != [table._table.name]:
        yield f"tables are left: {folders}, but {table._table.name} serves"
    have = table.holdings()
    finished = consistency.finished(db)
    for id_, chunks in finished.items():
        if have.get(id_, (0, 0)) != (chunks, chunks):
            yield f"{have.get(id_)} of {chunks} chunks: {id_}"
    for id_ in have.keys() - finished.keys():
        yield f"chunks of nobody who is ready: {id_}"
    rows = table._table.to_arrow().select(["key", "vector"]).to_pylist()
    if len({row["key"] for row in rows}) != len(rows):
        yield "a chunk is there twice"
    for id_ in finished:
        yield from _of_search(table, id_, pool.given[id_], rows)


def _of_search(
    table: chunk_table.Table, id_: DocumentId, given: Given, rows: Sequence[dict[str, object]]
) -> Iterator[str]:
    found = table.matches(table.by_keyword(analyzer.terms(given.word, ["en"]), None, 10))
    if {match.document for match in found.values()} != {id_}:
        yield f"its word does not find {id_}"
    own = [row for row in rows if row["key"].startswith(id_) and row["vector"] is not None]
    if own:
        last = max(own, key=lambda row: int(row["key"].partition(":")[2]))
        near = table.by_vector(last["vector"], None, 10)
        others = min(near.values(), default=0.0) > _SAME  # with the very same text
        if not others and id_ not in {one.document for one in table.matches(near).values()}:
            yield f"its vector does not find {id_}"


def compared(one: Held, other: Held) -> tuple[list[str], float]:
    """Return how two data directories differ, and the least cosine of their vectors."""
    told = [f"only in one: {id_}" for id_ in one.shown.keys() ^ other.shown.keys()]
    for id_ in one.shown.keys() & other.shown.keys():
        mine, theirs = one.shown[id_], other.shown[id_]
        for name in Shown.__slots__:
            if getattr(mine, name) != getattr(theirs, name):
                told.append(f"another {name}: {id_}: {_short(mine, theirs, name)}")
    if one.vectors.keys() != other.vectors.keys():
        told.append("vectors of other chunks")
    both = one.vectors.keys() & other.vectors.keys()
    cosines = (
        float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))
        for at in both
        for a, b in [(one.vectors[at], other.vectors[at])]
    )
    return told, min(cosines, default=1.0)


def _short(mine: Shown, theirs: Shown, name: str) -> str:
    one, other = getattr(mine, name), getattr(theirs, name)
    if name != "chunks":
        return f"{one!r}, {other!r}"
    if len(one) != len(other):
        return f"{len(one)}, {len(other)}"
    differing = [
        (a, b)
        for ours, others in zip(one, other, strict=True)
        for a, b in zip(ours, others, strict=True)
        if a != b
    ]
    return str(differing[:2])[:400]


# Crashing


@dataclass(slots=True)
class Trial:
    """A place that is crashed in again and again, always in the same way for the same seed."""

    place: Path
    seed: int
    quick: bool = False
    book: int = 150
    say: Callable[[str], None] = print
    kills: int = 0
    pool: Pool = field(init=False)
    _random: random.Random = field(init=False)
    _groups: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311
        self.pool = Pool(self.place, self.seed, self.book)

    @property
    def home(self) -> Path:
        """The data directory."""
        return self.place / "home"

    def begin(self, files: int) -> None:
        """Make the first files."""
        self.pool.fill(files)

    def crash(self, kill: dict[str, object] | None = None, doings: Doings | None = None) -> Ended:
        """Live once, with what is drawn where nothing is given; a kill counts if it happens."""
        kill = kill or self._kill()
        self.pool.fill(3)
        doings = (("watch",), *(self._doings(kill) if doings is None else doings))
        plan = Plan(
            self.home,
            self.pool.folder,
            doings,
            kill,
            seed=self._random.randrange(1 << 30),
            quick=self.quick,
            pace=self._random.choice((1, 4, 12)),
            calm_ms=5_000,  # so that what is watched is told of
        )
        ended = self._live(plan)
        self.kills += ended.killed
        how = "killed" if ended.killed else f"ended {ended.code}"
        names = " ".join(str(doing[0]) for doing in doings[1:])
        self.say(f"{self.kills:4} {kill} [{names}] {how} after {ended.seconds:.1f} s")
        return ended

    def settle(self) -> list[str]:
        """Live without a kill, and return what does not hold then."""
        plan = Plan(self.home, self.pool.folder, (("watch",),), quick=self.quick)
        ended = self._live(plan)
        if ended.settled and self._retired():  # whose table is dropped by the next life
            ended = self._live(plan)
        if not ended.settled:
            return [f"the window ended with {ended.code}", *ended.said[-20:]]
        for group in self._groups:
            if not wait_for(group):
                return ["a process of an earlier life does not end"]
        self._groups.clear()
        found = [line for line in ended.said if line.startswith(("stopped", "left", "Traceback"))]
        found += problems(self.home, self.pool)
        files = sum(path.is_file() for path in self.pool.folder.rglob("*"))
        self.say(f"     settled in {ended.seconds:.1f} s with {files} files")
        return found

    def _retired(self) -> bool:
        with closing(open_for_reading(Paths(self.home).database)) as db:
            return indexes.unswept(db)

    def undisturbed(self) -> tuple[list[str], float]:
        """Compare with a new data directory that takes in the same files at once."""
        mine = held(self.home)
        files = {Path(path) for one in mine.shown.values() for path in one.paths}
        self._clear_folder(files)
        fresh = self.place / "fresh"
        settings = self.home / "settings.json"
        fresh.mkdir(mode=0o700)
        if settings.exists():
            (fresh / settings.name).write_bytes(settings.read_bytes())
        ended = self._live(Plan(fresh, self.pool.folder, (("watch",),), quick=self.quick))
        if not ended.settled:
            return ["the undisturbed run ended", *ended.said[-20:]], 0.0
        for group in self._groups:
            wait_for(group)
        return compared(mine, held(fresh))

    def _clear_folder(self, keep: set[Path]) -> None:
        """Leave no file that the library leaves out."""
        for path in self.pool.folder.rglob("*"):
            if path.is_file() and path not in keep:
                path.unlink()

    def _live(self, plan: Plan) -> Ended:
        ended = live(plan)
        self._groups.append(ended.group)
        kept = self.place / "lives.log"
        with kept.open("a", encoding="utf-8") as log:
            log.write(f"--- {plan.text}\n" + "\n".join(ended.said) + f"\n=== {ended.code}\n")
        return ended

    def _kill(self) -> dict[str, object]:
        draw = self._random
        victim = draw.choice(_VICTIMS)
        after = draw.choice((0.0, draw.uniform(0, 0.05), draw.uniform(0, 0.5)))
        match draw.randrange(6):
            case 0 | 1:
                at, nth, after = "time", 1, draw.uniform(0.2, 12.0)
            case 2:
                at, nth, after = "sql", draw.randrange(1, 900), 0.0
            case 3:
                at, nth = f"do:{draw.choice(_DONE)}", draw.randrange(1, 4)
            case 4:
                at, nth = f"said:{draw.choice(_COUNTED)}", draw.randrange(1, 12)
            case _:
                at, nth = draw.choice(("swapped", "do:Tidy", "do:Remove", "do:Reconcile")), 1
        return {"at": at, "nth": nth, "after": after, "victim": victim}

    def _doings(self, kill: dict[str, object]) -> list[tuple[object, ...]]:
        draw = self._random
        usual = ["bring", "bring", "bring", "change", "rename", "copy", "delete", "remove", "undo"]
        usual += ["expire", "pause", "resume", "first", "wait", "keep_up", "chunks"]
        names = ["bring", *draw.choices(usual, k=draw.randrange(1, 6))]
        if kill["at"] == "swapped":
            names = ["chunks", *names, "keep_up"]
        if kill["at"] == "do:Remove":
            names = [*names, "remove", "expire"]
        return [self._doing(name) for name in names]

    def _doing(self, name: str) -> tuple[object, ...]:
        if name == "bring":
            return name, self._random.randrange(1, 5) if self.kills else 40
        if name == "chunks":
            return name, self._random.choice(CHUNK_SIZES)
        return (name,)


def crashed_through(trial: Trial, kills: int, minutes: float) -> list[str]:
    """Crash so often, settling after some of the crashes; return what does not hold at last."""
    draw = random.Random(trial.seed + 1)  # noqa: S311
    end = time.monotonic() + minutes * 60
    last = False
    while not last:
        trial.crash()
        last = trial.kills >= kills or time.monotonic() > end
        if last or draw.random() < _SETTLES:
            found = trial.settle()
            if found:
                return [f"after {trial.kills} kills", *found]
    return []
