"""Asks for the password of a document, as often as it takes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import IconButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

_WIDTH = 26 * tokens.SPACE_L
_LONGEST = 500  # letters; PDF itself allows 127 bytes


class PasswordDialog(QDialog):
    """Stays until the password is right or nobody wants to go on; the password is kept nowhere.

    `others` is how many more documents wait for a password.

    Signals:
        given: a password, whether it is to be remembered, and whether the others are to be
            tried with it.
    """

    given = Signal(str, bool, bool)

    def __init__(
        self, name: str, *, lasting: bool, others: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Password"))
        self.name = name
        told = self.tr("“{name}” is protected by a password").format(name=plain(name))
        self.told = plain_label(told, "heading")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(_LONGEST)
        self.password.setAccessibleName(self.tr("Password"))
        self.shown = IconButton("eye", self.tr("Show the password"))
        self.shown.setCheckable(True)
        self.wrong = plain_label("", "danger")
        self.wrong.hide()
        self.lasting = QCheckBox(self.tr("Remember it in the keyring of the system"))
        self.lasting.setVisible(lasting)
        self.all = QCheckBox()
        self.all.setText(self.tr("Try it on %n other locked document(s) too", "", others))
        self.all.setVisible(others > 0)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.open_ = QPushButton(self.tr("Unlock"))
        self.open_.setProperty("role", "primary")
        self.open_.setDefault(True)
        self._lay_out()
        self.shown.toggled.connect(self._on_shown)
        self.password.textChanged.connect(self._reflect)
        self.cancel.clicked.connect(self.reject)
        self.open_.clicked.connect(self._on_given)
        self.resize(_WIDTH, self.sizeHint().height())
        self._reflect()
        self.password.setFocus()

    def show_wrong(self) -> None:
        """Say that this was not it, and let it be corrected."""
        words = self.tr("This password does not open the document. Check capitals and keyboard.")
        self.wrong.setText(words)
        self.wrong.show()
        self._trying(trying=False)
        self.resize(self.width(), self.heightForWidth(self.width()))
        self.password.setFocus()
        self.password.selectAll()
        announce.say(self.password, words, urgent=True)

    def _lay_out(self) -> None:
        field = QHBoxLayout()
        field.setSpacing(tokens.SPACE_XS)
        field.addWidget(self.password, 1)
        field.addWidget(self.shown)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.SPACE_S)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.open_)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(self.told)
        column.addLayout(field)
        column.addWidget(self.wrong)
        column.addWidget(self.lasting)
        column.addWidget(self.all)
        column.addStretch(1)
        column.addLayout(buttons)

    def _reflect(self) -> None:
        self.open_.setEnabled(bool(self.password.text()))

    def _trying(self, *, trying: bool) -> None:
        self.password.setReadOnly(trying)
        self.open_.setEnabled(not trying)
        self.open_.setText(self.tr("Trying…") if trying else self.tr("Unlock"))

    def _on_shown(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode
        self.password.setEchoMode(mode.Normal if shown else mode.Password)

    def _on_given(self) -> None:
        password = self.password.text()
        if not password or self.password.isReadOnly():
            return
        self.wrong.hide()
        self._trying(trying=True)
        lasting = self.lasting.isChecked() and self.lasting.isVisibleTo(self)
        self.given.emit(password, lasting, self.all.isChecked() and self.all.isVisibleTo(self))
