"""What is said of lists of references that cannot be read."""

from __future__ import annotations

from desktop_rag.domain.errors import RagError, ReferencesUnusable
from desktop_rag.notices.words import Translate, Words


def of_references(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with a file of references or a Zotero library, if it is that."""
    if not isinstance(error, ReferencesUnusable):
        return None
    return _of_zotero(error, translate) or _of_file(error, translate)


def _of_file(error: ReferencesUnusable, translate: Translate) -> tuple[str, str]:
    match error.reason:
        case "unreadable":
            return (
                translate("Notices", "“{name}” cannot be opened."),
                translate("Notices", "Check that the file is there and that you may read it."),
            )
        case "large":
            return (
                translate("Notices", "“{name}” is too large for a list of references."),
                translate("Notices", "Export fewer of them at once; 32 MB are read."),
            )
        case "foreign":
            return (
                translate("Notices", "“{name}” is no list of references."),
                translate("Notices", "Choose a file of BibTeX, RIS or CSL-JSON."),
            )
        case _:
            return (
                translate("Notices", "No reference could be read from “{name}”."),
                translate("Notices", "Export it again from the program that it comes from."),
            )


def _of_zotero(error: ReferencesUnusable, translate: Translate) -> Words:
    match error.reason:
        case "missing":
            return (
                translate("Notices", "There is no Zotero library in “{name}”."),
                translate(
                    "Notices",
                    "Choose the folder with zotero.sqlite; Zotero shows it in its settings, under "
                    "“Files and Folders”.",
                ),
            )
        case "busy":
            return (
                translate("Notices", "Zotero is writing to its library “{name}” just now."),
                translate("Notices", "Try again in a moment, or close Zotero."),
            )
        case "damaged":
            return (
                translate("Notices", "The Zotero library “{name}” is damaged."),
                translate("Notices", "Open it with Zotero, which offers its last copy."),
            )
        case "no_zotero":
            return (
                translate("Notices", "“{name}” has a database, but it is not Zotero's."),
                translate("Notices", "Choose the folder that Zotero keeps its library in."),
            )
        case _:
            return None
