"""Quotations in another language: the chosen language model translates what somebody looks at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop_rag.domain.errors import RagError
from desktop_rag.domain.translations import Quotation, Translated
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.model_preloader import ModelPreloader
from desktop_rag.gui.chat.values import TranslationState, TranslationValue
from desktop_rag.gui.session import Session
from desktop_rag.gui.sources import Source
from desktop_rag.jobs.translating import GeneratingLine, Translating

_PACE_MS = 200  # between two paintings of a tooltip that grows


class TranslationPresenter(QObject):
    """Connects what is looked at in the chat with the process that holds the model.

    Without a model nothing is offered, and nothing happens.
    """

    def __init__(
        self, session: Session, writing: ModelPreloader, line: GeneratingLine, chat: ChatView
    ) -> None:
        super().__init__(session)
        self._session = session
        self._writing = writing
        self._chat = chat
        self._translating = Translating(line)
        self._latest: TranslationValue | None = None
        self._pace = QTimer(self, singleShot=True, interval=_PACE_MS)
        self._pace.timeout.connect(self._show)
        session.model_changed.connect(self.offer)
        chat.translation_requested.connect(self._on_requested)
        chat.translation_left.connect(self._on_left)
        self.offer()

    def offer(self) -> None:
        """Offer translations where there is somebody to make them."""
        self._chat.set_translating(self._session.model is not None)

    def set_answering(self, answering: bool) -> None:
        """Give way to an answer that is being written, or go on after it."""
        if answering:
            self._translating.give_way()
        else:
            self._translating.go_on()

    def _on_requested(self, source: Source, into: str) -> None:
        model = self._writing.choice()
        if model is None:
            return
        state = TranslationState.WAITING if self._translating.held else TranslationState.COMING
        name = model.source.name
        self._chat.show_translation(TranslationValue(source, "", name, state))
        told, failed = partial(self._on_told, source, name), partial(self._on_failed, source, name)
        self._translating.want(model, Quotation(source.snippet, into), told, failed)

    def _on_left(self) -> None:
        self._pace.stop()
        self._translating.leave()

    def _on_told(self, source: Source, name: str, found: Translated) -> None:
        state = TranslationState.COMING
        if found.done:
            state = TranslationState.DONE if found.text else TranslationState.FAILED
        self._latest = TranslationValue(source, found.text, name, state, found.cut)
        if found.done:
            self._show()
        elif not self._pace.isActive():
            self._pace.start()

    def _on_failed(self, source: Source, name: str, error: RagError | None, details: str) -> None:
        self._pace.stop()
        self._chat.show_translation(TranslationValue(source, "", name, TranslationState.FAILED))
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other

    def _show(self) -> None:
        self._pace.stop()
        if self._latest is not None:
            self._chat.show_translation(self._latest)
