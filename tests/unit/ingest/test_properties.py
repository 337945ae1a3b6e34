"""What holds for chunks of whatever pages: hypothesis makes the pages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.domain.documents import Box, Chunk, DocumentId, Heading, Line, Outline, Page, Word
from desktop_rag.engines.encoders import encoders
from desktop_rag.ingest.chunking import SplitContext, chunks_of
from desktop_rag.ingest.cleaning import cleaned
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
def documents(draw) -> list[Page]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        found: list[Line] = []
        for at in range(draw(st.integers(0, 6))):
            kind = draw(st.sampled_from([prose, prose, columns, tables, scattered]))
            found += draw(kind(0.06 + 0.13 * at))
        quality = draw(st.none() | st.floats(0, 1))
        label = draw(st.sampled_from(["i", "A-1", str(number + 1)]))
        made.append(Page(number, label, WIDTH, HEIGHT, tuple(found), quality=quality))
    return cleaned(made)


def split(pages: Sequence[Page], count, limit: int) -> list[Chunk]:
    outline = Outline("", len(pages), (Heading(1, "Chapter", 0),))
    how = SplitContext(DocumentId("d"), "Title", outline, limit, count, lambda _: "es")
    return list(chunks_of(pages, how))


MADE = given(documents(), st.sampled_from([1, 3, 12, 40, 110]), st.sampled_from(COUNTS))


@MADE
def test_every_word_of_a_page_is_in_a_chunk_where_it_belongs(pages, limit, count) -> None:
    chunks = split(pages, count, limit)
    for page in pages:
        found: dict[Box, list[str]] = {}
        for chunk in (chunk for chunk in chunks if chunk.page == page.number):
            here: dict[Box, str] = {}
            for start, end, box, _ in chunk.words:
                here[box] = here.get(box, "") + chunk.text[start:end]
            for box, text in here.items():
                found.setdefault(box, []).append(text)
        written = {word.box: word.text for line in page.lines for word in line.words}
        assert found.keys() == written.keys()
        for box, texts in found.items():
            # The name of a column comes again whole, a long word comes in parts.
            assert written[box] in {"".join(texts), *texts, "".join(texts) + "-"}


@MADE
def test_a_chunk_is_its_words_and_white_space(pages, limit, count) -> None:
    for chunk in split(pages, count, limit):
        end = 0
        assert chunk.words
        for start, stop, box, _ in chunk.words:
            assert end <= start < stop
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
def test_chunks_are_numbered_and_lie_on_one_page_each(pages, limit, count) -> None:
    chunks = split(pages, count, limit)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    assert [chunk.page for chunk in chunks] == sorted(chunk.page for chunk in chunks)
    for chunk in chunks:
        of = pages[chunk.page]
        assert (chunk.page_label, chunk.recognized) == (of.label, of.recognized)
    assert split(pages, count, limit) == chunks


@MADE
def test_the_words_of_a_line_stay_in_order(pages, limit, count) -> None:
    chunks = split(pages, count, limit)
    for page in pages:
        boxes = [word.box for chunk in chunks if chunk.page == page.number for word in chunk.words]
        first = {box: at for at, box in reversed(list(enumerate(boxes)))}
        for line in page.lines:
            places = [first[word.box] for word in line.words]
            assert places == sorted(places)


@given(st.data(), st.sampled_from(COUNTS))
def test_lines_below_each_other_stay_in_order(data, count) -> None:
    lines = [line for at in range(12) for line in data.draw(prose(0.15 + 0.04 * at))]
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
