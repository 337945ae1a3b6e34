"""Data of languages, got with the real process from 127.0.0.1, and what waited for it."""

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from desktop_rag.domain.errors import RecognitionDataMissing
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.session import Session
from desktop_rag.gui.settings.languages_presenter import LanguagesPresenter
from desktop_rag.gui.settings.settings_dialog import SettingsDialog
from desktop_rag.jobs.indexing.processes import ProcessPool
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.indexing.scheduler import IndexingData
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.documents import DocumentState
from desktop_rag.settings import tessdata
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.network import connection_log
from desktop_rag.workers.network.connection_log import Purpose
from desktop_rag.workers.processes import downloading
from tests import hub_server, language_data, pdfs
from tests.hub_server import Hub
from tests.tesseract import DATA, needs_tesseract
from tests.workers import handlers
from tests.workers.handlers import Deaths, Trouble

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

WAIT = 30_000  # milliseconds; only failures ever wait this long
OLD, FRENCH = "enm", "fra"  # of which no machine here has data


class Presented:
    """The settings with their presenter behind them, and a real queue of documents."""

    def __init__(self, home: Path, db, hub: Hub, qtbot) -> None:
        self.paths, self.db, self.qtbot = open_home(home), db, qtbot
        place = language_data.mirrored(hub, fra=language_data.made())
        settings = Settings()
        self.session = Session(
            db,
            self.paths,
            settings.replaced(
                network=settings.network.replaced(language_data=place),
                indexing=settings.indexing.replaced(languages=(OLD,)),
            ),
        )
        self.library = libraries.ensure(db, "Papers")
        pool = ProcessPool(
            partial(handlers.serve_reading, home, Trouble("")),
            lambda _gentle: partial(handlers.serve_counting, home, Deaths(home)),
        )
        data = IndexingData(db, self.paths, self.session.passwords)
        self.indexing = IndexingQueue(data, pool, self.session.settings.indexing)
        self.scheduler = self.indexing.scheduler
        self.presenter = LanguagesPresenter(
            self.session, partial(partial, downloading.main, home), self.indexing
        )
        self.told: list[str] = []
        self.session.troubled.connect(self.told.append)
        self.open()

    def open(self) -> None:
        self.dialog = SettingsDialog()
        self.qtbot.addWidget(self.dialog)
        self.dialog.set_settings(self.session.settings)
        self.presenter.serve(self.dialog)
        self.dialog.show_page("indexing")
        self.dialog.show()

    @property
    def getter(self):
        return self.dialog.languages.getter

    def choose(self, language: str) -> None:
        self.getter.others.setCurrentIndex(self.getter.others.findData(language))

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def found(self) -> bool:
        return FRENCH in tessdata.available(self.paths)

    def files(self) -> list[str]:
        return sorted(path.name for path in self.paths.tessdata_folder.glob("*"))

    def set_network(self, **changes: object) -> None:
        settings = self.session.settings
        network = settings.network.replaced(**changes)
        self.session.replace_settings(settings.replaced(network=network))

    def document(self, path: Path) -> documents.Known:
        return documents.known(self.db, [path])[path]

    def end(self) -> None:
        self.presenter.stop()
        self.scheduler.stop()
        for worker in (self.presenter._line._bridge.worker, *self.scheduler.processes.all):
            if ending := getattr(worker, "_ending", None):
                ending.join()
        self.indexing.deleteLater()
        self.session.deleteLater()


@pytest.fixture
def hub() -> Iterator[Hub]:
    with hub_server.served() as hub:
        yield hub


@pytest.fixture
def presented(home, hub, theme, qtbot) -> Iterator[Presented]:
    with closing(open_database(open_home(home).database)) as db:
        made = Presented(home, db, hub, qtbot)
        yield made
        hub.released.set()
        made.end()


def test_data_comes_and_the_list_shows_it(presented) -> None:
    assert presented.getter.others.currentData() == OLD  # which is chosen and lacks data
    presented.choose(FRENCH)
    presented.getter.get.click()
    assert not presented.getter.get.isVisible()
    assert presented.getter.cancel.isVisible()
    presented.until(presented.found)
    presented.until(presented.getter.get.isVisible)
    shown = presented.dialog.languages.list
    assert "Français" in [shown.item(at).text() for at in range(shown.count())]
    assert presented.getter.others.findData(FRENCH) < 0
    assert not presented.getter.problem.isVisible()
    (one,) = connection_log.read(presented.paths)
    assert (one.purpose, one.subject) == (Purpose.LANGUAGE, FRENCH)


def test_its_progress_is_shown_also_in_a_dialog_that_is_opened_later(presented, hub) -> None:
    hub.spoil(slow=True)
    presented.choose(FRENCH)
    presented.getter.get.click()
    presented.until(lambda: "of 1.0 MB" in presented.getter.doing.text())
    presented.dialog.close()
    presented.open()
    assert "of 1.0 MB" in presented.getter.doing.text()
    assert presented.getter.bar.isVisible()
    presented.dialog.close()
    hub.released.set()
    presented.until(lambda: not presented.presenter._coming)
    presented.open()
    assert presented.getter.get.isVisible()
    assert presented.getter.others.findData(FRENCH) < 0


def test_what_is_given_up_leaves_nothing(presented, hub) -> None:
    hub.spoil(slow=True)
    presented.choose(FRENCH)
    presented.getter.get.click()
    presented.until(lambda: f"{FRENCH}.traineddata.part" in presented.files())
    presented.getter.cancel.click()
    assert presented.getter.get.isVisible()
    hub.released.set()
    presented.until(lambda: presented.files() == [])
    hub.spoil()
    presented.getter.get.click()
    presented.until(presented.found)


def test_why_it_did_not_come_is_one_sentence(presented) -> None:
    presented.getter.get.click()  # the mirror has no such language
    presented.until(presented.getter.problem.isVisible)
    assert presented.getter.problem.text().startswith(
        "There is no data for a language called “enm”."
    )
    assert presented.getter.get.isVisible()
    presented.dialog.close()
    presented.presenter.get(OLD)
    presented.until(lambda: bool(presented.told))  # nobody would see it in the settings


def test_going_offline_stops_it_and_says_so(presented, hub) -> None:
    hub.spoil(slow=True)
    presented.choose(FRENCH)
    presented.getter.get.click()
    presented.until(lambda: f"{FRENCH}.traineddata.part" in presented.files())
    presented.set_network(offline=True)
    hub.released.set()
    presented.until(presented.getter.problem.isVisible)
    assert "network is switched off" in presented.getter.problem.text()
    assert not presented.found()


@needs_tesseract
@pytest.mark.parametrize("wanted", [True, False])
def test_what_waited_for_data_is_taken_again_if_that_is_wanted(
    presented, hub, tmp_path, wanted
) -> None:
    language_data.mirrored(hub, enm=(DATA / "eng.traineddata").read_bytes())
    scan = pdfs.scanned(tmp_path / "scan.pdf", "The lighthouse burned whale oil.")
    presented.scheduler.add(Batch(presented.library, (scan,)))
    presented.until(lambda: not presented.scheduler.busy)
    assert isinstance(presented.document(scan).error, RecognitionDataMissing)
    settings = presented.session.settings
    indexing = settings.indexing.replaced(recognition=wanted)
    presented.session.replace_settings(settings.replaced(indexing=indexing))
    presented.getter.get.click()
    presented.until(lambda: OLD in tessdata.available(presented.paths))
    presented.until(presented.getter.get.isVisible)
    assert presented.scheduler.busy is wanted
    presented.until(lambda: not presented.scheduler.busy)
    assert presented.document(scan).state is (
        DocumentState.READY if wanted else DocumentState.WAITING
    )


@needs_tesseract
def test_a_queue_that_runs_meanwhile_takes_notice(presented, hub, tmp_path) -> None:
    """It looked for data when it began, and found none."""
    language_data.mirrored(hub, enm=(DATA / "eng.traineddata").read_bytes())
    hub.spoil(slow=True)
    presented.getter.get.click()
    presented.until(lambda: f"{OLD}.traineddata.part" in presented.files())
    scan = pdfs.scanned(tmp_path / "a scan.pdf", "The lighthouse burned whale oil.")
    many = [pdfs.plain(tmp_path / f"{n}.pdf", [f"Typed {n}."] * 200) for n in range(6)]
    passed: list[Path] = []
    presented.indexing.document_changed.connect(passed.append)
    presented.scheduler.add(Batch(presented.library, (scan, *many)))
    presented.until(lambda: scan in passed)
    assert isinstance(presented.document(scan).error, RecognitionDataMissing)
    assert presented.scheduler.busy
    hub.released.set()
    presented.until(presented.getter.get.isVisible)
    presented.until(lambda: not presented.scheduler.busy)
    assert {presented.document(path).state for path in (scan, *many)} == {DocumentState.READY}
