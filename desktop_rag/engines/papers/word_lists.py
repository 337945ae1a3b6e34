"""Bullets and numbers of a Word document: each list counts by itself."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

DEEPEST = 8  #: the level of lists within lists, counted from 0, that Word knows
_STEP = 360  # twentieths of a point, by which each level is set in


class ListNumbers:
    """The lists of a document."""

    def __init__(self, document: Document) -> None:
        self._numbering: Any = document.part.numbering_part.element
        self._bullets = self._add_kind("bullet", ["•", "–", "▪"])
        self._numbers = self._add_kind("decimal", [])

    def begin(self, level: int, *, ordered: bool, start: int) -> int:
        """Begin a list at this level; return the number by which paragraphs are of it."""
        kind = self._numbers if ordered else self._bullets
        number = max((int(one) for one in self._numbering.xpath("w:num/@w:numId")), default=0) + 1
        first = min(max(start, 0), 32_767)
        self._numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/>'
                f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/>'
                "</w:lvlOverride></w:num>"
            )
        )
        return number

    def _add_kind(self, form: str, signs: list[str]) -> int:
        known = self._numbering.xpath("w:abstractNum/@w:abstractNumId")
        kind = max(map(int, known), default=0) + 1
        levels = "".join(_level(at, form, signs) for at in range(DEEPEST + 1))
        made = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}">'
            f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )
        self._numbering.findall(qn("w:abstractNum"))[-1].addnext(made)
        return kind


def put_in_list(properties: Any, number: int, level: int) -> None:
    """Make a paragraph, by its properties, an item of a list."""
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>'
            f'<w:numId w:val="{number}"/></w:numPr>'
        )
    )


def _level(at: int, form: str, signs: list[str]) -> str:
    text = signs[at % len(signs)] if signs else f"%{at + 1}."
    left = _STEP * (at + 2)
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}"'
        f' w:hanging="{_STEP}"/></w:pPr></w:lvl>'
    )
