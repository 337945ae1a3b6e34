"""Lists of references matched with the documents of a library."""

from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.progress import Stored
from desktop_rag.domain.references import ListedReference, Origin, ReferenceField
from desktop_rag.jobs.importing import import_references
from desktop_rag.library import documents, libraries, references
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from tests.unit.library.test_documents import fact_at

A, B, C = (DocumentId(letter * 64) for letter in "abc")
TITLE, DOI, ISBN = ReferenceField.TITLE, ReferenceField.DOI, ReferenceField.ISBN
PUBLISHER = ReferenceField.PUBLISHER


class Kept:
    """A library of three documents, of which some are known by what they say."""

    def __init__(self, home: Path, db) -> None:
        self.db, self.paths = db, open_home(home)
        self.library = libraries.ensure(db, "Tesis")
        self.add(A, "weirs.pdf", (DOI, "10.1000/weir"), (TITLE, "On the Weirs of the North"))
        self.add(B, "toll report.pdf", (ISBN, "978-0-306-40615-7"), (TITLE, "Tolls"))
        self.add(C, "c.pdf", (TITLE, "Señales y faros"))

    def add(self, document: DocumentId, name: str, *said) -> None:
        fact = fact_at(f"/pdf/{name}")
        documents.add_files(self.db, self.library, [fact])
        documents.identify(self.db, fact.path, fact, document)
        found = tuple((which, Origin.FIRST_PAGE, text) for which, text in said)
        documents.describe(self.db, Stored(document, "x", "en", 1, said=found))

    def bring(self, *records: ListedReference) -> tuple[list[str], tuple[str, ...]]:
        found = import_references(self.db, self.paths, self.library, records)
        return [path.name for path in found.matched], found.unmatched


@pytest.fixture
def kept(tmp_path):
    home = tmp_path / "home"
    with closing(open_database(open_home(home).database)) as db:
        yield Kept(home, db)


def record(*said, files=(), name="key") -> ListedReference:
    return ListedReference((*said, (PUBLISHER, "Harbour")), files, name)


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        (record((DOI, "https://doi.org/10.1000/WEIR"), (TITLE, "Another title")), "weirs.pdf"),
        (record((ISBN, "0306406152")), "toll report.pdf"),
        (record(files=("C:\\papers\\Toll Report.pdf",)), "toll report.pdf"),
        (record((TITLE, "SENALES Y FAROS")), "c.pdf"),
        (record((TITLE, "Toll-report")), "toll report.pdf"),
    ],
)
def test_a_document_is_known_by_one_of_its_names(kept, listed, name) -> None:
    assert kept.bring(listed) == ([name], ())


@pytest.mark.parametrize(
    "listed",
    [
        record((DOI, "10.1000/other")),
        record((TITLE, "c")),
        record((TITLE, "On the Weirs")),
        record(files=("elsewhere.pdf",)),
    ],
)
def test_what_is_not_in_the_library_is_told(kept, listed) -> None:
    assert kept.bring(listed) == ([], (listed.title,))


def test_what_is_imported_stands_before_what_was_read_and_after_what_was_typed(kept) -> None:
    references.enter(kept.db, A, PUBLISHER, "Mine")
    kept.bring(record((DOI, "10.1000/weir"), (TITLE, "Weirs, collected")))
    found = references.reference(kept.db, A)
    assert (found.title, found.publisher) == ("Weirs, collected", "Mine")
    assert found.origin(TITLE) is Origin.IMPORTED


def test_a_title_that_two_documents_have_says_nothing(kept) -> None:
    kept.add(DocumentId("d" * 64), "d.pdf", (TITLE, "On the Weirs of the North"))
    listed = record((TITLE, "On the weirs of the north"))
    assert kept.bring(listed) == ([], (listed.title,))
