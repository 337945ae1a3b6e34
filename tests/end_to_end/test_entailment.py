"""Models that check answers: got, chosen and refused, on the command line and in the window."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.gui.models.models_dialog import SEARCHING
from desktop_rag.library import models
from desktop_rag.library.db.database import open_database
from desktop_rag.settings import catalogue
from desktop_rag.settings.paths import open_home
from tests import encoders, gguf_models, hub_server, pdfs
from tests.end_to_end.test_cli import Program
from tests.hub_server import Repository

LIBRARY = "Lighthouses"
QUESTION = "What did the lamp burn?"
KEY = "minilm-xnli"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("does not support raise", extend=True),  # offscreen has one screen
]


@pytest.fixture(scope="module")
def theirs(tmp_path_factory) -> Path:
    """Folders of somebody: one that checks answers, one that sorts passages, and a stranger."""
    folder = tmp_path_factory.mktemp("theirs")
    encoders.write_entailment(folder / "nli")
    encoders.write_reranker(folder / "rerank")
    encoders.write_entailment(folder / "moods", ("LABEL_0", "LABEL_1", "LABEL_2"))
    gguf_models.write_babbler(folder / "mini.gguf")
    pdfs.plain(folder / "lamp.pdf", ["The lamp of the Vorrin lighthouse burned whale oil."])
    return folder


@pytest.fixture(scope="module")
def installed(theirs, tmp_path_factory) -> Path:
    """A data directory with a document and all that can be installed."""
    program = Program(tmp_path_factory.mktemp("home") / "data")
    assert program.json("index", theirs / "lamp.pdf", "-l", LIBRARY).code == 0
    kinds = {}
    for name in ("nli", "rerank", "mini.gguf"):
        added = program.json("models", "add", theirs / name, "--no-exam")
        assert added.code == 0, added
        kinds[added.values["name"]] = added.values["kind"]
    assert kinds == {"nli": "entailment", "rerank": "reranker", "mini": "writer"}
    return program.home


@pytest.fixture
def program(installed, tmp_path) -> Program:
    """A copy, to be changed, whose encoders lie in it."""
    home = Path(shutil.copytree(installed, tmp_path / "data"))
    paths = open_home(home)
    with closing(open_database(paths.database)) as db:
        for one in models.listing(db):
            if one.path.is_relative_to(installed):
                place = str(home / one.path.relative_to(installed))
                db.execute("UPDATE models SET path = ? WHERE id = ?", (place, one.id))
    return Program(home)


def settings(program: Program) -> dict[str, object]:
    return dict(json.loads((program.home / "settings.json").read_text())["retrieval"])


def asked(program: Program) -> dict[str, object]:
    told = ("-l", LIBRARY, "--model", "mini", "--max-tokens", 12, "--seed", 1)
    ran = program.json("ask", QUESTION, *told)
    assert ran.code == 0, ran
    return ran.values


def test_each_is_chosen_for_what_it_is_made_for_and_given_up_again(program) -> None:
    for name, kind in (("NLI", "entailment"), ("rerank", "reranker")):
        used = program.json("models", "use", name)
        assert used.code == 0, used
        assert used.values == {"kind": kind, "name": name.lower()}
        assert settings(program)[kind] == name.lower()
        refused = program.json("models", "remove", name)
        assert refused.code == 1
        assert "then remove it" in refused.values["error"]
    assert "“nli” checks the answers." in program.run("models", "use", "nli").out
    assert (
        "No model checks answers." in program.run("models", "use", "none", "--as", "entailment").out
    )
    assert settings(program)["entailment"] == ""
    assert settings(program)["reranker"] == "rerank"
    assert program.json("models", "remove", "nli").values["deleted"] is True


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rerank", "--as", "entailment"), "sorts passages, so it cannot check answers."),
        (("nli", "--as", "reranker"), "checks answers, so it cannot sort passages."),
        (("mini",), "“mini” writes answers, so it cannot be chosen for this."),
        (("nobody",), "There is no model “nobody” here."),
        (("nobody", "--as", "entailment"), "Choose one of these: “nli”."),
    ],
    ids=" ".join,
)
def test_what_is_made_for_something_else_is_refused_in_a_sentence(
    program, arguments, words
) -> None:
    refused = program.json("models", "use", *arguments)
    assert refused.code == 1, refused
    assert words in refused.values["error"]
    assert not (program.home / "settings.json").exists()
    assert program.run("models", "use", "none").code == 2


def test_a_model_that_sorts_into_classes_of_no_name_is_not_taken_in(program, theirs) -> None:
    refused = program.json("models", "add", theirs / "moods")
    assert refused.code == 1
    assert "sorts texts into “LABEL_0, LABEL_1, LABEL_2”" in refused.values["error"]
    assert "moods" not in program.run("models", "list").out


def test_an_answer_is_checked_with_it_or_says_that_it_is_not(program) -> None:
    before = asked(program)
    assert program.json("models", "use", "nli").code == 0
    checked = asked(program)
    assert checked["answer"] == before["answer"]
    assert len(checked["checks"]) == len(before["checks"]) > 0
    assert "checked_less" not in checked
    (program.home / "models" / "nli" / "model.safetensors").write_bytes(b"other weights")
    less = asked(program)
    assert less["checks"] == before["checks"]
    assert "“nli” cannot be used." in less["checked_less"]
    ran = program.run("ask", QUESTION, "-l", LIBRARY, "--model", "mini", "--max-tokens", 12)
    assert "The answer is checked without it." in ran.out


def test_the_one_of_the_catalogue_is_downloaded_and_taken_for_what_it_is(theirs, tmp_path) -> None:
    folder = theirs / "nli"
    with hub_server.served() as hub:
        hub.repositories[catalogue.find(KEY).repository] = Repository(
            {one.name: one.read_bytes() for one in folder.iterdir()}
        )
        home = tmp_path / "data"
        home.mkdir()
        network = {"version": 1, "network": {"endpoint": hub.endpoint}}
        (home / "settings.json").write_text(json.dumps(network))
        program = Program(home)
        got = program.json("models", "download", KEY)
        assert got.code == 0, got
        assert got.values["kind"] == "entailment"
        used = program.json("models", "use", got.values["name"])
        assert used.values["kind"] == "entailment", used


def test_in_the_window_it_is_chosen_without_a_restart_and_what_is_wrong_is_told_once(
    program, opened
) -> None:
    running = opened()
    told: list[str] = []
    running.session.troubled.connect(told.append)
    running.session.choose_model(next(one.source for one in models.listing(running.db)))
    running.composition.window.actions_.by_name["models"].trigger()
    dialog = running.composition._models._dialog
    dialog.show_page(SEARCHING)
    box = dialog.searching.entailment
    assert [box.itemText(at) for at in range(box.count())] == ["None", "nli"]
    weights = running.paths.models_folder / "nli" / "model.safetensors"
    weights.write_bytes(b"other weights")
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert running.session.settings.retrieval.entailment == "nli"
    for _ in range(2):
        running.ask(QUESTION)
        assert running.answered().checks
    (words,) = told
    assert words.startswith("“nli” cannot be used.")
    assert words.endswith("Answers are checked without it.")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    running.ask(QUESTION)
    running.answered()
    assert len(told) == 1


def test_a_reranker_that_was_written_into_the_settings_to_check_is_told(program, opened) -> None:
    chosen = {"version": 1, "retrieval": {"entailment": "rerank"}}
    (program.home / "settings.json").write_text(json.dumps(chosen))
    running = opened()
    told: list[str] = []
    running.session.troubled.connect(told.append)
    running.composition._indexes.tell_missing()
    (words,) = told
    assert words.startswith("“rerank” sorts passages, so it cannot check answers.")
