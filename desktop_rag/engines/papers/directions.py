"""What text needs to be read as it is meant: its direction, and marks apart from each other."""

from __future__ import annotations

import unicodedata

BETWEEN_MARKS = ", "  #: else 2 and 3 look like 23, and many of them end no line
_LEFTWARDS = {"R", "AL"}


def right_to_left(text: str) -> bool:
    """Return whether the first letter with a direction goes to the left (UAX #9, rule P2)."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((one in _LEFTWARDS for one in directions if one in {"L", *_LEFTWARDS}), False)
