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
        self.desk = PasswordPresenter(self.session, self.queue, self.pages, self.table, self.window)

    def locked(self, name: str) -> DocumentValue:
        path, document = Path(f"/{name}.pdf"), DocumentId(name)
        fact = FileFact(path, 1, 1, 1)
        documents.add_files(self.db, self.library, [fact])
        documents.identify(self.db, path, fact, document)
        documents.set_state(self.db, document, DocumentState.WAITING, DocumentLocked(path.name))
        return DocumentValue(document, path, "", state="waiting", locked=True)

    @property
    def dialog(self) -> PasswordDialog | None:
        return self.desk._dialog

    def type(self, qtbot, password: str) -> None:
        self.dialog.password.setText(password)
        qtbot.keyClick(self.dialog.password, Qt.Key.Key_Return)


@pytest.fixture
def desk(home, qtbot, theme) -> Iterator[Presented]:
    with closing(open_database(open_home(home).database)) as db:
        made = Presented(home, db, qtbot)
        yield made
        if made.dialog:
            made.dialog.reject()
        made.session.deleteLater()


def test_a_wrong_password_is_said_and_kept_for_another_try(desk, qtbot) -> None:
    row = desk.locked("a")
    desk.table.password_requested.emit([row])
    dialog = desk.dialog
    assert dialog.isVisible()
    assert "“a.pdf”" in dialog.told.text()
    assert not dialog.open_.isEnabled()
    for _ in range(2):  # the second answer is not mistaken for the first
        desk.type(qtbot, "Secreto")
        assert not dialog.wrong.isVisible()
        assert dialog.password.isReadOnly()
        desk.queue.document_changed.emit(Path("/other.pdf"))
        assert dialog.password.isReadOnly()
        desk.queue.answer()
        assert dialog.wrong.isVisible()
        assert dialog.password.text() == dialog.password.selectedText() == "Secreto"
    desk.type(qtbot, RIGHT)
    desk.queue.answer()
    assert desk.dialog is None
    assert desk.queue.tried[-1] == (row.document, RIGHT, False)


def test_pages_that_come_say_that_the_password_was_right(desk, qtbot) -> None:
    row = desk.locked("a")
    desk.table.password_requested.emit([row])
    desk.type(qtbot, RIGHT)
    desk.queue.advanced.emit(None)
    assert desk.dialog is not None
    desk.queue.done = [(row.document, 0.1)]
    desk.queue.advanced.emit(None)
    assert desk.dialog is None


def test_a_password_is_tried_on_all_that_are_locked(desk, qtbot) -> None:
    rows = [desk.locked(name) for name in "abc"]
    desk.table.password_requested.emit(rows)
    assert desk.dialog.all.isVisible()
    assert "2" in desk.dialog.all.text()
    desk.dialog.all.setChecked(True)
    desk.dialog.lasting.setChecked(True)
    desk.type(qtbot, RIGHT)
    assert {one for one, *_ in desk.queue.tried} == {row.document for row in rows}
    assert {(password, lasting) for _, password, lasting in desk.queue.tried} == {(RIGHT, True)}


def test_nothing_is_offered_that_cannot_be(desk) -> None:
    desk.keyring = False
    desk.table.password_requested.emit([desk.locked("a")])
    assert not desk.dialog.lasting.isVisible()
    assert not desk.dialog.all.isVisible()


@pytest.mark.parametrize("why", ["paused", "resting"])
def test_while_the_queue_stands_still_nobody_waits_for_it(desk, qtbot, why) -> None:
    setattr(desk.queue, why, True)
    told: list[str] = []
    desk.desk.told.connect(told.append)
    desk.table.password_requested.emit([desk.locked("a")])
    desk.type(qtbot, RIGHT)
    assert desk.dialog is None
    assert len(told) == len(desk.queue.tried) == 1


def test_the_pages_try_a_password_and_what_waits_for_it_is_indexed(desk, qtbot) -> None:
    row = desk.locked("a")
    desk.pages.password_requested.emit(row.document, "A title")
    desk.type(qtbot, "wrong")
    desk.pages.answer()
    assert desk.dialog.wrong.isVisible()
    assert desk.session.passwords.of(row.document) == ""
    assert desk.queue.tried == []
    desk.type(qtbot, RIGHT)
    desk.pages.answer()
    assert desk.dialog is None
    assert desk.session.passwords.of(row.document) == RIGHT
    assert desk.queue.tried == [(row.document, RIGHT, False)]


def test_a_document_that_is_indexed_already_is_only_shown(desk, qtbot) -> None:
    row = desk.locked("a")
    documents.set_state(desk.db, row.document, DocumentState.READY)
    desk.pages.password_requested.emit(row.document, "A title")
    desk.type(qtbot, RIGHT)
    desk.pages.answer()
    assert desk.queue.tried == []


def test_nobody_has_to_know_the_password(desk, qtbot) -> None:
    desk.table.password_requested.emit([desk.locked("a")])
    qtbot.keyClick(desk.dialog.password, Qt.Key.Key_Escape)
    assert desk.dialog is None
    desk.queue.settled.emit(None)
    assert desk.queue.tried == []


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
