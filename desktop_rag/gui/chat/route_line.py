"""What a question was taken for, in one line, and a menu to have it answered in another way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from desktop_rag.answer.asking import extent_of
from desktop_rag.domain.answers import AnswerMode, Extent, QuestionKind
from desktop_rag.gui.chat.values import TurnValue, Way
from desktop_rag.gui.look import theme
from desktop_rag.gui.widgets.text import plain

_ASKING = frozenset({QuestionKind.QUESTION, QuestionKind.FOLLOW_UP})
_SAYING = frozenset(
    {QuestionKind.GREETING, QuestionKind.THANKS, QuestionKind.PROGRAM, QuestionKind.UNCLEAR}
)


_COUNTED = frozenset({QuestionKind.LIST, QuestionKind.EXACT})
_WHOLE = frozenset({QuestionKind.SUMMARY, QuestionKind.POINTS, QuestionKind.STUDY})


class RouteLine(QToolButton):
    """Says in which way an answer came about where that is not the plain one.

    Signals:
        way_chosen: the `Way` that was chosen from the menu.
    """

    way_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Have this answered in another way"))
        self.clicked.connect(self._on_clicked)
        self._way = Way(QuestionKind.QUESTION)
        self.writing = False  #: whether there is a language model, which alone can write freely
        self._draw_icon()
        self.hide()

    def show_way(self, value: TurnValue) -> None:
        """Tell what a question was taken for, and how much was read."""
        self._way = _way_of(value)
        words = "" if self._asked(value) else self._words(value)
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def menu_of_ways(self) -> QMenu:
        """Return the menu of all ways, the one that was taken marked."""
        menu = QMenu(self)
        for words, way in self._ways():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(way == self._way)
            action.triggered.connect(lambda _checked, way=way: self.way_chosen.emit(way))
        return menu

    def _ways(self) -> tuple[tuple[str, Way], ...]:
        written = ((self.tr("Written freely"), Way(QuestionKind.WRITING)),) if self.writing else ()
        return (
            (self.tr("Answer"), Way(QuestionKind.QUESTION)),
            (self.tr("Short summary"), Way(QuestionKind.SUMMARY, Extent.SHORT)),
            (self.tr("Summary"), Way(QuestionKind.SUMMARY, Extent.MEDIUM)),
            (self.tr("Long summary"), Way(QuestionKind.SUMMARY, Extent.LONG)),
            (self.tr("Key points"), Way(QuestionKind.POINTS)),
            (self.tr("Study questions"), Way(QuestionKind.STUDY)),
            (self.tr("List of every mention"), Way(QuestionKind.LIST)),
            (self.tr("Comparison"), Way(QuestionKind.COMPARISON)),
            *written,
        )

    def _asked(self, value: TurnValue) -> bool:
        """Whether it was answered as any question, whatever its words sounded like."""
        if value.kind in _ASKING | _SAYING or _quoted_instead(value):
            return True
        if value.chose:
            return False
        counted = value.kind in _COUNTED and not value.counts
        return counted or (value.kind in _WHOLE and not value.coverage.documents)

    def _words(self, value: TurnValue) -> str:
        if value.kind is QuestionKind.COMPARISON and value.coverage.documents:
            count = len(value.coverage.documents)
            words = self.tr("Comparison of %n document(s), {pages}", "", count)
            return words.format(pages=self.tr("%n page(s)", "", value.coverage.pages))
        coverage = value.coverage
        count = len(coverage.documents)
        if value.kind not in _WHOLE or not count:
            return self._kind(value.kind)
        pages = self.tr("%n page(s)", "", coverage.pages)
        title = next((one.title for one in value.sources), "")
        if coverage.beginnings:
            words = self._of_beginnings(value.kind, coverage.among)
        elif count > 1:
            words = self._of_many(value.kind, count)
        elif not title:
            return f"{self._kind(value.kind)}, {pages}"
        else:
            words = self._of_one(value.kind, part=bool(coverage.part))
        return words.format(
            part=plain(coverage.part), title=title, pages=pages, count=QLocale().toString(count)
        )

    def _of_beginnings(self, kind: QuestionKind, among: int) -> str:
        match kind:
            case QuestionKind.POINTS:
                return self.tr(
                    "Key points of the beginnings of {count} of %n document(s)", "", among
                )
            case QuestionKind.STUDY:
                return self.tr(
                    "Study questions on the beginnings of {count} of %n document(s)", "", among
                )
            case _:
                return self.tr("Summary of the beginnings of {count} of %n document(s)", "", among)

    def _of_many(self, kind: QuestionKind, count: int) -> str:
        match kind:
            case QuestionKind.POINTS:
                return self.tr("Key points of %n document(s), {pages}", "", count)
            case QuestionKind.STUDY:
                return self.tr("Study questions on %n document(s), {pages}", "", count)
            case _:
                return self.tr("Summary of %n document(s), {pages}", "", count)

    def _of_one(self, kind: QuestionKind, *, part: bool) -> str:
        match kind:
            case QuestionKind.POINTS if part:
                return self.tr("Key points of “{part}” in {title}, {pages}")
            case QuestionKind.POINTS:
                return self.tr("Key points of {title}, {pages}")
            case QuestionKind.STUDY if part:
                return self.tr("Study questions on “{part}” in {title}, {pages}")
            case QuestionKind.STUDY:
                return self.tr("Study questions on {title}, {pages}")
            case _ if part:
                return self.tr("Summary of “{part}” in {title}, {pages}")
            case _:
                return self.tr("Summary of {title}, {pages}")

    def _kind(self, kind: QuestionKind) -> str:
        return {
            QuestionKind.SUMMARY: self.tr("Summary"),
            QuestionKind.POINTS: self.tr("Key points"),
            QuestionKind.LIST: self.tr("List of every mention"),
            QuestionKind.EXACT: self.tr("Word for word"),
            QuestionKind.COMPARISON: self.tr("Comparison"),
            QuestionKind.STUDY: self.tr("Study questions"),
            QuestionKind.TABLE: self.tr("Table"),
            QuestionKind.WRITING: self.tr("Written freely"),
        }.get(kind, "")

    def _on_clicked(self) -> None:
        self.menu_of_ways().popup(self.mapToGlobal(QPoint(0, self.height())))

    def _draw_icon(self) -> None:
        self.setIcon(theme.icon("chevron-down", "muted"))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()


def _way_of(value: TurnValue) -> Way:
    """Return the way that was taken, as the menu has it."""
    if value.kind is QuestionKind.SUMMARY:
        return Way(value.kind, value.extent or extent_of(value.question))
    if value.kind in _ASKING or _quoted_instead(value):
        return Way(QuestionKind.QUESTION)
    return Way(value.kind)


def _quoted_instead(value: TurnValue) -> bool:
    """Tell whether something was to be written, and nobody was there to write it."""
    written = value.mode in {None, AnswerMode.MODEL}  # None: it is being written
    return value.kind is QuestionKind.WRITING and not written
