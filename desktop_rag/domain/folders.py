"""What is taken out of a folder: which of its files, and which of the folders below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from desktop_rag.domain.formats import ENDINGS, ending_of

NAMED = 1_000  #: of the files of a folder that are passed over; the others are counted

_PASSED_BY = {  # folders in which programs keep things
    "__macosx",
    "__pycache__",
    "node_modules",
    "site-packages",
    "$recycle.bin",
    "system volume information",
    "lost+found",
    "@eadir",
}
_NOT_THE_USERS = (".", "~$")  # hidden files, and what Office keeps of open ones
_CLUTTER = {"thumbs.db", "desktop.ini"}  # of Windows, which hides them
_ENDINGS = frozenset(ENDINGS)
_SAVED_PAGE = ("_files", "_archivos")  # what browsers put beside a page that is saved


def listed(name: str) -> bool:
    """Whether a file of this name is taken out of a folder.

    >>> [name for name in ("a.pdf", ".a.pdf", "~$a.docx", "a.mp3", "a.TIF") if listed(name)]
    ['a.pdf', 'a.TIF']
    """
    return ending_of(name) in _ENDINGS and not name.startswith(_NOT_THE_USERS)


def doubtful(name: str) -> bool:
    """Whether a file of this name is taken out of a folder only if it begins as documents do.

    >>> [name for name in ("scan", "a.pdf", ".profile", "Acta 3. Junta") if doubtful(name)]
    ['scan', 'Acta 3. Junta']
    """
    return not ending_of(name) and not name.startswith(_NOT_THE_USERS)


def entered(name: str) -> bool:
    """Whether a folder of this name may hold documents of the user's.

    >>> [name for name in ("2021", ".git", "node_modules", "page_files") if entered(name)]
    ['2021']
    """
    folded = name.lower()
    return not (folded.startswith(".") or folded in _PASSED_BY or folded.endswith(_SAVED_PAGE))


class Passed(StrEnum):
    """Why a file of a folder is passed over."""

    KIND = "kind"  #: nobody here can read it
    SMALL = "small"  #: it is a picture that came in a document, as small as a sign or a logo
    ROOM = "room"  #: it came in a document together with too many others
    LINK = "link"  #: it leads to a folder, perhaps to one that it lies in


class PassedFile(NamedTuple):
    """A file of a folder that is not read, and why."""

    path: Path
    reason: Passed

    @property
    def ending(self) -> str:
        """How its name ends, ".mp3", or "" where it does not tell a kind."""
        return kind_of(self.path.name, self.reason)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """The files of a folder that are not read: the first of them, and how many end how."""

    named: tuple[PassedFile, ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(count for _, count in self.kinds)


def passed(name: str) -> Passed | None:
    """Return why a file of this name is not read; none where it is, or nobody would expect it.

    >>> [passed(name) for name in ("song.mp3", "a.jpg", "a.pdf", ".profile")]
    [<Passed.KIND: 'kind'>, None, None, None]
    """
    if listed(name) or name.startswith(_NOT_THE_USERS) or name.lower() in _CLUTTER:
        return None
    return Passed.KIND


def kind_of(name: str, reason: Passed) -> str:
    """Return how the name of a file ends, or "" where that does not tell its kind."""
    return "" if reason is Passed.LINK else ending_of(name)


def altogether(found: Mapping[Path, PassedOver]) -> PassedOver:
    """Return what several folders have, of which one may lie in another.

    The kind that most files are of comes first.
    """
    named: list[PassedFile] = []
    kinds: Counter[str] = Counter()
    within = _within_others(found)
    for folder, one in found.items():
        if folder not in within:
            named += one.named[: NAMED - len(named)]
            kinds.update(dict(one.kinds))
    order = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    return PassedOver(tuple(named), tuple(order))


def _within_others(folders: Iterable[Path]) -> set[Path]:
    """Return the folders that lie in another one of them, which sorting puts right before them."""
    within: set[Path] = set()
    above: tuple[str, ...] | None = None
    for folder in sorted(folders):
        if above is not None and folder.parts[: len(above)] == above:
            within.add(folder)
        else:
            above = folder.parts
    return within
