"""What the sheets of OpenDocument show, and what of them nobody sees."""

from pathlib import Path

from desktop_rag.engines.formats import open_document
from tests import open_documents


def cell(words: str, more: str = "", inner: str = "") -> str:
    text = f"<text:p>{words}</text:p>" if words else ""
    return f"<table:table-cell{more}>{inner}{text}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def sheet(name: str, *rows: str, style: str = "", columns: str = "") -> str:
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{columns}'
        f"{''.join(rows)}</table:table>"
    )


def made(tmp_path: Path, body: str, automatic: str = "") -> list:
    path = open_documents.written(tmp_path / "a.ods", "spreadsheet", body, automatic)
    return [piece for piece in open_document.of_file(path)[1] if piece.html or piece.rows]


def rows_of(pieces: list) -> list[str]:
    return [one.replace(' id="r"', "") for piece in pieces for one in piece.rows]


def test_values_are_what_cells_show_below_their_head(tmp_path) -> None:
    body = sheet(
        "Tolls",
        row(cell("Gate"), cell("Fee")),
        row(cell("North"), cell("1.234,50 €", ' office:value="1234.5"')),
        row(cell("South"), cell("", ' office:value="7"')),
    )
    pieces = made(tmp_path, body)
    assert pieces[0].html == "<h1>Tolls</h1>"
    assert pieces[0].fresh
    assert pieces[1].head == '<tr id="r"><th>Gate</th><th>Fee</th></tr>'
    assert rows_of(pieces) == [
        "<tr><td>North</td><td>1.234,50 €</td></tr>",
        "<tr><td>South</td><td>7</td></tr>",
    ]


def test_what_is_repeated_stands_there_again_but_not_what_is_empty(tmp_path) -> None:
    body = sheet(
        "A",
        row(cell("k"), cell("l"), cell("m")),
        row(
            cell("x", ' table:number-columns-repeated="2"'),
            cell("", ' table:number-columns-repeated="16000"'),
            more=' table:number-rows-repeated="2"',
        ),
        row(
            cell("", ' table:number-columns-repeated="16384"'),
            more=' table:number-rows-repeated="1048570"',
        ),
    )
    assert rows_of(made(tmp_path, body)) == 2 * ["<tr><td>x</td><td>x</td><td></td></tr>"]


def test_repetition_is_bounded(tmp_path) -> None:
    times = ' table:number-columns-repeated="900"'
    body = sheet("A", row(cell("x", times), more=' table:number-rows-repeated="1000"'))
    pieces = made(tmp_path, body + sheet("B", row(cell("last"))))
    assert 50_000 < sum(one.count("<td>") for one in rows_of(pieces)) <= 110_000
    assert "last" in pieces[-1].rows[0]


def test_a_sheet_may_be_as_wide_as_programs_have_it(tmp_path) -> None:
    body = sheet("A", row(*(cell(f"v{at}") for at in range(5_000))))
    assert "v4999" in "".join(rows_of(made(tmp_path, body)))


def test_hidden_sheets_rows_and_columns_are_marked(tmp_path) -> None:
    automatic = (
        '<style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    column = "<table:table-column/>"
    columns = f'{column}<table:table-column table:visibility="collapse"/>{column}'
    body = sheet(
        "Open",
        row(cell("a"), cell("salary"), cell("c")),
        row(cell("v1"), cell("v2"), cell("v3"), more=' table:visibility="collapse"'),
        row(cell("w1"), cell("w2"), cell("w3")),
        columns=columns,
    ) + sheet("Shut", row(cell("secret")), style="ta2")
    pieces = made(tmp_path, body, automatic)
    said = "".join(piece.html + piece.head + "".join(piece.rows) for piece in pieces)
    shown, _, hidden = said.partition('<p class="hidden">')
    assert "w1" in shown
    assert "w3" in shown
    assert not any(word in shown for word in ("v1", "w2", "salary", "secret", "Shut"))
    assert all(word in hidden for word in ("v1", "v2", "w2", "salary", "secret"))


def test_comments_have_their_author(tmp_path) -> None:
    note = (
        "<office:annotation><dc:creator>Ada</dc:creator><text:p>check this</text:p>"
        "</office:annotation>"
    )
    pieces = made(tmp_path, sheet("A", row(cell("x", inner=note), cell("y"))))
    assert pieces[-1].html == '<p class="note">Ada: check this</p>'
    assert "check" not in "".join(rows_of(pieces))


def test_long_texts_and_wide_gaps_are_not_repeated_for_ever(tmp_path) -> None:
    wide = row(cell("", ' table:number-columns-repeated="16000"'), cell("x")) * 900
    long = row(cell("long " * 200, ' table:number-columns-repeated="16000"'))
    pieces = made(tmp_path, sheet("S", long, wide))
    said = "".join(piece.html for piece in pieces) + "".join(rows_of(pieces))
    assert said.count("long") < 250_000
    assert said.count("<td>x</td>") == 900
    assert said.count("<td></td>") < 10_000_000
