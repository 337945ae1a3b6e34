"""The tooltip of a quotation, to which a translation is added as it comes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QToolTip, QWidget

from desktop_rag.gui.chat.values import TranslationState, TranslationValue
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.text import Tip, joined_tip, noted_tip, tip

_SHOWN_MS = 600_000  # unless it is left: a slow model needs more than Qt gives what is to be read
TRANSLATING_KEY = Qt.Key.Key_T  # on what has the keyboard, it shows the translation


class TranslationTip(QObject):
    """Shows what stands at a place of a widget, and below it what a model makes of it.

    Qt takes a tooltip away as it sees fit; whoever has this says when the pointer or the keyboard
    has left what it belongs to.

    Signals:
        wished: a `Source` whose translation is to be shown here.
        left: nobody looks at it any more.
    """

    wished = Signal(object)
    left = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._source: Source | None = None
        self._place = QPoint()
        self._before = tip()

    @property
    def source(self) -> Source | None:
        """What a translation is wished of, until it is left."""
        return self._source

    def begin(self, source: Source, place: QPoint, before: Tip) -> None:
        """Show `before` at a place of the screen, and wish for a translation."""
        if source == self._source and QToolTip.isVisible():
            return
        self.leave()
        self._source, self._place, self._before = source, place, before
        self._show(tip())
        self.wished.emit(source)

    def show_translation(self, value: TranslationValue) -> None:
        """Show how far the translation is, if it is still wished for; read it out at the end."""
        if value.source != self._source:
            return
        self._show(translated_tip(value))
        if value.state in {TranslationState.DONE, TranslationState.FAILED}:
            announce.say(self._widget, in_words(value))

    def _show(self, translation: Tip) -> None:
        place, widget = self._place, self._widget
        QToolTip.showText(place, joined_tip(self._before, translation), widget, QRect(), _SHOWN_MS)

    def leave(self) -> None:
        """Wish for it no more; what is shown, Qt hides."""
        if self._source is not None:
            self._source = None
            self.left.emit()

    def dismiss(self) -> bool:
        """Take the tooltip away at once; return whether there was one."""
        there = self._source is not None and QToolTip.isVisible()
        if there:
            QToolTip.hideText()
        self.leave()
        return there


def translated_tip(value: TranslationValue) -> Tip:
    """Return a translation as the last paragraphs of a tooltip."""
    return noted_tip(*_parts(value))


def in_words(value: TranslationValue) -> str:
    """Return what a screen reader says of a translation: whose it is comes first."""
    text, note = _parts(value)
    return f"{note}: {text}" if text else note


def _parts(value: TranslationValue) -> tuple[str, str]:
    """Return the translation, and what is to be said of it."""
    translate = QCoreApplication.translate
    match value.state:
        case TranslationState.WAITING:
            return "", translate("Translation", "It is translated once the answer is written.")
        case TranslationState.FAILED:
            words = translate("Translation", "{model} could not translate this.")
            return "", words.format(model=value.translator)
        case TranslationState.COMING | TranslationState.DONE:
            pass
    if not value.text:
        return "", translate("Translation", "Translating…")
    words = translate("Translation", "Translation by {model}, not checked")
    if value.cut:
        words = translate("Translation", "Translation of the beginning by {model}, not checked")
    text = value.text if value.state is TranslationState.DONE else value.text + " …"
    return text, words.format(model=value.translator)
