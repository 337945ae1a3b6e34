"""Which numbers are chosen for which processor, whatever the one at hand can do."""

import pytest

from desktop_rag.engines.encoders.precision import Precision, Processor, fastest


@pytest.mark.parametrize(
    ("avx2", "bfloat16", "measured", "chosen"),
    [
        (True, True, True, Precision.BFLOAT16),
        (True, True, False, Precision.BFLOAT16),
        (False, True, True, Precision.BFLOAT16),  # as on ARM
        (True, False, True, Precision.INT8),
        (True, False, False, Precision.FLOAT32),  # nobody knows what 8 bits do to it
        (False, False, True, Precision.FLOAT32),
    ],
)
def test_the_fastest_numbers_follow_from_the_processor(avx2, bfloat16, measured, chosen) -> None:
    assert fastest(Processor(avx2=avx2, bfloat16=bfloat16), measured=measured) is chosen
