"""Counts the items of the lists of a Word document, as people see them counted."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from desktop_rag.engines.formats import numerals
from desktop_rag.engines.formats.word_xml import number, path, value

_BULLETS = {"bullet", "none"}
_FORMS = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "decimalZero": "01",
    "none": "",
}


class _WordLevel(NamedTuple):
    kind: str
    template: str  # such as “%1.%2.”
    start: int


class _WordList(NamedTuple):
    family: str  # lists of one count on from each other
    levels: dict[int, _WordLevel]
    restarts: dict[int, int]  # where counting begins anew, by level


class Numbering:
    """The lists of a document, and how far each was counted."""

    def __init__(self, document: Any) -> None:
        self._lists = dict(_lists(document))
        self._counts: dict[str, Counter[int]] = {}
        self._begun: set[str] = set()

    def label(self, name: str, level: int) -> str:
        """Return what stands before the next item of a list, such as “2.1.”, and count it."""
        its = self._lists.get(name)
        if its is None:
            return "•" if name else ""
        kind, template, start = its.levels.get(level, _WordLevel("bullet", "", 1))
        if kind in _BULLETS:
            return "•" if kind == "bullet" else ""
        counts = self._counts.setdefault(its.family, Counter())
        if name not in self._begun:
            self._begun.add(name)
            for at, first in its.restarts.items():
                counts[at] = first - 1
                start = first if at == level else start
        counts[level] = counts[level] + 1 if level in counts else start
        for below in [known for known in counts if known > level]:
            del counts[below]
        for at in range(level + 1):
            written = its.levels.get(at)
            count = counts[at] or (written.start if written else 1)
            template = template.replace(
                f"%{at + 1}", counted(written.kind if written else "", count)
            )
        return template


def _lists(document: Any) -> Iterator[tuple[str, _WordList]]:
    with contextlib.suppress(KeyError, NotImplementedError):
        root = document.part.numbering_part.element
        kinds = {
            kind.get(qn("w:abstractNumId"), ""): {
                number(level.get(qn("w:ilvl"), ""), 0): _level(level)
                for level in kind.iter(qn("w:lvl"))
            }
            for kind in root.iter(qn("w:abstractNum"))
        }
        for one in root.findall(path("w:num")):
            family = value(one, "w:abstractNumId")
            if family not in kinds:
                continue
            changed = {
                number(change.get(qn("w:ilvl"), ""), 0): change
                for change in one.findall(path("w:lvlOverride"))
            }
            own = {
                at: _level(level)
                for at, change in changed.items()
                if (level := change.find(path("w:lvl"))) is not None
            }
            restarts = {
                at: number(value(change, "w:startOverride"), 1)
                for at, change in changed.items()
                if change.find(path("w:startOverride")) is not None
            }
            yield one.get(qn("w:numId"), ""), _WordList(family, kinds[family] | own, restarts)


def _level(level: Any) -> _WordLevel:
    kind = value(level, "w:numFmt") or "decimal"
    return _WordLevel(kind, value(level, "w:lvlText"), number(value(level, "w:start"), 1))


def counted(kind: str, count: int) -> str:
    """Return a number as a format of Word writes it.

    >>> counted("upperLetter", 28), counted("lowerRoman", 4), counted("decimalZero", 7)
    ('BB', 'iv', '07')
    """
    return numerals.counted(_FORMS.get(kind, "1"), count)
