"""What of a file's properties is worth anything: programs put their own names and numbers there."""

from __future__ import annotations

import re

from desktop_rag.domain.authors import Author, author_of, written

_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|sin t[ií]tulo.*|documento?\s*\d*"
    r"|.*\.(?:docx?|pdf|indd|qxd|tex|dvi|odt|rtf|xlsx?|pptx?|html?|pages|wpd)|[\W\d_]*|\S*\d{6,}\S*"
    r"|(?:img|dsc|scan|escaneo|layout|slide|print|title|t[íi]tulo)[\W\d]*"
    r"|(?:powerpoint )?presenta(?:tion|ci[óo]n)(?: de powerpoint)?\W*\d*|(?:[a-z]:)?[\\/].*)$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_NO_AUTHOR = re.compile(
    r"\b(?:edgar|python|docx|microsoft|office|windows|user|usuario|admin(?:istra[dt]or)?|unknown|"
    r"desconocido|anonym(?:ous)?|anónimo|autor|author|owner|root|default|guest|invitado|adobe|acrobat|"
    r"latex|pandoc|word|libreoffice|openoffice|scanner|canon|xerox|ricoh|konica|epson|hewlett|"
    r"creator|producer|desktop|laptop|pc|localhost|test|none|null|n/?a)\b|[@\\/_#]|\d{3,}|^\W*$",
    re.IGNORECASE,
)
_DIVIDED = re.compile(r"\s*(?:;|\band\b|&|\by\b(?=\s+[A-ZÁÉÍÓÚ]))\s*")
_SORTED = 2  # names around one comma: a family name and a given one, where each is short
_LEAST = 2  # letters of an author


def worthy_title(text: str) -> bool:
    """Whether a title in a file's properties says something."""
    return bool(_LETTERS.search(text)) and not _NO_TITLE.match(text.strip())


def authors(text: str) -> str:
    """Return the authors of a file's properties as `domain.authors` writes them, if it has any.

    >>> authors("python-docx"), authors("Ana Pérez and Luis Gil"), authors("Pérez, Ana")
    ('', 'Pérez, Ana; Gil, Luis', 'Pérez, Ana')
    """
    if (
        _NO_AUTHOR.search(text)
        or (text.islower() and " " not in text)
        or sum(sign.isalpha() for sign in text) < _LEAST
    ):
        return ""
    return written(author for part in _DIVIDED.split(text) for author in _of(part) if author.family)


def _of(part: str) -> list[Author]:
    """Return the people that commas divide, or the one whose names a comma divides."""
    names = [name.strip() for name in part.split(",") if name.strip()]
    if len(names) == _SORTED and len(names[0].split()) <= _SORTED and len(names[1].split()) == 1:
        return [author_of(part)]
    if names and all(len(name.split()) > 1 for name in names):
        return [author_of(name) for name in names]
    return [author_of(part)]
