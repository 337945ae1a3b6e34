"""Papers as Word documents, with footnotes of Word's own that lead to file and page."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, assert_never

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.papers import (
    Block,
    Inline,
    Note,
    Paper,
    PaperHeading,
    PaperList,
    PaperRun,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Style,
)
from desktop_rag.domain.unicode_text import readable
from desktop_rag.engines.formats.html_blocks import cleaned
from desktop_rag.engines.papers.columns import shares
from desktop_rag.engines.papers.directions import BETWEEN_MARKS, right_to_left
from desktop_rag.engines.papers.word_footnotes import FootnotesPart, link
from desktop_rag.engines.papers.word_lists import DEEPEST, ListNumbers, put_in_list

_WORD_2013 = "15"  # [MS-DOCX], 2.3.3: of this mode and later versions
_MARGIN_MM = 25
_TEXT_MM = 210 - 2 * _MARGIN_MM
PROGRAM = "Desktop RAG"  #: whose papers these are
_MOST_PROPERTY = 255  # characters of a title that python-docx takes
_STYLES = {
    ParagraphKind.TEXT: "Normal",
    ParagraphKind.QUOTATION: "Quote",
    ParagraphKind.REMARK: "Remark",
    ParagraphKind.CODE: "Code",
}


def written(paper: Paper, target: Path) -> Iterator[tuple[int, int]]:
    """Write a paper to a file, yielding how many of its blocks are set. Raises `OSError`."""
    document = docx.Document()
    _prepare(document, paper)
    writer = _WordWriter(document, paper)
    for done, block in enumerate(paper.blocks):
        yield done, len(paper.blocks)
        writer.block(block)
    writer.close()
    made = io.BytesIO()  # a ZIP file that cannot be written to complains once more when it goes
    document.save(made)
    with target.open("wb") as file:
        file.write(made.getbuffer())


def _prepare(document: Document, paper: Paper) -> None:
    """Set page, styles and what the file says of itself."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN_MM)
    styles = document.styles
    remark: Any = styles.add_style("Remark", WD_STYLE_TYPE.PARAGRAPH)
    remark.font.italic, remark.font.color.rgb = True, RGBColor(0x55, 0x55, 0x55)
    code: Any = styles.add_style("Code", WD_STYLE_TYPE.PARAGRAPH)
    code.font.name, code.font.size = "Courier New", Pt(9)
    cell: Any = styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = styles["Normal"], Pt(9)
    cell.paragraph_format.space_after = Pt(2)
    quote: Any = styles["Quote"]
    quote.paragraph_format.left_indent = Mm(8)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":  # else Word says that it is old
            setting.set(qn("w:val"), _WORD_2013)
    about = document.core_properties
    about.title = cleaned(paper.title)[:_MOST_PROPERTY]
    about.author = about.last_modified_by = PROGRAM
    about.comments = ""
    about.created = about.modified = dt.datetime.now(dt.UTC)
    if paper.language != UNKNOWN_LANGUAGE:
        about.language = paper.language
        for said in styles.element.iter(qn("w:lang")):
            said.set(qn("w:val"), paper.language)


class _WordWriter:
    """Sets blocks one after the other."""

    def __init__(self, document: Document, paper: Paper) -> None:
        self._document = document
        self._paper = paper
        self._notes = FootnotesPart(document)
        self._lists = ListNumbers(document)
        document.add_paragraph(cleaned(paper.title), "Title")

    def close(self) -> None:
        """Set the bibliography, and put the notes in."""
        if self._paper.sources:
            self._document.add_heading(cleaned(self._paper.sources_title), 1)
        for source in self._paper.sources:
            paragraph = self._document.add_paragraph()
            for run in source.entry:
                self._inline(paragraph, run)
            if source.path:
                self._inline(paragraph, PaperRun(source.joint))
                part, name = self._document.part, cleaned(readable(source.path.name))
                link(part, _xml(paragraph), name, source.address())
        self._notes.close()

    def block(self, block: Block) -> None:
        """Set a block."""
        match block:
            case PaperHeading(level=level, inlines=inlines):
                self._fill(self._document.add_heading("", level - 1), inlines)
            case Paragraph(inlines=inlines, kind=kind):
                self._fill(self._document.add_paragraph(style=_STYLES[kind]), inlines)
            case PaperList():
                self._list(block, 0)
            case PaperTable():
                self._table(block)
            case _:
                assert_never(block)

    def _list(self, block: PaperList, level: int) -> None:
        number = self._lists.begin(level, ordered=block.ordered, start=block.start)
        for item in block.items:
            for at, part in enumerate(item):
                if isinstance(part, PaperList):
                    self._list(part, min(level + 1, DEEPEST))
                elif at == 0 and isinstance(part, Paragraph):
                    paragraph = self._document.add_paragraph(style="List Paragraph")
                    put_in_list(_xml(paragraph).get_or_add_pPr(), number, level)
                    self._fill(paragraph, part.inlines)
                else:
                    self.block(part)

    def _table(self, block: PaperTable) -> None:
        table = self._document.add_table(0, len(block.heads), "Table Grid")
        widths = [Mm(_TEXT_MM * share) for share in shares(block)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for at, cells in enumerate((block.heads, *block.rows)):
            row = table.add_row()
            if at == 0:
                _xml(row).get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            for place, cell, width in zip(row.cells, cells, widths, strict=True):
                place.width = width
                inlines = map(_strong, cell) if at == 0 else cell
                place.paragraphs[0].style = "Cell"
                self._fill(place.paragraphs[0], tuple(inlines))
        self._document.add_paragraph()

    def _fill(self, paragraph: WordParagraph, inlines: Iterable[Inline]) -> None:
        held = tuple(inlines)
        leftwards = right_to_left("".join(one.text for one in held if isinstance(one, PaperRun)))
        if leftwards:
            properties = _xml(paragraph).get_or_add_pPr()
            properties.insert_element_before(
                OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
            )
        for at, one in enumerate(held):
            if at and isinstance(one, Note) and isinstance(held[at - 1], Note):
                paragraph.add_run(BETWEEN_MARKS).font.superscript = True
            self._inline(paragraph, one, leftwards=leftwards)

    def _inline(self, paragraph: WordParagraph, one: Inline, *, leftwards: bool = False) -> None:
        match one:
            case Note():
                address = self._paper.sources[one.source].address(one.page)
                mark = self._notes.add(cleaned(one.place), address, cleaned(one.words))
                _xml(paragraph).append(mark)
            case PaperRun():
                run = paragraph.add_run(cleaned(one.text))
                run.italic = True if one.style is Style.EMPHASIS else None
                run.bold = True if one.style is Style.STRONG else None
                if one.style is Style.CODE:
                    run.font.name = "Courier New"
                if leftwards:
                    run.font.rtl = True
            case _:
                assert_never(one)


def _strong(one: Inline) -> Inline:
    return PaperRun(one.text, Style.STRONG) if isinstance(one, PaperRun) else one


def _xml(shown: Any) -> Any:
    """Return the XML behind what python-docx shows, which says less than can be said."""
    return shown._element  # noqa: SLF001 - there is no other way to it
