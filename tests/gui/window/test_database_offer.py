import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_rag.domain.errors import DatabaseDamaged, DatabaseNewer
from desktop_rag.gui.window import database_offer

PLACE = "/home/ana/library.sqlite3"
WITH_COPY = DatabaseDamaged(PLACE, "malformed", "2026-11-28 10:00")
WITHOUT = DatabaseDamaged(PLACE, "malformed", "")
NEWER = DatabaseNewer(PLACE, "version 99 is newer than 10", "2026-11-28 10:00")
ONLY_NEWER = DatabaseNewer(PLACE, "version 99 is newer than 10", "")


def choosing(words: str, seen: list[str]) -> None:
    """Press a button of the box that comes, once it is there."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box.text())
        seen.extend(button.text() for button in box.buttons())
        next(button for button in box.buttons() if button.text() == words).click()

    QTimer.singleShot(0, press)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WITH_COPY, "Go back to the copy"),
        (WITHOUT, "Begin anew"),
        (NEWER, "Go back to the copy"),
    ],
)
def test_a_way_out_is_offered_and_taken_only_if_it_is_wished(error, words, qapp, theme) -> None:
    for wish, expected in ((words, True), ("Quit", False)):
        seen: list[str] = []
        choosing(wish, seen)
        assert database_offer.accepted(error) is expected
        assert error.copy in seen[0]
        assert sorted(seen[1:]) == sorted([words, "Quit"])


def test_what_is_only_newer_is_not_begun_anew(qapp, theme) -> None:
    seen: list[str] = []
    choosing("Quit", seen)
    assert not database_offer.accepted(ONLY_NEWER)
    assert seen[1:] == ["Quit"]
