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
    """The settings with the desk behind them, and a real queue of documents."""

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
        self.desk = LanguagesPresenter(
            self.session, partial(partial, downloading.main, home), self.indexing
        )
        self.told: list[str] = []
        self.session.troubled.connect(self.told.append)
        self.open()

    def open(self) -> None:
        self.dialog = SettingsDialog()
        self.qtbot.addWidget(self.dialog)
        self.dialog.set_settings(self.session.settings)
        self.desk.serve(self.dialog)
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
        self.desk.stop()
        self.scheduler.stop()
        for worker in (self.desk._line._bridge.worker, *self.scheduler.processes.all):
            if ending := getattr(worker, "_ending", None):
                ending.join()
        self.indexing.deleteLater()
        self.session.deleteLater()


@pytest.fixture
def hub() -> Iterator[Hub]:
    with hub_server.served() as hub:
        yield hub


@pytest.fixture
def desk(home, hub, theme, qtbot) -> Iterator[Presented]:
    with closing(open_database(open_home(home).database)) as db:
        made = Presented(home, db, hub, qtbot)
        yield made
        hub.released.set()
        made.end()


def test_data_comes_and_the_list_shows_it(desk) -> None:
    assert desk.getter.others.currentData() == OLD  # which is chosen and lacks data
    desk.choose(FRENCH)
    desk.getter.get.click()
    assert not desk.getter.get.isVisible()
    assert desk.getter.cancel.isVisible()
    desk.until(desk.found)
    desk.until(desk.getter.get.isVisible)
    shown = desk.dialog.languages.list
    assert "Français" in [shown.item(at).text() for at in range(shown.count())]
    assert desk.getter.others.findData(FRENCH) < 0
    assert not desk.getter.problem.isVisible()
    (one,) = connection_log.read(desk.paths)
    assert (one.purpose, one.subject) == (Purpose.LANGUAGE, FRENCH)


def test_its_progress_is_shown_also_in_a_dialog_that_is_opened_later(desk, hub) -> None:
    hub.spoil(slow=True)
    desk.choose(FRENCH)
    desk.getter.get.click()
    desk.until(lambda: "of 1.0 MB" in desk.getter.doing.text())
    desk.dialog.close()
    desk.open()
    assert "of 1.0 MB" in desk.getter.doing.text()
    assert desk.getter.bar.isVisible()
    desk.dialog.close()
    hub.released.set()
    desk.until(lambda: not desk.desk._coming)
    desk.open()
    assert desk.getter.get.isVisible()
    assert desk.getter.others.findData(FRENCH) < 0


def test_what_is_given_up_leaves_nothing(desk, hub) -> None:
    hub.spoil(slow=True)
    desk.choose(FRENCH)
    desk.getter.get.click()
    desk.until(lambda: f"{FRENCH}.traineddata.part" in desk.files())
    desk.getter.cancel.click()
    assert desk.getter.get.isVisible()
    hub.released.set()
    desk.until(lambda: desk.files() == [])
    hub.spoil()
    desk.getter.get.click()
    desk.until(desk.found)


def test_why_it_did_not_come_is_one_sentence(desk) -> None:
    desk.getter.get.click()  # the mirror has no such language
    desk.until(desk.getter.problem.isVisible)
    assert desk.getter.problem.text().startswith("There is no data for a language called “enm”.")
    assert desk.getter.get.isVisible()
    desk.dialog.close()
    desk.desk.get(OLD)
    desk.until(lambda: bool(desk.told))  # nobody would see it in the settings


def test_going_offline_stops_it_and_says_so(desk, hub) -> None:
    hub.spoil(slow=True)
    desk.choose(FRENCH)
    desk.getter.get.click()
    desk.until(lambda: f"{FRENCH}.traineddata.part" in desk.files())
    desk.set_network(offline=True)
    hub.released.set()
    desk.until(desk.getter.problem.isVisible)
    assert "network is switched off" in desk.getter.problem.text()
    assert not desk.found()


@needs_tesseract
@pytest.mark.parametrize("wanted", [True, False])
def test_what_waited_for_data_is_taken_again_if_that_is_wanted(desk, hub, tmp_path, wanted) -> None:
    language_data.mirrored(hub, enm=(DATA / "eng.traineddata").read_bytes())
    scan = pdfs.scanned(tmp_path / "scan.pdf", "The lighthouse burned whale oil.")
    desk.scheduler.add(Batch(desk.library, (scan,)))
    desk.until(lambda: not desk.scheduler.busy)
    assert isinstance(desk.document(scan).error, RecognitionDataMissing)
    settings = desk.session.settings
    indexing = settings.indexing.replaced(recognition=wanted)
    desk.session.replace_settings(settings.replaced(indexing=indexing))
    desk.getter.get.click()
    desk.until(lambda: OLD in tessdata.available(desk.paths))
    desk.until(desk.getter.get.isVisible)
    assert desk.scheduler.busy is wanted
    desk.until(lambda: not desk.scheduler.busy)
    assert desk.document(scan).state is (DocumentState.READY if wanted else DocumentState.WAITING)


@needs_tesseract
def test_a_queue_that_runs_meanwhile_takes_notice(desk, hub, tmp_path) -> None:
    """It looked for data when it began, and found none."""
    language_data.mirrored(hub, enm=(DATA / "eng.traineddata").read_bytes())
    hub.spoil(slow=True)
    desk.getter.get.click()
    desk.until(lambda: f"{OLD}.traineddata.part" in desk.files())
    scan = pdfs.scanned(tmp_path / "a scan.pdf", "The lighthouse burned whale oil.")
    many = [pdfs.plain(tmp_path / f"{n}.pdf", [f"Typed {n}."] * 200) for n in range(6)]
    passed: list[Path] = []
    desk.indexing.document_changed.connect(passed.append)
    desk.scheduler.add(Batch(desk.library, (scan, *many)))
    desk.until(lambda: scan in passed)
    assert isinstance(desk.document(scan).error, RecognitionDataMissing)
    assert desk.scheduler.busy
    hub.released.set()
    desk.until(desk.getter.get.isVisible)
    desk.until(lambda: not desk.scheduler.busy)
    assert {desk.document(path).state for path in (scan, *many)} == {DocumentState.READY}
