"""A library from one machine to another, as a person types it."""

import pytest

from tests import pdfs
from tests.end_to_end.test_cli import Program

pytestmark = pytest.mark.slow


def test_a_library_goes_to_another_machine_and_answers_there(tmp_path) -> None:
    old, new = Program(tmp_path / "old"), Program(tmp_path / "new")
    files = tmp_path / "files"
    files.mkdir()
    pdfs.plain(files / "a.pdf", ["A page about marmalade.", "Another about treacle."])
    assert old.json("index", files, "-l", "Tesis").code == 0
    file = tmp_path / "Tesis.ragx"
    exported = old.json("export", "tesis", file, "--documents")
    assert (exported.code, exported.values["documents"]) == (0, 1)
    assert (exported.values["left_out"], exported.values["damaged"]) == ([], [])
    mine = tmp_path / "mine"
    ran = new.json("import", file, "--into", mine)
    assert ran.code == 0, ran
    assert (ran.values["library"], ran.values["ready"], ran.values["embedded"]) == ("Tesis", 1, 0)
    assert (ran.values["absent"], ran.values["damaged"]) == (0, [])
    found = new.json("search", "treacle", "-l", "Tesis").values["hits"]
    assert found[0]["document"] == str(mine / "a.pdf")
    assert found[0]["page"] == 1
    bad = new.json("import", files / "a.pdf")
    assert bad.code == 1
    assert "exported" in bad.values["error"]
    assert old.json("export", "Nobody", file).code == 1
