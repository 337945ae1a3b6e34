"""Quiet marks on the sentences of an answer that its passages do not bear out.

Lines below letters are drawn over the text, and are no part of it: nothing that a model writes
can look like them, and nothing is moved when they come.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QRect
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from desktop_rag.answer.marks import cited, places_of_marks, without_marks
from desktop_rag.domain.answers import Ground, SentenceCheck, SentenceVerdict, flagged
from desktop_rag.gui.chat import markdown
from desktop_rag.gui.look import theme
from desktop_rag.gui.widgets.text import Tip, tip
from desktop_rag.notices.answers import reason_words, verdict_words

_TWO_UNITS = 0x10000  # signs from here on are two to Qt, which counts in UTF-16
_TOLD_WHERE_SUPPORTED = {Ground.COMPUTED, Ground.GENERAL}


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence, and where it stands in the document that shows it."""

    check: SentenceCheck
    start: int
    end: int


class SentenceMarks:
    """What became of the sentences of a text, where they stand in it, and a way through them."""

    def __init__(self, text: QTextEdit) -> None:
        self._text = text
        self._checks: tuple[SentenceCheck, ...] = ()
        self._marked: list[MarkedSentence] = []
        self._at: int | None = None  # of those that are flagged, the one gone to

    @property
    def flagged(self) -> list[MarkedSentence]:
        """The sentences that are not borne out, or not wholly."""
        return [one for one in self._marked if flagged(one.check)]

    def show_checks(self, checks: Sequence[SentenceCheck]) -> None:
        """Mark the sentences of the text that stands there now."""
        if tuple(checks[: len(self._checks)]) != self._checks:  # else more of the same
            self._at = None
        self._checks = tuple(checks)
        self.find_again()

    def find_again(self) -> None:
        """Mark the same sentences in the text as it is now, in the colours of now."""
        told = any(map(telling, self._checks))
        self._marked = list(_placed(self._checks, self._text.document())) if told else []
        self._text.setExtraSelections([self._selection(one) for one in self.flagged])

    def check_at(self, at: QPoint) -> SentenceCheck | None:
        """Return the sentence at this point of the viewport, if there is something to tell."""
        cursor = self._text.cursorForPosition(at)
        if not self._text.cursorRect(cursor).adjusted(-24, 0, 24, 0).contains(at):
            return None
        place = cursor.position()
        found = next((one for one in self._marked if one.start <= place <= one.end), None)
        return found.check if found and telling(found.check) else None

    def step(self, by: int) -> MarkedSentence | None:
        """Select the next flagged sentence, or the one before; after the last comes the first."""
        found = self.flagged
        if not found:
            return None
        first = 0 if by > 0 else -1
        self._at = (first if self._at is None else self._at + by) % len(found)
        chosen = found[self._at]
        self._text.setTextCursor(self._cursor(chosen))
        return chosen

    def place_of(self, one: MarkedSentence) -> QRect:
        """Return where a sentence begins, in the viewport."""
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(one.start)
        return self._text.cursorRect(cursor)

    def _cursor(self, one: MarkedSentence) -> QTextCursor:
        cursor = QTextCursor(self._text.document())
        cursor.setPosition(one.start)
        cursor.setPosition(one.end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _selection(self, one: MarkedSentence) -> QTextEdit.ExtraSelection:
        line, styles = QTextCharFormat(), QTextCharFormat.UnderlineStyle
        missing = not_found(one.check)
        line.setUnderlineStyle(styles.WaveUnderline if missing else styles.DotLine)
        colours = theme.present()
        line.setUnderlineColor(QColor(colours.warning if missing else colours.muted))
        made = QTextEdit.ExtraSelection()
        # the attributes of this class are there, and its stub has none
        made.cursor, made.format = self._cursor(one), line  # type: ignore[attr-defined,unused-ignore]
        return made


def not_found(check: SentenceCheck) -> bool:
    """Whether a sentence says what no passage says, and was not allowed to."""
    general = check.reason.ground is Ground.GENERAL
    return check.verdict is SentenceVerdict.NOT_FOUND and flagged(check) and not general


def telling(check: SentenceCheck) -> bool:
    """Whether there is something to be told of a sentence that is looked at."""
    return flagged(check) or check.reason.ground in _TOLD_WHERE_SUPPORTED


def check_words(check: SentenceCheck) -> str:
    """Return verdict and reason on one line."""
    translate = QCoreApplication.translate
    verdict, reason = check.verdict, check.reason
    return f"{verdict_words(verdict, translate)}. {reason_words(reason, translate)}"


def check_tip(check: SentenceCheck) -> Tip:
    """Return verdict and reason as a tooltip."""
    translate = QCoreApplication.translate
    verdict, reason = check.verdict, check.reason
    return tip(reason_words(reason, translate), head=verdict_words(verdict, translate))


def _placed(checks: Sequence[SentenceCheck], document: QTextDocument) -> Iterator[MarkedSentence]:
    """Find sentences of Markdown in what was made of it: the letters of both are the same."""
    letters, places, ends = [], [], []
    for letter, place in _letters(document):
        letters.append(letter)
        places.append(place)
        ends.append(place + (2 if ord(letter) >= _TWO_UNITS else 1))
    text, begin = "".join(letters), 0
    for check in checks:
        wanted = _letters_of(check.sentence)
        at = text.find(wanted, begin)
        at = text.find(wanted) if at < 0 else at
        if not wanted or at < 0:
            continue
        begin = at + len(wanted)
        yield MarkedSentence(check, places[at], ends[begin - 1])


def _letters(document: QTextDocument) -> Iterator[tuple[str, int]]:
    """Yield letters and digits with their places; those of marks are none."""
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            place = piece.position()
            if markdown.place_of(piece.charFormat().anchorHref()) is None:
                text = piece.text()
                taken = places_of_marks(text)
                for at, sign in enumerate(text):
                    if sign.isalnum() and at not in taken:
                        yield sign, place
                    place += 2 if ord(sign) >= _TWO_UNITS else 1
            pieces += 1
        block = block.next()


def _letters_of(sentence: str) -> str:
    """Return the letters and digits of a sentence without its marks."""
    every = frozenset(cited(sentence))
    plain = html.unescape(without_marks(sentence, every))
    return "".join(sign for sign in plain if sign.isalnum())
