"""What all presenters share: the data, the settings, and which library is open."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QSettings, Signal

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import ModelMissing, RagError
from desktop_rag.domain.models import LocalModel, ModelSource
from desktop_rag.library import documents, libraries, remembered
from desktop_rag.library.disk.passwords import Passwords
from desktop_rag.library.libraries import LibraryId
from desktop_rag.notices import sentence
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.settings.storage import save


class Session(QObject):
    """The open data directory.

    Signals:
        library_changed: another library is open, or its name is another.
        documents_changed: the open library has other documents, or they have come further.
        readiness_changed: the open library can be asked, or soon, or no longer; or has samples.
        settings_changed: the `Settings` are others.
        model_changed: answers are written by another language model, or by none.
        troubled: words for something that went wrong, to be shown and forgotten.
    """

    library_changed = Signal()
    documents_changed = Signal()
    settings_changed = Signal(object)
    readiness_changed = Signal()
    model_changed = Signal()
    troubled = Signal(str)

    def __init__(
        self,
        db: sqlite3.Connection,
        paths: Paths,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.db = db
        self.paths = paths
        self.settings = settings
        self.state = QSettings(str(paths.home / "window.ini"), QSettings.Format.IniFormat)
        self._bring_over()
        self.passwords = Passwords()
        self.library: LibraryId | None = None
        self.name = ""
        self.ready = False
        self.samples = False
        self.awaited = False  # whether documents of the open library are on their way

    def _bring_over(self) -> None:
        """Move what earlier versions kept beside the geometry of the window, if they did."""
        if model := str(self.state.value("model") or ""):
            remembered.choose_model(self.db, LocalModel(Path(model)))
        with contextlib.suppress(ValueError):
            rate = float(str(self.state.value("chunks_per_second")))
            remembered.keep_embedding_rate(self.db, rate)
        first, last = (_paths(self.state.value(f"queue_{end}")) for end in ("first", "last"))
        if first or last:
            remembered.keep_queue_order(self.db, first, last)
        for key in ("model", "chunks_per_second", "queue_first", "queue_last"):
            self.state.remove(key)
        self.state.sync()  # else what is chosen from now on would be undone after a crash

    def set_readiness(self, *, ready: bool, samples: bool, awaited: bool) -> None:
        """Say whether the open library has something to be searched, samples, or soon will."""
        if (ready, samples, awaited) != (self.ready, self.samples, self.awaited):
            self.ready, self.samples, self.awaited = ready, samples, awaited
            self.readiness_changed.emit()

    def choose(self, library: LibraryId | None) -> None:
        """Open a library."""
        known = {summary.id: summary.name for summary in libraries.summaries(self.db)}
        if library not in known:
            library = next(iter(known), None)
        self.library = library
        self.name = known.get(library, "") if library is not None else ""
        self.state.setValue("library", library)
        self.library_changed.emit()
        self.documents_changed.emit()

    def choose_last(self) -> None:
        """Open the library that was open last."""
        stored = self.state.value("library")
        digits = str(stored or "")
        self.choose(LibraryId(int(digits)) if digits.isdigit() else None)

    def replace_settings(self, settings: Settings) -> None:
        """Keep other settings."""
        try:
            save(self.paths.settings_file, settings)
        except RagError as error:
            self.troubled.emit(words_for(error))
        self.settings = settings
        self.settings_changed.emit(settings)

    @property
    def language(self) -> str:
        """Return the language of the window, in ISO 639-1."""
        wanted = self.settings.window.language
        return QLocale.system().name()[:2] if wanted == "system" else wanted

    @property
    def model(self) -> ModelSource | None:
        """The language model that writes answers, if one was chosen and is there."""
        source = remembered.chosen_model(self.db)
        return source if source and source.there else None

    def tell_lost_model(self) -> None:
        """Say so if the chosen model is not there any more; documents are quoted then."""
        stored = remembered.chosen_model(self.db)
        if stored and self.model is None:
            self.troubled.emit(words_for(ModelMissing(str(stored.path))))
            self.choose_model(None)

    def choose_model(self, source: ModelSource | None) -> None:
        """Have answers written by another model, or by none."""
        remembered.choose_model(self.db, source)
        self.model_changed.emit()

    def titles(self, wanted: Iterable[DocumentId]) -> dict[DocumentId, str]:
        """Return what people call these documents: by their title, or else by their file."""
        found = documents.titles(self.db, set(wanted))
        return {id_: title or stem for id_, (title, stem) in found.items()}


def _paths(kept: object) -> list[Path]:
    """Return the paths that a file of Qt's has; of one, a list is not one."""
    found = kept if isinstance(kept, list) else [kept]
    return [Path(path) for path in found if isinstance(path, str) and path]


def words_for(error: RagError | None) -> str:
    """Return an error in one sentence, in the language of the window."""
    return sentence(error, QCoreApplication.translate)
