"""Errors in the database: facts as JSON, so that they outlive the program that met them."""

from __future__ import annotations

import json

from desktop_rag.domain import errors
from desktop_rag.domain.errors import RagError


def fact_of(error: RagError) -> str:
    """Return what happened, as `{"error": "DocumentBroken", "args": ["a.pdf"]}`."""
    return json.dumps({"error": type(error).__name__, "args": error.args})


def error_of(fact: str) -> RagError:
    """Return the error; one that this version does not know is a bare `RagError`."""
    kept = json.loads(fact)
    args = [tuple(arg) if isinstance(arg, list) else arg for arg in kept["args"]]
    kind = vars(errors).get(kept["error"])
    if not (isinstance(kind, type) and issubclass(kind, RagError)):
        return RagError(*args)
    try:
        return kind(*args)
    except TypeError:  # another version gave it other facts
        return RagError(*args)
