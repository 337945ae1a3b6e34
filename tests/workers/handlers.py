"""What runs in the child processes of these tests: small jobs, and the real ones made to fail.

A spawned child imports this module by name, so nothing here may be a closure.
"""

import dataclasses
import hashlib
import mmap
import os
import signal
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from ctypes import c_uint64
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path

import numpy as np

from desktop_rag.domain.documents import Chunk, DocumentId
from desktop_rag.domain.errors import DocumentWithoutText, ModelTooLarge, StoreDamaged
from desktop_rag.domain.ports import CancelToken
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.ingest.indexer import Begun, Textless
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.command import Command
from desktop_rag.workers.commands.drawing import Draw, Open
from desktop_rag.workers.commands.indexing import (
    Embed,
    Holdings,
    NotRead,
    Reconcile,
    Remove,
    Split,
    Tidy,
)
from desktop_rag.workers.pipe import host
from tests import full_disk

DIED = 7  # the exit code of a child that dies here on purpose
GATE_SECONDS = 20.0  # only failures ever wait this long

# Small jobs


@dataclasses.dataclass(frozen=True, slots=True)
class Count(Command[int]):
    """Yield the numbers below `end`."""

    end: int


@dataclasses.dataclass(frozen=True, slots=True)
class WaitForCancel(Command[int]):
    """Yield the id of the process, then wait to be cancelled."""


@dataclasses.dataclass(frozen=True, slots=True)
class Refuse(Command[str]):
    """Yield once, then end in an expected error."""


@dataclasses.dataclass(frozen=True, slots=True)
class FindDamage(Command[str]):
    """Yield once, then find the store damaged."""


@dataclasses.dataclass(frozen=True, slots=True)
class Stumble(Command[str]):
    """Yield once, then end in an error that nobody expected."""


@dataclasses.dataclass(frozen=True, slots=True)
class Crash(Command[str]):
    """Yield once, then end the process."""


@dataclasses.dataclass(frozen=True, slots=True)
class GoDeaf(Command[int]):
    """Yield once, then never listen again, not even to the system's request to end."""


@dataclasses.dataclass(frozen=True, slots=True)
class Babble(Command[int | str]):
    """Yield for ever, whoever wishes it to stop."""


@dataclasses.dataclass(frozen=True, slots=True)
class Weigh(Command[int]):
    """Yield how many bytes `load` has."""

    load: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Swell(Command[int]):
    """Take so many MiB of memory, then yield."""

    mib: int


@dataclasses.dataclass(frozen=True, slots=True)
class MapFile(Command[int]):
    """Read all of a file that is mapped into memory, then yield the size of it."""

    path: Path


@dataclasses.dataclass(frozen=True, slots=True)
class RunOut(Command[int]):
    """Be refused memory."""


def jobs(command: object, cancel: CancelToken) -> Iterator[object]:
    """Do one of the above."""
    match command:
        case Count(end=end):
            for number in range(end):
                cancel.check()
                yield number
        case WaitForCancel():
            yield os.getpid()
            _wait_for(cancel)
        case Weigh(load=load):
            yield len(load)
        case Refuse() | FindDamage() | Stumble() | Crash():
            yield "so far"
            _fail(command)
        case GoDeaf() | Babble():
            yield from _go_on(command)
        case _:
            yield _taken(command)


def _taken(command: object) -> int:
    """Take memory, and return how much in the command's own unit."""
    match command:
        case Swell(mib=mib):
            return len([bytearray(1 << 20) for _ in range(mib)])
        case MapFile(path=path):
            with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as held:
                return len(held) + sum(held[at] for at in range(0, len(held), mmap.PAGESIZE))
        case RunOut():
            raise MemoryError
        case _:
            raise TypeError(command)


def _fail(command: object) -> None:
    match command:
        case Refuse():
            raise ModelTooLarge("llama.gguf", 12.5, 3.0)
        case FindDamage():
            raise StoreDamaged("/data/vectors")
        case Stumble():
            raise ZeroDivisionError("the secret of the bug")
        case Crash():
            os._exit(DIED)


def _go_on(command: object) -> Iterator[object]:
    """Never end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    yield os.getpid()
    while isinstance(command, Babble):
        yield "and so on"
        time.sleep(0.005)
    threading.Event().wait()


def serve_jobs(pipe: Connection, mark: c_uint64) -> None:
    """Serve them as every worker does."""
    host.serve(pipe, mark, jobs)


@dataclasses.dataclass(frozen=True, slots=True)
class Gate:
    """What holds a child before it reads its first command; with `dies`, it ends there instead."""

    opened: Event
    dies: bool = False


def serve_other_jobs(pipe: Connection, mark: c_uint64) -> None:
    """Answer whatever is asked with "other"."""

    def handle(_command: object, _cancel: CancelToken) -> Iterator[object]:
        yield "other"

    host.serve(pipe, mark, handle)


def serve_behind(gate: Gate, pipe: Connection, mark: c_uint64) -> None:
    """Serve the jobs once the gate is opened; each yields first whether it was."""
    opened = gate.opened.wait(GATE_SECONDS)
    if gate.dies:
        os._exit(DIED)

    def handle(command: object, cancel: CancelToken) -> Iterator[object]:
        yield opened
        yield from jobs(command, cancel)

    host.serve(pipe, mark, handle)


def _wait_for(cancel: CancelToken) -> None:
    while True:
        cancel.check()
        time.sleep(0.005)


# Reading with the real engine, which some pages are too much for


@dataclasses.dataclass(frozen=True, slots=True)
class Trouble:
    """Pages of the file called `name` at which the reader dies, or else hangs; -1 is opening it.

    With `full`, the disk has no room for what is read from that file; `user` is
    whom the system takes it for; it dies where it is to recognize one of the pages
    in `recognizes`. Who hangs says so in `waits`, and a reader that is `late`
    starts only when that is gone again.
    """

    name: str
    pages: frozenset[int] = frozenset()
    hangs: bool = False
    full: bool = False
    late: bool = False
    user: int | None = None
    recognizes: frozenset[int] = frozenset()
    waits: Path | None = None

    def say_that_it_waits(self) -> None:
        """Write down which process waits."""
        if self.waits:
            written = self.waits.with_suffix(".part")
            written.write_text(str(os.getpid()))
            written.replace(self.waits)

    def be_late(self) -> None:
        """Wait until somebody has enough of that."""
        self.say_that_it_waits()
        while self.waits and self.waits.exists():
            time.sleep(0.005)

    def meet(self, name: str, page: int) -> None:
        """Die or hang where that is due."""
        if name == self.name and page in self.pages:
            if self.hangs:
                self.say_that_it_waits()
                threading.Event().wait()
            os._exit(DIED)


def serve_reading(home: Path, trouble: Trouble, pipe: Connection, mark: c_uint64) -> None:
    """Read as the real process does, but for `trouble`."""
    from desktop_rag.engines.pdf import ocr, reading
    from desktop_rag.workers.processes.reading import ReadingProcess

    recognized = ocr.Recognizer.recognized

    def troubled_recognized(self: object, document: object, page: object) -> object:
        if Path(document.name).name == trouble.name and page.number in trouble.recognizes:
            os._exit(DIED)
        return recognized(self, document, page)

    ocr.Recognizer.recognized = troubled_recognized
    outline, page_of = reading.outline, reading._page

    def troubled_outline(document: object) -> object:
        path = Path(document.name)
        trouble.meet(path.name, -1)
        if trouble.full and path.name == trouble.name:
            place = page_store.place(Paths(home).pages_folder, _document(path))
            place.parent.mkdir(exist_ok=True)
            page_store.unfinished(place).symlink_to("/dev/full")
        return outline(document)

    def troubled_page(page: object, number: int, label: str) -> object:
        trouble.meet(Path(page.parent.name).name, number)
        return page_of(page, number, label)

    reading.outline, reading._page = troubled_outline, troubled_page
    if trouble.late:
        trouble.be_late()
    if trouble.user is not None:
        os.setuid(trouble.user)
    host.serve(pipe, mark, ReadingProcess(Paths(home)).handle)


def serve_deadly_attachments(home: Path, pipe: Connection, mark: c_uint64) -> None:
    """Read as the real process does, which dies where something came in a document."""
    from desktop_rag.workers.processes import attaching
    from desktop_rag.workers.processes.reading import ReadingProcess

    def deadly(*_: object) -> None:
        os._exit(DIED)

    attaching._kept = deadly
    host.serve(pipe, mark, ReadingProcess(Paths(home)).handle)


def _document(path: Path) -> DocumentId:
    return DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())


# Drawing with the real engine, which some pages are too much for


def serve_drawing(home: Path, trouble: Trouble, pipe: Connection, mark: c_uint64) -> None:
    """Draw as the real process does, but for `trouble`."""
    from desktop_rag.workers.processes.drawing import DrawingProcess

    drawing = DrawingProcess(Paths(home))
    names: dict[DocumentId, str] = {}

    def handle(command: object, cancel: CancelToken) -> Iterator[object]:
        match command:
            case Open(document=document, path=Path(name=name)):
                names[document] = name
                trouble.meet(name, -1)
            case Draw(document=document, page=page):
                trouble.meet(names.get(document, ""), page)
        yield from drawing.handle(command, cancel)

    host.serve(pipe, mark, handle)


# Indexing without a store


@dataclasses.dataclass(frozen=True, slots=True)
class Deaths:
    """The process dies `times` at the file called `name`; `folder` keeps count across lives."""

    folder: Path
    name: str = ""
    times: int = 0

    def meet(self, name: str) -> None:
        """Die where that is due."""
        if name == self.name:
            died = len(list(self.folder.glob("death-*")))
            if died < self.times:
                (self.folder / f"death-{died}").touch()
                os._exit(DIED)


def serve_counting(home: Path, deaths: Deaths, pipe: Connection, mark: c_uint64) -> None:
    """Make one chunk of each page with lines, and keep none of them."""
    folder = Paths(home).pages_folder

    def handle(command: object, cancel: CancelToken) -> Iterator[object]:
        cancel.check()
        match command:
            case Split():
                yield from _counted(folder, deaths, command)
            case Embed(documents=documents):
                for document in documents:
                    yield Embedded(document, 0)
            case Tidy():
                pass
            case Remove():
                deaths.meet("Remove")
            case Reconcile(indexes=indexes):
                yield Holdings(indexes[0].id, {}, frozenset())
            case _:
                raise TypeError(command)

    host.serve(pipe, mark, handle)


def _counted(folder: Path, deaths: Deaths, command: Split) -> Iterator[object]:
    stored = []
    for one in command.documents:
        read = page_store.load(folder, one.document)
        if read is None:
            yield NotRead(one.document)
            continue
        yield Begun(one.document)
        deaths.meet(one.name)
        pages = [page for page in read[1] if page.lines]
        unread = tuple(page.number for page in read[1] if page.unread)
        stored.append(
            Stored(one.document, "A title", "en", len(pages), 0, len(read[1]), unread)
            if pages
            else Textless(one.document, DocumentWithoutText(one.name), unread)
        )
    yield from stored


# Indexing with the real store, and an embedder that writes down what it is asked


@dataclasses.dataclass(frozen=True, slots=True)
class Embedding:
    """Where the embedder writes a line for each text; after so many `jobs` it waits for the end."""

    diary: Path
    jobs: int | None = None

    def use(self, threads: int) -> None:
        """Compute with so many threads."""

    def each(self, texts: Sequence[str]) -> Generator[np.ndarray]:
        """Yield unit vectors that mean nothing, the same for the same text."""
        with self.diary.open("a", encoding="utf-8") as diary:
            diary.writelines(" ".join(text.split()) + "\n" for text in texts)
        seeds = [sum(text.encode()) for text in texts]
        vectors = np.stack([np.random.default_rng(seed).normal(size=384) for seed in seeds])
        yield from (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def serve_indexing(home: Path, embedding: Embedding, pipe: Connection, mark: c_uint64) -> None:
    """Index as the real process does, two chunks at a time, without torch."""
    from desktop_rag.workers.processes.indexing import IndexingProcess

    indexing = IndexingProcess(Paths(home))
    loaded: Future[Embedding] = Future()
    loaded.set_result(embedding)
    indexing._loading = lambda _opened: loaded
    done = 0

    def handle(command: object, cancel: CancelToken) -> Iterator[object]:
        nonlocal done
        if isinstance(command, Embed):
            command = dataclasses.replace(command, limit=2)
            done += 1
        yield from indexing.handle(command, cancel)
        if isinstance(command, Embed) and done == embedding.jobs:
            _wait_for(cancel)

    host.serve(pipe, mark, handle)


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal:
    """A word that the store has a bug for, or `dies` of; none where it is empty."""

    word: str = ""
    dies: bool = False


def serve_refusing(
    home: Path, embedding: Embedding, refusal: Refusal, pipe: Connection, mark: c_uint64
) -> None:
    """Index as above, with a store that does not take everything."""
    from desktop_rag.engines.store import chunk_table

    row = chunk_table.row

    def refusing(chunk: Chunk, name: str, vector: object = None) -> dict[str, object]:
        if refusal.word and refusal.word in chunk.text:
            if refusal.dies:
                os._exit(DIED)
            raise ZeroDivisionError(refusal.word)
        return row(chunk, name, vector)

    chunk_table.row = refusing
    try:
        serve_indexing(home, embedding, pipe, mark)
    finally:
        chunk_table.row = row  # threads share it with what comes after


def serve_on_full_disk(
    home: Path, embedding: Embedding, room: int, pipe: Connection, mark: c_uint64
) -> None:
    """Index as above, on a disk where so many bytes fit into what is not finished."""
    full_disk.fill(room)
    serve_indexing(home, embedding, pipe, mark)


def serve_without_embedder(home: Path, pipe: Connection, mark: c_uint64) -> None:
    """Be the real process, on a machine where the embedder is not installed."""
    import importlib.util

    from desktop_rag.workers.processes import indexing

    importlib.util.find_spec = lambda _name: None
    indexing.main(home, False, pipe, mark)


def embedded(home: Path, document: DocumentId) -> int:
    """Return how many chunks of a document have their vector, read where nobody writes."""
    from desktop_rag.engines.store import chunk_table

    name = chunk_table.table_name(1, "all-minilm-l6-v2", 384)
    table = chunk_table.Table(Paths(home).vectors_folder, name, 384)
    return table.holdings().get(document, (0, 0))[1]
