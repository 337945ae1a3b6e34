"""What the pipelines need from the outside world.

`tests/contracts` holds every engine, and every fake that stands for one, to what is said here.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from desktop_rag.domain.calibration import Calibration
from desktop_rag.domain.documents import Chunk, DocumentId
from desktop_rag.domain.generation import GenerationDone, Message, SamplingParameters, Thought
from desktop_rag.domain.passages import Hit, Match

Vector = Sequence[float]
"""A vector of length 1 in the one dimension of its embedder.

Engines give and take float32 arrays of shape (dimension,); of a sequence, nobody asks more than
its numbers.
"""


class Tokenizer(Protocol):
    """Counts in the units in which an embedder reads."""

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, in order, special ones left out.

        White space counts nothing, so a text without words has 0. What a text counts does not
        depend on those beside it.
        """
        ...


class Embedder(Protocol):
    """Turns text into vectors of one fixed length."""

    def each(self, texts: Sequence[str]) -> Generator[Vector]:
        """Yield one unit vector per text, in order; best given by length, longest first.

        There is at least one text. What is still to be computed when it is closed is not.
        """
        ...


class QuestionEmbedder(Protocol):
    """Turns questions into vectors that can be compared with those of passages."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it was made for, in ISO 639-1."""
        ...

    @property
    def calibration(self) -> Calibration:
        """How its cosines are to be read; measuring an unknown one takes half a second, once."""
        ...

    def embed_question(self, text: str) -> Vector:
        """Return the unit vector of a question, in the dimension of the passages' vectors."""
        ...

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the cosine, from -1 to 1, of each text, as a passage, to a question, in order."""
        ...


class Reranker(Protocol):
    """Reads a question and a passage together, which is slower than comparing vectors."""

    def scores(self, question: str, texts: Sequence[str], cancel: CancelToken) -> list[float]:
        """Return how well each text answers the question, in order; more is better.

        Only the order of scores of one question means something. Raises `Cancelled`.
        """
        ...


class Judgement(NamedTuple):
    """The probabilities, together 1, of what a premise says of a hypothesis."""

    entailment: float
    neutral: float
    contradiction: float


class Entailment(Protocol):
    """Reads a text and a sentence together: whether the one says the other, or the opposite."""

    def judged(self, pairs: Sequence[tuple[str, str]], cancel: CancelToken) -> Sequence[Judgement]:
        """Return a judgement for each pair of premise and hypothesis, in order.

        What is too long together is cut at the end of the longer one. Raises `Cancelled`.
        """
        ...


class ExactString(NamedTuple):
    """A string that means nothing but itself, in characters `start` to `end` of an evened text.

    Texts that have one of its `keys` have the string, the first of them just as it is written.
    With one of `readings` they may have it, and `parts` are what it is found by less well. A
    `loose` one is a word and the number after it, which need not belong together. `words` are
    what it has of letters, without accents and capitals.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    readings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    loose: bool = False
    words: tuple[str, ...] = ()


class Analyzer(Protocol):
    """Turns text into the terms that keywords are looked up by; a module may be one."""

    def language(self, text: str, among: Collection[str] = ()) -> str:
        """Return the ISO 639-1 code of the language of `text`, the likeliest of `among` if given.

        Too few words to tell give `UNKNOWN_LANGUAGE`.
        """
        ...

    def terms(self, text: str, languages: Iterable[str]) -> list[str]:
        """Return the terms of `text` in all of these languages, in order, repeated ones too.

        None holds white space or is empty. Accents and capitals make no difference. Function
        words are left out, unless there is nothing else.
        """
        ...

    def exact(self, text: str, language: str = "") -> list[ExactString]:
        """Return the strings of `text` that mean nothing but themselves, in order.

        Some stand within others. `language` is an ISO 639-1 code, empty where nobody knows. No
        key holds white space or is empty.
        """
        ...

    def words_of(self, text: str) -> list[str]:
        """Return the words of `text` without accents and capitals, in order, all of them."""
        ...


@dataclass(frozen=True, slots=True)
class Lacking:
    """A chunk without its vector; `digest` names what is embedded of it."""

    document: DocumentId
    ordinal: int
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class SplitDocument:
    """A document that was split; a digest names what is embedded of a chunk."""

    document: DocumentId
    chunks: Sequence[Chunk]
    digests: Sequence[str]


class ChunkStore(Protocol):
    """Keeps chunks, first their text and then their vectors."""

    def add(self, cut: Sequence[SplitDocument]) -> None:
        """Store the chunks of documents without vectors: keyword search finds them at once.

        Chunks that a document had before and has no more are dropped; those whose text it
        had before keep their vector. Adding it again changes nothing. Raises `DiskFull`.
        """
        ...

    def lacking(self, documents: Sequence[DocumentId], limit: int) -> list[Lacking]:
        """Return at most `limit` chunks of these documents that have no vector, in any order."""
        ...

    def left(self, documents: Sequence[DocumentId]) -> dict[DocumentId, int]:
        """Return how many chunks of each document have no vector.

        A document that lacks none is not in it.
        """
        ...

    def vectors(self, digests: Iterable[str]) -> dict[str, Vector]:
        """Return the vectors that are stored under these digests, for whatever document.

        A digest under which none is stored is not in it.
        """
        ...

    def fill(self, places: Sequence[tuple[DocumentId, int]], vectors: Sequence[Vector]) -> None:
        """Give the chunks at these documents and ordinals their vectors, all of them or none.

        There is one unit vector for each, in the dimension of the store; no place comes twice.
        Raises `DiskFull`.
        """
        ...


class Retriever(Protocol):
    """Finds chunks by word and by meaning, in the store as it was at the last `refresh`.

    Until the next one, its row numbers stand for the same chunks. Lookups may go on side by
    side, in several threads; `refresh` not beside any of them.
    """

    def refresh(self) -> int:
        """See what has been written since, and return which version that is.

        Row numbers from before are void. The version of a store that changed is higher.
        """
        ...

    def documents(self) -> set[DocumentId]:
        """Return every document that has a chunk."""
        ...

    def by_keyword(
        self, words: Sequence[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, float]:
        """Return at most `limit` rows that have one of these terms, best first.

        Scores are more than 0. A `scope` of None is every document.
        """
        ...

    def by_vector(
        self, vector: Vector, scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, float]:
        """Return at most `limit` rows nearest to a unit vector, with their cosines, nearest first.

        Chunks without a vector are passed over. A `scope` of None is every document.
        """
        ...

    def with_exact(
        self, keys: Collection[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, frozenset[str]]:
        """Return at most `limit` rows that have one of these keys, and which; rare ones first.

        Of rows with the same keys, those that have few others come first. They are keys of
        `ExactString`; `~` before one asks for rows that have it among readings and parts, or in
        their header.
        """
        ...

    def with_terms(
        self, terms: Collection[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, frozenset[str]]:
        """Return at most `limit` rows that have one of these terms, and which; rare ones first."""
        ...

    def with_phrase(
        self, phrase: str, languages: Sequence[str], scope: Sequence[DocumentId] | None
    ) -> list[int]:
        """Return every row whose text or header has a phrase word for word, the text's first.

        Capitals, accents, breaks and the shape of quotes and hyphens make no difference.
        `languages` are those of the documents.
        """
        ...

    def count(self, scope: Sequence[DocumentId] | None) -> int:
        """Return how many rows there are."""
        ...

    def matches(self, rows: Collection[int], question: Vector | None = None) -> dict[int, Match]:
        """Return chunks in short, by row, with their cosines to the unit vector `question`."""
        ...

    def hits_of(self, rows: Collection[int]) -> dict[int, Hit]:
        """Return chunks whole, by row, with a score of 0."""
        ...

    def hits(
        self, places: Sequence[tuple[DocumentId, int]]
    ) -> Mapping[tuple[DocumentId, int], Hit]:
        """Return chunks whole, by document and ordinal, with a score of 0.

        Where there is no chunk, nothing is returned.
        """
        ...


class TextGenerator(Protocol):
    """A language model in memory."""

    @property
    def context_tokens(self) -> int:
        """How many tokens prompt and answer may have together."""
        ...

    @property
    def thinks(self) -> bool:
        """Whether an answer will begin with thoughts."""
        ...

    @property
    def parameters(self) -> int:
        """How many numbers it has learnt: by them is decided how much it is told."""
        ...

    @property
    def completes(self) -> bool:
        """Whether it goes on with a text, and was never taught to answer in turn."""
        ...

    def count(self, text: str) -> int:
        """Return how many tokens `text` is by itself."""
        ...

    def count_messages(self, messages: Sequence[Message]) -> int:
        """Return exactly how many tokens the prompt of `messages` is."""
        ...

    def prompt(self, messages: Sequence[Message]) -> str:
        """Return what is read for `messages`, word for word."""
        ...

    def generate(
        self, messages: Sequence[Message], sampling: SamplingParameters, cancel: CancelToken
    ) -> Iterator[Thought | str | GenerationDone]:
        """Yield thoughts, then the answer, both piece by piece, and at last how it went.

        Raises `QuestionTooLong` where the prompt leaves no room in the context, and `Cancelled`.
        """
        ...


class CancelToken(Protocol):
    """Lets a long job notice that it is no longer wanted."""

    def check(self) -> None:
        """Raise `Cancelled` if the user has cancelled the job."""
        ...


class Cancelled(Exception):
    """The user no longer wants the job."""
