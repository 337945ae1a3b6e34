"""Why an answer is what it is: what was searched, found, read and checked, and the exact prompt."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.answer import marks
from desktop_rag.domain.unicode_text import inert
from desktop_rag.gui.chat import markdown
from desktop_rag.gui.chat.answer_view import left_out
from desktop_rag.gui.chat.numbering import Elsewhere, cited_in, known_to, numbers_of
from desktop_rag.gui.chat.values import Statistics, TurnValue
from desktop_rag.gui.chat.word_choices import WordChoices
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets.plain_label import PlainLabel, plain_label
from desktop_rag.gui.widgets.text import plain, tip
from desktop_rag.notices.answers import kind_words, reason_words, verdict_words

_LONGEST = 400  # characters of a passage in a tooltip


class WhyDialog(QDialog):
    """Pages on one answer; others can be added to `pages`."""

    def __init__(
        self, value: TurnValue, elsewhere: Elsewhere, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._value = value
        self._numbers = numbers_of(value, elsewhere)
        self._cited = set(cited_in(value.answer, known_to(value, elsewhere).keys()))
        self.setWindowTitle(self.tr("Why this answer"))
        self.resize(720, 560)
        self.pages = QTabWidget(self)
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setDrawBase(False)
        self.pages.setAccessibleName(self.windowTitle())
        self.pages.addTab(self._found(), self.tr("Search"))
        if value.checks:
            self.pages.addTab(self._checked(), self.tr("Sentences"))
        if value.statistics and value.statistics.prompt_tokens:
            self.pages.addTab(PromptPage(value.statistics), self.tr("Prompt"))
        if value.statistics and value.statistics.written:
            self.pages.addTab(WordChoices(value.statistics.written), self.tr("Word by word"))
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        layout = QVBoxLayout(self)
        margin = tokens.SPACE_L
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(tokens.SPACE_M)
        layout.addWidget(self.pages, 1)
        layout.addLayout(row)

    # What was searched and found

    def _found(self) -> QWidget:
        value, translate = self._value, QCoreApplication.translate
        rows = [
            (self.tr("Asked"), value.question),
            (self.tr("Taken for"), kind_words(value.kind, translate)),
        ]
        if value.searched not in {"", value.question}:
            rows.append((self.tr("Searched"), value.searched))
        if value.sufficiency is not None and value.sources:
            rows.append((self.tr("Enough to answer"), self._sure(value.sufficiency)))
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, tokens.SPACE_M, 0, 0)
        layout.setSpacing(tokens.SPACE_M)
        layout.addLayout(facts(rows, page))
        layout.addWidget(self._passages(), 1)
        return page

    def _sure(self, probability: float) -> str:
        words = self.tr("The passages answer this with a probability of {percent} %")
        if self._value.refused:
            words = self.tr("Only with a probability of {percent} %, which is too little")
        return words.format(percent=QLocale().toString(round(100 * probability)))

    def _passages(self) -> QTreeWidget:
        heads = [self.tr("No."), self.tr("Document"), self.tr("Page"), self.tr("Score"), ""]
        heads[-1] = self.tr("What became of it")
        tree = _listed(heads, self.tr("Passages"))
        tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for source in sorted(self._value.sources, key=lambda one: one.number):
            score = "" if source.score is None else QLocale().toString(source.score, "f", 3)
            number = str(self._numbers.get(source.number, ""))
            item = QTreeWidgetItem(
                [number, plain(source.title), source.label, score, self._fate(source)]
            )
            item.setToolTip(1, tip(source.title, source.snippet[:_LONGEST]))
            item.setTextAlignment(3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            tree.addTopLevelItem(item)
        for column in (0, 2, 3, 4):
            tree.resizeColumnToContents(column)
        return tree

    def _fate(self, source: Source) -> str:
        """Return what became of a passage that was found."""
        quoted = source.number in {quote.number for quote in self._value.quotes}
        read = self._value.read
        if read is not None and source.number not in read:
            return self.tr("Left out: no room for it")
        if source.number in self._cited and not self._value.quoting:
            return self.tr("Cited")
        if quoted:
            return self.tr("Near") if self._value.refused else self.tr("Quoted")
        if source.number in self._cited:
            return self.tr("Quoted")
        return self.tr("Read, not cited") if read is not None else self.tr("Found, not quoted")

    # What was checked

    def _checked(self) -> QTableWidget:
        translate, checks = QCoreApplication.translate, self._value.checks
        heads = [self.tr("Sentence"), self.tr("Verdict"), self.tr("Because")]
        table = QTableWidget(len(checks), len(heads))
        table.setHorizontalHeaderLabels(heads)
        table.setAccessibleName(self.tr("Sentences"))
        table.setShowGrid(False)
        table.setStyleSheet(
            f"QTableView::item {{ padding: {tokens.SPACE_XS}px {tokens.SPACE_S}px; }}"
        )
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for row, check in enumerate(checks):
            told = (
                plain(markdown.read_out(marks.renumbered(check.sentence, self._numbers))),
                verdict_words(check.verdict, translate),
                reason_words(check.reason, translate),
            )
            for column, words in enumerate(told):
                table.setItem(row, column, QTableWidgetItem(words))
        return table


class PromptPage(QWidget):
    """A prompt letter by letter, to be read and copied, and its size."""

    def __init__(self, statistics: Statistics) -> None:
        super().__init__()
        self._prompt = statistics.prompt
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, tokens.SPACE_M, 0, 0)
        layout.setSpacing(tokens.SPACE_M)
        layout.addLayout(facts(self._counts(statistics), self))
        layout.addWidget(self._text(), 1)
        copy = QPushButton(theme.icon("copy"), self.tr("Copy the prompt"), self)
        copy.setEnabled(bool(self._prompt))
        copy.clicked.connect(self._on_copy)
        layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)

    def _counts(self, statistics: Statistics) -> list[tuple[str, str]]:
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
        rows = [(self.tr("Read"), read), (self.tr("Written"), wrote), (self.tr("Time"), took)]
        if words := left_out(statistics.left_out):
            rows.append((self.tr("Left out"), words))
        return rows

    def _text(self) -> QPlainTextEdit:
        box = QPlainTextEdit(self)
        box.setReadOnly(True)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        box.setStyleSheet(
            f"QPlainTextEdit {{ font-family: '{fixed}'; font-size: {tokens.TEXT_SMALL}px; }}"
        )
        box.setPlainText(inert(self._prompt) or self.tr("The prompt of this answer was not kept."))
        box.setAccessibleName(self.tr("Prompt"))
        flags = Qt.TextInteractionFlag
        box.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        return box

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._prompt)


def facts(rows: list[tuple[str, str]], parent: QWidget) -> QFormLayout:
    """Return names of facts, each with what there is to say."""
    form = QFormLayout()
    form.setHorizontalSpacing(tokens.SPACE_L)
    form.setVerticalSpacing(tokens.SPACE_XS)
    for name, words in rows:
        title, value = PlainLabel(name, parent), plain_label(words, "", parent)
        title.setProperty("role", "muted")
        form.addRow(title, value)
    return form


def _listed(heads: list[str], name: str) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setHeaderLabels(heads)
    tree.setAccessibleName(name)
    tree.setRootIsDecorated(False)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    return tree
