"""The program with an embedder that knows words and no meaning, where torch would take seconds.

Everything else is the program's own: its processes, its weights' check, its store. What is near in
meaning but not in words is not found with it; tests of that take the real embedder.
"""

import dataclasses
import functools
import re
import sys
import zlib
from collections.abc import Generator, Sequence
from ctypes import c_uint64
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from desktop_rag.domain.calibration import Calibration
from desktop_rag.domain.indexes import Searched
from desktop_rag.domain.sufficiency import Weighing
from desktop_rag.engines.encoders import encoders
from desktop_rag.engines.encoders.precision import Precision
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.processes import indexing, searching

if TYPE_CHECKING:  # children have no window
    from desktop_rag.gui.processes.process_targets import ProcessTargets

_WORD = re.compile(r"\w{3,}")
_main_of = {"indexing": indexing.main, "searching": searching.main}


class WordEmbedder:
    """Points a text where its words point, each in a direction of its own."""

    def __init__(
        self, choice: encoders.EmbedderChoice, precision: Precision = Precision.FLOAT32
    ) -> None:
        encoders.check(choice)
        self._dimension = choice.dimension
        self.languages = choice.languages
        self.calibration = Calibration(0.0, 0.6)  # as good as any: words know no meaning

    def use(self, threads: int) -> None:
        """Compute with so many threads."""

    def embed_question(self, text: str) -> np.ndarray:
        """Return the unit vector of a question: float32, (dimension,)."""
        words = _WORD.findall(text.casefold()) or [text]
        total = sum(_direction(word, self._dimension) for word in words)
        return np.asarray(total / np.linalg.norm(total), np.float32)

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the cosine of each text to a question."""
        return (self.embed(texts) @ self.embed_question(question)).tolist() if texts else []

    def each(self, texts: Sequence[str]) -> Generator[np.ndarray]:
        """Yield the unit vector of each text: float32, (dimension,)."""
        yield from map(self.embed_question, texts)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit vector per text: float32, (texts, dimension)."""
        if not texts:
            return np.empty((0, self._dimension), np.float32)
        return np.stack([*self.each(texts)])


@functools.cache
def _direction(word: str, dimension: int) -> np.ndarray:
    return np.random.default_rng(zlib.crc32(word.encode())).normal(size=dimension)


def _sure(_embedder: str | None) -> Weighing:
    """Return weights by which whatever is found is enough."""
    return Weighing(0.0, {"nearness": 0.0, "across": 0.0}, 0.1)


def _take_its_place() -> None:
    encoders.document_embedder = encoders.question_embedder = WordEmbedder
    searching.weighing = _sure  # weights are fitted to what real embedders make of questions


def index(home: Path, gentle: bool, pipe: Connection, mark: c_uint64) -> None:
    """Be the real process with this embedder."""
    _take_its_place()
    _main_of["indexing"](home, gentle, pipe, mark)


def search(
    home: Path, candidates: int, searched: Searched, pipe: Connection, mark: c_uint64
) -> None:
    """Be the real process with this embedder."""
    _take_its_place()
    _main_of["searching"](home, candidates, searched, pipe, mark)


def instead(targets: "ProcessTargets", paths: Paths, settings: Settings) -> "ProcessTargets":
    """Return the targets of a window with these in their place."""
    candidates = settings.retrieval.candidates
    return dataclasses.replace(
        targets,
        indexing=functools.partial(functools.partial, index, paths.home),
        searching=functools.partial(functools.partial, search, paths.home, candidates),
    )


def main() -> None:
    """Be the real program, whose processes are these."""
    from desktop_rag.__main__ import main as program

    indexing.main, searching.main = index, search
    sys.argv[0] = "desktop-rag"
    program()


#: What follows the name of Python, where `-m desktop_rag` would be the real program.
PROGRAM = ("-c", "from tests.word_embedder import main; main()")
