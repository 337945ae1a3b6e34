"""Embedders on the command line: listed, taken in, chosen, and refused in words."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests import encoders
from tests.end_to_end.test_cli import Program
from tests.places import SAMPLES

LIBRARY = "Papeles"
MINILM = "all-minilm-l6-v2"
QUESTION = "Where is the gate key hidden?"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return encoders.write_embedder(tmp_path_factory.mktemp("theirs") / "Ana E5").folder


@pytest.fixture(scope="module")
def indexed(tmp_path_factory, folder) -> Path:
    """A data directory whose documents the English embedder has, and with another one added."""
    program = Program(tmp_path_factory.mktemp("data") / "home")
    choose(program, MINILM)
    assert program.json("index", SAMPLES, "-l", LIBRARY).values["swapped"] is None
    added = program.json("models", "add", folder)
    assert added.code == 0, added
    assert (added.values["name"], added.values["kind"]) == ("Ana E5", "embedder")
    return program.home


@pytest.fixture
def program(indexed, tmp_path) -> Program:
    """A copy, to be changed; the folder that was added lies in the first."""
    shutil.copytree(indexed, tmp_path / "home")
    return Program(tmp_path / "home")


def choose(program: Program, name: str) -> None:
    """Write a name into the settings, as with an editor."""
    program.home.mkdir(parents=True, exist_ok=True)
    settings = {"version": 1, "retrieval": {"embedder": name}}
    (program.home / "settings.json").write_text(json.dumps(settings))


def asked(program: Program, command: str) -> dict[str, object]:
    ran = program.json(command, QUESTION, "-l", LIBRARY)
    assert ran.code == 0, ran
    return ran.values


def serves(program: Program) -> str:
    return program.json("embedders", "list").values["serves"]


def test_embedders_are_listed_with_what_they_know_and_cost(program) -> None:
    listed = {one["name"]: one for one in program.json("embedders", "list").values["embedders"]}
    english = listed[MINILM]
    assert english["serves"]
    assert english["chosen"]
    assert english["there"]
    assert english["ours"]
    assert (english["languages"], english["building"]) == (["en"], False)
    assert english["size"] > 50_000_000
    assert len(listed["multilingual-e5-small"]["languages"]) > 50
    assert listed["Ana E5"]["there"]
    assert not listed["Ana E5"]["serves"]
    assert all(one["chunks_per_second"] > 0 and one["minutes"] > 0 for one in listed.values())
    assert not listed["granite-embedding-97m"]["there"]
    words = program.run("embedders", "list").out
    assert "70 languages" in words
    assert "serves" in words


def test_another_embedder_is_used_once_its_index_is_whole(program) -> None:
    chosen = program.json("embedders", "use", "ana e5")
    assert chosen.code == 0, chosen
    assert (chosen.values["embedder"], chosen.values["serves"]) == ("Ana E5", MINILM)
    assert (chosen.values["documents"], chosen.values["minutes"]) == (8, 1)
    assert program.json("embedders", "list").values["building"] == "Ana E5"
    assert asked(program, "search")["hits"]
    waited = program.run("embedders", "use", "Ana E5", "--wait")
    assert f"searched from now on instead of “{MINILM}”" in waited.out, waited
    assert serves(program) == "Ana E5"
    assert asked(program, "search")["hits"]
    refused = program.json("models", "remove", "Ana E5")
    assert refused.code == 1
    assert "the embedder that your documents are found by" in refused.values["error"]
    assert "embedders use" in refused.values["error"]
    back = program.json("embedders", "use", MINILM, "--wait").values
    assert (back["swapped"], back["serves"], back["failed"]) == (True, MINILM, [])


def test_indexing_says_that_it_built_another_index(program) -> None:
    choose(program, "Ana E5")
    built = program.json("index", SAMPLES, "-l", LIBRARY)
    assert built.values["swapped"] == {"from": MINILM, "to": "Ana E5"}
    assert "is built beside the present one" in built.err
    choose(program, MINILM)
    words = program.run("index", SAMPLES, "-l", LIBRARY).out
    assert f"The index of “{MINILM}” was built" in words
    assert program.json("index", SAMPLES, "-l", LIBRARY).values["swapped"] is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("all-minilm-l6-v", f"Did you mean “{MINILM}”"),
        ("granite-embedding-97m", "models download granite-embedding-97m"),
        ("nonsense", f"“{MINILM}”"),
    ],
)
def test_what_is_not_there_cannot_be_chosen(name, words, program) -> None:
    before = (program.home / "settings.json").read_text()
    refused = program.json("embedders", "use", name)
    assert refused.code == 1
    assert words in refused.values["error"]
    assert (program.home / "settings.json").read_text() == before


def test_a_misspelt_embedder_is_refused_and_what_serves_is_kept(program, tmp_path) -> None:
    choose(program, "Ana E6")
    kept = program.json("index", SAMPLES, "-l", LIBRARY)
    assert kept.code == 0, kept
    (note,) = kept.values["notes"]
    assert "There is no embedder “Ana E6” here. Did you mean “Ana E5”?" in note
    assert f"“{MINILM}” goes on finding your documents" in note
    assert kept.values["swapped"] is None
    assert note in program.run("index", SAMPLES, "-l", LIBRARY).out
    assert serves(program) == MINILM
    empty = Program(tmp_path / "new")
    choose(empty, "Ana E6")
    refused = empty.json("index", SAMPLES, "-l", LIBRARY)
    assert refused.code == 1
    assert "There is no embedder “Ana E6” here" in refused.values["error"]


def weights(program: Program) -> Path:
    """The weights that the list of models has, in a copy of their folder, which is put there."""
    own = program.home / "models" / "Ana_E5"
    with sqlite3.connect(program.home / "library.sqlite3") as db:
        db.execute("UPDATE models SET path = ?", (str(own),))
    db.close()
    return own / "model.safetensors"


def test_damaged_weights_never_take_the_place_of_what_serves(program) -> None:
    weights(program).write_bytes(b"other weights")
    refused = program.json("embedders", "use", "Ana E5")
    assert refused.code == 1
    assert "“Ana E5” cannot be used" in refused.values["error"]
    choose(program, "Ana E5")
    kept = program.json("index", SAMPLES, "-l", LIBRARY)
    assert kept.code == 0, kept
    assert "“Ana E5” cannot be used" in kept.values["notes"][0]
    assert program.json("embedders", "list").values["building"] is None
    assert serves(program) == MINILM


def test_where_the_embedder_is_gone_words_alone_are_found_and_that_is_said(program) -> None:
    own = weights(program).parent
    assert program.json("embedders", "use", "Ana E5", "--wait").values["swapped"]
    shutil.rmtree(own)
    found = asked(program, "search")
    assert any("key" in hit["text"] for hit in found["hits"])
    assert "“Ana E5” cannot be used" in found["words_alone"]
    assert "Found by words alone" in program.run("search", QUESTION, "-l", LIBRARY).out
    answer = asked(program, "ask")
    assert "flowerpot" in answer["answer"]
    assert "words_alone" in answer
    refused = program.json("index", SAMPLES, "-l", LIBRARY)
    assert refused.code == 1
    assert str(own) in refused.values["error"]
    assert serves(program) == "Ana E5"
    chosen = program.json("embedders", "use", MINILM, "--wait")
    assert chosen.values["serves"] == MINILM, chosen
    assert "words_alone" not in asked(program, "search")


def test_a_folder_that_cannot_be_used_is_refused_in_one_sentence(program, folder, tmp_path) -> None:
    copy = tmp_path / "E6"
    shutil.copytree(folder, copy)
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    refused = program.json("models", "add", copy)
    assert refused.code == 1
    assert "a format that can hide programs" in refused.values["error"]
    assert [one.name for one in (program.home / "models").iterdir()] == ["Ana_E5"]
