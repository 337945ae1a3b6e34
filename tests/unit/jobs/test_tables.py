"""How a table is filled, without any process."""

from pathlib import Path

import pytest

from desktop_rag.answer.turn import Done, Question
from desktop_rag.domain.answers import (
    AnswerMode,
    First,
    Ground,
    Reason,
    SentenceCheck,
    SentenceVerdict,
)
from desktop_rag.domain.documents import Box, DocumentId, FileFact
from desktop_rag.domain.errors import (
    DiskFull,
    DocumentBlank,
    DocumentEmpty,
    DocumentUnknown,
    DocumentUnread,
    TableUnknown,
    WorkerDied,
)
from desktop_rag.domain.generation import ModelChoice, SamplingParameters
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Hit, Passage, Quote
from desktop_rag.domain.progress import Stored
from desktop_rag.jobs import cell_records
from desktop_rag.jobs.tables import (
    CELL_TOKENS,
    AskCell,
    CellFilled,
    cell_question,
    draft_of,
    filling,
    run,
    table_documents,
    verdict_of,
    without_marks,
)
from desktop_rag.library import documents, libraries, tables
from desktop_rag.library.db.database import open_database
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.tables import CellPlace, CellState

QUESTIONS = ("How much is the rent?", "When was it signed?")


@pytest.fixture
def db(tmp_path):
    db = open_database(tmp_path / "library.sqlite3")
    yield db
    db.close()


def added(db, library, name: str, state: DocumentState = DocumentState.READY, error=None) -> None:
    path, document = Path("/pdf") / f"{name}.pdf", DocumentId(name)
    fact = FileFact(path, 1, 2, 3)
    documents.add_files(db, library, [fact])
    documents.identify(db, path, fact, document)
    if state is DocumentState.READY and error is None:
        documents.describe(db, Stored(document, name.upper(), "en", chunks=3, pages=1))
    documents.set_state(db, document, state, error)


@pytest.fixture
def library(db):
    library = libraries.ensure(db, "Leases")
    for name in ("a", "b", "c"):
        added(db, library, name)
    return library


@pytest.fixture
def table(db, library):
    made = tables.create(db, library, QUESTIONS, "")
    tables.add_lines(db, made.id, table_documents(db, library))
    return made


def quote(text: str, number: int = 1, page: int = 3) -> Quote:
    hit = Hit(DocumentId("a"), 0, page, "iv", "A", text, (), 1.0)
    return Quote(Passage(number, hit), text, (Box(0.1, 0.2, 0.3, 0.4),))


def said(text: str = "The rent is 900 euros.") -> Done:
    return Done(f"{text} [1]", (quote(text),), quotes=(quote(text),))


def check(verdict: SentenceVerdict, *citations: int) -> SentenceCheck:
    return SentenceCheck(0, 4, "So.", verdict, Reason(Ground.SAID), citations)


def asked(db, table, answer=lambda _step: said(), **how) -> list[CellPlace]:
    places = []

    def answered(step: AskCell) -> Done:
        places.append(step.at)
        return answer(step)

    for _ in run(filling(db, table, Question(""), **how), answered):
        pass
    return places


def states(db, table) -> list[CellState]:
    return [one.draft.state for one in tables.cells(db, table.id)]


def test_cells_are_asked_document_by_document_within_each(db, table) -> None:
    steps = filling(db, table, Question(""))
    first = steps.send(None)
    assert (first.at, first.question.text) == (CellPlace(0, 0), QUESTIONS[0])
    assert (first.scope.library, first.scope.among) == ("Leases", ("a",))
    filled = steps.send(said())
    assert isinstance(filled, CellFilled)
    assert filled.left == 5
    assert filled.cell.text == "900 euros"
    assert next(steps).at == CellPlace(0, 1)


def test_whoever_is_killed_goes_on_with_the_first_cell_that_is_missing(db, table) -> None:
    steps = filling(db, table, Question(""))
    steps.send(None)
    steps.send(said())
    steps.send(None)
    steps.send(said())
    assert next(steps).at == CellPlace(1, 0)
    steps.close()
    assert asked(db, table)[0] == CellPlace(1, 0)
    assert states(db, table) == [CellState.FOUND] * 6
    assert asked(db, table) == []


def test_a_cell_that_fails_says_why_and_the_others_go_on(db, table) -> None:
    def dying(step: AskCell) -> Done:
        if step.at == CellPlace(0, 1):
            raise WorkerDied("generating", -9)
        return said()

    asked(db, table, dying)
    assert states(db, table).count(CellState.FAILED) == 1
    assert isinstance(tables.cell(db, table.id, CellPlace(0, 1)).draft.error, WorkerDied)
    tables.ask_again(db, table.id)
    assert asked(db, table) == [CellPlace(0, 1)]
    assert states(db, table) == [CellState.FOUND] * 6


def test_what_concerns_all_cells_ends_the_filling_and_loses_nothing(db, table) -> None:
    def full(step: AskCell) -> Done:
        if step.at.line:
            raise DiskFull("/data")
        return said()

    with pytest.raises(DiskFull):
        asked(db, table, full)
    assert states(db, table) == [CellState.FOUND] * 2
    assert asked(db, table)[0] == CellPlace(1, 0)


def test_a_full_disk_while_a_cell_is_kept_ends_it_in_a_sentence_and_loses_nothing(
    db, table
) -> None:
    long = "x" * 200_000

    def growing(_step: AskCell) -> Done:
        ((pages,),) = db.execute("PRAGMA page_count").fetchall()
        db.execute(f"PRAGMA max_page_count = {pages + 60}")
        return said(long)

    with pytest.raises(DiskFull):
        asked(db, table, growing)
    kept = len(tables.cells(db, table.id))
    db.execute("PRAGMA max_page_count = 1000000")
    assert len(asked(db, table)) == 6 - kept


def test_a_document_that_left_is_not_asked_and_says_so(db, library, table) -> None:
    documents.remove_path(db, library, Path("/pdf/b.pdf"))
    assert {at.line for at in asked(db, table)} == {0, 2}
    error = tables.cell(db, table.id, CellPlace(1, 0)).draft.error
    assert isinstance(error, DocumentUnknown)
    assert (error.path, error.library) == ("b.pdf", "Leases")


def test_a_library_that_is_deleted_meanwhile_ends_the_filling(db, library, table) -> None:
    def deleting(_step: AskCell) -> Done:
        libraries.remove(db, library)
        return said()

    with pytest.raises(TableUnknown):
        asked(db, table, deleting)


def test_documents_without_text_say_what_is_wrong_with_them(db, library) -> None:
    added(db, library, "d", DocumentState.FAILED, DocumentBlank("d.pdf"))
    added(db, library, "e", DocumentState.QUEUED)
    path = Path("/pdf/f.pdf")
    documents.add_files(db, library, [FileFact(path, 0, 2, 3)])
    documents.fail_file(db, path, DocumentEmpty("f.pdf"))
    table = tables.create(db, library, QUESTIONS[:1], "")
    lines = tables.add_lines(db, table.id, table_documents(db, library))
    asked(db, table)
    errors = {
        lines[one.at.line].path.stem: type(one.draft.error)
        for one in tables.cells(db, table.id)
        if one.draft.error
    }
    assert errors == {"d": DocumentBlank, "e": DocumentUnread, "f": DocumentEmpty}


def test_only_some_lines_are_filled_where_only_these_are_wanted(db, table) -> None:
    assert {at.line for at in asked(db, table, only={1})} == {1}
    assert len(tables.missing(db, table)) == 4


def test_what_somebody_writes_by_hand_meanwhile_is_not_asked(db, table) -> None:
    def editing(_step: AskCell) -> Done:
        tables.edit(db, table.id, CellPlace(0, 1), "mine")
        return said()

    assert CellPlace(0, 1) not in asked(db, table, editing)


def test_what_is_added_while_it_is_filled_is_asked_at_the_end(db, library, table) -> None:
    def adding(step: AskCell) -> Done:
        if step.at == CellPlace(0, 0):
            added(db, library, "z")
            tables.add_lines(db, table.id, table_documents(db, library))
        return said()

    assert asked(db, table, adding)[-1] == CellPlace(3, 1)


def test_a_refused_answer_is_not_found_and_keeps_what_comes_nearest() -> None:
    nearest = quote("The landlord is Anna Smith.")
    draft = draft_of("How much is the rent?", Done("No.", (), quotes=(nearest,), refused=True))
    assert (draft.state, draft.text, draft.place) == (CellState.ABSENT, "", "")
    (kept,) = cell_records.restored(draft.payload).quotes
    assert (kept.text, kept.page, kept.boxes) == (nearest.text, 3, nearest.boxes)


def test_without_a_model_a_cell_is_the_value_in_the_best_sentence() -> None:
    draft = draft_of(QUESTIONS[0], said())
    assert (draft.text, draft.place, draft.mode) == ("900 euros", "iv", "extract")
    assert draft.verdict == "supported"
    assert draft_of("What is said of the rent?", said()).text == "The rent is 900 euros."


def test_a_sentence_without_a_word_of_the_question_is_shown_whole_and_in_doubt() -> None:
    draft = draft_of("How much is the deposit?", said())
    assert (draft.text, draft.verdict) == ("The rent is 900 euros.", "partly")


def test_a_summary_in_a_cell_is_all_of_its_sentences() -> None:
    quotes = (quote("Lamps burned oil.", 1), quote("Then came gas.", 2))
    done = Done("- Lamps burned oil. [1]\n- Then came gas. [2]", quotes, quotes=quotes)
    draft = draft_of("Summarise the document", done)
    assert (draft.text, draft.verdict) == ("Lamps burned oil. Then came gas.", "supported")


def test_what_a_model_wrote_is_the_cell_where_passages_bear_it_out() -> None:
    checks = (check(SentenceVerdict.SUPPORTED, 2),)
    quotes = (quote("Unlike.", 1), quote("The rent is 900 euros.", 2, 7))
    done = Done("It is 900 [2].", (), mode=AnswerMode.MODEL, quotes=quotes, checks=checks)
    draft = draft_of(QUESTIONS[0], done)
    assert (draft.text, draft.mode, draft.verdict) == ("900", "model", "supported")
    assert draft_of("What of it?", done).text == "It is 900."
    grounds = cell_records.restored(draft.payload)
    assert grounds.quotes[0].number == 2
    assert grounds.checks == checks


def test_what_a_model_invents_is_kept_beside_the_words_of_the_document() -> None:
    checks = (check(SentenceVerdict.NOT_FOUND),)
    quotes, first = said().quotes, First.QUOTES
    done = Done("Perhaps 7.", (), mode=AnswerMode.MODEL, quotes=quotes, checks=checks, first=first)
    draft = draft_of(QUESTIONS[0], done)
    assert (draft.text, draft.mode) == ("900 euros", "extract")
    grounds = cell_records.restored(draft.payload)
    assert (grounds.written, grounds.checks) == ("Perhaps 7.", checks)


def test_a_cell_is_as_sure_as_the_least_of_its_sentences() -> None:
    supported, partly = check(SentenceVerdict.SUPPORTED, 1), check(SentenceVerdict.PARTLY, 1)
    assert verdict_of(()) is None
    assert verdict_of((supported, supported)) is SentenceVerdict.SUPPORTED
    assert verdict_of((supported, partly)) is SentenceVerdict.PARTLY
    not_found = check(SentenceVerdict.NOT_FOUND)
    assert verdict_of((supported, partly, not_found)) is SentenceVerdict.NOT_FOUND


def test_a_question_of_a_cell_is_short_and_always_searched() -> None:
    how = Question("", ModelChoice(LocalModel(Path("m"))), SamplingParameters(max_tokens=768))
    asked = cell_question("Who is the tenant?", how)
    assert (asked.sampling.max_tokens, asked.searched) == (CELL_TOKENS, "")
    assert cell_question("Hello", how).searched == "Hello"


def test_marks_are_no_part_of_a_cell() -> None:
    assert without_marks("One [1][2].\n\nTwo [12]") == "One. Two"


def test_what_cannot_be_read_of_grounds_is_nothing() -> None:
    for payload in ("", "[]", '{"quotes": [1]}', '{"checks": [{}]}'):
        assert cell_records.restored(payload) == cell_records.CellGrounds()
