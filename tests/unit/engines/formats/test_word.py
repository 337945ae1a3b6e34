"""What a Word document says, as HTML."""

import re
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from desktop_rag.engines.formats import word, word_tables
from tests import operations, originals


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


# What is tracked, noted and hidden


def added(paragraph, xml: str):
    """Append XML to a paragraph, whose prefixes are those of python-docx."""
    names = nsdecls("w", "m", "r", "wp", "a")
    for element in parse_xml(f"<w:all {names}>{xml}</w:all>"):
        paragraph._p.append(element)
    return paragraph


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def part(document, name: str, kind: str, xml: str) -> str:
    """Add a part to a document, and return the id of its relation."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    blob = f"<w:{kind} {nsdecls('w')}>{xml}</w:{kind}>".encode()
    made = Part(PackURI(f"/word/{name}.xml"), "application/xml", blob, document.part.package)
    return document.part.relate_to(made, f"{office}/{name}")


def note(number: int, text: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{number}"><w:p>{run(text)}</w:p><w:p>{run("more")}</w:p></w:{kind}>'


def reference(number: int, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}" {more}/></w:r>'


def test_what_was_moved_is_where_it_was_moved_to(document, tmp_path) -> None:
    added(document.add_paragraph("a "), f"<w:moveFrom>{run('clause')}</w:moveFrom>{run('b')}")
    added(document.add_paragraph("c "), f"<w:moveTo>{run('clause')}</w:moveTo>")
    assert html(document, tmp_path) == "<p>a b</p><p>c clause</p>"


def test_a_paragraph_whose_mark_was_deleted_goes_on_with_the_next(document, tmp_path) -> None:
    for text, gone in (("one ", True), ("two", False), ("last", True)):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f"<w:rPr {nsdecls('w')}>{'<w:del/>' * gone}</w:rPr>"))
    document.add_table(1, 2).cell(0, 0).text = "cell"
    made = html(document, tmp_path)
    assert made.startswith("<p>one two</p><p>last</p><table>")


def test_deleted_rows_are_not_read(document, tmp_path) -> None:
    table = document.add_table(3, 2)
    for at, row in enumerate(table.rows):
        row.cells[0].text = f"row{at}"
    properties = table.rows[1]._tr.get_or_add_trPr()
    properties.append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    made = html(document, tmp_path)
    assert [name in made for name in ("row0", "row1", "row2")] == [True, False, True]


def test_notes_have_the_numbers_that_people_see(document, tmp_path) -> None:
    part(document, "footnotes", "footnotes", note(5, "second") + note(9, "first") + note(7, "own"))
    part(document, "endnotes", "endnotes", note(2, "end", "endnote"))
    own = reference(7, more='w:customMarkFollows="1"')
    marks = reference(9) + own + run("*") + reference(5) + reference(2, "endnote") + reference(9)
    added(document.add_paragraph("x"), marks)
    assert html(document, tmp_path) == (
        "<p>x<sup>[1]</sup>*<sup>[2]</sup><sup>[i]</sup><sup>[1]</sup></p>"
        '<p class="aside">[1] first<br/>more</p><p class="aside">own<br/>more</p>'
        '<p class="aside">[2] second<br/>more</p><p class="aside">[i] end<br/>more</p>'
        '<p class="aside">[1] first<br/>more</p>'
    )


def test_comments_stand_below_what_they_are_about_with_their_authors(document, tmp_path) -> None:
    about = document.add_paragraph()
    document.add_comment(about.add_run("price"), "Is this <right>?", "Ana María", "AM")
    document.add_paragraph("after")
    made = html(document, tmp_path)
    assert made == '<p>price</p><p class="note">Ana María: Is this &lt;right&gt;?</p><p>after</p>'


def test_a_comment_that_nothing_refers_to_is_not_lost(document, tmp_path) -> None:
    about = document.add_paragraph()
    document.add_comment(about.add_run("price"), "Lonely", "", "")
    for mark in about._p.xpath(".//w:commentReference"):
        mark.getparent().remove(mark)
    assert html(document, tmp_path) == '<p>price</p><p class="note">Lonely</p>'


def test_hidden_text_is_told_apart(document, tmp_path) -> None:
    style = document.styles.add_style("Secret", 2)
    style.font.hidden = True
    paragraph = document.add_paragraph("seen ")
    paragraph.add_run("by itself ").font.hidden = True
    paragraph.add_run("by style", style="Secret")
    paragraph.add_run("not", style="Secret").font.hidden = False
    assert html(document, tmp_path) == ('<p>seen not</p><p class="hidden">by itself by style</p>')


# Headers and footers


def test_a_letterhead_is_text_once(document, tmp_path) -> None:
    document.add_paragraph("Dear Ana,")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Mill & Co., our reference 17"
    section.footer.paragraphs[0].text = "Account 99"
    other = document.add_section()
    other.header.is_linked_to_previous = False
    other.header.paragraphs[0].text = "Mill & Co., our reference 17"
    made = html(document, tmp_path)
    assert made == ("<p>Mill &amp; Co., our reference 17</p><p>Dear Ana,</p><p>Account 99</p>")


def test_what_the_body_says_needs_no_header(document, tmp_path) -> None:
    document.add_paragraph("The  Title")
    document.sections[0].header.paragraphs[0].text = "THE TITLE"
    assert html(document, tmp_path) == "<p>The  Title</p>"


def test_headers_of_no_page_are_not_read(document, tmp_path) -> None:
    document.add_paragraph("x")
    section = document.sections[0]
    section.first_page_header.paragraphs[0].text = "first"
    section.even_page_header.paragraphs[0].text = "even"
    assert html(document, tmp_path) == "<p>x</p>"
    section.different_first_page_header_footer = True
    document.settings.odd_and_even_pages_header_footer = True
    assert html(document, tmp_path) == "<p>first</p><p>even</p><p>x</p>"


def field(code: str, given: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inner = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
    return f"{mark.format('begin')}{inner}{mark.format('separate')}{given}{mark.format('end')}"


def test_only_the_numbers_of_pages_are_furniture(document, tmp_path) -> None:
    document.add_paragraph("x")
    footer = document.sections[0].footer
    added(footer.paragraphs[0], run("Page ") + field("PAGE", run("3")) + run(" of ")
          + field("NUMPAGES", run("7")))  # fmt: skip
    added(footer.add_paragraph(), run("File 12-b, page ") + field("PAGE", run("3")))
    assert html(document, tmp_path) == (
        '<p>x</p><p class="furniture">Page  of </p><p>File 12-b, page </p>'
    )


# Signs and structure


def test_fields_show_what_they_give(document, tmp_path) -> None:
    inner = field("MERGEFIELD sex", run("code"))
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    outer = f"{mark.format('begin')}<w:r><w:instrText>IF </w:instrText></w:r>{inner}"
    outer += f"{mark.format('separate')}{run('Dear Sir')}{mark.format('end')}"
    added(document.add_paragraph("a "), outer + run(" b"))
    added(document.add_paragraph(), mark.format("begin"))
    document.add_paragraph("after a field that never ends")
    assert html(document, tmp_path) == ("<p>a Dear Sir b</p><p>after a field that never ends</p>")


def test_symbols_and_formulas_are_letters(document, tmp_path) -> None:
    symbols = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:softHyphen/></w:r>'
    greek = run("\uf061 1", '<w:rFonts w:ascii="Symbol"/>')
    half = "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    added(document.add_paragraph(), f"{symbols}{greek}<m:oMath>{half}</m:oMath>")
    assert html(document, tmp_path) == "<p>✓\u00adα 1a/2</p>"


def test_a_text_box_in_a_text_box_is_read_once(document, tmp_path) -> None:
    def box(inner: str) -> str:
        return f"<w:pict><w:txbxContent><w:p>{inner}</w:p></w:txbxContent></w:pict>"

    inner = f"<w:r>{box(run('in'))}</w:r>"
    added(document.add_paragraph(), f"<w:r>{box(run('out') + inner)}</w:r>")
    assert html(document, tmp_path) == "<p>out</p><p>in</p>"


def test_rows_and_cells_in_content_controls_are_there(document, tmp_path) -> None:
    table = document.add_table(2, 2)
    for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"c{at}"
    row = table.rows[1]._tr
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    row.addprevious(control)
    control[0].append(row)
    made = html(document, tmp_path)
    assert all(f"c{at}" in made for at in range(4))


def test_a_row_that_begins_later_leaves_room(document, tmp_path) -> None:
    table = document.add_table(2, 2)
    first = table.rows[0]._tr
    first.remove(first.tc_lst[0])
    first.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="1"/>'))
    assert "<th></th><th></th></tr>" in html(document, tmp_path)


@pytest.mark.parametrize(("first_row", "tag"), [("1", "th"), ("0", "td")])
def test_the_first_row_names_the_columns_unless_the_table_says_not(
    document, tmp_path, first_row, tag
) -> None:
    table = document.add_table(2, 2)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstRow"), first_row)
    assert html(document, tmp_path).count(f"<{tag}>") == (2 if tag == "th" else 4)


def test_a_long_table_keeps_its_grid_in_all_its_parts(document, tmp_path) -> None:
    table = document.add_table(402, 2)
    merge = f'<w:vMerge {nsdecls("w")} w:val="{{}}"/>'
    for at, row in enumerate(table._tbl.tr_lst[1:]):
        properties = row.tc_lst[0].get_or_add_tcPr()
        properties.append(parse_xml(merge.format("continue" if at else "restart")))
    made = html(document, tmp_path)
    assert re.findall('rowspan="([0-9]+)"', made) == ["401", "201"]
    assert made.count("<td></td>") == 401 + 1  # the third part has a single row


def test_the_work_grows_with_the_rows_and_not_faster(document, tmp_path) -> None:
    def work(count: int) -> int:
        table = parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/></w:tbl>")
        cell = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
        row = parse_xml(f"<w:tr {nsdecls('w')}>{cell * 3}</w:tr>")
        for _ in range(count):
            table.append(deepcopy(row))
        return operations.calls_of(lambda: list(word_tables.table_html(table, lambda _: ["x"])))

    assert work(1_600) < 5 * work(400)


def test_a_list_that_begins_anew_counts_from_there(document, tmp_path) -> None:
    root = document.part.numbering_part.element
    style = document.styles["List Number"].element
    its = next(n for n in root.num_lst if n.numId == style.pPr.numPr.numId.val)
    again = root.add_num(its.abstractNumId.val)
    again.add_lvlOverride(0).add_startOverride(1)
    for number in (its.numId, its.numId, again.numId, again.numId):
        paragraph = document.add_paragraph("x")
        paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
        paragraph._p.pPr.numPr.get_or_add_ilvl().val = 0
    labels = re.findall(r">([^<>]*)x</p>", html(document, tmp_path))
    assert labels == ["1. ", "2. ", "1. ", "2. "]


def test_charts_and_diagrams_say_what_is_in_them(document, tmp_path) -> None:
    box = "<d:pt><a:p><a:r><a:t>Plan</a:t></a:r></a:p></d:pt>"
    names = f'xmlns:d="urn:d" {nsdecls("a")}'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    data = f"<d:data {names}>{box}</d:data>".encode()
    made = Part(PackURI("/word/data1.xml"), "application/xml", data, document.part.package)
    number = document.part.relate_to(made, office)
    diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    ids = f'<w:r><w:drawing><dgm:relIds xmlns:dgm="{diagram}" r:dm="{number}"/></w:drawing></w:r>'
    added(document.add_paragraph("See:"), ids)
    assert html(document, tmp_path) == "<p>See:</p><p>Plan</p>"
