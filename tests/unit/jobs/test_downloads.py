"""The order in which a model is got, without a hub."""

from dataclasses import replace

import pytest

from desktop_rag.domain.errors import HubUnknown, ModelUnusable
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import EncoderFacts, HubFile, HubListing, ModelKind
from desktop_rag.jobs.downloads import PREFERRED, getting, wanted_of
from desktop_rag.workers.commands.downloading import Fetch, Fetched
from desktop_rag.workers.commands.tuning import Describe, Described, Inspect
from tests.unit.library.test_models import FACTS

NAMES = (
    "m-Q4_K_M.gguf",
    "m-q8_0.gguf",
    "big/m-F16-00001-of-00002.gguf",
    "big/m-F16-00002-of-00002.gguf",
)
PARTS = tuple(HubFile(name, 10) for name in NAMES)
WHOLE = (*PARTS[:2], HubFile(NAMES[2], 20, parts=PARTS[2:]))
LISTING = HubListing("ana/m", "r1", "mit", False, WHOLE)


def through(steps, facts=FACTS):
    """What is asked for, each granted, and what is found at the end."""
    asked, sent = [], None
    while True:
        try:
            step = steps.send(sent)
        except StopIteration as end:
            return asked, end.value
        asked.append(step)
        match step:
            case Inspect():
                sent = facts
            case Describe():
                sent = Described(facts)
            case _:
                sent = Fetched(step.target, step.file)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        (PREFERRED, NAMES[:1]),
        ("M-Q8_0.GGUF", NAMES[1:2]),
        ("*f16*", NAMES[2:4]),
        ("big/*", NAMES[2:4]),
        ("m-f16-*", NAMES[2:4]),
    ],
)
def test_a_pattern_stands_for_one_model_with_all_its_parts(pattern, names) -> None:
    wanted = wanted_of(LISTING, ModelKind.WRITER, pattern)
    assert tuple(part.name for part in wanted.parts) == names


def test_a_pattern_that_nothing_is_like_is_refused() -> None:
    with pytest.raises(HubUnknown):
        wanted_of(LISTING, ModelKind.WRITER, "*Q2_K*")


def test_a_writer_is_looked_into_once_all_of_it_is_there(tmp_path) -> None:
    steps = getting(wanted_of(LISTING, ModelKind.WRITER, "big/*"), tmp_path)
    asked, found = through(steps)
    assert [type(step) for step in asked] == [Fetch, Fetch, Inspect]
    assert [step.later for step in asked[:2]] == [10, 0]
    assert found.path == asked[0].target == asked[2].path == tmp_path / "ana--m" / NAMES[2]
    assert (found.sha256, found.size, found.facts, found.ours) == (NAMES[2], 20, FACTS, True)
    assert (found.name, found.licence) == ("m-F16-00001-of-00002", "mit")


def test_parts_that_are_there_already_do_not_count_as_still_to_come(tmp_path) -> None:
    there = tmp_path / "ana--m" / NAMES[3]
    there.parent.mkdir(parents=True)
    there.touch()
    asked, _ = through(getting(wanted_of(LISTING, ModelKind.WRITER, "big/*"), tmp_path))
    assert [step.later for step in asked[:2]] == [0, 0]


def test_an_adapter_is_not_found_to_be_a_model(tmp_path) -> None:
    steps = getting(wanted_of(LISTING, ModelKind.WRITER, PREFERRED), tmp_path)
    with pytest.raises(ModelUnusable) as refused:
        through(steps, replace(FACTS, base="llama"))
    assert refused.value.args == (str(tmp_path / "ana--m" / NAMES[0]), Unusable.ADAPTER)


def test_an_encoder_is_a_folder_known_by_its_weights(tmp_path) -> None:
    files = tuple(
        HubFile(n, 1)
        for n in ("2_Dense/model.safetensors", "model.safetensors", "1_Pooling/c.json")
    )
    steps = getting(
        wanted_of(HubListing("ana/e5", "r1", "mit", False, files), ModelKind.EMBEDDER, ""), tmp_path
    )
    said = EncoderFacts(kind=ModelKind.EMBEDDER, weights="ab", size=3, tokens=512)
    asked, found = through(steps, said)
    assert asked[3] == Describe(tmp_path / "ana--e5")
    assert found.path == tmp_path / "ana--e5"
    assert found.encoder == said
    assert asked[2].target == tmp_path / "ana--e5" / "1_Pooling" / "c.json"
    assert (found.kind, found.sha256) == (ModelKind.EMBEDDER, "model.safetensors")


@pytest.mark.parametrize(
    "said", [None, EncoderFacts(kind=ModelKind.EMBEDDER, weights="ab", size=3, tokens=512)]
)
def test_what_a_folder_says_of_another_kind_is_not_believed(said, tmp_path) -> None:
    listing = HubListing("ana/r", "r1", "mit", False, (HubFile("model.safetensors", 1),))
    _, found = through(getting(wanted_of(listing, ModelKind.RERANKER, ""), tmp_path), said)
    assert (found.kind, found.encoder) == (ModelKind.RERANKER, None)
