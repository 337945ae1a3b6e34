"""Study questions as files, from the command line."""

from pathlib import Path

import pytest

from desktop_rag.answer.turn import Done
from desktop_rag.cli import decks
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import CardsLacking
from desktop_rag.domain.passages import Hit, Passage, Quote
from desktop_rag.domain.studying import StudyCard

HIT = Hit(DocumentId("d"), 0, 3, "iv", "T", "Oil is a fat.", (), 1.0)
CARD = StudyCard("What is oil?", "A fat.", Quote(Passage(1, HIT), "Oil is a fat.", ()))


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("DESKTOP_RAG_HOME", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "suits"), [("a.apkg", True), ("a.CSV", True), ("a.docx", False), ("apkg", False)]
)
def test_the_ending_says_whether_questions_go_there(name, suits) -> None:
    assert decks.suits(Path(name)) is suits


def test_the_questions_of_an_answer_are_kept_and_written(home) -> None:
    kept, shown = decks.KeptCards(), []
    show = kept.keeping(shown.append)
    show("a word")
    show(Done("text", (), cards=(CARD,)))
    assert len(shown) == 2
    written = kept.put(home / "oil.csv")
    assert (written["format"], written["cards"]) == ("csv", 1)
    assert "What is oil?,A fat.,Oil is a fat.,,p. iv" in Path(written["file"]).read_text("utf-8")


def test_an_answer_without_questions_is_no_deck(home) -> None:
    with pytest.raises(CardsLacking):
        decks.KeptCards().put(home / "oil.apkg")
