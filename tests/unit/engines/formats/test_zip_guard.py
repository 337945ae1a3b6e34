"""What a ZIP file may unpack to."""

import zipfile
from pathlib import Path

import pytest

from desktop_rag.domain import limits
from desktop_rag.domain.errors import DocumentTooLarge
from desktop_rag.domain.formats import FORMATS, Guard
from desktop_rag.engines.formats import guards


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MOST_XML_BYTES", 1_000)

    def pack(name: str) -> Path:
        path = tmp_path / "packed"
        with zipfile.ZipFile(path, "w") as parts:
            parts.writestr(name, b"<a/>" * 300)
        return path

    return pack


@pytest.mark.parametrize(
    "name", ["xl/worksheets/_rels/sheet1.xml.rels", "xl/worksheets/own/sheet1.xml", "xl/sheet1.xml"]
)
def test_what_is_no_sheet_may_be_no_larger_than_other_parts(packed, name: str) -> None:
    with pytest.raises(DocumentTooLarge):
        guards.check(Guard.WORKBOOK, packed(name))


@pytest.mark.parametrize("guard", [Guard.ZIP, Guard.OFFICE_ZIP])
def test_only_a_workbook_has_sheets(packed, guard: Guard) -> None:
    path = packed("xl/worksheets/sheet1.xml")
    with pytest.raises(DocumentTooLarge):
        guards.check(guard, path)
    guards.check(Guard.WORKBOOK, path)


def test_the_sheets_of_workbooks_are_read_row_by_row() -> None:
    guarded = {form.conversion.guard: form.name for form in FORMATS if form.conversion}
    assert guarded[Guard.WORKBOOK] == "sheet"
