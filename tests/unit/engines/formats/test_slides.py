"""What a presentation says, as HTML."""

import pptx
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.util import Inches

from desktop_rag.engines.formats import slides
from tests import originals


def html(presentation, tmp_path) -> list[str]:
    presentation.save(str(tmp_path / "a.pptx"))
    return [flow.html for flow in slides.of_file(tmp_path / "a.pptx")[1]]


def blank(presentation):
    return presentation.slides.add_slide(presentation.slide_layouts[6])


def boxed(shapes, text: str, top: float) -> None:
    shapes.add_textbox(Inches(1), Inches(top), Inches(4), Inches(1)).text_frame.text = text


def test_boxes_are_read_from_top_to_bottom(tmp_path) -> None:
    presentation = pptx.Presentation()
    shapes = blank(presentation).shapes
    for text, top in (("third", 5), ("first", 1), ("second", 3)):
        boxed(shapes, text, top)
    (made,) = html(presentation, tmp_path)
    assert made == '<div class="slide"><p>first</p><p>second</p><p>third</p></div>'


def test_groups_tables_charts_and_notes_are_read(tmp_path) -> None:
    presentation = pptx.Presentation()
    slide = blank(presentation)
    boxed(slide.shapes.add_group_shape().shapes, "grouped", 0)
    place = Inches(1), Inches(2), Inches(4), Inches(1)
    table = slide.shapes.add_table(2, 2, *place).table
    for at in range(4):
        table.cell(at // 2, at % 2).text = f"c{at}"
    figures = CategoryChartData()
    figures.categories = ["Norte", "Sur"]
    figures.add_series("Ventas", (19.5, 21))
    chart = Inches(1), Inches(4), Inches(4), Inches(2)
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *chart, figures)
    slide.notes_slide.notes_text_frame.text = "a note"
    (made,) = html(presentation, tmp_path)
    plain = made.replace(' id="r"', "")
    assert plain.index("grouped") < plain.index("c0") < plain.index("Norte") < plain.index("note")
    assert "<tr><th>c0</th><th>c1</th></tr><tr><td>c2</td><td>c3</td></tr>" in plain
    assert "<tr><td>Sur</td><td>21</td></tr>" in plain


def test_pictures_are_shown_and_empty_slides_keep_their_place(tmp_path) -> None:
    presentation = pptx.Presentation()
    blank(presentation)
    path = originals.picture(tmp_path / "a.png")
    blank(presentation).shapes.add_picture(str(path), Inches(1), Inches(1), Inches(2))
    empty, shown = html(presentation, tmp_path)
    assert empty == '<div class="slide"><p> </p></div>'
    assert '<img src="p1" style="width:144px"/>' in shown


MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def part(presentation, on, name: str, relation: str, xml: str) -> str:
    """Add a part, and return the id of its relation."""
    uri = PackURI(f"/ppt/{name}.xml")
    made = Part(uri, "application/xml", presentation.part.package, xml.encode())
    return on.part.relate_to(made, f"http://example.org/relationships/{relation}")


def test_breaks_and_fields_are_part_of_what_is_said(tmp_path) -> None:
    presentation = pptx.Presentation()
    slide = blank(presentation)
    boxed(slide.shapes, "one\vtwo ", 1)
    paragraph = slide.shapes[0].text_frame.paragraphs[0]._p
    field = f'<a:fld xmlns:a="{MAIN}" id="x" type="datetime1"><a:t>May 5</a:t></a:fld>'
    paragraph.append(etree.fromstring(field))
    (made,) = html(presentation, tmp_path)
    assert made == '<div class="slide"><p>one<br/>two May 5</p></div>'


def test_hidden_slides_and_shapes_are_told_apart(tmp_path) -> None:
    presentation = pptx.Presentation()
    seen, unseen = blank(presentation), blank(presentation)
    boxed(seen.shapes, "a", 1)
    boxed(seen.shapes, "b", 2)
    seen.shapes[1]._element.nvSpPr.cNvPr.set("hidden", "1")
    boxed(unseen.shapes, "c", 1)
    unseen._element.set("show", "0")
    assert html(presentation, tmp_path) == [
        '<div class="slide"><p>a</p><div class="hidden"><p>b</p></div></div>',
        '<div class="slide hidden"><p>c</p></div>',
    ]


def test_what_stands_in_all_margins_comes_once(tmp_path) -> None:
    presentation = pptx.Presentation()
    layout = presentation.slide_layouts[6]
    footer = next(s for s in layout.placeholders if s.placeholder_format.type == 15)
    for _ in range(2):
        slide = blank(presentation)
        slide.shapes.clone_placeholder(footer)
        slide.placeholders[footer.placeholder_format.idx].text_frame.text = "The mill, 2024"
    first, second = html(presentation, tmp_path)
    assert first == '<div class="slide"><p class="furniture">The mill, 2024</p></div>'
    assert second == '<div class="slide"><p> </p></div>'


def test_a_linked_picture_and_a_box_without_a_shape_keep_nothing_from_being_read(tmp_path) -> None:
    presentation = pptx.Presentation()
    shapes = blank(presentation).shapes
    picture = shapes.add_picture(str(originals.picture(tmp_path / "a.png")), 0, 0)
    blip = picture._element.blipFill.blip
    blip.set(qn("r:link"), blip.attrib.pop(qn("r:embed")))
    box = shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(1), Inches(1))
    box.text_frame.text = "The weir"
    box._element.spPr.remove(box._element.spPr.prstGeom)
    (made,) = html(presentation, tmp_path)
    assert "<p>The weir</p>" in made


def test_comments_have_their_authors(tmp_path) -> None:
    presentation = pptx.Presentation()
    old, new = blank(presentation), blank(presentation)
    people = '<x:l xmlns:x="urn:x"><x:{} id="{}" name="Ana"/></x:l>'
    part(presentation, presentation, "old", "commentAuthors", people.format("cmAuthor", 0))
    part(presentation, presentation, "new", "authors", people.format("author", "{1}"))
    cm = '<x:l xmlns:x="urn:x"><x:cm authorId="0"><x:text>Why &lt;so&gt;?</x:text></x:cm></x:l>'
    part(presentation, old, "comments/1", "comments", cm)
    body = "<x:txBody><x:p><x:r><x:t>{}</x:t></x:r></x:p></x:txBody>"
    reply = f'<x:reply authorId="?">{body.format("Because.")}</x:reply>'
    cm = f'<x:l xmlns:x="urn:x"><x:cm authorId="{{1}}">{reply}{body.format("Why?")}</x:cm></x:l>'
    part(presentation, new, "comments/2", "comments", cm)
    first, second = html(presentation, tmp_path)
    assert '<p class="note">Ana: Why &lt;so&gt;?</p>' in first
    assert '<p class="note">Ana: Why?</p><p class="note">Because.</p>' in second


def test_figures_keep_their_digits(tmp_path) -> None:
    presentation = pptx.Presentation()
    figures = CategoryChartData(number_format="#,##0")
    figures.categories = ["Flour"]
    figures.add_series("2024", (1234567,))
    place = Inches(1), Inches(1), Inches(4), Inches(2)
    frame = blank(presentation).shapes.add_chart(XL_CHART_TYPE.PIE, *place, figures)
    frame.chart.has_title = True
    frame.chart.chart_title.text_frame.text = "What was ground"
    (made,) = html(presentation, tmp_path)
    assert "<b>What was ground</b>" in made
    assert "<td>Flour</td><td>1,234,567</td>" in made
