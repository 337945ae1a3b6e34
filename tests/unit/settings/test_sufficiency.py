"""The weights that come with the program."""

import json

import numpy as np
import pytest
from pydantic import ValidationError

from desktop_rag.answer.sufficiency import SIGNS
from desktop_rag.settings.embedders import ENGLISH, MULTILINGUAL
from desktop_rag.settings.paths import resources
from desktop_rag.settings.sufficiency import ANY, WORDS, read, weighing
from tests.benchmarks.fit_sufficiency import SOURCE, Fitted, resource
from tests.places import ROOT

FILE = resources() / "sufficiency.json"


def test_every_weight_is_of_a_sign_that_there_is() -> None:
    known = read(FILE)
    assert {MULTILINGUAL, ENGLISH, ANY, WORDS} == set(known)
    for one in known.values():
        assert set(one.weights) <= set(SIGNS)


def test_the_file_is_as_the_script_writes_it() -> None:
    content = json.loads(FILE.read_text("utf-8"))
    fitted = {
        name: Fitted(
            tuple(one["weights"]),
            np.array(list(one["weights"].values())),
            one["intercept"],
            float(np.log(one["enough"] / (1 - one["enough"]))),
        )
        for name, one in content["embedders"].items()
    }
    assert resource(fitted) == FILE.read_text("utf-8")
    assert content["source"] == SOURCE
    assert (ROOT / SOURCE).is_file()


def test_words_alone_believe_no_nearness() -> None:
    assert not {"nearness", "low", "strange", "agreed", "across"} & set(weighing(None).weights)


@pytest.mark.parametrize("name", [MULTILINGUAL, ENGLISH, ANY])
def test_nearer_is_never_less_of_an_answer(name) -> None:
    weights = weighing(name).weights
    assert weights["nearness"] >= 0
    assert max(weights["low"], weights["strange"], weights["denied"], weights["opposite"]) <= 0


def test_an_embedder_that_was_not_measured_has_the_weights_of_any() -> None:
    assert weighing("another-one") is weighing(ANY)
    assert weighing(MULTILINGUAL) is not weighing(ANY)


@pytest.mark.parametrize(
    "broken",
    [{"enough": 1.5}, {"weights": {}}, {"intercept": "NaN"}, {"surprise": 1}],
)
def test_a_broken_file_is_refused(tmp_path, broken) -> None:
    fitted = {"intercept": 0.0, "weights": {"nearness": 1.0}, "enough": 0.5}
    path = tmp_path / "sufficiency.json"
    path.write_text(json.dumps({"source": "s", "embedders": {"e": fitted}}), "utf-8")
    assert read(path)["e"].enough == 0.5
    path.write_text(json.dumps({"source": "s", "embedders": {"e": fitted | broken}}), "utf-8")
    with pytest.raises(ValidationError):
        read(path)
