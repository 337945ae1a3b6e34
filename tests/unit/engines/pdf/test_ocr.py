"""Where what was recognized lies, and how large a page is drawn for it; without Tesseract."""

from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.domain.documents import Box, Line, Word
from desktop_rag.engines.pdf import ocr, reading


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_what_was_read_turned_lies_where_it_is_on_the_page(turn: int) -> None:
    corner = Box(0.1, 0.2, 0.3, 0.25)
    with pymupdf.open() as document:
        shown = document.new_page(width=100, height=100)
        seen = pymupdf.Rect([100 * edge for edge in corner])
        shown.set_rotation(turn)
        turned = seen * shown.rotation_matrix
    read = Line(0, 11.0, False, (Word("word", Box(*(edge / 100 for edge in turned))),))
    (word,) = ocr._placed(read, turn).words
    assert word.box == pytest.approx(corner)


def test_a_page_of_any_size_is_drawn_within_bounds(tmp_path: Path) -> None:
    path = tmp_path / "sizes.pdf"
    with pymupdf.open() as document:
        for width, height in ((595, 842), (14_400, 14_400), (14_400, 3), (3, 14_400), (1, 1)):
            document.new_page(width=width, height=height)
        document.save(path)
    with reading.opened(path) as document:
        sizes = [(p.width, p.height) for p in (ocr._picture(page, 0, 1) for page in document)]
    assert sizes[0] == (2480, 3509)  # 300 dots an inch
    assert all(width * height <= 1.01 * ocr.MOST_PIXELS for width, height in sizes)
    assert all(1 <= edge <= 30_001 for size in sizes for edge in size)
