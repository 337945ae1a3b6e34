"""The process that splits what was read, embeds it and alone writes to LanceDB."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_rag.domain.models import Encoders
from desktop_rag.domain.ports import CancelToken
from desktop_rag.ingest.indexer import Indexer, Source
from desktop_rag.library import page_store
from desktop_rag.settings.paths import Paths
from desktop_rag.workers import silence
from desktop_rag.workers.commands import Index, NotRead, Remove, Tidy

if TYPE_CHECKING:
    from desktop_rag.engines.encoders import TorchEmbedder


_SPECIAL = 16  # tokens that are left to an embedder's own marks and prefixes


class Indexing:
    """Holds the store, and the embedder once something has to be embedded."""

    def __init__(self, paths: Paths, chunk_tokens: int, chosen: Encoders) -> None:
        from desktop_rag.engines import analyzer, encoders, vector_store

        self._folder = paths.pages_folder
        self._choice = encoders.embedder_of(chosen.embedder)
        self._embedder: Future[TorchEmbedder] | None = None
        self._table = vector_store.Table(
            paths.vectors_folder, self._choice.name, self._choice.dimension
        )
        self._indexer = Indexer(
            tokenizer=encoders.FolderTokenizer(self._choice),
            embedder=self._loaded,
            store=self._table,
            language=analyzer.language,
            limit=min(chunk_tokens, self._choice.tokens - _SPECIAL),
        )

    def handle(self, command: object, cancel: CancelToken) -> Iterator[object]:
        """Do what one command says; see `commands`."""
        match command:
            case Index():
                yield from self._index(command, cancel)
            case Remove(documents=documents):
                self._table.remove(documents)
                page_store.remove(self._folder, documents)
            case Tidy():
                self._table.tidy()
            case _:
                raise TypeError(type(command).__name__)

    def _index(self, command: Index, cancel: CancelToken) -> Iterator[object]:
        read = page_store.load(self._folder, command.document)
        if read is None:
            yield NotRead(command.document)
            return
        self._loading()
        source = Source(command.document, command.name, command.stem, *read)
        yield from self._indexer.index(source, cancel)

    def _loaded(self) -> TorchEmbedder:
        return self._loading().result()

    def _loading(self) -> Future[TorchEmbedder]:
        """Load the embedder once, beside the splitting and storing of the first document."""
        from desktop_rag.engines import encoders

        if self._embedder is None:
            loader = ThreadPoolExecutor(1, thread_name_prefix="embedder")
            self._embedder = loader.submit(encoders.TorchEmbedder, self._choice, fast=True)
            loader.shutdown(wait=False)
        return self._embedder


def main(
    home: Path, chunk_tokens: int, chosen: Encoders, pipe: Connection, mark: Synchronized[int]
) -> None:
    """Serve one owner of the data directory `home`, once nobody else writes to its store."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    silence.keep()

    from filelock import FileLock

    from desktop_rag.workers import host

    host.give_way()
    paths = Paths(home)
    with FileLock(paths.store_lock):
        handle = host.prepared(lambda: Indexing(paths, chunk_tokens, chosen).handle)
        host.serve(pipe, mark, handle)
