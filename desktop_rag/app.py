"""Builds every part of the window and connects them; nothing else does."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_rag import __version__
from desktop_rag.domain.errors import DatabaseDamaged, DataLocked, RagError
from desktop_rag.gui.look import theme
from desktop_rag.gui.processes.process_targets import ProcessTargets
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.widgets.plain_box import plain_box
from desktop_rag.gui.window import database_offer, toolkit_messages
from desktop_rag.gui.window.composition import Composition
from desktop_rag.gui.window.crash_reports import CrashReports
from desktop_rag.gui.window.single_instance import SingleInstance, raise_first
from desktop_rag.library.db.backups import kept
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk.lock import owner
from desktop_rag.library.restoring import restored
from desktop_rag.settings import paths as places
from desktop_rag.settings.paths import Paths, resources
from desktop_rag.settings.schema import Settings
from desktop_rag.settings.storage import load
from desktop_rag.workers.pipe.targets import Limited, bound
from desktop_rag.workers.processes import (
    downloading,
    drawing,
    generating,
    indexing,
    printing,
    reading,
    searching,
    tuning,
)


def run(files: Sequence[Path] = ()) -> int:
    """Show the window until it closes; `files` are added to the library.

    A second window raises the first, and gives it the files.
    """
    toolkit_messages.keep()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("desktop-rag")
    application.setApplicationDisplayName("Desktop RAG")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("desktop-rag")
    try:
        paths = places.open_home(places.home())
        loaded = load(paths.settings_file)
        _translated(application, loaded.settings)
        look = theme.Theme(application, loaded.settings.window.theme)
        application.setWindowIcon(theme.icon("desktop-rag"))
        with ExitStack() as stack:
            stack.enter_context(owner(paths))
            db = stack.enter_context(kept(_database(paths.database), paths.database))
            session = Session(db, paths, loaded.settings, application)
            problems = CrashReports(paths, application)
            workshop = Composition(session, look, targets(paths, loaded.settings))
            instance = SingleInstance(paths, application)
            instance.raised.connect(workshop.raise_with)
            workshop.start(files, loaded.broken)
            if instance.trouble:
                workshop.window.show_work(instance.trouble)
            problems.set_window(workshop.window)  # only now is what fails not the end
            return application.exec()
    except DataLocked as error:
        return 0 if raise_first(paths, files) else _refused(error)
    except RagError as error:
        return _refused(error)


def _database(path: Path) -> sqlite3.Connection:
    """Open the database; one that is damaged is replaced by its last copy, if that is wished."""
    try:
        return open_database(path)
    except DatabaseDamaged as error:
        if not database_offer.accepted(error):
            raise SystemExit(1) from None
        return restored(path)


def _refused(error: RagError) -> int:
    """Say why there is no window."""
    box = plain_box(None, "Desktop RAG", words_for(error))
    box.setIcon(QMessageBox.Icon.Critical)
    box.exec()
    return 1


def targets(paths: Paths, settings: Settings) -> ProcessTargets:
    """Return what runs in each process."""
    home, candidates = paths.home, settings.retrieval.candidates
    kept = int(settings.generating.kept_gib * (1 << 30))
    documents = settings.indexing.reading_gib
    return ProcessTargets(
        reading=Limited(bound(reading.main, home, documents), reading.most_gib(documents)),
        indexing=lambda gentle: bound(indexing.main, home, gentle),
        searching=lambda searched: bound(searching.main, home, candidates, searched),
        drawing=Limited(bound(drawing.main, home), reading.most_gib(drawing.DOCUMENTS_GIB)),
        connecting=lambda network: Limited(
            bound(downloading.main, home, network), downloading.MOST_GIB
        ),
        tuning=bound(tuning.main, home),
        printing=Limited(bound(printing.main, home), reading.most_gib(printing.PAPERS_GIB)),
        generating=bound(generating.main, home, kept),
    )


def _translated(application: QApplication, settings: Settings) -> None:
    """Speak the language that is set, or else the system's, or else English."""
    wanted = settings.window.language
    code = QLocale.system().name()[:2] if wanted == "system" else wanted
    code = code if code in {"en", "es"} else "en"
    QLocale.setDefault(QLocale(code))
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name, folder in (("qtbase", Path(qt)), ("desktop_rag", resources() / "i18n")):
        translator = QTranslator(application)
        if translator.load(f"{name}_{code}", str(folder)):
            application.installTranslator(translator)
