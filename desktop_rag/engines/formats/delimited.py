"""Reads tables in text, such as CSV: whichever sign is between the cells, and however long.

Python's `csv.Sniffer` guesses from single letters and is often wrong. Here that sign is taken
which cuts most records into the same number of cells.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from desktop_rag.engines.formats import encoding, pdf_writer, tables
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = (csv.Error,)  #: raised for damaged files, among others

_BETWEEN = "\t;|,"  # of signs that cut equally well the first: commas are in numbers, too
_NOTHING_BETWEEN = "\x1f"  # which ASCII has for this, and nobody uses
_SAMPLE_RECORDS = 200
_SAMPLE_CHARACTERS = 1 << 18
_LEAST_ALIKE = 0.5  # of the records; more have as many cells as most
_LARGEST_CELL = 64 << 20


class _Form(NamedTuple):
    """How a table is written: what is between its cells, and whether quotes enclose them."""

    between: str
    quoted: bool

    def records(self, source: str) -> Iterator[tuple[str, ...]]:
        lines = io.StringIO(source, newline="")
        if self.quoted:
            reader = csv.reader(lines, delimiter=self.between)
        else:
            reader = csv.reader(lines, delimiter=self.between, quoting=csv.QUOTE_NONE)
        for record in reader:
            yield tuple(cell.strip() for cell in record)


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a table in text to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_table(path.read_bytes()), target)


def of_table(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the rows of a table in text below the names of its columns; it has no title.

    What stands above the names is told in paragraphs, and nothing is left out. Raises what is in
    `DAMAGE` while the second is gone through.
    """
    return "", _fragments(encoding.decoded(data))


def _fragments(source: str) -> Iterator[HtmlFragment]:
    csv.field_size_limit(_LARGEST_CELL)
    form, source = _form(source.lstrip("\ufeff").replace("\0", ""))
    yield from tables.with_head(form.records(source))


def _form(source: str) -> tuple[_Form, str]:
    """Return how a table is written, and the table without the line in which Excel says so."""
    said = re.match(r"""["']?sep=([^\w\s"']|\t)["']?\r?\n""", source, re.IGNORECASE)
    if said:
        source = source[said.end() :]
        between = said[1]
    else:
        between = _between(source[:_SAMPLE_CHARACTERS])
    return _Form(between, _closed(source, between)), source


def _between(sample: str) -> str:
    found = _NOTHING_BETWEEN, 0.0
    for sign in _BETWEEN:
        records = itertools.islice(_Form(sign, quoted=True).records(sample), _SAMPLE_RECORDS)
        cells, share = _usual([record for record in records if any(record)])
        if cells > 1 and share > _LEAST_ALIKE and share > found[1]:
            found = sign, share
    return found[0]


def _usual(records: Sequence[Sequence[str]]) -> tuple[int, float]:
    """Return how many cells most records have, and the share that these are of all."""
    counted = Counter(len(record) for record in records if record)
    if not counted:
        return 0, 0.0
    cells, times = counted.most_common(1)[0]
    return cells, times / counted.total()


def _closed(source: str, between: str) -> bool:
    """Whether every quote that opens a cell is closed: else quotes are letters as others are."""
    if '"' not in source:
        return True
    records = csv.reader(io.StringIO(f"{source}\nend", newline=""), delimiter=between)
    return [*deque(records, maxlen=1)] == [["end"]]
