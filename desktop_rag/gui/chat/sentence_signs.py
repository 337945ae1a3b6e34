"""Signs in the margin beside the sentences of an answer that no passage bears out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget
from typing_extensions import override

from desktop_rag.gui.chat.answer_text import AnswerText
from desktop_rag.gui.chat.sentence_marks import MarkedSentence, check_tip, not_found
from desktop_rag.gui.look import theme, tokens

GUTTER = tokens.SPACE_L
_SIGN = tokens.TEXT_SMALL


class SentenceSigns(QWidget):
    """Stands to the left of a text, as tall as it is; nothing of the text can be drawn here."""

    def __init__(self, text: AnswerText, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        text.installEventFilter(self)

    def places(self) -> list[tuple[QRect, MarkedSentence]]:
        """Return where each sign stands; one line has one."""
        found: dict[int, tuple[QRect, MarkedSentence]] = {}
        for one in self._text.sentences.flagged:
            line = self._text.sentences.place_of(one)
            if not_found(one.check):
                top = line.top() + (line.height() - _SIGN) // 2
                found.setdefault(top, (QRect(0, top, _SIGN, _SIGN), one))
        return list(found.values())

    # Qt

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the text wherever it goes."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
            left = self._text.x() - GUTTER
            self.setGeometry(left, self._text.y(), GUTTER, self._text.height())
            self.update()
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = event.pos()
            near = [one for where, one in self.places() if where.top() <= at.y() <= where.bottom()]
            QToolTip.showText(event.globalPos(), check_tip(near[0].check) if near else "", self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for where, _one in self.places():
            theme.icon("warning", "warning").paint(painter, where)
        painter.end()
