"""The record of a document in the window, with a real database and the clipboard."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.citations.writing import CitationStyle
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.progress import Stored
from desktop_rag.domain.references import Origin, ReferenceField, ReferenceKind
from desktop_rag.gui.references.references_presenter import ReferencesPresenter
from desktop_rag.gui.session import Session
from desktop_rag.gui.sources import Source
from desktop_rag.library import documents, libraries, references
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings, Window
from tests.unit.library.test_documents import fact_at

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

A, B = DocumentId("aa" * 32), DocumentId("bb" * 32)
TITLE, AUTHORS, ISSUED = ReferenceField.TITLE, ReferenceField.AUTHORS, ReferenceField.ISSUED


class Shown:
    """A library of two documents, and what the window says of their records."""

    def __init__(self, home, db, qtbot) -> None:
        self.db = db
        library = libraries.ensure(db, "Tesis")
        for name, document in (("weirs", A), ("tolls", B)):
            fact = fact_at(f"/pdf/{name}.pdf")
            documents.add_files(db, library, [fact])
            documents.identify(db, fact.path, fact, document)
            said = ((TITLE, Origin.FIRST_PAGE, f"On {name}"), (ISSUED, Origin.PROPERTIES, "2021"))
            documents.describe(db, Stored(document, name, "en", 3, said=said))
        settings = Settings().replaced(window=Window(language="es"))
        self.session = Session(db, open_home(home), settings)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.presenter = ReferencesPresenter(self.session, self.window)
        self.words: list[str] = []
        self.presenter.told.connect(self.words.append)
        self.changes: list[None] = []
        self.session.documents_changed.connect(lambda: self.changes.append(None))

    def reference(self):
        return references.reference(self.db, A)


@pytest.fixture
def shown(tmp_path, qtbot, theme):
    home = tmp_path / "home"
    with closing(open_database(open_home(home).database)) as db:
        yield Shown(home, db, qtbot)


@pytest.fixture
def dialog(shown):
    return shown.presenter.show_details(A, "weirs.pdf")


def type_into(qtbot, line, text: str) -> None:
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text) if text else qtbot.keyClick(line, Qt.Key.Key_Backspace)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    line.editingFinished.emit()  # offscreen the focus may not move


def test_each_field_is_shown_with_where_it_comes_from(dialog) -> None:
    assert "On weirs" in dialog.windowTitle()
    title, authors = dialog.entries[TITLE], dialog.entries[AUTHORS]
    assert (title.line.text(), title.origin.text()) == ("On weirs", "From the first pages")
    assert (authors.line.text(), authors.origin.text()) == ("", "Not known")
    assert not title.back.isVisibleTo(dialog)


def test_what_is_typed_is_kept_and_can_be_taken_back(shown, dialog, qtbot) -> None:
    entry = dialog.entries[TITLE]
    type_into(qtbot, entry.line, "Presas")
    assert shown.reference().title == "Presas"
    assert entry.origin.text() == "Typed by you"
    assert entry.back.isVisibleTo(dialog)
    assert shown.changes
    entry.back.click()
    assert shown.reference().title == entry.line.text() == "On weirs"
    assert not entry.back.isVisibleTo(dialog)


def test_a_field_that_is_emptied_says_that_there_is_nothing(shown, dialog, qtbot) -> None:
    type_into(qtbot, dialog.entries[ISSUED].line, "")
    assert shown.reference().issued == ""
    assert dialog.entries[ISSUED].back.isVisibleTo(dialog)


def test_authors_are_shown_as_they_are_kept(dialog, qtbot) -> None:
    line = dialog.entries[AUTHORS].line
    type_into(qtbot, line, "Ana Brack; World Bank")
    assert line.text() == "Brack, Ana; World Bank"


def test_a_date_that_is_none_is_told_of_and_not_kept(shown, dialog, qtbot) -> None:
    entry = dialog.entries[ISSUED]
    type_into(qtbot, entry.line, "soon")
    assert entry.error.isVisibleTo(dialog)
    assert shown.reference().issued == "2021"
    type_into(qtbot, entry.line, "2020-05")
    assert not entry.error.isVisibleTo(dialog)
    assert shown.reference().issued == "2020-05"


def test_a_kind_is_chosen_from_a_list(shown, dialog) -> None:
    kinds = dialog.entries[ReferenceField.KIND].kinds
    kinds.setCurrentIndex(kinds.findData(str(ReferenceKind.BOOK)))
    kinds.activated.emit(kinds.currentIndex())
    assert shown.reference().kind is ReferenceKind.BOOK


def test_what_is_still_being_typed_is_kept_when_the_dialog_closes(shown, dialog, qtbot) -> None:
    dialog.entries[TITLE].line.setText("Presas")
    dialog.reject()
    assert shown.reference().title == "Presas"


def test_a_citation_of_what_is_being_typed_is_copied(shown, dialog) -> None:
    dialog.entries[AUTHORS].line.setText("Ana Brack")
    dialog.copy.menu().actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "Brack, A. (2021). On weirs."
    assert shown.words == ["1 citation(s) copied"]


def test_several_documents_are_copied_one_below_the_other(shown) -> None:
    shown.presenter.copy([A, B], CitationStyle.ISO_690)
    assert QGuiApplication.clipboard().text() == "On weirs, 2021.\nOn tolls, 2021."
    shown.presenter.copy([A, B], CitationStyle.BIBTEX)
    assert QGuiApplication.clipboard().text().count("@misc{") == 2


def test_what_is_italic_is_so_where_it_is_pasted(shown) -> None:
    references.enter(shown.db, A, TITLE, "On <weirs>")
    references.enter(shown.db, A, AUTHORS, "Ana Brack")
    shown.presenter.copy([A], CitationStyle.APA)
    html = QGuiApplication.clipboard().mimeData().html()
    assert html == "<p>Brack, A. (2021). <i>On &lt;weirs&gt;</i>.</p>"


def test_a_passage_is_copied_with_its_page_in_the_language_of_the_window(shown) -> None:
    references.enter(shown.db, A, AUTHORS, "Ana Brack; Bo Gil")
    source = Source(1, A, "Weirs", 6, "vii", "", ())
    shown.presenter.copy_source(source, CitationStyle.APA)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("(Brack y Gil, 2021, p. vii)\nBrack, A., y Gil, B. (2021).")


def test_of_a_document_that_is_gone_its_title_is_copied(shown) -> None:
    source = Source(1, DocumentId("cc" * 32), "Weirs", 6, "7", "", ())
    shown.presenter.copy_source(source, CitationStyle.ISO_690)
    assert QGuiApplication.clipboard().text() == "Weirs, [sin fecha]. p. 7."


def test_return_keeps_a_field_and_leaves_the_record_open(shown, dialog, qtbot) -> None:
    line = dialog.entries[TITLE].line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Presas")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert shown.reference().title == "Presas"


def test_what_cannot_be_kept_is_not_lost_by_closing(dialog, qtbot) -> None:
    entry = dialog.entries[ISSUED]
    entry.line.setText("some day")
    dialog.close_.click()
    assert dialog.isVisible()
    assert entry.error.isVisibleTo(dialog)
    assert entry.line.text() == "some day"
    entry.line.setText("2022")
    with qtbot.waitSignal(dialog.finished):
        dialog.close_.click()
