"""Conversations and their answers: what the person wishes of them is done here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_rag.answer.prompting import reserve
from desktop_rag.answer.turn import Question
from desktop_rag.domain import generation
from desktop_rag.domain.answers import ExampleTurns
from desktop_rag.domain.errors import QuestionsUnusable
from desktop_rag.gui.chat import turn_records
from desktop_rag.gui.chat.answer_presenter import AnswerPresenter
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.composer import Composer
from desktop_rag.gui.chat.conversations_presenter import ConversationsPresenter
from desktop_rag.gui.chat.empty_chat import NO_DOCUMENTS, READING, READY
from desktop_rag.gui.chat.model_preloader import ModelPreloader
from desktop_rag.gui.chat.samples import suggestions
from desktop_rag.gui.chat.scope import LIBRARY
from desktop_rag.gui.chat.scope_presenter import ScopePresenter
from desktop_rag.gui.chat.turns import Turns
from desktop_rag.gui.chat.values import Budget, TurnValue, Way
from desktop_rag.gui.processes.turn_driver import TurnDriver
from desktop_rag.gui.session import Session, words_for
from desktop_rag.jobs.answering import LibraryScope
from desktop_rag.jobs.example_turns import own_examples
from desktop_rag.library import consistency, conversations, exams
from desktop_rag.library.conversations import Conversation, ConversationId, Draft
from desktop_rag.library.kept_texts import KeptTexts
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.schema import Sampling

_TITLE = 60  # letters of the first question that a conversation is called by


class ChatPresenter(QObject):
    """Connects chat, question box and list of conversations with the answers and the database.

    Signals:
        sampling_changed: the conversation that is open now has this `Sampling`.
        deleted: questions were removed for another answer: words, and what takes it back.
        answering_changed: an answer is being made now, or no longer.
        weighed: the likeliest first words of an answer with their log-probabilities, and the one
            that was chosen.
        turn_exported: the answer of a turn (`ConversationId`, int) is to be written to a file.
    """

    sampling_changed = Signal(object)
    deleted = Signal(str, object)
    answering_changed = Signal(bool)
    weighed = Signal(object, object)
    turn_exported = Signal(object, int)

    def __init__(
        self,
        session: Session,
        writing: ModelPreloader,
        answering: TurnDriver,
        talks: ConversationsPresenter,
        shown: tuple[ChatView, Composer],
    ) -> None:
        super().__init__(session)
        self._session = session
        self._writing = writing
        self._answering = answering
        self._talks = talks
        self._chat, self._composer = shown
        self._conversation: Conversation | None = None
        self.scope = ScopePresenter(session, self._composer)
        self._answer = AnswerPresenter(session, answering, self._chat)
        self._sampling = session.settings.sampling
        self._library: LibraryId | None = None
        self._last = str(session.state.value("conversation") or "")
        self._wired()

    def _wired(self) -> None:
        self._session.library_changed.connect(self._on_library_changed)
        self._session.readiness_changed.connect(self._on_readiness_changed)
        self._session.model_changed.connect(self._show_budget)
        answering, chat, composer = self._answering, self._chat, self._composer
        self._answer.weighed.connect(self.weighed)
        self._answer.ended.connect(self._on_ended)
        composer.asked.connect(self._on_asked)
        composer.stop_requested.connect(answering.stop)
        chat.suggestion_chosen.connect(self._on_asked)
        chat.regenerate_requested.connect(self._on_regenerate)
        chat.edit_requested.connect(self._on_edit)
        chat.search_requested.connect(self._on_search)
        chat.way_requested.connect(self._on_way)
        self._talks.closed.connect(self._on_closed)

    @property
    def turns(self) -> Turns:
        """The turns of the conversation that is open."""
        return self._answer.turns

    # Conversations

    def begin(self) -> None:
        """Start a conversation; it is kept once something was asked."""
        self._leave()
        self._conversation = None
        self._answer.turns = Turns()
        self._sampling = self._session.settings.sampling
        self._composer.scope = LIBRARY
        self._chat.show_turns(self.turns)
        self._show_budget()
        self._composer.focus_input()
        self.sampling_changed.emit(self._sampling)
        self._list()

    def reopen(self) -> None:
        """Show the conversation that was open last, if the open library has it."""
        if self._last.isdigit():
            found = conversations.find(self._session.db, ConversationId(int(self._last)))
            if found and found.library == self._session.library:
                self.open(found.id)

    def open(self, conversation: ConversationId) -> None:
        """Show a conversation as it was left."""
        if self._conversation and self._conversation.id == conversation:
            return
        self._leave()
        found = conversations.find(self._session.db, conversation)
        if found is None:
            self.begin()
            return
        self._conversation = found
        self._answer.turns = Turns(conversations.turns(self._session.db, conversation))
        if found.sampling:
            self._sampling = Sampling.model_validate(json.loads(found.sampling))
            self.sampling_changed.emit(self._sampling)
        self.scope.restore(found)
        self._chat.show_turns(self.turns)
        self._show_budget()
        self._list()

    def set_sampling(self, sampling: Sampling) -> None:
        """Use these settings for the next answer, and remember them with the conversation."""
        self._sampling = sampling
        self._show_budget()
        if self._conversation:
            stored = sampling.model_dump_json()
            conversations.set_sampling(self._session.db, self._conversation.id, stored)

    def export(self) -> None:
        """Export the open conversation."""
        if self._conversation:
            self._talks.export_requested.emit(self._conversation.id)

    def export_turn(self, turn: int) -> None:
        """Export an answer of the open conversation."""
        if self._conversation:
            self.turn_exported.emit(self._conversation.id, turn)

    def turn(self, turn: int) -> TurnValue | None:
        """Return the turn of this id."""
        at = self.turns.place(turn)
        return None if at is None else self.turns[at]

    # Asking

    def ask(self, text: str, searched: str = "", way: Way | None = None) -> None:
        """Ask a question in the open conversation, which is made now if there is none.

        A text that is `searched` is looked for in place of what would be made of the question,
        and it is answered in this `way` in place of the one that its words tell.
        """
        library = self._session.library
        if library is None or not text.strip():
            self._composer.restore(text)
            return
        if self._answering.busy:
            self._answering.stop()
        db, talk = self._session.db, self._begun(library, text)
        turn = conversations.add_turn(db, talk, Draft(question=text.strip()))
        earlier = turn_records.exchanges_of(self.turns)
        first = self.turns.next_number()
        lacking = consistency.incomplete(db, library, self.scope.present().documents)
        model, strict = self._writing.choice(), self._session.settings.answering.strict
        begun = TurnValue(turn.id, text.strip(), "", (), (), None, incomplete=lacking)
        self._answer.begin(replace(begun, strict=strict and model is not None, chose=way))
        self._composer.set_answering(True)
        self.answering_changed.emit(True)
        self._session.tell_lost_model()
        self._writing.give_way()
        settings, asked = self._session.settings, self.scope.present()
        conversations.set_scope(db, talk, asked.stored())
        self._answering.ask(
            Question(
                text.strip(),
                model,
                _drawn(self._sampling),
                earlier,
                passages=settings.retrieval.passages,
                neighbours=settings.retrieval.neighbours,
                first=first,
                reads=self._session.language,
                searched=searched,
                strict=strict,
                trusted=exams.trusted(db, model),
                examples=ExampleTurns(settings.answering.examples),
                own=self._own_examples(),
                kind=way.kind if way else None,
                extent=way.extent if way else None,
            ),
            LibraryScope(self._session.name, among=asked.documents),
            talk,
            KeptTexts(db),
        )
        self._list()

    def _on_asked(self, text: str) -> None:
        self.ask(text)

    def _own_examples(self) -> tuple[generation.Exchange, ...]:
        """Return the person's own examples of what is to be written; one that is none is told."""
        path = self._session.settings.answering.own_examples
        if not path:
            return ()
        try:
            return own_examples(Path(path).expanduser())
        except QuestionsUnusable as error:
            self._session.troubled.emit(words_for(error))
            return ()

    def _begun(self, library: LibraryId, question: str) -> ConversationId:
        if self._conversation is None:
            title = " ".join(question.split())[:_TITLE]
            made = conversations.create(self._session.db, library, title)
            self._conversation = conversations.find(self._session.db, made)
            self.set_sampling(self._sampling)
            return made
        return self._conversation.id

    def stop(self) -> None:
        """Stop the answer that is being written."""
        self._answering.stop()

    def read_ahead(self) -> None:
        """Have the model read what was said so far while the next question is being typed."""
        if self._answering.busy or not self._session.ready:
            return
        language = self.turns[-1].language if self.turns else self._session.language
        talk = self._conversation.id if self._conversation else None
        self._writing.read_ahead(turn_records.exchanges_of(self.turns), language, talk)

    def _on_ended(self, complete: bool) -> None:
        self._composer.set_answering(False)
        if complete:
            self._show_budget()
        self.answering_changed.emit(False)

    def _show_budget(self) -> None:
        """Show what the last prompt was made of; before there is one, the room for an answer."""
        model = self._writing.choice()
        done = self.turns[-1].statistics if self.turns else None
        if model is None or model.context_tokens is None:
            self._composer.set_budget(None)
        elif done and done.budget:
            self._composer.set_budget(done.budget)
        else:
            limit = model.context_tokens
            room = reserve(self._sampling.max_tokens, limit)
            self._composer.set_budget(Budget(0, 0, 0, 0, room, limit))

    # Asking once more

    def _on_regenerate(self, turn: int) -> None:
        at = self.turns.place(turn)
        self._again(turn, None, way=None if at is None else self.turns[at].chose)

    def _on_way(self, turn: int, way: Way) -> None:
        self._again(turn, None, way=way)

    def _on_edit(self, turn: int, text: str) -> None:
        self._again(turn, text)

    def _on_search(self, turn: int, searched: str) -> None:
        self._again(turn, None, searched)

    def _again(
        self, turn: int, text: str | None, searched: str = "", way: Way | None = None
    ) -> None:
        """Forget an answer and what came after it, and ask its question again."""
        at = self.turns.place(turn)
        if at is None or self._conversation is None:
            return
        if self._answering.busy:
            self._answering.stop()
        question = text or self.turns[at].question
        talk = self._conversation.id
        dropped = conversations.drop_turns_from(self._session.db, talk, at)
        if len(dropped) > 1:
            self.deleted.emit(
                self.tr("Later questions removed"), lambda: self._put_back(talk, dropped)
            )
        self.turns.cut(at)
        self._chat.show_turns(self.turns)
        self.ask(question, searched, way)

    def _put_back(self, talk: ConversationId, dropped: Sequence[conversations.Turn]) -> None:
        """Have the turns again that made room for another answer."""
        self._leave()
        conversations.put_back(self._session.db, talk, dropped)
        self._conversation = None
        self.open(talk)

    def _on_closed(self, conversation: ConversationId) -> None:
        if self._conversation and self._conversation.id == conversation:
            self.begin()

    def _list(self) -> None:
        self._talks.show(self._conversation.id if self._conversation else None)

    # Libraries

    def _on_library_changed(self) -> None:
        if self._library != self._session.library:
            self._library = self._session.library
            self.scope.forget()
            self.begin()
        self.scope.show()
        self._on_readiness_changed()

    def _on_readiness_changed(self) -> None:
        ready, awaited = self._session.ready, self._session.awaited
        if ready:
            reason = ""
        elif awaited:
            reason = self.tr("You can ask as soon as the first document is ready.")
        else:
            reason = self.tr("Add a document first: drop it anywhere in this window.")
        self._composer.set_enabled_reason(reason)
        if not self.turns:
            kind = READY if ready else READING if awaited else NO_DOCUMENTS
            samples = suggestions(self._session.language) if self._session.samples else []
            self._chat.set_empty(kind, samples)

    def _leave(self) -> None:
        if self._answering.busy:
            self._answering.stop()


def _drawn(sampling: Sampling) -> generation.SamplingParameters:
    return generation.SamplingParameters(**sampling.model_dump())
