"""Writing a table into a file: what was there before stays until the new one is whole."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from desktop_rag.domain.errors import DiskFull, PaperUnwritable
from desktop_rag.domain.sheets import Workbook
from desktop_rag.engines.sheets import excel_workbook, separated_values
from desktop_rag.settings.paths import FULL


def write(workbook: Workbook, target: Path) -> None:
    """Write a table as CSV where the name ends so, else as XLSX.

    Raises `DiskFull`, or `PaperUnwritable` where the system refuses.
    """
    part = target.with_name(f".{secrets.token_hex(8)}.part")  # a long name has no room for more
    try:
        with part.open("wb") as file:
            if target.suffix.lower() == ".csv":
                separated_values.write(workbook.flat, file)
            else:
                excel_workbook.write(workbook.sheets, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(str(target)) from error
        raise PaperUnwritable(str(target), error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
