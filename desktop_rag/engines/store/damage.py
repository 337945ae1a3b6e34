"""Tells a damaged table from everything else that can go wrong with one.

LanceDB says what it meets on the disk in the built-in errors of Python, with nothing but words to
tell them by, and fails at any call: an empty manifest when a table is opened, a data file that is
gone when a row is wanted of it.
"""

from __future__ import annotations

import errno
import functools
import inspect
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from desktop_rag.domain.errors import DataUnreadable, DiskFull, StoreDamaged
from desktop_rag.settings.paths import FULL

logger = logging.getLogger(__name__)

T = TypeVar("T")

_MET = (OSError, RuntimeError, ValueError)
_PANICS = {"PanicException", "RustPanic"}  # of Rust, which have no module to import them from
_SYSTEM = re.compile(r"\(os error (\d+)\)")
_OF_DAMAGE = {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EINVAL}
_OF_OTHERS = ("commit conflict", "Resources exhausted", "query dim(")


@contextmanager
def named(folder: Path) -> Iterator[None]:
    """Raise one of our own errors for what LanceDB raises about the tables in a folder.

    `StoreDamaged`, or `DiskFull` or `DataUnreadable` where the system refuses something.
    """
    try:
        yield
    except BaseException as error:
        met = isinstance(error, _MET) and not isinstance(error, UnicodeError)
        if not (met or type(error).__name__ in _PANICS):
            raise
        words = str(error)
        found = _SYSTEM.search(words)
        number = int(found[1]) if found else errno.ENOENT
        if number in FULL or "No space left" in words:
            raise DiskFull(str(folder)) from error
        if number not in _OF_DAMAGE:
            raise DataUnreadable(str(folder), os.strerror(number)) from error
        if any(sign in words for sign in _OF_OTHERS):
            raise
        logger.warning("the store fails", exc_info=error)
        raise StoreDamaged(str(folder)) from error


def guarded(table: type[T]) -> type[T]:
    """Have every public method of a class, and its making, raise what `named` does.

    The class is made of a folder, and keeps it as `_folder`.
    """
    for name, method in vars(table).copy().items():
        if inspect.isfunction(method) and (name == "__init__" or not name.startswith("_")):
            wrap = _steps if inspect.isgeneratorfunction(method) else _call
            setattr(table, name, wrap(method))
    return table


def _call(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(table: Any, *given: Any, **named_: Any) -> Any:
        with named(getattr(table, "_folder", None) or given[0]):
            return method(table, *given, **named_)

    return call


def _steps(method: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    @functools.wraps(method)
    def steps(table: Any, *given: Any, **named_: Any) -> Iterator[Any]:
        with named(table._folder):  # noqa: SLF001 - see `guarded`
            yield from method(table, *given, **named_)

    return steps
