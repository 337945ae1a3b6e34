"""Tables of the open library: made, chosen, taken away and deleted as a person wishes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

from desktop_rag.domain.errors import RagError
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.tables.cells_presenter import CellsPresenter
from desktop_rag.gui.tables.filling_presenter import FillingPresenter
from desktop_rag.gui.tables.questions_dialog import QuestionsDialog
from desktop_rag.gui.tables.table_filler import TableFiller
from desktop_rag.gui.tables.table_page import TablePage
from desktop_rag.jobs.tables import table_documents
from desktop_rag.library import tables
from desktop_rag.library.tables import QuestionTable, TableDocument, TableId


class TablesPresenter(QObject):
    """Connects the page of tables with the database and with what fills them.

    Signals:
        brought: the page has a table to show, and wants to be seen.
        listed: the open library has tables, or has none.
        deleted: a table was deleted: words, and what takes it back.
        exported: the `TableContents` to be written into a file.
    """

    brought = Signal()
    listed = Signal(bool)
    deleted = Signal(str, object)
    exported = Signal(object)

    def __init__(self, session: Session, filler: TableFiller, page: TablePage) -> None:
        super().__init__(session)
        self._session = session
        self._page = page
        self.shown = CellsPresenter(session, page)
        self.filling = FillingPresenter(session, filler, self.shown, page)
        session.library_changed.connect(self.refresh)
        page.chosen.connect(lambda id_: self.show(TableId(id_)))
        page.new_requested.connect(lambda: self.new(()))
        page.export_requested.connect(self._on_export_requested)
        page.deletion_requested.connect(self._on_deletion_requested)

    def refresh(self) -> None:
        """Show the tables of the open library, the newest first."""
        known = [one.id for one in self._known()]
        first = known[0] if known else None
        self.show(self.shown.id if self.shown.id in known else first)
        self.filling.mind_deletions()

    def show(self, table: TableId | None) -> None:
        """Show a table, or none."""
        known = self._known()
        self._page.set_tables([(one.id, one.title) for one in known], table)
        self.listed.emit(bool(known))
        self.shown.show(table)
        self.filling.show_asked()
        self.filling.show_progress()

    def new(self, chosen: Sequence[TableDocument]) -> None:
        """Ask for the questions of a table of these documents; of all, where there are none."""
        library = self._session.library
        if library is None:
            return
        asked = list(chosen) or table_documents(self._session.db, library)
        if not asked:
            self._session.troubled.emit(self.tr("Add documents first, to ask them something."))
            return
        model = self._session.model
        dialog = QuestionsDialog(len(asked), model.name if model else "", self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(lambda questions: self.make(asked, questions))
        dialog.open()

    def make(self, asked: Sequence[TableDocument], questions: Sequence[str]) -> None:
        """Make a table, show it, and have it filled."""
        library, model = self._session.library, self._session.model
        if library is None:
            return
        db = self._session.db
        try:
            made = tables.create(db, library, questions, model.name if model else "")
            tables.add_lines(db, made.id, asked)
        except RagError as error:
            self._session.troubled.emit(words_for(error))
            return
        self.show(made.id)
        self.brought.emit()
        self.filling.go_on()

    def _known(self) -> list[QuestionTable]:
        library = self._session.library
        return [] if library is None else tables.listed(self._session.db, library)

    def _on_export_requested(self) -> None:
        if contents := self.shown.contents():
            self.exported.emit(contents)

    def _on_deletion_requested(self) -> None:
        table = self.shown.id
        if table is None:
            return
        self.filling.leave(table)
        gone = tables.delete(self._session.db, table)
        self.refresh()
        if gone is None:
            return

        def undo() -> None:
            back = tables.restore(self._session.db, gone)
            if back is not None:
                self.show(back)
                self.filling.go_on()

        self.deleted.emit(self.tr("Table deleted"), undo)
