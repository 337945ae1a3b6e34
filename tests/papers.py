"""Papers to be written, and what stands in the files that were."""

import zipfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pymupdf  # noqa: TID253 - to read what it has written
from lxml import etree

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.papers import (
    Block,
    Note,
    Paper,
    PaperHeading,
    PaperList,
    PaperRun,
    PaperSource,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Style,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FILE = Path("/shelf/a report ñ.pdf")
SOURCES = (
    PaperSource(DocumentId("a"), "A report", (PaperRun("A report", Style.EMPHASIS),), _FILE),
    PaperSource(DocumentId("b"), "Gone", (PaperRun("Gone"),)),
)


class Led(NamedTuple):
    """Where a note of a file leads: to a path and a page that counts from 0, and its text."""

    path: str
    page: int
    text: str


def note(page: int = 11, words: str = "The debt fell.", source: int = 0) -> Note:
    return Note(source, page, f"{SOURCES[source].title}, p. {page + 1}", words)


def paragraph(text: str, *notes: Note, kind: ParagraphKind = ParagraphKind.TEXT) -> Paragraph:
    return Paragraph((PaperRun(text), *notes), kind)


def of(*blocks: Block, title: str = "Títle", language: str = "es") -> Paper:
    return Paper(title, blocks, SOURCES, "Fuentes", language)


def every_kind() -> Paper:
    """Return a paper with a block of every kind, and with notes in all that can have one."""
    inner = PaperList(((paragraph("three", note(2)),),))
    listed = PaperList(((paragraph("one"), inner), (paragraph("two", note(3)),)), ordered=True)
    table = PaperTable(
        ((PaperRun("A"),), (PaperRun("B"),)), (((PaperRun("1"), note(4)), (PaperRun("2"),)),)
    )
    return of(
        PaperHeading(2, (PaperRun("Why?"), note(1))),
        paragraph("It was so.", kind=ParagraphKind.REMARK),
        Paragraph(
            (
                PaperRun("bold", Style.STRONG),
                PaperRun(" x", Style.CODE),
                PaperRun(" soft", Style.EMPHASIS),
            )
        ),
        listed,
        table,
        paragraph("said", note(5), kind=ParagraphKind.QUOTATION),
        Paragraph((PaperRun("a[1] = 2\nb", Style.CODE),), ParagraphKind.CODE),
        paragraph("last", note(6, source=1)),
    )


def word_notes(file: Path) -> list[Led]:
    """Return the notes of a Word document, in the order in which its text refers to them."""
    with zipfile.ZipFile(file) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        notes = etree.fromstring(archive.read("word/footnotes.xml"))
        relations = "word/_rels/footnotes.xml.rels"
        rels = archive.read(relations) if relations in archive.namelist() else b"<x/>"
    targets = {one.get("Id"): one.get("Target") for one in etree.fromstring(rels)}
    by_id = {one.get(f"{W}id"): one for one in notes}
    referred = [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")]
    return [_word_note(by_id[number], targets) for number in referred]


def pdf_notes(file: Path) -> list[Led]:
    """Return the notes of a PDF in their order, each come to from its mark in the text."""
    found: dict[int, Led] = {}
    with pymupdf.open(file) as document:
        for page in document:
            for link in page.get_links():
                inner = link["from"] + (0.9, 0, -0.9, 0)  # else the letter before a mark is in it
                number = page.get_text(clip=inner).strip()
                if link["kind"] == pymupdf.LINK_GOTO and number.isdigit():
                    led = _pdf_note(document[link["page"]], link["to"].y, number)
                    if led:
                        found[int(number)] = led
    assert sorted(found) == [*range(1, len(found) + 1)]
    return [found[number] for number in sorted(found)]


def _word_note(element, targets) -> Led:
    links = [targets[one.get(f"{R}id")] for one in element.iter(f"{W}hyperlink")]
    text = "".join(one.text or "" for one in element.iter(f"{W}t")).strip()
    path, page = _place(links[0]) if links else ("", -1)
    return Led(path, page, text)


def _place(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    assert parts.scheme == "file"
    page = parts.fragment.removeprefix("page=")
    return unquote(parts.path), int(page) - 1 if page else -1


def _pdf_note(page, top: float, number: str) -> Led | None:
    """Return what stands on a page at this height, if it is the note of this number."""
    clip = pymupdf.Rect(0, top - 1, page.rect.width, page.rect.height - 35)
    text = " ".join(page.get_text(clip=clip).split())
    if not text.startswith(f"{number}. "):
        return None
    text = text.removeprefix(f"{number}. ").split(f" {int(number) + 1}. ")[0]
    links = [one for one in page.get_links() if abs(one["from"].y0 - top) < 2 and "file" in one]
    path = unquote(links[0]["file"]) if links else ""
    return Led(path, links[0].get("page", -1) if links else -1, text)
