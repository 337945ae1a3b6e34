"""How a document stands in the table: its icon, and where it is sorted."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.gui.libraries.table_entries import (
    LOCKED,
    REMARKED,
    STATES,
    Column,
    TableEntry,
    cell_of,
    icon_of,
    is_poor,
)
from desktop_rag.gui.libraries.values import DocumentValue

READY = DocumentValue(None, Path("/a.pdf"), "A", pages=3, state="ready")


@pytest.mark.parametrize(
    ("quality", "poor"), [(None, False), (1.0, False), (0.8, False), (0.6, True), (0.0, True)]
)
def test_recognized_text_is_poor_when_a_third_of_its_words_are_unknown(quality, poor) -> None:
    row = replace(READY, quality=quality)
    assert is_poor(row) is poor
    assert (icon_of(row) == REMARKED) is poor


def test_a_lock_is_shown_whatever_else_there_is_to_be_said() -> None:
    assert icon_of(replace(READY, state="waiting", locked=True, reason="Locked.")) == LOCKED
    assert icon_of(replace(READY, reason="A page is missing.")) == REMARKED


def test_trouble_is_sorted_first_and_what_waits_by_its_place_in_the_queue() -> None:
    rows = [TableEntry(replace(READY, state=state)) for state in reversed(STATES)]
    keys = sorted(rows, key=lambda entry: entry.key(Column.STATE))
    assert [entry.row.state for entry in keys] == list(STATES)
    queued = replace(READY, state="queued")
    places = [TableEntry(queued, place) for place in (0, 10, 2)]
    found = sorted(places, key=lambda entry: entry.key(Column.STATE))
    assert [entry.place for entry in found] == [2, 10, 0]


def test_pages_are_sorted_as_numbers_and_unknown_ones_first() -> None:
    rows = [TableEntry(replace(READY, pages=pages)) for pages in (10, None, 9)]
    found = sorted(rows, key=lambda entry: entry.key(Column.PAGES))
    assert [entry.row.pages for entry in found] == [None, 9, 10]


def test_only_what_is_being_worked_at_shows_how_far_it_is() -> None:
    half = replace(READY, fraction=0.5)
    for state in STATES:
        cell = cell_of(TableEntry(replace(half, state=state)), Column.STATE, state)
        assert (cell.progress == 0.5) is (state in {"reading", "recognizing", "embedding"})
