"""Records of documents in a terminal."""

import json
from contextlib import closing

import pytest
from typer.testing import CliRunner

from desktop_rag.cli.commands import app
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.progress import Stored
from desktop_rag.domain.references import Origin, ReferenceField
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from tests.unit.library.test_documents import fact_at

PATH = "/pdf/weirs.pdf"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("DESKTOP_RAG_HOME", str(tmp_path / "home"))
    paths = open_home(tmp_path / "home")
    said = (
        (ReferenceField.TITLE, Origin.FIRST_PAGE, "On Weirs"),
        (
            ReferenceField.ISSUED,
            Origin.PROPERTIES,
            "2021-03",
        ),
    )
    with closing(open_database(paths.database)) as db:
        fact, document = fact_at(PATH), DocumentId("aa" * 32)
        documents.add_files(db, libraries.ensure(db, "Tesis"), [fact])
        documents.identify(db, fact.path, fact, document)
        documents.describe(db, Stored(document, "Weirs", "en", 3, said=said))
    return paths


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["references", *words])
    assert result.exit_code == code, result.output
    return result.output


def change(*words: str, code: int = 0) -> str:
    return run("change", "-l", "Tesis", "-d", PATH, *words, code=code)


def test_each_field_is_told_with_where_it_comes_from() -> None:
    out = run("list", "-l", "Tesis")
    assert "title: On Weirs (the first pages)" in out
    assert "issued: 2021-03 (the file's properties)" in out
    (found,) = json.loads(run("list", "-l", "Tesis", "--json"))["references"]
    assert found["document"] == PATH
    assert found["reference"]["issued"] == {"date-parts": [[2021, 3]]}
    assert found["from"] == {"title": "first_page", "issued": "properties"}


def test_what_a_person_says_is_kept_until_it_is_taken_back() -> None:
    assert "title: Presas (you)" in change("--set", "title=Presas", "--set", "AUTHOR=Ana Pérez")
    assert "author: Pérez, Ana (you)" in run("list", "-l", "Tesis", "-d", PATH)
    assert "title: On Weirs (the first pages)" in change("--take-back", "title")


def test_citations_are_written_in_both_languages() -> None:
    assert run("list", "-l", "Tesis", "--style", "apa") == "On Weirs. (2021).\n"
    change("--set", "author=Ana Pérez; Bo Gil")
    out = run("list", "-l", "Tesis", "--style", "apa", "--spanish", "--page", "7")
    assert out == "(Pérez y Gil, 2021, p. 7)\nPérez, A., y Gil, B. (2021). On Weirs.\n"


@pytest.mark.parametrize(
    "words", [("--set", "mood=gay"), ("--set", "title"), ("--set", "issued=soon")]
)
def test_what_no_field_can_hold_is_a_wrong_call(words) -> None:
    change(*words, code=2)
    assert "(you)" not in run("list", "-l", "Tesis")


def test_a_document_that_is_not_there_is_named_in_a_sentence() -> None:
    out = CliRunner().invoke(app, ["references", "list", "-l", "Tesis", "-d", "/nowhere"])
    assert out.exit_code == 1
    assert "is not in the library" in out.output
