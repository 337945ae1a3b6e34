"""Reports to the United States' securities and exchange commission, which all begin alike."""

from __future__ import annotations

import re
from typing import NamedTuple

from desktop_rag.ingest.references.front_matter import FrontMatter

_COMMISSION = re.compile(r"securities\s+and\s+exchange\s+commission", re.IGNORECASE)
_FORM = re.compile(r"^\s*form\s+(?P<form>(?:10|8|20|40|11|6)-?[KQF](?:/A)?)\s*$", re.I | re.M)
_PERIOD = re.compile(
    r"for\s+the\s+(?P<kind>fiscal\s+year|year|quarter(?:ly\s+period)?)\s+ended:?\s+"
    r"(?P<end>\w+\s+\d{1,2},?\s+\d{4})",
    re.IGNORECASE,
)
_REGISTRANT = re.compile(r"^\(exact\s+name\s+of\s+registrant", re.IGNORECASE)


class Filing(NamedTuple):
    """What a report is called, and who files it."""

    title: str
    registrant: str


def filing(front: FrontMatter) -> Filing | None:
    """Return what the cover of a report says, None if it is none."""
    text = "\n".join(line.text for line in front.lines if line.page == 0)
    form = _FORM.search(text)
    if not form or not _COMMISSION.search(text):
        return None
    period = _PERIOD.search(" ".join(text.split()))
    title = f"Form {form['form'].upper()}"
    if period:
        title += f" for the {' '.join(period['kind'].lower().split())} ended {period['end']}"
    return Filing(title, _registrant(front))


def _registrant(front: FrontMatter) -> str:
    before = ""
    for line in front.lines:
        if _REGISTRANT.match(line.text):
            return before
        if any(sign.isalpha() for sign in line.text):
            before = line.text
    return ""
