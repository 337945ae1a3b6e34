"""The queue of downloads."""

from desktop_rag.domain.errors import HubBusy
from desktop_rag.domain.models import HubFile, ModelKind
from desktop_rag.library import downloads
from desktop_rag.library.downloads import DownloadIntent, Wanted


def wanted(name: str) -> Wanted:
    parts = (HubFile(f"{name}-1.gguf", 2**33, "ab" * 32, "Q4_K_M"), HubFile(f"{name}-2.gguf", 5))
    return Wanted(
        kind=ModelKind.WRITER, name=name, repository=f"ana/{name}", revision="r1", parts=parts
    )


def test_a_download_is_remembered_as_it_was_wanted(db) -> None:
    made = downloads.add(db, wanted("ñ"))
    assert downloads.listing(db) == [made]
    assert made.parts == wanted("ñ").parts
    assert made.size == 2**33 + 5
    assert (made.state, made.error) == (DownloadIntent.WAITING, None)


def test_the_first_that_waits_is_next(db) -> None:
    a, b, c = (downloads.add(db, wanted(name)) for name in "abc")
    assert downloads.following(db) == a
    downloads.set_state(db, a.id, DownloadIntent.FAILED, HubBusy("ana/a", 503))
    assert downloads.following(db) == b
    downloads.put_first(db, c.id)
    assert downloads.following(db) == c
    downloads.remove(db, c.id)
    downloads.set_state(db, b.id, DownloadIntent.PAUSED)
    assert downloads.following(db) is None
    assert [one.name for one in downloads.listing(db)] == ["a", "b"]
    failed = downloads.find(db, a.id)
    assert failed is not None
    assert str(failed.error) == str(HubBusy("ana/a", 503))


def test_what_is_wanted_twice_is_got_once_and_tried_again(db) -> None:
    made = downloads.add(db, wanted("a"))
    downloads.set_state(db, made.id, DownloadIntent.FAILED, HubBusy("ana/a", 503))
    assert downloads.add(db, wanted("a")) == made
    assert downloads.listing(db) == [made]
