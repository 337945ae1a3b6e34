"""Weights that lie in blocks of 4 bits, unpacked."""

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def torch():
    import torch

    return torch


def test_low_halves_come_before_high_ones_and_8_is_nothing(torch) -> None:
    from desktop_rag.engines.encoders.blocks import unpacked

    numbers = torch.full((1, 32), 0x88, dtype=torch.uint8)
    numbers[0, 0], numbers[0, 15], numbers[0, 16] = 0x89, 0xF8, 0x80
    scales = torch.tensor([[2.0, 0.5]], dtype=torch.float16)
    expected = torch.zeros(1, 64)
    expected[0, 0], expected[0, 16 + 15], expected[0, 32] = (9 - 8) * 2.0, (15 - 8) * 2.0, -8 * 0.5
    assert torch.equal(unpacked(numbers, scales), expected)


def test_a_table_gives_the_rows_that_are_asked_for(torch) -> None:
    from desktop_rag.engines.encoders.blocks import BlockTable, unpacked

    torch.manual_seed(1)
    numbers = torch.randint(0, 256, (5, 16), dtype=torch.uint8)
    scales = torch.rand(5, 1).half()
    ids = torch.tensor([4, 0, 4, 2])
    assert torch.equal(BlockTable(numbers, scales)(ids), unpacked(numbers, scales)[ids])
