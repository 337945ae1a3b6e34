"""The samples are what their script writes, and their questions can be answered from them."""

import importlib.util
import itertools
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pymupdf  # noqa: TID253  (the only judge of what a PDF holds)
import pytest

from tests.places import ROOT

FOLDER = ROOT / "resources" / "samples"
PDFS = sorted(FOLDER.glob("*.pdf"))
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (FOLDER.parent / "questions.jsonl").read_text("utf-8").splitlines()
]
ANSWERED = [question for question in QUESTIONS if question["gold"]]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = ROOT / "packaging" / "make_samples.py"
    spec = importlib.util.spec_from_file_location("make_samples", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    del sys.modules[spec.name]
    return module


@pytest.fixture(scope="module")
def made(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    script.write_samples(folder)
    return folder


def page_text(doc: str, page: int) -> str:
    """The text of a page as a reader takes it: one line, words whole."""
    with pymupdf.open(FOLDER / doc) as document:
        text = document[page - 1].get_text()
    return " ".join(re.sub(r"(\w)-\n", r"\1", text).split())


def looks(path: Path) -> list[tuple[str, str, int, tuple[float, ...]]]:
    """Everything about the pages that a reader could notice."""
    with pymupdf.open(path) as document:
        return [
            (page.get_text(), page.get_label(), page.rotation, tuple(page.rect))
            for page in document
        ]


def test_the_script_writes_what_is_committed(made: Path) -> None:
    assert [path.name for path in PDFS] == sorted(path.name for path in made.glob("*"))
    for path in PDFS:
        again = made / path.name
        same = again.read_bytes() == path.read_bytes()
        assert same or looks(again) == looks(path), f"{path.name}: run packaging/make_samples.py"


def test_the_script_writes_the_same_bytes_twice(script: ModuleType, made: Path) -> None:
    for sample in script.read_samples()[:2]:
        assert script.sample_pdf(sample) == (made / sample.name).read_bytes()


def test_the_sources_keep_to_letters_that_the_fonts_have(script: ModuleType) -> None:
    for sample in script.read_samples():
        (sample.source + sample.header + sample.footer).encode("latin-1")


def test_there_are_enough_of_both_languages(script: ModuleType) -> None:
    languages = [sample.language for sample in script.read_samples()]
    assert len(PDFS) >= 6
    assert languages.count("es") >= 3
    assert languages.count("en") >= 3


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_every_sample_is_small_titled_and_outlined(path: Path) -> None:
    assert path.stat().st_size < 60_000
    with pymupdf.open(path) as document:
        assert document.metadata["title"]
        assert not document.metadata["creationDate"]
        assert 2 <= document.page_count <= 8
        outline = document.get_toc()
        assert {level for level, _, _ in outline} == {1, 2}
        for _, title, page in outline:
            assert title in " ".join(document[page - 1].get_text().split())


def test_some_page_is_turned_and_reads_upright() -> None:
    with pymupdf.open(FOLDER / "three-isles-ferry.pdf") as document:
        page = document[1]
        assert page.rotation == 90
        sailing, remarks = (
            page.search_for(word)[0] * page.rotation_matrix for word in ("Sailing", "Remarks")
        )
        assert sailing.x1 < remarks.x0
        assert sailing.y0 == pytest.approx(remarks.y0, abs=1)


def test_some_page_is_cropped() -> None:
    with pymupdf.open(FOLDER / "ficha-turron.pdf") as document:
        leads_to = {title: there["to"].y for _, title, _, there in document.get_toc(simple=False)}
        heading = document[1].search_for("Control de calidad")[0]
        assert leads_to["Control de calidad"] == pytest.approx(heading.y0, abs=5)
        assert document[1].rect.width < document[1].mediabox.width
        assert document[1].search_for("Fuerza de rotura")[0] in document[1].rect


def test_some_pages_carry_roman_labels() -> None:
    with pymupdf.open(FOLDER / "tesis-aljibes.pdf") as document:
        labels = [page.get_label() for page in document]
    assert labels[:5] == ["i", "ii", "iii", "1", "2"]


@pytest.mark.parametrize("doc", ["slow-stones-olive-mills.pdf", "contrato-panaderia.pdf"])
def test_some_words_are_divided_at_line_ends(doc: str) -> None:
    with pymupdf.open(FOLDER / doc) as document:
        text = "".join(page.get_text() for page in document)
    assert len(re.findall(r"\w-\n\w", text)) >= 3


def test_some_text_stands_in_two_columns() -> None:
    with pymupdf.open(FOLDER / "slow-stones-olive-mills.pdf") as document:
        page = document[1]
        taste, conclusion = (page.search_for(word)[0] for word in ("Taste", "Conclusion"))
        assert taste.x0 < page.rect.width / 2 < conclusion.x0


def test_a_long_table_goes_on_with_its_header_on_the_next_page() -> None:
    for page in (6, 7):
        assert "Aljibe Pueblo Año Hondo (m) Litros Estado" in page_text("tesis-aljibes.pdf", page)


def test_there_are_questions_of_every_kind_in_both_languages() -> None:
    assert len(QUESTIONS) >= 20
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    kinds = {"extractive", "paraphrase", "table", "unanswerable"}
    wanted = set(itertools.product(["en", "es"], kinds))
    assert {(question["lang"], question["kind"]) for question in QUESTIONS} == wanted
    for question in QUESTIONS:
        assert bool(question["gold"]) == (question["kind"] != "unanswerable")
    assert {entry["doc"] for question in ANSWERED for entry in question["gold"]} == {
        path.name for path in PDFS
    }


@pytest.mark.parametrize("question", ANSWERED, ids=lambda question: question["id"])
def test_answers_stand_on_their_page(question: dict[str, Any]) -> None:
    for entry in question["gold"]:
        text = page_text(entry["doc"], entry["page"])
        for answer in question["answers"]:
            assert answer in text


def test_the_first_question_is_answered_by_one_sentence() -> None:
    first = QUESTIONS[0]
    text = page_text(first["gold"][0]["doc"], first["gold"][0]["page"])
    sentences = [part for part in re.split(r"(?<=[.;?!])\s", text) if first["answers"][0] in part]
    assert len(sentences) == 1
