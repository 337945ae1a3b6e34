from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.library import documents, files, libraries

A, B = DocumentId("a" * 64), DocumentId("b" * 64)


def added(db, library, name: str, document: DocumentId = A, device: int = 7) -> Path:
    fact = FileFact(Path(name), 1, 2, 3, device)
    documents.add_files(db, library, [fact])
    documents.identify(db, fact.path, fact, document)
    return fact.path


def paths(db, library) -> list[str]:
    return sorted(str(fact.path) for fact in files.under(db, library, [Path("/")]))


@pytest.fixture
def tesis(db):
    return libraries.ensure(db, "Tesis")


def test_what_is_under_a_folder_is_what_is_below_it(db, tesis) -> None:
    for name in ("/pdf/a.pdf", "/pdf/below/b.pdf", "/pdfs/c.pdf", "/pdf.pdf"):
        added(db, tesis, name)
    found = list(files.under(db, tesis, [Path("/pdf")]))
    assert [str(fact.path) for fact in found] == ["/pdf/a.pdf", "/pdf/below/b.pdf"]
    assert {fact.device for fact in found} == {7}
    (found_itself,) = files.under(db, tesis, [Path("/pdf.pdf")])
    assert str(found_itself.path) == "/pdf.pdf"
    assert not list(files.under(db, libraries.ensure(db, "Actas"), [Path("/pdf")]))


def test_what_is_under_many_places_is_told_once_and_looked_up_once(db, tesis) -> None:
    for name in ("/pdf/a.pdf", "/pdf/below/b.pdf", "/pdfs/c.pdf"):
        added(db, tesis, name)
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    places = [Path(name) for name in ("/pdfs/c.pdf", "/pdf/below/b.pdf", "/pdf", "/gone")]
    found = list(files.under(db, tesis, places))
    db.set_trace_callback(None)
    assert [fact.path.name for fact in found] == ["c.pdf", "b.pdf", "a.pdf"]
    assert len(asked) == 1


def test_the_disk_of_a_file_is_noted_when_it_is_seen(db, tesis) -> None:
    path = added(db, tesis, "/pdf/a.pdf")
    files.see(db, [FileFact(path, 1, 2, 3, 2**63 + 5)])
    assert [fact.device for fact in files.under(db, tesis, [path])] == [2**63 + 5]
    files.see(db, [FileFact(path, 1, 2, 3)])  # whose disk is not known
    assert [fact.device for fact in files.under(db, tesis, [path])] == [2**63 + 5]


def test_a_file_that_moves_keeps_its_document_and_its_libraries(db, tesis) -> None:
    actas = libraries.ensure(db, "Actas")
    added(db, tesis, "/pdf/a.pdf")
    added(db, actas, "/pdf/a.pdf")
    files.move(db, [(Path("/pdf/a.pdf"), Path("/new/b.pdf"))])
    assert paths(db, tesis) == paths(db, actas) == ["/new/b.pdf"]
    assert documents.known(db, [Path("/new/b.pdf")])[Path("/new/b.pdf")].document == A
    assert files.libraries(db, Path("/new/b.pdf")) == [tesis, actas]
    assert documents.orphans(db) == []


def test_a_folder_that_moves_takes_its_files_along_once(db, tesis) -> None:
    for name in ("/pdf/a.pdf", "/pdf/below/b.pdf", "/pdf-old/c.pdf"):
        added(db, tesis, name)
    moved = [(Path("/pdf"), Path("/new")), (Path("/pdf/a.pdf"), Path("/new/a.pdf"))]
    files.move(db, moved)
    assert paths(db, tesis) == ["/new/a.pdf", "/new/below/b.pdf", "/pdf-old/c.pdf"]


def test_a_file_that_moves_onto_another_takes_its_place(db, tesis) -> None:
    added(db, tesis, "/pdf/a.pdf", A)
    added(db, tesis, "/pdf/b.pdf", B)
    files.move(db, [(Path("/pdf/a.pdf"), Path("/pdf/b.pdf"))])
    assert paths(db, tesis) == ["/pdf/b.pdf"]
    assert documents.known(db, [Path("/pdf/b.pdf")])[Path("/pdf/b.pdf")].document == A
    assert documents.orphans(db) == [B]


def test_a_move_of_what_nobody_knows_changes_nothing(db, tesis) -> None:
    added(db, tesis, "/pdf/a.pdf")
    files.move(db, [(Path("/else"), Path("/new")), (Path("/zzz.pdf"), Path("/y.pdf"))])
    files.move(db, [])
    assert paths(db, tesis) == ["/pdf/a.pdf"]


def test_what_is_dropped_from_one_library_stays_in_another(db, tesis) -> None:
    actas = libraries.ensure(db, "Actas")
    for library in (tesis, actas):
        added(db, library, "/pdf/a.pdf")
    files.drop(db, tesis, [Path("/pdf/a.pdf"), Path("/pdf/never.pdf")])
    assert (paths(db, tesis), paths(db, actas)) == ([], ["/pdf/a.pdf"])
    files.drop(db, actas, [Path("/pdf/a.pdf")])
    assert documents.orphans(db) == [A]
    assert documents.known(db, [Path("/pdf/a.pdf")]) == {}


def told(db, library, name: str) -> Path:
    """A file that came with a library, of which its place is all that is known."""
    fact = FileFact(Path(name), 1, 0, 0)
    documents.add_files(db, library, [fact])
    documents.identify(db, fact.path, fact, A)
    return fact.path


def test_a_file_takes_the_place_of_those_that_were_only_told_of(db, tesis, tmp_path) -> None:
    other = libraries.ensure(db, "Actas")
    for library in (tesis, other):
        told(db, library, "/stick/a.pdf")
    there = tmp_path / "there.pdf"
    there.touch()
    told(db, tesis, str(there))
    known = added(db, tesis, "/pdf/known.pdf")
    new = added(db, tesis, "/pdf/a.pdf")
    files.settle(db, A, new)
    assert paths(db, tesis) == sorted(map(str, (there, known, new)))
    assert paths(db, other) == [str(new)]


def test_a_file_that_takes_no_others_place_is_settled_without_looking_at_all_of_them(
    db, tesis
) -> None:
    path = added(db, tesis, "/pdf/a.pdf")
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    files.settle(db, A, path)
    assert len(asked) == 1
