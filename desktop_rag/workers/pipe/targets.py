"""What runs in a child process: it imports this module, and hardly anything with it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from ctypes import c_uint64
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, TypeVarTuple

from desktop_rag.workers.pipe.protocol import Pipe

C = TypeVar("C")
C_contra = TypeVar("C_contra", contravariant=True)
Given = TypeVarTuple("Given")


class Target(Protocol[C_contra]):
    """What runs in a process that handles the commands `C_contra`."""

    def __call__(self, pipe: Pipe[C_contra], mark: c_uint64, /) -> None:
        """Serve until the pipe is closed; `mark` cancels jobs."""


def bound(main: Callable[[*Given, Pipe[C], c_uint64], None], *given: *Given) -> Target[C]:
    """Return what runs in a process: its `main`, given what it has to know.

    A `functools.partial` by itself is a target of whatever commands one likes: mypy sees what it
    returns, and not what it still takes.
    """
    return functools.partial(main, *given)  # type: ignore[call-arg]  # the rest comes later


@dataclass(frozen=True, slots=True)
class Limited(Generic[C]):
    """A target that may hold less memory than all others may."""

    target: Target[C]
    gib: float

    def __call__(self, pipe: Pipe[C], mark: c_uint64, /) -> None:
        """Run the target."""
        self.target(pipe, mark)
