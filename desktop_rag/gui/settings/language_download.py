"""Getting the data of one more language: which one, how far it has come, and giving it up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCollator, QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_rag.domain import languages
from desktop_rag.gui.look import tokens
from desktop_rag.gui.settings.language_names import language_name
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain
from desktop_rag.gui.widgets.wheel_guard import WheelGuard

LANGUAGE_WIDTH = 12 * tokens.SPACE_L
_STEPS = 1000  # of the bar


class LanguageDownload(QWidget):
    """The languages that Tesseract knows and that there is no data for, one of them coming.

    Signals:
        requested: the data of this language, by Tesseract's name, is wanted.
        cancelled: what is coming is not wanted any more.
    """

    requested = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coming = ""
        self._lacking: list[str] = []  # of those that are wanted
        self.others = QComboBox()
        self.others.setAccessibleName(self.tr("Language to get data for"))
        self.others.setPlaceholderText(self.tr("Another language…"))
        self.others.setFixedWidth(LANGUAGE_WIDTH)
        self.others.setMinimumContentsLength(1)
        self.others.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )  # to measure the names, fonts for all of their scripts would be loaded
        self._guard = WheelGuard(self)
        self._guard.guard(self.others)
        self.get = TextButton("download", self.tr("Get data"))
        self.doing = plain_label("", "small", wraps=False)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(LANGUAGE_WIDTH)
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the language data"))
        self.cancel = TextButton("", self.tr("Cancel"), "link")
        self.problem = plain_label("", "danger")
        for button in (self.get, self.cancel):
            button.setAutoDefault(False)
        self.get.clicked.connect(lambda: self.requested.emit(str(self.others.currentData())))
        self.others.currentIndexChanged.connect(self._reflect)
        self.cancel.clicked.connect(self.cancelled)
        self._lay_out()
        self.show_problem("")

    def set_languages(self, found: Sequence[str], wanted: Iterable[str]) -> None:
        """Offer all but those that are there; the first that is wanted, if it was not before."""
        order = QCollator(QLocale())
        left = [code for code in languages.KNOWN if code not in found]
        left.sort(key=lambda code: order.sortKey(language_name(code)))
        chosen = self.others.currentData()
        lacking = [code for code in wanted if code in left]
        if lacking and lacking != self._lacking:
            chosen = lacking[0]
        self._lacking = lacking
        with QSignalBlocker(self.others):
            self.others.clear()
            for code in left:
                self.others.addItem(language_name(code), code)
            self.others.setCurrentIndex(self.others.findData(chosen) if chosen else -1)
        self._reflect()

    def show_coming(self, language: str, done: int, size: int) -> None:
        """Show how much has come of a language; of none, ask for one again."""
        began = bool(language) and not self._coming
        focused = self.cancel.hasFocus() or self.get.hasFocus()
        self._coming = language
        if language:
            self.problem.hide()
            words = self.tr("{language}: {done} of {size}") if size else self.tr("{language}…")
            name = language_name(language)
            self.doing.setText(
                words.format(language=name, done=_megabytes(done), size=_megabytes(size))
            )
            self.bar.setValue(round(_STEPS * done / size) if size else 0)
        self._reflect()
        if focused:
            (self.cancel if language else self.get).setFocus()
        if began:
            announce.say(
                self, self.tr("Getting {language}").format(language=language_name(language))
            )

    def show_problem(self, words: str) -> None:
        """Say why what was wanted has not come; nothing, if it has."""
        self.show_coming("", 0, 0)
        self.problem.setText(plain(words))
        self.problem.setVisible(bool(words))
        announce.say(self, words, urgent=True)

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(tokens.SPACE_S)
        choice.addWidget(self.others)
        choice.addWidget(self.get)
        choice.addStretch(1)
        state = QHBoxLayout()
        state.setSpacing(tokens.SPACE_S)
        state.addWidget(self.doing)
        state.addWidget(self.cancel)
        state.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addLayout(choice)
        column.addLayout(state)
        column.addWidget(self.bar)
        column.addWidget(self.problem)

    def _reflect(self) -> None:
        coming = bool(self._coming)
        choosing = not coming and self.others.count() > 0
        self.get.setEnabled(self.others.currentIndex() >= 0)
        progress: tuple[QWidget, ...] = (self.doing, self.cancel, self.bar)
        choice: tuple[QWidget, ...] = (self.others, self.get)
        for widget in progress:
            widget.setVisible(coming)
        for widget in choice:
            widget.setVisible(choosing)


def _megabytes(size: int) -> str:
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
