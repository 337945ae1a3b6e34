"""What a person is asked in a dialog: which file, and whether really.

Where a path is asked for, there is none if the person would rather not say.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMessageBox, QWidget

from desktop_rag.domain.bundles import ENDING
from desktop_rag.domain.formats import ENDINGS
from desktop_rag.domain.papers import PaperFormat
from desktop_rag.gui.widgets.addresses import LinkTarget
from desktop_rag.gui.widgets.plain_box import plain_box
from desktop_rag.gui.widgets.text import plain
from desktop_rag.library.disk.file_names import safe_name

_LONGEST_NAME = 80  # letters of a title that make the name of a file
_LONGEST = 500  # letters of an address
_TITLE = 60  # letters of a title in the name of a file
_NO_ENDINGS = QFileDialog.Option.HideNameFilterDetails  # of which there are too many to show


def files(parent: QWidget) -> list[Path]:
    """Ask which documents are to be added."""
    title = QCoreApplication.translate("Questions", "Add documents")
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", _kinds(), options=_NO_ENDINGS)
    return [Path(name) for name in names]


def folder(parent: QWidget) -> list[Path]:
    """Ask which folder is to be added."""
    title = QCoreApplication.translate("Questions", "Add a folder of documents")
    return _paths(QFileDialog.getExistingDirectory(parent, title))


def model(parent: QWidget) -> list[Path]:
    """Ask which language model is to write answers."""
    translate = QCoreApplication.translate
    title = translate("Questions", "Choose a language model")
    kinds = translate("Questions", "Language models (*.gguf)")
    return _paths(QFileDialog.getOpenFileName(parent, title, "", kinds)[0])


def new_place(parent: QWidget) -> list[Path]:
    """Ask where a document is now whose file has gone."""
    title = QCoreApplication.translate("Questions", "Where is the document now?")
    kinds = _kinds()
    return _paths(QFileDialog.getOpenFileName(parent, title, "", kinds, options=_NO_ENDINGS)[0])


def paper_place(
    parent: QWidget, title: str, chosen: PaperFormat, *, answer: bool = False
) -> list[Path]:
    """Ask where a conversation, or an answer, is to be written, and as what kind of file.

    A name without an ending that is one gets that of the kind.
    """
    translate = QCoreApplication.translate
    words = translate("Questions", "Export the conversation")
    words = translate("Questions", "Export the answer") if answer else words
    kinds = _paper_kinds()
    proposed = Path.home() / f"{Path(safe_name(title[:_LONGEST_NAME])).stem}{chosen}"
    shown = ";;".join(kinds.values())
    name, kind = QFileDialog.getSaveFileName(parent, words, str(proposed), shown, kinds[chosen])
    ending = next((one for one, shown in kinds.items() if shown == kind), chosen)
    return _ended(parent, name, set(PaperFormat), ending)


def overwrites(parent: QWidget, path: Path) -> bool:
    """Ask whether a file is to be written over that is there already."""
    translate = QCoreApplication.translate
    asked = translate("Questions", "“{name}” is there already. Write over it?")
    title = translate("Questions", "Export")
    box = plain_box(parent, title, asked.format(name=plain(path.name)), "")
    box.setIcon(QMessageBox.Icon.Question)
    over = box.addButton(translate("Questions", "Write over it"), QMessageBox.ButtonRole.YesRole)
    keep = box.addButton(translate("Questions", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.exec()
    return box.clickedButton() is over


def sheet_place(parent: QWidget, title: str) -> list[Path]:
    """Ask where a table of this title is to be written, as a workbook, as text or as a paper."""
    translate = QCoreApplication.translate
    proposed = "".join(sign if sign.isalnum() or sign in " -_" else "_" for sign in title).strip()
    proposed = str(Path.home() / f"{proposed[:_TITLE]}.xlsx")
    words = translate("Questions", "Export the table")
    kinds = {
        translate("Questions", "Excel (*.xlsx)"): ".xlsx",
        translate("Questions", "Text with commas (*.csv)"): ".csv",
        **{shown: str(ending) for ending, shown in _paper_kinds().items()},
    }
    shown = ";;".join(kinds)
    name, kind = QFileDialog.getSaveFileName(parent, words, proposed, shown)
    return _ended(parent, name, set(kinds.values()), kinds.get(kind, ".xlsx"))


def cards_place(parent: QWidget, title: str) -> list[Path]:
    """Ask where study questions are to be written; a name without an ending is Anki's."""
    translate = QCoreApplication.translate
    words = translate("Questions", "Export the study questions")
    kinds = (
        translate("Questions", "Deck for Anki (*.apkg)"),
        translate("Questions", "Table for spreadsheets (*.csv)"),
    )
    proposed = str(Path.home() / f"{Path(safe_name(title[:_LONGEST_NAME])).stem}.apkg")
    name, kind = QFileDialog.getSaveFileName(parent, words, proposed, ";;".join(kinds))
    return _ended(parent, name, {".apkg", ".csv"}, ".csv" if kind == kinds[1] else ".apkg")


def names_place(parent: QWidget, title: str) -> list[Path]:
    """Ask where a list of names is to be written."""
    words = QCoreApplication.translate("Questions", "Export the list")
    kinds = QCoreApplication.translate("Questions", "Table for spreadsheets (*.csv)")
    proposed = str(Path.home() / f"{Path(safe_name(title[:_LONGEST_NAME])).stem}.csv")
    name, _ = QFileDialog.getSaveFileName(parent, words, proposed, kinds)
    return _ended(parent, name, {".csv"}, ".csv")


class Extras(NamedTuple):
    """What goes with a library besides its text: the documents themselves, folders and times."""

    originals: bool
    places: bool


def extras(parent: QWidget, name: str) -> Extras | None:
    """Ask what goes with a library; None where nothing is exported."""
    translate = QCoreApplication.translate
    asked = translate("Questions", "Export “{name}” with its documents?").format(name=name)
    told = translate(
        "Questions",
        "With them, pages can be shown on another machine. Without them the file is smaller; "
        "searching and asking work all the same. Either way it carries their text, titles, "
        "authors and file names, and the conversations.",
    )
    box = plain_box(parent, translate("Questions", "Export the library"), asked, told)
    box.setIcon(QMessageBox.Icon.Question)
    places = QCheckBox(translate("Questions", "Say also folders and times"), box)
    box.setCheckBox(places)
    having = box.addButton(translate("Questions", "With them"), QMessageBox.ButtonRole.YesRole)
    lacking = box.addButton(translate("Questions", "Without them"), QMessageBox.ButtonRole.NoRole)
    box.addButton(translate("Questions", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(having)
    box.exec()
    chosen = box.clickedButton()
    if chosen not in {having, lacking}:
        return None
    return Extras(chosen is having, places.isChecked())


def bundle_place(parent: QWidget, name: str) -> list[Path]:
    """Ask where a library is to be written."""
    title = QCoreApplication.translate("Questions", "Export the library")
    proposed = str(Path.home() / f"{Path(safe_name(name)).stem}{ENDING}")
    return _paths(QFileDialog.getSaveFileName(parent, title, proposed, f"*{ENDING}")[0])


def bundle(parent: QWidget) -> list[Path]:
    """Ask which library is to be brought in."""
    title = QCoreApplication.translate("Questions", "Import a library")
    kinds = QCoreApplication.translate("Questions", "Exported libraries (*.ragx)")
    return _paths(QFileDialog.getOpenFileName(parent, title, "", kinds)[0])


def references(parent: QWidget) -> list[Path]:
    """Ask which list of references is to be brought in."""
    translate = QCoreApplication.translate
    title = translate("Questions", "Import references")
    kinds = translate("Questions", "References (*.bib *.ris *.json);;All files (*)")
    return _paths(QFileDialog.getOpenFileName(parent, title, "", kinds)[0])


def zotero_folder(parent: QWidget) -> list[Path]:
    """Ask which folder Zotero keeps its library in."""
    title = QCoreApplication.translate("Questions", "The folder with zotero.sqlite")
    proposed = Path.home() / "Zotero"
    start = str(proposed if proposed.is_dir() else Path.home())
    return _paths(QFileDialog.getExistingDirectory(parent, title, start))


class Following(Enum):
    """What is to be done with a Zotero library that is followed."""

    LOOK = auto()
    STOP = auto()
    NOTHING = auto()


def following(parent: QWidget, name: str, folders: str) -> Following:
    """Ask what is to be done with the Zotero library that a library follows."""
    translate = QCoreApplication.translate
    asked = translate("Questions", "“{name}” follows Zotero in {folders}.")
    told = translate("Questions", "What comes and goes there does so here, with its references.")
    box = plain_box(
        parent,
        translate("Questions", "Zotero"),
        asked.format(name=name, folders=folders),
        told,
    )
    look = box.addButton(translate("Questions", "Look now"), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(
        translate("Questions", "Stop following"), QMessageBox.ButtonRole.DestructiveRole
    )
    close = box.addButton(translate("Questions", "Close"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(close)
    box.exec()
    chosen = box.clickedButton()
    if chosen is look:
        return Following.LOOK
    return Following.STOP if chosen is stop else Following.NOTHING


def originals_folder(parent: QWidget) -> list[Path]:
    """Ask where the documents that come with a library are to be kept."""
    title = QCoreApplication.translate("Questions", "Where are its documents to be kept?")
    return _paths(QFileDialog.getExistingDirectory(parent, title))


def watched_folder(parent: QWidget) -> list[Path]:
    """Ask which folder is to be watched."""
    title = QCoreApplication.translate("Questions", "Watch a folder")
    return _paths(QFileDialog.getExistingDirectory(parent, title))


def leaves(parent: QWidget) -> bool:
    """Ask whether to leave while documents are being indexed."""
    translate = QCoreApplication.translate
    box = plain_box(
        parent,
        translate("Questions", "Leave Desktop RAG"),
        translate("Questions", "Documents are still being indexed"),
        translate("Questions", "Nothing is lost: it goes on when you open the program again."),
    )
    box.setIcon(QMessageBox.Icon.Question)
    leave = box.addButton(translate("Questions", "Leave"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(translate("Questions", "Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leave)
    box.exec()
    return box.clickedButton() is leave


def opens(parent: QWidget, target: LinkTarget) -> bool:
    """Ask whether to open an address, which may be a stranger's, outside of the program.

    Whom it belongs to stands first: a long address may begin with what looks like a host.
    """
    translate = QCoreApplication.translate
    owner = translate("Questions", "It leads to {host}").format(host=target.owner[:_LONGEST])
    box = plain_box(
        parent,
        translate("Questions", "Open an address"),
        translate("Questions", "Open this address in your browser?"),
        f"{owner}\n\n{target.address[:_LONGEST]}",
    )
    opening = box.addButton(translate("Questions", "Open"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(translate("Questions", "Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is opening


def _kinds() -> str:
    """Return what a dialog shows: all that can be read, PDFs alone, or everything."""
    translate = QCoreApplication.translate
    endings = " ".join(f"*{ending}" for ending in ENDINGS)
    return ";;".join(
        (
            translate("Questions", "Documents ({endings})").format(endings=endings),
            translate("Questions", "PDF files (*.pdf)"),
            translate("Questions", "All files (*)"),
        )
    )


def _paper_kinds() -> dict[PaperFormat, str]:
    translate = QCoreApplication.translate
    return {
        PaperFormat.WORD: translate("Questions", "Word document (*.docx)"),
        PaperFormat.PDF: translate("Questions", "PDF document (*.pdf)"),
        PaperFormat.MARKDOWN: translate("Questions", "Markdown (*.md)"),
    }


def _ended(parent: QWidget, name: str, endings: Collection[str], ending: str) -> list[Path]:
    """Return a path with one of these endings; an added one may be that of a file that is there."""
    if not name or Path(name).suffix.lower() in endings:
        return _paths(name)
    path = Path(f"{name}{ending}")
    return [path] if not path.exists() or overwrites(parent, path) else []


def _paths(name: str) -> list[Path]:
    return [Path(name)] if name else []
