"""The ways in which the weights of a GGUF model are made smaller, and what each costs.

`bits` is how many one weight takes, scales included, in a model of eight billion weights.
`quality` is 100 for no loss: how well Llama 3 8B still foretells text, from the perplexities
that llama.cpp publishes with its quantizer, and `None` where it publishes none.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.models import ModelFacts

RECOMMENDED = "Q4_K_M"


@dataclass(frozen=True, slots=True)
class Quantization:
    """One way, as llama.cpp names it; `code` stands for it in a file, as `general.file_type`.

    `made` tells those that can be made here: the others want to know which weights matter, and
    that takes hours of reading.
    """

    name: str
    code: int
    bits: float
    quality: int | None = None
    made: bool = False

    @property
    def recommended(self) -> bool:
        """Whether this is the one to take if nothing speaks against it."""
        return self.name == RECOMMENDED


#: From the most exact to the smallest.
QUANTIZATIONS = (
    Quantization("F32", 0, 32.0, 100),
    Quantization("BF16", 32, 16.0, 100),
    Quantization("F16", 1, 16.0, 100),
    Quantization("Q8_0", 7, 8.5, 100, made=True),
    Quantization("Q6_K", 18, 6.56, 100, made=True),
    Quantization("Q5_1", 9, 6.04, 98),
    Quantization("Q5_K_M", 17, 5.70, 99, made=True),
    Quantization("Q5_K_S", 16, 5.57, 98, made=True),
    Quantization("Q5_0", 8, 5.57, 98),
    Quantization("Q4_1", 3, 5.11, 93),
    Quantization("Q4_K_M", 15, 4.89, 97, made=True),
    Quantization("Q4_K_S", 14, 4.67, 96, made=True),
    Quantization("Q4_0", 2, 4.64, 93),
    Quantization("IQ4_NL", 25, 4.50),
    Quantization("NVFP4", 39, 4.50),
    Quantization("Q3_K_L", 13, 4.31, 92, made=True),
    Quantization("IQ4_XS", 30, 4.25),
    Quantization("MXFP4", 38, 4.25),
    Quantization("Q3_K_M", 12, 4.00, 90, made=True),
    Quantization("IQ3_M", 27, 3.66),
    Quantization("Q3_K_S", 11, 3.64, 79, made=True),
    Quantization("IQ3_S", 26, 3.44),
    Quantization("IQ3_XS", 22, 3.30),
    Quantization("Q2_K", 10, 3.16, 64, made=True),
    Quantization("Q2_K_S", 21, 3.16, 66),
    Quantization("IQ3_XXS", 23, 3.06),
    Quantization("IQ2_M", 29, 2.70),
    Quantization("IQ2_S", 28, 2.50),
    Quantization("IQ2_XS", 20, 2.31),
    Quantization("Q2_0", 41, 2.25),
    Quantization("IQ2_XXS", 19, 2.06),
    Quantization("TQ2_0", 37, 2.06),
    Quantization("IQ1_M", 31, 1.75),
    Quantization("TQ1_0", 36, 1.69),
    Quantization("IQ1_S", 24, 1.56),
    Quantization("Q1_0", 40, 1.125),
)
_NAMES = {one.name: one for one in QUANTIZATIONS}
_CODES = {one.code: one for one in QUANTIZATIONS}
_ALIASES = {"Q3_K": "Q3_K_M", "Q4_K": "Q4_K_M", "Q5_K": "Q5_K_M"}  # llama.cpp's own


def quantization(name: str) -> Quantization | None:
    """Return what is known of a quantization, by its name in any case."""
    upper = name.upper()
    return _NAMES.get(_ALIASES.get(upper, upper))


def quantization_of_code(code: int) -> Quantization | None:
    """Return the quantization that `general.file_type` means."""
    return _CODES.get(code)


def targets_of(facts: ModelFacts) -> tuple[str, ...]:
    """Return what a model can be made into here, the most exact first."""
    return () if facts.base else smaller_than(facts.quantization)


def smaller_than(name: str) -> tuple[str, ...]:
    """Return what a model of quantization `name` can be made into here, the most exact first.

    A model below eight bits has lost what another quantization would need: nothing then.
    """
    given = quantization(name)
    if given is None or given.bits < _NAMES["Q8_0"].bits:
        return ()
    return tuple(one.name for one in QUANTIZATIONS if one.made and one.bits < given.bits)
