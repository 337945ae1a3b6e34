import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DocumentBlank
from desktop_rag.library import deletion, libraries, tables
from desktop_rag.library.db.database import open_database, rows
from desktop_rag.library.tables import CellDraft, CellPlace, CellState, TableDocument
from tests.operations import instructions_of

FOUND = CellDraft(CellState.FOUND, "12 euros", "iv", "extract", "supported", None, '{"quotes": []}')
FAILED = CellDraft(CellState.FAILED, error=DocumentBlank("a.pdf"))


EVERYTHING = ("SELECT * FROM tables", "SELECT * FROM table_lines", "SELECT * FROM cells")


def content(db) -> list[object]:
    return [rows(db, query) for query in EVERYTHING]


def document(at: int) -> TableDocument:
    return TableDocument(DocumentId(f"d{at}"), Path(f"/pdf/{at}.pdf"), f"Acta {at}")


@pytest.fixture
def table(db, tesis):
    made = tables.create(db, tesis, ("¿Cuánto?", "¿Cuándo?"), "")
    tables.add_lines(db, made.id, map(document, range(3)))
    return made


def test_cells_are_missing_line_by_line_until_they_are_kept(db, table) -> None:
    assert tables.missing(db, table)[:3] == [CellPlace(0, 0), CellPlace(0, 1), CellPlace(1, 0)]
    assert tables.keep(db, table.id, CellPlace(0, 1), FOUND)
    assert len(tables.missing(db, table)) == 5
    assert not tables.is_missing(db, table.id, CellPlace(0, 1))
    (kept,) = tables.cells(db, table.id, whole=True)
    assert (kept.at, kept.draft, kept.text) == (CellPlace(0, 1), FOUND, "12 euros")


def test_a_cell_that_was_kept_is_not_kept_again(db, table) -> None:
    assert tables.keep(db, table.id, CellPlace(0, 0), FOUND)
    assert not tables.keep(db, table.id, CellPlace(0, 0), FAILED)
    assert tables.cell(db, table.id, CellPlace(0, 0)).draft == FOUND


def test_nothing_is_kept_of_a_table_that_has_gone(db, table) -> None:
    tables.delete(db, table.id)
    assert not tables.keep(db, table.id, CellPlace(0, 0), FOUND)
    assert rows(db, "SELECT * FROM cells") == []


def test_why_a_cell_failed_outlives_the_program(tmp_path, db, table) -> None:
    tables.keep(db, table.id, CellPlace(0, 0), FAILED)
    with closing(open_database(tmp_path / "library.sqlite3")) as other:
        error = tables.cell(other, table.id, CellPlace(0, 0)).draft.error
    assert isinstance(error, DocumentBlank)
    assert error.name == "a.pdf"


def test_documents_have_one_line_however_often_they_are_added(db, table) -> None:
    again = tables.add_lines(db, table.id, [document(4), document(1), document(4)])
    assert [(one.line, one.name) for one in again] == [(3, "Acta 4"), (1, "Acta 1")]
    assert [one.document for one in tables.lines(db, table.id)] == ["d0", "d1", "d2", "d4"]


def test_files_without_a_known_content_have_lines_of_their_own(db, table) -> None:
    unknown = [TableDocument(DocumentId(""), Path(f"/pdf/{n}"), n) for n in ("a", "b\udcf1")]
    added = tables.add_lines(db, table.id, unknown)
    assert [one.line for one in added] == [3, 4]
    assert tables.lines(db, table.id)[4].path == Path("/pdf/b\udcf1")


def test_what_somebody_wrote_stands_before_what_was_found_and_can_be_taken_back(db, table) -> None:
    at = CellPlace(1, 1)
    tables.keep(db, table.id, at, FOUND)
    assert tables.edit(db, table.id, at, "13 euros")
    edited = tables.cell(db, table.id, at)
    assert (edited.text, edited.edited, edited.draft.text) == ("13 euros", "13 euros", "12 euros")
    assert tables.edit(db, table.id, at, None)
    assert tables.cell(db, table.id, at).text == "12 euros"


def test_a_cell_written_by_hand_before_it_was_asked_is_asked_once_that_is_taken_back(
    db, table
) -> None:
    at = CellPlace(2, 0)
    tables.edit(db, table.id, at, "mine")
    assert at not in tables.missing(db, table)
    tables.edit(db, table.id, at, None)
    assert at in tables.missing(db, table)


def test_only_what_failed_is_asked_again_and_nothing_that_was_written_by_hand(db, table) -> None:
    for at, draft in ((0, FOUND), (1, FAILED), (2, FAILED)):
        tables.keep(db, table.id, CellPlace(at, 0), draft)
    tables.edit(db, table.id, CellPlace(2, 0), "mine")
    assert tables.ask_again(db, table.id) == 1
    assert not tables.is_missing(db, table.id, CellPlace(0, 0))
    assert tables.ask_again(db, table.id, CellPlace(0, 0)) == 1
    assert tables.ask_again(db, table.id, CellPlace(2, 0)) == 0


def test_a_table_is_unfinished_until_it_is_full_or_paused(db, table) -> None:
    assert [one.id for one in tables.unfinished(db)] == [table.id]
    tables.pause(db, table.id, paused=True)
    assert tables.unfinished(db) == []
    tables.pause(db, table.id, paused=False)
    for at in tables.missing(db, table):
        tables.keep(db, table.id, at, FOUND)
    assert tables.unfinished(db) == []


def test_the_same_questions_have_the_same_table(db, tesis, table) -> None:
    assert tables.alike(db, tesis, ("¿Cuánto?", "¿Cuándo?"), "").id == table.id
    assert tables.alike(db, tesis, ("¿Cuánto?",), "") is None
    assert tables.alike(db, tesis, ("¿Cuánto?", "¿Cuándo?"), "small.gguf") is None


def test_a_deleted_table_comes_back_whole(db, table) -> None:
    tables.keep(db, table.id, CellPlace(0, 0), FOUND)
    tables.edit(db, table.id, CellPlace(0, 0), "mine")
    before = content(db)
    deleted = tables.delete(db, table.id)
    assert tables.listed(db) == []
    assert tables.restore(db, deleted) == table.id
    assert content(db) == before


def test_a_deleted_library_comes_back_with_its_tables(db, tesis, table) -> None:
    tables.keep(db, table.id, CellPlace(0, 0), FOUND)
    deleted = deletion.delete_library(db, tesis)
    assert rows(db, "SELECT * FROM cells") == []
    restored = deletion.restore_library(db, deleted)
    assert [one.id for one in tables.listed(db, restored)] == [table.id]
    assert len(tables.cells(db, table.id)) == 1


def test_a_table_does_not_come_back_into_a_library_that_has_gone(db, tesis, table) -> None:
    deleted = tables.delete(db, table.id)
    libraries.remove(db, tesis)
    assert tables.restore(db, deleted) is None


def test_a_transaction_that_was_cut_off_leaves_no_half_of_a_cell(tmp_path, db, table) -> None:
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute(
            "INSERT INTO cells VALUES (?, 0, 0, 'found', 'x', '', '', '', NULL, NULL, '{}')",
            (table.id,),
        )
    assert tables.is_missing(db, table.id, CellPlace(0, 0))


def test_keeping_a_cell_costs_the_same_in_a_table_of_thousands(db, tesis) -> None:
    def cost(count: int) -> int:
        made = tables.create(db, tesis, ("?",), "")
        tables.add_lines(db, made.id, map(document, range(count)))
        for at in range(0, count, 2):
            tables.keep(db, made.id, CellPlace(at, 0), FOUND)
        return instructions_of(db, lambda: tables.keep(db, made.id, CellPlace(count - 1, 0), FOUND))

    assert cost(3_000) < 2 * cost(30) + 200
