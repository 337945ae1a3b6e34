"""Reads weights, of which some are kept in blocks of 4-bit numbers.

    numbers   uint8, (rows, columns / 2): in each 16 bytes the 32 numbers of a block, number n in
              the low half of byte n, number n + 16 in the high half; less 8, they are -8 to 7
    scales    float16, (rows, columns / 32): what the numbers of a block are multiplied by

This is the form Q4_0 of GGML, rows and columns kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open
from torch import nn

_IN_BLOCK = 32
_NUMBERS, _SCALES = ".numbers", ".scales"


class BlockTable(nn.Module):  # type: ignore[misc]  # torch is not typed for mypy here
    """A table of vectors of which each is unpacked when it is looked up: an eighth of float32."""

    def __init__(self, numbers: torch.Tensor, scales: torch.Tensor) -> None:
        super().__init__()
        self._numbers, self._scales = numbers, scales  # no buffers: they are cast to nothing

    # torch

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the vectors of ids, (n,), as float32, (n, columns)."""
        return unpacked(self._numbers[ids], self._scales[ids])


def unpacked(numbers: torch.Tensor, scales: torch.Tensor) -> torch.Tensor:
    """Return what is kept in blocks: float32, (rows, columns)."""
    rows = len(numbers)
    blocks = numbers.view(rows, -1, _IN_BLOCK // 2)
    found = torch.cat([blocks & 15, blocks >> 4], -1).float() - 8
    return found.mul_(scales.float().unsqueeze(-1)).view(rows, -1)


class Weights:
    """The tensors of a file in the format of safetensors, by the names they had unpacked.

    Raises `KeyError` for one that it lacks, in both forms.
    """

    def __init__(self, path: Path) -> None:
        opened: Any = safe_open  # not typed
        self._file = opened(path, "pt")
        self._names = frozenset(self._file.keys())

    def tensor(self, name: str) -> torch.Tensor:
        """Return a tensor as float32."""
        if name + _NUMBERS in self._names:
            return unpacked(*self._packed(name))
        return self._plain(name).float()

    def table(self, name: str) -> nn.Module:
        """Return what looks vectors up, as they are kept."""
        if name + _NUMBERS in self._names:
            return BlockTable(*self._packed(name))
        return nn.Embedding.from_pretrained(self._plain(name))

    def _packed(self, name: str) -> tuple[torch.Tensor, torch.Tensor]:
        return self._plain(name + _NUMBERS), self._plain(name + _SCALES)

    def _plain(self, name: str) -> torch.Tensor:
        if name not in self._names:
            raise KeyError(name)
        found: torch.Tensor = self._file.get_tensor(name)
        return found
