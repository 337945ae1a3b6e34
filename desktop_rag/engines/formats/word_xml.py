"""Finds its way in the XML of Word documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from docx.oxml.ns import qn

from desktop_rag.engines import safe_xml

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Fallback"
THROUGH = frozenset(  # what only wraps text that is there, in runs and in whole paragraphs
    qn(name)
    for name in (
        "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple",
        "w:customXml", "w:dir", "w:bdo", "w:ruby", "w:rubyBase",
    )
)  # fmt: skip
GONE = frozenset(qn(name) for name in ("w:del", "w:moveFrom"))  #: what was taken out again
_OFF = {"0", "false", "off"}
_DEEPEST = 40


@cache
def path(names: str) -> str:
    """Return the path of elements, such as “w:pPr/w:pStyle”, as lxml wants it."""
    return "/".join(qn(name) for name in names.split("/"))


def value(element: Any, names: str, otherwise: str = "") -> str:
    """Return what is said at a path below an element."""
    found = element.find(path(names))
    return otherwise if found is None else str(found.get(qn("w:val"), otherwise))


def switch(element: Any, names: str) -> bool | None:
    """Return whether something is switched on or off, nothing if neither is said."""
    found = element.find(path(names))
    return None if found is None else found.get(qn("w:val"), "1") not in _OFF


def number(digits: str, otherwise: int) -> int:
    """Return a number, or else another one."""
    try:
        return int(digits)
    except ValueError:
        return otherwise


def root_of(part: Any) -> Any:
    """Return the root of the XML of a part, which names nothing outside of it."""
    known = getattr(part, "element", None)
    if known is not None:
        return known
    return safe_xml.parsed(part.blob)


def direct(parent: Any, name: str, depth: int = 0) -> Iterator[Any]:
    """Yield the children of a name, also those that something only wraps."""
    tag = path(name)
    for element in parent if depth < _DEEPEST else ():
        if element.tag == tag:
            yield element
        elif element.tag in THROUGH:
            yield from direct(element, name, depth + 1)


def boxes(paragraph: Any) -> Iterator[Any]:
    """Yield the text boxes that hang on a paragraph, each once, without those within others."""
    content = path("w:txbxContent")
    for box in paragraph.iter(content):
        above = [element.tag for element in _between(box, paragraph)]
        if content not in above and FALLBACK not in above and not GONE & set(above):
            yield box


def _between(element: Any, above: Any) -> Iterator[Any]:
    """Yield what is around an element, up to one that is above it."""
    for around in element.iterancestors():
        if around is above:
            return
        chosen = around.tag == FALLBACK and around.getparent().find(f"{_MC}Choice") is None
        if not chosen:  # a fallback of nothing is what there is
            yield around
