"""The commands for models, their options and what they print."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from desktop_rag.cli import models
from desktop_rag.cli.output import Bars, emit, reported, screen, table
from desktop_rag.domain.models import ModelKind, Verdict

app = typer.Typer(
    name="models",
    help="Language models and encoders: which fit, getting them, making them smaller.",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(help="The name of an installed model, or a GGUF file.")]
Pattern = Annotated[
    str | None, typer.Option("--file", "-f", help="Which file of it, for example '*Q8_0*'.")
]
Exam = Annotated[
    bool, typer.Option("--exam/--no-exam", help="Examine it, as `models examine` does.")
]
Role = Literal["reranker", "entailment"]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

_GIB = 1 << 30
_VERDICTS = {
    Verdict.FITS: "Fits",
    Verdict.SLOW: "Slow",
    Verdict.TOO_LARGE: "Won't fit",
}


@app.command("list")
def list_models(
    every: Annotated[bool, typer.Option("--all", help="Those that can be had, instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what is installed and what is on its way; or what is known to do well."""
    with reported(as_json=as_json):
        found = models.known() if every else models.listing()
        if as_json:
            emit(found)
        elif every:
            rows = [{**one, "es": "yes" if one["spanish"] else ""} for one in found["models"]]
            screen.print(table(("key", "kind", "parameters", "licence", "es"), rows))
        else:
            _print_installed(found)


@app.command()
def fit(
    model: Annotated[
        str, typer.Argument(help="An installed model, a GGUF file, or owner/name on the hub.")
    ],
    file: Pattern = None,
    context: Annotated[
        int | None, typer.Option(min=256, help="For a context of so many tokens.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether a model goes with this machine: its memory and its speed."""
    with reported(as_json=as_json):
        found = models.fits(model, file, context)
        if as_json:
            emit(found)
            return
        screen.print(_VERDICTS[Verdict(found["verdict"])], style="bold")
        speed = found["tokens_per_second"]
        screen.print(
            f"{found['memory_gib']:.1f} GiB of memory with a context of "
            f"{found['context_tokens']} tokens; {found['machine']['free_gib']:.1f} GiB are free."
        )
        screen.print(f"About {speed:.1f} tokens a second." if speed else "Speed not known.")


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="Words, or owner/name for the files of one.")],
    limit: Annotated[int, typer.Option("-k", min=1, max=100, help="How many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Look for GGUF models on the hub. This connects to it."""
    with reported(as_json=as_json):
        found = models.search(words, limit)
        if as_json:
            emit(found)
        elif "files" in found:
            files = [{**one, "GiB": f"{one['size'] / _GIB:.2f}"} for one in found["files"]]
            screen.print(table(("name", "quantization", "GiB"), files))
        else:
            screen.print(
                table(("repository", "licence", "downloads", "gated"), found["repositories"])
            )


@app.command()
def download(
    model: Annotated[str, typer.Argument(help="A name of `list --all`, or owner/name.")],
    file: Pattern = None,
    exam: Exam = True,
    as_json: AsJson = False,
) -> None:
    """Get a model from the hub. What is broken off is gone on with by the same command."""
    with reported(as_json=as_json), Bars(shown=not as_json) as bars:
        found = models.download(model, file, bars.show, exam=exam)
        _said(found, _installed_words(found), as_json=as_json)


@app.command()
def add(
    path: Annotated[
        Path,
        typer.Argument(help="A GGUF file, or the folder of an embedder or another encoder."),
    ],
    copy: Annotated[bool, typer.Option("--copy", help="Keep a copy of our own.")] = False,
    to: Annotated[
        str | None, typer.Option(help="It is a LoRA adapter: of this installed model.")
    ] = None,
    scale: Annotated[
        float, typer.Option(min=-10, max=10, help="How strongly an adapter acts; 0 removes it.")
    ] = 1.0,
    exam: Exam = True,
    as_json: AsJson = False,
) -> None:
    """Install a GGUF file where it lies, or add an adapter to a model.

    Of a folder for sentence-transformers a copy is kept; its weights have to be safetensors, and
    no program in it is ever run.
    """
    with reported(as_json=as_json), Bars(shown=not as_json) as bars:
        if to:
            found = models.adapt(to, path, scale)
            _said(found, f"“{found['name']}” uses what was set.", as_json=as_json)
        else:
            found = models.add(path, bars.show, copy=copy, exam=exam)
            _said(found, _installed_words(found), as_json=as_json)


@app.command()
def remove(model: Name, as_json: AsJson = False) -> None:
    """Forget a model. The file of one that was downloaded or made here is deleted."""
    with reported(as_json=as_json):
        found = models.remove(model)
        kept = "its file was deleted" if found["deleted"] else "its file was not touched"
        _said(found, f"“{found['removed']}” is removed; {kept}.", as_json=as_json)


@app.command()
def use(
    model: Annotated[
        str, typer.Argument(help="An installed reranker or entailment model; 'none' for none.")
    ],
    role: Annotated[
        Role | None, typer.Option("--as", help="What it is to do; else what it is made for.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Choose a reranker, which sorts passages, or an entailment model, which checks answers.

    Embedders have a command of their own, `embedders use`, as they need an index.
    """
    if model == models.NONE and role is None:
        raise typer.BadParameter("say of which there is to be none: --as reranker or entailment")
    with reported(as_json=as_json):
        found = models.use(model, ModelKind(role) if role else None)
        words = {
            ModelKind.RERANKER: ("No reranker sorts passages.", "“{}” sorts the passages found."),
            ModelKind.ENTAILMENT: (
                "No model checks answers.",
                "“{}” checks the answers.",
            ),
        }[ModelKind(found["kind"])]
        _said(found, words[bool(found["name"])].format(found["name"]), as_json=as_json)


@app.command()
def quantize(
    model: Name,
    to: Annotated[str, typer.Argument(help="For example Q4_K_M.")],
    out: Annotated[Path | None, typer.Option(help="Where to write it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a smaller model of one, and install it."""
    with reported(as_json=as_json), Bars(shown=not as_json) as bars:
        found = models.quantize(model, to, out, bars.show)
        _said(found, f"“{found['name']}” is installed.", as_json=as_json)


@app.command()
def bench(model: Name, as_json: AsJson = False) -> None:
    """Measure how fast a model reads and writes here."""
    with reported(as_json=as_json):
        found = models.bench(model)
        words = (
            f"{found['decode_tps']:.1f} tokens a second written, {found['prompt_tps']:.1f} read, "
            f"{found['memory'] / _GIB:.1f} GiB of memory, on: {found['device']}"
        )
        _said(found, words, as_json=as_json)


@app.command()
def examine(model: Name, as_json: AsJson = False) -> None:
    """Find out what a model is worth: some questions about the samples, in both languages.

    What did well writes answers that stand first; else the words of the documents do.
    """
    with reported(as_json=as_json), Bars(shown=not as_json) as bars:
        found = models.examine(model, bars.show)
        _said(found, _exam_words(found), as_json=as_json)


def _installed_words(found: Mapping[str, Any]) -> str:
    words = f"“{found['name']}” is installed."
    return f"{words} {_exam_words(found['exam'])}" if found["exam"] else words


def _exam_words(found: Mapping[str, Any]) -> str:
    """Return what came of an exam."""
    passed = found["right"] + found["refused"]
    words = (
        f"Right in {passed} of {found['questions']} questions, {found['cited']} of "
        f"{found['right']} answers with the right passage, {found['seconds']:.1f} s each. "
    )
    first = (
        "Its answers stand first" if found["trusted"] else "The documents' own words stand first"
    )
    return f"{words}{first}."


@app.command("connections")
def list_connections(
    limit: Annotated[int, typer.Option("-k", min=1, help="How many, the latest first.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List the connections that were ever made, to get models and data of languages."""
    with reported(as_json=as_json):
        found = models.connected(limit)
        if as_json:
            emit(found)
        else:
            keys = ("at", "host", "purpose", "subject", "bytes", "outcome")
            screen.print(table(keys, found["connections"]))


def _said(found: Mapping[str, Any], words: str, *, as_json: bool) -> None:
    if as_json:
        emit(found)
    else:
        screen.print(words)


def _print_installed(found: Mapping[str, Any]) -> None:
    if not found["models"] and not found["downloads"]:
        screen.print("None yet. `desktop-rag models list --all` shows some that do well.")
        return
    rows = [
        {
            **one,
            "GiB": f"{one['size'] / _GIB:.2f}",
            "tokens/s": f"{one['decode_tps']:.1f}" if one["decode_tps"] else "",
            "right": _right(one["exam"]),
        }
        for one in found["models"]
    ]
    screen.print(
        table(("name", "kind", "quantization", "GiB", "licence", "tokens/s", "right"), rows)
    )
    for one in found["downloads"]:
        screen.print(f"{one['name']}: {one['state']}", style="dim")


def _right(exam: Mapping[str, Any] | None) -> str:
    return f"{exam['right'] + exam['refused']} of {exam['questions']}" if exam else ""
