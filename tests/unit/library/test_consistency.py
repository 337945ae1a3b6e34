from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import (
    DocumentLocked,
    DocumentWithoutText,
    PagesLeftOut,
    RecognitionDataMissing,
)
from desktop_rag.library import consistency, documents, libraries
from desktop_rag.library.documents import DocumentState


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
