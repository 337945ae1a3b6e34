"""What a presentation says, as HTML."""

import pptx
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
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
