"""What every `Reranker` promises: the fake, and a real one with random weights."""

import pytest

from desktop_rag.domain.ports import Cancelled
from tests import encoders as tiny
from tests.fakes import CancelAfter, FakeReranker, NeverCancelled

QUESTION = "the lamp of the harbour"
TEXTS = ["whale oil", "the lamp", "", "the invoice of the lamp is due", "harbour"]


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    from desktop_rag.engines.encoders.encoders import TorchReranker

    return TorchReranker(tiny.write_reranker(tmp_path_factory.mktemp("models") / "rerank"))


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.slow)])
def reranker(request: pytest.FixtureRequest):
    return FakeReranker() if request.param == "fake" else request.getfixturevalue("real")


def test_each_text_has_its_score_in_order(reranker) -> None:
    scores = reranker.scores(QUESTION, TEXTS, NeverCancelled())
    assert len(set(scores)) > 1
    assert all(type(score) is float for score in scores)
    for text, score in zip(TEXTS, scores, strict=True):
        (alone,) = reranker.scores(QUESTION, [text], NeverCancelled())
        assert score == pytest.approx(alone, abs=1e-4)


def test_the_question_makes_a_difference(reranker) -> None:
    scores = reranker.scores(QUESTION, TEXTS, NeverCancelled())
    assert scores != reranker.scores("whale", TEXTS, NeverCancelled())


def test_no_texts_have_no_scores(reranker) -> None:
    assert reranker.scores(QUESTION, [], NeverCancelled()) == []


def test_it_can_be_cancelled(reranker) -> None:
    with pytest.raises(Cancelled):
        reranker.scores(QUESTION, TEXTS * 4, CancelAfter(1))
