"""Which table is being filled, with what, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_rag.answer.turn import Question
from desktop_rag.domain import generation
from desktop_rag.domain.errors import ModelMissing, RagError
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.tables.cells_presenter import CellsPresenter
from desktop_rag.gui.tables.table_filler import TableFiller
from desktop_rag.gui.tables.table_page import TablePage
from desktop_rag.gui.tables.values import FillingState, FillingValue
from desktop_rag.jobs.tables import CellFilled, filling
from desktop_rag.library import exams, models, tables
from desktop_rag.library.tables import CellPlace, QuestionTable, TableId


class FillingPresenter(QObject):
    """Fills one table after the other, the oldest first; a paused one waits until somebody says so.

    What ended a table is told, and it is not tried again by itself.
    """

    def __init__(
        self, session: Session, filler: TableFiller, shown: CellsPresenter, page: TablePage
    ) -> None:
        super().__init__(session)
        self._session = session
        self._filler = filler
        self._shown = shown
        self._page = page
        self._trouble: dict[TableId, str] = {}
        self._asking: CellPlace | None = None
        filler.asking.connect(self._on_asking)
        filler.filled.connect(self._on_filled)
        filler.ended.connect(self._on_ended)
        shown.changed.connect(self.go_on)
        shown.again_requested.connect(self._on_again_requested)
        page.progress.pause_requested.connect(self._on_pause_requested)
        page.progress.resume_requested.connect(self._on_resume_requested)
        page.progress.failed_requested.connect(self._on_failed_requested)

    def set_answering(self, answering: bool) -> None:
        """Give way to an answer that is being made, or go on after it."""
        if answering:
            self._filler.give_way()
            self._leave_asked()
        else:
            self._filler.go_on()
        self.show_progress()

    def stop(self) -> None:
        """Ask nothing more; what was not asked is asked when the program starts again."""
        self._filler.stop()

    def leave(self, table: TableId | None) -> None:
        """Do not fill a table any more that has gone."""
        if table is not None and self._filler.table == table:
            self._filler.stop()
            self._asking = None

    def mind_deletions(self) -> None:
        """Leave the table that is being filled if its library was deleted."""
        filled = self._filler.table
        if filled is not None and tables.find(self._session.db, filled) is None:
            self.leave(filled)
        self.go_on()

    def go_on(self) -> None:
        """Begin with the oldest table that is to be gone on with, if none is being filled."""
        if self._filler.table is None:
            waiting = tables.unfinished(self._session.db)
            for table in [one for one in waiting if one.id not in self._trouble][:1]:
                self._begin(table)
        self.show_progress()

    def show_progress(self) -> None:
        """Show how far the table is that is shown."""
        table = self._shown.table
        if table is None:
            return
        done, total = self._shown.done, self._shown.total
        trouble = self._trouble.get(table.id, "")
        state = self._state(table, trouble)
        running = state is FillingState.RUNNING
        left = self._filler.seconds_left(total - done) if running else None
        failed = len(self._shown.failed)
        self._page.show_progress(FillingValue(state, done, total, failed, left, trouble))

    def show_asked(self) -> None:
        """Show the cell that is being asked where its table has just been shown."""
        table, asked = self._shown.id, self._filler.asked
        if table is not None and table == self._filler.table and asked:
            self._on_asking(table, asked)

    def _begin(self, table: QuestionTable) -> None:
        self._trouble.pop(table.id, None)
        try:
            model = self._model(table)
        except RagError as error:
            self._on_ended(table.id, error)
            return
        settings = self._session.settings
        how = Question(
            "",
            model,
            generation.SamplingParameters(**settings.sampling.model_dump()),
            passages=settings.retrieval.passages,
            neighbours=settings.retrieval.neighbours,
            reads=self._session.language,
            trusted=exams.trusted(self._session.db, model),
        )
        self._filler.begin(table.id, filling(self._session.db, table, how))

    def _model(self, table: QuestionTable) -> ModelChoice | None:
        """Return what a table is answered with. Raises `ModelMissing` where that is not in use."""
        if not table.writer:
            return None
        source = self._session.model
        if source is None or source.name != table.writer:
            raise ModelMissing(table.writer)
        return models.choice(self._session.db, source, self._session.settings.generating)

    def _state(self, table: QuestionTable, trouble: str) -> FillingState:
        if self._shown.done >= self._shown.total:
            return FillingState.FULL
        if table.paused or trouble:
            return FillingState.PAUSED
        here = self._filler.table == table.id and not self._filler.held
        return FillingState.RUNNING if here else FillingState.WAITING

    def _leave_asked(self) -> None:
        at, self._asking = self._asking, None
        if at is not None:
            self._shown.show_cell(at)

    def _on_asking(self, table: TableId, at: CellPlace) -> None:
        if self._shown.id == table:
            self._asking = at
            self._shown.show_asked(at)
            self.show_progress()

    def _on_filled(self, table: TableId, filled: CellFilled) -> None:
        if self._shown.id == table:
            self._asking = None
            self._shown.show_cell(filled.cell.at)
            self.show_progress()

    def _on_ended(self, table: TableId, error: RagError | None) -> None:
        self._leave_asked()
        if error is not None and tables.find(self._session.db, table) is not None:
            self._trouble[table] = words_for(error)
            self._session.troubled.emit(self._trouble[table])
        self.go_on()

    def _on_pause_requested(self) -> None:
        table = self._shown.id
        if table is None:
            return
        tables.pause(self._session.db, table, paused=True)
        self._shown.renew()
        self.leave(table)
        self._leave_asked()
        self.go_on()

    def _on_resume_requested(self) -> None:
        table = self._shown.id
        if table is None:
            return
        self._trouble.pop(table, None)
        tables.pause(self._session.db, table, paused=False)
        self._shown.renew()
        self.go_on()

    def _on_failed_requested(self) -> None:
        self._ask_again(None)

    def _on_again_requested(self, at: CellPlace) -> None:
        self._ask_again(at)

    def _ask_again(self, at: CellPlace | None) -> None:
        table = self._shown.id
        if table is None:
            return
        places = self._shown.failed if at is None else [at]
        tables.ask_again(self._session.db, table, at)
        for one in places:
            self._shown.show_cell(one)
        self._on_resume_requested()
