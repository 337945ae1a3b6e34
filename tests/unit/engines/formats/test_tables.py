"""Rows of text as tables of a bearable size."""

from desktop_rag.engines.formats import html_blocks, tables
from desktop_rag.engines.formats.html_blocks import A4, A4_LANDSCAPE


def test_a_wide_table_lies_on_its_side() -> None:
    narrow, *_ = tables.set_as_tables(("a", "b"), [("1", "2")])
    wide, *_ = tables.set_as_tables(tuple("abcd"), [("x" * 40,) * 4])
    assert (narrow.size, wide.size) == (A4, A4_LANDSCAPE)


def test_a_row_that_is_longer_than_all_before_loses_nothing() -> None:
    rows = [("1",)] * 300 + [("2", "3", "4")]
    said = "".join("".join(piece.rows) for piece in tables.set_as_tables(("a",), rows))
    assert all(f"<td>{cell}</td>" in said for cell in "1234")


def test_a_row_with_nothing_but_its_name_is_there_once() -> None:
    rows = [("name", *[""] * 50), ("other", *["x"] * 50)]
    said = "".join("".join(piece.rows) for piece in tables.set_as_tables((), rows))
    assert said.count("<td>name</td>") == 1
    assert said.count("<td>other</td>") > 1


def test_names_without_rows_are_a_table() -> None:
    assert "<th>a</th>" in "".join(piece.html for piece in tables.set_as_tables(("a", "b"), []))


def test_rows_are_taken_as_they_come() -> None:
    taken: list[int] = []

    def rows():
        for at in range(100_000):
            taken.append(at)
            yield (str(at), "x")

    pieces = tables.set_as_tables(("a", "b"), rows())
    next(piece for piece in pieces if piece.rows)
    assert len(taken) < 5_000


def test_long_text_is_cut_at_white_space() -> None:
    parts = list(html_blocks.short_paragraphs("ab " * 5_000))
    assert "".join(parts) == "ab " * 5_000
    assert all(part.endswith(" ") for part in parts)
