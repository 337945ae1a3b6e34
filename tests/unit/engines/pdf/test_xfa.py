"""Forms of Adobe's XML are read, or refused for what they are."""

from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.domain.errors import FormNotShown
from desktop_rag.engines.pdf import reading
from tests import pdfs

MESSAGE = (
    "Please wait... If this message is not eventually replaced by the proper contents of the "
    "document, your PDF viewer may not be able to display this type of document."
)
OPEN = '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">'
TEMPLATE = """<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="toll">
<draw><value><text>Register of tolls</text></value></draw>
<draw presence="hidden"><value><text>Internal</text></value></draw>
<field name="barge"><caption><value><text>Name of the barge:</text></value></caption></field>
<field name="kind"><caption><value><text>Cargo:</text></value></caption>
<items><text>Grain</text><text>Lime</text></items>
<items save="1"><text>g</text><text>l</text></items>
</field>
<draw><value><exData contentType="text/html"><body xmlns="http://www.w3.org/1999/xhtml">
<p>Pay at the <b>weir</b>.</p></body></exData></value></draw>
<event><script>secret()</script></event></subform></template>"""
DATA = """<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><toll>
<barge>Lady Maud</barge><kind>l</kind><remark>Paid twice</remark></toll></xfa:data>
</xfa:datasets>"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "form.pdf"


def read(path: Path) -> list[str]:
    with reading.opened(path) as document:
        pages = list(reading.pages(document))
        assert reading.page(document, 0) == pages[0]
    for line in pages[0].lines:
        for word in line.words:
            assert 0 <= word.box.x0 < word.box.x1 <= 1
            assert 0 <= word.box.y0 < word.box.y1 <= 1
    return [line.text for line in pages[0].lines]


def test_the_words_of_a_form_come_in_order_with_what_is_filled_in(path) -> None:
    parts = {"preamble": OPEN, "template": TEMPLATE, "datasets": DATA, "postamble": "</xdp:xdp>"}
    assert read(pdfs.dynamic_form(path, parts, MESSAGE)) == [
        "Register of tolls",
        "Name of the barge: Lady Maud",
        "Cargo: Lime",
        "Pay at the weir.",
        "remark: Paid twice",
    ]


def test_data_alone_is_read(path) -> None:
    found = read(pdfs.dynamic_form(path, {"datasets": DATA}, MESSAGE))
    assert found == ["barge: Lady Maud", "kind: l", "remark: Paid twice"]


def test_the_parts_of_a_form_may_be_listed_elsewhere(path, tmp_path) -> None:
    with pymupdf.open(pdfs.dynamic_form(tmp_path / "made.pdf", {"d": DATA}, MESSAGE)) as document:
        _, parts = document.xref_get_key(document.pdf_catalog(), "AcroForm/XFA")
        listed = document.get_new_xref()
        document.update_object(listed, parts)
        document.xref_set_key(document.pdf_catalog(), "AcroForm/XFA", f"{listed} 0 R")
        document.save(path)
    assert read(path) == ["barge: Lady Maud", "kind: l", "remark: Paid twice"]


@pytest.mark.parametrize("part", ["", "<broken", "<xdp:xdp xmlns:xdp='x'/>"])
def test_a_form_that_holds_nothing_says_what_it_is(path, part: str) -> None:
    pdfs.dynamic_form(path, {"datasets": part}, MESSAGE)
    with reading.opened(path) as document, pytest.raises(FormNotShown) as caught:
        list(reading.pages(document))
    assert caught.value.name == "form.pdf"


def test_a_form_that_shows_its_words_is_read_as_it_is(path) -> None:
    found = read(pdfs.dynamic_form(path, {"datasets": DATA}, "Register of tolls"))
    assert found == ["Register of tolls"]


def test_no_entity_is_expanded(path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bang"><!ENTITY c "&b;&b;&b;">]>'
    parts = {"datasets": f"{bomb}{DATA.replace('Paid twice', 'Paid &c; twice')}"}
    assert not any("bang" in line for line in read(pdfs.dynamic_form(path, parts, MESSAGE)))


def test_a_form_of_many_lines_stays_on_its_page(path) -> None:
    rows = "".join(f"<row>Barge {at}</row>" for at in range(3_000))
    data = DATA.replace("<remark>", f"{rows}<remark>")
    assert len(read(pdfs.dynamic_form(path, {"datasets": data}, MESSAGE))) == 3_003


def test_elements_in_elements_without_end_are_borne(path) -> None:
    deep = "<subform>" * 5_000 + "</subform>" * 5_000
    parts = {"a": f"{OPEN}<template>{deep}</template>", "datasets": DATA, "z": "</xdp:xdp>"}
    pdfs.dynamic_form(path, parts, MESSAGE)
    with reading.opened(path) as document:
        try:
            list(reading.pages(document))
        except FormNotShown:
            return


def test_names_and_paths_of_a_hundred_thousand_signs_are_read_in_time(path) -> None:
    name = "field" * 500 + "1" * 4_000 + "-"
    field = f'<field name="barge"><bind ref="{"a" * 100_000}["/></field>'
    parts = {
        "1" * 100_000: OPEN,
        "template": TEMPLATE.replace("<event>", f"{field}<event>"),
        "datasets": DATA.replace("remark", name),
        "postamble": "</xdp:xdp>",
    }
    assert "Name of the barge: Lady Maud" in read(pdfs.dynamic_form(path, parts, MESSAGE))


@pytest.mark.parametrize(
    ("reference", "barge"),
    [("$.toll.barge[*]", "Maud"), ("$record.toll[0].barge", "Maud"), ("$", ""), ("$.other", "")],
)
def test_a_field_says_where_its_data_are(path, reference: str, barge: str) -> None:
    template = TEMPLATE.replace('<field name="barge">', f'<field><bind ref="{reference}"/>')
    data = DATA.replace("Lady Maud", "Maud")
    parts = {"p": OPEN, "template": template, "datasets": data, "q": "</xdp:xdp>"}
    found = read(pdfs.dynamic_form(path, parts, MESSAGE))
    assert f"Name of the barge: {barge}".strip() in found
