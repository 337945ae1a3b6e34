"""Values of documents that go beyond what anything may store."""

import math

import pytest

from desktop_rag.domain import bounds
from desktop_rag.domain.bounds import bounded_outline, bounded_page
from desktop_rag.domain.documents import Box, Heading, Line, Outline, Page, Role, RoleKind, Word

BOX = Box(0.1, 0.2, 0.3, 0.4)
NAN, ENDLESS = math.nan, math.inf


def page(*lines: Line, width: float = 595.0, **more: object) -> Page:
    return Page(0, "1", width, 842.0, lines, **more)


def line(*texts: str, box: Box = BOX) -> Line:
    return Line(0, 11.0, False, tuple(Word(text, box) for text in texts))


def test_what_is_within_stays_as_it_is() -> None:
    given = page(line("a", "b"), Line(1, 9.0, True, (), role=Role(RoleKind.CELL, 0, 1, 2, 3, True)))
    assert bounded_page(given) == given
    outline = Outline("T", 1, (Heading(1, "H", 0),), "A", "2020", "S")
    assert bounded_outline(outline) == outline


def test_texts_are_cut() -> None:
    long = "x" * 1_000_000
    found = bounded_outline(Outline(long, 10**9, (Heading(1, long, 0),) * 6_000, long, long, long))
    assert {len(text) for text in (found.title, found.author, found.date, found.subject)} == {
        bounds.SHORT
    }
    assert (found.pages, len(found.contents)) == (bounds.PAGES, bounds.ENTRIES)
    assert len(found.contents[0].title) == bounds.ENTRY
    assert len(bounded_page(Page(0, long, 1.0, 1.0)).label) == bounds.SHORT


def test_a_long_word_is_parted_and_loses_nothing() -> None:
    text = "".join(map(str, range(3_000)))
    (found,) = bounded_page(page(line("a", text, "b"))).lines
    assert found.text.replace(" ", "") == f"a{text}b"
    assert max(len(word.text) for word in found.words) == bounds.WORD
    assert {word.box for word in found.words} == {BOX}


@pytest.mark.parametrize("edge", [NAN, ENDLESS, -ENDLESS, 1e300])
def test_places_are_numbers_that_can_be_kept(edge: float) -> None:
    found = bounded_page(page(line("a", box=Box(edge, 0.5, 0.25, edge))))
    (word,) = found.lines[0].words
    assert all(abs(value) <= bounds.OUTSIDE for value in word.box)
    assert word.box[1:3] == (0.5, 0.25)
    (sized,) = bounded_page(page(Line(0, edge, False, ()))).lines
    assert abs(sized.size) <= bounds.POINTS


@pytest.mark.parametrize("width", [NAN, ENDLESS, -ENDLESS, 1e300, -3.0])
def test_pages_have_a_size_that_can_be_kept(width: float) -> None:
    found = bounded_page(page(width=width))
    assert 0 < found.width <= bounds.POINTS
    assert not found.damaged


def test_a_page_keeps_its_proportion() -> None:
    found = bounded_page(Page(0, "1", 595e9, 842e9))
    assert found.height == bounds.POINTS
    assert found.width / found.height == pytest.approx(595 / 842)
    assert bounded_page(Page(0, "1", 0.0, 0.0)).damaged


def test_a_quality_is_a_share_or_unknown() -> None:
    given = (NAN, ENDLESS, -1.0, 0.5, None)
    found = [bounded_page(page(quality=quality)).quality for quality in given]
    assert found == [None, 1.0, 0.0, 0.5, None]


def test_cells_are_counted_as_far_as_tables_go() -> None:
    given = Line(0, 1.0, False, (), role=Role(RoleKind.CELL, 0, -5, 10**12, 10**30, True))
    (found,) = bounded_page(page(given)).lines
    assert found.role == Role(RoleKind.CELL, 0, 0, bounds.COUNT, bounds.COUNT, True)


def test_a_page_ends_where_it_would_be_too_large() -> None:
    filled = line(*["😀" * 1_000] * 100)
    found = bounded_page(page(*[filled] * 100))
    size = sum(12 * len(word.text) for one in found.lines for word in one.words)
    assert bounds.MEMBER // 2 < size <= bounds.MEMBER
    assert len(bounded_page(page(line(*["😀" * 4_000] * 2_000))).lines[0].words) > 1_000
