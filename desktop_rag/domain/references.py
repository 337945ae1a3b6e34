"""The bibliographic record of a document, in the terms of CSL, and where each field comes from.

Fields and kinds are called as in the Citation Style Language 1.0.2, appendices III and IV.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from desktop_rag.domain import authors
from desktop_rag.domain.authors import Author

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:T.*)?")
_SPOKEN = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")
_YEAR = len("2021")


class ReferenceKind(StrEnum):
    """What a document is to who cites it; the values are CSL's types of items."""

    DOCUMENT = "document"  #: where nothing is known
    ARTICLE = "article"  #: a preprint
    JOURNAL_ARTICLE = "article-journal"
    MAGAZINE_ARTICLE = "article-magazine"
    NEWSPAPER_ARTICLE = "article-newspaper"
    BOOK = "book"
    CHAPTER = "chapter"
    CONFERENCE_PAPER = "paper-conference"
    ENCYCLOPEDIA_ENTRY = "entry-encyclopedia"
    REPORT = "report"
    THESIS = "thesis"
    WEBPAGE = "webpage"
    LEGISLATION = "legislation"
    LEGAL_CASE = "legal_case"
    PATENT = "patent"
    STANDARD = "standard"
    SPEECH = "speech"
    LETTER = "personal_communication"
    MANUSCRIPT = "manuscript"
    DATASET = "dataset"
    SOFTWARE = "software"


class ReferenceField(StrEnum):
    """What is said of a document; the values are CSL's variables, and stored."""

    KIND = "type"
    TITLE = "title"
    AUTHORS = "author"
    ISSUED = "issued"
    PUBLISHER = "publisher"
    PLACE = "publisher-place"
    CONTAINER = "container-title"
    VOLUME = "volume"
    ISSUE = "issue"
    PAGES = "page"
    EDITION = "edition"
    DOI = "DOI"
    ISBN = "ISBN"
    ISSN = "ISSN"
    URL = "URL"
    LANGUAGE = "language"


class Origin(StrEnum):
    """Where what is said of a document comes from; the values are stored."""

    PROPERTIES = "properties"  #: of the file: the information of a PDF, its XMP, and the like
    FIRST_PAGE = "first_page"
    FILE_NAME = "file_name"
    TEXT = "text"  #: all of it, such as its language
    IMPORTED = "imported"  #: a file of BibTeX, RIS or CSL-JSON
    ZOTERO = "zotero"
    PERSON = "person"


#: Who is believed first where several say something.
PRECEDENCE = (
    *(Origin.PERSON, Origin.ZOTERO, Origin.IMPORTED),
    *(Origin.PROPERTIES, Origin.FIRST_PAGE, Origin.FILE_NAME, Origin.TEXT),
)
READ = frozenset(PRECEDENCE[3:])  #: what is found out anew each time that a document is read

_LISTS = frozenset({Origin.ZOTERO, Origin.IMPORTED})
_PUBLISHED = frozenset(
    {
        ReferenceField.PUBLISHER,
        ReferenceField.PLACE,
        ReferenceField.CONTAINER,
        ReferenceField.VOLUME,
        ReferenceField.ISSUE,
        ReferenceField.PAGES,
        ReferenceField.EDITION,
        ReferenceField.URL,
    }
)

Said = tuple[ReferenceField, Origin, str]  #: a field, who says it, and its text


class ListedReference(NamedTuple):
    """What a list of references says of one document: `files` lie where the list is.

    `name` is what the list calls it.
    """

    said: tuple[tuple[ReferenceField, str], ...]
    files: tuple[str, ...] = ()
    name: str = ""

    def text(self, which: ReferenceField) -> str:
        """Return what is said of a field, empty if nothing is."""
        return dict(self.said).get(which, "")

    @property
    def title(self) -> str:
        """What people know it by."""
        return self.text(ReferenceField.TITLE) or self.name


@dataclass(frozen=True, slots=True)
class Reference:
    """What is said of a document, empty where nothing is.

    `issued` is ISO 8601, as exact as it is known: 2021, 2021-03 or 2021-03-05. `language` is an
    ISO 639-1 code. `origins` says of each field that is said where it comes from.
    """

    kind: ReferenceKind = ReferenceKind.DOCUMENT
    title: str = ""
    authors: tuple[Author, ...] = ()
    issued: str = ""
    publisher: str = ""
    place: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    doi: str = ""
    isbn: str = ""
    issn: str = ""
    url: str = ""
    language: str = ""
    origins: tuple[tuple[ReferenceField, Origin], ...] = field(default=(), compare=False)

    @property
    def year(self) -> str:
        """The year it was issued in, or nothing."""
        return self.issued[:_YEAR]

    def origin(self, which: ReferenceField) -> Origin | None:
        """Return where a field comes from, None if nothing is said of it."""
        return dict(self.origins).get(which)

    def text(self, which: ReferenceField) -> str:
        """Return a field as one text, empty if nothing is said; authors as `authors.written`."""
        value = getattr(self, ATTRIBUTES[which])
        return authors.written(value) if isinstance(value, tuple) else str(value)

    def csl(self, id_: str = "") -> dict[str, Any]:
        """Return the record as an item of CSL-JSON."""
        found: dict[str, Any] = {"id": id_}
        for which in ReferenceField:
            if text := self.text(which):
                found[str(which)] = text
        if self.authors:
            found["author"] = [
                {"family": one.family, "given": one.given} if one.given else {"literal": one.family}
                for one in self.authors
            ]
        if self.issued:
            found["issued"] = {"date-parts": [[int(part) for part in self.issued.split("-")]]}
        return found


#: The attribute of a `Reference` that holds a field; both are listed in the same order.
ATTRIBUTES: Mapping[ReferenceField, str] = {
    which: one.name for which, one in zip(ReferenceField, fields(Reference)[:-1], strict=True)
}


def reference_of(said: Iterable[Said]) -> Reference:
    """Return the record that is made of what is said: for each field, who is believed first.

    Text that a field cannot hold, such as a date that is none, counts as nothing said; only a
    person can say that there is nothing. Where a library of references says what kind it is, it
    also says where it was published: what was read of that is of another edition, such as a
    preprint.
    """
    chosen: dict[ReferenceField, tuple[Origin, str]] = {}
    all_ = list(said)
    described = any(which is ReferenceField.KIND and by in _LISTS for which, by, _ in all_)
    for which, origin, text in all_:
        if described and origin in READ and which in _PUBLISHED:
            continue
        sound = normal(which, text)
        before = chosen.get(which)
        left_out = origin is Origin.PERSON and not text.strip()
        if (sound or left_out) and (
            before is None or PRECEDENCE.index(origin) < PRECEDENCE.index(before[0])
        ):
            chosen[which] = origin, sound
    values: dict[str, Any] = {ATTRIBUTES[which]: text for which, (_, text) in chosen.items()}
    if "kind" in values:
        values["kind"] = ReferenceKind(values["kind"] or ReferenceKind.DOCUMENT)
    if "authors" in values:
        values["authors"] = authors.read(values["authors"])
    origins = tuple((which, chosen[which][0]) for which in ReferenceField if which in chosen)
    return replace(Reference(), **values, origins=origins)


def normal(which: ReferenceField, text: str) -> str:
    """Return a field's text as it is kept; empty if it says nothing that the field can hold.

    >>> normal(ReferenceField.AUTHORS, " Ana Pérez ;  Luis Gil;")
    'Pérez, Ana; Gil, Luis'
    >>> normal(ReferenceField.ISSUED, "2021-3"), normal(ReferenceField.ISSUED, "5/3/2021")
    ('2021-03', '2021-03-05')
    """
    text = " ".join(text.split())
    match which:
        case ReferenceField.KIND:
            return text if text in set(ReferenceKind) else ""
        case ReferenceField.AUTHORS:
            return authors.written(authors.read(text))
        case ReferenceField.ISSUED:
            return iso_date(text)
        case _:
            return text


def iso_date(text: str) -> str:
    """Return a date as ISO 8601, as exact as it is; empty if it is none.

    Of numbers that are divided otherwise, the day comes first, as in Spanish; where that makes no
    date, the month does.
    """
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        return _valid(year, month, day)
    if match := _SPOKEN.fullmatch(text):
        day, month, year = match.groups()
        return _valid(year, month, day) or (_valid(year, day, month) if day else "")
    return ""


def _valid(year: str, month: str | None, day: str | None) -> str:
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return ""
    return whole if day else whole[: len("2021-03")] if month else whole[:_YEAR]
