"""Files of the data directory are damaged, and a person goes on with one command."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.cli import asking, session
from desktop_rag.cli.mending import Searching
from desktop_rag.jobs.answering import LibraryScope
from desktop_rag.library import indexes, models
from desktop_rag.library.db.database import open_database
from desktop_rag.settings import storage
from desktop_rag.settings.paths import Paths
from tests.crashing import LIBRARY
from tests.damaging import WAYS, Damaging

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def damaging(tmp_path_factory) -> Damaging:
    made = Damaging(tmp_path_factory.mktemp("damage"))
    made.begin()
    return made


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Damaging:
    made = Damaging(tmp_path_factory.mktemp("small"), files=6)
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


QUESTION = "The ship harbour"


def found() -> int:
    return len(asking.search(QUESTION, LibraryScope(LIBRARY), 3)["hits"])


def want_another(home: Path) -> None:
    """Choose an index of smaller chunks."""
    paths, settings = session.opened()
    tokens = settings.indexing.chunk_tokens // 2
    chosen = settings.replaced(indexing=settings.indexing.replaced(chunk_tokens=tokens))
    storage.save(paths.settings_file, chosen)
    with closing(open_database(Paths(home).database)) as db:
        indexes.want(db, models.encoders(db, settings.retrieval).embedder, tokens)


def damage_tables(home: Path) -> None:
    for table in home.glob("vectors/*.lance"):
        min(table.glob("_versions/*.manifest")).write_bytes(b"")


def test_what_is_asked_does_not_wait_for_another_index(small) -> None:
    with small.renewed():
        before = found()
        want_another(small.home)
        damage_tables(small.home)
        assert found() == before > 0
        with closing(open_database(Paths(small.home).database)) as db:
            assert indexes.left(db).documents > 0


def test_what_was_mended_is_searched_in_the_index_that_serves_by_then(small) -> None:
    with small.renewed(), Searching(*session.opened()) as searching:
        (old,) = small.home.glob("vectors/*.lance")
        want_another(small.home)
        small.index()
        assert not old.exists()
        (old / "_versions").mkdir(parents=True)
        (old / "_versions" / "1.manifest").write_bytes(b"")
        assert searching.value(LibraryScope(LIBRARY).search(QUESTION, 3)).hits
