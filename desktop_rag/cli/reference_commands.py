"""The commands for bibliographic records, their options and what they print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop_rag.cli import citing, following
from desktop_rag.cli.citing import CitationForm
from desktop_rag.cli.output import emit, reported, screen
from desktop_rag.domain.citations.writing import CitationStyle
from desktop_rag.domain.references import ReferenceField
from desktop_rag.domain.unicode_text import one_line

app = typer.Typer(
    name="references",
    help="What documents are to who cites them: title, authors, date, and citations.",
    no_args_is_help=True,
)

Library = Annotated[str, typer.Option("--library", "-l", help="The library's name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

_FIELDS = ", ".join(ReferenceField)


@app.command("list")
def list_references(
    library: Library,
    document: Annotated[
        Path | None, typer.Option("--document", "-d", help="Only this document of the library.")
    ] = None,
    style: Annotated[
        CitationStyle | None, typer.Option(help="Write each as a citation: apa, iso690 or bibtex.")
    ] = None,
    page: Annotated[str, typer.Option(help="The page that is cited.")] = "",
    spanish: Annotated[bool, typer.Option("--spanish", help="Citations in Spanish.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what is said of each document, and where it comes from; or citations of them."""
    with reported(as_json=as_json):
        how = CitationForm(style, "es" if spanish else "en", page) if style else None
        found = citing.listing(library, document, how)
        if as_json:
            emit({"references": found})
            return
        for one in found:
            if style:
                for line in one["citation"].split("\n"):
                    screen.print(one_line(line) if line.strip() else "")
            else:
                screen.print(one_line(one["document"]), style="bold")
                for line in citing.told(one):
                    screen.print(f"   {one_line(line)}")


@app.command("import")
def import_references(
    file: Annotated[Path, typer.Argument(help="A file of BibTeX, RIS or CSL-JSON.")],
    library: Library,
    as_json: AsJson = False,
) -> None:
    """Take what a list of references says of the documents of a library.

    A document is known by its DOI, its ISBN, the name of its file or its title.
    """
    with reported(as_json=as_json):
        found = citing.bring(file, library)
        if as_json:
            emit(found)
            return
        for title in found["unmatched"]:
            screen.print(f"not in the library: {one_line(title)}")
        screen.print(f"{len(found['matched'])} known, {len(found['unmatched'])} not in the library")


@app.command()
def zotero(
    library: Library,
    folder: Annotated[
        Path | None,
        typer.Argument(help="The folder with zotero.sqlite; without one, those followed already."),
    ] = None,
    stop: Annotated[
        bool, typer.Option("--stop", help="Follow it no longer; its documents stay.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take the documents of a Zotero library in, with what it says of them; again to keep step.

    Nothing of Zotero's is changed. What Zotero has no more leaves the library.
    """
    with reported(as_json=as_json):
        found = following.stop(library, folder) if stop else following.follow(library, folder)
        if as_json:
            emit(found)
            return
        for line in following.told(found):
            screen.print(one_line(line))
        raise typer.Exit(1 if found.get("failed") else 0)


@app.command()
def change(
    library: Library,
    document: Annotated[Path, typer.Option("--document", "-d", help="A document of it.")],
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=TEXT", help=f"Say what a field is: {_FIELDS}."),
    ] = None,
    taken_back: Annotated[
        list[str] | None,
        typer.Option("--take-back", metavar="FIELD", help="Forget what you said of a field."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Correct what is said of a document. What you say is never overwritten.

    Authors are divided by semicolons; dates are written 2021, 2021-03 or 2021-03-05.
    """
    wanted = citing.changes(given or [], taken_back or [])
    with reported(as_json=as_json):
        citing.change(library, document, wanted)
        (found,) = citing.listing(library, document, None)
        if as_json:
            emit(found)
            return
        for line in citing.told(found):
            screen.print(one_line(line))
