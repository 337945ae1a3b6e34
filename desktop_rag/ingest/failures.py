"""Naming what nobody foresaw for a log, without a word of the document."""

from __future__ import annotations

import traceback
from pathlib import Path


def described(error: BaseException) -> str:
    """Return the kind of an error and the place in the program that raised it.

    What the error says may be text of a document, and is left out.
    """
    kind = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return kind
    return f"{kind} in {Path(frames[-1].filename).name}:{frames[-1].lineno}"
