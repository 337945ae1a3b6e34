from contextlib import closing

import pytest

from desktop_rag.library import libraries
from desktop_rag.library.db.database import open_database


@pytest.fixture
def db(tmp_path):
    with closing(open_database(tmp_path / "library.sqlite3")) as db:
        yield db


@pytest.fixture
def tesis(db):
    return libraries.ensure(db, "Tesis")
