"""Taking files in while somebody else ends the processes: that is no document's fault."""

import os
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from desktop_rag.domain.errors import (
    DocumentCutShort,
    DocumentFatal,
    DocumentMissing,
    PagesLeftOut,
)
from desktop_rag.domain.limits import Cut, CutUnit
from desktop_rag.domain.progress import Stored
from desktop_rag.ingest.indexer import Begun
from desktop_rag.jobs.indexing.coordinator import Coordinator
from desktop_rag.jobs.indexing.embedding import Upkeep
from desktop_rag.jobs.indexing.events import Indexed
from desktop_rag.library import documents, libraries
from desktop_rag.library.documents import DocumentState
from desktop_rag.workers.commands.indexing import Embed, Reconcile, Split
from desktop_rag.workers.commands.reading import FindFiles, Hash, Read
from desktop_rag.workers.pipe import watch
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.standstill import Looks
from tests import pdfs
from tests.jobs.indexing.test_coordinator import A, Played, folder, found, pages, session
from tests.workers import handlers
from tests.workers.handlers import Embedding

__all__ = ["folder", "session"]


@pytest.fixture(autouse=True)
def _in_processes(session) -> None:
    session.threads = False


def stop(worker: Worker) -> None:
    """Have a process stand still, as the system does to one that is to wait."""
    os.kill(worker._life.process.pid, signal.SIGSTOP)


@pytest.fixture
def ended_at(monkeypatch) -> Callable[..., list[object]]:
    """Have the process ended that is given the first command of a kind, before it can do it."""

    def at(kind: type, end: Callable[[Worker], None] = Worker.kill) -> list[object]:
        ended: list[object] = []
        submit = Worker.submit

        def submitting(worker: Worker, command: object) -> int:
            if isinstance(command, kind) and not ended:
                ended.append(command)
                number = submit(worker, command)
                end(worker)
                return number
            return submit(worker, command)

        monkeypatch.setattr(Worker, "submit", submitting)
        return ended

    return at


@pytest.mark.parametrize("kind", [FindFiles, Hash, Read, Split])
def test_whoever_is_ended_once_begins_again(session, folder, ended_at, kind) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(3))
    ended = ended_at(kind)
    assert session.run([folder]) == [Indexed(path, pages=3, chunks=3)]
    assert session.error(path) is None
    assert ended


@pytest.mark.skipif(os.name == "nt", reason="processes are stopped otherwise there")
@pytest.mark.parametrize("kind", [FindFiles, Hash, Read, Split, Embed])
def test_whoever_stands_still_is_ended_and_what_it_did_begins_again(
    session, folder, ended_at, monkeypatch, kind
) -> None:
    monkeypatch.setattr(watch, "LOOKS", Looks(0.4, 4))
    paths = [pdfs.plain(folder / f"{name}.pdf", pages(2, name)) for name in ("buoy", "quay")]
    diary = folder.parent / "diary"
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(diary))
    ended = ended_at(kind, stop)
    events = session.run([folder], indexing=indexing)
    assert sorted(event.path for event in events if isinstance(event, Indexed)) == paths
    assert [session.error(path) for path in paths] == [None, None]
    assert ended
    for path in paths:  # nothing is there twice
        assert handlers.embedded(session.paths.home, session.document(path)) == 2


def test_a_comparison_that_is_ended_begins_again(session, folder, ended_at) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(folder / "diary"))
    session.run([folder], indexing=indexing)
    document = session.document(path)
    shutil.rmtree(session.paths.vectors_folder)
    session.paths.vectors_folder.mkdir()
    session.upkeep = Upkeep(reconciles=True)
    ended = ended_at(Reconcile)
    session.run([], indexing=indexing)
    assert handlers.embedded(session.paths.home, document) == 2
    assert ended


def test_an_indexing_process_that_was_ended_at_rest_is_started_again(session, folder) -> None:
    first = pdfs.plain(folder / "a.pdf", pages(1))
    second = pdfs.plain(folder.parent / "b.pdf", pages(1, "harbour"))
    ended = []

    def look(coordinator: Coordinator) -> bool:
        known = documents.known(session.db, [first]).get(first)
        ready = known is not None and known.state is DocumentState.READY
        if ready and coordinator._indexes.doing is None and not ended:
            process = coordinator.processes.indexing._life.process
            process.kill()
            process.join()
            ended.append(process)
            coordinator.add(session.batch([second]))
        return bool(ended) and coordinator.done

    session.run([first], until=look)
    assert session.state(second) is DocumentState.READY


def test_what_the_store_has_lost_is_made_anew_while_its_folder_is_looked_through(
    session, folder
) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(folder / "diary"))
    session.run([folder], indexing=indexing)
    shutil.rmtree(session.paths.vectors_folder)
    session.paths.vectors_folder.mkdir()
    session.upkeep = Upkeep(reconciles=True)
    session.run([folder], indexing=indexing)
    assert session.state(path) is DocumentState.READY
    assert handlers.embedded(session.paths.home, session.document(path)) == 2


def test_of_a_document_that_was_cut_is_said_how_much_was_read(session) -> None:
    played = Played(session)
    found(played, "a")
    played.hashed()
    played.read()
    cut = Cut(CutUnit.ROWS, 200_000)
    stored = Stored(A, "A", "en", chunks=2, pages=1, embedded=2, cut=cut)
    played.reply(played.indexing, Begun(A), stored)
    path = Path("/pdf/a.pdf")
    assert session.state(path) is DocumentState.READY
    error = session.error(path)
    assert isinstance(error, DocumentCutShort)
    assert error.args == ("a.pdf", ("rows", 200_000))


def test_who_has_no_page_but_those_that_were_left_out_is_not_called_damaged(
    session, folder
) -> None:
    path = pdfs.plain(folder / "bad.pdf", pages(1))
    session.run([folder], reading=session.troubled("bad.pdf", 0))
    assert isinstance(session.error(path), DocumentFatal)


def test_pages_that_were_left_out_are_told_also_by_who_goes_on(session, folder) -> None:
    path = pdfs.plain(folder / "bad.pdf", pages(3))
    reading = session.troubled("bad.pdf", 1)

    def until_it_is_read(coordinator: Coordinator) -> bool:
        return coordinator._indexes.doing is not None

    session.run([folder], reading=reading, until=until_it_is_read)
    assert session.state(path) is not DocumentState.READY
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(folder / "diary"))
    session.run([folder], indexing=indexing)
    assert session.state(path) is DocumentState.READY
    error = session.error(path)
    assert isinstance(error, PagesLeftOut)
    assert error.pages == (1,)


def test_a_document_whose_file_has_gone_waits_no_longer(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))

    def known(_coordinator: Coordinator) -> bool:
        return bool(documents.known(session.db, [path]).get(path))

    session.run([folder], until=known)
    content = path.read_bytes()
    path.unlink()
    session.run([path])
    row = documents.listing(session.db, libraries.find(session.db, "Papers"))[0]
    assert row.state is DocumentState.FAILED
    assert isinstance(row.error, DocumentMissing)
    path.write_bytes(content)
    session.watched = True
    assert session.run([folder])[-1] == Indexed(path, pages=2, chunks=2)
