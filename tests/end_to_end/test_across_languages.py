"""A first start in Spanish: a Spanish question about an English document is answered from it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator, QUrl
from PySide6.QtWidgets import QPushButton

from desktop_rag.domain.answers import AnswerMode
from desktop_rag.engines.encoders.encoders import default_embedder
from desktop_rag.library import documents
from tests.places import ROOT
from tests.running_window import lit_pixels

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "es" not in default_embedder().languages,
        reason="the embedder that knows Spanish and English is not installed",
    ),
]

WORDS = ROOT / "resources" / "i18n" / "desktop_rag_es.ts"


@pytest.fixture
def _in_spanish(qapp, tmp_path: Path) -> Iterator[None]:
    """Have Spanish words in the window, and Spanish for its language in a new data directory."""
    compiler = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    assert compiler
    made = tmp_path / "spanish.qm"
    command = [compiler, str(WORDS), "-qm", str(made)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    translator = QTranslator(qapp)
    assert translator.load(str(made))
    qapp.installTranslator(translator)
    (tmp_path / "data").mkdir()
    settings = json.dumps({"window": {"language": "es"}})
    (tmp_path / "data" / "settings.json").write_text(settings, encoding="utf-8")
    yield
    qapp.removeTranslator(translator)


ASKED = (
    ("¿Con cuánto viento dejan de salir los ferris?", "38 knots", "three-isles-ferry.pdf"),
    ("¿Con qué humedad hay que cerrar la cúpula?", "85 per cent", "cold-ridge-observatory.pdf"),
)


@pytest.mark.usefixtures("_in_spanish")
def test_spanish_questions_are_answered_from_english_samples(opened) -> None:
    running = opened(real=True)
    composition = running.composition
    (samples,) = [
        button
        for button in composition.chat.findChildren(QPushButton)
        if button.text() == "Abrir la biblioteca de ejemplo"
    ]
    samples.click()
    running.settle()
    assert set(running.states().values()) == {"ready"}
    for count, (question, words, document) in enumerate(ASKED, 1):
        running.ask(question)
        running.until(lambda count=count: len(composition._talk.turns) == count)
        turn = running.answered()
        assert turn.error == ""
        assert (turn.language, turn.statistics.mode) == ("es", AnswerMode.EXTRACT)
        assert words in turn.answer
        view = composition.chat._views[turn.id]
        assert "Citado de tus documentos" in view._state.text()
        (at, *_) = [at for at, one in enumerate(turn.cited) if words in one.snippet]
        quote = turn.cited[at]
        assert quote.language == "en"
        assert documents.paths_of(running.db, [quote.document])[quote.document].name == document

        occurrence = [one.number for one in turn.cited[:at]].count(quote.number)
        mark = QUrl(f"cite:{quote.number}.{occurrence}")
        view.text.anchorClicked.emit(mark)  # what a click on it says
        running.until(lambda quote=quote: composition._pages._shown.document == quote.document)
        running.until(lambda: lit_pixels(composition.pane.view) > 200)
