"""Pages → cleaning → chunks → text stored, findable by keyword → vectors.

    pages ── cleaned ── chunks_of ── store.add ──► Stored

    store.lacking ── embed ── store.fill ──► Embedded

Two steps, each of which can be done again at any time: what is stored says what
is still to be done.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from desktop_rag.domain.amounts import is_amount, without_amounts
from desktop_rag.domain.documents import Chunk, DocumentId, Layer, Outline, Page
from desktop_rag.domain.errors import (
    DataUnreadable,
    DiskFull,
    DocumentBlank,
    DocumentUnexplained,
    DocumentWithoutText,
    RagError,
)
from desktop_rag.domain.ports import (
    Cancelled,
    CancelToken,
    ChunkStore,
    Embedder,
    Lacking,
    SplitDocument,
    Tokenizer,
    Vector,
)
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.ingest.chunking import SplitContext, chunks_of
from desktop_rag.ingest.cleaning import cleaned
from desktop_rag.ingest.failures import described
from desktop_rag.ingest.hyphens import nothing_known
from desktop_rag.ingest.references.finding import said_of
from desktop_rag.ingest.statements import with_statements
from desktop_rag.ingest.titles import title_of

logger = logging.getLogger(__name__)

_LANGUAGE_WORDS = 4_000  # enough of a document to tell its language
_OWN_LANGUAGE_WORDS = 25  # a chunk this long may be in another language than its document
_WHOLE_SHARE = 0.1  # of the document that must be in a language for a chunk to be


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as the reading process left it; `name` is its file's.

    With `again`, pages whose text was recognized are told as unread, too, but for those in
    `renewed`, which were recognized anew already.
    """

    document: DocumentId
    name: str
    stem: str
    outline: Outline
    pages: Sequence[Page]
    again: bool = False
    renewed: frozenset[int] = frozenset()

    @property
    def unread(self) -> tuple[int, ...]:
        """The pages whose text waits for recognition."""
        return tuple(page.number for page in self.pages if page.unread or self._again(page))

    def _again(self, page: Page) -> bool:
        return self.again and page.recognized and page.number not in self.renewed


@dataclass(frozen=True, slots=True)
class Begun:
    """The splitting of this document has begun: what ends the process now was its fault."""

    document: DocumentId


@dataclass(frozen=True, slots=True)
class Textless:
    """There is nothing to be stored of this document, and why.

    `unread` are the pages whose text waits for recognition.
    """

    document: DocumentId
    error: RagError
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Splitter:
    """Splits documents for one embedder; `limit` counts its tokens.

    `language` gives the ISO 639-1 code of a text, and `known`, for such a code, what tells the
    words of the language.
    """

    tokenizer: Tokenizer
    language: Callable[[str], str]
    limit: int
    known: Callable[[str], Callable[[str], bool]] = lambda _: nothing_known

    def split(
        self, sources: Iterable[ReadDocument], store: ChunkStore, cancel: CancelToken
    ) -> Iterator[Begun | Textless | Stored]:
        """Store the text of some documents, all of them in one write.

        Splitting them again changes nothing.
        """
        cut: list[SplitDocument] = []
        stored: list[Stored] = []
        for source in sources:
            cancel.check()
            yield Begun(source.document)
            split = self._split_or_none(source)
            if split is None:
                unread = source.unread
                yield Textless(source.document, DocumentUnexplained(source.name), unread)
                continue
            chunks, done = split
            if not chunks:
                picture = any(page.picture for page in source.pages)
                error = (DocumentWithoutText if picture else DocumentBlank)(source.name)
                yield Textless(source.document, error, done.unread)
                continue
            digests = [digest(embedded_form(chunk.text)) for chunk in chunks]
            cut.append(SplitDocument(source.document, chunks, digests))
            stored.append(done)
        if not cut:
            return
        store.add(cut)
        left = store.left([one.document for one in cut])
        for done in stored:
            yield replace(done, embedded=done.chunks - left.get(done.document, 0))

    def _split_or_none(self, source: ReadDocument) -> tuple[list[Chunk], Stored] | None:
        """Split a document; one that cannot be split is not to fail the others of its batch."""
        try:
            return self._split(source)
        except (MemoryError, DiskFull, DataUnreadable):
            raise
        except Exception as error:  # noqa: BLE001  # see above
            logger.error("%s cannot be split: %s", source.document, described(error))  # noqa: TRY400
            return None

    def _split(self, source: ReadDocument) -> tuple[list[Chunk], Stored]:
        pages = cleaned(source.pages)
        language = self._whole_language(pages)
        title = title_of(source.outline, pages, source.stem)
        how = SplitContext(
            document=source.document,
            title=title,
            outline=source.outline,
            limit=self.limit,
            count=lambda texts: self.tokenizer.counts([embedded_form(text) for text in texts]),
            language=self._chunk_language(language),
            known=self.known(language),
        )
        chunks = with_statements(list(chunks_of(pages, how)))
        return chunks, Stored(
            source.document,
            title,
            language,
            len(chunks),
            pages=len(source.pages),
            unread=source.unread,
            damaged=tuple(page.number for page in source.pages if page.damaged),
            quality=min(
                (page.quality for page in source.pages if page.quality is not None), default=None
            ),
            author=source.outline.author,
            date=source.outline.date,
            subject=source.outline.subject,
            cut=source.outline.cut,
            said=tuple(said_of(source.outline, pages, source.stem, language)),
        )

    def _whole_language(self, pages: Sequence[Page]) -> str:
        words: list[str] = []
        for page in pages:
            lines = (line for line in page.lines if line.layer is Layer.BODY)
            words += (word.text for line in lines for word in line.words)
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


def embed(
    documents: Sequence[DocumentId],
    limit: int,
    store: ChunkStore,
    embedder: Callable[[], Embedder],
    cancel: CancelToken,
) -> Iterator[Embedded]:
    """Give at most `limit` chunks of these documents their vectors, and say what is left of each.

    Text that any document holds with its vector is not embedded again. `embedder` is asked for
    only when there is something to embed: loading it takes seconds. What was embedded before it
    was cancelled is kept.
    """
    lacking = store.lacking(documents, limit)
    known = store.vectors({chunk.digest for chunk in lacking}) if lacking else {}
    new = {one.digest: embedded_form(one.text) for one in lacking if one.digest not in known}
    try:
        for name, vector in _embedded(new, embedder, cancel):
            known[name] = vector
    except Cancelled:
        _fill(store, lacking, known)
        raise
    _fill(store, lacking, known)
    left = store.left(documents)
    for document in documents:
        yield Embedded(document, left.get(document, 0))


def _embedded(
    texts: dict[str, str], embedder: Callable[[], Embedder], cancel: CancelToken
) -> Iterator[tuple[str, Vector]]:
    """Embed texts by length, so that the short ones need not be filled up to the long ones."""
    by_length = sorted(texts, key=lambda name: -len(texts[name]))
    cancel.check()
    if not by_length:
        return
    with closing(embedder().each([texts[name] for name in by_length])) as vectors:
        for name, vector in zip(by_length, vectors, strict=True):
            yield name, vector
            cancel.check()


def _fill(store: ChunkStore, lacking: Sequence[Lacking], known: dict[str, Vector]) -> None:
    done = [chunk for chunk in lacking if chunk.digest in known]
    if done:
        places = [(chunk.document, chunk.ordinal) for chunk in done]
        store.fill(places, [known[chunk.digest] for chunk in done])


def embedded_form(text: str) -> str:
    """Return what is embedded of a chunk: its text without bare amounts.

    An embedder makes little of "1,526,762", which costs it five tokens; the
    keyword index finds amounts exactly. Title and section are left out too:
    the words that name a document choose it by themselves (`answer.names`),
    and text that many documents share is embedded once.
    """
    return without_amounts(text) or text


def digest(form: str) -> str:
    """Name a text by its content: the first 32 hex digits of its SHA-256."""
    return hashlib.sha256(form.encode()).hexdigest()[:32]
