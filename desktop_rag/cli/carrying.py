"""Taking a library into one file, and out of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress

from desktop_rag.cli import indexing, session
from desktop_rag.cli.mending import mending
from desktop_rag.cli.output import aside, screen, words_of
from desktop_rag.domain.bundles import ENDING
from desktop_rag.domain.unicode_text import readable
from desktop_rag.library import consistency, documents, indexes, libraries, models
from desktop_rag.library.bundles import exchange
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.bundles import (
    Carried,
    Exported,
    ExportLibrary,
    ImportLibrary,
    Unloaded,
)
from desktop_rag.workers.pipe.calls import Calls

UNNAMED = "a record without a name"


def export(library: str, file: Path, *, originals: bool, places: bool) -> dict[str, Any]:
    """Write a library into a file, and return what came of it."""
    home, settings = session.opened()
    target = file if file.suffix else file.with_suffix(ENDING)

    def exported() -> dict[str, Any]:
        with session.owned(home) as db:
            contents = exchange.contents(db, libraries.find(db, library))
            index = indexes.serving(db)
            command = ExportLibrary(target.absolute(), contents, index, originals, places)
            steps = [*_steps(home, settings, command)]
        (done,) = [step for step in steps if isinstance(step, Exported)]
        return {
            "library": contents.name,
            "file": str(done.path),
            "documents": len(contents.documents),
            "bytes": done.bytes,
            "left_out": list(done.away),
            "damaged": list(done.damaged),
        }

    return mending(home, settings, exported)


def bring(file: Path, library: str | None, into: Path | None) -> dict[str, Any]:
    """Bring a library in from a file, finish what has to be embedded, and return what came."""
    home, settings = session.opened()
    source, folder = file.absolute(), into.absolute() if into else None

    def unloaded() -> tuple[exchange.ImportResult, list[Path]]:
        with session.owned(home) as db:
            chosen = models.encoders(db, settings.retrieval).embedder
            indexes.want(db, chosen, settings.indexing.chunk_tokens)
            command = ImportLibrary(
                source,
                indexes.serving(db),
                exchange.ready(db),
                frozenset(consistency.all_ids(db)),
                folder,
            )
            steps = [*_steps(home, settings, command)]
            parts = [step for step in steps if isinstance(step, Unloaded)]
            found, brought = exchange.joined((part.contents, part.brought) for part in parts)
            tally = exchange.bring_in(db, library, found, brought, source.parent)
            return tally, list(documents.unfinished(db, tally.library).values())

    tally, left = mending(home, settings, unloaded)
    if left:
        aside.print(f"{len(left)} documents have to be embedded here.", style="dim")
        indexing.index(left, tally.name)
    with session.looked_at(home) as db:
        (now,) = [one for one in libraries.summaries(db) if one.id == tally.library]
    keys = ("documents", "ready", "waiting", "failed", "pages", "chunks")
    return {
        "library": tally.name,
        **{key: getattr(now, key) for key in keys},
        "embedded": len(left),
        "known": tally.known,
        "conversations": tally.conversations,
        "absent": tally.absent,
        "damaged": list(tally.damaged),
    }


def print_exported(values: dict[str, Any]) -> None:
    """Say in words what was written."""
    for name in values["left_out"]:
        screen.print(f"left out: {readable(name)}, which is not where it was")
    for name in values["damaged"]:
        screen.print(
            f"damaged: {readable(name) or UNNAMED}; what was read of it is not sound here: "
            "remove it and index it anew",
        )
    megabytes = values["bytes"] / 1e6
    screen.print(f"{values['documents']} documents, {megabytes:.1f} MB: {values['file']}")


def print_brought(values: dict[str, Any]) -> None:
    """Say in words what came."""
    screen.print(
        "“{library}”: {ready} of {documents} documents ready, {waiting} waiting, {failed} failed; "
        "{known} were there already, {embedded} were embedded here.".format(**values),
    )
    if values["absent"]:
        screen.print(
            f"{values['absent']} are found by their text, but their files are not here: "
            "index those to have them again.",
        )
    for name in values["damaged"]:
        screen.print(
            f"damaged: {readable(name) or UNNAMED}, of which only what is sound was taken",
        )


def _steps(
    home: Paths, settings: Settings, command: ExportLibrary | ImportLibrary
) -> Iterator[Carried | Exported | Unloaded]:
    with (
        Progress(
            words_of("description"),
            BarColumn(),
            MofNCompleteColumn(),
            console=aside,
            transient=True,
        ) as bar,
        Calls("indexing", session.indexer(home, settings)) as calls,
    ):
        words = "Exporting" if isinstance(command, ExportLibrary) else "Importing"
        task = bar.add_task(words, total=None)
        for step in calls.steps(command):
            if isinstance(step, Carried):
                bar.update(task, completed=step.done, total=step.total)
            yield step
