"""That a thread in the place of a process keeps to what a process does."""

import threading

import pytest

from desktop_rag.domain.errors import ModelTooLarge
from desktop_rag.domain.ports import Cancelled
from desktop_rag.workers.pipe.calls import Bug, Calls
from tests.workers import handlers, threads
from tests.workers.handlers import Count, Refuse, Stumble, WaitForCancel, Weigh


@pytest.fixture
def calls():
    with threads.instead(), Calls("small", handlers.serve_jobs) as calls:
        yield calls


def test_steps_errors_and_bugs_come_as_from_a_process(calls) -> None:
    assert list(calls.steps(Count(3))) == [0, 1, 2]
    with pytest.raises(ModelTooLarge):
        list(calls.steps(Refuse()))
    with pytest.raises(Bug, match="ZeroDivisionError"):
        list(calls.steps(Stumble()))


def test_a_job_is_cancelled_by_the_mark(calls) -> None:
    steps = calls.steps(WaitForCancel())
    next(steps)
    calls._worker.cancel()
    with pytest.raises(Cancelled):
        next(steps)


def test_what_no_process_would_get_is_not_taken(calls) -> None:
    calls.start()
    with pytest.raises(TypeError, match="pickle"):
        calls._worker.submit(Weigh(threading.Lock()))
    with threads.instead(), pytest.raises(AttributeError, match="pickle"):
        Calls("closed", lambda pipe, mark: None).start()


def test_whoever_would_kill_needs_a_process(calls) -> None:
    calls.start()
    with pytest.raises(AssertionError, match="a process"):
        calls._worker.kill()


def test_what_began_before_another_replacement_is_waited_for_all_the_same(monkeypatch) -> None:
    outer = Calls("outer", handlers.serve_jobs)

    def replaced_twice() -> None:
        with threads.instead():
            outer.start()
            with threads.instead(), Calls("inner", handlers.serve_jobs) as inner:
                assert inner.value(Count(1)) == 0
            monkeypatch.setattr(threads, "_LONGEST", 0.0)

    with pytest.raises(AssertionError, match="outer was not told to end"):
        replaced_twice()
    with outer:
        assert outer.value(Count(1)) == 0
