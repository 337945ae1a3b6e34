"""What styles say in English and Spanish, and what several of them have in common."""

from __future__ import annotations

import re
from typing import NamedTuple

from desktop_rag.domain.references import Reference, ReferenceKind


class Run(NamedTuple):
    """A piece of a citation in one look."""

    text: str
    italic: bool = False


class Terms(NamedTuple):
    """What a style says in a language; `day` is filled with day, month and year."""

    and_: str
    no_date: str
    missing: str
    day: str
    month: str
    edition: str
    within: str
    thesis: str
    available: str
    online: str
    number: str
    months: tuple[str, ...]


ENGLISH = Terms(
    *("and", "n.d.", "no date", "{month} {day}", "{month}", "{edition} ed.", "In", "Thesis"),
    *("Available from:", "online", "no."),
    ("January", "February", "March", "April", "May", "June", "July", "August", "September",
     "October", "November", "December"),
)  # fmt: skip
SPANISH = Terms(
    *("y", "s. f.", "sin fecha", "{day} de {month}", "{month}", "{edition} ed.", "En", "Tesis"),
    *("Disponible en:", "en línea", "n.º"),
    ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"),
)  # fmt: skip
WITHIN = frozenset(  # what is part of something else that has the larger title
    {
        ReferenceKind.JOURNAL_ARTICLE,
        ReferenceKind.MAGAZINE_ARTICLE,
        ReferenceKind.NEWSPAPER_ARTICLE,
        ReferenceKind.CHAPTER,
        ReferenceKind.CONFERENCE_PAPER,
        ReferenceKind.ENCYCLOPEDIA_ENTRY,
    }
)
BOOK_PARTS = frozenset(
    {
        ReferenceKind.CHAPTER,
        ReferenceKind.CONFERENCE_PAPER,
        ReferenceKind.ENCYCLOPEDIA_ENTRY,
    }
)


def terms_of(language: str) -> Terms:
    """Return the words of a language: those of "es", or English."""
    return SPANISH if language == "es" else ENGLISH


def day_of(issued: str, terms: Terms) -> str:
    """Return the day or month of a date in words, nothing where it is a year alone."""
    _, *parts = issued.split("-")
    numbers = [int(part) for part in parts]
    if not numbers:
        return ""
    pattern = terms.day if len(numbers) > 1 else terms.month
    return pattern.format(month=terms.months[numbers[0] - 1], day=numbers[-1])


def edition_of(edition: str, terms: Terms) -> str:
    """Return an edition that is a number as the language counts them, any other as it is."""
    if not edition.isdecimal():
        return edition
    if terms is SPANISH:
        return f"{edition}.ª ed."
    teen = edition[-2:] in {"11", "12", "13"}
    ending = "th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(edition[-1], "th")
    return f"{edition}{ending} ed."


def ranged(pages: str) -> str:
    """Return pages with a dash between the first and the last."""
    return re.sub(r"\s*(?:--?|–|—)\s*", "–", pages)


def stopped(text: str) -> str:
    """Return text with a full stop."""
    return text if text.endswith(".") else f"{text}."


def address_of(reference: Reference) -> str:
    """Return where a document is found: its DOI as an address, or its own."""
    return f"https://doi.org/{reference.doi}" if reference.doi else reference.url
