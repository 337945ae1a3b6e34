"""Where the data of Tesseract lies that text recognition needs: one file for each language."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_rag.domain import languages
from desktop_rag.domain.errors import LanguageUnknown
from desktop_rag.settings.paths import Paths, resources

_ENDING = ".traineddata"
_NO_LANGUAGES = {"osd", "equ", "snum"}  # which way is up, formulas, and figures of forms
_TOGETHER = "together"  # a folder inside of the one for what was fetched
_PLACES = (
    "/usr/share/tesseract-ocr/*/tessdata",
    "/usr/share/tesseract-ocr/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tesseract-ocr/*/tessdata",
    "/usr/local/share/tessdata",
    "/app/share/tessdata",
    "/opt/homebrew/share/tessdata",
    "/opt/local/share/tessdata",
)
_WINDOWS = (  # variables, and what is below the folders they name
    ("ProgramFiles", "Tesseract-OCR/tessdata"),
    ("ProgramFiles(x86)", "Tesseract-OCR/tessdata"),
    ("LOCALAPPDATA", "Programs/Tesseract-OCR/tessdata"),
    ("LOCALAPPDATA", "Tesseract-OCR/tessdata"),
)


def available(paths: Paths) -> dict[str, Path]:
    """Return the file of each language there is, by Tesseract's names.

    What was fetched comes before what came with the program, before what is installed.
    """
    found: dict[str, Path] = {}
    for folder in _folders(paths):
        with contextlib.suppress(OSError):
            for file in sorted(folder.glob(f"*{_ENDING}")):
                if file.stem not in _NO_LANGUAGES and file.stat().st_size:
                    found.setdefault(file.stem, file)
    return found


def place_of(paths: Paths, language: str) -> Path:
    """Return where the data of a language belongs that is fetched. Raises `LanguageUnknown`."""
    if not languages.plain(language):
        raise LanguageUnknown(language)
    return paths.tessdata_folder / f"{language}{_ENDING}"


def folder_of(paths: Paths, files: Sequence[Path]) -> Path:
    """Return one folder in which all these files are, for Tesseract looks into no other.

    Where they come from several, they are linked into one, or copied where links are refused.
    """
    if len({file.parent for file in files}) == 1:
        return files[0].parent
    together = paths.tessdata_folder / _TOGETHER
    together.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in files:
        _bring(file, together / file.name)
    return together


def _bring(file: Path, target: Path) -> None:
    with contextlib.suppress(OSError):
        known, wanted = target.stat(), file.stat()
        if (known.st_size, known.st_mtime_ns) == (wanted.st_size, wanted.st_mtime_ns):
            return
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:  # others may do the same now
        unfinished = Path(folder, file.name)
        try:
            unfinished.symlink_to(file.absolute())
        except OSError:
            shutil.copy2(file, unfinished)
        os.replace(unfinished, target)  # noqa: PTH105 - the only atomic one, by name


def _folders(paths: Paths) -> Iterator[Path]:
    yield paths.tessdata_folder
    yield resources() / "tessdata"
    chosen = os.environ.get("TESSDATA_PREFIX")
    if chosen:
        yield Path(chosen)
        yield Path(chosen, "tessdata")  # older versions of Tesseract wanted the folder above
    for place in map(Path, _PLACES):
        if place.is_absolute():
            yield from sorted(Path(place.anchor).glob(str(place.relative_to(place.anchor))))
    yield Path(sys.prefix, "share", "tessdata")
    for variable, below in _WINDOWS:
        if variable in os.environ:
            yield Path(os.environ[variable], below)
