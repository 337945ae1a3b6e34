"""Pages in the real window, with its real workers: what is lit, and what has changed."""

from pathlib import Path

import numpy as np
import pymupdf  # noqa: TID253  (another witness of where words stand)
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from desktop_rag.gui.chat.quote_blocks import QuoteBlock
from tests import pdfs
from tests.running_window import Running

pytestmark = pytest.mark.slow

ORANGES = "Marmalade is made of bitter oranges and sugar."
BRASS = "Every evening somebody polishes the brass."
QUOKKA = "The zanzibar quokka was weighed on a Thursday."
LAMP = "The lamp of the Vorrin lighthouse burned whale oil."
PIANO = "The piano of the harbour was tuned by Ingrid."
NEAR = 4  # pixels that light may spill
ASKED = {
    "rotated": (QUOKKA, "When was the zanzibar quokka weighed?"),
    "cropped": (LAMP, "What burned in the lamp of the Vorrin lighthouse?"),
    "both": (PIANO, "Who tuned the piano of the harbour?"),
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    pdfs.rotated(folder / "rotated.pdf", lines(QUOKKA), 90)
    pdfs.cropped(folder / "cropped.pdf", lines(LAMP), outside="Nobody sees this margin.")
    pdfs.cropped(folder / "both.pdf", lines(PIANO), outside="Nor does anybody see this one.")
    with pymupdf.open(folder / "both.pdf") as document:
        document[0].set_rotation(270)
        data = document.tobytes()
    (folder / "both.pdf").write_bytes(data)
    return folder


def lines(sentence: str) -> str:
    return "\n\n".join((ORANGES, sentence, BRASS))


def pixels(view) -> np.ndarray:
    image = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(int)


def grown(mask: np.ndarray, by: int) -> np.ndarray:
    """Return the mask with everything that is so near to it."""
    found = mask.copy()
    for axis in (0, 1):
        wide = found.copy()
        for step in range(-by, by + 1):
            wide |= np.roll(found, step, axis)
        found = wide
    return found


def places(path: Path, sentence: str, view, shape: tuple[int, int]) -> np.ndarray:
    """Return which pixels the words of a sentence cover, as another reader of PDFs has it."""
    paper = view.paper(0)
    mask = np.zeros(shape, bool)
    with pymupdf.open(path) as document:
        page = document[0]
        # `get_text` tells places before the page is turned.
        words = [
            (pymupdf.Rect(word[:4]) * page.rotation_matrix, word[4])
            for word in page.get_text("words")
        ]
        size = page.rect
    texts = [text for _, text in words]
    wanted = sentence.split()
    start = next(at for at in range(len(texts)) if texts[at : at + len(wanted)] == wanted)
    for rect, _ in words[start : start + len(wanted)]:
        left = paper.x() + rect.x0 / size.width * paper.width()
        top = paper.y() + rect.y0 / size.height * paper.height()
        right = paper.x() + rect.x1 / size.width * paper.width()
        bottom = paper.y() + rect.y1 / size.height * paper.height()
        mask[round(top) : round(bottom) + 1, round(left) : round(right) + 1] = True
    return mask


def settled(running: Running) -> None:
    """Wait until the page is drawn and its light has come."""
    view = running.composition.pane.view
    running.until(lambda: view.wanted() is None and not running.composition._drawing.busy)
    running.until(lambda: view.lit is not None)
    running.until(lambda: view._lights._glow.state() == view._lights._glow.State.Stopped)


def click_quote(running: Running, sentence: str) -> None:
    """Click the place below what an answer quotes."""
    turn = running.answered()
    view = running.composition.chat._views[turn.id]

    def blocks() -> list[QuoteBlock]:
        return [one for one in view.findChildren(QuoteBlock) if one.source.snippet == sentence]

    running.until(lambda: bool(blocks()))
    (block,) = blocks()
    QTest.mouseClick(block.place, Qt.MouseButton.LeftButton)


def test_on_turned_and_cropped_pages_exactly_the_cited_words_are_lit(opened, files) -> None:
    running = opened()
    running.drop(files)
    running.settle()
    assert set(running.states().values()) == {"ready"}
    view = running.composition.pane.view
    for name, (sentence, question) in ASKED.items():
        before = len(running.composition._talk.turns)
        running.ask(question)
        running.until(lambda before=before: len(running.composition._talk.turns) > before)
        click_quote(running, sentence)
        settled(running)
        bright = pixels(view)
        view._lights.lit = None
        bare = pixels(view)
        check(bright, bare, places(files / f"{name}.pdf", sentence, view, bare.shape[:2]), view)


def check(bright: np.ndarray, bare: np.ndarray, words: np.ndarray, view) -> None:
    """Compare the page with and without light, and both with where the cited words stand."""
    paper = view.paper(0)
    page = np.zeros(words.shape, bool)
    page[max(0, paper.top() + 2) : paper.bottom() - 1, paper.left() + 2 : paper.right() - 1] = True
    lit = (bright != bare).any(axis=2)
    ink = page & (bare.max(axis=2) < 140)
    cited, others = ink & words, ink & ~grown(words, 1)
    assert cited.sum() > 100, "the cited words cannot be seen"
    assert others.sum() > 100, "there is nothing else to be lit"
    assert (grown(lit, 1) & cited).sum() > 0.97 * cited.sum(), "cited words are not lit"
    assert not (lit & ~grown(words, NEAR)).any(), "something else is lit"
    assert (grown(lit, 1) & others).sum() < 0.03 * others.sum(), "other words are lit"
    assert (lit & words).sum() > 0.8 * (words & ~ink).sum(), "the light has holes"


def test_a_file_that_changed_says_so_and_is_indexed_again(opened, tmp_path) -> None:
    running, path = opened(), pdfs.plain(tmp_path / "a.pdf", [LAMP])
    running.drop(path)
    running.settle()
    running.ask("What burned in the lamp of the Vorrin lighthouse?")
    cited = running.answered().cited[0]
    pdfs.plain(path, [ORANGES, QUOKKA])
    running.composition.chat.source_opened.emit(cited)
    pane = running.composition.pane
    running.until(pane.changed_bar.isVisible)
    pane.changed_bar.again.click()
    running.until(
        lambda: pane.view.pages == 2 and running.composition.pane._shown.document != cited.document
    )
    running.settle()
    assert not pane.changed_bar.isVisible()
    assert running.states() == {"a.pdf": "ready"}
    running.composition.chat.source_opened.emit(cited)  # an answer of the time before
    assert pane.card.isVisible()
    assert pane.card.passage == LAMP
