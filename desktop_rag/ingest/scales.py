"""Telling the scale of figures: "in millions", "en miles de euros", "(€ thousands)"."""

from __future__ import annotations

import re

_UNIT = (
    r"(?:thousands?|millions?|billions?|trillions?|hundreds|000s?|miles|millones|millardos"
    r"|tausend|tsd|millionen|mio|mill|milliarden|mrd|milliers|mns?|bns?)"
)
_MONEY = r"(?:US\$|[$€£¥]|U\.?S\.? dollars?|dollars?|euros?|pounds?|pesos?|d[óo]lares|EUR|USD|GBP)"
_SCALE = re.compile(
    rf"\b(?:in|en|expressed in|expresad[oa]s? en|cifras en|amounts in|importes en|angaben in)\s+"
    rf"(?:{_MONEY}\s+)?{_UNIT}\b|[(\[]\s*(?:{_MONEY}\s*)?{_UNIT}\b[^)\]]{{0,60}}[)\]]"
    rf"|[(\[]\s*{_MONEY}\s*(?:in\s+)?{_UNIT}\b|{_MONEY}\s*['’]?000s?\b"
    rf"|^{_UNIT}\s+(?:of|de)\s+{_MONEY}\s*$|[(\[]\s*[$€£¥]\s*[mkb]n?\s*[)\]]",
    re.IGNORECASE,
)
_LONGEST = 30  # words: what is longer speaks of figures, and is no caption of them


def states_a_scale(text: str) -> bool:
    """Tell a caption that says what the figures below it are counted in.

    >>> [states_a_scale(text) for text in ("(in millions)", "Importes en miles de euros", "Costs")]
    [True, True, False]
    """
    return bool(_SCALE.search(text)) and len(text.split()) <= _LONGEST
