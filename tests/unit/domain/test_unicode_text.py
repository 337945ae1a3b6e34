"""Text without what is no character, and names of files as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.domain.unicode_text import readable, storable


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("", ""),
        ("Año 2021 📄 \u2028 \u200b", "Año 2021 📄 \u2028 \u200b"),
        ("a\ud800b", "a\ufffdb"),
        ("\udc00\ud800", "\ufffd\ufffd"),
        ("a\ud83d\ude00", "a😀"),
        ("NUL \0 here", "NUL \ufffd here"),
        ("ñ\0\ud800", "ñ\ufffd\ufffd"),
    ],
)
def test_only_what_is_no_character_is_replaced(text: str, stored: str) -> None:
    assert storable(text) == stored


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_whatever_it_was_can_be_written_afterwards(text: str) -> None:
    for stored in (storable(text), readable(text)):
        assert "\0" not in stored
        assert stored.encode().decode() == stored


def test_names_of_old_archives_read_as_they_were_meant() -> None:
    assert readable("cami\udcf3n.pdf") == "camión.pdf"
    assert readable("\udc93quoted\udc94") == "“quoted”"
    assert readable("niño \ud800") == "niño \ufffd"
    assert readable("plain.pdf") == "plain.pdf"
