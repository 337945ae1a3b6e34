"""What a document says of itself: its properties, first pages and file name weighed.

Of each field at most one thing is said, with where it comes from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from desktop_rag.domain import authors
from desktop_rag.domain.documents import Outline, Page
from desktop_rag.domain.references import Origin, ReferenceField, ReferenceKind, Said, normal
from desktop_rag.ingest.references import bylines, headings, identifiers, issues, properties
from desktop_rag.ingest.references.filings import filing
from desktop_rag.ingest.references.front_matter import FrontLine, FrontMatter, front_matter, joined
from desktop_rag.ingest.references.labels import labelled
from desktop_rag.ingest.references.laws import law
from desktop_rag.ingest.titles import spelled

Found = dict[ReferenceField, tuple[Origin, str]]

_NAMED = re.compile(  # as Zotero and many people name files
    r"^(?P<author>[^\W\d][^\d]{1,60}?)\s*(?:[-–(,]|\s)\s*(?P<year>(?:19|20)\d\d)\)?\s*(?:[-–.,]|\s)\s*"
    r"(?P<title>[^\W\d].{3,})$"
)
_ET_AL = re.compile(r"\s+(?:et\s+al\.?|y\s+otros)$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_SAME = 0.5  # of a title's words that are on the first pages, where it is the document's own
_REPORT = re.compile(r"\b(?:informe|report|memoria\s+anual|estudio)\b", re.IGNORECASE)
_THESIS = re.compile(
    r"\b(?:tesis|thesis|dissertation|trabajo\s+(?:de\s+)?fin\s+de\s+(?:grado|m[áa]ster))\b", re.I
)
_LEAST_LETTERS = 3
_FIRST_LINES = 12
_LONGEST = 500


def said_of(outline: Outline, pages: Sequence[Page], stem: str, language: str = "") -> list[Said]:
    """Return what is said of a document; `stem` is its file's name without the ending.

    The title is always among it: the file's name is, where nothing else says anything.
    """
    front = front_matter(pages)
    found: Found = {}
    lines: tuple[FrontLine, ...] = ()
    _note(found, Origin.TEXT, {ReferenceField.LANGUAGE: language})
    _identified(found, front, outline, stem)
    _official(found, front, outline)
    if ReferenceField.TITLE not in found:
        lines = _titled(found, front, outline, stem)
    _authored(found, front, lines, outline)
    _dated(found, front, outline, stem)
    _note(found, Origin.PROPERTIES, dict(outline.stated))
    _note(
        found,
        Origin.FIRST_PAGE,
        {ReferenceField.PUBLISHER: labelled(front, ReferenceField.PUBLISHER)},
    )
    where, _ = found[ReferenceField.TITLE]
    _note(found, where, {ReferenceField.KIND: _kind(found)})
    return [(which, origin, text) for which, (origin, text) in found.items()]


def _note(found: Found, origin: Origin, said: dict[ReferenceField, str]) -> None:
    """Keep what is said where nothing is known yet."""
    for which, text in said.items():
        sound = normal(which, text[:_LONGEST])
        if sound and which not in found:
            found[which] = origin, sound


def _identified(found: Found, front: FrontMatter, outline: Outline, stem: str) -> None:
    text = "\n".join(line.text for line in front.lines if line.page == 0)
    number = identifiers.arxiv(front.text) or (
        stem.partition("v")[0] if identifiers.arxiv_month(stem) else ""
    )
    stated = dict(outline.stated)
    own = f"{outline.subject} {stated.get(ReferenceField.DOI, '')}"
    _note(found, Origin.PROPERTIES, {ReferenceField.DOI: identifiers.doi(own)})
    _note(
        found,
        Origin.FIRST_PAGE,
        {
            ReferenceField.DOI: identifiers.doi(text),
            ReferenceField.ISBN: identifiers.isbn(front.text),
            ReferenceField.ISSN: identifiers.issn(text),
        },
    )
    if number:
        said = {
            ReferenceField.URL: f"https://arxiv.org/abs/{number}",
            ReferenceField.KIND: ReferenceKind.ARTICLE,
            ReferenceField.PUBLISHER: "arXiv",
        }
        where = Origin.FIRST_PAGE if identifiers.arxiv(front.text) else Origin.FILE_NAME
        _note(found, where, said)


def _official(found: Found, front: FrontMatter, outline: Outline) -> None:
    """Note what reports to authorities and laws say, which have forms of their own."""
    report = filing(front)
    if report:
        said = {
            ReferenceField.TITLE: report.title,
            ReferenceField.AUTHORS: f"{{{report.registrant}}}" if report.registrant else "",
            ReferenceField.KIND: ReferenceKind.REPORT,
        }
        _note(found, Origin.FIRST_PAGE, said)
        return
    rule = law(front, outline.title)
    if rule:
        own = properties.worthy_title(outline.title) and _on_page(outline.title, front) > _ALL
        _note(found, Origin.PROPERTIES, {ReferenceField.TITLE: outline.title if own else ""})
        said = {
            ReferenceField.TITLE: rule.title,
            ReferenceField.AUTHORS: f"{{{rule.maker}}}" if rule.maker else "",
            ReferenceField.CONTAINER: rule.journal,
            ReferenceField.ISSUE: rule.issue,
            ReferenceField.ISSUED: rule.issued,
            ReferenceField.KIND: ReferenceKind.LEGISLATION,
        }
        _note(found, Origin.FIRST_PAGE, said)


_ALL = 0.9  # of a title's words


def _titled(found: Found, front: FrontMatter, outline: Outline, stem: str) -> tuple[FrontLine, ...]:
    """Note the title; return the lines of the first page below which its authors may stand.

    In this order: behind a label, in a file name with author and year, in the properties unless
    the first pages show another one, in the largest type, the name of the file.
    """
    lines = headings.title_lines(front)
    shown = joined(line.text for line in lines)
    label = labelled(front, ReferenceField.TITLE)
    named = _NAMED.match(spelled(stem))
    own = outline.title if properties.worthy_title(outline.title) else ""
    shown = shown or _in_full(own, front)
    _note(found, Origin.FIRST_PAGE, {ReferenceField.TITLE: label})
    if named:
        _note(found, Origin.FILE_NAME, _of_name(named, front))
    if own and not (shown and _other(own, shown, front)):
        _note(found, Origin.PROPERTIES, {ReferenceField.TITLE: own})
    _note(found, Origin.FIRST_PAGE, {ReferenceField.TITLE: shown if _says(shown) else ""})
    _note(found, Origin.PROPERTIES, {ReferenceField.TITLE: own or _only_part(outline)})
    _note(found, Origin.FILE_NAME, {ReferenceField.TITLE: spelled(stem) or stem})
    return lines or _lines_of(own, front)


def _in_full(own: str, front: FrontMatter) -> str:
    """Return the line of the first page that has all words of a title, and some more."""
    words = set(_folded(own))
    for line in front.body[:_FIRST_LINES]:
        if words and words < set(_folded(line.text)) and line.words <= 2 * len(words) + 1:
            return line.text
    return ""


def _only_part(outline: Outline) -> str:
    """Return the one entry of a table of contents that all others are below, as TeX makes it."""
    top = [entry for entry in outline.contents if entry.level == 1]
    title = top[0].title if len(top) == 1 else ""
    return title if len(title.split()) > 1 and properties.worthy_title(title) else ""


def _of_name(named: re.Match[str], front: FrontMatter) -> dict[ReferenceField, str]:
    """Return what a file's name says whose author the first pages name, too."""
    author = _ET_AL.sub("", named["author"].strip(" -_"))
    family = authors.author_of(author).family
    if not set(_folded(family)) <= set(_folded(front.text)):
        return {}
    return {
        ReferenceField.TITLE: named["title"],
        ReferenceField.ISSUED: named["year"],
        ReferenceField.AUTHORS: "" if _ET_AL.search(named["author"]) else author,
    }


def _other(own: str, shown: str, front: FrontMatter) -> bool:
    """Whether the first page shows another title than the properties, or the same in full."""
    mine, theirs = set(_folded(own)), set(_folded(shown))
    return mine < theirs or (_on_page(own, front) < _SAME and _says(shown))


def _says(text: str) -> bool:
    return sum(sign.isalpha() for sign in text) >= _LEAST_LETTERS


def _on_page(title: str, front: FrontMatter) -> float:
    """Return the share of a title's words that stand on the first pages."""
    words = _folded(title)
    there = set(_folded(front.text))
    return sum(word in there for word in words) / len(words) if words else 0.0


def _lines_of(title: str, front: FrontMatter) -> tuple[FrontLine, ...]:
    """Return the first line that a title begins with."""
    words = _folded(title)
    for line in front.body:
        mine = _folded(line.text)
        if mine and words[: len(mine)] == mine:
            return (line,)
    return ()


def _authored(
    found: Found, front: FrontMatter, lines: Sequence[FrontLine], outline: Outline
) -> None:
    label = labelled(front, ReferenceField.AUTHORS)
    _note(found, Origin.FIRST_PAGE, {ReferenceField.AUTHORS: _people(label)})
    below = bylines.authors(front, lines)
    _note(found, Origin.FIRST_PAGE, {ReferenceField.AUTHORS: authors.written(below)})
    _note(found, Origin.PROPERTIES, {ReferenceField.AUTHORS: properties.authors(outline.author)})


def _people(text: str) -> str:
    """Return the authors behind a label, if what stands there is names."""
    named = text[:1].isupper() and bylines.are_names(text)
    return properties.authors(text) if named else ""


def _dated(found: Found, front: FrontMatter, outline: Outline, stem: str) -> None:
    kind = found.get(ReferenceField.KIND)
    if kind is None or kind[1] != ReferenceKind.REPORT:
        _note(found, Origin.FIRST_PAGE, {ReferenceField.ISSUED: issues.issued(front)})
    _note(found, Origin.FILE_NAME, {ReferenceField.ISSUED: identifiers.arxiv_month(stem)})
    stated = dict(outline.stated).get(ReferenceField.ISSUED, "")
    _note(found, Origin.PROPERTIES, {ReferenceField.ISSUED: stated})
    _note(found, Origin.PROPERTIES, {ReferenceField.ISSUED: outline.date})


def _kind(found: Found) -> str:
    title = found[ReferenceField.TITLE][1]
    if ReferenceField.ISBN in found:
        return ReferenceKind.BOOK
    if ReferenceField.DOI in found and ReferenceField.CONTAINER in found:
        return ReferenceKind.JOURNAL_ARTICLE
    if _THESIS.search(title):
        return ReferenceKind.THESIS
    return ReferenceKind.REPORT if _REPORT.search(title) else ""


def _folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
