"""The window over a store that is damaged: it says so once, and mends what it searches."""

import shutil
from pathlib import Path

import pytest

from tests import pdfs
from tests.running_window import shelf as indexed

pytestmark = pytest.mark.slow

QUESTION = "Which lamp does the lighthouse of Aldmere have?"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    pdfs.plain(folder / "a.pdf", ["The lighthouse of Aldmere has a green lamp."])
    pdfs.plain(folder / "b.pdf", ["The harbour of Borne has no lamp at all."])
    return indexed(tmp_path_factory.mktemp("data") / "home", folder)


def emptied_manifest(home: Path) -> None:
    min(home.glob("vectors/*/_versions/*.manifest")).write_bytes(b"")


def emptied_data(home: Path) -> None:
    for file in home.glob("vectors/*/data/*"):
        file.write_bytes(b"")


def without_vectors(home: Path) -> None:
    shutil.rmtree(home / "vectors")


@pytest.mark.parametrize("damage", [emptied_manifest, emptied_data, without_vectors])
def test_a_damaged_store_is_mended_once_somebody_asks(damage, shelf, tmp_path, opened) -> None:
    shutil.copytree(shelf, tmp_path / "data")
    damage(tmp_path / "data")
    running = opened()
    said: list[str] = []
    running.session.troubled.connect(said.append)
    running.ask(QUESTION)
    running.until(lambda: bool(said))
    running.until(lambda: not running.composition._indexing.scheduler.working)
    assert set(running.states().values()) == {"ready"}
    assert any("was damaged" in words for words in said)
    running.until(lambda: running.session.ready and not running.composition._answering.busy)
    running.ask(QUESTION)
    running.until(lambda: "green lamp" in running.composition._talk.turns[-1].answer)
