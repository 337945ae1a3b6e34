"""The data that text is recognized with, for the terminal: what there is, and getting more."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from desktop_rag.cli import session
from desktop_rag.cli.output import Bars, emit, reported, screen, table
from desktop_rag.settings import tessdata
from desktop_rag.settings.paths import Paths, resources
from desktop_rag.workers.commands.downloading import Fetching, FetchLanguage

app = typer.Typer(
    name="languages",
    help="The languages that scanned text is recognized in: what there is data for, getting more.",
    invoke_without_command=True,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback()
def list_languages(context: typer.Context, as_json: AsJson = False) -> None:
    """List the languages that there is data for, and where from; `get` brings others."""
    if context.invoked_subcommand:
        return
    with reported(as_json=as_json):
        found = _listing()
        if as_json:
            emit({"languages": found})
        elif found:
            keys = ("language", "from", "path")
            screen.print(table(keys, found))
        else:
            screen.print("None yet. `desktop-rag languages get spa eng` gets Spanish and English.")


@app.command()
def get(
    languages: Annotated[
        list[str], typer.Argument(help="Tesseract's names of them, such as spa, fra or chi_sim.")
    ],
    as_json: AsJson = False,
) -> None:
    """Get data for languages. What is broken off is gone on with by the same command."""
    with reported(as_json=as_json), Bars(shown=not as_json) as bars:
        paths, settings = session.opened()
        wanted = {language: tessdata.place_of(paths, language) for language in languages}
        with session.owned(paths), session.downloader(paths, settings) as line:
            for language, target in wanted.items():
                for step in line.steps(FetchLanguage(language, target)):
                    if isinstance(step, Fetching):
                        bars.show(language, step.done, step.size)
        if as_json:
            emit({"languages": [one for one in _listing() if one["language"] in wanted]})
        else:
            screen.print(f"Text in {', '.join(wanted)} can be recognized now.")


def _listing() -> list[dict[str, Any]]:
    paths, _settings = session.opened()
    return [
        {"language": language, "from": _origin(paths, file), "path": str(file)}
        for language, file in sorted(tessdata.available(paths).items())
    ]


def _origin(paths: Paths, file: Path) -> str:
    if file.parent == paths.tessdata_folder:
        return "fetched"
    return "program" if file.is_relative_to(resources()) else "system"
