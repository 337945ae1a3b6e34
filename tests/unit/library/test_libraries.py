import unicodedata
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import DocumentBroken, DocumentEmpty, DocumentLocked, LibraryUnknown
from desktop_rag.domain.progress import Stored
from desktop_rag.library import documents, libraries
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.libraries import LibrarySummary


def added(db, library, name, content=None) -> Path:
    path = Path("/pdf") / name
    fact = FileFact(path, 1, 2, 3)
    documents.add_files(db, library, [fact])
    if content:
        documents.identify(db, path, fact, DocumentId(content))
    return path


def test_a_library_is_made_once(db) -> None:
    first = libraries.ensure(db, "Tesis")
    assert libraries.ensure(db, "Tesis") == first
    assert libraries.find(db, "Tesis") == first
    assert libraries.ensure(db, "Actas") != first


@pytest.mark.parametrize(
    "name",
    [
        "contratación",
        "CONTRATACIÓN",
        " Contratación ",
        unicodedata.normalize("NFD", "Contratación"),
    ],
)
def test_a_name_is_known_however_it_is_written(name, db) -> None:
    library = libraries.ensure(db, "Contratación")
    assert libraries.find(db, name) == library
    assert libraries.ensure(db, name) == library
    assert [summary.name for summary in libraries.summaries(db)] == ["Contratación"]


def test_an_unknown_name_is_told_with_the_known_ones(db, tesis) -> None:
    libraries.ensure(db, "actas")
    with pytest.raises(LibraryUnknown) as caught:
        libraries.find(db, "Informes")
    assert caught.value.args == ("Informes", ("actas", "Tesis"))


def test_a_name_from_a_broken_terminal_can_be_kept(db) -> None:
    library = libraries.ensure(db, "A\udcf1o")
    assert libraries.find(db, "A\udcf1o") == library


def test_renaming(db, tesis) -> None:
    actas = libraries.ensure(db, "Actas")
    assert libraries.rename(db, actas, "Informes")
    assert libraries.find(db, "informes") == actas
    assert libraries.rename(db, actas, "INFORMES")
    assert not libraries.rename(db, actas, "tesis")
    assert [summary.name for summary in libraries.summaries(db)] == ["INFORMES", "Tesis"]


def test_a_summary_counts_documents_and_not_files(db, tesis) -> None:
    libraries.ensure(db, "actas")
    for name, content in [("a", "A"), ("copy of a", "A"), ("b", "B"), ("c", "C"), ("d", "D")]:
        added(db, tesis, f"{name}.pdf", content)
    documents.describe(db, Stored(DocumentId("A"), "Informe", "es", 40, 40, 10))
    documents.set_state(db, DocumentId("A"), DocumentState.READY)
    documents.describe(db, Stored(DocumentId("B"), "Report", "en", 0, 0, 5))
    documents.set_state(db, DocumentId("B"), DocumentState.WAITING, DocumentLocked("b.pdf"))
    documents.set_state(db, DocumentId("C"), DocumentState.FAILED, DocumentBroken("c.pdf"))
    documents.fail_file(db, added(db, tesis, "empty.pdf"), DocumentEmpty("empty.pdf"))
    added(db, tesis, "new.pdf")
    assert libraries.summaries(db) == [
        LibrarySummary(libraries.find(db, "actas"), "actas", 0, 0, 0, 0, 0, 0),
        LibrarySummary(
            tesis, "Tesis", documents=6, ready=1, waiting=1, failed=2, pages=15, chunks=40
        ),
    ]
    assert len(documents.listing(db, tesis)) == 6


def test_removing_leaves_what_another_library_holds(db, tesis) -> None:
    actas = libraries.ensure(db, "Actas")
    shared, own = added(db, tesis, "shared.pdf", "S"), added(db, tesis, "own.pdf", "O")
    added(db, actas, "shared.pdf", "S")
    libraries.remove(db, tesis)
    assert [summary.name for summary in libraries.summaries(db)] == ["Actas"]
    assert documents.known(db, [shared, own]).keys() == {shared}
    assert documents.orphans(db) == ["O"]
    libraries.remove(db, actas)
    assert sorted(documents.orphans(db)) == ["O", "S"]
