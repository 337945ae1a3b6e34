"""The weights that come with the program."""

import json

import pytest
from pydantic import ValidationError

from desktop_rag.answer.sufficiency import SIGNS
from desktop_rag.settings.embedders import MULTILINGUAL
from desktop_rag.settings.paths import resources
from desktop_rag.settings.sufficiency import ANY, WORDS, read, weighing

FILE = resources() / "sufficiency.json"


def test_every_weight_is_of_a_sign_that_there_is() -> None:
    known = read(FILE)
    assert {MULTILINGUAL, "all-MiniLM-L6-v2", ANY, WORDS} == set(known)
    for one in known.values():
        assert set(one.weights) <= set(SIGNS)


def test_words_alone_believe_no_nearness() -> None:
    assert not {"nearness", "low", "strange", "agreed", "across"} & set(weighing(None).weights)


@pytest.mark.parametrize("name", [MULTILINGUAL, "all-MiniLM-L6-v2", ANY])
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
