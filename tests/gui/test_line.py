"""Jobs for a real child process, and what Qt hears of them."""

import pytest

from desktop_rag.domain.errors import ModelTooLarge, WorkerDied
from desktop_rag.gui.line import Job, Line
from tests.workers import handlers
from tests.workers.handlers import Count, Crash, Refuse, Stumble, WaitForCancel

WAIT = 30_000  # milliseconds; only failures ever wait this long


class Told:
    """What came of a job."""

    def __init__(self) -> None:
        self.steps: list[object] = []
        self.ended = 0
        self.errors: list[object] = []

    def job(self, command: object, *, repeated: bool = False) -> Job:
        return Job(
            command,
            step=self.steps.append,
            end=self._end,
            failed=lambda error, details: self.errors.append(error),
            repeated=repeated,
        )

    def _end(self) -> None:
        self.ended += 1

    @property
    def over(self) -> bool:
        return bool(self.ended or self.errors)


@pytest.fixture
def line(qapp, qtbot):
    made = Line("small", handlers.serve_jobs)
    yield made
    made.stop()
    ending = getattr(made._bridge.worker, "_ending", None)
    if ending:
        ending.join()


def test_jobs_are_done_one_after_the_other(line, qtbot) -> None:
    one, other = Told(), Told()
    line.ask(one.job(Count(3)))
    line.ask(other.job(Count(2)))
    qtbot.waitUntil(lambda: other.over, timeout=WAIT)
    assert (one.steps, one.ended) == ([0, 1, 2], 1)
    assert (other.steps, other.ended) == ([0, 1], 1)
    assert not line.busy


def test_a_dropped_job_tells_nothing_more_and_the_next_is_done(line, qtbot) -> None:
    waits, then = Told(), Told()
    job = line.ask(waits.job(WaitForCancel()))
    qtbot.waitUntil(lambda: bool(waits.steps), timeout=WAIT)
    line.ask(then.job(Count(1)))
    line.drop(job)
    qtbot.waitUntil(lambda: then.over, timeout=WAIT)
    assert (waits.ended, waits.errors) == (0, [])
    assert then.steps == [0]


def test_a_job_that_waits_can_be_dropped(line, qtbot) -> None:
    one, never, last = Told(), Told(), Told()
    line.ask(one.job(Count(1)))
    job = line.ask(never.job(Count(1)))
    line.ask(last.job(Count(1)))
    line.drop(job)
    line.drop(None)
    qtbot.waitUntil(lambda: last.over, timeout=WAIT)
    assert (never.steps, never.ended) == ([], 0)


def test_errors_are_told_to_who_asked(line, qtbot) -> None:
    expected, bug, fine = Told(), Told(), Told()
    for told, command in ((expected, Refuse()), (bug, Stumble()), (fine, Count(1))):
        line.ask(told.job(command))
    qtbot.waitUntil(lambda: fine.over, timeout=WAIT)
    assert isinstance(expected.errors[0], ModelTooLarge)
    assert bug.errors == [None]
    assert fine.ended == 1


def test_a_death_is_told_and_a_new_process_serves_the_next(line, qtbot) -> None:
    dies, fine = Told(), Told()
    line.ask(dies.job(Crash()))
    qtbot.waitUntil(lambda: dies.over, timeout=WAIT)
    assert isinstance(dies.errors[0], WorkerDied)
    line.ask(fine.job(Count(1)))
    qtbot.waitUntil(lambda: fine.over, timeout=WAIT)
    assert fine.steps == [0]


def test_a_repeated_job_is_asked_again_once(line, qtbot) -> None:
    dies = Told()
    line.ask(dies.job(Crash(), repeated=True))
    qtbot.waitUntil(lambda: dies.over, timeout=WAIT)
    assert len(dies.steps) == 2
    assert isinstance(dies.errors[0], WorkerDied)
