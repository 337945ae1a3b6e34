"""Tells what a file of references is by what is in it, and has it read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_rag.domain.errors import ReferencesUnusable
from desktop_rag.domain.references import ListedReference, ReferenceField

_MOST_BYTES = 32 << 20
_MOST_RECORDS = 100_000
_HEAD = 4_096  # bytes in which a file says what it is
_RIS = re.compile(r"^\s*TY {1,2}- ", re.MULTILINE)
_BIBTEX = re.compile(r"^\s*@\s*[a-zA-Z]+\s*[{(]", re.MULTILINE)


def records(path: Path) -> list[ListedReference]:
    """Return the references that a file lists. Raises `ReferencesUnusable`."""
    text = _read(path)
    try:
        found = [record for record in _reader(text, path)(text) if _says(record)]
    except ReferencesUnusable:
        raise
    except Exception as error:  # whatever a library raises of a hostile file
        raise ReferencesUnusable(path.name, "broken") from error
    if not found:
        raise ReferencesUnusable(path.name, "broken")
    return found[:_MOST_RECORDS]


def _says(record: ListedReference) -> bool:
    """Whether more is said of a document than what kind it is."""
    return any(which is not ReferenceField.KIND for which, _ in record.said)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ReferencesUnusable(path.name, "large")
        data = path.read_bytes()
    except OSError:
        raise ReferencesUnusable(path.name, "unreadable") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _reader(text: str, path: Path) -> Callable[[str], Iterator[ListedReference]]:
    """Return what reads such a file; it is imported only now."""
    if text.lstrip()[:1] in {"[", "{"}:
        from desktop_rag.engines.references import csl_json

        return csl_json.records
    if _RIS.search(text[:_HEAD]):
        from desktop_rag.engines.references import ris

        return ris.records
    if _BIBTEX.search(text):
        from desktop_rag.engines.references import bibtex

        return bibtex.records
    raise ReferencesUnusable(path.name, "foreign")
