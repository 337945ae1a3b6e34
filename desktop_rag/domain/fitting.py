"""Estimates what a model would take of a machine, and how fast it would write there.

    memory   file + second copies of what is repacked + keys and values + one batch + program
    speed    weights, by type + many small steps + looking through keys and values

What the figures rest on is measured in `tests/benchmarks/fitting.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.models import (
    ConversationMemory,
    Fit,
    Machine,
    ModelFacts,
    ModelOutline,
    Verdict,
)

SLOW_TOKENS_PER_SECOND = 4.0  #: about as fast as people read aloud
BATCH_TOKENS = 512  #: of a prompt, read at once
DEPTH_TOKENS = 512  #: how much of the context is used while the speed is estimated

_KIB, _MIB = 1 << 10, 1 << 20
_PROGRAM = 48 * _MIB  # a generating process without a model
_TOKEN = 260  # bytes for each word of the vocabulary, ours and llama.cpp's
_WIDTHS, _INNER_WIDTHS = 5.0, 3.3  # numbers that llama.cpp keeps of each token in a batch
_NUMBER, _HALF = 4, 2  # bytes
_STEPS = 20  # small operations in each layer
_TOGETHER = 0.82  # of what several threads do by themselves is left, since they wait for all
_PAD_TOKENS = 256  # contexts are as long as a multiple of this
_SYSTEM = 1.5 * 1024 * _MIB  # what the rest of a machine needs
_SYSTEM_SHARE = 0.3
_GPU_SHARE = 0.92  # of the free memory of a GPU, for what drivers and windows want
_MARGIN = 64 * _MIB  # of disk
_LAYERS, _GROWTH = 18.0, 0.35  # of a model of one billion parameters, and with their number
_KEYS = 1024  # numbers for each token and layer, as most models of these sizes have
_VOCABULARY = 128_000
_ATTENDING = 4  # of so many layers of a hybrid, one keeps keys and values (Qwen3-Next, Qwen3.5)
_STATE = 2 * _MIB  # of each other one


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """What the generating process takes, in bytes.

    `mapped` is the file itself, of which the system may take back what was copied to `repacked`.
    """

    mapped: int
    repacked: int
    conversation: int
    batch: int
    program: int

    @property
    def total(self) -> int:
        """All of it, as the system counts it."""
        return self.mapped + self.repacked + self.conversation + self.batch + self.program

    @property
    def needed(self) -> int:
        """What cannot be had back when memory runs short."""
        return self.total - self.repacked


def fit(
    facts: ModelFacts, machine: Machine, context_tokens: int, *, installed: bool = False
) -> Fit:
    """Return how a model would do on a machine.

    `installed` models need no room on the disk any more. Where no speed is known, the verdict
    rests on memory alone.
    """
    memory = memory_of(facts, machine, context_tokens)
    on_gpu = gpu_layers(facts, machine, context_tokens)
    speed = tokens_per_second(facts, machine, on_gpu)
    elsewhere = on_gpu / facts.layers if facts.layers and not _shared(machine) else 0.0
    needed = memory.needed - elsewhere * (memory.needed - memory.program)
    lacks_disk = not installed and facts.file_bytes + _MARGIN > machine.free_disk
    if lacks_disk or needed > usable_memory(machine):
        verdict = Verdict.TOO_LARGE
    elif 0 < speed < SLOW_TOKENS_PER_SECOND:
        verdict = Verdict.SLOW
    else:
        verdict = Verdict.FITS
    return Fit(verdict, memory.total, speed, on_gpu, context_tokens)


def outlined(outline: ModelOutline) -> ModelFacts:
    """Return what a model of this size and kind usually is, until its header has been read.

    Its speed follows from the bytes that are read for each token, which are fewer than the file
    where experts are passed by or tables only looked up. Keys and values are kept by the layers
    that `_attending` names; each of the others has a state of 32-bit numbers that does not grow,
    `ssm_d_state * ssm_d_inner` in llama.cpp (`llama_hparams::n_embd_s`).
    """
    layers = round(_LAYERS * (outline.parameters / 1e9) ** _GROWTH)
    attending = _attending(outline.memory, layers)
    widths = (_KEYS,) * attending + (0,) * (layers - attending)
    return ModelFacts(
        architecture="",
        name=outline.name,
        parameters=outline.parameters,
        quantization="Q4_K_M",
        file_bytes=outline.file_bytes,
        layers=layers,
        context_tokens=outline.context_tokens,
        width=_KEYS * 2,
        vocabulary=_VOCABULARY,
        key_widths=widths,
        value_widths=widths,
        weights=(("Q4_K", outline.active_bytes),),
        state=_STATE * (layers - attending),
    )


def _attending(memory: ConversationMemory, layers: int) -> int:
    """Return how many layers keep keys and values of every token.

    Those with a sliding window are among them. llama.cpp can bound their cache by the window
    (`swa_full`, https://github.com/ggml-org/llama.cpp/pull/13194), but is not told to: a bounded
    one cannot go back to where two questions part, and the whole prompt would be read again.
    """
    match memory:
        case ConversationMemory.DENSE | ConversationMemory.SLIDING:
            return layers
        case ConversationMemory.HYBRID:
            return -(-layers // _ATTENDING)


def _shared(machine: Machine) -> bool:
    """Whether what a GPU takes is taken from the processor."""
    return any(gpu.shared for gpu in machine.gpus)


def usable_memory(machine: Machine) -> int:
    """Return what a machine can give to a model; what else runs on it needs some as well."""
    return round(machine.memory - min(_SYSTEM, machine.memory * _SYSTEM_SHARE))


def memory_of(facts: ModelFacts, machine: Machine, context_tokens: int) -> MemoryNeed:
    """Return the memory of the generating process, with a whole context of keys and values."""
    repacked = sum(size for type_, size in facts.stored if type_ in machine.repacked)
    wide = _WIDTHS * facts.width + _INNER_WIDTHS * facts.feed_forward
    return MemoryNeed(
        mapped=facts.file_bytes,
        repacked=repacked,
        conversation=conversation_bytes(facts, context_tokens),
        batch=round(BATCH_TOKENS * _NUMBER * wide) + _NUMBER * facts.vocabulary,
        program=_PROGRAM + _TOKEN * facts.vocabulary,
    )


def conversation_bytes(facts: ModelFacts, context_tokens: int) -> int:
    """Return the bytes of 16-bit keys and values for a context, and of states that do not grow."""
    kept = -(-context_tokens // _PAD_TOKENS) * _PAD_TOKENS
    return _HALF * kept * (sum(facts.key_widths) + sum(facts.value_widths)) + facts.state


def gpu_layers(facts: ModelFacts, machine: Machine, context_tokens: int) -> int:
    """Return how many layers the GPUs take; all of them means what comes after them too."""
    if not facts.layers:
        return 0
    memory = memory_of(facts, machine, context_tokens)
    after = facts.looked_up  # the output is about as large as the table of embeddings
    layer = (facts.file_bytes - facts.looked_up + memory.conversation) / facts.layers
    room = sum(gpu.free * _GPU_SHARE - memory.batch for gpu in machine.gpus)
    if room >= layer * facts.layers + after:
        return facts.layers
    return max(min(int(room // layer), facts.layers - 1), 0) if layer else 0


def tokens_per_second(facts: ModelFacts, machine: Machine, on_gpu: int = 0) -> float:
    """Return how fast answers are written, 0 where that is not known.

    Only layers on processors are counted, since GPUs are many times as fast: with all of them on
    a GPU nothing is known.
    """
    if not machine.speeds or not facts.weights or on_gpu >= facts.layers > 0:
        return 0.0
    speeds = dict(machine.speeds)
    slowest = min(speeds.values())
    weights = sum(size / speeds.get(type_, slowest) for type_, size in facts.weights)
    steps = facts.layers * _STEPS * machine.step_seconds
    seconds = weights + steps + _attention_seconds(facts, machine)
    share = 1 - on_gpu / facts.layers if facts.layers else 1.0
    return (_TOGETHER if machine.cores > 1 else 1.0) / (seconds * share)


def _attention_seconds(facts: ModelFacts, machine: Machine) -> float:
    """Return the time for looking through keys and values, which every head does by itself."""
    if not machine.attention:
        return 0.0
    remembering = sum(width > 0 for width in facts.key_widths)
    looked_through = 2 * _HALF * facts.width * remembering * DEPTH_TOKENS
    return looked_through / machine.attention
