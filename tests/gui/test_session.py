"""What the window remembers, and what earlier versions remembered elsewhere."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.domain.models import LocalModel
from desktop_rag.gui.session import Session
from desktop_rag.library import remembered
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings

OLD = """[General]
chunks_per_second=31.25
conversation=7
library=2
model={model}
queue_first=/papers/b.pdf
queue_last=/papers/a.pdf, "/papers/c, d.pdf"
"""


@pytest.fixture
def home_of_before(home: Path, tmp_path: Path) -> Path:
    """A data directory as a version before 2026-11-28 left it."""
    (tmp_path / "small model.gguf").touch()
    paths = open_home(home)
    (paths.home / "window.ini").write_text(OLD.format(model=tmp_path / "small model.gguf"))
    return home


@pytest.fixture
def db(home: Path) -> Iterator[object]:
    with closing(open_database(open_home(home).database)) as db:
        yield db


def test_what_was_kept_beside_the_geometry_is_brought_over_once(
    qapp, home_of_before, db, tmp_path
) -> None:
    session = Session(db, open_home(home_of_before), Settings())
    assert session.model == LocalModel(tmp_path / "small model.gguf")
    assert remembered.embedding_rate(db) == 31.25
    first, last = [Path("/papers/b.pdf")], [Path("/papers/a.pdf"), Path("/papers/c, d.pdf")]
    assert remembered.queue_order(db) == (first, last)
    assert session.state.value("library") == "2"
    session.choose_model(None)
    remembered.keep_queue_order(db)
    again = Session(db, open_home(home_of_before), Settings())
    assert again.model is None
    assert remembered.queue_order(db) == ([], [])


def test_a_speed_that_is_no_number_is_left_behind(qapp, home_of_before, db) -> None:
    ini = home_of_before / "window.ini"
    ini.write_text(ini.read_text().replace("31.25", "fast"))
    session = Session(db, open_home(home_of_before), Settings())
    assert remembered.embedding_rate(db) is None
    assert session.model is not None


def test_a_new_window_has_no_model_and_remembers_the_one_that_is_chosen(
    qapp, home, db, tmp_path
) -> None:
    session = Session(db, open_home(home), Settings())
    assert session.model is None
    session.choose_model(LocalModel(tmp_path / "gone.gguf"))
    assert session.model is None, "its file is not there"
    (tmp_path / "gone.gguf").touch()
    again = Session(db, open_home(home), Settings())
    assert again.model == LocalModel(tmp_path / "gone.gguf")
