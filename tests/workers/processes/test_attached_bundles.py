"""Documents that came in others, on their way to another machine."""

from pathlib import Path

import pytest

from desktop_rag.library import documents, libraries
from desktop_rag.library.documents import DocumentState
from tests import pdfs
from tests.workers.processes.test_bundles import NAME, file, machines

__all__ = ["file", "machines"]


@pytest.fixture
def report(tmp_path) -> Path:
    inner = pdfs.with_files(tmp_path / "inner.pdf", {"deep.txt": b"On whales."}, "The inner one.")
    files = {"note.txt": b"On tides.", "inner.pdf": inner.read_bytes()}
    folder = tmp_path / "files"
    folder.mkdir()
    return pdfs.with_files(folder / "report.pdf", files)


WITHIN = {
    "report.pdf": "",
    "note.txt": "report.pdf",
    "inner.pdf": "report.pdf",
    "deep.txt": "inner.pdf",
}


def within(machine) -> dict[str, str]:
    return {row.path.name: row.within.name if row.within else "" for row in machine.listing()}


@pytest.mark.parametrize("originals", [False, True])
def test_they_travel_with_their_files_and_stay_in_their_document(
    machines, file, report, tmp_path, originals
) -> None:
    old, new = machines("old"), machines("new")
    old.take([report])
    assert within(old) == WITHIN
    exported = old.export(file, originals=originals, places=not originals)
    assert exported.away == ()
    report.unlink()
    tally = new.bring(file, into=tmp_path / "unpacked" if originals else None)
    assert (tally.ready, tally.queued) == (4, 0)
    assert within(new) == WITHIN
    for row in new.listing():
        if row.within:
            assert new.paths.attachments_folder in row.path.parents
            assert row.path.is_file()
            assert row.state is DocumentState.READY
    assert (tmp_path / "unpacked" / "report.pdf").exists() == originals
    assert new.embedded == []
    library = libraries.find(new.db, NAME)
    (place,) = [row.path for row in new.listing() if not row.within]
    documents.remove_path(new.db, library, place)
    assert new.listing() == []


def test_a_library_that_is_brought_twice_has_them_once(machines, file, report) -> None:
    old, new = machines("old"), machines("new")
    old.take([report])
    old.export(file)
    new.bring(file)
    before = new.listing()
    new.bring(file, name=NAME)
    assert new.listing() == before
    held = documents.files_of(new.db, next(row.document for row in before if row.within))
    assert len(held) == 1


def test_they_are_there_where_the_file_says_neither_folders_nor_times(
    machines, file, report
) -> None:
    old, new = machines("old"), machines("new")
    old.take([report])
    old.export(file, places=False)
    tally = new.bring(file)
    assert (tally.ready, tally.absent, tally.damaged) == (4, 1, ())  # the report itself
    assert within(new) == WITHIN
