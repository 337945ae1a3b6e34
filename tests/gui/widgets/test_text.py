"""Text of documents as widgets show, sort and filter it."""

import pytest

from desktop_rag.gui.widgets.text import folded, plain, tip


@pytest.mark.parametrize("text", ["INDICE DE CANA", "Índice de Caña", "I\u0301ndice de can\u0303a"])
def test_neither_case_nor_accents_count_when_text_is_sought(text: str) -> None:
    assert folded(text) == "indice de cana"


def test_a_tip_shows_what_others_wrote_as_it_stands() -> None:
    assert (
        tip("<img src='x'>.pdf", "a & b") == "<p>&lt;img src=&#x27;x&#x27;&gt;.pdf<br>a &amp; b</p>"
    )
    assert tip("one\ntwo", "") == "<p>one two</p>"
    assert tip("", "") == ""


def test_halves_of_characters_become_a_sign_that_can_be_shown() -> None:
    assert plain("a\ud800b \n c") == "a\ufffdb c"
    assert plain("a\udcf1o \n c") == "año c"


def test_no_sign_turns_the_letters_of_a_name_around() -> None:
    assert plain("report\u202efdp.exe \u2066a\u2069") == "reportfdp.exe a"
    assert tip("report\u202efdp.exe") == "<p>reportfdp.exe</p>"
