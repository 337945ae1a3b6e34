"""PDFs that were made, and what they say."""

from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.disk import converted_pdfs, page_store

DOCUMENT = DocumentId("ab" * 32)


def made(folder: Path, *, text: bool) -> list[str]:
    with converted_pdfs.making(folder, DOCUMENT) as target:
        target.write_bytes(b"pdf")
        if text:
            target.with_name(f"{target.stem}-text.part").write_bytes(b"text")
    return sorted(path.suffix for path in (folder / "ab").iterdir())


def test_the_text_of_a_pdf_comes_and_goes_with_it(tmp_path: Path) -> None:
    assert made(tmp_path, text=True) == [".pdf", ".text"]
    assert made(tmp_path, text=False) == [".pdf"]
    made(tmp_path, text=True)
    converted_pdfs.remove(tmp_path, [DOCUMENT])
    assert not list((tmp_path / "ab").iterdir())


def test_what_is_broken_off_leaves_neither(tmp_path: Path) -> None:
    with (  # noqa: PT012 - it is broken off halfway
        pytest.raises(KeyError),
        converted_pdfs.making(tmp_path, DOCUMENT) as target,
    ):
        target.with_name(f"{target.stem}-text.part").touch()
        raise KeyError
    assert not list((tmp_path / "ab").iterdir())


def test_text_that_a_dead_process_left_is_tidied_away(tmp_path: Path) -> None:
    gone = page_store.unfinished(converted_pdfs.place(tmp_path, DOCUMENT)).with_name(
        f"{DOCUMENT}.999999999-text.part"
    )
    gone.parent.mkdir()
    gone.touch()
    converted_pdfs.tidy(tmp_path)
    assert not gone.exists()
