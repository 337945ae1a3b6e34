"""MuPDF opens files whatever their names are made of, and whatever the system's encoding is."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DocumentBroken
from desktop_rag.engines.pdf import reading
from desktop_rag.engines.pdf.openable import openable
from tests import pdfs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode there")

ODD = [b"A\xf1o.pdf", b"\xed\xa0\x80.pdf", b"\xf1" * 250 + b".pdf", b"\xff", b"line\n\xe9.pdf"]


def odd(folder: Path, name: bytes) -> Path:
    return pdfs.plain(folder / "a.pdf", ["A ferry."]).rename(folder / os.fsdecode(name))


@pytest.mark.parametrize("name", ODD)
def test_a_file_is_opened_whatever_bytes_its_name_has(name, tmp_path) -> None:
    with reading.opened(odd(tmp_path, name)) as document:
        assert document.page_count == 1


def test_nothing_is_made_anywhere_to_open_one(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with reading.opened(odd(tmp_path, b"A\xf1o.pdf")) as document:
        assert document.page_count == 1
        assert len(list(tmp_path.iterdir())) == 1


def test_a_name_in_utf_8_is_left_as_it_is(tmp_path) -> None:
    path = tmp_path / "Año.pdf"
    with openable(path) as same:
        assert same is path


def test_what_is_wrong_with_one_is_told_by_its_own_name(tmp_path) -> None:
    path = odd(tmp_path, b"A\xf1o.pdf")
    with pytest.raises(DocumentBroken) as caught, reading.opened(path) as document:
        list(reading.pages(document, skip={0}))
    assert caught.value.name == path.name


@pytest.mark.parametrize("name", [*ODD, "Año.pdf".encode()])
def test_a_system_whose_encoding_is_not_utf_8_opens_it_as_well(name, tmp_path) -> None:
    path = odd(tmp_path, name)
    program = (
        "import sys; from pathlib import Path; from desktop_rag.engines.pdf import reading\n"
        "assert sys.getfilesystemencoding() != 'utf-8'\n"
        "with reading.opened(Path(sys.argv[1])) as document: assert document.page_count == 1"
    )
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-c", program, os.fsencode(path)]
    ran = subprocess.run(command, env=os.environ | plain, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr
