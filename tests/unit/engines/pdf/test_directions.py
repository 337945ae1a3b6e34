"""Hebrew and Arabic come in the order that one reads, however the file draws them."""

import random
import unicodedata
from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.engines.pdf import reading
from desktop_rag.engines.pdf.directions import as_drawn_first, plain

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
SEEN = ".םויב (ריעב) Tel Aviv-ב 1987 תנשב חתפנ ןואיזומה"  # as it stands, from left to right
READ = "המוזיאון נפתח בשנת 1987 ב-Tel Aviv (בעיר) ביום."
needs_font = pytest.mark.skipif(not FONT.exists(), reason="needs a font with Hebrew letters")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.pdf"


def read(path: Path) -> str:
    with reading.opened(path) as document:
        (page,) = reading.pages(document)
    return "\n".join(line.text for line in page.lines)


def drawn(path: Path, pieces: list[tuple[float, str]], height: float = 100) -> str:
    with pymupdf.open() as document:
        page, font = document.new_page(), pymupdf.Font(fontfile=str(FONT))
        for x, text in pieces:
            writer = pymupdf.TextWriter(page.rect)
            writer.append((x, height), text, font=font, fontsize=14)
            writer.write_text(page)
        document.save(path)
    return read(path)


def pieces_of(seen: str, parts: list[str]) -> list[tuple[float, str]]:
    """Parts of a line with where they stand on it."""
    font = pymupdf.Font(fontfile=str(FONT))
    found, x = [], 72.0
    for part in parts:
        if part.strip():
            found.append((x, part))
        x += font.text_length(part, 14)
    assert "".join(parts) == seen
    return found


@needs_font
def test_a_line_that_is_drawn_from_left_to_right_is_read_from_right_to_left(path) -> None:
    assert drawn(path, [(72, SEEN)]) == READ


@needs_font
@pytest.mark.parametrize("order", ["left", "right", "any"])
def test_letters_may_be_drawn_in_any_order(path, order: str) -> None:
    pieces = pieces_of(SEEN, list(SEEN))
    if order == "right":
        pieces.reverse()
    elif order == "any":
        random.Random(2).shuffle(pieces)  # noqa: S311
    assert drawn(path, pieces) == READ


@needs_font
def test_words_may_be_drawn_from_right_to_left(path) -> None:
    words = [part for word in SEEN.split(" ") for part in (word, " ")][:-1]
    assert drawn(path, pieces_of(SEEN, words)[::-1]) == READ


@needs_font
def test_a_line_that_is_spelled_from_left_to_right_stays_so(path) -> None:
    text = "שלום לכם אנשים טובים"
    assert drawn(path, [(72, text)]) == text


@needs_font
def test_a_hebrew_word_in_an_english_line_is_turned_alone(path) -> None:
    assert drawn(path, [(72, "The word םולש means peace, as in 1987.")]) == (
        "The word שלום means peace, as in 1987."
    )


@needs_font
def test_arabic_forms_become_letters(path) -> None:
    words = (
        "\ufedd\ufe8e\ufed4\ufec3\ufefb\ufe8d",
        "\ufef2\ufed3",
        "\ufed2\ufea4\ufe98\ufee4\ufedf\ufe8d",
        "2019",
    )
    assert drawn(path, [(72, " ".join(reversed(words)))]) == "الاطفال في المتحف 2019"


def test_only_forms_are_changed() -> None:
    assert plain("ﬁ Ⅳ m² ½ １ \ufefb") == "ﬁ Ⅳ m² ½ １ لا"
    assert plain("\ufb2a") == unicodedata.normalize("NFKC", "\ufb2a")


def test_final_letters_tell_the_direction() -> None:
    assert as_drawn_first(["םולש", "םיבוט"])
    assert not as_drawn_first(["שלום", "טובים"])
    assert not as_drawn_first(["ם", "", "a"])


@needs_font
def test_each_word_keeps_its_place(path) -> None:
    drawn(path, [(72, SEEN)])
    with reading.opened(path) as document:
        (page,) = reading.pages(document)
    lefts = {word.text: word.box.x0 for word in page.lines[0].words}
    assert lefts["המוזיאון"] > lefts["נפתח"] > lefts["1987"] > lefts["ביום."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("שָׁלוֹם עֲלֵיכֶם בתאריך 01/02/2020", ["שָׁלוֹם", "עֲלֵיכֶם", "בתאריך", "01/02/2020"]),
        ("המחיר 12.5% בשעה 10:30", ["המחיר", "12.5%", "בשעה", "10:30"]),
        ("يوم 12.5% مفتوح (غدا)", ["يوم", "12.5%", "مفتوح", "(غدا)"]),
    ],
)
def test_what_a_typesetter_sets_comes_as_it_was_typed(path, text: str, words: list[str]) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_htmlbox((72, 72, 500, 300), f"<p dir=rtl>{text}</p>")
        document.save(path)
    found = unicodedata.normalize("NFC", read(path)).split()
    assert found == [unicodedata.normalize("NFC", word) for word in words]
