"""What is to be done with a file whose content is known already."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import (
    DocumentLocked,
    DocumentMissing,
    RagError,
    RecognitionDataMissing,
)
from desktop_rag.jobs.indexing.events import Event, Unchanged, Waiting
from desktop_rag.jobs.indexing.queue import DocumentJob
from desktop_rag.jobs.indexing.state import WAITS_FOR, IndexingState
from desktop_rag.library.disk import page_store
from desktop_rag.library.documents import DocumentState, Known


def stand(
    bench: IndexingState, known: Known, *, watched: bool = False, again: bool = False
) -> Iterator[Event]:
    """Say that nothing is to be done, or queue the document for what is; see `Batch`."""
    document, path, state, error = known.document, known.fact.path, known.state, known.error
    if document is None or state is None:
        return
    done = state is DocumentState.READY or (
        watched and state in {DocumentState.FAILED, DocumentState.WAITING}
    )
    if document in bench.seen or (done and not _worth(bench, error)):
        bench.seen.add(document)
        yield Unchanged(path)
        return
    bench.seen.add(document)
    if state is DocumentState.WAITING and error and not _goes_on(bench, document, error):
        yield Waiting(path, error)
        return
    anew = again and state is DocumentState.QUEUED and bench.recognizes  # only until it is begun
    job = DocumentJob(document, known.fact, bench.serving, again=anew)
    lane = bench.queue.to_split if was_read(bench, document) else bench.queue.to_read
    lane.append(job)


def was_read(bench: IndexingState, document: DocumentId) -> bool:
    """Whether the pages of a document are there, so that its file is not needed."""
    return page_store.place(bench.paths.pages_folder, document).exists()


def _worth(bench: IndexingState, error: RagError | None) -> bool:
    """Whether the file, or the data of text recognition, may have come back meanwhile."""
    if isinstance(error, DocumentMissing):
        return True
    return isinstance(error, RecognitionDataMissing) and bench.recognizes


def _goes_on(bench: IndexingState, document: DocumentId, error: RagError) -> bool:
    if isinstance(error, DocumentLocked):
        return bool(bench.password(document))
    return isinstance(error, WAITS_FOR) and bench.recognizes
