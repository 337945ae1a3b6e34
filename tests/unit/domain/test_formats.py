import re
from pathlib import Path

import pytest

from desktop_rag.domain.formats import (
    ENDINGS,
    FOLDER_ENDINGS,
    FORMATS,
    MIME_TYPES,
    Format,
    format_of,
)
from tests.places import ROOT


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_has_its_format_in_capitals_too(ending: str) -> None:
    found = format_of(Path(f"a{ending}"), b"")
    assert found is format_of(Path(f"A{ending.upper()}"), b"") is not None


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.ppt", "a.odt", "a.rtf", "a.pages", "pdf"])
def test_what_cannot_be_read_has_no_format(name: str) -> None:
    assert format_of(Path(name), b"\xd0\xcf\x11\xe0") is None


@pytest.mark.parametrize(
    ("name", "head", "told"),
    [
        ("scan", b"%PDF-1.7", "pdf"),
        ("scan", b"junk from a mail %PDF-1.4", "pdf"),
        ("report.docx", b"%PDF-1.7", "pdf"),
        ("about.txt", b"A file that begins with %PDF- is one", "text"),
        ("web.pdf", b"<html>", "pdf"),
        ("report.docx", b"PK\x03\x04", "word"),
    ],
)
def test_a_pdf_is_told_by_its_beginning(name: str, head: bytes, told: str) -> None:
    found = format_of(Path(name), head)
    assert found is not None
    assert found.name == told


def test_folders_give_no_photographs_but_scans() -> None:
    (image,) = (form for form in FORMATS if form.name == "image")
    pictures = {known.ending for known in image.types}
    assert pictures & set(FOLDER_ENDINGS) == {".tif", ".tiff"}
    assert set(ENDINGS) - set(FOLDER_ENDINGS) == pictures - {".tif", ".tiff"}


def test_no_two_formats_share_a_name_an_ending_or_a_title() -> None:
    names = [form.name for form in FORMATS]
    titles = [form.title for form in FORMATS if form.title]
    for values in (names, ENDINGS, titles):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_ending_is_what_a_name_may_end_with(ending: str) -> None:
    assert ending == ending.lower() == Path(f"a{ending}").suffix


@pytest.mark.parametrize("mime_type", MIME_TYPES)
def test_a_mime_type_is_one(mime_type: str) -> None:
    assert re.fullmatch(r"(application|image|text)/[A-Za-z0-9.+-]+", mime_type)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_readme_names_what_can_be_read(form: Format) -> None:
    (line,) = re.findall(
        r"^- \*\*index\*\*.*?(?=^- )", (ROOT / "README.md").read_text(), re.M | re.S
    )
    named = set(re.findall(r"[.]\w+", line))
    assert {known.ending for known in form.types} <= named
