"""Everything that was found of something, folded by document."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.gui.chat.found_places import BLOCKS, DOCUMENTS, FoundPlaces
from desktop_rag.gui.look.theme import DARK_CHOICE
from desktop_rag.gui.sources import Source
from tests.gui.chat.turns_shown import BOX

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen: much of it


def place(number: int, document: str, text: str = "The tide turns.") -> Source:
    return Source(number, DocumentId(document), document, 2, "3", text, BOX)


def count(document: str, hits: int) -> DocumentCount:
    return DocumentCount(DocumentId(document), f"Book {document}", hits, ("3", "iv"))


@pytest.fixture
def places(qtbot, theme) -> FoundPlaces:
    made = FoundPlaces(lambda source: False)
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


def shown(places: FoundPlaces) -> list[list[int]]:
    return [[block.source.number for block in one.blocks] for one in places.documents]


def test_a_few_places_are_shown_below_their_documents(places) -> None:
    given = [place(7, "a"), place(8, "a"), place(9, "b")]
    places.show_places([count("a", 2), count("b", 1)], given, {7: 1, 8: 2, 9: 3})
    assert shown(places) == [[7, 8], [9]]
    first, second = (one.line for one in places.documents)
    assert first.text() == "Book a · 2 place(s)"
    assert second.accessibleName() == "Book b: 1 place(s), p. 3, iv"
    assert places.documents[1].blocks[0].place.text() == "[3] b · p. 3"
    assert places.more.isHidden()


def test_many_places_are_made_when_they_are_wanted(places, qtbot) -> None:
    given = [place(at, "a") for at in range(50)] + [place(at, "b") for at in range(50, 2_000)]
    places.show_places([count("a", 50), count("b", 1_950)], given, {})
    first, second = places.documents
    assert (len(first.blocks), len(second.blocks)) == (BLOCKS, 0)
    assert first.more.text() == f"Show {BLOCKS} more place(s)"
    qtbot.mouseClick(first.more, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(first.more, Qt.MouseButton.LeftButton)
    assert len(first.blocks) == 50
    assert first.more.isHidden()
    qtbot.mouseClick(second.line, Qt.MouseButton.LeftButton)
    assert [block.source.number for block in second.blocks] == list(range(50, 50 + BLOCKS))
    qtbot.mouseClick(second.line, Qt.MouseButton.LeftButton)
    assert all(block.isHidden() for block in second.blocks)
    assert second.more.isHidden()


def test_the_keyboard_goes_on_where_more_was_asked_for(places, qtbot) -> None:
    places.show_places([count("a", 30)], [place(at, "a") for at in range(30)], {})
    (document,) = places.documents
    document.more.setFocus()
    qtbot.keyClick(document.more, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is document.blocks[BLOCKS].place
    assert document.stops()[0] is document.line


def test_many_documents_are_made_when_they_are_wanted(places, qtbot) -> None:
    counts = [count(f"d{at}", 1) for at in range(DOCUMENTS + 3)]
    places.show_places(counts, [place(at, f"d{at}") for at in range(DOCUMENTS + 3)], {})
    assert len(places.documents) == DOCUMENTS
    assert places.more.text() == "Show 3 more document(s)"
    qtbot.mouseClick(places.more, Qt.MouseButton.LeftButton)
    assert len(places.documents) == DOCUMENTS + 3
    assert places.more.isHidden()


def test_a_document_whose_places_were_cut_off_cannot_be_opened(places) -> None:
    places.show_places([count("a", 1), count("b", 5)], [place(1, "a")], {1: 1})
    assert [one.line.isEnabled() for one in places.documents] == [True, False]


def test_a_place_opens_its_page(places, qtbot) -> None:
    given = place(7, "a")
    places.show_places([count("a", 1)], [given], {7: 1})
    with qtbot.waitSignal(places.source_opened) as opened:
        qtbot.keyClick(places.documents[0].blocks[0].place, Qt.Key.Key_Space)
    assert opened.args == [given]


def test_what_is_shown_already_stays_as_it_was_left(places, qtbot) -> None:
    given = ([count("a", 1)], [place(7, "a")], {7: 1})
    places.show_places(*given)
    (document,) = places.documents
    places.show_places(*given)
    assert places.documents == [document]
    places.show_places([], [], {})
    assert (places.documents, places.isHidden()) == ([], True)


def test_icons_follow_the_theme(places, theme) -> None:
    places.show_places([count("a", 1)], [place(7, "a")], {7: 1})
    line = places.documents[0].line
    before = line.icon().cacheKey()
    theme.choose(DARK_CHOICE)
    QApplication.processEvents()
    assert line.icon().cacheKey() != before


def test_titles_are_no_markup_and_on_one_line(places) -> None:
    strange = DocumentCount(DocumentId("a"), "A\n<b>B</b>", 1, ("1",))
    places.show_places([strange], [place(7, "a")], {7: 1})
    assert "\n" not in places.documents[0].line.text()


def test_before_there_is_anything_nothing_is_offered(places) -> None:
    assert places.more.isHidden()
