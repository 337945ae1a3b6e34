"""What is asked of the driver of answers, and what of an answer is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.answer.turn import Done, PassagesFound, Question, QuotesFound
from desktop_rag.domain.answers import (
    AnswerMode,
    ExampleTurns,
    First,
    Ground,
    QuestionKind,
    Reason,
    SentenceCheck,
    SentenceVerdict,
)
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.generation import Exchange, ModelChoice
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Hit, Passage, Quote
from desktop_rag.gui.chat import turn_records
from desktop_rag.gui.chat.chat_presenter import ChatPresenter
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.composer import Composer
from desktop_rag.gui.chat.conversations_presenter import ConversationsPresenter
from desktop_rag.gui.processes.turn_driver import TurnDriver
from desktop_rag.gui.session import Session
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.jobs.answering import LibraryScope
from desktop_rag.library import conversations, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings

MODEL = ModelChoice(LocalModel(Path("model.gguf")))
HIT = Hit(DocumentId("ab" * 32), 0, 3, "iv", "T", "It fell.", (), 0.5)
PASSAGE = Passage(1, HIT)
QUOTE = Quote(PASSAGE, "It fell.", (Box(0, 0, 1, 0.1),))
CHECK = SentenceCheck(
    *(0, 9, "It rose.", SentenceVerdict.NOT_FOUND), Reason(Ground.NUMBER, ("4 %",))
)
FOUND = PassagesFound((PASSAGE,), kind=QuestionKind.FOLLOW_UP, searched="Why did it fall?")
DONE = Done(
    *("It rose.", ()),
    mode=AnswerMode.MODEL,
    quotes=(QUOTE,),
    checks=(CHECK,),
    first=First.QUOTES,
    sufficiency=0.25,
)


class Driver(TurnDriver):
    """Hears questions and answers none."""

    def __init__(self) -> None:
        super().__init__(None, None)  # type: ignore[arg-type]
        self.asked: list[Question] = []

    def ask(self, question: Question, scope: LibraryScope, conversation: int, kept: object) -> None:
        self.asked.append(question)


class Writer:
    """Has a model, or none."""

    def __init__(self) -> None:
        self.model: ModelChoice | None = MODEL

    def choice(self) -> ModelChoice | None:
        return self.model

    def give_way(self) -> None:
        pass

    def read_ahead(self, history: tuple[Exchange, ...], language: str, talk: int | None) -> None:
        pass


class Talk:
    """A conversation in an open library, without anything behind it."""

    def __init__(self, session: Session, qtbot) -> None:
        self.session, self.driver, self.writer = session, Driver(), Writer()
        self.chat, self.composer, sidebar = ChatView(), Composer(), Sidebar()
        for widget in (self.chat, self.composer, sidebar):
            qtbot.addWidget(widget)
        talks = ConversationsPresenter(session, sidebar)
        self.presenter = ChatPresenter(
            session, self.writer, self.driver, talks, (self.chat, self.composer)
        )
        session.choose(libraries.ensure(session.db, "Tesis"))

    @property
    def view(self):
        return next(iter(self.chat._views.values()))


@pytest.fixture
def talk(home: Path, qtbot, theme) -> Iterator[Talk]:
    paths = open_home(home)
    with closing(open_database(paths.database)) as db:
        yield Talk(Session(db, paths, Settings()), qtbot)


def test_a_question_is_answered_from_the_documents_alone_unless_that_is_changed(talk) -> None:
    talk.presenter.ask("Why?")
    loose = talk.session.settings.replaced(answering={"strict": False})
    talk.session.replace_settings(loose)
    talk.presenter.ask("And then?")
    assert [(one.text, one.strict) for one in talk.driver.asked] == [
        *(("Why?", True), ("And then?", False))
    ]
    assert [turn.strict for turn in talk.presenter.turns] == [True, False]


def test_what_is_written_freely_goes_by_the_examples_that_were_set(talk, tmp_path) -> None:
    file = tmp_path / "own.jsonl"
    file.write_text('{"question": "To Ada", "answer": "Hi!"}\n')
    chosen = {"examples": "few", "own_examples": str(file)}
    talk.session.replace_settings(talk.session.settings.replaced(answering=chosen))
    talk.presenter.ask("Write a letter")
    asked = talk.driver.asked[-1]
    assert (asked.examples, asked.own) == (ExampleTurns.FEW, (Exchange("To Ada", "Hi!"),))


def test_examples_that_cannot_be_read_are_told_and_the_question_is_asked(talk, tmp_path) -> None:
    told = []
    talk.session.troubled.connect(told.append)
    chosen = {"own_examples": str(tmp_path / "gone.jsonl")}
    talk.session.replace_settings(talk.session.settings.replaced(answering=chosen))
    talk.presenter.ask("Write a letter")
    assert talk.driver.asked[-1].own == ()
    assert "gone.jsonl" in told[0]


def test_without_a_model_nothing_could_be_added(talk) -> None:
    talk.writer.model = None
    talk.presenter.ask("Why?")
    assert talk.driver.asked[0].strict
    assert not talk.presenter.turns[0].strict


def test_what_is_searched_is_asked_for_again_as_the_person_puts_it(talk) -> None:
    talk.composer.asked.emit("And why?")
    talk.driver.found.emit(FOUND, 0.1)
    talk.driver.finished.emit(DONE)
    talk.view._searched.change.click()
    talk.view._searched.edit._box.setPlainText("Why did it rise?")
    talk.view._searched.edit.send()
    asked = [(one.text, one.searched) for one in talk.driver.asked]
    assert asked == [("And why?", ""), ("And why?", "Why did it rise?")]
    assert [turn.question for turn in talk.presenter.turns] == ["And why?"]


def test_what_was_searched_stands_there_before_the_answer_does(talk) -> None:
    talk.presenter.ask("And why?")
    talk.driver.found.emit(FOUND, 0.1)
    assert talk.view._searched.label.text() == "Searched: Why did it fall?"


def test_how_far_an_answer_is_borne_out_is_shown_and_kept(talk) -> None:
    talk.presenter.ask("And why?")
    talk.driver.found.emit(FOUND, 0.1)
    talk.driver.finished.emit(DONE)
    assert [block.source.snippet for block in talk.view.leading.blocks] == ["It fell."]
    assert [one.check for one in talk.view.text.sentences.flagged] == [CHECK]
    conversation = conversations.listed(talk.session.db, talk.session.library)[0].id
    (stored,) = conversations.turns(talk.session.db, conversation)
    kept = turn_records.restored(stored)
    assert (kept.kind, kept.searched) == (QuestionKind.FOLLOW_UP, "Why did it fall?")
    assert (kept.checks, kept.first, kept.sufficiency) == ((CHECK,), First.QUOTES, 0.25)
    assert [(one.snippet, one.boxes) for one in kept.quotes] == [("It fell.", QUOTE.boxes)]
    assert kept.sources[0].score == 0.5


def test_quotes_that_stand_first_are_kept_whatever_becomes_of_the_answer(talk) -> None:
    talk.presenter.ask("And why?")
    talk.driver.found.emit(FOUND, 0.1)
    talk.driver.quoted.emit(QuotesFound((QUOTE,)))
    assert [block.source.snippet for block in talk.view.leading.blocks] == ["It fell."]
    talk.driver.told.emit("It ro")
    talk.driver.stopped.emit()
    assert not talk.view._unconfirmed.isHidden()
    conversation = conversations.listed(talk.session.db, talk.session.library)[0].id
    (stored,) = conversations.turns(talk.session.db, conversation)
    kept = turn_records.restored(stored)
    assert (kept.answer, kept.stopped, kept.first) == ("It ro", True, First.QUOTES)
    assert [(one.snippet, one.boxes) for one in kept.quotes] == [("It fell.", QUOTE.boxes)]


def test_doubts_about_half_an_answer_stay_and_nothing_is_counted(talk) -> None:
    talk.presenter.ask("And why?")
    talk.driver.found.emit(FOUND, 0.1)
    talk.driver.told.emit("It rose. And")
    talk.driver.checked.emit((CHECK,))
    talk.view._flush()
    assert [one.check for one in talk.view.text.sentences.flagged] == [CHECK]
    talk.driver.stopped.emit()
    assert talk.presenter.turns[-1].checks == (CHECK,)
    assert [one.check for one in talk.view.text.sentences.flagged] == [CHECK]
    assert talk.view._checks.isHidden()
