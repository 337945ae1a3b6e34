"""Papers as Markdown: another reader of it finds what was meant, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from desktop_rag.domain.papers import PaperRun, PaperTable, Paragraph, ParagraphKind, Style
from desktop_rag.engines.papers.markdown import text_of
from tests import papers

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def read_back(*blocks, title: str = "T") -> list[tuple[str, str]]:
    """Return the kinds of tokens of a paper with the words of each, but for its own title."""
    tokens = READER.parse(text_of(papers.of(*blocks, title=title)))
    return [(one.type, one.content) for one in tokens if one.nesting == 0][1:]


def test_a_paper_has_notes_below_it_that_lead_to_their_pages() -> None:
    text = text_of(papers.every_kind())
    assert text.startswith("# Títle\n\n## Why?[^1]\n\n*It was so.*\n\n**bold**` x` *soft*\n\n")
    assert "1. one\n   - three[^2]\n2. two[^3]\n\n" in text
    assert "| A | B |\n| --- | --- |\n| 1[^4] | 2 |\n" in text
    assert "> said[^5]\n\n```\na[1] = 2\nb\n```\n\nlast[^6]\n\n## Fuentes\n\n" in text
    address = "file:///shelf/a%20report%20%C3%B1.pdf"
    assert f"- *A report*. [a report ñ.pdf](<{address}>)\n- Gone\n" in text
    assert f"[^5]: [A report, p. 6](<{address}#page=6>): “The debt fell.”" in text
    assert text.endswith("[^6]: Gone, p. 7: “The debt fell.”\n")


@pytest.mark.parametrize(
    "hostile",
    [
        "# no heading",
        "1. no list",
        "- no list",
        "+ none",
        "=====",
        "    no code",
        "> no quotation",
        "[x](http://evil.example)",
        "![x](http://evil.example/x.png)",
        "<http://evil.example>",
        "<script>alert(1)</script>",
        "<!-- -->",
        "&lt;b&gt; &#8238;",
        "```\nx",
        "~~~\nx",
        "***bold*** __x__ ~~y~~",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "a\n---",
        "a\n===",
        "[^1]: no note",
        "a\\",
        "a\\\nb",
        "* * *",
        "]]> \x07 x",
    ],
)
def test_text_of_others_is_nothing_but_text(hostile: str) -> None:
    tokens = READER.parse(text_of(papers.of(papers.paragraph(hostile))))
    kinds = {one.type for one in tokens[3:6]}
    assert kinds == {"paragraph_open", "inline", "paragraph_close"}
    inner = tokens[4].children
    assert {one.type for one in inner} <= {"text", "hardbreak", "text_special"}
    shown = "".join("\n" if one.type == "hardbreak" else one.content for one in inner)
    wanted = "\n".join(line.strip() for line in hostile.replace("\x07", "").splitlines())
    assert shown == wanted


def test_what_begins_no_list_is_left_as_it_is() -> None:
    text = text_of(papers.of(papers.paragraph("14.500 euros\n-5 %\n=A1\n2021.")))
    assert "14.500 euros\\\n-5 %\\\n=A1\\\n2021\\.\n" in text


def test_words_that_are_set_apart_stay_so() -> None:
    runs = (
        PaperRun("a "),
        PaperRun(" so* ", Style.STRONG),
        PaperRun("x`y``", Style.CODE),
        PaperRun(" ", Style.STRONG),
    )
    (_, words), *_ = read_back(Paragraph(runs))
    assert words == "a  **so\\*** ``` x`y`` ```"


def test_a_fence_is_longer_than_those_inside() -> None:
    code = Paragraph((PaperRun("````\nx", Style.CODE),), ParagraphKind.CODE)
    assert read_back(code)[0] == ("fence", "````\nx\n")


def test_a_cell_stays_one_whatever_it_says() -> None:
    table = PaperTable(((PaperRun("A|B"),), (PaperRun("C"),)), (((PaperRun("1\n2 | 3"),), ()),))
    cells = [words for kind, words in read_back(table) if kind == "inline"][:4]
    assert [cell.replace("\\|", "|") for cell in cells] == ["A|B", "C", "1 2 | 3", ""]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_one_paragraph(text: str) -> None:
    tokens = READER.parse(text_of(papers.of(papers.paragraph(f"x{text}"))))
    assert tokens[3].type == "paragraph_open"
    assert tokens[6].type == "heading_open"
