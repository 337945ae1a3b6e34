"""Text of documents and dates as widgets show them."""

from __future__ import annotations

import html
import unicodedata
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale

from desktop_rag.domain.unicode_text import readable

_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # overrides, isolates


def folded(text: str) -> str:
    """Return text as it is filtered and sorted: without case and accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def plain(text: str) -> str:
    r"""Return text on one line, without what Qt cannot show, or what turns letters around.

    With such a sign in it, report\u202efdp.exe looks like a PDF.
    """
    return " ".join(readable(text).translate(_TURNING).split())


def tip(*lines: str) -> str:
    """Return a tooltip that shows text of others as it is, whatever Qt takes it for."""
    shown = "<br>".join(html.escape(plain(line)) for line in lines if line)
    return f"<p>{shown}</p>" if shown else ""


def day(moment: datetime) -> str:
    """Return the day of a moment as it is written here."""
    when = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)
