import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentEmpty,
    DocumentTooSlow,
    DocumentUnknown,
)
from desktop_rag.domain.progress import Stored
from desktop_rag.library import consistency, documents, libraries
from desktop_rag.library.db.database import open_database, rows
from desktop_rag.library.db.migrations import MIGRATIONS
from desktop_rag.library.documents import DocumentRow, DocumentState, Known
from tests.operations import instructions_of

A, B, C = DocumentId("aa" * 32), DocumentId("bb" * 32), DocumentId("cc" * 32)


def fact_at(path: str | Path, size: int = 10, inode: int = 7) -> FileFact:
    return FileFact(Path(path), size, 1_700_000_000_123_456_789, inode)


def added(db, library, path: str | Path, document: DocumentId | None = None) -> Path:
    fact = fact_at(path)
    documents.add_files(db, library, [fact])
    if document:
        documents.identify(db, fact.path, fact, document)
    return fact.path


def finish(db, document, chunks, title="", *about) -> None:
    pages, language = about or (1, "")
    documents.describe(db, Stored(document, title, language, chunks, chunks, pages))
    documents.set_state(db, document, DocumentState.READY)


def test_a_file_is_known_from_when_it_was_added(db, tesis) -> None:
    path = added(db, tesis, "/pdf/a.pdf")
    assert documents.known(db, [path, Path("/pdf/b.pdf")]) == {
        path: Known(fact_at(path), None, None, None)
    }
    assert documents.unidentified(db, tesis) == [path]


def test_a_new_content_is_queued_and_a_known_one_is_not(db, tesis) -> None:
    fact = fact_at(added(db, tesis, "/pdf/a.pdf"))
    assert documents.identify(db, fact.path, fact, A) is DocumentState.QUEUED
    finish(db, A, 3)
    copy = fact_at(added(db, tesis, "/pdf/copy.pdf"))
    assert documents.identify(db, copy.path, copy, A) is DocumentState.READY
    assert documents.unidentified(db, tesis) == []
    assert rows(db, "SELECT count(*) FROM documents") == [(1,)]
    assert rows(db, "SELECT count(*) FROM files") == [(2,)]


def test_a_changed_file_keeps_its_document_until_identified(db, tesis) -> None:
    path = added(db, tesis, "/pdf/a.pdf", A)
    changed = fact_at(path, size=99)
    documents.add_files(db, tesis, [changed])
    kept = documents.known(db, [path])[path]
    assert kept == Known(fact_at(path), A, DocumentState.QUEUED, None)
    assert kept.fact != changed  # so a crash here does not hide the change
    documents.identify(db, path, changed, B)
    assert documents.known(db, [path])[path] == Known(changed, B, DocumentState.QUEUED, None)
    assert documents.orphans(db) == [A]


def test_a_file_that_cannot_be_hashed_says_why_until_it_can(db, tesis) -> None:
    path = added(db, tesis, "/pdf/a.pdf", A)
    documents.fail_file(db, path, DocumentEmpty("a.pdf"))
    failed = documents.known(db, [path])[path]
    assert (failed.document, failed.state) == (None, None)
    assert type(failed.error) is DocumentEmpty
    assert documents.unidentified(db, None) == []
    (row,) = documents.listing(db, tesis)
    assert (row.path, row.document, row.state) == (path, None, DocumentState.FAILED)
    assert vars(row.error) == {"name": "a.pdf"}
    documents.identify(db, path, fact_at(path), A)
    assert documents.known(db, [path])[path].error is None


def test_the_error_of_a_document_is_the_error_of_each_of_its_files(db, tesis) -> None:
    path = added(db, tesis, "/pdf/a.pdf", A)
    documents.set_state(db, A, DocumentState.FAILED, DocumentTooSlow("a.pdf", 6))
    error = documents.known(db, [path])[path].error
    assert type(error) is DocumentTooSlow
    assert error.page == 6
    documents.set_state(db, A, DocumentState.QUEUED)
    assert documents.known(db, [path])[path] == Known(fact_at(path), A, DocumentState.QUEUED, None)


def test_a_file_removed_while_it_was_hashed_does_not_come_back(db, tesis) -> None:
    path = added(db, tesis, "/pdf/a.pdf")
    documents.remove_path(db, tesis, path)
    documents.identify(db, path, fact_at(path), A)
    assert documents.known(db, [path]) == {}
    assert documents.orphans(db) == []


@pytest.mark.parametrize("inode", [2**63, 2**64 - 1])
def test_large_inodes_are_no_change(inode, db, tesis) -> None:
    fact = fact_at("/pdf/a.pdf", inode=inode)
    documents.add_files(db, tesis, [fact])
    assert documents.known(db, [fact.path])[fact.path].fact == fact


def test_a_name_that_is_not_unicode_works_throughout(db, tesis) -> None:
    path = Path(os.fsdecode("/pdf/año.pdf".encode("latin-1")))
    assert added(db, tesis, path, A) == path
    finish(db, A, 5, "Informe \ud800", 3, "es")
    assert list(documents.known(db, [path])) == [path]
    assert [row.path for row in documents.listing(db, tesis)] == [path]
    assert documents.scope(db, tesis, path) == [A]
    assert documents.paths_of(db, [A]) == {A: path}
    assert documents.titles(db, [A]) == {A: ("Informe \ufffd", "año")}
    documents.fail_file(db, path, DocumentEmpty(path.name))
    assert documents.listing(db, tesis)[0].error.name == path.name
    documents.remove_path(db, tesis, path)
    assert documents.known(db, [path]) == {}


def test_a_listing_shows_each_document_once_and_each_unknown_file(db, tesis) -> None:
    added(db, tesis, "/pdf/z.pdf", A)
    added(db, tesis, "/pdf/a copy of z.pdf", A)
    added(db, tesis, "/pdf/m.pdf", B)
    added(db, tesis, "/pdf/new.pdf")
    added(db, libraries.ensure(db, "Actas"), "/pdf/elsewhere.pdf", C)
    finish(db, A, 30, "Zoología", 12, "es")
    documents.set_state(db, B, DocumentState.READING)
    m, new, z = Path("/pdf/m.pdf"), Path("/pdf/new.pdf"), Path("/pdf/z.pdf")
    assert documents.listing(db, tesis) == [
        DocumentRow(m, B, "", 0, "", DocumentState.READING, None, 0),
        DocumentRow(new, None, "", 0, "", DocumentState.QUEUED, None, 0),
        DocumentRow(z, A, "Zoología", 12, "es", DocumentState.READY, None, 30),
    ]


@pytest.mark.parametrize("state", DocumentState)
@pytest.mark.parametrize("chunks", [0, 3])
def test_documents_with_text_in_the_store_are_searched(chunks, state, db, tesis) -> None:
    path = added(db, tesis, "/pdf/a.pdf", A)
    documents.describe(db, Stored(A, "", "", chunks))
    documents.set_state(db, A, state)
    searched = [A] if chunks else []
    assert documents.scope(db, tesis, None) == searched
    assert documents.scope(db, tesis, path) == searched


def test_what_the_store_has_lost_is_queued_and_not_searched(db, tesis) -> None:
    added(db, tesis, "/pdf/a.pdf", A)
    finish(db, A, 3)
    assert consistency.finished(db) == {A: 3}
    consistency.undo(db, [A])
    assert consistency.finished(db) == {}
    assert documents.scope(db, tesis, None) == []
    assert list(documents.unfinished(db, tesis)) == [A]


def test_a_scope_is_one_library_or_one_of_its_documents(db, tesis) -> None:
    paths = [
        added(db, tesis, f"/pdf/{name}.pdf", id_) for name, id_ in [("a", A), ("b", B), ("a2", A)]
    ]
    actas = libraries.ensure(db, "Actas")
    elsewhere = added(db, actas, "/pdf/c.pdf", C)
    added(db, actas, "/pdf/a.pdf")
    for document in (A, B, C):
        finish(db, document, 1)
    assert sorted(documents.scope(db, tesis, None)) == [A, B]
    assert sorted(documents.scope(db, actas, None)) == [A, C]
    assert [documents.scope(db, tesis, path) for path in paths] == [[A], [B], [A]]
    with pytest.raises(DocumentUnknown) as caught:
        documents.scope(db, tesis, elsewhere)
    assert caught.value.args == (str(elsewhere), "Tesis")


def test_a_path_is_found_however_it_is_spelt(db, tesis, tmp_path, monkeypatch) -> None:
    folder = tmp_path.resolve() / "real"
    folder.mkdir()
    (folder / "a.pdf").write_text("")
    (tmp_path / "link").symlink_to(folder)
    added(db, tesis, folder / "a.pdf", A)
    finish(db, A, 1)
    monkeypatch.chdir(folder)
    for spelt in ("a.pdf", "../real/a.pdf", "../link/a.pdf", str(tmp_path / "link" / "a.pdf")):
        assert documents.scope(db, tesis, Path(spelt)) == [A]
    documents.remove_path(db, tesis, Path("../link/a.pdf"))
    assert documents.listing(db, tesis) == []


def test_a_path_added_through_a_link_is_found_by_it(db, tesis, tmp_path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    added(db, tesis, tmp_path / "link" / "a.pdf", A)
    documents.remove_path(db, tesis, tmp_path / "link" / "a.pdf")
    assert documents.orphans(db) == [A]


def test_removing_a_path_leaves_the_other_holders(db, tesis) -> None:
    actas = libraries.ensure(db, "Actas")
    path, copy = added(db, tesis, "/pdf/a.pdf", A), added(db, tesis, "/pdf/copy.pdf", A)
    documents.add_files(db, actas, [fact_at(path)])
    documents.remove_path(db, tesis, path)
    assert [row.path for row in documents.listing(db, tesis)] == [copy]
    assert [row.path for row in documents.listing(db, actas)] == [path]
    with pytest.raises(DocumentUnknown):
        documents.remove_path(db, tesis, path)
    documents.remove_path(db, tesis, copy)
    assert documents.orphans(db) == []
    documents.remove_path(db, actas, path)
    assert documents.orphans(db) == [A]
    assert documents.known(db, [path, copy]) == {}


def test_forgetting_leaves_the_files_to_be_looked_into_again(db, tesis) -> None:
    path = added(db, tesis, "/pdf/a.pdf", A)
    documents.forget(db, [A, B])
    assert documents.known(db, [path])[path].document is None
    assert documents.unidentified(db, tesis) == [path]
    assert documents.orphans(db) == []


def test_the_unfinished_are_resumed_in_their_order(db, tesis) -> None:
    actas = libraries.ensure(db, "Actas")
    third = added(db, tesis, "/pdf/3.pdf", C)
    first = added(db, tesis, "/pdf/1.pdf", A)
    added(db, actas, "/pdf/copy of 1.pdf", A)
    added(db, tesis, "/pdf/2.pdf", B)
    documents.set_state(db, C, DocumentState.EMBEDDING)
    documents.set_state(db, A, DocumentState.READING)
    documents.set_state(db, B, DocumentState.FAILED, DocumentBroken("2.pdf"))
    assert list(documents.unfinished(db, None).items()) == [(C, third), (A, first)]
    assert documents.unfinished(db, tesis) == documents.unfinished(db, None)
    assert list(documents.unfinished(db, actas)) == [A]
    new = added(db, actas, "/pdf/new.pdf")
    assert documents.unidentified(db, None) == [new]
    assert documents.unidentified(db, tesis) == []


def test_a_document_is_read_where_it_still_is(db, tesis, tmp_path) -> None:
    gone, moved = (
        added(db, tesis, tmp_path / "gone.pdf", A),
        added(db, tesis, tmp_path / "b.pdf", A),
    )
    assert documents.paths_of(db, [B, A]) == {A: gone}
    moved.write_text("")
    assert documents.paths_of(db, [A]) == {A: moved}
    gone.write_text("")
    assert documents.paths_of(db, [A]) == {A: gone}


def test_a_document_is_named_by_the_file_of_the_library_that_is_asked(db, tesis, tmp_path) -> None:
    actas = libraries.ensure(db, "Actas")
    first = added(db, tesis, tmp_path / "first.pdf", A)
    copy = added(db, actas, tmp_path / "copy.pdf", A)
    assert documents.paths_of(db, [A]) == {A: first}
    assert documents.paths_of(db, [A], actas) == {A: copy}
    assert documents.paths_of(db, [B], actas) == {}


def test_titles_come_with_the_name_of_the_file(db, tesis) -> None:
    added(db, tesis, "/pdf/Informe_2021.final.pdf", A)
    finish(db, A, 1, "Informe anual", 2, "es")
    path = added(db, tesis, "/pdf/b.pdf", B)
    documents.remove_path(db, tesis, path)
    assert documents.titles(db, [A, B, C]) == {
        A: ("Informe anual", "Informe_2021.final"),
        B: ("", ""),
    }


GONE = Path("/pdf/00007.pdf")


def facts_of(numbers: range) -> list[FileFact]:
    return [fact_at(f"/pdf/{number:05}.pdf", inode=number) for number in numbers]


def test_many_files_are_no_trouble(db, tesis) -> None:
    """Twice as many cost twice as much, and one of them as much as among a few."""

    def work(numbers: range) -> None:
        facts = facts_of(numbers)
        documents.add_files(db, tesis, facts)
        found = documents.known(db, [fact.path for fact in facts])
        assert [kept.fact for kept in found.values()] == facts
        assert len(documents.listing(db, tesis)) == numbers.stop
        assert libraries.summaries(db)[0].documents == numbers.stop
        assert len(documents.unidentified(db, tesis)) == numbers.stop

    few = instructions_of(db, lambda: work(range(1_000)))
    assert instructions_of(db, lambda: work(range(1_000, 2_000))) < 2.5 * few
    assert instructions_of(db, lambda: documents.remove_path(db, tesis, GONE)) < 1_000


@pytest.mark.parametrize("before", [0, 1_000])
def test_a_file_is_added_and_looked_up_without_going_through_all(db, tesis, before) -> None:
    """Of a thousand files, 76 instructions for each that is added and 31 for each that is known."""
    documents.add_files(db, tesis, facts_of(range(before)))
    facts = facts_of(range(before, before + 1_000))
    paths = [fact.path for fact in facts]
    assert instructions_of(db, lambda: documents.add_files(db, tesis, facts)) < 100_000
    assert instructions_of(db, lambda: documents.known(db, paths)) < 45_000
    assert instructions_of(db, lambda: documents.known(db, paths[:1])) < 1_000


def test_a_listing_says_when_a_document_was_added(db, tesis) -> None:
    path = added(db, tesis, "/pdf/a.pdf", A)
    (row,) = documents.listing(db, tesis)
    assert row.added is not None
    assert abs(row.added - datetime.now(UTC)).total_seconds() < 60
    db.execute("UPDATE members SET added_at = 1")
    added(db, tesis, path, A)  # once more
    assert documents.listing(db, tesis)[0].added == datetime.fromtimestamp(1, UTC)


def test_one_document_can_be_listed_alone(db, tesis) -> None:
    for name, document in [("a", A), ("copy", A), ("b", B)]:
        added(db, tesis, f"/pdf/{name}.pdf", document)
    (row,) = documents.listing(db, tesis, A)
    assert (row.document, row.path) == (A, Path("/pdf/a.pdf"))
    assert documents.listing(db, tesis, C) == []


def test_documents_of_the_first_version_were_added_when_last_heard_of(tmp_path) -> None:
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("INSERT INTO libraries (id, name) VALUES (1, 'Tesis')")
        old.execute(
            "INSERT INTO documents (id, state, updated_at) VALUES (?, 'ready', 86400)", (A,)
        )
        for name, document in [("/a.pdf", A), ("/b.pdf", None)]:
            old.execute("INSERT INTO files VALUES (?, 1, 2, 3, ?, NULL)", (name, document))
            old.execute("INSERT INTO members VALUES (1, ?)", (name,))
        old.execute("PRAGMA user_version = 1")
        old.commit()
    with closing(open_database(path)) as db:
        first, second = documents.listing(db, libraries.find(db, "Tesis"))
    assert first.added == datetime(1970, 1, 2, tzinfo=UTC)
    assert second.added is None


def test_what_a_file_says_of_itself_is_kept_and_brought_up_to_date(db, tesis) -> None:
    added(db, tesis, "a.pdf", A)
    said = Stored(A, "T", "en", 3, author="Ana \ud800", date="2024-03-05", subject="Tides")
    documents.describe(db, said)
    (row,) = documents.listing(db, tesis)
    assert (row.author, row.date, row.subject) == ("Ana \ufffd", "2024-03-05", "Tides")
    documents.describe_again(db, Stored(A, "Another", "es", 9, author="Eva"))
    (row,) = documents.listing(db, tesis)
    assert (row.title, row.author, row.date, row.chunks) == ("Another", "Eva", "", 3)
