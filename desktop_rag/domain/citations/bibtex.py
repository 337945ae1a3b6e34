"""Entries of BibTeX files, in UTF-8."""

from __future__ import annotations

import re
import unicodedata

from desktop_rag.domain.citations.phrases import ranged
from desktop_rag.domain.references import Reference, ReferenceKind

_KINDS = {
    ReferenceKind.JOURNAL_ARTICLE: "article",
    ReferenceKind.MAGAZINE_ARTICLE: "article",
    ReferenceKind.NEWSPAPER_ARTICLE: "article",
    ReferenceKind.BOOK: "book",
    ReferenceKind.CHAPTER: "incollection",
    ReferenceKind.CONFERENCE_PAPER: "inproceedings",
    ReferenceKind.REPORT: "techreport",
    ReferenceKind.THESIS: "phdthesis",
    ReferenceKind.MANUSCRIPT: "unpublished",
}
_PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
_CONTAINERS = {"incollection": "booktitle", "inproceedings": "booktitle", "misc": "howpublished"}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905  #: as BibTeX names them
_COMMANDS = {sign: f"\\{sign}" for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_WORD = re.compile(r"[a-z0-9]{4,}")


def entry(reference: Reference, page: str) -> str:
    """Return a record as an entry; a `page` is a note."""
    kind = _KINDS.get(reference.kind, "misc")
    said = _fields(reference, kind)
    lines = [f"  {name} = {{{text}}}" for name, text in said.items() if text]
    month = reference.issued[5:7]
    if month:
        lines.append(f"  month = {MONTHS[int(month) - 1]}")
    if page:
        lines.append(f"  note = {{p. {_escaped(page)}}}")
    return f"@{kind}{{{key(reference)},\n" + ",\n".join(lines) + "\n}"


def _fields(reference: Reference, kind: str) -> dict[str, str]:
    container = _CONTAINERS.get(kind, "journal")
    names = (
        author.inverted if author.given else f"{{{author.family}}}" for author in reference.authors
    )
    plain = {
        "title": reference.title.rstrip("."),
        container: reference.container,
        _PUBLISHERS.get(kind, "publisher"): reference.publisher,
        "address": reference.place,
        "year": reference.year,
        "edition": reference.edition,
        "volume": reference.volume,
        "number": reference.issue,
        "pages": ranged(reference.pages).replace("–", "--"),
        "isbn": reference.isbn,
        "issn": reference.issn,
    }
    people = " and ".join(_escaped(name, keep="{}") for name in names)
    found = {"author": people} | {name: _escaped(text) for name, text in plain.items()}
    return found | {"doi": reference.doi, "url": reference.url}


def key(reference: Reference) -> str:
    """Return what a record is called in BibTeX: family name, year and a word of the title.

    >>> key(Reference(title="La Niñez", issued="2021"))
    '2021ninez'
    """
    first = reference.authors[0].family.split()[0] if reference.authors else ""
    word = _WORD.search(_folded(reference.title))
    name = "".join(sign for sign in _folded(first) if sign.isalnum() and sign.isascii())
    return f"{name}{reference.year}{word[0] if word else ''}" or "document"


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def _escaped(text: str, keep: str = "") -> str:
    """Return text for TeX; letters with accents stay, as BibTeX is UTF-8 today."""
    return "".join(sign if sign in keep else _COMMANDS.get(sign, sign) for sign in text)
