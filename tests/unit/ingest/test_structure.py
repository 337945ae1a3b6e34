import pytest

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import Box, Line, Page, Word
from desktop_rag.engines.pdf import reading
from desktop_rag.ingest.blocks import BlockKind
from desktop_rag.ingest.rows import rows_of
from desktop_rag.ingest.structure import body_size, parts_of
from tests import pdfs
from tests.fakes import TYPE, cells, line, lines, page, table

BODY = 11.0
TABLE = [["Ship", "Leaves"], ["Petrel", "06:10"], ["Lady Maud", "07:30"], ["Ondine", "09:00"]]
PAGES = [
    page([]),
    page([line("Harbours", 0.1, size=20), *lines(["text that", "goes on."], 0.2)]),
    page([*lines(["Before the table."], 0.2), *table(TABLE), *lines(["After the table."], 0.5)]),
    page(table(TABLE[:2])),
    page([line("• a bullet", bold=True), line("12", 0.4), line("Notes", 0.5, bold=True)]),
]


def kinds(of: Page) -> list[tuple[BlockKind, int, str]]:
    return [(part.kind, part.level, part.text) for part in parts_of(of, BODY)]


@pytest.mark.parametrize("of", PAGES)
@pytest.mark.parametrize("body", [1.0, BODY, 100.0])
def test_every_row_belongs_to_one_part_in_order(of: Page, body: float) -> None:
    parts = list(parts_of(of, body))
    assert [row for part in parts for row in part.rows] == rows_of(of)
    for part in parts:
        assert part.rows
        assert (part.level > 0) == (part.kind is BlockKind.HEADING)
        assert 0 <= part.head < len(part.rows) or part.kind is not BlockKind.TABLE


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,526,762", True),
        ("1.526.762,50", True),
        ("(4.1%)", True),
        ("$", True),
        ("—", True),
        ("$1,526", True),
        ("7", True),
        ("2018", False),
        ("(2018)", False),
        ("FY2018", False),
        ("2018:", False),
        ("1971.", False),
        ("Q3", False),
        ("A-1", False),
        ("10-K", False),
        ("sales", False),
        ("5th", False),
    ],
)
def test_amounts_are_told_from_words_and_years(text: str, number: bool) -> None:
    assert is_amount(text) is number


def test_the_body_is_set_in_the_type_of_most_words() -> None:
    title, note = line("A very large title of many words", size=30), line("note", size=6)
    text = line("There are more words in the text than there are in the title.", 0.5)
    assert body_size([page([title, title]), page([note, text, text])]) == 11.0
    assert body_size([]) == body_size([page([])]) == 0.0


def test_the_larger_the_type_the_higher_the_heading() -> None:
    def level(**style) -> int:
        heading = line("Its lighthouse", 0.2, **style)
        (first, *_) = parts_of(page([heading, line("text", 0.3)]), BODY)
        return first.level

    sizes = [BODY, 14.0, 24.0]
    assert [level(size=size) for size in sizes] == [0, 2, 1]
    assert [level(size=size, bold=True) for size in sizes] == [3, 2, 1]


@pytest.mark.parametrize(
    "text",
    [
        "• a bullet",
        "- a dash",
        "12",
        "2021",
        "§",
        "a title of so many words that nobody would ever print it above a text but in it",
        "set in bold for no reason,",
    ],
)
def test_what_is_no_heading_however_bold(text: str) -> None:
    assert kinds(page([line(text, bold=True)])) == [(BlockKind.PARAGRAPH, 0, text)]


@pytest.mark.parametrize("text", ["¿Qué es?", "«Notas»", "1. Introduction", "A. On ships"])
def test_a_heading_may_begin_with_a_number_or_a_quote(text: str) -> None:
    assert kinds(page([line(text, bold=True)])) == [(BlockKind.HEADING, 3, text)]


def test_a_paragraph_ends_at_a_gap_a_heading_and_a_table() -> None:
    of = page(
        [
            *lines(["one two", "three."], 0.1),
            *lines(["four."], 0.2),
            line("Five", 0.216, bold=True),
            *lines(["six."], 0.232),
            *table(TABLE),
        ]
    )
    assert [(kind, text) for kind, _, text in kinds(of)] == [
        (BlockKind.PARAGRAPH, "one two three."),
        (BlockKind.PARAGRAPH, "four."),
        (BlockKind.HEADING, "Five"),
        (BlockKind.PARAGRAPH, "six."),
        (BlockKind.TABLE, " ".join(" ".join(row) for row in TABLE)),
    ]


@pytest.mark.parametrize(("gap", "paragraphs"), [(0.5, 1), (1.0, 2)])
def test_white_space_as_high_as_a_line_ends_a_paragraph(gap: float, paragraphs: int) -> None:
    below = 0.2 + TYPE + gap * TYPE
    assert len(kinds(page([line("one two", 0.2), line("three.", below)]))) == paragraphs


def test_a_paragraph_ends_where_a_new_column_begins() -> None:
    of = page([*lines(["left"], 0.8), *lines(["right"], 0.1, left=0.55)])
    assert [text for *_, text in kinds(of)] == ["left", "right"]


def test_lines_that_are_set_far_apart_are_one_paragraph() -> None:
    prose = [f"The keeper of light {n} walks" for n in range(9)]
    spread = [line(text, 0.1 + 2.1 * TYPE * at, block=at) for at, text in enumerate(prose)]
    assert len(kinds(page(spread))) == 1
    below = [line(text, 0.5 + 2.1 * TYPE * at, block=at) for at, text in enumerate(prose)]
    assert len(kinds(page([*spread, *below]))) == 2


def test_a_line_that_goes_on_in_small_letters_is_the_same_paragraph_however_far_below() -> None:
    far = 0.2 + 2.5 * TYPE
    goes_on = [line("the keeper must ring the", 0.2), line("bell at once", far)]
    assert len(kinds(page(goes_on))) == 1
    ends = [line("the keeper must ring it.", 0.2), line("bell at once", far)]
    assert len(kinds(page(ends))) == 2
    short = [line("the keeper", 0.2), line("bell at once", far)]
    assert len(kinds(page(short))) == 2


def test_a_short_line_above_another_block_is_a_paragraph() -> None:
    prose = [f"The keeper of light number {n} walks the quay" for n in range(9)]
    short = line("A. On keepers", 0.5)
    below = line(prose[0], 0.5 + 1.65 * TYPE, block=1)
    found = kinds(page([*lines(prose, 0.1), short, below]))
    assert [text for *_, text in found][1:] == [short.text, below.text]


@pytest.mark.parametrize(("first", "second"), [("• one", "• two"), ("a) one;", "b) two")])
def test_each_item_of_a_list_is_a_paragraph(first: str, second: str) -> None:
    assert [text for *_, text in kinds(page(lines([first, second])))] == [first, second]


def test_a_dash_within_a_sentence_is_no_item_of_a_list() -> None:
    assert len(kinds(page(lines(["the keeper walks", "– as ever – alone"])))) == 1
    assert len(kinds(page(lines(["o bien el puerto", "o bien el faro"])))) == 1


def test_a_paragraph_in_bold_type_is_no_row_of_headings() -> None:
    bold = [f"The keeper of light {n} walks and" for n in range(5)]
    assert kinds(page(lines(bold, bold=True))) == [(BlockKind.PARAGRAPH, 0, " ".join(bold))]
    assert [kind for kind, *_ in kinds(page(lines(bold[:2], bold=True)))] == [BlockKind.HEADING] * 2


def test_a_bold_line_that_is_cut_is_no_heading() -> None:
    made = page([line("In short a novel algo-", 0.3, bold=True), line("rithm is told.", 0.316)])
    assert [kind for kind, *_ in kinds(made)] == [BlockKind.PARAGRAPH]


def test_lines_that_run_up_the_margin_stand_apart_from_the_text() -> None:
    words = (
        Word(text, Box(0.03, 0.5 - 0.05 * at, 0.05, 0.54 - 0.05 * at))
        for at, text in enumerate(["stamp", "of", "2017"])
    )
    stamp = Line(9, 20.0, False, tuple(words))
    text = lines(["the keeper must ring the", "bell at once."], 0.3)
    assert kinds(page([text[0], stamp, text[1]])) == [
        (BlockKind.PARAGRAPH, 0, "the keeper must ring the bell at once."),
        (BlockKind.PARAGRAPH, 0, "stamp of 2017"),
    ]
    assert kinds(page([stamp])) == [(BlockKind.HEADING, 1, "stamp of 2017")]


def test_one_row_of_figures_below_their_names_is_a_table() -> None:
    made = page(table([["Fish", "Crabs", "Eels"], ["12", "7", "3"]]))
    ((kind, *_),) = kinds(made)
    assert kind is BlockKind.TABLE


def test_the_last_cells_of_a_table_may_go_on() -> None:
    more = lines(["on the quay, and", "not at sea"], 0.3 + 4 * 0.0135, left=0.4)
    made = page(
        [*[c for at, row in enumerate(TABLE) for c in cells(row, 0.3 + 0.0135 * at)], *more]
    )
    ((kind, _, text),) = kinds(made)
    assert kind is BlockKind.TABLE
    assert text.endswith("not at sea")


def test_two_rows_side_by_side_are_no_table() -> None:
    for count in range(1, 5):
        (first, *_) = parts_of(page(table(TABLE[:count])), BODY)
        assert (first.kind is BlockKind.TABLE) == (count > 2)


def test_captions_within_a_table_belong_to_it() -> None:
    of = page([*table(TABLE), *lines(["Winter"], 0.364), *table(TABLE[1:], 0.38)])
    ((kind, _, text),) = kinds(of)
    assert kind is BlockKind.TABLE
    assert "Winter" in text


def test_a_long_line_ends_a_table() -> None:
    prose = "Here the text goes on as text does and it has nothing to do with the table above it."
    of = page([*table(TABLE), line(prose, 0.364), *cells(["a", "b"], 0.38)])
    assert [kind for kind, *_ in kinds(of)] == [BlockKind.TABLE, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        (TABLE, 1),
        ([["Year ended", "June"], ["Item", "2018"], ["Sales", "1,526"], ["Costs", "26"]], 2),
        ([["Sales", "1,526"], ["Costs", "26"], ["Tax", "3"]], 0),
        ([["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"], ["i", "j"]], 1),
    ],
)
def test_the_rows_above_the_first_amount_name_the_columns(rows, head: int) -> None:
    rows = [[cell.replace(":", "") for cell in row] for row in rows]
    (part,) = parts_of(page(table(rows)), BODY)
    assert part.head == head


def test_a_real_book_has_its_headings(tmp_path) -> None:
    with reading.opened(pdfs.book(tmp_path / "book.pdf", 21)) as document:
        made = list(reading.pages(document))
    body = body_size(made)
    headings = [
        part.text for of in made for part in parts_of(of, body) if part.kind is BlockKind.HEADING
    ]
    assert headings == [
        "Chapter 1. Harbour number 1",
        "Section 1.1 Its lighthouse",
        "Chapter 2. Harbour number 2",
    ]
