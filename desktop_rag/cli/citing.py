"""Records of documents in a terminal: shown, written as citations, corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import typer

from desktop_rag.cli import session
from desktop_rag.domain.citations.writing import CitationStyle, citation
from desktop_rag.domain.references import Origin, Reference, ReferenceField, normal
from desktop_rag.jobs import bibliography, importing
from desktop_rag.library import documents, libraries, references
from desktop_rag.workers.commands.reading import ReadReferences
from desktop_rag.workers.pipe.calls import Calls

FIELDS = {str(which).lower(): which for which in ReferenceField}


class Change(NamedTuple):
    """A field, and what a person says it is; None takes back what was said before."""

    which: ReferenceField
    text: str | None


def changes(given: Sequence[str], taken_back: Sequence[str]) -> list[Change]:
    """Return what "title=…" and the names of fields ask for. Raises `typer.BadParameter`."""
    found: list[Change] = []
    for one in given:
        name, mark, text = one.partition("=")
        which = _field(name, "--set")
        if not mark:
            raise typer.BadParameter(f"write {name}=…", param_hint="--set")
        if text.strip() and not normal(which, text):
            raise typer.BadParameter(f"“{text}” cannot be the {name}", param_hint="--set")
        found.append(Change(which, text))
    return found + [Change(_field(name, "--take-back"), None) for name in taken_back]


def _field(name: str, hint: str) -> ReferenceField:
    which = FIELDS.get(name.strip().lower())
    if which is None:
        known = ", ".join(ReferenceField)
        raise typer.BadParameter(f"there is no field “{name}”; there are {known}", param_hint=hint)
    return which


class CitationForm(NamedTuple):
    """How citations are written."""

    style: CitationStyle
    language: str
    page: str = ""


def listing(library: str, document: Path | None, how: CitationForm | None) -> list[dict[str, Any]]:
    """Return the record of each document of a library by path, with its citation if wanted."""
    home, _settings = session.opened()
    with session.looked_at(home) as db:
        place = libraries.find(db, library)
        held = documents.held(db, place, document)
        found = bibliography.known(db, home, list(held))
    return [
        _values(found[one], path) | ({"citation": citation(found[one], *how)} if how else {})
        for one, path in held.items()
    ]


def bring(file: Path, library: str) -> dict[str, Any]:
    """Keep what a list of references says, and return which documents it knew and what else."""
    home, settings = session.opened()
    with Calls("reading", session.reader(home, settings)) as calls:
        (listed,) = calls.steps(ReadReferences(file.absolute()))
    with session.owned(home) as db:
        found = importing.import_references(db, home, libraries.find(db, library), listed)
    return {
        "matched": [str(path) for path in found.matched],
        "unmatched": list(found.unmatched),
    }


def change(library: str, document: Path, wanted: Sequence[Change]) -> None:
    """Keep what a person says of a document."""
    home, _settings = session.opened()
    with session.owned(home) as db:
        place = libraries.find(db, library)
        for one in documents.held(db, place, document):
            for which, text in wanted:
                if text is None:
                    references.take_back(db, one, which)
                else:
                    references.enter(db, one, which, text)


def _values(reference: Reference, path: Path) -> dict[str, Any]:
    """Return a record as an item of CSL-JSON, each field as text, and where it comes from."""
    return {
        "document": str(path),
        "reference": reference.csl(path.name),
        "fields": {str(which): text for which in ReferenceField if (text := reference.text(which))},
        "from": {str(which): str(origin) for which, origin in reference.origins},
    }


_ORIGINS = {
    Origin.PROPERTIES: "the file's properties",
    Origin.FIRST_PAGE: "the first pages",
    Origin.FILE_NAME: "the file's name",
    Origin.TEXT: "the text",
    Origin.IMPORTED: "an imported file",
    Origin.ZOTERO: "Zotero",
    Origin.PERSON: "you",
}


def told(values: dict[str, Any]) -> Iterator[str]:
    """Yield a line for each field that is said: its text, and where it comes from."""
    for name, origin in values["from"].items():
        yield f"{name}: {values['fields'].get(name, '-')} ({_ORIGINS[Origin(origin)]})"
