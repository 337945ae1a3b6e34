import pytest

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import Page
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
