"""Layers in 8 bits, beside the same in float32."""

import pytest

from desktop_rag.engines.encoders.precision import this_processor

pytestmark = pytest.mark.slow


@pytest.fixture
def layer():
    import torch

    if set(torch.backends.quantized.supported_engines) <= {"none"}:
        pytest.skip("torch has no kernel for 8 bits here")
    torch.manual_seed(1)
    return torch.nn.Linear(64, 48).requires_grad_(requires_grad=False)


def error(layer, rows, *, whole_range: bool) -> float:
    from desktop_rag.engines.encoders.quantized import RowScaled

    exact = layer(rows)
    return float((RowScaled(layer, whole_range=whole_range)(rows) - exact).norm() / exact.norm())


def test_a_row_is_worth_as_much_beside_a_hundred_times_larger_one(layer) -> None:
    import torch

    from desktop_rag.engines.encoders.quantized import RowScaled

    rows = torch.randn(2, 64) * torch.tensor([[1.0], [100.0]])
    small = RowScaled(layer)(rows)[0]
    assert torch.cosine_similarity(small, layer(rows[0]), dim=0) > 0.999


def test_the_whole_range_loses_less_where_it_does_not_overflow(layer) -> None:
    import torch

    rows = torch.randn(20, 64)
    halved = error(layer, rows, whole_range=False)
    assert halved < 0.03
    if this_processor().vnni:
        assert error(layer, rows, whole_range=True) < 0.7 * halved


def test_the_processor_decides_on_the_range(layer, monkeypatch) -> None:
    import torch

    from desktop_rag.engines.encoders import quantized
    from desktop_rag.engines.encoders.precision import Precision, Processor

    for vnni in (False, True):
        processor = Processor(avx2=True, bfloat16=False, vnni=vnni)
        monkeypatch.setattr(quantized, "this_processor", lambda found=processor: found)
        made = quantized.cast(torch.nn.Sequential(layer), Precision.INT8)
        assert made[0]._halved is not vnni
