"""Any embedder that was installed, as sentence-transformers reads its folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from desktop_rag.engines.encoders.precision import Precision
from desktop_rag.engines.encoders.quantized import cast


class SentenceModel:
    """Tokenizer and network of a folder; no code that lies in it is run.

    Raises whatever sentence-transformers raises for one that it cannot read.
    """

    def __init__(self, folder: Path, tokens: int, precision: Precision) -> None:
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as chatter

        chatter.disable_progress_bar()
        self._torch = torch
        model: Any = SentenceTransformer(
            str(folder),
            device="cpu",
            local_files_only=True,
            model_kwargs={"use_safetensors": True, "dtype": "float32"},  # as questions want
        ).eval()
        model.max_seq_length = tokens
        self.network = cast(model, precision)

    def prepared(self, texts: Sequence[str]) -> Any:
        """Return what the network takes; the tokenizer is not to be shared between threads."""
        return self.network.preprocess(list(texts))

    def vectors(self, given: Any) -> np.ndarray:
        """Return the unit vectors of a batch: float32, (texts, dimension)."""
        with self._torch.inference_mode():
            found = self.network(given)["sentence_embedding"].float()
            return np.asarray(self._torch.nn.functional.normalize(found, dim=1).numpy())
