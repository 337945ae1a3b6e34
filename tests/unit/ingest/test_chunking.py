import logging
from pathlib import Path

import pytest

from desktop_rag.domain.documents import (
    RULED,
    Chunk,
    DocumentId,
    Heading,
    Layer,
    Line,
    Outline,
    Page,
    Role,
    RoleKind,
)
from desktop_rag.engines.pdf import reading
from desktop_rag.ingest import chunking
from desktop_rag.ingest.chunking import SEPARATOR, SplitContext, chunks_of
from desktop_rag.ingest.cleaning import cleaned
from desktop_rag.ingest.structure import body_of
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
    chunk, beyond = split(made)
    assert (chunk.text, chunk.layer) == ("Inside we are", Layer.BODY)
    assert (beyond.text, beyond.layer) == ("Beyond", Layer.HIDDEN)
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


# Beside the body


def in_layer(layer: Layer, found: list[Line]) -> list[Line]:
    return [one._replace(layer=layer) for one in found]


def test_each_layer_has_chunks_of_its_own_after_the_body_and_furniture_at_the_end() -> None:
    made = [
        page(
            [
                *in_layer(Layer.FURNITURE, lines(["The Book"], 0.05)),
                *in_layer(Layer.NOTE, lines(["Ana: is this", "true?"], 0.1, block=1)),
                *in_layer(Layer.NOTE, lines(["Bo: yes."], 0.15, block=2)),
                *in_layer(Layer.HIDDEN, lines(["Nobody sees this."], 0.2, block=3)),
                *lines(TEXT, 0.3),
            ],
            0,
        ),
        page(lines(TEXT, 0.3), 1),
    ]
    chunks = split(made, 500)
    assert [(chunk.page, chunk.layer, chunk.text) for chunk in chunks] == [
        (0, Layer.BODY, chunks[0].text),
        (0, Layer.NOTE, "Ana: is this true?\nBo: yes."),
        (0, Layer.HIDDEN, "Nobody sees this."),
        (1, Layer.BODY, chunks[0].text),
        (0, Layer.FURNITURE, "The Book"),
    ]


@pytest.mark.parametrize("layer", [Layer.NOTE, Layer.HIDDEN, Layer.FURNITURE])
def test_what_is_not_of_the_body_is_no_heading_and_does_not_set_its_size(layer) -> None:
    beside = in_layer(layer, [line("Fees", 0.1, size=20), *lines(["text"] * 50, 0.2, size=20)])
    made = page([*beside, line("Notes", 0.6, size=14), *lines(TEXT, 0.7)])
    chunks = split([made], 500)
    (body,) = [chunk for chunk in chunks if chunk.layer is Layer.BODY]
    assert body.header == f"{TITLE} › Notes"
    assert not any("Fees" in chunk.header for chunk in chunks)


def test_long_notes_are_cut_and_none_is_above_the_limit() -> None:
    notes = in_layer(Layer.NOTE, lines(["Ana: one two three four five."] * 9, 0.1))
    chunks = split([page(notes)], 7)
    assert len(chunks) == 9
    assert {chunk.layer for chunk in chunks} == {Layer.NOTE}


# Over the page


def test_a_sentence_over_the_page_is_in_the_chunk_that_it_begins_in() -> None:
    head = [line("The Book", 0.04)]
    notes = lines(["1 See the fees."], 0.85, size=8.0)
    first = [*head, *lines(["One ship. The reeve", "must open the sluice", "and ring the"], 0.7)]
    second = [*head, *lines(["quarry bell until all answer. Then", "he rests."], 0.1)]
    made = cleaned([page([*first, *notes], 0, "i"), page(second, 1, "ii"), page(head, 2)])
    chunks = [chunk for chunk in split(made, 500) if chunk.layer is Layer.BODY][:2]
    whole = "The reeve must open the sluice and ring the quarry bell until all answer."
    assert [(chunk.page, chunk.page_label, chunk.text) for chunk in chunks] == [
        (0, "i", f"One ship. {whole}\n1 See the fees."),
        (1, "ii", "Then he rests."),
    ]
    by_page = {word.page: chunks[0].text[word.start : word.end] for word in chunks[0].words}
    assert by_page == {0: "fees.", 1: "answer."}
    assert {word.page for word in chunks[1].words} == {0}


def test_a_long_sentence_over_the_page_is_cut_into_parts_on_their_own_pages() -> None:
    first = lines(["one two three four five six"], 0.8)
    second = lines(["seven eight nine ten eleven twelve"], 0.1)
    chunks = split([page(first, 0), page(second, 1)], 3)
    assert [(chunk.page, chunk.text) for chunk in chunks] == [
        (0, "one two three"), (0, "four five six"), (1, "seven eight nine"),
        (1, "ten eleven twelve"),
    ]  # fmt: skip
    assert {word.page for chunk in chunks for word in chunk.words} == {0}


def test_rows_on_the_next_page_have_names_that_are_lit_nowhere() -> None:
    made = [page(table(SHIPS[:9], 0.6), 0), page(table(SHIPS[9:13], 0.1), 1)]
    first, second = split(made, 500)
    assert first.text.startswith("Ship\tLeaves\n")
    assert second.text.splitlines() == ["\t".join(row) for row in (SHIPS[0], *SHIPS[9:13])]
    assert second.text[second.words[0].start :].startswith("Petrel number")
    assert {word.page for word in second.words} == {0}


# Told by a source


def told(text: str, block: int, role: Role, **more) -> Line:
    return line(text, 0.3, block=block)._replace(role=role, **more)


def test_a_table_that_its_source_tells_of_names_the_columns_of_all_its_rows() -> None:
    def row(number: int, texts: list[str]) -> list[Line]:
        return [
            told(text, 4, Role(RoleKind.CELL, row=number, column=at, head=number == 0))
            for at, text in enumerate(texts)
            if text
        ]

    rows = [["Ship", "Port", "Leaves"], *[[f"Tern {n}", "", f"{n}"] for n in range(1, 40)]]
    made = [
        page([cell for at in range(20 * n, 20 * n + 20) for cell in row(at, rows[at])], n)
        for n in range(2)
    ]
    chunks = split(made, 20)
    assert len(chunks) > 5
    for chunk in chunks:
        head, *others = chunk.text.splitlines()
        assert head == "Ship\tPort\tLeaves"
        assert all(one.split("\t")[1] == "" for one in others)
    assert {chunk.page for chunk in chunks} == {0, 1}


def test_a_row_that_begins_with_empty_cells_keeps_its_columns() -> None:
    cells_ = [told("Ship", 1, Role(RoleKind.CELL)), told("6", 1, Role(RoleKind.CELL, 0, 1, 2))]
    (chunk,) = split([page(cells_)], 500)
    assert chunk.text == "Ship\n\t\t6"
    assert chunk.text[chunk.words[1].start :] == "6"


def test_words_that_a_source_glues_have_no_space_between_them() -> None:
    role = Role(RoleKind.PARAGRAPH)
    made = [
        page([told("日本語の", 1, role), told("文です。", 1, role, glued=True)], 0),
        page([told("次の文", 1, role), told("です。", 1, role, glued=True)], 1),
    ]
    first, second = split(made, 500, language=lambda _: "ja")
    assert first.text == "日本語の文です。"
    assert second.text == "次の文です。"
    assert (first.page, second.page) == (0, 1)


def test_lines_of_a_pdf_that_go_on_without_a_space_are_one_word() -> None:
    made = [line("日本語の", 0.3), line("文です。", 0.32)._replace(glued=True)]
    (chunk,) = split([page(made)], 500, language=lambda _: "ja")
    assert chunk.text == "日本語の文です。"
    ruled = told("文", RULED, Role(RoleKind.CELL), glued=True)
    (chunk,) = split([page([ruled])], 500)
    assert chunk.text == "文"


def test_hyphens_of_a_source_are_its_own() -> None:
    role = Role(RoleKind.PARAGRAPH)
    (chunk,) = split([page([told("a care-", 1, role), told("ful man", 1, role)])], 500)
    assert chunk.text == "a care- ful man"


def test_the_headings_of_a_source_are_the_sections() -> None:
    made = [
        told("Harbours", 1, Role(RoleKind.HEADING, 1)),
        told("of the", 2, Role(RoleKind.HEADING, 2)),
        told("north", 2, Role(RoleKind.HEADING, 2)),
        told("One ship.", 3, Role(RoleKind.PARAGRAPH)),
    ]
    chunk = split([page(made)], 5)[-1]
    assert chunk.header == f"{TITLE} › Harbours › of the north"
    assert chunk.text.endswith("One ship.")


# Where structure fails


def test_a_page_whose_structure_cannot_be_made_out_is_taken_line_by_line(
    monkeypatch, caplog
) -> None:
    def fragile(of: Page, body: float):
        if of.number == 1:
            raise ValueError(of.lines[0].text)
        return body_of(of, body)

    monkeypatch.setattr(chunking, "body_of", fragile)
    made = [page(lines(TEXT, 0.1), 0), page(table(SHIPS[:2], 0.1), 1), page(lines(TEXT, 0.1), 2)]
    with caplog.at_level(logging.WARNING):
        chunks = split(made, 500)
    assert [chunk.page for chunk in chunks] == [0, 1, 2]
    assert chunks[1].text == "Ship\nLeaves\nPetrel number 3\n3"
    assert "page 1 of d0c" in caplog.text
    assert "Ship" not in caplog.text


def test_pages_whose_joints_cannot_be_made_out_stand_alone(monkeypatch, caplog) -> None:
    def broken(blocks):
        raise KeyError("a word")

    monkeypatch.setattr(chunking, "continued", broken)
    with caplog.at_level(logging.WARNING):
        chunks = split([page(lines(["one two three four"], 0.8), 0), page(lines(["five."]), 1)])
    assert [chunk.text for chunk in chunks] == ["one two three four", "five."]
    assert "d0c" in caplog.text
    assert "a word" not in caplog.text
