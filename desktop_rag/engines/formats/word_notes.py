"""Footnotes, endnotes and comments of a Word document, by what refers to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from desktop_rag.engines.formats.word_numbering import counted
from desktop_rag.engines.formats.word_xml import path, root_of, value

_KINDS = {"footnotes.xml": "footnote", "endnotes.xml": "endnote"}


class Comment(NamedTuple):
    """Who wrote a comment, and its element."""

    author: str
    element: Any


class Notes:
    """The notes of a document, numbered in the order in which they are asked for."""

    def __init__(self, document: Any) -> None:
        self._notes = dict(_notes(document))
        self._comments = dict(_comments(document))
        self._formats = _formats(document)
        self._counts = dict.fromkeys(_KINDS.values(), 0)
        self._numbers: dict[tuple[str, str], str] = {}

    def note(self, reference: Any) -> tuple[str, Any] | None:
        """Return the number that a reference has, "" if it has a mark of its own, and the note."""
        kind = reference.tag.rpartition("}")[2].removesuffix("Reference")
        name = kind, reference.get(qn("w:id"), "")
        note = self._notes.get(name)
        if note is None:
            return None
        if reference.get(qn("w:customMarkFollows"), "0") in {"1", "true", "on"}:
            return "", note
        if name not in self._numbers:
            self._counts[kind] += 1
            self._numbers[name] = counted(self._formats[kind], self._counts[kind])
        return self._numbers[name], note

    def comment(self, name: str) -> Comment | None:
        """Return a comment that was not asked for before."""
        return self._comments.pop(name, None)

    def other_comments(self) -> list[Comment]:
        """Return the comments that nothing refers to."""
        left, self._comments = self._comments, {}
        return list(left.values())


def _notes(document: Any) -> Iterator[tuple[tuple[str, str], Any]]:
    for part in document.part.related_parts.values():
        kind = _KINDS.get(str(part.partname).rpartition("/")[2])
        for note in root_of(part).iter(path(f"w:{kind}")) if kind else ():
            if note.get(qn("w:type"), "normal") == "normal":
                yield (kind or "", note.get(qn("w:id"), "")), note


def _comments(document: Any) -> Iterator[tuple[str, Comment]]:
    for part in document.part.related_parts.values():
        if str(part.partname).rpartition("/")[2] == "comments.xml":
            for comment in root_of(part).iter(path("w:comment")):
                author = comment.get(qn("w:author"), "").strip()
                yield comment.get(qn("w:id"), ""), Comment(author, comment)


def _formats(document: Any) -> dict[str, str]:
    """Return how footnotes and endnotes are numbered: the last section says it, or the settings."""
    found = {"footnote": "decimal", "endnote": "lowerRoman"}
    for root in (document.settings.element, document.element.body):
        for section in (root, *root.iter(path("w:sectPr"))):
            found = {
                kind: value(section, f"w:{kind}Pr/w:numFmt") or known
                for kind, known in found.items()
            }
    return found
