"""Unpacks a document of OpenDocument: its body, the parts beside it, and the pictures in it.

OpenDocument 1.3, part 2 (packages) and part 3 (schema), OASIS 2021. lxml reads it: odfpy has had
no release since 2020, comes without a wheel, and leaves the same tree to be gone through.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desktop_rag.domain.errors import DocumentBroken, DocumentSealed
from desktop_rag.engines import safe_xml

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    name: f"{_OASIS}{name}:1.0"
    for name in ("office", "text", "table", "draw", "style", "presentation", "meta", "manifest")
} | {
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_MOST_PICTURE_BYTES = 8 << 20
_MOST_PART_XML = 4 << 20  # of a chart or a formula
_MOST_XML = 96 << 20  # bytes of a member


@cache
def q(name: str) -> str:
    """Return the qualified name of what the standard calls so: “text:p”."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


@dataclass(frozen=True, slots=True)
class OdfPackage:
    """What is in a file whose members are `parts`; `content` and `styles` are roots of trees."""

    parts: zipfile.ZipFile
    content: Any
    styles: Any
    title: str

    @property
    def body(self) -> Any:
        """The text, spreadsheet or presentation itself."""
        return next(iter(self.content.find(q("office:body"))))

    def part(self, name: str) -> Any:
        """Return the root of the XML of a member, None if there is none such."""
        return safe_xml.parsed(_member(self.parts, name, _MOST_PART_XML) or b"")

    def picture(self, name: str) -> bytes:
        """Return a member, nothing if there is none or it is larger than 8 MiB."""
        return _member(self.parts, name, _MOST_PICTURE_BYTES)

    def close(self) -> None:
        """Read no more members."""
        self.parts.close()


def opened(path: Path) -> OdfPackage:
    """Open a document.

    Raises `DocumentSealed`, `DocumentBroken`, `OSError` and what `zipfile` does.
    """
    parts = zipfile.ZipFile(path)
    if _is_locked(parts):
        raise DocumentSealed(path.name)
    content = safe_xml.parsed(_member(parts, "content.xml"))
    styles = safe_xml.parsed(_member(parts, "styles.xml"))
    meta = safe_xml.parsed(_member(parts, "meta.xml"))
    body = content.find(q("office:body")) if content is not None else None
    if body is None or not len(body):
        raise DocumentBroken(path.name)
    title = "" if meta is None else meta.findtext(f".//{q('dc:title')}") or ""
    return OdfPackage(parts, content, styles, " ".join(title.split()))


def _is_locked(parts: zipfile.ZipFile) -> bool:
    """Whether members are encrypted, each or as a package within (ODF 1.3 and 1.4, part 2)."""
    manifest = safe_xml.parsed(_member(parts, "META-INF/manifest.xml"))
    marked = () if manifest is None else manifest.iter(q("manifest:encryption-data"))
    return any(True for _ in marked) or "encrypted-package" in parts.namelist()


def _member(parts: zipfile.ZipFile, name: str, most: int = _MOST_XML) -> bytes:
    try:
        found = parts.getinfo(name.removeprefix("./"))
    except KeyError:
        return b""
    return parts.read(found) if found.file_size <= most else b""
