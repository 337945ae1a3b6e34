"""A library of any number of short passages with real vectors, served by the real workers.

Each passage is a sentence, or two that follow each other, of the PDFs under a
folder, and none is there twice. All of it is kept, step by step, so that a
second call goes on where the first one stopped:

    <place>/<count>/passages.json   what the PDFs say
                    embedded/*.npy  vectors, 5,000 in each
                    home/           the data directory
                    built.json      written last: how long it took
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from desktop_rag.domain.documents import Box, Chunk, DocumentId, FileFact, PlacedWord
from desktop_rag.domain.ports import SplitDocument
from desktop_rag.domain.progress import Stored
from desktop_rag.ingest.indexer import digest, embedded_form
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.documents import DocumentState
from desktop_rag.settings.paths import Paths, open_home
from tests.benchmarks import program

LIBRARY = "benchmark"
_AT_ONCE = 5_000  # passages embedded before they are kept
_FILL = 512  # vectors in one write, as the indexer has it
_FEWEST_WORDS = 5
_FEWEST_LETTERS = 20
_MOST_CHARACTERS = 600  # longer ones are tables that were taken for a sentence
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Source:
    """A PDF and some of what it says: page and text of each passage."""

    path: str
    document: str
    title: str
    pages: int
    language: str
    passages: tuple[tuple[int, str], ...]

    def chunks(self) -> list[Chunk]:
        """Return its passages as the store wants them; the places on the page are invented."""
        return [
            Chunk(
                document=DocumentId(self.document),
                ordinal=ordinal,
                page=page,
                page_label=str(page + 1),
                header=self.title,
                text=text,
                language=self.language,
                words=tuple(_placed(text)),
            )
            for ordinal, (page, text) in enumerate(self.passages)
        ]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where it is, and what is in it; row n of `vectors` belongs to the nth of `keys`."""

    paths: Paths
    keys: list[tuple[str, int]]
    vectors: np.ndarray
    built: dict[str, Any]


def corpus(place: Path, folder: Path, count: int) -> Corpus:
    """Return a library of `count` passages, built now if it is not there."""
    work = place.resolve() / str(count)
    (work / "embedded").mkdir(parents=True, exist_ok=True)
    sources = _kept_sources(work / "passages.json", folder.resolve(), count)
    vectors = _kept_vectors(work / "embedded", sources)
    mark = work / "built.json"
    if not mark.exists():
        shutil.rmtree(work / "home", ignore_errors=True)
        mark.write_text(json.dumps(_built(work / "home", sources, vectors)), encoding="utf-8")
    keys = [(source.document, at) for source in sources for at in range(len(source.passages))]
    return Corpus(Paths(work / "home"), keys, vectors, json.loads(mark.read_text("utf-8")))


# What the PDFs say


def _kept_sources(file: Path, folder: Path, count: int) -> list[Source]:
    if not file.exists():
        program.note(f"reading the PDFs under {folder}")
        sources = _thinned(_all_sources(folder), count)
        file.write_text(json.dumps([asdict(source) for source in sources]), encoding="utf-8")
    values = json.loads(file.read_text("utf-8"))
    return [
        Source(**row | {"passages": tuple((page, text) for page, text in row["passages"])})
        for row in values
    ]


def _all_sources(folder: Path) -> list[Source]:
    import pymupdf

    from desktop_rag.engines.store import analyzer

    sources: dict[str, Source] = {}
    known: set[str] = set()
    for path in sorted(folder.rglob("*.pdf")):
        name = hashlib.sha256(path.read_bytes()).hexdigest()
        if name in sources:
            continue
        with pymupdf.open(path) as document:
            pages = [[block[4] for block in page.get_text("blocks")] for page in document]
            title = (document.metadata or {}).get("title") or path.stem
        language = analyzer.language(" ".join(" ".join(page) for page in pages[:20])[:20_000])
        passages = tuple(_passages(pages, language, known))
        if passages:
            sources[name] = Source(str(path), name, title, len(pages), language, passages)
    return list(sources.values())


def _passages(pages: list[list[str]], language: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the sentences and the pairs of sentences that nothing before has said."""
    for page, blocks in enumerate(pages):
        sentences = [text for block in blocks for text in _sentences(block, language)]
        pairs = [f"{a} {b}" for a, b in itertools.pairwise(sentences)]
        for text in (*sentences, *pairs):
            if text not in known and len(text) <= _MOST_CHARACTERS:
                known.add(text)
                yield page, text


def _sentences(block: str, language: str) -> Iterator[str]:
    import sentencex

    for sentence in sentencex.segment(language, " ".join(block.split())):
        text = sentence.strip()
        letters = sum(sign.isalpha() for sign in text)
        if len(text.split()) >= _FEWEST_WORDS and letters >= _FEWEST_LETTERS:
            yield text


def _thinned(sources: list[Source], count: int) -> list[Source]:
    """Return exactly `count` passages, evenly from all documents."""
    total = sum(len(source.passages) for source in sources)
    if total < count:
        raise SystemExit(f"these PDFs give {total} passages only")
    wanted = {at * total // count for at in range(count)}
    thinned, start = [], 0
    for source in sources:
        some = tuple(text for at, text in enumerate(source.passages, start) if at in wanted)
        start += len(source.passages)
        if some:
            thinned.append(Source(**_fields(source) | {"passages": some}))
    return thinned


def _fields(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in Source.__slots__}


def _placed(text: str) -> Iterator[PlacedWord]:
    for number, match in enumerate(_WORD.finditer(text)):
        line, column = divmod(number, 12)
        box = Box(
            0.1 + 0.06 * column, 0.1 + 0.015 * line, 0.15 + 0.06 * column, 0.11 + 0.015 * line
        )
        yield PlacedWord(match.start(), match.end(), box)


# Their vectors


def _kept_vectors(folder: Path, sources: list[Source]) -> np.ndarray:
    forms = [embedded_form(chunk.text) for source in sources for chunk in source.chunks()]
    parts = []
    for start in range(0, len(forms), _AT_ONCE):
        part = forms[start : start + _AT_ONCE]
        file = folder / f"{start:07}-{digest(chr(10).join(part))[:8]}.npy"
        if not file.exists():
            began = time.perf_counter()
            unfinished = file.with_suffix(".part")
            with unfinished.open("wb") as stream:
                np.save(stream, _embedder().embed(part))
            unfinished.rename(file)
            speed = len(part) / (time.perf_counter() - began)
            program.note(f"embedded {start + len(part)} of {len(forms)}, {speed:.0f} a second")
        parts.append(np.load(file))
    return np.concatenate(parts)


@functools.lru_cache(maxsize=1)
def _embedder() -> Any:
    from desktop_rag.engines.encoders import encoders

    return encoders.document_embedder(encoders.default_embedder())


def embedded(texts: list[str]) -> np.ndarray:
    """Return the vectors of questions."""
    return np.asarray(_embedder().embed(texts))


# The data directory


def store(paths: Paths) -> Any:
    """Return the table of this data directory."""
    from desktop_rag.engines.encoders import encoders
    from desktop_rag.engines.store import chunk_table

    choice = encoders.default_embedder()
    name = chunk_table.table_name(1, choice.name, choice.dimension)
    return chunk_table.Table(paths.vectors_folder, name, choice.dimension)


def _built(home: Path, sources: list[Source], vectors: np.ndarray) -> dict[str, Any]:
    program.note(f"building a library of {len(vectors)} passages in {len(sources)} documents")
    paths = open_home(home)
    table = store(paths)
    started = time.perf_counter()
    at = 0
    with closing(open_database(paths.database)) as db:
        library = libraries.ensure(db, LIBRARY)
        for source in sources:
            chunks = source.chunks()
            id_ = DocumentId(source.document)
            digests = [digest(embedded_form(chunk.text)) for chunk in chunks]
            table.add([SplitDocument(id_, chunks, digests)])
            for start in range(0, len(chunks), _FILL):
                stop = min(start + _FILL, len(chunks))
                places = [(id_, ordinal) for ordinal in range(start, stop)]
                table.fill(places, list(vectors[at + start : at + stop]))
            at += len(chunks)
            registered(db, library, source)
    filled = time.perf_counter()
    table.tidy()
    return {
        "passages": len(vectors),
        "documents": len(sources),
        "write_seconds": round(filled - started, 1),
        "tidy_seconds": round(time.perf_counter() - filled, 1),
    }


def registered(db: Any, library: libraries.LibraryId, source: Source) -> None:
    """Let a library have a source whose file is there, and be ready."""
    path, id_ = Path(source.path), DocumentId(source.document)
    known = path.stat()
    fact = FileFact(path, known.st_size, known.st_mtime_ns, known.st_ino)
    documents.add_files(db, library, [fact])
    documents.identify(db, path, fact, id_)
    count = len(source.passages)
    documents.describe(db, Stored(id_, source.title, source.language, count, count, source.pages))
    documents.set_state(db, id_, DocumentState.READY)
