"""What is filled into a form is read once, where it stands."""

from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.engines.pdf import reading

KINDS = {
    "text": pymupdf.PDF_WIDGET_TYPE_TEXT,
    "choice": pymupdf.PDF_WIDGET_TYPE_COMBOBOX,
    "list": pymupdf.PDF_WIDGET_TYPE_LISTBOX,
}


def field(page, kind: str, value: str, top: float, **more) -> None:
    widget = pymupdf.Widget()
    widget.field_type = KINDS[kind]
    widget.field_name = f"{kind} {top}"
    widget.rect = pymupdf.Rect(150, top, 400, top + 20)
    if kind != "text":
        widget.choice_values = ["first", value, "last"]
    widget.field_value = value
    for name, one in more.items():
        setattr(widget, name, one)
    page.add_widget(widget)


def text(document, tmp_path: Path) -> str:
    path = tmp_path / "sample.pdf"
    document.save(path)
    with reading.opened(path) as opened:
        (page,) = reading.pages(opened)
    for line in page.lines:
        for word in line.words:
            assert 0 <= word.box.x0 < word.box.x1 <= 1
    return "\n".join(line.text for line in page.lines)


@pytest.fixture
def page():
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 114), "Name of barge")
        yield page


@pytest.mark.parametrize("kind", ["text", "choice"])
@pytest.mark.parametrize("drawn", [True, False])
def test_the_value_of_a_field_is_read_once(page, tmp_path, kind: str, drawn: bool) -> None:
    field(page, kind, "Lady Maud", 100)
    if not drawn:
        for widget in page.widgets():
            page.parent.xref_set_key(widget.xref, "AP", "null")
    assert text(page.parent, tmp_path).count("Lady Maud") == 1


def test_a_box_for_each_letter_parts_no_word(page, tmp_path) -> None:
    field(page, "text", "MAUD1871", 100, text_maxlen=8)
    for widget in page.widgets():
        page.parent.xref_set_key(widget.xref, "Ff", str(1 << 24))
        page.parent.xref_set_key(widget.xref, "AP", "null")
    assert "MAUD1871" in text(page.parent, tmp_path)


@pytest.mark.parametrize(("flags", "read"), [(0, True), (pymupdf.PDF_TX_FIELD_IS_PASSWORD, False)])
def test_what_is_not_drawn_is_read_unless_it_is_a_password(page, tmp_path, flags, read) -> None:
    field(page, "text", "sesame", 100, field_flags=flags)
    empty = page.parent.get_new_xref()
    page.parent.update_object(empty, "<</Type/XObject/Subtype/Form/BBox[0 0 250 20]>>")
    page.parent.update_stream(empty, b" ")
    for widget in page.widgets():
        page.parent.xref_set_key(widget.xref, "AP", f"<</N {empty} 0 R>>")
    assert ("sesame" in text(page.parent, tmp_path)) is read
