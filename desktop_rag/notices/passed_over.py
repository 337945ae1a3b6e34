"""What is said of the files of a folder that are no documents."""

from __future__ import annotations

from desktop_rag.domain.folders import Passed, PassedFile
from desktop_rag.domain.unicode_text import readable
from desktop_rag.notices.words import Translate

_LONGEST = 20  # signs of an ending, of which most have three


def reason(file: PassedFile, translate: Translate) -> str:
    """Say in one sentence why a file is not read."""
    match file.reason:
        case Passed.SMALL:
            return translate("Notices", "A picture as small as a logo is not read.")
        case Passed.ROOM:
            return translate("Notices", "Too much came together with this file in one document.")
        case Passed.LINK:
            return translate("Notices", "Links to other folders are not followed.")
        case Passed.KIND if file.ending:
            words = translate("Notices", "Files of this kind ({ending}) cannot be read.")
            return words.format(ending=shown_ending(file.ending))
        case Passed.KIND:
            return translate(
                "Notices",
                "A file whose name has no ending is read only if it is a PDF or a picture.",
            )


def shown_ending(ending: str) -> str:
    """Return how a name ends as it can be shown, whatever it is."""
    shown = "".join(sign if sign.isprintable() else " " for sign in readable(ending))
    return " ".join(shown[:_LONGEST].split())
