"""How tables are filled in the window: the answers are given by the test."""

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal

from desktop_rag.answer.turn import Done
from desktop_rag.domain.documents import Box, DocumentId, FileFact
from desktop_rag.domain.errors import DiskFull, WorkerDied
from desktop_rag.domain.passages import Hit, Passage, Quote
from desktop_rag.domain.progress import Stored
from desktop_rag.gui.session import Session
from desktop_rag.gui.tables.table_filler import TableFiller
from desktop_rag.gui.tables.table_page import TablePage
from desktop_rag.gui.tables.tables_presenter import TablesPresenter
from desktop_rag.jobs.tables import table_documents
from desktop_rag.library import documents, libraries, tables
from desktop_rag.library.db.database import open_database
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.tables import CellPlace, CellState
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

QUESTIONS = ["How much is the rent?", "When was it signed?"]


class Answers(QObject):
    """Is asked like a driver of turns; the test says what comes of it."""

    finished = Signal(object)
    failed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self.busy = False
        self.stopped = 0

    def ask(self, question, scope, conversation=None) -> None:
        assert not self.busy, "one at a time"
        self.busy = True
        self.asked.append((scope.among[0], question.text))

    def stop(self) -> None:
        assert self.busy
        self.busy = False
        self.stopped += 1

    def answer(self, text: str = "The rent is 900 euros.") -> None:
        self.busy = False
        hit = Hit(DocumentId("a"), 0, 1, "2", "A", text, (), 1.0)
        quote = Quote(Passage(1, hit), text, (Box(0, 0, 1, 1),))
        self.finished.emit(Done(text, (quote,), quotes=(quote,)))

    def fail(self, error) -> None:
        self.busy = False
        self.failed.emit(error, "")


class Desk:
    """A session with documents, a page, and what fills tables."""

    def __init__(self, db, paths, qtbot) -> None:
        self.db = db
        self.library = libraries.ensure(db, "Leases")
        for name in ("a", "b"):
            path, fact = Path(f"/pdf/{name}.pdf"), FileFact(Path(f"/pdf/{name}.pdf"), 1, 2, 3)
            documents.add_files(db, self.library, [fact])
            documents.identify(db, path, fact, DocumentId(name))
            stored = Stored(DocumentId(name), name.upper(), "en", chunks=1, pages=1)
            documents.describe(db, stored)
            documents.set_state(db, DocumentId(name), DocumentState.READY)
        self.session = Session(db, paths, Settings())
        self.answers = Answers()
        self.page = TablePage()
        qtbot.addWidget(self.page)
        self.page.show()
        self.now = 0.0
        self.filler = TableFiller(self.answers, self.session, clock=lambda: self.now)
        self.presenter = TablesPresenter(self.session, self.filler, self.page)
        self.troubles: list[str] = []
        self.session.troubled.connect(self.troubles.append)
        self.session.choose(self.library)

    def make(self) -> None:
        self.presenter.make(table_documents(self.db, self.library), QUESTIONS)

    def states(self) -> list[CellState]:
        (table,) = tables.listed(self.db)
        return [cell.draft.state for cell in tables.cells(self.db, table.id)]

    def summary(self) -> str:
        return self.page.progress.summary.accessibleName()


@pytest.fixture
def desk(tmp_path, qtbot, theme):
    paths = open_home(tmp_path / "home")
    with closing(open_database(paths.database)) as db:
        made = Desk(db, paths, qtbot)
        yield made
        made.session.deleteLater()


def test_cells_are_asked_one_after_the_other_and_shown_as_they_come(desk) -> None:
    desk.make()
    assert desk.page.answers.index(0, 1).data() == "asking…"
    desk.now = 20.0
    desk.answers.answer()
    assert desk.page.answers.index(0, 1).data() == "900 euros (p. 2)"
    assert desk.answers.asked[-1] == ("a", QUESTIONS[1])
    assert desk.summary() == "1 of 4 cells · about 1 minute(s) left"
    for _ in range(3):
        desk.answers.answer()
    assert desk.states() == [CellState.FOUND] * 4
    assert desk.summary() == "4 of 4 cells · done"
    assert not desk.answers.busy


def test_a_cell_gives_way_to_a_person_and_is_asked_anew_after_that(desk) -> None:
    desk.make()
    desk.presenter.filling.set_answering(True)
    assert desk.answers.stopped == 1
    assert desk.page.answers.index(0, 1).data() == ""
    assert "waits" in desk.summary()
    desk.presenter.filling.set_answering(False)
    assert desk.answers.asked == [("a", QUESTIONS[0])] * 2
    desk.answers.answer()
    assert desk.states() == [CellState.FOUND]


def test_a_table_that_is_made_while_somebody_waits_begins_afterwards(desk) -> None:
    desk.presenter.filling.set_answering(True)
    desk.make()
    assert desk.answers.asked == []
    desk.presenter.filling.set_answering(False)
    assert len(desk.answers.asked) == 1


def test_a_cell_that_fails_says_why_and_can_be_asked_again(desk) -> None:
    desk.make()
    desk.answers.fail(WorkerDied("generating", -9))
    assert "stopped unexpectedly" in desk.page.answers.index(0, 1).data()
    for _ in range(3):
        desk.answers.answer()
    assert "1 could not be asked" in desk.summary()
    desk.page.progress.again.click()
    assert desk.answers.asked[-1] == ("a", QUESTIONS[0])
    desk.answers.answer()
    assert desk.states() == [CellState.FOUND] * 4


def test_what_concerns_all_cells_pauses_the_table_in_a_sentence_and_loses_nothing(desk) -> None:
    desk.make()
    desk.answers.answer()
    desk.answers.fail(DiskFull("/data"))
    assert len(desk.states()) == 1
    assert "disk is full" in desk.page.progress.trouble.text()
    assert desk.troubles == [desk.page.progress.trouble.text()]
    assert not desk.answers.busy
    desk.page.progress.resume.click()
    assert desk.page.progress.trouble.text() == ""
    assert desk.answers.asked[-1] == ("a", QUESTIONS[1])


def test_a_paused_table_asks_nothing_until_somebody_says_go_on(desk) -> None:
    desk.make()
    desk.page.progress.pause.click()
    assert desk.answers.stopped == 1
    desk.presenter.filling.go_on()
    assert not desk.answers.busy
    desk.page.progress.resume.click()
    assert desk.answers.busy


def test_a_table_of_a_model_that_is_not_in_use_waits_and_says_so(desk) -> None:
    made = tables.create(desk.db, desk.library, QUESTIONS, "small.gguf")
    tables.add_lines(desk.db, made.id, table_documents(desk.db, desk.library))
    desk.presenter.refresh()
    assert desk.answers.asked == []
    assert "small.gguf" in desk.page.progress.trouble.text()


def test_the_next_table_begins_where_one_is_full(desk) -> None:
    desk.make()
    desk.presenter.make(table_documents(desk.db, desk.library)[:1], ["Who?"])
    for _ in range(4):
        assert desk.answers.asked[-1][1] != "Who?"
        desk.answers.answer()
    assert desk.answers.asked[-1] == ("a", "Who?")


def test_a_library_that_is_deleted_ends_what_is_asked_of_it(desk) -> None:
    desk.make()
    libraries.remove(desk.db, desk.library)
    desk.session.choose(None)
    assert not desk.answers.busy
    assert desk.page.first.isVisibleTo(desk.page)
    assert desk.troubles == []


def test_what_is_written_by_hand_meanwhile_is_not_asked(desk) -> None:
    desk.make()
    desk.page.answers.edited.emit(0, 1, "mine")
    desk.answers.answer()
    assert desk.answers.asked[-1] == ("b", QUESTIONS[0])
    desk.page.grid.go_to(0, 1)
    desk.page.detail.undo.click()
    desk.answers.answer()
    desk.answers.answer()
    assert desk.answers.asked[-1] == ("a", QUESTIONS[1])


def test_a_cell_that_is_looked_at_is_shown_as_soon_as_it_comes(desk) -> None:
    desk.make()
    desk.page.grid.go_to(0, 0)
    desk.answers.answer()
    assert desk.page.detail.text.text() == "900 euros"
    opened = []
    desk.presenter.shown.opened.connect(opened.append)
    desk.page.detail.quotes[0].click()
    assert (opened[0].page, opened[0].snippet) == (1, "The rent is 900 euros.")


def test_a_deleted_table_comes_back_and_goes_on(desk) -> None:
    offered = []
    desk.presenter.deleted.connect(lambda words, undo: offered.append(undo))
    desk.make()
    desk.answers.answer()
    desk.page.delete.click()
    assert not desk.answers.busy
    assert tables.listed(desk.db) == []
    offered[0]()
    assert desk.states() == [CellState.FOUND]
    assert desk.answers.busy


def test_a_library_without_documents_has_no_table(desk) -> None:
    desk.session.choose(libraries.ensure(desk.db, "Empty"))
    desk.presenter.new(())
    assert desk.troubles == ["Add documents first, to ask them something."]


def test_contents_have_the_order_that_is_shown(desk) -> None:
    desk.make()
    desk.answers.answer()
    desk.page.answers.sort(0)
    assert [line.name for line in desk.presenter.shown.contents().lines] == ["A", "B"]
    desk.page.grid.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    contents = desk.presenter.shown.contents()
    assert [line.name for line in contents.lines] == ["B", "A"]
    assert contents.cells[CellPlace(0, 0)].text == "900 euros"
