"""Laws, decrees, resolutions and acts: their full name, who made them, and the official journal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from desktop_rag.domain.authors import is_organization
from desktop_rag.ingest.references.front_matter import FrontLine, FrontMatter, joined
from desktop_rag.ingest.references.issues import dates

_SPANISH = re.compile(
    r"^(?:ley(?:\s+(?:org[áa]nica|foral))?|(?:real\s+)?decreto(?:[-\s]ley|\s+legislativo|\s+supremo|"
    r"\s+foral)?|resoluci[óo]n|orden(?:\s+ministerial|\s+foral)?|acuerdo|circular|instrucci[óo]n|"
    r"correcci[óo]n\s+de\s+errores|anuncio|reglamento|directiva|providencia|sentencia)\s+"
    r"(?:[A-Z]{2,4}/)?(?:n(?:[°º.]|[úu]m\.?)*\s*)?(?:\d+[/.\-\d]*|\(UE\)|de\s+\d{1,2}\s+de\s+[a-z]+)",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"^(?:an\s+)?act$", re.IGNORECASE)
_JOURNAL = re.compile(
    r"«(?P<journal>[A-ZÁÉÍÓÚ]{2,6})»\s+n[úu]m\.\s+(?P<issue>\d+),\s+de\s+(?P<date>[^\n]{8,30})"
)
_GAZETTE = re.compile(r"del\s+(?P<journal>BO[A-Z]{1,3}|DO[A-Z]{1,3})\s+n[úu]m\.\s+(?P<issue>\d+)")
_NAMES = {"BOE": "Boletín Oficial del Estado", "DOUE": "Diario Oficial de la Unión Europea"}
_PUBLISHED = re.compile(r"publicaci[óo]n:\s*(?P<date>[\w\-/]{8,12})", re.IGNORECASE)
_LINES = 8  # of a law's name
_TOP = 0.55  # of the first page, above which its name begins
_NEAR = 1.9  # times its type may a line of the name stand below the one before
_POINTS = 800.0
_AROUND = 4  # lines before and after the name in which its maker is named


class Law(NamedTuple):
    """A law's full name, its lines on the page, who made it, and where it was published."""

    title: str
    lines: tuple[FrontLine, ...]
    maker: str = ""
    journal: str = ""
    issue: str = ""
    issued: str = ""


def law(front: FrontMatter, said_title: str) -> Law | None:
    """Return what the first page of a law says; `said_title` is in the file's properties."""
    lines = front.body
    for at, line in enumerate(lines):
        if line.top > _TOP:
            return None
        if _ENGLISH.match(line.text) and at + 1 < len(lines):
            named = (line, *_name(lines[at + 1 :]))
        elif _SPANISH.match(line.text):
            named = _name(lines[at:])
        else:
            continue
        return _found(front, lines, named, said_title)
    return None


def _name(lines: Sequence[FrontLine]) -> tuple[FrontLine, ...]:
    """Return the lines that belong together from the first on, up to a full stop or a gap."""
    found = [lines[0]]
    for line in lines[1:_LINES]:
        last = found[-1]
        gap = (line.top - last.top) * _POINTS / max(1.0, last.size)
        if last.text.endswith(".") or gap > _NEAR or line.size != last.size or gap < 0:
            break
        found.append(line)
    return tuple(found)


def _found(
    front: FrontMatter, lines: Sequence[FrontLine], named: tuple[FrontLine, ...], said: str
) -> Law:
    first, last = lines.index(named[0]), lines.index(named[-1])
    journal = _JOURNAL.search(front.text)
    gazette = _GAZETTE.search(said)
    published = _PUBLISHED.search(front.text)
    date = next(dates(journal["date"] if journal else published["date"] if published else ""), "")
    named_in = (journal or gazette) or {"journal": "", "issue": ""}
    return Law(
        joined(line.text for line in named).strip(" ."),
        named,
        maker=_maker([*lines[max(0, first - _AROUND) : first], *lines[last + 1 : last + _AROUND]]),
        journal=_NAMES.get(named_in["journal"], named_in["journal"]),
        issue=named_in["issue"],
        issued=date,
    )


def _maker(around: Sequence[FrontLine]) -> str:
    """Return the body that is named before or after a law's name."""
    for line in around:
        named = is_organization(line.text) and line.words <= _MOST_WORDS
        if named and line.text[0].isupper() and not line.text.endswith(","):
            return line.text.strip(" .")
    return ""


_MOST_WORDS = 12
