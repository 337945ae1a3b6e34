"""XML as a person would read it: words of documents, data as it stands."""

import pytest

from desktop_rag.engines.formats import xml_text


def made(source: str | bytes) -> tuple[str, str]:
    data = source if isinstance(source, bytes) else source.encode()
    title, pieces = xml_text.of_xml(data)
    return title, "".join(piece.html for piece in pieces)


def test_of_a_document_the_words_stay() -> None:
    source = (
        "<book><title>The Mill</title><chapter><title>Water</title>"
        "<para>It <em>rises</em> fast,\n <note>so said Ann</note> they say.</para><!-- no -->"
        "<para>Then &lt; before.</para></chapter></book>"
    )
    title, said = made(source)
    assert title == "The Mill"
    assert said == (
        "<h1>The Mill</h1><h2>Water</h2>"
        "<p>It rises fast, so said Ann they say.</p><p>Then &lt; before.</p>"
    )


def test_data_stays_as_it_stands() -> None:
    source = '<mill>\n  <wheel size="3">East</wheel>\n</mill>'
    assert made(source)[1] == (
        '<pre>&lt;mill&gt;\n  &lt;wheel size="3"&gt;East&lt;/wheel&gt;\n&lt;/mill&gt;</pre>'
    )


def test_data_on_one_line_is_broken_between_elements() -> None:
    said = made(f"<a>{'<b>x</b>' * 200}</a>")[1]
    assert said.count("\n&lt;b&gt;x&lt;/b&gt;") > 150


def test_other_formats_in_xml_are_read_as_what_they_are() -> None:
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title></head><body><p>x</p>"
    assert made(f"{page}</body></html>") == ("T", "<p>x</p>")
    book = "<FictionBook><body><section><p>chapter</p></section></body></FictionBook>"
    assert made(book) == ("", "<p>chapter</p>")


def test_the_encoding_that_is_declared_is_used() -> None:
    source = '<?xml version="1.0" encoding="windows-1251"?><a>Да <b>так</b> и</a>'
    assert made(source.encode("cp1251"))[1] == "<p>Да так и</p>"


@pytest.mark.parametrize(
    "source",
    [
        "",
        "no xml",
        "<a>" * 100_000,
        "<a>x " * 240 + "</a> y" * 240,
        '<!DOCTYPE a [<!ENTITY l0 "ha">'
        + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        + "]><a>&l9; <b>x</b> y</a>",
        '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f; <b>x</b> y</a>',
    ],
    ids=range(6),
)
def test_hostile_xml_does_no_harm(source) -> None:
    said = made(source)[1]
    assert "haha" not in said
    assert "root:" not in said
