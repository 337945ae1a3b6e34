"""The program in the menu of a Linux desktop, with its icon, and as one to open documents with.

On other systems the bundles do this. Standard library only, like `dev.py`.
"""

from __future__ import annotations

import contextlib
import os
import runpy
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
ICON = ROOT / "resources" / "icons" / "desktop-rag.svg"
FORMATS = ROOT / "desktop_rag" / "domain" / "formats.py"  # imports the standard library alone
PATIENCE_SECONDS = 20
ENTRY = """[Desktop Entry]
Type=Application
Version=1.1
Name=Desktop RAG
GenericName=Ask your documents
GenericName[es]=Pregunta a tus documentos
Comment=Ask your PDFs, offline: every claim opens the page with the exact words lit
Comment[es]=Pregunta a tus PDF sin conexión: cada afirmación abre su página
Exec={program} window %F
Icon=desktop-rag
Terminal=false
Categories=Office;Viewer;
MimeType={mime_types};
Keywords=PDF;search;question;chat;buscar;pregunta;
StartupWMClass=desktop-rag
StartupNotify=true
"""


def places() -> tuple[Path, Path]:
    """Return where the entry and its icon belong for this user."""
    home = Path(os.environ.get("XDG_DATA_HOME", ""))
    data = home if home.is_absolute() else Path.home() / ".local" / "share"
    return (
        data / "applications" / "desktop-rag.desktop",
        data / "icons" / "hicolor" / "scalable" / "apps" / "desktop-rag.svg",
    )


def install(program: str) -> bool:
    """Put the program into the menu; False on a system that has no such menu."""
    if not sys.platform.startswith("linux"):
        return False
    entry, icon = places()
    for place, text in (
        (entry, ENTRY.format(program=_quoted(program), mime_types=";".join(mime_types()))),
        (icon, ICON.read_text("utf-8")),
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    _announce(entry.parent)
    return True


def mime_types() -> tuple[str, ...]:
    """Return what the program offers to open: no photographs, and no source code."""
    found: tuple[str, ...] = runpy.run_path(str(FORMATS))["MIME_TYPES"]
    return found


def remove() -> bool:
    """Take the program out of the menu; False where it was not in it."""
    found = [place for place in places() if place.exists()]
    for place in found:
        place.unlink()
    if found:
        _announce(places()[0].parent)
    return bool(found)


def _announce(folder: Path) -> None:
    """Have the list written anew that file managers take "Open with" from, where there is one."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            ["update-desktop-database", "--quiet", str(folder)],
            check=False,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
        )


def _quoted(program: str) -> str:
    """Quote as the specification of desktop entries wants it: for the command, then the file."""
    escaped = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in program)
    return '"' + escaped.replace("\\", "\\\\").replace("%", "%%") + '"'
