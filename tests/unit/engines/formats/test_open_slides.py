"""What slides of OpenDocument say, each on a page."""

from pathlib import Path

from desktop_rag.engines.formats import open_document
from tests import open_documents


def frame(words: str, kind: str = "", y: int = 1, more: str = "") -> str:
    said = "".join(f"<text:p>{line}</text:p>" for line in words.split("\n"))
    named = f' presentation:class="{kind}"' if kind else ""
    return (
        f'<draw:frame{named}{more} svg:x="1cm" svg:y="{y}cm"><draw:text-box>{said}</draw:text-box>'
        "</draw:frame>"
    )


def made(tmp_path: Path, body: str, automatic: str = "", styles: str = "") -> list:
    path = open_documents.written(
        tmp_path / "a.odp", "presentation", body, automatic, styles=styles
    )
    return list(open_document.of_file(path)[1])


def test_a_slide_is_a_page_with_its_title_first_and_its_notes_last(tmp_path) -> None:
    notes = f"<presentation:notes>{frame('say hello', 'notes')}</presentation:notes>"
    slide = (
        "<draw:page>"
        + frame("third", y=9)
        + frame("second", y=4)
        + frame("The\nTitle", "title", y=2)
        + frame("12", "page-number")
        + frame("Click to add", "outline", more=' presentation:placeholder="true"')
        + notes
        + "</draw:page>"
    )
    styles = (
        "<office:automatic-styles><style:page-layout><style:page-layout-properties"
        ' fo:page-width="10in" fo:page-height="8in"/></style:page-layout></office:automatic-styles>'
    )
    (piece,) = made(tmp_path, slide, styles=styles)
    assert piece.html == (
        '<div class="slide"><h1>The Title</h1><p>second</p><p>third</p>'
        '<hr/><p class="aside">say hello</p></div>'
    )
    assert piece.size == (720.0, 576.0)
    assert piece.fresh
    assert piece.whole


def test_empty_slides_keep_their_place(tmp_path) -> None:
    first, second = made(tmp_path, "<draw:page/><draw:page>" + frame("x") + "</draw:page>")
    assert first.html == '<div class="slide"><p> </p></div>'
    assert second.html == '<div class="slide"><p>x</p></div>'


def test_a_slide_that_is_not_shown_is_hidden_text(tmp_path) -> None:
    automatic = (
        '<style:style style:name="dp2" style:family="drawing-page">'
        '<style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    slide = f'<draw:page draw:style-name="dp2">{frame("kept back", "title")}</draw:page>'
    (piece,) = made(tmp_path, slide, automatic)
    assert piece.html == '<div class="slide"><p class="hidden">kept back</p></div>'


def test_groups_tables_shapes_and_footers_are_read(tmp_path) -> None:
    table = (
        '<draw:frame svg:y="5cm"><table:table><table:table-row><table:table-cell><text:p>k</text:p>'
        "</table:table-cell><table:table-cell><text:p>v</text:p></table:table-cell>"
        "</table:table-row></table:table></draw:frame>"
    )
    shape = '<draw:custom-shape svg:y="6cm"><text:p>shaped</text:p></draw:custom-shape>'
    body = (
        "<presentation:footer-decl>Harbour office</presentation:footer-decl><draw:page><draw:g>"
        + frame("grouped")
        + f"</draw:g>{table}{shape}</draw:page>"
    )
    footer, slide = made(tmp_path, body)
    assert footer.html == '<p class="furniture">Harbour office</p>'
    said = slide.html.replace(' id="r"', "")
    assert "<table><tr><td><p>k</p></td><td><p>v</p></td></tr></table>" in said
    assert said.index("grouped") < said.index("<table>") < said.index("shaped")
