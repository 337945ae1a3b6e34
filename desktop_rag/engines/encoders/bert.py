"""BERT, as far as an embedder that comes with the program needs it.

    texts ─► ids, end to end ─► vectors of tokens ─► layers ─► their mean for each text, length 1

It computes what sentence-transformers does with the same folder (a test holds the two together),
for less: tokens of all texts lie end to end, so that nothing but attention pads; queries, keys and
values come from one layer; and importing it takes a second, not five.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from desktop_rag.engines.encoders.blocks import Weights
from desktop_rag.engines.encoders.precision import Precision
from desktop_rag.engines.encoders.quantized import cast

_PARTS = ("query", "key", "value")
_HIDDEN = -1e30  # what a place that is no token weighs, before softmax


class TokenBatch(NamedTuple):
    """Some texts, whose tokens lie end to end.

    `ids` and `positions` are int64, (tokens,); `places`, (tokens,), say where each token stands
    once every text is as long as the longest, and `mask`, float32, (texts, 1, 1, longest), what
    stands there for nothing: neither where all are as long.
    """

    lengths: list[int]
    ids: torch.Tensor
    positions: torch.Tensor
    places: torch.Tensor | None
    mask: torch.Tensor | None


def token_batch(ids: Sequence[Sequence[int]]) -> TokenBatch:
    """Return the tokens of texts as the network takes them."""
    lengths = [len(text) for text in ids]
    positions = torch.cat([torch.arange(length) for length in lengths])
    flat = torch.tensor([one for text in ids for one in text])
    longest = max(lengths)
    if min(lengths) == longest:
        return TokenBatch(lengths, flat, positions, None, None)
    there = torch.arange(longest) < torch.tensor(lengths).unsqueeze(1)
    mask = torch.zeros(there.shape).masked_fill_(~there, _HIDDEN)
    return TokenBatch(
        lengths, flat, positions, there.flatten().nonzero()[:, 0], mask[:, None, None]
    )


class _Layer(nn.Module):  # type: ignore[misc]  # torch is not typed for mypy here
    def __init__(self, weights: Weights, name: str, heads: int, epsilon: float) -> None:
        super().__init__()
        self._heads = heads
        parts = [f"{name}.attention.self.{part}" for part in _PARTS]
        self.attended = _linear(weights, *parts)
        self.joined = _linear(weights, f"{name}.attention.output.dense")
        self.joined_norm = _norm(weights, f"{name}.attention.output.LayerNorm", epsilon)
        self.wide = _linear(weights, f"{name}.intermediate.dense")
        self.narrow = _linear(weights, f"{name}.output.dense")
        self.narrow_norm = _norm(weights, f"{name}.output.LayerNorm", epsilon)

    # torch

    def forward(self, rows: torch.Tensor, given: TokenBatch) -> torch.Tensor:
        rows = self.joined_norm(rows + self.joined(self._attention(self.attended(rows), given)))
        return self.narrow_norm(rows + self.narrow(functional.gelu(self.wide(rows))))

    def _attention(self, rows: torch.Tensor, given: TokenBatch) -> torch.Tensor:
        """Return what each token takes from those of its text: (tokens, width)."""
        texts, longest = len(given.lengths), max(given.lengths)
        if given.places is not None:
            rows = rows.new_zeros(texts * longest, rows.shape[1]).index_copy_(0, given.places, rows)
        apart = rows.view(texts, longest, len(_PARTS), self._heads, -1).permute(2, 0, 3, 1, 4)
        mask = None if given.mask is None else given.mask.to(rows.dtype)
        query, key, value = apart.unbind()
        found = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        found = found.transpose(1, 2).reshape(texts * longest, -1)
        return found if given.places is None else found[given.places]


class Bert(nn.Module):  # type: ignore[misc]
    """The network of a folder: `config.json`, and the weights in a file of it.

    Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers" (2018); vectors are the
    mean of a text's tokens, as in Reimers and Gurevych, "Sentence-BERT" (2019).

    Raises `OSError`, `ValueError`, `KeyError` or `SafetensorError` for one that is none.
    """

    def __init__(self, folder: Path, file: str) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text("utf-8"))
        epsilon, heads = float(config["layer_norm_eps"]), int(config["num_attention_heads"])
        weights = Weights(folder / file)
        self.words = weights.table("embeddings.word_embeddings.weight")
        kind = weights.tensor("embeddings.token_type_embeddings.weight")[0]
        positions = weights.tensor("embeddings.position_embeddings.weight") + kind
        self.positions = nn.Embedding.from_pretrained(positions)
        self.norm = _norm(weights, "embeddings.LayerNorm", epsilon)
        self.layers = nn.ModuleList(
            _Layer(weights, f"encoder.layer.{at}", heads, epsilon)
            for at in range(int(config["num_hidden_layers"]))
        )

    # torch

    def forward(self, given: TokenBatch) -> torch.Tensor:
        """Return the unit vector of each text: float32, (texts, width)."""
        rows = self.words(given.ids).to(self.norm.weight.dtype) + self.positions(given.positions)
        rows = self.norm(rows)
        for layer in self.layers:
            rows = layer(rows, given)
        means = [text.mean(0) for text in rows.float().split(given.lengths)]
        return functional.normalize(torch.stack(means), dim=1)


class BertModel:
    """Tokenizer and network of an embedder that comes with the program."""

    def __init__(self, folder: Path, file: str, tokens: int, precision: Precision) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(tokens)
        self._tokenizer.no_padding()
        self.network = cast(Bert(folder, file).eval(), precision)

    def prepared(self, texts: Sequence[str]) -> TokenBatch:
        """Return the tokens of texts; the tokenizer is not to be shared between threads."""
        return token_batch([text.ids for text in self._tokenizer.encode_batch_fast(list(texts))])

    def vectors(self, given: TokenBatch) -> np.ndarray:
        """Return the unit vectors of a batch: float32, (texts, dimension)."""
        with torch.inference_mode():
            return np.asarray(self.network(given).numpy())


def _linear(weights: Weights, *names: str) -> nn.Linear:
    """Return layers that read the same as one, whose outputs stand side by side."""
    weight, bias = (
        torch.cat([weights.tensor(f"{name}.{part}") for name in names])
        for part in ("weight", "bias")
    )
    made = nn.Linear(*reversed(weight.shape), device="meta")
    made.weight = nn.Parameter(weight, requires_grad=False)
    made.bias = nn.Parameter(bias, requires_grad=False)
    return made


def _norm(weights: Weights, name: str, epsilon: float) -> nn.LayerNorm:
    weight = weights.tensor(f"{name}.weight")
    made = nn.LayerNorm(weight.shape, eps=epsilon)
    made.weight = nn.Parameter(weight, requires_grad=False)
    made.bias = nn.Parameter(weights.tensor(f"{name}.bias"), requires_grad=False)
    return made
