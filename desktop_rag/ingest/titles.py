"""What a document is called: by itself where it says so, else by its file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_rag.domain.documents import Layer, Line, Outline, Page, RoleKind
from desktop_rag.ingest.cleaning import SOFT_HYPHEN

_MEANINGLESS = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|sin t[ií]tulo.*|documento?\d*"
    r"|.*\.(?:docx?|pdf|indd|qxd|tex|dvi|odt|rtf|xlsx?|pptx?|html?)|[\W\d_]*|\S*\d{6,}\S*"
    r"|(?:img|dsc|scan|escaneo)[\W\d]*)$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_LONGEST = 160
_MOST_WORDS = 24  # of the largest type on a page: more is its text


def title_of(outline: Outline, pages: Sequence[Page], stem: str) -> str:
    """Return the title in the file's properties, the file's name, or the largest words on page 1.

    Each only if it says something: word processors leave their own names and numbers.
    """
    spoken = spelled(stem)
    for candidate in (outline.title, spoken, _largest(pages)):
        if _LETTERS.search(candidate) and not _MEANINGLESS.match(candidate):
            return candidate[:_LONGEST]
    return spoken or stem


def spelled(stem: str) -> str:
    """Return the words of a file name.

    >>> spelled("Informe_anual-2021")
    'Informe anual-2021'
    """
    return " ".join(stem.replace("_", " ").split())


def _largest(pages: Sequence[Page]) -> str:
    first = pages[0].lines if pages else ()
    lines = [line for line in first if _may_be_title(line) and _LETTERS.search(line.text)]
    size = max((line.size for line in lines), default=0.0)
    found = " ".join(line.text for line in lines if line.size == size)
    if len(found.split()) > _MOST_WORDS:
        return ""
    return found.replace(f"{SOFT_HYPHEN} ", "").replace(SOFT_HYPHEN, "-")


def _may_be_title(line: Line) -> bool:
    """Whether a line of the body is not said to be anything but a heading."""
    heading = line.role is None or line.role.kind is RoleKind.HEADING
    return heading and line.layer is Layer.BODY
