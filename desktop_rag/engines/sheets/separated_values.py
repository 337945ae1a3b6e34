"""A sheet as CSV (RFC 4180) that Excel shows with its accents, and that runs no formula.

A byte order mark says that it is UTF-8.
"""

from __future__ import annotations

import csv
import io
from typing import IO

from desktop_rag.domain.sheets import WorkbookSheet, guarded


def write(sheet: WorkbookSheet, file: IO[bytes]) -> None:
    """Write a sheet; its links are left out."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow(map(guarded, sheet.heads))
    rows.writerows([guarded(cell.text) for cell in row] for row in sheet.rows)
    text.flush()
    text.detach()
