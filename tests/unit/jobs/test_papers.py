"""What papers are made of, as it is stored: read back as the window wrote it, or what can be."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_rag.answer.papers.talk import PaperWords
from desktop_rag.domain.answers import AnswerMode, First, Ground, SentenceVerdict
from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import PaperKindUnknown
from desktop_rag.domain.papers import PaperFormat, PaperRun, Style
from desktop_rag.domain.references import ReferenceField
from desktop_rag.jobs import papers
from desktop_rag.library import documents, libraries, references
from desktop_rag.library.conversations import ConversationId, Turn, TurnId
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import Paths

SOURCE = {
    "number": 7, "document": "ab", "title": "Report", "page": 11, "page_label": "12",
    "snippet": "The debt fell.", "boxes": [[0, 0, 1, 1]], "continued": [], "layer": "body",
}  # fmt: skip
LATER = SOURCE | {"boxes": [], "continued": [[12, [0, 0, 1, 1]]], "snippet": "Two."}
CHECK = {
    "start": 0, "end": 3, "sentence": "It fell.", "verdict": "not_found",
    "reason": {"ground": "number", "words": ["4"]}, "citations": [7],
}  # fmt: skip
PAYLOAD = {
    "sources": [SOURCE], "cited": [LATER], "quotes": [SOURCE], "checks": [CHECK],
    "first": "quotes", "refused": False, "searched": "debt", "language": "es", "error": "",
}  # fmt: skip


def stored(payload: object, mode: str = "model") -> Turn:
    return Turn(
        id=TurnId(1),
        conversation=ConversationId(1),
        position=0,
        created=datetime(2026, 1, 1, tzinfo=UTC),
        question="Why?",
        answer="It fell [7].",
        mode=mode,
        payload=payload if isinstance(payload, str) else json.dumps(payload),
    )


@pytest.fixture
def db(tmp_path: Path) -> Iterator:
    with closing(open_database(tmp_path / "library.sqlite3")) as made:
        yield made


def test_a_stored_turn_is_what_the_window_showed() -> None:
    turn = papers.stored(stored(PAYLOAD))
    assert (turn.question, turn.answer, turn.mode) == ("Why?", "It fell [7].", AnswerMode.MODEL)
    assert (turn.searched, turn.language, turn.first) == ("debt", "es", First.QUOTES)
    assert (turn.passages[0].page, turn.passages[0].label) == (11, "12")
    assert (turn.cited[0].page, turn.cited[0].label) == (12, "13")
    (check,) = turn.checks
    assert (check.verdict, check.reason.ground) == (SentenceVerdict.NOT_FOUND, Ground.NUMBER)
    assert turn.whole


@pytest.mark.parametrize(
    "payload",
    ["", "[]", "{", '{"sources": [1]}', '{"sources": [{"number": "x"}]}', '{"checks": [{}]}'],
)
def test_what_cannot_be_read_of_a_turn_is_left_out(payload) -> None:
    turn = papers.stored(stored(payload))
    assert (turn.answer, turn.passages, turn.mode) == ("It fell [7].", (), AnswerMode.MODEL)


def test_what_a_later_version_knows_is_passed_over() -> None:
    odd = PAYLOAD | {"checks": [CHECK | {"verdict": "proven"}, CHECK], "first": "tables"}
    turn = papers.stored(stored(odd, mode="dreamt"))
    assert (len(turn.checks), turn.first, turn.mode) == (1, First.ANSWER, None)
    assert not turn.whole


def test_a_document_is_called_as_the_library_calls_it_and_one_that_has_gone_as_it_was(
    db, tmp_path
) -> None:
    path = tmp_path / "report.docx"
    path.write_text("x")
    fact = FileFact(path, 1, 1, 1, 1)
    documents.add_files(db, libraries.ensure(db, "L"), [fact])
    documents.identify(db, path, fact, DocumentId("ab"))
    there, gone = DocumentId("ab"), DocumentId("cd")
    found = papers.sources_of(db, Paths(tmp_path), {there: "Old", gone: "Gone *1*"}, "es")
    assert (found[there].title, found[there].path, found[there].paged) == ("report", path, False)
    assert found[there].address(3) == path.as_uri()
    assert (found[gone].title, found[gone].path) == ("Gone *1*", None)
    assert found[gone].entry == (PaperRun("Gone *1*", Style.EMPHASIS),)


def test_a_record_is_written_as_a_style_of_citations_has_it(db, tmp_path) -> None:
    path = tmp_path / "report.pdf"
    path.write_text("x")
    fact, known = FileFact(path, 1, 1, 1, 1), DocumentId("ab")
    documents.add_files(db, libraries.ensure(db, "L"), [fact])
    documents.identify(db, path, fact, known)
    for which, text in (("title", "La deuda"), ("author", "Ruiz, Ana"), ("issued", "2021")):
        assert references.enter(db, known, ReferenceField(which), text)
    source = papers.sources_of(db, Paths(tmp_path), {known: "Old"}, "es")[known]
    assert "".join(run.text for run in source.entry) == "Ruiz, A. (2021). La deuda."
    assert PaperRun("La deuda", Style.EMPHASIS) in source.entry
    assert (source.joint, source.address(0)) == (" ", f"{path.as_uri()}#page=1")


def test_a_talk_says_why_sentences_are_in_doubt(db, tmp_path) -> None:
    words = PaperWords(*"123456789")
    telling = papers.PaperTelling("en", words, lambda check: f"no {check.reason.words[0]}")
    turn = papers.stored(stored(PAYLOAD))
    talk = papers.talk_of(db, Paths(tmp_path), "T", [turn, replace(turn, checks=())], telling)
    assert talk.reasons == (("no 4",), ())
    assert talk.sources[DocumentId("ab")].title == "Report"


def test_a_file_is_of_the_kind_that_its_name_says() -> None:
    assert papers.kind_of(Path("a.b.DOCX")) is PaperFormat.WORD
    for name in ("a", "a.txt", ".pdf", "pdf"):
        with pytest.raises(PaperKindUnknown):
            papers.kind_of(Path(name))
