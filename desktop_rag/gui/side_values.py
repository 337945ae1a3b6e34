"""What the left pane and the table of documents are shown."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData

from desktop_rag.domain.documents import DocumentId


@dataclass(frozen=True, slots=True)
class LibraryValue:
    """A library by its name and the number of its documents."""

    id: object
    name: str
    documents: int


@dataclass(frozen=True, slots=True)
class ConversationValue:
    """A conversation by its title and when it was last added to."""

    id: object
    title: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class QueueValue:
    """What is still to be read: `rate` in pages a second, `fraction` of all that was queued.

    `resting` says that it stands still until the machine is back on mains power.
    """

    left: int
    name: str
    rate: float
    seconds_left: float | None
    fraction: float
    paused: bool
    resting: bool = False


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as the table shows it.

    `state` is queued, reading, recognizing, waiting, embedding, ready or failed; `reason`
    says in words why one waits or failed, or what a ready one lacks; `fraction` is how far it
    has come, `pages_done` how many of the `pages_found` whose text has to be recognized.
    `locked` waits for a password. `worth` says that another try may help. `quality` is how
    much of recognized text makes sense, 0 to 1.
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

    @property
    def name(self) -> str:
        """Return the title, or the name of the file where there is none."""
        return plain(self.title.strip() or self.path.name)


def place_in(
    places: Mapping[Path | DocumentId, int], path: Path, document: DocumentId | None
) -> int:
    """Return where a file stands in the queue, or another one with its content; 0 is nowhere."""
    if not places:
        return 0
    return places.get(path, 0) or (places.get(document, 0) if document is not None else 0)


def folded(text: str) -> str:
    """Return text as it is filtered and sorted: without case and accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def plain(text: str) -> str:
    """Return text on one line and without the halves of characters that Qt cannot show."""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def tip(*lines: str) -> str:
    """Return a tooltip that shows text of others as it is, whatever Qt takes it for."""
    shown = "<br>".join(html.escape(plain(line)) for line in lines if line)
    return f"<p>{shown}</p>" if shown else ""


def dropped_paths(content: QMimeData) -> list[Path]:
    """Return the files and folders of this machine that are dragged or pasted."""
    return [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
