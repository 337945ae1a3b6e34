"""Models on the command line: found on a hub, got, judged, measured, made smaller, asked."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import encoders, gguf_models, hub_server
from tests.end_to_end.test_cli import REAL, Program
from tests.hub_server import Hub, Repository
from tests.places import SAMPLES

REPOSITORY = "ana/Mini-GGUF"
NAME = "mini-F32"
EMBEDDER = "intfloat/multilingual-e5-small"
QUESTION = "Where is the gate key hidden?"
LIBRARY = "Papeles"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    return gguf_models.write_babbler(tmp_path_factory.mktemp("models") / f"{NAME}.gguf")


@pytest.fixture(scope="module")
def hub(model, tmp_path_factory) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("encoders")
    made = encoders.write_embedder(folder / "e5").folder
    files = {str(one.relative_to(made)): one for one in made.rglob("*") if one.is_file()}
    with hub_server.served() as hub:
        hub.repositories[REPOSITORY] = Repository({model.name: model.read_bytes()}, tags=["gguf"])
        hub.repositories[EMBEDDER] = Repository(
            {name: file.read_bytes() for name, file in files.items()}
        )
        yield hub


def settled(home: Path, **network: object) -> Program:
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.json").write_text(json.dumps({"version": 1, "network": network}))
    return Program(home)


@pytest.fixture(scope="module")
def program(tmp_path_factory, hub) -> Program:
    """The program that knows this hub. Not to be changed."""
    return settled(tmp_path_factory.mktemp("home") / "data", endpoint=hub.endpoint)


@pytest.fixture(scope="module")
def got(program) -> Program:
    """The program after it has got the model."""
    ran = program.json("models", "download", REPOSITORY, "--file", "*F32*")
    assert ran.code == 0, ran
    return program


def test_a_model_is_found_and_judged_before_it_is_got(program, hub) -> None:
    found = program.json("models", "search", "mini").values["repositories"]
    assert REPOSITORY in {one["repository"] for one in found}
    (file,) = program.json("models", "search", REPOSITORY).values["files"]
    assert file["name"] == f"{NAME}.gguf"
    size = file["size"]
    before = hub.sent
    judged = program.json("models", "fit", REPOSITORY, "--file", "*F32*", "--context", 1024)
    assert judged.code == 0, judged
    assert judged.values["verdict"] == "fits"
    assert judged.values["context_tokens"] == 1024
    assert judged.values["machine"]["cores"] >= 1
    assert hub.sent - before > 0
    assert size > 0


def test_a_model_that_was_got_is_listed_and_answers_by_its_name(got, tmp_path) -> None:
    (kept,) = got.json("models", "list").values["models"]
    assert (kept["name"], kept["kind"], kept["there"]) == (NAME, "writer", True)
    assert Path(kept["path"]).is_relative_to(got.home / "models")
    assert got.json("models", "list").values["downloads"] == []
    words = got.run("models", "list")
    assert NAME in words.out
    assert got.json("index", SAMPLES, "-l", LIBRARY).code == 0
    asked = got.json("ask", QUESTION, "-l", LIBRARY, "--model", NAME, "--max-tokens", 12)
    assert asked.code == 0, asked
    assert asked.values["mode"] == "model"
    assert asked.values["tokens"]["answer"] == 12


def test_a_model_is_measured_and_remembers_it(got) -> None:
    measured = got.json("models", "bench", NAME)
    assert measured.code == 0, measured
    assert measured.values["decode_tps"] > 0
    (kept,) = got.json("models", "list").values["models"]
    assert kept["decode_tps"] == pytest.approx(measured.values["decode_tps"])


def test_a_smaller_model_is_made_and_removed_with_its_file(got) -> None:
    made = got.json("models", "quantize", NAME, "q8_0")
    assert made.code == 0, made
    assert (made.values["name"], made.values["quantization"]) == (f"{NAME}-Q8_0", "Q8_0")
    path = Path(made.values["path"])
    assert path.is_file()
    again = got.json("models", "quantize", f"{NAME}-Q8_0", "F16")
    assert again.code == 1
    assert "cannot be made into" in again.values["error"]
    gone = got.json("models", "remove", f"{NAME}-q8_0")
    assert gone.values["deleted"] is True
    assert not path.exists()


def test_a_model_is_examined_when_it_is_got(got) -> None:
    (kept,) = (one for one in got.json("models", "list").values["models"] if one["name"] == NAME)
    assert (kept["exam"]["questions"], kept["exam"]["trusted"]) == (20, False)
    assert kept["exam"]["right"] < 4  # it babbles


def test_a_file_is_used_where_it_lies_or_copied(got, model, tmp_path) -> None:
    theirs = Path(shutil.copy(model, tmp_path / "ñandú.gguf"))
    added = got.json("models", "add", theirs, "--no-exam").values
    assert added["exam"] is None
    assert (added["path"], added["name"]) == (str(theirs), "ñandú")
    assert got.json("models", "remove", "ñandú").values["deleted"] is False
    assert theirs.is_file()
    copied = got.json("models", "add", theirs, "--copy", "--no-exam").values
    assert Path(copied["path"]).is_relative_to(got.home)
    theirs.unlink()
    assert got.json("models", "fit", "ñandú").values["verdict"] == "fits"
    assert got.json("models", "remove", "ñandú").values["deleted"] is True


def test_an_embedder_that_was_got_searches_once_it_is_chosen(hub, tmp_path) -> None:
    program = Program(settled(tmp_path / "data", endpoint=hub.endpoint).home, REAL)
    got = program.json("models", "download", "multilingual-e5-small")
    assert got.code == 0, got
    name = got.values["name"]
    assert got.values["kind"] == "embedder"
    assert program.json("index", SAMPLES, "-l", LIBRARY).values["chunks"] > 0
    settings = json.loads((program.home / "settings.json").read_text())
    settings["retrieval"] = {"embedder": name}
    (program.home / "settings.json").write_text(json.dumps(settings))
    again = program.json("index", SAMPLES, "-l", LIBRARY)
    assert again.code == 0, again
    found = program.json("search", QUESTION, "-l", LIBRARY, "-k", 20)
    assert found.code == 0, found
    assert any("key" in hit["text"] for hit in found.values["hits"])
    tables = {one.name for one in (program.home / "vectors").iterdir()}
    assert any(f"-{encoders.WIDTH}" in table.removesuffix(".lance") for table in tables), tables
    (weights,) = (program.home / "models").rglob("model.safetensors")
    weights.write_bytes(b"other weights")
    broken = program.json("search", "gate key", "-l", LIBRARY)
    assert broken.code == 0, broken
    assert broken.values["hits"]
    assert "missing or damaged" in broken.values["words_alone"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("download", "ana/Nothing"), "does not exist there"),
        (("download", REPOSITORY, "--file", "*Q2_K*"), "has no file"),
        (("remove", "Nothing"), "There is no model"),
        (("bench", "nowhere.gguf"), "There is no language model"),
        (("add", __file__), "cannot be used as a language model"),
    ],
    ids=lambda value: "-".join(value[:1]) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_said_in_one_sentence(got, arguments, words) -> None:
    ran = got.json("models", *arguments)
    assert ran.code == 1, ran
    assert words in ran.values["error"]


def test_every_connection_can_be_seen(got) -> None:
    made = got.json("models", "connections").values["connections"]
    assert {one["host"] for one in made} == {"127.0.0.1"}
    assert {"listing", "download"} <= {one["purpose"] for one in made}
    assert "127.0.0.1" in got.run("models", "connections").out


def test_offline_nothing_is_asked_of_the_hub(hub, tmp_path) -> None:
    program = settled(tmp_path / "data", endpoint=hub.endpoint, offline=True)
    before = len(hub.api)
    for arguments in (("search", "mini"), ("download", REPOSITORY), ("fit", REPOSITORY)):
        ran = program.json("models", *arguments)
        assert ran.code == 1, ran
        assert "The network is switched off" in ran.values["error"]
    assert len(hub.api) == before
    assert program.json("models", "list", "--all").code == 0
