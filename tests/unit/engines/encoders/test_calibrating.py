"""What is measured of an embedder, with embedders that a person can work out."""

from collections.abc import Sequence

import numpy as np
import pytest

from desktop_rag.domain.calibration import Calibration
from desktop_rag.engines.encoders.calibrating import _PAIRS, calibrated


class Plane:
    """Points what belongs together one way, and a language some way off the others.

    Texts of one place in the lists share `own` of their direction, all share `common`.
    """

    def __init__(self, common: float, own: float, foreign: float) -> None:
        self.common, self.own, self.foreign = common, own, foreign

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> np.ndarray:
        (at,) = [
            (code, place)
            for code, pairs in _PAIRS.items()
            for place, pair in enumerate(pairs)
            if text in pair
        ]
        code, place = at
        vector = np.zeros(20, np.float32)
        vector[0], vector[1 + place] = self.common, self.own
        vector[18 if code == "en" else 19] = self.foreign
        return vector / np.linalg.norm(vector)


def test_strangers_answers_and_what_two_languages_cost_are_told_apart() -> None:
    plane = Plane(common=0.8, own=0.5, foreign=0.3)
    length = 0.8**2 + 0.5**2 + 0.3**2
    found = calibrated(plane, plane, {"en", "es", "fr"})
    assert found.strange == pytest.approx((0.8**2 + 0.3**2) / length)
    assert found.answering == pytest.approx(1)
    assert found.apart == pytest.approx(0.3**2 / length)


@pytest.mark.parametrize("languages", [{"en"}, {"es"}, {"fr"}, set()])
def test_an_embedder_of_one_language_has_no_other_to_be_apart_from(languages) -> None:
    asked: list[str] = []
    plane = Plane(0.8, 0.5, 0.3)

    def noted(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return plane(texts)

    assert calibrated(noted, plane, languages).apart == 0
    code = "es" if languages == {"es"} else "en"
    assert asked == [question for question, _ in _PAIRS[code]]


def test_an_embedder_that_sees_no_difference_still_has_a_calibration() -> None:
    blind = Plane(1.0, 0.0, 0.0)
    assert calibrated(blind, blind, {"en"}) == Calibration(pytest.approx(1), pytest.approx(1.02))


def test_the_questions_are_the_same_in_both_languages() -> None:
    assert len(_PAIRS["en"]) == len(_PAIRS["es"]) == 12
