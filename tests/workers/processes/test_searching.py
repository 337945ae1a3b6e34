"""The searching process while its embedder loads."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from desktop_rag.domain.answers import Ground, SentenceVerdict
from desktop_rag.domain.documents import Chunk, DocumentId, FileFact
from desktop_rag.domain.errors import EmbedderDamaged, EncoderUnusable, StoreIncomplete
from desktop_rag.domain.indexes import Index, Searched
from desktop_rag.domain.models import Encoder
from desktop_rag.domain.occurrences import Census, Counted, Needle
from desktop_rag.domain.passages import Evidence, Hit, Passage
from desktop_rag.domain.ports import Cancelled, CancelToken, Judgement, SplitDocument, Vector
from desktop_rag.domain.progress import Stored
from desktop_rag.engines.encoders import encoders, entailment
from desktop_rag.engines.store import chunk_table
from desktop_rag.ingest.indexer import digest
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.documents import DocumentState
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.commands.searching import (
    CountEverywhere,
    ListPassages,
    Pick,
    Search,
    SearchDone,
    VerifyAnswer,
    Warm,
)
from desktop_rag.workers.processes.searching import SearchingProcess
from tests.fakes import CancelAfter, FakeEmbedder, FakeEntailment, NeverCancelled

DIMENSION = 384
PATIENCE_SECONDS = 5.0  # only failures ever wait this long


def loaded(*_given: object, **_named: object) -> FakeEmbedder:
    return FakeEmbedder(dimension=DIMENSION)


@pytest.fixture
def released(monkeypatch) -> threading.Event:
    """Have the embedder load until this is set, and then fail."""
    event = threading.Event()

    def loading(*_given: object, **_named: object) -> None:
        event.wait(60)
        raise EmbedderDamaged("weights")

    monkeypatch.setattr(encoders, "TorchEmbedder", loading)
    return event


@pytest.fixture
def searching(tmp_path, released) -> Iterator[SearchingProcess]:
    paths = open_home(tmp_path / "data")
    with closing(open_database(paths.database)) as db:
        libraries.ensure(db, "Thesis")
    made = SearchingProcess(paths, 100, Searched(Index(1, None, 110)))
    yield made
    released.set()
    made._pool.shutdown()


def test_keywords_are_found_while_the_embedder_loads(searching, released) -> None:
    assert list(searching.handle(Warm(), NeverCancelled())) == []
    quick = Search("whale oil", "Thesis", keywords_only=True)
    (done,) = searching.handle(quick, NeverCancelled())
    assert isinstance(done, SearchDone)
    assert not released.is_set()


def test_who_waits_for_the_embedder_can_be_told_to_stop(searching, released) -> None:
    with pytest.raises(Cancelled):
        list(searching.handle(Search("whale oil", "Thesis"), CancelAfter(3)))
    assert not released.is_set()


def test_an_embedder_that_did_not_load_is_tried_again(searching, released, monkeypatch) -> None:
    released.set()
    (first,) = searching.handle(Search("whale oil", "Thesis"), NeverCancelled())
    assert isinstance(first.lacking, EmbedderDamaged)
    monkeypatch.setattr(encoders, "TorchEmbedder", loaded)
    (again,) = searching.handle(Search("whale oil", "Thesis"), NeverCancelled())
    assert again.lacking is None


def test_where_the_embedder_is_damaged_words_are_found_all_the_same(searching, released) -> None:
    released.set()
    asked: list[str] = []
    searching._table.by_keyword = lambda words, *_: asked.extend(words) or {}
    (done,) = searching.handle(Search("whale oil", "Thesis"), NeverCancelled())
    assert {"whale", "oil"} <= set(asked)
    assert done.lacking.args == ("weights",)
    hit = Hit(DocumentId("d"), 0, 0, "1", "", "Lamps burned whale oil. Cats sleep.", (), 1.0)
    pick = Pick("whale oil", "en", (Passage(1, hit),))
    (picked,) = searching.handle(pick, NeverCancelled())
    assert picked.sentences[0].start == 0
    written = "Lamps burned whale oil. [1] Lamps burned coal."
    verify = VerifyAnswer("whale oil", written, "en", (Passage(1, hit),), picked)
    (verified,) = searching.handle(verify, NeverCancelled())
    assert [one.verdict.value for one in verified.checks] == ["supported", "partly"]
    assert [written[one.start : one.end] for one in verified.checks] == [
        "Lamps burned whale oil. [1]",
        "Lamps burned coal.",
    ]


def test_an_answer_is_checked_as_it_grows_and_forgotten_at_its_end(searching, released) -> None:
    released.set()
    hit = Hit(DocumentId("d"), 0, 0, "1", "", "Lamps burned 5 kg of oil. Cats sleep.", (), 1.0)
    begun = VerifyAnswer(
        "oil", "Lamps burned 9 kg. Cats", "en", (Passage(1, hit),), Evidence(), ended=False
    )
    (early,) = searching.handle(begun, NeverCancelled())
    assert [one.sentence for one in early.checks] == ["Lamps burned 9 kg."]
    _, growing = searching._growing
    more = replace(begun, written="Lamps burned 9 kg. Cats sleep.", ended=True)
    (whole,) = searching.handle(more, NeverCancelled())
    assert whole.checks[0] == early.checks[0]
    assert len(growing._known) == 2
    assert searching._growing is None
    searching.handle(begun, NeverCancelled())
    other = replace(begun, passages=(Passage(1, replace(hit, text="Lamps burned 9 kg.")),))
    (renewed,) = searching.handle(other, NeverCancelled())
    assert renewed.checks[0].verdict is SentenceVerdict.SUPPORTED


def test_everything_that_is_said_of_something_is_counted_in_its_documents(
    searching, tmp_path
) -> None:
    paths = Paths(tmp_path / "data")
    texts = {"a" * 64: ["Whale oil burned.", "No oil."], "b" * 64: ["Two whales."]}
    table = chunk_table.Table(paths.vectors_folder, *searching._located(Index(1, None, 110)))
    with closing(open_database(paths.database)) as db:
        library = libraries.ensure(db, "Thesis")
        for name, said in texts.items():
            id_ = DocumentId(name)
            chunks = [Chunk(id_, at, at, str(at), "", text, "en") for at, text in enumerate(said)]
            table.add([SplitDocument(id_, chunks, [digest(one.text) for one in chunks])])
            fact = FileFact(Path(f"/{name[:1]}.pdf"), 1, 2, 3)
            documents.add_files(db, library, [fact])
            documents.identify(db, fact.path, fact, id_)
            documents.describe(db, Stored(id_, "Lamps", "en", 1, len(said), 1))
            documents.set_state(db, id_, DocumentState.READY)
    census = Census(Counted.DOCUMENTS, (Needle("whale"),))
    wanted = CountEverywhere(census, "which documents mention whales?", "Thesis")
    (came,) = searching.handle(wanted, NeverCancelled())
    assert [(one.title, one.hits, one.pages) for one in came.documents] == [
        ("a", 1, ("0",)),  # two of one title are told apart by their files
        ("b", 1, ("0",)),
    ]
    assert (came.total, came.looked_documents, came.looked_passages) == (2, 2, 3)
    assert came.language == "en"
    (own,) = searching.handle(replace(wanted, document=Path("/b.pdf")), NeverCancelled())
    assert (own.total, own.looked_passages) == (1, 1)
    with pytest.raises(Cancelled):
        list(searching.handle(wanted, CancelAfter(1)))


GONE = Index(2, Encoder("Ana E5", Path(), "abcdef0123456789", frozenset({"es"})), 110)


def test_an_index_whose_embedder_is_gone_is_still_searched_by_its_words(tmp_path) -> None:
    paths = open_home(tmp_path / "data")
    with closing(open_database(paths.database)) as db:
        libraries.ensure(db, "Thesis")
    with pytest.raises(EncoderUnusable):  # nothing was ever indexed with it
        SearchingProcess(paths, 100, Searched(GONE))
    chunk_table.Table(paths.vectors_folder, "chunks-1-ana-e5-abcdef0123-32-2", 32)
    made = SearchingProcess(paths, 100, Searched(GONE))
    (done,) = made.handle(Search("whale oil", "Thesis"), NeverCancelled())
    assert done.lacking.args == ("Ana E5", "")
    (quick,) = made.handle(Search("whale oil", "Thesis", keywords_only=True), NeverCancelled())
    assert quick.lacking is None
    made._pool.shutdown()


def test_keywords_are_looked_up_while_the_question_is_embedded(searching, monkeypatch) -> None:
    looked_up, embedded = threading.Event(), threading.Event()

    def by_keyword(*_given: object) -> dict[int, float]:
        looked_up.set()
        assert embedded.wait(PATIENCE_SECONDS)
        return {}

    class Embedder(FakeEmbedder):
        def embed_question(self, text: str) -> Vector:
            assert looked_up.wait(PATIENCE_SECONDS)
            embedded.set()
            return super().embed_question(text)

    monkeypatch.setattr(searching._table, "by_keyword", by_keyword)
    monkeypatch.setattr(encoders, "TorchEmbedder", lambda *_, **__: Embedder(dimension=DIMENSION))
    (done,) = searching.handle(Search("whale oil", "Thesis"), NeverCancelled())
    assert done.hits == ()


def test_who_cancels_between_lookups_leaves_none_of_them_running(searching, monkeypatch) -> None:
    cancelled = threading.Event()
    ended: list[bool] = []

    def by_keyword(*_given: object) -> dict[int, float]:
        ended.append(cancelled.wait(PATIENCE_SECONDS))
        return {}

    class Cancel(CancelAfter):
        def check(self) -> None:
            try:
                super().check()
            except Cancelled:
                cancelled.set()
                raise

    monkeypatch.setattr(searching._table, "by_keyword", by_keyword)
    quick = Search("whale oil", "Thesis", keywords_only=True)
    with pytest.raises(Cancelled):
        list(searching.handle(quick, Cancel(2)))
    assert ended == [True]


HIT = Hit(DocumentId("d"), 0, 0, "1", "", "Barker lit the lamp. Cats sleep.", (), 1.0)
VERIFY = VerifyAnswer(
    "Who lit it?", "Barker lit a lamp at dusk.", "en", (Passage(1, HIT),), Evidence()
)
NLI = Encoder("nli", Path("/models/nli"), "ab", frozenset({"en"}))


@pytest.fixture
def checking(tmp_path, monkeypatch) -> Iterator[SearchingProcess]:
    """A process that is to check answers with an entailment model."""
    paths = open_home(tmp_path / "data")
    with closing(open_database(paths.database)) as db:
        libraries.ensure(db, "Thesis")
    monkeypatch.setattr(encoders, "TorchEmbedder", loaded)
    made = SearchingProcess(paths, 100, Searched(Index(1, None, 110), entailment=NLI))
    yield made
    made._pool.shutdown()


class Says(FakeEntailment):
    """Reads the opposite in whatever it reads."""

    loaded: ClassVar[list[Encoder]] = []

    def __init__(self, encoder: Encoder) -> None:
        self.loaded.append(encoder)

    def judged(self, pairs: Sequence[tuple[str, str]], cancel: CancelToken) -> list[Judgement]:
        return [Judgement(0.0, 0.0, 1.0) for _ in super().judged(pairs, cancel)]


def test_an_entailment_model_is_loaded_once_an_answer_is_to_be_checked(
    checking, monkeypatch
) -> None:
    monkeypatch.setattr(entailment, "TorchEntailment", Says)
    monkeypatch.setattr(Says, "loaded", [])
    list(checking.handle(Warm(), NeverCancelled()))
    list(checking.handle(Search("whale oil", "Thesis"), NeverCancelled()))
    assert Says.loaded == []
    for _ in range(2):
        (verified,) = checking.handle(VERIFY, NeverCancelled())
        (check,) = verified.checks
        assert check.reason.ground is Ground.CONTRADICTED
        assert verified.lacking is None
    assert Says.loaded == [NLI]


def test_where_it_cannot_be_loaded_that_is_said_once_and_answers_are_checked(
    checking, monkeypatch
) -> None:
    tried: list[Encoder] = []

    def loading(encoder: Encoder) -> None:
        tried.append(encoder)
        raise EncoderUnusable("nli", "/models/nli")

    monkeypatch.setattr(entailment, "TorchEntailment", loading)
    (first,) = checking.handle(VERIFY, NeverCancelled())
    (again,) = checking.handle(VERIFY, NeverCancelled())
    assert first.lacking.args == ("nli", "/models/nli")
    assert again.lacking is None
    assert first.checks == again.checks
    assert first.checks[0].reason.ground is not Ground.CONTRADICTED
    assert len(tried) == 1


def test_who_waits_for_the_entailment_model_can_be_told_to_stop(checking, monkeypatch) -> None:
    release = threading.Event()

    def loading(encoder: Encoder) -> Says:
        assert release.wait(PATIENCE_SECONDS)
        return Says(encoder)

    monkeypatch.setattr(entailment, "TorchEntailment", loading)
    checking._if_usable(NeverCancelled())
    with pytest.raises(Cancelled):
        list(checking.handle(VERIFY, CancelAfter(3)))
    release.set()
    (verified,) = checking.handle(VERIFY, NeverCancelled())
    assert verified.checks[0].reason.ground is Ground.CONTRADICTED


def test_reading_with_an_entailment_model_can_be_stopped(checking, monkeypatch) -> None:
    monkeypatch.setattr(entailment, "TorchEntailment", Says)
    list(checking.handle(VERIFY, NeverCancelled()))
    with pytest.raises(Cancelled):
        list(checking.handle(VERIFY, CancelAfter(1)))


def test_a_store_that_has_less_than_is_known_is_not_searched_as_if_it_were_all(
    searching, tmp_path
) -> None:
    with closing(open_database(Paths(tmp_path / "data").database)) as db:
        fact = FileFact(Path("/a.pdf"), 1, 2, 3)
        documents.add_files(db, libraries.ensure(db, "Thesis"), [fact])
        documents.identify(db, fact.path, fact, DocumentId("a"))
        db.execute("UPDATE documents SET state = 'ready', chunks = 3")
        wanted = Search("whale oil", "Thesis", keywords_only=True)
        for command in (wanted, ListPassages((DocumentId("a"),))):
            with pytest.raises(StoreIncomplete):
                list(searching.handle(command, NeverCancelled()))
        db.execute("UPDATE documents SET state = 'queued'")
        list(searching.handle(wanted, NeverCancelled()))
