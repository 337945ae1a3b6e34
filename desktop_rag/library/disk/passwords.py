"""Passwords of documents: known until the program ends, or kept by the system if wanted."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from typing import Any

from desktop_rag.domain.documents import DocumentId

logger = logging.getLogger(__name__)

_SERVICE = "Desktop RAG"
_SAFE = 1  # the least priority of what is more than a file that anyone can read


class Passwords:
    """What opens which document. Nothing of it is ever written to a file of ours, or shown."""

    def __init__(self) -> None:
        self._known: dict[DocumentId, str] = {}
        self._asked: set[DocumentId] = set()

    def __repr__(self) -> str:
        return f"<Passwords of {len(self._known)} documents>"

    def of(self, document: DocumentId) -> str:
        """Return the password of a document, "" if it is not known."""
        if document not in self._known and document not in self._asked:
            self._asked.add(document)
            with _tolerant():
                keyring = _keyring()
                found = keyring and keyring.get_password(_SERVICE, document)
                if found:
                    self._known[document] = found
        return self._known.get(document, "")

    def keep(self, document: DocumentId, password: str, *, lasting: bool) -> bool:
        """Remember a password; `lasting` hands it to the system's keyring as well.

        Returns whether all that was wanted was done: a machine may have no keyring.
        """
        self._known[document] = password
        done = not lasting
        with _tolerant():
            keyring = _keyring() if lasting else None
            if keyring:
                keyring.set_password(_SERVICE, document, password)
                done = True
        return done

    def drop(self, document: DocumentId) -> None:
        """Forget the password of a document, also in the system's keyring."""
        self._known.pop(document, None)
        self._asked.add(document)
        with _tolerant():
            keyring = _keyring()
            if keyring and keyring.get_password(_SERVICE, document) is not None:
                keyring.delete_password(_SERVICE, document)

    def lasting_possible(self) -> bool:
        """Whether the system has a keyring; it may ask people to open it, later."""
        found: object = None
        with _tolerant():
            found = _keyring()
        return found is not None


def _keyring() -> Any:
    """Return the system's keyring, if it has one that keeps secrets."""
    import keyring  # only now: it looks for everything that could be one

    found = keyring.get_keyring()
    return found if found.priority >= _SAFE else None


@contextlib.contextmanager
def _tolerant() -> Iterator[None]:
    """Go on without the keyring, whatever it refuses: each system's has errors of its own."""
    try:
        yield
    except Exception as error:  # noqa: BLE001
        logger.info("the keyring refuses: %s", type(error).__name__)  # its words could tell more
