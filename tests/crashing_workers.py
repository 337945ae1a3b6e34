"""Workers of a window that is crashed, without torch, and some that have nothing to do."""

import zlib
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from ctypes import c_uint64
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from desktop_rag.settings.paths import Paths
from desktop_rag.workers.pipe import host


class _Meaningless:
    """Gives the same text the same vector, and another one another."""

    def use(self, threads: int) -> None:
        """Compute with so many threads."""

    def each(self, texts: Sequence[str]) -> Generator[np.ndarray]:
        """Yield unit vectors."""
        seeds = [zlib.crc32(text.encode()) for text in texts]
        vectors = np.stack([np.random.default_rng(seed).normal(size=384) for seed in seeds])
        yield from (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def index(home: Path, gentle: bool, pipe: Connection, mark: c_uint64) -> None:
    """Index as the real process does, without torch."""
    from filelock import FileLock

    from desktop_rag.workers.processes.indexing import IndexingProcess

    paths = Paths(home)
    loaded: Future[_Meaningless] = Future()
    loaded.set_result(_Meaningless())
    indexing = IndexingProcess(paths)
    indexing._loading = lambda _opened: loaded
    with FileLock(paths.store_lock):
        host.serve(pipe, mark, indexing.handle)


def idle(_home: Path, pipe: Connection, mark: c_uint64) -> None:
    def handle(_command: object, _cancel: object) -> Iterator[object]:
        yield from ()

    host.serve(pipe, mark, handle)
