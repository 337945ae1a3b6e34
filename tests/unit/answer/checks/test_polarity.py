"""What is affirmed and denied, as it is held."""

import pytest

from desktop_rag.domain.answers import Ground
from tests.unit.answer.checks.sentences import caught


@pytest.mark.parametrize(
    ("written", "text", "language"),
    [
        ("The plan covers new lamps.", "The plan does not cover new lamps.", "en"),
        ("The plan does not cover lamps.", "The plan covers lamps of any kind.", "en"),
        ("El plan cubre las lámparas nuevas.", "El plan no cubre las lámparas nuevas.", "es"),
        ("La garantía vale sin factura.", "La garantía vale con factura.", "es"),
        ("Sales of lamps fell in May.", "Sales of lamps rose in May.", "en"),
        ("Las ventas de lámparas bajaron.", "Las ventas de lámparas subieron.", "es"),
        ("Light the lamp after the bell rings.", "Light the lamp before the bell rings.", "en"),
        ("Enciende la lámpara después del aviso.", "Enciende la lámpara antes del aviso.", "es"),
        ("All lamps including oil lamps are sold.", "All lamps except oil lamps are sold.", "en"),
        ("The highest lamp may burn.", "The lowest lamp may burn.", "en"),
        ("Lamps are never lit at noon.", "Lamps are always lit at noon.", "en"),
        ("He was unable to light the lamp.", "He was able to light the lamp.", "en"),
        ("Smoking near lamps is allowed.", "Smoking near lamps is prohibited.", "en"),
        ("Más de cien lámparas ardieron.", "Menos de cien lámparas ardieron.", "es"),
    ],
)
def test_the_opposite_is_caught(written: str, text: str, language: str) -> None:
    assert caught(written, text, language=language) is Ground.POLARITY


@pytest.mark.parametrize(
    ("written", "text", "language"),
    [
        ("New lamps are not covered.", "The plan does not cover new lamps.", "en"),
        ("Sales of lamps did not rise.", "Sales of lamps fell; they did not rise.", "en"),
        ("It sells lamps, and oil too.", "It sells not only lamps but oil, too.", "en"),
        ("Vende lámparas y también aceite.", "Vende no solo lámparas, también aceite.", "es"),
        ("Smoking near lamps is not allowed.", "Smoking near lamps is prohibited.", "en"),
        ("It does not usually cover lamps.", "Usually it does not cover lamps at sea.", "en"),
        ("Nobody may light lamps.", "Nobody may light lamps unless told to.", "en"),
    ],
)
def test_the_same_said_otherwise_is_not(written: str, text: str, language: str) -> None:
    assert caught(written, text, language=language) is not Ground.POLARITY


def test_two_sentences_made_one_are_laid_beside_both() -> None:
    text = "The plan does not cover lamps. The plan covers oil from the shop."
    right = "The plan does not cover lamps, and the plan covers oil from the shop."
    assert caught(right, text) is None
    wrong = "The plan covers lamps, and the plan covers oil from the shop."
    assert caught(wrong, text) is Ground.POLARITY
