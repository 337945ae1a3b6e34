"""What a reader gives of all chunks at once, from a real LanceDB."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop_rag.answer.needles import finder_of, near_to
from desktop_rag.answer.word_forms import even
from desktop_rag.domain.documents import Box, Chunk, DocumentId, Layer, PlacedWord
from desktop_rag.domain.occurrences import Needle, Net
from desktop_rag.domain.ports import SplitDocument
from desktop_rag.engines.store import analyzer
from desktop_rag.engines.store.chunk_reader import ChunkReader
from desktop_rag.engines.store.chunk_table import Table
from desktop_rag.ingest.indexer import digest

WIDTH = 8
A, B = (DocumentId(letter * 64) for letter in "ab")
TEXTS = (
    "The harbour's lamp: O'Brien lit it at 5.",
    "La Bahía está cerrada.",
    "We met at low",
    "tide, and left.",
    "bahias, LAMPS and C++ (net).",
)


def placed(text: str) -> tuple[PlacedWord, ...]:
    """The words of a text, one below the other; every third is on the next page."""
    words: list[PlacedWord] = []
    for at, word in enumerate(text.split()):
        start = text.index(word, words[-1].end if words else 0)
        box = Box(0.1, at / 100, 0.2, at / 100 + 0.01)
        words.append(PlacedWord(start, start + len(word), box, int(at % 3 == 2)))
    return tuple(words)


def chunks(document: DocumentId, texts: Sequence[str], header: str) -> list[Chunk]:
    return [
        Chunk(document, at, at, str(at + 1), header, text, "en", placed(text))
        for at, text in enumerate(texts)
    ]


@pytest.fixture
def reader(tmp_path: Path) -> ChunkReader:
    table = Table(tmp_path, "tester", WIDTH)
    for document, header in ((B, "Piers"), (A, "The Lighthouse › Lamps")):
        own = chunks(document, TEXTS, header)
        table.add([SplitDocument(document, own, [digest(one.text) for one in own])])
    reading = ChunkReader(tmp_path, "tester", WIDTH)
    reading.refresh()
    return reading


def ordinals(reader: ChunkReader, net: Net, scope: Sequence[DocumentId] | None = (A,)) -> list[int]:
    return [one.ordinal for one in reader.written(net, scope)]


def net_of(text: str, *, literal: bool = True) -> Net:
    finder = finder_of(Needle(text, literal), ("en", "es"), analyzer)
    assert finder is not None
    return finder.net


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bahía", [1, 4]),
        ("BAHIA", [1, 4]),
        ("lamp", [0, 4]),
        ("o'brien", [0]),
        ("C++ (net)", [4]),
        ("low tide", [2, 3]),
        ("harbour lamp", [0]),
        ("we left", []),
    ],
)
def test_a_net_takes_what_may_have_the_words_and_the_sides_of_a_phrase(reader, text, found) -> None:
    assert ordinals(reader, net_of(text)) == found


def test_a_net_takes_every_form_of_a_word(reader) -> None:
    assert ordinals(reader, net_of("bahías", literal=False)) == [1, 4]
    assert ordinals(reader, net_of("lamp", literal=False)) == [0, 4]


def test_a_net_for_a_word_one_letter_off_takes_those_that_have_it(reader) -> None:
    assert ordinals(reader, near_to("harbor")) == [0]
    assert ordinals(reader, near_to("hrabour")) == [0]
    assert ordinals(reader, near_to("cerradas")) == [1]


def test_a_phrase_of_very_many_and_very_long_words_is_looked_for(reader) -> None:
    phrase = " ".join(f"quay{at}" for at in range(3_000)) + " " + "z" * 100_000
    assert ordinals(reader, net_of(phrase)) == []
    assert ordinals(reader, net_of("We met at low tide, and " + "left. " * 500)) == [2, 3]
    assert ordinals(reader, near_to("electroencefalografistas")) == []


def test_an_expression_may_have_quotes(reader) -> None:
    assert ordinals(reader, Net(("o'brien", "[']s"))) == [0]


def test_documents_come_one_after_the_other_and_only_those_of_the_scope(reader) -> None:
    found = reader.written(net_of("tide"), None)
    assert [(one.document, one.ordinal) for one in found] == [(A, 3), (B, 3)]
    assert ordinals(reader, net_of("tide"), ()) == []


def test_the_edges_of_a_net_keep_to_the_scope(reader) -> None:
    assert {one.document for one in reader.written(net_of("low tide"), (B,))} == {B}


def test_words_may_stand_in_the_header_where_that_is_wanted(reader) -> None:
    net = Net(net_of("lighthouse").needed, headed=True)
    assert ordinals(reader, net, None) == [0, 1, 2, 3, 4]
    assert ordinals(reader, Net(net.needed), None) == []


@pytest.mark.parametrize("span", [(0, 3), (4, 16), (8, 9), (14, 40), (39, 40), (0, 0)])
def test_the_words_of_a_span_are_those_of_the_whole_chunk(reader, span) -> None:
    (one,) = reader.written(net_of("harbour"), (A,))
    whole = reader.hits([(A, 0)])[A, 0]
    start, end = span
    assert one.words(*span) == tuple(w for w in whole.words if w.start < end and w.end > start)
    assert (one.text, one.header, one.layer) == (whole.text, whole.header, Layer.BODY)
    assert one.placed


def test_every_text_that_a_needle_is_in_is_taken_by_its_net(reader) -> None:
    every = reader.written(Net(("",)), None)
    for text in ("low", "bahía", "5", "lamp: O'Brien", "lit it", "está cerrada"):
        finder = finder_of(Needle(text, literal=True), ("en", "es"), analyzer)
        having = {
            (one.document, one.ordinal)
            for one in every
            if any(True for _ in finder.spans(even(one.text), one.language))
        }
        taken = {(one.document, one.ordinal) for one in reader.written(finder.net, None)}
        assert having
        assert having <= taken
