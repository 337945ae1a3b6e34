"""What the model saw: the exact prompt of an answer, and its size."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.gui.chat.answer_view import left_out
from desktop_rag.gui.chat.values import Statistics
from desktop_rag.gui.chat.word_choices import WordChoices
from desktop_rag.gui.look import theme, tokens


class PromptDialog(QDialog):
    """Shows a prompt letter by letter, to be read and copied."""

    def __init__(self, statistics: Statistics, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = statistics.prompt
        self.setWindowTitle(self.tr("What the model saw"))
        self.resize(720, 560)
        layout = QVBoxLayout(self)
        margin = tokens.SPACE_L
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(tokens.SPACE_M)
        layout.addLayout(self._counts(statistics))
        pages = QTabWidget(self)
        pages.setAccessibleName(self.windowTitle())
        pages.addTab(self._text(), self.tr("Prompt"))
        pages.addTab(WordChoices(statistics.written), self.tr("Word by word"))
        layout.addWidget(pages, 1)
        layout.addLayout(self._buttons())

    def _counts(self, statistics: Statistics) -> QFormLayout:
        locale = QLocale()
        read = self.tr("{count} tokens, {cached} of them remembered from before").format(
            count=locale.toString(statistics.prompt_tokens),
            cached=locale.toString(statistics.cached_tokens),
        )
        wrote = self.tr("{count} tokens, {speed} per second").format(
            count=locale.toString(statistics.answer_tokens),
            speed=locale.toString(statistics.decode_tps, "f", 1),
        )
        took = self.tr("{seconds} s").format(seconds=locale.toString(statistics.seconds, "f", 1))
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.SPACE_L)
        form.setVerticalSpacing(tokens.SPACE_XS)
        rows = [(self.tr("Read"), read), (self.tr("Written"), wrote), (self.tr("Time"), took)]
        if words := left_out(statistics.left_out):
            rows.append((self.tr("Left out"), words))
        for name, words in rows:
            title, value = QLabel(name, self), QLabel(words, self)
            title.setProperty("role", "muted")
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            form.addRow(title, value)
        return form

    def _text(self) -> QPlainTextEdit:
        box = QPlainTextEdit(self)
        box.setReadOnly(True)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        box.setStyleSheet(
            f"QPlainTextEdit {{ font-family: '{fixed}'; font-size: {tokens.TEXT_SMALL}px; }}"
        )
        box.setPlainText(self._prompt or self.tr("The prompt of this answer was not kept."))
        box.setAccessibleName(self.tr("Prompt"))
        flags = Qt.TextInteractionFlag
        box.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        return box

    def _buttons(self) -> QHBoxLayout:
        copy = QPushButton(theme.icon("copy"), self.tr("Copy the prompt"), self)
        copy.setEnabled(bool(self._prompt))
        copy.clicked.connect(self._on_copy)
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_S)
        row.addWidget(copy)
        row.addStretch()
        row.addWidget(close)
        return row

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._prompt)
