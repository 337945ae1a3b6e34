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
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from desktop_rag.engines.formats import encoding, pdf_writer, tables
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = (csv.Error,)  #: raised for damaged files, among others

_BETWEEN = "\t;|,"  # of signs that cut equally well the first: commas are in numbers, too
_NOTHING_BETWEEN = "\x1f"  # which ASCII has for this, and nobody uses
_SAMPLE_RECORDS = 200
_SAMPLE_CHARACTERS = 1 << 18
_LEAST_ALIKE = 0.4  # of the records, which have as many cells as most
_LARGEST_CELL = 64 << 20
_MOST_CELLS = 16_384  # of a row, as programs have


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
            if len(record) > _MOST_CELLS:  # no row of a table: told as the text that it is
                yield (f"{self.between} ".join(record),)
            else:
                yield tuple(cell.strip() for cell in record)


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a table in text to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_table(path.read_bytes()), target)


def of_table(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the rows of a table in text below the names of its columns; it has no title.

    What stands above the names is told in paragraphs, and nothing is left out. Raises what is in
    `DAMAGE` while the second is gone through.
    """
    return "", _fragments(encoding.as_it_stands(data))


def _fragments(source: str) -> Iterator[HtmlFragment]:
    csv.field_size_limit(_LARGEST_CELL)
    form, source = _form(source.lstrip("\ufeff").replace("\0", ""))
    yield from tables.with_head(form.records(source))


def _form(source: str) -> tuple[_Form, str]:
    """Return how a table is written, and the table without the line in which Excel says so."""
    said = re.match(r"""["']?sep=([^\w\s"']|\t)["']?\r?\n""", source, re.IGNORECASE)
    if said:
        source = source[said.end() :]
        form = _Form(said[1], quoted=True)
    else:
        form = _likeliest(source[:_SAMPLE_CHARACTERS])
    return form._replace(quoted=form.quoted and _closed(source, form.between)), source


def _likeliest(sample: str) -> _Form:
    """Return the form in which most records have as many cells, of several as many the first."""
    forms = [_Form(sign, quoted) for sign in _BETWEEN for quoted in (True, False)]
    shares = {
        form: _alike(itertools.islice(form.records(sample), _SAMPLE_RECORDS)) for form in forms
    }
    best = max(forms, key=lambda form: shares[form])
    return best if shares[best] >= _LEAST_ALIKE else _Form(_NOTHING_BETWEEN, quoted=True)


def _alike(records: Iterable[Sequence[str]]) -> float:
    """Return which share of all records has as many cells as most; 0 if most have only one."""
    counted = Counter(len(record) for record in records if any(record))
    if not counted or 2 * counted[1] >= counted.total():
        return 0.0
    return max(counted.values()) / counted.total()


def _closed(source: str, between: str) -> bool:
    """Whether every quote that opens a cell is closed: else quotes are letters as others are."""
    if '"' not in source:
        return True
    records = csv.reader(io.StringIO(f"{source}\nend", newline=""), delimiter=between)
    return [*deque(records, maxlen=1)] == [["end"]]
