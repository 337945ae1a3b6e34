"""Text, as HTML that can be set."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.engines.formats import html_blocks

PLAIN = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")


@given(st.text(PLAIN))
def test_no_character_is_lost(characters: str) -> None:
    assert unescape(html_blocks.text(characters)) == characters


@given(st.text())
def test_no_text_becomes_markup(characters: str) -> None:
    assert not re.search(r"<|&(?!amp;|lt;|gt;)", html_blocks.text(characters))


def test_what_no_pdf_and_no_database_can_hold_is_left_out() -> None:
    assert html_blocks.cleaned("a\x00b\ud800c\ufffe\x07") == "abc"


def test_control_characters_that_part_words_still_do() -> None:
    assert html_blocks.cleaned("a\x0bb\x0cc\x85d") == "a b c d"


def test_a_long_table_says_its_head_once() -> None:
    head = html_blocks.row([html_blocks.cell("Name", head=True)])
    parts = list(html_blocks.table((html_blocks.row(["<td>x</td>"]) for _ in range(450)), head))
    assert [part.count("<td>") for part in parts] == [200, 200, 50]
    assert [html_blocks.GOES_ON in part for part in parts] == [False, True, True]
    assert all(part.count("Name") == 1 for part in parts)


def test_an_endless_block_is_told_in_short_paragraphs() -> None:
    endless = "<pre>" + "ab &lt;c " * 60_000 + "</pre>"
    made = list(html_blocks.flows(["<p>a</p>", endless, "<p>z</p>"]))
    assert max(len(piece.html) for piece in made) < 40_000
    said = "".join(piece.html for piece in made)
    assert said.startswith("<p>a</p>")
    assert said.endswith("<p>z</p>")
    assert said.count("ab ") == said.count("&lt;c") == 60_000


def test_parts_of_a_table_are_there_as_soon_as_their_rows_are() -> None:
    rows = (f"<tr><td>{number}</td></tr>" if number < 400 else 1 / 0 for number in range(401))
    parts = html_blocks.table(rows, "<tr ><th>n</th></tr>")
    assert [next(parts).count("<td>") for _ in range(2)] == [200, 200]


def test_an_endless_block_stays_of_its_layer() -> None:
    unseen = f'<div class="slide hidden"><p>{"unseen " * 50_000}</p></div>'
    items = f'<ul><li>{"seen " * 60_000}</li><li class="hidden">un<br/>told</li>seen</ul>'
    made = "".join(piece.html for piece in html_blocks.flows([unseen, items]))
    told = re.findall(r'<p(?: class="(\w+)")?>([^<]+)</p>', made)
    assert {kind for kind, words in told if "unseen" in words} == {"hidden"}
    assert {kind for kind, words in told if words.split()[0] == "seen"} == {""}
    assert ("hidden", "un told") in told
    assert sum(words.count("unseen ") for _, words in told) == 50_000


def test_a_table_of_long_rows_stays_a_table() -> None:
    row = html_blocks.row([html_blocks.cell("x" * 110)] * 16)
    made = "".join(piece.html for piece in html_blocks.flows(html_blocks.table([row] * 200)))
    assert made.count(row) == 200


def test_a_part_of_a_table_ends_where_no_cell_reaches_over_its_end() -> None:
    above = html_blocks.row([html_blocks.cell("x" * 30_000, down=3)] * 2)
    below = html_blocks.row([html_blocks.cell("y" * 30_000)])
    parts = list(html_blocks.table([above, below, below, below, above]))
    assert ["".join(re.findall("x(?!x)|y(?!y)", part)) for part in parts] == ["xxyy", "yxx"]


def test_a_row_that_is_endless_leaves_the_others_as_they_are() -> None:
    row = html_blocks.row([html_blocks.cell("x")])
    endless = html_blocks.row([html_blocks.cell("y " * 200_000, kind="hidden")])
    made = "".join(p.html for p in html_blocks.flows(html_blocks.table([row, endless, row])))
    assert made.count(row) == 2
    assert '<p class="hidden">y y' in made
