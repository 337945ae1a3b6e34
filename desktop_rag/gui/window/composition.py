"""Builds widgets, workers and presenters, and connects them with each other."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_rag.answer.papers.talk import Talk
from desktop_rag.domain.answers import QuestionKind
from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.chat import prewarm
from desktop_rag.gui.chat.chat_presenter import ChatPresenter
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.composer import Composer
from desktop_rag.gui.chat.conversations_presenter import ConversationsPresenter
from desktop_rag.gui.chat.digest_presenter import DigestPresenter
from desktop_rag.gui.chat.model_preloader import ModelPreloader
from desktop_rag.gui.chat.scope import CHOSEN, DOCUMENT
from desktop_rag.gui.chat.translation_presenter import TranslationPresenter
from desktop_rag.gui.chat.values import Way
from desktop_rag.gui.chat.why_dialog import WhyDialog
from desktop_rag.gui.indexing import index_switch
from desktop_rag.gui.indexing.index_switch import IndexSwitch
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.library_presenter import LibraryPresenter
from desktop_rag.gui.libraries.table_entries import ASKABLE
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import Theme
from desktop_rag.gui.models.models_presenter import ModelsPresenter
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.processes.process_targets import ProcessTargets
from desktop_rag.gui.processes.turn_driver import TurnDriver
from desktop_rag.gui.reader.reader_pane import ReaderPane
from desktop_rag.gui.reader.reader_presenter import ReaderPresenter
from desktop_rag.gui.references.references_presenter import ReferencesPresenter
from desktop_rag.gui.sampling.sampling_panel import SamplingPanel
from desktop_rag.gui.search.search_box import SearchBox
from desktop_rag.gui.search.search_presenter import SearchPresenter
from desktop_rag.gui.session import Session
from desktop_rag.gui.settings.languages_presenter import LanguagesPresenter
from desktop_rag.gui.settings.settings_dialog import SettingsDialog
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.tables.table_export import TableExport
from desktop_rag.gui.tables.table_filler import TableFiller
from desktop_rag.gui.tables.table_page import TablePage
from desktop_rag.gui.tables.tables_presenter import TablesPresenter
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.addresses import target_of
from desktop_rag.gui.widgets.banners import Banner, UndoBar
from desktop_rag.gui.window.about_dialog import AboutDialog
from desktop_rag.gui.window.background_services import BackgroundServices
from desktop_rag.gui.window.embedder_offer import EmbedderOffer
from desktop_rag.gui.window.main_window import MainWindow, Panes
from desktop_rag.gui.window.shortcuts_dialog import ShortcutsDialog
from desktop_rag.jobs import papers
from desktop_rag.jobs.indexing.processes import ProcessPool
from desktop_rag.jobs.indexing.scheduler import IndexingData
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import documents
from desktop_rag.library.tables import TableDocument
from desktop_rag.notices.papers import telling
from desktop_rag.notices.tables import TableContents, table_turn
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.searching import Warm

_MINIMIZED = Qt.WindowState.WindowMinimized
_TYPING_MS = 400  # after the first letters
_READY_MS = 600_000  # for which the embedder stays loaded after a question: it takes seconds
_UPKEEP_MS = 10_000  # after that, when nobody waits for a first question
_WARM_MS = 1_500  # after the window has shown, so that the first question need not wait


class Composition(QObject):
    """The window with everything behind it."""

    def __init__(self, session: Session, look: Theme, targets: ProcessTargets) -> None:
        super().__init__(session)
        self._session = session
        self._look = look
        self._relocating: DocumentId | None = None
        self._widgets()
        self._desks(targets)
        self._connected()
        self._actions()

    def start(self, files: Sequence[Path] = (), lost_settings: Path | None = None) -> None:
        """Show the window, and go on with what was not finished.

        `lost_settings` is where settings lie that could not be read.
        """
        self.window.show()
        if lost_settings:
            self._tell_lost(lost_settings)
        self._library.start()
        self._attending.start()
        self._talk.reopen()
        self._on_model_changed()
        self._indexes.tell_missing()
        if not self._indexes.offer_reading():
            self._offer_embedder()
        if files:
            self._library.add(files)
        QTimer.singleShot(_WARM_MS, self, self._warm)

    def raise_with(self, files: Sequence[Path]) -> None:
        """Bring the window to the front, and add files to the open library."""
        self.window.setWindowState(self.window.windowState() & ~_MINIMIZED)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        if files:
            self._library.add(files)

    # Building

    def _widgets(self) -> None:
        self.sidebar = Sidebar()
        self.chat = ChatView()
        self.composer = Composer()
        self.table = DocumentTable()
        self.sheets = TablePage()
        self.pane = ReaderPane()
        self.sampling = SamplingPanel()
        self._undo = UndoBar()
        talk = QWidget()
        column = QVBoxLayout(talk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chat, 1)
        below = QVBoxLayout()
        below.setContentsMargins(tokens.SPACE_L, tokens.SPACE_XS, tokens.SPACE_L, tokens.SPACE_XS)
        below.addWidget(self.composer)
        column.addLayout(below)
        panes = Panes(self.sidebar, talk, self.table, self.sheets, self.pane, self.sampling)
        self.window = MainWindow(panes, self._session.state)
        self.window.add_banner(self._undo)
        self.search_box = SearchBox(self.window)
        self.search_box.hide()
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.window)
        self._escape.setEnabled(False)  # but while there is an answer to be stopped

    def _desks(self, targets: ProcessTargets) -> None:
        session = self._session
        self._searching = JobQueue(
            "searching", index_switch.searching(session, targets), self, _READY_MS
        )
        self._drawing = JobQueue("drawing", targets.drawing, self)
        self._generating = JobQueue("generating", targets.generating, self, None)
        self._indexing = IndexingQueue(
            IndexingData(session.db, session.paths, session.passwords),
            ProcessPool(targets.reading, targets.indexing),
            session.settings.indexing,
            self,
        )
        self._indexes = IndexSwitch(session, targets, self._indexing, self._searching)
        self._answering = TurnDriver(self._searching, self._generating, self)
        self._library = LibraryPresenter(
            session, self._indexing, self.sidebar, self.table, self._undo
        )
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._warm_search)
        self._talks = ConversationsPresenter(session, self.sidebar)
        self._writing = ModelPreloader(session, self._generating)
        shown = (self.chat, self.composer)
        self._talk = ChatPresenter(session, self._writing, self._answering, self._talks, shown)
        self._translations = TranslationPresenter(
            session, self._writing, self._generating, self.chat
        )
        self._models = ModelsPresenter(session, targets.connecting, targets.tuning)
        self._languages = LanguagesPresenter(session, targets.connecting, self._indexing)
        self._pages = ReaderPresenter(session, self._drawing, self.pane)
        self._digests = DigestPresenter(session, self.chat, self._talk.turn, self.window)
        self._attending = BackgroundServices(
            session, self._indexing, self._library, self.window, targets.reading
        )
        self._attending.ask_passwords(self._pages, self.table)
        self._attending.carry(self.sidebar)
        self._printing = JobQueue("printing", targets.printing, self)
        self._attending.print_papers(self._printing, self._talk, self._talks)
        self._references = ReferencesPresenter(session, self.window)
        self._search = SearchPresenter(session, self._searching, self.search_box)
        asking = TurnDriver(self._searching, self._generating, self)
        filler = TableFiller(asking, self)
        self._tables = TablesPresenter(session, filler, self.sheets)
        place = functools.partial(file_dialogs.sheet_place, self.window)
        self._taking = TableExport(self._printing, place, self._talk_of_table, self)

    def _connected(self) -> None:
        session, window, library = self._session, self.window, self._library
        session.troubled.connect(window.show_work)
        session.model_changed.connect(self._on_model_changed)
        session.settings_changed.connect(self._on_settings_changed)
        session.library_changed.connect(self.search_box.query.clear)
        window.paths_dropped.connect(library.add)
        window.close_requested.connect(self._on_close_requested)
        library.counted.connect(window.show_library)
        library.worked.connect(window.show_work)
        self._indexes.reading_offered.connect(self._offer_reading)
        self._indexing.settled.connect(lambda _tally: self._on_settled())
        self.table.add_requested.connect(self._add_files)
        self.table.opened.connect(self._on_row_opened)
        self.table.selection_changed.connect(self._on_selection_changed)
        self.table.ask_requested.connect(self._on_rows_asked)
        self.table.comparison_requested.connect(self._on_rows_compared)
        self.table.digest_requested.connect(self._on_rows_digested)
        self.sidebar.queue.details_requested.connect(window.show_documents)
        self._talk_connected()
        self._pages_connected()
        self._references_connected()
        self._models_connected()
        self._tables_connected()

    def _tables_connected(self) -> None:
        sheets = self._tables
        self.table.table_requested.connect(self._on_table_requested)
        self._talk.answering_changed.connect(sheets.filling.set_answering)
        sheets.shown.opened.connect(self._pages.open_source)
        sheets.brought.connect(self.window.show_tables)
        sheets.listed.connect(lambda some: self.window.offer_tables(offered=some))
        sheets.deleted.connect(self._library.removal.offer)
        sheets.exported.connect(self._taking.write)
        self._taking.told.connect(self.window.show_work)

    def _talk_connected(self) -> None:
        talk, talks, chat, sampling = self._talk, self._talks, self.chat, self.sampling
        self.composer.input.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(talk.read_ahead)
        chat.add_documents_requested.connect(self._add_files)
        chat.suggestion_chosen.connect(self._on_focus_question)
        chat.sample_requested.connect(self._library.open_sample)
        chat.link_requested.connect(self._on_link_requested)
        chat.export_requested.connect(talk.export_turn)
        chat.prompt_requested.connect(self._show_reason)
        chat.setting_requested.connect(self._show_settings)
        talk.deleted.connect(self._library.removal.offer)
        talk.answering_changed.connect(self._escape.setEnabled)
        talk.answering_changed.connect(self._translations.set_answering)
        talk.answering_changed.connect(self._models.exams.set_answering)
        self._escape.activated.connect(talk.stop)
        talks.deleted.connect(self._library.removal.offer)
        self.sidebar.conversation_created.connect(talk.begin)
        self.sidebar.conversation_chosen.connect(talk.open)
        sampling.set_default(self._session.settings.sampling)
        sampling.set_own_presets(self._session.settings.presets.own)
        sampling.own_presets_changed.connect(self._on_own_presets_changed)
        sampling.sampling_changed.connect(talk.set_sampling)
        talk.sampling_changed.connect(sampling.set_sampling)
        talk.weighed.connect(sampling.set_candidates)

    def _pages_connected(self) -> None:
        pages = self._pages
        pages.brought.connect(self.window.show_document)
        pages.opened.connect(self._talk.scope.set_document)
        pages.relocation_requested.connect(self._on_relocation_requested)
        pages.indexing_requested.connect(lambda path: self._library.add([path]))
        self.chat.source_opened.connect(pages.open_source)
        self._digests.source_opened.connect(pages.open_source)
        self._digests.told.connect(self.window.show_work)
        self._search.chosen.connect(pages.open_source)
        self.pane.selection_asked.connect(self._on_selection_asked)
        self.pane.summary_wished.connect(self._on_chapter_wished)

    def _references_connected(self) -> None:
        known, actions = self._references, self.table.row_actions
        known.told.connect(self.window.show_work)
        actions.details_requested.connect(self._on_details_requested)
        actions.citation_requested.connect(
            lambda rows, style: known.copy([row.document for row in rows], style)
        )
        self.chat.citation_wished.connect(known.copy_source)

    def _models_connected(self) -> None:
        presenter, window = self._models, self.window
        window.model_requested.connect(presenter.open)
        window.models_requested.connect(presenter.open)
        window.model_dropped.connect(presenter.installed.add)
        window.model_chosen.connect(presenter.installed.use)
        presenter.listed.connect(window.set_models)
        presenter.device_changed.connect(window.show_device)
        presenter.told.connect(window.show_work)
        presenter.begin(window)
        presenter.settings_requested.connect(lambda: self._show_settings("network"))
        presenter.installed.released.connect(self._on_released)
        self._indexing.advanced.connect(lambda _pace: presenter.advance())
        self._indexing.swapped.connect(presenter.advance)
        self._writing.ready.connect(presenter.set_ready)

    def _actions(self) -> None:
        doings: dict[str, Callable[[], object]] = {
            "add_files": self._add_files,
            "add_folder": self._add_folder,
            "new_library": self.sidebar.new_library.click,
            "models": self._models.open,
            "choose_model": self._choose_model,
            "no_model": lambda: self._session.choose_model(None),
            "settings": functools.partial(self._show_settings, "window"),
            "clear_states": self._talks.clear_states,
            "new_conversation": self._talk.begin,
            "new_table": lambda: self._tables.new(()),
            "export": self._talk.export,
            "focus_question": self._on_focus_question,
            "stop": self._talk.stop,
            "search": self.search_box.open,
            "find": self._on_find,
            "sample": self._library.open_sample,
            "keys": self._show_keys,
            "about": lambda: _open(AboutDialog(self.window)),
        }
        for name, do in doings.items():
            self.window.actions_.on(name, do)

    def _warm(self) -> None:
        self._drawing.warm()
        self._warm_search()
        prewarm.warm(self)
        self._models.downloads.go_on()
        self._tables.filling.go_on()
        QTimer.singleShot(_UPKEEP_MS, self, self._indexing.scheduler.keep_up)

    def _warm_search(self) -> None:
        """Load the embedder before the question is there; at once done when it is loaded."""
        if self._session.ready and not self._searching.busy:
            self._searching.ask(Job(Warm()))

    # What changes

    def _tell_lost(self, kept: Path) -> None:
        told = self.tr("The settings could not be read, so the usual ones apply. {name} has yours.")
        banner = self._banner(told.format(name=kept.name), self.tr("Settings…"))
        banner.acted.connect(functools.partial(self._show_settings, "window"))

    def _banner(self, words: str, action: str, *, waits: bool = False) -> Banner:
        banner = Banner(self.window)  # without a parent it would be a window for a moment
        self.window.add_banner(banner)
        banner.announce(words, action, waits=waits)
        return banner

    def _offer_reading(self, count: int, minutes: int) -> None:
        told = self.tr(
            "Desktop RAG reads documents better now. {documents} in the background, "
            "in about {time}; you can search meanwhile."
        )
        words = told.format(
            documents=self.tr("%n document(s) will be read again", "", count),
            time=self.tr("%n minute(s)", "", minutes),
        )
        banner = self._banner(words, self.tr("Begin"), waits=True)
        banner.acted.connect(self._indexes.read_again)
        banner.acted.connect(banner.deleteLater)

    def _offer_embedder(self) -> None:
        chooser = self._models.embedders
        better = chooser.better()
        if better is not None:
            offer = EmbedderOffer(better, self.window)
            self.window.add_banner(offer)
            offer.accepted.connect(chooser.take_better)
            offer.refused.connect(chooser.keep_present)

    def _on_model_changed(self) -> None:
        model = self._session.model
        self.window.show_model(model.name if model else "")
        if model is None and not self._session.state.value("banner_seen"):
            banner = self._banner(
                self.tr("Answers quote your documents. A language model can put them into words."),
                self.tr("Get a language model…"),
            )
            banner.acted.connect(self._models.open)
            banner.dismissed.connect(lambda: self._session.state.setValue("banner_seen", "yes"))
            self._session.model_changed.connect(banner.deleteLater)

    def _on_settings_changed(self, settings: Settings) -> None:
        self._look.choose(settings.window.theme)
        self.sampling.set_default(settings.sampling)

    def _on_own_presets_changed(self, presets: object) -> None:
        kept = self._session.settings.presets.replaced(own=presets)
        self._session.replace_settings(self._session.settings.replaced(presets=kept))

    def _on_row_opened(self, row: DocumentValue) -> None:
        if row.document is not None:
            self._pages.open(row.document, row.title or row.path.name, row.path)

    def _on_details_requested(self, row: DocumentValue) -> None:
        if row.document is not None:
            self._references.show_details(row.document, row.name)

    def _on_selection_changed(self, rows: Sequence[DocumentValue]) -> None:
        askable = [row for row in rows if row.state in ASKABLE]
        chosen = tuple(row.document for row in askable if row.document is not None)
        self._talk.scope.set_chosen(chosen)

    def _on_rows_asked(self, rows: Sequence[DocumentValue]) -> None:
        self._on_selection_changed(rows)
        self.composer.scope = CHOSEN
        self._on_focus_question()

    def _on_table_requested(self, rows: Sequence[DocumentValue]) -> None:
        self._tables.new(
            [TableDocument(row.document or DocumentId(""), row.path, row.name) for row in rows]
        )

    def _on_rows_compared(self, rows: Sequence[DocumentValue]) -> None:
        self._on_rows_asked(rows)
        self._talk.ask(self.tr("Compare these documents"), way=Way(QuestionKind.COMPARISON))

    def _on_rows_digested(self, rows: Sequence[DocumentValue], kind: QuestionKind) -> None:
        self._on_selection_changed(rows)
        self.composer.scope = CHOSEN
        self.window.show_chat()
        self._talk.ask(self._digest_words(kind, len(rows)), way=Way(kind))

    def _digest_words(self, kind: QuestionKind, count: int) -> str:
        """Return what a wish for so many documents is called in the conversation."""
        if count == 1:
            words = {
                QuestionKind.POINTS: self.tr("Key points of this document"),
                QuestionKind.STUDY: self.tr("Study questions on this document"),
            }
            return words.get(kind, self.tr("Summarize this document"))
        words = {
            QuestionKind.POINTS: self.tr("Key points of %n document(s)", "", count),
            QuestionKind.STUDY: self.tr("Study questions on %n document(s)", "", count),
        }
        return words.get(kind, self.tr("Summarize %n document(s)", "", count))

    def _on_selection_asked(self, text: str) -> None:
        self.window.show_chat()
        self.composer.restore(self.tr("“{text}”: ").format(text=text))
        self.composer.focus_input()

    def _on_chapter_wished(self, title: str) -> None:
        self.composer.scope = DOCUMENT
        self._on_focus_question()
        words = self.tr("Summarize the chapter “{title}”").format(title=title)
        self._talk.ask(words, way=Way(QuestionKind.SUMMARY))

    def _on_focus_question(self) -> None:
        self.window.show_chat()
        self.composer.focus_input()

    def _on_find(self) -> None:
        self.window.show_document()
        if not self._pages.shows:
            self.window.show_work(self.tr("Open a document first, to find something in it."))
            return
        self.pane.show_find()

    def _on_close_requested(self) -> None:
        if self._indexing.scheduler.busy and not file_dialogs.leaves(self.window):
            return
        self._tables.filling.stop()
        self._talk.stop()
        self._indexing.scheduler.stop()
        self._attending.stop()
        lines = (self._searching, self._drawing, self._generating, self._printing)
        for line in (*lines, self._models, self._languages):
            line.stop()
        self.window.leave()

    # Files

    def _add_files(self) -> None:
        self._library.add(file_dialogs.files(self.window))

    def _add_folder(self) -> None:
        self._library.add(file_dialogs.folder(self.window))

    def _choose_model(self) -> None:
        for path in file_dialogs.model(self.window):
            self._models.installed.add(path)

    def _talk_of_table(self, contents: TableContents) -> Talk:
        translate, session = QCoreApplication.translate, self._session
        told, turn = telling(translate, session.language), table_turn(contents, translate)
        talk = papers.talk_of(session.db, session.paths, contents.table.title, [turn], told)
        return replace(talk, single=True)

    def _on_relocation_requested(self, document: DocumentId) -> None:
        for path in file_dialogs.new_place(self.window):
            self._library.add([path])
            self._relocating = document

    def _on_settled(self) -> None:
        """Show the document that was looked for, if what was chosen is the same."""
        self._typing.start()
        document, self._relocating = self._relocating, None
        if document is None:
            return
        path = documents.paths_of(self._session.db, [document]).get(document)
        if path and path.is_file():
            self._pages.open(document, path.stem, path)
        else:
            self.window.show_work(self.tr("That is another document. It was added to the library."))

    def _on_link_requested(self, address: str) -> None:
        target = target_of(address)
        if target is None:
            self.window.show_work(self.tr("Only links to the web are opened."))
        elif file_dialogs.opens(self.window, target):
            QDesktopServices.openUrl(QUrl(target.address))

    # Dialogs

    def _show_reason(self, turn: int) -> None:
        value = self._talk.turn(turn)
        if value:
            _open(WhyDialog(value, self._talk.turns.source, self.window))

    def _on_released(self) -> None:
        """Let go of the model that is about to be removed."""
        if not self._answering.busy:
            self._generating.stop()

    def _show_settings(self, page: str) -> None:
        dialog = SettingsDialog(self.window)
        dialog.set_settings(self._session.settings)
        self._languages.serve(dialog)
        dialog.show_page(page)
        dialog.settings_changed.connect(self._session.replace_settings)
        _open(dialog)

    def _show_keys(self) -> None:
        _open(ShortcutsDialog(self.window.actions_.keys(), self.window))


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
