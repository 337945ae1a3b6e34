"""Make the README's pictures from the running program, in both languages and both themes.

    .venv/bin/python packaging/make_screenshots.py resources/screenshots

The real window with its real workers, over the sample library, in a data
directory of its own that is thrown away.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from desktop_rag import app
from desktop_rag.gui.session import Session
from desktop_rag.gui.settings_dialog import SettingsDialog
from desktop_rag.gui.theme import DARK_CHOICE, LIGHT_CHOICE, Theme
from desktop_rag.gui.workshop import Workshop
from desktop_rag.library.database import open_database
from desktop_rag.settings.paths import open_home, resources
from desktop_rag.settings.schema import Settings

PATIENCE_SECONDS = 180
QUESTIONS = {
    "en": (
        "When does the ferry F7 leave Vorrin?",
        "How strong must the wind be for the ferries to stop running?",
    ),
    "es": (
        "¿Cuánto se paga al mes por el local de la panadería?",
        "¿Cuántos kilos de miel se recogieron este año?",
    ),
}


class Stage:
    """One run of the program, and the pictures that are taken of it."""

    def __init__(self, folder: Path, home: Path, language: str, theme: str) -> None:
        self.folder, self.language, self.theme = folder, language, theme
        self.paths = open_home(home)
        self.settings = Settings()
        window = self.settings.window.replaced(language=language, theme=theme)
        self.settings = self.settings.replaced(window=window.model_dump())
        self.db = open_database(self.paths.database)
        self.session = Session(self.db, self.paths, self.settings)
        self.shop = Workshop(self.session, LOOK[theme](), app.targets(self.paths, self.settings))
        self.shop.window.resize(1440, 900)
        self.shop.start()

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Keep what is on the screen now."""
        wait(0.4)
        file = self.folder / f"{name}-{self.language}-{self.theme}.png"
        (widget or self.shop.window).grab().save(str(file))
        print(file)

    def settle(self) -> None:
        """Wait until nothing is being indexed."""
        until(lambda: not self.shop._taking.busy)
        wait(0.6)

    def ask(self, question: str) -> None:
        """Ask, and wait for the answer."""
        self.shop._talk.ask(question)
        until(lambda: not self.shop._answering.busy)

    def close(self) -> None:
        """End everything."""
        self.shop._taking.cancel()
        self.shop.window.close()
        wait(2.5)
        for one in (self.shop.window, self.session):
            one.deleteLater()
        wait(0.1)
        self.db.close()


def until(condition: Callable[[], bool]) -> None:
    """Let the program run until a condition holds."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        wait(0.05)


def wait(seconds: float) -> None:
    """Let the program run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def taken(stage: Stage) -> None:
    """Take all pictures of one language and one theme."""
    shop = stage.shop
    stage.picture("first-run")
    shop.table.sample_requested.emit()
    shop.window.show_documents()
    wait(9)
    stage.picture("indexing")
    stage.settle()
    broken = stage.paths.home / "broken.pdf"
    broken.write_bytes(b"not a pdf at all")
    shop._library.add([broken])
    stage.settle()
    stage.picture("documents")
    shop.window.show_chat()
    stage.picture("ready")
    first, second = QUESTIONS[stage.language]
    stage.ask(first)
    stage.picture("answer")
    cited = shop._talk._turns[-1].cited
    if cited:
        shop.chat.source_opened.emit(cited[0])
        wait(2.5)
        stage.picture("citation")
    stage.ask(second)
    shop.window.show_sampling()
    stage.picture("sampling")
    shop.search_box.open()
    shop.search_box.query.setText(QUESTIONS[stage.language][0].split()[-1].strip("?"))
    wait(3)
    stage.picture("search")
    shop.search_box.hide()
    dialog = SettingsDialog(shop.window)
    dialog.set_settings(stage.settings)
    dialog.open()
    stage.picture("settings", dialog)
    dialog.reject()
    shop.window.resize(820, 800)
    wait(0.5)
    stage.picture("narrow")


LOOK: dict[str, Callable[[], Theme]] = {}


def main() -> None:
    """Take them all, or those of one language and theme."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or ["en-light", "es-dark", "es-light", "en-dark"]
    application = QApplication(sys.argv[:1])
    look = Theme(application, LIGHT_CHOICE)
    for one in wanted:
        language, theme = one.split("-")
        LOOK[theme] = lambda: look
        look.choose(DARK_CHOICE if theme == "dark" else LIGHT_CHOICE)
        QLocale.setDefault(QLocale(language))
        translator = QTranslator(application)
        translator.load(f"desktop_rag_{language}", str(resources() / "i18n"))
        QCoreApplication.installTranslator(translator)
        with tempfile.TemporaryDirectory() as home:
            stage = Stage(folder, Path(home), language, theme)
            with closing(stage):
                taken(stage)
        QCoreApplication.removeTranslator(translator)


if __name__ == "__main__":
    main()
