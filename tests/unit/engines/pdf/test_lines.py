"""Lines as people see them, of pages that are drawn in other ways than they are read."""

import random
from collections import Counter
from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.domain.documents import Layer, Line
from desktop_rag.engines.pdf import reading
from tests import pdfs
from tests.pdfs import text_at

TEXT = (
    "Barges of grain moor below the tannery on the second Monday of every month, and leave",
    "before the bells of the abbey ring for noon. Their masters pay the toll at the weir in",
    "coin, unless the river stands above the third mark, when the keeper waives a half.",
    "No barge may carry lime and flour at once, and none may tie up by night at the mill.",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.pdf"


def lines_of(path: Path, layer: Layer = Layer.BODY) -> list[Line]:
    with reading.opened(path) as document:
        (page,) = reading.pages(document)
    return [line for line in page.lines if line.layer is layer]


def texts(path: Path, layer: Layer = Layer.BODY) -> list[str]:
    return [line.text for line in lines_of(path, layer)]


def width(text: str, size: float = 11) -> float:
    return pymupdf.get_text_length(text, fontname="helv", fontsize=size)


def words_at(text: str, x: float, y: float, size: float = 11) -> list[tuple[float, float, str]]:
    found = []
    for word in text.split():
        found.append((x, y, word))
        x += width(word + " ", size)
    return found


# Drawn twice


@pytest.mark.parametrize("copies", [2, 3])
@pytest.mark.parametrize("step", [(0.3, 0), (0, -0.4), (0.25, 0.25)])
def test_a_line_that_is_drawn_again_for_boldness_stands_once(path, copies, step) -> None:
    content = text_at(72, 760, "An ordinary line above.")
    for copy in range(copies):
        content += text_at(72 + copy * step[0], 700 + copy * step[1], "Sum owed: 2750 crowns")
    assert texts(pdfs.drawn(path, content)) == ["An ordinary line above.", "Sum owed: 2750 crowns"]


def test_words_and_letters_that_are_drawn_again_stand_once(path) -> None:
    content, x = "", 72.0
    for word in ("no", "I", "saw", "all", "oo", "moor"):
        content += text_at(x, 700, word) + text_at(x + 0.4, 700, word)
        x += width(word + " ")
    y = 650
    for shift in (0, 0.35):  # all letters once, then all again
        x = 72.0
        for letter in "Toll keeper":
            content += text_at(x + shift, y, letter)
            x += width(letter)
    assert texts(pdfs.drawn(path, content)) == ["no I saw all oo moor", "Toll keeper"]


def test_all_lines_may_be_drawn_before_any_is_drawn_again(path) -> None:
    once = "".join(text_at(72, 700 - 15 * at, line) for at, line in enumerate(TEXT))
    again = "".join(text_at(72.3, 700 - 15 * at, line) for at, line in enumerate(TEXT))
    assert texts(pdfs.drawn(path, once + again)) == list(TEXT)


def test_what_is_said_again_elsewhere_stays(path) -> None:
    content = text_at(72, 700, "Fee: 20 20 20") + text_at(72, 688, "Fee: 20 20 20")
    content += text_at(200, 700, "Fee: 20")
    assert sorted(texts(pdfs.drawn(path, content))) == sorted(["Fee: 20 20 20"] * 2 + ["Fee: 20"])


# Drawn in any order


@pytest.mark.parametrize("seed", range(4))
def test_the_words_of_a_page_may_be_drawn_in_any_order(path, seed: int) -> None:
    words = [word for at, line in enumerate(TEXT) for word in words_at(line, 72, 700 - 14 * at)]
    random.Random(seed).shuffle(words)  # noqa: S311
    assert texts(pdfs.drawn(path, "".join(text_at(*word) for word in words))) == list(TEXT)


def test_words_with_wide_spaces_may_be_drawn_in_any_order(path) -> None:
    words = []
    for at, line in enumerate(TEXT * 2):
        x = 72.0
        for word in line.split()[:10]:
            words.append((x, 700 - 14 * at, word))
            x += width(word) + 13
    random.Random(2).shuffle(words)  # noqa: S311
    found = texts(pdfs.drawn(path, "".join(text_at(*word) for word in words)))
    assert " ".join(found).split() == [word for line in TEXT * 2 for word in line.split()[:10]]


def test_the_cells_of_a_table_in_no_order_come_row_by_row(path) -> None:
    rows = [
        ("Barge", "Master", "Toll"),
        ("Maud", "Quill", "12"),
        ("Petrel", "Brack", "7"),
        ("Swan", "Bo", "9"),
    ]
    cells = [
        (72 + 140 * across, 700 - 18 * down, cell)
        for down, row in enumerate(rows)
        for across, cell in enumerate(row)
    ]
    random.Random(4).shuffle(cells)  # noqa: S311
    found = texts(pdfs.drawn(path, "".join(text_at(*cell) for cell in cells)))
    assert found == [cell for row in rows for cell in row]


def test_the_letters_of_a_line_may_be_drawn_in_any_order(path) -> None:
    letters, x = [], 72.0
    for letter in TEXT[0]:
        if letter != " ":
            letters.append((x, 700, letter))
        x += width(letter)
    random.Random(3).shuffle(letters)  # noqa: S311
    assert texts(pdfs.drawn(path, "".join(text_at(*one) for one in letters))) == [TEXT[0]]


def test_pieces_of_a_line_may_be_drawn_far_apart(path) -> None:
    content = text_at(72, 700, "The weir keeper")
    content += "".join(text_at(72, 600 - 15 * at, line) for at, line in enumerate(TEXT))
    content += text_at(72 + width("The weir keeper "), 700, "waives a half")
    assert texts(pdfs.drawn(path, content)) == ["The weir keeper waives a half", *TEXT]


@pytest.mark.parametrize("by_rows", [True, False])
def test_columns_are_never_joined(path, by_rows: bool) -> None:
    left = ["Barges moor", "below the mill", "each Monday", "at the weir"]
    right = ["Tolls are due", "in coin alone", "before noon", "or thereafter"]
    wide = max(width(line) for line in left)
    one = [text_at(72, 700 - 14 * at, line) for at, line in enumerate(left)]
    other = [text_at(72 + wide + 8, 700 - 14 * at, line) for at, line in enumerate(right)]
    content = (
        [*other, *one]
        if not by_rows
        else [part for pair in zip(other, one, strict=True) for part in pair]
    )
    assert sorted(texts(pdfs.drawn(path, "".join(content)))) == sorted(left + right)


def test_what_is_typed_over_leaders_is_not_mixed_with_them(path) -> None:
    for leaders in ("." * 60, " ." * 40, "_" * 30):
        content = text_at(72, 700, "Name: " + leaders) + text_at(110, 701, "Ottoline Brack")
        assert "Ottoline Brack" in texts(pdfs.drawn(path, content))


def test_a_page_that_was_turned_may_be_drawn_in_any_order(path) -> None:
    words = [word for at, line in enumerate(TEXT) for word in words_at(line, 72, 72 + 14 * at)]
    random.Random(1).shuffle(words)  # noqa: S311
    with pymupdf.open() as document:
        page = document.new_page()
        page.set_rotation(90)
        for x, y, word in words:
            start = pymupdf.Point(x, y) * page.derotation_matrix
            page.insert_text(start, word, fontname="helv", rotate=90)
        document.save(path)
    assert texts(path) == list(TEXT)


def test_ten_thousand_words_in_any_order_are_read_in_time(path) -> None:
    chance = random.Random(5)  # noqa: S311
    words = [
        text_at(20 + 5.5 * (at % 100), 10 + 8 * (at // 100), f"{at % 1000:03}", 2.4)
        for at in range(10_000)
    ]
    chance.shuffle(words)
    found = lines_of(pdfs.drawn(path, "".join(words)))
    assert sum(len(line.words) for line in found) == 10_000


# Words of scripts without spaces


def test_a_word_without_spaces_goes_on_in_the_next_line(path) -> None:
    text = "灯塔看守人每天早晨称油并把数目记在簿子里然后点灯"
    with pymupdf.open() as document:
        page = document.new_page()
        for at in range(3):
            part = text[8 * at : 8 * at + 8]
            page.insert_text((72, 100 + 16 * at), part, fontname="china-s", fontsize=12)
        page.insert_text((72, 300), "簿子在门边", fontname="china-s", fontsize=12)
        page.insert_text((72, 316), "Latin goes on", fontname="helv", fontsize=12)
        document.save(path)
    assert [line.glued for line in lines_of(path)] == [False, True, True, False, False]


# Nothing is lost


@pytest.mark.parametrize("seed", range(12))
def test_every_word_that_mupdf_finds_is_in_some_layer(path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    with pymupdf.open() as document:
        page = document.new_page()
        page.set_rotation(chance.choice([0, 90, 180, 270]))
        for _ in range(chance.randint(1, 80)):
            word = "".join(chance.choices("aeioulmnrst", k=chance.randint(2, 9)))
            page.insert_text(
                (chance.uniform(-20, 580), chance.uniform(-10, 850)),
                word,
                fontsize=chance.choice([2, 6, 9, 11, 11, 11, 24]),
                color=chance.choice([(0, 0, 0), (1, 1, 1), (0.9, 0, 0), (0.97, 0.97, 0.97)]),
                rotate=chance.choice([0, 0, 0, 90, 180, 270]),
                render_mode=chance.choice([0, 0, 0, 1, 2, 3]),
            )
        if chance.random() < 0.5:
            page.draw_rect((100, 100, 400, 500), fill=(1, 1, 1), color=None)
        document.save(path)
    with pymupdf.open(path) as document:
        clip = pymupdf.INFINITE_RECT()
        text = document[0].get_textpage(flags=pymupdf.TEXTFLAGS_WORDS, clip=clip)
        expected = Counter("".join(word[4] for word in text.extractWORDS()))
    with reading.opened(path) as document:
        (page,) = reading.pages(document)
    found = Counter("".join(word.text for line in page.lines for word in line.words))
    assert found == expected
