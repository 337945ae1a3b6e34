"""The order of what waits."""

import itertools
from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.indexes import Index
from desktop_rag.jobs.indexing.queue import (
    DocumentJob,
    Lane,
    Queue,
    QueuedFile,
    Ranks,
    place_of,
    splitting,
)

NAMES = "abcd"


def fact(name: str) -> FileFact:
    return FileFact(Path(name), 1, 1, 1)


def job(name: str) -> DocumentJob:
    return DocumentJob(DocumentId(f"id of {name}"), fact(name), Index(1, None, 110))


def places(*names: str) -> list[QueuedFile]:
    return [QueuedFile(Path(name)) for name in names]


def names(waiting) -> str:
    return "".join(place.path.name for place in waiting)


def filled(ranks: Ranks) -> Queue:
    """A queue with a file in each phase, taken in this order: i, r, h."""
    queue = Queue(ranks)
    queue.to_hash.append(fact("h"))
    queue.to_read.append(job("r"))
    queue.to_split.append(job("i"))
    return queue


def test_any_choice_comes_first_or_last_in_the_order_it_was_given() -> None:
    for count in range(len(NAMES) + 1):
        for chosen in itertools.permutations(NAMES, count):
            rest = [name for name in NAMES if name not in chosen]
            for put, expected in (
                (Ranks.put_first, [*chosen, *rest]),
                (Ranks.put_last, [*rest, *chosen]),
            ):
                ranks = Ranks()
                lane = Lane(ranks)
                for name in NAMES:
                    lane.append(fact(name))
                put(ranks, places(*chosen))
                lane.sort()
                assert [one.path.name for one in lane] == expected


def test_what_was_said_last_counts_more() -> None:
    ranks = Ranks()
    queue = filled(ranks)
    ranks.put_last(places("i"))
    ranks.put_first(places("h"))
    ranks.put_first(places("r"))
    queue.sort()
    assert names(queue.places()) == "rhi"
    ranks.put_last(places("r"))
    queue.sort()
    assert names(queue.places()) == "hir"
    ranks.clear()
    queue.sort()
    assert names(queue.places()) == "irh"


def test_what_comes_later_takes_its_place() -> None:
    ranks = Ranks()
    lane = Lane(ranks)
    ranks.put_first(places("c"))
    ranks.put_last(places("a"))
    for name in NAMES:
        lane.append(fact(name))
    assert [one.path.name for one in lane] == ["c", "b", "d", "a"]
    lane.put_back(fact("e"))  # which was begun with before b
    assert [lane.pop().path.name for _ in range(len(lane))] == ["c", "e", "b", "d", "a"]


def test_a_document_is_found_by_any_of_its_files() -> None:
    ranks = Ranks()
    lane = Lane(ranks)
    for name in NAMES:
        lane.append(job(name))
    ranks.put_first([QueuedFile(Path("copy of c"), DocumentId("id of c"))])
    lane.sort()
    assert place_of(lane.pop()) == QueuedFile(Path("c"), DocumentId("id of c"))


def test_files_that_are_dropped_wait_no_longer() -> None:
    queue = filled(Ranks())
    queue.drop({Path("h"), Path("i")})
    assert names(queue.places()) == "r"
    assert len(queue) == 1


def test_of_two_lanes_alike_in_rank_the_one_that_is_asked_comes_first() -> None:
    ranks = Ranks()
    lane: Lane[DocumentJob] = Lane(ranks)
    assert not lane.precedes(None)
    lane.append(job("a"))
    assert lane.precedes(None)
    assert lane.precedes(job("b"))
    ranks.put_first(places("b"))
    assert not lane.precedes(job("b"))


def test_what_is_nearest_to_being_ready_comes_first() -> None:
    queue = Queue()
    queue.to_hash.append(fact("h"))
    for lane, name in (
        (queue.to_read, "r"),
        (queue.to_recognize, "o"),
        (queue.to_bind, "b"),
        (queue.to_split, "s"),
        (queue.to_embed, "e"),
    ):
        lane.append(job(name))
    assert names(queue.places()) == "esborh"


def test_what_comes_waits_behind_its_equals_and_what_was_begun_before_them() -> None:
    lane: Lane[DocumentJob] = Lane(Ranks())
    for name in "ab":
        lane.append(job(name))
    lane.put_back(job("c"))
    assert names(place_of(one) for one in lane) == "cab"


def test_what_was_recognized_is_recognized_again_once() -> None:
    one = job("a")
    assert not splitting(one).again
    one.again = True
    assert splitting(one).again
    one.tried = True
    assert not splitting(one).again
