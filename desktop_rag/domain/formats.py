"""Every format of documents that can be read, each one value; all else follows from them.

A new format is a value in `FORMATS`. Its reader is a module of `desktop_rag.engines.formats`,
its own or that of another format. Dialogs, the walk through folders, the entry in the menu of
a desktop and the conversion to PDF look here; tests name what a format lacks.

This module imports nothing of the program: `packaging/desktop_entry.py` reads it before
anything is installed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

HEAD_BYTES = 1024  #: within which a file says what it is


class Guard(Enum):
    """What is looked at before a library opens a file, so that a hostile one does no harm."""

    OFFICE_ZIP = auto()  #: what it unpacks to, locks, and entities, which Office never writes
    ZIP = auto()  #: what it unpacks to, and locks
    PIXELS = auto()  #: how large the largest picture is
    BYTES = auto()  #: how large the file is


class FileType(NamedTuple):
    """How files are called, and their MIME type as IANA has it or else as desktops know it.

    A folder gives what people write and read, and of pictures what scanners write: not the
    photographs in it, which can only be given by themselves.
    """

    ending: str
    mime_type: str
    in_folders: bool = True


class Conversion(NamedTuple):
    """What makes a PDF of a format: a module of `engines.formats`, once `guard` lets it."""

    reader: str
    guard: Guard


@dataclass(frozen=True, slots=True)
class Format:
    """A format of documents; all but PDF are converted to PDF first.

    `title` is what it is called in every language, or empty where each has words of its own.
    A file that begins with `magic` is of the format whatever it is called.
    """

    name: str
    title: str
    types: tuple[FileType, ...]
    conversion: Conversion | None
    magic: bytes = b""


_OOXML = "application/vnd.openxmlformats-officedocument"

FORMATS = (
    Format("pdf", "PDF", (FileType(".pdf", "application/pdf"),), None, magic=b"%PDF-"),
    Format(
        "epub",
        "EPUB",
        (FileType(".epub", "application/epub+zip"),),
        Conversion("book", Guard.ZIP),
    ),
    Format(
        "word",
        "Word",
        (
            FileType(".docx", f"{_OOXML}.wordprocessingml.document"),
            FileType(".docm", "application/vnd.ms-word.document.macroEnabled.12"),
            FileType(".dotx", f"{_OOXML}.wordprocessingml.template"),
        ),
        Conversion("word", Guard.OFFICE_ZIP),
    ),
    Format(
        "slides",
        "PowerPoint",
        (
            FileType(".pptx", f"{_OOXML}.presentationml.presentation"),
            FileType(".pptm", "application/vnd.ms-powerpoint.presentation.macroEnabled.12"),
            FileType(".ppsx", f"{_OOXML}.presentationml.slideshow"),
        ),
        Conversion("slides", Guard.OFFICE_ZIP),
    ),
    Format(
        "sheet",
        "Excel",
        (
            FileType(".xlsx", f"{_OOXML}.spreadsheetml.sheet"),
            FileType(".xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"),
        ),
        Conversion("sheets", Guard.OFFICE_ZIP),
    ),
    Format(
        "html",
        "",
        (
            FileType(".html", "text/html"),
            FileType(".htm", "text/html"),
            FileType(".xhtml", "application/xhtml+xml"),
        ),
        Conversion("web_page", Guard.BYTES),
    ),
    Format(
        "markdown",
        "",
        (FileType(".md", "text/markdown"), FileType(".markdown", "text/markdown")),
        Conversion("markdown", Guard.BYTES),
    ),
    Format(
        "text",
        "",
        (FileType(".txt", "text/plain"), FileType(".text", "text/plain")),
        Conversion("plain_text", Guard.BYTES),
    ),
    Format(
        "image",
        "",
        (
            FileType(".tif", "image/tiff"),
            FileType(".tiff", "image/tiff"),
            FileType(".png", "image/png", in_folders=False),
            FileType(".jpg", "image/jpeg", in_folders=False),
            FileType(".jpeg", "image/jpeg", in_folders=False),
            FileType(".bmp", "image/bmp", in_folders=False),
            FileType(".gif", "image/gif", in_folders=False),
            FileType(".webp", "image/webp", in_folders=False),
        ),
        Conversion("picture", Guard.PIXELS),
    ),
)

_TYPES = tuple(known for form in FORMATS for known in form.types)
_BY_ENDING = {known.ending: form for form in FORMATS for known in form.types}

ENDINGS = tuple(known.ending for known in _TYPES)  #: of what can be given by itself
FOLDER_ENDINGS = tuple(  #: of what is taken out of a folder
    known.ending for known in _TYPES if known.in_folders
)
MIME_TYPES = tuple(  #: of what is taken out of a folder, each once
    dict.fromkeys(known.mime_type for known in _TYPES if known.in_folders)
)
TITLES = tuple(form.title for form in FORMATS if form.title)  #: as people say in any language


def format_of(path: Path, head: bytes) -> Format | None:
    """Return the format of a file that begins with `head`, if it is one of ours.

    A PDF is one whatever it is called, and a file called so is taken at its word. `head` are
    its first `HEAD_BYTES`.

    >>> [found.name for found in (format_of(Path("Informe.DOCX"), b"PK"),) if found]
    ['word']
    >>> format_of(Path("song.mp3"), b"ID3") is None
    True
    """
    named = _BY_ENDING.get(path.suffix.lower())
    for form in FORMATS:
        if not form.magic:
            continue
        if head.lstrip().startswith(form.magic) or (named is None and form.magic in head):
            return form
    return named
