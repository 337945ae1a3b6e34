"""A comparison as an answer: how much is the same, and tables with a mark in each cell."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.answer.tabulating import told
from desktop_rag.domain.comparisons import (
    ComparedCell,
    ComparedRow,
    Comparison,
    RowState,
    SentenceTally,
    Uncompared,
)
from desktop_rag.domain.documents import Box, DocumentId, PlacedWord
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.gui.chat import markdown

A, B = DocumentId("a"), DocumentId("b")


def passage(number: int, document: DocumentId, text: str) -> Passage:
    words = [
        PlacedWord(*found.span(), Box(at / 10, number / 10, at / 10 + 0.05, number / 10 + 0.01))
        for at, found in enumerate(re.finditer(r"\S+", text))
    ]
    hit = Hit(document, 0, number, str(number), "Lease › Rent", text, tuple(words), 1.0)
    return Passage(number, hit)


OLD = passage(4, A, "The rent is $900 a month.")
NEW = passage(5, B, "The rent is $950 a month.")
ROW = ComparedRow(
    "Rent",
    (ComparedCell(0, ((0, 25),), ((13, 16),)), ComparedCell(1, ((0, 25),), ((13, 16),))),
    RowState.CHANGED,
)
ALONE = ComparedRow("Rent", (None, ComparedCell(1, ((0, 25),), more=3)), RowState.ONLY)
FOUND = Comparison((A, B), ("Lease 2023", "Lease 2024"), (ROW,), SentenceTally(1_200, 1))


def test_a_row_has_an_aspect_and_a_mark_in_each_cell_for_its_own_words() -> None:
    text, quotes = told(FOUND, [OLD, NEW], "en")
    assert text.splitlines()[-3:] == [
        "| About | Lease 2023 | Lease 2024 |",
        "| --- | --- | --- |",
        "| Rent | The rent is **$900** a month. [4] | The rent is **$950** a month. [5] |",
    ]
    assert [quote.text for quote in quotes] == [OLD.hit.text, NEW.hit.text]
    assert all(quote.boxes for quote in quotes)
    assert markdown.cited(text) == (4, 5)


def test_how_much_is_the_same_is_counted_and_not_shown() -> None:
    tally = SentenceTally(1_200, 3, 1, (0, 2), unread=7)
    found = replace(FOUND, tally=tally, versions=True, left=2)
    assert told(found, [OLD, NEW], "en")[0].splitlines()[0] == (
        "Two versions of one text. The same: 1,200. Said otherwise: 3. Moved: 1."
        " Only in “Lease 2024”: 2. The 1 that matter most are shown; there are 2 more."
        " There is so much text that 7 sentences were compared word for word only."
    )
    spanish = told(found, [OLD, NEW], "es")[0]
    assert spanish.startswith("Son dos versiones de un mismo texto. Iguales: 1.200. ")
    assert "| Rent · cambiado |" in spanish


def test_what_stands_in_one_alone_comes_last_and_says_what_is_missing() -> None:
    found = replace(FOUND, rows=(ALONE, ROW))
    text, quotes = told(found, [OLD, NEW], "en")
    assert text.index("**Said otherwise**") < text.index("**Not in all of them**")
    assert "| Rent | *not found* | The rent is $950 a month. (and 3 more sentences) [5] |" in text
    assert len(quotes) == 3
    assert "*no aparece*" in told(found, [OLD, NEW], "es")[0]


@pytest.mark.parametrize(
    ("reason", "language", "said"),
    [
        (
            Uncompared.FEW,
            "en",
            "Choose two to five documents to compare, such as “A”, “B” or “C”.",
        ),
        (Uncompared.MANY, "es", "Son más de cinco documentos."),
        (Uncompared.EMPTY, "en", "no text stands in “A”, “B”, “C” or “D”."),
        (Uncompared.LANGUAGES, "es", "idiomas distintos"),
        (Uncompared.UNLIKE, "en", "No sentence of one"),
        (Uncompared.SILENT, "es", "Ninguno de estos documentos dice nada sobre «fees»."),
    ],
)
def test_what_cannot_be_compared_is_told_in_a_sentence(reason, language, said) -> None:
    names = ("A", "B", "C", "D")
    found = Comparison((A, B), names, topic="fees", uncompared=reason)
    text, quotes = told(found, [], language)
    assert said in text
    assert quotes == ()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("reason", list(Uncompared))
def test_there_are_words_for_every_reason(reason, language) -> None:
    assert told(Comparison((), (), uncompared=reason), [], language)[0].endswith(".")


def html_of(text: str) -> str:
    blocks = markdown.blocks_of(text)
    return "".join(markdown.rendered(block, {4, 5}).html for block in blocks)


@pytest.mark.parametrize(
    ("text", "mark", "shown"),
    [
        ("a | b | c", (4, 5), "a | <strong>b</strong> | c"),
        ("2 * 3 ** 4 *", (4, 5), "2 * <strong>3</strong> ** 4 *"),
        ("see [3, 7] and (5,938)", (16, 21), "see (3, 7) and (<strong>5,938</strong>)"),
        ("from US$5 on", (7, 8), "from <strong>US$5</strong> on"),
        ("20% more", (2, 3), "<strong>20%</strong> more"),
        ("row\t5\t6", (4, 5), "row · <strong>5</strong> · 6"),
        ("<b>x</b> `y` ~~z~~", (10, 11), "&lt;b&gt;x&lt;/b&gt; `<strong>y</strong>` ~~z~~"),
        ("C:\\new\\[1] dir", (11, 14), "C:\\new\\(1) <strong>dir</strong>"),
    ],
)
def test_no_sign_in_a_document_shapes_a_table(text, mark, shown) -> None:
    row = ComparedRow("", (ComparedCell(0, ((0, len(text)),), (mark,)), None), RowState.CHANGED)
    made = told(replace(FOUND, rows=(row,)), [passage(4, A, text), NEW], "en")[0]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", html_of(made))
    assert cells[1].startswith(shown)
    assert len(cells) == 3


def test_a_long_sentence_is_cut_around_what_differs() -> None:
    text = "word " * 200 + "NINE hundred " + "more " * 200
    at = text.index("NINE")
    row = ComparedRow("", (ComparedCell(0, ((0, len(text)),), ((at, at + 4),)), None), ROW.state)
    made = told(replace(FOUND, rows=(row,)), [passage(4, A, text), NEW], "en")[0]
    assert "**NINE**" in made
    assert len(made) < 800


def test_many_rows_are_several_tables_that_are_all_shown() -> None:
    long = "The tenant pays a rent of 900 euros in each month of the year and no more. " * 5
    row = ComparedRow("Rent", (ComparedCell(0, ((0, len(long)),)),) * 2, RowState.CHANGED)
    text, quotes = told(replace(FOUND, rows=(row,) * 60), [passage(4, A, long)], "en")
    assert len(quotes) == 120
    kinds = [block.kind for block in markdown.blocks_of(text)]
    assert kinds.count("table_open") > 3
    assert html_of(text).count("<td") == 180
    assert 'class="plain"' not in html_of(text)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_whatever_a_document_says_a_row_has_three_cells(text, one, other) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    cell = ComparedCell(0, ((0, len(text)),), ((start, end),))
    row = ComparedRow(text, (cell, None), RowState.CHANGED)
    found = replace(FOUND, rows=(row,), names=(text, "B"))
    assert html_of(told(found, [passage(4, A, text), NEW], "en")[0]).count("<td") == 3


@pytest.mark.parametrize(
    ("heading", "shown"),
    [("PLAN INFORMATION", "Plan information"), ("ÁMBITO", "Ámbito"), ("VAT", "VAT")],
)
def test_headings_in_capitals_are_told_in_small_letters(heading, shown) -> None:
    text, _ = told(replace(FOUND, rows=(replace(ROW, aspect=heading),)), [OLD, NEW], "en")
    assert text.splitlines()[-1].startswith(f"| {shown} |")
