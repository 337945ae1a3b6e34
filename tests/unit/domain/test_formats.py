import re
from pathlib import Path

import pytest

from desktop_rag.domain.formats import (
    ENDINGS,
    FORMATS,
    MIME_TYPES,
    Format,
    ZipContents,
    ending_of,
    format_of,
    given_unnamed,
)
from tests.places import ROOT


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_has_its_format_in_capitals_too(ending: str) -> None:
    found = format_of(Path(f"a{ending}"), b"")
    assert found is format_of(Path(f"A{ending.upper()}"), b"") is not None


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.ppt", "a.txt", "a.pages", "pdf"])
def test_what_cannot_be_read_has_no_format(name: str) -> None:
    assert format_of(Path(name), b"\xd0\xcf\x11\xe0") is None


@pytest.mark.parametrize(
    ("name", "head", "told"),
    [
        ("scan", b"%PDF-1.7", "pdf"),
        ("scan", b"junk from a mail %PDF-1.4", "pdf"),
        ("report.docx", b"%PDF-1.7", "pdf"),
        ("about.txt", b"A file that begins with %PDF- is one", "text"),
        ("notes.txt", b"%PDF-1.7", "pdf"),
        ("web.pdf", b"<!DOCTYPE html>", "html"),
        ("web.pdf", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- saved --> <HTML lang=es>", "html"),
        ("export.xls", b"<html><table>", "html"),
        ("wide.pdf", "\ufeff<html>".encode("utf-16-le"), "html"),
        ("howto.txt", b"<html> is where a page begins", "text"),
        ("broken.pdf", b"no head at all", "pdf"),
        ("mailed.pdf", b"Content-Type: application/pdf\r\n\r\n%PDF-1.4", "pdf"),
        ("report.docx", b"PK\x03\x04", "word"),
        ("letter.doc", b"{\\rtf1\\ansi", "rich_text"),
        ("photo", b"\x89PNG\r\n\x1a\n", "image"),
        ("photo.txt", b"\xff\xd8\xff\xe0", "image"),
        ("scan.pdf", b"MM\x00*", "image"),
        ("page", b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image"),
        ("book", b"<?xml version='1.0'?><FictionBook xmlns=''>", "fb2"),
        ("message", b"Received: from x\r\n by y\r\n", "mail"),
        ("message", b"Subject: hello\nFrom: a@b.c\nDate: Mon, 1 Jan 2024\n", "mail"),
        (
            "saved",
            b"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related;",
            "web_archive",
        ),
        ("From Lisbon", b"From: the very first day on", "text"),
        ("README", "Léeme".encode(), "text"),
        ("Acta 3. Junta", "\ufeffActa".encode("utf-16-le"), "text"),
        ("v1.2", b"changes\n", "text"),
    ],
)
def test_what_a_file_is_decides_and_then_its_name(name: str, head: bytes, told: str) -> None:
    found = format_of(Path(name), head)
    assert found is not None
    assert found.name == told


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("song.mp3", b"ID3"),
        ("notes.txt", b"PK\x03\x04"),
        ("data.csv", b"\x1f\x8b\x08"),
        ("program", b"\x7fELF\x02\x01"),
        ("a.out", b"text"),
        ("blob", b"\x00\x01\x02"),
        ("latin", "año".encode("latin-1")),
    ],
)
def test_what_is_not_ours_has_no_format(name: str, head: bytes) -> None:
    assert format_of(Path(name), head) is None


def test_comments_before_a_root_are_gone_through_once() -> None:
    comments = b"<!-- a -->" * 90  # which could be taken together in 2^90 ways
    assert format_of(Path("x"), comments + b"<p/>") == format_of(Path("x.txt"), b"")
    assert format_of(Path("x"), comments + b"<html>") == format_of(Path("x.html"), b"")


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        (ZipContents(frozenset({"[Content_Types].xml", "word/document.xml"})), "word"),
        (ZipContents(frozenset({"ppt/presentation.xml"})), "slides"),
        (ZipContents(frozenset({"xl/workbook.xml"})), "sheet"),
        (ZipContents(mime_type="application/epub+zip"), "epub"),
        (ZipContents(mime_type="application/vnd.oasis.opendocument.text"), "open_document"),
        (ZipContents(mime_type="application/vnd.oasis.opendocument.spreadsheet"), "open_document"),
    ],
)
@pytest.mark.parametrize("name", ["a", "a.pdf", "a.txt", "a.docx", "a.odt", "a.zip"])
def test_a_zip_file_is_told_by_what_is_in_it(contents: ZipContents, told: str, name: str) -> None:
    found = format_of(Path(name), b"PK\x03\x04", lambda: contents)
    assert found is not None
    assert found.name == told


@pytest.mark.parametrize(("name", "told"), [("a.odt", "open_document"), ("a.epub", "epub")])
def test_a_zip_file_that_says_nothing_is_what_it_is_called(name: str, told: str) -> None:
    found = format_of(Path(name), b"PK\x03\x04")
    assert found is not None
    assert found.name == told


def test_only_zip_files_are_looked_into() -> None:
    def looked_into() -> ZipContents:
        raise AssertionError

    assert format_of(Path("a.docx"), b"%PDF-1.7", looked_into) is not None


def test_a_folder_gives_pdfs_and_pictures_without_an_ending_and_nothing_else() -> None:
    given = [b" %PDF-1.7", b"II*\0", b"MM\0*", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"]
    assert all(map(given_unnamed, given))
    others = [b"PK\x03\x04", b"<html>", b"{\\rtf1", b"all: build", b""]
    assert not any(map(given_unnamed, others))


def test_the_program_does_not_offer_to_open_what_others_are_meant_for() -> None:
    assert not {"application/json", "text/x-python", "application/xml", "image/png"} & set(
        MIME_TYPES
    )
    assert {"application/pdf", "text/csv", "message/rfc822"} <= set(MIME_TYPES)


def test_an_ending_has_letters_and_nothing_but_letters_and_digits() -> None:
    names = ("a.tar.gz", "a.MP3", "Version 1.2", "Acta n.º 3", "a.", ".profile", "a b.c d")
    assert [ending_of(name) for name in names] == [".gz", ".mp3", "", "", "", "", ""]


def test_no_two_formats_share_a_name_an_ending_or_a_title() -> None:
    names = [form.name for form in FORMATS]
    titles = [form.title for form in FORMATS if form.title]
    for values in (names, ENDINGS, titles):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_ending_is_what_a_name_may_end_with(ending: str) -> None:
    assert ending == ending.lower() == Path(f"a{ending}").suffix


@pytest.mark.parametrize("mime_type", MIME_TYPES)
def test_a_mime_type_is_one(mime_type: str) -> None:
    assert re.fullmatch(r"(application|image|message|text)/[A-Za-z0-9.+-]+", mime_type)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_readme_names_what_can_be_read(form: Format) -> None:
    (line,) = re.findall(
        r"^- \*\*index\*\*.*?(?=^- )", (ROOT / "README.md").read_text(), re.M | re.S
    )
    named = set(re.findall(r"[.]\w+", line))
    assert {known.ending for known in form.types} <= named
