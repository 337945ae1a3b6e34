"""Web pages, as the few kinds of HTML that are set."""

import re

import pytest

from desktop_rag.engines.formats import web_page


def html(source: str) -> str:
    return "".join(piece.html for piece in web_page.of_html(source.encode())[1])


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
        (" ", ""),
        ("<!", ""),
        ("<?xml version='1.0'?>", ""),
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
