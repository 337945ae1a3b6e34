"""Text, as HTML that can be set."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.engines.formats import html_blocks

PLAIN = st.characters(
    max_codepoint=0xFFFD, exclude_categories=("Cs", "Cc"), exclude_characters="\u00ad"
)


@given(st.text(PLAIN))
def test_no_character_is_lost(characters: str) -> None:
    assert unescape(html_blocks.text(characters)).replace("\u00ad", "") == characters


@given(st.text())
def test_no_text_becomes_markup(characters: str) -> None:
    assert not re.search(r"<|&(?!amp;|lt;|gt;)", html_blocks.text(characters))


def test_letters_that_fonts_cannot_tell_apart_are_replaced_or_left_out() -> None:
    assert html_blocks.text("\U0001d400\U0001f600 \x07a") == "A a"
