"""Columns of Japanese and Chinese, read from top to bottom and from right to left."""

from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.engines.pdf import reading

COLUMNS = ("灯台守は毎朝油を量り、", "その数を帳面に書いてか", "ら灯をともすのである。")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.pdf"


def read(path: Path) -> str:
    """The text of a page, its lines parted by | where they are not glued."""
    with reading.opened(path) as document:
        (page,) = reading.pages(document)
    text = ""
    for line in page.lines:
        text += ("" if line.glued or not text else "|") + line.text
    return text


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_vertical_writing_is_one_text_from_right_to_left(path, order) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_font(fontname="japan", wmode=1)
        for at in order:
            page.insert_text((500 - 20 * at, 100), COLUMNS[at], fontname="japan", fontsize=12)
        document.save(path)
    assert read(path).replace("|", "") == "".join(COLUMNS)
    assert COLUMNS[1] + COLUMNS[2] in read(path)  # a word goes on there, after a comma none does


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_letters_that_are_drawn_below_each_other_are_columns_too(path, order) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "Latin on top", fontname="helv", fontsize=12)
        for at in order:
            for down, letter in enumerate(COLUMNS[at]):
                place = (500 - 20 * at, 120 + 13 * down)
                page.insert_text(place, letter, fontname="japan", fontsize=12)
        document.save(path)
    latin, _, rest = read(path).partition("|")
    assert latin == "Latin on top"
    assert rest.replace("|", "") == "".join(COLUMNS)


def test_a_column_of_a_table_is_none(path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for row, (name, amount) in enumerate(
            [("甲", "一"), ("乙", "二"), ("丙", "三"), ("丁", "四")]
        ):
            for x, text in ((72, name), (92, amount)):
                page.insert_text((x, 100 + 40 * row), text, fontname="japan", fontsize=12)
        document.save(path)
    assert read(path).replace("|", "") == "甲一乙二丙三丁四"
