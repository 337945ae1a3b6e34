"""What files that are no PDFs say of themselves."""

import zipfile
from pathlib import Path

import pytest

from desktop_rag.domain.documents import Outline
from desktop_rag.engines.formats.source_properties import with_properties
from tests import originals

CORE = """<cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:creator>Ottoline Brack;Bo Quill</dc:creator><dcterms:created>{date}</dcterms:created>
<cp:lastModifiedBy>Nobody</cp:lastModifiedBy></cp:coreProperties>"""
META = """<office:document-meta
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<office:meta><meta:creation-date>2019-03-04T10:00:00</meta:creation-date>
<meta:initial-creator>Ottoline Brack</meta:initial-creator>
<dc:date>2020-01-01</dc:date></office:meta>
</office:document-meta>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf"><metadata
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>On Weirs</dc:title>
<dc:creator>Brack, Ottoline</dc:creator><dc:creator>Quill, Bo</dc:creator>
<dc:publisher>Harbour Press</dc:publisher><dc:date>2015</dc:date>
<dc:identifier>uuid:1234</dc:identifier><dc:identifier>urn:isbn:9780306406157</dc:identifier>
</metadata></package>"""
FICTION = """<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info>
<author><first-name>Ottoline</first-name><last-name>Brack</last-name></author></title-info>
<publish-info><publisher>Harbour Press</publisher><year>2011</year><isbn>0-306-40615-2</isbn>
</publish-info></description></FictionBook>"""
PAGE = """<html><head><meta name="citation_author" content="Brack, Ottoline">
<meta name="citation_author" content="Quill, Bo"><meta name="author" content="Webmaster">
<META NAME="citation_publication_date" CONTENT="2014/06/03">
<meta name="citation_doi" content="10.1000/weir">
<meta name="citation_journal_title" content="J. Weirs">
</head><body>x</body></html>"""


def zipped(path: Path, name: str, text: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, text)
    return path


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def said(path: Path) -> tuple[str, str, dict[str, str]]:
    found = with_properties(Outline("", 1), path)
    return found.author, found.date, {str(which): text for which, text in found.stated}


def test_office_files_say_who_made_them_and_when(tmp_path) -> None:
    core = CORE.format(date="2021-03-04T05:06:07Z")
    path = zipped(tmp_path / "a.docx", "docProps/core.xml", core)
    assert said(path) == ("Ottoline Brack;Bo Quill", "2021-03-04T05:06:07Z", {})


def test_the_date_of_a_template_is_nobodys(tmp_path) -> None:
    assert said(originals.word(tmp_path / "a.docx", "", [])) == ("python-docx", "", {})


def test_files_of_open_document_say_who_began_them(tmp_path) -> None:
    path = zipped(tmp_path / "a.odt", "meta.xml", META)
    assert said(path) == ("Ottoline Brack", "2019-03-04T10:00:00", {})


def test_books_say_who_published_them(tmp_path) -> None:
    path = zipped(tmp_path / "a.epub", "OEBPS/content.opf", PACKAGE)
    stated = {"publisher": "Harbour Press", "ISBN": "9780306406157"}
    assert said(path) == ("Brack, Ottoline; Quill, Bo", "2015", stated)
    stated = {"publisher": "Harbour Press", "ISBN": "0-306-40615-2"}
    assert said(written(tmp_path / "a.fb2", FICTION)) == ("Ottoline Brack", "2011", stated)


def test_web_pages_say_what_scholars_search_for(tmp_path) -> None:
    stated = {"container-title": "J. Weirs", "DOI": "10.1000/weir"}
    found = said(written(tmp_path / "a.html", PAGE))
    assert found == ("Brack, Ottoline; Quill, Bo", "2014/06/03", stated)


def test_what_the_pdf_says_stands(tmp_path) -> None:
    path = zipped(tmp_path / "a.odt", "meta.xml", META)
    found = with_properties(Outline("", 1, author="Bo Quill", date="2001"), path)
    assert (found.author, found.date) == ("Bo Quill", "2001")


@pytest.mark.parametrize("text", ["", "<meta", "<FictionBook><", "PK\x03\x04", "text", "\x00" * 99])
def test_of_anything_else_nothing_is_said(tmp_path, text) -> None:
    assert said(written(tmp_path / "a.any", text)) == ("", "", {})
    assert said(tmp_path / "missing") == ("", "", {})


def test_what_unpacks_to_very_much_is_left_alone(tmp_path) -> None:
    text = CORE.format(date="2021") + " " * (5 << 20)
    assert said(zipped(tmp_path / "a.docx", "docProps/core.xml", text)) == ("", "", {})
