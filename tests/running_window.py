"""The program as a person has it: its window in this process, its real workers in others."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from desktop_rag import app
from desktop_rag.gui.look.theme import LIGHT_CHOICE, Theme
from desktop_rag.gui.processes.qt_worker import QtWorker
from desktop_rag.gui.session import Session
from desktop_rag.gui.window.composition import Composition
from desktop_rag.library import conversations, documents
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk.lock import owner
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.storage import load
from tests import word_embedder
from tests.places import ROOT

WAIT = 120_000  # milliseconds; only failures ever wait this long


def shelf(home: Path, folder: Path) -> Path:
    """Index a folder into a new data directory, whose copies need not be indexed again."""
    words = ["index", str(folder), "--library", folder.name]
    command = [sys.executable, *word_embedder.PROGRAM, *words]
    environment = os.environ | {"DESKTOP_RAG_HOME": str(home)}
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return home


class Running:
    """The program in this process, its workers in others; only a `real` one loads torch."""

    def __init__(self, home: Path, qapp, qtbot, real: bool = False) -> None:
        self.qtbot = qtbot
        self.paths = open_home(home)
        loaded = load(self.paths.settings_file)
        settings = loaded.settings
        self.lock = owner(self.paths)
        self.lock.__enter__()
        self.db = open_database(self.paths.database)
        self.session = Session(self.db, self.paths, settings)
        self.look = Theme(qapp, LIGHT_CHOICE)
        targets = app.targets(self.paths, settings)
        if not real:
            targets = word_embedder.instead(targets, self.paths, settings)
        self.composition = Composition(self.session, self.look, targets)
        self.composition.window.resize(1360, 860)
        self.composition.start(lost_settings=loaded.broken)
        qtbot.waitExposed(self.composition.window)

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def drop(self, *paths: Path) -> None:
        """Drop files on the window as a file manager does."""
        data = QMimeData()
        data.setUrls([QUrl.fromEncoded(path.as_uri().encode()) for path in paths])
        event = QDropEvent(
            QPointF(400, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        self.composition.window.dropEvent(event)

    def states(self) -> dict[str, str]:
        library = self.session.library
        found = documents.listing(self.db, library) if library is not None else []
        return {row.path.name: str(row.state) for row in found}

    def reading(self) -> QtWorker:
        """Return the reading process as Qt sees it."""
        indexing = self.composition._indexing
        return next(one for one in indexing.findChildren(QtWorker) if one._name == "reading")

    def settle(self) -> None:
        self.until(lambda: not self.composition._indexing.scheduler.busy)

    def ask(self, question: str) -> None:
        """Type a question and press Enter."""
        self.composition.composer.restore(question)
        self.composition.composer.focus_input()
        QTest.keyClick(self.composition.composer.input, Qt.Key.Key_Return)

    def answered(self):
        """Return the last turn, once its answer is complete."""
        self.until(
            lambda: not self.composition._answering.busy and bool(self.composition._talk.turns)
        )
        return self.composition._talk.turns[-1]

    def quit(self) -> None:
        """Close the window and wait for all processes."""
        composition = self.composition
        composition._indexing.scheduler.cancel()
        composition.window.close()
        workers = list(composition._indexing.scheduler.processes.all)
        lines = [composition._searching, composition._drawing, composition._generating]
        lines += [composition._printing]
        lines += [
            composition._models._line,
            composition._models._quick,
            composition._models.hub._line,
            composition._models.downloads._line,
        ]
        workers += [line._bridge.worker for line in lines]
        for worker in workers:
            ending = getattr(worker, "_ending", None)
            if ending:
                ending.join()
        assert not composition.window.isVisible()
        for one in (composition.window, self.session, self.look):
            one.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.db.close()
        self.lock.__exit__(None, None, None)


def darkness(image, left: int, top: int, right: int, bottom: int) -> tuple[int, int, int]:
    """Count pixels of a rectangle that are ink, lit paper and plain paper."""
    ink = lit = paper = 0
    for x in range(left, right):
        for y in range(top, bottom):
            colour = image.pixelColor(x, y)
            if colour.lightness() < 120:
                ink += 1
            elif colour.blue() < 150 and colour.red() > 200:
                lit += 1
            elif colour.lightness() > 240:
                paper += 1
    return ink, lit, paper


def lit_pixels(view) -> int:
    """Count the pixels of a page view that are lit paper."""
    image = view.viewport().grab().toImage()
    _, lit, _ = darkness(image, 0, 0, image.width(), image.height())
    return lit


def listed(running: Running):
    """Return the conversations of the open library."""
    return conversations.listed(running.db, running.session.library)
