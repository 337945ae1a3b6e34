"""Language models of a few kilobytes that write what a test wants them to write.

The next token depends on the last one alone: embeddings are unit vectors, the
layers add nothing to them, and the output matrix is a table of what follows
what. The layers are computed all the same, so a model can be made slow.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import gguf
import numpy as np

BOS, EOS, END, ASSISTANT = 1, 2, 3, 6
SPECIAL = ["<unk>", "<s>", "</s>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]
TAGS = ["<think>", "</think>"]
BYTES = len(SPECIAL)  # the token of byte 0
VOCABULARY = [*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256)), "▁", *TAGS]
THINK, THOUGHT = len(VOCABULARY) - 2, len(VOCABULARY) - 1
TYPES = [
    gguf.TokenType.UNKNOWN,
    *[gguf.TokenType.CONTROL] * (len(SPECIAL) - 1),
    *[gguf.TokenType.BYTE] * 256,
    gguf.TokenType.NORMAL,
    *[gguf.TokenType.CONTROL] * len(TAGS),
]
WIDTH = 288  # at least the vocabulary, so that every token has a direction of its own
HEADS = 4
TEMPLATE = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def write_babbler(path: Path, seed: int = 0, **shape: int) -> Path:
    """Write a model that puts random letters one after another and never ends."""
    letters = BYTES + np.arange(ord("a"), ord("z") + 1)
    follows = np.full((len(VOCABULARY), WIDTH), -1, dtype=np.float32)
    random = np.random.default_rng(seed)
    for before in (ASSISTANT, *letters):
        follows[letters, before] = random.normal(0, 0.1, len(letters))
    return _write(path, follows, **shape)


def write_rambler(path: Path, text: str, **shape: int) -> Path:
    """Write a model that says a line of different bytes, none a small letter, and then babbles."""
    letters = BYTES + np.arange(ord("a"), ord("z") + 1)
    follows = np.full((len(VOCABULARY), WIDTH), -1, dtype=np.float32)
    random = np.random.default_rng(0)
    for before in letters:
        follows[letters, before] = random.normal(0, 0.1, len(letters))
    line = f"{text}\na".encode()
    assert len(set(line)) == len(line)
    for before, after in pairwise([ASSISTANT, *(BYTES + byte for byte in line)]):
        follows[after, before] = 1
    return _write(path, follows, **shape)


def write_reciter(
    path: Path, text: str, *, template: str | None = TEMPLATE, split: int = 0, **shape: int
) -> Path:
    """Write a model that says `text`, whose bytes are all different, and ends."""
    data = text.encode()
    assert len(set(data)) == len(data)
    follows = np.zeros((len(VOCABULARY), WIDTH), dtype=np.float32)
    begin = ASSISTANT if template else BYTES + ord("\n")  # where ChatML's prompts end
    for before, after in pairwise([begin, *(BYTES + byte for byte in data), END]):
        follows[after, before] = 1
    return _write(path, follows, template=template, split=split, **shape)


def write_thinker(path: Path, thoughts: str, answer: str, template: str) -> Path:
    """Write a model that thinks `thoughts` between tags, and then answers.

    Without a last byte of their own, which "…" stands for, the thoughts never end. All bytes
    but a line's end, which stands before the answer too, are different.
    """
    endless = thoughts.endswith("…")
    inner = [BYTES + byte for byte in thoughts.removesuffix("…").encode()]
    said = [BYTES + byte for byte in answer.encode()]
    follows = np.zeros((len(VOCABULARY), WIDTH), dtype=np.float32)
    ways = [[ASSISTANT, THINK, *inner, inner[0] if endless else THOUGHT]]
    ways.append([THOUGHT, *said, END])
    ways.append([BYTES + ord("\n"), said[0]])
    for before, after in (step for way in ways for step in pairwise(way)):
        follows[after, before] = 1
    return _write(path, follows, template=template)


def write_adapter(path: Path, letter: str, *, architecture: str = "llama", rows: int = 0) -> Path:
    """Write a LoRA adapter that makes a model say one letter again and again."""
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, 1.0)
    said = np.zeros((rows or len(VOCABULARY), 1), dtype=np.float32)
    said[BYTES + ord(letter)] = 1
    writer.add_tensor("output.weight.lora_a", np.ones((1, WIDTH), dtype=np.float32))
    writer.add_tensor("output.weight.lora_b", said)
    _finish(writer)
    return path


def write_parts(folder: Path, text: str) -> list[Path]:
    """Write a model that says `text`, split into several files."""
    write_reciter(folder / "whole.gguf", text, split=5)
    return sorted(folder.glob("whole-*.gguf"))


def write_vocabulary(path: Path) -> Path:
    """Write a file with a vocabulary and without a model."""
    writer = _described(path, layers=1, feed_forward=64, context=512, template=TEMPLATE)
    _finish(writer)
    return path


def _write(  # noqa: PLR0913 - it is the shape of a model
    path: Path,
    follows: np.ndarray,
    *,
    layers: int = 1,
    feed_forward: int = 64,
    context: int = 4096,
    template: str | None = TEMPLATE,
    split: int = 0,
    kept_heads: int = HEADS,
) -> Path:
    writer = _described(
        path, layers=layers, feed_forward=feed_forward, context=context, template=template
    )
    writer.split_max_tensors = split
    writer.add_head_count_kv(kept_heads)
    random = np.random.default_rng(1)

    def noise(rows: int, columns: int) -> np.ndarray:
        return random.normal(0, 0.05, (rows, columns)).astype(np.float32)

    nothing = np.zeros((WIDTH, WIDTH), dtype=np.float32)
    ones = np.ones(WIDTH, dtype=np.float32)
    writer.add_tensor("token_embd.weight", np.eye(len(VOCABULARY), WIDTH, dtype=np.float32))
    writer.add_tensor("output_norm.weight", ones)
    writer.add_tensor("output.weight", follows)
    for layer in range(layers):
        name = f"blk.{layer}"
        writer.add_tensor(f"{name}.attn_norm.weight", ones)
        writer.add_tensor(f"{name}.ffn_norm.weight", ones)
        kept = WIDTH // HEADS * kept_heads
        for part, rows in (("attn_q", WIDTH), ("attn_k", kept), ("attn_v", kept)):
            writer.add_tensor(f"{name}.{part}.weight", noise(rows, WIDTH))
        writer.add_tensor(f"{name}.attn_output.weight", nothing)
        writer.add_tensor(f"{name}.ffn_gate.weight", noise(feed_forward, WIDTH))
        writer.add_tensor(f"{name}.ffn_up.weight", noise(feed_forward, WIDTH))
        writer.add_tensor(
            f"{name}.ffn_down.weight", np.zeros((WIDTH, feed_forward), dtype=np.float32)
        )
    _finish(writer)
    return path


def _described(
    path: Path, *, layers: int, feed_forward: int, context: int, template: str | None
) -> gguf.GGUFWriter:
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(feed_forward)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(VOCABULARY)
    writer.add_token_scores([0.0] * len(VOCABULARY))
    writer.add_token_types(TYPES)
    writer.add_bos_token_id(BOS)
    writer.add_eos_token_id(EOS)
    writer.add_eot_token_id(END)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    if template is not None:
        writer.add_chat_template(template)
    return writer


def _finish(writer: gguf.GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
