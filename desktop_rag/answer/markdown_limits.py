"""How much of a text is read as Markdown: its reader goes back and forth over what is hostile."""

from __future__ import annotations

import re
from itertools import islice

MOST_SIGNS = 60_000  #: of Markdown; what follows is shown as it stands
MOST_REREAD = 200_000  #: lines, for the sake of quotations
_QUOTED = re.compile(r"^[^\w\r\n>]*+>", re.MULTILINE)


def bearable(text: str) -> int:
    """Return up to where a text is read: each line of a quotation may read all that follow."""
    end = min(len(text), MOST_SIGNS)
    lines = text.count("\n", 0, end) + text.count("\r", 0, end)
    quoted = islice(_QUOTED.finditer(text, 0, end), MOST_REREAD // (lines + 1), None)
    return next((found.start() for found in quoted), end)
