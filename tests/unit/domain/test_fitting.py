"""What a model takes, how fast it is, and what it can be made into: arithmetic alone."""

from dataclasses import replace

import pytest

from desktop_rag.domain.fitting import (
    SLOW_TOKENS_PER_SECOND,
    conversation_bytes,
    fit,
    gpu_layers,
    memory_of,
    outlined,
    tokens_per_second,
    usable_memory,
)
from desktop_rag.domain.models import (
    ConversationMemory,
    Gpu,
    Machine,
    ModelFacts,
    ModelOutline,
    Verdict,
)
from desktop_rag.domain.quantizations import (
    QUANTIZATIONS,
    RECOMMENDED,
    quantization,
    quantization_of_code,
    smaller_than,
    targets_of,
)

GIB = 1 << 30
FACTS = ModelFacts(
    architecture="llama",
    name="A model",
    parameters=1_104_480_256,
    quantization="Q4_K_M",
    file_bytes=675_932_480,
    layers=16,
    context_tokens=8192,
    width=2048,
    vocabulary=32064,
    key_widths=(512,) * 16,
    value_widths=(512,) * 16,
    weights=(("Q4_K", 467_140_608), ("Q6_K", 170_849_280)),
    looked_up=36_937_728,
    feed_forward=8192,
    stored=(("Q4_K", 467_140_608), ("Q6_K", 170_849_280)),
)
MACHINE = Machine(
    memory=16 * GIB,
    free_memory=12 * GIB,
    free_disk=100 * GIB,
    cores=4,
    speeds=(("Q4_K", 20e9), ("Q6_K", 25e9)),
    repacked=("Q4_K",),
    step_seconds=1e-6,
    attention=8e9,
)


def test_memory_is_the_file_its_repacked_part_the_conversation_and_the_program() -> None:
    memory = memory_of(FACTS, MACHINE, 4096)
    assert memory.mapped == FACTS.file_bytes
    assert memory.repacked == 467_140_608
    assert memory.conversation == 2 * 4096 * 16 * (512 + 512)
    assert memory.total == sum(
        (memory.mapped, memory.repacked, memory.conversation, memory.batch, memory.program)
    )
    assert memory.needed == memory.total - memory.repacked
    assert memory_of(FACTS, replace(MACHINE, repacked=()), 4096).repacked == 0


def test_a_context_is_kept_in_whole_blocks() -> None:
    assert conversation_bytes(FACTS, 4001) == conversation_bytes(FACTS, 4096)
    assert conversation_bytes(FACTS, 8192) == 2 * conversation_bytes(FACTS, 4096)


def test_layers_that_remember_nothing_keep_nothing() -> None:
    hybrid = replace(FACTS, key_widths=(512, 0) * 8, value_widths=(512, 0) * 8)
    assert conversation_bytes(hybrid, 4096) * 2 == conversation_bytes(FACTS, 4096)
    assert tokens_per_second(hybrid, MACHINE) > tokens_per_second(FACTS, MACHINE)


def test_a_state_that_does_not_grow_counts_once() -> None:
    recurrent = replace(FACTS, key_widths=(0,) * 16, value_widths=(0,) * 16, state=5_000)
    assert conversation_bytes(recurrent, 256) == conversation_bytes(recurrent, 1 << 17) == 5_000


OUTLINE = ModelOutline(
    name="An offer",
    parameters=8_000_000_000,
    file_bytes=4_960_000_000,
    active_bytes=4_960_000_000,
    context_tokens=131_072,
    memory=ConversationMemory.DENSE,
)


def test_speed_is_judged_by_what_acts_and_memory_by_all_of_it() -> None:
    all_, some = OUTLINE, replace(OUTLINE, active_bytes=OUTLINE.file_bytes // 2)
    speeds = [tokens_per_second(outlined(one), MACHINE) for one in (all_, some)]
    assert 1.5 * speeds[0] < speeds[1] < 2 * speeds[0]
    assert memory_of(outlined(all_), MACHINE, 4096) == memory_of(outlined(some), MACHINE, 4096)


def test_what_is_kept_of_a_conversation_grows_as_its_kind_says() -> None:
    def grown(memory: ConversationMemory) -> int:
        facts = outlined(replace(OUTLINE, memory=memory))
        return conversation_bytes(facts, 65_536) - conversation_bytes(facts, 32_768)

    dense = grown(ConversationMemory.DENSE)
    assert grown(ConversationMemory.SLIDING) == dense, "windows are kept whole here"
    assert 0.2 * dense < grown(ConversationMemory.HYBRID) < 0.3 * dense


def test_a_hybrid_keeps_a_state_and_takes_less_than_one_that_keeps_all() -> None:
    dense, hybrid = (
        outlined(replace(OUTLINE, memory=memory))
        for memory in (ConversationMemory.DENSE, ConversationMemory.HYBRID)
    )
    assert dense.state == 0
    assert 10 << 20 < hybrid.state < 100 << 20
    assert conversation_bytes(hybrid, 8192) < conversation_bytes(dense, 8192)


def test_speed_is_what_the_weights_take_and_a_little_more() -> None:
    weights = 467_140_608 / 20e9 + 170_849_280 / 25e9
    alone = tokens_per_second(FACTS, replace(MACHINE, cores=1))
    assert 0.7 / weights < alone < 1 / weights
    assert 0.7 * alone < tokens_per_second(FACTS, MACHINE) < alone  # threads wait for each other
    twice = replace(MACHINE, speeds=tuple((name, 2 * rate) for name, rate in MACHINE.speeds))
    assert alone < tokens_per_second(FACTS, replace(twice, cores=1)) < 2 * alone


def test_a_type_that_was_not_measured_counts_as_the_slowest() -> None:
    unknown = replace(FACTS, weights=(("IQ1_S", 467_140_608), ("Q6_K", 170_849_280)))
    assert tokens_per_second(unknown, MACHINE) == tokens_per_second(FACTS, MACHINE)


def test_where_nothing_was_measured_the_verdict_rests_on_memory() -> None:
    unmeasured = replace(MACHINE, speeds=())
    found = fit(FACTS, unmeasured, 4096)
    assert (found.verdict, found.tokens_per_second) == (Verdict.FITS, 0.0)
    assert fit(FACTS, replace(unmeasured, memory=GIB), 4096).verdict is Verdict.TOO_LARGE


def test_the_verdict_follows_memory_then_speed() -> None:
    assert fit(FACTS, MACHINE, 4096).verdict is Verdict.FITS
    slow = replace(MACHINE, speeds=(("Q4_K", 2e9), ("Q6_K", 2e9)))
    found = fit(FACTS, slow, 4096)
    assert found.verdict is Verdict.SLOW
    assert 0 < found.tokens_per_second < SLOW_TOKENS_PER_SECOND
    assert fit(FACTS, replace(slow, memory=GIB), 4096).verdict is Verdict.TOO_LARGE


@pytest.mark.parametrize(("rate", "verdict"), [(5e9, Verdict.FITS), (3e9, Verdict.SLOW)])
def test_a_model_is_slow_that_writes_less_than_people_read_aloud(rate, verdict) -> None:
    plain = replace(FACTS, weights=(("Q4_K", 10**9),))
    one = replace(MACHINE, cores=1, speeds=(("Q4_K", rate),), step_seconds=0.0, attention=0.0)
    found = fit(plain, one, 4096)
    assert found.tokens_per_second == pytest.approx(rate / 10**9)
    assert found.verdict is verdict


def test_a_longer_context_can_be_too_much() -> None:
    small = replace(MACHINE, memory=3 * GIB)
    assert fit(FACTS, small, 4096).verdict is Verdict.FITS
    assert fit(FACTS, small, 1 << 17).verdict is Verdict.TOO_LARGE
    assert fit(FACTS, small, 1 << 17).context_tokens == 1 << 17


def test_what_the_system_can_take_back_does_not_count_against_a_model() -> None:
    memory = memory_of(FACTS, MACHINE, 4096)
    between = (memory.needed + memory.total) // 2
    tight = replace(MACHINE, memory=round(between / 0.7))
    assert memory.needed < usable_memory(tight) < memory.total
    assert fit(FACTS, tight, 4096).verdict is Verdict.FITS
    assert fit(FACTS, tight, 4096).memory == memory.total


def test_a_file_that_does_not_fit_on_the_disk_is_too_large_unless_it_is_there() -> None:
    full = replace(MACHINE, free_disk=FACTS.file_bytes)
    assert fit(FACTS, full, 4096).verdict is Verdict.TOO_LARGE
    assert fit(FACTS, full, 4096, installed=True).verdict is Verdict.FITS


@pytest.mark.parametrize("gib", [2, 4, 8, 16, 64])
def test_the_system_keeps_a_share_of_the_memory(gib: int) -> None:
    left = gib * GIB - usable_memory(replace(MACHINE, memory=gib * GIB))
    assert 0.5 * GIB < left <= 1.5 * GIB


def test_layers_go_to_a_gpu_as_far_as_they_fit() -> None:
    def layers(free: float) -> int:
        gpu = Gpu("A GPU", 8 * GIB, round(free * GIB))
        return gpu_layers(FACTS, replace(MACHINE, gpus=(gpu,)), 4096)

    found = [layers(free / 20) for free in range(60)]
    assert found == sorted(found)
    assert found[0] == 0
    assert 0 < layers(0.8) < 16
    assert found[-1] == 16
    assert gpu_layers(FACTS, MACHINE, 4096) == 0


def test_every_gpu_needs_room_for_a_batch_besides_its_layers() -> None:
    one, half = Gpu("A GPU", GIB, round(0.8 * GIB)), Gpu("A GPU", GIB, round(0.4 * GIB))
    together = gpu_layers(FACTS, replace(MACHINE, gpus=(half, half)), 4096)
    assert 0 < together < gpu_layers(FACTS, replace(MACHINE, gpus=(one,)), 4096)


def test_with_every_layer_on_a_gpu_no_speed_is_known() -> None:
    gpu = Gpu("A GPU", 8 * GIB, 8 * GIB)
    found = fit(FACTS, replace(MACHINE, memory=GIB, gpus=(gpu,)), 4096)
    assert (found.verdict, found.gpu_layers, found.tokens_per_second) == (Verdict.FITS, 16, 0.0)
    assert tokens_per_second(FACTS, MACHINE, 8) == pytest.approx(
        2 * tokens_per_second(FACTS, MACHINE)
    )


def test_memory_that_a_gpu_shares_is_not_counted_twice() -> None:
    shared = Gpu("A GPU", GIB, GIB, shared=True)
    own = replace(shared, shared=False)
    assert fit(FACTS, replace(MACHINE, memory=GIB, gpus=(own,)), 4096).verdict is Verdict.FITS
    found = fit(FACTS, replace(MACHINE, memory=GIB, gpus=(shared,)), 4096)
    assert found.verdict is Verdict.TOO_LARGE


def test_facts_of_nothing_give_no_nonsense() -> None:
    nothing = replace(
        FACTS, layers=0, key_widths=(), value_widths=(), weights=(), stored=(), width=0
    )
    found = fit(nothing, MACHINE, 0)
    assert (found.tokens_per_second, found.gpu_layers) == (0.0, 0)


# Quantizations


def test_every_quantization_has_a_name_and_a_code_of_its_own() -> None:
    assert len({one.name for one in QUANTIZATIONS}) == len(QUANTIZATIONS)
    assert len({one.code for one in QUANTIZATIONS}) == len(QUANTIZATIONS)
    bits = [one.bits for one in QUANTIZATIONS]
    assert bits == sorted(bits, reverse=True)
    for one in QUANTIZATIONS:
        assert quantization(one.name.lower()) is one
        assert quantization_of_code(one.code) is one
    assert quantization_of_code(1 << 40) is None
    assert [one.name for one in QUANTIZATIONS if one.recommended] == [RECOMMENDED]


def test_only_exact_models_are_made_smaller() -> None:
    assert smaller_than("F16")[0] == "Q8_0"
    assert RECOMMENDED in smaller_than("F16")
    assert smaller_than("Q8_0")[0] == "Q6_K"
    assert "Q8_0" not in smaller_than("Q8_0")
    assert smaller_than("Q6_K") == smaller_than("Q4_K_M") == smaller_than("unheard of") == ()
    assert targets_of(FACTS) == ()
    assert targets_of(replace(FACTS, quantization="F16")) == smaller_than("F16")
    assert targets_of(replace(FACTS, quantization="F16", base="llama")) == ()
