"""Examples of what is to be written freely, as a person keeps them in a file of his own."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

from desktop_rag.domain.errors import QuestionsUnusable
from desktop_rag.domain.generation import Exchange

_MOST_BYTES = 1_000_000  # no model reads more


def own_examples(path: Path) -> tuple[Exchange, ...]:
    """Return the turns of a file: a line `{"question": …, "answer": …}` for each.

    Raises `QuestionsUnusable`, with line 0 where the file cannot be read, or is far too large.
    """
    try:
        with path.open("rb") as file:
            read = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError):
        raise QuestionsUnusable(str(path), 0) from None
    if len(read) > _MOST_BYTES:
        raise QuestionsUnusable(str(path), 0)
    lines = read.removeprefix(codecs.BOM_UTF8).split(b"\n")
    return tuple(_example(path, at, line) for at, line in enumerate(lines, 1) if line.strip())


def _example(path: Path, number: int, line: bytes) -> Exchange:
    try:
        match json.loads(line.decode()):
            case {"question": str(asked), "answer": str(said)}:
                return Exchange(asked, said)
            case _:
                raise QuestionsUnusable(str(path), number)
    except (ValueError, RecursionError):
        raise QuestionsUnusable(str(path), number) from None
