"""The real window with its real workers: drop, ask, open the page, stop, quit and come back."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from desktop_rag.domain.models import LocalModel
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.library import conversations, documents, libraries
from desktop_rag.library.conversations import Draft
from desktop_rag.library.db.database import open_database
from tests import gguf_models, pdfs, running_window
from tests.running_window import listed, lit_pixels

pytestmark = pytest.mark.slow

QUOKKA = "The zanzibar quokka was weighed on a Thursday."
LAMP = "The lamp of the Vorrin lighthouse was lit with whale oil until 1871."


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    pdfs.plain(folder / "lamp.pdf", [LAMP, "A page about marmalade, which is made of oranges."])
    pdfs.rotated(folder / "quokka.pdf", QUOKKA, 90)
    pdfs.not_a_pdf(folder / "broken.pdf")
    return folder


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shelf") / "files"
    folder.mkdir()
    pdfs.plain(folder / "lamp.pdf", [LAMP, "A page about marmalade, which is made of oranges."])
    pdfs.plain(folder / "quokka.pdf", [QUOKKA])
    return running_window.shelf(folder.parent / "data", folder)


def test_drop_ask_open_the_page_quit_and_come_back(opened, files) -> None:
    running = opened(real=True)
    composition = running.composition
    assert running.session.library is None
    running.drop(files)
    assert "Reading" in composition.chat._empty._title.text()
    assert not composition.composer.button.isEnabled()
    running.settle()
    assert "What do you" in composition.chat._empty._title.text()
    assert running.states() == {"lamp.pdf": "ready", "quokka.pdf": "ready", "broken.pdf": "failed"}
    assert libraries.summaries(running.db)[0].name == "files"

    running.ask("When was the zanzibar quokka weighed?")
    turn = running.answered()
    assert turn.error == ""
    assert "Thursday" in turn.answer
    assert turn.statistics.mode == "extract"
    assert turn.cited[0].title
    assert turn.sources[0].snippet == QUOKKA

    composition.chat.source_opened.emit(turn.cited[0])  # what a click on [1] says
    view = composition.pane.view
    running.until(lambda: lit_pixels(view) > 0)
    running.until(lambda: lit_pixels(view) > 200)

    title = composition._talk._conversation.title
    again = opened()
    assert again.session.name == "files"
    assert [one.title for one in listed(again)] == [title]
    assert again.composition._talk.turns[-1] == turn  # where one left off


def test_an_answer_is_written_stopped_and_written_again(ready, opened, tmp_path) -> None:
    slow = {"context": 8192, "layers": 12, "feed_forward": 2048}  # it can be stopped in time
    model = gguf_models.write_babbler(tmp_path / "babbler.gguf", **slow)
    running = ready
    running.session.choose_model(LocalModel(model))
    talk = running.composition._talk
    talk.set_sampling(talk._sampling.replaced(max_tokens=4096))
    running.ask("What lit the lamp?")
    running.until(lambda: bool(talk.turns) and len(talk.turns[-1].answer) > 5)
    assert talk.turns[-1].sources
    QTest.keyClick(running.composition.composer.input, Qt.Key.Key_Escape)
    running.until(lambda: talk.turns[-1].stopped)
    kept = talk.turns[-1]
    assert kept.answer

    sampling = talk._sampling.replaced(max_tokens=20, seed=3)
    talk.set_sampling(sampling)
    running.composition.chat.regenerate_requested.emit(kept.id)
    running.until(lambda: talk.turns[-1].id != kept.id and not running.composition._answering.busy)
    again = talk.turns[-1]
    assert not again.stopped
    assert again.statistics.mode == "model"
    assert again.statistics.answer_tokens == 20
    assert "What lit the lamp?" in again.statistics.prompt

    reopened = opened()
    assert reopened.session.model == LocalModel(model)
    reopened.composition._talk.open(listed(reopened)[0].id)
    assert reopened.composition._talk.turns[-1].answer == again.answer
    assert reopened.composition._talk._sampling == sampling


def test_a_suggested_question_is_asked_and_another_can_be_typed(ready) -> None:
    running = ready
    running.composition.sidebar.new_library.setFocus()
    running.composition.chat.suggestion_chosen.emit("What lit the lamp?")
    assert "whale oil" in running.answered().answer
    assert running.composition.composer.input.hasFocus()


def test_passages_are_found_while_typing(ready) -> None:
    running = ready
    box = running.composition.search_box
    found = []
    box.open()
    show_found = box.show_found
    box.show_found = lambda given: (found.append(given), show_found(given))
    box.search_requested.emit("whale oil")
    running.until(lambda: len(found) == 2)
    quick, slow = found
    assert (quick.complete, slow.complete) == (False, True)
    assert quick.results[0].snippet == slow.results[0].snippet == LAMP
    box.result_chosen.emit(slow.results[0])
    running.until(lambda: lit_pixels(running.composition.pane.view) > 200)


def test_removing_can_be_undone_and_costs_nothing(ready) -> None:
    running = ready
    table = running.composition.table
    running.until(lambda: table.documents.rowCount() == 2)
    (row,) = [row for row in table.documents.rows if row.path.name == "lamp.pdf"]
    table.removal_requested.emit([row])
    assert running.states() == {"quokka.pdf": "ready"}
    running.composition._undo.take()
    assert running.states() == {"lamp.pdf": "ready", "quokka.pdf": "ready"}


def test_a_second_removal_can_be_undone_while_the_first_is_dropped(ready) -> None:
    running = ready
    table = running.composition.table
    running.until(lambda: table.documents.rowCount() == 2)
    first, second = table.documents.rows
    table.removal_requested.emit([first])
    table.removal_requested.emit([second])
    running.composition._undo.take()
    running.settle()
    assert running.states() == {second.path.name: "ready"}
    with closing(open_database(running.paths.database)) as db:
        running.until(lambda: documents.orphans(db) == [])


def test_what_is_ready_can_be_asked_while_the_rest_is_indexed(opened, files, tmp_path) -> None:
    running = opened()
    busy = []

    def note() -> None:
        if running.session.ready:
            busy.append(running.composition._indexing.scheduler.busy)

    running.session.readiness_changed.connect(note)
    running.drop(files / "quokka.pdf", pdfs.book(tmp_path / "zz-book.pdf", 200))
    running.until(lambda: bool(busy))
    assert busy == [True]
    running.ask("When was the zanzibar quokka weighed?")
    assert "Thursday" in running.answered().answer


def test_a_library_may_go_while_files_are_taken_into_it(opened, tmp_path) -> None:
    running = opened()
    running.drop(pdfs.book(tmp_path / "book.pdf", 120))
    running.until(lambda: "book.pdf" in running.states())
    library = running.session.library
    running.composition.sidebar.library_deleted.emit(library)
    running.settle()
    assert running.session.library is None
    running.composition._undo.take()
    running.settle()
    assert running.states() == {"book.pdf": "ready"}


def test_a_queue_that_is_cancelled_stays_so_and_can_be_taken_back(opened, tmp_path) -> None:
    running = opened()
    running.drop(pdfs.book(tmp_path / "book.pdf", 120))
    running.until(lambda: "book.pdf" in running.states())
    running.composition.sidebar.queue.cancel_requested.emit()
    running.settle()
    assert running.states() == {}
    running.composition._undo.take()
    running.settle()
    assert running.states() == {"book.pdf": "ready"}


def test_asking_an_early_question_again_can_be_undone(ready) -> None:
    running = ready
    running.ask("What lit the lamp?")
    first = running.answered()
    running.ask("What is marmalade made of?")
    running.until(lambda: len(running.composition._talk.turns) == 2)
    second = running.answered()
    running.composition.chat.edit_requested.emit(first.id, "When was the lamp lit?")
    running.answered()
    assert [turn.question for turn in running.composition._talk.turns] == ["When was the lamp lit?"]
    running.composition._undo.take()
    assert list(running.composition._talk.turns) == [first, second]


def test_a_file_that_has_gone_keeps_its_passage(opened, files) -> None:
    running = opened()
    running.drop(files / "lamp.pdf")
    running.settle()
    running.ask("What lit the lamp?")
    turn = running.answered()
    (files / "lamp.pdf").unlink()
    running.composition.chat.source_opened.emit(turn.cited[0])
    assert running.composition.pane.card.isVisible()
    assert "whale oil" in running.composition.pane.card._passage.toPlainText()


def test_the_window_remembers_what_was_being_indexed(opened, tmp_path) -> None:
    book = pdfs.book(tmp_path / "book.pdf", 120)
    running = opened()
    running.drop(book)
    running.until(lambda: running.states().get("book.pdf") == "embedding")
    again = opened()  # quits in the middle
    again.settle()
    assert again.states() == {"book.pdf": "ready"}
    with closing(open_database(again.paths.database)) as db:
        assert json.loads(json.dumps(libraries.summaries(db)[0].ready)) == 1


def test_settings_that_cannot_be_read_are_told_and_kept(opened, tmp_path) -> None:
    home = tmp_path / "data"
    home.mkdir()
    (home / "settings.json").write_text('{"window": {"theme": "dark"', encoding="utf-8")
    running = opened()
    banners = running.composition.window.findChildren(Banner)
    (told,) = [one for one in banners if "settings.json.broken" in one.accessibleName()]
    running.until(told.isVisible)
    assert (home / "settings.json.broken").read_text("utf-8").startswith('{"window"')


def test_a_document_of_two_libraries_is_embedded_once(ready) -> None:
    (path, *_) = sorted(row.path for row in ready.composition.table.documents.rows)
    ready.composition.sidebar.library_created.emit("Harbours")
    assert ready.states() == {}
    told = []
    ready.composition._indexing.settled.connect(
        lambda tally: told.append((tally.indexed, tally.unchanged))
    )
    ready.drop(path)
    ready.settle()
    assert ready.states() == {path.name: "ready"}
    assert told == [(0, 1)]
    assert (
        ready.composition._indexing.scheduler.processes.indexing.last_id <= 1
    )  # at most the comparison of the start


def test_no_address_is_opened_unasked_and_no_file_at_all(ready, monkeypatch) -> None:
    asked, opened = [], []
    answers = iter([False, True])
    monkeypatch.setattr(
        file_dialogs, "opens", lambda _parent, address: (asked.append(address), next(answers))[1]
    )
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url.toString()))
    )
    for address in ("file:///etc/passwd", "javascript:alert(1)", "data:text/html,x"):
        ready.composition.chat.link_requested.emit(address)
        assert ready.composition.window._work.text() == "Only links to the web are opened."
    ready.composition.chat.link_requested.emit("https://example.org/no")
    ready.composition.chat.link_requested.emit("https://example.org/yes")
    assert [one.address for one in asked] == ["https://example.org/no", "https://example.org/yes"]
    assert opened == ["https://example.org/yes"]


def test_a_conversation_is_exported_or_it_is_said_why_not(ready, monkeypatch, tmp_path) -> None:
    session, composition = ready.composition._session, ready.composition
    talk = conversations.create(session.db, session.library, "Lamps")
    draft = Draft(question="How many?", answer="Twelve lamps.", mode="model")
    conversations.add_turn(session.db, talk, draft)
    places = iter([[], [tmp_path / "talk.md"], [tmp_path / "nowhere" / "talk.docx"]])
    monkeypatch.setattr(file_dialogs, "paper_place", lambda *_, **_how: next(places))
    for _ in range(2):
        composition._talks.export_requested.emit(talk)
    ready.until((tmp_path / "talk.md").exists)
    assert "Twelve lamps." in (tmp_path / "talk.md").read_text("utf-8")
    composition._talks.export_requested.emit(talk)
    ready.until(lambda: "cannot be written" in composition.window._work.text())
