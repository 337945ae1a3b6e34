"""Files with a library that the version before wrote."""

import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa  # noqa: TID253  (rows are made with it)
import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library import indexes
from desktop_rag.library.db.database import transaction
from desktop_rag.library.disk import page_store
from tests import older
from tests.workers.processes.test_bundles import NAME, READY, file, folder, indexed, machines, old

__all__ = ["file", "folder", "indexed", "machines", "old"]


def made_older(file: Path, tmp_path: Path) -> None:
    """Have a file be one of the version before."""
    with zipfile.ZipFile(file) as bundle:
        members = {name: bundle.read(name) for name in bundle.namelist()}
    values = json.loads(members["manifest.json"])
    values["format"] = 1
    del values["made"]["reading"]
    members["manifest.json"] = json.dumps(values).encode()
    rows = (
        pa.ipc.open_stream(members["chunks.arrow"])
        .read_all()
        .drop_columns(["layer", "pages", "exact"])
    )
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    members["chunks.arrow"] = sink.getvalue()
    for name in [name for name in members if name.startswith("pages/")]:
        document = DocumentId(Path(name).stem)
        place = page_store.place(tmp_path, document)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(members[name])
        older.pages(tmp_path, document)
        members[name] = place.read_bytes()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
        for name, content in members.items():
            bundle.writestr(name, content)


def test_its_documents_are_read_again_where_their_files_are(old, machines, file, tmp_path) -> None:
    new = machines("new")
    indexes.want(new.db, None, 110)
    old.export(file)
    made_older(file, tmp_path / "made")
    tally = new.bring(file)
    assert (tally.ready, tally.queued) == (0, 3)
    new.take(new.left())
    assert new.states() == READY
    assert page_store.FORMAT in older.forms(new.paths).values()


def test_its_documents_are_split_again_where_their_files_are_not(
    old, machines, file, folder, tmp_path
) -> None:
    new = machines("new")
    indexes.want(new.db, None, 110)
    old.export(file)
    made_older(file, tmp_path / "made")
    for path in folder.iterdir():
        path.unlink()
    new.bring(file)
    new.take(new.left())
    assert new.states() == READY
    assert set(older.forms(new.paths).values()) == {1}
    assert sorted(new.embedded) == sorted(old.embedded)


def test_its_rows_come_as_they_are_where_nothing_was_read_again_yet(
    old, machines, file, tmp_path
) -> None:
    new = machines("new")
    for machine in (old, new):
        with transaction(machine.db):
            machine.db.execute("UPDATE indexes SET reading = NULL")
    old.export(file)
    made_older(file, tmp_path / "made")
    tally = new.bring(file)
    assert (tally.ready, tally.queued) == (3, 0)
    before = {key: row | {"exact": None} for key, row in old.rows().items()}
    assert new.rows() == before
    assert new.embedded == []
    assert new.listing(NAME)


@pytest.mark.parametrize("column", ["vector", "recognized"])
def test_rows_that_lack_other_columns_are_refused(old, machines, file, tmp_path, column) -> None:
    from desktop_rag.engines.store import stream

    old.export(file)
    with zipfile.ZipFile(file) as bundle:
        rows = pa.ipc.open_stream(bundle.read("chunks.arrow")).read_all()
    sink = io.BytesIO()
    rows = rows.drop_columns([column, "layer", "pages", "exact"])
    with pa.ipc.new_stream(sink, rows.schema) as written:
        written.write_table(rows)
    sink.seek(0)
    with pytest.raises(stream.UnsoundStream):
        list(stream.read(sink, stream.Check(384, {}, str)))
