"""Takes the folder of an encoder in: a copy, tried before it has its name."""

from __future__ import annotations

import contextlib
import math
import os
import shutil
from collections.abc import Generator
from pathlib import Path

from desktop_rag.domain.errors import DiskTooSmall, EncoderUnusable, FolderUnusable
from desktop_rag.domain.models import Encoder, EncoderFacts, FolderFault, ModelKind
from desktop_rag.domain.ports import CancelToken
from desktop_rag.engines.encoders import encoders, entailment, folders
from desktop_rag.engines.encoders.folders import WEIGHTS, EncoderFolder
from desktop_rag.engines.machine import hardware
from desktop_rag.settings.paths import reported

_BLOCK = 4 << 20  # bytes
_GIB = 1 << 30
_TRIED = "Which page says so? ¿En qué página lo dice?"


def take(
    source: Path, target: Path, cancel: CancelToken
) -> Generator[tuple[int, int], None, EncoderFacts]:
    """Copy what is needed of a folder to `target`, yielding how many bytes of all are copied.

    Returns what the copy says of itself, which was loaded and used once by then. Nothing is at
    `target` before that. Raises `FolderUnusable`, `DiskTooSmall`, `DiskFull`, `DataUnreadable`.
    """
    found = folders.read(source)
    part = target.with_name(f"{target.name}.part")
    with reported(target):
        part.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
    try:
        free = hardware.free_disk(part)
        if found.facts.size > free:
            raise DiskTooSmall(str(target), found.facts.size / _GIB, free / _GIB)
        yield from _copied(found, source, part, cancel)
        facts = folders.read(part).facts
        _try(facts, part, source)
        with reported(target):
            part.replace(target)
        return facts
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(part)


def _copied(
    found: EncoderFolder, source: Path, part: Path, cancel: CancelToken
) -> Generator[tuple[int, int]]:
    done = 0
    for name, file in found.files.items():
        place = part / name
        with reported(place):
            place.parent.mkdir(exist_ok=True)
        try:
            read = file.open("rb")
        except OSError as error:
            raise FolderUnusable(str(source), FolderFault.DAMAGED, name) from error
        with read, reported(place), place.open("wb") as copy:
            while block := read.read(_BLOCK):
                cancel.check()
                copy.write(block)
                done += len(block)
                yield done, found.facts.size
            copy.flush()
            if name.endswith(WEIGHTS):
                os.fsync(copy.fileno())


def _try(facts: EncoderFacts, folder: Path, source: Path) -> None:
    """Load what was copied and use it once: what fails then would fail while indexing."""
    encoder = Encoder(source.name, folder, facts.weights, frozenset(facts.languages))
    try:
        if not _works(facts, encoder):
            raise FolderUnusable(str(source), FolderFault.DAMAGED, WEIGHTS)
    except (EncoderUnusable, RuntimeError, ValueError, IndexError) as error:
        raise FolderUnusable(str(source), FolderFault.DAMAGED, WEIGHTS) from error


def _works(facts: EncoderFacts, encoder: Encoder) -> bool:
    match facts.kind:
        case ModelKind.RERANKER:
            scores = encoders.TorchReranker(encoder).scores(_TRIED, [_TRIED], _Patient())
            return all(map(math.isfinite, scores))
        case ModelKind.ENTAILMENT:
            pairs = [(_TRIED, _TRIED)]
            (judgement,) = entailment.TorchEntailment(encoder).judged(pairs, _Patient())
            return all(map(math.isfinite, judgement))
        case _:
            choice = encoders.embedder_of(encoder)
            vector = encoders.TorchEmbedder(choice).embed_question(_TRIED)
            return vector.shape == (facts.dimension,) and bool(vector.any())


class _Patient:
    """Who does not change his mind while one sentence is read."""

    def check(self) -> None:
        """Go on."""
