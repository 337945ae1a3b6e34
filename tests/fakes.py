"""The ports, honestly implemented in memory, and pages for which no PDF is needed.

Fakes keep what `domain.ports` promises, which `tests/contracts` checks, and complain where a
caller breaks its part of it.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from desktop_rag.domain.calibration import Calibration
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, Box, Chunk, DocumentId, Line, Page, Word
from desktop_rag.domain.errors import QuestionTooLong
from desktop_rag.domain.generation import (
    GenerationDone,
    Message,
    SamplingParameters,
    Thought,
    Timings,
    TokenUsage,
)
from desktop_rag.domain.passages import Hit, Match
from desktop_rag.domain.ports import (
    Cancelled,
    CancelToken,
    ExactString,
    Judgement,
    Lacking,
    SplitDocument,
    Vector,
)

WIDTH, HEIGHT = 595.0, 842.0
LETTER = 0.008  # the width of a letter, as a fraction of the page
SPACE = 0.004
TYPE = 0.012  # the height of a word
LEADING = 0.016  # from line to line of a paragraph
COLUMNS = (0.1, 0.4, 0.6, 0.8)  # where the cells of a table begin
UNIT = 0.02  # by which a vector may be longer or shorter than 1
TELLING_WORDS = 6  # fewer words than this do not tell a language
SMALL_WORDS = {
    "en": {"a", "in", "is", "it", "of", "that", "the", "was", "were", "what", "where"},
    "es": {"de", "el", "en", "es", "la", "las", "lo", "los", "que", "se", "y"},
}


class FakeTokenizer:
    """Counts a token for every `letters` letters of a word, begun ones included."""

    def __init__(self, letters: int = 1000) -> None:
        self.letters = letters

    def counts(self, texts: Sequence[str]) -> list[int]:
        assert not isinstance(texts, str), "several texts, not one"
        return [sum(math.ceil(len(word) / self.letters) for word in text.split()) for text in texts]


@dataclass
class FakeEmbedder:
    """Points every text in a direction of its own; remembers what it was asked for."""

    log: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    languages: frozenset[str] = frozenset({"en"})
    calibration: Calibration = field(default_factory=lambda: Calibration(0.0, 1.0))
    dimension: int = 2

    def each(self, texts: Sequence[str]) -> Generator[Vector]:
        assert texts, "nothing to embed"
        self.log.append("embed")
        for text in texts:
            self.texts.append(text)
            yield self._vector(text)

    def embed_question(self, text: str) -> Vector:
        self.log.append("embed question")
        return self._vector(text)

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        assert not isinstance(texts, str), "several texts, not one"
        asked = direction_of(question)
        return [dot(direction_of(text), asked) for text in texts]

    def _vector(self, text: str) -> Vector:
        return (*direction_of(text), *[0.0] * (self.dimension - 2))


def direction_of(text: str) -> Vector:
    """The unit vector of a text."""
    angle = sum(at * ord(sign) for at, sign in enumerate(text, 1)) % 6_283 / 1_000
    return (math.cos(angle), math.sin(angle))


def dot(one: Vector, other: Vector) -> float:
    """The cosine of two unit vectors."""
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def assert_unit(vector: Vector) -> None:
    """Complain of a vector that is longer or shorter than 1."""
    assert abs(math.hypot(*vector) - 1) < UNIT, "not a unit vector"


class FakeReranker:
    """Counts the words that a text shares with a question."""

    def scores(self, question: str, texts: Sequence[str], cancel: CancelToken) -> list[float]:
        assert not isinstance(texts, str), "several texts, not one"
        asked, found = set(question.lower().split()), []
        for text in texts:
            cancel.check()
            found.append(float(len(asked & set(text.lower().split()))))
        return found


class FakeEntailment:
    """Knows that a text says what it has the words of, and the opposite of what it has a "not" for.

    What shares no word with it is neutral.
    """

    def judged(self, pairs: Sequence[tuple[str, str]], cancel: CancelToken) -> Sequence[Judgement]:
        found = []
        for premise, hypothesis in pairs:
            cancel.check()
            given, said = set(premise.lower().split()), set(hypothesis.lower().split())
            share = len(given & said) / (len(said) or 1)
            opposed = ("not" in given) != ("not" in said)
            found.append(Judgement(0.0 if opposed else share, 1 - share, share if opposed else 0.0))
        return found


class FakeAnalyzer:
    """Knows some small words of English and Spanish, and takes the s off the end of others."""

    def language(self, text: str, among: Collection[str] = ()) -> str:
        assert not isinstance(among, str), "several languages, not one"
        words = self.words_of(text)
        if len(words) < TELLING_WORDS:
            return UNKNOWN_LANGUAGE
        known = [code for code in SMALL_WORDS if not among or code in among]
        return max(
            known,
            key=lambda code: sum(word in SMALL_WORDS[code] for word in words),
            default=UNKNOWN_LANGUAGE,
        )

    def terms(self, text: str, languages: Iterable[str]) -> list[str]:
        assert not isinstance(languages, str), "several languages, not one"
        small = {word for code in languages for word in SMALL_WORDS.get(code, ())}
        words = self.words_of(text)
        found = [word for word in words if word not in small] or words
        return [word.removesuffix("s") or word for word in found]

    def exact(self, text: str, language: str = "") -> list[ExactString]:
        assert isinstance(language, str), "one language, not several"
        found = re.finditer(r"[\w-]*\d[\w-]*", text)
        return [ExactString(*one.span(), *self._keys(one.group().lower())) for one in found]

    @staticmethod
    def _keys(written: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """The keys of a string with a digit, its readings, of which there are none, and parts."""
        if written.isdecimal():
            return (f"n:{written}",), (), ()
        return (f"x:{written}",), (), tuple(f"n:{one}" for one in re.findall(r"\d+", written))

    def words_of(self, text: str) -> list[str]:
        apart = unicodedata.normalize("NFKD", text.casefold())
        bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
        return re.findall(r"[^\W_]+", bare)


@dataclass
class FakeStore:
    """Keeps chunks in order, with their digests and vectors."""

    log: list[str] = field(default_factory=list)
    chunks: dict[DocumentId, list[Chunk]] = field(default_factory=dict)
    digests: dict[DocumentId, list[str]] = field(default_factory=dict)
    filled: dict[tuple[DocumentId, int], Vector] = field(default_factory=dict)

    def add(self, cut: Sequence[SplitDocument]) -> None:
        self.log.append("add")
        for one in cut:
            document, digests = one.document, list(one.digests)
            assert len(one.chunks) == len(digests)
            assert [chunk.ordinal for chunk in one.chunks] == list(range(len(digests)))
            assert {chunk.document for chunk in one.chunks} == {document}
            if self.digests.get(document) == digests:
                continue
            known = self.vectors(digests) if document in self.digests else {}
            self.filled = {key: v for key, v in self.filled.items() if key[0] != document}
            self.chunks[document], self.digests[document] = list(one.chunks), digests
            kept = [(at, known[name]) for at, name in enumerate(digests) if name in known]
            self.filled |= {(document, at): vector for at, vector in kept}

    def lacking(self, documents: Sequence[DocumentId], limit: int) -> list[Lacking]:
        assert limit > 0, "nothing is wanted"
        found = [
            Lacking(document, at, digest, self.chunks[document][at].text)
            for document in documents
            for at, digest in enumerate(self.digests.get(document, ()))
            if (document, at) not in self.filled
        ]
        return found[:limit]

    def left(self, documents: Sequence[DocumentId]) -> dict[DocumentId, int]:
        return dict(Counter(one.document for one in self.lacking(documents, 1 << 30)))

    def vectors(self, digests: Iterable[str]) -> dict[str, Vector]:
        wanted = set(digests)
        assert wanted, "nothing to look for"
        return {
            self.digests[document][at]: vector
            for (document, at), vector in self.filled.items()
            if self.digests[document][at] in wanted
        }

    def fill(self, places: Sequence[tuple[DocumentId, int]], vectors: Sequence[Vector]) -> None:
        assert len(places) == len(vectors)
        assert len(set(places)) == len(places), "one place twice"
        assert not set(places) & self.filled.keys(), "filled twice"
        assert all(at < len(self.digests.get(document, ())) for document, at in places)
        assert len({len(vector) for vector in vectors}) <= 1, "vectors of several dimensions"
        for vector in vectors:
            assert_unit(vector)
        self.log.append("fill")
        self.filled |= zip(places, vectors, strict=True)


class FakeRetriever:
    """Finds the chunks of a `FakeStore`, as it was at the last `refresh`."""

    def __init__(self, store: FakeStore) -> None:
        self.store = store
        self.analyzer = FakeAnalyzer()
        self._version = 0
        self._rows: dict[int, tuple[Chunk, Vector | None]] = {}
        self.refresh()

    def refresh(self) -> int:
        stored = [
            (chunk, self.store.filled.get((document, chunk.ordinal)))
            for document, chunks in self.store.chunks.items()
            for chunk in chunks
        ]
        if stored != list(self._rows.values()):
            self._version += 1
            self._rows = dict(enumerate(stored, 1000 * self._version))  # those before are void
        return self._version

    def documents(self) -> set[DocumentId]:
        return {chunk.document for chunk, _ in self._rows.values()}

    def by_keyword(
        self, words: Sequence[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, float]:
        assert not isinstance(words, str), "several terms, not one"
        scores = {}
        for row, (chunk, _) in self._within(scope):
            found = self.analyzer.terms(f"{chunk.header}\n{chunk.text}", (chunk.language,))
            scores[row] = sum(found.count(word) for word in words) / (1 + len(found))
        return self._best({row: score for row, score in scores.items() if score}, limit)

    def by_vector(
        self, vector: Vector, scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, float]:
        assert_unit(vector)
        scores = {row: dot(own, vector) for row, (_, own) in self._within(scope) if own}
        return self._best(scores, limit)

    def with_exact(
        self, keys: Collection[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, frozenset[str]]:
        assert not isinstance(keys, str), "several keys, not one"

        def own(chunk: Chunk) -> set[str]:
            strings = self.analyzer.exact(chunk.text, chunk.language)
            sure = {key for one in strings for key in one.keys}
            less = {key for one in strings for key in (*one.readings, *one.parts)}
            above = self.analyzer.exact(chunk.header, chunk.language)
            less |= {key for one in above for key in (*one.keys, *one.readings, *one.parts)}
            return sure | {f"~{key}" for key in less - sure} | {one.key for one in chunk.statements}

        return self._having(own, keys, scope, limit)

    def with_terms(
        self, terms: Collection[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, frozenset[str]]:
        assert not isinstance(terms, str), "several terms, not one"

        def own(chunk: Chunk) -> set[str]:
            return {*self.analyzer.terms(f"{chunk.header}\n{chunk.text}", (chunk.language,))}

        return self._having(own, terms, scope, limit)

    def _having(
        self,
        own: Callable[[Chunk], set[str]],
        wanted: Collection[str],
        scope: Sequence[DocumentId] | None,
        limit: int,
    ) -> dict[int, frozenset[str]]:
        assert limit > 0, "nothing is wanted"
        held = {row: own(chunk) & {*wanted} for row, (chunk, _) in self._within(scope)}
        common = Counter(one for ones in held.values() for one in ones)
        rows = [row for row, ones in held.items() if ones]
        others = {row: len(own(chunk)) for row, (chunk, _) in self._within(scope)}
        rows.sort(key=lambda row: (min(common[one] for one in held[row]), others[row]))
        return {row: frozenset(held[row]) for row in rows[:limit]}

    def with_phrase(
        self, phrase: str, languages: Sequence[str], scope: Sequence[DocumentId] | None
    ) -> list[int]:
        assert not isinstance(languages, str), "several languages, not one"
        wanted = f" {' '.join(self.analyzer.words_of(phrase))} "

        def has(text: str) -> bool:
            return bool(wanted.strip()) and wanted in f" {' '.join(self.analyzer.words_of(text))} "

        within = self._within(scope)
        in_text = [row for row, (chunk, _) in within if has(chunk.text)]
        return in_text + [row for row, (c, _) in within if has(c.header) and not has(c.text)]

    def count(self, scope: Sequence[DocumentId] | None) -> int:
        return len(self._within(scope))

    def matches(self, rows: Collection[int], question: Vector | None = None) -> dict[int, Match]:
        found = {}
        for row, (chunk, vector) in self._of(rows):
            near = dot(vector, question) if vector and question else 0.0
            place = (chunk.document, chunk.ordinal, chunk.page)
            found[row] = Match(*place, chunk.language, near, chunk.layer, chunk.statements)
        return found

    def hits_of(self, rows: Collection[int]) -> dict[int, Hit]:
        return {row: _hit(chunk) for row, (chunk, _) in self._of(rows)}

    def hits(self, places: Sequence[tuple[DocumentId, int]]) -> dict[tuple[DocumentId, int], Hit]:
        wanted = set(places)
        chunks = [chunk for chunk, _ in self._rows.values()]
        found = {(chunk.document, chunk.ordinal): _hit(chunk) for chunk in chunks}
        return {place: hit for place, hit in found.items() if place in wanted}

    def _within(
        self, scope: Sequence[DocumentId] | None
    ) -> list[tuple[int, tuple[Chunk, Vector | None]]]:
        return [
            (row, stored)
            for row, stored in self._rows.items()
            if scope is None or stored[0].document in scope
        ]

    def _of(self, rows: Collection[int]) -> list[tuple[int, tuple[Chunk, Vector | None]]]:
        assert set(rows) <= self._rows.keys(), "rows from before the last refresh"
        return [(row, self._rows[row]) for row in rows]

    def _best(self, scores: dict[int, float], limit: int) -> dict[int, float]:
        assert limit > 0, "nothing is wanted"
        best = sorted(scores, key=lambda row: (-scores[row], row))
        return {row: scores[row] for row in best[:limit]}


def _hit(chunk: Chunk) -> Hit:
    return Hit(
        document=chunk.document,
        ordinal=chunk.ordinal,
        page=chunk.page,
        page_label=chunk.page_label,
        header=chunk.header,
        text=chunk.text,
        words=chunk.words,
        score=0.0,
        recognized=chunk.recognized,
        layer=chunk.layer,
        language=chunk.language,
    )


@dataclass
class FakeGenerator:
    """Says `answer` after `thoughts`; each letter is a token, and so is each mark of the prompt."""

    answer: str
    thoughts: str = ""
    context_tokens: int = 4096
    parameters: int = 3_000_000_000
    completes: bool = False

    @property
    def thinks(self) -> bool:
        return bool(self.thoughts)

    def count(self, text: str) -> int:
        return len(text)

    def count_messages(self, messages: Sequence[Message]) -> int:
        return sum(2 + self.count(message.content) for message in messages) + 1

    def prompt(self, messages: Sequence[Message]) -> str:
        told = (f"<|{message.role}|>{message.content}<|end|>" for message in messages)
        return f"{''.join(told)}<|assistant|>"

    def generate(
        self, messages: Sequence[Message], sampling: SamplingParameters, cancel: CancelToken
    ) -> Iterator[Thought | str | GenerationDone]:
        assert messages, "nothing is asked"
        assert messages[-1].role == "user", "nobody asks"
        assert sampling.max_tokens > 0, "nothing is wanted"
        prompt = self.count_messages(messages)
        if prompt >= self.context_tokens:
            raise QuestionTooLong(prompt, self.context_tokens)
        for sign in self.thoughts:
            cancel.check()
            yield Thought(sign)
        room = self.context_tokens - prompt - len(self.thoughts)
        said = self.answer[: min(sampling.max_tokens, room)]
        for sign in said:
            cancel.check()
            yield sign
        yield GenerationDone(
            TokenUsage(prompt, 0, len(said), len(self.thoughts)),
            Timings(0.0, 0.0, 0.0, 0.0),
            "end" if len(said) == len(self.answer) < sampling.max_tokens else "length",
            sampling.seed or 0,
        )


class NeverCancelled:
    """Lets every job come to its end."""

    def check(self) -> None:
        pass


@dataclass
class CancelAfter:
    """Cancels a job when it looks for the time after `checks` times."""

    checks: int

    def check(self) -> None:
        self.checks -= 1
        if self.checks < 0:
            raise Cancelled


# Pages


def line(text: str, top: float = 0.3, left: float = 0.1, **style: float) -> Line:
    """Words side by side; `style` is block, size, bold and height."""
    words = []
    height = style.pop("height", TYPE)
    for word in text.split(" "):
        right = left + LETTER * len(word)
        words.append(Word(word, Box(left, top, right, top + height)))
        left = right + SPACE
    block, size = int(style.pop("block", 0)), style.pop("size", 11.0)
    bold = bool(style.pop("bold", False))
    assert not style, style
    return Line(block, size, bold, tuple(words))


def lines(texts: Sequence[str], top: float = 0.3, **style: float) -> list[Line]:
    """The lines of a paragraph, one below the other."""
    return [line(text, top + LEADING * at, **style) for at, text in enumerate(texts)]


def cells(texts: Sequence[str], top: float = 0.3, **style: float) -> list[Line]:
    """The cells of a table's row, each a line of its own as PDFs have it."""
    return [line(text, top, COLUMNS[at], **style) for at, text in enumerate(texts)]


def table(rows: Sequence[Sequence[str]], top: float = 0.3) -> list[Line]:
    """Rows of cells, one below the other."""
    return [cell for at, row in enumerate(rows) for cell in cells(row, top + LEADING * at)]


def page(found: Iterable[Line], number: int = 0, label: str = "", **more: bool) -> Page:
    """A page in portrait; without a `label` it has that of its place."""
    return Page(number, label or str(number + 1), WIDTH, HEIGHT, tuple(found), **more)


def words_of(found: Page | Iterable[Line]) -> list[Word]:
    """Every word, in the order of the file."""
    of_lines = found.lines if isinstance(found, Page) else found
    return [word for one in of_lines for word in one.words]
