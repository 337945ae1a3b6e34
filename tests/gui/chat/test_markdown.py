"""Answers become HTML that shows, links only what is cited, and does nothing by itself."""

import html
import itertools
import re
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.answer import marks
from desktop_rag.answer.marks import cited, without_marks
from desktop_rag.gui.chat import markdown
from desktop_rag.gui.chat.markdown import (
    GrowingCitations,
    blocks_of,
    rendered,
)
from tests.operations import calls_of
from tests.places import ROOT

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


def test_lines_end_as_markdown_has_it() -> None:
    text = "a\rb\r\n\rc\n\r\r# d\r"
    found = blocks_of(text)
    assert [block.source.strip() for block in found] == ["a\rb", "c", "# d"]
    assert all(text.startswith(block.source, block.start) for block in found)


def test_quotations_that_would_be_read_again_and_again_are_shown_as_they_stand() -> None:
    unit = "why\n>>\n    because\n"
    assert calls_of(lambda: blocks_of(unit * 1_500)) < 300_000
    found = blocks_of(unit * 1_500)
    assert found[-1].kind == "plain"
    assert "".join(one.source for one in found) == unit * 1_500
    quoted = "> a\n> b\n\nso it says [1]\n\n" * 60
    assert {one.kind for one in blocks_of(quoted)} == {"blockquote_open", "paragraph_open"}


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
    ("text", "most"),
    [
        ("[a](http://x.y) " * 700, 250_000),
        ("[a](http://x.y) " * 3_000, 500),
        ("[a](http://x.y) " * 10_000, 500),
        ("[a](http://x.y)\n\n" * 10_000, 760_000),
        ("[" * 11_000, 1_900_000),
        ("[" * 50_000, 500),
        ("![" * 5_500, 3_200_000),
        ("![" * 25_000, 500),
        ("*a _b " * 1_800, 290_000),
        ("*a _b " * 10_000, 500),
        (">" * 11_000, 2_500),
        (">" * 50_000, 1_200),
        ("- a\n" * 50_000, 3_800_000),
        ("|a|b|\n|-|-|\n" + "|x|y|\n" * 1_900, 1_000_000),
        ("|a|b|\n|-|-|\n" + "|x|y|\n" * 9_000, 1_400_000),
        ("|a|b|\n|-|-|\n" + "|x|y|\n" * 20_000, 1_500_000),
        ("```\n" * 30_000, 570_000),
        ("[1" * 5_500, 1_700_000),
        ("[1" * 25_000, 500),
        ("[1," * 3_900, 1_200_000),
        ("[1," * 5_000, 500),
    ],
    ids=lambda given: f"{given[:3]!r} {len(given)}" if isinstance(given, str) else "",
)
def test_no_text_keeps_the_window_waiting(text, most) -> None:
    """Half as much again as is needed now, in calls of functions."""
    assert calls_of(lambda: html_of(text, {1})) < most


@pytest.mark.parametrize(
    ("begun", "most", "kind"),
    [
        ("*a* ", 12_000, "paragraph_open"),
        ("|*a*|\n|-|\n|*b*|\n", 12_000, "table_open"),
        ("- *a* ", 12_000, "list"),
        ("```\nx\n", 40_000, "fence"),
    ],
)
def test_a_block_that_is_too_long_is_shown_as_it_stands(begun, most, kind) -> None:
    fits = begun + "x" * (most - len(begun))
    assert [(block.kind, len(block.source)) for block in blocks_of(fits)] == [(kind, most)]
    assert "plain" not in html_of(fits)
    assert html_of(fits + "x") == f'<p class="plain">{fits}x</p>'


def test_a_table_of_too_many_cells_is_shown_as_it_stands() -> None:
    table = "|a|b|\n|-|-|\n" + "|c|*d*|\n" * 131
    assert [block.kind for block in blocks_of(table)] == ["table_open"]
    assert "<em>d</em>" in html_of(table)
    assert html_of(table + "|e|").startswith('<p class="plain">|a|b|')


@pytest.mark.parametrize(
    "table", ["a|b\n-|-\nc|d\n", "|a|\n|:-:|\n|c|\n", "x\n|a|b|\n| --- |--|\n"]
)
def test_lines_of_a_table_are_one_block(table) -> None:
    assert [block.kind for block in blocks_of(f"before\n\n{table}\nafter")] == [
        *("paragraph_open", "table_open", "paragraph_open")
    ]
    assert "<td" in html_of(table) or "<th" in html_of(table)


def test_a_growing_table_costs_no_more_for_what_it_has_not_got_room_for() -> None:
    head, row = "|a|b|\n|-|-|\n", "|c|d [1]|\n"
    assert calls_of(lambda: blocks_of(head + row * 1_000)) < 150_000


@given(
    st.lists(st.sampled_from(["[1]", "[2, 3]", " [", "4", "]", "[5", " word ", "\n", "[12", "]["]))
)
def test_a_growing_text_cites_what_the_whole_of_it_does(pieces) -> None:
    growing, text = GrowingCitations(), ""
    for piece in pieces:
        text += piece
        assert growing.of(text) == cited(text)
    assert growing.of("[7] other") == (7,)


def test_what_was_looked_through_for_citations_is_not_again() -> None:
    text, growing = "The debt fell [1]. " * 1_000, GrowingCitations()
    growing.of(text)
    assert calls_of(lambda: growing.of(text + "And [2].")) < 60


def test_what_follows_more_blocks_or_signs_than_bearable_is_shown_as_it_stands() -> None:
    blocks = ["*a*\n\n"] * 501
    assert html_of("".join(blocks[:500])) == "<p><em>a</em></p>" * 500
    assert html_of("".join(blocks)).endswith('<p><em>a</em></p><p class="plain">*a*\n\n</p>')
    paragraph = f"*{'a' * 9_996}*\n\n"  # of ten thousand signs
    assert html_of(paragraph * 6).count("<em>") == 6
    more = html_of(paragraph * 6 + "*b*")
    assert more.count("<em>") == 5
    assert more.endswith(f'<p class="plain">{paragraph}*b*</p>')


def test_long_code_is_not_coloured() -> None:
    line = "x = 1\n"
    fits = line * 600 + "x" * (4_000 - 600 * len(line))
    assert "span" in markdown.coloured(fits, "python")
    assert "span" not in markdown.coloured(f"{fits}x", "python")


def test_marks_are_looked_for_in_no_more_than_a_block(monkeypatch) -> None:
    """Whatever the pattern costs, which no count of calls can see."""
    seen: list[str] = []

    class Recorded:
        def finditer(self, text: str):
            seen.append(text)
            return pattern.finditer(text)

    pattern = marks.MARK
    monkeypatch.setattr(marks, "MARK", Recorded())
    html_of("[1" * 6_000, {1})
    assert sum(map(len, seen)) == 12_000
    seen.clear()
    html_of("[1" * 6_001, {1})
    assert seen == []


def test_no_run_of_signs_is_gone_through_again_from_each_of_them() -> None:
    """These take milliseconds; once more from each sign, hours.

    A pattern cannot be counted, so that this one has a limit of time that only failures reach.
    """
    code = """if True:
        from desktop_rag.answer import marks
        from desktop_rag.gui.chat import markdown
        for unit in (" ", "[1 ", "[ ", ".", ".)", "\\t", "[1,", "[1 , ", "1", "["):
            for text in (unit * 300_000, unit[:-1] + unit[-1] * 300_000):
                marks.cited(text)
                marks.without_marks(text, {1})
                markdown.end_of_sentences(text)
    """
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=60)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Wait... what", 7),
        ("“No!?” she", 6),
        ("Said (so.) Then", 10),
        ("... x", 3),
        ("3.14", 0),
        ("No.x? y", 5),
        ("a.) .) b", 6),
    ],
)
def test_a_sentence_ends_behind_all_its_signs(text, end) -> None:
    assert markdown.end_of_sentences(text) == end


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("a  \t [ 1 , 2;3 ] b", "a b"),
        ("a [1]  [2]", "a"),
        ("  [1]", ""),
        ("a [1,] [12345] [1 2]", "a [1,] [12345] [1 2]"),
    ],
)
def test_marks_may_be_set_with_spaces(text, rest) -> None:
    assert marks.without_marks(text, {1, 2, 3}) == rest


def test_only_so_many_links_of_a_block_can_be_clicked() -> None:
    made = html_of("[a](http://x.y) " * 500)
    assert made.count("href") == markdown.MOST_LINKS
    assert made.count("http://x.y") == 500 + markdown.MOST_LINKS


def test_an_address_of_ours_is_read_back() -> None:
    assert markdown.place_of("cite:3") == (3, 0)
    assert markdown.place_of("cite:3.2") == (3, 2)
    assert markdown.place_of("https://cite:3") is None


def test_marks_are_found_and_taken_out() -> None:
    assert marks.cited("a [2], b [1, 2] c [9]") == (2, 1, 9)
    assert marks.without_marks("a [2], b [1, 2] c [9].", {1, 2}) == "a, b c [9]."


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


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u202d"])
def test_no_sign_turns_the_letters_of_an_answer_around(sign: str) -> None:
    for told in (sign, f"&#{ord(sign)};", f"&#x{ord(sign):x};"):
        shown = html_of(f"It is {told}fdp.exe [1]\n\n`{told}`\n\n```py\n{told}\n```\n", {1})
        assert sign not in shown
        assert sign not in html.unescape(html.unescape(html_of(f"It is {told}fdp.exe [1]", {1})))
    assert sign not in html_of(f"*{sign}*" + "x" * 12_000)


def test_an_index_in_text_is_no_citation() -> None:
    (block,) = markdown.blocks_of("So data[1] is it, see [1].")
    made = markdown.rendered(block, {1})
    assert made.marks == (1,)
    assert "data[1]" in made.html


# Tables without room

TABLE = "| About | A *b* | C |\n|---|---|---|\n| Rent | **9** [1] | ten [2] |\n|  | x |  |\n\nend"


def test_a_table_without_room_is_written_row_by_row_with_the_names_of_its_columns() -> None:
    (table, end) = blocks_of(TABLE)
    wide = rendered(table, {1, 2}, columns=3)
    narrow = rendered(table, {1, 2}, columns=2)
    assert wide.marks == narrow.marks == (1, 2)
    assert wide == rendered(table, {1, 2})
    mark = '\u202f<sup><a href="cite:{0}">[{0}]</a></sup>'
    assert narrow.html == (
        '<p class="heading">Rent</p>'
        f"<p><strong>A <em>b</em></strong>: <strong>9</strong>{mark.format(1)}</p>"
        f"<p><strong>C</strong>: ten{mark.format(2)}</p>"
        "<p><strong>A <em>b</em></strong>: x</p>"
    )
    assert rendered(end, set(), columns=1).html == "<p>end</p>"


def test_a_table_is_read_aloud_with_the_names_of_its_columns() -> None:
    assert markdown.spoken(TABLE) == "Rent. A b: 9 [1]. C: ten [2].\nA b: x.\n\nend"
    assert markdown.spoken("a | b\nno table") == "a | b\nno table"


@given(st.text(alphabet="|-\\* ab\n[1]", max_size=80))
def test_a_table_without_room_cites_what_it_cites_with_room(text) -> None:
    for block in blocks_of(text):
        assert rendered(block, {1}, columns=1).marks == rendered(block, {1}).marks
