"""Names shown as a table, and lists and questions written to files, from an answer."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

from desktop_rag.domain.answers import AnswerMode, QuestionKind
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.entities import Entity, EntityKind, EntityPlace
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.digest_presenter import DigestPresenter
from desktop_rag.gui.chat.names_dialog import NamesDialog
from desktop_rag.gui.chat.values import CardValue, TurnValue
from desktop_rag.gui.widgets import file_dialogs
from tests.gui.chat.turns_shown import source, turn

D = DocumentId("d")
PLACES = (EntityPlace(D, 3, "iv"),)
NAMED = replace(
    turn("**People:** Quill (2)", AnswerMode.EXTRACT, kind=QuestionKind.POINTS),
    entities=(Entity(EntityKind.PERSON, "Quill", 2, 1, PLACES),),
)
ASKED = replace(
    turn("**1. Who?**\n\nQuill [7]", AnswerMode.EXTRACT, kind=QuestionKind.STUDY),
    cards=(CardValue("Who?", "Quill", source(7)),),
)


class TitledSession(QObject):
    """A session that knows what documents are called."""

    library_changed = Signal()

    def titles(self, documents: object) -> dict[DocumentId, str]:
        return {D: "The lamp"} if D in set(documents) else {}


class Shown:
    """An answer with its presenter, and what was told of it."""

    def __init__(self, qtbot, value: TurnValue) -> None:
        self.chat = ChatView()
        qtbot.addWidget(self.chat)
        self.chat.show_turns([value])
        self.session = TitledSession()
        self.presenter = DigestPresenter(self.session, self.chat, lambda _turn: value, self.chat)
        self.told: list[str] = []
        self.presenter.told.connect(self.told.append)
        self.view = self.chat._views[value.id]

    @property
    def dialogs(self) -> list[NamesDialog]:
        return self.chat.findChildren(NamesDialog)


@pytest.fixture
def chosen(monkeypatch, tmp_path) -> Path:
    file = tmp_path / "chosen"
    for name, ending in (("cards_place", ".apkg"), ("names_place", ".csv")):
        place = [file.with_suffix(ending)]
        monkeypatch.setattr(file_dialogs, name, lambda *_, place=place: place)
    return file


def buttons(shown: Shown) -> set[str]:
    actions = shown.view._actions
    return {one.text() for one in actions.buttons if not one.isHidden()}


def test_an_answer_with_names_has_a_button_that_lists_them(qtbot, theme, chosen) -> None:
    shown = Shown(qtbot, NAMED)
    assert "Names, dates, amounts…" in buttons(shown)
    assert "Export questions…" not in buttons(shown)
    shown.view._actions.names.click()
    (dialog,) = shown.dialogs
    opened: list[object] = []
    shown.presenter.source_opened.connect(opened.append)
    dialog.table.selectRow(0)
    dialog.opening.click()
    assert [one.title for one in opened] == ["The lamp"]
    dialog.export.click()
    written = chosen.with_suffix(".csv").read_text("utf-8-sig")
    assert written.splitlines() == ["Kind,Name,Times,Document,Pages", "Person,Quill,2,The lamp,iv"]
    assert shown.told == ["Written to chosen.csv"]


def test_names_go_with_the_library_that_they_are_of(qtbot, theme) -> None:
    shown = Shown(qtbot, NAMED)
    shown.view._actions.names.click()
    (dialog,) = shown.dialogs
    with qtbot.waitSignal(dialog.destroyed):
        shown.session.library_changed.emit()


def test_study_questions_are_written_where_the_person_says(qtbot, theme, chosen) -> None:
    shown = Shown(qtbot, ASKED)
    assert "Export questions…" in buttons(shown)
    assert "Names, dates, amounts…" not in buttons(shown)
    shown.view._actions.cards.click()
    assert chosen.with_suffix(".apkg").stat().st_size > 0
    assert shown.told == ["Written to chosen.apkg"]


def test_what_cannot_be_written_is_told(qtbot, theme, monkeypatch, tmp_path) -> None:
    shown = Shown(qtbot, ASKED)
    place = [tmp_path / "nowhere" / "lamp.apkg"]
    monkeypatch.setattr(file_dialogs, "cards_place", lambda *_: place)
    shown.view._actions.cards.click()
    assert len(shown.told) == 1
    assert "lamp.apkg" in shown.told[0]


def test_any_other_answer_has_neither_button(qtbot, theme) -> None:
    shown = Shown(qtbot, turn("It fell. [7]"))
    assert not buttons(shown) & {"Names, dates, amounts…", "Export questions…"}
    shown.presenter.show_names(1)
    shown.presenter.export_cards(1)
    assert (shown.dialogs, shown.told) == ([], [])


def test_key_points_stand_as_they_were_written_and_not_as_quotes(qtbot, theme) -> None:
    shown = Shown(qtbot, replace(NAMED, cited=(source(7),)))
    assert not shown.view.following.quotes
    assert "Quill (2)" in shown.view.text.toPlainText()
