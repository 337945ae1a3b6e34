"""What the styles of a Word document say of its paragraphs and runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop_rag.engines.formats.word_xml import number, path, switch, value

_NO_LEVEL = -1
_LEVELS = 9
_DEEPEST = 20


class _WordStyle(NamedTuple):
    above: str  # the style that it is based on
    level: int  # of a heading, 0 of none, -1 if it says nothing
    hidden: bool | None
    list_number: str
    list_level: int


class Styles:
    """The styles by their ids, each with what it has from those that it is based on."""

    def __init__(self, document: Any) -> None:
        self._styles = {
            style.get(path("w:styleId"), ""): _style(style)
            for style in document.styles.element.iter(path("w:style"))
        }

    def level(self, paragraph: Any) -> int:
        """Return which level of headings a paragraph is, 0 if none."""
        own = number(value(paragraph, "w:pPr/w:outlineLvl"), _NO_LEVEL)
        if own != _NO_LEVEL:
            return own + 1 if 0 <= own < _LEVELS else 0
        style = value(paragraph, "w:pPr/w:pStyle")
        return next((s.level for s in self._chain(style) if s.level != _NO_LEVEL), 0)

    def hides(self, run: Any, paragraph: Any) -> bool:
        """Whether a run is hidden, by itself or by a style."""
        own = switch(run, "w:rPr/w:vanish")
        if own is not None:
            return own
        named = value(run, "w:rPr/w:rStyle"), value(paragraph, "w:pPr/w:pStyle")
        for name in filter(None, named):
            said = next((s.hidden for s in self._chain(name) if s.hidden is not None), None)
            if said is not None:
                return said
        return False

    def list_of(self, paragraph: Any) -> tuple[str, int]:
        """Return the number of the list that a paragraph belongs to, "" if none, and its level."""
        style = value(paragraph, "w:pPr/w:pStyle")
        styled = next((s for s in self._chain(style) if s.list_number), None)
        its = value(paragraph, "w:pPr/w:numPr/w:numId") or (styled.list_number if styled else "")
        level = number(value(paragraph, "w:pPr/w:numPr/w:ilvl"), styled.list_level if styled else 0)
        return ("" if its == "0" else its), level

    def _chain(self, name: str) -> Iterator[_WordStyle]:
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.above


def _style(style: Any) -> _WordStyle:
    outline = number(value(style, "w:pPr/w:outlineLvl"), _NO_LEVEL)
    name = value(style, "w:name").lower()
    level = number(name.removeprefix("heading "), 0) if name.startswith("heading ") else 0
    if not level and outline != _NO_LEVEL:
        level = outline + 1 if outline < _LEVELS else 0
    elif not level:
        level = 0 if name in {"normal", "title"} else _NO_LEVEL
    return _WordStyle(
        value(style, "w:basedOn"),
        level,
        switch(style, "w:rPr/w:vanish"),
        value(style, "w:pPr/w:numPr/w:numId"),
        number(value(style, "w:pPr/w:numPr/w:ilvl"), 0),
    )
