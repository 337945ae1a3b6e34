"""Reads forms whose pages only say "Please wait", because another part of the file holds them.

That part is XML of Adobe's XML Forms Architecture (XFA 3.3), which only Adobe's programs show: a
template with the words of the form, and the data that was filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from desktop_rag.domain.documents import Box, Line, Word
from desktop_rag.engines import safe_xml
from desktop_rag.engines.pdf import markup

_MESSAGE = re.compile(
    r"please\s+wait|not\s+eventually\s+replaced|go/(?:acro)?reader|(?:adobe|acrobat)\s+reader",
    re.IGNORECASE,
)
_MOST_WORDS = 250  # of the page that says so
_MOST_PAGES = 2
_MOST_LINES = 5_000
_DEEPEST = 100
_REFERENCE = re.compile(r"(?<!\d)(\d{1,9}) \d+ R")
_UNSEEN = {"hidden", "invisible", "inactive"}
_BOXES = {"subform", "subformSet", "area", "exclGroup", "pageSet", "pageArea", "template"}
_MADE_UP = re.compile(r"(?=\w*(?:field|text|numeric|dropdown|check|radio|cell))\w*|\d*", re.I)
_SIZE = 10.0  # points
_LEFT, _TOP, _WIDE, _HIGH = 0.08, 0.06, 0.84, 0.88  # of the page
_STEP, _LETTER = 0.02, 0.0085  # of the page, from line to line and from letter to letter

_Data = dict[str, list[str]]


def waits(document: Any, words: list[str]) -> bool:
    """Whether the first page, of these words, is but a message that stands for a form.

    Raises what MuPDF does of damage.
    """
    if document.page_count > _MOST_PAGES or len(words) > _MOST_WORDS or not _packets(document):
        return False
    _, rendering = document.xref_get_key(document.pdf_catalog(), "NeedsRendering")
    return rendering == "true" or _MESSAGE.search(" ".join(words)) is not None


def lines(document: Any) -> tuple[Line, ...]:
    """Return the words of the form and of what is filled in, in order, down the first page.

    None if there are none. Raises what MuPDF does of damage.
    """
    size = 0
    source = b""
    for xref in _packets(document):
        source += document.xref_stream(xref) or b""
        size = len(source)
        if size > markup.MOST_BYTES:
            return ()
    root = markup.parsed(source)
    return () if root is None else _placed(list(islice(_text(root), _MOST_LINES)))


def _packets(document: Any) -> list[int]:
    kind, value = document.xref_get_key(document.pdf_catalog(), "AcroForm/XFA")
    if kind not in {"array", "xref"}:
        return []
    found = [int(xref) for xref in _REFERENCE.findall(value)]
    if kind == "xref" and not document.xref_is_stream(found[0]):  # the array is elsewhere
        return [int(xref) for xref in _REFERENCE.findall(document.xref_object(found[0]))]
    return found


def _text(root: Any) -> Iterator[str]:
    """Yield the lines of a form: what its template says, with the data, and what else is data."""
    data = _data(root)
    for template in root.iter("{*}template"):
        yield from _said(template, data, 0)
        break
    for name, values in data.items():
        for value in values:
            yield from (value if _MADE_UP.fullmatch(name) else f"{name}: {value}").split("\n")


def _data(root: Any) -> _Data:
    """Return what is filled in, by the names of its elements."""
    found: _Data = {}
    for top in root.iter("{*}data"):
        for element in top.iter():
            name = safe_xml.local(element)
            if name and _is_leaf(element) and element is not top:
                text = markup.inner_text(element)
                if text:
                    found.setdefault(name, []).append(text)
        break
    if not found and root.find(".//{*}template") is None and safe_xml.local(root) != "xdp":
        text = markup.inner_text(root)  # data without an envelope
        return {"": [text]} if text else {}
    return found


def _is_leaf(element: Any) -> bool:
    """Whether an element holds text alone, which may be XHTML."""
    for above in element.iterancestors():
        if safe_xml.local(above) == "body":
            return False
    return all(safe_xml.local(child) in {"", "body"} for child in element)


def _said(element: Any, data: _Data, depth: int) -> Iterator[str]:
    if depth > _DEEPEST or element.get("presence") in _UNSEEN:
        return
    name = safe_xml.local(element)
    if name == "draw":
        yield from _value(element).split("\n")
    elif name == "field":
        filled = _filled(element, data) or _value(element)
        caption = " ".join(_value(one) for one in element.iterfind("{*}caption"))
        yield from f"{caption} {filled}".split("\n")
    elif name in _BOXES:
        for child in element:
            yield from _said(child, data, depth + 1)


def _value(element: Any) -> str:
    """Return the text of an element's value."""
    return "\n".join(
        markup.inner_text(text)
        for value in element.iterfind("{*}value")
        for text in value
        if safe_xml.local(text) not in {"image", "line", "rectangle", "arc"}
    )


def _filled(field: Any, data: _Data) -> str:
    """Return what is filled into a field, as it is shown; a list may store other words."""
    bind = field.find("{*}bind")
    reference = "" if bind is None else _last_name(bind.get("ref") or "")
    values = data.get(reference or field.get("name") or "")
    if not values:
        return ""
    value = values.pop(0)
    lists = [[one.text or "" for one in items] for items in field.iterfind("{*}items")]
    if len(lists) == 2 and value in lists[1]:  # noqa: PLR2004 - what is shown, what is stored
        at = lists[1].index(value)
        return lists[0][at] if at < len(lists[0]) else value
    return value


def _last_name(reference: str) -> str:
    """Return the name at the end of a path through the data, such as `$.toll.barge[*]`."""
    path = reference.rpartition("[")[0] if reference.endswith("]") else reference
    return path.rpartition(".")[2].strip("[]$")


def _placed(texts: list[str]) -> tuple[Line, ...]:
    """Place texts down a page, where nobody knows where they are shown."""
    rows = [words for text in texts if (words := text.split())]
    step = min(_STEP, _HIGH / max(1, len(rows)))
    found = []
    for number, words in enumerate(rows):
        top = _TOP + number * step
        letter = min(_LETTER, _WIDE / (1 + sum(len(word) + 1 for word in words)))
        left = _LEFT
        placed = []
        for word in words:
            right = left + letter * len(word)
            placed.append(Word(word, Box(left, top, right, top + 0.8 * step)))
            left = right + letter
        found.append(Line(number, _SIZE, bold=False, words=tuple(placed)))
    return tuple(found)
