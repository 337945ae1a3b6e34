"""A data directory of the version before, as a command and as the window find it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_rag.domain.indexes import READING
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.library import indexes
from desktop_rag.settings.paths import Paths
from tests import older, pdfs, word_embedder
from tests.places import ROOT
from tests.running_window import shelf

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def before(tmp_path_factory) -> Path:
    """What the version before has indexed: three documents, one of which is gone by now."""
    folder = tmp_path_factory.mktemp("before") / "files"
    folder.mkdir()
    for name in ("heron", "otter", "badger"):
        pdfs.plain(folder / f"{name}.pdf", [f"The {name} sleeps in the reeds by day."])
    home = shelf(folder.parent / "data", folder)
    (folder / "badger.pdf").unlink()
    older.everything(Paths(home))
    return home


@pytest.fixture
def home(before, tmp_path) -> Path:
    return Path(shutil.copytree(before, tmp_path / "data"))


def ran(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *word_embedder.PROGRAM, *map(str, arguments)]
    environment = os.environ | {"DESKTOP_RAG_HOME": str(home)}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=True, text=True
    )


def test_a_command_says_that_it_reads_again_and_does_it(home, tmp_path) -> None:
    found = json.loads(ran(home, "search", "-l", "files", "badger reeds", "--json").stdout)
    assert len(found["hits"]) == 3  # as before, also of what is gone
    new = tmp_path / "new.txt"
    new.write_text("The marten winters in the belfry.")
    done = ran(home, "index", new, "--library", "files", "--json")
    assert "reads documents better now: 3 documents are read again" in done.stderr
    assert [Path(path).name for path in json.loads(done.stdout)["indexed"]] == ["new.txt"]
    assert sorted(older.forms(Paths(home)).values()) == [1, 2, 2, 2]
    found = json.loads(ran(home, "search", "-l", "files", "reeds", "--json").stdout)
    assert {Path(hit["document"]).stem for hit in found["hits"]} >= {"heron", "otter", "badger"}
    assert ran(home, "index", new, "--library", "files", "--json").stderr.strip() == ""


def banner(running) -> Banner:
    (shown,) = [
        one
        for one in running.composition.window.findChildren(Banner)
        if one.later.isVisibleTo(one.parentWidget())
    ]
    return shown


def test_the_window_asks_first_and_searches_meanwhile(home, opened) -> None:
    running = opened()
    shown = banner(running)
    assert "reads documents better now" in shown.label.text()
    assert indexes.building(running.db) is None
    shown.action.click()
    assert indexes.building(running.db).reading == READING
    running.ask("Where does the heron sleep?")
    assert "reeds" in running.answered().answer
    running.until(lambda: indexes.serving(running.db).reading == READING)
    assert set(running.states().values()) == {"ready"}
    running = opened()
    told = [one.label.text() for one in running.composition.window.findChildren(Banner)]
    assert not any("reads documents better" in words for words in told)


def test_later_leaves_all_as_it_is_and_asks_the_next_time(home, opened) -> None:
    running = opened()
    banner(running).later.click()
    running.composition._indexing.scheduler.keep_up()
    assert indexes.building(running.db) is None
    assert indexes.serving(running.db).reading < READING
    assert banner(opened())
