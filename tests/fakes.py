"""The ports, honestly implemented in memory, and pages for which no PDF is needed."""

import math
from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field

from desktop_rag.domain.documents import Box, Chunk, DocumentId, Line, Page, Word
from desktop_rag.domain.ports import Cancelled, Lacking, SplitDocument, Vector

WIDTH, HEIGHT = 595.0, 842.0
LETTER = 0.008  # the width of a letter, as a fraction of the page
SPACE = 0.004
TYPE = 0.012  # the height of a word
LEADING = 0.016  # from line to line of a paragraph
COLUMNS = (0.1, 0.4, 0.6, 0.8)  # where the cells of a table begin


class FakeTokenizer:
    """Counts a token for every `letters` letters of a word, begun ones included."""

    def __init__(self, letters: int = 1000) -> None:
        self.letters = letters

    def counts(self, texts: Sequence[str]) -> list[int]:
        return [sum(math.ceil(len(word) / self.letters) for word in text.split()) for text in texts]


@dataclass
class FakeEmbedder:
    """Points every text in a direction of its own; remembers what it was asked for."""

    log: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def each(self, texts: Sequence[str]) -> Generator[Vector]:
        assert texts, "nothing to embed"
        self.log.append("embed")
        for text in texts:
            self.texts.append(text)
            yield direction_of(text)


def direction_of(text: str) -> Vector:
    """The unit vector of a text."""
    angle = sum(at * ord(sign) for at, sign in enumerate(text, 1)) % 6_283 / 1_000
    return (math.cos(angle), math.sin(angle))


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
        found = [
            Lacking(document, at, digest, self.chunks[document][at].text)
            for document in documents
            for at, digest in enumerate(self.digests[document])
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
        assert not set(places) & self.filled.keys(), "filled twice"
        self.log.append("fill")
        self.filled |= zip(places, vectors, strict=True)


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
