"""The next token is drawn as the settings say, from likelihoods as they are."""

import ctypes
import math
from dataclasses import replace

import pytest

from desktop_rag.domain.generation import SamplingParameters
from desktop_rag.engines.llm import sampling
from desktop_rag.engines.llm.sampling import OddsReader, candidates, sampler

api = sampling.api  # of llama.cpp
OPEN = SamplingParameters(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0)
LOGITS = tuple(math.log(share) for share in (0.4, 0.3, 0.2, 0.1))
SEEDS = range(60)


def drawn(how: SamplingParameters, seed: int = 0, said: tuple[int, ...] = ()) -> int:
    """Draw from `LOGITS` after these tokens have been said."""
    with sampler(how, seed, 1000) as chain:
        for token in said:
            api.llama_sampler_accept(chain, token)
        size = len(LOGITS)
        tokens = (api.llama_token_data * size)(*((at, log, 0.0) for at, log in enumerate(LOGITS)))
        found = api.llama_token_data_array(tokens, size, -1, False)
        api.llama_sampler_apply(chain, ctypes.byref(found))
        return int(found.data[found.selected].id)


def all_drawn(**changes: object) -> set[int]:
    return {drawn(replace(OPEN, **changes), seed) for seed in SEEDS}


def test_without_cuts_every_token_is_drawn_some_time_and_a_seed_draws_the_same_again() -> None:
    assert all_drawn() == {0, 1, 2, 3}
    assert [drawn(OPEN, seed) for seed in SEEDS] == [drawn(OPEN, seed) for seed in SEEDS]


@pytest.mark.parametrize(
    ("cut", "left"),
    [
        ({"top_k": 2}, {0, 1}),
        ({"top_p": 0.8}, {0, 1, 2}),
        ({"min_p": 0.6}, {0, 1}),
        ({"temperature": 0.02}, {0}),
        ({"temperature": 0.0}, {0}),
        ({"greedy": True}, {0}),
    ],
)
def test_each_setting_leaves_out_what_it_is_to_leave_out(cut, left: set[int]) -> None:
    assert all_drawn(**cut) == left


def test_what_was_said_lately_is_less_likely_and_that_is_forgotten() -> None:
    how = SamplingParameters(greedy=True, repeat_penalty=2.0)
    assert drawn(how) == 0
    assert drawn(how, said=(0,)) == 1
    assert drawn(how, said=(0, *range(100, 163))) == 1
    assert drawn(how, said=(0, *range(100, 164))) == 0


@pytest.fixture
def logits(monkeypatch: pytest.MonkeyPatch):
    """A context that was read to here holds these logits."""

    def hold(values: list[float]) -> int:
        kept = (ctypes.c_float * len(values))(*values)
        pointer = ctypes.cast(kept, ctypes.POINTER(ctypes.c_float))
        monkeypatch.setattr(sampling.api, "llama_get_logits_ith", lambda _context, _at: pointer)
        return len(values)

    return hold


def piece(token: int) -> bytes:
    return f"t{token}".encode()


def test_candidates_are_the_likeliest_with_the_likelihoods_of_a_whole(logits) -> None:
    size = logits([*(log + 5 for log in LOGITS)])
    found = candidates(None, size, piece, 1)
    assert [one.text for one in found] == ["t0", "t1", "t2", "t3"]
    assert [one.log_probability for one in found] == pytest.approx(LOGITS, abs=1e-5)
    assert [one.chosen for one in found] == [False, True, False, False]


@pytest.mark.parametrize("chosen", [0, 11, 12, 39])
def test_the_token_that_was_chosen_is_among_the_candidates(logits, chosen: int) -> None:
    size = logits([-float(at) for at in range(40)])
    found = candidates(None, size, piece, chosen)
    assert len(found) == 12
    assert [one.text for one in found if one.chosen] == [f"t{chosen}"]


def test_the_odds_of_a_token_are_those_of_the_whole_vocabulary(logits) -> None:
    size = logits([*(log + 5 for log in LOGITS)])
    found = OddsReader(size).odds(None, 1)
    assert found.probability == pytest.approx(math.exp(LOGITS[1]), abs=1e-5)
    assert [at for at, _ in found.others] == [0, 2, 3]
    shares = [math.exp(log) for log in LOGITS]
    assert [share for _, share in found.others] == pytest.approx(
        [shares[0], shares[2], shares[3]], abs=1e-5
    )


@pytest.mark.parametrize("chosen", [0, 2, 39])
def test_the_four_likeliest_others_are_told_likeliest_first(logits, chosen: int) -> None:
    size = logits([-0.5 * at for at in range(40)])
    found = OddsReader(size).odds(None, chosen)
    assert [at for at, _ in found.others] == [at for at in range(5) if at != chosen][:4]


def test_what_is_next_to_impossible_is_not_told(logits) -> None:
    size = logits([0.0, -4.0, -9.0])
    found = OddsReader(size).odds(None, 2)
    assert [at for at, _ in found.others] == [0, 1]
    assert 0 < found.probability < 0.001
