"""Files whose names, titles or text no store takes as they are: others never suffer for them."""

import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pymupdf  # noqa: TID253  (what is odd in a PDF is made with it)
import pytest
from PIL import Image

from desktop_rag.domain.errors import DocumentUnexplained, WorkerDied
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.ingest.indexer import Begun
from desktop_rag.jobs.indexing.events import Given, Indexed, Waiting
from desktop_rag.library import documents, libraries
from desktop_rag.library.documents import DocumentState
from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.protocol import Failed, Step
from tests import originals, pdfs
from tests.jobs.indexing.test_coordinator import (
    A,
    B,
    Played,
    folder,
    found,
    of,
    of_file,
    pages,
    session,
)
from tests.workers import handlers
from tests.workers.handlers import Embedding, Refusal

__all__ = ["folder", "session"]

GOOD = 8
ANY_BYTES = pytest.mark.skipif(sys.platform != "linux", reason="names are always Unicode there")


def eight_good(folder: Path) -> list[str]:
    for number in range(GOOD):
        text = f"Otter number {number} builds no dam, whatever is said of otters."
        (folder / f"good{number}.txt").write_text(text)
    return [f"good{number}.txt" for number in range(GOOD)]


def storing(session, refusal: Refusal = Refusal()) -> partial:  # noqa: B008 - it is frozen
    """The indexing process with its real store, which does not take everything."""
    diary = session.paths.home / "diary"
    return partial(handlers.serve_refusing, session.paths.home, Embedding(diary), refusal)


def named(folder: Path, name: bytes) -> Path:
    return folder / os.fsdecode(name)


@ANY_BYTES
def test_names_that_are_no_unicode_keep_no_file_out(session, folder) -> None:
    good = eight_good(folder)
    ferry = [("The ferry", "It crosses at noon.")]
    odd = [
        pdfs.plain(folder / "a.pdf", pages(1)).rename(named(folder, b"caf\xe9.pdf")),
        originals.word(folder / "a.docx", "", ferry).rename(named(folder, b"caf\xe9.docx")),
        originals.book(folder / "a.epub", "Tides", ferry).rename(named(folder, b"caf\xe9.epub")),
    ]
    for name in (
        b"ni\xf1o.txt",
        b"ni\xf1o.md",
        b"ni\xf1o.html",
        b"line\nbreak.txt",
        b"bell\x07.txt",
    ):
        odd.append(named(folder, name))
        odd[-1].write_text(f"The ferry {len(odd)} crosses at noon.")
    odd.append(folder / "separated\u2028name.txt")
    odd[-1].write_text("The ferry after the storm.")
    scan = named(folder, b"scan\xe9.tif")
    Image.new("RGB", (90, 90), "white").save(folder / "s.tif")
    (folder / "s.tif").rename(scan)
    events = session.run([folder], indexing=storing(session))
    assert sorted(of(Indexed, events)) == sorted([*good, *(path.name for path in odd)])
    assert of(Waiting, events) == [scan.name]  # a white page has no text
    listed = documents.listing(session.db, libraries.find(session.db, "Papers"))
    titles = {row.path.name: row.title for row in listed}
    assert titles[os.fsdecode(b"ni\xf1o.txt")] == "niño"
    assert titles["separated\u2028name.txt"] == "separated name"


def test_titles_and_text_that_are_no_unicode_keep_no_file_out(session, folder) -> None:
    good = eight_good(folder)
    (folder / "entity.html").write_text(
        "<title>Odd &#xD800; title</title><p>A lone &#xDC00; half beside a ferry.</p>"
    )
    (folder / "raw.html").write_bytes(
        b"<title>Raw \xed\xa0\x80</title><p>Text \xed\xbf\xbf and NUL \0.</p>"
    )
    (folder / "nul.txt").write_bytes(b"A quay\0 and \0 a pier. \xed\xa0\x80 And a mole.")
    (folder / "separators.md").write_bytes(
        "# Odd\u2028title\n\n\u2029A dock.\x1c\x85 More.".encode()
    )
    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "A buoy lies before the harbour.")
    document.set_metadata({"title": "TITLE"})
    said = document.tobytes().replace(b"(TITLE)", b"<FEFF0041D8000042>")
    (folder / "metadata.pdf").write_bytes(said)
    odd = ["entity.html", "raw.html", "nul.txt", "separators.md", "metadata.pdf"]
    events = session.run([folder], indexing=storing(session))
    assert sorted(of(Indexed, events)) == sorted([*good, *odd])
    for row in documents.listing(session.db, libraries.find(session.db, "Papers")):
        assert row.title.encode()


def test_a_file_that_the_store_has_a_bug_for_fails_alone(session, folder) -> None:
    good = eight_good(folder)
    (folder / "a.txt").write_text("Whoever stores a kraken fails.")
    (folder / "bad.txt").write_text("Another kraken in the middle.")
    events = session.run([folder], indexing=storing(session, Refusal("kraken")))
    assert sorted(of(Indexed, events)) == good
    assert sorted(of(Given, events)) == ["a.txt", "bad.txt"]
    assert all(
        isinstance(one.error, DocumentUnexplained) for one in events if isinstance(one, Given)
    )
    assert session.state(folder / "a.txt") is DocumentState.FAILED


def test_a_file_that_ends_the_process_as_it_is_stored_fails_alone(session, folder) -> None:
    good = eight_good(folder)
    (folder / "a.txt").write_text("Whoever stores a kraken dies.")
    session.threads = False
    events = session.run([folder], indexing=storing(session, Refusal("kraken", dies=True)))
    assert sorted(of(Indexed, events)) == good
    assert of(Given, events) == ["a.txt"]


def test_whoever_was_only_last_as_the_process_ended_has_no_death_of_its_own(session) -> None:
    played = Played(session)
    found(played, "a", "b")
    for step in (played.hashed, played.read, played.hashed, played.read):
        step()
    played.reply(played.indexing, Begun(A), Stored(A, "A", "en", chunks=2, pages=1, embedded=2))
    died = Failed(len(played.indexing.told), WorkerDied("indexing", 7))
    played.coordinator.take(Letter("indexing", Step(len(played.indexing.told), Begun(B))))
    played.coordinator.take(Letter("indexing", died))
    played.split(B)  # by itself, and nothing is wrong with it
    assert of_file(played.indexing.told[-1]) == "embed b"
    played.coordinator.take(Letter("indexing", replace(died, id=len(played.indexing.told))))
    played.reply(played.indexing, Embedded(B, 0))
    assert session.db.execute("SELECT state FROM documents WHERE id = 'b'").fetchone() == ("ready",)
