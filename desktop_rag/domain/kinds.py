"""Which files are documents, by what they are called and by how they begin.

A folder gives what people write and read. It does not give the photographs in it:
of pictures only TIFF, which is what scanners write. Any picture can be given by itself.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path

HEAD_BYTES = 1024  #: within which a file says what it is


class DocumentKind(Enum):
    """What a document is made of; all but PDFs are converted to PDF first."""

    PDF = "pdf"
    EPUB = "epub"
    WORD = "word"
    SLIDES = "slides"
    SHEET = "sheet"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    IMAGE = "image"


_BY_ENDING = {
    ".pdf": DocumentKind.PDF,
    ".epub": DocumentKind.EPUB,
    ".docx": DocumentKind.WORD,
    ".docm": DocumentKind.WORD,
    ".dotx": DocumentKind.WORD,
    ".pptx": DocumentKind.SLIDES,
    ".pptm": DocumentKind.SLIDES,
    ".ppsx": DocumentKind.SLIDES,
    ".xlsx": DocumentKind.SHEET,
    ".xlsm": DocumentKind.SHEET,
    ".html": DocumentKind.HTML,
    ".htm": DocumentKind.HTML,
    ".xhtml": DocumentKind.HTML,
    ".md": DocumentKind.MARKDOWN,
    ".markdown": DocumentKind.MARKDOWN,
    ".txt": DocumentKind.TEXT,
    ".text": DocumentKind.TEXT,
    ".tif": DocumentKind.IMAGE,
    ".tiff": DocumentKind.IMAGE,
    ".png": DocumentKind.IMAGE,
    ".jpg": DocumentKind.IMAGE,
    ".jpeg": DocumentKind.IMAGE,
    ".bmp": DocumentKind.IMAGE,
    ".gif": DocumentKind.IMAGE,
    ".webp": DocumentKind.IMAGE,
}

ENDINGS = tuple(_BY_ENDING)  #: of what can be given by itself, for dialogs and for dropping
FOLDER_ENDINGS = tuple(  #: of what is taken out of a folder
    ending
    for ending, kind in _BY_ENDING.items()
    if kind is not DocumentKind.IMAGE or ending in {".tif", ".tiff"}
)

_PASSED_BY = {  # folders in which programs keep things
    "__macosx",
    "__pycache__",
    "node_modules",
    "site-packages",
    "$recycle.bin",
    "system volume information",
    "lost+found",
    "@eadir",
}
_SAVED_PAGE = ("_files", "_archivos")  # what browsers put beside a page that is saved


def kind_of(path: Path, head: bytes) -> DocumentKind | None:
    """Return what kind of document a file is that begins with `head`, if it is one.

    A PDF is one whatever it is called, and a file called so is taken at its word.

    >>> kind_of(Path("Informe.DOCX"), b"PK"), kind_of(Path("scan"), b"%PDF-1.7")
    (<DocumentKind.WORD: 'word'>, <DocumentKind.PDF: 'pdf'>)
    >>> kind_of(Path("song.mp3"), b"ID3") is None
    True
    """
    kind = _BY_ENDING.get(path.suffix.lower())
    if head.lstrip().startswith(b"%PDF-") or (kind is None and b"%PDF-" in head):
        return DocumentKind.PDF
    return kind


def listed(name: str) -> bool:
    """Whether a file of this name is taken out of a folder.

    >>> [name for name in ("a.pdf", ".a.pdf", "~$a.docx", "a.jpg", "a.TIF") if listed(name)]
    ['a.pdf', 'a.TIF']
    """
    return name.lower().endswith(FOLDER_ENDINGS) and not name.startswith((".", "~$"))


def entered(name: str) -> bool:
    """Whether a folder of this name may hold documents of the user's.

    >>> [name for name in ("2021", ".git", "node_modules", "page_files") if entered(name)]
    ['2021']
    """
    folded = name.lower()
    return not (folded.startswith(".") or folded in _PASSED_BY or folded.endswith(_SAVED_PAGE))
