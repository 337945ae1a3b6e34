"""What every `Embedder` and `QuestionEmbedder` promises: fakes, and those of the program."""

import functools
from collections.abc import Callable
from contextlib import closing

import pytest

from desktop_rag.engines.encoders.encoders import TorchEmbedder, embedder_of
from desktop_rag.settings.embedders import ENGLISH, MULTILINGUAL
from tests.bundled import real_embedder
from tests.fakes import FakeEmbedder, assert_unit, dot
from tests.word_embedder import WordEmbedder

TEXTS = ["The lighthouse burned whale oil.", "Los aljibes se abandonaron.", "Whales dive.", "x"]
QUESTION = "What did the lighthouse burn?"
TOLERANCE = 1e-3  # what the company of other texts may change


@pytest.fixture(scope="module")
def loaded() -> Callable[[str], TorchEmbedder]:
    return functools.cache(lambda name: TorchEmbedder(real_embedder(name)))


REAL = [pytest.param(name, marks=pytest.mark.slow) for name in (ENGLISH, MULTILINGUAL)]


@pytest.fixture(params=["fake", "words", *REAL])
def embedder(request: pytest.FixtureRequest, loaded: Callable[[str], TorchEmbedder]):
    match request.param:
        case "fake":
            return FakeEmbedder()
        case "words":
            return WordEmbedder(embedder_of(None))
        case name:
            return loaded(name)


def test_each_text_has_its_unit_vector_in_order(embedder) -> None:
    vectors = list(embedder.each(TEXTS))
    assert len(vectors) == len(TEXTS)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert_unit(vector)
        (alone,) = embedder.each([text])
        assert list(vector) == pytest.approx(list(alone), abs=TOLERANCE)


def test_vectors_of_texts_and_questions_have_one_dimension(embedder) -> None:
    vectors = [*embedder.each(TEXTS), embedder.embed_question(QUESTION)]
    assert len({len(vector) for vector in vectors}) == 1
    assert_unit(vectors[-1])


def test_similarities_are_cosines_in_order(embedder) -> None:
    asked = embedder.embed_question(QUESTION)
    near = embedder.similarities(QUESTION, TEXTS)
    vectors = list(embedder.each(TEXTS))
    expected = [dot([float(n) for n in one], [float(n) for n in asked]) for one in vectors]
    assert near == pytest.approx(expected, abs=TOLERANCE)
    assert all(isinstance(value, float) for value in near)
    assert embedder.similarities(QUESTION, []) == []


def test_its_calibration_has_answers_nearer_than_strangers(embedder) -> None:
    calibration = embedder.calibration
    assert -1 <= calibration.strange < calibration.answering <= 1
    assert calibration.nearness(calibration.strange) == 0
    assert calibration.nearness(calibration.answering) == pytest.approx(1)
    if len(embedder.languages) == 1:
        assert calibration.apart == 0


def test_it_can_be_closed_before_its_end(embedder) -> None:
    with closing(embedder.each(TEXTS * 20)) as vectors:
        assert_unit(next(vectors))
    assert list(vectors) == []


def test_its_languages_are_iso_codes(embedder) -> None:
    assert all(len(code) == 2 and code.islower() for code in embedder.languages)


@pytest.mark.parametrize("embedder", ["words", *REAL], indirect=True)
@pytest.mark.parametrize("texts", [TEXTS, []], ids=["some", "none"])
def test_vectors_at_once_are_rows_of_32_bits(embedder, texts) -> None:
    vectors = embedder.embed(texts)
    assert vectors.shape == (len(texts), len(embedder.embed_question(QUESTION)))
    assert vectors.dtype == "float32"
