"""The window of a crash test: it does what its plan says, and kills itself or a worker there.

    python -c "from tests.crashing_window import main; main()" '{"doings": [["bring", 5]], …}'

Everything is the real program but for what `quick` replaces: torch, by vectors that mean nothing.
"""

import dataclasses
import functools
import json
import os
import random
import signal
import sys
import threading
import traceback
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop_rag import app
from desktop_rag.gui.look.theme import LIGHT_CHOICE, Theme
from desktop_rag.gui.processes.process_targets import ProcessTargets
from desktop_rag.gui.session import Session
from desktop_rag.gui.window.composition import Composition
from desktop_rag.jobs.indexing import coordinator
from desktop_rag.library import indexes, libraries, watches
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk.lock import owner
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.settings.storage import load
from desktop_rag.workers.pipe import client
from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.protocol import Step
from tests import crashing_workers

LOOK_MS = 50


def say(line: str) -> None:
    """Tell the test, which may be the last that is heard."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# What a kill waits for


class Kill:
    """Ends the window, a worker, or all of them, at the n-th time that something happens.

    `at` is "time", after `after` seconds; "sql", a statement to the database; "do:Tidy", a
    command to a worker, or "said:Stored", its reply; else what this module names by itself.
    `after` are the seconds from then on: 0 is before anybody has heard of it.
    """

    def __init__(self, at: str, nth: int, after: float, victim: str) -> None:
        self.at, self.nth, self.after, self.victim = at, nth, after, victim
        self.indexing: object = None

    def happened(self, what: str) -> None:
        """Kill, or soon, if it is this that was waited for."""
        if what != self.at:
            return
        self.nth -= 1
        if not self.nth:
            self.go()

    def go(self) -> None:
        """Kill when it is time to."""
        if not self.after:
            self._do()
            return
        timer = threading.Timer(self.after, self._do)
        timer.daemon = True
        timer.start()

    def _do(self) -> None:
        say(f"killing the {self.victim} at {self.at}")
        if self.victim == "window":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.victim == "all":
            os.killpg(0, signal.SIGKILL)
        processes = self.scheduler.processes
        life = getattr(getattr(processes, self.victim), "_life", None)
        if life is not None:
            os.kill(life.process.pid, signal.SIGKILL)


def _overheard(kill: Kill, db: object) -> None:
    """Have the kill hear of everything it may wait for."""
    take, submit, swap = coordinator.Coordinator.take, client.Worker.submit, indexes.swap

    def overheard(self: coordinator.Coordinator, letter: Letter) -> object:
        if isinstance(letter.reply, Step):
            kill.happened(f"said:{type(letter.reply.value).__name__}")
        return take(self, letter)

    def submitting(self: client.Worker, command: object) -> int:
        number = submit(self, command)
        kill.happened(f"do:{type(command).__name__}")
        return number

    def swapping(db: object) -> bool:
        swapped = swap(db)
        if swapped:
            kill.happened("swapped")
        return swapped

    coordinator.Coordinator.take, client.Worker.submit, indexes.swap = (
        overheard,
        submitting,
        swapping,
    )
    if kill.at == "sql":
        db.set_trace_callback(lambda _statement: kill.happened("sql"))


# What is done


class Doings:
    """What a person, or another program, does meanwhile; each is done `LOOK_MS` after the last."""

    def __init__(self, composition: Composition, session: Session, plan: dict[str, object]) -> None:
        self._composition, self._session = composition, session
        self._folder, self._library = Path(plan["folder"]), plan["library"]
        self._pool = self._folder.parent / "pool"
        self._random = random.Random(plan["seed"])  # noqa: S311

    def do(self, name: str, *given: object) -> None:
        """Do one thing."""
        getattr(self, name)(*given)

    def watch(self) -> None:
        """Have the folder watched, by a library that is made if need be."""
        db = self._session.db
        library = libraries.ensure(db, self._library)
        self._session.choose(library)
        if not watches.listed(db, library):
            self._composition._attending.folders.add(library, [self._folder])

    def bring(self, count: int) -> None:
        """Let files come into the folder, the next ones of the pool."""
        for path in sorted(self._pool.iterdir())[:count]:
            path.replace(self._folder / path.name)

    def change(self) -> None:
        """Give a file the content of the next one of the pool."""
        for path in sorted(self._pool.glob("*-*.pdf"))[:1]:
            for old in self._some(1):
                path.replace(old)

    def rename(self) -> None:
        """Move files; they keep their names, which may be what their documents are called."""
        for path in self._some(2):
            path.replace(self._below() / path.name)

    def copy(self) -> None:
        """Have another file with the same content."""
        for path in self._some(1):
            copy = self._below() / path.name
            if copy != path:
                copy.write_bytes(path.read_bytes())

    def delete(self) -> None:
        """Let a file go."""
        for path in self._some(1):
            path.unlink()

    def remove(self) -> None:
        """Take documents out of the library as its table does."""
        paths = self._some(2)
        self._composition._library.removal.take_out(paths, "Removed")

    def undo(self) -> None:
        """Take that back."""
        self._composition._undo.take()

    def expire(self) -> None:
        """Let it be final."""
        self._composition._undo.withdraw()

    def pause(self) -> None:
        """Stand still."""
        self._composition._indexing.scheduler.pause()

    def resume(self) -> None:
        """Go on."""
        self._composition._indexing.scheduler.resume()

    def first(self) -> None:
        """Wish for something before all others."""
        places = self._composition._indexing.scheduler.waiting()
        if places:
            self._composition._indexing.scheduler.put_first([self._random.choice(places)])

    def chunks(self, tokens: int) -> None:
        """Ask for chunks of another size."""
        settings = self._session.settings
        indexing = settings.indexing.replaced(chunk_tokens=tokens)
        self._session.replace_settings(settings.replaced(indexing=indexing))

    def keep_up(self) -> None:
        """Do what is otherwise done after a while."""
        self._composition._indexing.scheduler.keep_up()

    def wait(self, _steps: int = 1) -> None:
        """Do nothing."""

    def _below(self) -> Path:
        below = self._folder / f"below-{self._random.randrange(3)}"
        below.mkdir(exist_ok=True)
        return below

    def _some(self, count: int) -> list[Path]:
        there = sorted(path for path in self._folder.rglob("*") if path.is_file())
        return self._random.sample(there, min(count, len(there)))


# The window


def _targets(paths: Paths, settings: object, *, quick: bool) -> ProcessTargets:
    targets = app.targets(paths, settings)
    if not quick:
        return targets
    idle = functools.partial(crashing_workers.idle, paths.home)
    return dataclasses.replace(
        targets,
        indexing=functools.partial(functools.partial, crashing_workers.index, paths.home),
        searching=lambda _searched: idle,
        drawing=idle,
        generating=idle,
        tuning=idle,
        printing=idle,
    )


class Life:
    """One life of the window: all doings, then rest, then its end."""

    def __init__(self, composition: Composition, session: Session, plan: dict[str, object]) -> None:
        self._composition, self._session, self._plan = composition, session, plan
        self._doings = Doings(composition, session, plan)
        self._left = [list(doing) for doing in plan["doings"]]
        self._calm = 0
        self._kept_up = False
        self._beats = 0
        self._beat = QTimer(composition, interval=LOOK_MS)
        self._beat.timeout.connect(self._look)
        self._beat.start()

    def _look(self) -> None:
        self._beats += 1
        if self._left:
            if self._beats % self._plan["pace"] == 0:
                self._doings.do(*self._left.pop(0))
            return
        self._calm = self._calm + 1 if self._rests() else 0
        if self._calm * LOOK_MS < self._plan["calm_ms"]:
            return
        if not self._kept_up:
            self._kept_up = True
            self._calm = 0
            self._composition._undo.withdraw()
            self._composition._indexing.scheduler.keep_up()
            return
        self._beat.stop()
        say("settled")
        self._composition.window.close()

    def _rests(self) -> bool:
        scheduler = self._composition._indexing.scheduler
        if scheduler.paused:
            scheduler.resume()
        starting = [
            watch
            for watch in watches.listed(self._session.db)
            if self._composition._attending.folders._state(watch).value == "starting"
        ]
        return not (scheduler.busy or scheduler.working or scheduler.maintenance.due or starting)


def _end(*raised: object) -> None:
    """End at once by an error in a slot, which Qt would go on after."""
    traceback.print_exception(*raised)
    sys.stderr.flush()
    os._exit(1)


def main() -> int:
    """Live once."""
    sys.excepthook = _end
    plan = json.loads(sys.argv[1])
    application = QApplication(sys.argv[:1])
    paths = open_home(Path(plan["home"]))
    loaded = load(paths.settings_file)
    kill = Kill(**plan["kill"]) if plan["kill"] else None
    with owner(paths), closing(open_database(paths.database)) as db:
        session = Session(db, paths, loaded.settings, application)
        session.troubled.connect(lambda words: say(f"troubled: {words}"))
        if kill:
            _overheard(kill, db)
        targets = _targets(paths, loaded.settings, quick=plan["quick"])
        composition = Composition(session, Theme(application, LIGHT_CHOICE), targets)
        if kill:
            kill.indexing = composition._indexing
        composition._indexing.troubled.connect(
            lambda error, details: say(f"stopped: {error!r} {details}")
        )
        composition.start()
        if kill and kill.at == "time":
            kill.go()
        life = Life(composition, session, plan)
        code = application.exec()
        del life
    return code
