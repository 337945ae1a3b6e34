"""Web pages, as the few kinds of HTML that are set."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.domain.documents import Layer
from desktop_rag.engines.formats import html_blocks, markdown, source_text, web_page
from desktop_rag.engines.formats.source_text import Counts, SourceLine


def html(source: str) -> str:
    return "".join(piece.html for piece in web_page.of_html(source.encode())[1])


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("<p>a<b>b</b><span>c</span></p>", "<p>a<b>b</b>c</p>"),
        ("loose<div>inner</div>tail", "<p>loose</p><p>inner</p><p>tail</p>"),
        ("<div><h2>T</h2><p>x</div>", "<h2>T</h2><p>x</p>"),
        ("<p>a<br>b", "<p>a<br/>b</p>"),
        ("<script>x</script><style>y</style><template>z</template><p>k", "<p>k</p>"),
        ("<nav>z</nav><p>k", '<div class="furniture"><p>z</p></div><p>k</p>'),
        ("<noscript>x</noscript><select><option>y</select><p>k", "<p>k</p>"),
        ('<p onclick="x()" style="color:red">a', "<p>a</p>"),
        ('<a href="http://example.org">a</a>', "<p>a</p>"),
        ('<img src="http://example.org/x.png"><p>a', "<p>a</p>"),
        ("<ul><li>a<li><p>b</p></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul>a<li>b</li>c</ul>", "<p>a</p><ul><li>b</li><li>c</li></ul>"),
        (
            '<ol start=3 type="a"><li>x</ol>',
            '<ol start="3" style="list-style-type:lower-alpha"><li>x</li></ol>',
        ),
        ("<pre> a\n  b</pre>", "<pre> a\n  b</pre>"),
        ("<pre>a<br>b<script>c</script></pre>", "<pre>a\nb</pre>"),
        ("<h2>a<div>b</div></h2>", "<h2>a b</h2>"),
        ('<p>a <img src="x" alt="A cat"> b', "<p>a A cat b</p>"),
        ("<p>He said <q>no</q>", "<p>He said “no”</p>"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "<p>漢(かん)</p>"),
        ("<math><mi>x</mi><annotation>y</annotation></math>", "<p>x</p>"),
        ("<svg><title>t</title><text>drawn</text></svg>", "<p>drawn</p>"),
        ("<details><summary>s</summary>d</details>", "<p>s</p><p>d</p>"),
        ("<label>name <input value=x></label><button>go</button>", "<p>name go</p>"),
        ("&hellip;&#x1F600;&NotEqual;", "<p>…😀≠</p>"),
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
    assert made.count("<table") == made.count("<th>A</th>") == 3
    assert made.count(html_blocks.GOES_ON) == 4  # a table and its head, twice
    assert [int(n) for n in re.findall(r"<td>(\d+)</td>", made)] == list(range(450))


def test_a_table_that_only_lays_a_page_out_is_read_as_text() -> None:
    made = html("<table><tr><td>a<table><tr><td>b</table><td>c</table>")
    assert made.replace(' id="r"', "") == "<p>a</p><table><tr><td>b</td></tr></table><p>c</p>"


@pytest.mark.parametrize(
    "hidden", ['style="color:red; display: none"', "hidden", 'style="visibility:hidden"']
)
def test_what_nobody_sees_is_told_apart(hidden: str) -> None:
    made = said(
        f"<p>a <span {hidden}>b</span> c</p><div {hidden}><p>d</p>e</div><ul><li {hidden}>f</ul>"
        f"<table><tr {hidden}><td>g<tr><td {hidden}>h<td>i</table>"
    )
    layers = {word: line.layer for line in made for word in line.words}
    assert {word for word, layer in layers.items() if layer is Layer.HIDDEN} == set("bdefgh") | {
        "•"
    }
    assert {word for word, layer in layers.items() if layer is Layer.BODY} == set("aci")


def test_what_stands_in_a_table_and_in_no_cell_comes_before_it() -> None:
    made = said("<table>a<caption>T <p>u</p></caption><tr>b<td>c</td>d</tr>e</table><p>f</p>")
    assert [" ".join(line.words) for line in made] == ["T u", "b d", "a e", "c", "f"]


def said(source: str) -> list[SourceLine]:
    lines: list[SourceLine] = []
    counts = Counts()
    for fragment in web_page.of_html(source.encode())[1]:
        found = source_text.said(fragment.html, counts)
        counts = found.counts
        lines += [line for line in found.lines if line.told]
    return lines


WORDS = st.sampled_from(["alfa", "<b>bra</b>vo", "char<i>lie", "delta<br>", "echo &amp; x"])
TAGS = st.sampled_from(
    [
        "div",
        "p",
        "span",
        "section",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "pre",
        "h2",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "a",
        "em",
        "details",
        "summary",
        "label",
        "form",
        "center",
        "article",
        "nav",
        "fieldset",
        "legend",
        "figure",
        "figcaption",
    ]
)
PAGES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f" <{tag}>{' '.join(parts)}</{tag}> ",
        TAGS,
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(st.lists(PAGES, max_size=6))
def test_no_word_of_a_page_is_lost_nor_told_twice(parts: list[str]) -> None:
    source = f"<body>{''.join(parts)}</body>"
    there = " ".join(web_page.parsed(source).itertext())
    found = " ".join(word for line in said(source) for word in line.words)
    assert Counter(re.findall("[a-z]", found)) == Counter(re.findall("[a-z]", there))


@pytest.mark.parametrize("tag", ["div", "span", "ul><li", "blockquote", "b"])
def test_what_is_nested_too_deep_is_read_all_the_same(tag: str) -> None:
    (*_, line) = said(f"<{tag}>" * 1_000 + "deep words")
    assert line.words[-2:] == ("deep", "words")


MARKS = st.sampled_from(["", "# ", "- ", "3. ", "> ", "* ", "    ", "| ", "~~~\n", "***"])


@given(st.lists(st.tuples(MARKS, st.integers(1, 9)), max_size=12))
def test_no_word_of_markdown_is_lost(parts: list[tuple[str, int]]) -> None:
    source = "\n".join(f"{mark}{'word ' * count}" for mark, count in parts)
    pieces = markdown.of_markdown(source.encode())[1]
    found = [
        w for p in pieces for line in source_text.said(p.html, Counts()).lines for w in line.words
    ]
    assert " ".join(found).count("word") == sum(count for _, count in parts)
