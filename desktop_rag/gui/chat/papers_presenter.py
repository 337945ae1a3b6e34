"""Conversations and answers as files: the person says where, and sees how far it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_rag.answer.papers.talk import AnsweredTurn, Talk
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.papers import PaperFormat
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.gui.widgets.text import plain
from desktop_rag.jobs import papers
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import conversations
from desktop_rag.library.conversations import ConversationId
from desktop_rag.notices.papers import telling
from desktop_rag.workers.commands.printing import Printed, Printing, PrintingCommand, PrintPaper

_CHOSEN = "paper_kind"  # what was chosen last, in the state of the window
_STILL_SECONDS = 120.0  # without a step, after which a paper will not come any more
_SHOWN = 20  # parts of a paper between two words about it


class PapersPresenter(QObject):
    """Connects what is exported with the printing process.

    `banner` says how far it is, lets it be cancelled, and opens what was written.

    Signals:
        told: words for the status bar.
    """

    told = Signal(str)

    def __init__(
        self, session: Session, printing: JobQueue[PrintingCommand], banner: Banner, window: QWidget
    ) -> None:
        super().__init__(session)
        self._session = session
        self._printing = printing
        self._banner = banner
        self._window = window
        self._job: Job[PrintingCommand, Printing | Printed] | None = None
        self._written: Path | None = None
        banner.acted.connect(self._on_acted)

    def export(self, conversation: ConversationId) -> None:
        """Ask where a conversation is to be written, and write it."""
        found = conversations.find(self._session.db, conversation)
        if found is None or self._refused():
            return
        turns = conversations.turns(self._session.db, conversation)
        self._write(found.title, [papers.stored(turn) for turn in turns])

    def export_turn(self, conversation: ConversationId, turn: int) -> None:
        """Ask where one answer of a conversation is to be written, and write it."""
        turns = conversations.turns(self._session.db, conversation)
        at = next((at for at, one in enumerate(turns) if one.id == turn), None)
        if at is None or self._refused():
            return
        told = [papers.stored(one) for one in turns[: at + 1]]
        self._write(told[-1].question, told, single=True)

    def _refused(self) -> bool:
        if self._job:
            self.told.emit(self.tr("A file is being written already. Wait until it is done."))
        return self._job is not None

    def _write(self, title: str, turns: list[AnsweredTurn], *, single: bool = False) -> None:
        state = self._session.state
        chosen = str(state.value(_CHOSEN) or "")
        last = PaperFormat(chosen) if chosen in set(PaperFormat) else PaperFormat.WORD
        for target in file_dialogs.paper_place(self._window, title, last, answer=single):
            kind = papers.kind_of(target)
            state.setValue(_CHOSEN, str(kind))
            self._print(PrintPaper(self._talk(title, turns, single=single), target, kind))

    def _talk(self, title: str, turns: list[AnsweredTurn], *, single: bool) -> Talk:
        session = self._session
        told = telling(QCoreApplication.translate, session.language)
        talk = papers.talk_of(session.db, session.paths, title, turns, told)
        return replace(talk, single=single)

    def _print(self, command: PrintPaper) -> None:
        name = plain(command.target.name)
        self._written = None
        self._banner.announce(self.tr("Writing {name}").format(name=name), self.tr("Cancel"))

        def step(value: Printing | Printed) -> None:
            match value:
                case Printing(done=done, total=total) if done % _SHOWN == 0:
                    share = self.tr("Writing {name}: {done} of {total} parts")
                    told = share.format(name=name, done=done, total=total)
                    self._banner.label.setText(told)
                case Printed(path=path):
                    self._written = path
                case _:
                    pass

        job = Job(command, step, self._on_ended, self._on_failed, seconds=_STILL_SECONDS)
        self._job = self._printing.ask(job)

    def _on_acted(self) -> None:
        """Cancel what is being written, or open what was."""
        if self._job:
            self._printing.drop(self._job)
            self._over()
            self.told.emit(self.tr("Cancelled. Nothing was changed."))
        elif self._written:
            self._banner.hide()
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _over(self) -> None:
        self._job = None
        self._banner.hide()

    def _on_ended(self) -> None:
        self._over()
        if self._written:
            words = self.tr("{path} is written.").format(path=plain(str(self._written)))
            self._banner.announce(words, self.tr("Open"))

    def _on_failed(self, error: RagError | None, details: str) -> None:
        self._over()
        self.told.emit(words_for(error))
        if error is None and details:
            raise RuntimeError(details)
