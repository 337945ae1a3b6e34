"""What is said of a file that cannot be indexed or shown."""

from __future__ import annotations

from desktop_rag.domain.errors import (
    DocumentBlank,
    DocumentBroken,
    DocumentChanged,
    DocumentCutShort,
    DocumentEmpty,
    DocumentFatal,
    DocumentLocked,
    DocumentMissing,
    DocumentSealed,
    DocumentTooLarge,
    DocumentTooSlow,
    DocumentUndrawable,
    DocumentUnexplained,
    DocumentUnread,
    DocumentUnreadable,
    DocumentWithoutPages,
    DocumentWithoutText,
    FormNotShown,
    PagesLeftOut,
    PasswordWrong,
    RagError,
    RecognitionDataMissing,
    UnsupportedFile,
)
from desktop_rag.domain.formats import ending_of
from desktop_rag.domain.limits import CutUnit
from desktop_rag.notices.words import Translate, Words


def of_file(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with the file itself, if it is that."""
    match error:
        case DocumentMissing():
            return (
                translate("Notices", "“{name}” was not found."),
                translate("Notices", "If it was moved or renamed, add it from its new place."),
            )
        case DocumentUnreadable():
            return (
                translate("Notices", "“{name}” cannot be opened."),
                translate("Notices", "Check that you may read it, then add it again."),
            )
        case DocumentEmpty():
            return (
                translate("Notices", "“{name}” is an empty file."),
                translate("Notices", "Get a complete copy of it, then add it again."),
            )
        case UnsupportedFile():
            return (
                translate("Notices", "“{name}” is a kind of file that cannot be read."),
                translate(
                    "Notices",
                    "Save it as PDF or DOCX in the program that it is from, then add that.",
                ),
            )
        case _:
            return _of_moment(error, translate)


def _of_moment(error: RagError | None, translate: Translate) -> Words:
    match error:
        case DocumentChanged():
            return (
                translate("Notices", "“{name}” changed while it was read."),
                translate("Notices", "Add it again once it is completely saved or downloaded."),
            )
        case DocumentUnread():
            return (
                translate("Notices", "“{name}” has not been read yet."),
                translate("Notices", "Ask again once it is ready."),
            )
        case _:
            return None


def of_content(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with what is in it, if it is that."""
    match error:
        case PasswordWrong():
            return (
                translate("Notices", "That password does not open “{name}”."),
                translate("Notices", "Give another one; capital and small letters are different."),
            )
        case DocumentLocked():
            return (
                translate("Notices", "“{name}” is protected by a password."),
                translate("Notices", "Give its password, or add a copy that has none."),
            )
        case DocumentSealed():
            return (
                translate("Notices", "“{name}” is protected and cannot be read here."),
                translate(
                    "Notices",
                    "Save a copy without the password in the program that it is from, then add "
                    "that. A book that only its shop's reader opens cannot be read.",
                ),
            )
        case DocumentWithoutText():
            return (
                translate("Notices", "“{name}” has no text to search."),
                translate(
                    "Notices",
                    "If it is scanned, switch on text recognition in the settings, or add a "
                    "sharper copy.",
                ),
            )
        case DocumentBlank():
            return (
                translate("Notices", "“{name}” is blank."),
                translate(
                    "Notices",
                    "Its pages hold neither text nor pictures. Check that it is the file you "
                    "meant.",
                ),
            )
        case _:
            return _of_recognition(error, translate) or _of_damage(error, translate)


def _of_recognition(error: RagError | None, translate: Translate) -> Words:
    match error:
        case RecognitionDataMissing():
            return (
                translate(
                    "Notices",
                    "“{name}” holds pictures of text, and the data to recognize it is missing "
                    "({languages}).",
                ),
                translate(
                    "Notices",
                    "Get it in the settings under “Reading documents”, with `desktop-rag languages "
                    "get {codes}`, or install it with your system.",
                ),
            )
        case PagesLeftOut(name=name):
            return (
                translate("Notices", "Some pages of “{name}” could not be read."),
                translate("Notices", "All are searched but these: {numbers}.")
                + f" {_saved_anew(name, translate)}",
            )
        case DocumentCutShort(cut=(unit, _)):
            return (
                translate("Notices", "“{name}” was read up to row {taken}; the rest was left out.")
                if unit == CutUnit.ROWS
                else translate(
                    "Notices", "“{name}” was read up to page {taken}; the rest was left out."
                ),
                translate("Notices", "To have the rest too, divide it into files and add those."),
            )
        case _:
            return None


def _of_damage(error: RagError | None, translate: Translate) -> Words:
    match error:
        case DocumentBroken():
            return (
                translate("Notices", "“{name}” cannot be read."),
                translate(
                    "Notices",
                    "It is damaged, or not what its name says. Get another copy of it, then add "
                    "that.",
                ),
            )
        case DocumentTooLarge():
            return (
                translate("Notices", "“{name}” is too large to be read."),
                translate(
                    "Notices",
                    "It holds more than can be read as one document. Divide it into several "
                    "files, then add those.",
                ),
            )
        case DocumentWithoutPages():
            return (
                translate("Notices", "“{name}” has no pages."),
                translate("Notices", "Get a complete copy of it, then add that."),
            )
        case FormNotShown():
            return (
                translate("Notices", "“{name}” is a form that only Adobe Reader can show."),
                translate(
                    "Notices",
                    "Open it in Adobe Reader, print it to a PDF file there, and add that one.",
                ),
            )
        case DocumentTooSlow(name=name):
            return (
                translate("Notices", "“{name}” takes too long to read."),
                translate(
                    "Notices",
                    "Reading stopped at page {number}. Allow more time per page in the settings.",
                )
                + f" {_saved_anew(name, translate)}",
            )
        case _:
            return _of_reading(error, translate)


def _of_reading(error: RagError | None, translate: Translate) -> Words:
    match error:
        case DocumentUnexplained(name=name):
            return (
                translate("Notices", "“{name}” could not be indexed."),
                translate(
                    "Notices",
                    "Something unexpected happened while it was read; the other documents are not "
                    "affected.",
                )
                + f" {_saved_anew(name, translate)}",
            )
        case DocumentFatal(name=name):
            return (
                translate("Notices", "“{name}” was left out."),
                translate(
                    "Notices",
                    "Two attempts to read it broke off; the other documents are not affected.",
                )
                + f" {_saved_anew(name, translate)}",
            )
        case DocumentUndrawable(name=name):
            return (
                translate("Notices", "Opening “{name}” took too long, or broke off."),
                translate("Notices", "The other documents are not affected. Try again.")
                + f" {_saved_anew(name, translate)}",
            )
        case _:
            return None


def _saved_anew(name: str, translate: Translate) -> str:
    """Say how a file of that name may become one that can be read."""
    if ending_of(name) == ".pdf":
        return translate("Notices", "If need be, save it anew in your PDF program, then add that.")
    return translate(
        "Notices",
        "If need be, save it anew in the program that it is from, or divide it, then add that.",
    )
