"""The type of a command, which says what comes back, at both ends of the pipe.

Command[R]                what a process is told to do, in steps of R
│ answer(steps)         the process: only steps that the command promises
▼
Answer ──pipe──► heard    the window: the same steps again

CommandOf[C, R]           one of the commands C of a process, in steps of R
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, Self, TypeVar, cast

R = TypeVar("R")
C_co = TypeVar("C_co", covariant=True)
R_co = TypeVar("R_co", covariant=True)


class Command(Generic[R]):
    """What a process can be told to do, in steps of `R`; `Never` is for none at all.

    `R` is neither widened nor narrowed, so that an answer fits its command exactly.
    """

    __slots__ = ()

    def answer(self, steps: Iterable[R]) -> Answer:
        """Return what a process says to this command; nothing else makes an `Answer`."""
        return Answer(steps)

    def heard(self, step: object) -> R:
        """Return what came over the pipe as the step that it is: both ends run the same code."""
        return cast("R", step)

    def itself(self) -> Self:
        """Return the command as what it is."""
        return self


@dataclass(frozen=True, slots=True)
class Answer:
    """The steps of a job, checked against its command."""

    _steps: Iterable[object]

    def __iter__(self) -> Iterator[object]:
        return iter(self._steps)


class CommandOf(Protocol[C_co, R_co]):
    """A command that is one of `C_co` and comes in steps of `R_co`.

    A type cannot be asked to be two things at once, an object to have two methods can.
    """

    def itself(self) -> C_co:
        """Return the command as one of those that a process handles."""

    def heard(self, step: object) -> R_co:
        """Return what came over the pipe as the step that it is."""
