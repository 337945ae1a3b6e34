"""How many layers are tried on a GPU when they turn out to be too many."""

from itertools import pairwise

import pytest

from desktop_rag.engines.machine.devices import steps_down


@pytest.mark.parametrize("layers", [0, 1, 2, 3, 16, 33, 200])
def test_fewer_layers_are_tried_each_time_and_none_at_last(layers: int) -> None:
    steps = steps_down(layers)
    assert (steps[0], steps[-1]) == (layers, 0)
    assert all(more > fewer for more, fewer in pairwise(steps))


def test_no_more_than_a_quarter_of_the_layers_is_given_up_at_once() -> None:
    assert all(4 * fewer >= 3 * more - 4 for more, fewer in pairwise(steps_down(200)))
