"""Whoever sees little or nothing: every control has a name, every text is dark enough to read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain.answers import (
    AnswerMode,
    First,
    Ground,
    Reason,
    SentenceCheck,
    SentenceVerdict,
)
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.models import Adapter, HubModel, ModelKind
from desktop_rag.domain.pages import ContentsEntry, Opened
from desktop_rag.domain.references import Origin, ReferenceField, reference_of
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.composer import Composer
from desktop_rag.gui.chat.values import LeftOut, Statistics, TurnValue
from desktop_rag.gui.chat.why_dialog import WhyDialog
from desktop_rag.gui.downloads.values import DownloadValue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.password_dialog import PasswordDialog
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import icon
from desktop_rag.gui.models.adapters_dialog import AdaptersDialog
from desktop_rag.gui.models.context_dialog import ContextDialog
from desktop_rag.gui.models.models_dialog import ModelsDialog
from desktop_rag.gui.models.quantize_dialog import QuantizeDialog
from desktop_rag.gui.models.values import (
    ConnectionValue,
    FilesValue,
    FileValue,
    ModelValue,
    OfferValue,
    Smaller,
)
from desktop_rag.gui.reader.reader_pane import ReaderPane, Shown
from desktop_rag.gui.references.details_dialog import DetailsDialog
from desktop_rag.gui.references.unmatched_dialog import UnmatchedDialog
from desktop_rag.gui.references.values import DetailsValue
from desktop_rag.gui.sampling.sampling_panel import SamplingPanel
from desktop_rag.gui.search.search_box import Findings, Result, SearchBox
from desktop_rag.gui.settings.settings_dialog import SettingsDialog
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.sidebar.values import ConversationValue, LibraryValue, QueueValue
from desktop_rag.gui.sources import Source
from desktop_rag.gui.tables.questions_dialog import QuestionsDialog
from desktop_rag.gui.tables.table_page import TablePage
from desktop_rag.gui.tables.values import (
    CellKind,
    CellValue,
    DetailValue,
    FillingState,
    FillingValue,
    LineValue,
    TableValue,
)
from desktop_rag.gui.watching.watched_folders_dialog import WatchesDialog, WatchValue
from desktop_rag.gui.widgets.banners import Banner, UndoBar
from desktop_rag.gui.window.about_dialog import AboutDialog
from desktop_rag.gui.window.main_window import MainWindow, Panes
from desktop_rag.gui.window.problem_dialog import ProblemDialog
from desktop_rag.gui.window.shortcuts_dialog import ShortcutsDialog
from desktop_rag.jobs.watching.watched_folder import Watched
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.watches import Watch
from desktop_rag.settings.schema import Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QTextEdit,
    QPlainTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractSlider,
    QAbstractItemView,
    QTabBar,
)
OF_QT = (QScrollBar, QHeaderView, QMenu)
READABLE = 4.5  # to one, of small text, says WCAG 2.2 AA
ID = DocumentId("ab" * 32)
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(1, ID, "Informe", 3, "xiv", "La deuda bajó.", (Box(0, 0, 1, 0.1),))
STATISTICS = Statistics(
    AnswerMode.MODEL, 12.3, 2100, 1500, 512, 43.0, "<|system|> exact", LeftOut(1, 2)
)


def sidebar() -> Sidebar:
    made = Sidebar()
    made.set_libraries([LibraryValue(1, "Tesis", 42)], 1)
    made.set_conversations([ConversationValue(1, "Deuda", NOW)], 1)
    made.set_queue(QueueValue(12, "informe.pdf", 6.9, 180.0, 0.4, paused=False))
    return made


def answers() -> TablePage:
    made = TablePage()
    lines = (LineValue(0, "Informe"), LineValue(1, "Acta"))
    made.set_tables([(1, "How much?")], 1)
    cells = {
        (0, 0): CellValue(CellKind.FOUND, "12 €", "iv", "quoted from the document"),
        (0, 1): CellValue(CellKind.FAILED, "It is blank.", "", "could not be asked"),
        (1, 0): CellValue(CellKind.EDITED, "13 €", "", "edited by hand"),
    }
    made.show_table(TableValue(1, "How much?", ("How much?", "When?"), lines), cells)
    made.show_progress(FillingValue(FillingState.PAUSED, 3, 4, 1, None, "The disk is full."))
    made.show_detail(DetailValue(1, 0, "Acta – How much?", cells[1, 0], (SOURCE,), "12 €", "13"))
    return made


def chat() -> ChatView:
    made = ChatView()
    answer = "It fell [1].\n\n```py\nx = 1\n```\n"
    turns = [
        TurnValue(1, "Why?", answer, (SOURCE,), (SOURCE,), STATISTICS),
        TurnValue(2, "And then?", "", (), (), None, stopped=True),
        TurnValue(3, "And then?", "", (), (), None, error="The model is gone."),
    ]
    made.show_turns(turns)
    return made


CHECKED = TurnValue(
    *(4, "And why?", "It fell [1]. It rose.", (SOURCE,), (SOURCE,), STATISTICS),
    searched="Why did the debt fall?",
    quotes=(SOURCE, SOURCE),
    checks=(
        SentenceCheck(
            *(13, 21, "It rose.", SentenceVerdict.NOT_FOUND), Reason(Ground.NUMBER, ("4 %",))
        ),
    ),
    first=First.QUOTES,
    sufficiency=0.5,
)


def checked_chat() -> ChatView:
    made = ChatView()
    refusal = replace(CHECKED, id=5, refused=True, strict=True, checks=())
    made.show_turns([CHECKED, refusal, replace(CHECKED, id=6, first=First.ANSWER)])
    for view in made._views.values():
        view.following.summary.setChecked(True)
        view._searched.change.click()
    return made


def empty_chat() -> ChatView:
    made = ChatView()
    made.set_empty("no_documents", ["What is it about?"])
    return made


def inviting_chat() -> ChatView:
    made = ChatView()
    made.set_empty("ready", ["What is it about?", "Why?"])
    return made


def composer() -> Composer:
    made = Composer()
    made.set_scopes("Tesis", 2, "Informe")
    made.set_answering(True)
    return made


def table() -> DocumentTable:
    made = DocumentTable()
    failed = DocumentValue(None, Path("/a.pdf"), "", state="failed", reason="It is damaged.")
    made.set_documents([failed, DocumentValue(ID, Path("/b.pdf"), "Informe", 30, state="ready")])
    made.view.choose([0, 1])
    return made


def document() -> ReaderPane:
    made = ReaderPane()
    made.open(Shown(ID, "Informe", Path("/a.pdf")))
    contents = (ContentsEntry(0, "One", 0),)
    made.set_pages(Opened(ID, ((595.0, 842.0),) * 3, ("i", "ii", "1"), contents))
    made.show_find()
    return made


def missing_document() -> ReaderPane:
    made = ReaderPane()
    made.open(Shown(ID, "Informe", None, gone=True))
    made.show_missing("Informe", "La deuda bajó.")
    return made


def search() -> QWidget:
    made = QWidget()
    box = SearchBox(made)
    made.resize(800, 600)
    box.open()
    box.query.setText("deuda")
    box.show_found(
        Findings("deuda", (Result(ID, "Informe", 3, "xiv", "La deuda bajó."),), complete=True)
    )
    return made


def models() -> ModelsDialog:
    made = ModelsDialog()
    writer = ModelValue(
        id=1, name="A model", kind=ModelKind.WRITER, path=Path("/m.gguf"), ours=True
    )
    made.set_models([writer])
    made.installed.choose(1)
    made.installed.remove.click()
    made.offer_undo("“Other” removed", 2)
    made.show_problem("It is in use.")
    made.set_offers([OfferValue(key="a", name="A model", recommended=True)])
    made.set_found("a", [HubModel("a/b")])
    made.set_files(FilesValue("a/b", files=(FileValue(name="b.gguf", size=9),)))
    made.set_downloads([DownloadValue(id=1, name="A model")])
    made.set_connections([ConnectionValue(NOW, "huggingface.co", "fetch", 9)])
    return made


def adapters() -> AdaptersDialog:
    adapted = (Adapter(Path("/a.gguf")),)
    return AdaptersDialog(
        ModelValue(id=1, name="A", kind=ModelKind.WRITER, path=Path("/m.gguf"), adapters=adapted)
    )


def longer() -> ContextDialog:
    return ContextDialog(ModelValue(id=1, name="A", kind=ModelKind.WRITER, path=Path("/m.gguf")))


def smaller() -> QuantizeDialog:
    offered = (Smaller("Q4_K_M", 9),)
    model = ModelValue(id=1, name="A", kind=ModelKind.WRITER, path=Path("/m.gguf"), smaller=offered)
    return QuantizeDialog(model)


def settings() -> SettingsDialog:
    made = SettingsDialog()
    made.set_settings(Settings())
    return made


def password() -> PasswordDialog:
    made = PasswordDialog("a <b>name</b>.pdf", lasting=True, others=2)
    made.show_wrong()
    return made


def watched() -> WatchesDialog:
    made = WatchesDialog("Tesis")
    watch = Watch(LibraryId(1), Path("/papers"), ("*.txt",))
    made.set_values([WatchValue(watch, Watched.UNPLUGGED, 3)])
    made.undo.offer("No longer watching papers", watch)
    return made


def details() -> DetailsDialog:
    which = ReferenceField.TITLE
    reference = reference_of([(which, Origin.PERSON, "On weirs")])
    made = DetailsDialog(DetailsValue("On weirs", reference, frozenset({which})))
    made.entries[ReferenceField.ISSUED].line.setText("soon")
    made.entries[ReferenceField.ISSUED].keep()
    return made


def unmatched() -> UnmatchedDialog:
    return UnmatchedDialog("3 documents have their references now", ["On weirs", "Tolls"])


def resting() -> Sidebar:
    made = sidebar()
    made.set_queue(QueueValue(12, "a.pdf", 6.9, 180.0, 0.4, paused=False, resting=True))
    return made


def shortcuts() -> ShortcutsDialog:
    return ShortcutsDialog([("Search", "Ctrl+K")])


def problem() -> ProblemDialog:
    return ProblemDialog("Traceback", "/home/ana/problem.txt")


def reasons() -> WhyDialog:
    return WhyDialog(CHECKED, lambda _number: None)


def questions() -> QuestionsDialog:
    return QuestionsDialog(12, "qwen")


def banner() -> Banner:
    made = Banner()
    made.announce("Answers are quotes.", "Choose a model…")
    return made


def undo() -> UndoBar:
    made = UndoBar()
    made.offer("Library deleted", object())
    return made


def crowded() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    long = "Everything that was ever said of the debt, " * 12
    bar, empty = undo(), empty_chat()
    bar.offer(long, object())
    empty.set_empty("ready", [long])
    for part in (bar, empty):
        column.addWidget(part)
    return made


def window() -> MainWindow:
    talk = QWidget()
    column = QVBoxLayout(talk)
    column.addWidget(chat())
    column.addWidget(composer())
    panes = Panes(sidebar(), talk, table(), answers(), document(), SamplingPanel())
    made = MainWindow(panes, QSettings("/nowhere/window.ini", QSettings.Format.IniFormat))
    made.show_library("Tesis", 42)
    made.show_model("qwen")
    made.add_banner(banner())
    return made


SHOWN = [
    sidebar,
    chat,
    empty_chat,
    inviting_chat,
    composer,
    table,
    DocumentTable,
    answers,
    TablePage,
    questions,
    document,
    missing_document,
    SamplingPanel,
    search,
    models,
    adapters,
    longer,
    smaller,
    settings,
    password,
    watched,
    details,
    unmatched,
    resting,
    shortcuts,
    problem,
    AboutDialog,
    reasons,
    checked_chat,
    banner,
    undo,
    crowded,
    window,
]


def of_qt(control: QWidget) -> bool:
    """Whether Qt itself made this, inside a control that has a name of its own."""
    parent = control.parentWidget()
    return (
        isinstance(control, OF_QT)
        or control.objectName().startswith("qt_")
        or control.objectName() in {"ScrollLeftButton", "ScrollRightButton"}
        or control.metaObject().className().startswith(("QComboBoxListView", "QLineEditIconButton"))
        or (isinstance(parent, QAbstractSpinBox | QComboBox) and isinstance(control, QLineEdit))
        or control.metaObject().className() in {"QTableCornerButton", "QMenuBarExtension"}
    )


def controls(root: QWidget) -> Iterator[QWidget]:
    """Return what can be clicked or written in, and whatever else the Tab key comes to."""
    for control in [root, *root.findChildren(QWidget)]:
        reached = bool(control.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        if (isinstance(control, CONTROLS) or reached) and not of_qt(control):
            yield control


def name_of(control: QWidget) -> str:
    """What a screen reader says of it."""
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name).strip()


def described(control: QWidget) -> str:
    parent = control.parentWidget()
    return f"{type(control).__name__} in {type(parent).__name__}: {control.toolTip()!r}"


def nameless(root: QWidget) -> list[str]:
    """Controls without a name; one that is hidden by itself may get its name with its task."""
    return [
        described(control)
        for control in controls(root)
        if not name_of(control) and not control.isHidden()
    ]


def unexplained(root: QWidget) -> list[str]:
    """Buttons of an icon alone, without words for who does not know the icon."""
    return [
        f"{described(control)} {name_of(control)}"
        for control in controls(root)
        if isinstance(control, QAbstractButton)
        and not control.icon().isNull()
        and (not control.text() or icon_alone(control))
        and not control.toolTip()
    ]


def marked_up(root: QWidget) -> list[str]:
    """Widgets that would be read out with tags: Qt describes by the tooltip what has no words."""
    return [
        described(widget)
        for widget in [root, *root.findChildren(QWidget)]
        if re.search(r"<\w+[^>]*>", said_of(widget))
    ]


def said_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Description) if interface else ""


def icon_alone(button: QAbstractButton) -> bool:
    style = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(button, QToolButton) and button.toolButtonStyle() == style


@pytest.fixture
def shown(request, qtbot, theme) -> QWidget:
    made = request.param()
    if isinstance(made, MainWindow):
        qtbot.addWidget(made, before_close_func=lambda closing: closing.leave())
    else:
        qtbot.addWidget(made)
    made.resize(QSize(1360, 860))
    made.show()
    return made


@pytest.mark.parametrize("shown", SHOWN, indirect=True, ids=lambda make: make.__name__)
def test_every_control_has_a_name_and_every_icon_is_explained(shown) -> None:
    assert nameless(shown) == []
    assert unexplained(shown) == []


@pytest.mark.parametrize("shown", SHOWN, indirect=True, ids=lambda make: make.__name__)
def test_nothing_is_read_out_with_tags(shown) -> None:
    shown.resize(QSize(700, 500))  # so that there is something to be shortened
    assert marked_up(shown) == []


def test_tags_that_would_be_read_out_are_found(qtbot, theme) -> None:
    button = QPushButton("Ask")
    qtbot.addWidget(button)
    button.setToolTip("<p>Ask about <b>this</b></p>")
    assert len(marked_up(button)) == 1
    button.setAccessibleDescription("Ask about this")
    assert marked_up(button) == []


def test_there_is_something_to_be_named(qtbot, theme) -> None:
    found = window()
    qtbot.addWidget(found, before_close_func=lambda closing: closing.leave())
    kinds = {kind for kind in CONTROLS for control in controls(found) if isinstance(control, kind)}
    assert kinds >= {QAbstractButton, QLineEdit, QTextEdit, QAbstractItemView, QTabBar}
    assert len(list(controls(found))) > 40


def test_a_control_without_a_name_is_found(qtbot, theme) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    for control in (QLineEdit(root), QToolButton(root), QComboBox(root), QPushButton("x", root)):
        if isinstance(control, QToolButton):
            control.setIcon(icon("close"))
    assert sorted(nameless(root)) == [
        "QComboBox in QWidget: ''",
        "QLineEdit in QWidget: ''",
        "QToolButton in QWidget: ''",
    ]
    assert len(unexplained(root)) == 1


def luminance(colour: str) -> float:
    """How bright a colour is, as WCAG reckons."""
    parts = [QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF()]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, brighter = sorted((luminance(one), luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["background", "surface", "raised"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "danger", "warning", "good"])
def test_every_text_can_be_read_on_every_ground(colours, ground, ink) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= READABLE


@pytest.mark.parametrize("colours", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
def test_words_on_the_accent_can_be_read(colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= READABLE
