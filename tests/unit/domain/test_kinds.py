from pathlib import Path

import pytest

from desktop_rag.domain.kinds import ENDINGS, FOLDER_ENDINGS, DocumentKind, entered, kind_of, listed


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_has_its_kind_in_capitals_too(ending: str) -> None:
    assert kind_of(Path(f"a{ending}"), b"") is kind_of(Path(f"A{ending.upper()}"), b"") is not None


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.ppt", "a.odt", "a.rtf", "a.pages", "pdf"])
def test_what_cannot_be_read_has_no_kind(name: str) -> None:
    assert kind_of(Path(name), b"\xd0\xcf\x11\xe0") is None


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("scan", b"%PDF-1.7", DocumentKind.PDF),
        ("scan", b"junk from a mail %PDF-1.4", DocumentKind.PDF),
        ("report.docx", b"%PDF-1.7", DocumentKind.PDF),
        ("about.txt", b"A file that begins with %PDF- is one", DocumentKind.TEXT),
        ("web.pdf", b"<html>", DocumentKind.PDF),
        ("report.docx", b"PK\x03\x04", DocumentKind.WORD),
    ],
)
def test_a_pdf_is_told_by_its_beginning(name: str, head: bytes, kind: DocumentKind) -> None:
    assert kind_of(Path(name), head) is kind


def test_folders_give_no_photographs_but_scans() -> None:
    pictures = {
        ending for ending in ENDINGS if kind_of(Path(f"a{ending}"), b"") is DocumentKind.IMAGE
    }
    assert pictures & set(FOLDER_ENDINGS) == {".tif", ".tiff"}
    assert set(ENDINGS) - set(FOLDER_ENDINGS) == pictures - {".tif", ".tiff"}


def test_names_tell_what_is_the_users() -> None:
    assert listed("Informe.DOCX")
    assert not any(map(listed, ("~$Informe.docx", ".a.pdf", "._a.pdf", "pdf", "a.pdf.part")))
    assert entered("Tesis")
    assert not any(map(entered, (".git", "Node_Modules", "__MACOSX", "Página_archivos")))
