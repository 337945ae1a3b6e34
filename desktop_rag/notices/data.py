"""What is said of the data, the libraries, and the processes behind the window."""

from __future__ import annotations

from desktop_rag.domain.errors import (
    BundleUnusable,
    CardsLacking,
    ConversationUnknown,
    DatabaseDamaged,
    DatabaseNewer,
    DataLocked,
    DataUnreadable,
    DiskFull,
    DocumentUnknown,
    EmbedderDamaged,
    ExportUnreadable,
    LibraryUnknown,
    MemoryExceeded,
    NothingToIndex,
    PaperKindUnknown,
    PaperUnwritable,
    QuestionsUnusable,
    RagError,
    SheetKindUnknown,
    StoreDamaged,
    TableUnknown,
    WorkerDied,
    WorkerStoodStill,
)
from desktop_rag.notices.words import Translate, Words


def of_data(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with the data and the processes, if it is that."""
    return (
        _of_damage(error, translate) or _of_disk(error, translate) or _of_program(error, translate)
    )


def _of_damage(error: RagError | None, translate: Translate) -> Words:
    match error:
        case DatabaseNewer():
            return translate(
                "Notices", "A newer version of Desktop RAG has written the data in “{path}”."
            ), _way_back(error, translate)
        case DatabaseDamaged():
            return translate(
                "Notices", "The database in “{path}” is damaged ({reason})."
            ), _way_back(error, translate)
        case StoreDamaged():
            return (
                translate("Notices", "Part of what is searched is damaged or missing."),
                translate(
                    "Notices",
                    "It is made again from what was read of your documents: ask again in a moment.",
                ),
            )
        case _:
            return None


def _of_disk(error: RagError | None, translate: Translate) -> Words:
    match error:
        case DataLocked():
            return (
                translate("Notices", "Another window or command is using your documents."),
                translate("Notices", "Close it or wait until it has finished, then try again."),
            )
        case DataUnreadable():
            return (
                translate("Notices", "The data in “{path}” cannot be used ({reason})."),
                translate(
                    "Notices",
                    "Check that the folder can be read and written, and that Desktop RAG is up to "
                    "date.",
                ),
            )
        case DiskFull(path=path):
            return translate("Notices", "The disk is full."), _room_wanted(path, translate)
        case CardsLacking():
            return (
                translate("Notices", "There are no study questions to write to a file."),
                translate("Notices", "Ask for study questions first."),
            )
        case _:
            return None


def _of_program(error: RagError | None, translate: Translate) -> Words:
    match error:
        case EmbedderDamaged():
            return (
                translate("Notices", "Files that search needs are missing or damaged."),
                translate("Notices", "Install Desktop RAG again; they belong at “{path}”."),
            )
        case WorkerDied():
            return _of_death(error, translate)
        case _:
            return None


def _of_death(error: WorkerDied, translate: Translate) -> Words:
    match error:
        case MemoryExceeded(worker="generating"):
            return (
                translate(
                    "Notices",
                    "The language model took more than {gib:.1f} GiB of memory and was stopped.",
                ),
                translate(
                    "Notices",
                    "Your conversations are kept. Ask again; if it happens again, choose a "
                    "smaller model.",
                ),
            )
        case MemoryExceeded():
            return (
                translate(
                    "Notices",
                    "A background task took more than {gib:.1f} GiB of memory and was stopped.",
                ),
                translate(
                    "Notices",
                    "Nothing that was saved is lost. Try again with less at once, or with a "
                    "smaller model.",
                ),
            )
        case _:
            return (
                translate("Notices", "A background task stood still and was ended.")
                if isinstance(error, WorkerStoodStill)
                else translate("Notices", "A background task stopped unexpectedly."),
                translate("Notices", "Try again; nothing that was saved is lost."),
            )


def _way_back(error: DatabaseDamaged, translate: Translate) -> str:
    if isinstance(error, DatabaseNewer):
        if not error.copy:
            return translate("Notices", "Update this one.")
        return translate(
            "Notices", "Update this one, or go back to the copy of {copy}: the newer file is kept."
        )
    if not error.copy:
        return translate(
            "Notices",
            "Begin anew and add your documents again, which is quick as they were read already: "
            "the damaged file is kept.",
        )
    return translate("Notices", "Go back to the copy of {copy}: the damaged file is kept.")


def _room_wanted(path: str, translate: Translate) -> str:
    """Say what to do about a full disk; not everybody who meets one knows where."""
    if path:
        return translate(
            "Notices",
            "Nothing more fits at “{path}”. Free some space, then try again: "
            "what was saved is still there.",
        )
    return translate("Notices", "Free some space, then try again: what was saved is still there.")


def of_library(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with a library or its documents, if it is that."""
    match error:
        case NothingToIndex():
            return (
                translate("Notices", "There is no document at “{path}” that can be read."),
                translate(
                    "Notices",
                    "Choose a PDF, a Word or other document, or a folder that holds some.",
                ),
            )
        case LibraryUnknown(known=()):
            return (
                translate("Notices", "There is no library “{name}”."),
                translate("Notices", "There are none yet: add documents to make the first."),
            )
        case LibraryUnknown():
            return (
                translate("Notices", "There is no library “{name}”."),
                translate("Notices", "Choose one of these: {known}."),
            )
        case DocumentUnknown():
            return (
                translate("Notices", "“{path}” is not in the library “{library}”."),
                translate("Notices", "Choose a document that is, or add this one first."),
            )
        case _:
            return _of_questions(error, translate)


def _of_questions(error: RagError | None, translate: Translate) -> Words:
    match error:
        case QuestionsUnusable():
            return (
                translate("Notices", "The questions in “{path}” cannot be read."),
                translate("Notices", "Correct line {line}, then try again."),
            )
        case SheetKindUnknown():
            return (
                translate("Notices", "“{path}” is no kind of file that a table can be written to."),
                translate(
                    "Notices", "Give it a name that ends in .xlsx, .csv, .docx, .pdf or .md."
                ),
            )
        case TableUnknown():
            return (
                translate("Notices", "The table “{title}” is no longer there."),
                translate("Notices", "Make it again; its documents were not touched."),
            )
        case _:
            return None


def of_paper(error: RagError | None, translate: Translate) -> Words:
    """Say why an answer or a conversation cannot be taken away, if it is that."""
    match error:
        case PaperUnwritable():
            return (
                translate("Notices", "The file “{path}” cannot be written ({reason})."),
                translate(
                    "Notices",
                    "Close it where it is open, or choose another place: what was there is as it "
                    "was.",
                ),
            )
        case PaperKindUnknown():
            return (
                translate("Notices", "“{path}” is no kind of file that can be written."),
                translate("Notices", "Give it a name that ends in .docx, .pdf or .md."),
            )
        case ConversationUnknown(name=""):
            return (
                translate("Notices", "The library “{library}” has no conversations."),
                translate("Notices", "Ask it something in the window first."),
            )
        case ConversationUnknown():
            return (
                translate("Notices", "There is no conversation “{name}” in “{library}”."),
                translate("Notices", "Give its title, or its number: 1 is the last one."),
            )
        case _:
            return None


def of_bundle(error: RagError | None, translate: Translate) -> Words:
    """Say what is wrong with a file that is to hold a library, if it is that."""
    if isinstance(error, ExportUnreadable):
        return (
            translate("Notices", "The file “{path}” could not be read back, and was removed."),
            translate(
                "Notices", "Export the library again, to another disk if it happens once more."
            ),
        )
    if not isinstance(error, BundleUnusable):
        return None
    match error.reason:
        case "unreadable":
            advice = translate("Notices", "Check that the file is there and that you may read it.")
        case "foreign":
            advice = translate("Notices", "Choose a file that Desktop RAG has exported.")
        case "newer":
            advice = translate(
                "Notices", "A newer version has written it: update Desktop RAG first."
            )
        case _:
            advice = translate(
                "Notices", "It is damaged. Export the library again, or copy it anew."
            )
    return translate("Notices", "No library can be brought in from “{path}”."), advice
