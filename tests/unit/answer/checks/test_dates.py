"""Dates, as they are held."""

import pytest

from desktop_rag.domain.answers import Ground
from tests.unit.answer.checks.sentences import caught, passage


@pytest.mark.parametrize(
    ("written", "text", "language"),
    [
        ("The lamp was lit on 3 May 2019.", "On May 3, 2019 the lamp was lit again.", "en"),
        (
            "La lámpara se encendió el 3/5/2019.",
            "El 3 de mayo de 2019 se encendió la lámpara.",
            "es",
        ),
        ("The lamp was lit in May 2019.", "On May 3, 2019 the lamp was lit again.", "en"),
        ("The lamp was sold in fiscal 2018.", "In FY18 the old lamp was sold again.", "en"),
        ("The lamp burned in the 1990s.", "In the 1990s the old lamp burned again.", "en"),
        ("The lamp burned until 1926.", "The lamp burned there (1902–26) until then.", "en"),
    ],
)
def test_the_same_day_written_otherwise_is_found(written: str, text: str, language: str) -> None:
    assert caught(written, text, language=language) is None


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("The lamp was lit on 4 May 2019.", "On May 3, 2019 the lamp was lit again."),
        ("The lamp was lit in June 2019.", "On May 3, 2019 the lamp was lit again."),
        ("The lamp was lit in 2018.", "On May 3, 2019 the lamp was lit again."),
        ("The lamp was sold in FY17.", "In FY18 the old lamp was sold again."),
        ("The lamp is lit on Tuesday.", "On Monday the lamp is lit again."),
        ("The lamp burned until 1936.", "The lamp burned there (1902–26) until then."),
    ],
)
def test_another_day_is_caught(written: str, text: str) -> None:
    assert caught(written, text) is Ground.DATE


def test_a_year_may_stand_in_the_title() -> None:
    text = passage("The lamp was sold again.", header="LAMPS 10K FY18")
    assert caught("In 2018 the lamp was sold again.", text) is None
    assert caught("In 2017 the lamp was sold again.", text) is Ground.DATE
