"""Writing a table into a file: what was there before stays until the new one is whole."""

from __future__ import annotations

from pathlib import Path

from desktop_rag.domain.sheets import Workbook
from desktop_rag.engines.sheets import excel_workbook, separated_values
from desktop_rag.settings.whole_files import written_whole


def write(workbook: Workbook, target: Path) -> None:
    """Write a table as CSV where the name ends so, else as XLSX.

    Raises `DiskFull`, or `PaperUnwritable` where the system refuses.
    """
    with written_whole(target) as part, part.open("wb") as file:
        if target.suffix.lower() == ".csv":
            separated_values.write(workbook.flat, file)
        else:
            excel_workbook.write(workbook.sheets, file)
