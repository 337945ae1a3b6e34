"""Turns text into vectors, and compares texts.

Weights are read from safetensors alone, and no code that comes with a model is run.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from safetensors import SafetensorError
from tokenizers import Tokenizer

from desktop_rag.domain.calibration import Calibration
from desktop_rag.domain.errors import EmbedderDamaged, EncoderUnusable
from desktop_rag.domain.models import Encoder
from desktop_rag.domain.ports import CancelToken
from desktop_rag.engines.encoders import folders
from desktop_rag.engines.encoders.calibrating import calibrated
from desktop_rag.engines.encoders.precision import Precision, closest, fastest, this_processor
from desktop_rag.settings import embedders
from desktop_rag.settings.embedders import BundledEmbedder

os.environ["HF_HUB_OFFLINE"] = "1"  # read once, when sentence-transformers is imported

_BATCH = 8  # longer ones only add padding
_CUTTING = {"BertPreTokenizer", "Whitespace", "WhitespaceSplit", "Metaspace"}
_WORDS = 200_000  # whose tokens a tokenizer remembers
_OF_WEIGHTS = 10  # hex digits that tell weights of one name apart
_BROKEN = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ImportError,
    RuntimeError,
    SafetensorError,
)


@dataclass(frozen=True, slots=True)
class EmbedderChoice:
    """An embedder in a folder; `weights` is the SHA-256 that its weights must have.

    `name` is part of the names of its tables, `title` what people call it, where that differs.
    `languages` are those it was made for, in ISO 639-1, and `calibration` is measured where it is
    not known. `ours` comes with the program: only of it was measured what 8 bits do to it.
    """

    name: str
    folder: Path
    dimension: int
    tokens: int
    weights: str
    languages: frozenset[str]
    query_prefix: str = ""
    passage_prefix: str = ""
    calibration: Calibration | None = None
    file: str = folders.WEIGHTS
    ours: bool = False
    title: str = ""


def bundled_embedders() -> tuple[EmbedderChoice, ...]:
    """Return the embedders that come with the program and are there, everybody's first."""
    return tuple(map(_bundled, embedders.bundled()))


def default_embedder() -> EmbedderChoice:
    """Return what embeds where nobody chose: multilingual-e5-small, or else all-MiniLM-L6-v2.

    Raises `EmbedderDamaged` where neither is there.
    """
    return _bundled(embedders.default())


def embedder_of(encoder: Encoder | None) -> EmbedderChoice:
    """Return the embedder of an index or a choice; `None` is all-MiniLM-L6-v2.

    Raises `EncoderUnusable` where its folder does not say what it is, and `EmbedderDamaged` for
    one that comes along and is not there.
    """
    ours = embedders.of(encoder)
    if ours is not None:
        return _bundled(ours)
    assert encoder is not None  # noqa: S101 - the English one is known whether it is there or not
    try:
        dimension, tokens = folders.sizes_of(encoder.folder)
    except folders.NO_SIZES as error:
        raise _unusable(encoder) from error
    return EmbedderChoice(
        name=name_of(encoder),
        folder=encoder.folder,
        dimension=dimension,
        tokens=tokens,
        weights=encoder.weights,
        languages=encoder.languages,
        query_prefix=encoder.query_prefix,
        passage_prefix=encoder.passage_prefix,
        title=encoder.name,
    )


def name_of(encoder: Encoder | None) -> str:
    """Return what the tables of an embedder's indexes are called by, whether it is there or not."""
    ours = embedders.of(encoder)
    if ours is not None or encoder is None:
        return embedders.name_of(encoder)
    return f"{re.sub(r'[^a-z0-9]+', '-', encoder.name.lower())}-{encoder.weights[:_OF_WEIGHTS]}"


def _unusable(encoder: Encoder) -> EncoderUnusable:
    place = str(encoder.folder) if encoder.folder.name else ""  # nobody knows where it was
    return EncoderUnusable(encoder.name, place)


def _bundled(ours: BundledEmbedder) -> EmbedderChoice:
    if not ours.there:
        raise EmbedderDamaged(str(ours.folder))
    return EmbedderChoice(
        name=ours.name,
        folder=ours.folder,
        dimension=ours.dimension,
        tokens=ours.tokens,
        weights=ours.weights,
        languages=ours.languages,
        query_prefix=ours.query_prefix,
        passage_prefix=ours.passage_prefix,
        calibration=ours.calibration,
        file=ours.file,
        ours=True,
    )


class FolderTokenizer:
    """The tokenizer of an embedder, without torch."""

    def __init__(self, choice: EmbedderChoice) -> None:
        path = choice.folder / "tokenizer.json"
        if not path.is_file():
            raise EmbedderDamaged(str(choice.folder))
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._apart = _words_apart(path)
        self._known: dict[str, int] = {}

    def counts(self, texts: Sequence[str]) -> list[int]:
        """See `domain.ports.Tokenizer`."""
        if not self._apart:
            return self._counted(texts)
        known, words = self._known, [text.split() for text in texts]
        new = list({word for text in words for word in text if word not in known})
        known |= zip(new, self._counted(new), strict=True)
        found = [sum([known[word] for word in text]) for text in words]
        if len(known) > _WORDS:
            known.clear()
        return found

    def _counted(self, texts: Sequence[str]) -> list[int]:
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(text.ids) for text in encoded]


def _words_apart(path: Path) -> bool:
    """Tell whether a tokenizer cuts at white space first: then a text counts as its words do."""
    steps = json.loads(path.read_text("utf-8")).get("pre_tokenizer") or {}
    first = (steps.get("pretokenizers") or [steps])[0]
    return first.get("type") in _CUTTING and first.get("split", True) is True


class TorchEmbedder:
    """An embedder in memory, "bi-encoder" in its field. Loading one takes seconds, mostly torch's.

    It computes in numbers of `precision`; see `document_embedder` for many texts.

    Raises `EmbedderDamaged` or `EncoderUnusable` where the weights are not the expected ones.
    """

    def __init__(self, choice: EmbedderChoice, precision: Precision = Precision.FLOAT32) -> None:
        check(choice)
        self._choice = choice
        import torch

        torch.set_num_threads(1)  # one thread for each batch beats all threads on one
        self._threads = len(_processors())
        try:
            self._model = _model(choice, precision)
        except _BROKEN as error:
            raise EncoderUnusable(choice.title or choice.name, str(choice.folder)) from error

    def use(self, threads: int) -> None:
        """Compute with so many threads from now on; 0 means as many as there are processors."""
        self._threads = threads or len(_processors())

    @property
    def languages(self) -> frozenset[str]:
        """See `domain.ports.QuestionEmbedder`."""
        return self._choice.languages

    @functools.cached_property
    def calibration(self) -> Calibration:
        """See `domain.ports.QuestionEmbedder`."""
        known = self._choice.calibration
        return known or calibrated(self._embed_questions, self.embed, self.languages)

    def _embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([*self._each([self._choice.query_prefix + text for text in texts])])

    def embed_question(self, text: str) -> Any:
        """See `domain.ports.QuestionEmbedder`; float32, (dimension,)."""
        (vector,) = self._each([self._choice.query_prefix + text])
        return np.asarray(vector)

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        """See `domain.ports.QuestionEmbedder`."""
        found: list[float] = (self.embed(texts) @ self.embed_question(question)).tolist()
        return found

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Return one unit vector per passage, in order: float32, (texts, dimension)."""
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        vectors = np.empty((len(texts), self._choice.dimension), np.float32)
        for at, vector in zip(order, self.each([texts[at] for at in order]), strict=True):
            vectors[at] = vector
        return vectors

    def each(self, texts: Sequence[str]) -> Generator[Any]:
        """See `domain.ports.Embedder`; each float32, (dimension,)."""
        return self._each([self._choice.passage_prefix + text for text in texts])

    def _each(self, texts: Sequence[str]) -> Generator[Any]:
        groups = [texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH)]
        # The tokenizer is not safe to share between threads; the model is.
        inputs = [self._model.prepared(group) for group in groups]
        pool = ThreadPoolExecutor(self._threads)
        try:
            for rows in pool.map(self._model.vectors, inputs):
                yield from rows
        finally:
            pool.shutdown(cancel_futures=True)


class _Model(Protocol):
    """A tokenizer and a network."""

    def prepared(self, texts: Sequence[str]) -> Any: ...

    def vectors(self, given: Any) -> np.ndarray: ...


def _model(choice: EmbedderChoice, precision: Precision) -> _Model:
    if choice.ours:
        from desktop_rag.engines.encoders.bert import BertModel

        return BertModel(choice.folder, choice.file, choice.tokens, precision)
    from desktop_rag.engines.encoders.sentence_model import SentenceModel

    return SentenceModel(choice.folder, choice.tokens, precision)


def document_embedder(choice: EmbedderChoice) -> TorchEmbedder:
    """Return an embedder for many texts: as fast as this processor allows.

    Raises what `TorchEmbedder` does.
    """
    check(choice)  # before torch is loaded for nothing
    return TorchEmbedder(choice, fastest(this_processor(), measured=choice.ours))


def question_embedder(choice: EmbedderChoice) -> TorchEmbedder:
    """Return an embedder for one text at a time, with all digits that cost nothing.

    Raises what `TorchEmbedder` does.
    """
    check(choice)
    return TorchEmbedder(choice, closest(this_processor()))


class TorchReranker:
    """A CrossEncoder in memory, which reads a question and a passage together.

    The method is that of Nogueira and Cho, "Passage Re-ranking with BERT" (2019).

    Raises `EncoderUnusable` where it is not what was installed.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._model = cross_encoder(encoder, labels=1, tokens=folders.LONGEST)

    def scores(self, question: str, texts: Sequence[str], cancel: CancelToken) -> list[float]:
        """See `domain.ports.Reranker`; a score is the model's own number, a logit."""
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        found = [0.0] * len(texts)
        for start in range(0, len(order), _BATCH):
            cancel.check()
            group = order[start : start + _BATCH]
            pairs = [(question, texts[at]) for at in group]
            for at, score in zip(
                group, self._model.predict(pairs, show_progress_bar=False), strict=True
            ):
                found[at] = float(score)
        return found


def cross_encoder(encoder: Encoder, labels: int, tokens: int) -> Any:
    """Return the CrossEncoder in a folder, which gives so many logits for a pair of texts.

    Of a pair longer than `tokens` the end of the longer text is cut. Raises `EncoderUnusable`
    where it is not what was installed, or gives another number of logits.
    """
    if _weights(encoder.folder / folders.WEIGHTS) != encoder.weights:
        raise EncoderUnusable(encoder.name, str(encoder.folder))
    import torch
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as chatter

    chatter.disable_progress_bar()
    try:
        return CrossEncoder(
            str(encoder.folder),
            device="cpu",
            local_files_only=True,
            max_length=tokens,
            num_labels=labels,
            activation_fn=torch.nn.Identity(),
            model_kwargs={"use_safetensors": True, "dtype": "float32"},
        )
    except _BROKEN as error:
        raise EncoderUnusable(encoder.name, str(encoder.folder)) from error


def check(choice: EmbedderChoice) -> None:
    """Raise an error unless the weights of `choice` are the expected ones."""
    if _weights(choice.folder / choice.file) == choice.weights:
        return
    if choice.ours:
        raise EmbedderDamaged(str(choice.folder / choice.file))
    raise EncoderUnusable(choice.title or choice.name, str(choice.folder))


def _weights(path: Path) -> str:
    """Return the SHA-256 of a file of weights, "" where there is none."""
    try:
        return folders.digest(path)
    except OSError:
        return ""


def _processors() -> set[int]:
    if hasattr(os, "sched_getaffinity"):
        return os.sched_getaffinity(0)
    return set(range(os.cpu_count() or 1))
