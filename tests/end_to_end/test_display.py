"""The program in a process of its own on a display of its own, used with pointer and keyboard.

There is no window manager on it: windows stay where they are put, and the
keyboard belongs to whichever window was given it.
"""

import ctypes
import os
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from desktop_rag.library import conversations, documents, libraries
from desktop_rag.library.db.database import open_for_reading
from desktop_rag.settings.paths import Paths
from tests import drag_source, pdfs, word_embedder
from tests.places import ROOT

WAIT = 120_000  # milliseconds; only failures ever wait this long
SECONDS = WAIT / 1000
PLACE = (drag_source.SIDE + 20, 0, 1240, 860)  # of the window: beside what is dragged
SERVER = ("-nolisten", "tcp", "-noreset")  # else it starts anew whenever a last window closes
REAL = ("-m", "desktop_rag")  # which finds by meaning as well
LAMP = "The lamp of the Vorrin lighthouse was lit with whale oil until 1871."
QUOKKA = "The zanzibar quokka was weighed on a Thursday."


def x11() -> bool:
    """Whether what Qt needs of X11 is there."""
    try:
        ctypes.CDLL("libxcb-icccm.so.4")
        ctypes.CDLL("libxcb-keysyms.so.1")
    except OSError:
        return False
    return True


XVFB, XDOTOOL = shutil.which("Xvfb") or "", shutil.which("xdotool") or ""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not XVFB, reason="Xvfb is not installed"),
    pytest.mark.skipif(not XDOTOOL, reason="xdotool is not installed"),
    pytest.mark.skipif(not x11(), reason="Qt's libraries for X11 are not installed"),
]


class Display:
    """A screen that nobody sees, its pointer and its keyboard."""

    def __init__(self, name: str, until) -> None:
        self.until = until
        self._started: list[subprocess.Popen[str]] = []
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"},
            "DISPLAY": name,
            "LC_ALL": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(ROOT),
        }

    def start(self, *arguments: object, **more: str) -> subprocess.Popen[str]:
        """Start a Python program that shows windows here."""
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env={**self.environment, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process

    def close(self) -> None:
        """End whatever still runs here, with all its workers."""
        for process in self._started:
            if process.poll() is None:
                family = psutil.Process(process.pid)
                for one in (*family.children(recursive=True), family):
                    one.kill()
            process.communicate()

    def do(self, *words: object) -> str:
        """Have xdotool do something; return what it says."""
        done = subprocess.run(
            [XDOTOOL, *map(str, words)],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        return done.stdout.strip()

    def window(self, process: subprocess.Popen[str], *known: str) -> str:
        """Return the number of the window that a process shows beside those known, once it does."""
        words = ("search", "--all", "--onlyvisible", "--pid", process.pid, "--name", "")

        def others() -> list[str]:
            return [window for window in self.do(*words).split() if window not in known]

        self.until(lambda: process.poll() is not None or bool(others()))
        assert process.poll() is None, process.communicate()
        (window,) = others()
        return window

    def put(self, window: str, left: int, top: int, width: int, height: int) -> None:
        """Put a window somewhere, and wait until it is there."""
        self.do("windowmove", window, left, top, "windowsize", window, width, height)
        wanted = [f"X={left}", f"Y={top}", f"WIDTH={width}", f"HEIGHT={height}"]
        self.until(
            lambda: set(wanted) <= set(self.do("getwindowgeometry", "--shell", window).split())
        )

    def below_pointer(self) -> str:
        """Return the number of the window that a click would reach."""
        found = re.search(r"WINDOW=(\d+)", self.do("getmouselocation", "--shell"))
        assert found
        return found[1]


class Program:
    """The program on a display, and what it wrote into its data directory."""

    def __init__(
        self,
        display: Display,
        home: Path,
        how: tuple[str, ...] = word_embedder.PROGRAM,
        **more: str,
    ) -> None:
        self.display = display
        self.how = how
        self.more = {"DESKTOP_RAG_HOME": str(home), **more}
        self.process = display.start(*how, **self.more)
        self.window = display.window(self.process)
        display.put(self.window, *PLACE)
        self.database = Paths(home).database

    def again(self, *files: Path) -> tuple[int, str]:
        """Start the program once more; return its exit code and what it said."""
        second = self.display.start(*self.how, "window", *files, **self.more)
        out, err = second.communicate(timeout=SECONDS)
        return second.returncode, out + err

    def press(self, *keys: str) -> None:
        self.display.do("windowfocus", "--sync", self.window, "key", *keys)

    def write(self, text: str) -> None:
        self.display.do("type", text)

    def states(self) -> dict[str, dict[str, str]]:
        """Return how far the files of each library have come."""
        with closing(open_for_reading(self.database)) as db:
            return {
                library.name: {
                    row.path.name: str(row.state) for row in documents.listing(db, library.id)
                }
                for library in libraries.summaries(db)
            }

    def turns(self) -> list[conversations.Turn]:
        """Return all questions and answers."""
        with closing(open_for_reading(self.database)) as db:
            talks = [
                talk
                for library in libraries.summaries(db)
                for talk in conversations.listed(db, library.id)
            ]
            return [turn for talk in talks for turn in conversations.turns(db, talk.id)]

    def quit(self) -> tuple[int, str]:
        """Press Ctrl+Q; return the exit code and what was said, once no process is left."""
        family = psutil.Process(self.process.pid).children(recursive=True)
        self.press("ctrl+q")
        out, err = self.process.communicate(timeout=SECONDS)
        _, left = psutil.wait_procs(family, timeout=5)
        assert left == []
        return self.process.returncode, out + err


@pytest.fixture
def until(qtbot):
    """Wait for what becomes true in another process."""
    return lambda condition: qtbot.waitUntil(condition, timeout=WAIT)


@pytest.fixture
def display(until) -> Iterator[Display]:
    """Show a screen of its own for each test; what still runs on it at the end is ended."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [XVFB, *("-displayfd", str(writing)), *("-screen", "0", "1400x900x24"), *SERVER],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    shown = Display(f":{number}", until)
    try:
        yield shown
    finally:
        shown.close()
        server.terminate()
        server.wait(timeout=SECONDS)


@pytest.fixture
def program(display, home) -> Program:
    return Program(display, home)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return (
        pdfs.plain(tmp_path / "lamp.pdf", [LAMP]),
        pdfs.rotated(tmp_path / "quokka.pdf", QUOKKA, 90),
    )


def dragged(display: Display, files: tuple[Path, ...]) -> list[str]:
    """Drag files onto the middle of the program's window; return what the window let be done."""
    source = display.start(drag_source.__file__, *files)
    square = display.window(source)
    half = drag_source.SIDE // 2
    display.do("windowmove", square, 0, 0, "windowraise", square)
    display.do("mousemove", half, half)
    display.until(lambda: display.below_pointer() == square)
    left, top, width, height = PLACE
    display.do("mousedown", 1, "mousemove_relative", 10, 10)
    display.do("mousemove", left + width // 2, top + height // 2)
    before = said(source)
    display.do("mouseup", 1)
    return [before, said(source)]


def said(process: subprocess.Popen[str]) -> str:
    """Return the next line of a process."""
    assert process.stdout
    assert select.select([process.stdout], [], [], SECONDS)[0]
    return process.stdout.readline().strip()


def test_files_are_dropped_asked_about_and_left(display, home, files) -> None:
    program = Program(display, home, REAL)
    assert program.states() == {}
    assert dragged(display, files) == ["over CopyAction", "dropped CopyAction"]
    ready = {"My documents": {"lamp.pdf": "ready", "quokka.pdf": "ready"}}
    display.until(lambda: program.states() == ready)

    program.press("ctrl+l")
    program.write("When was the zanzibar quokka weighed?")
    program.press("Return")
    display.until(lambda: [bool(turn.answer) for turn in program.turns()] == [True])
    (turn,) = program.turns()
    assert turn.question == "When was the zanzibar quokka weighed?"
    assert "Thursday" in turn.answer

    assert program.quit() == (0, "")


def test_a_second_start_raises_the_window_and_hands_its_files_over(program, display, files) -> None:
    cover = display.start(drag_source.__file__)
    square = display.window(cover)
    left, top, *_ = PLACE
    display.do("windowmove", square, left, top, "windowraise", square)
    display.do("mousemove", left + 10, top + 10)
    display.until(lambda: display.below_pointer() == square)

    assert program.again(files[0]) == (0, "")
    display.until(lambda: display.below_pointer() == program.window)
    display.until(lambda: program.states() == {"lamp": {"lamp.pdf": "ready"}})


def test_it_asks_before_it_leaves_files_unfinished(program, display, tmp_path) -> None:
    book = pdfs.book(tmp_path / "book.pdf", 300)
    assert program.again(book) == (0, "")
    display.until(lambda: "book.pdf" in program.states().get("book", {}))
    program.press("ctrl+q")
    question = display.window(program.process, program.window)
    display.do("windowfocus", "--sync", question, "key", "Return")
    out, err = program.process.communicate(timeout=SECONDS)
    assert (program.process.returncode, out + err) == (0, "")
    assert program.states()["book"]["book.pdf"] != "ready"


@pytest.mark.parametrize(
    ("system", "library"), [("es_ES.UTF-8", "Mis documentos"), ("en_GB.UTF-8", "My documents")]
)
def test_it_speaks_the_language_of_the_system(display, home, files, system, library) -> None:
    program = Program(display, home, LC_ALL=system, LANGUAGE="")
    program.again(*files)
    display.until(lambda: set(program.states()) == {library})
