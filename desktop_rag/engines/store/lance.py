"""LanceDB, without the client for its servers, which takes half of the time to import it.

The models of that client are used by LanceDB itself; its calls, checked by pydantic one
by one, never are: our tables lie in a folder.
"""

from __future__ import annotations

import importlib.util
import sys

_CLIENT = "lance_namespace_urllib3_client"


def _leave_out_calls() -> None:
    """Let the client be known by name, so that importing its models does not run all of it."""
    spec = importlib.util.find_spec(_CLIENT)
    if spec is not None and _CLIENT not in sys.modules:
        sys.modules[_CLIENT] = importlib.util.module_from_spec(spec)


_leave_out_calls()

import lancedb  # noqa: E402 - only now
from lancedb.index import FTS, Bitmap, BTree, IvfFlat  # noqa: E402
from lancedb.query import BooleanQuery, FullTextOperator, MatchQuery, Occur  # noqa: E402

__all__ = [
    "FTS",
    "BTree",
    "Bitmap",
    "BooleanQuery",
    "FullTextOperator",
    "IvfFlat",
    "MatchQuery",
    "Occur",
    "lancedb",
]
