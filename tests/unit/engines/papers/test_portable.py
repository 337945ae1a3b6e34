"""Papers as PDFs: notes at the foot of their page that lead to file and page, and nothing lost."""

import re
from pathlib import Path

import pymupdf  # noqa: TID253 - to read what it has written
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_rag.domain.papers import PaperHeading, PaperList, PaperRun, PaperTable
from desktop_rag.engines.papers import portable
from tests import papers


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "paper.pdf"


def written(file: Path, paper) -> str:
    """Write a paper; return all that its pages say, one after the other."""
    steps = list(portable.written(paper, file))
    assert steps == [(done, len(paper.blocks)) for done in range(len(paper.blocks))]
    with pymupdf.open(file) as document:
        return "\n".join(page.get_text() for page in document)


def test_every_note_leads_to_its_page_and_has_its_words(file) -> None:
    written(file, papers.every_kind())
    path = "/shelf/a report ñ.pdf"
    assert papers.pdf_notes(file) == [
        *((path, page, f"A report, p. {page + 1}: “The debt fell.”") for page in range(1, 6)),
        ("", -1, "Gone, p. 7: “The debt fell.”"),
    ]


def test_a_file_says_what_it_is_and_has_its_headings_as_contents(file) -> None:
    paper = papers.of(PaperHeading(2, (PaperRun("Why?"),)), papers.paragraph("So."))
    written(file, paper)
    with pymupdf.open(file) as document:
        assert document.metadata["title"] == "Títle"
        assert document.metadata["author"] == "Desktop RAG"
        assert document.language == "es"
        assert document.get_toc() == [[1, "Títle", 1], [2, "Why?", 1], [2, "Fuentes", 1]]


def test_notes_stand_on_the_page_of_their_marks_and_no_paragraph_is_lost(file) -> None:
    blocks = [
        papers.paragraph(
            f"Paragraph {at}. " + "lorem ipsum dolor " * 35, papers.note(at), papers.note(at)
        )
        for at in range(40)
    ]
    text = written(file, papers.of(*blocks))
    assert re.findall(r"Paragraph (\d+)\.", text) == [str(at) for at in range(40)]
    notes = papers.pdf_notes(file)
    assert [one.page for one in notes] == [at for at in range(40) for _ in range(2)]
    with pymupdf.open(file) as document:
        assert len(document) > 5
        for page in document:
            apart = [
                one for one in page.get_links() if one["kind"] == 1 and one["page"] != page.number
            ]
            assert apart == []
            lowest = max(word[3] for word in page.get_text("words"))
            assert lowest < page.rect.height


def test_notes_that_are_more_than_a_page_holds_go_on_at_the_foot_of_the_next(file) -> None:
    words = "All of this was said in the document at great length and for good reasons. " * 8
    many = papers.paragraph("x", *(papers.note(at, words) for at in range(60)))
    text = written(file, papers.of(many, papers.paragraph("after")))
    assert "after" in text
    assert [one.page for one in papers.pdf_notes(file)] == [*range(60)]
    assert text.count("reasons.") == 60 * 8


def test_columns_go_on_below_their_names_on_every_page(file) -> None:
    rows = tuple(((PaperRun(f"r{at} " * 90),), (PaperRun("x"),)) for at in range(40))
    written(file, papers.of(PaperTable(((PaperRun("A"),), (PaperRun("Names"),)), rows)))
    with pymupdf.open(file) as document:
        words = [page.get_text("words") for page in document]
    assert len(words) > 2
    told = [{word[4] for word in page} for page in words]
    assert [sum(f"r{at}" in page for page in told) for at in range(40)] == [1] * 40
    edges = [[round(word[0]) for word in page if word[4] in {"Names", "x"}] for page in words]
    assert {edge for page in edges for edge in page} == {edges[0][0]}
    named = [sum(word[4] == "Names" for word in page) for page in words]
    assert named == [int("x" in page) for page in told]


def test_marks_beside_each_other_stay_apart(file) -> None:
    paper = papers.of(papers.paragraph("So", papers.note(1), papers.note(2)))
    assert "So1, 2\n" in written(file, paper)
    assert len(papers.pdf_notes(file)) == 2


def test_long_words_stay_in_their_column(file) -> None:
    heads = tuple((PaperRun("W" * 40),) for _ in range(5))
    written(file, papers.of(PaperTable(heads, (heads,))))
    with pymupdf.open(file) as document:
        rows = [word for word in document[0].get_text("words") if word[4].startswith("W")]
    assert all(word[2] - word[0] < 487 / 5 for word in rows)
    assert sum(word[4].count("W") for word in rows) == 400


def test_what_is_higher_than_a_page_stands_on_a_higher_one(file) -> None:
    cells = tuple((PaperRun("word " * 16),) for _ in range(18))
    text = written(file, papers.of(PaperTable(cells, (cells, cells))))
    assert text.split().count("word") == 3 * 18 * 16


def test_a_row_that_says_much_is_told_below_the_names_of_its_columns(file) -> None:
    long = (PaperRun("much " * 800), papers.note(3))
    text = written(
        file,
        papers.of(PaperTable(((PaperRun("A"),), (PaperRun("B"),)), (((PaperRun("1"),), long),))),
    )
    assert text.split().count("much") == 800
    assert "A: 1" in text
    assert papers.pdf_notes(file)[0].page == 3


@pytest.mark.parametrize(
    "text",
    [
        "Ελληνικά",
        "中文文字",
        "Año ñandú",
        "русский",
        "x" * 300,
        "official flat",
        "<script>&amp;</script>",
    ],
)
def test_text_can_be_read_out_of_it(file, text) -> None:
    assert text in written(file, papers.of(papers.paragraph(text))).replace("\n", "")


def test_a_word_that_is_longer_than_a_line_stays_on_the_page(file) -> None:
    table = PaperTable(
        ((PaperRun("W" * 60),), (PaperRun("B"),)), (((PaperRun("1"),), (PaperRun("W" * 60),)),)
    )
    text = written(file, papers.of(papers.paragraph("W" * 5_000), table, title="W" * 80))
    assert text.count("W") == 5_200
    with pymupdf.open(file) as document:
        edges = [word[2] for page in document for word in page.get_text("words")]
    assert max(edges) <= 595 - 50


def test_a_very_long_answer_is_whole(file) -> None:
    text = written(file, papers.of(papers.paragraph("palabra " * 25_000)))
    assert text.split().count("palabra") == 25_000


def test_lists_keep_their_numbers_and_what_stands_in_their_items(file) -> None:
    inner = PaperList(((papers.paragraph("inner"),),))
    items = ((papers.paragraph("one"), inner, papers.paragraph("more")), (papers.paragraph("two"),))
    text = written(file, papers.of(PaperList(items, ordered=True, start=4)))
    assert " ".join(text.split())[6:].startswith("4. one • inner more 5. two")


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_written(tmp_path_factory, text: str) -> None:
    file = tmp_path_factory.mktemp("any") / "paper.pdf"
    written(file, papers.of(papers.paragraph(f"x{text}", papers.note(words=text)), title=text))
    with pymupdf.open(file) as document:
        assert len(document) == 1
