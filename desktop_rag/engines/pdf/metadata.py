"""Reads what a PDF says of itself: title, author, date and more, in its two places for that."""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from typing import Any, NamedTuple

from desktop_rag.domain.references import ReferenceField
from desktop_rag.engines.pdf import markup

_DATE = re.compile(
    r"D?:?\s*(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)?(\d\d)?)?\s*(?:(Z)|([+-])(\d\d)'?(\d\d)?)?"
)
_MOST_SIGNS = 2_000
_EARLIEST, _LATEST = 1500, 2200  # years
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TONGUE = "{http://www.w3.org/XML/1998/namespace}lang"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PRISM = "prismstandard.org/namespaces/"
_STATED = {  # of PRISM 3.0 and of what some programs write instead of it
    "doi": ReferenceField.DOI,
    "isbn": ReferenceField.ISBN,
    "issn": ReferenceField.ISSN,
    "publicationName": ReferenceField.CONTAINER,
    "volume": ReferenceField.VOLUME,
    "number": ReferenceField.ISSUE,
    "pageRange": ReferenceField.PAGES,
    "edition": ReferenceField.EDITION,
    "coverDate": ReferenceField.ISSUED,
    "publicationDate": ReferenceField.ISSUED,
}
_LOOSE = {"doi": ReferenceField.DOI, "WPS-ARTICLEDOI": ReferenceField.DOI}  # in any namespace


Stated = tuple[tuple[ReferenceField, str], ...]


class Metadata(NamedTuple):
    """What a file says of itself, empty where it says nothing; `date` is ISO 8601."""

    title: str = ""
    author: str = ""
    date: str = ""
    subject: str = ""


def stated(document: Any, damage: tuple[type[BaseException], ...]) -> Stated:
    """Return what more its XMP says to who cites a document. Raises nothing of `damage`.

    That is PRISM 3.0, as publishers of journals write it, and the publisher of Dublin Core.
    """
    root = None
    with contextlib.suppress(*damage):
        root = _parsed(document.get_xml_metadata())
    if root is None:
        return ()
    found: dict[ReferenceField, str] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name, text in ((element.tag, None), *element.attrib.items()):
            which = _field(str(name))
            if which is None or which in found:
                continue
            if said := _line(markup.inner_text(element) if text is None else text):
                found[which] = said
    if publisher := _xmp(root, f"{_DUBLIN_CORE}publisher"):
        found[ReferenceField.PUBLISHER] = publisher
    return tuple(found.items())


def _field(name: str) -> ReferenceField | None:
    namespace, _, local = name.rpartition("}")
    return _STATED.get(local) if _PRISM in namespace else _LOOSE.get(local)


def metadata(document: Any, damage: tuple[type[BaseException], ...]) -> Metadata:
    """Return what the document's information says, or else its XMP. Raises nothing of `damage`.

    Dates are those of ISO 32000-1, 7.9.4; the file's own is that of its making.
    """
    said: dict[str, Any] = {}
    with contextlib.suppress(*damage):
        said = document.metadata or {}
    found = Metadata(
        _line(said.get("title")),
        _line(said.get("author")),
        iso_date(said.get("creationDate")) or iso_date(said.get("modDate")),
        _line(said.get("subject")),
    )
    if all(found):
        return found
    with contextlib.suppress(*damage):
        more = _of_xmp(document.get_xml_metadata())
        return Metadata(*(one or other for one, other in zip(found, more, strict=True)))
    return found


def iso_date(text: str | None) -> str:
    """Return a date of a PDF by ISO 8601, as exact as it is; empty if it is none."""
    match = _DATE.match(markup.clean(text))
    if not match:
        return ""
    year, month, day, hour, minute, second, utc, sign, hours, minutes = match.groups()
    found = year
    if month:
        found += f"-{month}"
    if month and day:
        found += f"-{day}"
    if month and day and hour:
        found += f"T{hour}:{minute or '00'}:{second or '00'}"
        found += "Z" if utc else f"{sign}{hours}:{minutes or '00'}" if sign else ""
    return found if _is_date(found) else ""


def _is_date(text: str) -> bool:
    full = text if len(text) > len("2000-01") else f"{text}-01-01"[: len("2000-01-01")]
    try:
        return _EARLIEST <= datetime.fromisoformat(full).year <= _LATEST
    except ValueError:
        return False


def _line(text: Any) -> str:
    return " ".join(markup.clean(str(text or "")).split())[:_MOST_SIGNS]


def _of_xmp(source: str | None) -> Metadata:
    """Return what a packet of XMP (ISO 16684-1) says."""
    root = _parsed(source)
    if root is None:
        return Metadata()
    authors = [_line(one.text) for one in root.iterfind(f".//{_DUBLIN_CORE}creator//{{*}}li")]
    date = _xmp(root, f"{_XMP}CreateDate") or _xmp(root, f"{_XMP}ModifyDate")
    return Metadata(
        _xmp(root, f"{_DUBLIN_CORE}title"),
        ", ".join(filter(None, authors)),
        date if _is_date(date) else "",
        _xmp(root, f"{_DUBLIN_CORE}description"),
    )


def _parsed(source: str | None) -> Any:
    return markup.parsed(source.encode("utf-8", "ignore")) if source else None


def _xmp(root: Any, name: str) -> str:
    for element in root.iter(name):
        tongues = list(element.iterfind(".//{*}li"))
        said = next((one for one in tongues if one.get(_TONGUE) == "x-default"), None)
        first = tongues[0] if tongues else element
        return _line(markup.inner_text(first if said is None else said))
    for element in root.iter():
        if name in element.attrib:
            return _line(element.attrib[name])
    return ""
