"""What it costs to check the sentences of an answer while the model goes on writing.

Run by hand, on a home whose library holds the samples:

    python -m tests.benchmarks.checking_beside HOME LIBRARY MODEL.gguf [ROUNDS [THREADS]]

A model is told to write at length about what was found for a question, since small ones answer in
one sentence. It does so with checks beside and without, greedily, taking turns at being first.
`slower` compares tokens a second, pair by pair: 1.05 is five percent slower. On a machine that is
busy with other things `cpu_share` says more: what the checks beside take of the processors, of
what writing takes; ask for one thread then, since several wait for each other at full speed.
`cpu_share_whole` is the same for the check at the end, which asks the embedder.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psutil
from PySide6.QtCore import QCoreApplication, QEventLoop

from desktop_rag import app
from desktop_rag.answer.turn import Checked, Done
from desktop_rag.domain.generation import (
    GenerationDone,
    Message,
    ModelChoice,
    SamplingParameters,
)
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Evidence, Passage
from desktop_rag.gui.indexing import index_switch
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.processes.turn_driver import TurnDriver
from desktop_rag.gui.session import Session
from desktop_rag.jobs.answering import (
    Answering,
    AskBeside,
    AskGenerating,
    AskSearching,
    Hear,
    LibraryScope,
)
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home, resources
from desktop_rag.settings.storage import load
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.generating import GeneratingCommand, WriteAnswer
from desktop_rag.workers.commands.searching import (
    AnswerVerified,
    Gather,
    Pick,
    SearchingCommand,
    VerifyAnswer,
)
from tests.benchmarks import program

R = TypeVar("R")

_LONGEST = 250  # tokens
_READ = 1_200  # letters
_QUESTIONS = 6


@dataclass
class Heard:
    """What a driver said of one answer."""

    done: Done | None = None
    failed: str = ""
    early: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Basis:
    """What was found for a question."""

    question: str
    passages: tuple[Passage, ...]
    evidence: Evidence


class Writing(TurnDriver):
    """Has a model write at length, whatever it is asked."""

    def write(self, model: ModelChoice, basis: Basis, ended: Callable[[], None]) -> None:
        """Begin; `ended` is called once the model has."""
        self._answering = _written(model, basis, ended)
        self._go(None)


def _written(model: ModelChoice, basis: Basis, ended: Callable[[], None]) -> Answering:
    """Wish for what a turn wishes for while a model writes."""
    told = "\n".join(one.hit.text for one in basis.passages[:1])[:_READ]
    wish = Message("user", f"{told}\n\nTell me all of this again in twenty short sentences.")
    sampling = SamplingParameters(greedy=True, max_tokens=_LONGEST)
    yield AskGenerating(WriteAnswer(model, (wish,), sampling))
    text = ""
    while True:
        came = yield Hear()
        match came:
            case AnswerVerified(checks=checks):
                yield Checked(checks)
            case str():
                begins = text.rstrip()[-1:] in set(".!?") and bool(came.strip())
                text += came
                if begins:
                    yield AskBeside(_check(basis, text, ended=False))
            case GenerationDone():
                ended()
                yield AskSearching(_check(basis, text, ended=True))
                verified = yield Hear()
                assert isinstance(verified, AnswerVerified)
                yield Done(text, (), came, checks=verified.checks)
                return


def _check(basis: Basis, text: str, *, ended: bool) -> VerifyAnswer:
    return VerifyAnswer(basis.question, text, "en", basis.passages, basis.evidence, ended)


class Program:
    """The two processes that answer, without a window."""

    def __init__(self, home: Path, library: str, model: Path, threads: int | None) -> None:
        paths = open_home(home)
        settings = load(paths.settings_file).settings
        targets = app.targets(paths, settings)
        session = Session(open_database(paths.database), paths, settings)
        session.choose(libraries.find(session.db, library))
        searching = index_switch.searching(session, targets)
        self.searching = JobQueue[SearchingCommand]("searching", searching, None, None)
        self.generating = JobQueue[GeneratingCommand]("generating", targets.generating, None, None)
        self.others = set[int]()  # processes that do not write
        self.scope = LibraryScope(library)
        self.model = ModelChoice(LocalModel(model), threads=threads)

    def found(self, question: str) -> Basis:
        """Return what there is about a question."""
        done = self._value(self.scope.search(question, 6, answering=True))
        hits = self._value(Gather(done.hits, around=True)).hits
        passages = tuple(Passage(number, hit) for number, hit in enumerate(hits, 1))
        return Basis(question, passages, self._value(Pick(question, "en", passages)))

    def _value(self, command: CommandOf[SearchingCommand, R]) -> R:
        loop, came = QEventLoop(), list[R]()
        self.searching.ask(Job(command, step=came.append, end=loop.quit))
        loop.exec()
        return came[0]

    def written(self, basis: Basis, *, beside: bool) -> dict[str, Any]:
        """Have it written about, and return how that went."""
        clock = time.monotonic if beside else lambda: -math.inf
        driver = Writing(self.searching, self.generating, clock=clock)
        heard, loop = Heard(), QEventLoop()

        def over(done: Done) -> None:
            heard.done = done
            loop.quit()

        def failed(_error: object, details: str) -> None:
            heard.failed = details or "failed"
            loop.quit()

        driver.checked.connect(lambda checks: heard.early.append(len(checks)))
        driver.finished.connect(over)
        driver.failed.connect(failed)
        spent = [self._spent()]
        driver.write(self.model, basis, lambda: spent.append(self._spent()))
        loop.exec()
        begun, ended, checked = *spent, self._spent()
        assert heard.done is not None, heard.failed
        assert heard.done.generation is not None
        return {
            "text": heard.done.text,
            "checks": heard.done.checks,
            "tokens": heard.done.generation.usage.answer,
            "tps": heard.done.generation.timings.decode_tps,
            "early": heard.early,
            "cpu_writing": ended[1] - begun[1],
            "cpu_beside": ended[0] - begun[0],
            "cpu_whole": checked[0] - begun[0],
        }

    def _spent(self) -> tuple[float, float]:
        """Return the seconds of processors that searching and generating have taken so far."""
        spent = [0.0, 0.0]
        for child in psutil.Process().children(recursive=True):
            times = child.cpu_times()
            spent[child.pid not in self.others] += times.user + times.system
        return spent[0], spent[1]


def compared(asked: Program, questions: list[str], rounds: int) -> dict[str, Any]:
    """Have something written about each question both ways, and compare."""
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    found = [asked.found(question) for question in questions]
    asked.others = {child.pid for child in psutil.Process().children(recursive=True)}
    asked.written(found[0], beside=True)  # loads the model
    for at, basis in enumerate(found * rounds):
        first = at % 2 == 0
        one = asked.written(basis, beside=first)
        other = asked.written(basis, beside=not first)
        on, off = (one, other) if first else (other, one)
        pairs.append((on, off))
        ratio, sentences = off["tps"] / on["tps"], len(on["checks"])
        share = on["cpu_beside"] / on["cpu_writing"]
        program.note(f"{ratio:.3f} {share:.3f} {on['tps']:.1f} {on['early']} of {sentences}")
    ratios = [off["tps"] / on["tps"] for on, off in pairs]
    shares = [on["cpu_beside"] / on["cpu_writing"] for on, _ in pairs]
    whole = [off["cpu_whole"] / off["cpu_writing"] for _, off in pairs]
    early = [max(on["early"], default=0) / max(1, len(on["checks"])) for on, _ in pairs]
    return {
        "pairs": len(pairs),
        "same_text": sum(on["text"] == off["text"] for on, off in pairs),
        "same_checks": sum(on["checks"] == off["checks"] for on, off in pairs),
        "tokens": statistics.median(on["tokens"] for on, _ in pairs),
        "sentences": statistics.median(len(on["checks"]) for on, _ in pairs),
        "beside": statistics.median(len(on["early"]) for on, _ in pairs),
        "tps_beside": round(statistics.median(on["tps"] for on, _ in pairs), 2),
        "tps_without": round(statistics.median(off["tps"] for _, off in pairs), 2),
        "slower": round(statistics.median(ratios), 3),
        "slower_mean": round(math.exp(statistics.fmean(map(math.log, ratios))), 3),
        "slower_quartiles": [round(one, 3) for one in statistics.quantiles(ratios, n=4)],
        "cpu_share": round(statistics.median(shares), 3),
        "cpu_share_most": round(max(shares), 3),
        "cpu_share_whole": round(statistics.median(whole), 3),
        "early_share": round(statistics.fmean(early), 3),
    }


def main() -> None:
    """Measure and print."""
    home, library, model, *more = sys.argv[1:]
    rounds, threads = (*map(int, more), *(1, 0)[len(more) :])
    application = QCoreApplication([])
    asked = Program(Path(home), library, Path(model), threads or None)
    lines = (resources() / "questions.jsonl").read_text().splitlines()
    cases = [json.loads(line) for line in lines if line.strip()]
    questions = [one["question"] for one in cases if one["lang"] == "en"][:_QUESTIONS]
    found = compared(asked, questions, rounds)
    for queue in (asked.searching, asked.generating):
        queue.stop()
    application.processEvents()
    program.emit({"benchmark": "checking beside", **program.circumstances(), **found})


if __name__ == "__main__":
    main()
