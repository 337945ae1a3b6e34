"""Whether text goes from right to left."""

from __future__ import annotations

import unicodedata

_LEFTWARDS = {"R", "AL"}


def right_to_left(text: str) -> bool:
    """Return whether the first letter with a direction goes to the left (UAX #9, rule P2)."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((one in _LEFTWARDS for one in directions if one in {"L", *_LEFTWARDS}), False)
