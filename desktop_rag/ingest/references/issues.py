"""Dates in words, Spanish and English, and when a document says that it was issued."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_rag.domain.references import iso_date
from desktop_rag.ingest.references.front_matter import FrontMatter

_NAMES = (
    "january|jan|enero|ene",
    "february|feb|febrero",
    "march|mar|marzo",
    "april|apr|abril|abr",
    "may|mayo",
    "june|jun|junio",
    "july|jul|julio",
    "august|aug|agosto|ago",
    "september|sept|sep|septiembre|setiembre",
    "october|oct|octubre",
    "november|nov|noviembre",
    "december|dec|diciembre|dic",
)
_MONTHS = {name: month for month, all_ in enumerate(_NAMES, 1) for name in all_.split("|")}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d)"
_OF = r"(?:\s+(?:de|del|of)\s+|[\s./-]+|,\s*)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|º|\.)?"
_SPELLED = (
    re.compile(rf"(?<![\w/-]){_DAY}{_OF}{_MONTH}{_OF}{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<![\w/-]){_MONTH}\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<![\w/-])(?P<day>){_MONTH}(?:\s+(?:de|del|of)\s+|[\s,./-]+){_YEAR}", re.I),
)
_NUMERIC = re.compile(
    r"(?<![\w/.-])(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?![\w/-]|\.\d)"
)
_BARE_YEAR = re.compile(rf"(?<![\w/.,-]){_YEAR}(?![\w/-]|[.,]\d)")
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright|derechos\s+reservados)[^\n]{{0,40}}?{_YEAR}(?:\s*[-–]\s*(?P<last>20\d\d))?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:fecha(?:\s+de\s+(?:emisi[óo]n|publicaci[óo]n|elaboraci[óo]n|edici[óo]n))?|publicaci[óo]n|"
    r"publicad[oa](?:\s+(?:el|en))?|publi(?:shed|cation\s+date)|date(?:d|\s+of\s+issue)?|issued|"
    r"emitido(?:\s+el)?)\s*(?::|\bon\b|,|(?=\s\d))\s*(?P<said>.{4,40})|"
    r"\b(?:año|année|year)\s*:\s*(?P<year>.{4,40})",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"\b(?:(?:primera|segunda|tercera|\d+\.?ª)\s+edici[óo]n|(?:first|second|third)\s+edition|"
    r"rev(?:ised|isi[óo]n|\.))"
    r"\s*[:,]?\s*(?P<said>.{4,40})",
    re.IGNORECASE,
)
_GENERATED = re.compile(
    r"generad|printed|impreso|accessed|consulta|report\s+run|última|ultima|fiscal|nacimiento|birth",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:(?:[A-ZÁÉÍÓÚ][\w.'-]*|de|del|la|el|of)[\s,]*){0,4}(?:\b(?:a|on|at|the)\b\s*)?$"
)
_ARXIV = re.compile(r"arXiv:\s?\d{4}\.\d{4,5}(?:v\d+)?\s+\[[\w.-]+\]\s+(?P<said>.{8,12})")
_TOP = 0.6  # of the first page: what stands below is no date of its own
_NEAR = 60  # signs before a date in which a label may stand


def dates(text: str) -> Iterator[str]:
    """Yield the dates of a text as ISO 8601, months and days in words, Spanish and English.

    >>> list(dates("Madrid, 8 de julio de 2024; June 14, 2017; marzo de 2020; 5/3/2021"))
    ['2024-07-08', '2017-06-14', '2020-03', '2021-03-05']
    """
    found: dict[int, str] = {}
    taken: list[tuple[int, int]] = []
    for pattern in _SPELLED:
        for match in pattern.finditer(text):
            if any(start <= match.start() < end for start, end in taken):
                continue
            month = _MONTHS[match["month"].lower()]
            day = f"-{match['day']}" if match["day"] else ""
            taken.append(match.span())
            if date := iso_date(f"{match['year']}-{month}{day}"):
                found[match.start()] = date
    for match in _NUMERIC.finditer(text):
        if date := iso_date(match[1]):
            found[match.start()] = date
    yield from (found[start] for start in sorted(found))


def issued(front: FrontMatter) -> str:
    """Return when a document says on its first pages that it was issued, as ISO 8601, or nothing.

    That is, in this order: what is labelled so, the stamp of arXiv, a line that is a date, a
    copyright.
    """
    return next(
        filter(None, (_labelled(front), _stamped(front), _alone(front), _claimed(front))), ""
    )


def _labelled(front: FrontMatter) -> str:
    """Return the date behind a label on the first page or a cover, or that of an edition."""
    for line in front.lines:
        first = line.page == 0 or (line.page == 1 and front.is_cover)
        for match in (
            *(_LABEL.finditer(line.text) if first else ()),
            *_EDITION.finditer(line.text),
        ):
            if _GENERATED.search(line.text[: match.end()]):
                continue
            said = next(filter(None, match.groups()))
            year = _BARE_YEAR.match(said)
            if date := next(dates(said), "") or (year["year"] if year else ""):
                return date
    return ""


def _stamped(front: FrontMatter) -> str:
    match = _ARXIV.search(front.text)
    return next(dates(match["said"]), "") if match else ""


def _alone(front: FrontMatter) -> str:
    """Return the date that is a line of its own at the top, or what a dateline begins with."""
    for line in front.body:
        if line.top > _TOP and not front.is_cover:
            continue
        if front.is_alone(line) and (date := _only_date(line.text)):
            return date
    return ""


def _only_date(text: str) -> str:
    """Return the date that a text is, with a place before it at most."""
    if len(text.split()) > _MOST_WORDS or _GENERATED.search(text):
        return ""
    for pattern in (*_SPELLED, _NUMERIC):
        match = pattern.search(text)
        if match and _PLACE.match(text[: match.start()]) and not text[match.end() :].strip(" .,"):
            return next(dates(text), "")
    return ""


_MOST_WORDS = 9


def _claimed(front: FrontMatter) -> str:
    match = _COPYRIGHT.search(front.text)
    return (match["last"] or match["year"]) if match else ""
