"""What is said of a file that cannot be indexed or shown."""

from __future__ import annotations

from desktop_rag.domain.errors import (
    DocumentBlank,
    DocumentBroken,
    DocumentChanged,
    DocumentEmpty,
    DocumentFatal,
    DocumentLocked,
    DocumentMissing,
    DocumentTooSlow,
    DocumentUndrawable,
    DocumentUnexplained,
    DocumentUnreadable,
    DocumentWithoutPages,
    DocumentWithoutText,
    RagError,
    UnsupportedFile,
)
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
        case DocumentChanged():
            return (
                translate("Notices", "“{name}” changed while it was read."),
                translate("Notices", "Add it again once it is completely saved or downloaded."),
            )
        case UnsupportedFile():
            return (
                translate("Notices", "“{name}” is not a PDF."),
                translate("Notices", "Save it as a PDF, then add that."),
            )
        case _:
            return None


def of_content(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with what is in it, if it is that."""
    match error:
        case DocumentLocked():
            return (
                translate("Notices", "“{name}” is protected by a password."),
                translate(
                    "Notices",
                    "Save a copy without the password in your PDF program, then add that.",
                ),
            )
        case DocumentWithoutText():
            return (
                translate("Notices", "“{name}” has no text to search."),
                translate(
                    "Notices",
                    "It looks scanned. Run text recognition (OCR) on it in another program, then "
                    "add it again.",
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
            return _of_damage(error, translate)


def _of_damage(error: RagError | None, translate: Translate) -> Words:
    match error:
        case DocumentBroken():
            return (
                translate("Notices", "“{name}” cannot be read as a PDF."),
                translate(
                    "Notices",
                    "It is damaged, or a file of another kind. Get another copy of it, then add "
                    "that.",
                ),
            )
        case DocumentWithoutPages():
            return (
                translate("Notices", "“{name}” has no pages."),
                translate("Notices", "Get a complete copy of it, then add that."),
            )
        case DocumentTooSlow():
            return (
                translate("Notices", "“{name}” takes too long to read."),
                translate(
                    "Notices",
                    "Reading stopped at page {number}. Allow more time per page in the settings, "
                    "or save the file anew in your PDF program and add that.",
                ),
            )
        case _:
            return _of_reading(error, translate)


def _of_reading(error: RagError | None, translate: Translate) -> Words:
    match error:
        case DocumentUnexplained():
            return (
                translate("Notices", "“{name}” could not be indexed."),
                translate(
                    "Notices",
                    "Something unexpected happened while it was read; the other documents are not "
                    "affected. Save it anew in your PDF program, then add that.",
                ),
            )
        case DocumentFatal():
            return (
                translate("Notices", "“{name}” was left out."),
                translate(
                    "Notices",
                    "Two attempts to read it broke off; the other documents are not affected. "
                    "Save it anew in your PDF program, then add that.",
                ),
            )
        case DocumentUndrawable():
            return (
                translate("Notices", "Opening “{name}” took too long, or broke off."),
                translate(
                    "Notices",
                    "The other documents are not affected. Try again, or save it anew in your PDF "
                    "program and add that.",
                ),
            )
        case _:
            return None
