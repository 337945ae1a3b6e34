from dataclasses import dataclass, field, replace

import pytest

from desktop_rag.domain.amounts import without_amounts
from desktop_rag.domain.documents import DocumentId, Layer, Outline, Page
from desktop_rag.domain.errors import (
    DiskFull,
    DocumentBlank,
    DocumentUnexplained,
    DocumentWithoutText,
)
from desktop_rag.domain.ports import Cancelled
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.domain.references import Origin, ReferenceField
from desktop_rag.ingest.indexer import (
    Begun,
    ReadDocument,
    Splitter,
    Textless,
    digest,
    embed,
    embedded_form,
)
from tests.fakes import (
    CancelAfter,
    FakeEmbedder,
    FakeStore,
    FakeTokenizer,
    NeverCancelled,
    direction_of,
    line,
    lines,
    page,
    table,
)

TITLE, LANGUAGE = ReferenceField.TITLE, ReferenceField.LANGUAGE
A, B = DocumentId("a" * 64), DocumentId("b" * 64)
TEXTS = [
    "One ship came in. Another left at noon.",
    "A third one sank. Nobody saw it go.",
    "The harbour closed. It was winter.",
    "One ship came in. Another left at noon.",
]
CHUNKS, DISTINCT, BATCH = 8, 6, 3


def source(document=A, texts=TEXTS, title: str = "The Book of Harbours") -> ReadDocument:
    pages = [page(lines([text]), number) for number, text in enumerate(texts)]
    return ReadDocument(document, "book.pdf", "book", Outline(title, len(pages)), pages)


@dataclass
class Indexer:
    """An indexer with all that it works with."""

    limit: int = 4
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = FakeStore(self.log)
        self.embedder = FakeEmbedder(self.log)
        self.language = lambda _: "en"

    def index(self, *sources: ReadDocument, cancel=None) -> list[object]:
        return list(self.steps(*sources, cancel=cancel))

    def steps(self, *sources: ReadDocument, cancel=None):
        """Split documents, and embed a few chunks at a time until none is left."""
        cancel = cancel or NeverCancelled()
        splitter = Splitter(FakeTokenizer(), self.language, self.limit)
        left: dict[DocumentId, int] = {}
        for step in splitter.split(sources, self.store, cancel):
            yield step
            if isinstance(step, Stored):
                left[step.document] = step.chunks - step.embedded
        while any(left.values()):
            wanted = [document for document, count in left.items() if count]
            for step in embed(wanted, BATCH, self.store, self._loaded, cancel):
                yield step
                left[step.document] = step.left

    def _loaded(self) -> FakeEmbedder:
        self.log.append("load")
        return self.embedder

    def vectors(self, document=A) -> list:
        return [self.store.filled.get((document, at)) for at in range(self.chunks(document))]

    def chunks(self, document=A) -> int:
        return len(self.store.chunks.get(document, []))


@pytest.fixture
def indexer() -> Indexer:
    return Indexer()


def test_text_is_stored_before_anything_is_loaded_or_embedded(indexer) -> None:
    steps = indexer.steps(source())
    assert indexer.log == []
    assert next(steps) == Begun(A)
    said = (LANGUAGE, Origin.TEXT, "en"), (TITLE, Origin.PROPERTIES, "The Book of Harbours")
    stored = Stored(A, "The Book of Harbours", "en", CHUNKS, 0, len(TEXTS), said=said)
    assert next(steps) == stored
    assert indexer.log == ["add"]
    assert indexer.chunks() == CHUNKS
    list(steps)
    assert indexer.log == ["add", *["load", "embed", "fill"] * (CHUNKS // BATCH), "fill"]


def test_the_text_of_several_documents_is_stored_in_one_go(indexer) -> None:
    steps = indexer.index(source(), source(B, ["Something new was said."]))
    kinds = [type(step) for step in steps if not isinstance(step, Embedded)]
    assert kinds == [Begun, Begun, Stored, Stored]
    assert indexer.log.count("add") == 1
    assert None not in indexer.vectors(A) + indexer.vectors(B)


def test_every_chunk_gets_its_own_vector(indexer) -> None:
    indexer.index(source())
    forms = [embedded_form(chunk.text) for chunk in indexer.store.chunks[A]]
    assert indexer.vectors() == [direction_of(form) for form in forms]
    assert indexer.store.digests[A] == [digest(form) for form in forms]


def test_progress_ends_with_nothing_left(indexer) -> None:
    _, _, *embedded = indexer.index(source())
    assert embedded == [Embedded(A, left) for left in (5, 2, 0)]


def test_a_step_is_reported_when_it_is_done(indexer) -> None:
    for step in indexer.steps(source()):
        if isinstance(step, Embedded):
            assert indexer.vectors().count(None) == step.left


def test_cancelling_at_once_leaves_the_store_alone(indexer) -> None:
    with pytest.raises(Cancelled):
        indexer.index(source(), cancel=CancelAfter(0))
    assert indexer.log == []


def test_what_was_embedded_before_it_was_cancelled_is_kept(indexer) -> None:
    for _ in range(20):
        try:
            indexer.index(source(), cancel=CancelAfter(3))
        except Cancelled:
            continue
        break
    assert None not in indexer.vectors()
    assert len(indexer.embedder.texts) == DISTINCT


def test_what_ends_the_process_leaves_the_text_to_be_found(indexer) -> None:
    steps = indexer.steps(source())
    for _ in range(3):
        next(steps)
    steps.close()
    assert indexer.chunks() == CHUNKS
    indexer.index(source())
    assert len(indexer.embedder.texts) == DISTINCT


def test_identical_text_is_embedded_once_within_a_document(indexer) -> None:
    indexer.index(source())
    assert len(indexer.embedder.texts) == len(set(indexer.embedder.texts)) == DISTINCT
    first, *_, last = indexer.store.chunks[A]
    assert indexer.vectors()[0] == indexer.vectors()[-2]
    assert first.page != last.page


def test_identical_text_is_embedded_once_for_all_documents(indexer) -> None:
    indexer.index(source())
    indexer.log.clear()
    indexer.index(source(B))
    assert set(indexer.log) == {"add", "fill"}  # not even loaded
    assert indexer.vectors(B) == indexer.vectors(A)
    indexer.index(source(DocumentId("c"), [*TEXTS, "Something new was said."]))
    assert len(indexer.embedder.texts) == DISTINCT + 1


def test_the_same_text_under_another_title_is_embedded_once(indexer) -> None:
    indexer.index(source())
    indexer.index(source(B, title="Annual report"))
    assert len(indexer.embedder.texts) == DISTINCT


def test_adding_again_changes_nothing(indexer) -> None:
    indexer.index(source())
    before = (dict(indexer.store.filled), dict(indexer.store.chunks), dict(indexer.store.digests))
    begun, stored = indexer.index(source())
    assert (begun, stored.embedded) == (Begun(A), CHUNKS)
    assert (indexer.store.filled, indexer.store.chunks, indexer.store.digests) == before
    assert len(indexer.embedder.texts) == DISTINCT


def test_other_chunks_take_the_place_of_the_old_ones(indexer) -> None:
    indexer.index(source())
    indexer.limit = 100
    indexer.index(source())
    assert indexer.chunks() == len(TEXTS)
    assert None not in indexer.vectors()
    assert len(indexer.store.filled) == len(TEXTS)


@pytest.mark.parametrize(
    ("pages", "error"),
    [
        ([page([], 0, picture=True), page([], 1)], DocumentWithoutText),
        ([page([], 0), page([], 1, picture=True)], DocumentWithoutText),
        ([page([], 0), page([], 1)], DocumentBlank),
        ([page([line(".....", 0.5)], 0)], DocumentBlank),
        ([Page(0, "1", 0.0, 0.0)], DocumentBlank),
        ([], DocumentBlank),
    ],
)
def test_a_document_without_text_is_refused_by_name(indexer, pages, error) -> None:
    begun, textless = indexer.index(replace(source(), pages=pages))
    assert begun == Begun(A)
    assert isinstance(textless, Textless)
    assert isinstance(textless.error, error)
    assert textless.error.name == "book.pdf"
    assert indexer.log == []


def test_words_that_are_cut_are_looked_up_in_the_language_of_the_document() -> None:
    asked = []

    def known(language: str):
        asked.append(language)
        return {"lamp", "oil"}.__contains__

    store = FakeStore()
    splitter = Splitter(FakeTokenizer(), lambda _: "de", 100, known)
    made = replace(source(), pages=[page(lines(["The keeper buys lamp-", "oil."]))])
    list(splitter.split([made], store, NeverCancelled()))
    assert asked == ["de"]
    assert store.chunks[A][0].text == "The keeper buys lamp-oil."


def test_a_document_that_cannot_be_split_does_not_fail_the_others(indexer, caplog) -> None:
    def language(text: str) -> str:
        if "sank" in text:
            raise ValueError(text)
        return "en"

    indexer.language = language
    found = indexer.index(source(), source(B, ["Something new was said."]))
    kinds = [type(step) for step in found if not isinstance(step, Embedded)]
    assert kinds == [Begun, Textless, Begun, Stored]
    assert isinstance(found[1].error, DocumentUnexplained)
    assert (found[1].error.name, list(indexer.store.chunks)) == ("book.pdf", [B])
    assert A in caplog.text
    assert "sank" not in caplog.text


@pytest.mark.parametrize("lack", [MemoryError(), DiskFull("/data")])
def test_what_the_machine_lacks_is_not_the_fault_of_a_document(indexer, lack) -> None:
    def language(text: str) -> str:
        raise lack

    indexer.language = language
    with pytest.raises(type(lack)):
        indexer.index(source())


def test_pages_that_wait_for_recognition_are_told(indexer) -> None:
    scan = replace(page([], 0, picture=True), unread=True)
    _, textless = indexer.index(replace(source(), pages=[scan]))
    assert textless.unread == (0,)
    mixed = [scan, page(lines(TEXTS[:1]), 1), replace(page(lines(TEXTS[1:2]), 2), quality=0.5)]
    _, stored, *_ = indexer.index(replace(source(), pages=mixed))
    assert (stored.unread, stored.quality, stored.pages) == ((0,), 0.5, 3)
    assert [chunk.recognized for chunk in indexer.store.chunks[A]] == [False, False, True, True]


def test_pages_that_were_recognized_wait_only_where_that_is_done_again() -> None:
    scan = replace(page([], 0, picture=True), unread=True)
    read = [page(lines(TEXTS[:1]), 1), replace(page(lines(TEXTS[1:2]), 2), quality=0.5)]
    once = replace(source(), pages=[scan, *read])
    assert once.unread == (0,)
    assert replace(once, again=True).unread == (0, 2)


def test_pages_are_cleaned_first(indexer) -> None:
    pages = [
        page([line("A running head", 0.05), *lines([text])], n) for n, text in enumerate(TEXTS)
    ]
    indexer.index(replace(source(), pages=pages))
    with_it = [chunk for chunk in indexer.store.chunks[A] if "running" in chunk.text]
    assert [chunk.layer for chunk in with_it] == [Layer.FURNITURE]


def test_a_document_is_in_the_language_of_most_of_it(indexer) -> None:
    indexer.language = lambda text: "es" if text.count("barco") > 1 else "en"
    _, stored, *_ = indexer.index(source(texts=["El barco vino. Otro barco no."] * 3))
    assert stored.language == "es"
    assert {chunk.language for chunk in indexer.store.chunks[A]} == {"es"}  # too short to tell


def test_a_long_passage_may_be_in_a_language_of_its_own(indexer) -> None:
    indexer.limit = 1000
    indexer.language = lambda text: "es" if text.count("barco") * 2 > len(text.split()) else "en"
    indexer.index(source(texts=["ship " * 90 + ".", "barco " * 90]))
    assert [chunk.language for chunk in indexer.store.chunks[A]] == ["en", "es"]


def test_a_single_passage_of_a_long_document_is_in_no_language_of_its_own(indexer) -> None:
    indexer.limit = 1000
    indexer.language = lambda text: "es" if text.count("barco") * 2 > len(text.split()) else "en"
    indexer.index(source(texts=["ship " * 90 + "."] * 20 + ["barco " * 90]))
    assert {chunk.language for chunk in indexer.store.chunks[A]} == {"en"}


def test_amounts_are_stored_and_not_embedded(indexer) -> None:
    indexer.limit = 100
    rows = [["Item", "2018"], ["Net sales", "1,526,762"], ["Costs", "$ (3.1%)"]]
    indexer.index(replace(source(), pages=[page(table(rows))]))
    (chunk,) = indexer.store.chunks[A]
    (form,) = indexer.embedder.texts
    assert "1,526,762" in chunk.text
    assert form == "Item 2018 Net sales Costs"


def test_a_page_of_nothing_but_amounts_is_embedded_as_it_is(indexer) -> None:
    indexer.limit = 100
    indexer.index(source(texts=["1,526 2,011"]))
    assert indexer.embedder.texts == ["1,526 2,011"]


@pytest.mark.parametrize(
    "text", ["", "a 12 b", "12", "Net sales 2018\t$\t1,526,762", "Q3 10-K 5th"]
)
def test_leaving_out_amounts_twice_leaves_out_no_more(text: str) -> None:
    once = without_amounts(text)
    assert without_amounts(once) == once
    assert set(once.split()) <= set(text.split())


def test_a_digest_names_a_text_and_no_other() -> None:
    names = [digest(text) for text in ("", "a", "b", "a ", "á", "ab")]
    assert len(set(names)) == len(names)
    assert all(len(name) == 32 and int(name, 16) >= 0 for name in names)
