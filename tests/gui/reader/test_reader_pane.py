"""The document pane, with the real drawing process behind it."""

import functools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from desktop_rag.domain.documents import Box, DocumentId, Heading
from desktop_rag.domain.pages import Drawn, FoundOnPage, Opened, PageWords
from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import DARK_CHOICE
from desktop_rag.gui.reader.contents_and_thumbnails import ContentsTree
from desktop_rag.gui.reader.page_images import PageImage, PageImages, image_of
from desktop_rag.gui.reader.reader_pane import ReaderPane, Shown
from desktop_rag.workers.commands.drawing import Draw, FindText, Open, Words
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.processes import drawing
from tests import pdfs

ID = DocumentId("ab" * 32)
TEXT = "Lighthouse keepers quietly jumped"
A4 = (595.0, 842.0)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # what offscreen lacks


@pytest.fixture(scope="module")
def calls(tmp_path_factory) -> Iterator[Calls]:
    home = tmp_path_factory.mktemp("home")
    with Calls("drawing", functools.partial(drawing.main, home)) as calls:
        calls.start()
        yield calls


@pytest.fixture
def pane(qtbot, theme) -> ReaderPane:
    pane = ReaderPane()
    qtbot.addWidget(pane)
    pane.resize(480, 700)
    pane.show()
    return pane


class Presented:
    """Does what the pane asks for, when it is told to."""

    def __init__(self, pane: ReaderPane, calls: Calls) -> None:
        self.pane = pane
        self.calls = calls
        self.waiting: list[object] = []
        self.drawn: list[tuple[int, int]] = []
        pane.pages_requested.connect(lambda shown: self.waiting.append(Open(ID, shown.path)))
        pane.page_requested.connect(lambda page, width: self.waiting.append(Draw(ID, page, width)))
        pane.words_requested.connect(lambda page: self.waiting.append(Words(ID, page)))
        pane.find_requested.connect(lambda text: self.waiting.append(FindText(ID, text)))

    def work(self) -> None:
        while self.waiting:
            self.do(self.waiting.pop(0))

    def do(self, command: object) -> None:
        for value in self.calls.steps(command):
            match value:
                case Opened():
                    self.pane.set_pages(value)
                case Drawn():
                    self.drawn.append((value.page, value.width))
                    self.pane.set_page(value)
                case PageWords():
                    self.pane.set_words(value)
                case FoundOnPage():
                    self.pane.add_found(value)
        if isinstance(command, FindText):
            self.pane.end_find()

    def words(self, page: int = 0) -> tuple[tuple[str, Box], ...]:
        return self.calls.value(Words(ID, page)).words


@pytest.fixture
def presented(pane, calls) -> Presented:
    return Presented(pane, calls)


def shown(path: Path | None, *, gone: bool = False) -> Shown:
    return Shown(ID, "Sample.pdf", path, gone)


def opened(pages: int = 3, **values: object) -> Opened:
    labels = tuple(str(page + 1) for page in range(pages))
    return Opened(ID, (A4,) * pages, labels, **values)


def drawn(page: int, width: int, colour: int = 255) -> Drawn:
    height = round(width * A4[1] / A4[0])
    return Drawn(ID, page, width, height, width * 3, bytes([colour]) * (width * 3 * height))


def lit_settled(pane: ReaderPane, qtbot) -> None:
    qtbot.waitUntil(
        lambda: pane.view._lights._glow.state() == pane.view._lights._glow.State.Stopped
    )


def pixels(pane: ReaderPane) -> np.ndarray:
    image = pane.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)


def covered(
    pane: ReaderPane, boxes: list[Box], shape: tuple[int, int], more: int = 0, page: int = 0
):
    """Which pixels of the viewport the boxes of a page cover, and so many beyond them."""
    paper = pane.view.paper(page)
    mask = np.zeros(shape, bool)
    for box in boxes:
        left, right = (paper.x() + edge * paper.width() for edge in (box.x0, box.x1))
        top, bottom = (paper.y() + edge * paper.height() for edge in (box.y0, box.y1))
        mask[
            max(0, int(top) - more) : int(bottom) + 1 + more,
            max(0, int(left) - more) : int(right) + 1 + more,
        ] = True
    return mask


def turned_and_cropped(path: Path) -> Path:
    pdfs.cropped(path, TEXT, outside="Unseen")
    import pymupdf

    with pymupdf.open(path) as document:
        document[0].set_cropbox(pymupdf.Rect(100, 120, 480, 700))
        document[0].set_rotation(270)
        data = document.tobytes()
    path.write_bytes(data)
    return path


MAKERS = {
    "upright": functools.partial(pdfs.rotated, text=TEXT, degrees=0),
    "rotated by 90": functools.partial(pdfs.rotated, text=TEXT, degrees=90),
    "rotated by 180": functools.partial(pdfs.rotated, text=TEXT, degrees=180),
    "rotated by 270": functools.partial(pdfs.rotated, text=TEXT, degrees=270),
    "cropped": functools.partial(pdfs.cropped, text=TEXT, outside="Unseen"),
    "rotated and cropped": turned_and_cropped,
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS.keys())
def test_light_covers_the_ink_of_its_words_and_no_other(
    pane, presented, qtbot, tmp_path, make
) -> None:
    pane.open(shown(make(tmp_path / "sample.pdf")))
    presented.work()
    words = presented.words()
    assert [text for text, _ in words] == TEXT.split()
    boxes = [box for _, box in words[1:3]]
    pane.view.zoom_to(1.5)
    presented.work()
    pane.light(0, boxes)
    lit_settled(pane, qtbot)
    picture = pixels(pane)
    shape = picture.shape[:2]
    yellow = (picture[..., 2] < 0.6 * picture[..., 0]) & (picture[..., 0] > 30)
    dark = picture.max(axis=2) < 110
    inside = covered(pane, boxes, shape)
    assert dark[covered(pane, boxes[:1], shape)].any(), "the light is beside the first word"
    assert dark[covered(pane, boxes[1:], shape)].any(), "the light is beside the second word"
    others = covered(pane, [words[0][1], words[3][1]], shape, more=1)
    assert not dark[~inside & ~others & covered(pane, [Box(0, 0, 1, 1)], shape)].any()
    paper = inside & (picture[..., 0] > 30)
    assert yellow[paper].mean() > 0.97, "the boxes are not lit"
    outside = ~covered(pane, [_around(boxes)], shape, more=3)
    assert not yellow[outside].any(), "something else is lit"


def _around(boxes: list[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


def test_what_goes_on_over_the_page_is_lit_on_both(pane, presented, qtbot, tmp_path) -> None:
    pane.open(shown(pdfs.plain(tmp_path / "book.pdf", ["One"] * 2)))
    presented.work()
    pane.view.zoom_to(0.3)
    presented.work()
    place = Box(0.2, 0.4, 0.8, 0.6)
    for continued in ((), [(1, place)]):
        pane.light(0, [place], continued)
        lit_settled(pane, qtbot)
        picture = pixels(pane)
        lit = (picture[..., 2] < 0.6 * picture[..., 0]) & (picture[..., 0] > 30)
        areas = [covered(pane, [place], picture.shape[:2], page=page) for page in (0, 1)]
        assert [bool(lit[area].mean() > 0.9) for area in areas] == [True, bool(continued)]


def test_what_is_to_be_lit_is_remembered_until_the_pages_have_come(pane, qtbot) -> None:
    pane.open(shown(Path("book.pdf")))
    pane.light(40, [Box(0.1, 0.8, 0.3, 0.82)])
    pane.set_pages(opened(100))
    assert pane.view.page == 40
    assert pane.view._lights.lit == (40, (Box(0.1, 0.8, 0.3, 0.82),))
    pane.open(Shown(ID, "Other", Path("other.pdf")))
    pane.go_to(7)
    pane.set_pages(opened(100))
    assert (pane.view.page, pane.view._lights.lit) == (7, None)


def test_a_lit_page_that_could_be_seen_already_becomes_the_one_being_read(pane) -> None:
    pane.open(shown(Path("book.pdf")))
    pane.set_pages(opened(100))
    pane.view.zoom_to(0.2)
    assert pane.view.page == 0
    below = pane.view.paper(1)
    assert below.bottom() < pane.view.viewport().height()
    pane.light(1, [Box(0.1, 0.1, 0.3, 0.12)])
    assert pane.view.page == 1
    before = pane.view.verticalScrollBar().value()
    pane.light(1, [Box(0.1, 0.2, 0.3, 0.22)])
    assert pane.view.verticalScrollBar().value() == before


def test_a_document_that_is_shown_is_not_opened_again(pane, qtbot) -> None:
    with qtbot.waitSignal(pane.pages_requested):
        pane.open(shown(Path("book.pdf")))
    pane.set_pages(opened())
    with qtbot.assertNotEmitted(pane.pages_requested):
        pane.open(shown(Path("book.pdf")))
    assert pane.view.pages == 3


def test_one_page_is_asked_for_at_a_time_and_only_what_is_seen(pane, qtbot) -> None:
    asked = []
    pane.page_requested.connect(lambda page, width: asked.append((page, width)))
    pane.open(shown(Path("book.pdf")))
    pane.set_pages(opened(640))
    assert [page for page, _ in asked] == [0]
    for page in range(10, 600, 10):
        pane.go_to(page)
    assert len(asked) == 1
    pane.set_page(drawn(*asked[0]))
    assert [page for page, _ in asked] == [0, 590]
    for _ in range(10):
        pane.set_page(drawn(*asked[-1]))
    assert {page for page, _ in asked[1:]} <= set(range(588, 593))
    assert len(asked) <= 6


def test_zoom_asks_for_sharper_pages_and_keeps_the_place(pane, presented, tmp_path) -> None:
    pane.open(shown(pdfs.plain(tmp_path / "p.pdf", ["a"] * 5)))
    presented.work()
    before = presented.drawn[0][1]
    pane.go_to(2)
    pane.view.zoom_to(2.0)
    assert pane.view.page == 2
    presented.work()
    assert (2, round(595 * 96 / 72 * 2)) in presented.drawn
    assert presented.drawn[-1][1] > before
    ratio = pane.view.devicePixelRatioF()
    assert (2, round(pane.view.paper(2).width() * ratio)) in presented.drawn
    pane.view.fit_width()
    presented.work()
    assert pane.view.paper(2).width() == pane.view.viewport().width() - 2 * tokens.SPACE_M
    assert pane.view.wanted() is None


def test_a_page_that_comes_smaller_than_asked_is_not_asked_for_for_ever(pane) -> None:
    asked = []
    pane.page_requested.connect(lambda page, width: asked.append((page, width)))
    pane.open(shown(Path("book.pdf")))
    pane.set_pages(opened(1))
    pane.set_page(drawn(0, 10))
    assert len(asked) == 1
    pane.view.zoom_to(3.0)
    pane.set_page(Drawn(ID, 0, 0, 0, 0, b""))
    assert len(asked) == 2
    assert pane.view.grab().width() > 0


@pytest.mark.parametrize(
    "bad",
    [
        Drawn(ID, 99, 10, 10, 30, bytes(300)),
        Drawn(ID, -1, 10, 10, 30, bytes(300)),
        Drawn(ID, 0, 1000, 1000, 3000, b"short"),
        Drawn(ID, 0, 10, 10, 3, bytes(300)),
        Drawn(DocumentId("other"), 0, 10, 10, 30, bytes(300)),
    ],
)
def test_bad_values_change_nothing(pane, bad) -> None:
    pane.open(shown(Path("book.pdf")))
    pane.set_pages(opened(2))
    pane.set_page(bad)
    pane.set_words(PageWords(ID, 50, ()))
    pane.add_found(FoundOnPage(ID, 50, ((Box(0, 0, 1, 1),),), ""))
    for page in (-5, 0, 2, 10**6):
        pane.light(page, [Box(0, 0, 1, 1)])
        pane.light(page, [])
        pane.go_to(page)
    pane.grab()
    assert pane.view.page in range(2)


def test_nothing_can_be_done_with_no_document(pane, qtbot) -> None:
    pane.set_pages(opened())
    pane.set_page(drawn(0, 10))
    pane.light(3, [Box(0, 0, 1, 1)])
    pane.clear()
    pane.show_find()
    assert not pane.find_bar.isVisible()
    assert "No document open" in pane.card.words
    with qtbot.assertNotEmitted(pane.relocation_requested):
        pane.card.chosen.emit()


def test_the_view_tells_its_page_by_its_printed_label(pane, presented, qtbot, tmp_path) -> None:
    path = pdfs.with_labels(tmp_path / "l.pdf", ["a"] * 4, ["b"] * 4)
    pane.open(shown(path))
    presented.work()
    assert pane.view.accessibleName() == "Page i of 8"
    with qtbot.waitSignal(pane.page_changed) as signal:
        pane.tools.field.setFocus()
        pane.tools.field.setText("III")
        QTest.keyClick(pane.tools.field, Qt.Key.Key_Return)
    assert signal.args == [2]
    assert pane.view.accessibleName() == "Page iii of 8"
    assert pane.tools.field.text() == "iii"
    pane.tools.field.setText("nowhere")
    QTest.keyClick(pane.tools.field, Qt.Key.Key_Return)
    assert pane.tools.field.text() == "iii"


def test_keys_scroll_zoom_and_find(pane, presented, tmp_path) -> None:
    pane.open(shown(pdfs.plain(tmp_path / "p.pdf", ["a"] * 9)))
    presented.work()
    view, bar = pane.view, pane.view.verticalScrollBar()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert bar.value() > view.viewport().height() / 2
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert 0 < bar.value() < 100
    zoom = view.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom > zoom
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(zoom)
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.find_bar.isVisible()


def test_finding_lights_every_match_and_goes_from_one_to_the_next(
    pane, presented, qtbot, tmp_path
) -> None:
    pane.open(shown(pdfs.plain(tmp_path / "p.pdf", ["árbol", "nada", "ARBOL y arbol"])))
    presented.work()
    pane.show_find()
    with qtbot.waitSignal(pane.find_requested) as signal:
        QTest.keyClicks(pane.find_bar.field, "Árbol")
    assert signal.args == ["Árbol"]
    presented.work()
    assert pane.find_bar._count.text() == "1 of 3"
    QTest.keyClick(pane.find_bar.field, Qt.Key.Key_Return)
    assert pane.find_bar._count.text() == "2 of 3"
    assert 2 in pane.view.visible_pages
    QTest.keyClick(pane.find_bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert pane.find_bar._count.text() == "1 of 3"
    presented.work()
    assert (pixels(pane)[..., 0] - pixels(pane)[..., 2] > 100).any()
    pane.add_found(FoundOnPage(ID, 1, ((Box(0, 0, 1, 1),),), "what was asked before"))
    assert pane.find_bar._count.text() == "1 of 3"
    with qtbot.waitSignal(pane.find_requested) as signal:
        QTest.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert signal.args == [""]
    assert not (pixels(pane)[..., 0] - pixels(pane)[..., 2] > 60).any()


def test_nothing_found_is_said(pane, presented, qtbot, tmp_path) -> None:
    pane.open(shown(pdfs.plain(tmp_path / "p.pdf", ["word"])))
    presented.work()
    pane.show_find()
    with qtbot.waitSignal(pane.find_requested):
        QTest.keyClicks(pane.find_bar.field, "missing")
    assert pane.find_bar._count.text() == "Searching…"
    presented.work()
    assert pane.find_bar._count.text() == "No matches"


def point_of(pane: ReaderPane, page: int, box: Box) -> QPoint:
    paper = pane.view.paper(page)
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return QPointF(paper.x() + x * paper.width(), paper.y() + y * paper.height()).toPoint()


def marked(pane: ReaderPane, presented: Presented, first: Box, last: Box) -> None:
    port, left = pane.view.viewport(), Qt.MouseButton.LeftButton
    start, end = point_of(pane, 0, first), point_of(pane, 0, last)
    QTest.mousePress(port, left, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(port, start + QPoint(20, 0))
    QTest.mouseMove(port, end)
    presented.work()
    QTest.mouseRelease(port, left, Qt.KeyboardModifier.NoModifier, end)


@pytest.mark.parametrize("degrees", [0, 90])
def test_words_are_marked_copied_and_asked_about(pane, presented, qtbot, tmp_path, degrees) -> None:
    pane.open(shown(pdfs.rotated(tmp_path / "r.pdf", TEXT, degrees)))
    presented.work()
    boxes = [box for _, box in presented.words()]
    marked(pane, presented, boxes[1], boxes[2])
    assert pane.view.selected_text == "keepers quietly"
    QTest.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "keepers quietly"
    assert pane.view._ask.isVisible()
    with qtbot.waitSignal(pane.selection_asked) as signal:
        pane.view._ask.click()
    assert signal.args == ["keepers quietly"]
    QTest.keyClick(pane.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert pane.view.selected_text == TEXT
    actions = {action.text(): action for action in pane.view.menu().actions()}
    with qtbot.waitSignal(pane.selection_asked) as signal:
        actions["Ask about this selection"].trigger()
    assert signal.args == [TEXT]
    QTest.keyClick(pane.view, Qt.Key.Key_Escape)
    assert pane.view.selected_text == ""
    assert not any(action.isEnabled() for action in pane.view.menu().actions()[:2])


def test_the_whole_page_is_marked_when_its_words_have_come(pane, presented, tmp_path) -> None:
    pane.open(shown(pdfs.rotated(tmp_path / "r.pdf", TEXT, 0)))
    presented.work()
    QTest.keyClick(pane.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert pane.view.selected_text == ""
    presented.work()
    assert pane.view.selected_text == TEXT


def test_contents_and_thumbnails_lead_to_pages(pane, presented, qtbot, tmp_path) -> None:
    pane.open(shown(pdfs.book(tmp_path / "b.pdf", 45)))
    presented.work()
    pane.feet.contents.click()
    assert pane.contents.isVisible()
    assert pane.contents.topLevelItemCount() == 3
    pane.contents.itemActivated.emit(pane.contents.topLevelItem(1), 0)
    assert pane.view.page == 20
    pane.feet.thumbnails.click()
    assert pane.thumbnails.isVisible()
    assert not pane.contents.isVisible()
    qtbot.waitUntil(lambda: presented.work() or pane.thumbnails.has_image(20))
    assert not pane.thumbnails.has_image(44)
    pane.thumbnails.activated.emit(pane.thumbnails.model().index(0, 0))
    assert pane.view.page == 0


def test_a_summary_of_a_chapter_can_be_wished_from_the_contents(pane, qtbot) -> None:
    pane.contents.set_contents([Heading(1, "The lamp", 0), Heading(2, "Oil & wicks", 0)], ["1"])
    wished = []
    pane.summary_wished.connect(wished.append)
    (action,) = pane.contents.menu(pane.contents.topLevelItem(0).child(0)).actions()
    action.trigger()
    assert wished == ["Oil & wicks"]


def test_a_heading_of_a_document_is_no_markup_in_its_tooltip(qtbot) -> None:
    contents = ContentsTree()
    qtbot.addWidget(contents)
    contents.set_contents([Heading(1, '<img src="/etc/x.png">', 0)], ["1"])
    item = contents.topLevelItem(0)
    assert item is not None
    assert "&lt;img" in item.toolTip(0)
    assert "<img" not in item.toolTip(0)


def test_a_file_that_is_gone_leaves_its_passage_and_can_be_located(pane, qtbot) -> None:
    with qtbot.assertNotEmitted(pane.pages_requested):
        pane.open(shown(Path("informe.pdf"), gone=True))
    pane.show_missing("Informe.pdf", "La deuda bajó un <b>4,1 %</b>.")
    assert pane.card.passage == "La deuda bajó un <b>4,1 %</b>."
    assert "not where it was" in pane.card.words
    with qtbot.waitSignal(pane.relocation_requested) as signal:
        pane.card._button.click()
    assert signal.args == [ID]


def test_a_document_of_no_library_is_not_called_a_missing_file(pane) -> None:
    pane.open(shown(None, gone=True))
    assert "no longer in the library" in pane.card.words
    pane.show_missing("Informe.pdf", "La deuda bajó.")
    assert pane.card.passage == "La deuda bajó."


def test_after_an_error_it_can_be_tried_again(pane, qtbot) -> None:
    pane.open(shown(Path("book.pdf")))
    pane.show_error("It is damaged.")
    assert "It is damaged." in pane.card.words
    with qtbot.waitSignal(pane.pages_requested):
        pane.card._button.click()
    pane.set_pages(opened())
    assert pane.view.isVisible()


def test_pages_stay_white_in_the_dark(pane, theme, qtbot) -> None:
    theme.choose(DARK_CHOICE)
    pane.open(shown(Path("book.pdf")))
    pane.set_pages(opened(1))
    paper = pane.view.paper(0)
    assert tuple(pixels(pane)[paper.y() + 5, paper.x() + 5]) == (255, 255, 255)
    assert pixels(pane)[2, 2].max() < 100


def test_few_pictures_are_kept_but_always_those_that_are_seen() -> None:
    images = PageImages(most_pages=3, most_bytes=10**9)
    for page in range(10):
        images.put(page, PageImage(image_of(drawn(page, 20)), 20), keep=[0, 1])
    assert [page for page in range(10) if images.get(page)] == [0, 1, 9]
    small = PageImages(most_pages=99, most_bytes=10_000)
    for page in range(10):
        small.put(page, PageImage(image_of(drawn(page, 40)), 40), keep=[])
    assert len(small) == 1


def test_every_control_has_a_name(pane) -> None:
    for widget in (*pane.findChildren(QAbstractButton), *pane.findChildren(QLineEdit)):
        named = widget.accessibleName() or getattr(widget, "text", str)()
        if not widget.objectName().startswith("qt_"):
            assert named or widget is pane.card._button, widget
