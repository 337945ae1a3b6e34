"""What a text of OpenDocument says, and what of it nobody sees."""

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from desktop_rag.domain.errors import DocumentBroken, DocumentSealed, DocumentTooLarge
from desktop_rag.domain.formats import Conversion, Guard
from desktop_rag.engines.formats import conversion, open_document
from tests import open_documents

NUMBERED = """
<text:list-style style:name="L1">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"
   text:display-levels="2"/>
 <text:list-level-style-bullet text:level="3" text:bullet-char="x"/>
</text:list-style>"""


def made(tmp_path: Path, body: str, automatic: str = "", **parts) -> str:
    path = open_documents.written(tmp_path / "a.odt", "text", body, automatic, **parts)
    return "".join(piece.html for piece in open_document.of_file(path)[1]).replace(' id="r"', "")


def test_headings_paragraphs_and_blanks_are_kept(tmp_path) -> None:
    body = (
        '<text:h text:outline-level="2">Harbour dues</text:h>'
        '<text:p>one<text:s text:c="2"/>two<text:tab/>three<text:line-break/>'
        '<text:a xlink:href="x">fo<text:bookmark text:name="b"/>ur</text:a> &lt;five&gt;</text:p>'
        "<text:p/>"
    )
    assert made(tmp_path, body) == (
        "<h2>Harbour dues</h2><p>one  two three<br/>four &lt;five&gt;</p>"
    )


def test_the_title_is_that_of_the_document(tmp_path) -> None:
    path = open_documents.written(tmp_path / "a.odt", "text", "<text:p>x</text:p>", title=" A  b ")
    assert open_document.of_file(path)[0] == "A b"


def test_lists_have_the_numbers_that_a_reader_sees(tmp_path) -> None:
    body = """<text:list text:style-name="L1">
      <text:list-item><text:p>first</text:p>
        <text:list><text:list-item><text:p>inner</text:p>
          <text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list>
        </text:list-item></text:list></text:list-item>
      <text:list-item><text:p>second</text:p><text:p>more</text:p></text:list-item>
    </text:list><text:list text:style-name="L1" text:continue-numbering="true">
      <text:list-item><text:p>third</text:p></text:list-item></text:list>
    <text:list text:style-name="L1"><text:list-item text:start-value="7"><text:p>seventh</text:p>
    </text:list-item></text:list><text:list><text:list-item><text:p>plain</text:p></text:list-item>
    </text:list>"""
    lines = made(tmp_path, body, NUMBERED).removesuffix("</p>").split("</p>")
    assert [line.removeprefix("<p>") for line in lines] == [
        "1. first", "1.a) inner", "• deep", "2. second", "more", "3. third", "7. seventh",
        "• plain",
    ]  # fmt: skip


def test_headings_are_numbered_as_the_outline_says(tmp_path) -> None:
    outline = (
        '<office:styles><text:outline-style><text:outline-level-style text:level="1"'
        ' style:num-format="I" style:num-suffix="."/></text:outline-style></office:styles>'
    )
    body = "".join(f'<text:h text:outline-level="1">{one}</text:h>' for one in ("a", "b"))
    assert made(tmp_path, body, styles=outline) == "<h1>I. a</h1><h1>II. b</h1>"


def test_footnotes_and_comments_stand_below_what_they_belong_to(tmp_path) -> None:
    body = (
        "<text:p>The weir<text:note><text:note-citation>3</text:note-citation>"
        "<text:note-body><text:p>of 1911</text:p></text:note-body></text:note> holds"
        "<office:annotation><dc:creator>Ada</dc:creator><dc:date>2024-01-01</dc:date>"
        "<text:p>really?</text:p></office:annotation>.<office:annotation-end/></text:p>"
    )
    assert made(tmp_path, body) == (
        "<p>The weir<sup>[3]</sup> holds.</p>"
        '<p class="aside">[3] of 1911</p><p class="note">Ada: really?</p>'
    )


def test_what_was_deleted_is_gone_and_what_is_hidden_is_marked(tmp_path) -> None:
    automatic = (
        '<style:style style:name="H" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>seen <text:span text:style-name="H">veiled</text:span></text:p>'
        '<text:section text:display="none"><text:p>in a section</text:p></text:section>'
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>whole</text:p>'
        '<text:p>a<text:hidden-text text:is-hidden="true" text:string-value="word"/></text:p>'
    )
    assert made(tmp_path, body, automatic) == (
        '<p>seen </p><p class="hidden">veiled</p><p class="hidden">in a section</p>'
        '<p class="hidden">whole</p><p>a</p><p class="hidden">word</p>'
    )


def test_letters_look_as_their_styles_say_those_below_them_included(tmp_path) -> None:
    styles = (
        '<office:styles><style:style style:name="Strong" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style></office:styles>'
    )
    automatic = (
        '<style:style style:name="T1" style:family="text" style:parent-style-name="Strong">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
        '<style:style style:name="T2" style:family="text">'
        '<style:text-properties fo:font-style="italic" style:text-line-through-style="solid"'
        ' style:text-position="-33% 58%"/></style:style>'
    )
    body = (
        '<text:p>x<text:span text:style-name="T1">2</text:span>'
        '<text:span text:style-name="T2">i</text:span></text:p>'
    )
    assert made(tmp_path, body, automatic, styles=styles) == (
        "<p>x<sup><b>2</b></sup><sub><s><i>i</i></s></sub></p>"
    )


def test_tables_have_their_spans_and_their_head(tmp_path) -> None:
    def cell(words: str, more: str = "") -> str:
        return f"<table:table-cell{more}><text:p>{words}</text:p></table:table-cell>"

    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("a", ' table:number-columns-spanned="2"')
        + "<table:covered-table-cell/></table:table-row></table:table-header-rows>"
        + "<table:table-row>"
        + cell("b", ' table:number-rows-spanned="2"')
        + cell("c")
        + "</table:table-row><table:table-row><table:covered-table-cell/><table:table-cell"
        ' table:number-columns-repeated="2"><text:p>d</text:p></table:table-cell><table:table-cell'
        ' table:number-columns-repeated="16000"/></table:table-row></table:table>'
    )
    assert made(tmp_path, body) == (
        '<table><tr><th colspan="2"><p>a</p></th></tr>'
        '<tr><td rowspan="2"><p>b</p></td><td><p>c</p></td></tr>'
        "<tr><td><p>d</p></td><td><p>d</p></td></tr></table>"
    )


def test_what_stands_on_every_page_is_said_once(tmp_path) -> None:
    masters = (
        "<office:master-styles>"
        + 2
        * (
            "<style:master-page><style:header><text:p>Port of Olhão</text:p></style:header>"
            "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p>"
            "</style:footer></style:master-page>"
        )
        + "</office:master-styles>"
    )
    assert made(tmp_path, "<text:p>x</text:p>", styles=masters) == (
        '<p class="furniture">Port of Olhão</p><p class="furniture">Page 1</p><p>x</p>'
    )


def test_boxes_pictures_charts_and_formulas_are_read(tmp_path) -> None:
    picture = tmp_path / "p.png"
    Image.new("RGB", (40, 40)).save(picture)
    chart = open_documents.root(
        "office:document-content",
        "<office:body><table:table><table:table-row><table:table-cell><text:p>Norte</text:p>"
        "</table:table-cell><table:table-cell><text:p>19</text:p></table:table-cell>"
        "</table:table-row></table:table></office:body>",
    )
    formula = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>E</mi>'
        "<annotation>E = m c^2</annotation></semantics></math>"
    )
    body = (
        "<text:p>see<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
        '<draw:frame svg:width="1in"><draw:image xlink:href="Pictures/p.png"/></draw:frame>'
        '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame>'
        '<draw:frame><draw:object xlink:href="./Object 2"/></draw:frame></text:p>'
    )
    members = {
        "Pictures/p.png": picture.read_bytes(),
        "Object 1/content.xml": chart,
        "Object 2/content.xml": formula,
    }
    assert made(tmp_path, body, members=members) == (
        '<p>see<img src="p1" style="width:72px"/></p><p>boxed</p>'
        "<table><tr><td><p>Norte</p></td><td><p>19</p></td></tr></table><p>E = m c^2</p>"
    )


def test_a_locked_document_is_sealed(tmp_path) -> None:
    inner = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    manifest = open_documents.root("manifest:manifest", inner)
    members: dict[str, str | bytes] = {"META-INF/manifest.xml": manifest}
    path = open_documents.written(tmp_path / "a.odt", "text", "<text:p/>", members=members)
    with pytest.raises(DocumentSealed):
        open_document.of_file(path)


def test_what_has_no_body_is_broken(tmp_path) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("content.xml", "<x/>")
    with pytest.raises(DocumentBroken):
        open_document.of_file(path)


def test_elements_within_each_other_end_somewhere(tmp_path) -> None:
    deep = "<text:span>" * 200 + "x" + "</text:span>" * 200
    inner = "<text:section>" * 200 + "<text:p>y</text:p>" + "</text:section>" * 200
    assert made(tmp_path, f"<text:p>{deep}</text:p>{inner}<text:p>z</text:p>") == "<p>z</p>"


def test_what_unpacks_to_too_much_is_not_unpacked(tmp_path) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("content.xml", bytes((96 << 20) + 1))
    steps = conversion.converted(Conversion("open_document", Guard.ZIP), path, tmp_path / "a.pdf")
    with pytest.raises(DocumentTooLarge):
        list(steps)


def test_a_chart_that_is_asked_for_again_and_again_is_read_some_times(tmp_path) -> None:
    table = (
        "<table:table><table:table-row><table:table-cell><text:p>k</text:p></table:table-cell>"
        "<table:table-cell><text:p>v</text:p></table:table-cell></table:table-row></table:table>"
    )
    chart = open_documents.root("office:document-content", table)
    body = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>' * 1_000
    said = made(tmp_path, body, members={"Object 1/content.xml": chart})
    assert said.count("<table>") == 300


def test_entities_do_not_multiply(tmp_path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as file:
        body = "<office:body><office:text><text:p>&l9; end</text:p></office:text></office:body>"
        root = open_documents.root("office:document-content", body)
        content = root.replace("?>", f'?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>', 1)
        file.writestr("content.xml", content)
    said = "".join(piece.html for piece in open_document.of_file(path)[1])
    assert "haha" not in said


def test_tables_within_tables_that_repeat_each_other_end_somewhere(tmp_path) -> None:
    body = "<text:p>deep</text:p>"
    for _ in range(8):
        cell = f'<table:table-cell table:number-columns-repeated="90">{body}</table:table-cell>'
        body = (
            '<table:table><table:table-row table:number-rows-repeated="90">'
            f"{cell}</table:table-row></table:table>"
        )
    assert 0 < made(tmp_path, body).count("deep") < 100_000
