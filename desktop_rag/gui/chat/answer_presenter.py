"""The answer that is being made: shown as it comes, and written down."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_rag.answer.turn import Done, PassagesFound, Progress, QuotesFound
from desktop_rag.domain.answers import First, SentenceCheck
from desktop_rag.domain.errors import RagError
from desktop_rag.gui.chat import turn_records
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.finished_turn import answered, weights
from desktop_rag.gui.chat.turns import Turns
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.processes.turn_driver import TurnDriver
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.sources import cited_of, source_of
from desktop_rag.gui.widgets.wording import words_alone
from desktop_rag.library import conversations
from desktop_rag.library.conversations import Draft

_SAVE_MS = 1_000  # between two times that an unfinished answer is written down


class AnswerPresenter(QObject):
    """Connects the last of the `turns` that are shown with what comes of its question.

    Signals:
        ended: nothing more comes; with whether the answer is complete.
        weighed: the likeliest first words of an answer with their log-probabilities, and the one
            that was chosen.
    """

    ended = Signal(bool)
    weighed = Signal(object, object)

    def __init__(self, session: Session, answering: TurnDriver, chat: ChatView) -> None:
        super().__init__(session)
        self.turns = Turns()
        self._session = session
        self._answering = answering
        self._chat = chat
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._saving.timeout.connect(self._save)
        answering.found.connect(self._on_found)
        answering.progressed.connect(self._on_progressed)
        answering.quoted.connect(self._on_quoted)
        answering.thought.connect(self._on_thought)
        answering.told.connect(self._on_told)
        answering.checked.connect(self._on_checked)
        answering.checked_less.connect(self._on_checked_less)
        answering.finished.connect(self._on_finished)
        answering.stopped.connect(self._on_stopped)
        answering.failed.connect(self._on_failed)

    def begin(self, turn: TurnValue) -> None:
        """Show a question whose answer is to come."""
        self.turns.add(turn)
        self._chat.begin(turn.id, turn.question)

    def _on_found(self, found: PassagesFound, seconds: float) -> None:
        titles = self._session.titles(one.hit.document for one in found.passages)
        sources = tuple(source_of(passage, titles) for passage in found.passages)
        now = replace(self.turns[-1], sources=sources, language=found.language)
        now = replace(now, wording=found.wording, kind=found.kind, searched=found.searched)
        self._change(replace(now, coverage=found.coverage))
        self._chat.set_language(now.id, found.language)
        self._chat.set_searched(now.id, now.question, found.searched)
        self._chat.set_way(now.id, self.turns[-1])
        self._chat.set_sources(now.id, sources, seconds, found.wording)
        if found.lacking:
            self._session.troubled.emit(words_alone(words_for(found.lacking)))

    def _on_progressed(self, progress: Progress) -> None:
        self._chat.set_progress(self.turns[-1].id, progress)

    def _on_quoted(self, found: QuotesFound) -> None:
        titles = self._session.titles(one.passage.hit.document for one in found.quotes)
        quotes = tuple(cited_of(quote, titles) for quote in found.quotes)
        self._change(replace(self.turns[-1], quotes=quotes, first=First.QUOTES))
        self._chat.set_quotes(self.turns[-1].id, quotes)

    def _on_thought(self, text: str) -> None:
        now = self.turns[-1]
        self.turns.change(replace(now, thoughts=now.thoughts + text))
        self._chat.add_thought(now.id, text)

    def _on_told(self, text: str) -> None:
        now = self.turns[-1]
        self.turns.change(replace(now, answer=now.answer + text))
        self._chat.add_text(now.id, text)
        if not self._saving.isActive():
            self._saving.start()

    def _on_checked(self, checks: tuple[SentenceCheck, ...]) -> None:
        self.turns.change(replace(self.turns[-1], checks=checks))
        self._chat.set_checks(self.turns[-1].id, checks)

    def _on_checked_less(self, error: RagError) -> None:
        told = self.tr("{reason} Answers are checked without it.")
        self._session.troubled.emit(told.format(reason=words_for(error)))

    def _on_finished(self, done: Done) -> None:
        quotes = (*done.citations, *done.quotes)
        titles = self._session.titles(quote.passage.hit.document for quote in quotes)
        seconds = self._answering.seconds
        now = replace(self.turns[-1], thought_seconds=self._chat.thought_seconds(self.turns[-1].id))
        self._change(answered(now, done, titles, seconds, self.turns.source))
        if found := weights(done):
            self.weighed.emit(*found)
        self._end(complete=True)

    def _on_stopped(self) -> None:
        self._change(replace(self.turns[-1], stopped=True))
        self._end(complete=False)

    def _on_failed(self, error: RagError | None, details: str) -> None:
        words = words_for(error)
        self._change(replace(self.turns[-1], error=words))
        self._chat.fail(self.turns[-1].id, words)
        self.ended.emit(False)
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other

    def _end(self, *, complete: bool) -> None:
        self._chat.finish(self.turns[-1].id, self.turns[-1])
        self.ended.emit(complete)

    def _change(self, turn: TurnValue) -> None:
        self.turns.change(turn)
        self._save()

    def _save(self) -> None:
        self._saving.stop()
        if not self.turns:
            return
        turn = self.turns[-1]
        draft = Draft(
            question=turn.question,
            answer=turn.answer,
            mode=turn.statistics.mode if turn.statistics else "",
            stopped=turn.stopped,
            payload=turn_records.stored(turn),
        )
        conversations.change_turn(self._session.db, conversations.TurnId(turn.id), draft)
