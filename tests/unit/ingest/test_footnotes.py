from desktop_rag.ingest.footnotes import apart
from desktop_rag.ingest.rows import rows_of
from tests.fakes import LEADING, line, lines, page

BODY = 11.0


def texts(of) -> tuple[list[str], list[list[str]]]:
    kept, notes = apart(rows_of(page(of)), BODY)
    return [row.text for row in kept], [[row.text for row in note] for note in notes]


def column(name: str, left: float, notes: list[str]) -> list:
    found = lines([f"{name} {at} goes on" for at in range(6)], 0.5, left=left)
    return found + lines(notes, 0.5 + 7 * LEADING, left=left, size=8.0)


def test_notes_at_the_foot_of_both_columns_are_taken_out_of_the_text() -> None:
    left = column("left", 0.1, ["1 On quays, see", "the harbour.", "2 On piers."])
    right = column("right", 0.6, ["* On boats."])
    kept, notes = texts([*left, *right])
    assert kept == [f"{name} {at} goes on" for name in ("left", "right") for at in range(6)]
    assert notes == [["1 On quays, see", "the harbour."], ["2 On piers."], ["* On boats."]]


def test_small_type_above_text_is_no_footnote() -> None:
    small = line("1 On quays", 0.5, size=8.0)
    text = lines(["text that goes on"] * 4, 0.6)
    assert texts([small, *text]) == ([small.text, *(one.text for one in text)], [])


def test_small_type_without_a_mark_is_no_footnote() -> None:
    text = lines(["text that goes on"] * 4, 0.4)
    small = line("Harbours of the north", 0.7, size=8.0)
    assert texts([*text, small])[1] == []


def test_a_page_in_small_type_has_no_footnotes() -> None:
    small = lines([f"{at} quays" for at in range(9)], 0.5, size=8.0)
    assert texts(small) == ([one.text for one in small], [])


def test_a_mark_needs_words() -> None:
    text = lines(["text that goes on"] * 4, 0.4)
    assert texts([*text, line("12", 0.7, size=8.0)])[1] == []
