"""Names and codes, as they are held."""

import pytest

from desktop_rag.domain.answers import Ground
from tests.unit.answer.checks.sentences import caught, passage

TEXT = "The lamp of Cádiz was lit by John Barker for the United Nations under rule KX-5501."


@pytest.mark.parametrize(
    "written",
    [
        "Barker lit the lamp of Cadiz.",
        "The lamp of CÁDIZ was lit by Mr Barker.",
        "The lamp of Cádiz was lit for the UN.",
        "Under rule KX-5501 the lamp was lit.",
        "Lamps were lit by John Barker.",
    ],
)
def test_accents_capitals_titles_and_acronyms_make_no_difference(written: str) -> None:
    assert caught(written, TEXT) is None


@pytest.mark.parametrize(
    "written",
    [
        "The lamp of Málaga was lit by John Barker.",
        "The lamp was lit by John Parker.",
        "The lamp of Cádiz was lit for the World Bank.",
        "Under rule KX-5502 the lamp was lit.",
    ],
)
def test_a_name_that_no_passage_has_is_caught(written: str) -> None:
    assert caught(written, TEXT) is Ground.NAME


def test_a_name_of_the_passage_does_not_stand_in_for_another() -> None:
    text = "Ellen Marsh kept the books in Bristol. John Barker lit the lamp in the evening."
    assert caught("Ellen Marsh lit the lamp in the evening.", text) is Ground.NAME
    assert caught("John Barker lit the lamp in the evening in Bristol.", text) is None


def test_a_name_that_was_asked_for_may_be_said_again() -> None:
    text = passage("He lit the lamp every evening.", header="Keepers")
    assert caught("Barker lit the lamp every evening.", text, question="When did Barker?") is None
    assert caught("In Hull he lit the lamp every evening.", text) is Ground.NAME


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("The lamp was paid for by the UN and lit at night with oil in winter.", "the EU"),
        (
            "The lamp was paid for by the United Nations and lit at night with oil in winter.",
            "the European Union",
        ),
    ],
)
def test_an_acronym_in_place_of_its_name_is_the_same(written: str, wrong: str) -> None:
    for name in ("the United Nations", "the UN"):
        text = f"The lamp was paid for by {name} and lit at night with oil in winter."
        assert caught(written, text) is None
        for right in ("the United Nations", "the UN"):
            other = written.replace(right, wrong)
            assert other == written or caught(other, text) is Ground.NAME


def test_names_that_begin_with_the_same_letters_are_two() -> None:
    text = (
        "The lamp of the harbour was lit by John Barker every evening in winter. "
        "Jane Brown kept the books of the house."
    )
    assert caught("The lamp of the harbour was lit by Jane Brown every evening.", text)


def test_a_small_word_is_no_acronym() -> None:
    text = "La lámpara del faro se encendía cada noche con aceite de ballena."
    written = "La lámpara del faro la encendía Luis Alvarez cada noche."
    assert caught(written, text, language="es") is Ground.NAME


def test_names_are_spelled_otherwise_in_another_language() -> None:
    from tests.unit.answer.checks.test_checking import Near

    english = passage("Barker lit the lamp of London in 1820.")
    written = "Barker encendió la lámpara de Londres en 1820."
    assert caught(written, english, language="es", embedder=Near(2.0)) is None
    wrong = written.replace("Barker", "Quintana").replace("Quintana", "El señor Quintana")
    assert caught(wrong, english, language="es", embedder=Near(2.0)) is Ground.NAME
