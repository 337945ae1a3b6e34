"""What a workbook says, as HTML."""

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from desktop_rag.engines.formats import sheets
from desktop_rag.engines.formats.html_blocks import A4, A4_LANDSCAPE, HtmlFragment
from tests import originals


def flows(path: Path) -> list[HtmlFragment]:
    return list(sheets.of_file(path)[1])


def cells(row: str) -> list[str]:
    return re.findall(r"<t[hd]>(.*?)</t[hd]>", row)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (0.256, "0.0%", "25.6%"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (19.5, '#,##0.00 "€"', "19.50 €"),
        (3, "General", "3"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (True, "General", "TRUE"),
        (dt.datetime(2024, 1, 31), "dd/mm/yyyy", "2024-01-31"),
        (dt.datetime(2024, 1, 31, 9, 30), "dd/mm/yyyy hh:mm", "2024-01-31 09:30"),
        (" word ", "General", "word"),
    ],
)
def test_values_are_shown_about_as_a_cell_shows_them(tmp_path, value, form, shown) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Head"])
    book.active.append([value])
    book.active["A2"].number_format = form
    book.save(tmp_path / "a.xlsx")
    (row,) = [row for flow in flows(tmp_path / "a.xlsx") for row in flow.rows]
    assert cells(row) == [shown]


def test_lines_above_the_headers_are_titles(tmp_path) -> None:
    rows = [["Informe 2024"], [], ["Zona", "Ventas", "Meta"], ["Norte", 1, 2]]
    made = flows(originals.workbook(tmp_path / "a.xlsx", {"S": rows}))
    table = next(flow for flow in made if flow.rows)
    assert any(flow.html == "<p>Informe 2024</p>" for flow in made)
    assert cells(table.head) == ["Zona", "Ventas", "Meta"]
    assert [cells(row) for row in table.rows] == [["Norte", "1", "2"]]


def test_hidden_sheets_are_not_read(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "seen"
    hidden = book.create_sheet("Hidden")
    hidden["A1"] = "unseen"
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    whole = "".join(flow.html + flow.head for flow in flows(tmp_path / "a.xlsx"))
    assert "seen" in whole
    assert "unseen" not in whole


def test_only_wide_sheets_are_laid_across(tmp_path) -> None:
    wide = [[f"Column {n}" for n in range(30)]]
    path = originals.workbook(tmp_path / "a.xlsx", {"Narrow": [["a", "b"]], "Wide": wide})
    assert [flow.size for flow in flows(path) if flow.size] == [A4, A4_LANDSCAPE]


def test_what_is_too_much_is_said_to_be_left_out(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_CELLS", 100)
    path = originals.workbook(tmp_path / "a.xlsx", {"S": [[n, "x"] for n in range(1_000)]})
    made = flows(path)
    assert sum(len(flow.rows) for flow in made) == 49
    assert made[-1].html == "<p>[…] 1000 × 2</p>"


def test_reading_gives_signs_of_life(tmp_path) -> None:
    path = originals.workbook(tmp_path / "a.xlsx", {"S": [[n] for n in range(1_000)]})
    assert sum(flow == HtmlFragment() for flow in flows(path)) > 5


@pytest.mark.parametrize("size", [b"A1:XFD1048576", b"A1"])
def test_a_size_that_is_a_lie_is_not_believed(tmp_path, size) -> None:
    path = originals.workbook(tmp_path / "a.xlsx", {"S": [["a", "b"], ["c", "d"]]})
    with zipfile.ZipFile(path) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
    lie = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % size, sheet)
    assert lie != sheet
    originals.repacked(path, {"xl/worksheets/sheet1.xml": lie})
    made = flows(path)
    assert [cells(row) for flow in made for row in flow.rows] == [["c", "d"]]
    assert (
        sum(flow == HtmlFragment() for flow in made) == 1
    )  # a million rows would be more to go through
