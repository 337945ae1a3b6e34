"""Folders of tiny encoders, copied and tried."""

import json
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DiskTooSmall, FolderUnusable
from desktop_rag.domain.models import FolderFault, ModelKind
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.encoders import taking
from desktop_rag.engines.machine import hardware
from tests import encoders as tiny

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def embedder(tmp_path_factory) -> Path:
    return tiny.write_embedder(tmp_path_factory.mktemp("theirs") / "E5").folder


class Patient:
    def check(self) -> None:
        pass


class Stopped:
    def check(self) -> None:
        raise Cancelled


def through(steps):
    """What is yielded, and what is returned."""
    done = []
    try:
        while True:
            done.append(next(steps))
    except StopIteration as end:
        return done, end.value


def test_a_folder_is_copied_and_used_once_before_it_has_its_name(embedder, tmp_path) -> None:
    (embedder / "modeling.py").write_text("raise SystemExit")
    target = tmp_path / "models" / "E5"
    steps = taking.take(embedder, target, Patient())
    next(steps)
    assert not target.exists()
    done, facts = through(steps)
    assert done[-1] == (facts.size, facts.size)
    assert (facts.kind, facts.dimension, facts.tokens) == (ModelKind.EMBEDDER, tiny.WIDTH, 100)
    assert sum(one.stat().st_size for one in target.rglob("*") if one.is_file()) == facts.size
    assert not (target / "modeling.py").exists()
    assert [one.name for one in target.parent.iterdir()] == ["E5"]


def test_a_reranker_is_tried_as_one(tmp_path) -> None:
    made = tiny.write_reranker(tmp_path / "theirs")
    _, facts = through(taking.take(made.folder, tmp_path / "ours", Patient()))
    assert (facts.kind, facts.weights) == (ModelKind.RERANKER, made.weights)


def test_an_entailment_model_is_tried_as_one(tmp_path) -> None:
    made = tiny.write_entailment(tmp_path / "theirs")
    _, facts = through(taking.take(made.folder, tmp_path / "ours", Patient()))
    assert (facts.kind, facts.weights) == (ModelKind.ENTAILMENT, made.weights)


@pytest.mark.parametrize("write", [tiny.write_reranker, tiny.write_entailment])
def test_weights_that_give_no_numbers_are_refused(write, tmp_path) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    theirs = write(tmp_path / "theirs").folder
    weights = load_file(theirs / "model.safetensors")
    weights["classifier.bias"] = torch.full_like(weights["classifier.bias"], torch.nan)
    save_file(weights, theirs / "model.safetensors", {"format": "pt"})
    with pytest.raises(FolderUnusable):
        through(taking.take(theirs, tmp_path / "ours", Patient()))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.safetensors", b"not tensors"),
        ("tokenizer.json", b"{}"),
        ("1_Pooling/config.json", b"{}"),
    ],
)
def test_what_cannot_be_loaded_is_refused_and_leaves_nothing(name, content, tmp_path) -> None:
    theirs = tiny.write_embedder(tmp_path / "theirs").folder
    (theirs / name).write_bytes(content)
    with pytest.raises(FolderUnusable) as caught:
        through(taking.take(theirs, tmp_path / "ours" / "E5", Patient()))
    assert (caught.value.path, caught.value.reason) == (str(theirs), FolderFault.DAMAGED)
    assert list((tmp_path / "ours").iterdir()) == []


def test_a_config_of_another_size_than_the_weights_is_refused(tmp_path) -> None:
    theirs = tiny.write_embedder(tmp_path / "theirs").folder
    config = json.loads((theirs / "config.json").read_text())
    (theirs / "config.json").write_text(json.dumps(config | {"hidden_size": 64}))
    with pytest.raises(FolderUnusable):
        through(taking.take(theirs, tmp_path / "E5", Patient()))


def test_what_is_stopped_or_has_no_room_leaves_nothing(embedder, monkeypatch, tmp_path) -> None:
    target = tmp_path / "models" / "E5"
    with pytest.raises(Cancelled):
        through(taking.take(embedder, target, Stopped()))
    monkeypatch.setattr(hardware, "free_disk", lambda _folder: 10)
    with pytest.raises(DiskTooSmall):
        through(taking.take(embedder, target, Patient()))
    assert list(target.parent.iterdir()) == []
