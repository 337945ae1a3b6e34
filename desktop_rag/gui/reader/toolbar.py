"""The row above the pages: where the reader is, how large pages are, and finding."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.buttons import ShortLabel
from desktop_rag.gui.widgets.plain_label import PlainLabel
from desktop_rag.gui.widgets.text import short_tip

_LABEL_SIGNS = 6  # that the field of the page label has room for


class DocumentTools(QWidget):
    """Title, page label, zoom and find.

    Signals:
        page_requested: somebody typed which page to read, from 0.
        zoom_in_requested: larger.
        zoom_out_requested: smaller.
        fit_requested: pages as wide as the view.
        actual_requested: pages as large as on paper.
        find_requested: the find bar.
    """

    page_requested = Signal(int)
    zoom_in_requested = Signal()
    zoom_out_requested = Signal()
    fit_requested = Signal()
    actual_requested = Signal()
    find_requested = Signal()

    _icons: tuple[tuple[QToolButton, str], ...] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._page = 0
        self._title = ShortLabel("heading")
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Page"))
        self.field.setToolTip(self.tr("Go to a page: type its label or number"))
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setMaxLength(20)
        self.field.setFixedWidth(
            self.field.fontMetrics().averageCharWidth() * _LABEL_SIGNS + tokens.SPACE_XL
        )
        self.field.returnPressed.connect(self._on_typed)
        self.field.editingFinished.connect(self._restore)
        self._count = PlainLabel()
        self._count.setProperty("role", "muted")
        self._out = _button(self.tr("Zoom out (Ctrl+−)"))
        self._in = _button(self.tr("Zoom in (Ctrl++)"))
        self.fit = _button(self.tr("Fit width (Ctrl+0)"))
        self.fit.setCheckable(True)
        self._zoom = QToolButton()
        self._zoom.setToolTip(self.tr("Show pages as large as on paper"))
        self._find = _button(self.tr("Find in document (Ctrl+F)"))
        self._out.clicked.connect(self.zoom_out_requested)
        self._in.clicked.connect(self.zoom_in_requested)
        self.fit.clicked.connect(self.fit_requested)
        self._zoom.clicked.connect(self.actual_requested)
        self._find.clicked.connect(self.find_requested)
        self._lay_out()
        self._icons = (
            (self._out, "zoom-out"),
            (self._in, "zoom-in"),
            (self.fit, "fit-width"),
            (self._find, "search"),
        )
        self._dress()
        self.show_zoom(1.0, fitted=True)

    def show_title(self, title: str) -> None:
        """Show which document this is."""
        self._title.show_text(title, Qt.TextElideMode.ElideMiddle)

    def show_labels(self, labels: Sequence[str]) -> None:
        """Show how many pages there are; without any there is nothing to do here."""
        self._labels = tuple(labels)
        self._page = 0
        self._tools.setVisible(bool(labels))
        self._count.setText("/ " + self.locale().toString(len(labels)))
        self._restore()

    def show_page(self, page: int) -> None:
        """Show which page is being read."""
        self._page = page
        if not self.field.hasFocus():
            self._restore()

    def show_zoom(self, zoom: float, *, fitted: bool) -> None:
        """Show how large pages are."""
        text = self.tr("{percent} %").format(percent=round(zoom * 100))
        self._zoom.setText(text)
        self._zoom.setAccessibleName(self.tr("Zoom: {percent}").format(percent=text))
        self.fit.setChecked(fitted)

    def _on_typed(self) -> None:
        page = page_named(self.field.text(), self._labels)
        if page is not None:
            self._page = page
            self.page_requested.emit(page)
        self._restore()
        self.field.selectAll()

    def _restore(self) -> None:
        labels = self._labels
        self.field.setText(labels[self._page] if 0 <= self._page < len(labels) else "")

    def _lay_out(self) -> None:
        self._tools = QWidget()
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_XS)
        row.addWidget(self.field)
        row.addWidget(self._count)
        row.addStretch(1)
        for widget in (self._out, self._zoom, self._in, self.fit, self._find):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_M, tokens.SPACE_S, tokens.SPACE_S, tokens.SPACE_S)
        column.setSpacing(tokens.SPACE_XS)
        column.addWidget(self._title)
        column.addWidget(self._tools)

    def _dress(self) -> None:
        for button, icon in self._icons:
            button.setIcon(theme.icon(icon))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Wear the colours of the theme at present."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._dress()


def page_named(text: str, labels: Sequence[str]) -> int | None:
    """Return the page of this printed label, or else of this number from 1."""
    wanted = text.strip().casefold()
    for page, label in enumerate(labels):
        if wanted and label.casefold() == wanted:
            return page
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(labels):
        return int(wanted) - 1
    return None


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(short_tip(name))
    return button
