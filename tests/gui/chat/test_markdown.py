"""Answers become HTML that shows, links only what is cited, and does nothing by itself."""

import itertools
import re
from collections import Counter

import pytest

from desktop_rag.gui.chat import markdown
from desktop_rag.gui.chat.markdown import blocks_of, rendered, without_marks
from tests.operations import calls_of

ANSWER = (
    "# Title\nFirst [1], then\n- a [2]\n- b\n  - c [1]\n\n  more\n\n1. x\n2. y\n\n"
    "|a|b|\n|-|-:|\n|1 [1]|2|\n\n```python\na[1] = 'x'\n\n# no\n```\n> quoted [2]\n\nend"
)


def html_of(text: str, known=frozenset()) -> str:
    seen: Counter[int] = Counter()
    parts = []
    for block in blocks_of(text):
        made = rendered(block, known, seen)
        seen.update(made.marks)
        parts.append(made.html)
    return "".join(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so [1].", 'so\u202f<sup><a href="cite:1">[1]</a></sup>.'),
        (
            "[1, 2]",
            '<sup><a href="cite:1">[1]</a><a href="cite:2">[2]</a></sup>',
        ),
        (
            "[1] [1]",
            '<sup><a href="cite:1">[1]</a></sup>\u202f<sup><a href="cite:1.1">[1]</a></sup>',
        ),
        ("[9] stays", "[9] stays"),
        ("[1, 9]", '<sup><a href="cite:1">[1]</a></sup> [9]'),
        ("`a[1]`", "<code>a[1]</code>"),
        ("[1]: https://x.y", '<sup><a href="cite:1">[1]</a></sup>: https://x.y'),
    ],
)
def test_known_numbers_are_links_and_nothing_else_is(text, expected) -> None:
    assert html_of(text, {1, 2}) == f"<p>{expected}</p>"


def test_html_is_shown_as_text() -> None:
    made = html_of('<script>x</script> <img src="http://e/x.png"> <b>b</b>\n\n<div>\nraw\n</div>')
    for tag in ("<script", "<img", "<b>", "<div"):
        assert tag not in made
    assert "&lt;script&gt;" in made


def test_marks_are_left_out_of_a_text_only_where_all_of_their_numbers_are_known() -> None:
    assert without_marks("So [1]. And [2, 1].", {1, 2}) == "So. And."
    assert without_marks("So [1, 9], a[9].", {1, 2}) == "So [1, 9], a[9]."


def test_an_image_is_its_description() -> None:
    made = html_of("see ![a *red* bus](https://evil.example/x.png)")
    assert "a red bus" in made
    assert "img" not in made
    assert "evil" not in made


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "cite:1",
        "data:text/html,x",
        "//x.y",
        "smb://x.y/z",
        "ms-msdt:/id",
        "httpsx://x.y",
    ],
)
def test_no_link_leads_anywhere_but_to_the_web(address) -> None:
    assert "href" not in html_of(f"[go]({address}) <{address}>", {2})


def test_the_address_stands_beside_a_link() -> None:
    link = '<a class="address" href="https://x.y/z">https://x.y/z</a>'
    assert html_of("[click](https://x.y/z)") == f"<p>click ({link})</p>"
    assert html_of("<https://x.y/z>") == f"<p>{link}</p>"


def test_a_mark_in_the_words_of_a_link_is_no_link_within_a_link() -> None:
    assert html_of("[see [1]](https://x.y)", {1}).count("<a ") == 1


def test_code_is_coloured_where_its_language_is_known() -> None:
    assert '<span class="kw">def</span>' in html_of("```python\ndef f(): pass\n```")
    assert "span" not in html_of("```nonsense\ndef f(): pass\n```")
    assert "&lt;b&gt;" in html_of("```\n<b>\n```")


def test_blocks_together_are_the_text() -> None:
    for end in range(len(ANSWER) + 1):
        text = ANSWER[:end]
        assert "".join(block.source for block in blocks_of(text)) == text or not text.strip()


def test_rendering_block_by_block_while_the_text_grows_gives_what_rendering_it_whole_does() -> None:
    expected = html_of(ANSWER, {1, 2})
    assert "cite:1.2" in expected
    for first, second in itertools.combinations(range(0, len(ANSWER), 5), 2):
        made, settled, seen = "", 0, Counter()
        for end in (first, second, len(ANSWER)):
            blocks = blocks_of(ANSWER[settled:end])
            for block in blocks[:-1]:
                one = rendered(block, {1, 2}, seen)
                seen.update(one.marks)
                made += one.html
            settled += blocks[-1].start if blocks else 0
        made += "".join(rendered(b, {1, 2}, seen).html for b in blocks[-1:])
        assert made == expected, (first, second)


@pytest.mark.parametrize(
    "text",
    [
        "[a](http://x.y) " * 10_000,
        "[a](http://x.y)\n\n" * 10_000,
        "[" * 11_000,
        "![" * 50_000,
        "*a _b " * 10_000,
        ">" * 50_000,
        "- a\n" * 50_000,
        "|a|b|\n|-|-|\n" + "|x|y|\n" * 20_000,
        "```\n" * 30_000,
        "[1" * 50_000,
        "[1," * 5_000,
    ],
    ids=range(11),
)
def test_no_text_keeps_the_window_waiting(text) -> None:
    """Two and a half million calls of functions, at most; without limits there are many more."""
    assert calls_of(lambda: html_of(text, {1})) < 5_000_000


def test_only_so_many_links_of_a_block_can_be_clicked() -> None:
    made = html_of("[a](http://x.y) " * 500)
    assert made.count("href") == markdown.MOST_LINKS
    assert made.count("http://x.y") == 500 + markdown.MOST_LINKS


def test_an_address_of_ours_is_read_back() -> None:
    assert markdown.place_of("cite:3") == (3, 0)
    assert markdown.place_of("cite:3.2") == (3, 2)
    assert markdown.place_of("https://cite:3") is None


def test_marks_are_found_and_taken_out() -> None:
    assert markdown.cited("a [2], b [1, 2] c [9]") == (2, 1, 9)
    assert markdown.without_marks("a [2], b [1, 2] c [9].", {1, 2}) == "a, b c [9]."


def test_sentences_are_told_from_what_is_still_being_written() -> None:
    assert markdown.end_of_sentences("One. Two 4.1 is") == len("One.")
    assert markdown.end_of_sentences("Not yet") == 0
    assert markdown.end_of_sentences("Item\nnext") == len("Item\n")


def widths(table: str) -> list[int]:
    return [int(width) for width in re.findall(r'<th [^>]*width="(\d+)%"', html_of(table))]


def test_a_wide_table_gives_its_columns_the_room_of_their_words() -> None:
    wide = "| Clause | What it says |\n|---|---|\n| 7 | " + "the tenant pays " * 9 + "|\n"
    clause, text = widths(wide)
    assert clause + text == 100
    assert 10 < clause < text / 2
    many = "|" + " Sailing |" * 9 + "\n|" + "---|" * 9 + "\n|" + " 07:05 |" * 9 + "\n"
    assert sum(widths(many)) == 100
    assert max(widths(many)) - min(widths(many)) <= 1
    assert "dense" in html_of(many)


def test_a_small_table_is_as_wide_as_its_words() -> None:
    assert widths("| Ship | Salt |\n|---|---|\n| Alda | 3 |\n") == []


def test_a_table_without_words_is_shown() -> None:
    empty = "|" + " |" * 40 + "\n|" + "---|" * 40 + "\n|" + " |" * 40 + "\n"
    assert sum(widths(empty)) == 100
