"""What files are, as their bytes say."""

import zipfile
from pathlib import Path

import pytest

from desktop_rag.library.disk.file_formats import format_of_file, taken_unnamed


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return path


@pytest.mark.parametrize("name", ["a", "a.pdf", "a.docx"])
def test_a_zip_file_is_known_by_its_members(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / name, **{"[Content_Types].xml": "", "xl/workbook.xml": ""})
    found = format_of_file(path)
    assert found is not None
    assert found.name == "sheet"


def test_open_document_is_known_by_the_type_that_it_states_wherever_that_is(tmp_path: Path) -> None:
    kind = "application/vnd.oasis.opendocument.text"
    path = zipped(tmp_path / "a", **{"content.xml": "x" * 5000, "mimetype": kind})
    found = format_of_file(path)
    assert found is not None
    assert found.name == "open_document"


def test_a_torn_zip_file_is_what_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(b"PK\x03\x04 and no more")
    found = format_of_file(path)
    assert found is not None
    assert found.name == "epub"
    assert format_of_file(path.rename(tmp_path / "a.zip")) is None


def test_what_cannot_be_opened_is_not_taken(tmp_path: Path) -> None:
    assert not taken_unnamed(tmp_path / "gone")
    assert not taken_unnamed(tmp_path)
    with pytest.raises(FileNotFoundError):
        format_of_file(tmp_path / "gone")
