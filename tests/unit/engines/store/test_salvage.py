"""A damaged table, and what is made of it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desktop_rag.domain.documents import Chunk, DocumentId
from desktop_rag.domain.errors import StoreDamaged
from desktop_rag.domain.ports import Cancelled, SplitDocument
from desktop_rag.engines.store import salvage
from desktop_rag.engines.store.chunk_reader import ChunkReader
from desktop_rag.engines.store.chunk_table import Table
from desktop_rag.ingest.indexer import digest
from tests.fakes import CancelAfter, NeverCancelled, direction_of

NAME = "tester"
NEVER = NeverCancelled()
A, B, C = (DocumentId(letter * 64) for letter in "abc")


def whole(_document: str, name: str, text: str) -> bool:
    return name == digest(text)


def text_of(document: DocumentId, at: int) -> str:
    return f"harbour {document[:1]} {at}"


@pytest.fixture
def table(tmp_path) -> Path:
    """The folder of a table of three documents, written one after the other."""
    made = Table(tmp_path, NAME, 2)
    for document in (A, B, C):
        texts = [text_of(document, at) for at in range(40)]
        chunks = [Chunk(document, at, 0, "1", "The Sea", text) for at, text in enumerate(texts)]
        made.add([SplitDocument(document, chunks, [digest(text) for text in texts])])
        made.fill([(document, at) for at in range(40)], [direction_of(text) for text in texts])
    return tmp_path / f"{NAME}.lance"


def manifests(table: Path) -> list[Path]:
    return sorted((table / "_versions").glob("*.manifest"))


def held(table: Path) -> dict[DocumentId, tuple[int, int]]:
    return ChunkReader(table.parent, NAME, 2).holdings()


def test_a_table_whose_last_manifest_is_empty_is_damaged_and_goes_back_to_the_one_before(
    table,
) -> None:
    manifests(table)[0].write_bytes(b"")
    with pytest.raises(StoreDamaged):
        held(table)
    salvage.mended(table.parent, NAME, 2, whole, NEVER)
    assert held(table) == {A: (40, 40), B: (40, 40), C: (40, 0)}  # its vectors came last


def test_a_table_without_a_manifest_that_opens_is_made_anew(table) -> None:
    for manifest in manifests(table):
        manifest.write_bytes(b"noise")
    salvage.mended(table.parent, NAME, 2, whole, NEVER)
    assert held(table) == {}
    assert [one.name for one in table.parent.iterdir()] == [table.name]


def test_what_is_in_other_data_files_is_kept_with_its_vectors(table, monkeypatch) -> None:
    monkeypatch.setattr(salvage, "_LEAST", 1)
    lost = max((table / "data").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    lost.write_bytes(b"")
    with pytest.raises(StoreDamaged):
        held(table)
    salvage.mended(table.parent, NAME, 2, whole, NEVER)
    found = held(table)
    assert found[A] == found[B] == (40, 40)
    assert found.get(C, (0, 0)) < (40, 40)
    near = ChunkReader(table.parent, NAME, 2).by_vector(direction_of(text_of(B, 7)), [B], 1)
    assert near[next(iter(near))] == pytest.approx(1.0, abs=1e-5)


def test_rows_that_are_not_what_they_say_are_left_out(table) -> None:
    Table(table.parent, NAME, 2).fill([(A, 3)], [[3.0, 4.0]])  # no direction
    salvage.mended(table.parent, NAME, 2, lambda document, _name, _text: document != B, NEVER)
    assert held(table) == {A: (39, 39), C: (40, 40)}


def test_a_table_that_is_whole_stays_as_it_is_but_for_its_indexes(table) -> None:
    reader: Callable[[], ChunkReader] = lambda: ChunkReader(table.parent, NAME, 2)  # noqa: E731
    Table(table.parent, NAME, 2).tidy()
    before = reader()._table.to_arrow().sort_by("key")
    salvage.mended(table.parent, NAME, 2, whole, NEVER)
    after = reader()._table.to_arrow().sort_by("key")
    assert after.select(before.column_names).equals(before)
    assert np.ndim(after["vector"][0].as_py()) == 1


def test_an_index_that_is_damaged_is_made_anew(table) -> None:
    Table(table.parent, NAME, 2).tidy()
    for file in table.glob("_indices/*/part_0_tokens.lance"):
        file.write_bytes(b"noise")
    with pytest.raises(StoreDamaged):
        ChunkReader(table.parent, NAME, 2).by_keyword(["harbour"], None, 5)
    salvage.mended(table.parent, NAME, 2, whole, NEVER)
    assert len(ChunkReader(table.parent, NAME, 2).by_keyword(["harbour"], None, 5)) == 5


def test_what_was_left_by_a_mending_that_broke_off_is_in_nobodys_way(table) -> None:
    for name in ("mended", "damaged"):
        left = table.with_name(f"{name}-{table.name}")
        left.mkdir()
        (left / "rest").write_text("of it")
    salvage.mended(table.parent, NAME, 2, whole, NEVER)
    assert held(table)[C] == (40, 40)
    assert [one.name for one in table.parent.iterdir()] == [table.name]


@pytest.fixture
def tries(monkeypatch) -> list[tuple[int, int]]:
    """Which rows were tried to be read."""
    tried: list[tuple[int, int]] = []
    read = ChunkReader.slice

    def slice_(table: ChunkReader, start: int, end: int) -> object:
        tried.append((start, end))
        return read(table, start, end)

    monkeypatch.setattr(ChunkReader, "slice", slice_)
    return tried


def test_a_fragment_that_does_not_open_is_given_up_at_once(table, tries) -> None:
    fragments = len(ChunkReader(table.parent, NAME, 2).fragments())
    for file in (table / "data").iterdir():
        file.write_bytes(b"")
    salvage.mended(table.parent, NAME, 2, whole, NEVER)
    assert held(table) == {}
    assert fragments == 3
    assert len(tries) == 3 * fragments


def test_mending_can_be_broken_off_and_leaves_the_table_as_it_was(table) -> None:
    before = held(table)
    with pytest.raises(Cancelled):
        salvage.mended(table.parent, NAME, 2, whole, CancelAfter(3))
    assert held(table) == before
    salvage.mended(table.parent, NAME, 2, whole, NEVER)
    assert held(table) == before
