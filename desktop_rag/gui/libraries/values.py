"""What the table of documents is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.widgets.text import plain


@dataclass(frozen=True, slots=True)
class DocumentValue:
    """A document as the table shows it.

    `state` is queued, reading, recognizing, waiting, embedding, ready or failed; `reason`
    says in words why one waits or failed, or what a ready one lacks; `fraction` is how far it
    has come, `pages_done` how many of the `pages_found` whose text has to be recognized.
    `locked` waits for a password. `worth` says that another try may help. `quality` is how
    much of recognized text makes sense, 0 to 1. It came in the document `within`, if in any.
    `author`, `date` (ISO 8601) and `subject` are what it says of itself.
    """

    document: DocumentId | None
    path: Path
    title: str
    pages: int | None = None
    language: str = ""
    added: datetime | None = None
    state: str = "queued"
    reason: str = ""
    fraction: float = 0.0
    pages_done: int = 0
    pages_found: int = 0
    locked: bool = False
    worth: bool = False
    quality: float | None = None
    within: Path | None = None
    author: str = ""
    date: str = ""
    subject: str = ""

    @property
    def name(self) -> str:
        """Return the title, or the name of the file where there is none."""
        return plain(self.title.strip() or self.path.name)


@dataclass(frozen=True, slots=True)
class PassedValue:
    """A file of a folder that is no document, and in words why it is not read."""

    path: Path
    reason: str


def place_in(
    places: Mapping[Path | DocumentId, int], path: Path, document: DocumentId | None
) -> int:
    """Return where a file stands in the queue, or another one with its content; 0 is nowhere."""
    if not places:
        return 0
    return places.get(path, 0) or (places.get(document, 0) if document is not None else 0)
