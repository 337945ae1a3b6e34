"""Bars that show what the sampling settings leave of a next word's candidates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import present
from desktop_rag.gui.sampling.distribution import (
    Candidate,
    Fate,
    TokenFilter,
    always_likeliest,
    fates,
)
from desktop_rag.settings.schema import Sampling

_SHOWN = 12
_SAID = 3
_ROW = tokens.SPACE_XL - tokens.SPACE_XS
_BAR = tokens.SPACE_M
_UNBROKEN = "\N{NO-BREAK SPACE}"
_WORD_SHARE = 0.33  # of the width
_SIGNS = {" ": "␣", "\n": "⏎", "\t": "⇥"}


def shown_token(text: str) -> str:
    """Return a token as people can read it, on one line and without tricks."""
    if text.strip(" ") and text[0] == " ":
        text = text[1:]  # most words begin with their space
    return "".join(_SIGNS.get(sign, sign if sign.isprintable() else "·") for sign in text)


def listed(all_fates: Sequence[Fate], chosen: str | None) -> tuple[Fate, ...]:
    """Return the likeliest few, and the chosen one if it is not among them."""
    shown = list(all_fates[:_SHOWN])
    if chosen is not None and all(fate.text != chosen for fate in shown):
        shown[_SHOWN - 1 :] = [fate for fate in all_fates if fate.text == chosen][:1]
    return tuple(shown)


@dataclass(frozen=True, slots=True)
class _Columns:
    word: QRectF
    bar: QRectF
    number: QRectF


class SamplingChart(QWidget):
    """A row for each candidate: faint what the model thought, strong what comes of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self._chosen: str | None = None
        self._sampling = Sampling()
        self._fates: tuple[Fate, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What the settings leave of the next word"))
        self._renew()

    @property
    def summary(self) -> str:
        """Return in words what the bars show."""
        return self.accessibleDescription()

    def set_candidates(self, candidates: Sequence[Candidate], chosen: str | None) -> None:
        """Show other candidates, one of which may have been chosen."""
        self._candidates, self._chosen = tuple(candidates), chosen
        self._renew()

    def set_sampling(self, sampling: Sampling) -> None:
        """Show what these settings do."""
        self._sampling = sampling
        self._renew()

    def _renew(self) -> None:
        self._fates = fates(self._candidates, self._sampling)
        self._rows = listed(self._fates, self._chosen)
        self.setAccessibleDescription(self._in_words())
        self.updateGeometry()
        self.update()

    def _in_words(self) -> str:
        left = [fate for fate in self._fates if fate.cut is None]
        if not left:
            return self.tr("There are no words to show.")
        if always_likeliest(self._sampling):
            only = self.tr("Always the likeliest word: “{word}”.")
            return only.format(word=shown_token(left[0].text))
        parts = [self.tr("%n of {all} words remain.", "", len(left)).format(all=len(self._fates))]
        word = self.tr("“{word}” {share}")
        likeliest = ", ".join(
            word.format(word=shown_token(fate.text), share=self._percent(fate.after))
            for fate in left[:_SAID]
        )
        parts.append(self.tr("Likeliest: {words}.").format(words=likeliest))
        cuts = Counter(fate.cut for fate in self._fates if fate.cut)
        removed = ", ".join(f"{self._cut_name(cut)} {count}" for cut, count in cuts.items())
        if removed:
            parts.append(self.tr("Removed: {cuts}.").format(cuts=removed))
        return " ".join(parts)

    def _cut_name(self, cut: TokenFilter) -> str:
        match cut:
            case TokenFilter.TOP_K:
                return self.tr("top-k")
            case TokenFilter.TOP_P:
                return self.tr("top-p")
            case TokenFilter.MIN_P:
                return self.tr("min-p")
            case TokenFilter.GREEDY:
                return self.tr("not first")

    def _percent(self, share: float) -> str:
        percent = share * 100
        if 0 < percent < 1:
            return self.tr("< 1 %").replace(" ", _UNBROKEN)
        rounded = self.tr("{number} %").format(number=math.floor(percent + 0.5))
        return rounded.replace(" ", _UNBROKEN)

    def _columns(self, row: int) -> _Columns:
        metrics = self.fontMetrics()
        labels = [self._percent(1.0), *(self._cut_name(cut) for cut in TokenFilter)]
        number = max(metrics.horizontalAdvance(label) for label in labels)
        word = round(self.width() * _WORD_SHARE)
        top, gap = row * _ROW, tokens.SPACE_S
        bar = max(0, self.width() - word - number - 2 * gap)
        return _Columns(
            QRectF(0, top, word, _ROW),
            QRectF(word + gap, top + (_ROW - _BAR) / 2, bar, _BAR),
            QRectF(self.width() - number, top, number, _ROW),
        )

    def _draw_row(self, painter: QPainter, row: int, widest: float) -> None:
        fate, columns, colours = self._rows[row], self._columns(row), present()
        chosen = fate.text == self._chosen
        font = QFont(self.font())
        font.setBold(chosen)
        painter.setFont(font)
        word = shown_token(fate.text) + (" ◂" if chosen else "")
        self._draw_text(painter, columns.word, word, faded=bool(fate.cut))
        _draw_bars(painter, columns.bar, fate, widest)
        painter.setFont(self.font())
        painter.setPen(QColor(colours.muted if fate.cut else colours.text))
        label = self._cut_name(fate.cut) if fate.cut else self._percent(fate.after)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(columns.number, right, label)

    def _draw_text(self, painter: QPainter, place: QRectF, text: str, *, faded: bool) -> None:
        painter.setPen(QColor(present().muted if faded else present().text))
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)

    # Qt

    @override
    def sizeHint(self) -> QSize:
        """Return room for every row."""
        return QSize(12 * _ROW, _ROW * max(1, len(self._rows)))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least that can be read."""
        return QSize(10 * _ROW, self.sizeHint().height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Paint with the colours of the theme there is now."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.update()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one row for each candidate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        widest = max((max(fate.before, fate.after) for fate in self._rows), default=0.0)
        for row in range(len(self._rows)):
            self._draw_row(painter, row, widest or 1.0)
        painter.end()


def _draw_bars(painter: QPainter, place: QRectF, fate: Fate, widest: float) -> None:
    colours, radius = present(), tokens.SPACE_XS / 2
    before = QRectF(place)
    before.setWidth(max(tokens.HAIR * 2, place.width() * fate.before / widest))
    painter.setPen(QPen(QColor(colours.muted if fate.cut else colours.line), tokens.HAIR))
    painter.setBrush(QColor(colours.raised if fate.cut else colours.line))
    painter.drawRoundedRect(before, radius, radius)
    if fate.cut:
        painter.setBrush(QBrush(QColor(colours.muted), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(before, radius, radius)
        return
    inset = tokens.SPACE_XS - tokens.HAIR
    after = place.adjusted(0, inset, 0, -inset)
    after.setWidth(max(tokens.HAIR * 2, place.width() * fate.after / widest))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    painter.drawRoundedRect(after, radius, radius)
