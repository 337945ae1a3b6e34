"""In which numbers an embedder computes, and in which a processor does so fastest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """The numbers that weights are kept and multiplied in; vectors are float32 always."""

    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    INT8 = "int8"


@dataclass(frozen=True, slots=True)
class Processor:
    """What a processor has for multiplying matrices: AVX2, and bfloat16 in hardware."""

    avx2: bool
    bfloat16: bool


def this_processor() -> Processor:
    """Return what the processor here has, as torch sees it; importing torch takes seconds."""
    import torch

    bfloat16 = torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()  # noqa: SLF001
    return Processor(avx2=torch.cpu._is_avx2_supported(), bfloat16=bfloat16)  # noqa: SLF001


def fastest(processor: Processor, *, measured: bool) -> Precision:
    """Return what embeds documents fastest there.

    bfloat16 where it is native, at a cosine of 0.997 or more to float32; else 8-bit integers
    where there is AVX2, at 0.99 or more, if what they do to the embedder was `measured`.
    """
    if processor.bfloat16:
        return Precision.BFLOAT16
    if processor.avx2 and measured:
        return Precision.INT8
    return Precision.FLOAT32
