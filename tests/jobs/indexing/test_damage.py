"""What is damaged of the data is made again, and nothing is said to be ready that is not."""

from functools import partial
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DocumentMissing
from desktop_rag.jobs.indexing.embedding import Upkeep
from desktop_rag.jobs.indexing.events import Event, Given, Indexed, Mended, Unchanged
from desktop_rag.library import consistency, remembered
from desktop_rag.library.disk import converted_pdfs, page_store
from desktop_rag.library.documents import DocumentState
from desktop_rag.workers.commands.indexing import Embed, Split
from desktop_rag.workers.commands.reading import PageRead
from tests import pdfs
from tests.jobs.indexing.test_coordinator import Session, folder, pages, session
from tests.workers import handlers
from tests.workers.handlers import Embedding

__all__ = ["folder", "session"]  # fixtures

READY = DocumentState.READY


@pytest.fixture
def indexing(session) -> partial:
    return partial(
        handlers.serve_indexing, session.paths.home, Embedding(session.paths.home / "diary")
    )


@pytest.fixture
def path(session, folder, indexing) -> Path:
    """A document of two pages that is ready, with another one beside it."""
    path = pdfs.plain(folder / "a.pdf", pages(2))
    pdfs.plain(folder / "b.pdf", pages(1, "harbour"))
    session.run([folder], indexing=indexing)
    session.upkeep = Upkeep(reconciles=True)
    return path


def embedded(session: Session, path: Path) -> int:
    return handlers.embedded(session.paths.home, session.document(path))


def place(session: Session, path: Path) -> Path:
    return page_store.place(session.paths.pages_folder, session.document(path))


def newest(session: Session) -> Path:
    """The manifest of the table as it is: their names count down."""
    return min(session.paths.vectors_folder.glob("*/_versions/*.manifest"))


def reads(session: Session) -> int:
    return sum(isinstance(step, PageRead) for step in session.steps)


def told(events: list[Event], kind: type[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def test_a_table_that_does_not_open_is_made_again_from_the_pages(session, path, indexing) -> None:
    for manifest in session.paths.vectors_folder.glob("*/_versions/*.manifest"):
        manifest.write_bytes(b"")
    events = session.run([], indexing=indexing)
    assert told(events, Mended) == [Mended(2)]
    assert len(told(events, Indexed)) == 2
    assert reads(session) == 0
    assert embedded(session, path) == 2
    assert session.state(path) is READY


@pytest.mark.parametrize("command", [Split, Embed])
def test_damage_met_while_documents_are_indexed_is_mended_and_they_go_on(
    command, session, path, indexing, folder
) -> None:
    session.upkeep = Upkeep()
    new = pdfs.plain(folder / "c.pdf", pages(3, "wharf"))
    damaged = []

    def until(coordinator) -> bool:
        if not damaged and isinstance(session.steps[-1] if session.steps else None, PageRead):
            damaged.append(newest(session))
            if command is Split:
                damaged[0].write_bytes(b"")
            else:
                for file in session.paths.vectors_folder.glob("*/data/*"):
                    file.write_bytes(b"")
        return coordinator.done

    events = session.run([folder], indexing=indexing, until=until)
    assert told(events, Mended)
    for one, count in ((path, 2), (new, 3)):
        assert session.state(one) is READY
        assert embedded(session, one) == count


@pytest.mark.parametrize("content", [b"", b"noise", None])
def test_damaged_pages_are_read_again_from_their_file(content, session, path, indexing) -> None:
    kept = place(session, path)
    kept.unlink() if content is None else kept.write_bytes(content)
    events = session.run([], indexing=indexing)
    assert events == [Mended(1), Indexed(path, pages=2, chunks=2)]
    assert reads(session) == 2
    assert page_store.sound(session.paths.pages_folder, session.document(path))


def test_damaged_pages_whose_file_is_gone_are_named_and_still_found(
    session, path, indexing
) -> None:
    place(session, path).write_bytes(b"noise")
    path.unlink()
    events = session.run([], indexing=indexing)
    (given,) = told(events, Given)
    assert given.path == path
    assert isinstance(given.error, DocumentMissing)
    assert session.state(path) is READY
    assert isinstance(session.error(path), DocumentMissing)
    assert embedded(session, path) == 2
    assert not told(events, Mended)  # nothing was


def test_all_whose_pages_are_read_again_are_told_of_at_once(
    session, path, indexing, folder
) -> None:
    gone = pdfs.plain(folder / "c.pdf", pages(1, "wharf"))
    session.upkeep = Upkeep()
    session.run([gone], indexing=indexing)
    session.upkeep = Upkeep(reconciles=True)
    for one in (path, folder / "b.pdf", gone):
        place(session, one).write_bytes(b"noise")
    gone.unlink()
    events = session.run([], indexing=indexing)
    assert told(events, Mended) == [Mended(2)]


def test_what_cannot_be_read_again_is_tried_once_and_then_when_its_file_is_back(
    session, path, indexing
) -> None:
    content = path.read_bytes()
    place(session, path).write_bytes(b"noise")
    path.unlink()
    session.run([], indexing=indexing)
    assert session.run([], indexing=indexing) == []
    path.write_bytes(content)
    assert told(session.run([path], indexing=indexing), Indexed)
    assert session.error(path) is None


@pytest.mark.parametrize("content", [b"%PDF-1.7 noise", b""])
def test_a_file_that_does_not_give_what_is_lost_is_not_read_at_each_start(
    content, session, path, indexing
) -> None:
    place(session, path).write_bytes(b"noise")
    path.write_bytes(content)
    events = session.run([], indexing=indexing)
    assert [event.path for event in told(events, Given)] == [path]
    assert not told(events, Mended)
    assert session.run([], indexing=indexing) == []
    assert session.state(path) is READY


def test_a_document_without_vectors_pages_and_file_is_not_called_ready(
    session, path, indexing
) -> None:
    for file in session.paths.vectors_folder.glob("*/data/*"):
        file.write_bytes(b"")
    place(session, path).unlink()
    path.unlink()
    events = session.run([], indexing=indexing)
    assert [event.path for event in told(events, Given)] == [path]
    assert session.state(path) is DocumentState.FAILED


def test_what_was_made_of_a_document_is_made_again(session, folder, indexing) -> None:
    path = folder / "notes.md"
    path.write_text("# Notes\n\nThe wharf has a lamp.\n", "utf-8")
    session.run([folder], indexing=indexing)
    made = converted_pdfs.place(session.paths.converted_folder, session.document(path))
    good = made.stat().st_size
    made.write_bytes(b"%PDF-1.7 noise")
    session.upkeep = Upkeep(reconciles=True)
    assert told(session.run([], indexing=indexing), Indexed)
    assert made.stat().st_size == good


def test_what_is_whole_is_not_read_again(session, path, indexing) -> None:
    assert session.run([], indexing=indexing) == []
    assert remembered.pages_checked(session.db) > 0
    events = session.run([path], indexing=indexing)
    assert events == [Unchanged(path)]


def test_what_a_lost_database_does_not_know_is_spared(session, path, indexing) -> None:
    document, kept = session.document(path), place(session, path)
    session.db.execute("DELETE FROM files")
    session.db.execute("DELETE FROM documents")
    remembered.note_lost(session.db)
    assert session.run([], indexing=indexing) == []
    assert kept.exists()
    assert session.run([path], indexing=indexing) == [Indexed(path, pages=2, chunks=2)]
    assert reads(session) == 0
    assert consistency.finished(session.db) == {document: 2}
