"""How much each sign that the documents answer a question weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights of a logistic regression, each by the name of its sign.

    From the probability `enough` on, what was found is taken for an answer.
    """

    intercept: float
    weights: Mapping[str, float]
    enough: float

    def probability(self, signs: Mapping[str, float]) -> float:
        """Return the probability, from 0 to 1, that what has these signs is an answer.

        A sign that has no weight counts nothing. Raises `KeyError` for one that has and is
        missing.
        """
        odds = self.intercept + sum(weight * signs[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + exp(-odds)) if odds > 0 else exp(odds) / (1.0 + exp(odds))
