"""Which numbers are chosen for which processor, whatever the one at hand can do."""

import pytest

from desktop_rag.engines.encoders.precision import Precision, Processor, closest, fastest


@pytest.mark.parametrize(
    ("processor", "measured", "chosen"),
    [
        (Processor(avx2=True, bfloat16=True, vnni=True, amx=True), True, Precision.BFLOAT16),
        (Processor(avx2=True, bfloat16=True, vnni=True), True, Precision.INT8),
        (Processor(avx2=True, bfloat16=True, vnni=True), False, Precision.BFLOAT16),
        (Processor(avx2=False, bfloat16=True), True, Precision.BFLOAT16),  # as on ARM
        (Processor(avx2=True, bfloat16=False), True, Precision.INT8),
        (Processor(avx2=True, bfloat16=False), False, Precision.FLOAT32),  # nobody measured it
        (Processor(avx2=False, bfloat16=False), True, Precision.FLOAT32),
    ],
)
def test_the_fastest_numbers_follow_from_the_processor(processor, measured, chosen) -> None:
    assert fastest(processor, measured=measured) is chosen


@pytest.mark.parametrize(
    ("bfloat16", "chosen"), [(True, Precision.BFLOAT16), (False, Precision.FLOAT32)]
)
def test_a_question_is_never_cut_to_8_bits(bfloat16, chosen) -> None:
    assert closest(Processor(avx2=True, bfloat16=bfloat16, vnni=True)) is chosen
