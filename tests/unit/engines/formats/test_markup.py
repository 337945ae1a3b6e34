"""Web pages, Markdown and plain text, as the few kinds of HTML that are set."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.engines.formats import html_blocks, markup


def html(source: str) -> str:
    return "".join(piece.html for piece in markup.of_html(source.encode())[1])


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("<p>a<b>b</b><span>c</span></p>", "<p>a<b>b</b>c</p>"),
        ("loose<div>inner</div>tail", "<p>loose</p><p>inner</p><p>tail</p>"),
        ("<div><h2>T</h2><p>x</div>", "<h2>T</h2><p>x</p>"),
        ("<p>a<br>b", "<p>a<br/>b</p>"),
        ("<script>x</script><style>y</style><nav>z</nav><p>k", "<p>k</p>"),
        ('<p onclick="x()" style="color:red">a', "<p>a</p>"),
        ('<a href="http://example.org">a</a>', "<p>a</p>"),
        ('<img src="http://example.org/x.png"><p>a', "<p>a</p>"),
        ("<ul><li>a<li><p>b</p></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<pre> a\n  b</pre>", "<pre> a\n  b</pre>"),
        ("<h1> </h1><p></p>", ""),
        ("<p>1 &lt; 2 &amp; 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("", ""),
    ],
)
def test_only_what_is_said_is_kept(source: str, made: str) -> None:
    assert html(source) == made


def test_spans_of_cells_are_kept_within_reason() -> None:
    made = html(
        "<table><tr><td colspan=2>a<td rowspan='3'>b<td colspan=99999>c<td colspan=x>d</table>"
    )
    assert re.findall(r"<td(.*?)>", made) == [
        ' colspan="2"',
        ' rowspan="3"',
        ' colspan="50"',
        "",
    ]


def test_a_long_table_comes_in_parts_with_the_headers() -> None:
    rows = "".join(f"<tr><td>{n}<td>x" for n in range(450))
    made = html(f"<table><tr><th>A<th>B{rows}</table>")
    assert made.count("<table>") == made.count("<th>A</th>") == 3
    assert [int(n) for n in re.findall(r"<td>(\d+)</td>", made)] == list(range(450))


def test_a_table_that_only_lays_a_page_out_is_read_as_text() -> None:
    made = html("<table><tr><td>a<table><tr><td>b</table><td>c</table>")
    assert made.replace(' id="r"', "") == "<p>a</p><table><tr><td>b</td></tr></table><p>c</p>"


def test_the_encoding_that_a_page_names_is_used() -> None:
    page = '<meta charset="windows-1251"><p>Русский'.encode("cp1251")
    assert "Русский" in "".join(piece.html for piece in markup.of_html(page)[1])
    wrong = '<meta charset="no-such"><p>año'.encode()
    assert "año" in "".join(piece.html for piece in markup.of_html(wrong)[1])


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("El año del ñandú", "latin-1"),
        ("“Año” — 5 €", "cp1252"),
        ("Съешь ещё этих мягких французских булок, да выпей чаю. " * 5, "cp1251"),
        ("快速的棕色狐狸", "utf-8"),
        ("año", "utf-16-be"),
    ],
)
def test_text_is_right_in_the_encodings_that_people_use(words: str, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert markup.decoded(mark + words.encode(encoding)) == words


def test_front_matter_is_not_read() -> None:
    title, pieces = markup.of_markdown(b"---\ntitle: x\n---\n# A *title*\n\ntext\n")
    assert title == "A title"
    assert "".join(piece.html for piece in pieces) == "<h1>A <i>title</i></h1><p>text</p>"


PLAIN = st.characters(
    max_codepoint=0xFFFD, exclude_categories=("Cs", "Cc"), exclude_characters="\u00ad"
)


@given(st.text(PLAIN))
def test_no_character_is_lost(characters: str) -> None:
    assert unescape(html_blocks.text(characters)).replace("\u00ad", "") == characters


@given(st.text())
def test_no_text_becomes_markup(characters: str) -> None:
    assert not re.search(r"<|&(?!amp;|lt;|gt;)", html_blocks.text(characters))


def test_letters_that_fonts_cannot_tell_apart_are_replaced_or_left_out() -> None:
    assert html_blocks.text("\U0001d400\U0001f600 \x07a") == "A a"


@given(st.binary())
def test_no_bytes_are_too_odd_to_be_read(data: bytes) -> None:
    for read in (markup.of_html, markup.of_markdown, markup.of_text):
        list(read(data)[1])
