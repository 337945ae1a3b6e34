"""Takes 100 answers away as Word and PDF, and follows every note to its file, page and words.

Run by hand, with the questions and documents of `../shared/data/qa`:

    python -m tests.benchmarks.papers ../shared/data/qa --home /tmp/papers-home

Answers are quoted, without a language model: of every five questions one wishes for a summary. For
each the file is read back by its own means, the Word document by its XML and the PDF by its links,
and each note has to lead to the document and page that its words stand on: the page is read anew
from the document, and has to have their letters in this order. With `--office`, LibreOffice makes
PDFs of the Word documents, of which each has to have all the words of its notes; no complaint may
come from it. It wants `soffice` on the path.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pymupdf

from desktop_rag.answer.papers.building import paper_of
from desktop_rag.answer.papers.talk import Talk
from desktop_rag.answer.turn import Question
from desktop_rag.cli import asking, indexing, session
from desktop_rag.cli.output import english
from desktop_rag.cli.papers import KeptAnswer
from desktop_rag.domain.papers import Paper, PaperFormat, notes_of
from desktop_rag.jobs import papers
from desktop_rag.jobs.answering import LibraryScope
from desktop_rag.notices.papers import telling
from desktop_rag.workers.commands.printing import PrintPaper
from tests.papers import Led, pdf_notes, word_notes

_LIBRARY = "papers"
_PAGES = 20  # a longer document takes too long to be read in
_ANSWERS = 100
_TOGETHER = 6  # letters, of what is quoted together from several places of a page
_WISHES = {"es": "Resume el documento «{name}»", "en": "Summarise the document “{name}”"}


class Written(NamedTuple):
    """A paper and its two files, with the seconds that each took."""

    paper: Paper
    word: Path
    pdf: Path
    seconds: tuple[float, float]


def main() -> None:
    """Ask, write, read back and tell how many notes lead where they are to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("questions", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--office", action="store_true")
    given = parser.parse_args()
    os.environ["DESKTOP_RAG_HOME"] = str(given.home)
    root = given.questions.resolve()
    asked = list(_questions(root))
    indexing.index(sorted({document for _, document in asked}), _LIBRARY)
    with tempfile.TemporaryDirectory() as place:
        written = list(_written([text for text, _ in asked], Path(place)))
        _tell(written)
        if given.office:
            _office(written, Path(place) / "office")


def _questions(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield questions with the documents that answer them, those of each document in turn."""
    rows = [json.loads(line) for line in (root / "qa.jsonl").read_text("utf-8").splitlines()]
    of: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in filter(lambda one: one["gold"], rows):
        of[row["gold"][0]["doc"]].append(row)
    short = {name: its for name, its in of.items() if _short(root / name)}
    rounds = max(map(len, short.values()))
    turns = [
        (its[at], root / name)
        for at in range(rounds)
        for name, its in short.items()
        if at < len(its)
    ]
    for at, (row, document) in enumerate(turns[:_ANSWERS]):
        wish = _WISHES[row["lang"]].format(name=document.stem.replace("_", " "))
        yield (wish if at % 5 == 0 else row["question"]), document


def _short(document: Path) -> bool:
    if document.suffix != ".pdf":
        return False
    with pymupdf.open(document) as opened:
        return 1 < len(opened) <= _PAGES


def _written(questions: Sequence[str], place: Path) -> Iterator[Written]:
    home, _settings = session.opened()
    with asking._opened(_LIBRARY) as engines, session.printer(home) as calls:
        for at, text in enumerate(questions):
            kept = KeptAnswer(text)
            show = kept.keeping(lambda _event: None)
            asking._answered(engines, Question(text), LibraryScope(_LIBRARY), show)
            turn = kept.turn(engines.db)
            talk = papers.talk_of(engines.db, home, text, [turn], telling(english))
            talk = replace(talk, single=True)
            files = [place / f"{at}{kind}" for kind in (PaperFormat.WORD, PaperFormat.PDF)]
            seconds = tuple(_timed(calls, talk, file) for file in files)
            yield Written(paper_of(talk), files[0], files[1], (seconds[0], seconds[1]))


def _timed(calls: session.Calls, talk: Talk, file: Path) -> float:
    started = time.perf_counter()
    for _ in calls.steps(PrintPaper(talk, file, papers.kind_of(file))):
        pass
    return time.perf_counter() - started


def _tell(written: Sequence[Written]) -> None:
    """Say of how many answers all notes lead where they are to, and what does not."""
    pages: dict[tuple[str, int], str] = {}
    for kind, read in (("docx", word_notes), ("pdf", pdf_notes)):
        right = notes = 0
        for one in written:
            file = one.word if kind == "docx" else one.pdf
            wrong = list(_wrong(one.paper, read(file), pages))
            notes += sum(1 for _ in notes_of(one.paper.blocks))
            right += not wrong
            for what in wrong:
                print(f"{kind} {one.paper.title[:50]}: {what}")
        seconds = [one.seconds[kind == "pdf"] for one in written]
        print(
            f"{kind}: {right} of {len(written)} answers right, {notes} notes; "
            f"{statistics.median(seconds):.3f} s in the median, {max(seconds):.3f} s at most"
        )


def _wrong(paper: Paper, found: Sequence[Led], pages: dict[tuple[str, int], str]) -> Iterator[str]:
    notes = list(notes_of(paper.blocks))
    if len(notes) != len(found) or not notes:
        yield f"{len(found)} notes of {len(notes)}"
        return
    for note, led in zip(notes, found, strict=True):
        source = paper.sources[note.source]
        if (led.path, led.page) != (str(source.path), note.page):
            yield f"leads to {led.path}, {led.page}"
        if " ".join(led.text.split()) != " ".join(f"{note.place}: “{note.words}”".split()):
            yield f"says {led.text!r}"
        if not _stands(_letters(note.words.removesuffix("…")), _page(led, pages)):
            yield f"words are not on page {led.page} of {led.path}: {note.words[:80]!r}"


def _stands(words: str, page: str) -> bool:
    """Whether words stand on a page, those of a table or a list also apart from each other."""
    while words:
        most = next((end for end in range(len(words), 0, -1) if words[:end] in page), 0)
        if most < min(_TOGETHER, len(words)):
            return False
        words = words[most:]
    return True


def _page(led: Led, pages: dict[tuple[str, int], str]) -> str:
    place = led.path, led.page
    if place not in pages:
        with pymupdf.open(led.path) as document:  # and the next page, where a sentence may go on
            there = [one for one in (led.page, led.page + 1) if one < len(document)]
            pages[place] = _letters("".join(document[one].get_text() for one in there))
    return pages[place]


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _office(written: Sequence[Written], place: Path) -> None:
    """Have LibreOffice make PDFs of the Word documents, and look for all that the notes say."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(place)]
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    files = [str(one.word) for one in written]
    ran = subprocess.run(
        [command[0], profile, *command[1:], *files], check=True, capture_output=True, text=True
    )
    complaints = [line for line in ran.stderr.splitlines() if line and "javaldx" not in line]
    whole = 0
    for one in written:
        with pymupdf.open(place / f"{one.word.stem}.pdf") as document:
            shown = _letters("".join(page.get_text() for page in document))
            links = sum(len(page.get_links()) for page in document)
        notes = list(notes_of(one.paper.blocks))
        whole += links >= len(notes) and all(_letters(note.words) in shown for note in notes)
    print(f"LibreOffice: {whole} of {len(written)} opened whole, {len(complaints)} complaints")


if __name__ == "__main__":
    main()
