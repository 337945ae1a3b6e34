"""What readers wrote on a page is read, and said to be theirs."""

from pathlib import Path

import pymupdf  # noqa: TID253  (draws the pages)
import pytest

from desktop_rag.domain.documents import Layer, Line
from desktop_rag.engines.pdf import reading

TEXT = "The weir is opened at noon and closed at dusk"


@pytest.fixture
def document():
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 100), TEXT)
        yield document


def lines(document, tmp_path: Path, layer: Layer) -> list[Line]:
    path = tmp_path / "sample.pdf"
    document.save(path)
    with reading.opened(path) as opened:
        (page,) = reading.pages(opened)
    return [line for line in page.lines if line.layer is layer]


def notes(document, tmp_path: Path) -> list[str]:
    return [line.text for line in lines(document, tmp_path, Layer.NOTE)]


def by(annotation, author: str, text: str = ""):
    annotation.set_info(title=author, content=text)
    annotation.update()
    return annotation


def test_a_comment_says_who_wrote_it_and_stands_where_it_is(document, tmp_path) -> None:
    page = document[0]
    by(page.add_text_annot((300, 400), ""), "Ottoline", "Is it shut on feast days?")
    (line,) = lines(document, tmp_path, Layer.NOTE)
    assert line.text == "Ottoline: Is it shut on feast days?"
    box = line.words[0].box
    assert box.x0 * page.rect.width == pytest.approx(300, abs=1)
    assert box.y0 * page.rect.height == pytest.approx(400, abs=1)


def test_a_note_without_a_name_is_only_its_words(document, tmp_path) -> None:
    document[0].add_text_annot((300, 400), "Ask the miller")
    assert notes(document, tmp_path) == ["Ask the miller"]


def test_marks_say_their_comment_or_the_words_that_they_mark(document, tmp_path) -> None:
    page = document[0]
    by(page.add_highlight_annot(page.search_for("opened at noon")), "Bo")
    by(page.add_underline_annot(page.search_for("dusk")), "Bo", "Or at the last barge")
    by(page.add_strikeout_annot(page.search_for("closed")), "Bo")
    assert notes(document, tmp_path) == ["Bo: opened at noon", "Bo: Or at the last barge"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_marks_on_a_turned_page_mark_the_same_words(tmp_path, degrees: int) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        page.set_rotation(degrees)
        start = pymupdf.Point(72, 100) * page.derotation_matrix
        page.insert_text(start, TEXT, rotate=degrees)
        quads = page.search_for("opened at noon", quads=True)
        by(page.add_highlight_annot(quads), "Bo")
        assert notes(document, tmp_path) == ["Bo: opened at noon"]


def test_replies_are_notes_and_ticks_are_none(document, tmp_path) -> None:
    page = document[0]
    first = by(page.add_text_annot((300, 400), ""), "Ottoline", "When is it shut?")
    reply = by(page.add_text_annot((300, 400), ""), "Bo", "At dusk")
    reply.set_irt_xref(first.xref)
    tick = by(page.add_text_annot((300, 400), ""), "Bo", "Accepted set by Bo")
    tick.set_irt_xref(first.xref)
    document.xref_set_key(tick.xref, "StateModel", "(Review)")
    assert notes(document, tmp_path) == ["Ottoline: When is it shut?", "Bo: At dusk"]


def test_what_is_typed_on_the_page_is_its_text_once(document, tmp_path) -> None:
    document[0].add_freetext_annot((72, 300, 400, 330), "Ring the bell twice")
    texts = [line.text for line in lines(document, tmp_path, Layer.BODY)]
    assert texts == [TEXT, "Ring the bell twice"]
    assert not notes(document, tmp_path.parent)


def test_what_a_stamp_shows_is_not_said_again(document, tmp_path) -> None:
    document[0].add_stamp_annot((72, 300, 200, 340), stamp=0)
    texts = [line.text for line in lines(document, tmp_path, Layer.BODY)]
    assert texts == [TEXT, "APPROVED"]
    document[0].add_stamp_annot((72, 500, 200, 540), stamp=0).set_info(content="By the reeve")
    assert notes(document, tmp_path.parent) == ["By the reeve"]


def test_a_note_of_rich_text_alone_is_read(document, tmp_path) -> None:
    annotation = document[0].add_text_annot((300, 400), "x")
    rich = "<body><p>Mind the <b>sluice</b></p><p>&#169; &lol; and lock</p></body>"
    document.xref_set_key(annotation.xref, "RC", f"({rich})")
    document.xref_set_key(annotation.xref, "Contents", "()")
    assert notes(document, tmp_path) == ["Mind the sluice", "© and lock"]


def test_hidden_notes_are_hidden(document, tmp_path) -> None:
    annotation = document[0].add_text_annot((300, 400), "Nobody shall know")
    annotation.set_flags(pymupdf.PDF_ANNOT_IS_HIDDEN)
    assert not notes(document, tmp_path)
    (line,) = lines(document, tmp_path.parent, Layer.HIDDEN)
    assert line.text == "Nobody shall know"


def test_thousands_of_notes_and_signs_are_read_in_time(document, tmp_path) -> None:
    page = document[0]
    for _ in range(300):
        page.add_text_annot((300, 400), "word " * 100)
    page.add_text_annot((300, 400), "\x01 letters " * 20_000)
    found = notes(document, tmp_path)
    assert len(found) == 301
    assert all(len(text) <= 20_000 for text in found)
