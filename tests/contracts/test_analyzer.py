"""What every `Analyzer` promises: the fake, and the store's, which is a module."""

import pytest

from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.ports import Analyzer
from desktop_rag.engines.store import analyzer as real
from tests.fakes import FakeAnalyzer

ENGLISH = "The keeper of the lighthouse is in the harbour and the ships were there."
SPANISH = "El guardián del faro es el que vive en la torre y los barcos se van."


@pytest.fixture(params=["fake", "real"])
def analyzer(request: pytest.FixtureRequest) -> Analyzer:
    return FakeAnalyzer() if request.param == "fake" else real


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, "en"), (SPANISH, "es")])
def test_it_tells_the_languages_that_people_ask_in(analyzer, text, code) -> None:
    assert analyzer.language(text, {"en", "es"}) == code
    assert analyzer.language(text) == code


def test_a_language_is_one_of_those_given(analyzer) -> None:
    assert analyzer.language(ENGLISH, {"es"}) == "es"


@pytest.mark.parametrize("text", ["", "whale oil", "the"])
def test_too_few_words_tell_no_language(analyzer, text) -> None:
    assert analyzer.language(text, {"en", "es"}) == UNKNOWN_LANGUAGE


@pytest.mark.parametrize("text", [ENGLISH, SPANISH, "", " \n", "¿?", "a  b\tc", "1,526 €"])
@pytest.mark.parametrize("languages", [("en",), ("es",), ("en", "es"), ()])
def test_a_term_is_a_word(analyzer, text, languages) -> None:
    for term in analyzer.terms(text, languages):
        assert term
        assert not any(sign.isspace() for sign in term)


def test_capitals_and_accents_make_no_difference(analyzer) -> None:
    assert analyzer.terms("AÑADÍ Cañas", ("es",)) == analyzer.terms("anadi cañas", ("es",))
    assert analyzer.words_of("Índice, CAÑA") == ["indice", "cana"]


def test_questions_meet_passages_in_another_number(analyzer) -> None:
    assert analyzer.terms("whales", ("en",)) == analyzer.terms("whale", ("en",)) != []


def test_function_words_are_left_out_unless_there_is_nothing_else(analyzer) -> None:
    assert len(analyzer.terms("the oil of the whale", ("en",))) == 2
    assert analyzer.terms("of the", ("en",)) == ["of", "the"]
    assert len(analyzer.terms("el aceite de la ballena", ("es",))) == 2


def test_a_term_comes_as_often_as_its_word(analyzer) -> None:
    assert len(analyzer.terms("oil oil oil", ("en",))) == 3


EXACT = ["The pump KX-5501 of 2021.", "part 17-4", "12 KX-5501 KX-5501", "", "no such thing"]


@pytest.mark.parametrize("text", EXACT)
def test_a_key_of_an_exact_string_is_a_word(analyzer, text) -> None:
    found = analyzer.exact(text)
    assert bool(found) == any(map(str.isdigit, text))
    assert [one.start for one in found] == sorted(one.start for one in found)
    for one in found:
        assert one.keys
        assert 0 <= one.start < one.end <= len(text)
        assert not set(one.keys) & {*one.readings, *one.parts}
        assert all(key and key.split() == [key] for key in (*one.keys, *one.readings, *one.parts))


def test_an_exact_string_has_the_same_keys_in_capitals_and_other_company(analyzer) -> None:
    (alone,), (within, *_) = analyzer.exact("kx-5501"), analyzer.exact("Pump KX-5501, see 9.")
    assert alone.keys == within.keys
    assert alone.parts == within.parts != ()
    (other,) = analyzer.exact("KX-5502")
    assert not set(alone.keys) & set(other.keys)


def test_words_are_all_there_in_order(analyzer) -> None:
    assert analyzer.words_of("What of the oil?") == ["what", "of", "the", "oil"]
    assert analyzer.words_of("") == []
