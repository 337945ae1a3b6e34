"""Exporting in the window: where to, how far it is, and what came of it."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.papers import PaperFormat
from desktop_rag.gui.chat.papers_presenter import PapersPresenter
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.session import Session
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.library import conversations, libraries
from desktop_rag.library.conversations import Draft
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from tests.workers import threads

WAIT = 60_000  # milliseconds; only failures ever wait this long


class Presented:
    """A conversation of two turns, and what exports it."""

    def __init__(self, home: Path, db, qtbot) -> None:
        session = Session(db, open_home(home), Settings())
        self.talk = conversations.create(db, libraries.ensure(db, "L"), "Lamps & oil")
        self.turns = [
            conversations.add_turn(
                db, self.talk, Draft(question=one, answer=one[::-1], mode="model")
            )
            for one in ("One?", "Two?")
        ]
        self.banner, self.window = Banner(), QWidget()
        for widget in (self.banner, self.window):
            qtbot.addWidget(widget)
        self.queue = JobQueue("printing", partial(threads.serve_printing, home), session)
        self.presenter = PapersPresenter(session, self.queue, self.banner, self.window)
        self.told: list[str] = []
        self.presenter.told.connect(self.told.append)

    @property
    def shown(self) -> str:
        return "" if self.banner.isHidden() else self.banner.label.text()


@pytest.fixture
def presented(home: Path, qtbot):
    paths = open_home(home)
    with closing(open_database(paths.database)) as db, threads.instead():
        made = Presented(home, db, qtbot)
        yield made
        made.queue.stop()
        if ending := getattr(made.queue._bridge.worker, "_ending", None):
            ending.join()
        made.queue.deleteLater()


@pytest.fixture
def places(monkeypatch, tmp_path):
    """Where things are to be written, one after the other, and what was asked for each."""
    wanted: list[Path] = []
    asked: list[tuple[str, PaperFormat, bool]] = []

    def place(_parent, title, kind, *, answer=False) -> list[Path]:
        asked.append((title, kind, answer))
        return [wanted.pop(0)] if wanted else []

    monkeypatch.setattr(file_dialogs, "paper_place", place)
    return wanted, asked


def test_a_conversation_is_written_and_opened(presented, places, tmp_path, qtbot, monkeypatch):
    target = tmp_path / "a {x}.md"
    places[0].append(target)
    presented.presenter.export(presented.talk)
    assert presented.shown == "Writing a {x}.md"
    qtbot.waitUntil(lambda: presented.shown == f"{target} is written.", timeout=WAIT)
    text = target.read_text("utf-8")
    assert "# Lamps & oil\n\n## One?\n\n?enO\n\n## Two?\n\n?owT" in text
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url.toLocalFile()))
    )
    presented.banner.action.click()
    assert (opened, presented.shown) == ([str(target)], "")


def test_one_answer_is_written_alone_under_its_question(presented, places, tmp_path, qtbot):
    target = tmp_path / "a.md"
    places[0].append(target)
    presented.presenter.export_turn(presented.talk, presented.turns[1].id)
    qtbot.waitUntil(target.exists, timeout=WAIT)
    qtbot.waitUntil(lambda: "is written" in presented.shown, timeout=WAIT)
    assert target.read_text("utf-8") == "# Two?\n\n?owT\n"


def test_the_kind_that_was_chosen_last_is_offered_first(presented, places, tmp_path, qtbot):
    wanted, asked = places
    wanted += [tmp_path / "a.PDF"]
    presented.presenter.export(presented.talk)
    qtbot.waitUntil(lambda: "is written" in presented.shown, timeout=WAIT)
    presented.presenter.export_turn(presented.talk, presented.turns[0].id)
    assert asked == [
        ("Lamps & oil", PaperFormat.WORD, False),
        ("One?", PaperFormat.PDF, True),
    ]


def test_a_second_file_waits_and_a_cancelled_one_is_not_there(presented, places, tmp_path, qtbot):
    places[0].append(tmp_path / "a.docx")
    with threads.MUPDF:  # so that nothing is written yet
        presented.presenter.export(presented.talk)
        presented.presenter.export(presented.talk)
        assert "being written already" in presented.told[-1]
        presented.banner.action.click()
        assert (presented.shown, presented.told[-1]) == ("", "Cancelled. Nothing was changed.")
    qtbot.waitUntil(lambda: not presented.queue.busy, timeout=WAIT)
    assert not (tmp_path / "a.docx").exists()


def test_what_cannot_be_written_is_told_and_what_is_not_there_is_not_asked_for(
    presented, places, tmp_path, qtbot
):
    places[0].append(tmp_path / "no" / "a.docx")
    presented.presenter.export(presented.talk)
    qtbot.waitUntil(lambda: bool(presented.told), timeout=WAIT)
    assert "cannot be written (No such file or directory)" in presented.told[0]
    assert presented.shown == ""
    presented.presenter.export_turn(presented.talk, 999)
    presented.presenter.export(conversations.ConversationId(999))
    assert len(places[1]) == 1
