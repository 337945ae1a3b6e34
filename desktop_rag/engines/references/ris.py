"""RIS, as records, with rispy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import rispy

from desktop_rag.domain.authors import Author, author_of, written
from desktop_rag.domain.references import ListedReference, ReferenceField
from desktop_rag.engines.references.kinds import RIS

_FIELDS = {
    ReferenceField.TITLE: ("title", "primary_title"),
    ReferenceField.CONTAINER: ("journal_name", "secondary_title", "alternate_title3"),
    ReferenceField.PUBLISHER: ("publisher",),
    ReferenceField.PLACE: ("place_published",),
    ReferenceField.VOLUME: ("volume",),
    ReferenceField.ISSUE: ("number",),
    ReferenceField.EDITION: ("edition",),
    ReferenceField.DOI: ("doi",),
    ReferenceField.LANGUAGE: ("language",),
}
_PEOPLE = ("authors", "first_authors", "secondary_authors")
_DATES = ("date", "year", "publication_year")
_FILES = ("file_attachments1", "file_attachments2", "urls")
_LONGEST = 2_000
_MOST = 200


def records(text: str) -> Iterator[ListedReference]:
    """Yield the references of a file. Raises what rispy does of what is none."""
    for entry in rispy.loads(text, skip_unknown_tags=True):
        yield _record(entry)


def _record(entry: Mapping[str, Any]) -> ListedReference:
    said = [
        (which, text)
        for which, names in _FIELDS.items()
        if (text := next((_text(entry[name]) for name in names if entry.get(name)), ""))
    ]
    if kind := RIS.get(_text(entry.get("type_of_reference")).upper()):
        said.append((ReferenceField.KIND, kind))
    names = next((_texts(entry[name]) for name in _PEOPLE if entry.get(name)), [])
    if people := written(_author(name) for name in names[:_MOST]):
        said.append((ReferenceField.AUTHORS, people))
    if date := next((_text(entry[name]) for name in _DATES if entry.get(name)), ""):
        said.append((ReferenceField.ISSUED, date.rstrip("/")))
    said += _numbers(entry)
    files = tuple(
        name
        for key in _FILES
        for name in _texts(entry.get(key))
        if name and (key != "urls" or not name.startswith(("http:", "https:")))
    )
    return ListedReference(tuple(said), files, _text(entry.get("id")))


def _author(name: str) -> Author:
    return author_of(name if "," in name else f"{{{name}}}" if name else "")


def _numbers(entry: Mapping[str, Any]) -> Iterator[tuple[ReferenceField, str]]:
    first, last = _text(entry.get("start_page")), _text(entry.get("end_page"))
    if first:
        yield ReferenceField.PAGES, f"{first}-{last}" if last else first
    if number := _text(entry.get("issn")):
        digits = sum(sign.isalnum() for sign in number.split()[0])
        isbn = digits > len("12345678")
        yield (ReferenceField.ISBN if isbn else ReferenceField.ISSN), number.split()[0]
    if address := next((one for one in _texts(entry.get("urls")) if one.startswith("http")), ""):
        yield ReferenceField.URL, address


def _text(value: Any) -> str:
    return next(iter(_texts(value)), "")


def _texts(value: Any) -> list[str]:
    """Return what a tag says, once or several times."""
    values = value if isinstance(value, list) else [value]
    return [" ".join(str(one).split())[:_LONGEST] for one in values if one]
