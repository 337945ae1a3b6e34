"""What every `Tokenizer` promises: the fake, and those of the embedders that come along."""

import pytest

from desktop_rag.domain.ports import Tokenizer
from desktop_rag.engines.encoders.encoders import FolderTokenizer
from desktop_rag.settings.embedders import ENGLISH, MULTILINGUAL
from tests.bundled import real_embedder
from tests.fakes import FakeTokenizer

TEXTS = ["The lighthouse burned whale oil.", "", "Aljibes y pozos de Almería, 1968.", "whale"]


@pytest.fixture(params=["fake", ENGLISH, MULTILINGUAL])
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    if request.param == "fake":
        return FakeTokenizer(4)
    return FolderTokenizer(real_embedder(request.param))


def test_each_text_has_its_count_in_order(tokenizer) -> None:
    counts = tokenizer.counts(TEXTS)
    assert counts == [tokenizer.counts([text])[0] for text in TEXTS]
    assert tokenizer.counts(TEXTS[::-1]) == counts[::-1]
    assert tokenizer.counts([]) == []


def test_words_count_and_white_space_does_not(tokenizer) -> None:
    whale, oil, both, apart, blank, nothing = tokenizer.counts(
        ["whale", "oil", "whale oil", " whale \n\t oil ", " \n", ""]
    )
    assert whale >= 1
    assert oil >= 1
    assert both == apart == whale + oil
    assert blank == nothing == 0


def test_a_long_text_is_not_cut(tokenizer) -> None:
    (once,) = tokenizer.counts(["whale oil "])
    assert tokenizer.counts(["whale oil " * 1000]) == [1000 * once]
