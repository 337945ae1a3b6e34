"""The commands, their options and what they print."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.progress import track
from rich.table import Table

from desktop_rag import __version__
from desktop_rag.answer.turn import PassagesFound, Progress, Question
from desktop_rag.cli import (
    asking,
    carrying,
    decks,
    embedder_commands,
    evaluating,
    indexing,
    judging,
    languages,
    listing,
    model_commands,
    models,
    papers,
    questions,
    reference_commands,
    restoring,
    session,
    tables,
)
from desktop_rag.cli.output import aside, emit, emit_list, reported, screen, table, words_for
from desktop_rag.cli.questions import AskedLine
from desktop_rag.domain.answers import AnswerMode, ExampleTurns, Extent, QuestionKind
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.generation import SamplingParameters
from desktop_rag.domain.passages import TextDelta
from desktop_rag.domain.unicode_text import one_line
from desktop_rag.jobs.answering import Heard, LibraryScope
from desktop_rag.jobs.example_turns import own_examples
from desktop_rag.library import documents as document_rows
from desktop_rag.library import libraries as library_rows

T = TypeVar("T")

_COUNTED = {QuestionKind.LIST, QuestionKind.EXACT}  # whose answers say how much was looked at
_REPEATABLE = SamplingParameters(greedy=True, seed=1)  # the same figures each time


class RouteName(StrEnum):
    """What can be wished with `--route`: kinds of question, by their names."""

    SUMMARY = QuestionKind.SUMMARY
    POINTS = QuestionKind.POINTS
    STUDY = QuestionKind.STUDY
    LIST = QuestionKind.LIST
    EXACT = QuestionKind.EXACT
    TABLE = QuestionKind.TABLE
    COMPARE = QuestionKind.COMPARISON
    WRITE = QuestionKind.WRITING
    QUESTION = QuestionKind.QUESTION


_OF_WHOLE = {
    *(RouteName.SUMMARY, RouteName.POINTS, RouteName.STUDY, RouteName.COMPARE),
    RouteName.TABLE,  # which asks for its questions itself
}  # go without a question

app = typer.Typer(
    name="desktop-rag",
    help="Chat with your PDFs, offline: every claim with the page it comes from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(model_commands.app)
app.add_typer(embedder_commands.app)
app.add_typer(languages.app)
app.add_typer(reference_commands.app)

Library = Annotated[str, typer.Option("--library", "-l", help="The library's name.")]
Document = Annotated[
    Path | None, typer.Option("--document", "-d", help="Only this document of the library.")
]
Temperature = Annotated[
    float, typer.Option(min=0, max=2, help="Low keeps to the likeliest words, high strays.")
]
TopK = Annotated[
    int, typer.Option(min=0, max=1000, help="Choose among so many words; 0 means all.")
]
TopP = Annotated[
    float, typer.Option(min=0, max=1, help="Choose among words of this joint probability.")
]
MinP = Annotated[
    float, typer.Option(min=0, max=1, help="Leave out words this much rarer than the best.")
]
MaxTokens = Annotated[int, typer.Option(min=1, max=32768, help="The longest an answer may get.")]
Seed = Annotated[
    int | None, typer.Option(min=0, max=2**32 - 2, help="The same seed, the same answer.")
]
Greedy = Annotated[bool, typer.Option(help="Always take the likeliest word.")]
General = Annotated[
    bool, typer.Option("--general", help="Let the model add what it knows, marked as such.")
]
Questions = Annotated[
    Path | None,
    typer.Option(
        "--questions",
        metavar="FILE.jsonl",
        help='Ask what each line of a file asks, {"id", "question", "document"?, "history"?}, and '
        "print one JSON object a line.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ToFile = Annotated[
    Path | None,
    typer.Option(
        "--to",
        metavar="FILE.docx|.pdf|.md|.apkg|.csv",
        help="Write it to this file as well, with a note for each citation; study questions as a "
        "deck for Anki or a table.",
    ),
]


def _version(value: bool) -> None:
    if value:
        screen.print(f"desktop-rag {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Chat with your PDFs, offline: every claim with the page it comes from."""


def _named(value: str) -> str:
    if not value.strip():
        raise typer.BadParameter("give the library a name")
    return value


@app.command()
def index(
    paths: Annotated[list[Path], typer.Argument(help="Documents, or folders of them.")],
    library: Annotated[
        str, typer.Option("--library", "-l", help="Made if it is new.", callback=_named)
    ],
    password_stdin: Annotated[
        bool,
        typer.Option(
            "--password-stdin",
            help="Read passwords from standard input, one in a line; each is tried on each "
            "document that asks for one.",
        ),
    ] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Recognize the text of scans anew that are in the library already, as after a "
            "change of languages.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take documents into a library. What is there already costs nothing."""
    with reported(as_json=as_json):
        lines = [line.rstrip("\r\n") for line in sys.stdin] if password_stdin else []
        report = indexing.index(paths, library, list(filter(None, lines)), again=again)
        if as_json:
            emit(report.values())
        else:
            indexing.print_report(report)
        raise typer.Exit(1 if report.failed else 0)


@app.command()
def search(
    library: Library,
    query: Annotated[str | None, typer.Argument(help="Words or a question.")] = None,
    file: Questions = None,
    document: Document = None,
    limit: Annotated[int, typer.Option("-k", min=1, max=200, help="How many passages.")] = 10,
    as_json: AsJson = False,
) -> None:
    """List the passages that fit best."""
    _check_asked(query, file)
    scope = LibraryScope(library, document)
    with reported(as_json=as_json or file is not None):
        if file is not None:
            _emit_all(asking.search_all(questions.lines_of(file), scope, limit))
        found = asking.search(query or "", scope, limit)
        if as_json:
            emit(found)
            return
        for line in asking.told(found):
            screen.print(line)
        for number, hit in enumerate(found["hits"], 1):
            name = one_line(Path(hit["document"]).name)
            screen.print(f"{number}. {name}, p. {one_line(hit['page_label'])}", style="bold")
            screen.print(f"   {' '.join(hit['text'].split())}")
        screen.print(f"{len(found['hits'])} passages in {found['seconds']:.2f} s")


def _check_asked(question: str | None, file: Path | None) -> None:
    if (question is None) == (file is None):
        raise typer.BadParameter("give one question, or --questions with a file of them")


def _emit_all(replies: Iterable[dict[str, Any]]) -> NoReturn:
    failed = False
    for values in replies:
        emit(values)
        failed = failed or "error" in values
    raise typer.Exit(1 if failed else 0)


@app.command()
def ask(
    library: Library,
    question: Annotated[
        str | None, typer.Argument(help="A question, in the language you like.")
    ] = None,
    file: Questions = None,
    document: Annotated[
        list[Path] | None,
        typer.Option("--document", "-d", help="Only this document; of several, only those."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="An installed model or a GGUF file; without one, the best sentences are quoted."
        ),
    ] = None,
    temperature: Temperature = 0.2,
    top_k: TopK = 40,
    top_p: TopP = 0.95,
    min_p: MinP = 0.05,
    max_tokens: MaxTokens = 768,
    seed: Seed = None,
    greedy: Greedy = False,
    general: General = False,
    route: Annotated[
        RouteName | None,
        typer.Option(help="What is wanted; without it, the words of the question tell."),
    ] = None,
    length: Annotated[
        Extent | None, typer.Option(help="Of a summary; without it, its words tell.")
    ] = None,
    examples: Annotated[
        ExampleTurns, typer.Option(help="Shown to a model that writes a letter or the like.")
    ] = ExampleTurns.ONE,
    own: Annotated[
        Path | None,
        typer.Option(
            "--own-examples",
            metavar="FILE.jsonl",
            help='Your own instead, a line {"question": "…", "answer": "…"} for each.',
        ),
    ] = None,
    to: ToFile = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from the documents, with the page of every claim.

    With --route, whole documents can be summarised, compared and more without a question.
    """
    if route not in _OF_WHOLE or file is not None:
        _check_asked(question, file)
    many = file is not None and route is not RouteName.TABLE
    if to and many:
        raise typer.BadParameter("one question is written to a file, not many", param_hint="--to")
    only = tuple(document or ())
    if len(only) > 1 and many:
        raise typer.BadParameter("name one document, or none, for a file of questions")
    scope = LibraryScope(library, only[0] if len(only) == 1 else None)
    with reported(as_json=as_json or many):
        drawn = (temperature, top_k, top_p, min_p)
        sampling = SamplingParameters(*drawn, max_tokens=max_tokens, seed=seed, greedy=greedy)
        writer = models.choice(model) if model else None
        trusted = models.trusted(writer)
        asked = Question(
            question or "",
            writer,
            sampling,
            strict=not general,
            trusted=trusted,
            kind=QuestionKind(route) if route else None,
            extent=length,
            examples=examples,
            own=own_examples(own) if own else (),
        )
        if route is RouteName.TABLE:
            wish = tables.TableWish(library, _several(question, file), only, to)
            _tabulate(wish, asked, as_json=as_json)
        elif file is not None:
            _emit_all(asking.ask_all(questions.lines_of(file), asked, scope))
        else:
            _tell(asked, scope, to, as_json=as_json, only=only if len(only) > 1 else ())


def _tell(
    asked: Question, scope: LibraryScope, to: Path | None, *, as_json: bool, only: tuple[Path, ...]
) -> None:
    """Ask one question, tell its answer, and write it to a file if that is wanted."""
    if to and not decks.suits(to):
        papers.check(to)
    kept = papers.KeptAnswer(asked.text)
    cards = decks.KeptCards()
    show = cards.keeping(_silent if as_json else _streamed)
    answer = asking.ask(asked, scope, kept.keeping(show), only)
    if not as_json:
        _print_sources(answer, told=not asked.trusted)
    if to:
        written = cards if decks.suits(to) else kept
        _write(answer, written, to, as_json=as_json)
    elif as_json:
        emit(answer)


def _write(
    answer: dict[str, Any], kept: papers.KeptAnswer | decks.KeptCards, to: Path, *, as_json: bool
) -> None:
    """Write an answer to a file; where that fails, the answer is told all the same."""
    try:
        if isinstance(kept, decks.KeptCards):
            answer["written"] = kept.put(to)
        else:
            answer["written"] = papers.write_answer(answer["query"], kept, to, quiet=as_json)
    except RagError as error:
        if not as_json:
            raise
        emit(answer | {"error": words_for(error)})
        raise typer.Exit(1) from None
    if as_json:
        emit(answer)
    else:
        told = decks if isinstance(kept, decks.KeptCards) else papers
        told.print_written(answer["written"])


def _several(question: str | None, file: Path | None) -> tuple[str, ...]:
    """Return the questions of a table: one, or those of a file."""
    if file is None:
        asked = [question or ""]
    else:
        asked = [line.question for line in questions.lines_of(file) if isinstance(line, AskedLine)]
    return _distinct(asked)


def _distinct(asked: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(" ".join(one.split()) for one in asked if one.strip()))
    if not found:
        raise typer.BadParameter("give a question to ask of each document")
    return found


def _tabulate(wish: tables.TableWish, how: Question, *, as_json: bool) -> None:
    values = tables.fill(wish, replace(how, kind=None))
    if as_json:
        emit(values)
    else:
        tables.print_table(values)


@app.command("table")
def tabulate(
    library: Annotated[str, typer.Argument(help="The library's name.")],
    asked: Annotated[
        list[str], typer.Option("--question", "-q", help="Asked of each document; repeatable.")
    ],
    documents: Annotated[
        list[Path] | None,
        typer.Option("--document", "-d", help="Only these documents; repeatable."),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="A .csv, .xlsx, .docx, .pdf or .md to write."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="An installed model or a GGUF file; without one, documents are quoted."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask several documents the same questions: a row for each, every cell with its page.

    What was answered is kept: the same again goes on where it stopped, and asks only what failed.
    """
    with reported(as_json=as_json):
        writer = models.choice(model) if model else None
        how = Question("", writer, trusted=models.trusted(writer))
        wish = tables.TableWish(library, _distinct(asked), tuple(documents or ()), to)
        _tabulate(wish, how, as_json=as_json)


def _silent(_event: Heard | asking.QuotesTold) -> None:
    pass


def _streamed(event: Heard | asking.QuotesTold) -> None:
    match event:
        case PassagesFound(passages=passages, kind=kind) if passages and kind not in _COUNTED:
            count = len({passage.hit.document for passage in passages})
            places = "one document" if count == 1 else f"{count} documents"
            many = "1 passage" if len(passages) == 1 else f"{len(passages)} passages"
            aside.print(f"{many} from {places}", style="dim")
        case asking.QuotesTold(quotes=quotes):
            screen.print("Your documents say:", style="dim")
            for line in asking.quotations(quotes):
                screen.print(line)
            screen.print("\nThe model adds:", style="dim")
        case Progress(done=done, total=total, title=title) if done < total:
            aside.print(f"Part {done + 1} of {total}: {one_line(title)}", style="dim")
        case TextDelta(text=text):
            whole = "\n| --- |" in text  # a table, which came at once
            screen.print(asking.laid_out(text) if whole else text, end="")
        case _:
            pass


def _print_sources(answer: dict[str, Any], *, told: bool) -> None:
    if not answer["answer"] and not answer["quotes"]:
        screen.print("Nothing about this was found in the library.")
        return
    screen.print("\n")
    if answer.get("entities"):
        rows = [{**one, "pages": asking.pages_told(one)} for one in answer["entities"]]
        screen.print(table(("kind", "text", "count", "pages"), rows))
    for line in (*asking.told(answer), *asking.standing(answer, told=told)):
        screen.print(line, style="dim")
    placed = "counts" in answer  # each place says where it is
    for line in () if placed else dict.fromkeys(asking.sources(answer["citations"])):
        screen.print(line, style="dim")
    if answer["route"] == QuestionKind.WRITING and answer["mode"] == AnswerMode.MODEL:
        screen.print("Written freely from your pages, not checked as an answer.", style="dim")
    if answer["mode"] == AnswerMode.EXTRACT:
        screen.print("Quoted without a language model; add one with --model.", style="dim")


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QA.jsonl")],
    root: Annotated[Path, typer.Option(help="What the documents' names are relative to.")],
    library: Library,
    scope: Annotated[str, typer.Option(help="library, or document.")] = "library",
    set_name: Annotated[str | None, typer.Option("--set", help="Only this set.")] = None,
    pages_from: Annotated[
        str | None, typer.Option(help="Take the gold pages of this set, paired by id.")
    ] = None,
    answers: Annotated[bool, typer.Option("--answers", help="Judge whole answers.")] = False,
    model: Annotated[str | None, typer.Option(help="Whose answers; else quotes.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how often the right page is found, or with --answers how good the answers are."""
    if scope not in {"library", "document"}:
        raise typer.BadParameter("use library or document", param_hint="--scope")
    if answers:
        with reported(as_json=as_json):
            known = judging.answer_cases(questions, set_name)
            about = judging.within(known, root.resolve()) if scope == "document" else known
            judged = judging.limited(about, limit)
            writer = models.choice(model) if model else None
            how = Question("", writer, _REPEATABLE, trusted=models.trusted(writer))
            place = LibraryScope(library)
            figures = judging.judged_answers(judged, how, place, root.resolve(), _tracked)
            emit(figures) if as_json else screen.print(_figures_table(figures))
        return
    with reported(as_json=as_json):
        cases = evaluating.chosen(evaluating.cases_of(questions), set_name, pages_from)
        trial = evaluating.Trial(library, root.resolve(), within=scope == "document")
        figures = evaluating.evaluate(cases, trial, _tracked)
        if as_json:
            emit(figures)
            return
        screen.print(_figures_table(figures))


def _tracked(cases: Iterable[T]) -> Iterable[T]:
    return track(list(cases), "Asking", console=aside, transient=True)


def _figures_table(figures: dict[str, Any]) -> Table:
    parts = (
        (key, value.items() if isinstance(value, dict) else [("", value)])
        for key, value in figures.items()
    )
    rows = (
        {"measure": f"{key} {name}".strip(), "value": number}
        for key, named in parts
        for name, number in named
    )
    return table(("measure", "value"), rows)


@app.command()
def libraries(as_json: AsJson = False) -> None:
    """List the libraries."""
    with reported(as_json=as_json):
        home, _settings = session.opened()
        with session.looked_at(home) as db:
            rows = library_rows.summaries(db)
        keys = ("name", "documents", "ready", "waiting", "failed", "pages", "chunks")
        values = [{key: getattr(row, key) for key in keys} for row in rows]
        if as_json:
            emit({"libraries": values})
        else:
            screen.print(table(keys, values))


@app.command()
def documents(library: Library, as_json: AsJson = False) -> None:
    """List the documents of a library, and how far each has come."""
    with reported(as_json=as_json):
        home, _settings = session.opened()
        with session.looked_at(home) as db:
            rows = document_rows.listing(db, library_rows.find(db, library))
        values = [
            {
                "path": str(row.path),
                "in": str(row.within) if row.within else None,
                "title": row.title,
                "author": row.author,
                "date": row.date,
                "subject": row.subject,
                "pages": row.pages,
                "language": row.language,
                "state": str(row.state),
                "reason": words_for(row.error) if row.error else "",
            }
            for row in rows
        ]
        if as_json:
            emit({"documents": values})
        else:
            screen.print(table(("title", "pages", "language", "state", "reason"), values))


@app.command()
def passages(library: Library, document: Document = None, as_json: AsJson = False) -> None:
    """List all passages of a library in reading order."""
    with reported(as_json=as_json):
        found = listing.passages(library, document)
        if as_json:
            emit_list("passages", found)
            return
        for one in found:
            name = one_line(Path(one["document"]).name)
            recognized = ", recognized" if one["source"] == "ocr" else ""
            place = f"{name}, p. {one_line(one['page_label'])}{recognized}"
            screen.print(place, style="bold")
            screen.print(one["header"], style="dim")
            screen.print(f"{one['text']}\n")


@app.command()
def remove(
    library: Library,
    paths: Annotated[list[Path] | None, typer.Argument(help="Documents to take out.")] = None,
    whole: Annotated[bool, typer.Option("--whole", help="Remove the library itself.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take documents out of a library, or remove it. Your files stay where they are."""
    if whole == bool(paths):
        raise typer.BadParameter("name the documents to take out, or --whole for the library")
    with reported(as_json=as_json):
        result = indexing.remove(library, paths or [], whole=whole)
        if as_json:
            emit(result)
        else:
            screen.print(f"{result['removed']} documents removed; the files were not touched.")


@app.command()
def export(
    library: Annotated[str, typer.Argument(help="The library's name.")],
    file: Annotated[
        Path | None, typer.Argument(help="The file to write the library to, ending in .ragx.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FILE.docx|.pdf|.md",
            help="Write a conversation to this file instead, with a note for each citation.",
        ),
    ] = None,
    conversation: Annotated[
        str | None,
        typer.Option(
            "--conversation",
            metavar="TITLE|NUMBER",
            help="Which one goes to the file of --to: 1 is the last one, which it is anyway.",
        ),
    ] = None,
    originals: Annotated[
        bool, typer.Option("--documents", help="Put the documents themselves in as well.")
    ] = False,
    places: Annotated[
        bool,
        typer.Option("--places", help="Say in which folders files lie, and when all was made."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a library into one file, to be taken to another machine; or a conversation.

    The file of a library carries the text of the documents, their titles, authors and file names,
    what is needed to search them, and the conversations. Without --places, it says neither folders
    nor times.
    It is read through before it is done.
    """
    if (file is None) == (to is None):
        raise typer.BadParameter("give a file for the library, or --to with one for a conversation")
    if conversation is not None and to is None:
        raise typer.BadParameter("goes with --to", param_hint="--conversation")
    with reported(as_json=as_json):
        if to:
            written = papers.write_conversation(library, conversation, to, quiet=as_json)
            emit(written) if as_json else papers.print_written(written)
        if file is None:
            return
        values = carrying.export(library, file, originals=originals, places=places)
        if as_json:
            emit(values)
        else:
            carrying.print_exported(values)


@app.command()
def restore(as_json: AsJson = False) -> None:
    """Go back to the last copy of the database if it is damaged, and make whole what is searched.

    Nothing is deleted: the damaged file is kept.
    """
    with reported(as_json=as_json):
        values = restoring.restore()
        if as_json:
            emit(values)
        else:
            restoring.print_restored(values)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file that was exported.")],
    library: Annotated[
        str | None, typer.Option("--library", "-l", help="Made if it is new; else added to.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="Unpack the documents themselves into this folder.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring a library in from a file. What has its vectors is not embedded again.

    Of documents that are damaged in the file, what is sound is taken, and they are named.
    """
    if library is not None:
        _named(library)
    with reported(as_json=as_json):
        values = carrying.bring(file, library, into)
        if as_json:
            emit(values)
        else:
            carrying.print_brought(values)
