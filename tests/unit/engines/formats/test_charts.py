"""What charts and diagrams say."""

from lxml import etree

from desktop_rag.engines.formats import charts

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def test_points_without_names_are_shown_by_their_numbers() -> None:
    points = '<pt idx="{}"><v>{}</v></pt>'
    one = f"<xVal><numCache>{points.format(0, 1.5)}{points.format(2, 3)}</numCache></xVal>"
    two = f"<yVal><numCache>{points.format(2, 'x')}</numCache></yVal>"
    root = f"<c><plotArea><scatterChart><ser>{one}{two}</ser></scatterChart></plotArea></c>"
    made = "".join(charts.chart_blocks(etree.fromstring(root))).replace(' id="r"', "")
    assert "<tr><td>1.5</td><td></td></tr><tr><td>3</td><td>x</td></tr>" in made


def test_only_the_boxes_of_a_diagram_have_text() -> None:
    box = "<pt {}><t><a:p><a:r><a:t>{}</a:t></a:r></a:p></t></pt>"
    boxes = box.format("", "Plan") + box.format('type="pres"', "no") + box.format("", "Do")
    root = etree.fromstring(f'<d xmlns:a="{DRAWING}">{boxes}</d>')
    assert list(charts.diagram_blocks(root)) == ["<p>Plan</p>", "<p>Do</p>"]
