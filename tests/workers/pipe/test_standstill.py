"""Processes that stand still, with real ones that are really stopped."""

import multiprocessing
import os
import signal
import threading
from ctypes import c_uint64
from types import SimpleNamespace

import pytest

from desktop_rag.domain.errors import WorkerStoodStill
from desktop_rag.workers.pipe import host, watch
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.pipe.protocol import Beat, Finished, Request, Step
from desktop_rag.workers.pipe.standstill import Looks, Standstill, cpu_seconds
from tests.workers import handlers
from tests.workers.handlers import Count, WaitForCancel
from tests.workers.pipe.test_worker import TIMEOUT, Child

stops = pytest.mark.skipif(os.name == "nt", reason="processes are stopped otherwise there")
DEAF = SimpleNamespace(signal=lambda *_: None, SIGINT=None, SIG_IGN=None)  # outside the main thread
SOON = Looks(0.4, 4)  # more than a second, in which a process says that it lives


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOKS", SOON)


@stops
def test_a_process_that_is_stopped_at_its_job_is_ended_and_another_one_works() -> None:
    child = Child()
    child.worker.start()
    id_ = child.worker.submit(WaitForCancel())
    os.kill(child.next().value, signal.SIGSTOP)
    reply = child.next()
    assert (reply.id, type(reply.error)) == (id_, WorkerStoodStill)
    child.worker.start()
    assert child.works()
    child.worker.stop()


@stops
def test_a_process_that_was_stopped_before_its_job_is_ended() -> None:
    child = Child()
    child.worker.start()
    assert child.works()
    os.kill(child.worker._life.process.pid, signal.SIGSTOP)
    child.worker.submit(Count(1))
    assert isinstance(child.next().error, WorkerStoodStill)
    child.worker._listener.join()


@stops
def test_a_call_is_answered_by_another_process_where_the_first_stands_still() -> None:
    with Calls("calling", handlers.serve_jobs) as calls:
        assert calls.value(Count(1)) == 0
        first = calls._worker._life.process.pid
        os.kill(first, signal.SIGSTOP)
        assert list(calls.steps(Count(3))) == [0, 1, 2]
        assert calls._worker._life.process.pid != first


@stops
def test_a_call_that_has_told_something_is_not_told_twice() -> None:
    with Calls("calling", handlers.serve_jobs) as calls:
        steps = calls.steps(WaitForCancel())
        os.kill(next(steps), signal.SIGSTOP)
        with pytest.raises(WorkerStoodStill):
            next(steps)


@stops
def test_a_process_that_has_no_job_may_stand_still() -> None:
    idle, other = Child(), Child()
    for one in (idle, other):
        one.worker.start()
        assert one.works()
    pid = idle.worker._life.process.pid
    os.kill(pid, signal.SIGSTOP)
    other.worker.submit(WaitForCancel())
    os.kill(other.next().value, signal.SIGSTOP)
    assert isinstance(other.next().error, WorkerStoodStill)  # looked at as long as the idle one
    assert idle.worker.alive
    os.kill(pid, signal.SIGCONT)
    assert idle.works()
    assert idle.worker._life.process.pid == pid
    idle.worker.stop()
    other.worker._listener.join()


def test_each_job_is_looked_at_anew() -> None:
    standstill = Standstill(os.getpid(), lambda _: 1.0)
    assert [standstill.look(job, 3) for job in (1, 1, 1)] == [0, 0, 1]
    assert [standstill.look(2, 3) for _ in range(3)] == [0, 0, 1]  # the next job begins anew


def test_what_computes_or_is_heard_of_does_not_stand_still() -> None:
    seconds = iter(range(100))
    computing = Standstill(1, lambda _: next(seconds))
    assert {computing.look(1, 0) for _ in range(20)} == {0}
    waiting = Standstill(1, lambda _: 1.0)
    assert {waiting.look(1, heard) for heard in range(20)} == {0}
    assert max(waiting.look(1, 20) for _ in range(20)) > SOON.most


def test_the_time_that_a_process_has_computed_is_known() -> None:
    assert cpu_seconds(os.getpid()) > 0


def test_who_waits_at_a_job_says_that_it_lives(monkeypatch) -> None:
    monkeypatch.setattr(host, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(host, "signal", DEAF)
    ours, theirs = multiprocessing.Pipe()
    opened = threading.Event()

    def handle(_command, _cancel):
        yield opened.wait(TIMEOUT)

    mark = c_uint64()
    serving = threading.Thread(target=host.serve, args=(theirs, mark, handle))
    serving.start()
    ours.send(Request(1, None))
    assert [ours.recv() for _ in range(3)] == [Beat()] * 3
    opened.set()
    while isinstance(reply := ours.recv(), Beat):
        pass
    assert (reply, ours.recv()) == (Step(1, True), Finished(1))
    ours.send(None)
    serving.join()
