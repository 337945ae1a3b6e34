from pathlib import Path

import pytest

from desktop_rag.domain.documents import Chunk, DocumentId, Heading, Layer, Outline, Page
from desktop_rag.engines.pdf import reading
from desktop_rag.ingest.chunking import SEPARATOR, SplitContext, chunks_of
from desktop_rag.ingest.cleaning import cleaned
from tests import pdfs
from tests.fakes import FakeTokenizer, line, lines, page, table, words_of

DOCUMENT = DocumentId("d0c")
TITLE = "The Book of Harbours"
SHIPS = [["Ship", "Leaves"], *([f"Petrel number {n}", f"{n}"] for n in range(3, 23))]
TEXT = ["One ship came in. Another left", "at noon, care-", "fully. ¿Quién? A third sank."]
PAGES = [
    page([line("Harbours", 0.1, size=20), *lines(TEXT * 3, 0.2)], 0, "i"),
    page([line("Ships", 0.1, bold=True), *table(SHIPS, 0.15), *lines(TEXT, 0.6)], 1, "ii"),
    page([], 2, "iii"),
    page([*lines(TEXT, 0.1), line("Fees", 0.2, size=20), *lines(TEXT, 0.3)], 3, "1"),
    page([line("honorificabilitudinitatibus", 0.1), line("日本語です。次の文です。", 0.3)], 4),
]
LIMITS = [1, 2, 3, 5, 9, 20, 33, 500]


def split(pages, limit: int = 20, **more) -> list[Chunk]:
    how = {
        "title": TITLE,
        "outline": Outline("", len(pages)),
        "count": FakeTokenizer().counts,
        "language": lambda _: "en",
    } | more
    return list(chunks_of(pages, SplitContext(document=DOCUMENT, limit=limit, **how)))


def read(path: Path) -> list[Page]:
    with reading.opened(path) as document:
        return cleaned(list(reading.pages(document)))


def assert_well_placed(chunks, pages) -> None:
    """Every word of a chunk is in its text, in order, and on its page."""
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
    body = [chunk.page for chunk in chunks if chunk.layer is not Layer.FURNITURE]
    assert body == sorted(body)
    for chunk in chunks:
        of = pages[chunk.page]
        assert (chunk.document, chunk.page_label) == (DOCUMENT, of.label)
        boxes = {word.box for word in words_of(of)}
        end = 0
        for word in chunk.words:
            assert end <= word.start < word.end <= len(chunk.text)
            assert not chunk.text[end : word.start].strip()
            assert not any(map(str.isspace, chunk.text[word.start : word.end]))
            assert word.box in boxes
            end = word.end
        assert end == len(chunk.text) > 0


@pytest.mark.parametrize("limit", LIMITS)
def test_a_chunk_lies_on_one_page_with_every_word_in_its_place(limit: int) -> None:
    chunks = split(PAGES, limit)
    assert_well_placed(chunks, PAGES)
    for of in PAGES:
        seen = [word.box for chunk in chunks if chunk.page == of.number for word in chunk.words]
        wanted = [word.box for word in words_of(of)]
        assert list(dict.fromkeys(seen)) == wanted  # a table's head comes again, the rest once


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("letters", [3, 1000])
def test_no_chunk_is_above_the_limit_but_for_words_that_cannot_be_cut(limit, letters) -> None:
    tokenizer = FakeTokenizer(letters)
    for chunk in split(PAGES, limit, count=tokenizer.counts):
        (tokens,) = tokenizer.counts([chunk.text])
        assert tokens <= limit or len(chunk.words) == 1


def test_a_page_that_fits_is_one_chunk() -> None:
    chunks = split([page(lines(TEXT))], 500)
    assert [chunk.text for chunk in chunks] == [
        "One ship came in. Another left at noon, carefully. ¿Quién? A third sank."
    ]


def test_parts_stand_on_lines_of_their_own() -> None:
    made = page([line("Fees", 0.1, size=20), *lines(TEXT[:1], 0.2), *table(SHIPS[:3], 0.3)])
    (chunk,) = split([made], 500)
    rows = "Ship\tLeaves\nPetrel number 3\t3\nPetrel number 4\t4"
    assert chunk.text == f"Fees\nOne ship came in. Another left\n{rows}"


@pytest.mark.parametrize("limit", [6, 7, 11, 18, 30])
def test_a_table_that_goes_on_repeats_its_head(limit: int) -> None:
    chunks = split([page(table(SHIPS, 0.1))], limit)
    assert len(chunks) > 1
    for chunk in chunks:
        assert chunk.text.splitlines()[0] == "Ship\tLeaves"
        assert chunk.words[0].box == chunks[0].words[0].box
    rows = [row for chunk in chunks for row in chunk.text.splitlines()[1:]]
    assert rows == ["\t".join(row) for row in SHIPS[1:]]


def test_a_head_that_leaves_no_room_is_not_repeated() -> None:
    chunks = split([page(table(SHIPS, 0.1))], 5)
    assert [chunk.text.splitlines()[0] for chunk in chunks][1:] == [
        f"{name}\t{n}" for name, n in SHIPS[1:]
    ]


def test_what_follows_a_table_does_not_repeat_its_head() -> None:
    chunks = split([page([*table(SHIPS[:4], 0.1), *lines(TEXT, 0.5)])], 18)
    assert [chunk.text.count("Ship\t") for chunk in chunks] == [1, 0]


def test_a_heading_opens_a_chunk() -> None:
    made = page([*lines(TEXT, 0.1), line("Fees", 0.3, size=20), *lines(TEXT, 0.4)])
    first, second = split([made], 28)
    assert second.text.startswith("Fees\nOne ship")
    assert "Fees" not in first.text + first.header


def test_short_sections_share_a_chunk() -> None:
    made = page([line(f"Section {n}", 0.1 + n / 20, bold=True) for n in range(5)])
    assert len(split([made], 500)) == 1


def test_a_header_is_the_title_and_the_section() -> None:
    made = [
        page([*lines(TEXT, 0.1), line("Fees", 0.3, size=20), *lines(TEXT, 0.4)], 0),
        page([*lines(TEXT, 0.1), line("Winter", 0.3, bold=True), *lines(TEXT, 0.4)], 1),
        page([line("Law", 0.1, size=20), *lines(TEXT, 0.4)], 2),
    ]
    headers = [chunk.header.removeprefix(TITLE) for chunk in split(made, 20)]
    assert headers == ["", " › Fees", " › Fees", " › Fees › Winter", " › Law"]


def test_a_header_says_nothing_twice() -> None:
    (chunk,) = split([page([line(TITLE, 0.1, size=20), *lines(TEXT, 0.2)])], 50)
    assert chunk.header == TITLE
    (chunk,) = split([page(lines(TEXT))], 50, title="")
    assert chunk.header == ""


def test_the_table_of_contents_names_sections_that_the_type_does_not() -> None:
    contents = (Heading(1, "Chapter 1", 1), Heading(2, "Section 1.1", 2), Heading(1, "End", 2))
    made = [page(lines(TEXT), number) for number in range(4)]
    chunks = split(made, 500, outline=Outline("", 4, contents))
    assert [chunk.header.removeprefix(TITLE) for chunk in chunks] == [
        "",
        f"{SEPARATOR}Chapter 1",
        f"{SEPARATOR}End",
        f"{SEPARATOR}End",
    ]


def test_a_header_has_an_end_and_one_line() -> None:
    (chunk,) = split([page(lines(TEXT))], 50, title="a very long\ntitle " * 40)
    assert chunk.header.split() == ("a very long title " * 40).split()[: len(chunk.header.split())]
    assert len(chunk.header.split()) < 60
    assert "\n" not in chunk.header


def test_every_chunk_is_in_the_language_of_its_text() -> None:
    made = [page([*lines(["dos dos dos."], 0.1), *lines(["two two two."], 0.5)])]
    chunks = split(made, 3, language=lambda text: "es" if "dos" in text else "en")
    assert [(chunk.text[:3], chunk.language) for chunk in chunks] == [("dos", "es"), ("two", "en")]


def test_no_page_has_no_chunk() -> None:
    assert split([]) == split([page([])]) == []


# Real pages


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_words_of_a_rotated_page_lie_where_it_shows_them(tmp_path, degrees: int) -> None:
    made = read(pdfs.rotated(tmp_path / "turned.pdf", "North is up. South is not.", degrees))
    chunks = split(made)
    assert_well_placed(chunks, made)
    (chunk,) = chunks
    boxes = [word.box for word in chunk.words]
    for box in boxes:
        assert 0 <= box.x0 < box.x1 <= 1
        assert 0 <= box.y0 < box.y1 <= 1
    assert boxes == sorted(boxes, key=lambda box: box.x0)
    assert boxes[0].x0 == pytest.approx(pdfs.MARGIN / made[0].width, abs=0.003)
    assert {round(box.y0, 3) for box in boxes} == {round(boxes[0].y0, 3)}


def test_the_words_of_a_cropped_page_lie_where_it_shows_them(tmp_path) -> None:
    made = read(pdfs.cropped(tmp_path / "cut.pdf", "Inside we are", outside="Beyond"))
    (chunk,) = split(made)
    assert chunk.text == "Inside we are"
    assert chunk.words[0].box.x0 == pytest.approx(50 / (pdfs.WIDTH - 200), abs=0.003)


def test_a_real_table_repeats_its_head(tmp_path) -> None:
    made = read(pdfs.table(tmp_path / "table.pdf", SHIPS[0], SHIPS[1:]))
    chunks = split(made, 22)
    assert_well_placed(chunks, made)
    assert [chunk.text.splitlines()[0] for chunk in chunks] == ["Ship\tLeaves"] * len(chunks)
    rows = [row for chunk in chunks for row in chunk.text.splitlines()[1:]]
    assert rows == ["\t".join(row) for row in SHIPS[1:]]


def test_real_columns_are_read_one_after_the_other(tmp_path) -> None:
    left, right = "Left words fill this column. " * 9, "Right ones fill the other. " * 9
    chunks = split(read(pdfs.two_columns(tmp_path / "two.pdf", left, right)), 25)
    assert " ".join(chunk.text.replace("\n", " ") for chunk in chunks) == f"{left}{right}".strip()


def test_real_hyphens_are_mended(tmp_path) -> None:
    made = read(pdfs.hyphenated(tmp_path / "cut.pdf"))
    (chunk,) = split(made, 50)
    assert chunk.text == "The keeper kept a careful record of every vessel that passed the light."
    assert [word.box for word in chunk.words] == [word.box for word in words_of(made[0])]


def test_a_real_book_is_cut_by_its_sections(tmp_path) -> None:
    made = read(pdfs.book(tmp_path / "book.pdf", 40))
    chunks = split(made, 90)
    assert_well_placed(chunks, made)
    for chunk in (chunk for chunk in chunks if chunk.layer is Layer.BODY):
        chapter, rest = divmod(chunk.page, pdfs.PAGES_A_CHAPTER)
        late = rest >= pdfs.PAGES_A_CHAPTER // 2
        name = f"Section {chapter + 1}.1" if late else f"Chapter {chapter + 1}."
        assert chunk.header.startswith(f"{TITLE} › {name} ")
        assert TITLE not in chunk.text
    assert [chunk.text for chunk in chunks if chunk.layer is Layer.FURNITURE] == [TITLE]
    for number in range(1, 41):
        owned = f"The keeper of page {number} owns {3 * number} lanterns."
        assert [c.page for c in chunks if owned in c.text] == [number - 1]
