"""The title on the first page: its largest type, with the lines that go on with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_rag.ingest.references.front_matter import FrontLine, FrontMatter, joined

_LETTERS = re.compile(r"[^\W\d_]{3,}")
_NUMBERED = re.compile(
    r"^(?:\d{1,2}(?:\.\d+)*\.?|[IVX]{1,4}\.|[A-Z]\.)\s+\S|"
    r"^(?:cap[íi]tulo|chapter|(?:table|figure|fig\.|tabla|cuadro|figura|gr[áa]fico)\s*[A-Z]*\d)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:table of contents|contents|[íi]ndice|contenido|abstract|resumen|preface|prefacio|"
    r"pr[óo]logo|for immediate release|arxiv:.*|page \d+.*|p[áa]gina \d+.*|www\.\S+|https?://\S+|"
    r"draft|borrador|confidential|confidencial|isbn.*|doi.*|volume? \d+.*|vol\. \d+.*)$",
    re.IGNORECASE,
)
_BODY_NAME = re.compile(
    r"^(?:the\s+|la\s+|el\s+)?(?:ministry|ministerio|universi(?:ty|dad)|department|departamento|"
    r"institut[eo]|police department|facultad|school|escuela|gobierno|government|ayuntamiento|"
    r"secretar[íi]a|direcci[óo]n general|jefatura|república|republic)\b|"
    r"\b(?:university|inc\.?|corp(?:oration)?\.?|ltd\.?|s\.a\.?|s\.l\.?|department|ministry)$",
    re.IGNORECASE,
)
_LARGE = 1.12  # times the text around, that the largest type has to be
_COVER = 1.3  # times the text around, from which on type on a cover belongs to its title
_ALIKE = 0.97  # of the largest type, and still the same
_GOES_ON = 0.78  # of the largest type, in capitals as it is
_NEAR = 3.2  # times its type may a line stand below the one before
_POINTS = 800.0  # about the height of a page
_LOWEST = 0.6  # of the page, above which a title begins
_MOST_WORDS = 32
_BODY_NAME_WORDS = 9


def title_lines(front: FrontMatter) -> tuple[FrontLine, ...]:
    """Return the lines of the title on the first page, none if nothing stands out there."""
    lines = [line for line in front.body if _may_be_title(line)]
    told = [line for line in lines if line.heading]
    for _ in range(_TRIES):
        found = _largest(told or lines, front)
        text = joined(line.text for line in found)
        if not found:
            break
        if len(text.split()) <= _MOST_WORDS and not _only_names_a_body(text, found, lines, front):
            return found
        told, lines = [], [line for line in lines if line not in found]
    return _first_bold(front)


_TRIES = 3


def _may_be_title(line: FrontLine) -> bool:
    said = bool(_LETTERS.search(line.text)) and not _NO_TITLE.match(line.text.strip())
    return said and line.heading is not False


def _largest(lines: Sequence[FrontLine], front: FrontMatter) -> tuple[FrontLine, ...]:
    """Return the first run of lines in the largest type, if that is larger than the text."""
    size = max((line.size for line in lines), default=0.0)
    if size < _LARGE * front.body_size:
        return ()
    first = next(at for at, line in enumerate(lines) if line.size >= _ALIKE * size)
    if not front.is_cover and (
        _NUMBERED.match(lines[first].text)
        or lines[first].top > _LOWEST
        or not front.is_alone(lines[first])
    ):
        return ()
    found = [lines[first]]
    for line in lines[first + 1 :]:
        near = (line.top - found[-1].top) * _POINTS < _NEAR * max(line.size, found[-1].size)
        if _belongs(line, found, front):
            if not near or line.top < found[-1].top:
                break
            found.append(line)
        elif not any(other.size >= _ALIKE * size for other in lines[first + 1 :]):
            break
    return tuple(found)


def _belongs(line: FrontLine, found: Sequence[FrontLine], front: FrontMatter) -> bool:
    size = found[0].size
    if line.size >= _ALIKE * size:
        return True
    if found[-1].text.isupper() and line.text.isupper() and line.size >= _GOES_ON * size:
        return line.size > _LARGE * front.body_size
    return front.is_cover and line.size > _COVER * front.body_size


def _only_names_a_body(
    text: str, found: Sequence[FrontLine], lines: Sequence[FrontLine], front: FrontMatter
) -> bool:
    """Whether the largest type only says whose document it is, and there is more large type."""
    if len(text.split()) > _BODY_NAME_WORDS or not _BODY_NAME.search(text):
        return False
    return any(line.size > _COVER * front.body_size for line in lines if line not in found)


def _first_bold(front: FrontMatter) -> tuple[FrontLine, ...]:
    """Return the first line where it alone tells itself from the text: bold, or in capitals."""
    body = [line for line in front.body if _LETTERS.search(line.text)]
    if not body or body[0].words > _MOST_WORDS / 2 or _NUMBERED.match(body[0].text):
        return ()
    first = body[0]
    stands_out = (first.bold or first.text.isupper()) and front.is_alone(first)
    if not _may_be_title(first) or not stands_out:
        return ()
    return (first,)
