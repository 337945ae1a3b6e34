"""How much of what comes with documents is read: files in e-mails and PDFs, and in those again."""

from __future__ import annotations

from typing import NamedTuple

DEEPEST = 3  #: documents in documents in documents
MOST_FILES = 200  #: of one document and of all that is in it
MOST_BYTES = 500 << 20  #: of the same


class AttachmentRoom(NamedTuple):
    """How many files, and bytes of them, may still come with a document."""

    files: int = MOST_FILES
    bytes: int = MOST_BYTES
