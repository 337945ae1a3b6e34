"""What a book in FictionBook says."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from desktop_rag.domain.errors import DocumentBroken
from desktop_rag.engines import safe_xml
from desktop_rag.engines.formats import fiction_book

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><FictionBook'
    ' xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">'
    "<description><title-info><author><first-name>Ada</first-name><last-name>Moor</last-name>"
    "<id>77</id></author><book-title>The Mill</book-title>"
    "<annotation><p>About water.</p></annotation></title-info></description>"
)


def made(body: str) -> tuple[str, str]:
    title, pieces = fiction_book.of_root(safe_xml.parsed(f"{HEAD}{body}</FictionBook>".encode()))
    said = "".join(piece.html for piece in pieces).replace(' id="r"', "")
    return title, said.partition("<p>About water.</p>")[2]


def test_who_wrote_what_comes_first() -> None:
    root = safe_xml.parsed(f"{HEAD}</FictionBook>".encode())
    title, pieces = fiction_book.of_root(root)
    assert title == "The Mill"
    assert "".join(piece.html for piece in pieces) == (
        '<p class="title">The Mill</p><p>Ada Moor</p><p>About water.</p>'
    )


def test_chapters_verses_and_tables_are_read() -> None:
    body = (
        "<body><title><p>The Mill</p></title><section><title><p>One.</p><p>Water</p></title>"
        "<p>It <emphasis>rises</emphasis> <strong>now</strong>.</p><subtitle>* * *</subtitle>"
        "<poem><stanza><v>line one</v><v>line two</v></stanza></poem><empty-line/>"
        "<cite><p>said she</p><text-author>Ann</text-author></cite>"
        "<section><title><p>Deep</p></title><table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
        "</section></section></body>"
    )
    assert made(body)[1] == (
        "<h1>The Mill</h1><h1>One. Water</h1><p>It <i>rises</i> <b>now</b>.</p><p><b>* * *</b></p>"
        "<p>line one</p><p>line two</p><p>said she</p><p>Ann</p><h2>Deep</h2>"
        "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
    )


def test_notes_stand_below_their_paragraph_once() -> None:
    body = (
        '<body><section><p>weir<a l:href="#n1" type="note">[1]</a> and'
        ' <a l:href="#n1" type="note">1</a></p></section></body>'
        '<body name="notes"><title><p>Notes</p></title>'
        '<section id="n1"><title><p>1</p></title><p>of 1911</p></section>'
        '<section id="n2"><title><p>2</p></title><p>nobody leads here</p></section></body>'
    )
    assert made(body)[1] == (
        "<p>weir<sup>[1]</sup> and <sup>[1]</sup></p>"
        '<p class="aside">[1] of 1911</p><h1>Notes</h1><h1>2</h1><p>nobody leads here</p>'
    )


def test_notes_of_a_table_stand_below_it_with_all_that_they_say() -> None:
    body = (
        '<body><section><table><tr><td>weir<a l:href="#n1" type="note">1</a></td></tr></table>'
        '</section></body><body name="notes"><section id="n1"><title><p>1</p></title>'
        "<poem><stanza><v>built</v><v>in 1911</v></stanza></poem></section></body>"
    )
    assert made(body)[1] == (
        '<table><tr><td>weir<sup>[1]</sup></td></tr></table><p class="aside">[1] built in 1911</p>'
    )


def test_pictures_are_shown() -> None:
    file = io.BytesIO()
    Image.new("RGB", (40, 40)).save(file, "PNG")
    coded = base64.b64encode(file.getvalue()).decode()
    body = (
        '<body><section><image l:href="#p"/><image l:href="#none"/></section></body>'
        f'<binary id="p" content-type="image/png">{coded}</binary><binary id="none">!</binary>'
    )
    assert made(body)[1] == '<p><img src="p1" style="width:400px"/></p>'


def test_what_is_no_xml_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "a.fb2"
    path.write_bytes(b"\x00")
    with pytest.raises(DocumentBroken):
        next(fiction_book.convert(path, tmp_path / "a.pdf"))
