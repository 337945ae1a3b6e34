"""Every format of documents that can be read, each one value; all else follows from them.

A new format is a value in `FORMATS`. Its reader is a module of `desktop_rag.engines.formats`,
its own or that of another format. Dialogs, the walk through folders, the entry in the menu of
a desktop and the conversion to PDF look here; tests name what a format lacks.

This module imports nothing of the program: `packaging/desktop_entry.py` reads it before
anything is installed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

HEAD_BYTES = 1024  #: within which a file says what it is


class Guard(Enum):
    """What is looked at before a library opens a file, so that a hostile one does no harm."""

    OFFICE_ZIP = auto()  #: what it unpacks to, locks, and entities, which Office never writes
    WORKBOOK = auto()  #: the same, but for sheets, which are read row by row
    ZIP = auto()  #: what it unpacks to, and locks
    PIXELS = auto()  #: how large the largest picture is
    BYTES = auto()  #: how large the file is
    MESSAGE = auto()  #: the same, of what brings other files along


class FileType(NamedTuple):
    """How files are called, and their MIME type as IANA has it or else as desktops know it.

    What other programs are meant for is not `in_menu`: this one does not offer to open it. What
    begins with `signature`, a regular expression, is of this type whatever it is called.
    """

    ending: str
    mime_type: str
    in_menu: bool = True
    signature: bytes = b""


class Conversion(NamedTuple):
    """What makes a PDF of a format: a module of `engines.formats`, once `guard` lets it."""

    reader: str
    guard: Guard


class ZipContents(NamedTuple):
    """What a ZIP file says that it is: the names of its members, and that named “mimetype”."""

    names: frozenset[str] = frozenset()
    mime_type: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of documents; all but PDF are converted to PDF first.

    `title` is what it is called in every language, or empty where each has words of its own.
    `opening`, a regular expression, is how most texts of the format begin: they are told by it
    where their name says nothing, or something that is no text. A ZIP file that has the member
    `part`, or whose MIME type begins with `packed`, is of the format whatever it is called.
    """

    name: str
    title: str
    types: tuple[FileType, ...]
    conversion: Conversion | None
    opening: bytes = b""
    part: str = ""
    packed: str = ""


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_XML_HEAD = rb"(?is)\s*(?:<\?xml[^>]*\?>\s*)?(?>(?:<!--.*?-->\s*)*)"
_MAIL_HEAD = (
    rb"(?ims)(?:From \S+@\S+ "
    rb"|(?:received|return-path|delivered-to|message-id|mime-version|x-[a-z-]+):"
    rb"|(?=.*^from:)(?=.*^(?:date|message-id|mime-version):)[a-z-]+:)"
)


def _for_programs(*known: tuple[str, str]) -> tuple[FileType, ...]:
    return tuple(FileType(*one, in_menu=False) for one in known)


FORMATS = (
    Format(
        "pdf",
        "PDF",
        (FileType(".pdf", "application/pdf", signature=rb"\s*%PDF-"),),
        None,
    ),
    Format(
        "epub",
        "EPUB",
        (FileType(".epub", "application/epub+zip"),),
        Conversion("book", Guard.ZIP),
        packed="application/epub+zip",
    ),
    Format(
        "fb2",
        "FB2",
        (FileType(".fb2", "application/x-fictionbook+xml"),),
        Conversion("fiction_book", Guard.BYTES),
        opening=_XML_HEAD + rb"<FictionBook\b",
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
        part="word/document.xml",
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
        part="ppt/presentation.xml",
    ),
    Format(
        "sheet",
        "Excel",
        (
            FileType(".xlsx", f"{_OOXML}.spreadsheetml.sheet"),
            FileType(".xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"),
        ),
        Conversion("sheets", Guard.WORKBOOK),
        part="xl/workbook.xml",
    ),
    Format(
        "open_document",
        "OpenDocument",
        (
            FileType(".odt", f"{_ODF}.text"),
            FileType(".ott", f"{_ODF}.text-template"),
            FileType(".ods", f"{_ODF}.spreadsheet"),
            FileType(".ots", f"{_ODF}.spreadsheet-template"),
            FileType(".odp", f"{_ODF}.presentation"),
            FileType(".otp", f"{_ODF}.presentation-template"),
        ),
        Conversion("open_document", Guard.ZIP),
        packed=f"{_ODF}.",
    ),
    Format(
        "rich_text",
        "RTF",
        (FileType(".rtf", "application/rtf", signature=rb"\s*\{\\rtf"),),
        Conversion("rich_text", Guard.BYTES),
    ),
    Format(
        "delimited",
        "CSV",
        (
            FileType(".csv", "text/csv"),
            FileType(".tsv", "text/tab-separated-values"),
            FileType(".tab", "text/tab-separated-values"),
        ),
        Conversion("delimited", Guard.BYTES),
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
        opening=_XML_HEAD + rb"<(?:!doctype\s+html|html)\b",
    ),
    Format(
        "web_archive",
        "",
        (
            FileType(".mht", "application/x-mimearchive"),
            FileType(".mhtml", "application/x-mimearchive"),
        ),
        Conversion("web_archive", Guard.MESSAGE),
        opening=_MAIL_HEAD + rb"(?!.*^(?:to|received):)(?=.*multipart/related)",
    ),
    Format(
        "mail",
        "",
        (FileType(".eml", "message/rfc822"),),
        Conversion("mail", Guard.MESSAGE),
        opening=_MAIL_HEAD,
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
        "structured_text",
        "",
        (
            FileType(".rst", "text/x-rst", in_menu=False),
            FileType(".org", "text/org", in_menu=False),
        ),
        Conversion("structured_text", Guard.BYTES),
    ),
    Format(
        "tex",
        "",
        (FileType(".tex", "text/x-tex", in_menu=False),),
        Conversion("tex", Guard.BYTES),
    ),
    Format(
        "subtitles",
        "",
        (
            FileType(".srt", "application/x-subrip", in_menu=False),
            FileType(".vtt", "text/vtt", in_menu=False),
        ),
        Conversion("subtitles", Guard.BYTES),
    ),
    Format(
        "notebook",
        "",
        (FileType(".ipynb", "application/x-ipynb+json", in_menu=False),),
        Conversion("notebook", Guard.BYTES),
    ),
    Format(
        "json",
        "",
        _for_programs(
            (".json", "application/json"),
            (".jsonl", "application/x-ndjson"),
            (".ndjson", "application/x-ndjson"),
        ),
        Conversion("json_data", Guard.BYTES),
    ),
    Format(
        "xml",
        "",
        _for_programs((".xml", "application/xml")),
        Conversion("xml_text", Guard.BYTES),
    ),
    Format(
        "source_code",
        "",
        _for_programs(
            (".yaml", "application/yaml"),
            (".yml", "application/yaml"),
            (".toml", "application/toml"),
            (".ini", "text/plain"),
            (".cfg", "text/plain"),
            (".conf", "text/plain"),
            (".log", "text/x-log"),
            (".sql", "application/sql"),
            (".css", "text/css"),
            (".py", "text/x-python"),
            (".js", "text/javascript"),
            (".ts", "text/x-typescript"),
            (".java", "text/x-java"),
            (".kt", "text/x-kotlin"),
            (".c", "text/x-c"),
            (".h", "text/x-c"),
            (".cpp", "text/x-c++"),
            (".hpp", "text/x-c++"),
            (".cs", "text/x-csharp"),
            (".go", "text/x-go"),
            (".rs", "text/rust"),
            (".rb", "text/x-ruby"),
            (".php", "application/x-php"),
            (".swift", "text/x-swift"),
            (".sh", "application/x-sh"),
            (".bat", "application/x-bat"),
            (".ps1", "application/x-powershell"),
            (".r", "text/x-r"),
            (".lua", "text/x-lua"),
            (".pl", "text/x-perl"),
        ),
        Conversion("source_code", Guard.BYTES),
    ),
    Format(
        "image",
        "",
        (
            FileType(".tif", "image/tiff", signature=rb"II\*\0|MM\0\*"),
            FileType(".tiff", "image/tiff"),
            FileType(".png", "image/png", in_menu=False, signature=rb"\x89PNG\r\n\x1a\n"),
            FileType(".jpg", "image/jpeg", in_menu=False, signature=rb"\xff\xd8\xff"),
            FileType(".jpeg", "image/jpeg", in_menu=False),
            FileType(".bmp", "image/bmp", in_menu=False, signature=rb"BM.{4}\0{4}"),
            FileType(".gif", "image/gif", in_menu=False, signature=rb"GIF8[79]a"),
            FileType(".webp", "image/webp", in_menu=False, signature=rb"RIFF.{4}WEBP"),
        ),
        Conversion("picture", Guard.PIXELS),
    ),
)

_TYPES = tuple(known for form in FORMATS for known in form.types)
_BY_ENDING = {known.ending: form for form in FORMATS for known in form.types}
_BY_SIGNATURE = tuple(
    (re.compile(known.signature, re.DOTALL), known, form)
    for form in FORMATS
    for known in form.types
    if known.signature
)
_BY_OPENING = tuple((re.compile(form.opening), form) for form in FORMATS if form.opening)
_PDF, _PLAIN = _BY_ENDING[".pdf"], _BY_ENDING[".txt"]
_FOUND_UNNAMED = (_PDF, _BY_ENDING[".png"])  # what a folder gives without an ending

ENDINGS = tuple(known.ending for known in _TYPES)  #: of all that can be read
MIME_TYPES = tuple(  #: of what the program offers to open, each once
    dict.fromkeys(known.mime_type for known in _TYPES if known.in_menu)
)
TITLES = tuple(form.title for form in FORMATS if form.title)  #: as people say in any language
PROGRAM_ENDINGS = (  #: of what some system runs when it is opened
    ".bat", ".js", ".lua", ".php", ".pl", ".ps1", ".py", ".r", ".rb", ".sh",
)  # fmt: skip

_ENDING = re.compile(r"\.(?=[0-9_-]*[a-z])[a-z0-9_-]{1,10}")
_BYTE_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_ZIP = b"PK\x03\x04"
_PACKED = (_ZIP, b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF")


def ending_of(name: str) -> str:
    """Return the ending of a file's name, in small letters; empty where it has none.

    What follows a full stop is none where it has no letter or any but letters and digits.

    >>> [ending_of(name) for name in ("Informe.DOCX", "Acta 3. Junta", "v1.2", ".bashrc", "scan")]
    ['.docx', '', '', '', '']
    """
    ending = Path(name).suffix.lower()
    return ending if _ENDING.fullmatch(ending) else ""


def format_of(
    path: Path, head: bytes, contents: Callable[[], ZipContents] = ZipContents
) -> Format | None:
    """Return the format of a file that begins with `head`, if it is one of ours.

    What the file is decides, and only then its name. `head` are its first `HEAD_BYTES`;
    `contents` is asked of ZIP files alone.

    >>> [found.name for found in (format_of(Path("Informe.DOCX"), b"PK"),) if found]
    ['word']
    >>> format_of(Path("song.mp3"), b"ID3") is None
    True
    """
    ending = ending_of(path.name)
    named = _BY_ENDING.get(ending)
    sure = _signed(head) or (_unpacked(contents()) if head.startswith(_ZIP) else None)
    if sure:
        return sure
    if named and _is_text(named):
        return None if head.startswith(_PACKED) else named
    begun = next((form for pattern, form in _BY_OPENING if pattern.match(_letters(head))), None)
    if b"%PDF-" in head and named in {None, _PDF} and not begun:
        return _PDF
    if begun or named:
        return begun or named
    return _PLAIN if not ending and _is_readable(head) else None


def given_unnamed(head: bytes) -> bool:
    r"""Whether a folder gives a file without an ending that begins so: PDFs and pictures.

    >>> given_unnamed(b"%PDF-1.7"), given_unnamed(b"II*\0"), given_unnamed(b"all: build")
    (True, True, False)
    """
    return _signed(head) in _FOUND_UNNAMED


def _signed(head: bytes) -> Format | None:
    return next((form for pattern, _, form in _BY_SIGNATURE if pattern.match(head)), None)


def _unpacked(contents: ZipContents) -> Format | None:
    for form in FORMATS:
        by_type = form.packed and contents.mime_type.startswith(form.packed)
        if by_type or form.part in contents.names:
            return form
    return None


def _is_text(form: Format) -> bool:
    return form.conversion is not None and form.conversion.guard in {Guard.BYTES, Guard.MESSAGE}


def _letters(head: bytes) -> bytes:
    """Return the letters of ASCII in a text of about any encoding, as far as they are its own."""
    mark = next((mark for mark in _BYTE_MARKS if head.startswith(mark)), b"")
    return head.removeprefix(mark).replace(b"\0", b"") if mark else head


def _is_readable(head: bytes) -> bool:
    """Whether it is text in UTF-8, or has the mark of another Unicode."""
    if head.startswith(_BYTE_MARKS):
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return not _NO_TEXT.search(head)
