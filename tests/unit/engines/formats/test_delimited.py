"""Tables in text, however they are written."""

import pytest

from desktop_rag.engines.formats import delimited


def told(data: bytes | str) -> tuple[str, list[str], list[str]]:
    """What stands above the table, the names of its columns, and its rows."""
    source = data if isinstance(data, bytes) else data.encode()
    above, heads, rows = "", [], []
    for piece in delimited.of_table(source)[1]:
        above += piece.html
        heads += [piece.head] if piece.head else []
        rows += piece.rows
    return above, [plain(one) for one in heads], [plain(one) for one in rows]


def plain(row: str) -> str:
    inner = row.removeprefix('<tr id="r">').removesuffix("</tr>")
    for tag in ("<td>", "<th>"):
        inner = inner.replace(tag, "")
    return inner.replace("</td>", "|").replace("</th>", "|")


@pytest.mark.parametrize(
    ("data", "head", "rows"),
    [
        ("fruit,tons\nquince,3\nmedlar,4", "fruit|tons|", ["quince|3|", "medlar|4|"]),
        ("Obst;Preis\nQuitte;1,50\nMispel;2,25", "Obst|Preis|", ["Quitte|1,50|", "Mispel|2,25|"]),
        ("fruta\tkilos\nlima\t3\n", "fruta|kilos|", ["lima|3|"]),
        ("a|b|c\nx|1|2\n", "a|b|c|", ["x|1|2|"]),
        ("sep=;\r\na,b;c\r\n1,5;2\r\n", "a,b|c|", ["1,5|2|"]),
        ('a,b\r\n"x, y","he ""said"" so\r\nand left"', "a|b|", ['x, y|he "said" so<br/>and left|']),
        ("\ufeffa,b\nx,y", "a|b|", ["x|y|"]),
        ('name\tsize\npipe\t5"\n"elbow\t3"\n', "name|size|", ['pipe|5"|', '"elbow|3"|']),
        ("Town;2019;2020\nBonn;1,5;2\n", "Town|2019|2020|", ["Bonn|1,5|2|"]),
        ("words\nthat are, if so\none column", "words|", ["that are, if so|", "one column|"]),
    ],
)
def test_cells_are_cut_where_most_records_have_as_many(data, head, rows) -> None:
    assert told(data) == ("", [head], rows)


@pytest.mark.parametrize("data", ["1;2\n3;4", "Ana;ana@b.es\nEva;e@b.es", "x;y\nx;z", "a;a\nb;c"])
def test_a_first_record_like_the_others_names_nothing(data) -> None:
    above, heads, rows = told(data)
    assert (above, heads) == ("", [])
    assert len(rows) == 2


def test_what_stands_above_the_names_is_a_paragraph() -> None:
    assert told("Harvest of 2024,,\n\nfruit,tons,town\nquince,3,Ulm\n") == (
        "<p>Harvest of 2024</p>", ["fruit|tons|town|"], ["quince|3|Ulm|"]
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252", "utf-16"])
def test_letters_are_right_whatever_the_encoding(encoding) -> None:
    assert told("Mühle;Ort\nGroß;Köln\n".encode(encoding))[1:] == (["Mühle|Ort|"], ["Groß|Köln|"])


def test_nothing_is_lost_of_ragged_records() -> None:
    _, heads, rows = told("a,b\n1,2\n3\n4,5,6,7\n")
    assert heads == ["a|b|||"]
    assert rows == ["1|2|||", "3||||", "4|5|6|7|"]


def test_no_bytes_hold_it_up() -> None:
    for data in (b"", b"\0\0", b"\n\n\n", b'"', b'a,b\n"never closed,1\n2,3', b"\xff\xfe\x00\xd8"):
        told(data)
    assert "2|3|" in told(b'a,b\n"never closed,1\n2,3')[2]
    assert told(b"a,b\n1\x002,3\n")[2] == ["12|3|"]


def test_a_quote_that_is_never_closed_is_a_letter_like_others_however_late() -> None:
    lines = [f"P{at},red" for at in range(1_000)]
    lines[700] = 'P700,"red'
    rows = told("part,colour\n" + "\n".join(lines))[2]
    assert rows[699:702] == ["P699|red|", 'P700|"red|', "P701|red|"]


def test_every_part_of_a_long_table_has_the_head() -> None:
    lines = "".join(f"P{at},red\n" for at in range(5_000))
    parts = [
        piece for piece in delimited.of_table(f"part,colour\n{lines}".encode())[1] if piece.rows
    ]
    assert len(parts) == 3
    assert len({part.head for part in parts}) == 1
    assert sum(len(part.rows) for part in parts) == 5_000


def test_a_huge_cell_is_told_in_paragraphs_of_bearable_size() -> None:
    data = f"name,remark\nshort,x\nlong,{'word ' * 50_000}end\nlast,y".encode()
    pieces = list(delimited.of_table(data)[1])
    told_ = [one for piece in pieces for one in piece.html.split("</p>") if one]
    assert max(map(len, told_)) < 5_000
    assert told_[0] == "<p><b>name:</b> long"
    assert told_[1].startswith("<p><b>remark:</b> word word")
    assert told_[-1].endswith("end")
    assert sum("last" in row for piece in pieces for row in piece.rows) == 1


def test_thousands_of_columns_stand_one_group_below_the_other() -> None:
    names = ",".join(f"n{at}" for at in range(5_000))
    values = ",".join(f"v{at}" for at in range(5_000))
    pieces = [piece for piece in delimited.of_table(f"{names}\n{values}".encode())[1] if piece.rows]
    assert max(piece.rows[0].count("<td>") for piece in pieces) <= 20
    assert all(plain(piece.rows[0]).startswith("v0|") for piece in pieces)
    assert "v4999|" in plain(pieces[-1].rows[0])


def test_a_line_of_more_cells_than_any_table_has_is_told_as_text() -> None:
    source = "a,b\n1,2\n3,4\n" + ",".join(f"w{number}" for number in range(20_000))
    made = list(delimited.of_table(source.encode())[1])
    said = "".join(piece.html for piece in made)
    assert all(f"w{number}," in said for number in (0, 9_999, 19_998))
    assert len(made) < 20


def test_cells_that_are_empty_keep_their_columns_however_many_there_are() -> None:
    wide = "\t".join(["first", *[""] * 1_500, "last"])
    pieces = list(delimited.of_table(f"{wide}\n{wide}\n{wide}".encode())[1])
    said = [piece.rows for piece in pieces if "last" in "".join(piece.rows)]
    assert [len(rows) for rows in said] == [3]
    assert plain(said[0][0]).count("|") == 2 + 1_500 % 19


def test_rows_that_end_in_empty_cells_are_not_joined() -> None:
    rows = told("".join(f"{number}" + "\t" * 1_500 + "\n" for number in range(3)))[2]
    assert [row.strip("|") for row in rows[:3]] == ["0", "1", "2"]
