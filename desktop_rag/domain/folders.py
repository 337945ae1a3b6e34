"""What is taken out of a folder: which of its files, and which of the folders below it."""

from __future__ import annotations

from desktop_rag.domain.formats import FOLDER_ENDINGS, ending_of

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
_SAVED_PAGE = ("_files", "_archivos")  # what browsers put beside a page that is saved


def listed(name: str) -> bool:
    """Whether a file of this name is taken out of a folder.

    >>> [name for name in ("a.pdf", ".a.pdf", "~$a.docx", "a.jpg", "a.TIF") if listed(name)]
    ['a.pdf', 'a.TIF']
    """
    return ending_of(name) in FOLDER_ENDINGS and not name.startswith(_NOT_THE_USERS)


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
