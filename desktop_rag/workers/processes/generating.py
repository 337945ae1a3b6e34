"""The process that holds one GGUF model and nothing else, and writes with it."""

from __future__ import annotations

import hashlib
import itertools
import os
import signal
import time
from collections.abc import Iterator, Sequence
from ctypes import c_uint64
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from desktop_rag.domain.errors import QuestionTooLong
from desktop_rag.domain.generation import (
    Asked,
    Dropped,
    GenerationDone,
    Message,
    ModelChoice,
    Prepared,
    Room,
    SamplingParameters,
    Thought,
)
from desktop_rag.domain.ports import CancelToken, TextGenerator
from desktop_rag.domain.translations import Translated
from desktop_rag.library.disk.kv_states import States
from desktop_rag.settings import logs
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.generating import (
    GeneratingCommand,
    LoadModel,
    ReadAhead,
    Translate,
    WriteAnswer,
)
from desktop_rag.workers.network import offline
from desktop_rag.workers.pipe.protocol import Pipe

if TYPE_CHECKING:
    from desktop_rag.engines.llm.llama import Model

_SECONDS_PER_STEP = 1 / 30  # more often than a window repaints is only work for the pipe
_BEGINNINGS = ("<passage", "No", "?")  # that questions cannot have in common


class GeneratingProcess:
    """Keeps the model that was used last, and with `states` what it has read of conversations."""

    def __init__(self, states: States | None = None) -> None:
        self._states = states
        self._model: Model | None = None
        self._key: object = None
        self._conversation: int | None = None
        self._on_disk: tuple[int, ...] = ()  # what is there of the conversation in memory

    def handle(self, command: GeneratingCommand, cancel: CancelToken) -> Answer:
        """Do what one command says; see `commands.generating`."""
        match command:
            case LoadModel(model=choice):
                return command.answer([self._loaded(choice, cancel).ready])
            case WriteAnswer():
                return command.answer(self._generate(command, cancel))
            case Translate():
                return command.answer(self._translate(command, cancel))
            case ReadAhead():
                self._read_ahead(command, cancel)
                return command.answer(())
            case _:
                assert_never(command)

    def close(self) -> None:
        """Keep what was read last, and let go of the model."""
        self._put_away()
        if self._model is not None:
            self._model.close()
            self._model = None

    def _generate(
        self, command: WriteAnswer, cancel: CancelToken
    ) -> Iterator[Prepared | Thought | str | GenerationDone]:
        model = self._loaded(command.model, cancel)
        messages, prepared = _prepared(command, model)
        yield prepared
        self._turn_to(model, command.conversation, model.prompt_tokens(messages))
        yield from _paced(model.generate(messages, _sampling(command, model), cancel))

    def _translate(self, command: Translate, cancel: CancelToken) -> Iterator[Translated]:
        from desktop_rag.answer import translating

        quotation = command.quotation
        model = self._loaded(replace(command.model, thinking=False), cancel)
        messages = translating.messages_for(quotation)
        tokens = model.count_messages(messages)
        if tokens >= model.context_tokens:
            raise QuestionTooLong(tokens, model.context_tokens)
        self._turn_to(model, None, model.prompt_tokens(messages))
        _, cut = translating.beginning(quotation.text)
        said = ""
        for event in _paced(model.generate(messages, translating.SAMPLING, cancel)):
            if isinstance(event, str):
                said += event
                yield Translated(translating.cleaned(said, quotation), cut)
            if translating.ended(said, quotation):
                break
        echoed = translating.echoed(said, quotation)
        text = "" if echoed else translating.cleaned(said, quotation)
        yield Translated(text, cut, done=True)

    def _read_ahead(self, command: ReadAhead, cancel: CancelToken) -> None:
        model = self._loaded(command.model, cancel)
        beginning = _beginning(command, model)
        if not beginning:
            return
        self._turn_to(model, command.conversation, beginning)
        model.memory.read_ahead(beginning, cancel)

    def _loaded(self, choice: ModelChoice, cancel: CancelToken) -> Model:
        """Return the model of `choice`, loaded anew if the choice or the file has changed."""
        from desktop_rag.engines.llm import llama

        key = (replace(choice, thinking=False), _stamps(choice))
        if self._model is None or self._key != key:
            self.close()
            self._model, self._key = llama.load(choice, cancel), key
        self._model.thinking = choice.thinking
        return self._model

    def _turn_to(self, model: Model, conversation: int | None, prompt: Sequence[int]) -> None:
        """Have in memory what is known of a conversation, and lose nothing of the one before."""
        if conversation == self._conversation:
            return
        self._put_away()
        self._conversation = conversation
        if self._states is not None and conversation is not None:
            key = self._state_key(model)
            if self._states.bring(model.memory, conversation, key, prompt):
                self._on_disk = model.memory.tokens
                return
        model.memory.keep(prompt)  # else what was said elsewhere would be kept under this name

    def _put_away(self) -> None:
        """Write down what was read of the conversation in memory, if that is not done yet."""
        model, conversation = self._model, self._conversation
        self._conversation = None
        if self._states is None or model is None or conversation is None:
            return
        if model.memory.tokens != self._on_disk:
            self._states.keep(model.memory, conversation, self._state_key(model))
        self._on_disk = ()

    def _state_key(self, model: Model) -> str:
        """Return what two models share that can go on from each other's memory."""
        choice, stamps = self._key if isinstance(self._key, tuple) else (None, None)
        if isinstance(choice, ModelChoice):
            choice = replace(choice, threads=None)
        return hashlib.sha256(repr((choice, stamps, model.signature)).encode()).hexdigest()


def _sampling(command: WriteAnswer, model: TextGenerator) -> SamplingParameters:
    """Return how the answer is drawn; that of a small model is short."""
    from desktop_rag.answer import briefing

    asked = command.prompt
    if isinstance(asked, Asked) and briefing.suits(asked, model):
        return briefing.limited(asked, command.sampling)
    return command.sampling


def _prepared(command: WriteAnswer, model: TextGenerator) -> tuple[list[Message], Prepared]:
    """Return messages that fit, whatever has to be left out, and what that was."""
    from desktop_rag.answer import briefing, prompting

    room = model.context_tokens
    most = _sampling(command, model).max_tokens
    reserve = prompting.reserve(most, room, thinks=model.thinks)
    match command.prompt:
        case Asked() as asked if briefing.suits(asked, model):
            messages, passages, dropped = briefing.fitted(asked, model, reserve)
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


def _beginning(command: ReadAhead, model: Model) -> list[int]:
    """Return the tokens that the next prompt begins with, whatever is going to be asked."""
    from desktop_rag.answer import prompting

    room = model.context_tokens
    try:
        messages, _, dropped = prompting.fitted(
            Asked("?", (), command.history, command.language, command.rules),
            model.count_messages,
            context_tokens=room,
            reserve=room // 2,  # for what passages and the answer will need
        )
    except QuestionTooLong:
        return []
    if dropped.exchanges:
        return []  # how many, the passages that are found decide: what is in memory may serve
    prompts = [model.prompt_tokens([*messages[:-1], Message("user", text)]) for text in _BEGINNINGS]
    same = itertools.takewhile(lambda at: len({*at}) == 1, zip(*prompts, strict=False))
    return [at[0] for at in same]


def _paced(
    events: Iterator[Thought | str | GenerationDone],
) -> Iterator[Thought | str | GenerationDone]:
    """Join pieces that come faster than anyone can see; the first one waits for nothing."""
    waiting: Thought | str = ""
    due = 0.0
    for event in events:
        joined = _joined(waiting, event)
        if joined is None and waiting:
            yield waiting
        waiting = "" if isinstance(event, GenerationDone) else event if joined is None else joined
        if isinstance(event, GenerationDone):
            yield event
        elif time.monotonic() >= due:
            yield waiting
            waiting, due = "", time.monotonic() + _SECONDS_PER_STEP


def _joined(before: Thought | str, after: Thought | str | GenerationDone) -> Thought | str | None:
    """Return two pieces as one, `None` if they are of different kinds."""
    match before, after:
        case str(), str():
            return before + after
        case Thought(), Thought():
            return Thought(before.text + after.text)
        case _:
            return None


def _stamps(choice: ModelChoice) -> tuple[object, ...]:
    """Return what changes when a file at the same path is another one."""
    return tuple(
        _stamp(path)
        for path in (choice.source.path, *(adapter.path for adapter in choice.adapters))
    )


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        fact = path.stat()
    except OSError:
        return None
    return fact.st_size, fact.st_mtime_ns


def main(home: Path, kept_bytes: int, pipe: Pipe[GeneratingCommand], mark: c_uint64) -> None:
    """Serve one window; only it decides when to stop.

    What was read of conversations is kept in the data directory `home`, up to `kept_bytes`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    offline.keep()
    paths = Paths(home)
    logs.hush(paths.logs_folder)
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")  # else it starts a debugger before it dies

    from desktop_rag.workers.pipe import host

    generating = GeneratingProcess(
        States(paths.states_folder, kept_bytes) if kept_bytes > 0 else None
    )
    host.serve(pipe, mark, generating.handle)
    generating.close()
