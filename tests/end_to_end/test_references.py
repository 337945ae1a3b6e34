"""Lists of references and a Zotero library brought in, as a person types it."""

from pathlib import Path

import pytest

from tests import pdfs
from tests.end_to_end.test_cli import Program
from tests.zotero_library import ZoteroLibrary

pytestmark = pytest.mark.slow

BOOK = """@book{quill,
  title = {On Marmalade},
  author = {Quill, Martha},
  year = {1987},
  file = {marmalade.pdf}
}
@book{nobody, title = {A Book that Nobody Has}, author = {Nobody, N.}, year = {2001}}
"""


def known(program: Program) -> dict[str, tuple[str, str]]:
    """Return what each document is called, and by whom it is."""
    told = program.json("references", "list", "-l", "L").values["references"]
    return {
        Path(one["document"]).name: (
            one["reference"]["title"],
            one["reference"]["author"][0]["family"],
        )
        for one in told
        if "author" in one["reference"]
    }


def test_a_list_of_references_says_what_documents_are(tmp_path) -> None:
    program = Program(tmp_path / "home")
    file = tmp_path / "marmalade.pdf"
    pdfs.plain(file, ["The marmalade of Vorrin is boiled with seven oranges."])
    assert program.json("index", file, "-l", "L").code == 0
    listed = tmp_path / "books.bib"
    listed.write_text(BOOK)
    found = program.json("references", "import", listed, "-l", "L")
    assert (found.code, len(found.values["matched"])) == (0, 1)
    assert found.values["unmatched"] == ["A Book that Nobody Has"]
    assert known(program) == {"marmalade.pdf": ("On Marmalade", "Quill")}
    listed.write_bytes(b"\0\1\2")
    broken = program.json("references", "import", listed, "-l", "L")
    assert (broken.code, set(broken.values)) == (1, {"error"})
    assert known(program) == {"marmalade.pdf": ("On Marmalade", "Quill")}


def test_a_zotero_library_is_taken_in_and_kept_in_step(tmp_path) -> None:
    program = Program(tmp_path / "home")
    zotero = ZoteroLibrary(tmp_path / "Zotero")
    item = zotero.add("book", [("Martha", "Quill", "author")], title="On Marmalade", date="1987")
    pdfs.plain(tmp_path / "made.pdf", ["The marmalade of Vorrin is boiled with seven oranges."])
    zotero.attach(item, "book.pdf", (tmp_path / "made.pdf").read_bytes())
    before = zotero.database.read_bytes()
    taken = program.json("references", "zotero", zotero.folder, "-l", "L")
    assert taken.code == 0, taken
    assert known(program) == {"book.pdf": ("On Marmalade", "Quill")}
    assert zotero.database.read_bytes() == before
    zotero.change("INSERT INTO deletedItems SELECT itemID FROM itemAttachments")
    assert program.json("references", "zotero", "-l", "L").code == 0
    assert known(program) == {}
    nowhere = program.json("references", "zotero", tmp_path / "nowhere", "-l", "L")
    assert (nowhere.code, set(nowhere.values)) == (1, {"error"})
