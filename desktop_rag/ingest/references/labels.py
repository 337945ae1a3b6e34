"""What the first pages say behind a label: "Título: …", "Author: …", "Editorial: …"."""

from __future__ import annotations

import re

from desktop_rag.domain.references import ReferenceField
from desktop_rag.ingest.references.front_matter import FrontMatter

_LABELS = {
    ReferenceField.TITLE: (
        r"t[íi]tulo(?:\s+del\s+(?:documento|informe|trabajo))?|title|document\s+title"
    ),
    ReferenceField.AUTHORS: (
        r"autor(?:es|as?|/a|\(es\))?|author(?:s|\(s\))?|written\s+by|escrito\s+por|elaborado\s+por|"
        r"prepared\s+by|preparado\s+por|redactado\s+por"
    ),
    ReferenceField.PUBLISHER: (
        r"editorial|editor(?:ial)?|edita|publisher|publicado\s+por|published\s+by|publica"
    ),
}
_PATTERNS = {
    which: re.compile(
        rf"^(?:{names})\s*(?P<mark>:|(?=\s))\s*(?P<said>\S.{{1,200}})$", re.IGNORECASE
    )
    for which, names in _LABELS.items()
}
_WITHOUT_COLON = re.compile(r"\b(?:by|por)\b", re.IGNORECASE)
_TOP = 0.6  # of a page


def labelled(front: FrontMatter, which: ReferenceField) -> str:
    """Return what stands behind the label of a field at the top of the first two pages."""
    for line in front.lines:
        match = _PATTERNS[which].match(line.text)
        if not match or line.page > 1 or (line.top > _TOP and not front.is_cover):
            continue
        label = line.text[: match.start("said")]
        if match["mark"] or _WITHOUT_COLON.search(label):
            return match["said"].strip(" .")
    return ""
