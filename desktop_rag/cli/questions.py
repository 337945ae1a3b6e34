"""Many questions from one file, one JSON object a line, and a reply to each."""

from __future__ import annotations

import codecs
import json
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from desktop_rag.cli.output import aside, words_for
from desktop_rag.domain.errors import QuestionsUnusable, RagError, WorkerDied
from desktop_rag.workers.pipe.calls import Bug

Engines = TypeVar("Engines")
LineId = str | int | float | None


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question, the `document` it is about, and the questions asked before it."""

    id: LineId
    question: str
    document: Path | None = None
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be asked, and in words why not."""

    id: LineId
    error: str


def lines_of(path: Path) -> list[AskedLine | BadLine]:
    """Return the lines of a file that hold something. Raises `QuestionsUnusable`."""
    try:
        lines = path.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
    except OSError:
        raise QuestionsUnusable(str(path), 0) from None
    return [_line(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def replies(
    lines: Iterable[AskedLine | BadLine],
    opened: Callable[[], AbstractContextManager[Engines]],
    reply: Callable[[Engines, AskedLine], dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    """Yield a reply to each line with its id, or an error, after which the others follow.

    What answers is opened for the first line that can be asked, and anew where one of its
    processes has died.
    """
    with ExitStack() as stack:
        engines: Engines | None = None
        for line in lines:
            if isinstance(line, BadLine):
                yield {"id": line.id, "error": line.error}
                continue
            if engines is None:
                engines = stack.enter_context(opened())
            try:
                yield {"id": line.id, **reply(engines, line)}
            except RagError as error:
                yield {"id": line.id, "error": words_for(error)}
                if isinstance(error, WorkerDied):
                    stack.close()
                    engines = None
            except Bug as bug:
                aside.print(str(bug))
                yield {"id": line.id, "error": words_for(None)}


def _line(number: int, line: bytes) -> AskedLine | BadLine:
    try:
        values = json.loads(line.decode(), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return BadLine(None, f"Line {number} is not JSON.")
    if not isinstance(values, dict):
        return BadLine(None, f"Line {number} is not a JSON object.")
    id_ = values.get("id")
    if isinstance(id_, bool) or not isinstance(id_, str | int | float):
        return BadLine(None, f"Line {number} has no id, which is a string or a number.")
    if lacking := _lacking(values):
        return BadLine(id_, f"Line {number} {lacking}.")
    document = values.get("document")
    return AskedLine(
        id_,
        values["question"],
        Path(document) if document else None,
        tuple(values.get("history") or ()),
    )


def _lacking(values: dict[str, Any]) -> str:
    """Return what is wrong with a line, nothing if nothing is."""
    question, document, history = (values.get(key) for key in ("question", "document", "history"))
    if not isinstance(question, str) or not question.strip():
        return "has no question"
    if document is not None and not isinstance(document, str):
        return "has a document that is not a path"
    if history is None:
        return ""
    if isinstance(history, list) and all(isinstance(one, str) and one.strip() for one in history):
        return ""
    return "has a history that is not a list of questions"


def _finite(number: str) -> float:
    value = float(number)
    return value if math.isfinite(value) else _refuse(number)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and infinity are not JSON
