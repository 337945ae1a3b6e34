"""Folders of embedders and rerankers, as far as their files say what is in them."""

import json
from pathlib import Path

import pytest

from desktop_rag.domain.errors import FolderUnusable
from desktop_rag.domain.models import FolderFault, ModelKind
from desktop_rag.engines.encoders import folders

CARD = """---
license: mit
language:
- es
- en
- no
- multilingual
tags:
- de
- sentence-transformers
---
# E5
- fr
"""


def part(at: int, kind: str, path: str = "") -> dict[str, object]:
    return {"idx": at, "path": path, "type": f"sentence_transformers.models.{kind}"}


def write(folder: Path, name: str, content: object) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")


@pytest.fixture
def embedder(tmp_path) -> Path:
    """A folder that says what one for sentence-transformers says; its weights are none."""
    folder = tmp_path / "E5"
    write(folder, "config.json", {"hidden_size": 32, "max_position_embeddings": 130})
    write(folder, "modules.json", [part(0, "Transformer"), part(1, "Pooling", "1_Pooling")])
    write(folder, "1_Pooling/config.json", {"pooling_mode_cls_token": True})
    write(folder, "tokenizer.json", {})
    write(folder, "model.safetensors", "weights")
    return folder


def reason(folder: Path) -> tuple[str, str]:
    with pytest.raises(FolderUnusable) as caught:
        folders.read(folder)
    assert caught.value.path == str(folder)
    return caught.value.reason, caught.value.part


def test_a_folder_says_what_is_in_it_and_how_it_wants_to_be_used(embedder) -> None:
    write(embedder, "README.md", CARD)
    write(embedder, "sentence_bert_config.json", {"max_seq_length": 100})
    prompts = {"query": "pregunta: ", "document": "texto: "}
    write(embedder, "config_sentence_transformers.json", {"prompts": prompts})
    found = folders.read(embedder).facts
    assert (found.kind, found.dimension, found.tokens) == (ModelKind.EMBEDDER, 32, 100)
    assert (found.query_prefix, found.passage_prefix) == ("pregunta: ", "texto: ")
    assert (found.languages, found.licence) == (("es", "en", "no"), "mit")
    assert found.weights == folders.digest(embedder / "model.safetensors")


def test_what_a_folder_does_not_say_is_left_open(embedder) -> None:
    found = folders.read(embedder).facts
    assert (found.query_prefix, found.passage_prefix, found.languages) == (None, None, ())
    assert found.tokens == 128
    write(embedder, "config_sentence_transformers.json", {"prompts": {"query": "", "document": ""}})
    assert folders.read(embedder).facts.query_prefix is None


@pytest.mark.parametrize(
    ("said", "prefixes"),
    [
        ({"prompts": {"query": "q: "}}, ("q: ", "")),
        ({"prompts": {"search_query": "q: ", "search_document": "d: "}}, ("q: ", "d: ")),
        ({"prompts": {"usual": "u: "}, "default_prompt_name": "usual"}, ("u: ", "u: ")),
        ({"prompts": {"Query": "q: ", "corpus": 7}}, ("q: ", "")),
        ({"prompts": ["query"]}, (None, None)),
        ([], (None, None)),
    ],
)
def test_prompts_have_the_names_that_models_give_them(embedder, said, prefixes) -> None:
    write(embedder, "config_sentence_transformers.json", said)
    found = folders.read(embedder).facts
    assert (found.query_prefix, found.passage_prefix) == prefixes


def test_only_what_is_read_is_taken_along(embedder) -> None:
    for name in ("pytorch_model.bin", "onnx/model.onnx", "modeling_e5.py", "adapter_config.json"):
        write(embedder, name, "{}")
    assert sorted(folders.read(embedder).files) == [
        "1_Pooling/config.json",
        "config.json",
        "model.safetensors",
        "modules.json",
        "tokenizer.json",
    ]


def test_a_dense_part_says_how_long_the_vectors_are(embedder) -> None:
    parts = [part(0, "Transformer"), part(1, "Pooling", "1_Pooling"), part(2, "Dense", "2_Dense")]
    write(embedder, "modules.json", parts)
    write(embedder, "2_Dense/config.json", {"out_features": 16})
    write(embedder, "2_Dense/pytorch_model.bin", "")
    assert reason(embedder) == (FolderFault.PICKLE, "pytorch_model.bin")
    write(embedder, "2_Dense/model.safetensors", "weights")
    assert folders.read(embedder).facts.dimension == 16


def test_a_reranker_is_told_from_an_embedder(embedder) -> None:
    config = {"hidden_size": 32, "max_position_embeddings": 130}
    write(embedder, "config_sentence_transformers.json", {"model_type": "CrossEncoder"})
    assert folders.read(embedder).facts.kind is ModelKind.RERANKER
    (embedder / "config_sentence_transformers.json").unlink()
    (embedder / "modules.json").unlink()
    assert reason(embedder) == (FolderFault.NOT_ENCODER, "")
    config |= {"architectures": ["BertForSequenceClassification"]}
    write(embedder, "config.json", config)
    found = folders.read(embedder).facts
    assert (found.kind, found.dimension, found.query_prefix) == (ModelKind.RERANKER, 0, None)


def sorts(folder: Path, *labels: str) -> None:
    """Have the folder say that what is in it sorts texts into classes of these names."""
    config = json.loads((folder / "config.json").read_text())
    config |= {"architectures": ["BertForSequenceClassification"]}
    write(folder, "config.json", config | {"id2label": dict(enumerate(labels))})


@pytest.mark.parametrize(
    "labels",
    [
        ("entailment", "neutral", "contradiction"),
        ("CONTRADICTION", "ENTAILMENT", "NEUTRAL"),
        ("contradiction", "neutral", "Entailment "),
    ],
)
def test_an_entailment_model_is_told_by_its_labels(labels, embedder) -> None:
    sorts(embedder, *labels)
    found = folders.read(embedder).facts
    assert (found.kind, found.dimension, found.query_prefix) == (ModelKind.ENTAILMENT, 0, None)
    order = folders.entailment_order(embedder)
    told = tuple(labels[at].strip().lower() for at in order)
    assert told == ("entailment", "neutral", "contradiction")


def test_a_reranker_has_one_label_whatever_it_is_called(embedder) -> None:
    sorts(embedder, "LABEL_0")
    assert folders.read(embedder).facts.kind is ModelKind.RERANKER
    sorts(embedder, "entailment")
    assert folders.read(embedder).facts.kind is ModelKind.RERANKER
    with pytest.raises(ValueError, match="no labels"):
        folders.entailment_order(embedder)


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (("LABEL_0", "LABEL_1", "LABEL_2"), "LABEL_0, LABEL_1, LABEL_2"),
        (("entailment", "not_entailment"), "entailment, not_entailment"),
        (("entailment", "neutral", "neutral"), "entailment, neutral, neutral"),
        (tuple("abcdefgh"), "a, b, c, d, e"),
        (("x" * 99, "y"), f"{'x' * 40}, y"),
    ],
)
def test_what_sorts_into_other_classes_is_refused_with_their_names(labels, told, embedder) -> None:
    sorts(embedder, *labels)
    assert reason(embedder) == (FolderFault.UNKNOWN_LABELS, told)


@pytest.mark.parametrize(
    "said",
    [
        {"0": "entailment", "1": "neutral", "3": "contradiction"},
        {"0": "entailment", "00": "neutral", "1": "contradiction"},
        {"first": "entailment"},
        ["entailment", "neutral", "contradiction"],
        7,
    ],
    ids=str,
)
def test_classes_that_are_not_numbered_from_0_are_damage(said, embedder) -> None:
    sorts(embedder)
    config = json.loads((embedder / "config.json").read_text())
    write(embedder, "config.json", config | {"id2label": said})
    assert reason(embedder) == (FolderFault.DAMAGED, "config.json")


@pytest.mark.parametrize(
    ("module", "fault"),
    [
        ({"type": "mine.models.Transformer"}, FolderFault.CODE),
        ({"type": "sentence_transformers.models.Transformer.evil"}, FolderFault.CODE),
        ({"type": "sentence_transformers.models.CNN", "path": "1_CNN"}, FolderFault.UNKNOWN_PARTS),
        (part(1, "Transformer", "1"), FolderFault.UNKNOWN_PARTS),
        (part(1, "Pooling", ".."), FolderFault.UNKNOWN_PARTS),
        (part(1, "Pooling", "/etc"), FolderFault.UNKNOWN_PARTS),
        (part(1, "Pooling", ""), FolderFault.UNKNOWN_PARTS),
        (part(1, "Pooling", "a/../.."), FolderFault.UNKNOWN_PARTS),
        (7, FolderFault.CODE),
    ],
)
def test_parts_that_are_not_known_here_are_refused(embedder, module, fault) -> None:
    write(embedder, "modules.json", [part(0, "Transformer"), module])
    assert reason(embedder)[0] == fault


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("config.json", {"auto_map": {"AutoModel": "modeling.E5"}}),
        ("tokenizer_config.json", {"auto_map": {"AutoTokenizer": ["t.E5", None]}}),
        ("sentence_bert_config.json", {"model_args": {"trust_remote_code": True}}),
        ("1_Pooling/config.json", {"inside": [{"auto_map": {"x": "y"}}]}),
    ],
)
def test_what_wants_programs_of_its_own_is_refused(embedder, name, said) -> None:
    path = embedder / name
    old = json.loads(path.read_text()) if path.exists() else {}
    write(embedder, name, old | said)
    assert reason(embedder) == (FolderFault.CODE, name)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "1_Pooling/config.json"])
def test_what_lacks_a_file_is_refused(embedder, name) -> None:
    (embedder / name).unlink()
    assert reason(embedder) == (FolderFault.LACKS, name)


def test_weights_in_pickles_alone_are_refused(embedder) -> None:
    (embedder / "model.safetensors").rename(embedder / "pytorch_model.bin")
    assert reason(embedder) == (FolderFault.PICKLE, "pytorch_model.bin")


def test_a_link_out_of_the_folder_is_refused(embedder, tmp_path) -> None:
    (embedder / "model.safetensors").rename(tmp_path / "blob")
    (embedder / "model.safetensors").symlink_to(tmp_path / "blob")
    assert reason(embedder) == (FolderFault.LINK, "model.safetensors")
    (embedder / "model.safetensors").unlink()
    write(embedder, "inside", "weights")
    (embedder / "model.safetensors").symlink_to("inside")
    assert folders.read(embedder).facts.size > 0


def test_a_folder_of_links_out_of_it_is_refused(embedder, tmp_path) -> None:
    (embedder / "1_Pooling").rename(tmp_path / "elsewhere")
    (embedder / "1_Pooling").symlink_to(tmp_path / "elsewhere")
    assert reason(embedder) == (FolderFault.LINK, "1_Pooling/config.json")


def test_a_huge_file_is_refused_before_it_is_read(embedder) -> None:
    with (embedder / "config.json").open("r+b") as file:
        file.truncate((1 << 20) + 1)
    assert reason(embedder) == (FolderFault.TOO_LARGE, "config.json")


@pytest.mark.parametrize(
    "content",
    [
        "not JSON",
        "[" * 100_000,
        '{"hidden_size": "wide"}',
        '{"hidden_size": -1, "max_position_embeddings": 128}',
        '{"hidden_size": 32, "max_position_embeddings": 5}',
        '{"hidden_size": 32}',
        '{"hidden_size": 32, "max_position_embeddings": 1e400}',
        '{"hidden_size": 32, "max_position_embeddings": 128, "x": ' + "[" * 90 + "]" * 90 + "}",
    ],
    ids=lambda content: content[:20],
)
def test_a_folder_that_says_nothing_usable_is_refused(embedder, content) -> None:
    write(embedder, "config.json", content)
    assert reason(embedder) == (FolderFault.DAMAGED, "config.json")


def test_what_is_no_folder_of_an_encoder_is_refused(tmp_path) -> None:
    assert reason(tmp_path / "nowhere") == (FolderFault.NO_FOLDER, "")
    assert reason(tmp_path) == (FolderFault.NOT_ENCODER, "")
