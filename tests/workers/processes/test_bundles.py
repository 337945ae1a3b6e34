"""Libraries in one file, with the real store, real processes, and an embedder without torch."""

import json
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DiskFull
from desktop_rag.domain.ports import Cancelled
from desktop_rag.domain.references import Origin, ReferenceField
from desktop_rag.jobs.indexing.coordinator import Coordinator
from desktop_rag.jobs.indexing.embedding import Upkeep
from desktop_rag.jobs.indexing.events import Event
from desktop_rag.jobs.indexing.processes import IndexingProcesses
from desktop_rag.jobs.indexing.queue import Batch, Queue
from desktop_rag.jobs.indexing.state import IndexingState
from desktop_rag.library import (
    consistency,
    conversations,
    documents,
    indexes,
    libraries,
    references,
)
from desktop_rag.library.bundles import exchange
from desktop_rag.library.bundles.exchange import ImportResult
from desktop_rag.library.conversations import Draft
from desktop_rag.library.db.database import open_database
from desktop_rag.library.documents import DocumentRow, DocumentState
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.settings.schema import Indexing
from desktop_rag.workers.commands.bundles import Exported, ExportLibrary, ImportLibrary, Unloaded
from desktop_rag.workers.pipe.calls import Calls, Mailbox
from desktop_rag.workers.pipe.targets import Target
from desktop_rag.workers.processes.indexing import IndexingProcess
from tests import pdfs
from tests.workers import handlers, threads
from tests.workers.handlers import Embedding

LOOK = 0.05
NAME = "Tesis"


@dataclass(slots=True)
class Machine:
    """A data directory, and what its embedder was asked."""

    paths: Paths
    db: sqlite3.Connection
    steps: list[object] = field(default_factory=list)

    @property
    def diary(self) -> Path:
        return self.paths.home / "diary.txt"

    @property
    def embedded(self) -> list[str]:
        return self.diary.read_text("utf-8").splitlines() if self.diary.exists() else []

    def indexing(self) -> Target:
        return partial(handlers.serve_indexing, self.paths.home, Embedding(self.diary))

    def take(self, given: Sequence[Path], name: str = NAME) -> list[Event]:
        """Take files in, or go on with what is left, as a command does."""
        with threads.instead():
            return self._take(given, name)

    def _take(self, given: Sequence[Path], name: str) -> list[Event]:
        box = Mailbox()
        reading = partial(threads.serve_reading, self.paths.home)
        processes = IndexingProcesses(
            box.worker("reading", reading), box.worker("indexing", self.indexing())
        )
        how = Indexing(recognition=False)
        state = IndexingState(self.db, self.paths, how, indexes.serving(self.db), Queue())
        coordinator = Coordinator(state, processes, upkeep=Upkeep(reconciles=True))
        place = libraries.ensure(self.db, name)
        events: list[Event] = []
        try:
            coordinator.begin([Batch(place, tuple(given))])
            while not coordinator.done:
                letter = box.take(LOOK)
                if letter:
                    events += coordinator.take(letter)
                coordinator.overdue()
        finally:
            processes.stop()
        return events

    def left(self, name: str = NAME) -> list[Path]:
        return list(documents.unfinished(self.db, libraries.find(self.db, name)).values())

    def ask(self, command: object, target: Target | None = None) -> Iterator[object]:
        """Yield what the indexing process says to a command; only a `target` has one for itself."""
        with ExitStack() as stack:
            if target is None:
                stack.enter_context(threads.instead())
            yield from stack.enter_context(Calls("indexing", target or self.indexing())).steps(
                command
            )

    def export(
        self, target: Path, *, originals: bool = False, places: bool = True, name: str = NAME
    ) -> Exported:
        contents = exchange.contents(self.db, libraries.find(self.db, name))
        command = ExportLibrary(target, contents, indexes.serving(self.db), originals, places)
        self.steps = list(self.ask(command))
        (exported,) = [step for step in self.steps if isinstance(step, Exported)]
        return exported

    def bring(
        self, source: Path, *, into: Path | None = None, name: str | None = None
    ) -> ImportResult:
        """Bring a library in, as its owner does."""
        self.steps = list(self.ask(self.command(source, into)))
        parts = [step for step in self.steps if isinstance(step, Unloaded)]
        return exchange.bring_in(
            self.db,
            name,
            *exchange.joined((one.contents, one.brought) for one in parts),
            source.parent,
        )

    def command(self, source: Path, into: Path | None = None) -> ImportLibrary:
        ready, known = exchange.ready(self.db), frozenset(consistency.all_ids(self.db))
        return ImportLibrary(source, indexes.serving(self.db), ready, known, into)

    def states(self, name: str = NAME) -> dict[str, DocumentState]:
        return {row.path.name: row.state for row in self.listing(name)}

    def listing(self, name: str = NAME) -> list[DocumentRow]:
        return documents.listing(self.db, libraries.find(self.db, name))

    def rows(self) -> dict[str, dict[str, object]]:
        """Every row of the store by its key, but for its vector's last digits."""
        from desktop_rag.engines.store import chunk_table

        name = chunk_table.table_name(1, "all-minilm-l6-v2", 384)
        table = chunk_table.Table(self.paths.vectors_folder, name, 384)
        found = [row for batch in table.rows(list(table.documents())) for row in batch.to_pylist()]
        return {row["key"]: row for row in found}

    def kept(self) -> list[str]:
        """What lies in the folders of pages and converted PDFs, but for what pages were made of."""
        folders = (self.paths.pages_folder, self.paths.converted_folder)
        files = (path for folder in folders for path in folder.rglob("*.*"))
        return sorted(path.name for path in files if path.suffix != ".text")


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Callable[[str], Machine]]:
    with ExitStack() as stack:

        def make(name: str) -> Machine:
            paths = open_home(tmp_path / name)
            return Machine(paths, stack.enter_context(closing(open_database(paths.database))))

        yield make


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of four documents, one of them locked, and a machine with a library of them."""
    place = tmp_path_factory.mktemp("old").resolve()
    files = place / "files"
    files.mkdir()
    pdfs.plain(files / "a.pdf", [f"Page {page} is about lighthouses." for page in range(3)])
    pdfs.plain(files / "b.pdf", [f"Page {page} is about harbours." for page in range(2)])
    (files / "notes.md").write_text("# Notes\n\nA note about marmalade.", encoding="utf-8")
    pdfs.locked(files / "locked.pdf", "secret")
    shutil.copytree(files, place / "kept")
    paths = open_home(place / "home")
    with closing(open_database(paths.database)) as db:
        Machine(paths, db).take([files])
    return files, paths.home


@pytest.fixture
def folder(indexed: tuple[Path, Path]) -> Iterator[Path]:
    """The folder, whose files may be changed: they are put back."""
    files, _ = indexed
    yield files
    shutil.rmtree(files)
    shutil.copytree(files.with_name("kept"), files)


@pytest.fixture
def old(machines, indexed: tuple[Path, Path], tmp_path: Path) -> Machine:
    """The machine, in a copy of its data."""
    shutil.copytree(indexed[1], tmp_path / "old")
    return machines("old")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "Tesis.ragx"


READY = {
    "a.pdf": DocumentState.READY,
    "b.pdf": DocumentState.READY,
    "locked.pdf": DocumentState.WAITING,
    "notes.md": DocumentState.READY,
}


def test_a_library_is_the_same_on_another_machine(old, machines, file) -> None:
    new = machines("new")
    exported = old.export(file)
    assert (exported.path, exported.away) == (file, ())
    assert exported.bytes == file.stat().st_size
    tally = new.bring(file)
    assert (tally.name, tally.ready, tally.waiting, tally.queued) == (NAME, 3, 1, 0)
    assert new.states() == old.states() == READY
    assert new.rows() == old.rows()
    assert new.kept() == old.kept()
    assert repr(new.listing()) == repr(old.listing())
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_records_come_along_and_what_is_typed_here_stays(old, machines, file, folder) -> None:
    new = machines("new")
    (place,) = [row for row in old.listing() if row.path.name == "a.pdf"]
    title, authors = ReferenceField.TITLE, ReferenceField.AUTHORS
    references.enter(old.db, place.document, title, "Of lights")
    references.enter(old.db, place.document, authors, "Ottoline Brack")
    old.export(file)
    new.take([folder / "a.pdf"], "Other")
    references.enter(new.db, place.document, title, "My lights")
    new.bring(file)
    found = references.reference(new.db, place.document)
    assert (found.title, found.text(authors)) == ("My lights", "Brack, Ottoline")
    (other,) = [row for row in new.listing() if row.path.name == "b.pdf"]
    assert references.reference(new.db, other.document).origin(title) is Origin.FILE_NAME


def test_nothing_is_embedded_again(old, machines, file) -> None:
    new = machines("new")
    old.export(file)
    new.bring(file)
    assert old.embedded
    new.take(new.left())
    assert new.embedded == []
    assert new.states() == READY


def talk(machine: Machine, document: DocumentId) -> None:
    """A conversation with a citation, and one without anything."""
    library = libraries.find(machine.db, NAME)
    id_ = conversations.create(machine.db, library, "Light")
    source = {
        "number": 1,
        "document": document,
        "title": "a",
        "page": 2,
        "page_label": "3",
        "snippet": "Page 2 is about lighthouses.",
        "boxes": [[0.1, 0.2, 0.3, 0.4]],
        "header": "a",
        "recognized": False,
        "continued": [[3, [0.1, 0.0, 0.9, 0.1]]],
        "layer": "note",
    }
    payload = {
        "sources": [source],
        "cited": [source],
        "statistics": None,
        "error": "",
        "language": "en",
        "read": [1],
        "thoughts": "",
        "thought_seconds": 0.0,
        "incomplete": 2,
        "wording": {"phrases": ["the tide"], "phrase_hits": 3, "mended": [["dept", "debt"]]},
    }
    draft = Draft(question="What?", answer="That [1].", mode="model", payload=json.dumps(payload))
    conversations.add_turn(machine.db, id_, draft)
    conversations.set_scope(
        machine.db, id_, json.dumps({"kind": "document", "documents": [document]})
    )
    conversations.set_sampling(machine.db, id_, '{"temperature":0.5}')
    conversations.create(machine.db, library, "Empty")


def talks(machine: Machine, name: str = NAME) -> list[object]:
    found = conversations.listed(machine.db, libraries.find(machine.db, name))
    return [
        (
            one.title,
            one.created,
            one.changed,
            json.loads(one.scope or "{}"),
            [
                (turn.question, turn.answer, turn.mode, turn.created, json.loads(turn.payload))
                for turn in conversations.turns(machine.db, one.id)
            ],
        )
        for one in found
    ]


def test_conversations_keep_their_citations(old, machines, file, folder) -> None:
    new = machines("new")
    talk(old, old.listing()[0].document)
    old.export(file)
    assert new.bring(file).conversations == 2
    assert talks(new) == talks(old)
    assert new.bring(file, name=NAME).conversations == 0
    assert talks(new) == talks(old)
    (first,) = [one for one in conversations.listed(new.db, 1) if one.sampling]
    assert json.loads(first.sampling)["temperature"] == 0.5


def test_a_name_that_is_taken_gets_a_number(old, machines, file) -> None:
    new = machines("new")
    old.export(file)
    assert [new.bring(file).name for _ in range(3)] == [NAME, f"{NAME} (2)", f"{NAME} (3)"]
    assert new.states(f"{NAME} (3)") == READY
    assert len(new.rows()) == len(old.rows())


def test_what_is_known_is_not_brought_twice(old, machines, file, folder) -> None:
    new = machines("new")
    new.take([folder / "a.pdf"], "Mine")
    before = {key: row["vector"] for key, row in new.rows().items()}
    asked = new.embedded
    old.export(file)
    tally = new.bring(file, name="mine")
    assert (tally.name, tally.known, tally.ready) == ("Mine", 1, 3)
    assert new.states("Mine") == READY
    after = new.rows()
    assert after.keys() == old.rows().keys()
    assert all(after[key]["vector"] == vector for key, vector in before.items())
    assert new.embedded == asked


def test_another_embedder_embeds_what_was_read(old, machines, file, folder) -> None:
    new = machines("new")
    indexes.want(new.db, None, 60)
    old.export(file)
    for path in folder.iterdir():
        path.unlink()
    tally = new.bring(file)
    assert (tally.ready, tally.queued, tally.waiting) == (0, 3, 1)
    assert new.embedded == []
    new.take(new.left())
    assert new.states() == READY
    assert sorted(new.embedded) == sorted(old.embedded)
    assert new.kept() == old.kept()


def test_an_index_that_is_being_built_gets_them_too(old, machines, file, folder) -> None:
    new = machines("new")
    new.take([folder / "a.pdf"])
    indexes.want(new.db, None, 60)
    old.export(file)
    new.bring(file, name=NAME)
    assert indexes.left(new.db).documents == 3
    new.take([])
    assert indexes.building(new.db) is None
    assert indexes.serving(new.db).chunk_tokens == 60
    assert new.states() == READY


def test_documents_go_along_if_wanted(old, machines, file, folder, tmp_path) -> None:
    new = machines("new")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 something else by now")
    assert old.export(file, originals=True).away == ("b.pdf",)
    a = (folder / "a.pdf").read_bytes()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "a.pdf").write_bytes(b"another one of this name")
    new.bring(file, into=mine)
    assert sorted(path.name for path in mine.iterdir()) == [
        "a (2).pdf",
        "a.pdf",
        "locked.pdf",
        "notes.md",
    ]
    assert (mine / "a.pdf").read_bytes() == b"another one of this name"
    assert (mine / "a (2).pdf").read_bytes() == a
    paths = [row.path for row in new.listing()]
    assert sorted(paths) == sorted(
        [
            mine / "a (2).pdf",
            folder / "b.pdf",
            mine / "locked.pdf",
            mine / "notes.md",
        ]
    )
    again = machines("again")
    again.bring(file, into=mine)
    assert len(list(mine.iterdir())) == 4


def test_paths_of_another_system_are_looked_for_beside_the_file(old, machines, file) -> None:
    new = machines("new")
    contents = exchange.contents(old.db, libraries.find(old.db, NAME))
    places = (r"C:\Users\ana\CON.pdf", "relative/x.pdf", "/a/../../b.pdf", "/data/ok.pdf")
    moved = tuple(
        replace(one, files=(replace(one.files[0], path=path),))
        for one, path in zip(contents.documents, places, strict=True)
    )
    index = indexes.serving(old.db)
    moving = replace(contents, documents=moved)
    list(old.ask(ExportLibrary(file, moving, index, places=True)))
    new.bring(file)
    paths = {row.path for row in new.listing()}
    assert paths == {
        file.parent / "_CON.pdf",
        file.parent / "x.pdf",
        file.parent / "b.pdf",
        Path("/data/ok.pdf"),
    }


def test_a_path_that_is_another_documents_stays_its(old, machines, file, folder) -> None:
    new = machines("new")
    old.export(file)
    pdfs.plain(folder / "a.pdf", ["Something quite different."])
    new.take([folder / "a.pdf"], "Mine")
    new.bring(file)
    assert [row.path.name for row in new.listing("Mine")] == ["a.pdf"]
    assert "a (2).pdf" in new.states()


@dataclass(slots=True)
class Impatient:
    """A job that is cancelled at its next look after so many."""

    looks: int

    def check(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            raise Cancelled


@pytest.mark.parametrize("looks", [0, 3, 9])
def test_what_is_cancelled_leaves_nothing(old, machines, file, looks, tmp_path) -> None:
    new = machines("new")
    contents = exchange.contents(old.db, libraries.find(old.db, NAME))
    command = ExportLibrary(file, contents, indexes.serving(old.db), True)
    with pytest.raises(Cancelled):
        list(IndexingProcess(old.paths).handle(command, Impatient(looks)))
    assert list(file.parent.iterdir()) == []
    old.export(file, originals=True)
    mine = tmp_path / "mine"
    with pytest.raises(Cancelled):
        list(IndexingProcess(new.paths).handle(new.command(file, mine), Impatient(looks + 4)))
    assert new.kept() == []
    assert not mine.exists() or list(mine.iterdir()) == []
    assert new.rows() == {}
    assert libraries.summaries(new.db) == []


def test_a_crash_before_the_transaction_leaves_nothing_for_long(old, machines, file) -> None:
    new = machines("new")
    new.take([pdfs.plain(file.parent / "own.pdf", ["A page of my own."])], "Mine")
    own = new.rows()
    old.export(file)
    list(new.ask(new.command(file)))
    assert len(new.rows()) > len(own)
    for path in (new.paths.pages_folder, new.paths.converted_folder):
        for kept in path.rglob("*.*"):
            os.utime(kept, (1, 1))
    new.take([], "Mine")
    assert new.rows() == own
    assert len(new.kept()) == 1
    new.bring(file)
    assert new.states() == READY


def test_a_full_disk_leaves_nothing(old, machines, file) -> None:
    new = machines("new")
    contents = exchange.contents(old.db, libraries.find(old.db, NAME))
    command = ExportLibrary(file, contents, indexes.serving(old.db), True)
    full = partial(handlers.serve_on_full_disk, old.paths.home, Embedding(old.diary), 5_000)
    with pytest.raises(DiskFull) as refused:
        list(old.ask(command, full))
    assert refused.value.path == str(file)
    assert list(file.parent.iterdir()) == []
    old.export(file)
    full = partial(handlers.serve_on_full_disk, new.paths.home, Embedding(new.diary), 0)
    with pytest.raises(DiskFull):
        list(new.ask(new.command(file), full))
    assert new.kept() == []
    assert new.rows() == {}


def test_documents_whose_files_are_not_there_are_found_until_they_are_added(
    old, machines, file, folder
) -> None:
    new = machines("new")
    old.export(file, places=False)
    tally = new.bring(file)
    assert (tally.ready, tally.absent) == (3, 4)
    assert {row.path.parent for row in new.listing()} == {file.parent}
    assert new.states() == READY
    new.take([folder])
    assert {row.path for row in new.listing()} == set(folder.iterdir())
    assert len(documents.files_of(new.db, new.listing()[0].document)) == 1
    assert new.embedded == []
    assert new.states() == READY


def test_documents_that_are_here_stay_where_they_are(old, machines, file, folder) -> None:
    new = machines("new")
    new.take([folder], "Mine")
    old.export(file, places=False)
    tally = new.bring(file)
    assert (tally.known, tally.absent) == (3, 0)
    assert {row.path for row in new.listing()} == set(folder.iterdir())


def tampered(file: Path, changes: dict[str, bytes]) -> None:
    """Have members of a file with a library hold something else."""
    with zipfile.ZipFile(file) as bundle:
        members = {name: bundle.read(name) for name in bundle.namelist()}
    with zipfile.ZipFile(file, "w") as bundle:
        for name, content in (members | changes).items():
            bundle.writestr(name, content)


def test_what_is_damaged_of_one_document_costs_no_other_one(
    old, machines, file, folder, tmp_path
) -> None:
    new = machines("new")
    ids = {row.path.name: row.document for row in old.listing()}
    old.export(file, originals=True)
    tampered(
        file,
        {
            f"pages/{ids['a.pdf']}.zip": b"noise",
            f"files/{ids['b.pdf']}/b.pdf": b"noise",
        },
    )
    for path in folder.iterdir():
        path.unlink()
    tally = new.bring(file, into=tmp_path / "mine")
    assert tally.damaged == ("a.pdf", "b.pdf")
    assert (tally.ready, tally.waiting, tally.absent) == (3, 1, 1)
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [
        "a.pdf",
        "locked.pdf",
        "notes.md",
    ]
    assert new.rows() == old.rows()


def test_rows_that_are_damaged_are_made_anew(old, machines, file, folder) -> None:
    new = machines("new")
    old.export(file)
    tampered(file, {"chunks.arrow": b"noise"})
    for path in folder.iterdir():
        path.unlink()
    tally = new.bring(file)
    assert (tally.ready, tally.queued, tally.waiting) == (0, 3, 1)
    assert tally.damaged == ("a.pdf", "b.pdf", "notes.md")
    new.take(new.left())
    assert new.states() == READY
    assert new.rows().keys() == old.rows().keys()


def test_a_record_that_is_damaged_costs_only_its_document(old, machines, file, folder) -> None:
    new = machines("new")
    old.export(file)
    with zipfile.ZipFile(file) as bundle:
        lines = bundle.read("records.jsonl").splitlines(keepends=True)
    lines[0] = lines[0].replace(b'"ready"', b'"done"')
    tampered(file, {"records.jsonl": b"".join(lines)})
    tally = new.bring(file)
    assert (tally.ready, len(tally.damaged)) == (2, 1)
    assert tally.damaged[0]
