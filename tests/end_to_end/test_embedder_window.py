"""Embedders in the real window: told of once, chosen, watched, given up, missed."""

import json
import shutil
from pathlib import Path

import pytest

from desktop_rag.gui.models.models_dialog import SEARCHING
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.library import embedder_options, indexes, models, remembered
from desktop_rag.settings import catalogue, embedders
from desktop_rag.settings.embedders import ENGLISH, MULTILINGUAL
from desktop_rag.settings.paths import open_home
from tests import encoders, hub_server, pdfs, running_window
from tests.bundled import without_multilingual
from tests.hub_server import Repository

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("does not support raise", extend=True),  # offscreen has one screen
]

QUESTION = "Where does the heron sleep?"


@pytest.fixture(scope="module")
def theirs(tmp_path_factory) -> Path:
    return encoders.write_embedder(tmp_path_factory.mktemp("theirs") / MULTILINGUAL).folder


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    """Documents that the English embedder has indexed, as before there was another one."""
    folder = tmp_path_factory.mktemp("shelf") / "files"
    folder.mkdir()
    pdfs.plain(folder / "heron.pdf", ["The heron sleeps in the reeds by day."])
    home = folder.parent / "data"
    choose(home, ENGLISH)
    running_window.shelf(home, folder)
    choose(home, "")
    return home


@pytest.fixture
def home(shelf, tmp_path, monkeypatch) -> Path:
    without_multilingual(monkeypatch, tmp_path / "resources")
    return Path(shutil.copytree(shelf, tmp_path / "data"))


@pytest.fixture
def two(home, theirs) -> Path:
    """The same where an embedder for many languages is installed."""
    from contextlib import closing

    from desktop_rag.engines.encoders import folders
    from desktop_rag.library.db.database import open_database

    paths = open_home(home)
    own = shutil.copytree(theirs, paths.models_folder / MULTILINGUAL)
    with closing(open_database(paths.database)) as db:
        models.add(db, models.taken(folders.read(own).facts, own, MULTILINGUAL))
    return home


def choose(home: Path, name: str, **network: str) -> None:
    home.mkdir(exist_ok=True, mode=0o700)
    settings = {"version": 1, "retrieval": {"embedder": name}, "network": network}
    (home / "settings.json").write_text(json.dumps(settings))


def banners(running) -> list[Banner]:
    """What is told of embedders."""
    found = running.composition.window.findChildren(Banner)
    return [one for one in found if "in Spanish" in one.label.text()]


def serves(running) -> str:
    return embedders.name_of(indexes.serving(running.db).encoder)


def test_who_has_an_index_is_told_once_and_changes_with_a_click(two, opened) -> None:
    running = opened()
    (banner,) = banners(running)
    assert "1 document(s) will be indexed anew" in banner.label.text()
    assert "about 1 minute(s)" in banner.label.text()
    assert banner.action.text() == "Change"
    assert serves(running) == ENGLISH
    banner.action.click()
    running.ask(QUESTION)
    assert "reeds" in running.answered().answer
    running.until(lambda: serves(running) == MULTILINGUAL)
    assert running.session.settings.retrieval.embedder == MULTILINGUAL
    running.ask(QUESTION)
    assert "reeds" in running.answered().answer
    assert banners(opened()) == []


def test_who_keeps_what_is_there_is_not_told_again(two, opened) -> None:
    running = opened()
    (banner,) = banners(running)
    assert banner.later.text() == "Keep as it is"
    assert not banner.dismiss.isVisible()
    banner.later.click()
    assert remembered.knows_of_embedders(running.db)
    assert running.session.settings.retrieval.embedder == ""
    running = opened()
    assert banners(running) == []
    assert (serves(running), indexes.building(running.db)) == (ENGLISH, None)


def test_where_it_could_not_be_set_up_one_click_downloads_and_uses_it(home, theirs, opened) -> None:
    files = {str(one.relative_to(theirs)): one for one in theirs.rglob("*") if one.is_file()}
    with hub_server.served() as hub:
        held = Repository({name: file.read_bytes() for name, file in files.items()})
        hub.repositories[catalogue.find(MULTILINGUAL).repository] = held
        choose(home, "", endpoint=hub.endpoint)
        running = opened()
        (banner,) = banners(running)
        assert "a download of 472 MB" in banner.label.text()
        assert hub.api == []  # nothing connects before it is asked to
        assert banner.action.text() == "Download"
        banner.action.click()
        running.until(lambda: serves(running) == MULTILINGUAL)
        (kept,) = models.listing(running.db)
        assert (kept.name, kept.ours) == (MULTILINGUAL, True)
        assert banners(opened()) == []


def searching_page(running):
    running.composition.window.actions_.by_name["models"].trigger()
    dialog = running.composition._models._dialog
    dialog.show_page(SEARCHING)
    return dialog, dialog.searching


def test_on_its_page_an_embedder_is_changed_watched_and_taken_back(two, opened) -> None:
    running = opened()
    dialog, page = searching_page(running)
    assert page.embedder.currentData() == ENGLISH
    page.embedder.setCurrentIndex(page.embedder.findData(MULTILINGUAL))
    page.embedder.activated.emit(page.embedder.currentIndex())
    (change,) = [one for one in dialog.ask.buttons if one.text() == "Change the embedder"]
    change.click()
    running.until(lambda: serves(running) == MULTILINGUAL)
    running.until(lambda: not page.pending.isVisible())
    assert page.embedder.currentData() == MULTILINGUAL
    assert dialog.undo.offering
    dialog.undo.take()
    running.until(lambda: serves(running) == ENGLISH)
    assert running.session.settings.retrieval.embedder == ENGLISH
    running.settle()


def test_damaged_weights_are_refused_before_anything_is_changed(two, opened) -> None:
    running = opened()
    (weights,) = (running.paths.models_folder).rglob("model.safetensors")
    weights.write_bytes(b"other weights")
    dialog, _page = searching_page(running)
    dialog.embedder_requested.emit(MULTILINGUAL)
    running.until(dialog.banner.isVisible)
    assert "cannot be used" in dialog.banner.label.text()
    assert running.session.settings.retrieval.embedder == ""
    assert indexes.building(running.db) is None


def test_a_missing_embedder_is_told_and_what_serves_goes_on(home, opened) -> None:
    choose(home, "multilingual-e5-smal")
    told: list[str] = []
    running = opened()
    running.session.troubled.connect(told.append)
    running.composition._indexes.tell_missing()
    (words,) = told
    assert "There is no embedder “multilingual-e5-smal” here." in words
    assert f"“{ENGLISH}” goes on finding your documents." in words
    running.ask(QUESTION)
    assert "reeds" in running.answered().answer
    assert (serves(running), indexes.building(running.db)) == (ENGLISH, None)
    assert banners(running) == []


def test_where_the_embedder_is_gone_answers_come_by_words_and_that_is_said(two, opened) -> None:
    choose(two, MULTILINGUAL)
    running = opened()
    running.until(lambda: serves(running) == MULTILINGUAL)
    shutil.rmtree(running.paths.models_folder / MULTILINGUAL)
    running = opened()
    told: list[str] = []
    running.session.troubled.connect(told.append)
    running.ask(QUESTION)
    assert "reeds" in running.answered().answer
    assert any("Found by words alone" in words for words in told)
    assert serves(running) == MULTILINGUAL
    (option,) = [
        one
        for one in embedder_options.options(running.db, running.session.settings.retrieval)
        if one.serves
    ]
    assert not option.there
