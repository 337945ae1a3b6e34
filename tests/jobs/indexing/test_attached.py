"""Documents that came in others, taken in with them and gone with them."""

from functools import partial
from pathlib import Path

import pytest

from desktop_rag.jobs.indexing.embedding import Upkeep
from desktop_rag.jobs.indexing.events import FilesPassedOver, Indexed, Unchanged
from desktop_rag.library import documents, libraries
from desktop_rag.library.disk import attached_files
from desktop_rag.library.documents import DocumentState
from desktop_rag.workers.commands.reading import AttachmentsFound, Hashed
from tests import pdfs
from tests.jobs.indexing.test_coordinator import folder, of, session
from tests.workers import handlers
from tests.workers.handlers import Embedding

__all__ = ["folder", "session"]


@pytest.fixture
def report(folder, tmp_path) -> Path:
    """A report with a note and a report, which has a note itself."""
    inner = pdfs.with_files(tmp_path / "inner.pdf", {"deep.txt": b"On whales."}, "The inner one.")
    files = {"note.txt": b"On tides.", "inner.pdf": inner.read_bytes(), "song.mp3": b"ID3"}
    return pdfs.with_files(folder / "report.pdf", files)


ALL = ["deep.txt", "inner.pdf", "note.txt", "report.pdf"]


def storing(session) -> partial:
    diary = session.paths.home / "diary"
    return partial(handlers.serve_indexing, session.paths.home, Embedding(diary))


def listed(session, library: str = "Papers") -> dict[str, str]:
    """Return in which document each one came."""
    rows = documents.listing(session.db, libraries.ensure(session.db, library))
    return {row.path.name: row.within.name if row.within else "" for row in rows}


def test_they_are_read_with_it_at_every_depth(session, folder, report) -> None:
    events = session.run([folder], indexing=storing(session))
    assert sorted(of(Indexed, events)) == ALL
    assert of(FilesPassedOver, events) == [session.document(report)]
    assert listed(session) == {
        "report.pdf": "",
        "note.txt": "report.pdf",
        "inner.pdf": "report.pdf",
        "deep.txt": "inner.pdf",
    }
    again = session.run([folder], indexing=storing(session))
    assert sorted(of(Unchanged, again)) == ALL
    assert not any(isinstance(step, Hashed) for step in session.steps)


def test_another_library_of_the_same_document_has_them_too(session, folder, report) -> None:
    session.run([folder])
    session.library = "Others"
    assert sorted(of(Unchanged, session.run([folder]))) == ALL
    assert sorted(listed(session, "Others")) == ALL


def test_they_go_with_it_from_the_store_and_the_disk(session, folder, report) -> None:
    session.run([folder], indexing=storing(session))
    ids = documents.orphans(session.db) or [session.document(report)]
    place = attached_files.place(session.paths.attachments_folder, ids[0])
    assert place.exists()
    documents.remove_path(session.db, libraries.find(session.db, "Papers"), report)
    assert listed(session) == {}
    session.upkeep = Upkeep(sweeps=True)
    session.run([], indexing=storing(session))
    assert not any(path.is_file() for path in session.paths.attachments_folder.rglob("*"))
    assert not any(session.paths.pages_folder.glob("*/*.zip"))
    assert documents.orphans(session.db) == []


def test_what_nobody_knows_any_more_is_dropped_by_a_comparison(session, folder, report) -> None:
    session.run([folder], indexing=storing(session))
    documents.remove_path(session.db, libraries.find(session.db, "Papers"), report)
    documents.forget(session.db, documents.orphans(session.db))
    session.upkeep = Upkeep(reconciles=True)
    session.run([], indexing=storing(session))
    assert not any(path.is_file() for path in session.paths.attachments_folder.rglob("*"))


def test_they_go_where_the_file_is_another_one(session, folder, report) -> None:
    session.run([folder])
    pdfs.plain(report, ["Another report."])
    session.run([folder])
    assert listed(session) == {"report.pdf": ""}


def test_watching_the_folder_takes_nothing_away_and_brings_nothing_back(
    session, folder, report
) -> None:
    session.run([folder])
    session.watched = True
    session.run([folder])
    assert sorted(listed(session)) == ALL
    library = libraries.find(session.db, "Papers")
    (note,) = [
        row.path for row in documents.listing(session.db, library) if row.path.name == ALL[2]
    ]
    documents.remove_path(session.db, library, note)
    session.run([folder])
    assert "note.txt" not in listed(session)


@pytest.mark.parametrize("steps", range(1, 5))
def test_whatever_interrupts_it_all_are_ready_in_the_end(session, folder, report, steps) -> None:
    def interrupted(coordinator) -> bool:
        found = [at for at, step in enumerate(session.steps) if isinstance(step, AttachmentsFound)]
        return coordinator.done or bool(found and len(session.steps) >= found[0] + steps)

    session.run([folder], until=interrupted)
    events = session.run([folder])
    assert listed(session).keys() == set(ALL)
    assert sorted({*of(Indexed, events), *of(Unchanged, events)}) == ALL
    rows = documents.listing(session.db, libraries.find(session.db, "Papers"))
    assert {row.state for row in rows} == {DocumentState.READY}


def test_a_document_that_is_in_itself_elsewhere_is_one(session, folder, report, tmp_path) -> None:
    (folder / "note.txt").write_bytes(b"On tides.")
    events = session.run([folder])
    assert sorted({*of(Indexed, events), *of(Unchanged, events)}) == ALL
    assert listed(session)["note.txt"] == ""
    documents.remove_path(session.db, libraries.find(session.db, "Papers"), report)
    assert listed(session) == {"note.txt": ""}


def test_a_reader_that_is_ended_by_what_came_in_it_reads_the_document_all_the_same(
    session, folder, report
) -> None:
    reading = partial(handlers.serve_deadly_attachments, session.paths.home)
    assert of(Indexed, session.run([folder], reading=reading)) == ["report.pdf"]
    assert session.error(report) is None


def test_a_copy_of_the_document_in_another_library_has_them_too(
    session, folder, report, tmp_path
) -> None:
    session.run([folder])
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(report.read_bytes())
    session.library = "Others"
    session.run([copy])
    assert listed(session, "Others")["note.txt"] == "copy.pdf"
    assert len(listed(session, "Others")) == len(ALL)
