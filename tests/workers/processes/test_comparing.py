"""Documents are laid side by side in the searching process."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import pytest

from desktop_rag.answer.retrieval import SearchScope, names_of
from desktop_rag.domain.answers import Extent
from desktop_rag.domain.comparisons import Uncompared
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Evidence, Extract, Hit, Passage
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.store import analyzer
from desktop_rag.library.db.database import open_database
from desktop_rag.workers.commands.searching import ComparedFound, FindCompared
from desktop_rag.workers.processes import comparing
from desktop_rag.workers.processes.comparing import ComparedScope
from tests.fakes import CancelAfter, NeverCancelled

A, B, C = (DocumentId(one) for one in "abc")
TITLES = {A: ("Lease", "lease-2023"), B: ("Lease", "lease-2024"), C: ("Annex", "annex")}
RENT = "The tenant pays a rent of {} euros in the first week of each month."
CLOCKS = "The rooms may be used as a workshop for clocks and for nothing else."
NAMES = names_of(TITLES, ("en", "es"), analyzer)
SCOPE = SearchScope((A, B, C), everything=True, languages=("en", "es"), names=NAMES)


def hit(document: DocumentId, ordinal: int, text: str) -> Hit:
    return Hit(document, ordinal, ordinal, "1", "Lease › Duties", text, (), 1.0, language="en")


class Store:
    """Passages that are held in memory; those of `bare` documents have no words."""

    def __init__(self, *hits: Hit) -> None:
        self.held = hits
        self.asked: list[tuple[DocumentId, int]] = []

    def passages(self, documents: Sequence[DocumentId]) -> list[Hit]:
        return [one for id_ in documents for one in self.held if one.document == id_]

    def hits(self, places: Sequence[tuple[DocumentId, int]]) -> dict[tuple[DocumentId, int], Hit]:
        self.asked += places
        return {
            (one.document, one.ordinal): replace(one, score=2.0)
            for one in self.held
            if (one.document, one.ordinal) in places
        }


class Within:
    """Finds every passage of a document, and takes what has a word of the question for enough."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def found_in(self, query: str, scope: SearchScope, limit: int) -> tuple[Hit, ...]:
        return tuple(self.store.passages(scope.documents)[:limit])

    def picked(self, question: str, language: str, passages: tuple[Passage, ...]) -> Evidence:
        found = [Extract(one, 0, len(one.hit.text), 1.0) for one in passages]
        having = [one for one in found if question in one.passage.hit.text]
        return Evidence(tuple(having or found), enough=bool(having))


HITS = (
    hit(A, 0, RENT.format(900)),
    hit(A, 1, CLOCKS),
    hit(B, 0, CLOCKS),
    hit(B, 1, RENT.format(950)),
    hit(C, 0, "Cats are welcome in the yard but not on any of the stairs."),
)


@pytest.fixture
def db(tmp_path) -> Iterator[object]:
    with closing(open_database(tmp_path / "library.sqlite3")) as opened:
        yield opened


@pytest.fixture
def laid(db):
    def compared(query: str, scope: SearchScope = SCOPE, cancel=None, **more) -> ComparedFound:
        store = Store(*more.pop("hits", HITS))
        here = ComparedScope(scope, store, analyzer, db, Within(store))
        command = FindCompared(query, "Homes", Extent.MEDIUM, **more)
        return comparing.compared(command, here, cancel or NeverCancelled())

    return compared


def test_only_what_is_told_is_fetched_with_its_words(laid) -> None:
    found = laid("compare", among=(A, B), scope=replace(SCOPE, documents=(A, B)))
    (row,) = [row for row in found.comparison.rows if row.state == "changed"]
    assert [found.hits[cell.hit].text for cell in row.cells] == [
        RENT.format(900),
        RENT.format(950),
    ]
    assert all(one.score == 2.0 for one in found.hits)
    assert found.coverage.documents == (A, B)
    assert found.language == "en"


def test_what_is_asked_is_looked_for_in_each_and_silence_is_told(laid) -> None:
    found = laid("compare the 2023 lease with the annex on rent")
    (row,) = found.comparison.rows
    assert found.comparison.topic == "rent"
    assert [cell is None for cell in row.cells] == [False, True]
    nowhere = laid("compare the 2023 lease with the annex on submarines").comparison
    assert (nowhere.uncompared, nowhere.rows) == (Uncompared.SILENT, ())


@pytest.mark.parametrize(
    ("query", "more", "reason"),
    [
        ("compare this", {"among": (A,), "scope": replace(SCOPE, documents=(A,))}, Uncompared.FEW),
        (
            "compare these",
            {
                "among": tuple(map(DocumentId, "abcdef")),
                "scope": replace(SCOPE, documents=tuple(map(DocumentId, "abcdef"))),
            },
            Uncompared.MANY,
        ),
        (
            "compare these",
            {"among": (A, DocumentId("gone")), "scope": replace(SCOPE, documents=(A,))},
            Uncompared.EMPTY,
        ),
        ("compare the 2023 lease with the annex", {"hits": HITS[:4]}, Uncompared.EMPTY),
    ],
)
def test_what_cannot_be_compared_says_why_and_has_no_passages(laid, query, more, reason) -> None:
    found = laid(query, **more)
    assert (found.comparison.uncompared, found.hits) == (reason, ())
    assert found.coverage.documents == ()


def test_the_one_that_has_no_text_is_named(laid) -> None:
    for query in ("compare the 2023 lease with the annex", "compare 2023 with the annex on rent"):
        found = laid(query, hits=HITS[:4]).comparison
        assert (found.uncompared, found.documents) == (Uncompared.EMPTY, (C,))
    gone = DocumentId("gone")
    among = {"among": (A, gone), "scope": replace(SCOPE, documents=(A,))}
    assert laid("compare these", **among).comparison.documents == (gone,)


def test_a_question_about_things_is_left_to_be_answered(laid) -> None:
    assert laid("Which is larger, Spain or Portugal?").comparison is None


def test_documents_of_one_title_go_by_the_names_of_their_files() -> None:
    assert comparing.names_of_columns(TITLES) == {
        A: "lease-2023",
        B: "lease-2024",
        C: "Annex",
    }


def test_who_no_longer_wants_it_is_heard(laid) -> None:
    with pytest.raises(Cancelled):
        laid("compare", among=(A, B), scope=replace(SCOPE, documents=(A, B)), cancel=CancelAfter(0))
    with pytest.raises(Cancelled):
        laid("compare the 2023 lease with the annex on rent", cancel=CancelAfter(1))
