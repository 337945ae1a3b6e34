"""The queue in the real window: seen, reordered, left and gone on with, whatever is dropped."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_rag.gui.libraries.table_entries import Column
from desktop_rag.library import libraries
from tests import pdfs

pytestmark = pytest.mark.slow

PDFS, OTHERS = 10, 4_990
KINDS = ("raw", "mp3", "exe", "zip", "mov")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in "abcde":
        pdfs.plain(folder / f"{name}.pdf", [f"Page {page} of {name}." for page in range(3)])
    return folder


def shown(running) -> list[str]:
    """Return what the list of documents shows from top to bottom, and where each stands."""
    filtered = running.composition.table.filtered
    return [
        f"{filtered.row_at(n).path.stem}: {filtered.index(n, Column.STATE).data()}"
        for n in range(filtered.rowCount())
    ]


def said(running) -> list[str]:
    told: list[str] = []
    running.composition._library.worked.connect(told.append)
    return told


def pause_once_found(running, count: int) -> None:
    """Press Pause as soon as so many files are known."""
    scheduler, pause = (
        running.composition._indexing.scheduler,
        running.composition.sidebar.queue.pause,
    )

    def look(_letter) -> None:
        if len(scheduler.waiting()) >= count - 1 and not paused:
            paused.append(True)
            pause.click()

    paused: list[bool] = []
    running.reading().replied.connect(look, Qt.ConnectionType.QueuedConnection)
    running.until(lambda: scheduler.paused)


def test_the_keyboard_reorders_the_queue(opened, folder) -> None:
    running = opened()
    composition, table = running.composition, running.composition.table
    running.drop(folder)
    pause_once_found(running, 5)
    composition.sidebar.queue.details.click()
    order = [f"{name}: Queued · {n}" for n, name in enumerate("abcde", 1)]
    running.until(lambda: shown(running) == order)
    table.view.choose([3, 4])
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    order = [f"{name}: Queued · {n}" for n, name in enumerate("deabc", 1)]
    running.until(lambda: shown(running) == order)
    assert [row.path.stem for row in table.selected()] == ["d", "e"]
    ready: list[str] = []
    composition._indexing.document_changed.connect(lambda path: ready.append(path.stem))
    composition.sidebar.queue.pause.click()
    running.settle()
    assert ready == list("deabc")
    running.until(lambda: shown(running) == [f"{name}: Ready" for name in "abcde"])


def test_of_five_thousand_files_only_the_pdfs_are_taken(opened, tmp_path) -> None:
    folder = tmp_path / "everything"
    for number in range(OTHERS):
        place = folder / f"{number % 50:02}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.{KINDS[number % len(KINDS)]}").write_bytes(b"\x00")
    for number in range(PDFS):
        pdfs.plain(folder / "07" / f"p{number}.pdf", [f"Barrel {number} held salt."])
    running = opened()
    told = said(running)
    running.drop(folder)
    running.settle()
    passed = f"{OTHERS} file(s) of {len(KINDS)} kind(s) were passed over"
    assert told[-1] == f"{PDFS} document(s) ready · {passed}"
    assert running.states() == {f"p{number}.pdf": "ready" for number in range(PDFS)}


@pytest.mark.parametrize("name", ["setup.exe", "song.mp3"])
def test_a_file_of_another_kind_gets_one_sentence_and_nothing_else(opened, tmp_path, name) -> None:
    (tmp_path / name).write_bytes(b"MZ\x90\x00")
    running = opened()
    told = said(running)
    running.drop(tmp_path / name)
    running.settle()
    words = "is a kind of file that cannot be read. Save it as PDF or DOCX"
    assert told == [f"“{name}” {words} in the program that it is from, then add that."]
    assert running.session.library is None
    assert libraries.summaries(running.db) == []
    assert shown(running) == []


def test_a_folder_dropped_twice_is_there_once(opened, folder) -> None:
    running = opened()
    told = said(running)
    running.drop(folder)
    running.drop(folder)
    running.settle()
    assert told[-1] == "5 document(s) ready"
    assert set(running.states().values()) == {"ready"}
    assert len(running.states()) == 5


def test_a_folder_that_vanishes_while_it_is_listed_ends_nothing(opened, folder) -> None:
    running = opened()
    told = said(running)
    running.drop(folder)

    def vanish(_letter) -> None:
        for path in folder.glob("[b-e].pdf"):
            path.unlink()

    running.reading().replied.connect(vanish)  # its files are found, and go
    running.settle()
    assert "need a look: see Documents" in told[-1]
    states = running.states()
    assert states.pop("a.pdf") == "ready"
    assert set(states.values()) == {"failed"}
    table = running.composition.table
    running.until(lambda: "b: Failed" in shown(running))
    table.view.choose([shown(running).index("b: Failed")])
    assert table.row_actions.reason.text().startswith("“b.pdf” was not found.")
    assert table.row_actions.retry.isVisibleTo(table)


def answering(words: str, told: list[str]) -> Callable[[], None]:
    """Press the button with these words in the next question."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        next(button for button in box.buttons() if button.text() == words).click()

    return press


def test_leaving_while_files_are_indexed_is_asked_once_and_goes_on_next_time(
    opened, tmp_path
) -> None:
    running = opened()
    composition = running.composition
    running.drop(pdfs.book(tmp_path / "book.pdf", 120))
    running.until(lambda: "book.pdf" in running.states())
    told: list[str] = []
    QTimer.singleShot(0, composition, answering("Stay", told))
    composition.window.close()
    assert composition.window.isVisible()
    assert composition._indexing.scheduler.busy
    QTimer.singleShot(0, composition, answering("Leave", told))
    composition.window.close()
    assert told == ["Documents are still being indexed"] * 2
    assert not composition.window.isVisible()
    assert running.states()["book.pdf"] != "ready"
    again = opened()
    again.settle()
    assert again.states() == {"book.pdf": "ready"}
