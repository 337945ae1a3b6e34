import pytest

from desktop_rag.domain.authors import Author
from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.progress import Stored
from desktop_rag.domain.references import Origin, Reference, ReferenceField, ReferenceKind
from desktop_rag.library import documents, references
from desktop_rag.library.db.database import rows, transaction
from tests.unit.library.test_documents import fact_at

A, B = DocumentId("aa" * 32), DocumentId("bb" * 32)
TITLE, AUTHORS, ISSUED = ReferenceField.TITLE, ReferenceField.AUTHORS, ReferenceField.ISSUED


@pytest.fixture
def document(db, tesis):
    fact = fact_at("/pdf/a.pdf")
    documents.add_files(db, tesis, [fact])
    documents.identify(db, fact.path, fact, A)
    return A


def read(db, document, *said) -> None:
    documents.describe(db, Stored(document, "Name", "es", 3, 3, 1, said=said))


def test_what_was_read_is_kept_until_it_is_read_again(db, document) -> None:
    read(db, document, (TITLE, Origin.FIRST_PAGE, "Old"), (ISSUED, Origin.FIRST_PAGE, "2001"))
    read(db, document, (TITLE, Origin.PROPERTIES, "New"))
    found = references.reference(db, document)
    assert found == Reference(title="New")
    assert found.origin(TITLE) is Origin.PROPERTIES


def test_what_a_person_typed_stands_when_the_document_is_read_again(db, document) -> None:
    read(db, document, (TITLE, Origin.PROPERTIES, "Theirs"))
    assert references.enter(db, document, TITLE, "  Mine ")
    read(db, document, (TITLE, Origin.PROPERTIES, "Theirs again"))
    references.keep(db, document, Origin.ZOTERO, [(TITLE, Origin.ZOTERO, "Zotero's")])
    assert references.reference(db, document).title == "Mine"
    references.take_back(db, document, TITLE)
    assert references.reference(db, document).title == "Zotero's"


def test_a_person_can_say_that_there_is_no_author(db, document) -> None:
    read(db, document, (TITLE, Origin.PROPERTIES, "T"), (AUTHORS, Origin.PROPERTIES, "Scanner"))
    assert references.enter(db, document, AUTHORS, " ")
    found = references.reference(db, document)
    assert (found.authors, found.origin(AUTHORS)) == ((), Origin.PERSON)


def test_a_kind_that_was_taken_away_is_that_of_any_document(db, document) -> None:
    read(db, document, (TITLE, Origin.FIRST_PAGE, "T"))
    references.enter(db, document, ReferenceField.KIND, "book")
    assert references.reference(db, document).kind is ReferenceKind.BOOK
    references.enter(db, document, ReferenceField.KIND, "")
    assert references.reference(db, document).kind is ReferenceKind.DOCUMENT


def test_a_date_that_is_none_is_not_taken(db, document) -> None:
    assert not references.enter(db, document, ISSUED, "soon")
    assert references.said(db, document) == []


def test_of_a_document_of_an_older_version_the_list_is_believed(db, document) -> None:
    with transaction(db):
        db.execute("UPDATE documents SET title = 'T', author = 'Ana Pérez', date = '2020-01-02'")
    references.enter(db, document, ISSUED, "2019")
    found = references.reference(db, document)
    assert not references.tells(references.said(db, document))
    assert (found.title, found.authors, found.issued) == ("T", (Author("Pérez", "Ana"),), "2019")


def test_an_import_takes_the_place_of_the_one_before(db, document) -> None:
    imported = Origin.IMPORTED
    references.keep(db, document, imported, [(TITLE, imported, "A"), (ISSUED, imported, "2001")])
    references.keep(db, document, imported, [(TITLE, imported, "B")])
    assert references.reference(db, document) == Reference(title="B")


def test_what_was_typed_goes_on_with_a_file_that_changed(db, document) -> None:
    read(db, document, (TITLE, Origin.PROPERTIES, "Draft"))
    references.enter(db, document, AUTHORS, "Ana Pérez")
    changed = FileFact(fact_at("/pdf/a.pdf").path, 11, 8, 7)
    documents.identify(db, changed.path, changed, B)
    found = references.said(db, B)
    assert found == [(AUTHORS, Origin.PERSON, "Pérez, Ana")]


def test_records_go_with_their_documents(db, document) -> None:
    references.enter(db, document, TITLE, "Mine")
    documents.forget(db, [document])
    assert rows(db, "SELECT count(*) FROM reference_fields") == [(0,)]


def test_nothing_is_kept_of_a_document_that_nobody_knows(db) -> None:
    references.enter(db, B, TITLE, "Mine")
    assert references.reference(db, B) == Reference()
    assert rows(db, "SELECT count(*) FROM reference_fields") == [(0,)]


def test_what_is_known_here_stands_against_what_another_machine_brings(db, document) -> None:
    references.enter(db, document, TITLE, "Mine")
    references.bring(
        db,
        document,
        [(TITLE, Origin.PERSON, "Theirs"), (ISSUED, Origin.PERSON, "2001")],
    )
    assert references.reference(db, document) == Reference(title="Mine", issued="2001")


def test_what_a_newer_version_says_is_passed_over(db, document) -> None:
    with transaction(db):
        db.execute("INSERT INTO reference_fields VALUES (?, 'mood', 'person', 'gay')", (document,))
        db.execute("INSERT INTO reference_fields VALUES (?, 'title', 'dream', 'X')", (document,))
    assert references.said(db, document) == []


def test_a_document_is_listed_under_the_title_that_it_was_given(db, tesis, document) -> None:
    read(db, document, (TITLE, Origin.PROPERTIES, "Theirs"))
    references.keep(db, document, Origin.IMPORTED, [(TITLE, Origin.IMPORTED, "Imported")])
    assert [row.title for row in documents.listing(db, tesis)] == ["Imported"]
    references.enter(db, document, TITLE, "Mine")
    assert [row.title for row in documents.listing(db, tesis)] == ["Mine"]
    assert documents.titles(db, [document]) == {document: ("Mine", "a")}
    references.enter(db, document, TITLE, "")
    references.keep(db, document, Origin.IMPORTED, [])
    assert documents.titles(db, [document]) == {document: ("Name", "a")}
