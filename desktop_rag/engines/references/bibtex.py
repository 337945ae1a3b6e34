"""BibTeX and biblatex, as records: bibtexparser reads the entries, pylatexenc their TeX."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import DuplicateBlockKeyBlock, Entry
from pylatexenc.latex2text import LatexNodes2Text

from desktop_rag.domain.authors import Author, written
from desktop_rag.domain.citations.bibtex import MONTHS
from desktop_rag.domain.references import ListedReference, ReferenceField
from desktop_rag.engines.references.kinds import BIBTEX

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what is damaged is told otherwise
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

_FIELDS = {
    ReferenceField.TITLE: ("title",),
    ReferenceField.CONTAINER: ("journaltitle", "journal", "booktitle"),
    ReferenceField.PUBLISHER: ("publisher", "institution", "school", "organization"),
    ReferenceField.PLACE: ("location", "address"),
    ReferenceField.VOLUME: ("volume",),
    ReferenceField.ISSUE: ("number", "issue"),
    ReferenceField.PAGES: ("pages",),
    ReferenceField.EDITION: ("edition",),
    ReferenceField.DOI: ("doi",),
    ReferenceField.ISBN: ("isbn",),
    ReferenceField.ISSN: ("issn",),
    ReferenceField.URL: ("url",),
    ReferenceField.LANGUAGE: ("langid", "language"),
}
_LITERAL = {ReferenceField.DOI, ReferenceField.URL}  # in which no TeX is meant
_LONGEST = 2_000  # signs of a field
_MOST_AUTHORS = 200
_PATH = re.compile(r"[^:;{}\n]+\.\w{2,5}(?=$|[:;])")  # JabRef: "text:path:type"
_TEX = LatexNodes2Text(math_mode="verbatim")


def records(text: str) -> Iterator[ListedReference]:
    """Yield the entries of a file; those that are damaged are passed over."""
    library = parse_string(text)
    for block in library.blocks:
        entry: Any = block
        if isinstance(block, DuplicateBlockKeyBlock):
            entry = block.ignore_error_block
        if isinstance(entry, Entry):
            yield _record(entry)


def _record(entry: Entry) -> ListedReference:
    given = {field.key.lower(): str(field.value)[:_LONGEST] for field in entry.fields}
    said: list[tuple[ReferenceField, str]] = []
    for which, names in _FIELDS.items():
        found = next((given[name] for name in names if given.get(name)), "")
        text = found if which in _LITERAL else plain(found)
        if text:
            said.append((which, text))
    if kind := BIBTEX.get(entry.entry_type.lower()):
        said.append((ReferenceField.KIND, kind))
    if people := _people(given.get("author") or given.get("editor") or ""):
        said.append((ReferenceField.AUTHORS, people))
    if date := _date(given):
        said.append((ReferenceField.ISSUED, date))
    files = tuple(match[0].strip() for match in _PATH.finditer(given.get("file", "")))
    return ListedReference(tuple(said), files, entry.key)


def _people(text: str) -> str:
    return written(
        author
        for name in split_multiple_persons_names(" ".join(text.split()))[:_MOST_AUTHORS]
        if (author := _author(name)).family and name != "others"
    )


def _author(name: str) -> Author:
    if name.startswith("{") and name.endswith("}"):
        return Author(plain(name))
    parts = parse_single_name_into_parts(name, strict=False)
    family = " ".join([*parts.von, *parts.last, *parts.jr])
    return Author(plain(family), plain(" ".join(parts.first)))


def _date(given: dict[str, str]) -> str:
    if given.get("date"):
        return given["date"].partition("/")[0]
    year, month = given.get("year", "").strip("{} "), given.get("month", "").strip("{} ").lower()
    if month[:3] in MONTHS:
        return f"{year}-{MONTHS.index(month[:3]) + 1}" if year else ""
    return f"{year}-{month}" if month.isdecimal() and year else year


def plain(text: str) -> str:
    r"""Return the text that some TeX stands for.

    >>> plain(r"Garc{\'\i}a \& the {DNA}")
    'García & the DNA'
    """
    if not any(sign in text for sign in "\\{}$~`'"):
        return " ".join(text.split())
    try:
        made = _TEX.latex_to_text(text[:_LONGEST])
    except (RecursionError, ValueError, IndexError, AttributeError, TypeError):  # of hostile TeX
        made = re.sub(r"[\\{}$]", "", text)
    return " ".join(made.split())
