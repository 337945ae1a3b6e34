"""The process that holds one GGUF model and nothing else, and writes with it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from typing import TYPE_CHECKING

from desktop_rag.domain.errors import QuestionTooLong
from desktop_rag.domain.generation import (
    Asked,
    Dropped,
    GenerationDone,
    Message,
    ModelChoice,
    ModelReady,
    Prepared,
    Room,
)
from desktop_rag.domain.ports import CancelToken
from desktop_rag.workers.commands_generating import Generate, LoadModel

if TYPE_CHECKING:
    from desktop_rag.engines.llm import Model

_SECONDS_PER_STEP = 1 / 30  # more often than a window repaints is only work for the pipe


class Generating:
    """Keeps the model that was used last."""

    def __init__(self) -> None:
        self._model: Model | None = None
        self._key: object = None

    def handle(self, command: object, cancel: CancelToken) -> Iterator[object]:
        """Do what one command says; see `commands_generating`."""
        match command:
            case LoadModel(model=choice):
                model = self._loaded(choice, cancel)
                yield ModelReady(model.name, model.context_tokens, model.load_ms)
            case Generate():
                yield from _generate(command, self._loaded(command.model, cancel), cancel)
            case _:
                raise TypeError(type(command).__name__)

    def _loaded(self, choice: ModelChoice, cancel: CancelToken) -> Model:
        """Return the model of `choice`, loaded anew if the choice or the file has changed."""
        from desktop_rag.engines import llm

        key = (choice, _stamp(choice))
        if self._model is None or self._key != key:
            if self._model is not None:
                self._model.close()
                self._model = None
            self._model, self._key = llm.load(choice, cancel), key
        return self._model


def _generate(command: Generate, model: Model, cancel: CancelToken) -> Iterator[object]:
    messages, prepared = _prepared(command, model)
    yield prepared
    yield from _paced(model.generate(messages, command.sampling, cancel))


def _prepared(command: Generate, model: Model) -> tuple[list[Message], Prepared]:
    """Return messages that fit, whatever has to be left out, and what that was."""
    from desktop_rag.answer import prompting

    room = model.context_tokens
    reserve = prompting.reserve(command.sampling.max_tokens, room)
    match command.prompt:
        case Asked() as asked:
            messages, passages, dropped = prompting.fitted(
                asked, model.count_messages, context_tokens=room, reserve=reserve
            )
        case given:
            messages, passages, dropped = list(given), (), Dropped()
    question = command.prompt.question if isinstance(command.prompt, Asked) else ""
    tokens = model.count_messages(messages)
    if tokens >= room:
        raise QuestionTooLong(tokens, room)
    kept = tuple(passage.number for passage in passages)
    sizes = [model.count(message.content) for message in messages[:-1]]
    use = Room(sum(sizes[:1]), sum(sizes[1:]), model.count(question), reserve, room)
    return messages, Prepared(kept, dropped, tokens, model.prompt(messages), use)


def _paced(events: Iterator[str | GenerationDone]) -> Iterator[str | GenerationDone]:
    """Join pieces that come faster than anyone can see; the first one waits for nothing."""
    waiting, due = "", 0.0
    for event in events:
        if not isinstance(event, str):
            if waiting:
                yield waiting
            yield event
            return
        waiting += event
        if time.monotonic() >= due:
            yield waiting
            waiting, due = "", time.monotonic() + _SECONDS_PER_STEP


def _stamp(choice: ModelChoice) -> tuple[int, int] | None:
    """Return what changes when the file at the same path is another one."""
    try:
        fact = choice.path.stat()
    except OSError:
        return None
    return fact.st_size, fact.st_mtime_ns


def main(pipe: Connection, mark: Synchronized[int]) -> None:
    """Serve one window; only it decides when to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["HF_HUB_OFFLINE"] = "1"  # before anything reads it

    from desktop_rag.workers import host

    host.serve(pipe, mark, Generating().handle)
