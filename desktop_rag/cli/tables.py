"""Tables: the same questions to many documents, cell by cell, kept as they come."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.table import Table

from desktop_rag.answer.turn import Done, Question
from desktop_rag.cli import papers, session
from desktop_rag.cli.mending import Searching, mending
from desktop_rag.cli.output import aside, english, screen, table, words_for, words_of
from desktop_rag.domain.answers import QuestionKind
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.errors import ModelMissing, SheetKindUnknown
from desktop_rag.domain.papers import PaperFormat
from desktop_rag.domain.sheets import ENDINGS
from desktop_rag.domain.unicode_text import one_line
from desktop_rag.jobs import cell_records
from desktop_rag.jobs import tables as filling
from desktop_rag.jobs.answering import answering, events
from desktop_rag.jobs.cell_records import CellQuote
from desktop_rag.jobs.tables import AskCell, CellFilled
from desktop_rag.library import documents, libraries, tables
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.tables import CellPlace, QuestionTable, TableCell, TableDocument, TableLine
from desktop_rag.notices.answers import reason_words
from desktop_rag.notices.tables import TableContents, cell_words, standing_words, workbook
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.printing import WriteSheets


@dataclass(frozen=True, slots=True)
class TableWish:
    """What is asked of which documents of a library, all where none are named; `to` a file."""

    library: str
    questions: tuple[str, ...]
    documents: tuple[Path, ...] = ()
    to: Path | None = None


def fill(wish: TableWish, how: Question) -> dict[str, Any]:
    """Fill a table, going on with one of the same questions; return the JSON contract.

    What failed before is asked again.
    """
    if how.model and not how.model.source.there:
        raise ModelMissing(str(how.model.source.path))
    if wish.to is not None and wish.to.suffix.lower() not in {*ENDINGS, *PaperFormat}:
        raise SheetKindUnknown(wish.to.name)
    home, settings = session.opened()

    def filled() -> TableContents:
        with session.owned(home) as db:
            return _filled(db, (home, settings), wish, how)

    contents = mending(home, settings, filled)
    values = _values(contents, wish.library)
    if wish.to is not None:
        _export(home, contents, wish.to.absolute())
        values["file"] = str(wish.to.absolute())
    return values


def _filled(
    db: sqlite3.Connection, where: tuple[Paths, Settings], wish: TableWish, how: Question
) -> TableContents:
    library = libraries.find(db, wish.library)
    writer = how.model.source.name if how.model else ""
    wanted = _wanted(db, library, wish.documents)
    made = tables.alike(db, library, wish.questions, writer)
    begun = made or tables.create(db, library, wish.questions, writer)
    lines = tables.add_lines(db, begun.id, wanted)
    only = {one.line for one in lines}
    tables.ask_again(db, begun.id, only=only)
    left = [at for at in tables.missing(db, begun) if at.line in only]
    if left:
        with _asked(where, how) as answered:
            steps = filling.filling(db, begun, how, only)
            _follow(filling.run(steps, answered), len(left))
    return contents_of(db, begun, lines)


def _wanted(
    db: sqlite3.Connection, library: LibraryId, paths: Sequence[Path]
) -> list[TableDocument]:
    """Return the documents at these paths, or all. Raises `DocumentUnknown`."""
    known = filling.table_documents(db, library)
    if not paths:
        return known
    places = [documents.member(db, library, path) for path in paths]
    held = {path: one.document for path, one in documents.known(db, places).items()}
    by_path = {one.path: one for one in known}
    by_document = {one.document: one for one in known if one.document}
    return [by_document.get(held[path] or DocumentId("")) or by_path[path] for path in places]


@contextmanager
def _asked(where: tuple[Paths, Settings], how: Question) -> Iterator[Any]:
    """Have what answers one cell after the other; its processes end with it."""
    home, settings = where
    with Searching(home, settings) as searching, session.writer(home) as generating:
        searching.start()
        if how.model:
            generating.start()

        def answered(step: AskCell) -> Done:
            steps = answering(step.question, step.scope)
            return filling.last_done(events(steps, searching, generating))

        yield answered


def _follow(filled: Iterable[CellFilled], count: int) -> None:
    """Show how far a table is, with the time that is left."""
    columns = (
        words_of("description"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=aside, transient=True) as progress:
        task = progress.add_task("Asking", total=count)
        for step in filled:
            progress.update(task, total=max(count, step.left + 1), advance=1)


def contents_of(
    db: sqlite3.Connection, table_: QuestionTable, lines: Sequence[TableLine]
) -> TableContents:
    """Return what a table has in these lines."""
    found = {cell.at: cell for cell in tables.cells(db, table_.id, whole=True)}
    ids = [line.document for line in lines if line.document]
    return TableContents(table_, tuple(lines), found, documents.paths_of(db, ids, table_.library))


def _export(home: Paths, contents: TableContents, target: Path) -> None:
    if target.suffix.lower() in set(PaperFormat):
        papers.write_table(home, contents, target)
        return
    with session.printer(home) as printing:
        printing.value(WriteSheets(workbook(contents, english), target))


# What is told


def _values(contents: TableContents, library: str) -> dict[str, Any]:
    return {
        "route": str(QuestionKind.TABLE),
        "library": library,
        "questions": list(contents.table.questions),
        "rows": [_row_values(contents, line) for line in contents.lines],
    }


def _row_values(contents: TableContents, line: TableLine) -> dict[str, Any]:
    places = [CellPlace(line.line, at) for at in range(len(contents.table.questions))]
    return {
        "document": str(contents.paths.get(line.document, line.path)),
        "title": line.name,
        "cells": [_cell_values(contents.cells.get(at)) for at in places],
    }


def _cell_values(cell: TableCell | None) -> dict[str, Any]:
    if cell is None:
        return {"text": "", "state": "missing"}
    grounds = cell_records.restored(cell.draft.payload)
    return {
        "text": cell_words(cell, english),
        "state": str(cell.draft.state),
        "edited": cell.edited is not None,
        "mode": cell.draft.mode,
        "verdict": cell.draft.verdict,
        "standing": standing_words(cell, english),
        "reason": words_for(cell.draft.error) if cell.draft.error else "",
        "page_label": cell.draft.place,
        "citations": [_quote_values(quote) for quote in grounds.quotes],
        "written": grounds.written,
        "checks": [
            {
                "sentence": check.sentence,
                "verdict": str(check.verdict),
                "reason": reason_words(check.reason, english),
            }
            for check in grounds.checks
        ],
    }


def _quote_values(quote: CellQuote) -> dict[str, Any]:
    places = [*((quote.page, box) for box in quote.boxes), *quote.continued]
    return {
        "page": quote.page,
        "page_label": quote.page_label,
        "quote": quote.text,
        "boxes": [_box_values(page, box) for page, box in places],
    }


def _box_values(page: int, box: Box) -> dict[str, float]:
    return {"page": page, **{side: round(edge, 5) for side, edge in box._asdict().items()}}


def print_table(values: dict[str, Any]) -> None:
    """Print a table, a row for each document, with the page of each cell."""
    heads = ["", *values["questions"]]
    rows = [
        dict(zip(heads, (row["title"], *map(_told, row["cells"])), strict=False))
        for row in values["rows"]
    ]
    shown: Table = table(heads, rows)
    screen.print(shown)
    if file := values.get("file"):
        screen.print(f"Written to {one_line(file)}")


def _told(cell: dict[str, Any]) -> str:
    place = f" (p. {cell['page_label']})" if cell.get("page_label") else ""
    doubt = " (?)" if cell.get("verdict") in {"partly", "not_found"} else ""
    return f"{cell['text']}{place}{doubt}"
