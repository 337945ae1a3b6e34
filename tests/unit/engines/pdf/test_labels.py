"""Printed numbers of pages, honest and hostile ones."""

from pathlib import Path

import pymupdf  # noqa: TID253  (tests that draw PDFs need it anyway)
import pytest

from desktop_rag.engines.pdf import drawing, reading
from desktop_rag.engines.pdf.labels import labels_of
from tests.operations import calls_of


def labelled(path: Path, ranges: str, pages: int = 3) -> Path:
    document = pymupdf.open()
    for _ in range(pages):
        document.new_page()
    document.xref_set_key(document.pdf_catalog(), "PageLabels", f"<< /Nums [ {ranges} ] >>")
    document.save(path)
    return path


def labels(path: Path) -> list[str]:
    with reading.opened(path) as document:
        found = list(drawing.labels(document))
        assert [page.label for page in reading.pages(document)] == found
    return found


@pytest.mark.parametrize(
    ("ranges", "expected"),
    [
        ("0 << /S /r >> 2 << /S /D >>", ["i", "ii", "1"]),
        ("0 << /P (A-) /S /D /St 7 >>", ["A-7", "A-8", "A-9"]),
        ("1 << /S /D >>", ["1", "1", "2"]),
        ("0 << /S /r /St x >>", ["1", "2", "3"]),
    ],
)
def test_they_are_those_of_their_range(tmp_path, ranges, expected) -> None:
    assert labels(labelled(tmp_path / "a.pdf", ranges)) == expected


@pytest.mark.parametrize(
    "ranges", [f"0 << /P ({'x' * 4_001}) >>", "0 << /S /R /St 999999999 >>"], ids=["long", "roman"]
)
def test_long_ones_are_cut(tmp_path, ranges) -> None:
    found = labels(labelled(tmp_path / "a.pdf", ranges))
    assert {len(label) for label in found} == {100}


def test_many_ranges_are_read_once(tmp_path) -> None:
    ranges = " ".join(f"{page} << /P (x{page}-) >>" for page in range(2_000))
    work = {}
    for pages in (1, 41):
        path = labelled(tmp_path / f"{pages}.pdf", ranges, pages)
        with reading.opened(path) as document:
            work[pages] = calls_of(lambda: drawing.labels(document))
            assert drawing.labels(document)[-1] == f"x{pages - 1}-"
    assert work[41] < 2 * work[1]


def test_a_document_that_cannot_say_has_places(tmp_path) -> None:
    class Broken:
        def _get_page_labels(self):
            raise RuntimeError

    assert labels_of(Broken(), (RuntimeError,)).of(4) == "5"
