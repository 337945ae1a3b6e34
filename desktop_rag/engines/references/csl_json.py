"""CSL-JSON, as records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from desktop_rag.domain.authors import Author, written
from desktop_rag.domain.references import ListedReference, ReferenceField

_LONGEST = 2_000
_MOST = 200
_MOST_RECORDS = 100_000
_APART = {ReferenceField.AUTHORS, ReferenceField.ISSUED}


def records(text: str) -> Iterator[ListedReference]:
    """Yield the items of a file. Raises `ValueError` and `RecursionError` of what is no JSON."""
    found = json.loads(text)
    items = found.get("items", [found]) if isinstance(found, dict) else found
    for item in items[:_MOST_RECORDS] if isinstance(items, list) else ():
        if isinstance(item, dict):
            yield _record(item)


def _record(item: dict[str, Any]) -> ListedReference:
    said = [
        (which, text)
        for which in ReferenceField
        if which not in _APART and (text := _text(item.get(str(which))))
    ]
    if people := written(_people(item.get("author") or item.get("editor"))):
        said.append((ReferenceField.AUTHORS, people))
    if date := _date(item.get("issued")):
        said.append((ReferenceField.ISSUED, date))
    return ListedReference(tuple(said), (), _text(item.get("id")))


def _people(value: Any) -> Iterator[Author]:
    for one in value[:_MOST] if isinstance(value, list) else ():
        if isinstance(one, dict):
            family = _text(one.get("family")) or _text(one.get("literal"))
            particle = _text(one.get("non-dropping-particle"))
            yield Author(f"{particle} {family}".strip(), _text(one.get("given")))


def _date(value: Any) -> str:
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return "-".join(_text(part) for part in parts[0][:3] if part)
    return _text(value.get("raw")) or _text(value.get("literal"))


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())[:_LONGEST]
