"""Tesseract's data, where this machine has it."""

import tempfile
from pathlib import Path

import pytest

from desktop_rag.settings import tessdata
from desktop_rag.settings.paths import Paths

_FILES = tessdata.available(Paths(Path(tempfile.gettempdir(), "nowhere")))
_BOTH = [_FILES[name] for name in ("spa", "eng") if name in _FILES]

#: Where the data of Spanish and English is; nothing to rely upon without `needs_tesseract`.
DATA = _BOTH[0].parent if _BOTH else Path()

needs_tesseract = pytest.mark.skipif(
    not (DATA / "spa.traineddata").is_file() or not (DATA / "eng.traineddata").is_file(),
    reason="needs Tesseract's Spanish and English data: tesseract-ocr-spa and tesseract-ocr-eng",
)
