"""Pages that are set from HTML."""

import errno
import os
from pathlib import Path

import pymupdf  # noqa: TID253  (the witness)
import pytest

from desktop_rag.engines.formats import html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import A4, A4_LANDSCAPE, HtmlFragment


def pages(tmp_path: Path, *flows: HtmlFragment, title: str = "") -> list[str]:
    list(pdf_writer.written(flows, tmp_path / "a.part", title))
    with pymupdf.open(str(tmp_path / "a.part"), filetype="pdf") as document:
        return [" ".join(page.get_text().split()) for page in document]


def test_pieces_follow_each_other_on_a_page(tmp_path) -> None:
    pieces = [HtmlFragment(f"<p>piece {n}</p>") for n in range(100)]
    made = pages(tmp_path, *pieces)
    assert " ".join(made) == " ".join(f"piece {n}" for n in range(100))
    assert len(made) == 3


def test_a_fresh_piece_and_another_size_begin_a_page(tmp_path) -> None:
    pieces = (
        HtmlFragment("<p>a</p>"),
        HtmlFragment("<p>b</p>", fresh=True),
        HtmlFragment("<p>c</p>", size=A4_LANDSCAPE),
    )
    assert pages(
        tmp_path, *pieces, HtmlFragment("<p>d</p>"), HtmlFragment("<p>e</p>", size=A4)
    ) == [
        "a",
        "b",
        "c d",
        "e",
    ]


def test_nothing_is_still_a_page(tmp_path) -> None:
    assert pages(tmp_path) == pages(tmp_path, HtmlFragment(), HtmlFragment(fresh=True)) == [""]


def test_headings_become_contents_without_gaps(tmp_path) -> None:
    levels = (2, 4, 1, 3)
    pages(
        tmp_path,
        *(HtmlFragment(html_blocks.heading(n, f"H{n}"), fresh=True) for n in levels),
        title="T",
    )
    with pymupdf.open(str(tmp_path / "a.part"), filetype="pdf") as document:
        assert document.metadata["title"] == "T"
        assert document.get_toc() == [[1, "H2", 1], [2, "H4", 2], [1, "H1", 3], [2, "H3", 4]]


def test_rows_keep_their_head_and_are_never_divided(tmp_path) -> None:
    head = html_blocks.row([html_blocks.cell("Head", head=True)])
    rows = tuple(
        html_blocks.row([html_blocks.cell(f"begin{n}<br/>x<br/>x<br/>end{n}")]) for n in range(100)
    )
    made = pages(
        tmp_path, HtmlFragment("<p>before</p>", rows=rows, head=head), HtmlFragment("<p>after</p>")
    )
    assert all(page.count("Head") == 1 for page in made)
    assert all(sum(f"begin{n} x x end{n}" in page for page in made) == 1 for n in range(100))
    assert made[0].startswith("before")
    assert made[-1].endswith("after")


def test_a_row_higher_than_a_page_gets_a_page_that_is_high_enough(tmp_path) -> None:
    head = html_blocks.row([html_blocks.cell("Head", head=True)])
    rows = tuple(html_blocks.row([html_blocks.cell("word<br/>" * count)]) for count in (2, 300, 2))
    made = pages(tmp_path, HtmlFragment(rows=rows, head=head))
    assert [page.count("word") for page in made] == [2, 300, 2]


def test_a_whole_piece_has_a_page_of_its_own(tmp_path) -> None:
    high = HtmlFragment("<p>word</p>" * 200, size=A4, whole=True)
    made = pages(
        tmp_path, HtmlFragment("<p>a</p>"), HtmlFragment("<p>b</p>", fresh=True, whole=True), high
    )
    assert [len(page.split()) for page in made] == [1, 1, 200]


def test_more_pages_than_words_could_fill_are_given_up(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(pdf_writer, "_SPARE_PAGES", -1_000)  # for want of HTML that never ends
    with pytest.raises(ValueError, match="fills no page"):
        pages(tmp_path, HtmlFragment("<p>word</p>" * 200))


def test_only_one_refusal_of_the_disk_is_enough(tmp_path) -> None:
    class Refusing:
        """A file that refuses the first block."""

        def __init__(self) -> None:
            self.refusals = [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))]

        def write(self, data: bytes) -> None:
            if self.refusals:
                raise self.refusals.pop()

        def flush(self) -> None:
            """Say nothing."""

        close = flush

    file = pdf_writer._Faithful(tmp_path / "a")
    file._file.close()
    file._file = Refusing()
    with pytest.raises(OSError, match="No space"), file:  # noqa: PT012 - it is told at the end
        file.write(b"a")
        file.write(b"b")
