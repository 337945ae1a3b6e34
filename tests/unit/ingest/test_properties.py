"""What holds for chunks of whatever pages: hypothesis makes the pages."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.domain.documents import (
    RULED,
    Box,
    Chunk,
    DocumentId,
    Heading,
    Layer,
    Line,
    Outline,
    Page,
    Role,
    RoleKind,
    Word,
)
from desktop_rag.engines.encoders import encoders
from desktop_rag.ingest.chunking import SplitContext, chunks_of
from desktop_rag.ingest.cleaning import SOFT_HYPHEN, cleaned
from desktop_rag.ingest.indexer import embedded_form
from tests.fakes import HEIGHT, WIDTH, FakeTokenizer

WORDS = st.one_of(
    st.sampled_from(
        ["a", "the", "nave", "Sr.", "art.", "núm.", "p.", "ej.", "fin.", "Why?", "¿Qué", "care-",
         "ful", "12", "1,526", "(4.1%)", "2018", "$", "-", "—", "a)", "1.º", "Total:", "...."]
    ),
    st.text(st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc", "Cs"]), min_size=1,
            max_size=12),
    st.sampled_from(["日本語です。次の文です。", "مرحبا", "👩\u200d🚀", "e\u0301te\u0301", "\u00ad",
                     "soft\u00ad", "\u200b", "\ufeffmark", "ﬁnance", "\ufffd"]),
    st.sampled_from(["letters" * 20, "x" * 120]),
)  # fmt: skip
SIZES = st.sampled_from([6.0, 11.0, 11.0, 11.0, 13.0, 20.0])


@functools.cache
def real() -> encoders.FolderTokenizer:
    return encoders.FolderTokenizer(encoders.default_embedder())


def fake(texts: Sequence[str]) -> list[int]:
    return FakeTokenizer(letters=4).counts(texts)


COUNTS: list[Callable[[Sequence[str]], list[int]]] = [fake, lambda texts: real().counts(texts)]


@st.composite
def lines_at(draw, top: float, left: float, width: float, most: int = 9) -> Line:
    """A line whose words lie beside each other, at a height and within a width of their own."""
    texts = draw(st.lists(WORDS, min_size=1, max_size=most))
    step = width / len(texts)
    high = draw(st.sampled_from([0.008, 0.012, 0.02]))
    words = [
        Word(text, Box(left + step * at, top, left + step * at + 0.9 * step, min(1.0, top + high)))
        for at, text in enumerate(texts)
    ]
    return Line(draw(st.integers(0, 3)), draw(SIZES), draw(st.booleans()), tuple(words))


@st.composite
def prose(draw, top: float) -> list[Line]:
    return [draw(lines_at(top, 0.1, draw(st.sampled_from([0.2, 0.8]))))]


@st.composite
def columns(draw, top: float) -> list[Line]:
    """Two or three columns, which the file holds one after the other or mixed."""
    number = draw(st.integers(2, 3))
    rows = draw(st.integers(1, 6))
    width = 0.8 / number
    placed = [
        draw(lines_at(top + 0.004 * row, 0.1 + width * column, 0.9 * width))
        for column in range(number)
        for row in range(rows)
    ]
    mixed = sorted(range(len(placed)), key=lambda at: at % rows)
    return [placed[at] for at in mixed] if draw(st.booleans()) else placed


@st.composite
def tables(draw, top: float) -> list[Line]:
    """Cells of one to three words, held row by row or column by column."""
    rows, across = draw(st.integers(2, 6)), draw(st.integers(2, 5))
    cells = {
        (row, column): draw(lines_at(top + 0.004 * row, 0.1 + 0.16 * column, 0.1, most=3))
        for row in range(rows)
        for column in range(across)
        if draw(st.integers(0, 9))
    }
    by_column = draw(st.booleans())
    return [cells[at] for at in sorted(cells, key=lambda at: at[::-1] if by_column else at)]


@st.composite
def scattered(draw, top: float) -> list[Line]:
    """A line set upright, as on a rotated page."""
    texts = draw(st.lists(WORDS, min_size=1, max_size=5))
    left = draw(st.sampled_from([0.92, 0.95]))
    words = (
        Word(text, Box(left, top + 0.005 * at, left + 0.01, top + 0.005 * at + 0.004))
        for at, text in enumerate(texts)
    )
    return [Line(4, 11.0, False, tuple(words))]


@st.composite
def anywhere(draw, top: float) -> list[Line]:
    """Lines in any order, each anywhere on the page and of any height."""
    found = []
    for _ in range(draw(st.integers(1, 8))):
        texts = draw(st.lists(WORDS, min_size=1, max_size=6))
        left, above = draw(st.floats(0, 0.4)), draw(st.floats(0, 0.9))
        step, high = draw(st.floats(0.001, 0.09)), draw(st.floats(0.001, 0.1))
        words = (
            Word(text, Box(left + step * at, above, left + step * (at + 0.9), above + high))
            for at, text in enumerate(texts)
        )
        found.append(Line(draw(st.integers(0, 3)), draw(SIZES), draw(st.booleans()), tuple(words)))
    return found


@st.composite
def beside(draw, top: float) -> list[Line]:
    """What is not of the body."""
    layer = draw(st.sampled_from([Layer.NOTE, Layer.HIDDEN, Layer.FURNITURE]))
    lines = (draw(lines_at(top + 0.01 * at, 0.1, 0.5)) for at in range(draw(st.integers(1, 3))))
    return [line._replace(layer=layer) for line in lines]


@st.composite
def told(draw, top: float) -> list[Line]:
    """Lines with roles; blocks of one number may come again on the next page."""
    kind = draw(st.sampled_from(RoleKind))
    block = draw(st.integers(10, 12))
    found = []
    row = draw(st.integers(0, 3))
    for at in range(draw(st.integers(1, 6))):
        row += draw(st.integers(0, 1))
        column = draw(st.integers(0, 4))
        role = Role(kind, draw(st.integers(1, 6)), row, column, head=row == 0)
        line = draw(lines_at(top + 0.01 * at, 0.1, 0.5))
        glued = draw(st.booleans())
        found.append(line._replace(block=10 * kind + block, role=role, glued=glued))
    if kind is RoleKind.CELL and draw(st.booleans()):
        return [line._replace(block=RULED + block) for line in found]
    return found


@st.composite
def documents(draw) -> list[Page]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        found: list[Line] = []
        for at in range(draw(st.integers(0, 6))):
            kinds = [prose, prose, columns, tables, scattered, anywhere, beside, told]
            kind = draw(st.sampled_from(kinds))
            found += draw(kind(0.06 + 0.13 * at))
        quality = draw(st.none() | st.floats(0, 1))
        label = draw(st.sampled_from(["i", "A-1", str(number + 1)]))
        apart = tuple(itertools.starmap(_apart, enumerate(found)))
        made.append(Page(number, label, WIDTH, HEIGHT, apart, quality=quality))
    return cleaned(made)


def _apart(at: int, line: Line) -> Line:
    """Move a line by less than shows, so that no two words have one place."""
    words = (
        Word(text, Box(x0, y0 + 1e-7 * at, x1 + 1e-9 * n, y1 + 1e-7 * at))
        for n, (text, (x0, y0, x1, y1)) in enumerate(line.words)
    )
    return line._replace(words=tuple(words))


def split(pages: Sequence[Page], count, limit: int) -> list[Chunk]:
    outline = Outline("", len(pages), (Heading(1, "Chapter", 0),))
    how = SplitContext(DocumentId("d"), "Title", outline, limit, count, lambda _: "es")
    return list(chunks_of(pages, how))


MADE = given(documents(), st.sampled_from([1, 3, 12, 40, 110]), st.sampled_from(COUNTS))


@MADE
def test_every_word_of_every_layer_is_in_the_chunks_once(pages, limit, count) -> None:
    found: dict[tuple[int, Box], list[tuple[str, Chunk]]] = {}
    for chunk in split(pages, count, limit):
        here: dict[tuple[int, Box], str] = {}
        for start, end, box, after in chunk.words:
            place = chunk.page + after, box
            text = chunk.text[start:end]
            if here.get(place) == text:  # told again within the chunk, as a name of rows is
                found.setdefault(place, []).append((text, chunk))
            else:
                here[place] = here.get(place, "") + text
        for place, text in here.items():
            found.setdefault(place, []).append((text, chunk))
    written = {
        (page.number, word.box): (re.sub(f"{SOFT_HYPHEN}$", "-", word.text), line.layer)
        for page in pages
        for line in page.lines
        for word in line.words
    }
    again = _drawn_again(pages)
    assert found.keys() - again == written.keys() - again
    for place, parts in found.items():
        text, layer = written[place]
        whole = "".join(part for part, _ in parts)
        assert {chunk.layer for _, chunk in parts} == {layer}
        times = max(1, len(whole) // len(text))
        assert whole in {text * times, text.removesuffix("-")}
        if times > 1:  # the name of columns or rows; in parts where it is a long word
            assert text in {part for part, _ in parts} or max(count([text])) > limit


def _drawn_again(pages: Sequence[Page]) -> set[tuple[int, Box]]:
    """The places of names of columns that may be those of the same table on an earlier page."""
    return {
        (page.number, word.box)
        for page in pages
        for line in page.lines
        if line.role and line.role.head and line.role.kind is RoleKind.CELL
        for word in line.words
    }


@MADE
def test_a_chunk_is_its_words_and_white_space_below_names_of_columns(pages, limit, count) -> None:
    for chunk in split(pages, count, limit):
        assert chunk.words
        assert chunk.text == chunk.text.strip("\n ")
        end = chunk.words[0].start
        assert not chunk.text[:end].strip() or chunk.text[end - 1] in "\n\t"
        for start, stop, box, after in chunk.words:
            assert end <= start < stop
            assert after >= 0
            assert not chunk.text[end:start].strip()
            assert 0 <= box.x0 < box.x1 <= 1
            assert 0 <= box.y0 < box.y1 <= 1
            end = stop
        assert end == len(chunk.text)


@MADE
def test_no_chunk_is_above_the_limit_but_for_a_single_letter(pages, limit, count) -> None:
    chunks = split(pages, count, limit)
    for chunk, tokens in zip(chunks, count([chunk.text for chunk in chunks]), strict=True):
        assert tokens <= limit or len(chunk.text) == 1


@pytest.mark.parametrize("count", COUNTS)
def test_a_word_of_ten_thousand_letters_is_cut_or_is_one_unknown_token(count) -> None:
    long = Word("abcdefghij" * 1000, Box(0.1, 0.3, 0.9, 0.32))
    line = Line(0, 11.0, False, (Word("a", Box(0.05, 0.3, 0.08, 0.32)), long))
    chunks = split([Page(0, "1", WIDTH, HEIGHT, (line,))], count, 110)
    assert "".join("".join(chunk.text.split()) for chunk in chunks) == "a" + long.text
    assert max(count([chunk.text for chunk in chunks])) <= 110
    assert {word.box for chunk in chunks for word in chunk.words} == {w.box for w in line.words}


@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=5))
def test_words_counted_one_by_one_are_the_tokens_of_the_text(texts) -> None:
    assert real().counts(texts) == real()._counted(texts)


@given(documents(), st.sampled_from([3, 12, 110]))
def test_what_is_embedded_fits_though_amounts_are_not_counted(pages, limit) -> None:
    def count(texts: Sequence[str]) -> list[int]:
        return real().counts([embedded_form(text) for text in texts])

    chunks = split(pages, count, limit)
    for chunk, tokens in zip(chunks, count([chunk.text for chunk in chunks]), strict=True):
        assert tokens <= limit or len(chunk.text) == 1


@MADE
def test_chunks_are_numbered_and_begin_on_one_page_each(pages, limit, count) -> None:
    chunks = split(pages, count, limit)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    pages_of = [chunk.page for chunk in chunks if chunk.layer is not Layer.FURNITURE]
    assert pages_of == sorted(pages_of)
    for chunk in chunks:
        of = pages[chunk.page]
        assert (chunk.page_label, chunk.recognized) == (of.label, of.recognized)
    assert split(pages, count, limit) == chunks


@MADE
def test_the_words_of_a_line_stay_in_order(pages, limit, count) -> None:
    chunks = split(pages, count, limit)
    places = [(chunk.page + word.page, word.box) for chunk in chunks for word in chunk.words]
    first = {place: at for at, place in reversed(list(enumerate(places)))}
    again = _drawn_again(pages)
    for page in pages:
        for line in page.lines:
            of_line = [(page.number, word.box) for word in line.words]
            found = [first[place] for place in of_line if place not in again]
            assert found == sorted(found)


@given(st.data(), st.sampled_from(COUNTS))
def test_lines_below_each_other_stay_in_order(data, count) -> None:
    drawn = [line for at in range(12) for line in data.draw(prose(0.15 + 0.04 * at))]
    lines = [line._replace(size=11.0) for line in drawn]  # none is a footnote
    pages = cleaned([Page(0, "1", WIDTH, HEIGHT, tuple(lines))])
    boxes = [word.box for chunk in split(pages, count, 30) for word in chunk.words]
    wanted = [word.box for line in pages[0].lines for word in line.words]
    kept = list(dict.fromkeys(boxes))
    assert kept == wanted


@pytest.mark.parametrize("quality", [None, 0.0, 0.8])
def test_the_chunks_of_a_recognized_page_say_so(quality) -> None:
    line = Line(0, 11.0, False, (Word("text", Box(0.1, 0.3, 0.2, 0.32)),))
    made = replace(Page(0, "1", WIDTH, HEIGHT, (line,)), quality=quality)
    (chunk,) = split(cleaned([made]), fake, 10)
    assert chunk.recognized is (quality is not None)
