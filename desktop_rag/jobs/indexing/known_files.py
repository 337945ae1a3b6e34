"""What is to be done with a file whose content is known already."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import (
    DocumentChanged,
    DocumentCutShort,
    DocumentLocked,
    DocumentMissing,
    DocumentUnreadable,
    PagesLeftOut,
    RagError,
    RecognitionDataMissing,
)
from desktop_rag.jobs.indexing.events import Event, Unchanged, Waiting
from desktop_rag.jobs.indexing.queue import DocumentJob
from desktop_rag.jobs.indexing.state import WAITS_FOR, IndexingState
from desktop_rag.library import documents
from desktop_rag.library.disk import page_store
from desktop_rag.library.documents import DocumentState, Known, Renewal


def stand(state: IndexingState, known: Known, *, watched: bool = False) -> Iterator[Event]:
    """Say that nothing is to be done, or queue the document for what is; see `Batch`."""
    document, path, stage, error = known.document, known.fact.path, known.state, known.error
    if document is None or stage is None:
        return
    done = stage is DocumentState.READY or (
        watched and stage in {DocumentState.FAILED, DocumentState.WAITING}
    )
    if document in state.seen or (done and not _worth(state, error)):
        state.seen.add(document)
        yield Unchanged(path)
        return
    state.seen.add(document)
    if stage is DocumentState.WAITING and error and not _goes_on(state, document, error):
        yield Waiting(path, error)
        return
    anew = known.renewal is Renewal.WANTED and state.recognizes
    job = DocumentJob(document, known.fact, state.serving, again=anew)
    lane = state.queue.to_split if was_read(state, document) else state.queue.to_read
    lane.append(job)


def was_read(state: IndexingState, document: DocumentId) -> bool:
    """Whether the pages of a document are there, so that its file is not needed."""
    kept = page_store.place(state.paths.pages_folder, document)
    return document not in state.lost and kept.exists()


def readable_again(state: IndexingState, lost: Sequence[DocumentId]) -> list[DocumentId]:
    """Return those documents whose file may give again what was read of them.

    Where it did not, the error says so, and it is not tried again until it may have helped.
    """
    paths = documents.paths_of(state.db, lost)
    known = documents.known(state.db, paths.values())
    return [one for one, path in paths.items() if _promising(state, one, known[path])]


def _promising(state: IndexingState, document: DocumentId, known: Known) -> bool:
    match known.error:
        case None | PagesLeftOut() | DocumentCutShort() | RecognitionDataMissing():
            return True  # which are said of what was read
        case DocumentMissing() | DocumentUnreadable() | DocumentChanged():
            return os.access(known.fact.path, os.R_OK)
        case DocumentLocked():
            return bool(state.password(document))
        case _:
            return False


def _worth(state: IndexingState, error: RagError | None) -> bool:
    """Whether the file, or the data of text recognition, may have come back meanwhile."""
    if isinstance(error, DocumentMissing):
        return True
    return isinstance(error, RecognitionDataMissing) and state.recognizes


def _goes_on(state: IndexingState, document: DocumentId, error: RagError) -> bool:
    if isinstance(error, DocumentLocked):
        return bool(state.password(document))
    return isinstance(error, WAITS_FOR) and state.recognizes
