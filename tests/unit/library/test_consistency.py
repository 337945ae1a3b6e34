from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import (
    DocumentLocked,
    DocumentWithoutText,
    PagesLeftOut,
    RecognitionDataMissing,
)
from desktop_rag.library import consistency, documents, libraries
from desktop_rag.library.documents import DocumentState, Renewal


def test_what_was_not_recognized_is_found_by_library(db) -> None:
    tesis, actas = libraries.ensure(db, "Tesis"), libraries.ensure(db, "Actas")
    errors = {
        "scan.pdf": (DocumentState.WAITING, DocumentWithoutText("scan.pdf")),
        "mixed.pdf": (DocumentState.READY, RecognitionDataMissing("mixed.pdf", ("spa",))),
        "locked.pdf": (DocumentState.WAITING, DocumentLocked("locked.pdf")),
        "holes.pdf": (DocumentState.READY, PagesLeftOut("holes.pdf", (1,))),
        "whole.pdf": (DocumentState.READY, None),
    }
    for name, (state, error) in errors.items():
        fact = FileFact(Path("/", name), 1, 2, 3)
        documents.add_files(db, tesis, [fact])
        documents.identify(db, fact.path, fact, DocumentId(name))
        documents.set_state(db, DocumentId(name), state, error)
    documents.add_files(db, actas, [FileFact(Path("/scan.pdf"), 1, 2, 3)])
    found = consistency.unrecognized(db)
    assert {library: sorted(map(str, paths)) for library, paths in found.items()} == {
        tesis: ["/mixed.pdf", "/scan.pdf"],
        actas: ["/scan.pdf"],
    }


def test_what_is_not_ready_may_be_missing_from_an_answer(db) -> None:
    tesis, actas = libraries.ensure(db, "Tesis"), libraries.ensure(db, "Actas")
    for state in DocumentState:
        fact = FileFact(Path("/", state), 1, 2, 3)
        documents.add_files(db, tesis, [fact])
        documents.identify(db, fact.path, fact, DocumentId(state))
        documents.set_state(db, DocumentId(state), state)
    assert consistency.incomplete(db, tesis) == 3
    assert consistency.incomplete(db, tesis, [DocumentId("reading"), DocumentId("ready")]) == 1
    assert consistency.incomplete(db, actas) == 0


def stands(db, name: str, state: DocumentState, chunks: int, quality: float | None) -> None:
    fact = FileFact(Path("/", name), 1, 2, 3)
    documents.add_files(db, libraries.ensure(db, "Tesis"), [fact])
    documents.identify(db, fact.path, fact, DocumentId(name))
    documents.set_state(db, DocumentId(name), state)
    db.execute("UPDATE documents SET chunks = ?, quality = ? WHERE id = ?", (chunks, quality, name))


def states(db) -> dict[str, str]:
    return dict(db.execute("SELECT id, state FROM documents").fetchall())


def test_only_ready_text_that_was_recognized_is_recognized_again(db) -> None:
    stands(db, "scan", DocumentState.READY, 3, 0.5)
    stands(db, "typed", DocumentState.READY, 3, None)
    stands(db, "locked", DocumentState.WAITING, 0, 0.5)
    consistency.renew_recognized(db, [DocumentId(name) for name in ("scan", "typed", "locked")])
    assert states(db) == {"scan": "queued", "typed": "ready", "locked": "waiting"}


def test_what_has_no_text_yet_does_not_become_ready_when_it_is_left_as_it_was(db) -> None:
    stands(db, "scan", DocumentState.READY, 3, 0.5)
    consistency.renew_recognized(db, [DocumentId("scan")])
    stands(db, "new", DocumentState.QUEUED, 0, None)
    stands(db, "brought", DocumentState.QUEUED, 3, 0.5)  # whose chunks lack vectors
    stands(db, "broken", DocumentState.FAILED, 3, None)
    given = [DocumentId(name) for name in ("scan", "new", "brought", "broken")]
    consistency.keep_recognized(db, given)
    assert states(db) == {
        "scan": "ready",
        "new": "queued",
        "brought": "queued",
        "broken": "failed",
    }


@pytest.mark.parametrize(
    ("bound", "stage", "left"),
    [
        (False, DocumentState.QUEUED, "ready"),
        (False, DocumentState.READING, "ready"),
        (False, DocumentState.EMBEDDING, "queued"),  # a vector may be lacking
        (True, DocumentState.READING, "reading"),  # its text is another one now
        (True, DocumentState.EMBEDDING, "embedding"),
    ],
)
def test_what_is_recognized_again_is_left_as_it_was_while_it_can_be(db, bound, stage, left) -> None:
    scan = DocumentId("scan")
    stands(db, scan, DocumentState.READY, 3, 0.5)
    consistency.renew_recognized(db, [scan])
    assert consistency.incomplete(db, libraries.ensure(db, "Tesis")) == 0  # found as it was
    documents.set_state(db, scan, stage)
    if bound:
        consistency.bind_recognized(db, scan)
        assert consistency.incomplete(db, libraries.ensure(db, "Tesis")) == 1
    consistency.keep_recognized(db, [scan])
    assert states(db) == {scan: left}


@pytest.mark.parametrize("end", [DocumentState.READY, DocumentState.FAILED, DocumentState.WAITING])
def test_nothing_is_renewed_any_more_once_it_has_come_to_an_end(db, end) -> None:
    scan = DocumentId("scan")
    stands(db, scan, DocumentState.READY, 3, 0.5)
    consistency.renew_recognized(db, [scan])
    documents.set_state(db, scan, DocumentState.READING)
    assert documents.known(db, [Path("/scan")])[Path("/scan")].renewal is Renewal.WANTED
    documents.set_state(db, scan, end)
    assert documents.known(db, [Path("/scan")])[Path("/scan")].renewal is None


def test_what_is_in_no_library_may_be_gone_from_the_store(db) -> None:
    stands(db, "kept", DocumentState.READY, 3, None)
    stands(db, "removed", DocumentState.READY, 5, None)
    stands(db, "queued", DocumentState.QUEUED, 7, None)
    documents.remove_path(db, libraries.ensure(db, "Tesis"), Path("/removed"))
    assert consistency.stored_chunks(db) == 3
