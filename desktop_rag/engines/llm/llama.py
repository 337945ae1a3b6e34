"""Writes text with a GGUF model, through llama.cpp's own interface.

    file ── refused or loaded ──► Model                                llm_loading
    messages ── chat template ──► text ── vocabulary ──► prompt        llm_vocabulary
    prompt ── what is still in memory is kept ──► key-value memory     llm_memory
    sampler chain ──► token ──► bytes ──► thoughts, then the answer    sampling, llm_answer

`Llama` of llama-cpp-python copies the scores of every token into numpy; driving
`llama_decode` and a sampler chain by hand costs next to nothing per token.
"""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import llama_cpp
from llama_cpp import llama_cpp as api

from desktop_rag.domain.errors import ModelUnusable, QuestionTooLong
from desktop_rag.domain.generation import (
    GenerationDone,
    Message,
    ModelChoice,
    ModelReady,
    SamplingParameters,
    StopReason,
    Thought,
    Timings,
    TokenCandidate,
    TokenUsage,
    Unusable,
    WrittenToken,
)
from desktop_rag.domain.ports import CancelToken
from desktop_rag.engines.gguf.chat_template import CHATML_MARK, chat_of, opened
from desktop_rag.engines.gguf.template_process import (
    TemplateEndless,
    TemplateFails,
    TemplateProcess,
)
from desktop_rag.engines.llm.kv_cache import KVCache
from desktop_rag.engines.llm.loading import LoadedModel
from desktop_rag.engines.llm.loading import opened as loaded
from desktop_rag.engines.llm.reasoning_filter import ReasoningFilter
from desktop_rag.engines.llm.repetition import RepetitionFilter
from desktop_rag.engines.llm.sampling import Odds, OddsReader, candidates, sampler
from desktop_rag.engines.llm.vocabulary import Vocabulary
from desktop_rag.engines.llm.written_tokens import WrittenTokens

_SEEDS = 0xFFFFFFFF  # llama.cpp takes the number itself for "any"

Event = Thought | str | GenerationDone


def load(choice: ModelChoice, cancel: CancelToken) -> Model:
    """Load a model, or say why it cannot be; see `llm_loading.opened`."""
    started = time.perf_counter()
    with contextlib.ExitStack() as failed:
        templates = failed.enter_context(TemplateProcess())
        own = loaded(choice, cancel, templates.write)
        failed.callback(own.free)
        model = Model(own, choice, templates, started)
        failed.pop_all()
    return model


class Model:
    """A model in memory, and the conversation that it has read. Not for two threads.

    `thinking` says whether one that can be told to think is to do so.
    """

    def __init__(
        self, own: LoadedModel, choice: ModelChoice, templates: TemplateProcess, started: float
    ) -> None:
        self.name = choice.source.path.name
        self.context_tokens = own.context_tokens
        self.thinking = choice.thinking
        self.memory = KVCache(own.context, own.batch_tokens)
        self._own = own
        self._words = Vocabulary(own.weights)
        if not self._words.usable:
            raise ModelUnusable(str(choice.source.path), Unusable.NOT_A_WRITER)
        self._odds = OddsReader(self._words.size)
        self._path = str(choice.source.path)
        self._templates = templates
        with self._template_blamed():
            self._chat = chat_of(
                _templates(own.weights),
                templates.write,
                bos=self._words.text(self._words.bos),
                eos=self._words.text(self._words.eos),
                chatml=len(self._words.tokens(CHATML_MARK, special=True)) == 1,
            )
        self.parameters = own.facts.parameters
        self.load_ms = (time.perf_counter() - started) * 1000

    @property
    def ready(self) -> ModelReady:
        """What was loaded, and what it runs on."""
        own = self._own
        return ModelReady(
            self.name,
            self.context_tokens,
            self.load_ms,
            own.device,
            own.gpu_layers,
            own.facts.layers,
        )

    @property
    def thinks(self) -> bool:
        """Whether an answer will begin with thoughts."""
        return self._chat.thinks(wanted=self.thinking)

    @property
    def completes(self) -> bool:
        """Whether its prompts are plain text that it goes on with."""
        return self._chat.plain

    @property
    def signature(self) -> tuple[object, ...]:
        """What decides, besides the files and the choice, whether saved memory can be used."""
        own = self._own
        return llama_cpp.__version__, self.context_tokens, own.batch_tokens, own.gpu_layers

    def close(self) -> None:
        """Give the memory back; the model cannot be used any more."""
        self._templates.close()
        self._own.free()

    def count(self, text: str) -> int:
        """Return how many tokens `text` is by itself."""
        return len(self._words.tokens(text, special=False))

    def prompt(self, messages: Sequence[Message]) -> str:
        """Return `messages` as the model's own template writes them.

        Raises `ModelUnusable` where that does not end, or refuses them.
        """
        plain = self._words.without_controls
        harmless = [Message(m.role, plain(m.content)) for m in messages]
        with self._template_blamed():
            return self._chat.render(harmless, thinking=self.thinking)

    def prompt_tokens(self, messages: Sequence[Message]) -> list[int]:
        """Return exactly what the model will read for `messages`."""
        return self._words.prompt_tokens(self.prompt(messages))

    def count_messages(self, messages: Sequence[Message]) -> int:
        """Return how many tokens the prompt of `messages` is."""
        return len(self.prompt_tokens(messages))

    def generate(
        self, messages: Sequence[Message], sampling: SamplingParameters, cancel: CancelToken
    ) -> Iterator[Event]:
        """Yield the thoughts and the answer piece by piece, and at last how it went.

        A prompt that leaves no room in the context raises `QuestionTooLong`. Cancelling is
        noticed between operations of a batch, on a GPU between batches, and between tokens.
        """
        clock = _Clock()
        text = self.prompt(messages)
        prompt = self._words.prompt_tokens(text)
        if len(prompt) >= self.context_tokens:
            raise QuestionTooLong(len(prompt), self.context_tokens)
        seed = secrets.randbelow(_SEEDS) if sampling.seed is None else sampling.seed % _SEEDS
        cached = self.memory.keep(prompt)
        self.memory.read(prompt, cancel)
        clock.note_read()
        answer = ReasoningFilter(self._chat.stops, opened(text))
        with sampler(sampling, seed, self._words.size) as chain:
            writing = _Writing(self, chain, answer, clock)
            writing.once = None if sampling.repeats else RepetitionFilter()
            limits = _Limits(sampling.max_tokens, self.context_tokens, len(prompt))
            yield from writing.events(limits, cancel)
        after_first = writing.drawn - (writing.stopped_by != "end")
        yield GenerationDone(
            TokenUsage(len(prompt), cached, writing.answered, writing.thought),
            clock.timings(self.load_ms, len(prompt) - cached, after_first),
            writing.stopped_by,
            seed,
            writing.likely,
            writing.written,
        )

    @contextlib.contextmanager
    def _template_blamed(self) -> Iterator[None]:
        try:
            yield
        except TemplateEndless:
            self._templates.close()
            raise ModelUnusable(self._path, Unusable.TEMPLATE_ENDLESS) from None
        except TemplateFails:
            raise ModelUnusable(self._path, Unusable.TEMPLATE_FAILS) from None

    def draw(self, chain: Any) -> int:
        """Return the token that `chain` picks to come next."""
        return int(api.llama_sampler_sample(chain, self._own.context, -1))

    def likely(self, chosen: int) -> tuple[TokenCandidate, ...]:
        """Return the likeliest tokens in the place where `chosen` was drawn."""
        words = self._words
        return candidates(self._own.context, words.size, words.piece, chosen)

    def odds(self, chosen: int) -> Odds:
        """Return how likely `chosen` was where it was drawn, and what else was."""
        return self._odds.odds(self._own.context, chosen)

    def plain_piece(self, token: int) -> bytes:
        """Return the bytes of a token, of one that ends the answer none."""
        return self._words.piece(token)

    def piece(self, token: int, *, marked: bool) -> bytes | None:
        """Return the bytes of a token, `None` for one that ends the answer."""
        return None if self._words.ends(token) else self._words.piece(token, marked=marked)

    def tokens(self, text: str) -> list[int]:
        """Return the tokens of what the model might write itself, tags among them."""
        return self._words.tokens(text, special=True)


class _Limits:
    """How many tokens the answer, the thoughts and both together may have.

    Thoughts leave the answer as much as `prompting.reserve` has kept free for it.
    """

    def __init__(self, max_tokens: int, context_tokens: int, prompt: int) -> None:
        self.answer = max_tokens
        self.room = context_tokens - prompt
        most = max(context_tokens // 4, max_tokens)
        self.thoughts = min(most, self.room - min(max_tokens, context_tokens // 4))


class _Writing:
    """The writing of one answer: thoughts first, for models that think."""

    def __init__(self, model: Model, chain: Any, answer: ReasoningFilter, clock: _Clock) -> None:
        self._model = model
        self._chain = chain
        self._answer = answer
        self._clock = clock
        self._used = 0  # of the room
        self._unread: list[int] = []  # drawn, and not yet in memory
        self.once: RepetitionFilter | None = None
        self._tokens = WrittenTokens(model.plain_piece)
        self._shown = ""
        self.drawn = self.thought = self.answered = 0
        self.likely: tuple[TokenCandidate, ...] = ()
        self.stopped_by: StopReason = "length"

    @property
    def written(self) -> tuple[WrittenToken, ...]:
        """The tokens of what was yielded as the answer."""
        return self._tokens.of(self._shown)

    def events(self, limits: _Limits, cancel: CancelToken) -> Iterator[Thought | str]:
        """Yield what can be shown, up to an end, a stop or a limit."""
        for event in self._events(limits, cancel):
            if isinstance(event, str):
                self._shown += event
            yield event

    def _events(self, limits: _Limits, cancel: CancelToken) -> Iterator[Thought | str]:
        while self._used < limits.room and self.answered < limits.answer:
            cancel.check()
            self._read()
            shown = self._next()
            if shown is None:
                self.stopped_by = "end"
                break
            yield from self._once(shown)
            if self._answer.stopped or (self.once and self.once.repeated):
                self.stopped_by = "stop"
                break
            if self._answer.thinking and self.thought >= limits.thoughts:
                yield from self._end_thoughts()
        yield from self._once(self._answer.rest())
        if self.once and (rest := self.once.rest()):
            yield rest

    def _once(self, events: Iterable[Thought | str]) -> Iterator[Thought | str]:
        """Yield what can be shown, and of the answer nothing twice."""
        for event in events:
            if self.once is None or isinstance(event, Thought):
                yield event
            elif text := self.once.after(event):
                yield text

    def _next(self) -> list[Thought | str] | None:
        """Draw a token and return what it lets be shown; `None` if it is the end."""
        answer = self._answer
        token = self._model.draw(self._chain)
        self._clock.note_token()
        if not answer.thinking and not self.answered:
            self.likely = self._model.likely(token)
        piece = self._model.piece(token, marked=answer.marked)
        if piece is None:
            return None
        self.drawn += 1
        self._used += 1
        self._unread.append(token)
        before = answer.thinking
        if not before:
            self._tokens.note(piece, self._model.odds(token))
        shown = list(answer.after(piece))
        self._count(thinking=before or answer.thinking)
        return shown

    def _count(self, *, thinking: bool) -> None:
        if thinking:
            self.thought += 1 + self.answered  # the tag may have come in several tokens
            self.answered = 0
            self._tokens.forget()
        else:
            self.answered += 1

    def _read(self) -> None:
        """Read what was written since, now that more is wanted."""
        for token in self._unread:
            self._model.memory.add(token)
        self._unread.clear()

    def _end_thoughts(self) -> Iterator[Thought | str]:
        """Have the model believe that it has finished thinking."""
        closing = self._model.tokens(f"\n{self._answer.closing}\n\n")
        yield from self._answer.answered()
        self._unread += closing
        self._used += len(closing)


class _Clock:
    """When an answer was begun, its prompt read, and its first and its last token drawn."""

    def __init__(self) -> None:
        self._began = self._read = self._first = self._last = time.perf_counter()
        self._drawn = False

    def note_read(self) -> None:
        """The prompt has been read."""
        self._read = self._first = self._last = time.perf_counter()

    def note_token(self) -> None:
        """A token has been drawn."""
        self._last = time.perf_counter()
        if not self._drawn:
            self._drawn, self._first = True, self._last

    def timings(self, load_ms: float, read: int, written: int) -> Timings:
        """Return how long it took: `read` tokens of the prompt, and `written` after the first."""
        return Timings(
            load_ms,
            (self._first - self._began) * 1000,
            _per_second(read, self._read - self._began),
            _per_second(written, self._last - self._first),
        )


def _templates(weights: Any) -> list[str]:
    """Return the chat templates of a file, that without a name first."""
    found = []
    for name in (None, b"default", b"chat", b"rag", b"tool_use"):
        source = api.llama_model_chat_template(weights, name)
        if source and (text := source.decode("utf-8", "replace")) not in found:
            found.append(text)
    return found


def _per_second(count: int, seconds: float) -> float:
    return count / seconds if count > 0 and seconds > 0 else 0.0
