"""Whole documents read for their key points, for what they name, and for questions."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import pytest

from desktop_rag.answer.retrieval import SearchScope, names_of
from desktop_rag.domain.answers import Coverage
from desktop_rag.domain.documents import Box, DocumentId, PlacedWord
from desktop_rag.domain.entities import EntityKind
from desktop_rag.domain.passages import Hit
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.store import analyzer
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.workers.commands.searching import ReadCards, ReadPoints
from desktop_rag.workers.processes.digesting import DigestReader
from desktop_rag.workers.processes.whole_documents import WholeDocuments
from tests.fakes import CancelAfter, NeverCancelled

A, B = DocumentId("a"), DocumentId("b")
TEXTS = (
    "The lighthouse of Vorrin was built by Martha Quill in 1871 with stones from Portugal.",
    "A lamp is a vessel in which the oil of the lighthouse is burned for its light each night.",
)


def placed(document: DocumentId, ordinal: int, text: str, *, words: bool) -> Hit:
    found, start = [], 0
    for at, word in enumerate(text.split()):
        start = text.index(word, start)
        found.append(PlacedWord(start, start + len(word), Box(at, 0, at + 0.5, 1)))
    given = tuple(found) if words else ()
    header = f"{document} › Chapter {ordinal + 1}"
    return Hit(
        document, ordinal, ordinal, str(ordinal + 1), header, text, given, 1.0, language="en"
    )


class Shelf:
    """A table of two documents, whose words come only with `hits`."""

    def passages(self, documents: Sequence[DocumentId], first: int | None = None) -> list[Hit]:
        return [
            placed(document, at, text, words=False)
            for document in documents
            for at, text in enumerate(TEXTS[:first])
        ]

    def hits(self, places: Sequence[tuple[DocumentId, int]]) -> dict[tuple[DocumentId, int], Hit]:
        return {
            (document, at): placed(document, at, TEXTS[at], words=True) for document, at in places
        }


NAMES = names_of({A: ("Lamps", "lamps"), B: ("Ships", "ships")}, ("en",), analyzer)
SCOPE = SearchScope((A, B), everything=True, languages=("en",), names=NAMES)


@pytest.fixture
def reader(tmp_path) -> Iterator[DigestReader]:
    with closing(open_database(open_home(tmp_path / "data").database)) as db:
        shelf = Shelf()
        yield DigestReader(shelf, WholeDocuments(shelf, db, analyzer), analyzer)


def test_key_points_come_with_names_whose_words_are_lit(reader) -> None:
    read = reader.points(ReadPoints("key points of Lamps", "L", 4), SCOPE, NeverCancelled())
    assert {hit.document for hit in read.hits} == {A}
    told = [read.hits[at].text[slice(*span)] for at, span in read.spans]
    assert told == list(TEXTS)
    names = {one.text: one for one in read.entities}
    assert {one: names[one].kind for one in ("Martha Quill", "Portugal", "1871")} == {
        "Martha Quill": EntityKind.PERSON,
        "Portugal": EntityKind.PLACE,
        "1871": EntityKind.DATE,
    }
    (place,) = names["Martha Quill"].places
    assert place.boxes == ((0, Box(7, 0, 8.5, 1)),)
    assert (read.left_out, read.coverage.documents) == (0, (A,))


def test_a_number_of_points_is_no_page(reader) -> None:
    read = reader.points(ReadPoints("2 key points", "L", 2), SCOPE, NeverCancelled())
    assert read.coverage.part == ""
    read = reader.points(ReadPoints("2 key points of page 1", "L", 2), SCOPE, NeverCancelled())
    assert (read.coverage.part, {hit.page for hit in read.hits}) == ("1", {0})


def test_key_points_of_something_in_documents_are_a_question_unless_they_were_chosen(
    reader,
) -> None:
    wish = ReadPoints("what are the key points about the oil of the lighthouse?", "L", 4)
    read = reader.points(wish, SCOPE, NeverCancelled())
    assert (read.hits, read.entities, read.coverage.documents) == ((), (), ())
    read = reader.points(replace(wish, chosen=True), SCOPE, NeverCancelled())
    assert read.hits


def test_what_is_asked_about_something_in_documents_reads_none_whole_unless_it_was_chosen(
    reader,
) -> None:
    asked = ReadPoints("What are the key points about the oil in Lamps?", "L", 4)
    read = reader.points(asked, SCOPE, NeverCancelled())
    assert (read.hits, read.entities, read.coverage.documents) == ((), (), ())
    chosen = replace(asked, chosen=True)
    assert reader.points(chosen, SCOPE, NeverCancelled()).coverage.documents == (A,)


def test_names_alone_need_no_points(reader) -> None:
    wanted = ReadPoints("all dates in Lamps", "L", 0, kinds=(EntityKind.DATE,))
    read = reader.points(wanted, SCOPE, NeverCancelled())
    assert (read.hits, [one.text for one in read.entities]) == ((), ["1871"])


def test_questions_come_with_the_passages_they_are_made_of(reader) -> None:
    read = reader.cards(ReadCards("study questions on Lamps", "L", 5), SCOPE, NeverCancelled())
    assert [one.question for one in read.drafts][-1] == "What is a lamp?"
    for one in read.drafts:
        assert read.hits[one.place].text[slice(*one.span)] in TEXTS
        assert read.hits[one.place].words
    assert isinstance(read.coverage, Coverage)


def test_it_stops_when_it_is_no_longer_wanted(reader) -> None:
    with pytest.raises(Cancelled):
        reader.points(ReadPoints("key points", "L", 4), SCOPE, CancelAfter(0))
    with pytest.raises(Cancelled):
        reader.cards(ReadCards("study questions", "L", 4), SCOPE, CancelAfter(0))
