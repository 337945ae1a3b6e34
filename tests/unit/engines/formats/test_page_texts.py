"""What the pages of a picture say, kept beside it."""

import io
from pathlib import Path

import pymupdf  # noqa: TID253  (the witness)
import pytest
from PIL import Image

from desktop_rag.domain.documents import Layer, Line, Role, RoleKind
from desktop_rag.engines.formats import page_texts, pdf_writer
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.placement import PlacedLine
from desktop_rag.engines.formats.source_text import SourceLine


def test_a_line_comes_back_as_it_was(tmp_path: Path) -> None:
    role = Role(RoleKind.CELL, 0, 3, 2, 4, head=True)
    line = SourceLine(7, role, Layer.NOTE, 9.5, True, ("a", "ב𝔸"))
    edges = ((10.0, 20.0, 30.0, 40.0), (90.0, 20.0, 120.0, 40.0))
    with page_texts.writing(tmp_path / "a") as texts:
        texts.page((100.0, 200.0), [PlacedLine(line, 0, True, line.words, edges)])
    with pymupdf.open() as document:
        document.new_page(width=100, height=200)
        (page,) = page_texts.pages(tmp_path / "a", document)
    (found,) = page.lines
    assert (page.width, page.height, page.label) == (100.0, 200.0, "1")
    assert found[:3] == (7, 9.5, True)
    assert (found.layer, found.glued, found.role) == (Layer.NOTE, True, role)
    assert [word.text for word in found.words] == ["a", "ב𝔸"]
    assert found.words[0].box == pytest.approx((0.1, 0.1, 0.3, 0.2), abs=1e-4)
    assert found.words[1].box.x1 == 1.0  # it goes over the edge


def test_text_of_another_version_is_none(tmp_path: Path, monkeypatch) -> None:
    assert not page_texts.current(tmp_path / "gone")
    with page_texts.writing(tmp_path / "a"):
        """No page is known."""
    assert page_texts.current(tmp_path / "a")
    assert page_texts.page_count(tmp_path / "a") == 0
    monkeypatch.setattr(page_texts, "FORMAT", page_texts.FORMAT + 1)
    assert not page_texts.current(tmp_path / "a")


@pytest.mark.parametrize("cut", [0, 5, 30])
def test_damaged_text_is_none(tmp_path: Path, cut: int) -> None:
    with page_texts.writing(tmp_path / "a") as texts:
        texts.page((1.0, 1.0), [])
    data = (tmp_path / "a").read_bytes()
    (tmp_path / "a").write_bytes(data[:cut])
    assert page_texts.page_count(tmp_path / "a") == 0


def lines_of(tmp_path: Path, html: str, **wanted: bool) -> tuple[tuple[Line, ...], bool, bool]:
    made = io.BytesIO()
    Image.new("RGB", (400, 600), "gray").save(made, "PNG")
    flow = HtmlFragment(html, pictures={"p": made.getvalue()})
    list(pdf_writer.written([flow], tmp_path / "a.part", ""))
    with pymupdf.open(str(tmp_path / "a.part"), filetype="pdf") as document:
        page = next(page_texts.pages(page_texts.beside(tmp_path / "a.part"), document, **wanted))
    return page.lines, page.picture, page.unread


def test_pages_that_are_pictures_wait_for_recognition(tmp_path: Path) -> None:
    large, small = (f'<p><img src="p" style="width:{width}px"/></p>' for width in (460, 50))
    lines, picture, unread = lines_of(tmp_path, large)
    assert (lines, picture, unread) == ((), True, True)
    lines, picture, unread = lines_of(tmp_path, f"<p>A stamp</p>{large}")
    assert (len(lines), picture, unread) == (1, False, True)
    assert lines_of(tmp_path, f"<p>A letter</p>{small}")[1:] == (False, False)
    mixed = f"<p>{'word ' * 50}</p>" + large.replace("460px", "330px")
    assert lines_of(tmp_path, mixed)[1:] == (False, False)
    assert lines_of(tmp_path, mixed, pictures=True)[1:] == (False, True)
