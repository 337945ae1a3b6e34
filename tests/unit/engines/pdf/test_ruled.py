"""Tables between ruling lines, drawn here with PyMuPDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_rag.domain.documents import RULED, Line, RoleKind
from desktop_rag.engines.pdf import reading, ruled, sheets
from desktop_rag.engines.pdf.mupdf import pymupdf
from tests import pdfs

LEFT, TOP, HIGH = 60.0, 100.0, 44.0
EDGES = (60.0, 180.0, 330.0, 520.0)
PORTS = [
    ["Port", "Duty", "Remark"],
    ["Aldwick", "three casks|Of wine", "paid on the quay|Not at sea|Never in Lent"],
    ["Brough", "One bolt|Of linen", ""],
    ["Corran", "Candles", "doubled|For hulls"],
]


def level(rows: int) -> list[tuple[float, float, float, float]]:
    return [(EDGES[0], TOP + HIGH * at, EDGES[-1], TOP + HIGH * at + 1) for at in range(rows + 1)]


def upright(rows: int) -> list[tuple[float, float, float, float]]:
    return [(x, TOP, x + 1, TOP + HIGH * rows) for x in EDGES]


def boxes(rows: int) -> list[tuple[float, float, float, float]]:
    return [
        (x, TOP + HIGH * at, end, TOP + HIGH * (at + 1))
        for at in range(rows)
        for x, end in pairwise(EDGES)
    ]


DRAWN = {
    "all": lambda rows: level(rows) + upright(rows),
    "boxes": boxes,
    "level": level,
    "sides": lambda rows: level(rows) + upright(rows)[::3],
    "none": lambda rows: [],
}


def parts(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int, str]]:
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            for n, text in enumerate(cell.split("|")):
                yield at, column, n, text


def drawn(path: Path, rows: Sequence[Sequence[str]], rules: str = "all") -> Path:
    """A page with a table of cells of several lines, and the rules that are asked for."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((LEFT, 60), "On the duties of ports")
        bottom = TOP + HIGH * len(rows)
        for row, column, n, text in parts(rows):
            place = EDGES[column] + 4, TOP + HIGH * row + 12 + 13 * n
            page.insert_text(place, text, fontsize=10)
        for rule in DRAWN[rules](len(rows)):
            page.draw_rect(rule)
        page.insert_text((LEFT, bottom + 40), "So it was told in the spring.")
        document.save(path)
    return path


def lines(path: Path) -> tuple[Line, ...]:
    with reading.opened(path) as document:
        return reading.page(document, 0).lines


def cells(found: Sequence[Line]) -> dict[tuple[int, int], str]:
    told: dict[tuple[int, int], list[str]] = {}
    for line in found:
        if line.role:
            assert line.role.kind is RoleKind.CELL
            assert line.block >= RULED
            told.setdefault((line.role.row, line.role.column), []).append(line.text)
    return {at: "|".join(texts) for at, texts in told.items()}


@pytest.mark.parametrize("rules", ["all", "boxes"])
def test_what_stands_between_rules_is_a_cell(tmp_path, rules: str) -> None:
    found = lines(drawn(tmp_path / "table.pdf", PORTS, rules))
    first = min(row for row, _ in cells(found))
    assert cells(found) == {
        (first + row, column): cell
        for row, texts in enumerate(PORTS)
        for column, cell in enumerate(texts)
        if cell
    }
    assert [line.text for line in found if not line.role] == [
        "On the duties of ports",
        "So it was told in the spring.",
    ]
    assert [line.text for line in found if line.role and line.role.head] == PORTS[0]


def test_cells_stand_where_the_table_is_in_the_text(tmp_path) -> None:
    found = lines(drawn(tmp_path / "table.pdf", PORTS))
    assert not found[0].role
    assert not found[-1].role
    assert all(line.role for line in found[1:-1])


@pytest.mark.parametrize("rules", ["none", "level", "sides"])
def test_without_rules_between_columns_nothing_is_told(tmp_path, rules: str) -> None:
    assert cells(lines(drawn(tmp_path / "table.pdf", PORTS, rules))) == {}


@pytest.mark.parametrize("rules", DRAWN)
def test_pages_are_looked_at_where_rules_may_cross(tmp_path, rules: str) -> None:
    with reading.opened(drawn(tmp_path / "table.pdf", PORTS, rules)) as document:
        crossed = sheets.sheet(document[0], pymupdf.TEXTFLAGS_WORDS).crossed
    assert crossed is (rules not in {"level", "none"})


@pytest.mark.parametrize("rule", ["thick", "dashed", "one path", "3 points"])
def test_rules_may_be_drawn_in_other_ways(tmp_path, rule: str) -> None:
    xs, ys = (60, 160, 260, 360), (620, 640, 660, 680, 700)
    strokes = "".join(f"60 {y} m 360 {y} l " for y in ys)
    strokes += "".join(f"{x} 620 m {x} 700 l " for x in xs)
    boxes = "".join(f"60 {y} 303 3 re " for y in ys) + "".join(f"{x} 620 3 80 re " for x in xs)
    content = {
        "thick": f"6 w {strokes} S ",
        "dashed": f"[3 3] 0 d {strokes} S ",
        "one path": f"10 10 m 30 40 50 60 70 10 c h {boxes} f ",
        "3 points": f"{boxes} f ",
    }[rule]
    words = "".join(
        pdfs.text_at(70 + 100 * x, 686 - 20 * y, f"{x}{y}") for x in range(3) for y in range(4)
    )
    assert len(cells(lines(pdfs.drawn(tmp_path / "table.pdf", content + words)))) == 12


def test_rows_of_figures_without_rules_between_them_are_not_one_row(tmp_path) -> None:
    rows = [["Ship", "Tons", "Crew"], ["Petrel|Tern|Skua", "12|7|9", "3|4|5"]]
    assert cells(lines(drawn(tmp_path / "table.pdf", rows))) == {}


def test_fields_without_a_rule_between_them_are_one_cell(tmp_path) -> None:
    path = tmp_path / "table.pdf"
    with pymupdf.open() as document:
        page = document.new_page()
        for at in range(5):
            page.draw_line((60, 100 + 20 * at), (360, 100 + 20 * at))
        for x in (60, 160, 360):
            page.draw_line((x, 100), (x, 180))
        page.draw_line((260, 120), (260, 180))
        page.insert_text((170, 114), "Tons of both the years")
        for at in range(3):
            for column, text in enumerate((f"Ship {at}", f"{at}12", f"{at}15")):
                page.insert_text((64 + 100 * column, 134 + 20 * at), text)
        document.save(path)
    heads = [line for line in lines(path) if line.role and line.role.head]
    assert [(line.text, line.role.across) for line in heads if line.role] == [
        ("Tons of both the years", 2)
    ]


def test_names_above_the_rules_are_names_of_the_columns(tmp_path) -> None:
    path = tmp_path / "table.pdf"
    with pymupdf.open() as document:
        page = document.new_page()
        for at in range(4):
            page.draw_line((60, 100 + 20 * at), (360, 100 + 20 * at))
        for x in (60, 160, 260, 360):
            page.draw_line((x, 100), (x, 160))
        for column, name in enumerate(("Ship", "Tons", "Crew")):
            page.insert_text((64 + 100 * column, 96), name)
        for at in range(3):
            for column, text in enumerate((f"Ship {at}", f"{at}12", f"{at}15")):
                page.insert_text((64 + 100 * column, 114 + 20 * at), text)
        document.save(path)
    assert [line.text for line in lines(path) if line.role and line.role.head] == [
        "Ship", "Tons", "Crew",
    ]  # fmt: skip


def test_columns_beside_the_rules_are_not_cut_off(tmp_path) -> None:
    path = tmp_path / "table.pdf"
    with pymupdf.open() as document:
        page = document.new_page()
        for at in range(5):
            page.draw_line((60, 100 + 20 * at), (260, 100 + 20 * at))
        for x in (60, 160, 260):
            page.draw_line((x, 100), (x, 180))
        for at in range(4):
            for column, text in enumerate((f"Ship {at}", f"{at}12", f"{at}15")):
                page.insert_text((64 + 100 * column, 114 + 20 * at), text)
        document.save(path)
    assert cells(lines(path)) == {}


def test_rows_without_rules_between_their_cells_are_left_alone(tmp_path) -> None:
    path = tmp_path / "table.pdf"
    with pymupdf.open() as document:
        page = document.new_page()
        for at in range(6):
            page.draw_line((60, 100 + 20 * at), (360, 100 + 20 * at))
        for x in (60, 160, 260, 360):
            page.draw_line((x, 100), (x, 120))  # beside the names alone
        page.draw_rect((60, 100, 360, 200))
        for at in range(5):
            for column, text in enumerate((f"Ship {at}", f"{at}12", f"{at}15")):
                page.insert_text((64 + 100 * column, 114 + 20 * at), text)
        document.save(path)
    assert cells(lines(path)) == {}


@pytest.mark.parametrize("limit", ["_MOST_RULES", "_MOST_MEETINGS", "_MOST_FIELDS"])
def test_a_drawing_of_too_many_rules_is_no_table(tmp_path, monkeypatch, limit: str) -> None:
    path = drawn(tmp_path / "table.pdf", PORTS)
    assert cells(lines(path))
    monkeypatch.setattr(ruled, limit, 5)
    assert cells(lines(path)) == {}


def test_no_word_is_lost_or_told_twice(tmp_path) -> None:
    found = lines(drawn(tmp_path / "table.pdf", PORTS))
    with pymupdf.open(tmp_path / "table.pdf") as document:
        words = [word[4] for word in document[0].get_text("words")]
    assert sorted(word.text for line in found for word in line.words) == sorted(words)
