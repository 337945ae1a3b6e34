"""What a Word document says, as HTML."""

from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from desktop_rag.engines.formats import word
from tests import originals


@pytest.fixture
def document():
    return docx.Document()


def html(document, tmp_path: Path) -> str:
    path = tmp_path / "a.docx"
    document.save(str(path))
    return "".join(flow.html for flow in word.of_file(path)[1])


def test_headings_are_told_by_their_level(document, tmp_path) -> None:
    document.add_heading("Title", 0)
    document.add_heading("One", 1)
    document.add_heading("Two", 2)
    document.add_heading("Nine", 9)
    assert html(document, tmp_path) == (
        '<p class="title">Title</p><h1>One</h1><h2>Two</h2><h6>Nine</h6>'
    )


def test_a_style_of_ones_own_may_be_a_heading(document, tmp_path) -> None:
    style = document.styles.add_style("Encabezado propio", 1)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    style.element.get_or_add_pPr().append(level)
    document.add_paragraph("Propio", style=style)
    assert html(document, tmp_path) == "<h2>Propio</h2>"


def test_letters_keep_their_weight(document, tmp_path) -> None:
    paragraph = document.add_paragraph("a ")
    paragraph.add_run("b").bold = True
    paragraph.add_run(" c").italic = True
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(" <&>").bold = False
    expected = "<p>a <b>b</b><i> c</i><sup>2</sup> &lt;&amp;&gt;</p>"
    assert html(document, tmp_path) == expected


def test_lists_are_counted_as_word_counts_them(document, tmp_path) -> None:
    for style in ("List Bullet", "List Number", "List Number", "Normal", "List Number"):
        document.add_paragraph("x", style=style)
    made = html(document, tmp_path)
    labels = [part.partition("<")[0] for part in made.split(">") if part.endswith("x</p")]
    assert labels == ["• x", "1. x", "2. x", "x", "3. x"]


def test_merged_cells_take_their_room(document, tmp_path) -> None:
    table = document.add_table(3, 3)
    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.text = f"{at}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "wide"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "high"
    made = html(document, tmp_path).replace("<p>", "").replace("</p>", "")
    assert '<th colspan="2">wide</th>' in made
    assert '<td rowspan="2">high</td><td>11</td><td>12</td></tr>' in made
    assert made.count("<tr") == 3
    assert made.count("<td") + made.count("<th") == 7
    assert made.count("high") == made.count("wide") == 1


def test_a_table_of_one_cell_is_only_a_frame(document, tmp_path) -> None:
    document.add_table(1, 1).cell(0, 0).text = "framed"
    assert html(document, tmp_path) == "<p>framed</p>"


def test_what_was_deleted_is_not_read_and_what_was_inserted_is(document, tmp_path) -> None:
    paragraph = document.add_paragraph("kept ")
    for tag, inner in (("ins", "<w:t>new</w:t>"), ("del", "<w:delText>old</w:delText>")):
        paragraph._p.append(parse_xml(f"<w:{tag} {nsdecls('w')}><w:r>{inner}</w:r></w:{tag}>"))
    assert html(document, tmp_path) == "<p>kept new</p>"


def test_links_fields_and_content_controls_are_read(document, tmp_path) -> None:
    paragraph = document.add_paragraph("a ")
    for tag in ("hyperlink", "fldSimple", "smartTag"):
        paragraph._p.append(
            parse_xml(f"<w:{tag} {nsdecls('w')}><w:r><w:t>{tag} </w:t></w:r></w:{tag}>")
        )
    control = (
        "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    paragraph._p.addnext(parse_xml(control.format(nsdecls("w"))))
    assert html(document, tmp_path) == "<p>a hyperlink fldSimple smartTag </p><p>control</p>"


def test_a_text_box_is_read_once(document, tmp_path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    document.add_paragraph("before")._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="{mc}"><mc:AlternateContent><mc:Choice Requires="wps">'
            f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert html(document, tmp_path) == "<p>before</p><p>boxed</p>"


def test_pictures_come_with_the_piece_that_shows_them(document, tmp_path) -> None:
    document.add_picture(str(originals.picture(tmp_path / "a.png")))
    document.add_picture(str(originals.picture(tmp_path / "b.jpg", ["Other"])))
    document.save(str(tmp_path / "a.docx"))
    (flow,) = word.of_file(tmp_path / "a.docx")[1]
    assert sorted(flow.pictures) == ["p1", "p2"]
    assert all(f'src="{name}"' in flow.html for name in flow.pictures)


def test_a_picture_of_too_many_pixels_is_left_out(document, tmp_path) -> None:
    path = originals.picture(tmp_path / "a.png")
    document.add_picture(str(path))
    document.save(str(tmp_path / "a.docx"))
    vast = originals.claiming(path, 10_000)
    originals.repacked(tmp_path / "a.docx", {"word/media/image1.png": vast})
    assert not [flow for flow in word.of_file(tmp_path / "a.docx")[1] if flow.pictures]
