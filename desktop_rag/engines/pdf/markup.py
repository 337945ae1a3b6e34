"""Reads text and XML that a PDF carries beside its pages, of which nothing is to be trusted."""

from __future__ import annotations

import re
from typing import Any

from desktop_rag.engines import safe_xml

MOST_BYTES = 50_000_000  #: of XML
_DEEPEST = 200
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PARAGRAPHS = frozenset({"p", "br", "li", "div"})


def clean(text: str | None) -> str:
    """Return a text without signs that nobody can see or store, its lines parted by newlines."""
    return _CONTROL.sub("", _BREAKS.sub("\n", text or "")).strip()


def parsed(source: bytes) -> Any | None:
    """Return the root of some XML, as far as it goes; None if it is none, or too large."""
    if len(source) > MOST_BYTES:
        return None
    return safe_xml.parsed(source)


def text_of(source: str) -> str:
    """Return the text of XHTML, a line for each paragraph."""
    root = parsed(clean(source).encode())
    return "" if root is None else inner_text(root)


def inner_text(element: Any, depth: int = 0) -> str:
    """Return the text of an element of XHTML and of all in it, a line for each paragraph."""
    if depth > _DEEPEST:
        return ""
    parts = [element.text or ""]
    for child in element:
        inside = inner_text(child, depth + 1) if safe_xml.local(child) else ""
        parts.append(f"\n{inside}\n" if safe_xml.local(child) in _PARAGRAPHS else inside)
        parts.append(child.tail or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return clean("\n".join(filter(None, lines))) if not depth else "".join(parts)
