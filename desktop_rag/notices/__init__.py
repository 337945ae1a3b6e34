"""Errors in the user's words: what happened, and what to do now.

No Qt here, so that the command line speaks the same words: whoever calls
brings `translate`. lupdate finds the literals all the same.

Each group of errors has a function that finds their words; the facts are
filled in afterwards, by the names they have in the error.

    documents   files that cannot be indexed or shown
    models      models: their files, and getting them
    hub_faults  why nothing comes from a hub
    data        the data, the libraries, the processes behind the window
    passed_over files of a folder that are no documents
    references  lists of references, and Zotero
    answers     how far what was written is borne out, and why
    papers      what papers say besides answers
    tables      what cells of tables say, and a table to take away
    words       somebody who translates, and what comes of it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_rag.domain.errors import (
    DocumentCutShort,
    DocumentTooSlow,
    EmbedderUnknown,
    LibraryUnknown,
    ModelUnknown,
    PagesLeftOut,
    RagError,
    RecognitionDataMissing,
)
from desktop_rag.domain.unicode_text import readable
from desktop_rag.notices.data import of_bundle, of_data, of_library, of_paper
from desktop_rag.notices.documents import of_content, of_file
from desktop_rag.notices.models import of_encoder, of_hub, of_model, of_models
from desktop_rag.notices.references import of_references
from desktop_rag.notices.words import Translate

_MOST_NUMBERS = 20  # of pages, in one sentence


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for the message bar, and the text behind its Details button."""

    title: str
    advice: str


def notice_for(error: RagError | None, translate: Translate) -> Notice:
    """Say what happened; `None` is an error nobody expected."""
    title, advice = (
        of_file(error, translate)
        or of_content(error, translate)
        or of_data(error, translate)
        or of_library(error, translate)
        or of_bundle(error, translate)
        or of_paper(error, translate)
        or of_references(error, translate)
        or of_model(error, translate)
        or of_encoder(error, translate)
        or of_models(error, translate)
        or of_hub(error, translate)
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
    text = readable(f"{notice.title} {notice.advice}")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _facts(error: RagError | None) -> dict[str, object]:
    match error:
        case DocumentTooSlow(name=name, page=page):
            return {"name": name, "number": page + 1}
        case DocumentCutShort(name=name, cut=(_, taken)):
            return {"name": name, "taken": taken}
        case PagesLeftOut(name=name, pages=pages):
            return {"name": name, "numbers": _numbers(pages)}
        case RecognitionDataMissing(name=name, languages=languages):
            shown, codes = ", ".join(languages), " ".join(languages)
            return {"name": name, "languages": shown, "codes": codes}
        case LibraryUnknown(known=known) | ModelUnknown(known=known) | EmbedderUnknown(known=known):
            return vars(error) | {"known": ", ".join(f"“{other}”" for other in known)}
        case _:
            return vars(error) if error else {}


def _numbers(pages: Sequence[int]) -> str:
    """Return page numbers as people count them, not all of very many."""
    shown = ", ".join(str(page + 1) for page in pages[:_MOST_NUMBERS])
    return shown + ("…" if len(pages) > _MOST_NUMBERS else "")
