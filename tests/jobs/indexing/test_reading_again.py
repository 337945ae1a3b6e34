"""Documents that an older version read are read again, and are found as they are until then."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pymupdf  # noqa: TID253  (what a PDF says of itself is written with it)
import pytest

from desktop_rag.domain.indexes import READING
from desktop_rag.domain.progress import Stored
from desktop_rag.ingest.indexer import Begun
from desktop_rag.jobs.indexing.embedding import Upkeep
from desktop_rag.jobs.indexing.events import Indexed, Swapped
from desktop_rag.library import consistency, documents, indexes, libraries
from desktop_rag.library.db.database import open_database, transaction
from desktop_rag.library.disk import page_store
from desktop_rag.library.documents import DocumentState
from desktop_rag.workers.commands.indexing import NotRead
from desktop_rag.workers.commands.reading import PageRead, PageRecognized
from tests import older, pdfs
from tests.jobs.indexing.test_coordinator import (
    A,
    Played,
    folder,
    found,
    of,
    of_file,
    pages,
    recognizing,
    session,
)
from tests.tesseract import needs_tesseract
from tests.workers import handlers
from tests.workers.handlers import Embedding

__all__ = ["folder", "session"]


def storing(session) -> partial:
    diary = session.paths.home / "diary"
    return partial(handlers.serve_indexing, session.paths.home, Embedding(diary))


def embedded(session) -> int:
    return len((session.paths.home / "diary").read_text("utf-8").splitlines())


def as_before(session) -> None:
    """Have the data directory be one of the version before, opened by this one."""
    session.db.close()
    older.everything(session.paths)
    session.db = open_database(session.paths.database)
    assert indexes.serving(session.db).reading < READING


def read_again(session) -> list[object]:
    indexes.want(session.db, None, 110)
    return session.run([], indexing=storing(session))


@pytest.fixture(autouse=True)
def _closed(session):
    yield
    session.db.close()


def states(session) -> dict[str, DocumentState]:
    rows = documents.listing(session.db, libraries.find(session.db, "Papers"))
    return {row.path.name: row.state for row in rows}


def test_all_are_read_again_beside_what_is_searched_and_then_take_its_place(
    session, folder
) -> None:
    for name in ("a", "b"):
        pdfs.plain(folder / f"{name}.pdf", pages(3, name * 5))
    (folder / "notes.md").write_text("# A heading\n\nAnd some text below it.\n")
    session.run([folder], indexing=storing(session))
    as_before(session)
    before, once = consistency.finished(session.db), embedded(session)
    assert indexes.agreed_reading(session.db) < READING
    assert read_again(session) == [Swapped()]
    assert indexes.serving(session.db).reading == READING
    assert set(older.forms(session.paths).values()) == {page_store.FORMAT}
    assert consistency.finished(session.db) == before
    assert embedded(session) == once  # the same text has its vector already
    assert set(states(session).values()) == {DocumentState.READY}
    assert session.run([], indexing=storing(session)) == []
    assert of(Indexed, session.run([folder], indexing=storing(session))) == []


def test_a_document_whose_file_is_gone_locked_or_another_one_keeps_its_text(
    session, folder
) -> None:
    gone = pdfs.plain(folder / "gone.pdf", pages(2, "heron"))
    changed = pdfs.plain(folder / "changed.pdf", pages(2, "otter"))
    locked = pdfs.locked(folder / "locked.pdf", "secret")
    note = folder / "note.md"
    note.write_text("# Badgers\n\nThey dig at night.\n")
    session.run([folder], indexing=storing(session))
    ids = {path: session.document(path) for path in (gone, changed, locked, note)}
    session.passwords.keep(ids[locked], "secret", lasting=False)
    session.run([folder], indexing=storing(session))
    session.passwords.drop(ids[locked])
    as_before(session)
    before, read = consistency.finished(session.db), session.lines(changed)
    assert len(before) == 4
    for path in (gone, note):
        path.unlink()
    pdfs.plain(changed, pages(2, "another"))
    assert read_again(session) == [Swapped()]
    assert consistency.finished(session.db) == before
    assert older.forms(session.paths) == dict.fromkeys(ids.values(), 1)
    assert session.lines(changed) == read
    assert session.run([], indexing=storing(session)) == []  # and nobody tries again and again


def test_what_the_store_loses_of_a_document_without_a_file_is_made_of_its_old_pages(
    session, folder
) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    session.run([folder], indexing=storing(session))
    as_before(session)
    path.unlink()
    assert read_again(session) == [Swapped()]
    consistency.undo(session.db, [session.document(path)])
    events = session.run([path], indexing=storing(session))
    assert of(Indexed, events) == ["a.pdf"]


def test_a_document_that_ends_the_reader_now_keeps_its_text(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    session.run([folder], indexing=storing(session))
    as_before(session)
    before = consistency.finished(session.db)
    indexes.want(session.db, None, 110)
    events = session.run([], reading=session.troubled("a.pdf", -1), indexing=storing(session))
    assert events == [Swapped()]
    assert consistency.finished(session.db) == before
    assert session.error(path) is None


def test_reading_again_goes_on_where_it_was_interrupted(session, folder) -> None:
    for name in ("a", "b", "c"):
        pdfs.plain(folder / f"{name}.pdf", pages(2, name * 5))
    session.run([folder], indexing=storing(session))
    as_before(session)
    indexes.want(session.db, None, 110)
    session.run(
        [],
        indexing=storing(session),
        until=lambda _coordinator: page_store.FORMAT in older.forms(session.paths).values(),
    )
    assert indexes.serving(session.db).reading < READING
    assert set(states(session).values()) == {DocumentState.READY}
    session.upkeep = Upkeep(reconciles=True)
    assert read_again(session) == [Swapped()]
    reread = [step for step in session.steps if isinstance(step, PageRead)]
    assert 0 < len(reread) < 6
    assert set(older.forms(session.paths).values()) == {page_store.FORMAT}


def unread(session, path: Path, quality: float | None) -> None:
    """Have a version before have recognized the pages of a document, or not seen that it should."""
    folder, document = session.paths.pages_folder, session.document(path)
    outline, read = page_store.load(folder, document) or (None, [])
    changed = [replace(page, quality=quality, unread=False) for page in read]
    list(page_store.save(folder, document, outline, changed))


@needs_tesseract
def test_what_was_recognized_is_not_recognized_again(session, folder) -> None:
    path = pdfs.scanned(folder / "scan.pdf", "The keeper of Vorrin burned whale oil.")
    recognizing(session).run([folder], indexing=storing(session))
    assert session.state(path) is DocumentState.READY
    as_before(session)
    before = page_store.load(session.paths.pages_folder, session.document(path))
    assert read_again(session) == [Swapped()]
    assert not any(isinstance(step, PageRecognized) for step in session.steps)
    assert any(isinstance(step, PageRead) for step in session.steps)
    assert page_store.load(session.paths.pages_folder, session.document(path)) == before
    assert older.forms(session.paths) == {session.document(path): page_store.FORMAT}


@needs_tesseract
def test_a_page_that_turns_out_to_be_a_picture_is_recognized_before_the_swap(
    session, folder
) -> None:
    path = pdfs.scanned(folder / "scan.pdf", "The keeper of Vorrin burned whale oil.")
    pdfs.plain(folder / "text.pdf", pages(1))
    recognizing(session).run([folder], indexing=storing(session))
    unread(session, path, None)
    as_before(session)
    with transaction(session.db):
        session.db.execute("UPDATE documents SET quality = NULL")
    seen = set()

    def look(coordinator) -> bool:
        seen.add(session.state(path))
        return coordinator.done

    indexes.want(session.db, None, 110)
    events = session.run([], indexing=storing(session), until=look)
    assert events == [Swapped()]
    assert any(isinstance(step, PageRecognized) for step in session.steps)
    assert seen == {DocumentState.READY}  # it is found as it was all the while
    _, (page,) = page_store.load(session.paths.pages_folder, session.document(path))
    assert page.recognized


def test_what_somebody_waits_for_is_read_before_what_is_read_again(session) -> None:
    played = Played(session)
    found(played, "a")
    for step in (played.hashed, played.read):
        step()
    played.reply(played.indexing, Begun(A), Stored(A, "A", "en", chunks=2, pages=1, embedded=2))
    indexes.want(session.db, None, 40)
    played.coordinator.sweep()
    played.reply(played.indexing)  # tidied up; what is to be built comes next
    assert of_file(played.indexing.told[-1]) == "split a"
    found(played, "b")
    played.reply(played.indexing, NotRead(A))  # while b is hashed
    played.hashed()
    assert of_file(played.reading.told[-1]) == "read b"
    played.read()
    assert of_file(played.reading.told[-1]) == "read a"


def test_what_a_file_says_of_itself_is_known_once_it_was_read_again(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    with pymupdf.open(path) as document:
        document.set_metadata({"author": "Ana Peña", "subject": "Tides"})
        document.saveIncr()
    session.run([folder], indexing=storing(session))
    as_before(session)
    library = libraries.find(session.db, "Papers")
    assert [row.author for row in documents.listing(session.db, library)] == [""]
    read_again(session)
    (row,) = documents.listing(session.db, library)
    assert (row.author, row.subject) == ("Ana Peña", "Tides")
