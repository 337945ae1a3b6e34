"""Tells the scripts that are written without spaces between words."""

from __future__ import annotations

import re

_CJK = (
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_SOUTH_EAST = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u104f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
)
_WITHOUT_SPACES = re.compile(f"[{_CJK}{_SOUTH_EAST}]")
_OF_COLUMNS = re.compile(f"[{_CJK}\u3001\u3002\uff01-\uff5e\ufe10-\ufe4f]")


def without_spaces(text: str) -> bool:
    """Whether a text holds Chinese, Japanese, Thai, Lao, Khmer or Burmese letters."""
    return not text.isascii() and _WITHOUT_SPACES.search(text) is not None


def of_columns(text: str) -> bool:
    """Whether a text holds letters that are also written from top to bottom."""
    return not text.isascii() and _OF_COLUMNS.search(text) is not None
