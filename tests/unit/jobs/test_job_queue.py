"""Jobs for one worker, which is told of here by hand, and so is the time."""

import math
from dataclasses import dataclass, field, replace

import pytest

from desktop_rag.domain.errors import DiskFull, WorkerDied
from desktop_rag.jobs.job_queue import Job, JobRunner, Later
from desktop_rag.workers.pipe.protocol import Failed, Finished, Reply, Step, Stopped

IDLE_SECONDS = 60.0


@dataclass(frozen=True)
class Named:
    """A command of which there is no more than its name."""

    name: object

    def itself(self) -> object:
        return self.name

    def heard(self, step: object) -> object:
        return step


@dataclass
class RecordingWorker:
    """A worker that does nothing by itself, and remembers what it was told."""

    name: str = "hand"
    alive: bool = False
    given: list[object] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    target: object = None
    dead: bool = False

    def start(self) -> None:
        self.alive = True
        self.told.append("start")

    def submit(self, command: object) -> int:
        if self.dead:
            raise WorkerDied(self.name, 1)
        self.given.append(command)
        return len(self.given)

    def cancel(self) -> None:
        self.told.append("cancel")

    def kill(self) -> None:
        self.alive = False
        self.told.append("kill")

    def stop_soon(self) -> None:
        self.alive = False
        self.told.append("stop")

    def retarget(self, target: object) -> None:
        self.target = target


class Jobs:
    """A runner, its worker, the time, and what was told of the jobs."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.worker = RecordingWorker()
        self.runner = JobRunner(self.worker, idle_seconds=IDLE_SECONDS, clock=lambda: self.now)
        self.told: list[str] = []

    def job(self, name: object, **how) -> Job:
        def note(word: str) -> object:
            return lambda *_: self.told.append(f"{name} {word}")

        words = {"end": "ended", "failed": "failed", "stopped": "stopped", "gone": "gone"}
        told = {which: note(word) for which, word in words.items()}
        return Job(**{"command": Named(name), "step": note("stepped"), **told, **how})

    def say(self, reply: type[Reply], *facts: object) -> bool:
        return self.runner.take(reply(len(self.worker.given), *facts))

    def die(self) -> None:
        self.worker.alive = False
        self.say(Failed, WorkerDied("hand", -9))

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.runner.tick()


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


def test_the_next_job_begins_when_the_present_one_is_over(jobs) -> None:
    jobs.runner.ask(jobs.job("one"))
    jobs.runner.ask(jobs.job("two"))
    assert jobs.worker.given == ["one"]
    jobs.say(Step, 1)
    jobs.say(Finished)
    assert jobs.worker.given == ["one", "two"]
    assert jobs.told == ["one stepped", "one ended"]
    assert jobs.worker.told == ["start"]


def test_a_reply_to_an_earlier_job_is_nobodys(jobs) -> None:
    jobs.runner.ask(jobs.job("one"))
    jobs.say(Finished)
    jobs.runner.ask(jobs.job("two"))
    assert not jobs.runner.take(Finished(1))
    assert jobs.runner.busy
    assert jobs.told == ["one ended"]


def test_a_dropped_job_is_gone_when_it_ends_however_it_ends(jobs) -> None:
    for closing in ((Finished,), (Stopped,), (Failed, None)):
        jobs.told.clear()
        job = jobs.runner.ask(jobs.job("one"))
        jobs.runner.drop(job)
        jobs.say(Step, 1)
        assert jobs.told == []
        jobs.say(*closing)
        assert jobs.told == ["one gone"]


def test_a_dropped_job_that_does_not_end_is_killed_after_two_seconds(jobs) -> None:
    jobs.runner.ask(jobs.job("before"))
    jobs.say(Finished)  # so that the process is known to have started
    jobs.runner.drop(jobs.runner.ask(jobs.job("one")))
    jobs.wait(1.9)
    assert "kill" not in jobs.worker.told
    jobs.wait(0.2)
    assert jobs.worker.told == ["start", "cancel", "kill"]


def test_a_process_that_has_said_nothing_has_ten_seconds_more(jobs) -> None:
    jobs.runner.ask(jobs.job("one", seconds=5.0))
    jobs.wait(14.0)
    assert "kill" not in jobs.worker.told
    jobs.wait(2.0)
    assert "kill" in jobs.worker.told


def test_each_step_gives_a_job_its_time_again(jobs) -> None:
    jobs.runner.ask(jobs.job("one", seconds=5.0))
    jobs.say(Step, 1)
    for _ in range(3):
        jobs.wait(4.0)
        jobs.say(Step, 1)
    assert "kill" not in jobs.worker.told
    jobs.wait(6.0)
    assert "kill" in jobs.worker.told


def test_the_time_of_a_job_ends_with_it(jobs) -> None:
    jobs.runner.ask(jobs.job("one", seconds=1.0))
    jobs.say(Finished)
    jobs.runner.ask(jobs.job("two"))
    jobs.wait(1000.0)
    assert "kill" not in jobs.worker.told


def test_a_process_that_was_killed_as_its_job_ended_gets_no_other(jobs) -> None:
    jobs.runner.ask(jobs.job("one", seconds=1.0))
    jobs.runner.ask(jobs.job("two"))
    jobs.wait(20.0)
    jobs.worker.alive = True  # a killed process may be there for a moment
    jobs.say(Finished)
    assert jobs.worker.told == ["start", "kill", "start"]


def test_a_job_that_took_too_long_is_not_asked_again(jobs) -> None:
    jobs.runner.ask(jobs.job("one", repeated=True, seconds=1.0))
    jobs.wait(20.0)
    jobs.die()
    assert jobs.worker.given == ["one"]
    assert jobs.told == ["one failed"]


def test_a_repeated_job_is_asked_again_before_the_others_and_once(jobs) -> None:
    jobs.runner.ask(jobs.job("one", repeated=True))
    jobs.runner.ask(jobs.job("two"))
    jobs.die()
    assert jobs.worker.given == ["one", "one"]
    jobs.die()
    assert jobs.worker.given == ["one", "one", "two"]
    assert jobs.told == ["one failed"]


def test_a_cancelled_job_is_told_what_came_of_it(jobs) -> None:
    stops = jobs.runner.ask(jobs.job("stops"))
    ends = jobs.runner.ask(jobs.job("ends"))
    jobs.runner.cancel(stops)
    assert jobs.told == []
    jobs.say(Stopped)
    jobs.runner.cancel(ends)
    jobs.say(Finished)  # it was done already
    assert jobs.told == ["stops stopped", "ends ended"]


def test_a_cancelled_job_that_does_not_break_off_is_killed_and_was_stopped(jobs) -> None:
    job = jobs.runner.ask(jobs.job("one"))
    jobs.say(Step, 1)
    jobs.runner.cancel(job)
    jobs.say(Step, 2)  # which gains no time
    jobs.wait(2.1)
    assert jobs.worker.told == ["start", "cancel", "kill"]
    jobs.die()
    assert jobs.told == ["one stepped", "one stepped", "one stopped"]


def test_a_cancelled_job_that_fails_for_another_reason_says_so(jobs) -> None:
    job = jobs.runner.ask(jobs.job("one"))
    jobs.runner.cancel(job)
    jobs.say(Failed, DiskFull("here"), "")
    assert jobs.told == ["one failed"]


def test_a_bug_in_making_a_command_fails_its_job_and_the_next_is_done(jobs) -> None:
    def make() -> Named:
        raise KeyError("a bug")

    told: list[object] = []
    jobs.runner.ask(Job(Later(make), failed=lambda *given: told.append(given)))
    jobs.runner.ask(jobs.job("two"))
    ((error, details),) = told
    assert error is None
    assert "KeyError: 'a bug'" in details
    assert jobs.worker.given == ["two"]


def test_a_cancelled_job_that_waits_is_stopped_at_once(jobs) -> None:
    jobs.runner.ask(jobs.job("one"))
    jobs.runner.cancel(jobs.runner.ask(jobs.job("two")))
    assert jobs.told == ["two stopped"]
    jobs.say(Finished)
    assert jobs.worker.given == ["one"]


def test_a_command_may_be_made_when_it_is_its_turn(jobs) -> None:
    facts = ["early"]
    jobs.runner.ask(jobs.job("one"))
    jobs.runner.ask(replace(jobs.job("two"), command=Later(lambda: Named(facts[-1]))))
    facts.append("late")
    jobs.say(Finished)
    assert jobs.worker.given == ["one", "late"]


def test_a_job_whose_command_cannot_be_made_fails_and_the_next_is_done(jobs) -> None:
    def command() -> object:
        raise DiskFull("here")

    jobs.runner.ask(replace(jobs.job("one"), command=Later(command)))
    assert jobs.told == ["one failed"]
    jobs.runner.ask(jobs.job("two"))
    assert jobs.worker.given == ["two"]


def test_a_job_that_nobody_could_be_given_fails(jobs) -> None:
    jobs.worker.dead = True
    jobs.runner.ask(jobs.job("one"))
    assert jobs.told == ["one failed"]
    assert not jobs.runner.busy


def test_the_next_job_is_done_even_if_who_was_told_fails(jobs) -> None:
    def fails() -> None:
        raise RuntimeError

    jobs.runner.ask(jobs.job("one", end=fails))
    jobs.runner.ask(jobs.job("two"))
    with pytest.raises(RuntimeError):
        jobs.say(Finished)
    assert jobs.worker.given == ["one", "two"]


def test_nothing_begins_while_somebody_else_has_the_worker(jobs) -> None:
    jobs.runner.hold()
    jobs.runner.ask(jobs.job("one"))
    assert jobs.worker.given == []
    jobs.runner.release()
    assert jobs.worker.given == ["one"]


def test_a_process_that_nobody_needs_ends_after_a_while(jobs) -> None:
    jobs.runner.ask(jobs.job("one"))
    assert jobs.runner.due == math.inf
    jobs.say(Finished)
    jobs.wait(IDLE_SECONDS - 1)
    assert jobs.worker.alive
    jobs.wait(2)
    assert not jobs.worker.alive
    assert jobs.runner.due == math.inf


def test_who_runs_something_else_has_a_new_process_for_the_next_job(jobs) -> None:
    jobs.runner.ask(jobs.job("one"))
    jobs.runner.ask(jobs.job("never"))
    jobs.runner.retarget("other")
    jobs.runner.ask(jobs.job("two"))
    assert jobs.worker.told == ["start", "cancel"]
    jobs.say(Stopped)
    assert jobs.worker.told == ["start", "cancel", "stop", "start"]
    assert jobs.worker.given == ["one", "two"]
    assert jobs.worker.target == "other"


def test_what_was_stopped_tells_nothing_and_serves_again(jobs) -> None:
    jobs.runner.ask(jobs.job("one"))
    jobs.runner.stop()
    assert not jobs.say(Stopped)
    jobs.runner.ask(jobs.job("two"))
    assert jobs.told == []
    assert jobs.worker.given == ["one", "two"]
