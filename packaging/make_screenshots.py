"""Make the README's pictures from the running program: English in light, Spanish in dark.

    .venv/bin/python packaging/make_screenshots.py resources/screenshots --model model.gguf

The real window with its real workers, over the sample library, in a data
directory of its own that is thrown away. Each language has a process of its
own, and so has the picture at 200 %. Without a model, the picture of an answer
that is being written is left out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # of onnxruntime, which PyMuPDF loads

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from desktop_rag import app
from desktop_rag.gui.chat import turn_records
from desktop_rag.gui.chat.answer_view import AnswerView
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.look.theme import Theme
from desktop_rag.gui.models.models_dialog import INSTALLED, OFFERED
from desktop_rag.gui.session import Session
from desktop_rag.gui.settings.settings_dialog import SettingsDialog
from desktop_rag.gui.sources import Source
from desktop_rag.gui.window.composition import Composition
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import conversations, documents
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home, resources
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.searching import Search

PATIENCE_SECONDS = 180
COLOURS = 256  # of a PNG with a palette, which takes half the room
WRITTEN = 250  # letters of the answer that is shown while it is being written
WIDE, NARROW, SMALL = (1440, 900), (820, 800), (1100, 720)
WITH_A_WIDE_PAGE = (220, 540, 680)
STAGES = ("en-light", "es-dark")
ASKED = {
    "en": "At what humidity must the dome be shut?",
    "es": "¿Cuánto se paga al mes por el local de la panadería?",
}
ABOUT_A_TURNED_PAGE = {
    "en": "On which sailing can I take my sheep, and on what day?",
    "es": "¿A qué hora zarpa el Lady Maud de Skerrow a Vorrin?",
}
TO_BE_WRITTEN = {
    "en": "How many sacks can one mule carry in the game?",
    "es": "¿Cuántos kilos de miel se recogieron este año?",
}
SOUGHT = {"en": "humidity", "es": "panadería"}
BROKEN = {"en": "minutes-2019.pdf", "es": "acta-2019.pdf"}


class Stage:
    """One run of the program, and the pictures that are taken of it."""

    def __init__(self, application: QApplication, folder: Path, home: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.language, theme = name.split("-")
        self.paths = open_home(home)
        settings = Settings()
        window = settings.window.replaced(language=self.language, theme=theme)
        self.settings = settings.replaced(window=window.model_dump())
        app._translated(application, self.settings)
        self.db = open_database(self.paths.database)
        self.session = Session(self.db, self.paths, self.settings)
        look = Theme(application, theme)
        self.composition = Composition(self.session, look, app.targets(self.paths, self.settings))
        self.composition.window.resize(*WIDE)
        self.composition.start()

    def picture(self, name: str, widget: QWidget | None = None, *, settled: bool = True) -> None:
        """Keep what is on the screen now."""
        if settled:
            wait(0.6)
        file = self.folder / f"{name}-{self.name}.png"
        with_palette((widget or self.composition.window).grab().toImage()).save(str(file))
        print(file)

    def take(self, *files: Path) -> None:
        """Drop files on the window while a library of samples is open."""
        samples = QCoreApplication.translate("LibraryPresenter", "Samples")
        self.composition.sidebar.library_created.emit(samples)
        if files:
            self.composition.window.paths_dropped.emit(list(files))

    def states(self) -> Counter[str]:
        """Return how many documents have come how far."""
        library = self.session.library
        rows = documents.listing(self.db, library) if library is not None else []
        return Counter(str(row.state) for row in rows)

    def select(self, name: str) -> None:
        """Select a document in the list by its name."""
        view = self.composition.table.view
        for row in range(view.model().rowCount()):
            if view.model().index(row, 0).data() == name:
                view.selectRow(row)

    def settle(self) -> None:
        """Wait until nothing is being indexed, and the first question need not wait."""
        until(lambda: not self.composition._indexing.scheduler.busy)
        self.composition._searching.ask(Job(Search("x", self.session.name)))
        until(lambda: not self.composition._searching.busy)

    def ask(self, question: str) -> TurnValue:
        """Ask, and wait for the answer."""
        self.composition.composer.asked.emit(question)
        until(lambda: not self.composition._answering.busy)
        library = self.session.library
        assert library is not None  # noqa: S101 - there are documents in it
        latest = conversations.listed(self.db, library)[0]
        return turn_records.restored(conversations.turns(self.db, latest.id)[-1])

    def show(self, source: Source) -> None:
        """Open the page of a citation, and let it be drawn."""
        self.composition.chat.source_opened.emit(source)
        wait(2.5)

    def close(self) -> None:
        """End everything."""
        self.composition._indexing.scheduler.cancel()
        self.composition.window.close()
        wait(2.5)
        for one in (self.composition.window, self.session):
            one.deleteLater()
        wait(0.1)
        self.db.close()


def with_palette(image: QImage) -> QImage:
    """Return an image in at most 256 colours: one of every kind there is, then the commonest."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), np.uint32)
    colours, counts = np.unique(pixels, return_counts=True)
    colours = colours[np.argsort(-counts, kind="stable")]
    _, kinds = np.unique(colours & 0xF0F0F0, return_index=True)
    order = [*np.sort(kinds)[: COLOURS * 3 // 4].tolist(), *range(len(colours))]
    table = [int(colours[at]) for at in dict.fromkeys(order)][:COLOURS]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table)


def until(condition: Callable[[], bool]) -> None:
    """Let the program run until a condition holds."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        wait(0.02)


def wait(seconds: float) -> None:
    """Let the program run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def take_all(stage: Stage, model: Path | None) -> None:
    """Take all pictures of one language and one theme."""
    composition, language = stage.composition, stage.language
    stage.picture("first-run")
    stage.take()
    composition.window.show_documents()
    stage.picture("empty-library")
    broken = stage.paths.home / BROKEN[language]
    broken.write_bytes(b"not a PDF at all")
    stage.take(broken, resources() / "samples")
    until(lambda: stage.states()["embedding"] > 1 and stage.states()["failed"] > 0)
    stage.select(broken.name)
    wait(0.3)
    stage.picture("indexing", settled=False)
    stage.settle()
    stage.picture("documents")
    composition.table.view.clearSelection()
    composition.window.show_chat()
    stage.picture("ready")
    turn = stage.ask(ASKED[language])
    stage.picture("answer")
    stage.show(turn.cited[0])
    stage.picture("citation")
    take_tools(stage)
    take_turned(stage)
    if model:
        take_written(stage, model)
    take_models(stage)


def take_turned(stage: Stage) -> None:
    """Take the picture of a citation on a page that is stored turned by 90 degrees."""
    window = stage.composition.window
    window.resize(*WIDE)
    splitter = window.findChild(QSplitter)
    assert splitter is not None  # noqa: S101 - the window is made of its parts
    splitter.setSizes(WITH_A_WIDE_PAGE)
    stage.composition._talk.begin()
    turn = stage.ask(ABOUT_A_TURNED_PAGE[stage.language])
    turned = [one for one in turn.cited if "Ferry" in one.title and one.page == 1]
    if turned:
        stage.show(turned[0])
        stage.picture("turned-page")


def take_written(stage: Stage, model: Path) -> None:
    """Take the picture of an answer that a language model is writing."""
    stage.composition._talk.begin()
    stage.composition._models.installed.add(model)
    until(lambda: stage.session.model is not None)
    stage.composition.composer.asked.emit(TO_BE_WRITTEN[stage.language])
    until(lambda: len(stage.composition.chat.findChildren(AnswerView)[-1].text.text) > WRITTEN)
    stage.picture("writing", settled=False)
    stage.composition._talk.stop()
    until(lambda: not stage.composition._answering.busy)


def take_tools(stage: Stage) -> None:
    """Take the pictures of what stands around the chat."""
    composition = stage.composition
    composition.window.show_sampling()
    stage.picture("sampling")
    composition.search_box.open()
    composition.search_box.query.setText(SOUGHT[stage.language])
    wait(3)
    stage.picture("search")
    composition.search_box.hide()
    dialog = SettingsDialog(composition.window)
    dialog.set_settings(stage.settings)
    dialog.open()
    stage.picture("settings", dialog)
    dialog.reject()
    composition.window.resize(*NARROW)
    stage.picture("narrow")


def take_models(stage: Stage) -> None:
    """Take the pictures of the models dialog, with whatever is installed by then."""
    models = stage.composition._models
    models.open()
    until(lambda: models._machine is not None)
    dialog = models._dialog
    assert dialog is not None  # noqa: S101 - it was opened
    dialog.show_page(OFFERED)
    stage.picture("models", dialog)
    dialog.show_page(INSTALLED)
    stage.picture("models-installed", dialog)
    dialog.reject()


def take_scaled(stage: Stage) -> None:
    """Take the one picture at 200 %."""
    stage.composition.window.resize(*SMALL)
    stage.take(resources() / "samples")
    stage.settle()
    stage.show(stage.ask(ASKED[stage.language]).cited[0])
    stage.picture("scaled")


def main() -> None:
    """Have every stage played in a process of its own, or play one."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path, help="a language model, in a GGUF file")
    parser.add_argument("--stage", help="only this one, such as es-light")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.stage is None:
        for name in STAGES:
            subprocess.run([sys.executable, *sys.argv, "--stage", name], check=True)
        doubled = {**os.environ, "QT_SCALE_FACTOR": "2"}
        command = [sys.executable, *sys.argv, "--stage", STAGES[0]]
        subprocess.run(command, env=doubled, check=True)
        return
    application = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        stage = Stage(application, given.folder, Path(home), given.stage)
        with closing(stage):
            if application.devicePixelRatio() > 1:
                take_scaled(stage)
            else:
                take_all(stage, given.model)


if __name__ == "__main__":
    main()
