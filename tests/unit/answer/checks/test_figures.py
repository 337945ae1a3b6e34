"""Numbers with unit and scale, as they are read and as they are held."""

import pytest

from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.domain.answers import Ground
from desktop_rag.engines.store import analyzer
from tests.unit.answer.checks.sentences import PARTLY, SUPPORTED, caught, check, passage


def read(text: str, language: str = "en") -> list[tuple[float, str]]:
    return [(one.values[0], one.unit.kind) for one in ReadText(text, language, analyzer).figures]


@pytest.mark.parametrize(
    ("text", "language", "value", "kind"),
    [
        ("It cost 1.234,56 €.", "es", 1234.56, "€"),
        ("It cost €1,234.56.", "en", 1234.56, "€"),
        ("Costó 3 mil millones de euros.", "es", 3e9, "€"),
        ("Costó dos billones.", "es", 2e12, ""),
        ("It cost 2 billion dollars.", "en", 2e9, "$"),
        ("It cost 162 584 mln EUR.", "en", 162_584e6, "€"),
        ("It cost $5M in all.", "en", 5e6, "$"),
        ("It has nine hundred lamps.", "en", 900, ""),
        ("Tiene veinte lámparas.", "es", 20, ""),
        ("Treinta y dos por ciento.", "es", 32, "%"),
        ("It is 4.5 percent of it.", "en", 4.5, "%"),
        ("It took 2 hours.", "en", 7200, "second"),
        ("Tardó 120 minutos.", "es", 7200, "second"),
        ("It weighs 1.5 kg.", "en", 1500, "gram"),
        ("Mide 5 kilómetros cuadrados.", "es", 5e6, "area"),
    ],
)
def test_a_number_is_read_with_its_unit_and_scale(
    text: str, language: str, value: float, kind: str
) -> None:
    ((found, unit),) = read(text, language)
    assert found == pytest.approx(value)
    assert unit == kind


def test_the_first_of_a_range_counts_what_the_last_does() -> None:
    assert read("It holds 5 to 10 kg.") == [(5000, "gram"), (10000, "gram")]


def test_what_counts_nothing_is_no_number() -> None:
    assert read("One of them is the first of ISO 9001, on May 3, 2019.") == []


@pytest.mark.parametrize(
    ("written", "text", "language"),
    [
        ("Ese año la lámpara costó 1.234,56 €.", "La lámpara costó 1234.56 euros ese año.", "es"),
        (
            "It lost 4.1 million dollars in lamps.",
            "In lamps it lost (4.1) million dollars then.",
            "en",
        ),
        ("The lamps weigh 1500 g in all.", "In all, the lamps weigh 1.5 kg together.", "en"),
        ("About 61,000 lamps burned there.", "In that year 61,234 lamps burned there.", "en"),
        ("Lamps brought $1.6 billion in sales.", "Sales of lamps brought $1,577 million.", "en"),
        ("Twenty lamps burned at sea.", "There were 20 lamps that burned at sea.", "en"),
    ],
)
def test_the_same_number_written_otherwise_is_found(written: str, text: str, language: str) -> None:
    assert caught(written, text, language=language) is None


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("The lamp weighs 5 g with its oil.", "With its oil, the lamp weighs 5 kg at most."),
        ("It burns 7 minutes on a spoon of oil.", "On a spoon of oil it burns 7 hours."),
        ("Lamps are 12 of all sales made.", "Lamps are 12% of all sales made."),
        ("Lamps brought $5 million in sales.", "Lamps brought $5 billion in sales."),
        ("Lamps brought €5 million in sales.", "Lamps brought $5 million in sales."),
        ("There are twelve lamps in the tower.", "There are eleven lamps in the tower."),
        ("It was the 3rd lamp of the tower.", "It was the 4th lamp of the tower."),
        ("Lamps brought 1,580 dollars in sales.", "Lamps brought 1,577 dollars in sales."),
    ],
)
def test_another_number_unit_or_scale_is_caught(written: str, text: str) -> None:
    assert caught(written, text) is Ground.NUMBER


def test_a_number_of_elsewhere_in_the_passage_does_not_stand_in_for_another() -> None:
    text = "The tower has 40 steps and a lamp. The lamp burned 12 hours on that oil."
    assert caught("The lamp burned 40 hours on that oil.", text) is Ground.NUMBER


def test_a_number_of_the_same_sentence_does_not_stand_in_for_another() -> None:
    text = "The tower sold 23 lamps in May and 13 lamps in June."
    assert caught("The tower sold 23 lamps in May and 23 lamps in June.", text) is Ground.NUMBER
    assert caught("The tower sold 23 lamps in May.", text) is None


def test_the_head_of_a_table_scales_its_numbers() -> None:
    table = passage("Sales (in millions)\t2018\nLamps sold abroad\t1,577")
    assert caught("Lamps sold abroad brought 1,577 million.", table) is None
    assert caught("Lamps sold abroad brought 1,577.", table) is None
    assert caught("Lamps sold abroad brought 1,577 billion.", table) is Ground.NUMBER


SALES = "Sales of lamps were 1,577 dollars in 2018 and 1,499 dollars in 2017."


def test_a_number_that_follows_from_two_others_is_computed() -> None:
    found = check("Sales of lamps rose by 78 dollars, from 1,499 dollars to 1,577 dollars.", SALES)
    assert (found.verdict, found.reason.ground) == (SUPPORTED, Ground.COMPUTED)
    assert found.reason.words == ("1,577 dollars − 1,499 dollars = 78 dollars",)


def test_a_percentage_of_change_is_computed_to_the_digits_written() -> None:
    text = "Sales of lamps rose 5.2% from 1,499 dollars in 2017 to 1,577 dollars in 2018."
    assert caught(text, SALES) is None
    assert caught(text.replace("5.2", "5.4"), SALES) is Ground.NUMBER


def test_a_wrong_sum_is_caught() -> None:
    text = "Sales of lamps rose by 79 dollars, from 1,499 dollars to 1,577 dollars."
    assert check(text, SALES).verdict is PARTLY


def test_a_small_number_is_not_computed_by_accident() -> None:
    text = "The tower has 12 lamps, 8 doors and 5 keepers in total."
    assert caught("The tower has 7 keepers in total.", text) is Ground.NUMBER
    assert caught("The tower has 13 keepers in total.", text) is Ground.NUMBER
