"""Both ends of the pipe, with real processes."""

import functools
import multiprocessing
import os
import pickle
import queue
import signal
import subprocess
import sys
from collections.abc import Iterator
from ctypes import c_uint64

import psutil
import pytest

from desktop_rag.domain.errors import MemoryExceeded, ModelTooLarge, WorkerDied
from desktop_rag.domain.ports import Cancelled
from desktop_rag.workers.pipe import host, memory
from desktop_rag.workers.pipe.calls import Bug, Calls, Mailbox
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.protocol import OUT_OF_MEMORY, Failed, Finished, Reply, Step, Stopped
from desktop_rag.workers.pipe.targets import Limited, Target
from tests.places import ROOT
from tests.workers import handlers
from tests.workers.handlers import (
    Count,
    Crash,
    Gate,
    GoDeaf,
    MapFile,
    Refuse,
    RunOut,
    Stumble,
    Swell,
    WaitForCancel,
    Weigh,
)

LEAVING = """
import queue
from multiprocessing.util import _run_finalizers

from desktop_rag.workers.pipe.client import Worker
from tests.workers import handlers

if __name__ == "__main__":
    replies = queue.Queue()
    worker = Worker("testing", handlers.serve_jobs, replies.put)
    worker.start()
    _run_finalizers(0)  # the first that the interpreter does at its end, before it ends children
    worker.submit(handlers.Count(1))
    print(replies.get(timeout=60).value, flush=True)
    worker.stop()
"""

TIMEOUT = 60  # only failures ever reach it
MUCH = b"w" * 5_000_000  # more than any pipe holds


class Child:
    """A worker, and what it has said."""

    def __init__(self, target: Target = handlers.serve_jobs) -> None:
        self.replies: queue.Queue[Reply] = queue.Queue()
        self.worker = Worker("testing", target, self.replies.put)

    def next(self) -> Reply:
        return self.replies.get(timeout=TIMEOUT)

    def all(self, command: object) -> list[Reply]:
        """Every reply to a command, the last of which closes it."""
        id_ = self.worker.submit(command)
        replies = [self.next()]
        while isinstance(replies[-1], Step):
            replies.append(self.next())
        assert {reply.id for reply in replies} == {id_}
        return replies

    def works(self) -> bool:
        """Whether it still does its jobs, and has nothing else to say."""
        values = [reply.value for reply in self.all(Count(3))[:-1]]
        return values == [0, 1, 2] and self.replies.empty()


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    child = Child()
    child.worker.start()
    yield child
    child.worker.stop()


@pytest.fixture
def mortal() -> Iterator[Child]:
    """A child of one's own, for tests that end it."""
    child = Child()
    child.worker.start()
    yield child
    child.worker.stop()


def test_steps_come_in_order_and_one_reply_closes_them(child) -> None:
    *steps, last = child.all(Count(200))
    assert [step.value for step in steps] == list(range(200))
    assert last == Finished(steps[0].id)
    assert child.works()


def test_ids_only_grow(child) -> None:
    ids = [child.all(Count(0))[-1].id for _ in range(3)]
    assert ids == sorted(set(ids))


def test_a_job_is_refused_while_another_runs(child) -> None:
    child.worker.submit(WaitForCancel())
    with pytest.raises(RuntimeError, match="busy"):
        child.worker.submit(Count(1))
    child.worker.cancel()
    while isinstance(child.next(), Step):
        pass
    assert child.works()


def test_cancelling_stops_the_job_and_spares_the_next(child) -> None:
    id_ = child.worker.submit(WaitForCancel())
    assert isinstance(child.next(), Step)
    child.worker.cancel()
    assert child.next() == Stopped(id_)
    assert child.works()


def test_a_job_can_be_cancelled_before_it_has_begun(child) -> None:
    for _ in range(20):
        id_ = child.worker.submit(Count(10**9))
        child.worker.cancel()
        while isinstance(reply := child.next(), Step):
            pass
        assert reply == Stopped(id_)
    assert child.works()


def test_cancelling_too_late_cancels_nothing(child) -> None:
    child.all(Count(1))
    child.worker.cancel()
    child.worker.cancel()
    assert child.works()


def test_an_expected_error_arrives_whole(child) -> None:
    step, last = child.all(Refuse())
    assert step.value == "so far"
    assert isinstance(last, Failed)
    assert isinstance(last.error, ModelTooLarge)
    assert vars(last.error) == {"model": "llama.gguf", "needed_gib": 12.5, "free_gib": 3.0}
    assert last.details == ""
    assert child.works()


def test_a_bug_is_reported_and_survived(child) -> None:
    step, last = child.all(Stumble())
    assert step.value == "so far"
    assert isinstance(last, Failed)
    assert last.error is None
    assert "ZeroDivisionError: the secret of the bug" in last.details
    assert "handlers.py" in last.details
    assert child.works()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent otherwise there")
def test_ctrl_c_is_not_for_the_child(child) -> None:
    child.worker.submit(WaitForCancel())
    os.kill(child.next().value, signal.SIGINT)
    child.worker.cancel()
    assert isinstance(child.next(), Stopped)
    assert child.works()


def test_a_death_is_reported_and_a_new_life_begins(mortal) -> None:
    step, last = mortal.all(Crash())
    assert step.value == "so far"
    assert isinstance(last.error, WorkerDied)
    assert vars(last.error) == {"worker": "testing", "exit_code": handlers.DIED}
    mortal.worker.start()
    assert mortal.works()
    mortal.all(Crash())
    mortal.worker.start()
    assert mortal.works()


@pytest.fixture
def modest() -> Iterator[Child]:
    """A child that may hold a quarter of a GiB."""
    child = Child(Limited(handlers.serve_jobs, 0.25))
    child.worker.start()
    yield child
    child.worker.stop()


def test_a_job_that_takes_too_much_memory_ends_its_process_and_is_not_repeated(modest) -> None:
    (last,) = modest.all(Swell(2_000))
    assert isinstance(last.error, MemoryExceeded)
    assert (last.error.worker, last.error.gib) == ("testing", 0.25)
    modest.worker.start()
    assert modest.works()
    assert modest.all(Swell(20))[0].value == 20
    (last,) = modest.all(Swell(2_000))  # the new one is watched too
    assert isinstance(last.error, MemoryExceeded)


def test_no_limit_lets_a_job_take_more_than_the_machine_has(monkeypatch) -> None:
    monkeypatch.setattr(memory, "usable_gib", lambda: 0.25)
    child = Child(Limited(handlers.serve_jobs, 1_000))
    child.worker.start()
    (last,) = child.all(Swell(2_000))
    assert isinstance(last.error, MemoryExceeded)
    assert last.error.gib == 0.25
    child.worker._listener.join()


@pytest.mark.skipif(sys.platform == "darwin", reason="files that are mapped count there")
def test_files_that_are_mapped_are_no_memory_of_their_own(modest, tmp_path) -> None:
    path = tmp_path / "weights"
    with path.open("wb") as file:
        file.truncate(400 << 20)
    assert modest.all(MapFile(path))[0].value == 400 << 20


def test_a_job_that_is_refused_memory_ends_its_process(mortal) -> None:
    (last,) = mortal.all(RunOut())
    assert isinstance(last.error, MemoryExceeded)
    assert last.error.exit_code == OUT_OF_MEMORY
    mortal.worker.start()
    assert mortal.works()


def test_a_killed_job_fails_as_a_death(mortal) -> None:
    mortal.worker.submit(GoDeaf())
    mortal.next()
    mortal.worker.kill()
    assert isinstance(mortal.next().error, WorkerDied)
    mortal.worker.start()
    assert mortal.works()


def test_a_dead_child_takes_no_job(mortal) -> None:
    assert mortal.works()
    listener = mortal.worker._listener
    mortal.worker.kill()
    listener.join()  # of two who wait for a process, one is told late that it has ended
    with pytest.raises(WorkerDied):
        mortal.worker.submit(Count(1))
    mortal.worker.start()
    assert mortal.works()


def test_a_life_that_begins_at_once_after_a_death_is_not_taken_for_it(mortal) -> None:
    assert mortal.works()
    for _ in range(3):
        mortal.worker.kill()
        mortal.worker.start()
    *_, last = mortal.all(Crash())
    assert isinstance(last.error, WorkerDied)
    assert last.error.exit_code == handlers.DIED
    mortal.worker.start()
    assert mortal.works()


def test_a_child_that_is_stopped_ends_without_a_word(mortal) -> None:
    assert mortal.works()
    process = mortal.worker._life.process
    mortal.worker.stop(timeout=TIMEOUT)
    assert process.exitcode == 0
    assert mortal.replies.empty()
    mortal.worker.start()
    assert mortal.works()


def test_stopping_cancels_the_job(mortal) -> None:
    mortal.worker.submit(WaitForCancel())
    mortal.next()
    process = mortal.worker._life.process
    mortal.worker.stop(timeout=TIMEOUT)
    assert process.exitcode == 0
    assert isinstance(mortal.next(), Stopped)
    assert mortal.replies.empty()
    mortal.worker.start()


@pytest.mark.skipif(os.name == "nt", reason="the request to end cannot be ignored there")
def test_a_deaf_child_is_killed(mortal) -> None:
    mortal.worker.submit(GoDeaf())
    pid = mortal.next().value
    process = mortal.worker._life.process
    mortal.worker.stop(timeout=0.2)
    assert process.exitcode == -signal.SIGKILL
    assert not psutil.pid_exists(pid)
    assert mortal.replies.empty()  # whoever stops it does not ask for the answer
    mortal.worker.start()


def behind(*, dies: bool = False) -> tuple[Child, Gate]:
    """A child that reads nothing before its gate is opened."""
    gate = Gate(multiprocessing.get_context("spawn").Event(), dies)
    child = Child(functools.partial(handlers.serve_behind, gate))
    child.worker.start()
    return child, gate


def test_handing_over_a_large_command_waits_for_nobody() -> None:
    child, gate = behind()
    id_ = child.worker.submit(Weigh(MUCH))
    gate.opened.set()  # which a process that had to read first would wait for in vain
    assert [child.next() for _ in range(3)] == [
        Step(id_, True),
        Step(id_, len(MUCH)),
        Finished(id_),
    ]
    assert child.all(Count(1))[1].value == 0
    child.worker.stop()


def test_a_job_that_was_never_read_fails_as_a_death_once() -> None:
    child, gate = behind(dies=True)
    id_ = child.worker.submit(Weigh(MUCH))
    gate.opened.set()
    reply = child.next()
    assert (reply.id, type(reply.error)) == (id_, WorkerDied)
    child.worker._listener.join()
    assert child.replies.empty()
    child.worker.start()
    child.worker.kill()
    child.worker._listener.join()


def test_a_job_for_a_child_whose_death_has_been_told_is_refused(mortal, monkeypatch) -> None:
    assert mortal.works()
    life = mortal.worker._life
    mortal.worker.kill()
    mortal.worker._listener.join()
    monkeypatch.setattr(life.process, "is_alive", lambda: True)  # as it was a moment before
    with pytest.raises(WorkerDied):
        mortal.worker.submit(Count(1))
    assert mortal.replies.empty()
    mortal.worker.start()
    assert mortal.works()


def test_a_child_that_reads_nothing_can_be_stopped() -> None:
    child, _ = behind()
    child.worker.submit(Weigh(MUCH))
    process = child.worker._life.process
    child.worker.stop(timeout=0.2)
    assert not process.is_alive()
    assert child.replies.empty()


def test_what_cannot_be_sent_leaves_the_worker_free(mortal) -> None:
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        mortal.worker.submit(lambda: None)
    assert mortal.works()


def test_a_child_that_is_ending_takes_no_job(mortal) -> None:
    assert mortal.works()
    mortal.worker.stop_soon()
    with pytest.raises(WorkerDied):
        mortal.worker.submit(Count(1))
    mortal.worker._ending.join()
    mortal.worker.start()
    assert mortal.works()


def test_replies_of_several_workers_arrive_in_one_box() -> None:
    box = Mailbox()
    assert box.take(0.0) is None
    workers = [box.worker(name, handlers.serve_jobs) for name in ("one", "two")]
    for worker in workers:
        worker.start()
        worker.submit(Count(1))
    letters = [box.take(TIMEOUT) for _ in range(4)]
    for worker in workers:
        worker.stop()
    for name in ("one", "two"):
        assert [letter.reply for letter in letters if letter.sender == name] == [
            Step(1, 0),
            Finished(1),
        ]


@pytest.fixture(scope="module")
def calls() -> Iterator[Calls]:
    with Calls("calling", handlers.serve_jobs) as calls:
        calls.start()
        yield calls


def test_a_call_yields_what_comes_of_it(calls) -> None:
    assert list(calls.steps(Count(4))) == [0, 1, 2, 3]
    assert calls.value(Count(1)) == 0


def test_leaving_the_loop_early_cancels(calls) -> None:
    for number in calls.steps(Count(10**9)):
        if number == 3:
            break
    for _ in calls.steps(WaitForCancel()):
        break
    assert list(calls.steps(Count(2))) == [0, 1]


def test_an_error_inside_the_loop_cancels(calls) -> None:
    def fail() -> None:
        for _ in calls.steps(WaitForCancel()):
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert list(calls.steps(Count(2))) == [0, 1]


def test_a_call_ends_in_the_error_of_its_job(calls) -> None:
    with pytest.raises(ModelTooLarge):
        list(calls.steps(Refuse()))
    with pytest.raises(Bug, match="the secret of the bug"):
        list(calls.steps(Stumble()))
    assert list(calls.steps(Count(2))) == [0, 1]


def test_a_call_that_somebody_else_cancels_says_so(calls) -> None:
    steps = calls.steps(WaitForCancel())
    next(steps)
    calls._worker.cancel()
    with pytest.raises(Cancelled):
        next(steps)


def test_a_call_whose_process_dies_says_so() -> None:
    with Calls("calling", handlers.serve_jobs) as calls, pytest.raises(WorkerDied):
        list(calls.steps(Crash()))


def test_a_call_after_a_death_starts_another_process() -> None:
    with Calls("calling", handlers.serve_jobs) as calls:
        with pytest.raises(WorkerDied):
            list(calls.steps(Crash()))
        assert list(calls.steps(Count(2))) == [0, 1]


def test_a_worker_that_was_never_called_was_never_started() -> None:
    with Calls("calling", handlers.serve_jobs) as calls:
        assert not hasattr(calls._worker, "_life")


def test_a_process_ends_in_silence_when_its_parent_went_without_reading_all() -> None:
    previous = signal.getsignal(signal.SIGINT)
    pipe, parent = multiprocessing.Pipe()
    mark = c_uint64()
    try:
        pipe.send("a reply that nobody reads")
        parent.close()
        host.serve(pipe, mark, handlers.serve_jobs)
    finally:
        pipe.close()
        signal.signal(signal.SIGINT, previous)


def test_a_process_that_starts_while_its_parent_ends_does_so_in_silence(tmp_path) -> None:
    program = tmp_path / "leaving.py"
    program.write_text(LEAVING)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = (sys.executable, str(program))
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("0\n", "")
