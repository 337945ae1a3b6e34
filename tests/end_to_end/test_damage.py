"""Files of the data directory are damaged, and a person goes on with one command."""

import shutil
from pathlib import Path

import pytest

from tests.damaging import WAYS, Damaging

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def damaging(tmp_path_factory) -> Damaging:
    made = Damaging(tmp_path_factory.mktemp("damage"))
    made.begin()
    return made


def newest(files: list[str]) -> str:
    """The last manifest, whose names count down; of other files, the first one."""
    return min(files)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "kind",
    [
        "_versions/",
        "data/",
        "_deletions/",
        "part_0_tokens.lance",
        "pages/",
        ".made",
        "converted/",
        "attachments/",
        "library.sqlite3",
    ],
)
def test_whatever_is_damaged_all_is_whole_after_one_command(kind, way, damaging) -> None:
    files = [name for name, how in damaging.choices() if how == way and kind in name]
    file = newest([name for name in files if not name.startswith("backups/")])
    done = damaging.at_rest(file, way)
    assert done.problems == ()
    assert len(done.said) <= (kind == "library.sqlite3")


@pytest.mark.parametrize("way", WAYS)
def test_damage_while_documents_are_indexed_is_made_good_by_the_next_command(way, damaging) -> None:
    for letters in (1, 9, 25):
        assert damaging.while_running(way, letters).problems == ()


def test_everything_that_is_searched_may_be_gone(damaging) -> None:
    def gone(folder: Path) -> None:
        shutil.rmtree(folder)

    for folder in ("vectors", "pages", "converted", "attachments"):
        assert damaging.after(folder, lambda home, name=folder: gone(home / name)).problems == ()
