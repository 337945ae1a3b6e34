import csv
import errno
import os
from pathlib import Path

import openpyxl
import pytest

from desktop_rag.domain.errors import DiskFull, PaperUnwritable
from desktop_rag.domain.sheets import SheetText, Workbook, WorkbookSheet
from desktop_rag.engines.sheets import excel_workbook
from desktop_rag.engines.sheets.writing import write

COMMANDING = ["=1+1", "+1", "-1", "@sum", "=cmd|' /C calc'!A0"]


def sheet(*rows: tuple[str, ...], title: str = "Answers", link: str = "") -> WorkbookSheet:
    cells = tuple(tuple(SheetText(text, link) for text in row) for row in rows)
    return WorkbookSheet(title, tuple(f"Question {at}" for at, _ in enumerate(rows[0])), cells)


def workbook(*rows: tuple[str, ...], link: str = "") -> Workbook:
    return Workbook((sheet(*rows, link=link), sheet(*rows, title="Sources")), sheet(*rows))


def test_accents_are_there_in_both(tmp_path) -> None:
    made = workbook(("Año", "“Peña”"), ("日本", "b"))
    write(made, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [*csv.reader(file)][1:] == [["Año", "“Peña”"], ["日本", "b"]]
    write(made, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Answers", "Sources"]
    assert [cell.value for cell in book["Answers"][2]] == ["Año", "“Peña”"]


@pytest.mark.parametrize("text", COMMANDING)
def test_no_text_is_taken_for_a_formula(tmp_path, text) -> None:
    made = workbook((text, "b"))
    write(made, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [*csv.reader(file)][1][0] == f"'{text}"
    write(made, tmp_path / "a.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["Answers"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_heading_is_guarded_like_any_cell(tmp_path) -> None:
    made = WorkbookSheet("=1", ("=1+1",), ())
    write(Workbook((made,), made), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").strip() == "'=1+1"


def test_links_lead_to_where_a_cell_is_from(tmp_path) -> None:
    write(workbook(("a", "b"), link="file:///pdf/a.pdf#page=3"), tmp_path / "a.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["Answers"]["A2"]
    assert cell.hyperlink.target or cell.hyperlink.location
    shown = f"{cell.hyperlink.target or ''}#{cell.hyperlink.location or ''}"
    assert "a.pdf" in shown
    assert "page=3" in shown


def test_there_are_no_more_links_than_excel_bears(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(excel_workbook, "_MOST_LINKS", 3)
    write(
        workbook(("a", "b"), ("c", "d"), ("e", "f"), link="file:///a#page=1"), tmp_path / "a.xlsx"
    )
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")["Answers"]
    linked = [cell.coordinate for row in made for cell in row if cell.hyperlink]
    assert linked == ["A2", "B2"]


def test_what_no_workbook_takes_is_left_out_of_it(tmp_path) -> None:
    write(workbook(("a\x00b\x07c\ud800", "x" * 40_000)), tmp_path / "a.xlsx")
    row = openpyxl.load_workbook(tmp_path / "a.xlsx")["Answers"][2]
    assert row[0].value.replace("\ufffd", "") == "abc"
    assert len(row[1].value) == 32_767


@pytest.mark.parametrize("title", ["a/b:c?", "x" * 60, "''", ""])
def test_any_title_can_be_that_of_a_sheet(tmp_path, title) -> None:
    made = WorkbookSheet(title, ("Head",), ())
    write(Workbook((made,), made), tmp_path / "a.xlsx")
    assert len(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[0]) <= 31


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_full_disk_leaves_what_was_there_before(tmp_path, monkeypatch, name) -> None:
    target = tmp_path / name
    write(workbook(("old", "old")), target)
    before = target.read_bytes()

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        write(workbook(("new", "new")), target)
    assert target.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_place_that_is_not_there_is_told(tmp_path) -> None:
    with pytest.raises(PaperUnwritable):
        write(workbook(("a", "b")), tmp_path / "nowhere" / "a.csv")
    assert not Path(tmp_path / "nowhere").exists()
