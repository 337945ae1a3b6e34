"""The probability that comes of weighed signs."""

import pytest

from desktop_rag.domain.sufficiency import Weighing


def test_signs_are_weighed_to_a_probability() -> None:
    made = Weighing(-1.0, {"near": 2.0, "missing": -1.0}, 0.5)
    assert made.probability({"near": 0.5, "missing": 0.0, "other": 9.0}) == 0.5
    assert made.probability({"near": 0.5, "missing": 1.0}) == pytest.approx(0.268941, abs=1e-6)


def test_no_sign_is_too_strong_to_be_weighed() -> None:
    made = Weighing(0.0, {"near": 1.0}, 0.5)
    assert made.probability({"near": 1e6}) == 1.0
    assert made.probability({"near": -1e6}) == pytest.approx(0.0)


def test_a_sign_that_is_missing_is_an_error() -> None:
    with pytest.raises(KeyError):
        Weighing(0.0, {"near": 1.0}, 0.5).probability({})
