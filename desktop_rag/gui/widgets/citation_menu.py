"""The styles that something can be copied in as a citation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_rag.domain.citations.writing import CitationStyle
from desktop_rag.gui.look import theme


class CitationMenu(QMenu):
    """APA, ISO 690 and BibTeX.

    Signals:
        chosen: the `CitationStyle`.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Copy as citation"))
        self.setIcon(theme.icon("quote"))
        names = {
            CitationStyle.APA: self.tr("APA"),
            CitationStyle.ISO_690: self.tr("ISO 690"),
            CitationStyle.BIBTEX: self.tr("BibTeX"),
        }
        for style, name in names.items():
            self.addAction(name).triggered.connect(
                lambda _checked=False, style=style: self.chosen.emit(style)
            )
