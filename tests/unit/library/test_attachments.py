"""Documents that came in others, as the database sees them."""

import itertools
from pathlib import Path

import pytest

from desktop_rag.domain.attachments import DEEPEST, MOST_BYTES, MOST_FILES
from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import DocumentMissing
from desktop_rag.library import attachments, deletion, documents, files, libraries

OUTER, INNER, OTHER = (DocumentId(sign * 64) for sign in "abc")


@pytest.fixture
def library(db):
    return libraries.ensure(db, "Tesis")


def added(db, library, path: Path, document: DocumentId, size: int = 1) -> Path:
    fact = FileFact(path, size, 1, 1)
    documents.add_files(db, library, [fact])
    documents.identify(db, path, fact, document)
    return path


@pytest.fixture
def outer(db, library) -> Path:
    return added(db, library, Path("/data/report.pdf"), OUTER)


@pytest.fixture
def inner(db, library, outer, tmp_path) -> Path:
    path = tmp_path / "budget.docx"
    path.write_text("x")
    attachments.add(db, OUTER, [path])
    return added(db, library, path, INNER)


def paths(db, library) -> list[Path]:
    return [row.path for row in documents.listing(db, library)]


def test_a_document_is_listed_in_the_one_that_it_came_in(db, library, outer, inner) -> None:
    assert {row.path: row.within for row in documents.listing(db, library)} == {
        outer: None,
        inner: outer,
    }
    assert [fact.path for fact in attachments.facts(db, OUTER)] == [inner]
    assert attachments.facts(db, INNER) == []


def test_it_goes_with_the_document_and_not_with_another_file_of_the_same_content(
    db, library, outer, inner
) -> None:
    copy = added(db, library, Path("/data/copy.pdf"), OUTER)
    documents.remove_path(db, library, copy)
    assert inner in paths(db, library)
    documents.remove_path(db, library, outer)
    assert paths(db, library) == []
    assert set(documents.orphans(db)) == {OUTER, INNER}


def test_what_lies_deeper_goes_as_well(db, library, outer, inner, tmp_path) -> None:
    deep = tmp_path / "deep.txt"
    attachments.add(db, INNER, [deep])
    added(db, library, deep, OTHER)
    documents.remove_path(db, library, outer)
    assert paths(db, library) == []


def test_each_library_has_its_own(db, library, outer, inner) -> None:
    second = libraries.ensure(db, "Otra")
    documents.add_files(db, second, [FileFact(path, 1, 1, 1) for path in (outer, inner)])
    files.drop(db, library, [outer])
    assert paths(db, library) == []
    assert sorted(paths(db, second)) == sorted([outer, inner])


@pytest.mark.parametrize("how", ["changed", "unreadable"])
def test_it_goes_where_the_file_does_not_hold_its_document_any_more(
    db, library, outer, inner, how
) -> None:
    if how == "changed":
        documents.identify(db, outer, FileFact(outer, 2, 2, 2), OTHER)
    else:
        documents.fail_file(db, outer, DocumentMissing(outer.name))
    assert paths(db, library) == [outer]


def test_taking_the_document_out_can_be_taken_back_with_what_came_in_it(
    db, library, outer, inner
) -> None:
    before = documents.listing(db, library)
    taken = deletion.take_out(db, library, [outer])
    assert paths(db, library) == []
    assert deletion.put_back(db, taken)
    assert documents.listing(db, library) == before
    deleted = deletion.delete_library(db, library)
    again = deletion.restore_library(db, deleted)
    assert documents.listing(db, again) == before


def test_forgetting_the_document_forgets_what_came_in_it(db, library, outer, inner) -> None:
    documents.remove_path(db, library, outer)
    documents.forget(db, [OUTER])
    assert attachments.facts(db, OUTER) == []
    assert db.execute("SELECT count(*) FROM attachments").fetchone() == (0,)


def test_what_is_not_known_has_nothing_in_it(db, tmp_path) -> None:
    attachments.add(db, OTHER, [tmp_path / "a.txt"])
    assert attachments.facts(db, OTHER) == []


def test_room_is_counted_over_all_that_is_in_the_outermost(db, library, outer, inner) -> None:
    assert attachments.room(db, OTHER) == (MOST_FILES, MOST_BYTES)
    assert (
        attachments.room(db, OUTER)
        == attachments.room(db, INNER)
        == (
            MOST_FILES - 1,
            MOST_BYTES - 1,
        )
    )
    attachments.add(db, INNER, [Path("/large.pdf")])
    added(db, library, Path("/large.pdf"), OTHER, MOST_BYTES)
    assert attachments.room(db, OUTER) is None


def test_what_lies_too_deep_has_no_room(db, library, outer) -> None:
    ids = [OUTER, *(DocumentId(f"{number:064}") for number in range(DEEPEST))]
    for at, (parent, child) in enumerate(itertools.pairwise(ids)):
        attachments.add(db, parent, [Path(f"/{at}.pdf")])
        added(db, library, Path(f"/{at}.pdf"), child)
    assert attachments.room(db, ids[-2])
    assert attachments.room(db, ids[-1]) is None
    added(db, library, Path("/also/outside.pdf"), ids[-1])
    assert attachments.room(db, ids[-1]) == (MOST_FILES, MOST_BYTES)
