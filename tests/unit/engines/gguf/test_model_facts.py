"""What the header of a GGUF file says, and that no header can do harm."""

import contextlib
import os
import random
import struct
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import gguf
import numpy as np
import pytest
from hypothesis import given

from desktop_rag.domain.errors import ModelMissing, ModelUnusable
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import ModelFacts, Thinking
from desktop_rag.engines.gguf import model_facts
from desktop_rag.engines.gguf.header import TENSOR_TYPES
from desktop_rag.engines.gguf.model_facts import facts_from, facts_of, files_of
from desktop_rag.engines.gguf.template_process import TemplateLimits, TemplateProcess
from tests import direct_templates, gguf_models, hostile_models
from tests.places import SHARED

SHARED_MODELS = SHARED / "data" / "models"
LARGEST_SLICE = 4 << 20
WIDTH = 64


def written(  # noqa: PLR0913 - it is the shape of a model
    path: Path,
    tensors: dict[str, tuple[int, ...]],
    *,
    architecture: str = "llama",
    describe: Callable[[gguf.GGUFWriter], None] = lambda writer: None,
    layers: int = 2,
    tokens: int = 8,
) -> Path:
    """Write a small model of 16-bit tensors of these shapes, as numpy counts them."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(layers)
    writer.add_embedding_length(WIDTH)
    writer.add_context_length(2048)
    writer.add_head_count(4)
    writer.add_feed_forward_length(128)
    writer.add_file_type(1)
    writer.add_tokenizer_model("llama")
    writer.add_token_list([f"word{number}" for number in range(tokens)])
    describe(writer)
    for name, shape in tensors.items():
        writer.add_tensor(name, np.zeros(shape, dtype=np.float16))
    gguf_models._finish(writer)
    return path


PLAIN = {
    "token_embd.weight": (8, WIDTH),
    "output.weight": (8, WIDTH),
    "blk.0.attn_q.weight": (WIDTH, WIDTH),
    "blk.1.attn_q.weight": (WIDTH, WIDTH),
}


def from_bytes(data: bytes) -> ModelFacts:
    def read(offset: int, length: int) -> bytes:
        return data[offset : offset + length]

    return facts_from(read, len(data), name="it", write=direct_templates.write)


def reason_for(data: bytes) -> str:
    with pytest.raises(ModelUnusable) as caught:
        from_bytes(data)
    return caught.value.reason


# What it says


def parsed(path: Path) -> tuple[int, dict[str, int], int]:
    """Return parameters, bytes by type and vocabulary as the package gguf reads them."""
    reader = gguf.GGUFReader(path)
    bytes_: dict[str, int] = {}
    for tensor in reader.tensors:
        name = tensor.tensor_type.name
        bytes_[name] = bytes_.get(name, 0) + int(tensor.n_bytes)
    tokens = reader.fields.get("tokenizer.ggml.tokens")
    return sum(int(t.n_elements) for t in reader.tensors), bytes_, len(tokens.data)


@pytest.mark.parametrize("name", ["babbler", "plain", "stories260K"])
def test_it_agrees_with_the_package_gguf(tmp_path: Path, name: str) -> None:
    path = SHARED_MODELS / "stories260K.gguf"
    if name == "babbler":
        path = gguf_models.write_babbler(tmp_path / "babbler.gguf", layers=3)
    elif name == "plain":
        path = written(tmp_path / "plain.gguf", PLAIN)
    elif not path.is_file():
        pytest.skip("the model is not here")
    facts = facts_of(path)
    parameters, bytes_, vocabulary = parsed(path)
    assert facts.parameters == parameters
    assert facts.vocabulary == vocabulary
    assert facts.file_bytes == path.stat().st_size
    weights = dict(facts.weights)
    weights["F16" if name == "plain" else "F32"] += facts.looked_up
    assert weights == bytes_


def test_a_model_is_described(tmp_path: Path) -> None:
    def describe(writer: gguf.GGUFWriter) -> None:
        writer.add_name("A model")
        writer.add_license("apache-2.0")
        writer.add_languages(["en", "es"])
        writer.add_head_count_kv(2)
        writer.add_sliding_window(512)
        writer.add_chat_template("{% for m in messages %}{{ m.content }}{% endfor %}")

    facts = facts_of(written(tmp_path / "file.gguf", PLAIN, describe=describe))
    assert (facts.architecture, facts.name, facts.licence) == ("llama", "A model", "apache-2.0")
    assert (facts.layers, facts.width, facts.context_tokens) == (2, WIDTH, 2048)
    assert facts.languages == ("en", "es")
    assert facts.key_widths == facts.value_widths == (32, 32)
    assert (facts.feed_forward, facts.window, facts.vocabulary) == (128, 512, 8)
    assert facts.quantization == "F16"
    assert (facts.template, facts.thinking, facts.base) == (True, Thinking.NEVER, "")
    assert facts.looked_up == 8 * WIDTH * 2
    assert facts.weights == facts.stored == (("F16", 2 * (8 * WIDTH + 2 * WIDTH * WIDTH)),)


def test_a_model_without_a_name_is_called_like_its_file(tmp_path: Path) -> None:
    assert facts_of(written(tmp_path / "file.gguf", PLAIN)).name == "file"


def test_embeddings_that_are_the_output_too_are_read_and_looked_up(tmp_path: Path) -> None:
    tied = {name: shape for name, shape in PLAIN.items() if name != "output.weight"}
    facts = facts_of(written(tmp_path / "tied.gguf", tied))
    apart = facts_of(written(tmp_path / "apart.gguf", PLAIN))
    assert facts.weights == apart.weights
    assert facts.looked_up == apart.looked_up
    assert facts.parameters == apart.parameters - 8 * WIDTH


def test_of_many_experts_only_those_that_act_are_read(tmp_path: Path) -> None:
    def describe(writer: gguf.GGUFWriter) -> None:
        writer.add_expert_count(8)
        writer.add_expert_used_count(2)

    experts = PLAIN | {"blk.0.ffn_up_exps.weight": (8, 128, WIDTH)}
    facts = facts_of(written(tmp_path / "experts.gguf", experts, describe=describe))
    rest = dict(facts_of(written(tmp_path / "plain.gguf", PLAIN)).weights)["F16"]
    assert dict(facts.weights)["F16"] - rest == 2 * 2 * 128 * WIDTH
    assert dict(facts.stored)["F16"] - rest == 2 * 8 * 128 * WIDTH


def test_each_layer_remembers_as_much_as_it_says(tmp_path: Path) -> None:
    def describe(writer: gguf.GGUFWriter) -> None:
        writer.add_head_count_kv([4, 0, 1, 2])
        writer.add_key_length(24)
        writer.add_value_length(16)

    path = written(tmp_path / "hybrid.gguf", PLAIN, describe=describe, layers=4)
    facts = facts_of(path)
    assert facts.key_widths == (96, 0, 24, 48)
    assert facts.value_widths == (64, 0, 16, 32)


def test_values_that_are_found_within_the_keys_take_no_room(tmp_path: Path) -> None:
    def describe(writer: gguf.GGUFWriter) -> None:
        writer.add_head_count_kv(1)
        writer.add_key_length(576)
        writer.add_value_length(512)
        writer.add_key_length_mla(192)

    facts = facts_of(written(tmp_path / "latent.gguf", PLAIN, describe=describe))
    assert facts.key_widths == (576, 576)
    assert facts.value_widths == (0, 0)


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("full_attention_interval", 2, (False, True, False, True)),
        ("attention.shared_kv_layers", 1, (True, True, True, False)),
        ("attention.recurrent_layers", [True, False, False, True], (False, True, True, False)),
    ],
)
def test_recurrent_layers_remember_nothing(tmp_path: Path, key, value, kept) -> None:
    def describe(writer: gguf.GGUFWriter) -> None:
        add = writer.add_array if isinstance(value, list) else writer.add_uint32
        add(f"llama.{key}", value)

    facts = facts_of(written(tmp_path / "mixed.gguf", PLAIN, describe=describe, layers=4))
    assert tuple(width > 0 for width in facts.key_widths) == kept


def test_recurrent_layers_have_a_state_that_does_not_grow(tmp_path: Path) -> None:
    def describe(writer: gguf.GGUFWriter) -> None:
        writer.add_uint32("llama.full_attention_interval", 4)
        writer.add_ssm_inner_size(64)
        writer.add_ssm_state_size(16)
        writer.add_ssm_group_count(2)
        writer.add_ssm_conv_kernel(4)

    facts = facts_of(written(tmp_path / "mixed.gguf", PLAIN, describe=describe, layers=4))
    assert facts.state == 3 * 4 * (64 * 16 + 3 * (64 + 2 * 2 * 16))
    assert facts_of(written(tmp_path / "plain.gguf", PLAIN)).state == 0


def test_layers_that_foretell_further_tokens_are_not_read(tmp_path: Path) -> None:
    def describe(writer: gguf.GGUFWriter) -> None:
        writer.add_uint32("llama.nextn_predict_layers", 1)

    plain = facts_of(written(tmp_path / "plain.gguf", PLAIN))
    facts = facts_of(written(tmp_path / "more.gguf", PLAIN, describe=describe))
    assert facts.layers == len(facts.key_widths) == 1
    assert dict(plain.weights)["F16"] - dict(facts.weights)["F16"] == 2 * WIDTH * WIDTH
    assert facts.parameters == plain.parameters


def test_the_weights_must_bear_out_the_name_of_the_quantization(tmp_path: Path) -> None:
    path = written(tmp_path / "liar.gguf", PLAIN)
    data = path.read_bytes()
    key = b"general.file_type"
    at = data.index(key) + len(key) + 4
    assert from_bytes(data).quantization == "F16"
    lying = data[:at] + struct.pack("<I", 15) + data[at + 4 :]
    assert from_bytes(lying).quantization == "F16"
    guessed = data[:at] + struct.pack("<I", 1024 + 1) + data[at + 4 :]
    assert from_bytes(guessed).quantization == "F16"


def test_an_adapter_says_what_it_belongs_to(tmp_path: Path) -> None:
    facts = facts_of(gguf_models.write_adapter(tmp_path / "adapter.gguf", "x"))
    assert facts.base == "llama"
    assert facts.layers == 0


def test_all_parts_of_a_model_count(tmp_path: Path) -> None:
    parts = gguf_models.write_parts(tmp_path, "abc")
    whole = facts_of(gguf_models.write_reciter(tmp_path / "whole.gguf", "abc"))
    facts = facts_of(parts[0])
    assert (facts.parameters, facts.weights) == (whole.parameters, whole.weights)
    assert facts.file_bytes == sum(part.stat().st_size for part in parts)
    assert files_of(parts[0]) == tuple(parts)
    with pytest.raises(ModelUnusable) as caught:
        facts_of(parts[1])
    assert caught.value.reason == Unusable.PART
    other = parts[0].rename(parts[0].with_name(parts[0].name.replace("-of-0000", "-of-0001")))
    with pytest.raises(ModelUnusable) as caught:
        facts_of(other)
    assert caught.value.reason == Unusable.PART
    other.rename(parts[0])
    parts[1].unlink()
    with pytest.raises(ModelMissing) as missing:
        facts_of(parts[0])
    assert missing.value.path == str(parts[1])
    renamed = parts[0].rename(tmp_path / "renamed.gguf")
    with pytest.raises(ModelUnusable):
        facts_of(renamed)


@pytest.mark.parametrize(
    ("architecture", "describe"),
    [
        ("nomic-bert", lambda writer: None),
        ("clip", lambda writer: None),
        ("t5", lambda writer: None),
        ("llama", lambda writer: writer.add_causal_attention(False)),
    ],
)
def test_what_never_writes_is_refused(tmp_path: Path, architecture, describe) -> None:
    path = written(tmp_path / "it.gguf", PLAIN, architecture=architecture, describe=describe)
    with pytest.raises(ModelUnusable) as caught:
        facts_of(path)
    assert caught.value.reason == Unusable.NOT_A_WRITER


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    for path in (tmp_path / "no.gguf", tmp_path):
        with pytest.raises(ModelMissing):
            facts_of(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without such files")
def test_what_is_no_file_is_neither_waited_for_nor_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.gguf"
    os.mkfifo(pipe)
    link = tmp_path / "link.gguf"
    link.symlink_to(pipe)
    for path in (pipe, link, Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(ModelMissing):
            facts_of(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without such files")
def test_a_part_that_is_no_file_is_not_copied(tmp_path: Path) -> None:
    first, second, *_ = gguf_models.write_parts(tmp_path, "abc")
    second.unlink()
    os.mkfifo(second)
    for look in (files_of, facts_of):
        with pytest.raises(ModelMissing) as missing:
            look(first)
        assert missing.value.path == str(second)


def test_a_file_with_nothing_in_60_gigabytes_costs_a_slice(tmp_path: Path) -> None:
    path = tmp_path / "hole.gguf"
    for beginning in (b"", b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 14)):
        with path.open("wb") as file:
            file.write(beginning)
            file.truncate(60 << 30)
        tracemalloc.start()
        with pytest.raises(ModelUnusable):
            facts_of(path)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 16 << 20


def test_what_is_shown_of_a_model_is_short_however_long_its_header(tmp_path: Path) -> None:
    def describe(writer: gguf.GGUFWriter) -> None:
        writer.add_name("n" * 100_000)
        writer.add_license("l" * 100_000)
        writer.add_languages(["x" * 1000] * 1000)

    facts = facts_of(written(tmp_path / "it.gguf", PLAIN, describe=describe))
    assert {len(facts.name), len(facts.licence), len(facts.languages)} == {200}
    assert {len(language) for language in facts.languages} == {200}


def test_a_template_without_an_end_makes_a_model_unusable(tmp_path: Path, monkeypatch) -> None:
    short = TemplateLimits(cpu_seconds=0.3)
    monkeypatch.setattr(model_facts, "TemplateProcess", lambda: TemplateProcess(short))
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(ModelUnusable) as caught:
        facts_of(gguf_models.write_reciter(tmp_path / "it.gguf", "abc", template=loop))
    assert caught.value.reason == Unusable.TEMPLATE_ENDLESS


def test_a_vocabulary_is_not_a_model(tmp_path: Path) -> None:
    path = gguf_models.write_vocabulary(tmp_path / "words.gguf")
    assert reason_for(path.read_bytes()) == Unusable.VOCABULARY_ONLY


def test_negative_examples_are_refused_with_their_reasons() -> None:
    if not SHARED_MODELS.is_dir():
        pytest.skip("the models are not here")
    found = {}
    for path in (SHARED_MODELS / "negative").glob("*.gguf"):
        with pytest.raises(ModelUnusable) as caught:
            facts_of(path)
        found[path.name] = caught.value.reason
    assert found == {
        "gguf_v1_unsupported.gguf": Unusable.OLD_VERSION,
        "vocab_only_phi-3.gguf": Unusable.VOCABULARY_ONLY,
    }


# Far away


def test_a_header_far_away_costs_a_few_large_slices(tmp_path: Path) -> None:
    path = written(tmp_path / "wordy.gguf", PLAIN, tokens=200_000)
    data = path.read_bytes()
    asked: list[tuple[int, int]] = []

    def read(offset: int, length: int) -> bytes:
        asked.append((offset, length))
        return data[offset : offset + length]

    assert facts_from(read, len(data)).vocabulary == 200_000
    assert len(asked) <= 5
    assert all(0 < length <= LARGEST_SLICE for _, length in asked)
    assert all(offset + length <= len(data) for offset, length in asked)
    ends = [offset + length for offset, length in asked]
    for (offset, _), end in zip(asked[1:], ends, strict=False):
        assert offset >= end  # nothing is asked for twice


def test_what_reading_raises_comes_through() -> None:
    def read(offset: int, length: int) -> bytes:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        facts_from(read, 1 << 20)


def test_fewer_bytes_than_promised_mean_a_truncated_file(tmp_path: Path) -> None:
    data = written(tmp_path / "it.gguf", PLAIN).read_bytes()
    with pytest.raises(ModelUnusable) as caught:
        facts_from(lambda offset, _length: data[offset:40], len(data))
    assert caught.value.reason == Unusable.TRUNCATED


# Hostile


@pytest.fixture
def small(tmp_path: Path) -> bytes:
    """The bytes of a small model with a key of each kind."""

    def describe(writer: gguf.GGUFWriter) -> None:
        writer.add_head_count_kv([4, 2])
        writer.add_languages(["en"])
        writer.add_chat_template("{{ messages[0].content }}")
        writer.add_float32("llama.rope.freq_base", 10000.0)
        writer.add_bool("tokenizer.ggml.add_bos_token", True)

    return written(tmp_path / "small.gguf", PLAIN, describe=describe).read_bytes()


def test_every_truncation_is_noticed(small: bytes) -> None:
    for length in range(len(small) - 1):
        if length > 2000 and length % 97:
            continue
        expected = Unusable.NOT_GGUF if length < 4 else Unusable.TRUNCATED
        assert reason_for(small[:length]) == expected, length
    assert from_bytes(small).layers == 2


@pytest.mark.parametrize("count", [400, pytest.param(1500, marks=pytest.mark.exhaustive)])
def test_damage_ends_in_a_reason_or_in_facts(small: bytes, count: int) -> None:
    draw = random.Random(4)  # noqa: S311 - to damage, not to keep secrets
    header = small.index(b"blk.1.attn_q.weight") + 60
    reasons: Counter[str] = Counter()
    for _ in range(count):
        damaged = bytearray(small)
        for _ in range(draw.choice((1, 1, 2, 8))):
            damaged[draw.randrange(header)] = draw.choice((0, 1, 255, 128, draw.randrange(256)))
        try:
            from_bytes(bytes(damaged))
        except ModelUnusable as error:
            reasons[error.reason] += 1
    assert set(reasons) <= set(Unusable)
    assert count / 6 < reasons.total() < count


@given(hostile_models.headers())
def test_whatever_a_header_says_little_is_read_and_a_reason_is_given(data: bytes) -> None:
    asked: list[int] = []

    def read(offset: int, length: int) -> bytes:
        asked.append(length)
        return data[offset : offset + length]

    for size in (len(data), 60 << 30):  # a promise that is kept, and one that is not
        asked.clear()
        with contextlib.suppress(ModelUnusable):  # and nothing else comes of it
            facts = facts_from(read, size, name="it", write=direct_templates.write)
            assert facts.layers <= 1 << 10
        assert len(asked) <= 2
        assert max(asked) <= LARGEST_SLICE


def test_noise_behind_the_magic_is_refused() -> None:
    draw = random.Random(5)  # noqa: S311
    for _ in range(300):
        noise = b"GGUF" + struct.pack("<I", 3) + draw.randbytes(draw.randrange(200))
        assert reason_for(noise) in {Unusable.TRUNCATED, Unusable.BROKEN}


def head(tensors: int, keys: int, rest: bytes = b"", version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, tensors, keys) + rest


def text(value: bytes, length: int | None = None) -> bytes:
    return struct.pack("<Q", len(value) if length is None else length) + value


HUGE = (1 << 64) - 1
LISTED = struct.pack("<I", 9)


def listed(type_: int, length: int) -> bytes:
    return text(b"key") + LISTED + struct.pack("<IQ", type_, length)


def tensor(shape: tuple[int, ...], *, type_: int = 0, offset: int = 0) -> bytes:
    sizes = struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
    return text(b"a") + sizes + struct.pack("<IQ", type_, offset)


@pytest.mark.parametrize(
    ("reason", "data"),
    [
        ("not_gguf", b""),
        ("truncated", b"GGUF"),
        ("not_gguf", b"FUGG" + bytes(40)),
        ("broken", b"GGUF" + struct.pack(">IQQ", 3, 1, 1) + bytes(64)),  # the other order of bytes
        ("broken", head(1, 1, version=4)),
        ("broken", head(HUGE, 0)),
        ("broken", head(0, HUGE)),
        ("truncated", head(1, 1, text(b"", HUGE))),
        ("truncated", head(1, 1, text(b"key") + struct.pack("<I", 8) + text(b"", HUGE))),
        ("broken", head(1, 1, text(b"key") + struct.pack("<I", 99))),
        ("truncated", head(1, 1, listed(8, HUGE) + bytes(100))),
        ("truncated", head(1, 1, listed(4, HUGE))),
        ("truncated", head(1, 1, listed(4, HUGE // 4 + 1))),
        ("broken", head(1, 1, text(b"key") + LISTED + struct.pack("<IQ", 9, 1) * 1000)),
        ("broken", head(1, 1, listed(9, 2))),
        ("broken", head(1, 0, tensor((1, 1, 1, 1, 1)))),
        ("broken", head(1, 0, text(b"a") + struct.pack("<I", HUGE >> 32))),
        ("broken", head(1, 0, tensor((1 << 40, 1 << 40)))),
        ("broken", head(1, 0, tensor((0,)))),
        ("broken", head(1, 0, tensor((32,), type_=4))),  # of old
        ("broken", head(1, 0, tensor((33,), type_=12) + bytes(999))),  # half a block
        ("truncated", head(1, 0, tensor((8,), offset=HUGE))),
        ("broken", head(0, 1, text(b"general.alignment") + struct.pack("<II", 4, 0))),
        ("broken", head(0, 1, text(b"general.alignment") + struct.pack("<II", 4, 33))),
        ("broken", head(0, 0) + bytes(64)),
    ],
)
def test_hostile_headers_cost_nothing(reason: str, data: bytes) -> None:
    data = data + bytes(64) if data.startswith(b"GGUF") and len(data) > 4 else data
    tracemalloc.start()
    try:
        assert reason_for(data) == reason
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def valued(key: bytes, type_: int, value: bytes) -> bytes:
    return text(key) + struct.pack("<I", type_) + value


def whole(*, alignment: int = 32, shape: tuple[int, ...] = (256,)) -> bytes:
    """Return a model of one tensor of Q4_K, which has blocks of 256."""
    keys = (
        valued(b"general.architecture", 8, text(b"llama")),
        valued(b"llama.block_count", 4, struct.pack("<I", 1)),
        valued(b"general.alignment", 4, struct.pack("<I", alignment)),
    )
    return head(1, 3, b"".join(keys) + tensor(shape, type_=12)) + bytes(4096)


def test_tensors_lie_as_llama_cpp_wants_them() -> None:
    assert from_bytes(whole()).parameters == 256
    assert from_bytes(whole(alignment=64, shape=(256, 2))).parameters == 512
    for alignment in (0, 33, 1 << 30):
        assert reason_for(whole(alignment=alignment)) == "broken"
    for shape in ((255,), (257,), (128, 2)):
        assert reason_for(whole(shape=shape)) == "broken"


def test_layers_without_end_are_refused(tmp_path: Path) -> None:
    assert reason_for(written(tmp_path / "it", PLAIN, layers=1 << 16).read_bytes()) == "broken"


def test_a_long_header_is_given_up() -> None:
    """A file that claims a text as long as itself is not read to its end."""
    size = 1 << 40
    start = head(1, 2, text(b"key") + struct.pack("<I", 8) + text(b"", size // 2))

    def read(offset: int, length: int) -> bytes:
        assert offset < 1 << 28
        return start[offset : offset + length].ljust(length, b"\0")

    with pytest.raises(ModelUnusable) as caught:
        facts_from(read, size)
    assert caught.value.reason == Unusable.BROKEN


def test_types_of_tensors_are_those_of_the_package_gguf() -> None:
    known = {
        number.value: (number.name, *gguf.GGML_QUANT_SIZES[number])
        for number in gguf.GGMLQuantizationType
    }
    ours = {number: type_ for number, type_ in TENSOR_TYPES.items() if number in known}
    known.pop(9)  # Q8_1 is never stored, and counted otherwise there
    ours.pop(9)
    assert ours == known
