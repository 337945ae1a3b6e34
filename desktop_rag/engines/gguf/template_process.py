"""Has chat templates written out by a process that is ended where one of them does not end.

    template, messages ──► template_program ──► text, or `TemplateFails`, or `TemplateEndless`

What is lost with that process is nothing: no model is in it, and the next request starts another.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import psutil

from desktop_rag.domain.errors import WorkerDied
from desktop_rag.domain.generation import Message

_PROGRAM = Path(__file__).with_name("template_program.py")
_GLANCE_SECONDS = 0.05  # between two looks at what it takes
_LONGEST = 64 << 10  # characters of a template; the longest that are known have 20,000
_ROOM = 1 << 20  # characters that a template may add to what it is given
_TIMES = 4  # it may write each message
# Ctrl+C in a terminal is for who started us; on Windows, no console opens.
_APART: dict[str, Any] = (
    {"process_group": 0} if os.name == "posix" else {"creationflags": 0x08000000}
)


class TemplateFails(Exception):
    """A template is none, or refuses what it is given."""


class TemplateEndless(Exception):
    """A template takes more time, memory or room than any that is meant to be used."""


class TemplateLimits(NamedTuple):
    """What one request may take: time of a processor, time of the clock, and memory."""

    cpu_seconds: float = 2.0
    seconds: float = 60.0  # where others use all processors
    bytes: int = 512 << 20


_USUAL = TemplateLimits()


class ChatTemplate(NamedTuple):
    """A template, and the texts of the tokens that it may ask for."""

    source: str
    bos: str
    eos: str


class WrittenChat(NamedTuple):
    """A conversation as text, and the names of what its template asks for."""

    text: str
    reads: frozenset[str]


Write = Callable[[ChatTemplate, Sequence[Message], Mapping[str, object]], WrittenChat]
"""Writes messages as a template says that is given these switches.

Raises `TemplateFails` and `TemplateEndless`.
"""


class TemplateProcess:
    """The process, started with the first request. Not for two threads."""

    def __init__(self, limits: TemplateLimits = _USUAL) -> None:
        self._limits = limits
        self._running: _Program | None = None

    def write(
        self, template: ChatTemplate, messages: Sequence[Message], switches: Mapping[str, object]
    ) -> WrittenChat:
        """Write `messages`; see `Write`. Raises `WorkerDied` where no process can be had."""
        asked = request(template, messages, switches)
        running = self._ready()
        try:
            running.send(asked)
            said = running.line(self._limits)
        except OSError:
            said = b""
        if not said:
            self.close()
            raise TemplateEndless
        return written(json.loads(said))

    def close(self) -> None:
        """End the process; another request would start another."""
        if self._running is not None:
            self._running.end()
            self._running = None

    def _ready(self) -> _Program:
        if self._running is not None and not self._running.alive:
            self.close()
        if self._running is None:
            running = self._running = _Program(self._limits)
            if not running.line(self._limits._replace(cpu_seconds=math.inf)):
                self.close()
                raise WorkerDied("templates", running.exit_code)
        return self._running

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Program:
    """A process that runs `template_program`, and the thread that hears it."""

    def __init__(self, limits: TemplateLimits) -> None:
        alone = math.ceil(2 * limits.seconds)
        self._process = subprocess.Popen(  # noqa: S603 - of our own, by its path
            [sys.executable, "-P", str(_PROGRAM), str(limits.bytes), str(alone)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_APART,
        )
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="templates", daemon=True)
        self._listener.start()

    @property
    def alive(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """What it ended with."""
        return self._process.returncode

    def send(self, asked: Mapping[str, object]) -> None:
        """Ask for something. Raises `OSError` where nobody listens."""
        assert self._process.stdin is not None  # noqa: S101 - for mypy
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        self._process.stdin.flush()

    def line(self, limits: TemplateLimits) -> bytes:
        """Return the next line that it says, nothing where it ends or takes too much."""
        due = time.monotonic() + limits.seconds
        most = self._taken().cpu_seconds + limits.cpu_seconds
        while True:
            with contextlib.suppress(queue.Empty):
                return self._lines.get(timeout=_GLANCE_SECONDS)
            taken = self._taken()
            if time.monotonic() > due or taken.cpu_seconds > most or taken.bytes > limits.bytes:
                return b""

    def end(self) -> None:
        """End it at once: it has nothing to lose."""
        self._process.kill()
        self._listener.join()
        with contextlib.suppress(OSError):  # what it was to be sent, and nobody takes any more
            self._process.__exit__(None, None, None)

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - for mypy
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(b"")

    def _taken(self) -> TemplateLimits:
        """Return what it has taken since it was started; of one that has ended, nothing."""
        try:
            seen = psutil.Process(self._process.pid)
            times = seen.cpu_times()
            return TemplateLimits(times.user + times.system, 0.0, seen.memory_info().rss)
        except psutil.Error:
            return TemplateLimits(0.0, 0.0, 0)


def request(
    template: ChatTemplate, messages: Sequence[Message], switches: Mapping[str, object]
) -> dict[str, object]:
    """Return what `template_program.reply` is to be given. Raises `TemplateFails`."""
    if len(template.source) > _LONGEST:
        raise TemplateFails
    return {
        **template._asdict(),
        "messages": [{"role": one.role, "content": one.content} for one in messages],
        "switches": dict(switches),
        "most": _ROOM + _TIMES * sum(len(one.content) for one in messages),
    }


def written(said: Mapping[str, Any]) -> WrittenChat:
    """Return what `template_program.reply` has said. Raises as `Write` does."""
    if said.get("endless"):
        raise TemplateEndless
    if said.get("fails"):
        raise TemplateFails
    return WrittenChat(said["text"], frozenset(said["reads"]))
