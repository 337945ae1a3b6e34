"""A library kept in step with one of Zotero's."""

from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.references import ListedReference, ReferenceField
from desktop_rag.jobs.zotero import keep_step
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.zotero_sources import Followed, ZoteroSource
from tests.unit.library.test_documents import fact_at

A = DocumentId("aa" * 32)


@pytest.fixture
def db(tmp_path):
    made = open_database(tmp_path / "library.sqlite3")
    yield made
    made.close()


@pytest.fixture
def source(db, tmp_path):
    return ZoteroSource(libraries.ensure(db, "Tesis"), tmp_path)


@pytest.fixture
def weirs(tmp_path) -> Path:
    path = tmp_path / "weirs.pdf"
    path.write_bytes(b"x")
    return path


def record(*files: Path | str) -> ListedReference:
    return ListedReference(((ReferenceField.TITLE, "T"),), tuple(map(str, files)))


def taken(db, library, path: Path) -> None:
    fact = fact_at(path)
    documents.add_files(db, library, [fact])
    documents.identify(db, path, fact, A)


def test_only_files_that_are_there_are_taken_in(db, source, weirs, tmp_path) -> None:
    found = [record(weirs, tmp_path / "gone.pdf"), record("/" + "x" * 5_000), record("/a\0b")]
    assert keep_step(db, source, found) == Followed((weirs,), ())


def test_what_zotero_has_no_more_is_taken_out(db, source, weirs) -> None:
    keep_step(db, source, [record(weirs)])
    taken(db, source.library, weirs)
    assert keep_step(db, source, []) == Followed((), (weirs,))
    assert documents.held(db, source.library) == {}


def test_what_a_person_took_out_does_not_come_back(db, source, weirs) -> None:
    keep_step(db, source, [record(weirs)])
    taken(db, source.library, weirs)
    other = libraries.ensure(db, "Other")
    taken(db, other, weirs)
    documents.remove_path(db, source.library, weirs)
    assert keep_step(db, source, [record(weirs)]) == Followed((), ())
    assert keep_step(db, source, []) == Followed((), ())
    assert list(documents.held(db, other)) == [A]
