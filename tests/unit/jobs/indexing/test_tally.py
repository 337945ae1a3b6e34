"""Each file counts once, as what became of it."""

from pathlib import Path

from desktop_rag.domain.errors import DocumentBroken, DocumentLocked
from desktop_rag.domain.folders import PassedOver
from desktop_rag.jobs.indexing.events import (
    FilesPassedOver,
    Given,
    Indexed,
    Unchanged,
    Waiting,
)
from desktop_rag.jobs.indexing.tally import Tally
from desktop_rag.library.libraries import LibraryId

ONE, OTHER = Path("one.pdf"), Path("other.pdf")


def told(*events) -> Tally:
    tally = Tally()
    for event in events:
        tally.note(event)
    return tally


def test_files_are_counted_as_what_became_of_them() -> None:
    tally = told(Indexed(ONE, 3, 9), Unchanged(OTHER))
    assert tally == Tally(indexed=1, unchanged=1)
    assert tally.done == 2


def test_what_was_done_before_a_pause_stays_done_when_it_is_found_unchanged() -> None:
    assert told(Indexed(ONE, 3, 9), Unchanged(ONE)) == Tally(indexed=1)


def test_the_latest_news_of_a_file_takes_the_place_of_the_one_before() -> None:
    locked, broken = DocumentLocked("one.pdf"), DocumentBroken("one.pdf")
    assert told(Waiting(ONE, locked), Given(ONE, broken), Indexed(ONE, 3, 9)) == Tally(indexed=1)
    assert told(Unchanged(ONE), Given(ONE, broken)) == Tally(failed=1)


def test_what_was_passed_over_counts_once_for_each_folder_that_somebody_gave() -> None:
    songs = PassedOver((), ((".mp3", 7),))
    first = FilesPassedOver(Path("/a"), LibraryId(1), songs)
    watched = FilesPassedOver(Path("/b"), LibraryId(1), songs, watched=True)
    tally = told(first, watched, first)  # as after a pause
    assert tally.passed.count == 7
    assert tally.done == 0
