"""The open document: its pages are drawn, its citations lit, its words found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DocumentMissing, RagError, WorkerDied
from desktop_rag.domain.pages import Drawn, FoundOnPage, Opened, PageWords
from desktop_rag.gui.chat_values import Source
from desktop_rag.gui.document_pane import DocumentPane, Shown
from desktop_rag.gui.line import Job, Line
from desktop_rag.gui.session import Session, words_for
from desktop_rag.library import documents
from desktop_rag.workers.commands_drawing import Draw, Find, Open, Words


class PageDesk(QObject):
    """Connects the document pane with the drawing process.

    Signals:
        opened: this document (`DocumentId`, title) is shown.
        brought: the pane has something to show, and wants to be seen.
        relocation_requested: the person wants to say where a document's file is now.
    """

    opened = Signal(object, str)
    brought = Signal()
    relocation_requested = Signal(object)

    def __init__(self, session: Session, drawing: Line, pane: DocumentPane) -> None:
        super().__init__(session)
        self._session = session
        self._drawing = drawing
        self._pane = pane
        self._shown: Shown | None = None
        self._passage = ""
        self._finding: Job | None = None
        self._reopened = False
        self._bad: set[tuple[DocumentId, int]] = set()  # pages that end the drawing process
        pane.pages_requested.connect(self._on_pages_requested)
        pane.page_requested.connect(self._on_page_requested)
        pane.words_requested.connect(self._on_words_requested)
        pane.find_requested.connect(self._on_find_requested)
        pane.relocation_requested.connect(self.relocation_requested)

    def open(
        self, document: DocumentId, title: str, path: Path | None = None, passage: str = ""
    ) -> None:
        """Show a document; without a path, from wherever a library has it.

        Where its file has gone, the `passage` that was looked for is shown.
        """
        self.brought.emit()
        self._passage = passage
        if self._shown and self._shown.document == document and not self._shown.gone:
            self.opened.emit(document, title)
            return
        found = path or documents.paths_of(self._session.db, [document]).get(document)
        gone = found is None or not found.is_file()
        self._shown = Shown(document, title, found, gone)
        self._reopened = False
        self._pane.open(self._shown)
        if gone:
            self._pane.show_missing(title, self._passage)
        self.opened.emit(document, title)

    def open_source(self, source: Source) -> None:
        """Show the page that a passage stands on, with its words lit."""
        if self._shown and self._shown.path and not self._shown.path.is_file():
            self._shown = None  # it has gone since
        self.open(source.document, source.title, passage=source.snippet)
        if self._shown and not self._shown.gone:
            self._pane.light(source.page, source.boxes)

    def _on_pages_requested(self, shown: Shown) -> None:
        def failed(error: RagError | None, details: str) -> None:
            if self._shown and self._shown.document == shown.document:
                self._on_open_failed(error, details)

        self._ask(Open(shown.document, shown.path), self._on_opened, failed)

    def _on_page_requested(self, page: int, width: int) -> None:
        shown = self._shown
        if shown is None:
            return
        if (shown.document, page) in self._bad:
            blank = Drawn(shown.document, page, 0, 0, 0, b"")
            QTimer.singleShot(0, self, lambda: self._pane.set_page(blank))
            return

        def failed(error: RagError | None, _details: str) -> None:
            if isinstance(error, WorkerDied):
                self._bad.add((shown.document, page))
            if not self._opened_again(error):
                self._pane.set_page(Drawn(shown.document, page, 0, 0, 0, b""))  # none to be had

        self._ask(Draw(shown.document, page, width), self._on_drawn, failed)

    def _on_words_requested(self, page: int) -> None:
        if self._shown:
            self._ask(Words(self._shown.document, page), self._on_words, self._on_unneeded)

    def _on_find_requested(self, text: str) -> None:
        self._drawing.drop(self._finding)
        self._finding = None
        if self._shown and text.strip():
            end = self._pane.end_find
            command = Find(self._shown.document, text)
            self._finding = self._drawing.ask(
                Job(command, self._on_found_page, end, lambda _error, _details: end())
            )

    def _opened_again(self, error: RagError | None) -> bool:
        """Have a new process open the document that the old one had open, once."""
        lost = isinstance(error, WorkerDied | DocumentMissing)
        there = bool(self._shown and self._shown.path and self._shown.path.is_file())
        if not lost or not there or self._reopened:
            return False
        self._reopened = True
        self._pane.reopen()
        return True

    def _ask(
        self,
        command: object,
        step: Callable[[object], None],
        failed: Callable[[RagError | None, str], None],
    ) -> None:
        self._drawing.ask(Job(command, step=step, failed=failed))

    def _on_opened(self, value: object) -> None:
        if isinstance(value, Opened) and self._shown and value.document == self._shown.document:
            self._pane.set_pages(value)

    def _on_drawn(self, value: object) -> None:
        if isinstance(value, Drawn):
            self._reopened = False
            self._pane.set_page(value)

    def _on_words(self, value: object) -> None:
        if isinstance(value, PageWords):
            self._pane.set_words(value)

    def _on_found_page(self, value: object) -> None:
        if isinstance(value, FoundOnPage):
            self._pane.add_found(value)

    def _on_open_failed(self, error: RagError | None, _details: str) -> None:
        if self._shown is None:
            return
        if isinstance(error, DocumentMissing):
            self._shown = replace(self._shown, gone=True)
            self._pane.open(self._shown)
            self._pane.show_missing(self._shown.title, self._passage)
        else:
            self._pane.show_error(words_for(error))

    def _on_unneeded(self, error: RagError | None, _details: str) -> None:
        """Do without: a page is shown, only its words cannot be selected."""
        self._opened_again(error)
