"""The printing process: papers written whole, or not at all."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop_rag.answer.papers.talk import AnsweredTurn, CitedWords, PaperWords, Talk
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import PaperUnwritable
from desktop_rag.domain.papers import PaperFormat
from desktop_rag.workers.commands.printing import Printed, Printing, PrintPaper
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.processes import printing
from tests import papers
from tests.workers import threads

WORDS = PaperWords("", "", "", "", "", "", "", "{title}, p. {label}", "Sources")
SOURCE = CitedWords(1, DocumentId("a"), "Report", 11, "12", "The debt fell.")


def talk(answer: str = "It fell [1].") -> Talk:
    turn = AnsweredTurn("Why?", answer, (SOURCE,), mode=AnswerMode.MODEL)
    return Talk("T", (turn,), WORDS)


@pytest.fixture
def calls(home: Path) -> Iterator[Calls]:
    with (
        threads.instead(),
        Calls("printing", partial(threads.serve_printing, home)) as made,
    ):
        yield made


@pytest.mark.parametrize("kind", [*PaperFormat])
def test_a_paper_is_made_of_a_conversation_and_told_of(calls, tmp_path, kind) -> None:
    target = tmp_path / f"a{kind}"
    *steps, last = calls.steps(PrintPaper(talk(), target, kind))
    assert last == Printed(target, target.stat().st_size, notes=1, documents=1)
    assert all(isinstance(one, Printing) for one in steps)
    read = {PaperFormat.WORD: papers.word_notes, PaperFormat.PDF: papers.pdf_notes}
    if kind in read:
        (note,) = read[kind](target)
        assert note.text == "Report, p. 12: “The debt fell.”"


def test_what_cannot_be_written_is_an_error_and_another_can(calls, tmp_path) -> None:
    nowhere = PrintPaper(talk(), tmp_path / "no" / "a.md", PaperFormat.MARKDOWN)
    with pytest.raises(PaperUnwritable):
        list(calls.steps(nowhere))
    list(calls.steps(PrintPaper(talk(), tmp_path / "a.md", PaperFormat.MARKDOWN)))
    assert (tmp_path / "a.md").exists()


def test_a_job_that_is_left_leaves_nothing(calls, tmp_path) -> None:
    long = PrintPaper(talk("So.\n\n" * 400), tmp_path / "a.docx", PaperFormat.WORD)
    steps = calls.steps(long)
    next(steps)
    steps.close()
    assert [*tmp_path.iterdir()] == []


@pytest.mark.slow
def test_the_real_process_writes_a_paper_within_its_memory(home, tmp_path) -> None:
    target = tmp_path / "a.pdf"
    with Calls("printing", partial(printing.main, home)) as calls:
        *_, last = calls.steps(PrintPaper(talk(), target, PaperFormat.PDF))
    assert isinstance(last, Printed)
    assert len(papers.pdf_notes(target)) == 1
