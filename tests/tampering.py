"""A library of one document in a file, and its parts, so that somebody may tamper with them."""

import io
import zipfile
from pathlib import Path

import numpy as np

from desktop_rag.domain.bundles import Contents, DocumentRecord, FileRecord
from desktop_rag.domain.documents import Box, Chunk, DocumentId, Line, Outline, Page, Word
from desktop_rag.domain.indexes import Index
from desktop_rag.domain.ports import SplitDocument
from desktop_rag.engines.store import chunk_table
from desktop_rag.ingest import indexer
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.commands.bundles import ExportLibrary
from desktop_rag.workers.processes.indexing import IndexingProcess
from tests.fakes import NeverCancelled

ID = DocumentId("a" * 64)
INDEX = Index(1, None, 110)
TEXTS = ("The lighthouse burned whale oil.", "The keeper kept a record.")
Members = dict[str, bytes]


def table_of(paths: Paths) -> chunk_table.Table:
    name = chunk_table.table_name(1, "all-minilm-l6-v2", 384)
    return chunk_table.Table(paths.vectors_folder, name, 384)


def exported(folder: Path) -> Path:
    """Return a library of one document, as the program exports it."""
    paths = open_home(folder / "home")
    words = tuple(Word(word, Box(0.1, 0.1, 0.2, 0.2)) for word in TEXTS[0].split())
    page = Page(0, "1", 595.0, 842.0, (Line(0, 10.0, False, words),))
    list(page_store.save(paths.pages_folder, ID, Outline("A", 1), [page]))
    table = table_of(paths)
    chunks = [Chunk(ID, number, 0, "1", "A", text) for number, text in enumerate(TEXTS)]
    digests = [indexer.digest(indexer.embedded_form(text)) for text in TEXTS]
    table.add([SplitDocument(ID, chunks, digests)])
    vectors = np.eye(2, 384, dtype=np.float32)
    table.fill([(ID, 0), (ID, 1)], list(vectors))
    file = FileRecord("/data/a.pdf", 1, 2, 3)
    record = DocumentRecord(ID, "A", 1, "en", 2, "ready", None, None, (file,))
    target = folder / "good.ragx"
    command = ExportLibrary(target, Contents("Tesis", (record,), ()), INDEX)
    list(IndexingProcess(paths).handle(command, NeverCancelled()))
    return target


def members_of(path: Path) -> Members:
    return members_of_bytes(path.read_bytes())


def members_of_bytes(data: bytes) -> Members:
    """Return the parts of a ZIP file, none of what is none."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def written(path: Path, members: Members, kind: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def packed(members: Members) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return sink.getvalue()
