"""The Markdown of answers becomes blocks, its marks notes, and nothing of it does anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.answer.papers.blocks import NoteFinder, blocks_of, table_of
from desktop_rag.domain.papers import (
    Note,
    PaperHeading,
    PaperList,
    PaperRun,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Style,
    notes_of,
)


def note(number: int) -> Note:
    return Note(0, number, f"D, p. {number}", f"words {number}")


def read(text: str, *known: int):
    return blocks_of(text, NoteFinder(frozenset(known), note))


def spoken(blocks) -> str:
    """Return all words of paragraphs and headings, with signs for notes."""
    return "|".join(
        "".join(one.text if isinstance(one, PaperRun) else f"^{one.page}" for one in block.inlines)
        for block in blocks
        if isinstance(block, Paragraph | PaperHeading)
    )


def test_marks_of_what_is_known_become_notes_and_others_stay() -> None:
    assert spoken(read("It fell [1][2]. So [2, 9]; and [9]. data[1] = 2", 1, 2)) == (
        "It fell^1^2. So^2 [9]; and [9]. data[1] = 2"
    )


def test_marks_in_code_are_code() -> None:
    (paragraph,) = read("Use `a [1]` so", 1)
    assert paragraph.inlines[1] == PaperRun("a [1]", Style.CODE)
    (block,) = read("```\na [1]\n```", 1)
    assert block == Paragraph((PaperRun("a [1]", Style.CODE),), ParagraphKind.CODE)


def test_words_are_set_as_they_were_written() -> None:
    (paragraph,) = read("a **b** *c*\nd")
    styles = [(one.text, one.style) for one in paragraph.inlines]
    assert styles == [
        ("a ", Style.PLAIN),
        ("b", Style.STRONG),
        (" ", Style.PLAIN),
        ("c", Style.EMPHASIS),
        ("\nd", Style.PLAIN),
    ]


def test_headings_stand_below_the_question_and_lists_hold_lists() -> None:
    heading, listed = read("# Top\n\n3. one [1]\n   - inner [2]\n4. two", 1, 2)
    assert (heading.level, spoken([heading])) == (2, "Top")
    assert (listed.ordered, listed.start, len(listed.items)) == (True, 3, 2)
    assert isinstance(listed.items[0][1], PaperList)
    assert [one.page for one in notes_of([listed])] == [1, 2]


def test_a_table_has_as_many_cells_in_every_row() -> None:
    (table,) = read("| A | B |\n|---|---|\n| 1 [1] |\n| 2 | 3 | 4 |", 1)
    assert isinstance(table, PaperTable)
    assert [len(row) for row in table.rows] == [2, 2]
    assert list(notes_of([table])) == [note(1)]
    cut = table_of(((PaperRun("A"),),), [((PaperRun("1"),), (PaperRun("2"),))])
    assert cut.rows == (((PaperRun("1"),),),)


def test_a_quotation_is_one_and_html_is_text() -> None:
    quote, text = read("> said\n\n<script>x</script> &amp; &#8238;z")
    assert quote.kind is ParagraphKind.QUOTATION
    assert spoken([text]) == "<script>x</script> & z"


def test_an_address_stands_beside_what_it_would_hide_behind() -> None:
    shown = "bank (http://evil.example)|http://a.example|a picture"
    text = (
        "[bank](http://evil.example)\n\n<http://a.example>\n\n![a picture](http://b.example/x.png)"
    )
    assert spoken(read(text)) == shown


def test_what_is_too_long_to_be_read_as_markdown_is_told_all_the_same() -> None:
    text = "**b** [1]\n\n" + "x" * 70_000 + "\n\n**c** [1]"
    blocks = read(text, 1)
    assert spoken(blocks[:1]) == "b^1"
    assert spoken(blocks[-1:]) == "**c**^1"
    assert sum(spoken(blocks).count(sign) for sign in "x") == 70_000


@pytest.mark.parametrize("unit", ["> ", "[", "*a ", "- ", "|a", "`", "![", "](", "# "])
def test_no_run_of_signs_takes_long_or_fails(unit: str) -> None:
    assert read(unit * 20_000, 1) is not None


@given(st.text())
def test_any_text_becomes_blocks(text: str) -> None:
    read(text, 1, 2)
