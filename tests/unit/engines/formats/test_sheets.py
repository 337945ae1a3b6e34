"""What a workbook says, as HTML."""

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from desktop_rag.engines.formats import html_blocks, sheets
from desktop_rag.engines.formats.html_blocks import A4, A4_LANDSCAPE, HtmlFragment
from tests import originals


def flows(path: Path) -> list[HtmlFragment]:
    return list(sheets.of_file(path)[1])


def cells(row: str) -> list[str]:
    return re.findall(r"<t[hd]>(.*?)</t[hd]>", row)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (42, "00000", "00042"),
        (19.5, '#,##0.00 "€"', "19.50 €"),
        (True, "General", "TRUE"),
        ("#N/A", "General", "#N/A"),
        (dt.datetime(2024, 1, 31), "dd/mm/yyyy", "31/01/2024"),
        (dt.datetime(2024, 1, 31, 9, 30), "mm-dd-yy", "2024-01-31 09:30"),
        (dt.timedelta(hours=30), "[h]:mm", "30:00"),
        (" word ", "General", "word"),
        ("Ruiz", '"Dr. "@', "Dr. Ruiz"),
        ("two_x000D_\nlines", "General", "two\r\nlines"),
        ("=A1*2", "General", "=A1*2"),
    ],
)
def test_cells_are_read_as_they_are_shown(tmp_path, value, form, shown) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Head"])
    book.active.append([value])
    book.active["A2"].number_format = form
    book.save(tmp_path / "a.xlsx")
    (row,) = [row for flow in flows(tmp_path / "a.xlsx") for row in flow.rows]
    assert cells(row) == [html_blocks.text(shown).replace("\n", "<br/>")]


def test_what_was_computed_stands_for_a_formula(tmp_path) -> None:
    path = originals.workbook(tmp_path / "a.xlsx", {"S": [["Sum"], ["=1+1"]]})
    with zipfile.ZipFile(path) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
    computed = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
        b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
    )
    assert computed != sheet
    originals.repacked(path, {"xl/worksheets/sheet1.xml": computed})
    assert [cells(row) for flow in flows(path) for row in flow.rows] == [["2"]]


def test_lines_above_the_headers_are_titles(tmp_path) -> None:
    rows = [["Informe 2024"], [], ["Zona", "Ventas", "Meta"], ["Norte", 1, 2]]
    made = flows(originals.workbook(tmp_path / "a.xlsx", {"S": rows}))
    table = next(flow for flow in made if flow.rows)
    assert any(flow.html == "<p>Informe 2024</p>" for flow in made)
    assert cells(table.head) == ["Zona", "Ventas", "Meta"]
    assert [cells(row) for row in table.rows] == [["Norte", "1", "2"]]


def test_what_is_hidden_is_told_apart(tmp_path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Name", "Pay", "Folded"], ["Ana", 1, "x"], ["Bo", 2, "y"], ["Cy", 3, "z"]):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions.group("C", hidden=True)
    sheet.row_dimensions[3].hidden = True
    sheet["A4"].number_format = ";;;"
    secret = book.create_sheet("Secret")
    secret.append(["unseen"])
    secret.sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    made = "".join(f.html + f.head + "".join(f.rows) for f in flows(tmp_path / "a.xlsx"))
    hidden = re.findall(r'class="hidden">([^<]*)<', made)
    assert hidden == ["Pay", "1", "Bo", "2", "y", "Cy", "3", "Secret", "unseen"]


def test_rows_that_a_filter_hides_are_rows(tmp_path) -> None:
    book = openpyxl.Workbook()
    for row in (["Name"], ["Ana"], ["Bo"]):
        book.active.append(row)
    book.active.auto_filter.ref = "A1:A3"
    book.active.row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    rows = [cells(row) for flow in flows(tmp_path / "a.xlsx") for row in flow.rows]
    assert rows == [["Ana"], ["Bo"]]


def test_a_name_for_several_columns_is_a_header_above_theirs(tmp_path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Report of the mill"], ["", "2023", "", "2024", ""], ["Who", "a", "b", "a", "b"],
                ["Ana", 1, 2, 3, 4]):  # fmt: skip
        sheet.append(row)
    for merged in ("A1:E1", "B2:C2", "D2:E2"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "a.xlsx")
    made = flows(tmp_path / "a.xlsx")
    assert any(flow.html == "<p>Report of the mill</p>" for flow in made)
    (table,) = [flow for flow in made if flow.rows]
    assert table.head.count("<tr") == 2
    assert table.head.count('colspan="2"') == 2


def test_comments_have_their_authors_and_cells(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Price"])
    book.active.append([7])
    book.active["A2"].comment = Comment("Ana:\nIs it <right>?", "Ana")
    book.save(tmp_path / "a.xlsx")
    made = "".join(flow.html for flow in flows(tmp_path / "a.xlsx"))
    assert '<p class="note">Ana (A2): Is it &lt;right&gt;?</p>' in made


SPACE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
THREAD = f"""<ThreadedComments xmlns="{SPACE}">
<threadedComment ref="A2" personId="{{1}}"><text>Why?</text></threadedComment>
<threadedComment ref="A2" personId="{{2}}"><text>Because.</text></threadedComment>
</ThreadedComments>"""
PEOPLE = f"""<personList xmlns="{SPACE}">
<person displayName="Ana" id="{{1}}"/><person displayName="Bo" id="{{2}}"/></personList>"""


def test_answers_to_comments_stand_below_them(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Price"])
    book.active.append([7])
    book.active["A2"].comment = Comment("[Threaded comment] Comment: Why?", "tc={1}")
    path = tmp_path / "a.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as file:
        relations = file.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    more = (
        f'<Relationship Id="t" Type="{kind}" Target="../threadedComments/t.xml"/></Relationships>'
    )
    originals.repacked(
        path,
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations.replace(
                "</Relationships>", more
            ).encode(),
            "xl/threadedComments/t.xml": THREAD.encode(),
            "xl/persons/person.xml": PEOPLE.encode(),
        },
    )
    made = "".join(flow.html for flow in flows(path))
    assert re.findall('class="note">([^<]*)<', made) == ["Ana (A2): Why?", "Bo (A2): Because."]


def test_titles_of_charts_are_read(tmp_path) -> None:
    book = openpyxl.Workbook()
    for row in (["Year", "Flour"], [2023, 4], [2024, 5]):
        book.active.append(row)
    chart = BarChart()
    chart.title = "Flour of two years"
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    book.active.add_chart(chart, "D2")
    book.save(tmp_path / "a.xlsx")
    made = "".join(flow.html for flow in flows(tmp_path / "a.xlsx"))
    assert "<p>Flour of two years</p>" in made


def test_a_long_cell_is_whole(tmp_path) -> None:
    path = originals.workbook(tmp_path / "a.xlsx", {"S": [["Text"], ["x " * 9_000 + "end"]]})
    (row,) = [row for flow in flows(path) for row in flow.rows]
    assert row.count("x ") == 9_000
    assert "end" in row


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


def test_a_column_that_begins_far_below_is_not_lost(tmp_path) -> None:
    rows = [["Name", "Tons"], *([f"n{n}", n] for n in range(600)), ["last", 1, None, "late words"]]
    path = originals.workbook(tmp_path / "a.xlsx", {"S": rows})
    assert cells([row for flow in flows(path) for row in flow.rows][-1]) == [
        "last",
        "1",
        "",
        "late words",
    ]
