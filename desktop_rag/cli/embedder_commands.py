"""The commands for embedders, their options and what they print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer
from rich.table import Column, Table

from desktop_rag.cli import embedders, indexing
from desktop_rag.cli.output import emit, reported, screen
from desktop_rag.domain.unicode_text import one_line

app = typer.Typer(
    name="embedders",
    help="What finds passages by their meaning: which there are, and choosing one.",
    no_args_is_help=True,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

_MEGA = 1_000_000
_FEW_LANGUAGES = 3


@app.command("list")
def list_embedders(as_json: AsJson = False) -> None:
    """List embedders: languages, size, speed, and which one your documents are found by."""
    with reported(as_json=as_json):
        found = embedders.listing()
        if as_json:
            emit(found)
            return
        name = Column("name", no_wrap=True)
        table = Table(name, "languages", "MB", "passages/s", "installed", "index", box=None)
        for one in found["embedders"]:
            table.add_row(*map(one_line, _cells(one)))
        screen.print(table)


@app.command()
def use(
    name: Annotated[str, typer.Argument(help="A name of `embedders list`.")],
    wait: Annotated[
        bool, typer.Option("--wait", help="Build the index of all libraries now, and swap it in.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Choose what your documents are found by. The present index serves until the new one is whole.

    To go back, choose the former one again.
    """
    with reported(as_json=as_json):
        found = embedders.use(name, wait=wait)
        if as_json:
            emit(found)
        else:
            for line in _told(found, waited=wait):
                screen.print(line)
        raise typer.Exit(1 if found["failed"] else 0)


def _cells(one: Mapping[str, Any]) -> Iterator[str]:
    languages = one["languages"]
    yield one["name"]
    yield (
        ", ".join(languages) if len(languages) <= _FEW_LANGUAGES else f"{len(languages)} languages"
    )
    yield f"{one['size'] / _MEGA:.0f}" if one["size"] else ""
    yield f"about {one['chunks_per_second']:.0f}"
    yield "yes" if one["there"] else "no"
    yield "serves" if one["serves"] else "is being built" if one["building"] else ""


def _told(found: Mapping[str, Any], *, waited: bool) -> Iterator[str]:
    name, before, serves = found["embedder"], found["before"], found["serves"]
    for row in found["failed"]:
        yield f"failed   {row['reason']}"
    if found["swapped"]:
        yield indexing.swapped_words(before, serves)
    elif serves == name and not found["documents"]:
        yield f"“{name}” finds your documents."
    elif waited:
        yield f"“{name}” is chosen; its index is not whole yet. Run the same command again."
    else:
        documents = "1 document" if found["documents"] == 1 else f"{found['documents']} documents"
        minutes = max(1, found["minutes"])
        yield (
            f"“{name}” is chosen. Its index, {documents} of {found['pages']} pages, takes about "
            f"{minutes} min: it is built by the next `index`, by the window, or now with --wait."
        )
        yield f"Until it is whole, “{serves}” finds your documents."
