"""Runs programs to their end, and says things before they do."""

from __future__ import annotations

import collections
import re
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OFFLINE = re.compile(  #: in what pip says where there is no network
    "NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|Read timed out|ProxyError|"
    "name resolution|Network is unreachable|Connection (refused|reset|aborted)"
)
PATIENCE = 2  #: times Ctrl+C is left to the child alone


def say(text: str) -> None:
    """Print at once, before a child process prints."""
    print(text, flush=True)


def call(
    command: Sequence[str],
    *,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    errors: collections.deque[str] | None = None,
    show: bool = True,
) -> int:
    """Run a program to its end, even through Ctrl+C, which it hears as well.

    With `errors`, what it writes to standard error is kept there, and shown if wanted.
    """
    kept = errors if errors is not None else collections.deque[str]()
    pipe = subprocess.PIPE if errors is not None else None
    interruptions = 0
    with subprocess.Popen(command, env=env, cwd=cwd, stderr=pipe) as process:
        while True:
            try:
                for line in process.stderr or ():
                    kept.append(line.decode(errors="replace"))
                    sys.stderr.write(kept[-1] if show else "")
                code = process.wait()
                break
            except KeyboardInterrupt:
                interruptions += 1
                if interruptions > PATIENCE:
                    process.kill()
    if interruptions:
        raise KeyboardInterrupt
    return code
