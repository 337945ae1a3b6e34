"""What the window can show of a page."""

from dataclasses import replace

import pytest

from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.pages import Drawn, FoundOnPage

WHOLE = Drawn(DocumentId("d"), 0, 2, 3, 8, bytes(24))  # a row of 2 pixels, filled up to 8 bytes


def test_a_picture_is_shown_that_is_there_to_its_last_row() -> None:
    assert WHOLE.possible
    assert replace(WHOLE, pixels=bytes(25)).possible


@pytest.mark.parametrize(
    "broken",
    [
        replace(WHOLE, pixels=bytes(23)),
        replace(WHOLE, pixels=b""),
        replace(WHOLE, stride=5, pixels=bytes(24)),
        replace(WHOLE, width=0),
        replace(WHOLE, height=0),
        replace(WHOLE, width=-2),
    ],
)
def test_a_picture_that_lacks_a_byte_is_none(broken: Drawn) -> None:
    assert not broken.possible


def test_the_boxes_of_a_page_are_those_of_its_matches_in_order() -> None:
    one, two, three = (Box(0.1, y, 0.2, y + 0.01) for y in (0.1, 0.2, 0.3))
    assert FoundOnPage(DocumentId("d"), 0, ((one, two), (three,)), "x").boxes == (one, two, three)
