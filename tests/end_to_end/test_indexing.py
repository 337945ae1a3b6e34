"""Indexing as people live with it: another length of passages, scans, passwords, in the window."""

import math
import os
import sys
from pathlib import Path

import pytest

from desktop_rag.jobs.indexing import maintenance
from desktop_rag.library import documents, indexes
from tests import pdfs
from tests.running_window import lit_pixels
from tests.tesseract import needs_tesseract

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("heron", "otter", "badger"):
        text = f"The {name} sleeps in the reeds by day. " * 12
        pdfs.plain(folder / f"{name}.pdf", [text, f"Nobody has counted every {name} yet."])
    return folder


def test_another_length_of_passages_is_indexed_beside_what_is_searched(
    opened, folder, monkeypatch
) -> None:
    monkeypatch.setattr(maintenance, "LINGERING_SECONDS", math.inf)  # on a slow machine, too
    running = opened()
    running.drop(folder)
    running.settle()
    before = documents.listing(running.db, running.session.library)
    settings = running.session.settings
    shorter = settings.replaced(indexing=settings.indexing.replaced(chunk_tokens=32))
    running.session.replace_settings(shorter)
    assert indexes.building(running.db).chunk_tokens == 32
    running.ask("Where does the heron sleep?")  # the index that is there answers meanwhile
    assert "reeds" in running.answered().answer
    running.until(lambda: indexes.serving(running.db).chunk_tokens == 32)
    after = documents.listing(running.db, running.session.library)
    assert [row.path for row in after] == [row.path for row in before]
    assert {row.state for row in after} == {documents.DocumentState.READY}
    assert sum(row.chunks for row in after) > sum(row.chunks for row in before)
    running.ask("Where does the otter sleep?")
    assert "reeds" in running.answered().answer
    tables = running.paths.vectors_folder
    running.composition._indexing.scheduler.keep_up()  # as happens soon after the start
    running.until(lambda: running.composition._indexing.scheduler._run is None)
    assert len(list(tables.glob("*.lance"))) == 2
    monkeypatch.setattr(maintenance, "LINGERING_SECONDS", 0.0)
    running.composition._indexing.scheduler.keep_up()  # as happens a while after the swap
    running.until(lambda: not indexes.unswept(running.db))
    assert len(list(tables.glob("*.lance"))) == 1


@needs_tesseract
def test_a_scan_is_recognized_found_and_lit(opened, tmp_path) -> None:
    running = opened()
    running.drop(pdfs.scanned(tmp_path / "scan.pdf", "The keeper of Vorrin burned whale oil."))
    running.settle()
    assert running.states() == {"scan.pdf": "ready"}
    running.ask("What did the keeper of Vorrin burn?")
    turn = running.answered()
    assert "whale oil" in turn.answer
    assert all(source.recognized for source in turn.sources)


def test_a_locked_document_waits_and_is_read_with_its_password(opened, tmp_path) -> None:
    running = opened()
    path = pdfs.locked(tmp_path / "locked.pdf", "secret")
    running.drop(path)
    running.settle()
    assert running.states() == {"locked.pdf": "waiting"}
    document = documents.known(running.db, [path])[path].document
    for password, state in (("wrong", "waiting"), ("secret", "ready")):
        running.session.passwords.keep(document, password, lasting=False)
        running.composition._indexing.scheduler.read_again(document)
        running.settle()
        assert running.states() == {"locked.pdf": state}


@pytest.mark.skipif(sys.platform != "linux", reason="names are always Unicode there")
def test_a_file_whose_name_is_no_unicode_is_read_found_and_opened_like_others(
    opened, folder, tmp_path
) -> None:
    odd = folder / os.fsdecode(b"nutria ca\xf1\xf3n.pdf")
    pdfs.plain(tmp_path / "a.pdf", ["The marten winters in the belfry."]).rename(odd)
    (folder / "weasel\nnote.txt").write_text("The weasel is not at home.")
    dropped = tmp_path / os.fsdecode(b"ara\xf1a.html")
    dropped.write_text("<title>Half &#xD800; a title</title><p>The spider sells thread.</p>")
    running = opened()
    running.drop(folder, dropped)
    running.settle()
    assert set(running.states().values()) == {"ready"}
    assert len(running.states()) == 6
    running.ask("Where does the marten winter?")
    turn = running.answered()
    assert "belfry" in turn.answer
    running.composition.chat.source_opened.emit(turn.sources[0])
    running.until(lambda: lit_pixels(running.composition.pane.view) > 200)
