"""An embedder in other numbers than those its weights came in."""

from __future__ import annotations

import warnings
from typing import Any

import torch
from torch import nn

from desktop_rag.engines.encoders.precision import Precision, this_processor

_SMALLEST = 1e-9  # of what a row is divided by
_LARGEST = 127  # of 8 bits with a sign


class RowScaled(nn.Module):  # type: ignore[misc]  # torch is not typed for mypy here
    """A linear layer with 8-bit weights whose input is scaled row by row.

    torch quantizes a whole batch by its largest number: a text then has another vector
    beside others, down to a cosine of 0.93. Divided by its own largest number first, each row
    uses all its bits whatever it is embedded with ("per-token dynamic quantization"). Those are
    eight in the `whole_range`; without VNNI, products of such numbers overflow, and one is left.
    """

    def __init__(self, linear: nn.Linear, *, whole_range: bool = False) -> None:
        super().__init__()
        weight = linear.weight.detach()
        scales = weight.abs().amax(1).clamp_min(_SMALLEST).double() / _LARGEST
        zeros = torch.zeros(len(weight), dtype=torch.long)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch is pinned: what it deprecates is still there
            cut = torch.quantize_per_channel(weight, scales, zeros, 0, torch.qint8)
        self._weight = torch.ops.quantized.linear_prepack(cut, None)
        self._halved = not whole_range
        self.bias = linear.bias

    # torch

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Return the layer's output, float32, (…, out_features)."""
        scale = rows.abs().amax(-1, keepdim=True).clamp_min_(_SMALLEST)
        product = torch.ops.quantized.linear_dynamic
        found: torch.Tensor = product(rows / scale, self._weight, self._halved).mul_(scale)
        return found if self.bias is None else found.add_(self.bias)


def cast(model: Any, precision: Precision) -> Any:
    """Return `model`, whose weights are float32, with weights of `precision`; it is changed.

    bfloat16 works on every processor, slowly where it is not native. 8 bits need a kernel that
    torch has for x86 with AVX2 and for ARM; `RuntimeError` without one.
    """
    match precision:
        case Precision.FLOAT32:
            return model
        case Precision.BFLOAT16:
            return model.bfloat16()
        case Precision.INT8:
            _scale_rows(model, whole_range=this_processor().vnni)
            return model


def _scale_rows(module: nn.Module, *, whole_range: bool) -> None:
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            setattr(module, name, RowScaled(child, whole_range=whole_range))
        else:
            _scale_rows(child, whole_range=whole_range)
