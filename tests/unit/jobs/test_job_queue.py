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
class Hand:
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


class Bench:
    """A runner, its worker, the time, and what was told of the jobs."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.hand = Hand()
        self.runner = JobRunner(self.hand, idle_seconds=IDLE_SECONDS, clock=lambda: self.now)
        self.told: list[str] = []

    def job(self, name: object, **how) -> Job:
        def note(word: str) -> object:
            return lambda *_: self.told.append(f"{name} {word}")

        words = {"end": "ended", "failed": "failed", "stopped": "stopped", "gone": "gone"}
        told = {which: note(word) for which, word in words.items()}
        return Job(**{"command": Named(name), "step": note("stepped"), **told, **how})

    def say(self, reply: type[Reply], *facts: object) -> bool:
        return self.runner.take(reply(len(self.hand.given), *facts))

    def die(self) -> None:
        self.hand.alive = False
        self.say(Failed, WorkerDied("hand", -9))

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.runner.tick()


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_the_next_job_begins_when_the_present_one_is_over(bench) -> None:
    bench.runner.ask(bench.job("one"))
    bench.runner.ask(bench.job("two"))
    assert bench.hand.given == ["one"]
    bench.say(Step, 1)
    bench.say(Finished)
    assert bench.hand.given == ["one", "two"]
    assert bench.told == ["one stepped", "one ended"]
    assert bench.hand.told == ["start"]


def test_a_reply_to_an_earlier_job_is_nobodys(bench) -> None:
    bench.runner.ask(bench.job("one"))
    bench.say(Finished)
    bench.runner.ask(bench.job("two"))
    assert not bench.runner.take(Finished(1))
    assert bench.runner.busy
    assert bench.told == ["one ended"]


def test_a_dropped_job_is_gone_when_it_ends_however_it_ends(bench) -> None:
    for closing in ((Finished,), (Stopped,), (Failed, None)):
        bench.told.clear()
        job = bench.runner.ask(bench.job("one"))
        bench.runner.drop(job)
        bench.say(Step, 1)
        assert bench.told == []
        bench.say(*closing)
        assert bench.told == ["one gone"]


def test_a_dropped_job_that_does_not_end_is_killed_after_two_seconds(bench) -> None:
    bench.runner.ask(bench.job("before"))
    bench.say(Finished)  # so that the process is known to have started
    bench.runner.drop(bench.runner.ask(bench.job("one")))
    bench.wait(1.9)
    assert "kill" not in bench.hand.told
    bench.wait(0.2)
    assert bench.hand.told == ["start", "cancel", "kill"]


def test_a_process_that_has_said_nothing_has_ten_seconds_more(bench) -> None:
    bench.runner.ask(bench.job("one", seconds=5.0))
    bench.wait(14.0)
    assert "kill" not in bench.hand.told
    bench.wait(2.0)
    assert "kill" in bench.hand.told


def test_each_step_gives_a_job_its_time_again(bench) -> None:
    bench.runner.ask(bench.job("one", seconds=5.0))
    bench.say(Step, 1)
    for _ in range(3):
        bench.wait(4.0)
        bench.say(Step, 1)
    assert "kill" not in bench.hand.told
    bench.wait(6.0)
    assert "kill" in bench.hand.told


def test_the_time_of_a_job_ends_with_it(bench) -> None:
    bench.runner.ask(bench.job("one", seconds=1.0))
    bench.say(Finished)
    bench.runner.ask(bench.job("two"))
    bench.wait(1000.0)
    assert "kill" not in bench.hand.told


def test_a_process_that_was_killed_as_its_job_ended_gets_no_other(bench) -> None:
    bench.runner.ask(bench.job("one", seconds=1.0))
    bench.runner.ask(bench.job("two"))
    bench.wait(20.0)
    bench.hand.alive = True  # a killed process may be there for a moment
    bench.say(Finished)
    assert bench.hand.told == ["start", "kill", "start"]


def test_a_job_that_took_too_long_is_not_asked_again(bench) -> None:
    bench.runner.ask(bench.job("one", repeated=True, seconds=1.0))
    bench.wait(20.0)
    bench.die()
    assert bench.hand.given == ["one"]
    assert bench.told == ["one failed"]


def test_a_repeated_job_is_asked_again_before_the_others_and_once(bench) -> None:
    bench.runner.ask(bench.job("one", repeated=True))
    bench.runner.ask(bench.job("two"))
    bench.die()
    assert bench.hand.given == ["one", "one"]
    bench.die()
    assert bench.hand.given == ["one", "one", "two"]
    assert bench.told == ["one failed"]


def test_a_cancelled_job_is_told_what_came_of_it(bench) -> None:
    stops = bench.runner.ask(bench.job("stops"))
    ends = bench.runner.ask(bench.job("ends"))
    bench.runner.cancel(stops)
    assert bench.told == []
    bench.say(Stopped)
    bench.runner.cancel(ends)
    bench.say(Finished)  # it was done already
    assert bench.told == ["stops stopped", "ends ended"]


def test_a_cancelled_job_that_waits_is_stopped_at_once(bench) -> None:
    bench.runner.ask(bench.job("one"))
    bench.runner.cancel(bench.runner.ask(bench.job("two")))
    assert bench.told == ["two stopped"]
    bench.say(Finished)
    assert bench.hand.given == ["one"]


def test_a_command_may_be_made_when_it_is_its_turn(bench) -> None:
    facts = ["early"]
    bench.runner.ask(bench.job("one"))
    bench.runner.ask(replace(bench.job("two"), command=Later(lambda: Named(facts[-1]))))
    facts.append("late")
    bench.say(Finished)
    assert bench.hand.given == ["one", "late"]


def test_a_job_whose_command_cannot_be_made_fails_and_the_next_is_done(bench) -> None:
    def command() -> object:
        raise DiskFull("here")

    bench.runner.ask(replace(bench.job("one"), command=Later(command)))
    assert bench.told == ["one failed"]
    bench.runner.ask(bench.job("two"))
    assert bench.hand.given == ["two"]


def test_a_job_that_nobody_could_be_given_fails(bench) -> None:
    bench.hand.dead = True
    bench.runner.ask(bench.job("one"))
    assert bench.told == ["one failed"]
    assert not bench.runner.busy


def test_the_next_job_is_done_even_if_who_was_told_fails(bench) -> None:
    def fails() -> None:
        raise RuntimeError

    bench.runner.ask(bench.job("one", end=fails))
    bench.runner.ask(bench.job("two"))
    with pytest.raises(RuntimeError):
        bench.say(Finished)
    assert bench.hand.given == ["one", "two"]


def test_nothing_begins_while_somebody_else_has_the_worker(bench) -> None:
    bench.runner.hold()
    bench.runner.ask(bench.job("one"))
    assert bench.hand.given == []
    bench.runner.release()
    assert bench.hand.given == ["one"]


def test_a_process_that_nobody_needs_ends_after_a_while(bench) -> None:
    bench.runner.ask(bench.job("one"))
    assert bench.runner.due == math.inf
    bench.say(Finished)
    bench.wait(IDLE_SECONDS - 1)
    assert bench.hand.alive
    bench.wait(2)
    assert not bench.hand.alive
    assert bench.runner.due == math.inf


def test_who_runs_something_else_has_a_new_process_for_the_next_job(bench) -> None:
    bench.runner.ask(bench.job("one"))
    bench.runner.ask(bench.job("never"))
    bench.runner.retarget("other")
    bench.runner.ask(bench.job("two"))
    assert bench.hand.told == ["start", "cancel"]
    bench.say(Stopped)
    assert bench.hand.told == ["start", "cancel", "stop", "start"]
    assert bench.hand.given == ["one", "two"]
    assert bench.hand.target == "other"


def test_what_was_stopped_tells_nothing_and_serves_again(bench) -> None:
    bench.runner.ask(bench.job("one"))
    bench.runner.stop()
    assert not bench.say(Stopped)
    bench.runner.ask(bench.job("two"))
    assert bench.told == []
    assert bench.hand.given == ["one", "two"]
