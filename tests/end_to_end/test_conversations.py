"""What a conversation remembers, in the real window with its real workers."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from desktop_rag.domain.answers import AnswerMode, Extent, QuestionKind
from desktop_rag.domain.models import LocalModel
from desktop_rag.gui.chat.scope import Scope
from desktop_rag.gui.chat.values import Way
from desktop_rag.library import conversations
from tests import gguf_models, pdfs, running_window
from tests.running_window import lit_pixels

pytestmark = pytest.mark.slow

FARO = "La lámpara del faro de Vorrin se encendía con aceite de ballena hasta el año 1871."
PIECE_TOKENS = 128  # of a prompt: they are kept whole
PAN = "La panadería de la calle Mayor paga cuatrocientos euros al mes por su local."


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shelf") / "files"
    folder.mkdir()
    pdfs.plain(folder / "faro.pdf", [FARO])
    pdfs.plain(folder / "pan.pdf", [PAN])
    pdfs.book(folder / "harbours.pdf", 3)
    return running_window.shelf(folder.parent / "data", folder)


def babbler(folder: Path) -> LocalModel:
    return LocalModel(gguf_models.write_babbler(folder / "b.gguf", context=8192))


def test_a_second_question_has_only_what_is_new_read(ready, tmp_path) -> None:
    running = ready
    running.session.choose_model(babbler(tmp_path))
    talk = running.composition._talk
    talk.set_sampling(talk._sampling.replaced(max_tokens=8, seed=3))
    running.ask("¿Con qué se encendía la lámpara del faro hasta el año 1871?")
    first = running.answered()
    assert first.language == "es"
    running.ask("¿Cuánto paga al mes la panadería de la calle Mayor por su local?")
    running.until(lambda: len(talk.turns) == 2)
    second = running.answered()
    assert second.sources[0].number == 1 + first.sources[-1].number
    assert second.statistics.cached_tokens > first.statistics.prompt_tokens - PIECE_TOKENS
    assert second.statistics.prompt.startswith(
        first.statistics.prompt.removesuffix("<|assistant|>")
    )


def test_a_conversation_asks_the_same_documents_when_it_is_opened_again(ready, opened) -> None:
    running = ready
    composition = running.composition
    running.until(lambda: composition.table.documents.rowCount() == 3)
    (row,) = [row for row in composition.table.documents.rows if row.path.name == "pan.pdf"]
    composition.table.ask_requested.emit([row])
    running.ask("¿Qué dice sobre la lámpara del faro?")
    turn = running.answered()
    assert {source.document for source in turn.sources} <= {row.document}
    talk = composition._talk._conversation.id

    composition._talk.begin()
    assert composition._talk.scope.present() == Scope()
    composition._talk.open(talk)
    assert composition._talk.scope.present() == Scope("chosen", (row.document,))

    again = opened()
    assert again.composition._talk.scope.present() == Scope("chosen", (row.document,))
    (row,) = [row for row in again.composition.table.documents.rows if row.path.name == "pan.pdf"]
    again.composition.table.removal_requested.emit([row])
    again.composition._talk.begin()
    again.composition._talk.open(talk)
    assert again.composition._talk.scope.present() == Scope()


def test_the_meter_tells_the_room_before_the_first_answer_and_what_filled_it(
    ready, opened, tmp_path
) -> None:
    running = ready
    meter = running.composition.composer.meter
    assert meter.isHidden()
    running.session.choose_model(babbler(tmp_path))
    talk = running.composition._talk
    talk.set_sampling(talk._sampling.replaced(max_tokens=8, seed=3))
    assert (meter._budget.used, meter._budget.limit) == (8, 8192)
    running.ask("¿Con qué se encendía la lámpara?")
    turn = running.answered()
    filled = meter._budget
    assert filled.system > 0
    assert filled.question == len("¿Con qué se encendía la lámpara?".encode())
    assert filled.used == turn.statistics.prompt_tokens + 8

    again = opened()
    assert again.composition.composer.meter._budget == filled
    again.session.choose_model(None)
    assert again.composition.composer.meter.isHidden()
    assert conversations.turns(again.db, again.composition._talk._conversation.id)


def test_what_was_said_is_read_while_the_next_question_is_typed(ready, tmp_path) -> None:
    running = ready
    composition = running.composition
    running.session.choose_model(babbler(tmp_path))
    told = []
    composition._writing.ready.connect(told.append)
    talk = composition._talk
    talk.set_sampling(talk._sampling.replaced(max_tokens=8, seed=3))
    QTest.keyClicks(composition.composer.input, "Cuando")
    running.until(lambda: bool(told) and not composition._generating.busy)
    assert told[0].name == "b.gguf"
    assert told[0].device in composition.window._model.toolTip()
    running.ask("¿Con qué se encendía la lámpara del faro hasta el año 1871?")
    first = running.answered()
    assert first.statistics.cached_tokens > 100 or first.language != running.session.language


def test_a_conversation_that_was_left_is_not_read_again(ready, opened, tmp_path) -> None:
    running = ready
    model = gguf_models.write_babbler(tmp_path / "b.gguf", context=8192)
    running.session.choose_model(LocalModel(model))
    talk = running.composition._talk
    talk.set_sampling(talk._sampling.replaced(max_tokens=8, seed=3))
    running.ask("¿Con qué se encendía la lámpara del faro hasta el año 1871?")
    first = running.answered()
    again = opened()
    states = list(again.paths.states_folder.iterdir())
    assert len(states) == 1
    assert states[0].stat().st_mode & 0o077 == 0
    again.ask("¿Cuánto paga al mes la panadería de la calle Mayor por su local?")
    second = again.answered()
    assert second.statistics.cached_tokens > first.statistics.prompt_tokens - PIECE_TOKENS
    again.composition.sidebar.conversation_deleted.emit(again.composition._talk._conversation.id)
    last = opened()
    assert list(last.paths.states_folder.glob("*.state")) == []


def test_documents_are_summarized_in_their_own_words_each_with_its_page(ready) -> None:
    running = ready
    running.ask("Resume los documentos")
    turn = running.answered()
    assert (turn.error, turn.kind, turn.mode) == ("", QuestionKind.SUMMARY, AnswerMode.EXTRACT)
    assert {quote.document for quote in turn.quotes} == {source.document for source in turn.sources}
    assert len({quote.document for quote in turn.quotes}) == 3
    assert {FARO, PAN} < {quote.snippet for quote in turn.quotes}
    view = running.composition.pane.view
    running.composition.chat.source_opened.emit(turn.quotes[-1])
    running.until(lambda: lit_pixels(view) > 0)
    running.ask("Resume el faro")
    running.until(lambda: len(running.composition._talk.turns) == 2)
    assert [quote.snippet for quote in running.answered().quotes] == [FARO]


def test_what_is_counted_is_folded_by_document_and_each_place_opens_its_page(ready) -> None:
    running = ready
    running.ask("¿Qué documentos mencionan la calle Mayor?")
    turn = running.answered()
    assert (turn.error, turn.kind, turn.mode) == ("", QuestionKind.LIST, AnswerMode.EXTRACT)
    assert [(one.title, one.hits) for one in turn.counts] == [("pan", 1)]
    view = running.composition.chat._views[turn.id]
    (document,) = view.places.documents
    (block,) = document.blocks
    assert "calle Mayor" in block.text.toPlainText()
    block.place.click()
    running.until(lambda: lit_pixels(running.composition.pane.view) > 0)
    talk = running.composition._talk._conversation.id
    running.composition._talk.begin()
    running.composition._talk.open(talk)
    again = running.composition.chat._views[turn.id]
    assert [one.blocks[0].source for one in again.places.documents] == [block.source]


def test_a_model_summarizes_part_by_part_and_what_it_wrote_serves_again(ready, tmp_path) -> None:
    running = ready
    running.session.choose_model(babbler(tmp_path))
    talk = running.composition._talk
    talk.set_sampling(talk._sampling.replaced(max_tokens=8, seed=3))
    parts = []
    running.composition._answering.progressed.connect(parts.append)
    running.ask("Resume los documentos")
    turn = running.answered()
    assert (turn.error, turn.kind, turn.mode) == ("", QuestionKind.SUMMARY, AnswerMode.MODEL)
    assert [(one.done, one.total) for one in parts] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert {FARO, PAN} < {quote.snippet for quote in turn.quotes}
    ((kept,),) = running.db.execute("SELECT count(*) FROM kept_texts").fetchall()
    assert kept == 3
    running.composition.chat.way_requested.emit(turn.id, Way(QuestionKind.SUMMARY, Extent.LONG))
    running.until(lambda: running.composition._talk.turns[-1].id != turn.id)
    again = running.answered()
    assert again.statistics.answer_tokens == 0
    assert FARO in again.answer
    assert again.chose == Way(QuestionKind.SUMMARY, Extent.LONG)


def test_a_chapter_is_summarized_from_the_contents_of_its_document(ready) -> None:
    running = ready
    composition = running.composition
    running.ask("Resume el faro")
    composition.chat.source_opened.emit(running.answered().quotes[0])
    running.until(lambda: lit_pixels(composition.pane.view) > 0)
    composition.pane.summary_wished.emit("Lámpara")
    running.until(lambda: len(composition._talk.turns) == 2)
    turn = running.answered()
    assert (turn.kind, turn.question) == (QuestionKind.SUMMARY, "Summarize the chapter “Lámpara”")
    assert [quote.snippet for quote in turn.quotes] == [FARO]
    assert len(turn.coverage.documents) == 1
