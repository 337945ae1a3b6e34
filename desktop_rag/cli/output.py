"""How commands speak: one JSON object or words on the output, everything else on the error output.

Exit codes: 0 all done, 1 something could not be done, 2 a wrong call, 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.segment import Segment
from rich.table import Table
from typing_extensions import override

from desktop_rag.domain.errors import DatabaseDamaged, DiskFull, RagError
from desktop_rag.domain.ports import Cancelled
from desktop_rag.domain.unicode_text import COMMANDS, inert, one_line
from desktop_rag.notices import sentence
from desktop_rag.settings.paths import tells_full
from desktop_rag.workers.pipe.calls import Bug

_ESCAPED = re.compile(f"[{''.join(map(chr, COMMANDS))}\u2028\u2029\ud800-\udfff]")


class _Terminal(Console):
    """A terminal that text of others cannot command, and that takes none of it for markup."""

    @override
    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterator[Segment]:
        for piece in super().render(renderable, options):
            yield piece if piece.control else Segment(inert(piece.text), piece.style)


def terminal(**where: Any) -> Console:
    """Return a terminal that shows text as it stands."""
    return _Terminal(highlight=False, markup=False, emoji=False, **where)


screen = terminal(soft_wrap=True)
aside = terminal(stderr=True)


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
    sys.stdout.write(f"{{{_json(name)}: [")
    try:
        for at, values in enumerate(itertools.chain(first, left)):
            sys.stdout.write((", " if at else "") + json_line(values))
    except _EXPECTED as error:
        text, code = _told(error)
        sys.stdout.write(f'], "error": {_json(text)}}}\n')
        raise typer.Exit(code) from None
    sys.stdout.write("]}\n")


def json_line(values: Mapping[str, Any]) -> str:
    """Return a JSON object on one line that commands no terminal.

    Control characters are escaped, and so are halves of characters, as in old names of files.
    """
    return _json(values)


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@contextmanager
def reported(*, as_json: bool) -> Iterator[None]:
    """End the command in a plain sentence where it cannot go on."""
    try:
        yield
    except _EXPECTED as error:
        text, code = _told(error)
        _end(text, code, as_json=as_json)
    except OSError as error:
        if not tells_full(error):
            raise
        text, code = _told(DiskFull(str(error.filename or "")))
        _end(text, code, as_json=as_json)


def _told(error: BaseException) -> tuple[str, int]:
    """Return the sentence that a command ends in, and its exit code."""
    match error:
        case DatabaseDamaged(replaceable=True):
            return f"{words_for(error)} To do so, run: desktop-rag restore", 1
        case RagError():
            return words_for(error), 1
        case Bug():
            aside.print(str(error))
            return words_for(None), 1
        case _:
            return "Stopped. Run the same command again to go on.", 130


def _end(text: str, code: int, *, as_json: bool) -> None:
    if as_json:
        emit({"error": text})
    else:
        aside.print(text, style="bold red")
    raise typer.Exit(code)


def table(keys: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return rows as a table, the values of `keys` side by side, each on one line."""
    made, columns = Table(box=None), tuple(keys)
    for key in columns:
        made.add_column(one_line(key))
    for row in rows:
        made.add_row(*(one_line(_cell(row[key])) for key in columns))
    return made


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def words_of(field: str) -> TextColumn:
    """Return the column of a bar that shows a field of its task as it stands."""
    return TextColumn(f"{{task.{field}}}", markup=False)


class Bars:
    """Progress bars, one for each file."""

    def __init__(self, *, shown: bool) -> None:
        self._progress = Progress(
            words_of("description"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=aside,
            transient=True,
            disable=not shown,
        )
        self._tasks: dict[str, TaskID] = {}

    def show(self, name: str, done: int, size: int) -> None:
        """Show how far a file has come."""
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(one_line(name), total=size)
        self._progress.update(self._tasks[name], completed=done)

    def __enter__(self) -> Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
