"""Errors in the user's words: what happened, and what to do now.

No Qt here, so that the command line speaks the same words: whoever calls
brings `translate`. lupdate finds the literals all the same.

Each group of errors has a function that finds their words; the facts are
filled in afterwards, by the names they have in the error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_rag.domain.errors import (
    DataLocked,
    DataUnreadable,
    DiskFull,
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
    DocumentUnknown,
    DocumentUnreadable,
    DocumentWithoutPages,
    DocumentWithoutText,
    EmbedderDamaged,
    LibraryUnknown,
    ModelMissing,
    ModelTooLarge,
    ModelUnusable,
    NothingToIndex,
    QuestionsUnusable,
    QuestionTooLong,
    RagError,
    UnsupportedFile,
    WorkerDied,
)
from desktop_rag.domain.generation import Unusable


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for the message bar, and the text behind its Details button."""

    title: str
    advice: str


Translate = Callable[[str, str], str]
Words = tuple[str, str] | None


def notice_for(error: RagError | None, translate: Translate) -> Notice:
    """Say what happened; `None` is an error nobody expected."""
    title, advice = (
        _of_file(error, translate)
        or _of_content(error, translate)
        or _of_data(error, translate)
        or _of_library(error, translate)
        or _of_model(error, translate)
        or (
            translate("Notices", "Something went wrong."),
            translate("Notices", "Please report it, together with the details."),
        )
    )
    facts = _facts(error)
    return Notice(title.format(**facts), advice.format(**facts))


def sentence(error: RagError | None, translate: Translate) -> str:
    """Say what happened and what to do in one plain line, whatever a file is called."""
    notice = notice_for(error, translate)
    text = f"{notice.title} {notice.advice}"
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _facts(error: RagError | None) -> dict[str, object]:
    match error:
        case None:
            return {}
        case DocumentTooSlow(name=name, page=page):
            return {"name": name, "number": page + 1}
        case LibraryUnknown(name=name, known=known):
            return {"name": name, "known": ", ".join(f"“{other}”" for other in known)}
        case _:
            return vars(error)


def _of_file(error: RagError | None, translate: Translate) -> Words:
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


def _of_content(error: RagError | None, translate: Translate) -> Words:
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


def _of_data(error: RagError | None, translate: Translate) -> Words:
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
        case DiskFull():
            return (
                translate("Notices", "The disk is full."),
                translate(
                    "Notices",
                    "Nothing more fits at “{path}”. Free some space, then try again: "
                    "what was saved is still there.",
                ),
            )
        case EmbedderDamaged():
            return (
                translate("Notices", "Files that search needs are missing or damaged."),
                translate("Notices", "Install Desktop RAG again; they belong at “{path}”."),
            )
        case WorkerDied():
            return (
                translate("Notices", "A background task stopped unexpectedly."),
                translate("Notices", "Try again; nothing that was saved is lost."),
            )
        case _:
            return None


def _of_library(error: RagError | None, translate: Translate) -> Words:
    match error:
        case NothingToIndex():
            return (
                translate("Notices", "There is no PDF at “{path}”."),
                translate("Notices", "Choose a PDF, or a folder that holds some."),
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
        case QuestionsUnusable():
            return (
                translate("Notices", "The questions in “{path}” cannot be read."),
                translate("Notices", "Correct line {line}, then try again."),
            )
        case _:
            return None


def _of_model(error: RagError | None, translate: Translate) -> Words:
    match error:
        case ModelMissing():
            return (
                translate("Notices", "There is no language model at “{path}”."),
                translate("Notices", "Check where it is, or choose another one."),
            )
        case ModelUnusable(reason=reason):
            return (
                translate("Notices", "“{path}” cannot be used as a language model."),
                _model_advice(reason, translate),
            )
        case ModelTooLarge():
            return (
                translate("Notices", "“{model}” does not fit in memory."),
                translate(
                    "Notices",
                    "It needs {needed_gib:.1f} GiB; {free_gib:.1f} GiB are free. "
                    "Close other programs, or choose a smaller model.",
                ),
            )
        case QuestionTooLong():
            return (
                translate("Notices", "The question is too long."),
                translate(
                    "Notices",
                    "It takes {tokens} of the {context_tokens} tokens that the language model "
                    "can hold. Shorten it, or raise that number in the settings.",
                ),
            )
        case _:
            return None


def _model_advice(reason: str, translate: Translate) -> str:
    advice = {
        Unusable.NOT_GGUF: translate("Notices", "It is not a GGUF file. Choose one that is."),
        Unusable.OLD_VERSION: translate(
            "Notices", "It is in an old format. Get a newer file of the model."
        ),
        Unusable.VOCABULARY_ONLY: translate(
            "Notices", "It holds only a vocabulary. Choose the model itself."
        ),
        Unusable.TRUNCATED: translate("Notices", "It is not complete. Download it again."),
        Unusable.NOT_A_WRITER: translate(
            "Notices", "It does not write text. Choose a model for conversation."
        ),
        Unusable.OUT_OF_MEMORY: translate(
            "Notices", "Memory ran out. Close other programs, or choose a smaller model."
        ),
    }
    damaged = translate("Notices", "It is damaged. Download it again, or choose another one.")
    return {str(key): words for key, words in advice.items()}.get(reason, damaged)
