"""Models in the real window: from a click to an answer, and all that can be done with one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from desktop_rag.domain.answers import First, SentenceVerdict
from desktop_rag.domain.models import Adapter, LocalModel, ModelKind, Stretch
from desktop_rag.gui.downloads.values import DownloadState
from desktop_rag.gui.models.models_dialog import DOWNLOADS, INSTALLED, OFFERED
from desktop_rag.library import models
from desktop_rag.settings import catalogue, storage
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.network import connection_log
from tests import gguf_models, hub_server, pdfs, running_window
from tests.hub_server import Hub, Repository

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("does not support raise", extend=True),  # offscreen has one screen
]

KEY = "qwen3-0.6b"
FILE = "Mini-Q4_K_M.gguf"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shelf") / "files"
    folder.mkdir()
    pdfs.plain(folder / "faro.pdf", ["The lamp of the Vorrin lighthouse burned whale oil."])
    return running_window.shelf(folder.parent / "data", folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    return gguf_models.write_babbler(tmp_path_factory.mktemp("models") / FILE)


@pytest.fixture
def hub(model) -> Iterator[Hub]:
    with hub_server.served() as hub:
        repository = Repository({model.name: model.read_bytes()}, tags=["gguf"])
        hub.repositories[catalogue.find(KEY).repository] = repository
        yield hub


@pytest.fixture
def connected(tmp_path, shelf, hub, opened):
    """The program, which knows a hub."""
    shutil.copytree(shelf, tmp_path / "data")
    paths = open_home(tmp_path / "data")
    network = Settings().network.replaced(endpoint=hub.endpoint)
    storage.save(paths.settings_file, Settings().replaced(network=network))
    return opened()


def dialog_of(running):
    """Open the dialog of models, and wait until the machine is known."""
    running.composition.window.actions_.by_name["models"].trigger()
    presenter = running.composition._models
    running.until(lambda: presenter._machine is not None)
    return presenter._dialog


def installed(running) -> list[str]:
    return [one.name for one in models.listing(running.db)]


def test_three_clicks_lead_to_the_first_answer_of_a_model(connected, hub) -> None:
    running = connected
    window = running.composition.window
    (get,) = [one for one in window.findChildren(QPushButton) if one.text().startswith("Get a lan")]
    get.click()  # the first
    dialog = running.composition._models._dialog
    assert dialog.stack.currentIndex() == OFFERED
    assert hub.api == []  # nothing connects before it is asked to
    dialog.download_requested.emit(KEY)  # the second: its Download button
    running.until(lambda: running.session.model is not None)
    assert dialog.stack.currentIndex() == DOWNLOADS
    (done,) = running.composition._models.downloads.values()
    assert (done.state, done.done) == (DownloadState.FINISHED, done.size)
    talk = running.composition._talk
    talk.set_sampling(talk._sampling.replaced(max_tokens=8, seed=3))
    running.ask("What burned in the lamp?")  # the third
    turn = running.answered()
    assert turn.statistics.mode == "model"
    assert turn.statistics.answer_tokens == 8
    hosts = {row.host for row in connection_log.read(running.paths, 100)}
    assert hosts == {"127.0.0.1"}


def test_a_download_is_paused_and_gone_on_with_after_a_start(connected, hub, opened) -> None:
    running = connected
    hub.spoil(slow=True)
    presenter = running.composition._models
    dialog = dialog_of(running)
    dialog.download_requested.emit(KEY)
    running.until(lambda: any(one.done for one in presenter.downloads.values()))
    (one,) = presenter.downloads.values()
    dialog.pause_requested.emit(one.id)
    running.until(lambda: presenter.downloads.values()[0].state is DownloadState.PAUSED)
    hub.released.set()
    hub.spoil()
    dialog.resume_requested.emit(one.id)
    presenter.downloads.stop()  # as when the window is closed while it comes
    again = opened()
    again.composition._models.downloads.go_on()
    again.until(lambda: again.session.model is not None)
    assert installed(again) == ["Mini-Q4_K_M"]


def test_what_does_not_come_says_why_and_can_be_tried_again(connected, hub) -> None:
    running = connected
    presenter = running.composition._models
    dialog = dialog_of(running)
    hub.spoil(wrong_hash=True)
    dialog.download_requested.emit(KEY)
    running.until(
        lambda: any(one.state is DownloadState.FAILED for one in presenter.downloads.values())
    )
    (one,) = presenter.downloads.values()
    assert "is not what was promised" in one.reason
    hub.spoil()
    dialog.cancel_requested.emit(one.id)
    assert presenter.downloads.values() == []
    dialog.download_requested.emit(KEY)
    running.until(lambda: bool(installed(running)))


def test_offline_nothing_is_asked_and_the_dialog_says_so(connected, hub) -> None:
    running = connected
    dialog = dialog_of(running)
    dialog.offline_changed.emit(True)
    assert running.session.settings.network.offline
    before = len(hub.api)
    dialog.hub_searched.emit("mini")
    running.until(lambda: "switched off" in dialog.banner.label.text())
    assert len(hub.api) == before
    dialog.offline_changed.emit(False)
    dialog.hub_searched.emit("mini")
    running.until(lambda: len(hub.api) > before)


def test_a_dropped_model_is_used_at_once(ready, model) -> None:
    running = ready
    running.drop(model)
    running.until(lambda: running.session.model == LocalModel(model))
    assert installed(running) == ["Mini-Q4_K_M"]
    assert running.states() == {"faro.pdf": "ready"}
    (kept,) = models.listing(running.db)
    assert not kept.ours
    dialog = dialog_of(running)
    assert dialog.stack.currentIndex() == INSTALLED
    dialog.removal_requested.emit(kept.id)
    assert running.session.model is None
    assert installed(running) == []
    dialog.undone.emit(kept)
    assert installed(running) == ["Mini-Q4_K_M"]
    assert model.is_file()


def test_a_file_that_is_no_model_is_refused_in_words(ready, tmp_path) -> None:
    running = ready
    dialog = dialog_of(running)
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF but not really")
    dialog.file_added.emit(broken, False)
    running.until(lambda: "cannot be used as a language model" in dialog.banner.label.text())
    assert installed(running) == []


def test_a_model_is_measured_made_smaller_adapted_and_stretched(ready, model, tmp_path) -> None:
    running = ready
    dialog = dialog_of(running)
    dialog.file_added.emit(model, True)
    running.until(lambda: bool(installed(running)))
    (kept,) = models.listing(running.db, ModelKind.WRITER)
    assert kept.ours
    assert kept.path.is_relative_to(running.paths.models_folder)
    dialog.benchmark_requested.emit(kept.id)
    running.until(lambda: models.listing(running.db)[0].decode_tps is not None)
    dialog.smaller_requested.emit(kept.id, "Q8_0")
    running.until(lambda: len(installed(running)) == 2)
    adapter = gguf_models.write_adapter(tmp_path / "adapter.gguf", "x")
    dialog.adapters_changed.emit(kept.id, (Adapter(adapter, 0.5),))
    running.until(lambda: bool(models.at(running.db, kept.source).adapters))
    foreign = gguf_models.write_adapter(tmp_path / "other.gguf", "x", architecture="gemma3")
    dialog.adapters_changed.emit(kept.id, (Adapter(foreign, 1.0), Adapter(adapter, 0.5)))
    running.until(lambda: "is no adapter for" in dialog.banner.label.text())
    dialog.stretch_changed.emit(kept.id, Stretch.YARN, 8192)
    choice = running.composition._writing.choice()
    assert choice.source == kept.source
    assert (choice.context_tokens, choice.stretch) == (8192, Stretch.YARN)
    assert choice.adapters == (Adapter(adapter, 0.5),)
    running.ask("What burned in the lamp?")
    assert running.answered().statistics.mode == "model"


def test_what_the_documents_say_is_seen_before_a_model_that_was_not_examined_writes(
    ready, model
) -> None:
    running = ready
    running.drop(model)
    running.until(lambda: running.session.model == LocalModel(model))
    talk, driver = running.composition._talk, running.composition._answering
    talk.set_sampling(talk._sampling.replaced(max_tokens=8, seed=3))
    seen: list[object] = []
    driver.quoted.connect(lambda found: seen.extend(quote.text for quote in found.quotes))
    driver.told.connect(lambda _text: seen.append("the model"))
    running.ask("What burned in the lamp?")
    turn = running.answered()
    assert seen[0] == "The lamp of the Vorrin lighthouse burned whale oil."
    assert set(seen[1:]) == {"the model"}
    assert [quote.snippet for quote in turn.quotes] == seen[:1]
    assert turn.first is First.QUOTES


def test_a_sentence_is_doubted_while_the_model_goes_on_writing(ready, tmp_path) -> None:
    slow = {"context": 8192, "layers": 12, "feed_forward": 2048}
    model = gguf_models.write_rambler(tmp_path / "rambler.gguf", "OF 1947.", **slow)
    running = ready
    running.session.choose_model(LocalModel(model))
    talk, driver = running.composition._talk, running.composition._answering
    talk.set_sampling(talk._sampling.replaced(max_tokens=4096, greedy=True))
    told: list[tuple[str, ...]] = []
    driver.checked.connect(lambda checks: told.append(tuple(one.sentence for one in checks)))
    running.ask("What burned in the lamp?")
    running.until(lambda: bool(told))
    assert driver.busy
    driver.stop()
    assert told[0] == ("OF 1947.",)
    (check,) = talk.turns[-1].checks
    assert check.verdict is SentenceVerdict.NOT_FOUND
    view = running.composition.chat._views[talk.turns[-1].id]
    assert [one.check for one in view.text.sentences.flagged] == [check]
