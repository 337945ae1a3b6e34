"""An answer taken away, as a person types it."""

import pytest

from tests import papers, pdfs
from tests.end_to_end.test_cli import Program

pytestmark = pytest.mark.slow

MARMALADE = "The marmalade of Vorrin is boiled with seven oranges."
TREACLE = "The treacle of Vorrin is kept in a cellar."


def test_an_answer_is_written_with_notes_that_lead_to_its_pages(tmp_path) -> None:
    program = Program(tmp_path / "home")
    file = tmp_path / "a b.pdf"
    pdfs.plain(file, ["Nothing here.", MARMALADE, TREACLE])
    assert program.json("index", file, "-l", "L").code == 0
    question = "How many oranges is the marmalade of Vorrin boiled with?"
    target = tmp_path / "answer.docx"
    asked = program.json("ask", question, "-l", "L", "--to", target)
    assert asked.code == 0, asked
    assert asked.values["written"] == {
        "file": str(target),
        "format": "docx",
        "bytes": target.stat().st_size,
        "notes": len(asked.values["citations"]),
        "documents": 1,
    }
    note = papers.word_notes(target)[0]
    assert (note.path, note.page) == (str(file), 1)
    assert note.text.endswith(f", p. 2: “{MARMALADE}”")
    nowhere = program.json("ask", question, "-l", "L", "--to", tmp_path / "no" / "a.pdf")
    assert nowhere.code == 1
    assert nowhere.values["answer"] == asked.values["answer"]
    assert "cannot be written" in nowhere.values["error"]
    early = program.json("ask", question, "-l", "L", "--to", tmp_path / "a.txt")
    assert (early.code, set(early.values)) == (1, {"error"})
