"""What is said without being asked: an offer to undo, a calm hint, a place to drop files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QEnterEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import REPAINTING, IconButton, ShortLabel, TextButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain, short_tip

UNDO_SECONDS = 10.0
_LISTENING = 6  # times as long for who has it read out
DASHES = [4.0, 3.0]  # in widths of the line
VEIL = 235  # of 255: what lies under the overlay can still be guessed


def _fill(bar: QFrame, *widgets: QWidget) -> None:
    """Put widgets beside each other, the first one taking the room that is left."""
    bar.setProperty("role", "banner")
    row = QHBoxLayout(bar)
    row.setContentsMargins(tokens.SPACE_M, tokens.SPACE_XS, tokens.SPACE_XS, tokens.SPACE_XS)
    row.setSpacing(tokens.SPACE_XS)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 0 if place else 1)


class UndoBar(QFrame):
    """Says what was just removed, and offers to take it back for a while.

    The time stands still while the pointer or the keyboard is on the bar. The key
    that undoes elsewhere undoes here, too, unless what is being written has it.

    Signals:
        undone: of the token of an offer that was taken.
        expired: of the token of an offer that no longer stands.
    """

    undone = Signal(object)
    expired = Signal(object)

    def __init__(self, parent: QWidget | None = None, seconds: float = UNDO_SECONDS) -> None:
        super().__init__(parent)
        self._offers: list[object] = []  # one at the most; any object may be a token
        self._seconds = seconds
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.withdraw)
        self.label = ShortLabel()
        self.undo = TextButton("undo", self.tr("Undo"), "link")
        self.dismiss = IconButton("close", self.tr("Dismiss"))
        self.undo.clicked.connect(self.take)
        self._key = QKeySequence(QKeySequence.StandardKey.Undo)
        QShortcut(self._key, self).activated.connect(self.take)  # while the bar is shown
        self.dismiss.clicked.connect(self.withdraw)
        for button in (self.undo, self.dismiss):
            button.installEventFilter(self)
        _fill(self, self.label, self.undo, self.dismiss)
        self.hide()

    @property
    def offering(self) -> bool:
        """Return whether there is something to undo."""
        return bool(self._offers)

    def offer(self, text: str, token: object) -> None:
        """Offer to undo what `text` says; an earlier offer no longer stands."""
        self.withdraw()
        self._offers.append(token)
        self.label.show_text(text)
        self.setAccessibleName(plain(text))
        key = self._key.toString(QKeySequence.SequenceFormat.NativeText)
        self.undo.setToolTip(short_tip(self.tr("Undo ({key})").format(key=key)))
        said = self.tr("{what}. {key} undoes it.").format(what=plain(text), key=key)
        announce.say(self, said)
        self._count()
        self.show()

    def take(self) -> None:
        """Undo, as a click on the button does; nothing happens where nothing is offered."""
        self._end(self.undone.emit)

    def withdraw(self) -> None:
        """Let the offer go."""
        self._end(self.expired.emit)

    def _end(self, tell: Callable[[object], None]) -> None:
        if self._offers:
            self._timer.stop()
            self.hide()
            tell(self._offers.pop())

    def _count(self) -> None:
        factor = _LISTENING if QAccessible.isActive() else 1
        self._timer.start(round(self._seconds * factor * 1000))

    def _go_on(self) -> None:
        if self._offers and not self.underMouse():
            self._count()

    # Qt

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop the time while a button has the keyboard."""
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._go_on()
        return super().eventFilter(watched, event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """Stop the time while the pointer is here."""
        super().enterEvent(event)
        self._timer.stop()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Let the time begin anew."""
        super().leaveEvent(event)
        if self._offers and not (self.undo.hasFocus() or self.dismiss.hasFocus()):
            self._count()


class Banner(QFrame):
    """One calm line with something that can be done about it.

    Signals:
        acted: the button was pressed; the banner stays until it is told to go.
        dismissed: the person has read it; it is hidden.
    """

    acted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = plain_label()
        self.action = TextButton("", "", "link")
        self.later = TextButton("", self.tr("Later"), "link")
        self.dismiss = IconButton("close", self.tr("Dismiss"))
        self.action.clicked.connect(self.acted)
        for button in (self.later, self.dismiss):
            button.clicked.connect(self._on_dismiss_clicked)
        _fill(self, self.label, self.action, self.later, self.dismiss)
        self.hide()

    def announce(
        self, text: str, action: str = "", *, waits: bool = False, refusal: str = ""
    ) -> None:
        """Show a line, and a button if it has a word; what `waits` can be done later.

        A `refusal` is the word of the button that dismisses it, where it can be done now or never.
        """
        self.label.setText(plain(text))
        self.setAccessibleName(plain(text))
        self.action.setText(plain(action))
        self.action.setVisible(bool(action))
        self.later.setText(refusal or self.tr("Later"))
        self.later.setVisible(waits or bool(refusal))
        self.dismiss.setVisible(not (waits or refusal))
        self.show()
        announce.say(self, plain(text))

    def _on_dismiss_clicked(self) -> None:
        self.hide()
        self.dismissed.emit()


class DropOverlay(QWidget):
    """Covers its parent while files are dragged over it, and says what dropping them does.

    It takes no drop itself: the window below does.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        parent.installEventFilter(self)
        self.hide()

    def cover(self, library: str) -> None:
        """Show that files can be dropped into this library; a name of nothing names none."""
        if library:
            text = self.tr("Drop documents to add them to {library}").format(library=plain(library))
        else:
            text = self.tr("Drop documents to add them")
        self.cover_with(text)

    def cover_with(self, text: str) -> None:
        """Show what dropping does that is being dragged."""
        self._text = text
        self.setAccessibleName(text)
        self._fit()
        self.raise_()
        self.show()
        self.update()

    def uncover(self) -> None:
        """Show the window again."""
        self.hide()

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    # Qt

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fit()
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Paint anew when the theme changes."""
        super().changeEvent(event)
        if event.type() in REPAINTING:
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a veil, a dashed border and the words."""
        colours = theme.present()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colours.background)
        veil.setAlpha(VEIL)
        painter.fillRect(self.rect(), veil)
        pen = QPen(QColor(colours.accent), tokens.HAIR * 2)
        pen.setDashPattern(DASHES)
        painter.setPen(pen)
        inner = QRectF(self.rect()).adjusted(*[tokens.SPACE_M] * 2, *[-tokens.SPACE_M] * 2)
        painter.drawRoundedRect(inner, tokens.CARD_RADIUS, tokens.CARD_RADIUS)
        self._paint_words(painter, inner)

    def _paint_words(self, painter: QPainter, inner: QRectF) -> None:
        font = self.font()
        font.setPixelSize(tokens.TEXT_TITLE)
        painter.setFont(font)
        painter.setPen(QColor(theme.present().text))
        side = tokens.SPACE_XXL
        middle = inner.center()
        theme.icon("add", "accent").paint(
            painter,
            QRectF(middle.x() - side / 2, middle.y() - side - tokens.SPACE_S, side, side).toRect(),
        )
        words = inner.adjusted(tokens.SPACE_M, inner.height() / 2, -tokens.SPACE_M, 0)
        wrapped = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(words, int(wrapped) | int(Qt.TextFlag.TextWordWrap), self._text)
