"""Text of others and dates as widgets show them: the one door that it comes through.

Qt takes for markup whatever looks like it, in tooltips above all, and opens the files that a
picture names. Tooltips are made here alone, and labels in `plain_label`; a test holds all widgets
to both.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import NewType

from PySide6.QtCore import QDateTime, QLocale, QMimeData
from PySide6.QtGui import Qt

from desktop_rag.domain.unicode_text import inert, one_line

Tip = NewType("Tip", str)
"""What a tooltip may be given: markup made here, or words that Qt takes for none."""


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
    return one_line(text)


def tip(*lines: str, head: str = "") -> Tip:
    """Return a tooltip that shows text of others as it is, whatever Qt takes it for.

    It is broken into lines where it is long, which a `short_tip` is not; the `head` is bold.
    """
    first = [f"<b>{_escaped(head)}</b>"] if head else []
    shown = "<br>".join([*first, *(_escaped(line) for line in lines if line)])
    return Tip(f"<p>{shown}</p>" if shown else "")


def short_tip(text: str) -> Tip:
    """Return a tooltip that has a few words and, as a rule, no markup that would be read out."""
    shown = plain(text)
    return tip(shown) if Qt.mightBeRichText(shown) else Tip(shown)


def noted_tip(text: str, note: str) -> Tip:
    """Return the end of a tooltip, below a line: a text, and what is to be said of it."""
    return Tip(f"<hr>{tip(text)}<p><i>{_escaped(note)}</i></p>")


def joined_tip(*tips: Tip) -> Tip:
    """Return tooltips as one, each a paragraph of its own."""
    return Tip("".join(tips))


def paste_of(text: str, paragraphs: Iterable[Iterable[tuple[str, bool]]]) -> QMimeData:
    """Return what a clipboard is given: plain text, and texts of which some are italic."""
    said = QMimeData()
    said.setText(text)
    marked = "".join(f"<p>{''.join(map(_emphasized, runs))}</p>" for runs in paragraphs)
    if marked:
        said.setHtml(marked)
    return said


def _emphasized(run: tuple[str, bool]) -> str:
    text, italic = run
    shown = html.escape(inert(text)).replace("\n", "<br>")
    return f"<i>{shown}</i>" if italic else shown


def _escaped(line: str) -> str:
    return html.escape(plain(line))


def day(moment: datetime) -> str:
    """Return the day of a moment as it is written here."""
    when = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)
