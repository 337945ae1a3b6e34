"""Takes out of e-mails and PDFs the files that they bring along."""

from __future__ import annotations

import mimetypes
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from desktop_rag.domain.formats import Format
from desktop_rag.engines.formats import message_parts
from desktop_rag.engines.formats.message_parts import Part
from desktop_rag.engines.pdf import reading
from desktop_rag.engines.pdf.mupdf import mupdf, pymupdf
from desktop_rag.engines.pdf.openable import openable

_MOST = 200
_MOST_BYTES = 100 << 20  # of one
_MOST_BYTES_TOGETHER = 500 << 20
_LONGEST_NAME = 150  # characters
_LONGEST_ENDING = 20
_UNSAFE = set('<>:"/\\|?*')
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10)}
_MESSAGE = "message/rfc822"
_DAMAGE = (
    *message_parts.DAMAGE,
    StopIteration,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
)


class Attachment(NamedTuple):
    """A file that came with another; `name` is one that every system takes."""

    name: str
    data: bytes


class _FoundFile(NamedTuple):
    name: str
    mime_type: str
    data: bytes


def attachments(path: Path, format: Format) -> Iterator[Attachment]:  # noqa: A002 - what else
    """Yield what is attached to an e-mail, a saved web page or a PDF; nothing of other formats.

    At most 200 files, of 100 MiB each and of 500 MiB together; larger ones are passed over, and
    so is what is damaged. Pictures within an e-mail are attached to it. Raises `OSError`.
    """
    left, number = _MOST_BYTES_TOGETHER, 0
    for found in _found(path, format):
        if not found.data or len(found.data) > min(left, _MOST_BYTES):
            continue
        number += 1
        left -= len(found.data)
        yield Attachment(safe_name(found.name, found.mime_type, number), found.data)
        if number >= _MOST:
            return


def safe_name(name: str, mime_type: str, number: int) -> str:
    """Return a name for a file of at most 150 characters: no path, nothing that is not seen.

    >>> safe_name("../a:b?.pdf", "", 1), safe_name("", "image/png", 2), safe_name("CON", "", 3)
    ('a_b_.pdf', 'attachment-2.png', '_CON')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        "_" if sign in _UNSAFE else sign for sign in last if unicodedata.category(sign)[0] != "C"
    ).strip(" .")
    if not kept:
        return f"attachment-{number}{_ending(mime_type)}"
    if kept.partition(".")[0].strip().lower() in _RESERVED:
        kept = f"_{kept}"
    ending = Path(kept).suffix[:_LONGEST_ENDING]
    return kept.removesuffix(ending)[: _LONGEST_NAME - len(ending)].rstrip(" .") + ending


def _ending(mime_type: str) -> str:
    return ".eml" if mime_type == _MESSAGE else mimetypes.guess_extension(mime_type) or ""


def _found(path: Path, format: Format) -> Iterator[_FoundFile]:  # noqa: A002 - see above
    match format.name:
        case "mail" | "web_archive":
            *_, message = message_parts.parsed(path)
            yield from _in_message(message) if message is not None else ()
        case "pdf":
            yield from _in_pdf(path)
        case _:
            return


def _in_message(message: Part) -> Iterator[_FoundFile]:
    for part in message_parts.leaves(message):
        try:
            if part is message or not message_parts.is_attached(part):
                continue
            name, mime_type = message_parts.file_name(part), part.get_content_type()
            if mime_type == _MESSAGE and name and not name.lower().endswith(".eml"):
                name = f"{name}.eml"
            yield _FoundFile(name, mime_type, message_parts.data_of(part))
        except _DAMAGE:
            continue


def _in_pdf(path: Path) -> Iterator[_FoundFile]:
    """Yield the files of a PDF (ISO 32000-2, 7.11.4), and those that are pinned to its pages."""
    try:
        with openable(path) as file, pymupdf.open(str(file), filetype="pdf") as document:
            if document.needs_pass or not document.is_pdf:
                return
            for filespec in _filespecs(document):
                try:
                    yield _of_filespec(filespec)
                except (mupdf.FzErrorBase, *_DAMAGE):
                    continue
    except (*reading.DAMAGE, pymupdf.FileDataError, pymupdf.EmptyFileError):
        return


def _filespecs(document: Any) -> Iterator[Any]:
    names = mupdf.PDF_ENUM_NAME_EmbeddedFiles
    tree = mupdf.pdf_load_name_tree(mupdf.pdf_document_from_fz_document(document.this), names)
    for at in range(mupdf.pdf_dict_len(tree)):
        yield mupdf.pdf_dict_get_val(tree, at)
    for page in document:
        for annotation in page.annots(types=[pymupdf.PDF_ANNOT_FILE_ATTACHMENT]):
            yield mupdf.pdf_annot_filespec(annotation.this)


def _of_filespec(filespec: Any) -> _FoundFile:
    streams = (_under(filespec, "EF", name) for name in ("UF", "F"))
    stream = next(one for one in streams if mupdf.pdf_is_stream(one))
    named = (_under(filespec, name) for name in ("UF", "F"))
    names = (mupdf.pdf_to_text_string(name) for name in named if mupdf.pdf_is_string(name))
    mime_type = mupdf.pdf_to_name(_under(stream, "Subtype"))
    opened = mupdf.pdf_open_stream(stream)
    if mupdf.fz_skip(opened, _MOST_BYTES + 1) > _MOST_BYTES:  # unpacked, however little it says
        return _FoundFile("", "", b"")
    data = bytes(mupdf.fz_buffer_extract_copy(mupdf.pdf_load_stream(stream)))
    return _FoundFile(next(filter(None, names), ""), mime_type, data)


def _under(entry: Any, *names: str) -> Any:
    for name in names:
        entry = mupdf.pdf_dict_gets(entry, name)
    return entry
