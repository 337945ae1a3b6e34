"""The indexing process, asked to stop while its embedder is loaded."""

from concurrent.futures import Future

import pytest

from desktop_rag.domain.indexes import Index
from desktop_rag.domain.ports import Cancelled
from desktop_rag.domain.progress import Stored
from desktop_rag.settings.paths import open_home
from desktop_rag.workers.commands.indexing import DocumentToSplit, Embed, Reconcile, Split
from desktop_rag.workers.processes.indexing import IndexingProcess
from desktop_rag.workers.processes.reading import ReadingProcess
from tests import pdfs
from tests.fakes import CancelAfter, NeverCancelled
from tests.workers.processes.test_reading import id_of, read


def test_whoever_stops_need_not_wait_for_the_embedder_to_load(home, tmp_path) -> None:
    paths = open_home(home)
    path = pdfs.plain(tmp_path / "a.pdf", ["The lighthouse of Aldmere is white."])
    list(ReadingProcess(paths).handle(read(path), NeverCancelled()))
    indexing = IndexingProcess(paths)
    indexing._loading = lambda _opened: Future()  # which never comes
    index = Index(1, None, 110)
    split = Split(index, (DocumentToSplit(id_of(path), "a.pdf", "a"),))
    *_, stored = indexing.handle(split, NeverCancelled())
    assert isinstance(stored, Stored)
    embed = Embed(index, (id_of(path),), 10)
    with pytest.raises(Cancelled):
        list(indexing.handle(embed, CancelAfter(3)))


def test_whoever_stops_need_not_wait_until_all_that_was_read_is_looked_through(
    home, tmp_path
) -> None:
    paths = open_home(home)
    documents = []
    for name in ("a.pdf", "b.pdf"):
        path = pdfs.plain(tmp_path / name, [f"The lighthouse of {name} is white."])
        list(ReadingProcess(paths).handle(read(path), NeverCancelled()))
        documents.append(id_of(path))
    reconcile = Reconcile((), tuple(documents), 0.0)
    assert list(IndexingProcess(paths).handle(reconcile, NeverCancelled())) == []
    with pytest.raises(Cancelled):
        list(IndexingProcess(paths).handle(reconcile, CancelAfter(1)))
