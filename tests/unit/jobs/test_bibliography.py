"""Records of documents that an older version read."""

from contextlib import closing

import pytest

from desktop_rag.domain.documents import DocumentId, Outline
from desktop_rag.domain.references import Origin, Reference, ReferenceField
from desktop_rag.jobs import bibliography
from desktop_rag.library import documents, libraries, references
from desktop_rag.library.db.database import open_database, open_for_reading
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import open_home
from tests.fakes import line, lines, page
from tests.unit.library.test_documents import fact_at

A = DocumentId("aa" * 32)
TITLE = ReferenceField.TITLE
TEXT = lines(["The keeper wrote down every ship that passed the light in that long year."] * 9, 0.5)


@pytest.fixture
def paths(tmp_path):
    return open_home(tmp_path / "home")


@pytest.fixture
def db(paths):
    with closing(open_database(paths.database)) as db:
        fact = fact_at("/pdf/weirs.pdf")
        documents.add_files(db, libraries.ensure(db, "Tesis"), [fact])
        documents.identify(db, fact.path, fact, A)
        yield db


def read(paths, *pages) -> None:
    for _ in page_store.save(paths.pages_folder, A, Outline("", len(pages)), pages):
        pass


def test_what_was_read_long_ago_is_looked_through_once(db, paths) -> None:
    read(paths, page([line("On Weirs", 0.1, size=20), *TEXT]))
    assert bibliography.reference(db, paths, A).title == "On Weirs"
    assert references.reference(db, A).origin(TITLE) is Origin.FIRST_PAGE
    page_store.remove(paths.pages_folder, [A])
    assert bibliography.reference(db, paths, A).title == "On Weirs"


def test_who_only_looks_is_told_all_the_same(db, paths) -> None:
    read(paths, page([line("On Weirs", 0.1, size=20), *TEXT]))
    references.enter(db, A, ReferenceField.ISSUED, "1871")
    with closing(open_for_reading(paths.database)) as looking:
        found = bibliography.reference(looking, paths, A)
    assert (found.title, found.issued) == ("On Weirs", "1871")
    assert not references.tells(references.said(db, A))


def test_of_what_is_not_read_yet_nothing_is_said(db, paths) -> None:
    assert bibliography.reference(db, paths, A) == Reference()
    assert bibliography.reference(db, paths, DocumentId("bb" * 32)) == Reference()


def test_a_few_pages_of_the_beginning_are_enough(db, paths) -> None:
    read(paths, *(page([line("On Weirs", 0.1, size=20), *TEXT], at) for at in range(9)))
    outline, pages = page_store.load(paths.pages_folder, A, 2)
    assert (outline.pages, len(pages)) == (9, 2)
