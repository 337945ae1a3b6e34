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
