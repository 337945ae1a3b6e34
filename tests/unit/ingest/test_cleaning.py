import pytest

from desktop_rag.domain.documents import Line, Page
from desktop_rag.engines.pdf import reading
from desktop_rag.ingest.cleaning import clean_word, cleaned
from tests import pdfs
from tests.fakes import cells, line, lines, page, words_of

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


def roman(number: int) -> str:
    return ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][number]


@pytest.mark.parametrize(
    "written",
    [
        lambda _: "The Book of Harbours",
        lambda n: f"Annual report 2021 | {n + 1}",
        lambda n: f"Page {n + 1} of 10",
        lambda n: f"Página {roman(n)}",
        lambda n: f"{n + 1}",
        lambda n: f"– {n + 40} –",
        lambda n: f"{n + 1} / 10",
        lambda n: f"3-{n + 1}",
        roman,
    ],
)
def test_running_heads_feet_and_page_numbers_go_and_the_body_stays(written) -> None:
    for made in (pages_with(written), pages_with(lambda _: "", written)):
        found = cleaned(made)
        assert [one.lines for one in found] == [tuple(body(n)) for n in range(10)]


@pytest.mark.parametrize("label", ["7", "vii", "A-7", "B7"])
def test_a_printed_page_number_goes_even_where_it_stands_once(label: str) -> None:
    for text in (label, f"- {label} -".replace(" ", ""), f"–{label}–"):
        of = page([*body(0), line(text, BOTTOM)], 3, label)
        assert cleaned([of])[0].lines == tuple(body(0))


def test_what_repeats_in_the_middle_of_pages_stays() -> None:
    made = [page([line("Terms", 0.5), line("42", 0.6)], n) for n in range(10)]
    assert cleaned(made) == made


def test_what_stands_twice_is_no_running_head() -> None:
    made = pages_with(lambda n: "An accident" if n in {2, 7} else "")
    assert cleaned(made) == made


@pytest.mark.parametrize(("times", "runs"), [(3, False), (7, False), (8, True)])
def test_what_stands_on_fewer_than_a_fifth_of_the_pages_is_no_running_head(times, runs) -> None:
    made = pages_with(lambda n: "Results by port" if n % 5 == 0 and n < 5 * times else "", count=40)
    assert (cleaned(made) != made) is runs


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
    assert [one.lines for one in others] == [tuple(body(n)) for n in range(10)]


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


def test_leaders_are_taken_out_of_a_line_and_a_line_of_leaders_off_the_page() -> None:
    (found,) = cleaned([page([line("..... _____"), line("Contents ........ text", 0.5)])])
    assert [one.text for one in found.lines] == ["Contents text"]


def test_a_real_book_loses_its_running_head_and_page_numbers_only(tmp_path) -> None:
    with reading.opened(pdfs.book(tmp_path / "book.pdf", 40)) as document:
        made = list(reading.pages(document))
    found = cleaned(made)
    for number, (before, after) in enumerate(zip(made, found, strict=True), 1):
        kept = [one.text for one in after.lines]
        gone = {one.text for one in before.lines} - set(kept)
        assert gone == {"The Book of Harbours", str(number)}
        assert f"The keeper of page {number} owns {3 * number} lanterns." in kept
