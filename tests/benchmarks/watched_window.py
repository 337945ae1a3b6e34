"""What tests/benchmarks/window.py measures, each part in a process of its own."""

from __future__ import annotations

import itertools
import json
import os
import statistics
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop_rag import app
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.models import LocalModel
from desktop_rag.gui.chat import turn_records
from desktop_rag.gui.chat.values import Statistics, TurnValue
from desktop_rag.gui.look.theme import Theme
from desktop_rag.gui.session import Session
from desktop_rag.gui.sources import Source
from desktop_rag.gui.window.composition import Composition
from desktop_rag.library import conversations, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk.lock import owner
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.storage import load

HEAVY = ("torch", "lancedb", "pymupdf", "llama_cpp", "sentence_transformers", "transformers")
BEAT_MS = 5
SLOW = 0.050  # seconds
MOST_SECONDS = 400  # for one part

Scenario = Iterator[Callable[[], object]]


def measure(part: str, home: str, given: Any) -> None:
    """Run one part and print its figures."""
    if part == "start":
        values = start()
    else:
        values = {"heartbeat": heartbeat, "chat": chat, "book": book}[part](Path(home), given)
    heavy = [name for name in HEAVY if name in sys.modules]
    print(json.dumps(values | {"heavy_modules": heavy}))


# Until it is painted


class Painted(QObject):
    """Calls back once, when a widget has been painted and `ready` says so."""

    def __init__(
        self,
        widget: QWidget,
        then: Callable[[], None],
        ready: Callable[[], object] = lambda: True,
    ) -> None:
        super().__init__(widget)
        self._then = then
        self._ready = ready
        self._told = False
        widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and not self._told and self._ready():
            self._told = True
            QTimer.singleShot(0, self._then)  # once everything else of it is painted too
        return False


class Awaited:
    """The moment at which a widget was painted first."""

    def __init__(self, widget: QWidget, ready: Callable[[], object] = lambda: True) -> None:
        self.at = 0.0
        Painted(widget, self._note, ready)

    def __call__(self) -> bool:
        return bool(self.at)

    def _note(self) -> None:
        self.at = time.perf_counter()


def start() -> dict[str, Any]:
    """Run the program itself until its window is painted."""
    found: dict[str, Any] = {}

    class Leaving(Composition):
        """Leaves as soon as it is seen."""

        def start(self, *given: Any) -> None:
            Painted(self.window, self._seen)
            super().start(*given)

        def _seen(self) -> None:
            found.update(painted=time.time(), own=time.process_time())
            self._on_close_requested()

    app.Composition = Leaving  # type: ignore[misc]
    app.run()
    return found


@contextmanager
def opened(home: Path, play: Callable[[Composition], Scenario]) -> Iterator[Heart]:
    """Run the window with its workers until a scenario has been played."""
    paths = open_home(home)
    settings = load(paths.settings_file).settings
    application = QApplication([])
    look = Theme(application, settings.window.theme)
    with ExitStack() as stack:
        stack.enter_context(owner(paths))
        db = stack.enter_context(closing(open_database(paths.database)))
        session = Session(db, paths, settings, application)
        composition = Composition(session, look, app.targets(paths, settings))
        composition.start()
        heart = Heart()
        player = Player(composition, play(composition))
        application.exec()
        heart.end()
        yield heart
        del player


class Player:
    """Plays a scenario: goes on whenever what it waits for has come."""

    def __init__(self, composition: Composition, scenario: Scenario) -> None:
        self._composition = composition
        self._scenario = scenario
        self._awaits: Callable[[], object] = lambda: True
        self._ends = time.monotonic() + MOST_SECONDS
        self._timer = QTimer(interval=20)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if time.monotonic() > self._ends:
            print("the scenario did not come to its end", file=sys.stderr, flush=True)
            os._exit(1)  # a slot cannot end the program otherwise
        if not self._awaits():
            return
        try:
            self._awaits = next(self._scenario)
        except StopIteration:
            self._timer.stop()
            self._composition._on_close_requested()


def after(seconds: float) -> Callable[[], bool]:
    """Return what is true after so many seconds."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


# The heart


@dataclass(slots=True)
class Gap:
    """A time without a beat, and where the thread was seen in it."""

    at: float
    seconds: float
    own: float
    stacks: Counter[str] = field(default_factory=Counter)

    def values(self) -> dict[str, Any]:
        """Return it for reading."""
        return {
            "at_second": round(self.at, 2),
            "ms": round(1000 * self.seconds, 1),
            "own_ms": round(1000 * self.own, 1),
            "stacks": [text for text, _ in self.stacks.most_common(4)],
        }


class Heart:
    """Beats in the event loop, and has another thread look what it does when no beat comes."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._spent = time.thread_time()
        self._thread = threading.get_ident()
        self._seen: dict[float, Counter[str]] = {}
        self._over = threading.Event()
        self.gaps: list[Gap] = []
        self._timer = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        threading.Thread(target=self._watch, daemon=True).start()

    def _beat(self) -> None:
        now, spent = time.perf_counter(), time.thread_time()
        gap = Gap(self._last - self._began, now - self._last, spent - self._spent)
        gap.stacks = self._seen.pop(self._last, gap.stacks)
        self.gaps.append(gap)
        self._last, self._spent = now, spent

    def _watch(self) -> None:
        while not self._over.wait(0.008):
            last = self._last
            if time.perf_counter() - last < SLOW / 2:
                continue
            frame = sys._current_frames().get(self._thread)
            if frame is not None:
                self._seen.setdefault(last, Counter())[_ours(frame)] += 1

    def end(self) -> None:
        """Beat no more."""
        self._timer.stop()
        self._over.set()

    def since(self, moment: float) -> list[Gap]:
        """Return the gaps after a moment."""
        return [gap for gap in self.gaps if gap.at + gap.seconds >= moment - self._began]

    def values(self, moment: float) -> dict[str, Any]:
        """Say how the heart has beaten since a moment."""
        found = self.since(moment)
        lengths = [gap.seconds for gap in found]
        slow = [gap for gap in found if gap.seconds > SLOW]
        rare = statistics.quantiles([*lengths, lengths[-1]], n=1000, method="inclusive")[-1]
        longest = sorted(found, key=lambda gap: gap.seconds, reverse=True)[:8]
        return {
            "beats": len(found),
            "longest_ms": round(1000 * max(lengths), 1),
            "p999_ms": round(1000 * rare, 1),
            "over_50_ms": len(slow),
            "of_them_at_work_over_50_ms": sum(gap.own > SLOW for gap in slow),
            "longest": [gap.values() for gap in longest],
        }


def _ours(frame: Any) -> str:
    """Return the innermost frames of the program."""
    frames = traceback.extract_stack(frame)
    where = [
        f"{Path(one.filename).stem}.{one.name}:{one.lineno}"
        for one in frames
        if "desktop_rag/" in one.filename.replace("\\", "/") or one is frames[-1]
    ]
    return " < ".join(reversed(where[-7:]))


# Indexing and answering at once


def heartbeat(home: Path, documents: int) -> dict[str, Any]:
    """Index PDFs, stream answers meanwhile, and look at the list now and then."""
    folder = _files(home.parent / "files", documents)
    model = home.parent / "babbler.gguf"
    began, done = time.perf_counter(), Counter[str]()

    def play(composition: Composition) -> Scenario:
        yield after(2.0)
        nonlocal began
        began = time.perf_counter()
        composition._library.add([folder])
        scheduler, talk = composition._indexing.scheduler, composition._talk
        yield lambda: scheduler.backlog.tally.indexed > 0
        composition._session.choose_model(LocalModel(model))
        talk.set_sampling(talk._sampling.replaced(max_tokens=1500))
        told = composition._answering.told
        told.connect(lambda _text: done.update(("pieces",)))
        for number in itertools.count():
            if not scheduler.busy:
                break
            talk.ask(f"What did ship {number} of Vorrin bring?")
            yield after(3.0)
            (composition.window.show_chat if number % 2 else composition.window.show_documents)()
            yield lambda: not composition._answering.busy
            done["answers"] += 1
        done["indexed"] = scheduler.backlog.tally.indexed
        yield after(1.0)

    with opened(home, play) as heart:
        values = heart.values(began)
    return {**done, "seconds": round(time.perf_counter() - began, 1), **values}


def _files(folder: Path, count: int) -> Path:
    """Write the PDFs and the model in a process of its own: what that takes is not ours."""
    import subprocess

    text = (
        "import sys; from pathlib import Path; from tests import gguf_models, pdfs\n"
        "folder = Path(sys.argv[1]); folder.mkdir()\n"
        "gguf_models.write_babbler(folder.parent / 'babbler.gguf', context=8192)\n"
        "says = 'Ship {} of Vorrin brought {} barrels of salt to the harbour of page {}. '\n"
        "for n in range(int(sys.argv[2])):\n"
        "    pages = [''.join(says.format(n, 7 * n + i, p) for i in range(25)) for p in range(4)]\n"
        "    pdfs.plain(folder / f'{n:05}.pdf', pages)\n"
    )
    subprocess.run([sys.executable, "-c", text, str(folder), str(count)], check=True)
    return folder


# A long conversation


def chat(home: Path, turns: int) -> dict[str, Any]:
    """Open a conversation of many turns."""
    found: dict[str, Any] = {}
    conversation = _conversation(home, turns)
    moments: list[float] = []

    def play(composition: Composition) -> Scenario:
        yield after(3.0)
        found["memory_before_mb"] = _held()
        moments.append(time.perf_counter())
        own = time.thread_time()
        composition._talk.open(conversation)
        called = time.perf_counter()
        opened_ = Awaited(composition.chat._views[max(composition.chat._views)])
        yield opened_
        found["own_seconds"] = round(time.thread_time() - own, 3)
        found["call_seconds"] = round(called - moments[0], 3)
        found["seconds"] = round(opened_.at - moments[0], 3)
        yield after(3.0)
        found["turns_shown"] = len(composition.chat._views)
        found["memory_mb"] = _held()

    with opened(home, play) as heart:
        values = heart.values(moments[0])
    return {**found, "turns": turns, **values}


def _conversation(home: Path, count: int) -> conversations.ConversationId:
    sentence = "The keeper of the light counted the ships that brought salt to the harbour. "
    with closing(open_database(open_home(home).database)) as db:
        library = libraries.ensure(db, "Harbours")
        conversation = conversations.create(db, library, "Salt and ships")
        for number in range(count):
            sources = tuple(_source(4 * number + one, sentence) for one in range(1, 5))
            table = "| Ship | Salt |\n|---|---|\n| Alda | 3 |\n| Teskil | 4 |\n\n"
            code = "```python\nfor ship in harbour:\n    print(ship.salt)\n```\n\n"
            extra = (table, code, "- one\n- two\n- three\n\n", "")[number % 4]
            answer = f"{4 * sentence}[{4 * number + 1}]\n\n{extra}**So** {2 * sentence}"
            statistics_ = Statistics(
                AnswerMode.MODEL, 4.0, 1800, 900, 150, 12.0, prompt=sentence * 100
            )
            turn = TurnValue(0, f"Question {number}?", answer, sources, sources[:1], statistics_)
            draft = conversations.Draft(
                question=turn.question,
                answer=answer,
                mode="model",
                payload=turn_records.stored(turn),
            )
            conversations.add_turn(db, conversation, draft)
    return conversation


def _source(number: int, sentence: str) -> Source:
    boxes = tuple(Box(0.1, 0.1 + line / 50, 0.9, 0.12 + line / 50) for line in range(12))
    document = DocumentId(f"{number % 40:064x}")
    return Source(number, document, "The Book of Harbours", 3, "4", 6 * sentence, boxes)


def _held() -> dict[str, float]:
    import psutil

    memory = psutil.Process().memory_full_info()
    return {
        name: round(getattr(memory, name) / 1e6, 1)
        for name in ("rss", "pss", "uss")
        if hasattr(memory, name)
    }


# A thick book


def book(home: Path, pages: int) -> dict[str, Any]:
    """Open copies of a book one after the other."""
    import subprocess

    folder = home.parent / "books"
    text = "import sys; from pathlib import Path; from tests import pdfs; "
    text += "Path(sys.argv[1]).mkdir()\n"
    text += "[pdfs.book(Path(sys.argv[1], f'{n}.pdf'), int(sys.argv[2])) for n in range(6)]"
    subprocess.run([sys.executable, "-c", text, str(folder), str(pages)], check=True)
    seconds: list[float] = []
    began = time.perf_counter()

    def play(composition: Composition) -> Scenario:
        nonlocal began
        yield after(3.0)
        began = time.perf_counter()
        for number in range(6):
            at = time.perf_counter()
            composition._pages.open(
                DocumentId(f"{number:064x}"), "A book", folder / f"{number}.pdf"
            )
            view = composition.pane.view
            shown = Awaited(view.viewport(), lambda view=view: view._images.get(0))
            yield shown
            seconds.append(round(shown.at - at, 3))
            yield after(1.0)

    with opened(home, play) as heart:
        values = heart.values(began)
    rest = seconds[1:]
    return {
        "pages": pages,
        "first_seconds": seconds[0],
        "again_seconds": rest,
        "median_seconds": round(statistics.median(rest), 3),
        **values,
    }
