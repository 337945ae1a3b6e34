"""The process that splits what was read, embeds it and alone writes to LanceDB."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from ctypes import c_uint64
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from desktop_rag.domain.bundles import Made
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import StoreDamaged
from desktop_rag.domain.indexes import READING, Index
from desktop_rag.domain.ports import CancelToken, ChunkStore
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.ingest import indexer
from desktop_rag.ingest.indexer import Begun, ReadDocument, Splitter, Textless
from desktop_rag.library.disk import (
    attached_files,
    converted_pdfs,
    leftovers,
    made_files,
    page_store,
)
from desktop_rag.settings import logs, tessdata
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.bundles import ExportLibrary, ImportLibrary, LookInto
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.indexing import (
    DocumentToSplit,
    Embed,
    Holdings,
    IndexingCommand,
    NotRead,
    Reconcile,
    Remove,
    Split,
    Tidy,
)
from desktop_rag.workers.network import offline
from desktop_rag.workers.pipe.protocol import Pipe
from desktop_rag.workers.processes import bundles

if TYPE_CHECKING:
    from desktop_rag.engines.encoders.encoders import EmbedderChoice, TorchEmbedder
    from desktop_rag.engines.pdf.word_list import KnownWords
    from desktop_rag.engines.store.chunk_table import Table

_LOOK_SECONDS = 0.1
_SPECIAL = 16  # tokens that are left to an embedder's own marks and prefixes


@dataclass(slots=True)
class _Open:
    """An index with its table, and the embedder once something has to be embedded."""

    index: Index
    choice: EmbedderChoice
    table: Table
    splitter: Splitter
    embedder: Future[TorchEmbedder] | None = None


class IndexingProcess:
    """Holds the index that was used last; one embedder is in memory at a time."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._current: _Open | None = None
        self._words: dict[str | None, KnownWords] = {}

    def handle(self, command: IndexingCommand, cancel: CancelToken) -> Answer:
        """Do what one command says; see `commands.indexing` and `commands.bundles`."""
        match command:
            case Split():
                return command.answer(self._split(command, cancel))
            case Embed():
                return command.answer(self._embed(command, cancel))
            case Remove():
                self._remove(command)
                return command.answer(())
            case Tidy(index=index):
                self._opened(index).table.tidy()
                return command.answer(())
            case Reconcile():
                return command.answer(self._reconciled(command, cancel))
            case LookInto() | ExportLibrary() | ImportLibrary():
                return self._carried(command, cancel)
            case _:
                assert_never(command)

    def _split(
        self, command: Split, cancel: CancelToken
    ) -> Iterator[Begun | NotRead | Textless | Stored]:
        opened = self._opened(command.index)
        if command.warm:
            self._loading(opened)
        unread: list[NotRead] = []
        sources = self._sources(command, unread)
        yield from opened.splitter.split(sources, opened.table, cancel)
        yield from unread

    def _sources(self, command: Split, unread: list[NotRead]) -> Iterator[ReadDocument]:
        for one in command.documents:
            read = page_store.load(self._paths.pages_folder, one.document)
            if read is None or self._outdated(command.index, one):
                unread.append(NotRead(one.document))
            else:
                renewed = page_store.unbound(self._paths.pages_folder, one.document)
                yield ReadDocument(
                    one.document, one.name, one.stem, *read, again=one.again, renewed=renewed
                )

    def _outdated(self, index: Index, one: DocumentToSplit) -> bool:
        """Whether a document is to be read again for an index that wants that."""
        if one.kept or index.reading < READING:
            return False
        return page_store.form(self._paths.pages_folder, one.document) < page_store.FORMAT

    def _embed(self, command: Embed, cancel: CancelToken) -> Iterator[Embedded]:
        opened = self._opened(command.index)

        def loaded() -> TorchEmbedder:
            loading = self._loading(opened)
            while not wait([loading], _LOOK_SECONDS).done:
                cancel.check()
            embedder = loading.result()
            embedder.use(command.threads)
            return embedder

        store = self._lent(opened, command.lender) if command.lender else opened.table
        yield from indexer.embed(command.documents, command.limit, store, loaded, cancel)

    def _lent(self, opened: _Open, lender: Index) -> ChunkStore:
        from desktop_rag.engines.store import borrowing, chunk_table

        folder, size = self._paths.vectors_folder, opened.choice.dimension
        return borrowing.Borrowing(
            opened.table, chunk_table.Table(folder, self._table_name(lender), size)
        )

    def _remove(self, command: Remove) -> None:
        for index in command.indexes:
            self._opened(index).table.remove(command.documents)
        page_store.remove(self._paths.pages_folder, command.documents)
        made_files.remove(self._paths.pages_folder, command.documents)
        converted_pdfs.remove(self._paths.converted_folder, command.documents)
        attached_files.remove(self._paths.attachments_folder, command.documents)

    def _reconciled(self, command: Reconcile, cancel: CancelToken) -> Iterator[Holdings]:
        """Drop what nobody knows, tables first: what is killed meanwhile begins anew."""
        from desktop_rag.engines.store import chunk_table

        keep = frozenset(command.keep)
        names = {self._table_name(index) for index in command.indexes}
        if not command.spares:
            chunk_table.drop_others(self._paths.vectors_folder, names)
        before = 0.0 if command.spares else command.before
        read = leftovers.retain(self._paths.pages_folder, keep, before)
        leftovers.retain(self._paths.converted_folder, keep, before)
        leftovers.retain(self._paths.attachments_folder, keep, before)
        pages = self._paths.pages_folder
        sound = set()
        for one in read:
            cancel.check()
            if _sound(pages, one, command.checked):
                sound.add(one)
        for index in command.indexes:
            held, mended = self._held(index, command, cancel)
            if not command.spares:
                unknown = [document for document in held if document not in keep]
                self._opened(index).table.remove(unknown)
            known = {document: counts for document, counts in held.items() if document in keep}
            yield Holdings(index.id, known, frozenset(sound), mended)

    def _held(
        self, index: Index, command: Reconcile, cancel: CancelToken
    ) -> tuple[dict[DocumentId, tuple[int, int]], bool]:
        """Return what an index holds, made again first where it has to be, and whether it was."""
        from desktop_rag.engines.store import salvage

        if not command.mends:
            try:
                return self._opened(index).table.holdings(), False
            except StoreDamaged:
                pass  # which is what this is for

        keep, spares = frozenset(command.keep), command.spares

        def whole(document: str, digest: str, text: str) -> bool:
            return (spares or document in keep) and digest == indexer.digest(
                indexer.embedded_form(text)
            )

        self._current = None
        name, dimension = self._table_name(index), self._choice(index).dimension
        salvage.mended(self._paths.vectors_folder, name, dimension, whole, cancel)
        return self._opened(index).table.holdings(), True

    def _carried(
        self, command: LookInto | ExportLibrary | ImportLibrary, cancel: CancelToken
    ) -> Answer:
        match command:
            case LookInto():
                return command.answer([bundles.look(command)])
            case ExportLibrary(index=index):
                return command.answer(self._bundles(index).export(command, cancel))
            case ImportLibrary(index=index):
                return command.answer(self._bundles(index).bring(command, cancel))
            case _:
                assert_never(command)

    def _bundles(self, index: Index) -> bundles.BundleStore:
        from desktop_rag.engines.store.rows import LAYOUT

        opened = self._opened(index)
        choice = opened.choice
        size = choice.dimension, index.chunk_tokens
        made = Made(choice.name, choice.weights, *size, LAYOUT, index.reading)
        return bundles.BundleStore(self._paths, opened.table, made)

    def _choice(self, index: Index) -> EmbedderChoice:
        from desktop_rag.engines.encoders import encoders

        return encoders.embedder_of(index.encoder)

    def _table_name(self, index: Index) -> str:
        from desktop_rag.engines.store import chunk_table

        choice = self._choice(index)
        return chunk_table.table_name(index.id, choice.name, choice.dimension)

    def _opened(self, index: Index) -> _Open:
        """Return an index ready to be used; another embedder leaves the memory first."""
        from desktop_rag.engines.encoders import encoders
        from desktop_rag.engines.store import analyzer, chunk_table

        if self._current is not None and self._current.index == index:
            return self._current
        self._current = None
        choice = encoders.embedder_of(index.encoder)
        name = chunk_table.table_name(index.id, choice.name, choice.dimension)
        self._current = _Open(
            index,
            choice,
            chunk_table.Table(self._paths.vectors_folder, name, choice.dimension),
            Splitter(
                tokenizer=encoders.FolderTokenizer(choice),
                language=analyzer.language,
                limit=min(index.chunk_tokens, choice.tokens - _SPECIAL),
                known=self._known,
            ),
        )
        return self._current

    def _known(self, language: str) -> Callable[[str], bool]:
        """Return what tells the words of a language; its list is read when the first is asked."""
        from desktop_rag.engines.pdf.word_list import LANGUAGES, KnownWords

        name = LANGUAGES.get(language)

        def known(word: str) -> bool:
            if name not in self._words:
                file = tessdata.available(self._paths).get(name or "")
                self._words = {name: KnownWords([file] if file else [])}  # one at a time
            return self._words[name].has(word)

        return known

    def _loading(self, opened: _Open) -> Future[TorchEmbedder]:
        """Load the embedder once, beside the splitting and storing of the first documents."""
        from desktop_rag.engines.encoders import encoders

        if opened.embedder is None:
            loader = ThreadPoolExecutor(1, thread_name_prefix="embedder")
            opened.embedder = loader.submit(encoders.document_embedder, opened.choice)
            loader.shutdown(wait=False)
        return opened.embedder


def _sound(pages: Path, document: DocumentId, since: float) -> bool:
    """Whether all that was read and made of a document is there, whole."""
    return page_store.sound(pages, document, since) and made_files.whole(pages, document, since)


def main(home: Path, gentle: bool, pipe: Pipe[IndexingCommand], mark: c_uint64) -> None:
    """Serve one owner of the data directory `home`, once nobody else writes to its store."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    offline.keep()
    logs.hush(Paths(home).logs_folder)

    from filelock import FileLock

    from desktop_rag.workers.pipe import host

    gc.set_threshold(*host.RARELY)
    if gentle:
        host.give_way()
    paths = Paths(home)
    with FileLock(paths.store_lock):
        host.serve(pipe, mark, host.prepared(lambda: IndexingProcess(paths).handle))
