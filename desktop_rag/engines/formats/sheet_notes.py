"""What is written on a sheet of a workbook beside its cells: comments, and text in drawings."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop_rag.engines import safe_xml

_MOST_NOTES = 20_000  # of a sheet
_NEWER = "[Threaded comment]"  # how what stands in for those begins, for old versions of Excel


class SheetNote(NamedTuple):
    """What somebody wrote on a cell, such as B2."""

    author: str
    cell: str
    text: str


def notes(archive: zipfile.ZipFile, sheet: str) -> Iterator[SheetNote]:
    """Yield the comments on the sheet at a path in a workbook, those in threads in their order."""
    parts = list(_related(archive, sheet))
    people = dict(_people(archive))
    threaded = [
        SheetNote(people.get(one.get("personId", ""), ""), one.get("ref", ""), _text(one, "text"))
        for kind, root in parts
        if kind == "threadedComment"
        for one in _all(root, "threadedComment")
    ]
    answered = {note.cell for note in threaded}
    for kind, root in parts:
        if kind == "comments":
            threaded += [note for note in _comments(root) if note.cell not in answered]
    yield from [note for note in threaded if note.text][:_MOST_NOTES]


def drawn(archive: zipfile.ZipFile, sheet: str) -> Iterator[str]:
    """Yield the paragraphs of text boxes and the titles of charts on a sheet."""
    for kind, root in _related(archive, sheet):
        if kind == "drawing":
            yield from _paragraphs(root, "txBody")
    for drawing in _targets(archive, sheet, "drawing"):
        for kind, root in _related(archive, drawing):
            if kind == "chart":
                yield from _paragraphs(root, "rich")


def _comments(root: Any) -> Iterator[SheetNote]:
    authors = ["".join(author.itertext()).strip() for author in _all(root, "author")]
    for comment in _all(root, "comment"):
        number = comment.get("authorId", "")
        author = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        said = _text(comment, "t")
        if said.startswith(_NEWER):
            said = said.partition("Comment:")[2].strip() or said
        own = f"{author}:"  # Excel writes it before what is said
        yield SheetNote(author, comment.get("ref", ""), said.removeprefix(own).strip())


def _people(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    for name in archive.namelist():
        if name.startswith("xl/persons/") and name.endswith(".xml"):
            for person in _all(safe_xml.parsed(archive.read(name)), "person"):
                yield person.get("id", ""), person.get("displayName", "").strip()


def _paragraphs(root: Any, within: str) -> Iterator[str]:
    for box in _all(root, within):
        for paragraph in _all(box, "p"):
            said = _text(paragraph, "t")
            if said:
                yield said


def _related(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Any]]:
    for kind in ("comments", "threadedComment", "drawing", "chart"):
        for target in _targets(archive, name, kind):
            yield kind, safe_xml.parsed(archive.read(target))


def _targets(archive: zipfile.ZipFile, name: str, kind: str) -> Iterator[str]:
    """Yield the parts of a kind that a part of a workbook names."""
    folder, own = posixpath.split(name.lstrip("/"))
    relations = f"{folder}/_rels/{own}.rels"
    if relations not in archive.namelist():
        return
    for relation in _all(safe_xml.parsed(archive.read(relations)), "Relationship"):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        known = target.lstrip("/") in archive.NameToInfo
        if relation.get("Type", "").endswith(f"/{kind}") and known:
            yield target.lstrip("/")


def _all(root: Any, name: str) -> list[Any]:
    """Return the elements of a name below another, in whatever namespace."""
    return list(root.iter(f"{{*}}{name}")) if root is not None else []


def _text(element: Any, name: str) -> str:
    return "".join("".join(found.itertext()) for found in _all(element, name)).strip()
