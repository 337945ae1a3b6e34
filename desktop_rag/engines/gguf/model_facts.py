"""Says what model a GGUF file holds, from its header, whether it lies here or far away.

Only what llama.cpp would load and read counts: weights by type as each written token needs
them, keys and values as its memory of a conversation keeps them.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from desktop_rag.domain.errors import ModelMissing, ModelUnusable
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import ModelFacts, Thinking
from desktop_rag.domain.quantizations import quantization_of_code
from desktop_rag.engines.gguf.chat_template import thinking_of
from desktop_rag.engines.gguf.header import Header, HeaderUnusable, Read, Tensor, header_of
from desktop_rag.engines.gguf.template_process import TemplateEndless, TemplateProcess, Write

_LAYERS = 1 << 10
_PARTS = 1 << 10
_SHOWN = 200  # characters, or texts: what is shown of a model, and kept, is no longer
_GUESSED = 1024  # a bit of `general.file_type`
_NAMED = (0.8, 1.6)  # how far the bits of a weight may be from those that a name promises
_EMBEDDINGS = "token_embd.weight"
_LOOKED_UP = {
    _EMBEDDINGS,
    "per_layer_token_embd.weight",
    "position_embd.weight",
    "token_types.weight",
}
_NO_WRITERS = {"clip", "t5", "t5encoder", "gemma-embedding", "wavtokenizer-dec"}  # and all BERTs
_BLOCK = re.compile(r"blk\.(\d{1,6})\.")
_PART = re.compile(r"(.*)-(\d{5})-of-(\d{5})\.gguf")

_Source = tuple[Read, int]


def facts_of(path: Path, write: Write | None = None) -> ModelFacts:
    """Return what a file holds; with the first of several parts, what all of them hold.

    Its template is tried with `write`, or else in a process of its own. Raises `ModelMissing`
    and `ModelUnusable`.
    """
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(_opened(path))
        with _reported(path):
            header = header_of(*first)
            parts = _later_parts(path, header)
        others = [stack.enter_context(_opened(part)) for part in parts]
        return facts_from(*first, others, name=str(path), write=write)


def facts_from(
    read: Read,
    size: int,
    others: Sequence[_Source] = (),
    *,
    name: str = "",
    write: Write | None = None,
) -> ModelFacts:
    """Return what a file of `size` bytes holds that `read(offset, length)` gives.

    `others` are the later parts of a model that was split; without them, only the first one
    counts. `name` is what errors call the file, and what the model is called if it does not
    say so itself; `write` is as in `facts_of`. Raises `ModelUnusable`, and whatever `read` raises.
    """
    with _reported(name):
        header = header_of(read, size)
        if header.number("split.no"):
            raise HeaderUnusable(Unusable.PART)
        tensors = list(header.tensors)
        for other in others:
            tensors += header_of(*other).tensors
        facts = _facts(header, tensors, size + sum(size for _, size in others), name)
        template = header.text("tokenizer.chat_template")
        return replace(facts, template=bool(template), thinking=_thinking(template, write))


def files_of(path: Path) -> tuple[Path, ...]:
    """Return all files that the model at `path` consists of, which is one for most.

    Raises `ModelMissing` and `ModelUnusable`.
    """
    with _opened(path) as first, _reported(path):
        later = _later_parts(path, header_of(*first))
    for part in later:
        with _opened(part):
            pass
    return path, *later


def parts_of(header: Header) -> int:
    """Return how many files a model was split into, 1 if it was not."""
    return max(header.number("split.count"), 1)


def _facts(header: Header, tensors: list[Tensor], file_bytes: int, name: str) -> ModelFacts:
    architecture = header.text("general.architecture")
    if not architecture:
        raise HeaderUnusable(Unusable.BROKEN)
    adapter = header.text("general.type") == "adapter"
    if not adapter:
        _check_writer(header, tensors, architecture)
    own = _Own(header, architecture)
    keys, values = own.widths()
    return ModelFacts(
        architecture=architecture,
        name=header.text("general.name")[:_SHOWN] or Path(name).stem,
        parameters=sum(tensor.elements for tensor in tensors),
        quantization=_quantization(header, tensors),
        file_bytes=file_bytes,
        layers=own.layers,
        context_tokens=own.number("context_length"),
        width=own.number("embedding_length"),
        vocabulary=header.lengths.get("tokenizer.ggml.tokens", 0) or own.number("vocab_size"),
        key_widths=keys,
        value_widths=values,
        weights=_weights(tensors, own),
        looked_up=sum(tensor.bytes for tensor in tensors if tensor.name in _LOOKED_UP),
        stored=_stored(tensors, own.layers),
        state=own.state(keys),
        feed_forward=own.feed_forward(),
        window=own.number("attention.sliding_window"),
        licence=header.text("general.license")[:_SHOWN],
        languages=tuple(one[:_SHOWN] for one in header.texts("general.languages")[:_SHOWN]),
        base=architecture if adapter else "",
    )


class _Own:
    """The values that a header keeps under the name of its architecture."""

    def __init__(self, header: Header, architecture: str) -> None:
        self._header = header
        self._prefix = architecture + "."
        self.layers = self.number("block_count") - self.number("nextn_predict_layers")
        if not 0 <= self.layers <= _LAYERS:
            raise HeaderUnusable(Unusable.BROKEN)

    def number(self, key: str, default: int = 0) -> int:
        """Return a count."""
        return self._header.number(self._prefix + key, default)

    def numbers(self, key: str, default: int = 0) -> list[int]:
        """Return a count for each layer."""
        return self._header.numbers(self._prefix + key, self.layers, default)

    def feed_forward(self) -> int:
        """Return how wide the widest layer is inside, all experts that act together."""
        experts = self.number("expert_feed_forward_length") * self.number("expert_used_count")
        return max([experts, *self.numbers("feed_forward_length")])

    def experts(self) -> float:
        """Return which part of the experts acts on each token."""
        return min(self.number("expert_used_count") / max(self.number("expert_count"), 1), 1.0)

    def widths(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return how many numbers each layer keeps of each token: keys and values."""
        heads = self.numbers("attention.head_count")
        kept = self._header.numbers(f"{self._prefix}attention.head_count_kv", self.layers, -1)
        kept = [own if own >= 0 else all_ for own, all_ in zip(kept, heads, strict=True)]
        width = self.number("embedding_length") // max([1, *heads])
        key = self.number("attention.key_length", width)
        value = self.number("attention.value_length", key)
        if self.number("attention.key_length_mla"):
            value = 0  # found within the keys
        kept = [n if remembers else 0 for n, remembers in zip(kept, self._remember(), strict=True)]
        return tuple(n * key for n in kept), tuple(n * value for n in kept)

    def state(self, keys: Sequence[int]) -> int:
        """Return the bytes that layers without keys keep instead, however long a conversation is.

        In 32 bits, as `n_embd_s` and `n_embd_r` of llama.cpp's `llama_hparams` say.
        """
        inner, each = self.number("ssm.inner_size"), self.number("ssm.state_size")
        mixed = inner + 2 * self.number("ssm.group_count") * each
        convolved = max(self.number("ssm.conv_kernel") - 1, 0) * mixed
        return 4 * (each * inner + convolved) * sum(width == 0 for width in keys)

    def _remember(self) -> list[bool]:
        """Return which layers keep keys and values of their own; recurrent ones do not."""
        every = self.number("full_attention_interval")
        recurrent = self.numbers("attention.recurrent_layers")
        sharing = self.layers - self.number("attention.shared_kv_layers")
        return [
            not recurrent[layer] and (every < 1 or (layer + 1) % every == 0) and layer < sharing
            for layer in range(self.layers)
        ]


def _check_writer(header: Header, tensors: list[Tensor], architecture: str) -> None:
    """Refuse what can never write an answer."""
    causal = header.values.get(f"{architecture}.attention.causal", True)
    vocabulary = header.text("tokenizer.ggml.model")
    if architecture in _NO_WRITERS or "bert" in architecture or not causal or vocabulary == "bert":
        raise HeaderUnusable(Unusable.NOT_A_WRITER)
    if not tensors and parts_of(header) == 1:
        raise HeaderUnusable(Unusable.VOCABULARY_ONLY)
    if not header.number(f"{architecture}.block_count"):
        raise HeaderUnusable(Unusable.BROKEN)


def _weights(tensors: list[Tensor], own: _Own) -> tuple[tuple[str, int], ...]:
    """Return the bytes by type that are read for each token that is written."""
    found: Counter[str] = Counter()
    for tensor in _multiplied(tensors, own.layers):
        found[tensor.type] += round(tensor.bytes * (own.experts() if _expert(tensor) else 1.0))
    return tuple(found.most_common())


def _stored(tensors: list[Tensor], layers: int) -> tuple[tuple[str, int], ...]:
    """Return the bytes by type of all matrices that are multiplied, every expert among them."""
    found: Counter[str] = Counter()
    for tensor in _multiplied(tensors, layers):
        if len(tensor.shape) > 1:
            found[tensor.type] += tensor.bytes
    return tuple(found.most_common())


def _multiplied(tensors: list[Tensor], layers: int) -> Iterator[Tensor]:
    """Yield all but tables; the one of embeddings is more than that where it is the output too."""
    tied = not any(tensor.name == "output.weight" for tensor in tensors)
    for tensor in tensors:
        only_table = tensor.name in _LOOKED_UP and not (tied and tensor.name == _EMBEDDINGS)
        if not only_table and not _later(tensor, layers):
            yield tensor


def _expert(tensor: Tensor) -> bool:
    return "_exps" in tensor.name


def _later(tensor: Tensor, layers: int) -> bool:
    """Whether a tensor belongs to layers that foretell further tokens; they are not loaded."""
    block = _BLOCK.match(tensor.name)
    return block is not None and int(block[1]) >= layers


def _quantization(header: Header, tensors: list[Tensor]) -> str:
    """Return the name in the header if the weights bear it out, else the type of most of them."""
    elements: Counter[str] = Counter()
    for tensor in tensors:
        if len(tensor.shape) > 1:
            elements[tensor.type] += tensor.elements
    if not elements:
        return ""
    bits = 8 * sum(t.bytes for t in tensors) / sum(t.elements for t in tensors)
    named = quantization_of_code(header.number("general.file_type", -1) & ~_GUESSED)
    if named and _NAMED[0] * named.bits <= bits <= _NAMED[1] * named.bits:
        return named.name
    return elements.most_common(1)[0][0]


def _thinking(template: str, write: Write | None) -> Thinking:
    if not template:
        return Thinking.NEVER
    with TemplateProcess() as process:
        try:
            return thinking_of(template, write or process.write)
        except TemplateEndless:
            raise HeaderUnusable(Unusable.TEMPLATE_ENDLESS) from None


def _later_parts(path: Path, header: Header) -> list[Path]:
    """Return where the second and later parts of a model lie, if it was split."""
    count = parts_of(header)
    if count == 1 or header.number("split.no"):
        return []
    named = _PART.fullmatch(path.name)
    if count > _PARTS or not named or int(named[3]) != count:
        raise HeaderUnusable(Unusable.PART)
    return [
        path.with_name(f"{named[1]}-{part:05}-of-{count:05}.gguf") for part in range(2, count + 1)
    ]


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[_Source]:
    try:
        if not path.is_file():  # a pipe would be waited for, for ever
            raise FileNotFoundError
        file = path.open("rb")
    except OSError as error:
        raise ModelMissing(str(path)) from error
    with file:
        yield _reader(file, path), file.seek(0, os.SEEK_END)


def _reader(file: BinaryIO, path: Path) -> Read:
    def read(offset: int, length: int) -> bytes:
        try:
            file.seek(offset)
            return file.read(length)
        except OSError as error:
            raise ModelMissing(str(path)) from error

    return read


@contextlib.contextmanager
def _reported(name: Path | str) -> Iterator[None]:
    try:
        yield
    except HeaderUnusable as refused:
        raise ModelUnusable(str(name), refused.reason) from refused
