"""How well tables and columns are read: cells with their names, and the order of reading.

Run by hand, with the tables of ICDAR-2013 and the pages of READoc:

    python -m tests.benchmarks.tables --icdar ../shared/data/gold/icdar2013_tables \\
        --readoc ../shared/data/gold/readoc
    python -m tests.benchmarks.tables --icdar ../shared/data/gold/icdar2013_tables --layout

Of every figure in a table: `in_row`, whether its line in a chunk also names its
row; `named`, whether its chunk names its row and all of its columns. `adjacent` is
the F1 of cells that stand beside each other in a row. Of every document: `found`,
the share of runs of six words of the gold text that are in one piece, and `order`,
how many pairs of runs that are found once come in the order of the gold text
(Kendall's tau). The table goes to the error output, the JSON object holds the same.
"""

from __future__ import annotations

import argparse
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from scipy.stats import kendalltau

from desktop_rag.domain.amounts import is_amount, without_amounts
from desktop_rag.domain.documents import Chunk, DocumentId, Page
from desktop_rag.engines.encoders import encoders
from desktop_rag.engines.pdf import layout, reading
from desktop_rag.engines.store import analyzer
from desktop_rag.ingest.chunking import SplitContext, chunks_of
from desktop_rag.ingest.cleaning import cleaned
from desktop_rag.ingest.crowded import poor
from tests.benchmarks import program

_RUN = 6  # words
_LIMIT = 110  # tokens, as the settings have it
_MARKUP = re.compile(r"\$[^$]*\$|!?\[([^\]]*)\]\([^)]*\)|<[^>]+>|[*_`#|\\]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a gold table; rows and columns count from 0, ends are included."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str


# Reading


class Reader:
    """Cuts PDFs into chunks as the program does."""

    def __init__(self, *, layout: bool) -> None:
        self._layout = layout
        self._tokenizer = encoders.FolderTokenizer(encoders.default_embedder())
        self.pages = self.by_layout = 0
        self.seconds = 0.0

    def chunks(self, path: Path) -> list[Chunk]:
        """Return the chunks of a PDF."""
        with reading.opened(path) as document:
            outline = reading.outline(document)
            started = time.perf_counter()
            pages = [self._looked_at(document, page) for page in reading.pages(document)]
        how = SplitContext(
            document=DocumentId("gold"),
            title=path.stem,
            outline=outline,
            limit=_LIMIT,
            count=lambda texts: self._tokenizer.counts([without_amounts(text) for text in texts]),
            language=analyzer.language,
        )
        found = list(chunks_of(cleaned(pages), how))
        self.seconds += time.perf_counter() - started
        self.pages += len(pages)
        return found

    def _looked_at(self, document: Any, page: Page) -> Page:
        if not (self._layout and poor(page)):
            return page
        self.by_layout += 1
        return layout.with_tables(document[page.number], page)


def words(text: str) -> list[str]:
    """Return the words of `text` without accents, case, hyphens and marks."""
    plain = unicodedata.normalize("NFKD", text.replace("\u00ad", "")).casefold()
    return re.findall(r"[^\W_]+", "".join(s for s in plain if not unicodedata.combining(s)))


def squeezed(text: str) -> str:
    """Return `text` without white space."""
    return "".join(text.split())


# Tables


def gold_tables(path: Path) -> Iterator[tuple[int, list[Cell]]]:
    """Yield (page, cells) of each table that lies on one page; pages count from 0."""
    for table in ET.parse(path).getroot().iter("table"):
        regions = list(table.iter("region"))
        if len(regions) == 1:
            yield int(regions[0].get("page", "1")) - 1, [_cell(at) for at in table.iter("cell")]


def _cell(found: ET.Element) -> Cell:
    def number(name: str, otherwise: int) -> int:
        return int(found.get(name, otherwise))

    row, column = number("start-row", 0), number("start-col", 0)
    text = " ".join((found.findtext("content") or "").split())
    return Cell(row, column, number("end-row", row), number("end-col", column), text)


def figures(cells: Sequence[Cell]) -> Iterator[tuple[Cell, str, str]]:
    """Yield each figure of a table with the name of its row and those of its columns."""
    numbers = [cell for cell in cells if is_figure(cell.text)]
    if not numbers:
        return
    first = min(cell.row for cell in numbers)
    for cell in numbers:
        row = [
            other
            for other in cells
            if other.row <= cell.row <= other.last_row
            and other.column < cell.column
            and any(map(str.isalpha, other.text))
        ]
        above = [
            other.text
            for other in cells
            if other.row < first and other.column <= cell.column <= other.last_column
        ]
        if row and any(words(text) for text in above):
            yield cell, min(row, key=lambda other: other.column).text, " ".join(above)


def is_figure(text: str) -> bool:
    """Tell a cell that is a number."""
    return any(map(str.isdigit, text)) and all(map(is_amount, text.split()))


def table_scores(cells: Sequence[Cell], chunks: Sequence[Chunk]) -> Counter[str]:
    """Count the figures of a table, and those that are found with their names."""
    scores: Counter[str] = Counter()
    lines = [(set(words(chunk.text)), line) for chunk in chunks for line in chunk.text.split("\n")]
    held = [(whole, set(words(line)), _places(line)) for whole, line in lines]
    for cell, row, column in figures(cells):
        wanted, named = squeezed(cell.text), set(words(row))
        beside = [
            whole
            for whole, line, places in held
            if wanted in places and 2 * len(named & line) >= len(named)
        ]
        scores["figures"] += 1
        scores["in_row"] += bool(beside)
        scores["named"] += any({*named, *words(column)} <= whole for whole in beside)
    return scores


def _places(line: str) -> set[str]:
    return {squeezed(cell) for cell in line.split("\t")} | set(line.split())


def pairs(rows: Iterable[Sequence[str]]) -> Counter[tuple[str, str]]:
    """Count the cells that stand beside each other."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        kept = [squeezed(text) for text in row if squeezed(text)]
        found.update(pairwise(kept))
    return found


def adjacency(cells: Sequence[Cell], chunks: Sequence[Chunk]) -> Counter[str]:
    """Count neighbours in the gold table, in ours, and in both."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    gold = pairs([c.text for c in sorted(row, key=lambda c: c.column)] for row in rows.values())
    inside = {squeezed(cell.text) for cell in cells}
    lines = {line: None for chunk in chunks for line in chunk.text.split("\n") if "\t" in line}
    rows_of_ours = (line.split("\t") for line in lines)
    ours = pairs(row for row in rows_of_ours if any(squeezed(c) in inside for c in row))
    return Counter(gold=gold.total(), ours=ours.total(), both=(gold & ours).total())


def icdar(root: Path, reader: Reader) -> dict[str, Any]:
    """Measure all tables under `root`."""
    total: Counter[str] = Counter()
    by_file = {}
    for path in sorted(root.rglob("*.pdf")):
        chunks = reader.chunks(path)
        here: Counter[str] = Counter()
        for page, cells in gold_tables(path.with_name(f"{path.stem}-str.xml")):
            near = [chunk for chunk in chunks if chunk.page == page]
            here += table_scores(cells, near) + adjacency(cells, near)
            here["tables"] += 1
        by_file[path.stem] = rated(here)
        total += here
    return {"tables": total["tables"], **rated(total), "by_file": by_file}


def rated(scores: Counter[str]) -> dict[str, Any]:
    """Return counts as shares."""
    figures, both = scores["figures"] or 1, scores["both"]
    return {
        "figures": scores["figures"],
        "in_row": round(scores["in_row"] / figures, 3),
        "named": round(scores["named"] / figures, 3),
        "adjacent": round(2 * both / ((scores["gold"] + scores["ours"]) or 1), 3),
    }


# Order


def readoc(root: Path, reader: Reader) -> dict[str, Any]:
    """Measure the order of reading of all documents under `root`."""
    by_file = {}
    for path in sorted(root.rglob("*.pdf")):
        gold = words(_MARKUP.sub(r" \1 ", path.with_suffix(".md").read_text("utf-8")))
        ours = words(" ".join(chunk.text for chunk in reader.chunks(path)))
        by_file[path.stem] = order(gold, ours)
    return {
        name: round(sum(found[name] for found in by_file.values()) / len(by_file), 4)
        for name in ("found", "order")
    } | {"by_file": by_file}


def order(gold: Sequence[str], ours: Sequence[str]) -> dict[str, float]:
    """Compare two texts by their runs of words."""
    wanted, had = (_runs(text) for text in (gold, ours))
    both = [(at, had[run]) for run, at in wanted.items() if run in had]
    found = len(both) / (len(wanted) or 1)
    tau = kendalltau(*zip(*both, strict=True)).statistic if len(both) > 1 else 0.0
    return {"found": round(found, 4), "order": round(float(tau), 4)}


def _runs(text: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the runs that occur once, and where."""
    every = [tuple(text[at : at + _RUN]) for at in range(len(text) - _RUN + 1)]
    often = Counter(every)
    return {run: at for at, run in enumerate(every) if often[run] == 1}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--icdar", type=Path, help="PDFs with their tables in XML")
    parser.add_argument("--readoc", type=Path, help="PDFs with their text in Markdown")
    parser.add_argument("--layout", action="store_true", help="with the layout model")
    given = parser.parse_args()
    reader = Reader(layout=given.layout)
    found: dict[str, Any] = {"benchmark": "tables", "layout": given.layout}
    if given.icdar:
        found["icdar"] = icdar(given.icdar, reader)
    if given.readoc:
        found["readoc"] = readoc(given.readoc, reader)
    found |= {"pages": reader.pages, "by_layout": reader.by_layout}
    found["pages_per_second"] = round(reader.pages / max(reader.seconds, 1e-6), 1)
    for name in ("icdar", "readoc"):
        if name in found:
            program.note(f"{name}: " + _spelled(found[name]))
    program.emit(found)


def _spelled(values: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items() if name != "by_file")


if __name__ == "__main__":
    main()
