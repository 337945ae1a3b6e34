"""What is got from a hub on 127.0.0.1, with the real processes that get it and look into it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from desktop_rag.domain.models import HubFile, ModelKind
from desktop_rag.gui.downloads.downloads_presenter import DownloadsPresenter
from desktop_rag.gui.downloads.values import DownloadState
from desktop_rag.gui.models.hub_presenter import HubPresenter
from desktop_rag.gui.models.models_dialog import ModelsDialog
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.session import Session
from desktop_rag.library import downloads, models
from desktop_rag.library.db.database import open_database
from desktop_rag.library.downloads import Wanted
from desktop_rag.library.models import InstallableModel
from desktop_rag.settings import catalogue
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.processes import downloading, tuning
from tests import gguf_models, hub_server
from tests.hub_server import Hub, Repository

WAIT = 30_000  # milliseconds; only failures ever wait this long
KEY, OTHER = "qwen3-0.6b", "multilingual-e5-small"
FILE = "Mini-Q4_K_M.gguf"
REPOSITORY = catalogue.find(KEY).repository


class Presented:
    """The queue and what asks the hub for it, with a dialog in front of them."""

    def __init__(self, home: Path, db, hub: Hub, qtbot) -> None:
        self.paths, self.db, self.qtbot = open_home(home), db, qtbot
        network = Settings().network.replaced(endpoint=hub.endpoint)
        self.session = Session(db, self.paths, Settings().replaced(network=network))
        connecting = partial(partial, downloading.main, home)
        self.tuning = JobQueue("tuning", partial(tuning.main, home), self.session)
        self.queue = DownloadsPresenter(self.session, connecting, self.tuning)
        self.hub = HubPresenter(self.session, connecting, self.queue)
        self.dialog = ModelsDialog()
        qtbot.addWidget(self.dialog)
        self.hub.serve(self.dialog)
        self.queue.changed.connect(self.hub.show_files)
        self.told: list[str] = []
        self.queue.failed.connect(self.told.append)
        self.hub.failed.connect(self.told.append)

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def place(self, name: str = "") -> Path:
        return models.place_of(self.paths.models_folder, REPOSITORY, name)

    def wanted(self, *parts: HubFile) -> Wanted:
        return Wanted(
            kind=ModelKind.WRITER, name="m", repository=REPOSITORY, revision="r", parts=parts
        )

    def rest(self, *parts: HubFile) -> int:
        """Have a download in the queue that nothing is done with."""
        one = downloads.add(self.db, self.wanted(*parts))
        downloads.set_state(self.db, one.id, downloads.DownloadIntent.PAUSED)
        return one.id

    def states(self) -> list[DownloadState]:
        return [one.state for one in self.queue.values()]

    def go_offline(self) -> None:
        network = self.session.settings.network.replaced(offline=True)
        self.session.replace_settings(self.session.settings.replaced(network=network))

    def end(self) -> None:
        for one in (self.queue, self.hub, self.tuning):
            one.stop()
        for line in (self.queue._line, self.hub._line, self.tuning):
            if ending := getattr(line._bridge.worker, "_ending", None):
                ending.join()
        self.session.deleteLater()


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    return gguf_models.write_babbler(tmp_path_factory.mktemp("models") / FILE)


@pytest.fixture
def hub(model) -> Iterator[Hub]:
    with hub_server.served() as hub:
        hub.repositories[REPOSITORY] = Repository({FILE: model.read_bytes()}, tags=["gguf"])
        yield hub


@pytest.fixture
def presented(home, hub, theme, qtbot) -> Iterator[Presented]:
    with closing(open_database(open_home(home).database)) as db:
        made = Presented(home, db, hub, qtbot)
        yield made
        hub.released.set()
        made.end()


def test_a_wish_outlives_what_is_asked_after_it_and_the_dialog(presented) -> None:
    presented.dialog.download_requested.emit(OTHER)  # the hub has no such thing
    presented.dialog.download_requested.emit(KEY)
    assert presented.queue.coming() == {catalogue.find(OTHER).repository: 0.0, REPOSITORY: 0.0}
    presented.dialog.download_requested.emit(KEY)
    presented.dialog.hub_searched.emit("mini")
    presented.hub.leave()
    presented.until(lambda: bool(models.listing(presented.db)))
    assert presented.states() == [DownloadState.FINISHED]
    assert presented.queue.coming() == {}
    (told,) = presented.told
    assert catalogue.find(OTHER).repository in told


def test_a_file_that_is_no_model_is_refused_and_thrown_away(presented, hub, tmp_path) -> None:
    adapter = gguf_models.write_adapter(tmp_path / FILE, "x").read_bytes()
    hub.repositories[REPOSITORY] = Repository({FILE: adapter}, tags=["gguf"])
    presented.dialog.download_requested.emit(KEY)
    presented.until(lambda: presented.states() == [DownloadState.FAILED])
    assert "It is an adapter" in presented.told[0]
    assert models.listing(presented.db) == []
    assert presented.place(FILE).is_file()
    assert presented.queue.coming() == {}  # it can be wished for anew
    pane = presented.dialog.offered.hub
    presented.dialog.files_requested.emit(REPOSITORY)
    presented.until(lambda: bool(pane.files.lines))
    assert not pane._chosen_file().installed  # it is only there
    pane.check.click()
    presented.until(lambda: "It is an adapter" in presented.dialog.banner.label.text())
    assert not pane.file.bar.isVisibleTo(pane)
    presented.queue.cancel(presented.queue.values()[0].id)
    assert not presented.place().exists()


def test_what_is_given_up_while_it_comes_leaves_nothing(presented, hub) -> None:
    hub.spoil(slow=True)
    presented.dialog.download_requested.emit(KEY)
    presented.until(lambda: any(one.done for one in presented.queue.values()))
    presented.queue.cancel(presented.queue.values()[0].id)
    assert presented.states() == []
    part = presented.place(f"{FILE}.part")
    part.parent.mkdir(exist_ok=True)
    part.write_bytes(b"written before it heard of it")
    hub.released.set()
    presented.until(lambda: not presented.place().exists())


def test_what_has_come_is_what_a_download_goes_on_with(presented, hub) -> None:
    hub.spoil(slow=True)
    presented.dialog.download_requested.emit(KEY)
    presented.until(lambda: any(one.done for one in presented.queue.values()))
    (one,) = presented.queue.values()
    presented.queue.pause(one.id)
    assert presented.queue.coming() == {}
    presented.queue.resume(one.id)
    (again,) = presented.queue.values()
    assert again.state is DownloadState.RUNNING
    assert again.done >= one.done > 0


def test_giving_up_spares_what_is_installed_and_what_is_still_wanted(presented) -> None:
    names = ("used.gguf", "wanted.gguf", "neither.gguf")
    parts = [HubFile(name, 3) for name in names]
    presented.place().mkdir(parents=True)
    for name in names:
        presented.place(name).write_bytes(b"abc")
    used = presented.place("used.gguf")
    models.add(
        presented.db,
        InstallableModel(kind=ModelKind.WRITER, path=used, name="used", size=3, ours=True),
    )
    given_up = presented.rest(*parts)
    presented.rest(parts[1])
    presented.queue.cancel(given_up)
    assert sorted(file.name for file in presented.place().iterdir()) == ["used.gguf", "wanted.gguf"]


def test_a_file_that_cannot_be_removed_holds_up_nothing(presented, model) -> None:
    held = presented.place("held.gguf.part")
    held.mkdir(parents=True)  # refused like a file that somebody holds
    (held / "inside").touch()
    given_up = presented.rest(HubFile("held.gguf", 3))
    size = model.stat().st_size
    shutil.copy(model, presented.place(FILE))
    digest = hub_server.sha256(model.read_bytes())
    downloads.add(presented.db, presented.wanted(HubFile(FILE, size, digest)))
    presented.queue.cancel(given_up)
    presented.until(lambda: presented.states() == [DownloadState.FINISHED])


def test_who_switches_the_network_off_is_told_what_came_of_a_search(presented) -> None:
    pane = presented.dialog.offered.hub
    presented.dialog.offered.query.setText("mini")
    presented.dialog.offered.seek.click()
    assert pane.bar.isVisibleTo(pane)
    presented.dialog.download_requested.emit(KEY)
    presented.go_offline()
    presented.until(lambda: "switched off" in pane.status.text())
    assert not pane.bar.isVisibleTo(pane)
    assert presented.queue.coming() == {}
