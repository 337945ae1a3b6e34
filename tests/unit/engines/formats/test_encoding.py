"""Text of before UTF-8, and pages that say wrong things of theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.engines.formats import encoding, markdown, plain_text, web_page


def test_the_encoding_that_a_page_names_is_used() -> None:
    page = '<meta charset="windows-1251"><p>Русский'.encode("cp1251")
    assert "Русский" in encoding.decoded_html(page)
    wrong = '<meta charset="no-such"><p>año'.encode()
    assert "año" in encoding.decoded_html(wrong)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("El año del ñandú", "latin-1"),
        ("“Año” — 5 €", "cp1252"),
        ("Съешь ещё этих мягких французских булок, да выпей чаю. " * 5, "cp1251"),
        ("快速的棕色狐狸", "utf-8"),
        ("año", "utf-16-be"),
    ],
)
def test_text_is_right_in_the_encodings_that_people_use(words: str, name: str) -> None:
    mark = b"\xfe\xff" if name == "utf-16-be" else b""
    assert encoding.decoded(mark + words.encode(name)) == words


@given(st.binary())
def test_no_bytes_are_too_odd_to_be_read(data: bytes) -> None:
    for read in (web_page.of_html, markdown.of_markdown, plain_text.of_text):
        list(read(data)[1])
