"""What a person is asked in a dialog: which file, and whether really.

Where a path is asked for, there is none if the person would rather not say.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

_LONGEST = 500  # letters of an address


def pdfs(parent: QWidget) -> list[Path]:
    """Ask which PDFs are to be added."""
    translate = QCoreApplication.translate
    title = translate("Questions", "Add PDFs")
    kinds = translate("Questions", "PDF files (*.pdf)")
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def folder(parent: QWidget) -> list[Path]:
    """Ask which folder is to be added."""
    title = QCoreApplication.translate("Questions", "Add a folder of PDFs")
    return _paths(QFileDialog.getExistingDirectory(parent, title))


def model(parent: QWidget) -> list[Path]:
    """Ask which language model is to write answers."""
    translate = QCoreApplication.translate
    title = translate("Questions", "Choose a language model")
    kinds = translate("Questions", "Language models (*.gguf)")
    return _paths(QFileDialog.getOpenFileName(parent, title, "", kinds)[0])


def new_place(parent: QWidget) -> list[Path]:
    """Ask where a document is now whose file has gone."""
    translate = QCoreApplication.translate
    title = translate("Questions", "Where is the document now?")
    kinds = translate("Questions", "PDF files (*.pdf)")
    return _paths(QFileDialog.getOpenFileName(parent, title, "", kinds)[0])


def place_for(parent: QWidget, title: str) -> list[Path]:
    """Ask where a conversation of this title is to be written."""
    proposed = "".join(sign if sign.isalnum() or sign in " -_" else "_" for sign in title).strip()
    words = QCoreApplication.translate("Questions", "Export the conversation")
    return _paths(QFileDialog.getSaveFileName(parent, words, f"{proposed}.md", "*.md")[0])


def leaves(parent: QWidget) -> bool:
    """Ask whether to leave while documents are being indexed."""
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("Questions", "Leave Desktop RAG"))
    box.setText(translate("Questions", "Documents are still being indexed"))
    box.setInformativeText(
        translate("Questions", "Nothing is lost: it goes on when you open the program again.")
    )
    leave = box.addButton(translate("Questions", "Leave"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(translate("Questions", "Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leave)
    box.exec()
    return box.clickedButton() is leave


def opens(parent: QWidget, address: str) -> bool:
    """Ask whether to open an address, which may be a stranger's, outside of the program."""
    translate = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setWindowTitle(translate("Questions", "Open an address"))
    box.setText(translate("Questions", "Open this address in your browser?"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(address[:_LONGEST])
    opening = box.addButton(translate("Questions", "Open"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(translate("Questions", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is opening


def _paths(name: str) -> list[Path]:
    return [Path(name)] if name else []
