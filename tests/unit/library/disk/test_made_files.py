import os

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.disk import made_files

A, B = DocumentId("ab" * 32), DocumentId("ac" * 32)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "pages"


@pytest.fixture
def made(tmp_path, folder):
    """A file that was made of a document, and noted."""
    file = tmp_path / "converted" / "ab" / "a.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"content")
    made_files.note(folder, A, [file])
    return file


def test_what_is_as_it_was_noted_is_whole(folder, made) -> None:
    assert made_files.whole(folder, A)
    assert made_files.whole(folder, B)


@pytest.mark.parametrize("content", [b"", b"cont", b"noise!!"])
def test_what_was_changed_is_not(content, folder, made) -> None:
    made.write_bytes(content)
    assert not made_files.whole(folder, A)


def test_what_is_gone_is_not(folder, made) -> None:
    made.unlink()
    assert not made_files.whole(folder, A)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}', b"\xff"])
def test_a_note_that_is_damaged_vouches_for_nothing(content, folder, made) -> None:
    (note,) = folder.glob("*/*.made")
    note.write_bytes(content)
    assert not made_files.whole(folder, A)


def test_of_what_was_looked_at_since_it_was_written_only_the_size_counts(folder, made) -> None:
    made.write_bytes(b"CONTENT")
    later = os.stat(made).st_ctime + 1  # noqa: PTH116
    assert made_files.whole(folder, A, since=later)
    made.write_bytes(b"CONTENTS")
    assert not made_files.whole(folder, A, since=later)


def test_a_document_of_which_nothing_is_made_any_more_has_no_note(folder, made) -> None:
    made_files.note(folder, A, [])
    made.unlink()
    assert made_files.whole(folder, A)
    assert [*folder.glob("*/*.made")] == []


def test_a_document_is_forgotten(folder, made) -> None:
    made_files.remove(folder, [A, B])
    assert [*folder.glob("*/*.made")] == []
