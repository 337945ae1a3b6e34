import math

import pytest
from pydantic import ValidationError

from desktop_rag.settings.schema import (
    MOST_OWN_PRESETS,
    Generating,
    Indexing,
    OwnPreset,
    Presets,
    Retrieval,
    Sampling,
    Settings,
    Window,
)

OWN = OwnPreset(name="Cuentos", sampling=Sampling(temperature=1.3))


def test_the_defaults_are_valid() -> None:
    defaults = Settings()
    assert Settings.model_validate(defaults.model_dump()) == defaults
    assert defaults.indexing == Indexing(chunk_tokens=110, page_seconds=30)
    assert defaults.retrieval == Retrieval(passages=6, candidates=100, neighbours=True)


@pytest.mark.parametrize(
    ("section", "change"),
    [
        (Indexing(), {"chunk_tokens": 31}),
        (Indexing(), {"chunk_tokens": 513}),
        (Indexing(), {"reading_gib": math.inf}),
        (Retrieval(), {"passages": 0}),
        (Sampling(), {"temperature": -0.1}),
        (Sampling(), {"temperature": 2.1}),
        (Sampling(), {"top_p": math.nan}),
        (Sampling(), {"seed": -1}),
        (Sampling(), {"seed": 2**32 - 1}),
        (Generating(), {"context_tokens": 0}),
        (Window(), {"theme": "pink"}),
        (Window(), {"language": "fr"}),
        (OWN, {"name": ""}),
        (Presets(), {"own": (OWN,) * (MOST_OWN_PRESETS + 1)}),
    ],
)
def test_a_value_out_of_range_is_refused(section, change) -> None:
    with pytest.raises(ValidationError):
        section.replaced(**change)


def test_replacing_leaves_the_old_value_alone() -> None:
    old = Sampling()
    assert old.replaced(temperature=0.7, greedy=True) == Sampling(temperature=0.7, greedy=True)
    assert old == Sampling()
    with pytest.raises(ValidationError):
        old.temperature = 0.7


def test_a_misspelt_setting_is_no_setting() -> None:
    with pytest.raises(TypeError, match="temprature"):
        Sampling().replaced(temprature=0.7)


def test_the_most_passages_are_still_candidates() -> None:
    assert Retrieval(passages=20, candidates=20)
    with pytest.raises(ValidationError):
        Retrieval(candidates=19)


def test_own_presets_survive_a_file() -> None:
    settings = Settings(presets=Presets(own=(OWN,)), window=Window(theme="dark"))
    assert Settings.model_validate_json(settings.model_dump_json()) == settings
