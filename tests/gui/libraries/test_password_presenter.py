"""The password dialog, and who tries what was typed; the queue and the pages are played."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import DocumentLocked, PasswordWrong
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.password_dialog import PasswordDialog
from desktop_rag.gui.libraries.password_presenter import PasswordPresenter
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.session import Session
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk.passwords import Passwords
from desktop_rag.library.documents import DocumentState
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

RIGHT = "secreto"


class Kept(Passwords):
    """Passwords of which is known how long each is to last."""

    def __init__(self) -> None:
        super().__init__()
        self.lasting: dict[DocumentId, bool] = {}

    def keep(self, document: DocumentId, password: str, *, lasting: bool) -> bool:
        self.lasting[document] = lasting
        return super().keep(document, password, lasting=lasting)


class Queue(QObject):
    """Tries passwords as the queue does: the state says what came of it, and a signal that."""

    document_changed = Signal(object)
    advanced = Signal(object)
    settled = Signal(object)

    def __init__(self, db, passwords: Kept) -> None:
        super().__init__()
        self.db, self.passwords = db, passwords
        self.paused = self.resting = False
        self.tried: list[tuple[DocumentId, str, bool]] = []
        self.done: list[tuple[DocumentId, float]] = []

    def doing(self) -> list[tuple[DocumentId, float]]:
        return self.done

    @property
    def scheduler(self) -> "Queue":
        return self

    def read_again(self, document: DocumentId) -> None:
        assert documents.paths_of(self.db, [document]), "nobody knows where that is"
        lasting = self.passwords.lasting[document]
        self.tried.append((document, self.passwords.of(document), lasting))

    def answer(self) -> None:
        """Say what came of what was tried last."""
        for document, password, _ in self.tried[-1:]:
            right = password == RIGHT
            state, error = (
                (DocumentState.READY, None)
                if right
                else (DocumentState.WAITING, PasswordWrong("a.pdf"))
            )
            documents.set_state(self.db, document, state, error)
            (path,) = documents.paths_of(self.db, [document]).values()
            self.document_changed.emit(path)


class Pages(QObject):
    """Tries passwords as the pages do: the answer comes later."""

    password_requested = Signal(object, str)
    tried = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.given: list[tuple[DocumentId, str]] = []

    def try_password(self, document: DocumentId, password: str) -> None:
        self.given.append((document, password))

    def answer(self) -> None:
        document, password = self.given[-1]
        self.tried.emit(document, password == RIGHT)


class Presented:
    def __init__(self, home: Path, db, qtbot) -> None:
        self.db = db
        self.session = Session(db, open_home(home), Settings())
        self.library = libraries.ensure(db, "Tesis")
        self.session.choose(self.library)
        self.session.passwords = Kept()
        self.session.passwords.lasting_possible = lambda: self.keyring
        self.keyring = True
        self.queue, self.pages = Queue(db, self.session.passwords), Pages()
        self.table, self.window = DocumentTable(), QWidget()
        for widget in (self.window, self.table):
            qtbot.addWidget(widget)
        self.window.show()
        self.presenter = PasswordPresenter(
            self.session, self.queue, self.pages, self.table, self.window
        )

    def locked(self, name: str) -> DocumentValue:
        path, document = Path(f"/{name}.pdf"), DocumentId(name)
        fact = FileFact(path, 1, 1, 1)
        documents.add_files(self.db, self.library, [fact])
        documents.identify(self.db, path, fact, document)
        documents.set_state(self.db, document, DocumentState.WAITING, DocumentLocked(path.name))
        return DocumentValue(document, path, "", state="waiting", locked=True)

    @property
    def dialog(self) -> PasswordDialog | None:
        return self.presenter._dialog

    def type(self, qtbot, password: str) -> None:
        self.dialog.password.setText(password)
        qtbot.keyClick(self.dialog.password, Qt.Key.Key_Return)


@pytest.fixture
def presented(home, qtbot, theme) -> Iterator[Presented]:
    with closing(open_database(open_home(home).database)) as db:
        made = Presented(home, db, qtbot)
        yield made
        if made.dialog:
            made.dialog.reject()
        made.session.deleteLater()


def test_a_wrong_password_is_said_and_kept_for_another_try(presented, qtbot) -> None:
    row = presented.locked("a")
    presented.table.password_requested.emit([row])
    dialog = presented.dialog
    assert dialog.isVisible()
    assert "“a.pdf”" in dialog.told.text()
    assert not dialog.open_.isEnabled()
    for _ in range(2):  # the second answer is not mistaken for the first
        presented.type(qtbot, "Secreto")
        assert not dialog.wrong.isVisible()
        assert dialog.password.isReadOnly()
        presented.queue.document_changed.emit(Path("/other.pdf"))
        assert dialog.password.isReadOnly()
        presented.queue.answer()
        assert dialog.wrong.isVisible()
        assert dialog.password.text() == dialog.password.selectedText() == "Secreto"
    presented.type(qtbot, RIGHT)
    presented.queue.answer()
    assert presented.dialog is None
    assert presented.queue.tried[-1] == (row.document, RIGHT, False)


def test_pages_that_come_say_that_the_password_was_right(presented, qtbot) -> None:
    row = presented.locked("a")
    presented.table.password_requested.emit([row])
    presented.type(qtbot, RIGHT)
    presented.queue.advanced.emit(None)
    assert presented.dialog is not None
    presented.queue.done = [(row.document, 0.1)]
    presented.queue.advanced.emit(None)
    assert presented.dialog is None


def test_a_password_is_tried_on_all_that_are_locked(presented, qtbot) -> None:
    rows = [presented.locked(name) for name in "abc"]
    presented.table.password_requested.emit(rows)
    assert presented.dialog.all.isVisible()
    assert "2" in presented.dialog.all.text()
    presented.dialog.all.setChecked(True)
    presented.dialog.lasting.setChecked(True)
    presented.type(qtbot, RIGHT)
    assert {one for one, *_ in presented.queue.tried} == {row.document for row in rows}
    assert {(password, lasting) for _, password, lasting in presented.queue.tried} == {
        (RIGHT, True)
    }


def test_nothing_is_offered_that_cannot_be(presented) -> None:
    presented.keyring = False
    presented.table.password_requested.emit([presented.locked("a")])
    assert not presented.dialog.lasting.isVisible()
    assert not presented.dialog.all.isVisible()


@pytest.mark.parametrize("why", ["paused", "resting"])
def test_while_the_queue_stands_still_nobody_waits_for_it(presented, qtbot, why) -> None:
    setattr(presented.queue, why, True)
    told: list[str] = []
    presented.presenter.told.connect(told.append)
    presented.table.password_requested.emit([presented.locked("a")])
    presented.type(qtbot, RIGHT)
    assert presented.dialog is None
    assert len(told) == len(presented.queue.tried) == 1


def test_the_pages_try_a_password_and_what_waits_for_it_is_indexed(presented, qtbot) -> None:
    row = presented.locked("a")
    presented.pages.password_requested.emit(row.document, "A title")
    presented.type(qtbot, "wrong")
    presented.pages.answer()
    assert presented.dialog.wrong.isVisible()
    assert presented.session.passwords.of(row.document) == ""
    assert presented.queue.tried == []
    presented.type(qtbot, RIGHT)
    presented.pages.answer()
    assert presented.dialog is None
    assert presented.session.passwords.of(row.document) == RIGHT
    assert presented.queue.tried == [(row.document, RIGHT, False)]


def test_a_document_that_is_indexed_already_is_only_shown(presented, qtbot) -> None:
    row = presented.locked("a")
    documents.set_state(presented.db, row.document, DocumentState.READY)
    presented.pages.password_requested.emit(row.document, "A title")
    presented.type(qtbot, RIGHT)
    presented.pages.answer()
    assert presented.queue.tried == []


def test_nobody_has_to_know_the_password(presented, qtbot) -> None:
    presented.table.password_requested.emit([presented.locked("a")])
    qtbot.keyClick(presented.dialog.password, Qt.Key.Key_Escape)
    assert presented.dialog is None
    presented.queue.settled.emit(None)
    assert presented.queue.tried == []


def test_the_password_is_seen_only_if_wanted(qtbot, theme) -> None:
    dialog = PasswordDialog("<b>name</b>.pdf", lasting=True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.told.textFormat() == Qt.TextFormat.PlainText
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password
    dialog.shown.click()
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Normal
    dialog.shown.click()
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password
    assert dialog.focusWidget() in {dialog.password, dialog.shown}
