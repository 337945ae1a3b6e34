"""Looks into ZIP files that documents are, before a library unpacks them."""

from __future__ import annotations

import mmap
import re
import zipfile
from pathlib import Path

from desktop_rag.domain import limits
from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentSealed,
    DocumentTooLarge,
    UnsupportedFile,
)

_PROLOGUE = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how files of old Office begin, and encrypted ones
_XML = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".vml")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")  # read row by row, and never held in memory
_WRAPPED = "EncryptedPackage".encode("utf-16-le")
_LOCK = "META-INF/rights.xml"
_ENCRYPTED = 1  # a bit in the flags of a member


def check(path: Path, *, office: bool, workbook: bool = False) -> None:
    """Let only those pass that unpack to a bearable size and are not locked.

    At most 1 GiB in 20,000 parts, and 96 MiB of XML in one that is no sheet of a `workbook`. Of
    `office`, none with a document type declaration either, which the Open Packaging Conventions
    (ECMA-376, part 2) forbid. What Office encrypts is no ZIP file but a compound file
    ([MS-OFFCRYPTO], 2.3).

    Raises `DocumentSealed`, `DocumentTooLarge`, `DocumentBroken` or `UnsupportedFile`;
    `zipfile.BadZipFile` of what is no ZIP file, and `OSError`.
    """
    _check_wrapping(path)
    with zipfile.ZipFile(path) as parts:
        members = parts.infolist()
        sealed = any(
            member.flag_bits & _ENCRYPTED or member.filename == _LOCK for member in members
        )
        if sealed:
            raise DocumentSealed(path.name)
        markup = [member for member in members if member.filename.lower().endswith(_XML)]
        held = [one for one in markup if not (workbook and _SHEET.fullmatch(one.filename))]
        if (
            len(members) > limits.MOST_PARTS
            or sum(member.file_size for member in members) > limits.MOST_UNPACKED_BYTES
            or any(member.file_size > limits.MOST_XML_BYTES for member in held)
        ):
            raise DocumentTooLarge(path.name)
        for member in markup if office else ():
            with parts.open(member) as part:
                if b"<!DOCTYPE" in part.read(_PROLOGUE):  # the standard forbids them: an attack
                    raise DocumentBroken(path.name)


def _check_wrapping(path: Path) -> None:
    """Tell what a password wraps from what old Office saved under a new name."""
    with path.open("rb") as file:
        if file.read(len(_OLE)) != _OLE:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            wrapped = data.find(_WRAPPED) >= 0
    raise DocumentSealed(path.name) if wrapped else UnsupportedFile(path.name)
