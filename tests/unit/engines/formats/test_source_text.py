"""What HTML says of its text: every word, and what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.domain.documents import Layer, Role, RoleKind
from desktop_rag.engines.formats import html_blocks, source_text
from desktop_rag.engines.formats.source_text import Counts, SourceLine

PARAGRAPH = Role(RoleKind.PARAGRAPH)


def lines(markup: str, counts: Counts = Counts()) -> list[SourceLine]:  # noqa: B008 - immutable
    return source_text.said(markup, counts).lines


def words(markup: str) -> list[str]:
    return [" ".join(line.words) for line in lines(markup)]


def cell(row: int, column: int, across: int = 1, *, head: bool = False) -> Role:
    return Role(RoleKind.CELL, 0, row, column, across, head)


def test_paragraphs_and_headings_are_blocks() -> None:
    found = lines("<h2>A <b>b</b></h2><p>c<i>d</i> e</p>f<div>g<p>h</p>i</div>")
    assert [(line.block, " ".join(line.words)) for line in found] == list(
        enumerate(["A b", "cd e", "f", "g", "h", "i"])
    )
    assert found[0].role == Role(RoleKind.HEADING, 2)
    assert {line.role for line in found[1:]} == {PARAGRAPH}


def test_blocks_are_numbered_through_the_document() -> None:
    first = source_text.said("<p>a</p><table><tr><td>b</table>", Counts())
    second = source_text.said("<p>c</p>", first.counts)
    assert [line.block for line in (*first.lines, *second.lines)] == [0, 1, 2]


def test_breaks_end_lines_and_no_blocks() -> None:
    found = lines("<p>a<br/>b</p><pre>c\n  d\n\ne</pre><p>f\ng</p>")
    assert [(line.block, line.words) for line in found] == [
        (0, ("a",)),
        (0, ("b",)),
        (1, ("c",)),
        (1, ("d",)),
        (1, ("e",)),
        (2, ("f", "g")),
    ]


def test_items_have_the_signs_that_people_see() -> None:
    nested = "<ul><li>a<ul><li>b<ul><li>c<ul><li>d</ul></ul></ul><li><p>e</p><p>f</p></ul>"
    assert words(nested) == ["• a", "○ b", "■ c", "■ d", "• e", "f"]
    assert words('<ol start="3"><li>a<li><ol><li>b</ol></ol>') == ["3. a", "1. b"]


def test_cells_know_their_places_in_the_grid() -> None:
    markup = (
        "<table><tr><th>A</th><th colspan=2>B</th></tr>"
        "<tr><td rowspan=2>a</td><td>b</td><td><p>c</p><ul><li>d</ul></td></tr>"
        "<tr><td colspan=2>e</td></tr><tr><th>f</th><td>g</td></tr></table>"
    )
    found = lines(markup)
    assert {line.block for line in found} == {0}
    assert [(line.role, " ".join(line.words)) for line in found] == [
        (cell(0, 0, head=True), "A"),
        (cell(0, 1, 2, head=True), "B"),
        (cell(1, 0), "a"),
        (cell(1, 1), "b"),
        (cell(1, 2), "c"),
        (cell(1, 2), "• d"),
        (cell(2, 1, 2), "e"),
        (cell(3, 0), "f"),
        (cell(3, 1), "g"),
    ]


def test_a_caption_stands_before_its_table_and_a_table_in_a_cell_is_its_text() -> None:
    found = lines("<table><caption>T</caption><tr><td>a<table><tr><td>b<td>c</table></table>")
    assert [(line.role, line.words) for line in found] == [
        (PARAGRAPH, ("T",)),
        (cell(0, 0), ("a",)),
        (cell(0, 0), ("b",)),
        (cell(0, 0), ("c",)),
    ]


def test_a_table_that_goes_on_keeps_its_number_and_counts_on() -> None:
    head = html_blocks.row([html_blocks.cell("H", head=True)])
    rows = [html_blocks.row([f"<td>{n}</td>"]) for n in range(201)]
    counts = Counts()
    found = []
    for part in html_blocks.table(rows, head):
        said = source_text.said(part, counts)
        counts = said.counts
        found += said.lines
    told = [line for line in found if line.told]
    assert [line.words for line in told] == [("H",), *((str(n),) for n in range(201))]
    assert [line.role.row for line in told] == list(range(202))
    assert {line.block for line in found} == {0}
    assert [line.words for line in found if not line.told] == [("H",)]


@pytest.mark.parametrize(
    ("name", "layer"),
    [("note", Layer.NOTE), ("hidden", Layer.HIDDEN), ("furniture", Layer.FURNITURE)],
)
def test_classes_say_what_text_is_to_its_document(name: str, layer: Layer) -> None:
    found = lines(f'<p>a</p><div class="{name}"><p>b</p></div><p class="x {name}">c</p><p>d</p>')
    assert [line.layer for line in found] == [Layer.BODY, layer, layer, Layer.BODY]


def test_a_note_in_a_cell_is_a_note_there() -> None:
    (found,) = lines('<table><tr><td><p class="note">Ana: why?</p></table>')
    assert (found.layer, found.role) == (Layer.NOTE, cell(0, 0))


def test_headings_have_the_names_of_their_titles() -> None:
    said = source_text.said("<h1>A</h1><h3>ก <b>𝔸</b></h3>", Counts())
    assert said.titles == {"h0": "A", "h1": "ก 𝔸"}
    assert '<h3 id="h1">' in said.html


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")))
def test_what_is_set_is_what_was_said_but_for_places_to_break(characters: str) -> None:
    said = source_text.said(f"<p>{html_blocks.text(characters)}</p>", Counts())
    found = [word for line in said.lines for word in line.words]
    assert found == list(source_text.words_of(characters))
    again = source_text.said(said.html.replace("\u200b", ""), Counts())
    assert [w for line in again.lines for w in line.words] == [
        w.replace("\u200b", "") for w in found
    ]


def test_long_words_are_parted_only_between_what_is_seen_apart() -> None:
    family = "\U0001f469\u200d\U0001f467" * 20
    assert all(part[0] != "\u200d" for part in source_text.breakable(family).split("\u200b"))
    thai = "\u0e01" + "\u0e17\u0e35\u0e48" * 20  # a letter with two marks above
    assert all(part[0] == "\u0e17" for part in source_text.breakable(thai).split("\u200b")[1:])
    assert source_text.breakable("語" * 100) == "語" * 100
