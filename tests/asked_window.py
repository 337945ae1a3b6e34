"""A window that is asked, and whose processes are killed meanwhile; it says what became of it.

    python -c "from tests.asked_window import main; main()" '{"home": …, "model": …, …}'

Everything is the real program but for the embedder, which knows words and no meaning; with `real`
it is the real one, too.
"""

import json
import os
import random
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_rag.domain.models import LocalModel
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.window.single_instance import SingleInstance
from desktop_rag.library import conversations
from tests.running_window import Running, listed

_LOOKS = 1_000  # for a process that is to be killed
_TOKENS = 60  # of an answer, at most


class Waiting:
    """Waits in the loop of Qt, as the fixture of tests does."""

    def waitUntil(self, condition: Callable[[], object], timeout: float) -> None:  # noqa: N802
        """Go on once something is so. Raises `TimeoutError`."""
        end = time.monotonic() + timeout / 1000
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
            # which `exec` does by itself: what was to be deleted would stay for ever
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def waitExposed(self, _window: object) -> None:  # noqa: N802
        """Go on at once."""

    def addWidget(self, _widget: object) -> None:  # noqa: N802
        """Close nothing."""


def say(**values: Any) -> None:
    """Tell who started this, which may be the last that is heard."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def lit(view: Any) -> bool:
    """Whether anything on a page is lit."""
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(-1, 4)  # blue, green, red
    return bool(((pixels[:, 0] < 150) & (pixels[:, 2] > 200)).sum() > 200)


def _kill(queue: JobQueue[Any]) -> bool:
    """Kill a process, if there is one."""
    life = getattr(queue._bridge.worker, "_life", None)
    if life is None or not life.process.is_alive():
        return False
    os.kill(life.process.pid, signal.SIGKILL)
    return True


class Asked:
    """A window of which things are wanted, and what is wrong with what came of them."""

    def __init__(self, plan: dict[str, Any], application: QApplication) -> None:
        self._random = random.Random(plan["seed"])  # noqa: S311 - nothing is kept secret by it
        self._questions: list[list[str]] = plan["questions"]
        self.running = Running(Path(plan["home"]), application, Waiting(), real=plan["real"])
        model = LocalModel(Path(plan["model"]))
        if self.running.session.model != model:
            self.running.session.choose_model(model)
        talk = self.running.composition._talk
        talk.set_sampling(talk._sampling.replaced(max_tokens=_TOKENS))
        self.count = 0

    def wrong(self, what: str) -> None:
        """Say what must not be."""
        say(wrong=what, at=self.count)

    def ask(self) -> None:
        """Ask what the documents answer."""
        self.question, self.told = self._questions[self.count % len(self._questions)]
        self.count += 1
        self.running.ask(self.question)

    def answered(self) -> TurnValue:
        """Wait for the answer, whatever it is."""
        composition = self.running.composition
        self.running.until(lambda: not composition._answering.busy)
        return composition._talk.turns[-1]

    def whole(self) -> float:
        """Ask, and see that the answer is as it should be; return how long it took."""
        started = time.monotonic()
        self.ask()
        turn = self.answered()
        seconds = time.monotonic() - started
        said = " ".join([turn.answer, *(one.snippet for one in turn.quotes)])
        if turn.error or turn.question != self.question or self.told not in said:
            self.wrong(f"{turn.question} {turn.error} {said[:200]}")
        return seconds

    def see(self) -> None:
        """Open the page of the last quote, and wait until its words are lit."""
        turn = self.running.composition._talk.turns[-1]
        self.open(turn)
        view = self.running.composition.pane.view
        self.running.until(lambda: lit(view))

    def open(self, turn: TurnValue) -> None:
        """Open the page of a source."""
        source = self._random.choice(turn.cited or turn.sources)
        self.running.composition.chat.source_opened.emit(source)

    # Killing

    def kill(self, victim: str, seconds: float) -> None:
        """Kill a process at some moment while it is needed, and see that all goes on."""
        composition = self.running.composition
        queue = getattr(composition, f"_{victim}")
        done = threading.Event()

        def go() -> None:
            for _ in range(_LOOKS):
                if done.is_set() or _kill(queue):
                    return
                done.wait(0.01)  # it is only about to start

        timer = threading.Timer(self._random.uniform(0, seconds), go)
        timer.daemon = True
        timer.start()
        if victim == "drawing":
            self.open(composition._talk.turns[-1])
            composition.pane.view.zoom_to(self._random.uniform(0.5, 1.5))
            self.running.until(lambda: not timer.is_alive())
            self.see_all_the_same()
        else:
            self.ask()
            turn = self.answered()
            done.set()
            timer.cancel()
            if not turn.answer and not turn.error:
                self.wrong(f"{victim}: nothing was said to {turn.question}")
            if "Traceback" in turn.error:
                self.wrong(turn.error)
            say(victim=victim, error=turn.error, mode=str(turn.mode))

    def see_all_the_same(self) -> None:
        """See that a page is drawn although its process was killed."""
        view = self.running.composition.pane.view
        try:
            self.running.qtbot.waitUntil(lambda: lit(view), 20_000)
        except TimeoutError:
            self.wrong("drawing: the page stays blank")
            self.see()
        say(victim="drawing", error="", mode="")

    def last_life(self) -> None:
        """See what is left of a life that was killed."""
        kept = listed(self.running)
        if kept:
            self.running.composition._talk.open(kept[0].id)
            turns = conversations.turns(self.running.db, kept[0].id)
            say(left=len(turns), last=turns[-1].question if turns else "")


def _steps(asked: Asked, plan: dict[str, Any]) -> Iterator[None]:
    """Do what the plan says."""
    asked.last_life()
    seconds = max(asked.whole() for _ in range(2))
    asked.see()
    say(ready=seconds)
    for victim in plan["victims"]:
        asked.kill(victim, seconds if victim != "drawing" else 0.6)
        if victim != "drawing":
            asked.whole()
        yield
    end = time.monotonic() + 60 * plan["minutes"]
    while time.monotonic() < end:
        asked.whole()
        asked.see()
        say(asked=asked.count)
        yield


def main() -> None:
    """Live once."""
    plan = json.loads(sys.argv[1])
    application = QApplication(sys.argv[:1])
    failures: list[BaseException] = []

    def failed(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        failures.append(error)
        traceback.print_exception(kind, error, trace)

    sys.excepthook = failed
    asked = Asked(plan, application)
    instance = SingleInstance(asked.running.paths, application)
    instance.raised.connect(asked.running.composition.raise_with)
    for _ in _steps(asked, plan):
        while failures:
            asked.wrong(repr(failures.pop()))
    asked.running.quit()
    say(done=asked.count)
