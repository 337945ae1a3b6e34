"""Pages that are set from HTML."""

import errno
import os
from pathlib import Path

import pymupdf  # noqa: TID253  (the witness)
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_rag.domain.documents import Page, RoleKind
from desktop_rag.engines.formats import html_blocks, page_texts, pdf_writer, source_text
from desktop_rag.engines.formats.html_blocks import A4, A4_LANDSCAPE, HtmlFragment


def pages(tmp_path: Path, *flows: HtmlFragment, title: str = "") -> list[str]:
    list(pdf_writer.written(flows, tmp_path / "a.part", title))
    with pymupdf.open(str(tmp_path / "a.part"), filetype="pdf") as document:
        return [" ".join(page.get_text().split()) for page in document]


def texts(target: Path, *flows: HtmlFragment) -> list[Page]:
    """The pages of what was set, in the words of its source."""
    list(pdf_writer.written(flows, target, ""))
    with pymupdf.open(str(target), filetype="pdf") as document:
        found = list(page_texts.pages(page_texts.beside(target), document))
        assert [(page.width, page.height) for page in found] == [
            tuple(page.rect.br) for page in document
        ]
    return found


def words_of(pages: list[Page]) -> list[str]:
    """All words, those put together that are broken over lines."""
    found: list[str] = []
    for line in (line for page in pages for line in page.lines):
        first, *others = (word.text for word in line.words)
        if line.glued:
            found[-1] += first
        else:
            found.append(first)
        found += others
    return found


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


# What it says

SCRIPTS = st.sampled_from(
    [
        "abcdefgh éñü fi ﬁ",
        "абвгд Ωαβγ",
        "אבגדה שׁלוֹם",
        "مكتبة لأطفال می\u200cروم ١٢٠",
        "किताब क्षत्रिय नदी",
        "ห้องสมุดแม่น้ำ",
        "បណ្ណាល័យ",
        "図書館は川のほとり",
        "👍🏽 👩\u200d👧 🇪🇸 𝔸𝑥",
        "a\u0301\u0316 ½ № ①",
    ]
).flatmap(lambda signs: st.text(list(signs), min_size=1, max_size=120))


@given(st.lists(st.lists(SCRIPTS, min_size=1, max_size=6), min_size=1, max_size=12))
def test_every_word_of_a_source_is_on_one_page_in_order(tmp_path_factory, paragraphs) -> None:
    blocks = [f"<p>{html_blocks.text(' '.join(parts))}</p>" for parts in paragraphs]
    target = tmp_path_factory.mktemp("set") / "a.part"
    found = texts(target, *html_blocks.flows(blocks))
    said = [word for parts in paragraphs for word in source_text.words_of(" ".join(parts))]
    assert words_of(found) == said
    boxes = [word.box for page in found for line in page.lines for word in line.words]
    assert all(0 <= box.x0 <= box.x1 <= 1 and 0 <= box.y0 <= box.y1 <= 1 for box in boxes)


def test_words_are_where_they_are_drawn(tmp_path) -> None:
    (page,) = texts(tmp_path / "a.part", HtmlFragment("<p>one <b>two</b> שלום עולם three</p>"))
    with pymupdf.open(str(tmp_path / "a.part"), filetype="pdf") as document:
        drawn = {word[4]: word[0] for word in document[0].get_text("words")}
    places = {word.text: word.box.x0 * page.width for line in page.lines for word in line.words}
    assert places["one"] == pytest.approx(drawn["one"], abs=0.1)
    assert places["three"] == pytest.approx(drawn["three"], abs=0.1)
    assert places["עולם"] < places["שלום"]  # it is read from the right


def test_a_paragraph_that_goes_over_the_page_is_one_block(tmp_path) -> None:
    pages = texts(tmp_path / "a.part", HtmlFragment(f"<p>{'word ' * 1_500}</p>"))
    assert len(pages) == 2
    assert {line.block for page in pages for line in page.lines} == {0}
    assert len(words_of(pages)) == 1_500


def test_heads_on_every_page_are_told_once(tmp_path) -> None:
    head = html_blocks.row([html_blocks.cell("Head", head=True)])
    rows = tuple(html_blocks.row([html_blocks.cell(f"row{n}")]) for n in range(200))
    pages = texts(tmp_path / "a.part", HtmlFragment("<p>x</p>", rows=rows, head=head))
    assert len(pages) > 3
    assert words_of(pages) == ["x", "Head", *(f"row{n}" for n in range(200))]
    lines = [line for page in pages for line in page.lines if line.role.kind is RoleKind.CELL]
    assert [line.role.row for line in lines] == list(range(201))
    assert [line.role.head for line in lines] == [True, *[False] * 200]
    assert {line.block for line in lines} == {1}


def test_rows_without_a_head_are_set_once(tmp_path) -> None:
    rows = tuple(html_blocks.row([html_blocks.cell(f"row{n}")]) for n in range(100))
    assert " ".join(pages(tmp_path, HtmlFragment(rows=rows))).split() == [
        f"row{n}" for n in range(100)
    ]


def test_titles_of_the_contents_are_those_of_the_source(tmp_path) -> None:
    pages(
        tmp_path, HtmlFragment("<h1>कि 𝔸</h1><p>a</p><h2></h2><h2>שלום</h2>"), title="a\x00\ud800b"
    )
    with pymupdf.open(str(tmp_path / "a.part"), filetype="pdf") as document:
        assert [entry[1] for entry in document.get_toc()] == ["कि 𝔸", "שלום"]
        assert document.metadata["title"] == "ab"
