"""The program as a person starts it: `python -m desktop_rag` in a process of its own.

One folder with the samples and with every kind of trouble is indexed once, for
most of the tests; what changes the data works on a copy of it.
"""

import json
import math
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_rag.settings import embedders
from tests import gguf_models, pdfs, word_embedder
from tests.places import ROOT

SAMPLES = ROOT / "resources" / "samples"
LIBRARY = "Papeles y papers"
SECONDS = 300  # only failures ever reach it
REPORT = {
    *("indexed", "unchanged", "failed", "waiting", "passed_over", "passed_over_count"),
    *("pages", "chunks", "seconds", "notes", "swapped"),
}
HIT = {"document", "page", "page_label", "score", "text", "boxes", "layer"}
DOCUMENT = {
    *("path", "in", "title", "author", "date", "subject"),
    *("pages", "language", "state", "reason"),
}
STATES = {"queued", "reading", "embedding", "waiting", "ready", "failed"}
ENGLISH = "Where is the gate key hidden?"
SPANISH = "¿Quién se comía los bichos que caían dentro del agua guardada?"
TURNED = "The zanzibar quokka was weighed on a Thursday."

REAL = ("-m", "desktop_rag")  #: how Python starts the program that loads torch

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def values(self) -> dict[str, Any]:
        """The one JSON object on the output."""
        (line,) = self.out.splitlines()
        values = json.loads(line)
        assert isinstance(values, dict)
        return values


@dataclass(frozen=True, slots=True)
class Program:
    """The program and its data directory; `how` Python starts it."""

    home: Path
    how: tuple[str, ...] = word_embedder.PROGRAM

    def start(self, *arguments: object, **more: Any) -> subprocess.Popen[str]:
        """Start a command and leave it running."""
        return subprocess.Popen(
            [sys.executable, *self.how, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "DESKTOP_RAG_HOME": str(self.home), "COLUMNS": "200"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            **more,
        )

    def run(self, *arguments: object) -> Ran:
        """Run a command to its end."""
        with self.start(*arguments) as process:
            try:
                out, err = process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Ran(process.returncode, out, err)

    def json(self, *arguments: object) -> Ran:
        return self.run(*arguments, "--json")

    def asked(self, command: str, text: str, *more: object) -> dict[str, Any]:
        ran = self.json(command, text, "-l", LIBRARY, *more)
        assert ran.code == 0, ran
        return ran.values


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, and a file for each trouble, named so that its name says what becomes of it."""
    folder = tmp_path_factory.mktemp("files").resolve()
    for sample in SAMPLES.glob("*.pdf"):
        shutil.copy(sample, folder)
    (folder / "kinds").mkdir()
    kinds = folder / "kinds"
    pdfs.plain(kinds / "plain.pdf", ["A plain page about marmalade.", "Another about treacle."])
    shutil.copy(kinds / "plain.pdf", kinds / "plain-copy.pdf")
    pdfs.rotated(kinds / "rotated.pdf", TURNED, 90)
    pdfs.cropped(kinds / "cropped.pdf", "The axolotl stands inside of the frame.")
    pdfs.owner_locked(kinds / "owner-locked.pdf", "A page that may be read by everybody.")
    pdfs.locked(kinds / "locked.pdf", "secret")
    pdfs.scanned(kinds / "scanned.pdf")
    pdfs.blank(kinds / "blank.pdf")
    pdfs.empty(kinds / "empty.pdf")
    pdfs.not_a_pdf(kinds / "letter.pdf")
    pdfs.truncated(kinds / "truncated.pdf")
    pdfs.without_pages(kinds / "without-pages.pdf")
    pdfs.plain(kinds / "ñandú 100%.PDF", ["The ñandú is a bird that runs."])
    (kinds / "notes.xyz").write_text("No document at all.", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program, which recognizes no text: not every machine could."""
    home = tmp_path_factory.mktemp("data") / "home"
    home.mkdir(mode=0o700)
    (home / "settings.json").write_text('{"version": 1, "indexing": {"recognition": false}}')
    return Program(home)


@pytest.fixture(scope="module")
def report(program: Program, files: Path) -> Ran:
    return program.json("index", files, "-l", LIBRARY)


@pytest.fixture
def indexed(report: Ran, program: Program) -> Program:
    """The program with the folder indexed. Not to be changed."""
    assert report.code == 1
    return program


@pytest.fixture
def copy(indexed: Program, tmp_path: Path) -> Program:
    """The same in a data directory that may be changed."""
    shutil.copytree(indexed.home, tmp_path / "copy")
    return Program(tmp_path / "copy")


def names(entries: list[Any]) -> list[str]:
    return [Path(e["path"] if isinstance(e, dict) else e).name for e in entries]


def reasons(entries: list[dict[str, str]]) -> dict[str, str]:
    for entry in entries:
        assert entry.keys() == {"path", "reason"}
        assert_plain(entry["reason"])
    return {Path(entry["path"]).name: entry["reason"] for entry in entries}


def assert_plain(reason: str) -> None:
    """A sentence for people: what happened and what to do, and nothing of how."""
    assert reason[0].isupper() or reason[0] == "“"
    assert reason.endswith(".")
    assert "\n" not in reason
    for technical in ("Traceback", "Error", "None", "{", "mupdf", "desktop_rag"):
        assert technical not in reason


def assert_hits(hits: list[dict[str, Any]], folder: Path) -> None:
    for hit in hits:
        assert hit.keys() == HIT
        assert Path(hit["document"]).is_absolute()
        assert Path(hit["document"]).is_relative_to(folder)
        assert isinstance(hit["page"], int)
        assert isinstance(hit["page_label"], str)
        assert math.isfinite(hit["score"])
        assert hit["text"].strip()
        assert_boxes(hit["boxes"], hit["page"])
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def assert_boxes(boxes: list[dict[str, float]], page: int) -> None:
    assert boxes
    for box in boxes:
        assert box.keys() == {"page", "x0", "y0", "x1", "y1"}
        assert box["page"] == page
        assert 0 <= box["x0"] < box["x1"] <= 1
        assert 0 <= box["y0"] < box["y1"] <= 1


# index


def test_index_says_what_came_of_each_path(report, files) -> None:
    values = report.values
    assert values.keys() == REPORT
    assert names(values["indexed"])[:8] == sorted(path.name for path in SAMPLES.glob("*.pdf"))
    rest = set(names(values["indexed"])[8:]) - {"truncated.pdf"}
    assert rest == {"plain-copy.pdf", "rotated.pdf", "cropped.pdf", "owner-locked.pdf",
                    "ñandú 100%.PDF"}  # fmt: skip
    assert names(values["unchanged"]) == ["plain.pdf"]  # plain-copy.pdf comes before it
    given = [*values["indexed"], *values["unchanged"]]
    given += [entry["path"] for entry in values["failed"] + values["waiting"]]
    assert sorted(given) == sorted(str(path) for path in files.rglob("*.[pP][dD][fF]"))
    assert values["chunks"] >= values["pages"] >= 25
    assert values["seconds"] > 0


def test_what_waits_says_for_what(report) -> None:
    waiting = reasons(report.values["waiting"])
    assert waiting.keys() == {"locked.pdf", "scanned.pdf"}
    assert "“locked.pdf”" in waiting["locked.pdf"]
    assert "password" in waiting["locked.pdf"]
    assert "“scanned.pdf”" in waiting["scanned.pdf"]
    assert "text recognition" in waiting["scanned.pdf"]


def test_what_failed_says_why(report) -> None:
    failed = reasons(report.values["failed"])
    failed.pop("truncated.pdf", None)
    assert failed.keys() == {"blank.pdf", "empty.pdf", "letter.pdf", "without-pages.pdf"}
    for name, reason in failed.items():
        assert f"“{name}”" in reason
    assert "is blank" in failed["blank.pdf"]
    assert "is an empty file" in failed["empty.pdf"]
    assert "cannot be read" in failed["letter.pdf"]
    assert "has no pages" in failed["without-pages.pdf"]


def test_nothing_but_the_report_is_printed(report) -> None:
    assert report.err.strip() == ""
    assert len(report.out.splitlines()) == 1


def test_indexing_again_changes_nothing(indexed, report, files) -> None:
    before, again = report.values, indexed.json("index", files, "-l", LIBRARY)
    values = again.values
    assert values["indexed"] == []
    assert sorted(values["unchanged"]) == sorted(before["indexed"] + before["unchanged"])
    assert reasons(values["waiting"]) == reasons(before["waiting"])
    assert reasons(values["failed"]) == reasons(before["failed"])
    assert (values["pages"], values["chunks"]) == (0, 0)
    assert again.code == 1


def test_one_file_that_is_known_is_unchanged_and_no_failure(indexed, files) -> None:
    ran = indexed.json("index", files / "ficha-turron.pdf", "-l", LIBRARY)
    assert ran.code == 0
    assert ran.values["unchanged"] == [str(files / "ficha-turron.pdf")]


def test_waiting_is_no_failure(copy, files) -> None:
    ran = copy.json("index", files / "kinds" / "locked.pdf", "-l", "Otra")
    assert (ran.code, names(ran.values["waiting"])) == (0, ["locked.pdf"])


def test_a_missing_path_is_a_failure(copy, tmp_path) -> None:
    missing = tmp_path / "missing.pdf"
    ran = copy.json("index", missing, "-l", LIBRARY)
    assert ran.code == 1
    assert reasons(ran.values["failed"]) == {
        "missing.pdf": "“missing.pdf” was not found. "
        "If it was moved or renamed, add it from its new place."
    }


def test_a_folder_without_pdfs_is_a_failure(copy, tmp_path) -> None:
    (tmp_path / "void").mkdir()
    ran = copy.json("index", tmp_path / "void", "-l", LIBRARY)
    assert ran.code == 1
    assert "There is no document" in reasons(ran.values["failed"])["void"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything"
)
def test_a_folder_closed_to_us_is_a_failure(copy, tmp_path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    pdfs.plain(closed / "a.pdf", ["Hidden."])
    closed.chmod(0)
    ran = copy.json("index", closed, "-l", LIBRARY)
    closed.chmod(0o700)
    assert ran.code == 1
    assert "cannot be opened" in reasons(ran.values["failed"])["closed"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["index"],
        ["index", "a.pdf"],
        ["index", "a.pdf", "-l", "  "],
        ["search", "words"],
        ["search", "words", "-l", "Any", "-k", "0"],
        ["ask", "why?", "-l", "Any", "--temperature", "9"],
        ["ask", "-l", "Any"],
        ["search", "words", "-l", "Any", "--questions", "q.jsonl"],
        ["remove", "-l", "Any"],
        ["remove", "-l", "Any", "--whole", "a.pdf"],
        ["evaluate", "qa.jsonl", "--root", ".", "-l", "Any", "--scope", "world"],
        ["dance"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2(tmp_path, arguments) -> None:
    ran = Program(tmp_path / "home").run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage:" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent otherwise there")
def test_ctrl_c_ends_in_a_sentence_and_the_next_run_goes_on(tmp_path, files) -> None:
    program = Program(tmp_path / "home")
    path = files / "ficha-turron.pdf"
    with program.start("index", path, "-l", LIBRARY, "--json", process_group=0) as process:
        while not (program.home / "library.sqlite3").exists():
            assert process.poll() is None
            threading.Event().wait(0.02)
        threading.Event().wait(1.0)  # its children are starting
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert "Run the same command again" in json.loads(out)["error"]
    assert err.strip() == ""
    again = program.json("index", path, "-l", LIBRARY)
    assert (again.code, again.values["indexed"]) == (0, [str(path)])


def test_two_commands_do_not_write_at_once(tmp_path, files) -> None:
    from desktop_rag.library.disk.lock import owner
    from desktop_rag.settings.paths import open_home

    program = Program(tmp_path / "home")
    with owner(open_home(program.home)):
        ran = program.json("index", files / "ficha-turron.pdf", "-l", LIBRARY)
    assert ran.code == 1
    assert "Another window or command" in ran.values["error"]


# libraries, documents


def test_libraries_are_listed(indexed, report) -> None:
    values = indexed.json("libraries").values
    (library,) = values["libraries"]
    indexed_count = len(report.values["indexed"])
    assert library == {
        "name": LIBRARY,
        "documents": indexed_count + len(report.values["failed"]) + 2,
        "ready": indexed_count,
        "waiting": 2,
        "failed": len(report.values["failed"]),
        "pages": library["pages"],
        "chunks": report.values["chunks"],
    }


def test_documents_are_listed_with_their_state(indexed, report, files) -> None:
    rows = indexed.json("documents", "-l", LIBRARY).values["documents"]
    by_name = {Path(row["path"]).name: row for row in rows}
    for row in rows:
        assert row.keys() == DOCUMENT
        assert Path(row["path"]).is_relative_to(files)
        assert row["state"] in STATES
        assert bool(row["reason"]) == (row["state"] in {"failed", "waiting"})
    assert "plain.pdf" not in by_name  # it is plain-copy.pdf
    assert by_name["locked.pdf"]["state"] == "waiting"
    assert by_name["scanned.pdf"]["state"] == "waiting"
    assert by_name["empty.pdf"]["state"] == "failed"
    assert by_name["empty.pdf"]["reason"] == reasons(report.values["failed"])["empty.pdf"]
    thesis = by_name["tesis-aljibes.pdf"]
    assert (thesis["state"], thesis["language"]) == ("ready", "es")
    assert "aljibes" in thesis["title"].lower()
    assert by_name["three-isles-ferry.pdf"]["language"] == "en"
    assert sum(row["pages"] for row in rows if row["state"] == "ready") == report.values["pages"]


@pytest.mark.parametrize("command", [["documents"], ["remove", "--whole"], ["search", "words"]])
def test_an_unknown_library_is_named(indexed, command) -> None:
    ran = indexed.json(*command, "-l", "Nowhere")
    assert ran.code == 1
    assert ran.values["error"] == (
        f"There is no library “Nowhere”. Choose one of these: “{LIBRARY}”."
    )


def test_without_json_people_are_spoken_to(indexed) -> None:
    ran = indexed.run("documents", "-l", "Nowhere")
    assert (ran.code, ran.out) == (1, "")
    assert "There is no library “Nowhere”." in ran.err
    listed = indexed.run("documents", "-l", LIBRARY)
    assert listed.code == 0
    assert "waiting" in listed.out
    assert indexed.run("--version").out.startswith("desktop-rag ")


# search


def test_search_finds_the_page(indexed, files) -> None:
    found = indexed.asked("search", SPANISH, "-k", "5")
    assert found.keys() == {"query", "seconds", "hits"}
    assert found["query"] == SPANISH
    assert found["seconds"] >= 0
    assert len(found["hits"]) == 5
    assert_hits(found["hits"], files)
    thesis = [hit for hit in found["hits"] if hit["document"] == str(files / "tesis-aljibes.pdf")]
    (right,) = [hit for hit in thesis if "anguila" in hit["text"]]
    assert (right["page"], right["page_label"]) == (4, "2")


def test_a_phrase_in_quotes_is_counted_and_one_that_is_nowhere_is_said_to_be(indexed) -> None:
    found = indexed.asked("search", '"plain page about marmalade"')
    assert (found["phrases"], found["phrase_hits"]) == (["plain page about marmalade"], 1)
    assert "marmalade" in found["hits"][0]["text"]
    found = indexed.asked("search", "“about treacle marmalade”")
    assert (found["phrases"], found["phrase_hits"]) == (["about treacle marmalade"], 0)
    ran = indexed.run("search", '"plain page about marmalade"', "-l", LIBRARY)
    assert ran.out.startswith("1 passage with “plain page about marmalade”\n")
    answer = indexed.asked("ask", 'Who says "about treacle marmalade"?')
    assert answer["phrase_hits"] == 0


def test_a_word_that_is_a_letter_off_is_mended(indexed) -> None:
    found = indexed.asked("search", "marmelade")
    assert found["mended"] == {"marmelade": "marmalade"}
    assert "marmalade" in found["hits"][0]["text"]
    ran = indexed.run("search", "marmelade", "-l", LIBRARY)
    assert ran.out.startswith("Showing results for “marmalade”.\n")


def test_an_exact_string_comes_before_what_is_like_it(tmp_path) -> None:
    program = Program(tmp_path / "home")
    folder = tmp_path / "orders"
    folder.mkdir()
    for number in range(5500, 5530):
        text = f"Order KX-{number} of 7 June {number - 3500} went to the mill for {number}.50."
        (folder / f"{number}.txt").write_text(text)
    assert program.json("index", folder, "-l", LIBRARY).code == 0
    for query, number in {
        "KX-5517": 5517,
        "kx 5517": 5517,
        "5518": 5518,
        "How much was order KX-5519 of the mill?": 5519,
        "2020-06-07": 5520,
        "7 de junio de 2021": 5521,
        "5.522,50 €": 5522,
        "5,523.5": 5523,
        '"Order KX-5524 of"': 5524,
    }.items():
        (hit,) = program.asked("search", query, "-k", "1")["hits"]
        assert Path(hit["document"]).stem == str(number), query


@pytest.mark.xfail(
    not embedders.multilingual().there,
    strict=True,
    reason="to the English embedder, a short passage with two of the words comes before it",
)
def test_the_page_that_answers_comes_first(indexed, files) -> None:
    first = indexed.asked("search", SPANISH, "-k", "5")["hits"][0]
    assert first["document"] == str(files / "tesis-aljibes.pdf")
    assert (first["page"], first["page_label"]) == (4, "2")
    assert "anguila" in first["text"]


def test_a_page_has_the_label_that_is_printed_on_it(indexed, files) -> None:
    thesis = files / "tesis-aljibes.pdf"
    found = indexed.asked("search", "beca de la autora de la tesis", "-d", thesis, "-k", "20")
    assert {hit["document"] for hit in found["hits"]} == {str(thesis)}
    labels = {hit["page"]: hit["page_label"] for hit in found["hits"]}
    assert labels[2] == "iii"
    assert all(label in {"i", "ii", "iii", "iv", "1", "2", "3", "4"} for label in labels.values())
    assert_hits(found["hits"], files)


def test_a_rotated_page_is_lit_where_its_words_are_displayed(indexed, files) -> None:
    (hit, *_) = indexed.asked("search", "zanzibar quokka")["hits"]
    assert hit["document"] == str(files / "kinds" / "rotated.pdf")
    assert hit["text"] == TURNED
    left, top = pdfs.MARGIN / pdfs.HEIGHT, pdfs.MARGIN / pdfs.WIDTH
    assert min(box["x0"] for box in hit["boxes"]) == pytest.approx(left, abs=0.01)
    for box in hit["boxes"]:  # the page lies on its side
        assert box["y1"] == pytest.approx(top, abs=0.02)


def test_a_document_that_is_not_in_the_library_is_named(indexed, files) -> None:
    ran = indexed.json("search", "oil", "-l", LIBRARY, "-d", files / "other.pdf")
    assert ran.code == 1
    assert "other.pdf” is not in the library" in ran.values["error"]


# ask


def assert_answer(values: dict[str, Any], files: Path) -> None:
    assert values.keys() == {
        "query", "seconds", "hits", "answer", "citations", "mode", "tokens", "timings",
        "route", "searched", "refused", "sufficiency", "first", "quotes", "checks",
    }  # fmt: skip
    assert_hits(sorted(values["hits"], key=lambda hit: -hit["score"]), files)
    assert values["tokens"].keys() == {"prompt", "cached", "answer"}
    assert values["timings"].keys() == {
        "load_ms", "retrieve_ms", "first_token_ms", "prompt_tps", "decode_tps"
    }  # fmt: skip
    assert values["timings"]["retrieve_ms"] > 0
    for citation in values["citations"]:
        assert citation.keys() == {"number", "document", "page", "page_label", "quote", "boxes"}
        assert citation["number"] >= 1
        assert citation["quote"].strip()
        assert_boxes(citation["boxes"], citation["page"])
        where = (citation["document"], citation["page"])
        assert where in {(hit["document"], hit["page"]) for hit in values["hits"]}


@pytest.mark.parametrize(
    ("question", "place", "word"),
    [
        (ENGLISH, ("cold-ridge-observatory.pdf", 2), "flowerpot"),
        (SPANISH, ("tesis-aljibes.pdf", 4), "anguila"),
    ],
    ids=["english", "spanish"],
)
def test_without_a_model_the_right_sentence_is_quoted(
    indexed, files, question, place, word
) -> None:
    name, page = place
    values = indexed.asked("ask", question)
    assert_answer(values, files)
    assert values["query"] == question
    assert values["mode"] == "extract"
    assert word in values["answer"]
    cited = [citation for citation in values["citations"] if word in citation["quote"]]
    assert cited
    assert {(citation["document"], citation["page"]) for citation in cited} == {
        (str(files / name), page)
    }
    assert f"[{cited[0]['number']}]" in values["answer"]
    assert values["tokens"] == {"prompt": 0, "cached": 0, "answer": 0}


def test_what_is_counted_says_where_in_how_many_documents(tmp_path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    pdfs.plain(folder / "one.pdf", ["The quokka slept. Two quokkas woke.", "A quokka left."])
    pdfs.plain(folder / "two.pdf", ["El quokka duerme en la isla, lejos del puerto."])
    pdfs.plain(folder / "three.pdf", ["Marmalade is made of oranges."])
    program = Program(tmp_path / "home")
    assert program.json("index", folder, "-l", LIBRARY).code == 0
    values = program.asked("ask", "Which documents mention quokkas?")
    assert values["route"] == "list"
    assert (
        values["answer"].splitlines()[0].startswith("2 of 3 documents mention “quokkas”, 4 times")
    )
    assert values["counts"] == [
        {"document": str(folder / "one.pdf"), "hits": 3, "pages": ["1", "2"]},
        {"document": str(folder / "two.pdf"), "hits": 1, "pages": ["1"]},
    ]
    assert (values["total"], values["documents"]) == (4, 2)
    assert values["looked_at"]["documents"] == 3
    assert len(values["quotes"]) == 4
    assert all(quote["boxes"] for quote in values["quotes"])
    spanish = program.asked("ask", "¿Qué documentos no mencionan quokkas?")
    assert spanish["without"] == [str(folder / "three.pdf")]
    exact = program.asked("ask", "“Two quokkas”")
    assert (exact["route"], exact["total"]) == ("exact", 1)
    told = program.run("ask", "-l", LIBRARY, "how many times is whale mentioned?")
    assert "None of the 3 documents mentions “whale”." in told.out


def test_with_a_model_it_writes_the_answer(indexed, files, tmp_path) -> None:
    model = gguf_models.write_reciter(tmp_path / "reciter.gguf", "Yes [1].")
    values = indexed.asked("ask", ENGLISH, "--model", model, "--greedy", "--seed", "7")
    assert_answer(values, files)
    assert values["mode"] == "model"
    assert values["answer"] == "Yes [1]."
    assert [citation["number"] for citation in values["citations"]] == [1]
    assert values["tokens"]["prompt"] > 100
    assert values["tokens"]["answer"] == len("Yes [1].")
    for key in ("load_ms", "retrieve_ms", "first_token_ms", "prompt_tps", "decode_tps"):
        assert values["timings"][key] > 0, key


def test_what_the_documents_say_is_printed_before_a_model_adds_to_it(indexed, tmp_path) -> None:
    model = gguf_models.write_reciter(tmp_path / "reciter.gguf", "Yes [1].")
    ran = indexed.run("ask", ENGLISH, "-l", LIBRARY, "--model", model, "--greedy")
    heading, quote, *more = ran.out.splitlines()
    assert heading == "Your documents say:"
    assert "flowerpot" in quote
    assert ran.out.count(quote) == 1
    added = more.index("The model adds:")
    assert more[added + 1] == "Yes [1]."


def test_a_missing_model_is_named(indexed, tmp_path) -> None:
    ran = indexed.json("ask", ENGLISH, "-l", LIBRARY, "--model", tmp_path / "none.gguf")
    assert ran.code == 1
    assert "There is no language model at" in ran.values["error"]


# Many questions


def many(program: Program, tmp_path: Path, command: str, *lines: object) -> list[dict[str, Any]]:
    """What comes of lines; one that is no text is written as JSON. Most of them fail here."""
    file = tmp_path / "questions.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(texts), encoding="utf-8")
    ran = program.run(command, "--questions", file, "-l", LIBRARY)
    values = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == (1 if any("error" in one for one in values) else 0), ran
    assert ran.err.strip() == ""
    return values


def test_many_questions_are_searched_and_a_bad_line_stops_none(indexed, files, tmp_path) -> None:
    thesis = str(files / "tesis-aljibes.pdf")
    first, narrow, *bad, last = many(
        indexed,
        tmp_path,
        "search",
        {"id": "a", "question": SPANISH},
        "",
        {"id": 7, "question": ENGLISH, "document": thesis},
        {"id": "c", "question": ENGLISH, "document": str(files / "none.pdf")},
        '{"id": "d", ',
        "[1]",
        {"question": ENGLISH},
        {"id": 1.5},
        {"id": "e", "question": ENGLISH, "history": "earlier"},
        {"id": "f", "question": ENGLISH},
    )
    alone = indexed.asked("search", SPANISH)
    assert first == {"id": "a", **alone, "seconds": first["seconds"]}
    assert narrow["id"] == 7
    assert {hit["document"] for hit in narrow["hits"]} == {thesis}
    assert [one.keys() for one in bad] == [{"id", "error"}] * 6
    assert [one["id"] for one in bad] == ["c", None, None, None, 1.5, "e"]
    assert "is not in the library" in bad[0]["error"]
    for line, one in zip((5, 6, 7, 8, 9), bad[1:], strict=True):
        assert one["error"].startswith(f"Line {line} ")
    assert (last["id"], last["query"]) == ("f", ENGLISH)
    assert_hits(last["hits"], files)


def test_earlier_questions_are_turns_of_the_conversation(indexed, files, tmp_path) -> None:
    alone, after = many(
        indexed,
        tmp_path,
        "ask",
        {"id": 1, "question": SPANISH},
        {"id": 2, "question": SPANISH, "history": [ENGLISH, ENGLISH]},
    )
    assert (alone["id"], after["id"]) == (1, 2)
    assert {**alone, "id": 0}.keys() == after.keys()
    assert alone["hits"] == after["hits"]
    numbers = [[one["number"] for one in answer["citations"]] for answer in (alone, after)]
    (before,) = {late - early for early, late in zip(*numbers, strict=True)}
    assert before > 1  # the passages of the questions before
    assert f"[{numbers[1][0]}]" in after["answer"]


def test_a_model_is_told_what_was_asked_before(indexed, files, tmp_path) -> None:
    file = tmp_path / "questions.jsonl"
    short = str(files / "kinds" / "plain-copy.pdf")
    asked = {"id": "x", "question": "What is treacle?", "document": short}
    lines = (asked, asked | {"history": ["What is marmalade?"]})
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    model = gguf_models.write_reciter(tmp_path / "reciter.gguf", "Yes [1].")
    ran = indexed.run("ask", "--questions", file, "-l", LIBRARY, "--model", model, "--greedy")
    alone, after = (json.loads(line) for line in ran.out.splitlines())
    assert (ran.code, alone["hits"]) == (0, after["hits"])
    assert after["tokens"]["prompt"] > alone["tokens"]["prompt"] + 100
    (first,), (again,) = alone["citations"], after["citations"]
    assert (first["number"], again["number"]) == (1, 1)
    assert "treacle" in first["quote"]
    assert "marmalade" in again["quote"]  # the first passage of the question before


def test_a_file_of_questions_that_cannot_be_read_is_named(indexed, tmp_path) -> None:
    ran = indexed.run("search", "--questions", tmp_path / "none.jsonl", "-l", LIBRARY)
    assert (ran.code, ran.values.keys()) == (1, {"error"})


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent otherwise there")
def test_ctrl_c_between_many_questions_ends_with_130(indexed, tmp_path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps({"id": n, "question": ENGLISH}) for n in range(20_000)))
    command = ("search", "--questions", file, "-l", LIBRARY)
    with indexed.start(*command, process_group=0) as process:
        assert json.loads(process.stdout.readline())["id"] == 0
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert "Stopped" in json.loads(out.splitlines()[-1])["error"]
    assert err.strip() == ""


# passages


def test_all_passages_are_listed_as_they_are_read(indexed, report, files) -> None:
    rows = indexed.json("passages", "-l", LIBRARY).values["passages"]
    assert len(rows) == report.values["chunks"]
    for row in rows:
        assert row.keys() == {"document", "page", "page_label", "header", "text", "source", "layer"}
        assert row["source"] == "text"
        assert row["layer"] in {"body", "furniture"}  # what runs along the pages of the samples
    listed = [row["path"] for row in indexed.json("documents", "-l", LIBRARY).values["documents"]]
    order = list(dict.fromkeys(row["document"] for row in rows))
    assert order == [path for path in listed if path in set(order)]
    thesis = str(files / "tesis-aljibes.pdf")
    own = [row for row in rows if row["document"] == thesis]
    pages = [row["page"] for row in own if row["layer"] == "body"]
    assert pages == sorted(pages)
    assert {*pages} >= {0, 4}
    one = indexed.json("passages", "-l", LIBRARY, "--document", thesis).values["passages"]
    assert one == own
    ran = indexed.run("passages", "-l", LIBRARY, "-d", thesis)
    assert ran.code == 0
    assert "tesis-aljibes.pdf, p. 2" in ran.out
    ran = indexed.json("passages", "-l", LIBRARY, "-d", files / "none.pdf")
    assert (ran.code, ran.values.keys()) == (1, {"error"})


# evaluate


def test_the_samples_answer_their_questions(tmp_path) -> None:
    """By words and by meaning, in the real program."""
    real = Program(tmp_path / "home", REAL)
    assert real.json("index", SAMPLES, "-l", LIBRARY).code == 0
    questions = SAMPLES.parent / "questions.jsonl"
    count = len(questions.read_text("utf-8").splitlines())
    ran = real.json("evaluate", questions, "--root", SAMPLES, "-l", LIBRARY)
    assert ran.code == 0
    values = ran.values
    assert values.keys() == {
        "n", "skipped", "hit@1", "hit@3", "hit@5", "hit@10", "mrr", "search_ms"
    }  # fmt: skip
    assert (values["n"], values["skipped"]) == (count - 2, 2)  # two have no answer
    assert values["hit@5"] >= 0.9
    rates = [values[f"hit@{depth}"] for depth in (1, 3, 5, 10)]
    assert rates == sorted(rates)
    assert values["hit@1"] <= values["mrr"] <= values["hit@10"] <= 1
    assert values["search_ms"].keys() == {"p50", "p95"}
    assert 0 < values["search_ms"]["p50"] <= values["search_ms"]["p95"]


def test_questions_that_cannot_be_read_are_named(indexed, tmp_path) -> None:
    path = tmp_path / "qa.jsonl"
    path.write_text('\n{"id": 1}\n', encoding="utf-8")
    ran = indexed.json("evaluate", path, "--root", tmp_path, "-l", LIBRARY)
    assert ran.code == 1
    assert "Correct line 2" in ran.values["error"]


# remove


def test_what_was_removed_is_found_no_more(copy, files) -> None:
    path = files / "kinds" / "rotated.pdf"
    ran = copy.json("remove", path, "-l", LIBRARY)
    assert (ran.code, ran.values) == (0, {"library": LIBRARY, "removed": 1, "whole": False})
    assert path.exists()
    listed = copy.json("documents", "-l", LIBRARY).values["documents"]
    assert str(path) not in {row["path"] for row in listed}
    hits = copy.asked("search", "zanzibar quokka", "-k", "50")["hits"]
    assert str(path) not in {hit["document"] for hit in hits}
    assert not any("quokka" in hit["text"] for hit in hits)
    ran = copy.json("remove", path, "-l", LIBRARY)
    assert ran.code == 1
    assert "is not in the library" in ran.values["error"]


def test_of_two_names_for_one_content_the_other_still_serves(copy, files) -> None:
    first, other = (files / "kinds" / name for name in ("plain-copy.pdf", "plain.pdf"))
    assert copy.json("remove", first, "-l", LIBRARY).code == 0
    listed = copy.json("documents", "-l", LIBRARY).values["documents"]
    states = {row["path"]: row["state"] for row in listed}
    assert states[str(other)] == "ready"
    assert str(first) not in states


def test_a_whole_library_can_be_removed(copy, report, files) -> None:
    ran = copy.json("remove", "-l", LIBRARY, "--whole")
    assert ran.code == 0
    assert ran.values["whole"] is True
    assert ran.values["removed"] > 10
    assert copy.json("libraries").values == {"libraries": []}
    assert not list((copy.home / "pages").rglob("*.zip"))
    assert (files / "ficha-turron.pdf").exists()


# What is kept


def test_no_log_holds_a_word_of_a_document_or_question(indexed) -> None:
    private = [ENGLISH, SPANISH, TURNED, "anguila", "flowerpot", "marmalade", "quokka"]
    for path in (indexed.home / "logs").rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8", errors="replace")
            assert not [words for words in private if words in text], path


@pytest.mark.skipif(os.name == "nt", reason="rights are others there")
def test_the_data_is_closed_to_other_users(indexed) -> None:
    assert indexed.home.stat().st_mode & 0o077 == 0
