"""When models are examined, and what becomes of it."""

from pathlib import Path

import pytest

from desktop_rag.domain.errors import ModelTooLarge
from desktop_rag.domain.examination import Grade, Mark
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.models import LocalModel, ModelKind
from desktop_rag.gui.models.exam_presenter import ExamPresenter
from desktop_rag.gui.models.values import Doing, WorkValue
from desktop_rag.gui.session import Session
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import exams, models
from desktop_rag.library.db.database import open_database
from desktop_rag.library.models import InstallableModel, Installed
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.tuning import Examined, Examining

MARK = Mark(answerable=True, right=True, cited=True, refused=False, seconds=1.0)
GOOD = Grade(answerable=16, right=15, cited=14, unanswerable=4, refused=4, seconds=2.5)


class Line:
    """A line of jobs that a test does by hand."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.renewed = 0

    @property
    def busy(self) -> bool:
        return bool(self.jobs)

    def ask(self, job: Job) -> Job:
        self.jobs.append(job)
        return job

    def drop(self, job: Job) -> None:
        self.jobs.remove(job)

    def renew(self) -> None:
        self.renewed += 1

    def finish(self, grade: Grade = GOOD) -> None:
        job = self.jobs.pop(0)
        job.step(Examined(grade))
        job.end()


@pytest.fixture
def session(tmp_path, qapp):
    paths = open_home(tmp_path / "home")
    db = open_database(paths.database)
    yield Session(db, paths, Settings())
    db.close()


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def presenter(session, line) -> ExamPresenter:
    made = ExamPresenter(session, line, idle_ms=0)
    yield made
    made.stop()


def installed(session: Session, path: Path) -> Installed:
    path.write_bytes(path.name.encode())
    found = InstallableModel(kind=ModelKind.WRITER, path=path, name=path.stem, size=1)
    return models.add(session.db, found)


def choice(model: Installed, session: Session) -> ModelChoice:
    return models.choice(session.db, model.source, session.settings.generating)


def begun(line: Line, qtbot) -> list[LocalModel]:
    qtbot.waitUntil(lambda: bool(line.jobs))
    return [job.command.model.source for job in line.jobs]


def test_what_has_no_grade_is_examined_when_nobody_wants_anything(
    session, presenter, line, tmp_path, qtbot
) -> None:
    first, second = (installed(session, tmp_path / name) for name in ("a.gguf", "b.gguf"))
    session.choose_model(first.source)
    presenter.await_idleness()
    assert begun(line, qtbot) == [first.source]  # the one in use comes first
    assert presenter.work == [WorkValue(first.id, Doing.EXAMINING)]
    with qtbot.waitSignal(presenter.changed):
        line.finish()
    assert presenter.grade(first) == GOOD
    assert exams.trusted(session.db, choice(first, session))
    assert begun(line, qtbot) == [second.source]
    line.finish()
    assert presenter.work == []
    presenter._begin_by_itself()
    assert line.jobs == []  # each is examined once


def test_an_exam_gives_way_to_a_question_and_goes_on_where_it_was(
    session, presenter, line, tmp_path, qtbot
) -> None:
    model = installed(session, tmp_path / "a.gguf")
    presenter.await_idleness()
    begun(line, qtbot)
    line.jobs[0].step(Examining(MARK, 20))
    assert presenter.work == [WorkValue(model.id, Doing.EXAMINING, 1 / 20)]
    presenter.set_answering(True)
    assert (line.jobs, presenter.work) == ([], [])
    assert line.renewed == 1
    presenter.await_idleness()
    presenter._begin_by_itself()
    assert line.jobs == []
    presenter.set_answering(False)
    begun(line, qtbot)
    assert line.jobs[0].command.marked == (MARK,)
    assert exams.grade(session.db, choice(model, session)) is None


def test_an_exam_that_was_wished_begins_at_once_and_gives_way_to_nothing(
    session, presenter, line, tmp_path
) -> None:
    model = installed(session, tmp_path / "a.gguf")
    exams.keep(session.db, choice(model, session), GOOD)
    presenter.examine(model.id)
    assert len(line.jobs) == 1
    presenter.set_answering(True)
    assert len(line.jobs) == 1


def test_an_exam_that_was_cancelled_leaves_no_grade_and_does_not_begin_again(
    session, presenter, line, tmp_path
) -> None:
    model = installed(session, tmp_path / "a.gguf")
    presenter.examine(model.id)
    line.jobs[0].step(Examining(MARK, 20))
    presenter.cancel(model.id)
    assert line.jobs == []
    presenter._begin_by_itself()
    assert line.jobs == []
    assert presenter.grade(model) is None


@pytest.mark.parametrize("wished", [True, False])
def test_what_went_wrong_is_told_only_of_what_was_wished(
    session, presenter, line, tmp_path, wished: bool
) -> None:
    model = installed(session, tmp_path / "a.gguf")
    told: list[str] = []
    presenter.failed.connect(told.append)
    if wished:
        presenter.examine(model.id)
    else:
        presenter._begin_by_itself()
    job = line.jobs.pop()
    job.failed(ModelTooLarge("a.gguf", 8.0, 4.0), "")
    assert bool(told) is wished
    assert (presenter.grade(model), presenter.work) == (None, [])
    presenter._begin_by_itself()
    assert line.jobs == []


def test_nothing_begins_while_something_else_is_done(
    session, presenter, line, tmp_path, qtbot
) -> None:
    installed(session, tmp_path / "a.gguf")
    other = line.ask(Job(None))
    presenter._begin_by_itself()
    assert line.jobs == [other]
    line.drop(other)
    begun(line, qtbot)
