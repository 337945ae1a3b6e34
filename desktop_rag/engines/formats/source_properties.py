"""What a file that is no PDF says of itself: author, date, and what else who cites it wants.

DOCX, PPTX, XLSX    docProps/core.xml, the core properties of ECMA-376, part 2
ODT, ODS, ODP       meta.xml, OpenDocument 1.3, part 3, 4.3
EPUB                the metadata of its package, in Dublin Core
FictionBook         title-info and publish-info
web pages           meta elements: Dublin Core, and what Google Scholar reads
"""

from __future__ import annotations

import contextlib
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from desktop_rag.domain.documents import Outline
from desktop_rag.domain.references import ReferenceField
from desktop_rag.engines import safe_xml

_MOST_BYTES = 4 << 20  # of a member, or of the beginning of a file
_MOST_SIGNS = 2_000
_MOST_AUTHORS = 100
_DAMAGE = (OSError, EOFError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error)
_PARTS = ("docProps/core.xml", "meta.xml")
_ISBN = re.compile(r"(?:isbn[:\s]*)?((?:97[89][- ]?)?\d[\d -]{8,14}[\dX])", re.IGNORECASE)
_TEMPLATE = "2013-12-23T23:15:00Z"  # all that python-docx makes was made then
_AUTHOR, _DATE = "author", "date"
_NAMES = {  # local names, and those of meta elements, the better ones first
    _AUTHOR: (
        *("citation_author", "creator", "dc.creator", "dcterms.creator", "article:author"),
        *("initial-creator", "author"),
    ),
    _DATE: (
        *("citation_publication_date", "citation_date", "dc.date", "dcterms.issued"),
        *("article:published_time", "created", "creation-date", "date"),
    ),
    ReferenceField.PUBLISHER: ("citation_publisher", "publisher", "dc.publisher"),
    ReferenceField.CONTAINER: ("citation_journal_title",),
    ReferenceField.VOLUME: ("citation_volume",),
    ReferenceField.ISSUE: ("citation_issue",),
    ReferenceField.DOI: ("citation_doi", "doi"),
    ReferenceField.ISBN: ("citation_isbn", "isbn"),
    ReferenceField.ISSN: ("citation_issn",),
}


def with_properties(outline: Outline, path: Path) -> Outline:
    """Return an outline with what the file that it was made of says of itself. Raises nothing."""
    said: dict[str, list[str]] = {}
    with contextlib.suppress(*_DAMAGE):
        said = _said(path)
    if not said:
        return outline
    stated = {
        which: text
        for which in _NAMES
        if isinstance(which, ReferenceField) and (text := _first(said, which))
    }
    if ReferenceField.ISBN not in stated and (isbn := _isbn(said.get("identifier", ()))):
        stated[ReferenceField.ISBN] = isbn
    return replace(
        outline,
        author=outline.author or "; ".join(_all(said, _AUTHOR)[:_MOST_AUTHORS]),
        date=outline.date or _first(said, _DATE).removeprefix(_TEMPLATE),
        stated=tuple((which, text) for which, text in stated.items()),
    )


def _said(path: Path) -> dict[str, list[str]]:
    """Return the texts under each local name in the metadata of a file."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            packages = [name for name in parts.namelist() if name.endswith(".opf")][:1]
            for name in (*_PARTS, *packages):
                if name in parts.NameToInfo and parts.getinfo(name).file_size <= _MOST_BYTES:
                    return _texts(safe_xml.parsed(parts.read(name)))
        return {}
    with path.open("rb") as file:
        head = file.read(_MOST_BYTES)
    if b"<FictionBook" in head[:_MOST_SIGNS]:
        root = safe_xml.parsed(head)
        return {} if root is None else _of_fiction(root)
    return _of_page(head) if b"<meta" in head.lower() else {}


def _texts(root: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for element in () if root is None else root.iter():
        text = _line(element.text) if isinstance(element.tag, str) else ""
        if text:
            found[safe_xml.local(element)].append(text)
    return found


def _of_fiction(root: Any) -> dict[str, list[str]]:
    """Return what a book says of its author and publisher."""
    authors = [
        " ".join(filter(None, (_line(one.findtext(f"{{*}}{part}")) for part in _PARTS_OF_NAMES)))
        for one in root.findall(".//{*}title-info/{*}author")
    ]
    info = _texts(root.find(".//{*}publish-info"))
    return {"author": list(filter(None, authors))} | {
        name: texts
        for name, texts in (
            ("publisher", info.get("publisher", [])),
            ("isbn", info.get("isbn", [])),
            ("date", info.get("year", [])),
        )
        if texts
    }


_PARTS_OF_NAMES = ("first-name", "middle-name", "last-name")


def _of_page(head: bytes) -> dict[str, list[str]]:
    """Return the contents of a page's meta elements under their names, in small letters."""
    found: dict[str, list[str]] = defaultdict(list)
    try:
        root = etree.HTML(head, etree.HTMLParser(no_network=True, huge_tree=False))
    except etree.LxmlError:
        return found
    for element in () if root is None else root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        text = _line(element.get("content"))
        if name and text:
            found[name].append(text)
    return found


def _all(said: dict[str, list[str]], which: str) -> list[str]:
    """Return the texts under the first name of a field that has any."""
    return next((said[name] for name in _NAMES[which] if said.get(name)), [])


def _first(said: dict[str, list[str]], which: str) -> str:
    return next(iter(_all(said, which)), "")


def _isbn(identifiers: Iterable[str]) -> str:
    for text in identifiers:
        match = _ISBN.fullmatch(text.removeprefix("urn:"))
        if match:
            return match[1]
    return ""


def _line(text: str | None) -> str:
    return " ".join((text or "").split())[:_MOST_SIGNS]
