"""Documents of OpenDocument, written as the standard has them: no library here writes them."""

import zipfile
from pathlib import Path

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "draw", "style", "presentation", "meta", "manifest")
)
_OTHERS = (
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
TYPE = "application/vnd.oasis.opendocument."


def root(name: str, inner: str) -> str:
    """An XML document whose root knows all prefixes."""
    return f'<?xml version="1.0"?><{name} {_SPACES} {_OTHERS}>{inner}</{name}>'


def written(  # noqa: PLR0913 - the parts of a file
    path: Path,
    kind: str,
    body: str,
    automatic: str = "",
    *,
    styles: str = "",
    title: str = "",
    members: dict[str, str | bytes] | None = None,
) -> Path:
    """A document of a `kind`: text, spreadsheet or presentation."""
    content = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    )
    meta = f"<office:meta><dc:title>{title}</dc:title></office:meta>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", TYPE + kind, zipfile.ZIP_STORED)
        file.writestr("content.xml", root("office:document-content", content))
        file.writestr("styles.xml", root("office:document-styles", styles))
        file.writestr("meta.xml", root("office:document-meta", meta))
        for name, data in (members or {}).items():
            file.writestr(name, data)
    return path
