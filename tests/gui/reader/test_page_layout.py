"""Where pages lie, and which words lie between two points."""

import itertools

import pytest

from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.pages import FoundOnPage
from desktop_rag.gui.reader.find_matches import FindMatches
from desktop_rag.gui.reader.page_layout import (
    GAP,
    LEAST_ZOOM,
    MARGIN,
    MOST_ZOOM,
    ZOOMS,
    next_zoom,
    stacked,
)
from desktop_rag.gui.reader.page_selection import Selection, Spot, joined, nearest, text_of, under
from desktop_rag.gui.reader.toolbar import page_named

A4 = (595.0, 842.0)
MIXED = (A4, (842.0, 595.0), (100.0, 100.0), (1.0, 20_000.0), A4)


class Counted(tuple):
    """Page sizes that count how often one is looked at."""

    __slots__ = ()
    looks = 0

    def __getitem__(self, at):
        type(self).looks += 1
        return super().__getitem__(at)


@pytest.mark.parametrize("zoom", [LEAST_ZOOM, 0.5, 1.0, MOST_ZOOM])
def test_pages_lie_below_each_other_without_touching(zoom) -> None:
    layout = stacked(MIXED).at(zoom, 500)
    places = [layout.place(page) for page in range(len(MIXED))]
    assert places[0].y == MARGIN
    for above, below in itertools.pairwise(places):
        assert GAP - 2 <= below.y - above.bottom <= GAP + 2
    assert abs(layout.height - MARGIN - places[-1].bottom) <= 1
    for place, (width, height) in zip(places, MIXED, strict=True):
        assert place.x >= MARGIN
        assert place.x + place.width <= layout.width - MARGIN + 1
        assert abs(place.height - place.width * height / width) <= height / width + 1


def test_visible_are_exactly_the_pages_of_which_something_is_seen() -> None:
    layout = stacked(MIXED * 3).at(0.2, 300)
    places = [layout.place(page) for page in range(len(MIXED) * 3)]
    for top in range(-50, layout.height + 50, 7):
        expected = [
            page for page, place in enumerate(places) if place.y < top + 90 and place.bottom > top
        ]
        assert list(layout.visible(top, top + 90)) == expected, top


def test_a_long_book_costs_no_more_than_what_is_seen() -> None:
    looks = []
    for pages in (10, 640, 64_000):
        layout = stacked(Counted([A4] * pages)).at(1.0, 800)
        Counted.looks = 0
        seen = layout.visible(layout.height / 2, layout.height / 2 + 900)
        for page in seen:
            layout.place(page)
        layout.place_of(pages // 2, Box(0.1, 0.1, 0.2, 0.2))
        assert len(seen) <= 2
        looks.append(Counted.looks)
    assert max(looks) <= 6


def test_fitting_makes_most_pages_as_wide_as_the_view() -> None:
    sizes = [A4] * 99 + [(14_400.0, 14_400.0)]
    layout = stacked(sizes)
    layout = layout.at(layout.fitting(500), 500)
    assert layout.place(0).width == 500 - 2 * MARGIN
    assert layout.place(99).x == MARGIN
    both = stacked([A4, (842.0, 595.0)])
    assert both.at(both.fitting(500), 500).place(1).width == 500 - 2 * MARGIN
    assert both.fitting(0) > 0


def test_no_pages_are_no_trouble() -> None:
    layout = stacked(()).at(1.0, 300)
    assert (layout.height, layout.width, list(layout.visible(0, 500))) == (0, 300, [])
    assert layout.page_at(100) == 0
    assert layout.fitting(300) == 1.0


def test_a_box_is_a_fraction_of_its_page() -> None:
    layout = stacked(MIXED).at(1.0, 2_000)
    page = layout.place(1)
    place = layout.place_of(1, Box(0.25, 0.5, 0.75, 1.0))
    assert place.x == page.x + page.width / 4
    assert place.y == page.y + page.height / 2
    assert place.width == page.width / 2
    assert place.bottom == page.bottom


def test_zoom_steps_up_and_down_and_ends() -> None:
    assert [next_zoom(zoom, larger=True) for zoom in (0.05, 1.0, 1.05, 5.0)] == [
        ZOOMS[0],
        1.1,
        1.1,
        MOST_ZOOM,
    ]
    assert [next_zoom(zoom, larger=False) for zoom in (6.0, 1.0, 1.05, 0.2)] == [
        5.0,
        0.9,
        1.0,
        LEAST_ZOOM,
    ]


@pytest.mark.parametrize(
    ("text", "page"),
    [("XIV", 0), (" 1 ", 1), ("2", 2), ("3", 2), ("4", None), ("0", None), ("-1", None), ("", None),
     ("²", None), ("9" * 20, None)],
)  # fmt: skip
def test_a_page_is_named_by_its_label_or_else_its_number(text, page) -> None:
    assert page_named(text, ("xiv", "1", "2")) == page


# Words

ROWS = [["one", "two", "three"], ["four", "five", "six"]]
WORDS = tuple(
    (text, Box(0.1 + 0.2 * column, 0.1 + 0.1 * row, 0.25 + 0.2 * column, 0.15 + 0.1 * row))
    for row, texts in enumerate(ROWS)
    for column, text in enumerate(texts)
)


def test_every_point_means_the_nearest_word() -> None:
    for at, (_, box) in enumerate(WORDS):
        middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        assert nearest(WORDS, *middle) == at
        assert under(WORDS, *middle)
    assert nearest(WORDS, 0.9, 0.12) == 2  # beyond the end of a line: its last word
    assert nearest(WORDS, 0.0, 0.99) == 3
    assert not under(WORDS, 0.9, 0.12)


def test_marking_backwards_marks_the_same() -> None:
    for first, last in itertools.product(range(6), repeat=2):
        start, end = (Spot(0, WORDS[at][1].x0, WORDS[at][1].y0) for at in (first, last))
        marked = Selection(start, end).words(0, WORDS)
        assert list(marked) == list(range(min(first, last), max(first, last) + 1))


def test_a_selection_over_pages_takes_the_rest_of_each() -> None:
    selection = Selection(Spot(3, 0.31, 0.11), Spot(1, 0.31, 0.21))
    assert [list(selection.words(page, WORDS)) for page in range(5)] == [
        [],
        [4, 5],
        [0, 1, 2, 3, 4, 5],
        [0, 1],
        [],
    ]
    assert list(selection.words(2, ())) == []


def test_text_keeps_its_lines() -> None:
    assert text_of(WORDS) == "one two three\nfour five six"
    assert text_of(()) == ""


def test_light_is_joined_along_a_line_but_not_across_columns() -> None:
    near = [Box(0.1, 0.1, 0.2, 0.15), Box(0.21, 0.1, 0.3, 0.15), Box(0.1, 0.16, 0.2, 0.2)]
    assert joined(near) == [Box(0.1, 0.1, 0.3, 0.15), near[2]]
    far = [Box(0.1, 0.1, 0.2, 0.15), Box(0.7, 0.1, 0.9, 0.15)]
    assert joined(far) == far


# Matches

ID = DocumentId("ab" * 32)
BOXES = (Box(0.1, 0.1, 0.2, 0.2),)


def found(page: int, count: int = 1) -> FoundOnPage:
    return FoundOnPage(ID, page, (BOXES,) * count, "x")


def test_the_first_match_from_the_page_being_read_is_the_present_one() -> None:
    matches = FindMatches()
    for page in (0, 4, 9):
        matches.add(found(page, 2), reading=3)
    assert (matches.present, matches.place, len(matches)) == ((4, 0), 3, 6)
    matches.step(-1)
    assert matches.present == (0, 1)
    for _ in range(2):
        matches.step(-1)
    assert (matches.present, matches.place) == ((9, 1), 6)
    matches.step(1)
    assert matches.place == 1


def test_matches_before_the_page_being_read_are_reached_at_the_end() -> None:
    matches = FindMatches()
    matches.end()
    matches.step(1)
    assert (matches.present, matches.place) == (None, 0)
    matches.add(found(2), reading=5)
    matches.add(found(1), reading=5)
    matches.add(found(1), reading=5)
    assert (matches.present, len(matches)) == (None, 2)
    matches.end()
    assert matches.present == (1, 0)


def test_a_page_wider_than_nearly_all_others_does_not_make_them_small() -> None:
    narrow, wide = (400.0, 600.0), (800.0, 600.0)
    assert stacked([narrow] * 99 + [wide]).fitting(500) == stacked([narrow]).fitting(500)
    assert stacked([narrow] * 60 + [wide] * 40).fitting(500) == stacked([wide]).fitting(500)


def test_a_step_that_nobody_would_see_is_none() -> None:
    assert next_zoom(0.995, larger=True) == 1.1
    assert next_zoom(1.005, larger=False) == 0.9


@pytest.mark.parametrize(
    ("wanted", "zoom"), [(9.0, MOST_ZOOM), (0.01, LEAST_ZOOM), (-1.0, LEAST_ZOOM), (1.3, 1.3)]
)
def test_pages_are_never_larger_or_smaller_than_can_be_drawn(wanted: float, zoom: float) -> None:
    assert stacked([A4]).at(wanted, 500).zoom == zoom
