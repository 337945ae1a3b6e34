"""Zotero's own database, which is read and never touched."""

import errno
import os
import sqlite3
from contextlib import closing

import pytest

from desktop_rag.domain.errors import DiskFull, ReferencesUnusable
from desktop_rag.engines.references import zotero
from tests.zotero_library import ZoteroLibrary


@pytest.fixture
def library(tmp_path) -> ZoteroLibrary:
    return ZoteroLibrary(tmp_path / "Zotero")


def weirs(library: ZoteroLibrary) -> int:
    people = [("Ana", "Brack", "author"), ("", "World Bank", "author"), ("T.", "Roe", "translator")]
    return library.add(
        "journalArticle",
        people,
        title="On weirs",
        publicationTitle="Journal of Weirs",
        date="2021-03-00 March 2021",
        volume="15",
        DOI="10.1000/x",
        abstractNote="Of weirs.",
    )


def said(record) -> dict[str, str]:
    return {str(which): text for which, text in record.said}


def reason(library: ZoteroLibrary) -> str:
    with pytest.raises(ReferencesUnusable) as raised:
        zotero.listed(library.folder)
    assert raised.value.name == str(library.folder)
    return raised.value.reason


def test_an_item_is_read_with_its_files(library) -> None:
    item = weirs(library)
    places = [str(library.attach(item, name)) for name in ("weirs.pdf", "data.csv")]
    (record,) = zotero.listed(library.folder)
    assert said(record) == {
        "type": "article-journal",
        "title": "On weirs",
        "author": "Brack, Ana; World Bank",
        "issued": "2021-03",
        "container-title": "Journal of Weirs",
        "volume": "15",
        "DOI": "10.1000/x",
    }
    assert list(record.files) == places


def test_a_law_and_a_book_are_called_by_what_they_have(library, tmp_path) -> None:
    law = library.add("statute", nameOfAct="Ley 7/2021", dateEnacted="2021-07-09 9 July")
    book = library.add("book", [("Bo", "Quill", "editor")], title="Tolls", publisher="Harbour")
    linked = str(tmp_path / "elsewhere" / "tolls.pdf")
    library.attach(law, "ley.pdf")
    library.attach(book, "", linked=linked)
    first, second = zotero.listed(library.folder)
    assert (said(first)["title"], said(first)["issued"]) == ("Ley 7/2021", "2021-07-09")
    assert (said(second)["author"], second.files) == ("Quill, Bo", (linked,))


def test_a_file_without_an_item_is_a_document_all_the_same(library) -> None:
    place = library.attach(None, "alone.pdf")
    (record,) = zotero.listed(library.folder)
    assert (record.said, record.files) == ((), (str(place),))


def test_what_lies_in_the_bin_and_what_has_no_file_is_left_out(library) -> None:
    library.attach(weirs(library), "weirs.pdf")
    library.add("book", title="No file")
    assert len(zotero.listed(library.folder)) == 1
    library.change("INSERT INTO deletedItems VALUES (1)")
    assert zotero.listed(library.folder) == []


def test_no_name_leads_out_of_the_storage(library) -> None:
    item = weirs(library)
    library.attach(item, "../../../../outside.pdf")
    (record,) = zotero.listed(library.folder)
    assert record.files == (str(library.folder / "storage" / "KEY00002" / "outside.pdf"),)


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_library_that_zotero_has_open_is_read_and_left_as_it_is(library, mode) -> None:
    library.attach(weirs(library), "weirs.pdf")
    with closing(sqlite3.connect(library.database, isolation_level=None)) as running:
        running.execute(f"PRAGMA journal_mode = {mode}")
        running.execute("PRAGMA locking_mode = EXCLUSIVE")
        running.execute("BEGIN IMMEDIATE")
        running.execute("UPDATE itemDataValues SET value = 'On tolls' WHERE value = 'On weirs'")
        running.execute("COMMIT")
        running.execute("BEGIN EXCLUSIVE")
        before = library.database.read_bytes()
        beside = sorted(path.name for path in library.folder.iterdir())
        (record,) = zotero.listed(library.folder)
        assert record.title == "On tolls"
        assert library.database.read_bytes() == before
        assert sorted(path.name for path in library.folder.iterdir()) == beside
        running.execute("ROLLBACK")


def test_reading_leaves_nothing_beside_the_library(library) -> None:
    library.attach(weirs(library), "weirs.pdf")
    library.change("PRAGMA journal_mode = WAL")
    before = sorted(path.name for path in library.folder.iterdir())
    zotero.listed(library.folder)
    assert sorted(path.name for path in library.folder.iterdir()) == before


@pytest.mark.parametrize(
    ("number", "error"), [(errno.EACCES, ReferencesUnusable), (errno.ENOSPC, DiskFull)]
)
def test_a_library_that_cannot_be_copied_is_told(library, monkeypatch, number, error) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    library.change("PRAGMA journal_mode = WAL")
    monkeypatch.setattr(zotero.shutil, "copyfile", refuse)
    with pytest.raises(error) as raised:
        zotero.listed(library.folder)
    assert getattr(raised.value, "reason", "busy") == "busy"


def test_a_folder_without_a_library_is_told(library) -> None:
    library.database.unlink()
    assert reason(library) == "missing"


def test_another_database_is_told(library) -> None:
    library.change("DROP TABLE itemData")
    assert reason(library) == "no_zotero"


@pytest.mark.parametrize("damage", ["head", "middle", "text"])
def test_a_damaged_library_is_told(library, damage) -> None:
    for number in range(5):
        library.attach(weirs(library) if not number else None, f"{number}.pdf")
    content = library.database.read_bytes()
    library.database.write_bytes(
        {
            "head": b"x" * 100 + content[100:],
            "middle": content[:4096] + b"\xff" * (len(content) - 4096),
            "text": b"No database at all, but words. " * 300,
        }[damage]
    )
    assert reason(library) == "damaged"


def test_a_value_that_is_no_text_is_read_as_one(library) -> None:
    library.attach(weirs(library), "weirs.pdf")
    library.change("UPDATE itemDataValues SET value = 15 WHERE value = '15'")
    library.change("UPDATE itemDataValues SET value = NULL WHERE value = 'On weirs'")
    (record,) = zotero.listed(library.folder)
    assert said(record)["volume"] == "15"
    assert "title" not in said(record)
