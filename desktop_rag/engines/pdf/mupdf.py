"""PyMuPDF, without its layout model: loading that is most of the time to import it.

PyMuPDF goes without what cannot be imported; `engines.pdf.layout` imports the model for the few
pages that need it, and nothing here needs Markdown.
"""

from __future__ import annotations

import sys

_LEFT_OUT = {"pymupdf.layout", "pymupdf4llm"} - sys.modules.keys()

sys.modules |= dict.fromkeys(_LEFT_OUT)  # type: ignore[arg-type]  # how an import is refused

import pymupdf  # noqa: E402 - only now
from pymupdf import mupdf  # noqa: E402

for _name in _LEFT_OUT:
    if sys.modules.get(_name) is None:
        sys.modules.pop(_name, None)

__all__ = ["mupdf", "pymupdf"]
