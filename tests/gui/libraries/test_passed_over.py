"""What the window says of the files of folders that are no documents."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_rag.domain.folders import PassedOver
from desktop_rag.gui.libraries.passed_over_dialog import PassedOverDialog
from desktop_rag.gui.libraries.values import PassedValue
from desktop_rag.jobs.indexing.events import FilesPassedOver
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.library import libraries
from tests import pdfs
from tests.gui.libraries.test_library_presenter import make, presented
from tests.operations import calls_of

__all__ = ["make", "presented"]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    pdfs.plain(folder / "a.pdf", ["Some text."])
    for name in ("x.mp3", "y.mp3", "z.RAW", "notes"):
        (folder / name).touch()
    return folder


def test_what_was_passed_over_is_said_at_the_end_and_listed_with_reasons(presented, folder) -> None:
    presented.presenter.add([folder])
    presented.settle()
    assert presented.said[-1].endswith("· 4 file(s) of 3 kind(s) were passed over")
    link = presented.table.passed_over
    assert link.isVisible()
    assert link.text() == "4 file(s) of 3 kind(s) were passed over"
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    (dialog,) = presented.table.findChildren(PassedOverDialog)
    shown = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    names = ("notes", "x.mp3", "y.mp3", "z.RAW")
    assert [item.text(0) for item in shown] == [str(folder / name) for name in names]
    assert "(.mp3)" in shown[1].text(1)
    assert "(.raw)" in shown[3].text(1)
    dialog.close_button.click()


def test_each_library_has_its_own_and_one_without_has_none(presented, folder) -> None:
    presented.presenter.add([folder])
    presented.settle()
    other = libraries.ensure(presented.db, "Other")
    presented.session.choose(other)
    assert not presented.table.passed_over.isVisible()
    presented.session.choose(libraries.ensure(presented.db, "files"))
    assert presented.table.passed_over.isVisible()


def test_a_watched_folder_says_nothing_each_time_but_its_list_follows(presented, folder) -> None:
    presented.presenter.add([folder])
    presented.settle()
    (folder / "z.RAW").unlink()
    library = presented.session.library
    presented.scheduler.add(Batch(library, (folder,), watched=True))
    presented.settle()
    assert "passed over" not in presented.said[-1]
    assert presented.table.passed_over.text() == "3 file(s) of 2 kind(s) were passed over"
    for name in ("x.mp3", "y.mp3", "notes"):
        (folder / name).unlink()
    presented.scheduler.add(Batch(library, (folder,), watched=True))
    presented.settle()
    assert not presented.table.passed_over.isVisible()


def test_each_of_thousands_of_emails_is_noted_without_a_look_at_the_others(presented) -> None:
    library = libraries.ensure(presented.db, "Letters")
    presented.session.choose(library)
    passed = PassedOver((), ((".png", 1),))

    def note(number: int) -> None:
        event = FilesPassedOver(Path(f"/attachments/{number}"), library, passed)
        presented.indexing.passed_over.emit(event)

    first = calls_of(lambda: note(0))
    for number in range(1, 1_000):
        note(number)
    assert calls_of(lambda: note(1_000)) <= first
    presented.scheduler.add(Batch(library, (Path("/attachments"),), watched=True))
    presented.settle()
    assert presented.table.passed_over.text() == "1001 file(s) of 1 kind(s) were passed over"


def test_names_and_reasons_are_shown_as_they_are_whatever_they_hold(qtbot, theme) -> None:
    odd = PassedValue(Path("/a/<b>x<_b>\udcf1\n.mp3"), "Because <i>so</i>.")
    dialog = PassedOverDialog("1 file", ".mp3: 1", [odd])
    qtbot.addWidget(dialog)
    item = dialog.list.topLevelItem(0)
    assert item.text(0) == "/a/<b>x<_b>ñ .mp3"
    assert "&lt;b&gt;" in item.toolTip(0)
    assert item.data(0, Qt.ItemDataRole.AccessibleTextRole).endswith("Because <i>so</i>.")
