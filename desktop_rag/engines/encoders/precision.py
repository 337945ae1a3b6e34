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
    """What a processor has for multiplying matrices.

    AVX2; bfloat16 in hardware; VNNI, for 8-bit integers; and AMX, for either, in tiles.
    """

    avx2: bool
    bfloat16: bool
    vnni: bool = False
    amx: bool = False


def this_processor() -> Processor:
    """Return what the processor here has, as torch sees it; importing torch takes seconds."""
    import torch

    amx = torch.cpu._is_amx_tile_supported()  # noqa: SLF001
    return Processor(
        avx2=torch.cpu._is_avx2_supported(),  # noqa: SLF001
        bfloat16=amx or torch.cpu._is_avx512_bf16_supported(),  # noqa: SLF001
        vnni=torch.cpu._is_vnni_supported(),  # noqa: SLF001
        amx=amx,
    )


def fastest(processor: Processor, *, measured: bool) -> Precision:
    """Return what embeds documents fastest there.

    8-bit integers where there is AVX2, if what they do to the embedder was `measured`: a cosine to
    float32 of 0.99 or more. Else bfloat16 where it is native, at 0.9999; with AMX, always.
    """
    if processor.amx:
        return Precision.BFLOAT16
    if processor.avx2 and measured:
        return Precision.INT8
    return closest(processor)


def closest(processor: Processor) -> Precision:
    """Return what embeds a question, which deserves all digits: bfloat16 only where it is native.

    It is as close to float32 there as rounding lets it be, and takes half the time.
    """
    return Precision.BFLOAT16 if processor.bfloat16 else Precision.FLOAT32
