"""The authors on the first page: the lines of names below the title, or behind "by"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_rag.domain.authors import Author, author_of, is_organization
from desktop_rag.ingest.references.front_matter import FrontLine, FrontMatter
from desktop_rag.ingest.references.given_names import is_given_name
from desktop_rag.ingest.references.issues import dates

_PAPER = re.compile(
    r"^(?:abstract|resumen|summary|sumario|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|keywords?|index terms|"
    r"palabras\s+clave)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"^(?:abstract|resumen|summary|sumario|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|keywords?|index terms|"
    r"palabras\s+clave|introduc|(?:1|i)\.?\s+introduc|contents|[íi]ndice|contenidos?|table of)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\[[^\]]*\]|\([^)]*\)|\{[^}]*\}|\S+@\S+|https?://\S+|[\d¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§¶∗⋆♯#✉🖂]+"
)
_BY = re.compile(r"^(?:by|por|de)\s*:?\s+(?=[A-ZÁÉÍÓÚÑ])", re.IGNORECASE)
_DIVIDED = re.compile(
    r"\s*(?:,\s*(?:and|y|e|&)\s|,|;|·|•|\||\band\b|&|\s(?:y|e)\s(?=[A-ZÁÉÍÓÚÑ]))\s*"
)
_TITLES = re.compile(
    r"^(?:dr|dra|prof|profa|ing|lic|mr|mrs|ms|d|dña|don|doña|sr|sra|msc|phd|mg)\.?\s+(?=[A-ZÁÉÍÓÚÑ])",
    re.IGNORECASE,
)
_DEGREES = re.compile(r",?\s+(?:ph\.?\s?d|m\.?d|msc|m\.?a|mba|jr|esq)\b\.?", re.IGNORECASE)
_NAME = re.compile(
    r"^[^\W\d_][\w'’.\-]*(?:\s+(?:(?:d[aeiou]s?|del|la|las|los|van|von|der|den|ten|y|al|bin|ibn|le)\s+)*"
    r"[A-ZÀ-ÖØ-ÞŠŽĆČ][\w'’.\-]*)+$"
)
_NEVER = re.compile(
    r"\b(?:an?|the|of|for|in|on|to|with|at|from|and|or|el|la|los|para|con|en|sobre|una?|versi[óo]n|"
    r"draft|preprint|submitted|received|accepted|given|report|informe|manual|guide|gu[íi]a|plan|"
    r"street|avenue|road|calle|avenida|usa|uk|spain|españa|germany|france|china|italy|switzerland)\b",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\b[A-Z]\.")
_LINES = 14  # below the title that may name authors
_MOST_WORDS = 6  # of a name
_APART = 0.12  # of the page between two lines of names
_PROSE_WORDS = 14


def authors(front: FrontMatter, title: Sequence[FrontLine]) -> tuple[Author, ...]:
    """Return the people named below the lines of the title, in order.

    In a paper, which has an abstract, each line that can only be names counts; elsewhere one
    that begins with a frequent given name or has an initial, right below the title.
    """
    if not title:
        return ()
    last = max(front.lines.index(line) for line in title)
    below = [
        line
        for line in front.lines[last + 1 : last + 1 + 2 * _LINES]
        if line.page == title[0].page and line.top >= title[0].top
    ]
    paper = any(_PAPER.match(line.text) for line in front.lines if line.page <= title[0].page + 1)
    found: list[Author] = []
    bottom = title[-1].top
    for line in _until_text(below[:_LINES]):
        names = _names(line.text)
        apart = line.top - bottom > _APART and not front.is_cover
        if names and not apart and (paper or all(map(_sure, names))):
            found += (author_of(name) for name in names)
            bottom = line.top
        elif not paper and (found or not front.is_cover) and line.words > 1:
            break
    return tuple(dict.fromkeys(found))


def _until_text(lines: Sequence[FrontLine]) -> Iterator[FrontLine]:
    """Yield lines up to the abstract, or to where running text begins."""
    for line in lines:
        if _END.match(line.text):
            return
        if line.words > _PROSE_WORDS and not _names(line.text):
            return
        yield line


def _names(text: str) -> list[str]:
    """Return the names that a line consists of; none if it has anything else."""
    by = _BY.sub("", text.strip())
    plain = _DEGREES.sub("", " ".join(_NOISE.sub(" ", by).split()))
    parts = [_TITLES.sub("", part.strip(" .,:")) for part in _DIVIDED.split(plain)]
    parts = [part for part in parts if part]
    if not parts or not all(map(_is_name, parts)):
        return []
    return parts


def are_names(text: str) -> bool:
    """Whether a text consists of names of people, or is that of an organization."""
    return bool(_names(text)) or (is_organization(text) and len(text.split()) <= 2 * _MOST_WORDS)


def _is_name(part: str) -> bool:
    words = part.split()
    return (
        1 < len(words) <= _MOST_WORDS
        and bool(_NAME.match(part))
        and not is_organization(part)
        and not next(dates(part), "")
        and not (part.isupper() and not _sure(part))
        and not _NEVER.search(part)
    )


def _sure(name: str) -> bool:
    """Whether a name is hardly a heading: a frequent given name, or an initial."""
    first, *_ = name.split()
    return is_given_name(first) or bool(_INITIAL.search(name))
