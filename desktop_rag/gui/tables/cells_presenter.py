"""The table that is shown, and its cells: looked at, opened, written by hand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop_rag.domain.errors import RagError
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.tables.cell_values import detail_of, source_of_quote, value_of
from desktop_rag.gui.tables.table_page import TablePage
from desktop_rag.gui.tables.values import CellKind, CellValue, LineValue, TableValue
from desktop_rag.jobs import cell_records
from desktop_rag.library import documents, tables
from desktop_rag.library.tables import CellPlace, CellState, QuestionTable, TableId, TableLine
from desktop_rag.notices.tables import TableContents


class CellsPresenter(QObject):
    """Connects the cells of the page with those of the database.

    Signals:
        opened: a `Source` is to be shown on its page.
        changed: a cell was written by hand, or that was taken back.
        again_requested: a cell (`CellPlace`) is to be asked again.
    """

    opened = Signal(object)
    changed = Signal()
    again_requested = Signal(object)

    def __init__(self, session: Session, page: TablePage) -> None:
        super().__init__(session)
        self._session = session
        self._page = page
        self.table: QuestionTable | None = None
        self._lines: dict[int, TableLine] = {}
        self._states: dict[CellPlace, CellState] = {}
        self._looked_at: CellPlace | None = None
        page.answers.edited.connect(lambda *at: self._edit(CellPlace(*at[:2]), at[2]))
        page.grid.opened.connect(self._on_opened)
        page.grid.looked_at.connect(self._on_looked_at)
        page.detail.quote_opened.connect(self.opened)
        page.detail.undo_requested.connect(self._on_undo_requested)
        page.detail.again_requested.connect(self._on_again_requested)

    @property
    def id(self) -> TableId | None:
        """The table that is shown."""
        return self.table.id if self.table else None

    @property
    def total(self) -> int:
        """How many cells it has, asked or not."""
        return len(self._lines) * len(self.table.questions) if self.table else 0

    @property
    def done(self) -> int:
        """How many of them were asked."""
        return len(self._states)

    @property
    def failed(self) -> list[CellPlace]:
        """The cells that could not be asked."""
        return [at for at, state in self._states.items() if state is CellState.FAILED]

    def show(self, table: TableId | None) -> None:
        """Show a table, or none."""
        db = self._session.db
        self.table = found = tables.find(db, table) if table is not None else None
        self._looked_at = None
        if found is None:
            self._lines, self._states = {}, {}
            self._page.show_table(None, {})
            return
        self._lines = {one.line: one for one in tables.lines(db, found.id)}
        cells = tables.cells(db, found.id)
        self._states = {cell.at: cell.draft.state for cell in cells}
        lines = tuple(LineValue(one.line, one.name) for one in self._lines.values())
        values = {(cell.at.line, cell.at.question): value_of(cell) for cell in cells}
        self._page.show_table(TableValue(found.id, found.title, found.questions, lines), values)

    def renew(self) -> None:
        """Know what the database has of the table itself."""
        if self.table:
            self.table = tables.find(self._session.db, self.table.id)

    def show_asked(self, at: CellPlace) -> None:
        """Show that a cell is being asked."""
        self._page.set_cell(at.line, at.question, CellValue(CellKind.ASKED))

    def show_cell(self, at: CellPlace) -> None:
        """Show a cell as the database has it."""
        if self.table is None:
            return
        cell = tables.cell(self._session.db, self.table.id, at)
        if cell is None:
            self._states.pop(at, None)
        else:
            self._states[at] = cell.draft.state
        self._page.set_cell(at.line, at.question, value_of(cell))
        if at == self._looked_at:
            self._page.show_detail(detail_of(self.table, self._lines[at.line], at, cell))

    def contents(self) -> TableContents | None:
        """Return the table in the order in which it is shown."""
        table, db = self.table, self._session.db
        if table is None:
            return None
        lines = tuple(self._lines[line] for line in self._page.answers.lines)
        found = {cell.at: cell for cell in tables.cells(db, table.id, whole=True)}
        ids = [line.document for line in lines if line.document]
        paths = documents.paths_of(db, ids, table.library)
        return TableContents(table, lines, found, paths)

    def _on_looked_at(self, line: int, question: int) -> None:
        self._looked_at = at = CellPlace(line, question) if line >= 0 else None
        if at is None or self.table is None:
            self._page.show_detail(None)
            return
        cell = tables.cell(self._session.db, self.table.id, at)
        self._page.show_detail(detail_of(self.table, self._lines[line], at, cell))

    def _on_opened(self, line: int, question: int) -> None:
        """Show the page that a cell rests on."""
        if self.table is None:
            return
        cell = tables.cell(self._session.db, self.table.id, CellPlace(line, question))
        quotes = cell_records.restored(cell.draft.payload).quotes if cell else ()
        for quote in quotes[:1]:
            self.opened.emit(source_of_quote(quote, self._lines[line].name))

    def _on_undo_requested(self) -> None:
        if self._looked_at:
            self._edit(self._looked_at, None)

    def _on_again_requested(self) -> None:
        if self._looked_at:
            self.again_requested.emit(self._looked_at)

    def _edit(self, at: CellPlace, text: str | None) -> None:
        if self.table is None:
            return
        try:
            tables.edit(self._session.db, self.table.id, at, text)
        except RagError as error:
            self._session.troubled.emit(words_for(error))
        self.show_cell(at)
        self.changed.emit()
