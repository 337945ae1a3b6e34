"""What nobody wants is left out until somebody gives it again."""

from pathlib import Path

from desktop_rag.jobs.indexing.order import IndexingOrder
from desktop_rag.jobs.indexing.queue import Batch, QueuedFile
from desktop_rag.library.libraries import LibraryId

FOLDER = Path("/papers")
ONE, OTHER = FOLDER / "one.pdf", FOLDER / "2021" / "other.pdf"


def batch(*paths: Path, **more: bool) -> Batch:
    return Batch(LibraryId(1), paths, **more)


def refusing() -> IndexingOrder:
    order = IndexingOrder()
    order.forget({ONE, OTHER}, lasting=True)
    return order


def test_what_is_merely_found_again_stays_unwanted() -> None:
    order = refusing()
    order.heed(batch(FOLDER, watched=True))
    order.heed(batch(ONE, watched=True))
    assert order.unwanted == {ONE, OTHER}


def test_what_is_given_again_is_wanted_by_itself_or_with_its_folder() -> None:
    order = refusing()
    order.heed(batch(ONE))
    assert order.unwanted == {OTHER}
    order.heed(batch(FOLDER))
    assert order.unwanted == set()


def test_what_is_forgotten_for_now_is_no_longer_waiting_and_not_refused() -> None:
    order = IndexingOrder()
    order.stand([QueuedFile(ONE), QueuedFile(OTHER)])
    order.forget({ONE}, lasting=False)
    assert order.standing() == [QueuedFile(OTHER)]
    assert order.unwanted == set()
