"""Pages → cleaning → chunks → text stored, findable by keyword → vectors.

pages ── cleaned ── chunks_of ── store.add ──► Stored
│
store.missing ── embed ── store.fill ──► Embedded, again and again
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from desktop_rag.domain.amounts import is_amount, without_amounts
from desktop_rag.domain.documents import Chunk, DocumentId, Outline, Page
from desktop_rag.domain.errors import DocumentBlank, DocumentWithoutText
from desktop_rag.domain.ports import CancelToken, ChunkStore, Embedder, Tokenizer, Vector
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.ingest.chunking import Splitting, chunks_of
from desktop_rag.ingest.cleaning import cleaned
from desktop_rag.ingest.titles import title_of

_FILL = 512  # chunks per write: each write costs about as much as embedding one chunk
_LANGUAGE_WORDS = 4_000  # enough of a document to tell its language
_OWN_LANGUAGE_WORDS = 25  # a chunk this long may be in another language than its document
_WHOLE_SHARE = 0.1  # of the document that must be in a language for a chunk to be


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the reading process left it; `name` is its file's."""

    document: DocumentId
    name: str
    stem: str
    outline: Outline
    pages: Sequence[Page]


@dataclass(frozen=True, slots=True)
class Indexer:
    """Indexes one document at a time; knows the order of the steps, not how they work.

    `embedder` is asked for only when text is stored: loading it takes seconds.
    `language` gives the ISO 639-1 code of a text.
    """

    tokenizer: Tokenizer
    embedder: Callable[[], Embedder]
    store: ChunkStore
    language: Callable[[str], str]
    limit: int
    batch: int = _FILL

    def index(self, source: Source, cancel: CancelToken) -> Iterator[Stored | Embedded]:
        """Index `source`, yielding after each step.

        Text is stored first, so that keyword search serves at once; vectors
        follow batch by batch. Whatever interrupts it, running it again goes on
        where it stopped. Raises `DocumentWithoutText` or `DocumentBlank`.
        """
        chunks, stored = self._split(source)
        forms = [embedded_form(chunk) for chunk in chunks]
        digests = [digest(form) for form in forms]
        cancel.check()
        self.store.add(source.document, chunks, digests)
        yield stored
        yield from self._embed(source.document, forms, cancel)

    def _split(self, source: Source) -> tuple[list[Chunk], Stored]:
        pages = cleaned(source.pages)
        language = self._whole_language(pages)
        title = title_of(source.outline, pages, source.stem)
        how = Splitting(
            document=source.document,
            title=title,
            outline=source.outline,
            limit=self.limit,
            count=lambda texts: self.tokenizer.counts([without_amounts(text) for text in texts]),
            language=self._chunk_language(language),
        )
        chunks = list(chunks_of(pages, how))
        if not chunks:
            picture = any(page.picture for page in source.pages)
            raise (DocumentWithoutText if picture else DocumentBlank)(source.name)
        return chunks, Stored(source.document, title, language, len(chunks))

    def _embed(
        self, document: DocumentId, forms: Sequence[str], cancel: CancelToken
    ) -> Iterator[Embedded]:
        missing = self.store.missing(document)
        known = self.store.vectors(digest for _, digest in missing) if missing else {}
        done = len(forms) - len(missing)
        for start in range(0, len(missing), self.batch):
            cancel.check()
            batch = missing[start : start + self.batch]
            new = {name: forms[at] for at, name in batch if name not in known}
            if new:
                vectors = self.embedder().embed(list(new.values()))
                known |= zip(new, vectors, strict=True)
            filled: list[Vector] = [known[name] for _, name in batch]
            self.store.fill(document, [at for at, _ in batch], filled)
            done += len(batch)
            yield Embedded(document, done, len(forms))

    def _whole_language(self, pages: Sequence[Page]) -> str:
        words: list[str] = []
        for page in pages:
            words += (word.text for line in page.lines for word in line.words)
            if len(words) > _LANGUAGE_WORDS:
                break
        return self.language(" ".join(word for word in words if not is_amount(word)))

    def _chunk_language(self, whole: str) -> Callable[[str], str]:
        """Return a guess that departs from the document's language only for good reason."""
        seen = Counter({whole: 1})

        def language(text: str) -> str:
            words = [word for word in text.split() if word.isalpha()]
            if len(words) < _OWN_LANGUAGE_WORDS:
                return whole
            own = self.language(" ".join(words))
            seen[own] += 1
            return own if seen[own] > _WHOLE_SHARE * seen.total() else whole

        return language


def embedded_form(chunk: Chunk) -> str:
    """Return what is embedded for a chunk: its text without bare amounts.

    An embedder makes little of "1,526,762", which costs it five tokens; the
    keyword index finds amounts exactly. Title and section are left out too:
    the words that name a document choose it by themselves (`answer.names`),
    and text that many documents share is embedded once.
    """
    return without_amounts(chunk.text) or chunk.text


def digest(form: str) -> str:
    """Name a text by its content: the first 32 hex digits of its SHA-256."""
    return hashlib.sha256(form.encode()).hexdigest()[:32]
