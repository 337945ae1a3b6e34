"""One document of each kind, some under wrong names, in one run: what they say can be found."""

import json
import os
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from desktop_rag.domain.formats import FORMATS, format_of
from tests import open_documents, originals, pdfs, word_embedder
from tests.places import ROOT

LIMIT_SECONDS = 300
NEW = {  # by their format, a name and what is in it, of which what stands in «» is looked for
    "fb2": (
        "novel.fb2",
        "<FictionBook><body><section><p>«A lynx reads»</p></section></body></FictionBook>",
    ),
    "rich_text": ("letter.rtf", r"{\rtf1\ansi\ansicpg1252 «The fj\'f8rd freezes»\par}"),
    "delimited": ("list.csv", "animal;home\n«otter;holt»\nbadger;sett\n"),
    "html": ("page.html", "<p>«A vole swims»</p>"),
    "web_archive": (
        "saved.mht",
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        "--x\nContent-Type: text/html\n\n<p>«A stoat hides»</p>\n--x--\n",
    ),
    "markdown": ("read.md", "# Notes\n\n«A toad sits»\n"),
    "text": ("plain.txt", "«A newt basks»"),
    "structured_text": ("guide.rst", "Guide\n=====\n\n«A hare boxes»\n"),
    "tex": ("paper.tex", r"\section{Birds}\emph{«A wren} sings»"),
    "subtitles": ("film.srt", "1\n00:00:01,000 --> 00:00:02,000\n<i>«An owl</i>\nhoots.»\n"),
    "notebook": ("work.ipynb", '{"cells": [{"cell_type": "raw", "source": "«A moth flies»"}]}'),
    "json": ("data.json", '{"animal": {"name": "«A shrew hunts»"}}'),
    "xml": ("doc.xml", "<doc><p>«A <b>bat</b> sleeps»</p></doc>"),
    "source_code": ("script.py", "# «A mole digs»\n"),
}  # fmt: skip
SAID = {"rich_text": "The fjørd freezes", "delimited": "otter holt"}


def plain(marked: str) -> str:
    """What is looked for: between the signs, without what readers take away."""
    inner = marked.partition("«")[2].partition("»")[0]
    for gone in ("<b>", "</b>", "<i>", "</i>", "{", "}", r"\emph"):
        inner = inner.replace(gone, "")
    return " ".join(inner.split())


def filled(folder: Path) -> dict[Path, str]:
    """Write a document of each kind; what each says, by its path."""
    wanted: dict[Path, str] = {}
    for kind, (name, text) in NEW.items():
        (folder / name).write_text(text.replace("«", "").replace("»", ""), "utf-8")
        wanted[folder / name] = SAID.get(kind) or plain(text)
    message = EmailMessage()
    message["Subject"] = "A heron waits"
    message.set_content("by the weir")
    (folder / "mail.eml").write_bytes(message.as_bytes())
    wanted[folder / "mail.eml"] = "A heron waits"
    body = "<text:p>A crane lands</text:p>"
    wanted[open_documents.written(folder / "text.odt", "text", body)] = "A crane lands"
    wanted[originals.word(folder / "report.pdf", "T", [("Fox", "A fox barks")])] = "A fox barks"
    wanted[originals.slides(folder / "talk", [("Deer", "A deer leaps")])] = "A deer leaps"
    sheets = {"S": [["animal", "home"], ["eagle", "eyrie"]]}
    wanted[originals.workbook(folder / "made.xlsx", sheets).rename(folder / "book.docx")] = (
        "eagle eyrie"
    )
    wanted[originals.book(folder / "epub.zip", "T", [("One", "A swan hisses")])] = "A swan hisses"
    for name in ("scan", "image.txt", "upper.PDF"):
        pdfs.plain(folder / name, [f"The seal sleeps in {name[:4]}"])
        wanted[folder / name] = f"The seal sleeps in {name[:4]}"
    return wanted


@pytest.mark.slow
def test_what_documents_of_every_kind_say_can_be_found(home, tmp_path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    wanted = filled(folder)
    kinds = {format_of(Path(name), b"").name for name, _ in NEW.values()}
    assert {form.name for form in FORMATS} - kinds == {
        "pdf", "epub", "word", "slides", "sheet", "open_document", "mail", "image"
    }  # fmt: skip

    def run(*arguments: object) -> dict:
        ran = subprocess.run(
            [sys.executable, *word_embedder.PROGRAM, *map(str, arguments), "-l", "All", "--json"],
            cwd=ROOT,
            env={**os.environ, "DESKTOP_RAG_HOME": str(home)},
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT_SECONDS,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return json.loads(ran.stdout)

    run("index", *wanted)
    said: dict[Path, str] = {}
    for passage in run("passages")["passages"]:
        path = Path(passage["document"])
        said[path] = " ".join([said.get(path, ""), *passage["text"].split()])
    missing = {path.name: said.get(path) for path, text in wanted.items() if text not in said[path]}
    assert missing == {}
