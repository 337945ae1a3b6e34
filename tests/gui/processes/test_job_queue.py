"""Jobs for a real child process, and what Qt hears of them."""

import math
import threading
from dataclasses import replace

import psutil
import pytest
from PySide6.QtCore import Qt

from desktop_rag.domain.errors import ModelTooLarge, StoreDamaged, WorkerDied
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.jobs.job_queue import Job
from tests.workers import handlers
from tests.workers.handlers import (
    Babble,
    Count,
    Crash,
    FindDamage,
    GoDeaf,
    Refuse,
    Stumble,
    WaitForCancel,
)

WAIT = 30_000  # milliseconds; only failures ever wait this long


class Told:
    """What came of a job."""

    def __init__(self) -> None:
        self.steps: list[object] = []
        self.ended = 0
        self.errors: list[object] = []

    def job(self, command: object, *, repeated: bool = False, seconds: float = math.inf) -> Job:
        return Job(
            command,
            step=self.steps.append,
            end=self._end,
            stopped=self._end,
            failed=lambda error, details: self.errors.append(error),
            repeated=repeated,
            seconds=seconds,
        )

    def _end(self) -> None:
        self.ended += 1

    @property
    def over(self) -> bool:
        return bool(self.ended or self.errors)


@pytest.fixture
def line(qapp, qtbot):
    made = JobQueue("small", handlers.serve_jobs)
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


def test_a_store_that_is_damaged_is_told_to_all(line, qtbot) -> None:
    fine, told, heard = Told(), Told(), []
    line.store_damaged.connect(heard.append)
    line.ask(fine.job(Refuse()))
    line.ask(told.job(FindDamage()))
    qtbot.waitUntil(lambda: told.over, timeout=WAIT)
    assert [type(error) for error in heard] == [StoreDamaged]
    assert [type(error) for error in told.errors] == [StoreDamaged]


def test_a_dropped_job_tells_nothing_more_and_the_next_is_done(line, qtbot) -> None:
    waits, then = Told(), Told()
    job = line.ask(waits.job(WaitForCancel()))
    qtbot.waitUntil(lambda: bool(waits.steps), timeout=WAIT)
    line.ask(then.job(Count(1)))
    line.drop(job)
    qtbot.waitUntil(lambda: then.over, timeout=WAIT)
    assert (waits.ended, waits.errors) == (0, [])
    assert then.steps == [0]


def test_a_dropped_job_is_gone_once_its_process_has_ended_it(line, qtbot) -> None:
    waits, gone = Told(), []
    job = replace(waits.job(WaitForCancel()), gone=lambda *_: gone.append(line.busy))
    line.ask(job)
    qtbot.waitUntil(lambda: bool(waits.steps), timeout=WAIT)
    line.drop(job)
    assert gone == []
    qtbot.waitUntil(lambda: bool(gone), timeout=WAIT)
    assert gone == [False]


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


def test_a_repeated_job_can_be_dropped_the_second_time(line, qtbot) -> None:
    waits, then = Told(), Told()
    job = line.ask(waits.job(WaitForCancel(), repeated=True))
    qtbot.waitUntil(lambda: len(waits.steps) == 1, timeout=WAIT)
    line._bridge.worker.kill()
    qtbot.waitUntil(lambda: len(waits.steps) == 2, timeout=WAIT)
    line.drop(job)
    line.ask(then.job(Count(1)))
    qtbot.waitUntil(lambda: then.over, timeout=WAIT)
    assert (waits.ended, waits.errors) == (0, [])


@pytest.mark.parametrize("command", [GoDeaf(), Babble()])
def test_a_process_that_goes_on_with_what_was_dropped_is_killed(line, qtbot, command) -> None:
    deaf, then = Told(), Told()
    job = line.ask(deaf.job(command, repeated=True))
    qtbot.waitUntil(lambda: bool(deaf.steps), timeout=WAIT)
    pid, said = deaf.steps[0], len(deaf.steps)
    line.ask(then.job(Count(2)))
    line.drop(job)
    qtbot.waitUntil(lambda: then.over, timeout=WAIT)
    assert (then.steps, then.errors) == ([0, 1], [])
    assert (len(deaf.steps), deaf.ended, deaf.errors) == (said, 0, [])
    assert not psutil.pid_exists(pid)


def test_a_job_that_takes_too_long_fails_and_a_new_process_serves_the_next(line, qtbot) -> None:
    quick, hangs, then = Told(), Told(), Told()
    line.ask(quick.job(Count(1), seconds=0.2))
    qtbot.waitUntil(lambda: quick.over, timeout=WAIT)
    line.ask(hangs.job(GoDeaf(), repeated=True, seconds=0.2))
    line.ask(then.job(Count(2)))
    qtbot.waitUntil(lambda: then.over, timeout=WAIT)
    assert (quick.ended, quick.errors) == (1, [])
    assert len(hangs.steps) == 1, "it was asked again"
    assert isinstance(hangs.errors[0], WorkerDied)
    assert (then.steps, then.errors) == ([0, 1], [])


def test_time_begins_anew_with_every_step(line, qtbot) -> None:
    steady, then = Told(), Told()
    line.ask(Told().job(Count(1)))  # a first start has more time
    line.ask(steady.job(Babble(), seconds=0.5))
    qtbot.waitUntil(lambda: len(steady.steps) > 200, timeout=WAIT)  # one every 5 ms at most
    assert steady.errors == []
    line._bridge.worker.kill()
    line.ask(then.job(Count(1), seconds=0.5))
    qtbot.waitUntil(lambda: then.over, timeout=WAIT)
    assert (then.steps, then.errors) == ([0], [])


def test_a_process_that_was_killed_as_its_job_ended_gets_no_other(line, qtbot) -> None:
    one, then, ended = Told(), Told(), threading.Event()
    line.ask(one.job(WaitForCancel()))
    qtbot.waitUntil(lambda: bool(one.steps), timeout=WAIT)
    line._bridge.replied.connect(lambda _: ended.set(), Qt.ConnectionType.DirectConnection)
    line._bridge.worker.cancel()
    assert ended.wait(WAIT / 1000)
    line._runner.due = 0.0
    line._on_due()  # before Qt has heard of the end
    line.ask(then.job(Count(1)))
    qtbot.waitUntil(lambda: then.over, timeout=WAIT)
    assert (one.ended, then.steps, then.errors) == (1, [0], [])


def test_something_else_can_be_run_from_the_next_job_on(line, qtbot) -> None:
    now, waiting, then = Told(), Told(), Told()
    line.ask(now.job(WaitForCancel()))
    line.ask(waiting.job(Count(2)))
    qtbot.waitUntil(lambda: bool(now.steps), timeout=WAIT)
    before = line._bridge.worker._ending if hasattr(line._bridge.worker, "_ending") else None
    line.retarget(handlers.serve_other_jobs)
    line.ask(then.job(Count(2)))
    qtbot.waitUntil(lambda: then.over, timeout=WAIT)
    assert then.steps == ["other"]
    assert (now.ended, now.errors, waiting.steps, waiting.ended) == (0, [], [], 0)
    assert before is None
    line._bridge.worker._ending.join()
    assert not psutil.pid_exists(now.steps[0])


@pytest.mark.parametrize("command", [WaitForCancel(), GoDeaf()], ids=["hears", "deaf"])
def test_a_line_that_was_stopped_serves_again(line, qtbot, command) -> None:
    now, then = Told(), Told()
    line.ask(now.job(command))
    qtbot.waitUntil(lambda: bool(now.steps), timeout=WAIT)
    line.stop()
    line.ask(then.job(Count(2)))
    qtbot.waitUntil(lambda: then.over, timeout=WAIT)
    assert (then.steps, then.ended) == ([0, 1], 1)
    assert (now.ended, now.errors) == (0, [])
    line._bridge.worker._ending.join()
