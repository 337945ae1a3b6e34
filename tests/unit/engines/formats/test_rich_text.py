"""What a document in RTF says, and what of it nobody sees."""

import pytest

from desktop_rag.engines.formats import rich_text
from desktop_rag.engines.formats.rtf_tokens import CodePages, TokenKind, decoded, tokens

FONTS = (
    rb"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 Gothic;}"
    rb"{\f3\fcharset238{\*\fname Arial;}Arial CE;}{\f4\fnil\cpg1253 Greek;}}"
)
STYLES = rb"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 Kopf;}{\s2 heading 2;}{\s3\snext0 Title;}}"


def made(body: bytes, head: bytes = b"") -> str:
    source = rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + STYLES + head + body + b"}"
    html = "".join(piece.html for piece in rich_text.of_rich_text(source)[1])
    return html.replace(' id="r"', "")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (rb"Gro\'dfm\'fchle, \u8364?\~5", "Großmühle, €\u00a05"),
        (rb"se\'f1or\emdash \'bfqu\'e9?", "señor—¿qué?"),
        (rb"\f1 \'cf\'f0\'e8\'e2\'e5\'f2\f0  \'e4", "Привет ä"),
        (rb"\f2 \'93\'fa\'96\'7b", "日本"),
        (rb"\f2 \'96{\b0}x", "�x"),
        (rb"\f3 \'b9", "ą"),
        (rb"\f4 \'e1", "α"),
        (rb"\uc2\u1080\'e8\'e8\uc1 x\u1081 ?y", "иxйy"),
        (rb"\u-10179?\u-8704?", "😀"),
        (rb"\u252\'fcber {\upr{ansi}{\*\ud{\u268?esky}}}", "über Česky"),
        (rb"\{a\}\\b\_c\-d", "{a}\\b-cd"),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt a link}}", "a link"),
        (rb"a{\*\unknown gone}b{\xe gone}c{\pict gone}", "abc"),
        (b"one\\\r\ntwo", "one</p><p>two"),
    ],
)
def test_letters_are_those_of_the_code_page_of_their_font(body, words) -> None:
    assert made(body + rb"\par") == f"<p>{words}</p>"


def test_a_document_in_another_code_page_says_so_once() -> None:
    source = rb"{\rtf1\ansi\ansicpg1251{\info{\title \'cf\'e8\'f1\'fc\'ec\'ee}}\'c4\'e0\par}"
    title, pieces = rich_text.of_rich_text(source)
    assert (title, "".join(piece.html for piece in pieces)) == ("Письмо", "<p>Да</p>")


def test_headings_are_told_by_their_styles_and_levels() -> None:
    body = rb"\s1 One\par\pard\s2 Two\par\pard\outlinelevel2 Three\par\pard\s3 Name\par\pard x\par"
    assert made(body) == ('<h1>One</h1><h2>Two</h2><h3>Three</h3><p class="title">Name</p><p>x</p>')


def test_letters_look_as_they_are_said_to() -> None:
    body = rb"a{\b b}{\i\strike c}x{\super 2}{\sub 3}\b d\b0 e\plain f\par"
    assert made(body) == ("<p>a<b>b</b><s><i>c</i></s>x<sup>2</sup><sub>3</sub><b>d</b>ef</p>")


def test_what_was_deleted_is_gone_and_what_is_hidden_is_marked() -> None:
    body = rb"seen {\deleted gone}{\v veiled}\v  too\v0 end\par"
    assert made(body) == '<p>seen end</p><p class="hidden">veiled too</p>'


def test_tables_have_their_heads_and_spans() -> None:
    body = (
        rb"\pard before\par\trowd\trhdr\clmgf\cellx1\clmrg\cellx2\pard\intbl wide\cell\cell\row"
        rb"\trowd\clvmgf\cellx1\cellx2\pard\intbl a\cell b\par c\cell\row"
        rb"\trowd\clvmrg\cellx1\cellx2\pard\intbl\cell d{\b e}\cell\row\pard after\par"
    )
    assert made(body) == (
        '<p>before</p><table><tr><th colspan="2"><p>wide</p></th></tr>'
        '<tr><td rowspan="2"><p>a</p></td><td><p>b</p><p>c</p></td></tr>'
        "<tr><td><p>d<b>e</b></p></td></tr></table><p>after</p>"
    )


def test_a_table_at_the_end_and_one_without_an_end_are_whole() -> None:
    assert "<p>x</p>" in made(rb"\trowd\cellx1\pard\intbl x\cell\row")
    assert "x" in made(rb"\trowd\cellx1\pard\intbl x")


def test_notes_have_the_numbers_that_a_reader_sees() -> None:
    body = (
        rb"one{\super\chftn}{\footnote \pard\plain{\super\chftn} first}"
        rb" two{\super *}{\footnote own}"
        rb" three{\super\chftn{\footnote\ftnalt \chftn  end}}"
        rb" four{\super\chftn}{\footnote {\super\chftn} second}\par"
    )
    assert made(body, rb"\aftnnrlc ") == (
        "<p>one<sup>[1]</sup> two<sup>*</sup> three<sup>[i]</sup> four<sup>[2]</sup></p>"
        '<p class="aside">[1] first</p><p class="aside">own</p>'
        '<p class="aside">[i] end</p><p class="aside">[2] second</p>'
    )


def test_comments_and_margins_are_told_apart() -> None:
    body = (
        rb"{\header \pard Olh\'e3o\par}{\footer\pard p. {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
        rb"{\headerl \pard Olh\'e3o\par}text{\*\atnid AA}{\*\atnauthor Ada}\chatn"
        rb"{\*\annotation{\*\atndate 1}\pard why?\par}\par"
    )
    assert made(body) == (
        '<p class="furniture">Olhão</p><p class="furniture">p. 1</p>'
        '<p>text</p><p class="note">Ada: why?</p>'
    )


def test_labels_of_lists_stay() -> None:
    assert made(rb"{\listtext\pard 2.1.\tab}item\par") == "<p>2.1. item</p>"


def test_what_is_called_so_and_is_none_is_plain_text() -> None:
    assert [piece.html for piece in rich_text.of_rich_text(b"no more than this")[1]] == [
        '<pre class="plain">no more than this</pre>'
    ]


@pytest.mark.parametrize(
    "source",
    [
        b"{" * 1_000_000,
        b"{" * 500_000 + b"}" * 500_000,
        b"}" * 1_000_000,
        rb"{\footnote x" * 20_000,
        rb"{\*\annotation x" * 20_000,
        rb"\trowd\cellx1\intbl x\cell" * 20_000,
        rb"\bin2000000000 x",
        rb"\u99999999999 x\uc99 y",
        rb"{\pict\pngblip " + b"0" * 99_999 + b"}",
    ],
    ids=lambda source: source[:12].decode(),
)
def test_no_document_holds_it_up(source) -> None:
    list(rich_text.of_rich_text(rb"{\rtf1 " + source)[1])


def test_notes_within_notes_end_somewhere() -> None:
    said = made(rb"x" + rb"{\footnote y" * 500 + b"}" * 500 + rb"z\par")
    assert said.count("y") == 500
    assert said.count("<br/>") == 9


def test_binary_data_is_passed_over() -> None:
    assert made(rb"a{\pict\bin6 }}}\\\b}b\par") == "<p>ab</p>"
    kinds = [token.kind for token in tokens(rb"\bin3 {}{x")]
    assert kinds == [TokenKind.BINARY, TokenKind.TEXT]


def test_a_font_for_the_west_follows_its_document_where_no_other_font_does() -> None:
    pages = CodePages()
    pages.document = "cp1251"
    pages.note(0, "fcharset", 0)
    assert pages.of(0) == "cp1251"
    pages.note(1, "fcharset", 204)
    assert (pages.of(0), pages.of(1), pages.of(9)) == ("cp1252", "cp1251", "cp1251")
    assert decoded(b"\xe4", "cp99999") == "ä"
