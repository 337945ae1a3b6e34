"""Which words are forms of one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.answer.word_forms import any_accent, are_forms, beginning, even
from desktop_rag.engines.store import analyzer

FORMS = [
    ("en", "penalty", "penalties"),
    ("en", "plan", "planned"),
    ("en", "lease", "leasing"),
    ("en", "company", "companies"),
    ("es", "plazo", "plazos"),
    ("es", "luz", "luces"),
    ("es", "ley", "leyes"),
    ("es", "empleado", "empleadas"),
    ("es", "trabajador", "trabajadoras"),
    ("es", "constitucion", "constituciones"),
    ("es", "pagar", "pagaron"),
]


@pytest.mark.parametrize(("language", "word", "other"), FORMS)
def test_inflections_are_forms(language, word, other) -> None:
    assert are_forms(word, other, language, analyzer)


@pytest.mark.parametrize(("language", "word", "other"), FORMS)
def test_a_form_begins_like_its_word(language, word, other) -> None:
    assert other.startswith(beginning(word, analyzer))


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "university", "universe"),
        ("en", "manage", "management"),
        ("en", "bus", "business"),
        ("es", "plazo", "plaza"),
        ("es", "universidad", "universo"),
        ("es", "contrato", "contratar"),
        ("es", "derecho", "derecha"),
    ],
)
def test_other_words_of_a_stem_are_none(language, word, other) -> None:
    assert not are_forms(word, other, language, analyzer)


@given(st.text())
def test_an_even_text_has_every_sign_in_its_place(text) -> None:
    assert len(even(text)) == len(text)


@given(st.text(alphabet="aáeéñüoöcçAÁÑ", min_size=1, max_size=6))
def test_a_word_is_found_with_any_accents(word) -> None:
    assert re.fullmatch(any_accent(even(word)), word, re.IGNORECASE)
