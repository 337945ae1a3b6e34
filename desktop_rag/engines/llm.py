"""Writes text with a GGUF model, through llama.cpp's own interface.

    file ── refused or loaded ──► Model
    messages ── chat template ──► text ── vocabulary ──► prompt
    prompt ── what is still in memory is kept ──► batches ──► key-value memory
    sampler chain ──► token ──► bytes ──► text, up to an end or a stop

`Llama` of llama-cpp-python copies the scores of every token into numpy; driving
`llama_decode` and a sampler chain by hand costs next to nothing per token.
"""

from __future__ import annotations

import bisect
import ctypes
import logging
import os
import re
import secrets
import struct
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
from llama_cpp import llama_cpp as api

from desktop_rag.domain.errors import ModelMissing, ModelTooLarge, ModelUnusable, QuestionTooLong
from desktop_rag.domain.generation import (
    Candidate,
    GenerationDone,
    Message,
    ModelChoice,
    Sampling,
    StopReason,
    Timings,
    TokenUsage,
    Unusable,
)
from desktop_rag.domain.ports import Cancelled, CancelToken
from desktop_rag.engines.chat_template import Answer, chat_of
from desktop_rag.engines.sampling import candidates, sampler

logger = logging.getLogger(__name__)

DEFAULT_CONTEXT_TOKENS = 8192
_BATCH_TOKENS = 128  # read at once; read again when a later prompt differs within them
_GPU_BATCH_TOKENS = 512
_ABORTED = 2  # of llama_decode
_ERROR = 4  # of ggml_log_level
_SEEDS = 0xFFFFFFFF  # llama.cpp takes the number itself for "any"
_GIB = 1 << 30

_complaints: list[str] = []  # of llama.cpp, since the last load began


@api.llama_log_callback  # type: ignore[untyped-decorator]
def _log(level: int, text: bytes, _data: object) -> None:
    line = text.decode("utf-8", "replace").strip()[:500]
    if level == _ERROR:
        _complaints.append(line)
    logger.log(logging.INFO if level == _ERROR else logging.DEBUG, "llama.cpp: %s", line)


api.llama_log_set(_log, ctypes.c_void_p(0))
api.llama_backend_init()


def load(choice: ModelChoice, cancel: CancelToken) -> Model:
    """Load a model, or say why it cannot be: `ModelMissing`, `ModelUnusable`, `ModelTooLarge`."""
    started = time.perf_counter()
    path = choice.path
    size = _checked_size(path)
    gpu_layers = -1 if choice.gpu_layers is None else choice.gpu_layers
    if not api.llama_supports_gpu_offload():
        gpu_layers = 0
    if not gpu_layers:
        _check_memory(path, size)
    wanted = api.llama_progress_callback(lambda _done, _data: not _cancelled(cancel))
    settings = api.llama_model_default_params()
    settings.n_gpu_layers = gpu_layers
    settings.progress_callback = wanted
    _complaints.clear()
    weights = api.llama_model_load_from_file(os.fsencode(path), settings)
    if not weights:
        cancel.check()
        raise ModelUnusable(str(path), _reason())
    try:
        return Model(weights, choice, on_gpu=gpu_layers != 0, started=started)
    except BaseException:
        api.llama_model_free(weights)
        raise


class Model:
    """A model in memory, and the conversation that it has read. Not for two threads."""

    def __init__(self, weights: Any, choice: ModelChoice, *, on_gpu: bool, started: float) -> None:
        self.name = choice.path.name
        self._weights = weights
        self._words = _Vocabulary(weights)
        if not self._words.usable or api.llama_model_has_encoder(weights):
            raise ModelUnusable(str(choice.path), Unusable.NOT_A_WRITER)
        trained = api.llama_model_n_ctx_train(weights)
        self.context_tokens = min(choice.context_tokens or DEFAULT_CONTEXT_TOKENS, trained)
        template = api.llama_model_chat_template(weights, None)
        self._chat = chat_of(
            template.decode("utf-8", "replace") if template else None,
            bos=self._words.text(self._words.bos),
            eos=self._words.text(self._words.eos),
        )
        batch = _GPU_BATCH_TOKENS if on_gpu else _BATCH_TOKENS
        if not on_gpu:
            _check_memory(choice.path, _memory_of(weights, self.context_tokens))
        settings = api.llama_context_default_params()
        settings.n_ctx = self.context_tokens
        settings.n_batch = settings.n_ubatch = batch
        cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
        settings.n_threads = settings.n_threads_batch = choice.threads or cores
        self._context = api.llama_init_from_model(weights, settings)
        if not self._context:
            raise ModelUnusable(str(choice.path), Unusable.OUT_OF_MEMORY)
        self._memory = _Memory(self._context, batch)
        self.load_ms = (time.perf_counter() - started) * 1000

    def close(self) -> None:
        """Give the memory back; the model cannot be used any more."""
        api.llama_free(self._context)
        api.llama_model_free(self._weights)

    def count(self, text: str) -> int:
        """Return how many tokens `text` is by itself."""
        return len(self._words.tokens(text, special=False))

    def prompt(self, messages: Sequence[Message]) -> str:
        """Return `messages` as the model's own template writes them."""
        plain = self._words.without_controls
        return self._chat.render([Message(m.role, plain(m.content)) for m in messages])

    def prompt_tokens(self, messages: Sequence[Message]) -> list[int]:
        """Return exactly what the model will read for `messages`."""
        tokens = self._words.tokens(self.prompt(messages), special=True)
        missing = self._words.begins_with_bos and tokens[:1] != [self._words.bos]
        return [self._words.bos, *tokens] if missing else tokens

    def count_messages(self, messages: Sequence[Message]) -> int:
        """Return how many tokens the prompt of `messages` is."""
        return len(self.prompt_tokens(messages))

    def generate(
        self, messages: Sequence[Message], sampling: Sampling, cancel: CancelToken
    ) -> Iterator[str | GenerationDone]:
        """Yield the answer piece by piece, and at last how it went.

        A prompt that leaves no room in the context raises `QuestionTooLong`. Cancelling is
        noticed between operations of a batch, on a GPU between batches, and between tokens.
        """
        clock = _Clock()
        prompt = self.prompt_tokens(messages)
        room = self.context_tokens - len(prompt)
        if room < 1:
            raise QuestionTooLong(len(prompt), self.context_tokens)
        seed = secrets.randbelow(_SEEDS) if sampling.seed is None else sampling.seed % _SEEDS
        cached = self._memory.keep(prompt)
        self._memory.read(prompt[cached:], cancel)
        clock.note_read()
        drawn, answer = 0, Answer(self._chat.stops)
        likely: tuple[Candidate, ...] = ()
        stopped_by: StopReason = "length"
        with sampler(sampling, seed, self._words.size) as chain:
            for token in self._drawn(chain, min(sampling.max_tokens, room), cancel):
                clock.note_token()
                if not drawn:
                    likely = candidates(self._context, self._words.size, self._words.piece, token)
                if self._words.ends(token):
                    stopped_by = "end"
                    break
                drawn += 1
                if piece := answer.after(self._words.piece(token)):
                    yield piece
                if answer.stopped:
                    stopped_by = "stop"
                    break
        if rest := answer.rest():
            yield rest
        yield GenerationDone(
            TokenUsage(len(prompt), cached, drawn),
            clock.timings(self.load_ms, len(prompt) - cached, drawn - (stopped_by != "end")),
            stopped_by,
            seed,
            likely,
        )

    def _drawn(self, chain: Any, limit: int, cancel: CancelToken) -> Iterator[int]:
        """Yield up to `limit` tokens; each is read only when another one is wanted."""
        for left in range(limit, 0, -1):
            cancel.check()
            token = api.llama_sampler_sample(chain, self._context, -1)
            yield token
            if left > 1:
                self._memory.add(token)


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


class _Memory:
    """The tokens whose keys and values llama.cpp holds, and where each batch began."""

    def __init__(self, context: Any, batch_tokens: int) -> None:
        self._context = context
        self._memory = api.llama_get_memory(context)
        self._batch_tokens = batch_tokens
        self._tokens: list[int] = []
        self._starts: list[int] = []
        self._one = (api.llama_token * 1)()
        self._step = api.llama_batch_get_one(self._one, 1)

    def keep(self, prompt: Sequence[int]) -> int:
        """Forget all but what `prompt` begins with, and return how much that is.

        At least one token is left to read. Batches are kept whole: the rest of
        one, read by itself, is rounded differently, and then the same seed
        could give another answer.
        """
        common = 0
        for ours, theirs in zip(self._tokens, prompt[:-1], strict=False):
            if ours != theirs:
                break
            common += 1
        edges = [*self._starts, len(self._tokens)]
        kept = edges[max(bisect.bisect_right(edges, common) - 1, 0)]
        if kept < len(self._tokens) and not api.llama_memory_seq_rm(self._memory, 0, kept, -1):
            kept = 0  # a recurrent model cannot forget a part
            api.llama_memory_clear(self._memory, True)
        self._cut(kept)
        return kept

    def read(self, tokens: Sequence[int], cancel: CancelToken) -> None:
        """Read `tokens` batch by batch; what was read when `Cancelled` comes is kept."""
        stop = api.ggml_abort_callback(lambda _data: _cancelled(cancel))
        api.llama_set_abort_callback(self._context, stop, None)
        try:
            for start in range(0, len(tokens), self._batch_tokens):
                cancel.check()
                batch = tokens[start : start + self._batch_tokens]
                array = (api.llama_token * len(batch))(*batch)
                self._decode(api.llama_batch_get_one(array, len(batch)), batch)
        finally:
            api.llama_set_abort_callback(self._context, api.ggml_abort_callback(), None)

    def add(self, token: int) -> None:
        """Read one token that the model has written itself."""
        self._one[0] = token
        self._decode(self._step, (token,))

    def _decode(self, batch: Any, tokens: Sequence[int]) -> None:
        status = api.llama_decode(self._context, batch)
        if status == _ABORTED:
            raise Cancelled
        if status:
            api.llama_memory_clear(self._memory, True)
            self._cut(0)
            raise RuntimeError(f"llama_decode returned {status}")
        self._starts.append(len(self._tokens))
        self._tokens.extend(tokens)

    def _cut(self, kept: int) -> None:
        del self._tokens[kept:]
        del self._starts[bisect.bisect_left(self._starts, kept) :]


class _Vocabulary:
    """Text to tokens and back."""

    def __init__(self, weights: Any) -> None:
        self._handle = api.llama_model_get_vocab(weights)
        self.size = api.llama_vocab_n_tokens(self._handle)
        self.usable = api.llama_vocab_type(self._handle) not in {
            api.LLAMA_VOCAB_TYPE_NONE,
            api.LLAMA_VOCAB_TYPE_WPM,  # of embedders
        }
        self.bos = api.llama_vocab_bos(self._handle)
        self.eos = api.llama_vocab_eos(self._handle)
        self.begins_with_bos = api.llama_vocab_get_add_bos(self._handle) and self.bos >= 0
        self._buffer = ctypes.create_string_buffer(1024)
        tokens = range(self.size)
        controls = [self.text(at) for at in tokens if api.llama_vocab_is_control(self._handle, at)]
        longest_first = sorted(filter(None, controls), key=len, reverse=True)
        self._controls = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def text(self, token: int) -> str:
        """Return how a token is spelled in the file, "" for none."""
        if token < 0:
            return ""
        return str(api.llama_vocab_get_text(self._handle, token), "utf-8", "replace")

    def tokens(self, text: str, *, special: bool) -> list[int]:
        """Return the tokens of `text`; only when `special` can it hold control tokens."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 16
        array = (api.llama_token * room)()
        n = api.llama_tokenize(self._handle, data, len(data), array, room, False, special)
        return list(array[:n])

    def without_controls(self, text: str) -> str:
        """Return `text` with a space in whatever this model would take for a control token."""
        return self._controls.sub(lambda found: f"{found[0][0]} {found[0][1:]}", text)

    def ends(self, token: int) -> bool:
        """Whether the model says with `token` that it has finished."""
        return bool(api.llama_vocab_is_eog(self._handle, token))

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token, which need not be whole characters."""
        n = api.llama_token_to_piece(self._handle, token, self._buffer, len(self._buffer), 0, False)
        return self._buffer.raw[: max(n, 0)]


def _checked_size(path: Path) -> int:
    """Return the size of a file that may be a model; raise before anything is loaded."""
    try:
        with path.open("rb") as file:
            head = file.read(24)
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        raise ModelMissing(str(path)) from error
    if len(head) < 24 or not head.startswith(b"GGUF"):  # noqa: PLR2004 - of a GGUF header
        raise ModelUnusable(str(path), Unusable.NOT_GGUF)
    version, tensors, _ = struct.unpack_from("<IQQ", head, 4)
    if version == 1:
        raise ModelUnusable(str(path), Unusable.OLD_VERSION)
    if not tensors:
        raise ModelUnusable(str(path), Unusable.VOCABULARY_ONLY)
    return size


def _reason() -> Unusable:
    """Return why llama.cpp has just refused to load a file, from what it logged."""
    said = "\n".join(_complaints)
    if re.search(r"not within the file bounds|failed to read|end of file", said):
        return Unusable.TRUNCATED
    if re.search(r"alloc|out of memory", said):
        return Unusable.OUT_OF_MEMORY
    return Unusable.BROKEN


def _check_memory(path: Path, needed: int) -> None:
    free = psutil.virtual_memory().available
    if needed > free:
        raise ModelTooLarge(path.name, needed / _GIB, free / _GIB)


def _memory_of(weights: Any, context_tokens: int) -> int:
    """Return the bytes of 16-bit keys and values for a whole context."""
    heads = max(api.llama_model_n_head(weights), 1)
    width: int = api.llama_model_n_embd(weights) // heads * api.llama_model_n_head_kv(weights)
    layers: int = api.llama_model_n_layer(weights)
    return 2 * 2 * width * layers * context_tokens


def _cancelled(cancel: CancelToken) -> bool:
    """Whether a job is no longer wanted, for callbacks, which must not raise."""
    try:
        cancel.check()
    except Cancelled:
        return True
    return False


def _per_second(count: int, seconds: float) -> float:
    return count / seconds if count > 0 and seconds > 0 else 0.0
