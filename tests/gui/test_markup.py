"""That nothing which strangers write is markup: real widgets, and a picture that nobody opens."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain.answers import AnswerMode, First
from desktop_rag.domain.authors import Author
from desktop_rag.domain.documents import DocumentId, Layer
from desktop_rag.domain.generation import ModelReady, OtherToken, WrittenToken
from desktop_rag.domain.models import Adapter, HubModel, ModelKind
from desktop_rag.domain.pages import ContentsEntry, Opened
from desktop_rag.domain.passages import Wording
from desktop_rag.domain.references import Reference
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.composer import Composer
from desktop_rag.gui.chat.values import TranslationState, TranslationValue
from desktop_rag.gui.chat.why_dialog import WhyDialog
from desktop_rag.gui.downloads.values import DownloadState, DownloadValue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.passed_over_dialog import PassedOverDialog
from desktop_rag.gui.libraries.password_dialog import PasswordDialog
from desktop_rag.gui.libraries.values import DocumentValue, PassedValue
from desktop_rag.gui.models.adapters_dialog import AdaptersDialog
from desktop_rag.gui.models.model_button import ModelButton
from desktop_rag.gui.models.models_dialog import ModelsDialog
from desktop_rag.gui.models.quantize_dialog import QuantizeDialog
from desktop_rag.gui.models.values import (
    BenchmarkValue,
    ConnectionValue,
    EmbedderValue,
    EncodersValue,
    FilesValue,
    FileValue,
    ModelValue,
    OfferValue,
    RebuildingValue,
    Smaller,
)
from desktop_rag.gui.reader.reader_pane import ReaderPane, Shown
from desktop_rag.gui.references.details_dialog import DetailsDialog
from desktop_rag.gui.references.unmatched_dialog import UnmatchedDialog
from desktop_rag.gui.references.values import DetailsValue
from desktop_rag.gui.sampling.own_presets import OwnPresets
from desktop_rag.gui.search.search_box import Findings, Result, SearchBox
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.sidebar.values import ConversationValue, LibraryValue, QueueValue
from desktop_rag.gui.watching.watched_folders_dialog import WatchesDialog, WatchValue
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.ask_bar import AskBar
from desktop_rag.gui.widgets.banners import Banner, UndoBar
from desktop_rag.gui.window.problem_dialog import ProblemDialog
from desktop_rag.jobs.watching.watched_folder import Watched
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.watches import Watch
from desktop_rag.settings.schema import LONGEST_PRESET_NAME, OwnPreset, Sampling
from tests.gui.chat.turns_shown import check, source, statistics, turn
from tests.traps import NEEDS_INOTIFY, PictureTrap

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "raise", extend=True)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ID = DocumentId("ab" * 32)
ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)
OURS = {"state", "key", "document", "purpose", "prompt_tps"}  # what no stranger has a say in
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
STEPS = 5

T = TypeVar("T")
Hostile = Callable[[Any], Any]


@pytest.fixture
def trap(qapp, tmp_path, monkeypatch) -> Iterator[PictureTrap]:
    made = PictureTrap(tmp_path)
    monkeypatch.chdir(tmp_path)
    yield made
    made.close()


def strangers(text: str, name: str) -> Hostile:
    """Return a value as a stranger fills it in: every text, and every name of a file."""

    def fill(value: T) -> Any:
        match value:
            case Enum() | datetime():
                return value
            case str():
                return text
            case Path():
                return Path("/papers") / name
            case tuple() if not hasattr(value, "_fields"):
                return tuple(map(fill, value))
            case _ if is_dataclass(value) and not isinstance(value, type):
                names = [field.name for field in fields(value) if field.init]
                told = {name: fill(getattr(value, name)) for name in names if name not in OURS}
                return replace(value, **told)
        return value

    return fill


@pytest.fixture
def hostile(trap) -> Hostile:
    return strangers(trap.text, trap.name)


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """Collect what our own painters draw."""
    found: list[str] = []
    draw = QPainter.drawText

    def note(painter: QPainter, *given: Any) -> Any:
        found.extend(one for one in given if isinstance(one, str))
        return draw(painter, *given)

    monkeypatch.setattr(QPainter, "drawText", note)
    return found


def sidebar(h: Hostile) -> QWidget:
    made = Sidebar()
    made.set_libraries([h(LibraryValue(1, "a", 42)), h(LibraryValue(2, "b", 4))], 1)
    made.set_conversations([h(ConversationValue(1, "a", NOW))], 1)
    made.set_queue(h(QueueValue(12, "a.pdf", 6.9, 180.0, 0.4, paused=False)))
    return made


def searched_sidebar(h: Hostile) -> QWidget:
    made = Sidebar()
    made.filter.setText(h("a"))
    made.set_conversations([], None)
    return made


def answered(h: Hostile, **changes: Any) -> Any:
    written = WrittenToken("a", 0.3, (OtherToken("b", 0.2),))
    value = turn(
        "a [7].",
        cited=(source(7),),
        searched="b",
        thoughts="c",
        wording=Wording(("a",), 1, (("b", "c"),)),
        checks=(check("a", words=("b",)),),
        quotes=(source(8), source(9, recognized=True), source(7, layer=Layer.NOTE)),
        error="d",
    )
    value = replace(value, statistics=replace(statistics(AnswerMode.MODEL), written=(written,)))
    return replace(h(value), answer=h("") + " [7].\n\n" + h("") + "\n\n- [7] " + h(""), **changes)


def chat(h: Hostile) -> QWidget:
    made = ChatView()
    made.set_translating(True)
    turns = [
        answered(h, error=""),
        answered(h, id=2, first=First.QUOTES, error=""),
        answered(h, id=3, refused=True, strict=True),
        answered(h, id=4, statistics=statistics(AnswerMode.EXTRACT)),
    ]
    made.show_turns(turns)
    for view in made._views.values():
        view.following.summary.setChecked(True)
        view.cards.summary.setChecked(True)
        view.thoughts.summary.setChecked(True)
    return made


def growing_chat(h: Hostile) -> QWidget:
    made = ChatView()
    made.begin(1, h("a"))
    made.set_sources(1, [h(source(1)), h(source(2))], 0.1, h(Wording(("a",), 1, (("b", "c"),))))
    made.set_searched(1, h("a"), h("b") + "b")
    made.add_thought(1, h("a"))
    made.add_text(1, h("a") + " [1].")
    made._views[1]._flush()
    made._views[1].text.tip.begin(made._views[1]._sources[1], QPoint(), tip_before(made))
    told = TranslationValue(made._views[1]._sources[1], h("a"), h("b"), TranslationState.DONE)
    made.show_translation(told)
    made.fail(1, h("a"))
    return made


def tip_before(chat: ChatView) -> Any:
    text = chat._views[1].text
    return text.tip_of(chat._views[1]._sources[1])


def inviting_chat(h: Hostile) -> QWidget:
    made = ChatView()
    made.set_empty("ready", [h("a"), h("b")])
    return made


def reasons(h: Hostile) -> QWidget:
    return WhyDialog(answered(h), lambda _number: None)


def composer(h: Hostile) -> QWidget:
    made = Composer()
    made.set_scopes(h("a"), 2, h("b"))
    made.set_enabled_reason(h("c"))
    made.restore(h("d"))
    return made


def table(h: Hostile) -> QWidget:
    made = DocumentTable()
    ready = DocumentValue(ID, Path("/b.pdf"), "a", 30, state="ready", reason="c", author="d")
    inside = DocumentValue(None, Path("/c.pdf"), "", state="failed", within=Path("/d.eml"))
    made.set_documents([h(replace(ready, date="2026", subject="s")), h(inside)])
    made.view.choose([0])
    made.show_passed_over(h("a"))
    return made


def document(h: Hostile) -> QWidget:
    made = ReaderPane()
    made.open(h(Shown(ID, "a", Path("/a.pdf"))))
    contents = (ContentsEntry(1, "a", 0), ContentsEntry(2, "b", 1), ContentsEntry(1, "c", 9))
    made.set_pages(h(Opened(ID, ((595.0, 842.0),) * 3, ("a", "b", "c"), contents)))
    made.feet.contents.setChecked(True)
    made.show_find()
    return made


def missing_document(h: Hostile) -> QWidget:
    made = ReaderPane()
    made.open(h(Shown(ID, "a", None, gone=True)))
    made.show_missing(h("a"), h("b"))
    return made


def broken_document(h: Hostile) -> QWidget:
    made = ReaderPane()
    made.open(h(Shown(ID, "a", Path("/a.pdf"))))
    made.show_error(h("a"), h("b"))
    return made


def search(h: Hostile) -> QWidget:
    made = QWidget()
    box = SearchBox(made)
    made.resize(800, 600)
    box.open()
    box.query.setText("a")
    results = tuple(h(Result(ID, "a", 3, "b", "c", layer=layer)) for layer in Layer)
    wording = h(Wording(("a",), 0, (("b", "c"),)))
    box.show_found(Findings("a", results, wording=wording, told=h("d")))
    return made


def model(**changes: Any) -> ModelValue:
    value = ModelValue(
        id=1, name="a", kind=ModelKind.WRITER, path=Path("/m.gguf"), quantization="b", licence="c"
    )
    measured = BenchmarkValue(1.0, 2.0, 3, "d")
    return replace(value, measured=measured, adapters=(Adapter(Path("/a.gguf")),), **changes)


def models(h: Hostile) -> QWidget:
    made = ModelsDialog()
    made.set_models([h(model(ours=True))])
    made.installed.choose(1)
    made.installed.remove.click()
    made.offer_undo(h("a"), 2)
    made.show_problem(h("b"))
    made.set_offers([h(OfferValue(key="a", name="b", repository="c", licence="d"))])
    made.set_found(h("a"), [h(HubModel("a/b", "c"))])
    made.set_files(h(FilesValue("a/b", "c", files=(FileValue(name="b.gguf", size=9),))))
    made.show_hub_failed(h("a"))
    broken = DownloadValue(id=1, name="A", state=DownloadState.FAILED, reason="b")
    made.set_downloads([h(broken)])
    made.set_connections([h(ConnectionValue(NOW, "a", "fetch", 9, "b"))])
    building = RebuildingValue("a", "b", 1, 2)
    encoders = EncodersValue(
        embedders=(EmbedderValue("a", ("b",)),), rerankers=("c",), embedder="d"
    )
    made.set_encoders(h(replace(encoders, rebuilding=building)))
    return made


def models_page(page: int) -> Callable[[Hostile], QWidget]:
    def show(h: Hostile) -> QWidget:
        made = models(h)
        assert isinstance(made, ModelsDialog)
        made.show_page(page)
        return made

    show.__name__ = f"models_page_{page}"
    return show


def model_button(h: Hostile) -> QWidget:
    made = ModelButton()
    made.set_models([h(model(in_use=True))])
    made.show_model(h("a"))
    made.show_device(h(ModelReady("q", 8192, 1.0, "NVIDIA", 23, 28)))
    made.menu_of_models().setParent(made)
    return made


def adapters(h: Hostile) -> QWidget:
    return AdaptersDialog(h(model()))


def smaller(h: Hostile) -> QWidget:
    return QuantizeDialog(h(model(smaller=(Smaller("a", 9),))))


def presets(h: Hostile) -> QWidget:
    made = OwnPresets()
    made.set_presets((OwnPreset(name=h("a")[-LONGEST_PRESET_NAME:], sampling=Sampling()),))
    return made


def watched(h: Hostile) -> QWidget:
    made = WatchesDialog(h("a"))
    watch = h(Watch(LibraryId(1), Path("/papers"), ("*.txt",)))
    made.set_values([WatchValue(watch, Watched.UNPLUGGED, 3)])
    made.undo.offer(h("a"), watch)
    return made


def passed_over(h: Hostile) -> QWidget:
    return PassedOverDialog(h("a"), h("b"), [h(PassedValue(Path("/c.mp3"), "d"))])


def details(h: Hostile) -> QWidget:
    reference = h(Reference(title="a", authors=(Author("b", "c"),), publisher="d"))
    return DetailsDialog(DetailsValue(h("e"), reference))


def unmatched(h: Hostile) -> QWidget:
    return UnmatchedDialog(h("a"), [h("b")])


def password(h: Hostile) -> QWidget:
    made = PasswordDialog(h("a"), lasting=True, others=2)
    made.show_wrong()
    return made


def bars(h: Hostile) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    banner, undo, asking = Banner(), UndoBar(), AskBar()
    banner.announce(h("a"), h("b"))
    undo.offer(h("a"), object())
    asking.ask(1, h("a"), [(h("b"), lambda: None)])
    for part in (banner, undo, asking):
        column.addWidget(part)
    return made


def box(h: Hostile) -> QWidget:
    return file_dialogs.plain_box(None, h("a"), h("b"), h("c"))


def problem(h: Hostile) -> QWidget:
    return ProblemDialog(h("a"), h("b"))


SHOWN = [
    *(sidebar, searched_sidebar, chat, growing_chat, inviting_chat, reasons, composer, table),
    *(document, missing_document, broken_document, search, *map(models_page, range(5))),
    *(model_button, adapters, smaller, presets, watched, passed_over, password, bars, box),
    *(problem, details, unmatched),
]


def indexes(view: QAbstractItemView, parent: QModelIndex) -> Iterator[QModelIndex]:
    model = view.model()
    for row in range(model.rowCount(parent)):
        listed = isinstance(model, QAbstractListModel)  # whose columns Qt keeps to itself
        for column in range(1 if listed else model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield index
            if column == 0:
                yield from indexes(view, index)


def tips_in(widget: QWidget) -> Iterator[str]:
    """What can be said of each part when the pointer rests on it, or help is asked for."""
    for part in [widget, *widget.findChildren(QWidget)]:
        yield from (part.toolTip(), part.statusTip(), part.whatsThis())
        if isinstance(part, QMenu):
            yield from (action.toolTip() for action in part.actions())
        if isinstance(part, QAbstractItemView) and part.model():
            for index in indexes(part, QModelIndex()):
                yield from (str(index.data(role) or "") for role in ROLES)


def look_at(widget: QWidget) -> None:
    """Draw all of a widget, and rest the pointer everywhere on it."""
    widget.resize(900, 700)
    widget.show()
    QApplication.processEvents()
    widget.grab()
    for told in dict.fromkeys(filter(None, tips_in(widget))):
        say(told, widget)
    for part in [widget, *widget.findChildren(QWidget)]:
        if not part.isVisibleTo(widget):
            continue
        for at in range(STEPS * STEPS):
            x = part.width() * (at % STEPS) // STEPS + 2
            point = QPoint(x, part.height() * (at // STEPS) // STEPS + 2)
            asked = QHelpEvent(QEvent.Type.ToolTip, point, part.mapToGlobal(point))
            QApplication.sendEvent(part, asked)
            draw_tip()


def read_in(widget: QWidget) -> Iterator[str]:
    """What can be read of each part, but for what a person is writing."""
    for part in [widget, *widget.findChildren(QWidget)]:
        if isinstance(part, QLabel | QAbstractButton):
            yield part.text()
        if isinstance(part, QTextEdit | QPlainTextEdit) and part.isReadOnly():
            yield part.toPlainText()
        if isinstance(part, QAbstractItemView) and part.model():
            for index in indexes(part, QModelIndex()):
                yield str(index.data() or "")


def say(told: str, widget: QWidget) -> None:
    QToolTip.showText(QPoint(9, 9), told, widget)
    draw_tip()
    QToolTip.hideText()


def draw_tip() -> None:
    for top in QApplication.topLevelWidgets():
        if top.inherits("QTipLabel") and top.isVisible():
            top.grab()


@NEEDS_INOTIFY
@pytest.mark.parametrize("make", SHOWN, ids=lambda make: make.__name__)
def test_what_strangers_write_opens_no_file(make, trap, hostile, qtbot, theme) -> None:
    widget = make(hostile)
    qtbot.addWidget(widget)
    look_at(widget)
    assert trap.openings == 0
    labels = [one for one in widget.findChildren(QLabel) if not one.inherits("QTipLabel")]
    assert not [one.text() for one in labels if one.textFormat() is not Qt.TextFormat.PlainText]


@pytest.mark.parametrize("make", SHOWN, ids=lambda make: make.__name__)
def test_what_strangers_write_turns_no_letters_around(make, drawn, qtbot, theme) -> None:
    widget = make(strangers(f"a{TURNING}fdp.exe", f"b{TURNING}fdp.exe"))
    qtbot.addWidget(widget)
    look_at(widget)
    assert not [text for text in (*read_in(widget), *tips_in(widget)) if set(text) & set(TURNING)]
    assert not [text for text in drawn if set(text) & set(TURNING)]


@NEEDS_INOTIFY
@pytest.mark.parametrize("text", ["text", "name"])
def test_a_picture_that_is_opened_is_noticed(text, trap, qtbot, theme) -> None:
    label = QLabel(getattr(trap, text))
    qtbot.addWidget(label)
    look_at(label)
    assert trap.openings
    assert trap.openings == 0
    say(getattr(trap, text), label)
    assert trap.openings


@NEEDS_INOTIFY
def test_every_text_of_a_value_is_a_strangers(hostile, trap) -> None:
    value = hostile(DocumentValue(ID, Path("/b.pdf"), "a", within=Path("/c"), author="d"))
    filled = dataclasses.asdict(value)
    assert [name for name, one in filled.items() if one == trap.text] == [
        *("title", "language", "reason", "author", "date", "subject")
    ]
    assert "<img" in value.path.name
