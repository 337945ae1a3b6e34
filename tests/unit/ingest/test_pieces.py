import itertools
from itertools import groupby

import pytest

from desktop_rag.domain.documents import Page
from desktop_rag.ingest.blocks import BlockKind
from desktop_rag.ingest.hyphens import Spelling
from desktop_rag.ingest.pieces import Measure, Piece, pieces_of
from desktop_rag.ingest.structure import parts_of
from tests.fakes import FakeTokenizer, cells, line, lines, page, table, words_of

ROWS = [["Ship", "Leaves"], ["Petrel", "6"], ["Lady Maud", "7"], ["Ondine of Vorrin", "19"]]
PROSE = [
    "The lighthouse of Vorrin burned whale oil until 1871. Dr. Salas, its",
    "keeper, kept a care-",
    "ful record of every ves-",
    "sel. Who reads it? Nobody",
]
PAGES = [
    page([line("Harbours", 0.1, size=20), *lines(PROSE, 0.2)]),
    page([*lines(["Before."], 0.2), *table(ROWS), *lines(PROSE, 0.5)]),
    page(lines(["incomprehensibilities", "honorificabilitudinitatibus a b c d e f g"])),
    page(lines(["日本語です。次の文です。", "😀 ¿Qué tal? ¡Muy bien!"])),
]
LIMITS = [1, 2, 3, 5, 8, 13, 40, 1000]


def pieces(of: Page, limit: int = 1000, letters: int = 1000, language: str = "en") -> list[Piece]:
    measure = Measure(FakeTokenizer(letters).counts, limit)
    return pieces_of(parts_of(of, 11.0), language, measure, Spelling())


def texts(of: Page, **more) -> list[str]:
    return [piece.text for piece in pieces(of, **more)]


@pytest.mark.parametrize("of", PAGES)
def test_every_word_is_placed_once_in_order(of) -> None:
    for given in itertools.product(LIMITS, [4, 1000], ["en", "es", "ja", "und"]):
        found = pieces(of, *given)
        placed = [word for piece in found for word in piece.words]
        boxes = [box for box, _ in groupby(word.box for word in placed)]  # long words: in parts
        assert boxes == [word.box for word in words_of(of)], given
        assert_whole(found)


def assert_whole(found: list[Piece]) -> None:
    for piece in found:
        end = 0
        for word in piece.words:
            assert not piece.text[end : word.start].strip()
            assert piece.text[word.start : word.end].split() == [piece.text[word.start : word.end]]
            assert word.start >= end
            end = word.end
        assert end == len(piece.text)
        assert piece.words[0].start == 0


@pytest.mark.parametrize("of", PAGES)
@pytest.mark.parametrize("limit", LIMITS)
def test_no_piece_is_above_the_limit(of, limit) -> None:
    tokenizer = FakeTokenizer(letters=4)
    for piece in pieces(of, limit, letters=4):
        assert piece.tokens == tokenizer.counts([piece.text])[0]
        assert piece.tokens <= limit


def test_the_first_piece_of_a_part_opens_it() -> None:
    for of in PAGES:
        for limit in LIMITS:
            found = pieces(of, limit)
            assert sum(piece.opens for piece in found) == len(list(parts_of(of, 11.0)))
            assert found[0].opens


def test_a_paragraph_is_cut_into_sentences() -> None:
    assert texts(page(lines(PROSE))) == [
        "The lighthouse of Vorrin burned whale oil until 1871.",
        "Dr. Salas, its keeper, kept a careful record of every vessel.",
        "Who reads it?",
        "Nobody",
    ]
    spanish = lines(["¿Qué tal? ¡Muy bien! El Sr. Salas", "no vino."])
    assert texts(page(spanish), language="es") == [
        "¿Qué tal?",
        "¡Muy bien!",
        "El Sr. Salas no vino.",
    ]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("es", ["Según el art. 5 del R.D. 3/2010, núm. 172, se aprueba.", "Fin."]),
        ("es", ["Véase p. ej. la tabla.", "El Sr. Pérez y la Dra. Ruiz viven en EE. UU. hoy."]),
        ("es", ["La pág. 12 y ss. lo dicen.", "El párr. 3.º lo niega."]),
        ("es", ["1.º Los socios.", "2.º Las cuotas.", "a) Primero.", "b) Segundo."]),
        ("en", ["See Fig. 3, e.g. the table.", "Mr. Smith came.", "a) First.", "b) Second."]),
        ("en", ["The U.S. Congress met.", "Apple Inc. and Co. signed.", "Later."]),
    ],
)
def test_abbreviations_and_ordinals_do_not_end_a_sentence(language, sentences) -> None:
    assert texts(page(lines([" ".join(sentences)])), language=language) == sentences


@pytest.mark.parametrize(
    ("rows", "mended"),
    [
        (["a care-", "ful man"], "a careful man"),
        (["niño peque-", "ñísimo"], "niño pequeñísimo"),
        (["(care-", "ful)"], "(careful)"),
        (["“¿care-", "ful?”"], "“¿careful?”"),
        (["extra-", "ordi-", "nary"], "extraordinary"),
        (["Franco-", "German"], "Franco-German"),
        (["state-of-the-", "art"], "state-of-the-art"),
        (["1939-", "to 1945"], "1939- to 1945"),
        (["a -", "dash"], "a - dash"),
        (["a care-", "9ful"], "a care-9ful"),
        (["a-b", "c"], "a-b c"),
    ],
)
def test_words_cut_at_the_end_of_a_line_are_mended(rows, mended: str) -> None:
    of = page(lines(rows))
    (piece,) = pieces(of)
    assert piece.text == mended
    assert [word.box for word in piece.words] == [word.box for word in words_of(of)]


def test_both_parts_of_a_mended_word_are_lit() -> None:
    (piece,) = pieces(page(lines(["a care-", "ful man"])))
    assert [piece.text[start:end] for start, end, *_ in piece.words] == ["a", "care", "ful", "man"]
    start, end = piece.words[1].end, piece.words[2].start
    assert start == end


def test_a_word_is_not_mended_across_paragraphs() -> None:
    assert texts(page([*lines(["a care-"], 0.2), *lines(["ful man"], 0.4)])) == [
        "a care-",
        "ful man",
    ]


def test_a_row_is_a_piece_with_its_cells_apart() -> None:
    found = pieces(page(table(ROWS)))
    assert [piece.text for piece in found] == ["\t".join(row) for row in ROWS]
    assert {piece.kind for piece in found} == {BlockKind.TABLE}
    assert found[0].head is None
    for piece in found[1:]:
        assert piece.head is not None
        assert (piece.head.text, piece.head.words) == ("Ship\tLeaves", found[0].words)
        assert piece.head.tokens == 2


def test_the_lines_of_a_cell_are_mended_as_those_of_a_paragraph_are() -> None:
    rows = [["Ship", "Fee"], ["Petrel", "one care-"], ["Ondine", "two"]]
    made = [*table(rows[:2]), *cells(["", "ful look"], 0.332)[1:], *cells(rows[2], 0.37)]
    assert texts(page(made)) == ["Ship\tFee", "Petrel\tone careful look", "Ondine\ttwo"]


def test_rows_that_share_a_name_are_told_with_it() -> None:
    rows = [["Kind", "What", "Tons"], ["Crabs", "caught", "12"], ["", "sold", "7"]]
    made = [one for one in table([*rows, ["Eels", "caught", "3"]]) if one.text]
    found = pieces(page(made))
    assert [piece.text for piece in found] == [
        "Kind\tWhat\tTons", "Crabs\tcaught\t12", "Crabs\tsold\t7", "Eels\tcaught\t3",
    ]  # fmt: skip
    assert found[2].words[0].box == found[1].words[0].box


def test_every_part_of_a_row_too_long_still_knows_its_head() -> None:
    found = pieces(page(table(ROWS)), limit=2)
    assert [piece.text for piece in found] == [
        "Ship\tLeaves",
        "Petrel\t6",
        "Lady",
        "Maud\t7",
        "Ondine of",
        "Vorrin\t19",
    ]
    assert all(piece.head for piece in found[1:])


@pytest.mark.parametrize(
    ("limit", "head"), [(10, "Year ended\tJune\nItem\t2018"), (9, "Item\t2018")]
)
def test_names_of_columns_that_take_over_half_of_the_room_are_told_without_the_first(
    limit: int, head: str
) -> None:
    rows = [["Year ended", "June"], ["Item", "2018"], ["Sales", "1,526"], ["Costs", "26"]]
    *_, last = pieces(page(table(rows)), limit)
    assert last.head is not None
    assert last.head.text == head


def test_a_word_that_is_too_long_is_cut_and_lies_where_it_lay() -> None:
    of = page([line("ab honorificabilitudinitatibus")])
    found = pieces(of, limit=2, letters=4)
    assert found[0].text == "ab"
    assert "".join(piece.text for piece in found[1:]) == "honorificabilitudinitatibus"
    assert len(found) == 5
    assert {word.box for piece in found[1:] for word in piece.words} == {words_of(of)[1].box}


def test_every_row_knows_the_group_and_the_columns_that_it_belongs_to() -> None:
    rows = [["Assets:"], ["Cash", "5"], ["Debt:"], ["Bonds", "6"]]
    first = cells(["", "2018"], 0.3)[1:]
    body = [cell for at, row in enumerate(rows) for cell in cells(row, 0.316 + 0.016 * at)]
    again = [*cells(["", "2017"], 0.38)[1:], *cells(["Cash", "7"], 0.396)]
    found = pieces(page([*table([["Item", "A"], ["Petrel", "1"]], 0.284), *first, *body, *again]))
    heads = [(piece.text, piece.head.text if piece.head else "") for piece in found]
    assert heads[0] == ("Item\tA", "")
    assert ("Cash\t5", "\t2018\nAssets:") in heads
    assert ("Bonds\t6", "\t2018\nDebt:") in heads
    assert ("Cash\t7", "\t2017") in heads


def test_a_heading_is_a_piece_with_its_level() -> None:
    first, *rest = pieces(PAGES[0])
    assert (first.kind, first.text, first.level) == (BlockKind.HEADING, "Harbours", 1)
    assert all(piece.kind is BlockKind.PARAGRAPH and not piece.level for piece in rest)


def test_nothing_has_no_pieces() -> None:
    assert pieces(page([])) == []
