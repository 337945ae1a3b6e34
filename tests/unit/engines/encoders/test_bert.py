"""Our BERT, beside the one of transformers in sentence-transformers."""

import subprocess
import sys

import numpy as np
import pytest
from safetensors import SafetensorError

from desktop_rag.engines.encoders.precision import Precision
from tests import encoders as tiny
from tests.places import ROOT

pytestmark = pytest.mark.slow

TEXTS = [
    "the lamp of the harbour",
    "oil",
    "",
    "invoice due in thirty days " * 6,
    "whale oil: the lamp?",
    "the invoice of the harbour",
]
TOKENS = 40  # the longest text has more


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny.write_embedder(tmp_path_factory.mktemp("models") / "tiny").folder


@pytest.fixture(scope="module")
def ours(folder):
    from desktop_rag.engines.encoders.bert import BertModel

    return BertModel(folder, "model.safetensors", TOKENS, Precision.FLOAT32)


@pytest.fixture(scope="module")
def theirs(folder):
    from desktop_rag.engines.encoders.sentence_model import SentenceModel

    return SentenceModel(folder, TOKENS, Precision.FLOAT32)


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:1], ["oil", "due", "whale"]])
def test_it_computes_what_sentence_transformers_does(texts, ours, theirs) -> None:
    found = ours.vectors(ours.prepared(texts))
    np.testing.assert_allclose(found, theirs.vectors(theirs.prepared(texts)), atol=1e-5)


def test_no_text_changes_what_another_one_means(ours) -> None:
    together = ours.vectors(ours.prepared(TEXTS))
    for at, text in enumerate(TEXTS):
        np.testing.assert_allclose(ours.vectors(ours.prepared([text]))[0], together[at], atol=1e-5)


def test_nothing_is_filled_up_where_texts_are_as_long(ours) -> None:
    assert ours.prepared(["oil", "due"]).mask is None
    given = ours.prepared(TEXTS[:2])
    assert len(given.ids) == sum(given.lengths)
    assert given.mask.shape == (2, 1, 1, max(given.lengths))


@pytest.mark.parametrize("file", ["config.json", "model.safetensors"])
def test_a_folder_that_lacks_something_is_refused(file, tmp_path) -> None:
    from desktop_rag.engines.encoders.bert import BertModel

    folder = tiny.write_embedder(tmp_path / "tiny").folder
    (folder / file).write_text("{}")
    with pytest.raises((KeyError, SafetensorError)):
        BertModel(folder, "model.safetensors", TOKENS, Precision.FLOAT32)


def test_it_does_without_the_libraries_that_take_seconds_to_import(folder) -> None:
    code = (
        "import pathlib, sys; from desktop_rag.engines.encoders.bert import BertModel;"
        "from desktop_rag.engines.encoders.precision import Precision;"
        f"BertModel(pathlib.Path({str(folder)!r}), 'model.safetensors', 40, Precision.INT8);"
        "print({'torch', 'transformers', 'sentence_transformers'} & {*sys.modules})"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, text=True
    )
    assert ended.stdout.strip() == "{'torch'}"
