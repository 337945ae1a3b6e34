"""Whether a text has a phrase word for word, whatever its capitals, accents, quotes and breaks."""

from __future__ import annotations

import re

from desktop_rag.engines.store.analyzer import fold
from desktop_rag.engines.store.keys import evened

_WITHOUT_SPACES = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # scripts
_LETTER = re.compile(rf"[^\W_{_WITHOUT_SPACES}]")


def pattern_of(phrase: str) -> re.Pattern[str] | None:
    """Return what finds a phrase in a `comparable` text, as whole words; None if it has none."""
    words = comparable(phrase).strip(" .,;:!?").split()
    if not words:
        return None
    before = r"(?<!\w)" if _LETTER.match(words[0]) else ""
    after = r"(?!\w)" if _LETTER.match(words[-1][-1]) else ""
    return re.compile(before + " ".join(map(re.escape, words)) + after)


def comparable(text: str) -> str:
    """Return a text with single spaces, without capitals and accents, and with plain signs.

    >>> comparable("The  “old” quay–side")
    'the "old" quay-side'
    """
    return " ".join(fold(evened(text).translate(_QUOTES)).split())


_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
