"""The program that writes conversations as chat templates say, in a process that may be ended.

    stdin: a line of JSON, what to write ──► stdout: a line of JSON, what came of it

Jinja's sandbox keeps a template from files and programs, but neither from time nor from memory:
a loop, `join` or `ljust` is as long as its author likes, and nothing inside Python stops one
that the interpreter does in a single step. `template_process` starts this file by its path,
watches it and ends it; it loads Jinja and nothing else of ours, to be there in a moment.
"""

from __future__ import annotations

import faulthandler
import functools
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

READY = {"ready": True}  #: the first line
_LARGE = 1_000_000


class _Compiled(NamedTuple):
    """A template, and the names of what it asks for and does not set."""

    template: Template
    reads: list[str]


def reply(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what comes of a request.

    Of `source`, `bos`, `eos`, `messages`, `switches` and `most`, the most characters that may
    be written: `text` and what the template `reads`, or that it `fails` or is `endless`.
    """
    try:
        found = _compiled(asked["source"], asked["bos"], asked["eos"])
        pieces, length = [], 0
        for piece in found.template.generate(messages=asked["messages"], **asked["switches"]):
            length += len(piece)
            if length > asked["most"]:
                return {"endless": True}
            pieces.append(piece)
    except MemoryError:
        return {"endless": True}
    except Exception:  # noqa: BLE001 - a template may raise whatever it likes
        return {"fails": True}
    return {"text": "".join(pieces), "reads": found.reads}


class _Generation(Extension):
    """Passes over the tag `{% generation %}`, which marks answers for training."""

    tags = {"generation"}

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which no text is made long by a single sign."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply small numbers alone."""
        small = all(isinstance(one, int | float) and abs(one) < _LARGE for one in (left, right))
        if operator == "**" or not small:
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


@functools.lru_cache(maxsize=4)
def _compiled(source: str, bos: str, eos: str) -> _Compiled:
    environment = _Sandbox(
        trim_blocks=True, lstrip_blocks=True, extensions=[_Generation, loopcontrols]
    )
    environment.filters["tojson"] = _json
    values: dict[str, Any] = {
        "bos_token": bos,
        "eos_token": eos,
        "add_generation_prompt": True,
        "raise_exception": _raise,
        "strftime_now": lambda form: datetime.now().astimezone().strftime(form),
    }
    return _Compiled(
        environment.from_string(source, globals=values),
        sorted(meta.find_undeclared_variables(environment.parse(source))),
    )


def _json(value: Any, indent: int | None = None, **_options: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _raise(message: str) -> None:
    raise ValueError(message)


def _limit_memory(most_bytes: int) -> None:
    """Fail what wants more; where the system has no such limit, who waits watches alone."""
    try:
        import resource
    except ImportError:
        return
    if os.uname().sysname == "Linux":
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))


def main(arguments: Sequence[str]) -> None:
    """Serve until stdin ends, in so many bytes; end where one reply takes so many seconds.

    Who started this ends it sooner; the seconds are for when nobody is left who could. They
    are counted by a thread that no template keeps from running.
    """
    most_bytes, seconds = map(int, arguments)
    _limit_memory(most_bytes)
    with Path(os.devnull).open("wb") as nowhere:
        print(json.dumps(READY), flush=True)  # noqa: T201 - it is the pipe
        for line in sys.stdin.buffer:
            faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
            answer = json.dumps(reply(json.loads(line)))
            faulthandler.cancel_dump_traceback_later()
            print(answer, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
