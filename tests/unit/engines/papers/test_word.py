"""Papers as Word documents: its own footnotes, lists that count by themselves, and a language."""

import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from desktop_rag.domain.papers import PaperList, PaperRun, PaperTable
from desktop_rag.engines.papers import word
from tests import papers
from tests.papers import W


def written(file: Path, paper) -> Path:
    assert list(word.written(paper, file)) == [
        (done, len(paper.blocks)) for done in range(len(paper.blocks))
    ]
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "paper.docx"


def test_every_note_leads_to_its_page_and_has_its_words(file) -> None:
    written(file, papers.every_kind())
    path = "/shelf/a report ñ.pdf"
    assert papers.word_notes(file) == [
        *((path, page, f"A report, p. {page + 1}: “The debt fell.”") for page in range(1, 6)),
        ("", -1, "Gone, p. 7: “The debt fell.”"),
    ]


def test_the_notes_are_a_part_as_word_wants_it(file) -> None:
    written(file, papers.every_kind())
    with zipfile.ZipFile(file) as archive:
        types = archive.read("[Content_Types].xml").decode()
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
        settings = etree.fromstring(archive.read("word/settings.xml"))
        styles = etree.fromstring(archive.read("word/styles.xml"))
    assert "wordprocessingml.footnotes+xml" in types
    ids = [one.get(f"{W}id") for one in notes]
    assert ids == ["-1", "0", *map(str, range(1, 7))]
    assert [one.get(f"{W}id") for one in settings.find(f"{W}footnotePr")] == ["-1", "0"]
    modes = {one.get(f"{W}name"): one.get(f"{W}val") for one in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
    known = {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    used = {
        one.get(f"{W}val")
        for root in (notes, etree.fromstring(zipfile.ZipFile(file).read("word/document.xml")))
        for tag in ("pStyle", "rStyle", "tblStyle")
        for one in root.iter(f"{W}{tag}")
    }
    assert used <= known


def test_blocks_are_what_word_calls_them(file) -> None:
    document = docx.Document(str(written(file, papers.every_kind())))
    styles = [(one.style.name, one.text) for one in document.paragraphs if one.text]
    assert styles == [
        ("Title", "Títle"),
        ("Heading 1", "Why?"),
        ("Remark", "It was so."),
        ("Normal", "bold x soft"),
        ("List Paragraph", "one"),
        ("List Paragraph", "three"),
        ("List Paragraph", "two"),
        ("Quote", "said"),
        ("Code", "a[1] = 2\nb"),
        ("Normal", "last"),
        ("Heading 1", "Fuentes"),
        ("Normal", "A report. a report ñ.pdf"),
        ("Normal", "Gone"),
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "B"], ["1", "2"]]


def test_each_list_counts_by_itself_from_where_it_is_to(file) -> None:
    lists = [
        PaperList(((papers.paragraph("a"),), (papers.paragraph("b"),)), ordered=True, start=start)
        for start in (1, 7)
    ]
    document = docx.Document(str(written(file, papers.of(*lists))))
    numbers = [one._p.pPr.numPr.numId.val for one in document.paragraphs if one.text in {"a", "b"}]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    root = document.part.numbering_part.element
    starts = [
        root.xpath(f"w:num[@w:numId={number}]//w:startOverride/@w:val")[0]
        for number in numbers[::2]
    ]
    assert starts == ["1", "7"]


def test_a_document_says_what_it_is_and_in_which_language(file) -> None:
    document = docx.Document(str(written(file, papers.of(papers.paragraph("Hola")))))
    about = document.core_properties
    assert (about.title, about.author, about.language) == ("Títle", "Desktop RAG", "es")
    assert "python" not in about.comments
    languages = document.styles.element.xpath("//w:docDefaults//w:lang/@w:val")
    assert languages == ["es"]


def test_marks_beside_each_other_stay_apart(file) -> None:
    paper = papers.of(papers.paragraph("So", papers.note(1), papers.note(2)))
    document = docx.Document(str(written(file, paper)))
    assert "So, " in [one.text for one in document.paragraphs]


def test_text_from_right_to_left_is_set_so(file) -> None:
    paper = papers.of(papers.paragraph("مرحبا", papers.note()), papers.paragraph("Hola مرحبا"))
    document = docx.Document(str(written(file, paper)))
    shown = {one.text: one for one in document.paragraphs}
    assert shown["مرحبا"]._p.xpath("w:pPr/w:bidi")
    assert shown["مرحبا"].runs[0].font.rtl
    assert not shown["Hola مرحبا"]._p.xpath("w:pPr/w:bidi")


@pytest.mark.parametrize("hostile", ["]]>", "\x00\x07\x1b[8m\ud800\ufffe", "=1+1", "<w:p/>&amp;"])
def test_what_xml_cannot_hold_is_left_out_and_the_rest_is_text(file, hostile) -> None:
    blocks = (papers.paragraph(hostile, papers.note(words=hostile)),)
    document = docx.Document(str(written(file, papers.of(*blocks, title=hostile))))
    kept = hostile.translate(dict.fromkeys([0, 7, 27, 0xD800, 0xFFFE]))
    assert [one.text for one in document.paragraphs][:2] == [kept, kept]
    assert papers.word_notes(file)[0].text == f"A report, p. 12: “{kept}”"


def test_a_table_without_rows_and_a_list_without_items_are_none(file) -> None:
    empty = PaperTable(((PaperRun("A"),),), ())
    document = docx.Document(str(written(file, papers.of(empty, PaperList(()), PaperList(((),))))))
    assert len(document.tables[0].rows) == 1


@given(st.text(max_size=80))
def test_any_text_can_be_written(tmp_path_factory, text: str) -> None:
    file = tmp_path_factory.mktemp("any") / "paper.docx"
    written(file, papers.of(papers.paragraph(text, papers.note(words=text)), title=text))
    docx.Document(str(file))
    assert len(papers.word_notes(file)) == 1
