"""What every `Entailment` promises: the fake, and a real one with random weights."""

import pytest

from desktop_rag.domain.ports import Cancelled
from tests import encoders as tiny
from tests.fakes import CancelAfter, FakeEntailment, NeverCancelled

PREMISE = "the lamp of the harbour"
PAIRS = [
    (PREMISE, "whale oil"),
    (PREMISE, "the lamp"),
    ("the lamp is not due", "the lamp is due"),
    ("", "the invoice"),
    ("the invoice of the lamp is due", ""),
]


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    from desktop_rag.engines.encoders.entailment import TorchEntailment

    return TorchEntailment(tiny.write_entailment(tmp_path_factory.mktemp("models") / "nli"))


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.slow)])
def entailment(request: pytest.FixtureRequest):
    return FakeEntailment() if request.param == "fake" else request.getfixturevalue("real")


def test_each_pair_has_its_judgement_in_order(entailment) -> None:
    found = entailment.judged(PAIRS, NeverCancelled())
    assert len(found) == len(PAIRS)
    assert len(set(found)) > 1
    for pair, judgement in zip(PAIRS, found, strict=True):
        (alone,) = entailment.judged([pair], NeverCancelled())
        assert judgement == pytest.approx(alone, abs=1e-4)


def test_the_three_are_probabilities_of_one_thing(entailment) -> None:
    for judgement in entailment.judged(PAIRS, NeverCancelled()):
        assert all(type(one) is float and 0 <= one <= 1 for one in judgement)
        assert sum(judgement) == pytest.approx(1, abs=1e-4)


def test_premise_and_hypothesis_are_not_the_same(entailment) -> None:
    there, back, other = entailment.judged(
        [(PREMISE, "the lamp"), ("the lamp", PREMISE), ("whale oil", "the lamp")], NeverCancelled()
    )
    assert there != pytest.approx(back, abs=1e-4)
    assert there != pytest.approx(other, abs=1e-4)


def test_no_pairs_have_no_judgements(entailment) -> None:
    assert list(entailment.judged([], NeverCancelled())) == []


def test_it_can_be_cancelled(entailment) -> None:
    with pytest.raises(Cancelled):
        entailment.judged(PAIRS * 2, CancelAfter(1))
