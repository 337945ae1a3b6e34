from dataclasses import replace

import pytest

from desktop_rag.domain.documents import RULED, Layer, Line, Page, Role, RoleKind
from desktop_rag.engines.pdf import reading
from desktop_rag.ingest.cleaning import clean_word, cleaned
from tests import pdfs
from tests.fakes import TYPE, cells, line, lines, page, table, words_of

TOP, BOTTOM = 0.04, 0.94
BODY = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]


def body(number: int) -> list[Line]:
    return lines([f"{word} {BODY[number % len(BODY)]}" for word in BODY], 0.15)


def pages_with(head, foot=lambda _: "", count: int = 10) -> list[Page]:
    made = []
    for number in range(count):
        found = body(number)
        if head(number):
            found.insert(0, line(head(number), TOP))
        if foot(number):
            found.append(line(foot(number), BOTTOM))
        made.append(page(found, number))
    return made


def bodies(found: list[Page]) -> list[tuple[Line, ...]]:
    return [tuple(one for one in of.lines if one.layer is Layer.BODY) for of in found]


def furniture(found: list[Page]) -> list[tuple[int, str]]:
    return [
        (of.number, one.text) for of in found for one in of.lines if one.layer is Layer.FURNITURE
    ]


def roman(number: int) -> str:
    return ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][number]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (lambda _: "The Book of Harbours", "The Book of Harbours"),
        (lambda n: f"Annual report 2021 | {n + 1}", "Annual report 2021 | 1"),
        (lambda n: f"The Book of Harbours {n + 1}", "The Book of Harbours 1"),
        (lambda n: f"Page {n + 1} of 10", None),
        (lambda n: f"Página {roman(n)}", None),
        (lambda n: f"{n + 1}", None),
        (lambda n: f"– {n + 40} –", None),
        (lambda n: f"{n + 1} / 10", None),
        (lambda n: f"3-{n + 1}", None),
        (roman, None),
    ],
)
def test_running_heads_and_feet_are_told_once_and_page_numbers_not_at_all(written, kept) -> None:
    for made in (pages_with(written), pages_with(lambda _: "", written)):
        found = cleaned(made)
        assert bodies(found) == [tuple(body(n)) for n in range(10)]
        assert furniture(found) == ([(0, kept)] if kept else [])


def test_heads_of_left_and_right_pages_are_found() -> None:
    made = []
    for n in range(8):
        name, number = ("The Book", f"{n + 1}") if n % 2 else ("Harbours", f"{n + 1}")
        left, right = (number, name) if n % 2 else (name, number)
        head = [line(left, TOP, 0.1), line(right, TOP, 0.9 - 0.008 * len(right))]
        made.append(page([*head, *body(n)], n))
    found = cleaned(made)
    assert bodies(found) == [tuple(body(n)) for n in range(8)]
    assert furniture(found) == [(0, "Harbours"), (1, "The Book")]


def test_the_chapter_beside_the_title_of_a_book_is_furniture_as_well() -> None:
    chapters = ["On quays", "On piers", "On boats", "On boats", "On boats", "On tides"]
    made = [
        page([line("The Book of Harbours", TOP), line(name, TOP, 0.7), *body(n)], n)
        for n, name in enumerate(chapters)
    ]
    found = cleaned(made)
    assert bodies(found) == [tuple(body(n)) for n in range(6)]
    assert [text for _, text in furniture(found)] == [
        "The Book of Harbours", "On quays", "On piers", "On boats", "On tides",
    ]  # fmt: skip


def test_a_title_of_a_section_that_runs_on_three_pages_is_furniture_once() -> None:
    made = pages_with(lambda n: "On tides" if 4 <= n < 7 else "", count=40)
    found = cleaned(made)
    assert bodies(found) == [tuple(body(n)) for n in range(40)]
    assert furniture(found) == [(4, "On tides")]


def test_rows_of_a_list_in_the_margin_are_no_running_heads() -> None:
    made = [
        page([line(f"Berth {41 * n + at}", 0.05 + 0.02 * at) for at in range(41)], n)
        for n in range(6)
    ]
    assert cleaned(made) == made


def test_rows_of_a_table_in_the_margin_are_no_running_heads() -> None:
    made = []
    for n in range(6):
        rows = [[f"Berth {41 * n + at}", "free", "Hesta", f"{n + at} m"] for at in range(41)]
        made.append(page(table(rows, 0.05), n))
    assert cleaned(made) == made


def test_names_of_columns_that_each_page_repeats_are_no_running_heads() -> None:
    names = ["Berth", "State", "Port", "Length"]
    made = []
    for n in range(6):
        rows = [[f"Berth {9 * n + at}", "free", "Hesta", f"{n + at} m"] for at in range(9)]
        made.append(page(table([names, *rows], 0.05), n))
    assert cleaned(made) == made


def test_a_thing_of_which_each_page_shows_one_is_no_page_number() -> None:
    made = [page([line(f"Rule {n + 1}", TOP), *body(n)], n) for n in range(5)]
    assert cleaned(made) == made
    long = "A rule on the ropes of ships"
    numbered = [
        page([line(f"{long} {n + 1}", TOP), *body(n), line(str(n + 1), BOTTOM)], n)
        for n in range(5)
    ]
    assert [of.lines for of in cleaned(numbered)] == [of.lines[:-1] for of in numbered]


@pytest.mark.parametrize(("free", "runs"), [(0.7, False), (1.5, True)])
def test_a_head_with_a_number_stands_free_of_the_text(free: float, runs: bool) -> None:
    below = 0.1 + (1 + free) * TYPE
    made = [
        page([line(f"The Book of Harbours {n + 1}", 0.1), *lines(BODY, below)], n) for n in range(5)
    ]
    assert (cleaned(made) != made) is runs


@pytest.mark.parametrize("written", ["{}", "2019 form 10-K {}", "Page {}"])
def test_a_page_number_below_the_text_is_found_wherever_that_ends(written: str) -> None:
    made = []
    for n in range(8):
        end = 0.1 + 0.016 * (20 + n % 5)
        text = lines([f"line {n} {at} of the text" for at in range(20 + n % 5)], 0.1)
        made.append(page([*text, line(written.format(n + 4), end + 0.02)], n))
    found = cleaned(made)
    assert bodies(found) == [of.lines[:-1] for of in made]


def test_a_number_that_ends_the_text_is_no_page_number() -> None:
    made = []
    for n in range(8):
        text = [f"line {n} {at} of the text" for at in range(20 + n % 5)]
        made.append(page(lines([*text, f"{n + 4}"], 0.1), n, f"p{n}"))
    assert cleaned(made) == made


def test_the_last_line_of_a_page_is_no_page_number_unless_it_counts_along() -> None:
    made = []
    for n in range(8):
        text = lines([f"line {n} {at} of the text" for at in range(20)], 0.1)
        made.append(page([*text, line(f"{n * n}", 0.45)], n, f"p{n}"))
    assert cleaned(made) == made
    alike = [page([*lines(["text"] * 9, 0.1), line("The end", 0.3)], n) for n in range(8)]
    assert cleaned(alike) == alike


def test_a_line_above_the_columns_of_a_table_is_no_running_head() -> None:
    made = []
    for n in range(6):
        rows = [["Tons", "Crew", "Fee"], *[[f"{n}", f"{at}", f"{n * at}"] for at in range(9)]]
        made.append(page([line("At the end of May", 0.06, 0.4), *table(rows, 0.085)], n, f"p{n}"))
    assert cleaned(made) == made


def test_the_first_line_of_pages_that_are_alike_is_no_running_head() -> None:
    made = [
        page(lines(["One ship came in and", "another one left."] * 20, TOP), n) for n in range(5)
    ]
    assert cleaned(made) == made


def test_a_caption_that_says_a_scale_is_no_running_head() -> None:
    made = pages_with(lambda _: "(in thousands of euros)")
    assert cleaned(made) == made


def test_lines_with_a_role_are_no_running_heads() -> None:
    told = Role(RoleKind.PARAGRAPH)
    made = pages_with(lambda _: "The Book of Harbours")
    made = [replace(of, lines=(of.lines[0]._replace(role=told), *of.lines[1:])) for of in made]
    assert cleaned(made) == made


def test_furniture_that_a_file_tells_of_is_told_once_without_page_numbers() -> None:
    def told(text: str, top: float) -> Line:
        return line(text, top)._replace(layer=Layer.FURNITURE)

    made = [
        page([told("Board", 0.5), told(f"{n + 1}", 0.6), told(f"Page {n + 1}", 0.7), *body(n)], n)
        for n in range(2)
    ]
    assert furniture(cleaned(made)) == [(0, "Board")]


@pytest.mark.parametrize("label", ["7", "vii", "A-7", "B7"])
def test_a_printed_page_number_goes_even_where_it_stands_once(label: str) -> None:
    for text in (label, f"- {label} -".replace(" ", ""), f"–{label}–"):
        of = page([*body(0), line(text, BOTTOM)], 3, label)
        assert cleaned([of])[0].lines == tuple(body(0))
    beside = page([*body(0), line(label, BOTTOM), line("lanterns", BOTTOM, 0.5)], 3, label)
    assert cleaned([beside]) == [beside]


def test_what_repeats_in_the_middle_of_pages_stays() -> None:
    made = [page([line("Terms", 0.5), line("42", 0.6)], n) for n in range(10)]
    assert cleaned(made) == made


def test_what_stands_twice_is_no_running_head() -> None:
    made = pages_with(lambda n: "An accident" if n in {2, 7} else "")
    assert cleaned(made) == made


def test_what_stands_on_three_pages_far_apart_is_no_running_head() -> None:
    made = pages_with(lambda n: "Results by port" if n in {2, 20, 37} else "", count=40)
    assert cleaned(made) == made


def test_headings_of_single_pages_stay() -> None:
    made = pages_with(lambda n: f"On {BODY[n]} and its harbour")
    assert cleaned(made) == made


def test_figures_of_a_table_that_reaches_into_the_margin_stay() -> None:
    made = []
    for n in range(12):
        row = [f"({37 * n})", f"{n},{n * n:03}", f"${7 * n}.50", f"{n * n * 13}"]
        made.append(page([*cells(row, 0.08), *body(n), *cells(row, 0.9)], n, f"p{n}"))
    assert cleaned(made) == made


def test_a_page_that_has_nothing_else_keeps_its_running_head() -> None:
    made = pages_with(lambda _: "The Book of Harbours")
    bare = page([line("The Book of Harbours", TOP), line("11", BOTTOM)], 10)
    *others, last = cleaned([*made, bare])
    assert last == bare
    assert bodies(others) == [tuple(body(n)) for n in range(10)]


def test_pages_keep_what_they_are() -> None:
    made = [page(body(0), 4, "iv"), page([], 5, "v", picture=True), page(body(1), 6, "vi")]
    for before, after in zip(made, cleaned(made), strict=True):
        assert after == before


def test_cleaning_again_finds_nothing_more() -> None:
    made = pages_with(lambda n: f"Report {n}", lambda n: f"{n + 1}")
    dirty = line("ﬁ\u200b \u0001 ..... care\u00ad", 0.5)
    made.append(page([*body(3), dirty], 10))
    once = cleaned(made)
    assert cleaned(once) == once
    boxes = {word.box for of in made for word in words_of(of)}
    assert {word.box for of in once for word in words_of(of)} <= boxes


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain", "plain"),
        ("cafe\u0301", "café"),
        ("in\u00advis\u200bible\ufeff", "invisible"),
        ("care\u00ad", "care-"),
        ("care\u2010", "care-"),
        ("\u0000\u0007a\u009f", "a"),
        ("\u202eabc\u202c", "abc"),
        (".....", ""),
        ("·····", ""),
        ("____", ""),
        ("Contents......", "Contents"),
        ("word\u3000", "word"),
        ("\u3000", ""),
        ("e.g.", "e.g."),
        ("wait...", "wait..."),
        ("--", "--"),
        ("3.14", "3.14"),
    ],
)
def test_a_word_says_what_it_shows(text: str, clean: str) -> None:
    assert clean_word(text) == clean
    assert clean_word(clean) == clean


def test_a_word_of_many_dots_is_cleaned_in_no_time() -> None:
    dots = "." * 200_000  # hours, if each of them were taken for the first
    assert clean_word(f"{dots}x") == f"{dots}x"
    assert clean_word(f"x{dots}") == "x"


def test_a_word_that_the_file_says_is_cut_keeps_its_mark_at_the_end_of_a_line_alone() -> None:
    (found,) = cleaned([page([line("care\u00ad ful care\u00ad", 0.5)])])
    assert [one.text for one in found.lines] == ["care- ful care\u00ad"]


def test_the_words_of_a_source_are_its_own_and_those_between_rules_are_not() -> None:
    told = line("so\u00adft ..... text", 0.5)._replace(role=Role(RoleKind.CELL))
    (found,) = cleaned([page([told, told._replace(block=RULED)])])
    assert [one.text for one in found.lines] == [told.text, "soft text"]


def test_leaders_are_taken_out_of_a_line_and_a_line_of_leaders_off_the_page() -> None:
    (found,) = cleaned([page([line("..... _____"), line("Contents ........ text", 0.5)])])
    assert [one.text for one in found.lines] == ["Contents text"]


def test_a_real_book_loses_its_running_head_and_page_numbers_only(tmp_path) -> None:
    with reading.opened(pdfs.book(tmp_path / "book.pdf", 40)) as document:
        made = list(reading.pages(document))
    found = cleaned(made)
    for number, (before, after) in enumerate(zip(made, found, strict=True), 1):
        kept = [one.text for one in after.lines if one.layer is Layer.BODY]
        gone = {one.text for one in before.lines} - set(kept)
        assert gone == {"The Book of Harbours", str(number)}
        assert f"The keeper of page {number} owns {3 * number} lanterns." in kept


def test_the_words_of_a_source_are_left_as_they_are() -> None:
    written = ("می\u200cروم", "----", "👩\u200d👧")
    role = Role(RoleKind.PARAGRAPH)
    (read,) = cleaned([page([line(" ".join(written))._replace(role=role)])])
    assert tuple(word.text for word in read.lines[0].words) == written
