"""What cells of tables say, and a table to take away."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.answer.papers.building import paper_of
from desktop_rag.answer.papers.talk import Talk
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.errors import DocumentBlank
from desktop_rag.domain.papers import PaperRun
from desktop_rag.jobs.cell_records import CellGrounds, CellQuote, stored
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.tables import (
    CellDraft,
    CellPlace,
    CellState,
    QuestionTable,
    TableCell,
    TableId,
    TableLine,
)
from desktop_rag.notices.papers import telling
from desktop_rag.notices.tables import (
    TableContents,
    cell_words,
    standing_words,
    table_turn,
    workbook,
)

TABLE = QuestionTable(TableId(1), LibraryId(1), "T", ("Rent?", "When?"), "", False, 0)
QUOTE = CellQuote(1, DocumentId("a"), 3, "iv", "The rent is 900 euros.", (Box(0, 0, 1, 1),))
GROUNDS = stored(CellGrounds((QUOTE,)))
FOUND = CellDraft(CellState.FOUND, "900 euros", "iv", "extract", "supported", None, GROUNDS)
ABSENT = CellDraft(CellState.ABSENT, mode="refused", payload=GROUNDS)
FIRST = CellPlace(0, 0)
FAILED = CellDraft(CellState.FAILED, error=DocumentBlank("b.pdf"))


def english(_context: str, text: str) -> str:
    return text


def cell(draft: CellDraft, edited: str | None = None, at: CellPlace = FIRST) -> TableCell:
    return TableCell(at, draft, edited)


@pytest.mark.parametrize(
    ("asked", "words", "standing"),
    [
        (None, "", "not asked yet"),
        (cell(FOUND), "900 euros", "quoted from the document"),
        (cell(ABSENT), "not found", "not found"),
        (cell(FAILED), "“b.pdf” is blank. ", "could not be asked"),
        (cell(FOUND, "1000 euros"), "1000 euros", "edited by hand"),
        (cell(FOUND, ""), "", "edited by hand"),
    ],
)
def test_a_cell_says_what_there_is_and_how_it_came_about(asked, words, standing) -> None:
    assert cell_words(asked, english).startswith(words)
    assert standing_words(asked, english) == standing


@pytest.mark.parametrize(
    ("mode", "verdict", "words"),
    [
        ("extract", "partly", "quoted; it may not answer the question"),
        ("model", "supported", "Your documents say this"),
        ("model", "partly", "Your documents say a part of this"),
        ("model", "of a later version", ""),
    ],
)
def test_how_sure_a_cell_is_depends_on_who_wrote_it(mode, verdict, words) -> None:
    draft = CellDraft(CellState.FOUND, "x", "1", mode, verdict)
    assert standing_words(cell(draft), english) == words


def made() -> TableContents:
    lines = (
        TableLine(1, DocumentId("b"), Path("/pdf/b.pdf"), "Beta"),
        TableLine(0, DocumentId("a"), Path("/old/a.pdf"), "Álamo"),
    )
    cells = {
        CellPlace(0, 0): cell(FOUND),
        CellPlace(0, 1): cell(ABSENT, at=CellPlace(0, 1)),
        CellPlace(1, 0): cell(FAILED, at=CellPlace(1, 0)),
    }
    return TableContents(TABLE, lines, cells, {DocumentId("a"): Path("/new/a b.pdf")})


def test_a_table_is_taken_away_in_its_order_with_links_to_pages() -> None:
    answers, _sources = workbook(made(), english).sheets
    assert answers.heads == ("Document", "Rent?", "When?")
    assert [row[0].text for row in answers.rows] == ["Beta", "Álamo"]
    found = answers.rows[1][1]
    assert (found.text, found.link) == ("900 euros", "file:///new/a%20b.pdf#page=4")
    assert answers.rows[1][0].link == "file:///new/a%20b.pdf"
    assert answers.rows[1][2].text == "not found"
    assert answers.rows[0][2].text == ""


def test_sources_have_a_row_for_each_quote_with_its_page() -> None:
    _answers, sources = workbook(made(), english).sheets
    rows = [[text.text for text in row] for row in sources.rows]
    assert rows[0] == [
        *("Álamo", "Rent?", "900 euros", "quoted from the document"),
        *("iv", "The rent is 900 euros.", "/new/a b.pdf"),
    ]
    assert [row[2] for row in rows] == ["900 euros", "not found"]
    assert all(len(row) == len(sources.heads) for row in rows)


def test_one_sheet_has_answers_first_and_then_what_they_rest_on() -> None:
    flat = workbook(made(), english).flat
    assert flat.heads[:5] == ("Document", "Rent?", "When?", "File", "Rent? – page")
    assert all(len(row) == len(flat.heads) for row in flat.rows)
    assert [text.text for text in flat.rows[1][4:7]] == [
        *("iv", "The rent is 900 euros.", "quoted from the document"),
    ]


def test_names_of_old_files_can_be_written() -> None:
    line = TableLine(0, DocumentId("c"), Path("/pdf/a\udcf1o.pdf"), "a\udcf1o.pdf")
    flat = workbook(TableContents(TABLE, (line,), {}), english).flat
    assert flat.rows[0][0].text == "año.pdf"
    assert flat.rows[0][0].link == "file:///pdf/a%F1o.pdf"


def said(cell_) -> str:
    return "".join(
        one.text if isinstance(one, PaperRun) else f"[{one.place}: {one.words}]" for one in cell_
    )


def test_a_table_is_a_paper_with_a_note_for_what_each_cell_rests_on() -> None:
    contents = made()
    doubtful = CellDraft(CellState.FOUND, "50 [1]", "iv", "extract", "partly", None, GROUNDS)
    cells = {
        **contents.cells,
        CellPlace(0, 1): cell(FOUND, "1000 euros", at=CellPlace(0, 1)),
        CellPlace(1, 1): cell(doubtful, at=CellPlace(1, 1)),
    }
    turn = table_turn(replace(contents, cells=cells), english)
    paper = paper_of(Talk("T", (turn,), telling(english).words, single=True))
    (table,) = paper.blocks
    assert [said(head) for head in table.heads] == ["Document", "Rent?", "When?"]
    note = "[Beta, p. iv: The rent is 900 euros.]"
    assert [[said(one) for one in row] for row in table.rows] == [
        [
            "Beta",
            "“b.pdf” is blank. " + advice(),
            f"50{note} (quoted; it may not answer the question)",
        ],
        ["Álamo", f"900 euros{note}", f"1000 euros{note} (edited by hand)"],
    ]


def advice() -> str:
    return cell_words(cell(FAILED), english).removeprefix("“b.pdf” is blank. ")
