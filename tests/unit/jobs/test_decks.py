"""Study questions and names as files: read back from what was written."""

import csv
import errno
import json
import os
import sqlite3
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.entities import Entity, EntityKind, EntityPlace
from desktop_rag.domain.errors import CardsLacking, DiskFull, PaperUnwritable
from desktop_rag.jobs import decks
from desktop_rag.jobs.decks import DeckCard

A, B = DocumentId("a"), DocumentId("b")
CARD = DeckCard("What is <oil>?", "A fat & more.", "Oil is a fat.", "The lamp", "p. iv", A)
OTHER = DeckCard("¿Qué es ____?", "=1+1", "Es así: 1871.", "The lamp", "p. 5", A)


def notes(file: Path, folder: Path) -> dict[str, list[str]]:
    """The fields of the notes of a deck, by their guid, as Anki finds them."""
    with zipfile.ZipFile(file) as archive:
        archive.extract("collection.anki2", folder)
    db = sqlite3.connect(folder / "collection.anki2")
    try:
        rows = db.execute("SELECT guid, flds FROM notes").fetchall()
    finally:
        db.close()
    return {guid: fields.split("\x1f") for guid, fields in rows}


def decks_in(folder: Path) -> list[str]:
    db = sqlite3.connect(folder / "collection.anki2")
    try:
        ((found,),) = db.execute("SELECT decks FROM col").fetchall()
    finally:
        db.close()
    return [one["name"] for one in json.loads(found).values()]


def test_a_deck_has_a_note_for_each_question_with_its_words_and_its_page(tmp_path) -> None:
    file = tmp_path / "lamp.apkg"
    decks.write_cards([CARD, OTHER], file, "The lamp")
    found = list(notes(file, tmp_path).values())
    assert found == [
        ["What is &lt;oil&gt;?", "A fat &amp; more.", "Oil is a fat.", "The lamp", "p. iv"],
        ["¿Qué es ____?", "=1+1", "Es así: 1871.", "The lamp", "p. 5"],
    ]
    assert "The lamp" in decks_in(tmp_path)
    assert [one.name for one in tmp_path.glob("*.part")] == []


def test_no_words_of_a_deck_stay_in_files_of_the_system(tmp_path, monkeypatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    decks.write_cards([CARD], tmp_path / "lamp.apkg", "The lamp")
    assert list(elsewhere.iterdir()) == []


def test_a_table_computes_nothing_in_wide_signs_either(tmp_path) -> None:
    file = tmp_path / "lamp.csv"
    decks.write_cards([replace(CARD, answer="＝1+1")], file, "The lamp")
    assert "'＝1+1" in file.read_text("utf-8-sig")


def test_a_file_of_a_very_long_name_is_written(tmp_path) -> None:
    file = tmp_path / f"{'l' * 250}.csv"
    decks.write_cards([CARD], file, "The lamp")
    assert file.is_file()


def test_a_card_keeps_its_name_when_its_question_is_put_in_other_words(tmp_path) -> None:
    first, second, third = (tmp_path / name for name in ("1.apkg", "2.apkg", "3.apkg"))
    decks.write_cards([CARD], first, "The lamp")
    decks.write_cards([replace(CARD, question="And oil?")], second, "The lamp")
    decks.write_cards([replace(CARD, origin=B)], third, "The lamp")
    one, again, other = (set(notes(file, tmp_path)) for file in (first, second, third))
    assert one == again
    assert one != other


def test_a_table_has_the_same_and_no_cell_is_computed(tmp_path) -> None:
    file = tmp_path / "lamp.csv"
    decks.write_cards([CARD, OTHER], file, "The lamp")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["Question", "Answer", "Quote", "Document", "Page"]
    assert rows[1] == ["What is <oil>?", "A fat & more.", "Oil is a fat.", "The lamp", "p. iv"]
    assert rows[2][1] == "'=1+1"


def test_without_questions_nothing_is_written(tmp_path) -> None:
    with pytest.raises(CardsLacking):
        decks.write_cards([], tmp_path / "lamp.apkg", "The lamp")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["lamp.apkg", "lamp.csv"])
def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(tmp_path, name) -> None:
    with pytest.raises(PaperUnwritable):
        decks.write_cards([CARD], tmp_path / "nowhere" / name, "The lamp")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["lamp.apkg", "lamp.csv"])
def test_on_a_full_disk_the_earlier_file_stays(tmp_path, monkeypatch, name) -> None:
    file = tmp_path / name
    file.write_text("earlier")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(DiskFull):
        decks.write_cards([CARD], file, "The lamp")
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert file.read_text() == "earlier"


def test_names_have_a_row_for_each_document_with_its_pages(tmp_path) -> None:
    file = tmp_path / "names.csv"
    places = (EntityPlace(A, 3, "iv"), EntityPlace(A, 7, ""), EntityPlace(B, 0, "1"))
    entity = Entity(EntityKind.PERSON, "Martha Quill", 5, 3, places)
    columns = ("Kind", "Name", "Times", "Document", "Pages")
    titles = {A: "The lamp", B: "-Oil"}
    decks.write_names([entity], file, {EntityKind.PERSON: "Person"}, titles, columns)
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows == [
        list(columns),
        ["Person", "Martha Quill", "5", "The lamp", "iv 8"],
        ["Person", "Martha Quill", "5", "'-Oil", "1"],
    ]
