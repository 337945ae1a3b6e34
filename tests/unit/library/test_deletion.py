from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import DocumentEmpty
from desktop_rag.library import conversations, documents, libraries
from desktop_rag.library.conversations import Draft
from desktop_rag.library.db.database import rows
from desktop_rag.library.deletion import delete_library, put_back, restore_library, take_out
from desktop_rag.library.libraries import LibraryId

EVERYTHING = (
    "SELECT * FROM libraries",
    "SELECT path, size, mtime_ns, inode, document, error FROM files ORDER BY path",
    "SELECT * FROM members ORDER BY library, path",
    "SELECT * FROM conversations ORDER BY id",
    "SELECT * FROM turns ORDER BY id",
)


def content(db) -> list[object]:
    return [rows(db, query) for query in EVERYTHING]


def added(db, library, name, document="") -> Path:
    path = Path("/pdf") / name
    fact = FileFact(path, 1, 2, 3)
    documents.add_files(db, library, [fact])
    if document:
        documents.identify(db, path, fact, DocumentId(document))
    return path


def filled(db, library) -> None:
    added(db, library, "a.pdf", "A")
    added(db, library, "copy.pdf", "A")
    added(db, library, "a\udcf1o.pdf", "B")
    documents.fail_file(db, added(db, library, "empty.pdf"), DocumentEmpty("empty.pdf"))
    added(db, library, "new.pdf")
    for title in ("Una", "Otra"):
        talk = conversations.create(db, library, title)
        conversations.add_turn(db, talk, Draft(question="?", answer="!"))


def test_a_deleted_library_comes_back_whole(db, tesis) -> None:
    filled(db, tesis)
    before = content(db)
    deleted = delete_library(db, tesis)
    assert deleted is not None
    assert content(db) == [[], [], [], [], []]
    assert restore_library(db, deleted) == tesis
    assert content(db) == before


def test_a_library_that_is_not_there_cannot_be_deleted(db) -> None:
    assert delete_library(db, LibraryId(7)) is None


def test_what_another_library_holds_stays_as_it_is(db, tesis) -> None:
    filled(db, tesis)
    actas = libraries.ensure(db, "Actas")
    added(db, actas, "a.pdf", "A")
    before = content(db)
    deleted = delete_library(db, tesis)
    assert deleted is not None
    assert [row.path.name for row in documents.listing(db, actas)] == ["a.pdf"]
    assert restore_library(db, deleted) == tesis
    assert content(db) == before


def test_a_library_comes_back_beside_one_that_took_its_number_and_name(db, tesis) -> None:
    filled(db, tesis)
    deleted = delete_library(db, tesis)
    assert deleted is not None
    assert libraries.ensure(db, "TESIS") == tesis
    restored = restore_library(db, deleted)
    assert restored != tesis
    names = {summary.id: summary.name for summary in libraries.summaries(db)}
    assert names == {tesis: "TESIS", restored: "Tesis (2)"}
    assert len(documents.listing(db, restored)) == 4
    assert documents.listing(db, tesis) == []
    assert {talk.title for talk in conversations.listed(db, restored)} == {"Una", "Otra"}


def test_what_was_forgotten_meanwhile_is_looked_into_again(db, tesis) -> None:
    path = added(db, tesis, "a.pdf", "A")
    deleted = delete_library(db, tesis)
    assert deleted is not None
    documents.forget(db, documents.orphans(db))
    restore_library(db, deleted)
    assert documents.unidentified(db, tesis) == [path]


def test_files_taken_out_come_back_as_they_were(db, tesis) -> None:
    filled(db, tesis)
    actas = libraries.ensure(db, "Actas")
    kept = added(db, actas, "copy.pdf", "A")
    before = content(db)
    taken = take_out(db, tesis, [Path("/pdf/a.pdf"), Path("/pdf/new.pdf"), Path("/pdf/none.pdf")])
    left = {row.path.name for row in documents.listing(db, tesis)}
    assert left == {"a\udcf1o.pdf", "empty.pdf"}  # the copy of a.pdf is the same document
    assert [row.path for row in documents.listing(db, actas)] == [kept]
    assert put_back(db, taken)
    assert content(db) == before
    assert put_back(db, taken)  # twice is no harm
    assert content(db) == before


def test_files_do_not_come_back_without_their_library(db, tesis) -> None:
    path = added(db, tesis, "a.pdf", "A")
    taken = take_out(db, tesis, [path])
    delete_library(db, tesis)
    assert not put_back(db, taken)
    assert rows(db, "SELECT count(*) FROM files") == [(0,)]
