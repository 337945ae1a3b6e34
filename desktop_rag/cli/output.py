"""How commands speak: one JSON object or words on the output, everything else on the error output.

Exit codes: 0 all done, 1 something could not be done, 2 a wrong call, 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.text import Text
from typing_extensions import override

from desktop_rag.domain.errors import DatabaseDamaged, RagError
from desktop_rag.domain.ports import Cancelled
from desktop_rag.notices import sentence
from desktop_rag.workers.pipe.calls import Bug

_CONTROLS = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)  # all but tabs and ends of lines; and what turns letters around


class _Terminal(Console):
    """A terminal that text of documents cannot command: what it would obey is not written."""

    @override
    def render_str(self, text: str, **how: Any) -> Text:
        return super().render_str(text.translate(_CONTROLS), **how)


screen = _Terminal(highlight=False, soft_wrap=True)
aside = _Terminal(stderr=True, highlight=False)


_EXPECTED = (RagError, KeyboardInterrupt, Cancelled, Bug)  # what ends a command in a sentence


def english(_context: str, text: str) -> str:
    """Translate nothing: the terminal speaks English."""
    return text


def words_for(error: RagError | None) -> str:
    """Say in one line what happened and what to do."""
    return sentence(error, english)


def emit(values: Mapping[str, Any]) -> None:
    """Write one JSON object, at once: whoever reads many of them need not wait for the last."""
    sys.stdout.write(json_line(values) + "\n")
    sys.stdout.flush()


def emit_list(name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object with a list in it, row by row: there may be more than fit in memory.

    Where no more rows can be had, the object ends with an "error", and the command as in
    `reported`; where not even the first, nothing is written. Raises what `rows` does for that.
    """
    left = iter(rows)
    first = list(itertools.islice(left, 1))
    sys.stdout.write(f"{{{json.dumps(name)}: [")
    try:
        for at, values in enumerate(itertools.chain(first, left)):
            sys.stdout.write((", " if at else "") + json_line(values))
    except _EXPECTED as error:
        text, code = _told(error)
        sys.stdout.write(f'], "error": {json.dumps(text)}}}\n')
        raise typer.Exit(code) from None
    sys.stdout.write("]}\n")


def json_line(values: Mapping[str, Any]) -> str:
    """Return a JSON object on one line; halves of characters, as in old file names, escaped."""
    text = json.dumps(values, ensure_ascii=False)
    return text if _whole(text) else json.dumps(values)


def _whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def reported(*, as_json: bool) -> Iterator[None]:
    """End the command in a plain sentence where it cannot go on."""
    try:
        yield
    except _EXPECTED as error:
        text, code = _told(error)
        _end(text, code, as_json=as_json)


def _told(error: BaseException) -> tuple[str, int]:
    """Return the sentence that a command ends in, and its exit code."""
    match error:
        case DatabaseDamaged():
            return f"{words_for(error)} To do so, run: desktop-rag restore", 1
        case RagError():
            return words_for(error), 1
        case Bug():
            aside.print(str(error), markup=False)
            return words_for(None), 1
        case _:
            return "Stopped. Run the same command again to go on.", 130


def _end(text: str, code: int, *, as_json: bool) -> None:
    if as_json:
        emit({"error": text})
    else:
        aside.print(text, markup=False, style="bold red")
    raise typer.Exit(code)


class Bars:
    """Progress bars, one for each file."""

    def __init__(self, *, shown: bool) -> None:
        self._progress = Progress(console=aside, transient=True, disable=not shown)
        self._tasks: dict[str, TaskID] = {}

    def show(self, name: str, done: int, size: int) -> None:
        """Show how far a file has come."""
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(name.replace("[", r"\["), total=size)
        self._progress.update(self._tasks[name], completed=done)

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
