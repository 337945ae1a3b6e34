"""Zotero libraries that are followed."""

from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.references import ListedReference, ReferenceField
from desktop_rag.library import documents, libraries, references, zotero_sources
from desktop_rag.library.db.database import rows
from desktop_rag.library.zotero_sources import Followed, ZoteroSource
from tests.unit.library.test_documents import fact_at

A, B = DocumentId("aa" * 32), DocumentId("bb" * 32)
WEIRS, TOLLS = Path("/zotero/storage/A/weirs.pdf"), Path("/zotero/storage/B/tolls.pdf")


@pytest.fixture
def source(db, tesis):
    return zotero_sources.add(db, ZoteroSource(tesis, Path("/zotero")))


def record(title: str, *files: Path) -> ListedReference:
    return ListedReference(((ReferenceField.TITLE, title),), tuple(map(str, files)), title)


def taken(db, library, path: Path, document: DocumentId) -> None:
    fact = fact_at(path)
    documents.add_files(db, library, [fact])
    documents.identify(db, path, fact, document)


def test_what_comes_and_goes_is_told(db, source) -> None:
    first = zotero_sources.follow(db, source, [record("Weirs", WEIRS)])
    second = zotero_sources.follow(db, source, [record("Tolls", TOLLS)])
    assert first == Followed((WEIRS,), ())
    assert second == Followed((TOLLS,), (WEIRS,))
    assert zotero_sources.follow(db, source, [record("Tolls", TOLLS)]) == Followed((), ())


def test_a_document_is_called_as_zotero_calls_it_once_it_is_known(db, tesis, source) -> None:
    zotero_sources.follow(db, source, [record("On Weirs", WEIRS)])
    taken(db, tesis, WEIRS, A)
    assert references.reference(db, A).title == "On Weirs"
    zotero_sources.follow(db, source, [record("On Weirs, again", WEIRS)])
    assert references.reference(db, A).title == "On Weirs, again"


def test_what_a_person_typed_stands(db, tesis, source) -> None:
    zotero_sources.follow(db, source, [record("On Weirs", WEIRS)])
    taken(db, tesis, WEIRS, A)
    references.enter(db, A, ReferenceField.TITLE, "Mine")
    zotero_sources.follow(db, source, [record("Theirs", WEIRS)])
    assert references.reference(db, A).title == "Mine"


def test_a_library_that_is_not_followed_any_more_keeps_its_documents(db, tesis, source) -> None:
    zotero_sources.follow(db, source, [record("On Weirs", WEIRS)])
    taken(db, tesis, WEIRS, A)
    zotero_sources.remove(db, source)
    assert zotero_sources.listed(db) == []
    assert references.reference(db, A).title == "On Weirs"
    assert list(documents.held(db, tesis)) == [A]


def test_sources_go_with_their_library(db, tesis, source) -> None:
    zotero_sources.follow(db, source, [record("On Weirs", WEIRS)])
    libraries.remove(db, tesis)
    assert zotero_sources.listed(db) == []
    assert rows(db, "SELECT count(*) FROM zotero_files") == [(0,)]


def test_what_is_followed_is_followed_once(db, tesis, source) -> None:
    assert zotero_sources.add(db, source) == source
    assert zotero_sources.listed(db, tesis) == [source]
