"""The files that others bring along."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop_rag.domain.formats import FORMATS
from desktop_rag.engines.formats import attachments as attached
from desktop_rag.engines.formats.attachments import Attachment, attachments, safe_name
from desktop_rag.engines.pdf.mupdf import pymupdf
from tests import pdfs

BY_NAME = {form.name: form for form in FORMATS}


def message(*parts: tuple[str, bytes, str]) -> EmailMessage:
    found = EmailMessage()
    found["Subject"] = "outer"
    found.set_content("words")
    for name, data, kind in parts:
        main, _, sub = kind.partition("/")
        found.add_attachment(data, maintype=main, subtype=sub, filename=name or None)
    return found


def of_message(source: EmailMessage, tmp_path: Path) -> list[Attachment]:
    path = tmp_path / "a.eml"
    path.write_bytes(source.as_bytes())
    return list(attachments(path, BY_NAME["mail"]))


def test_what_has_a_name_or_is_no_text_is_attached(tmp_path) -> None:
    source = message(("grüße.pdf", b"%PDF-", "application/pdf"), ("", b"pixels", "image/png"))
    source.add_attachment("inner", filename="../../nota.txt")
    assert of_message(source, tmp_path) == [
        Attachment("grüße.pdf", b"%PDF-"),
        Attachment("attachment-2.png", b"pixels"),
        Attachment("nota.txt", b"inner\n"),
    ]


def test_an_attached_message_is_one_file(tmp_path) -> None:
    inner = message(("deep.pdf", b"%PDF-", "application/pdf"))
    source = message()
    source.add_attachment(inner)
    (found,) = of_message(source, tmp_path)
    assert found.name == "attachment-1.eml"
    assert b"Subject: outer" in found.data
    path = tmp_path / found.name
    path.write_bytes(found.data)
    assert list(attachments(path, BY_NAME["mail"])) == [Attachment("deep.pdf", b"%PDF-")]


def test_a_message_in_a_message_in_a_message_is_handed_out_one_by_one(tmp_path) -> None:
    source = message(("core.txt", b"core", "text/plain"))
    for _ in range(50):
        outer = message()
        outer.add_attachment(source)
        source = outer
    path = tmp_path / "a.eml"
    path.write_bytes(source.as_bytes())
    for _ in range(50):
        (found,) = attachments(path, BY_NAME["mail"])
        assert found.name == "attachment-1.eml"
        path.write_bytes(found.data)
    assert list(attachments(path, BY_NAME["mail"])) == [Attachment("core.txt", b"core")]


def test_files_of_a_pdf_are_found_in_it_and_on_its_pages(tmp_path) -> None:
    document = pymupdf.open()
    page = document.new_page()
    document.embfile_add("first", b"words", filename="año.txt", ufilename="../año.txt")
    page.add_file_annot((50, 50), b"pinned", "größe.docx", ufilename="größe.docx")
    document.save(tmp_path / "a.pdf")
    assert list(attachments(tmp_path / "a.pdf", BY_NAME["pdf"])) == [
        Attachment("año.txt", b"words"),
        Attachment("größe.docx", b"pinned"),
    ]


@pytest.mark.parametrize("data", [b"%PDF-1.7 and no more", b"", b"<html>"])
def test_a_damaged_pdf_brings_nothing(tmp_path, data) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    assert list(attachments(tmp_path / "a.pdf", BY_NAME["pdf"])) == []


def test_a_pdf_that_lies_about_its_pages_brings_nothing(tmp_path) -> None:
    path = pdfs.with_files(tmp_path / "a.pdf", {"a.txt": b"words"})
    path.write_bytes(path.read_bytes().replace(b"/Count 1", b"/Count -1"))
    assert list(attachments(path, BY_NAME["pdf"])) in ([], [Attachment("a.txt", b"words")])


def test_other_formats_bring_nothing(tmp_path) -> None:
    assert list(attachments(tmp_path / "gone.txt", BY_NAME["text"])) == []


def test_there_is_an_end_to_how_many_and_how_large(tmp_path, monkeypatch) -> None:
    source = message(*((f"{at}.bin", b"x" * 10, "application/x") for at in range(9)))
    monkeypatch.setattr(attached, "_MOST", 5)
    assert len(of_message(source, tmp_path)) == 5
    monkeypatch.setattr(attached, "_MOST_BYTES_TOGETHER", 30)
    assert len(of_message(source, tmp_path)) == 3
    monkeypatch.setattr(attached, "_MOST_BYTES", 9)
    assert of_message(source, tmp_path) == []


def test_a_file_of_a_pdf_is_measured_before_it_is_unpacked(tmp_path, monkeypatch) -> None:
    document = pymupdf.open()
    document.new_page()
    document.embfile_add("bomb", bytes(100_000))
    document.embfile_add("fine", b"words", filename="fine.txt")
    document.save(tmp_path / "a.pdf", deflate=True)
    monkeypatch.setattr(attached, "_MOST_BYTES", 1_000)
    load, unpacked = attached.mupdf.pdf_load_stream, []
    monkeypatch.setattr(
        attached.mupdf, "pdf_load_stream", lambda stream: unpacked.append(stream) or load(stream)
    )
    found = list(attachments(tmp_path / "a.pdf", BY_NAME["pdf"]))
    assert found == [Attachment("fine.txt", b"words")]
    assert len(unpacked) == 1


@pytest.mark.parametrize(
    ("name", "mime_type", "made"),
    [
        ("C:\\Users\\x\\a.pdf", "", "a.pdf"),
        ("a\x00b\u202efdp.exe", "", "abfdp.exe"),
        ("..", "text/html", "attachment-7.html"),
        ("", "application/x-nobody-knows", "attachment-7"),
        ("", "message/rfc822", "attachment-7.eml"),
        ("nul.txt", "", "_nul.txt"),
        ("LPT1", "", "_LPT1"),
        ("x" * 300 + ".docx", "", "x" * 145 + ".docx"),
        ("a" * 200, "", "a" * 150),
    ],
)
def test_names_are_those_of_files_and_of_nothing_else(name, mime_type, made) -> None:
    assert safe_name(name, mime_type, 7) == made
