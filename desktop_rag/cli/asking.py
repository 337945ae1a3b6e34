"""Searching a library, and asking it: one question, or many in one go."""

from __future__ import annotations

import functools
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_rag.answer.extraction import continued, whole
from desktop_rag.answer.tabulating import quote_of_cell
from desktop_rag.answer.turn import Done, PassagesFound, Question, QuotesFound
from desktop_rag.cli import session
from desktop_rag.cli.mending import Searching
from desktop_rag.cli.output import english, words_for
from desktop_rag.cli.questions import AskedLine, BadLine, replies
from desktop_rag.domain.answers import (
    AnswerMode,
    Coverage,
    First,
    Ground,
    QuestionKind,
    Reason,
    SentenceCheck,
    SentenceVerdict,
    borne_out,
)
from desktop_rag.domain.comparisons import ComparedCell
from desktop_rag.domain.documents import Box, DocumentId, PageBox
from desktop_rag.domain.entities import Entity
from desktop_rag.domain.errors import ModelMissing, RagError
from desktop_rag.domain.generation import Exchange, GenerationDone, ModelChoice
from desktop_rag.domain.occurrences import DocumentCount, Occurrences
from desktop_rag.domain.passages import Hit, Passage, Quote, Wording
from desktop_rag.domain.studying import StudyCard
from desktop_rag.domain.unicode_text import one_line
from desktop_rag.jobs.answering import (
    CheckedLess,
    Heard,
    LibraryScope,
    answering,
    events,
    exchange_of,
)
from desktop_rag.library import documents, libraries
from desktop_rag.library.libraries import LibraryId
from desktop_rag.notices.answers import reason_words, verdict_words
from desktop_rag.workers.commands.generating import GeneratingCommand
from desktop_rag.workers.commands.searching import SearchingCommand
from desktop_rag.workers.pipe.calls import Calls


@dataclass(frozen=True, slots=True)
class QuotesTold:
    """Quotes that stand first, as the JSON contract has them, before a model writes."""

    quotes: tuple[Mapping[str, Any], ...]


_BAR = re.compile(r"(?<!\\)\|")  # between two cells of a table
_EMPHASIS = re.compile(r"(?<![\\*])\*(?!\*)")  # and not what is set bold
_ESCAPE = re.compile(r"\\([\\|*`~<\[\]])")

Show = Callable[[Heard | QuotesTold], None]
Lines = Iterable[AskedLine | BadLine]


@dataclass(frozen=True, slots=True)
class _Engines:
    """What answers questions: two processes, and the database for where documents lie."""

    searching: Calls[SearchingCommand]
    generating: Calls[GeneratingCommand]
    db: sqlite3.Connection
    library: LibraryId

    def at(self, paths: Iterable[Path]) -> tuple[DocumentId, ...]:
        """Return the documents at these paths, each once, also those without text.

        Raises `DocumentUnknown`.
        """
        found: list[DocumentId] = []
        for path in paths:
            held = documents.scope(self.db, self.library, path)
            known = documents.known(self.db, [] if held else [path.absolute()]).values()
            found += held or [one.document for one in known if one.document is not None]
        return tuple(dict.fromkeys(found))

    def paths(self, hits: Iterable[Hit]) -> dict[DocumentId, Path]:
        """Return where the documents of these passages lie, as the library has them."""
        return self.places({hit.document for hit in hits})

    def places(self, wanted: Iterable[DocumentId]) -> dict[DocumentId, Path]:
        """Return where these documents lie, as the library has them."""
        return documents.paths_of(self.db, wanted, self.library)


@contextmanager
def _opened(library: str, model: ModelChoice | None = None) -> Iterator[_Engines]:
    """Have what answers for the time of one command; its processes start with the first job."""
    home, settings = session.opened()
    with session.looked_at(home) as db:
        place = libraries.find(db, library)  # a wrong name is told before torch is loaded
        with Searching(home, settings) as searching, session.writer(home) as generating:
            searching.start()
            if model:
                generating.start()
            yield _Engines(searching, generating, db, place)


def search(query: str, scope: LibraryScope, limit: int) -> dict[str, Any]:
    """Return the best passages, as the JSON contract has them."""
    with _opened(scope.library) as engines:
        return _searched(engines, query, scope, limit)


def search_all(lines: Lines, scope: LibraryScope, limit: int) -> Iterator[dict[str, Any]]:
    """Yield what `search` returns for each line, with its id."""

    def searched(engines: _Engines, line: AskedLine) -> dict[str, Any]:
        return _searched(engines, line.question, _narrowed(scope, line), limit)

    return replies(lines, functools.partial(_opened, scope.library), searched)


def ask(
    question: Question, scope: LibraryScope, show: Show, only: Sequence[Path] = ()
) -> dict[str, Any]:
    """Answer a question, telling `show` what happens as it does; return the JSON contract.

    It is about the documents at these paths alone, if there are any.
    """
    _check(question.model)
    with _opened(scope.library, question.model) as engines:
        if only:
            scope = replace(scope, among=engines.at(only))
        values, _ = _answered(engines, question, scope, show)
        return values


def ask_all(lines: Lines, how: Question, scope: LibraryScope) -> Iterator[dict[str, Any]]:
    """Yield what `ask` returns for each line, with its id; each is answered like `how`.

    The questions of a line's history are asked before it, as turns of the same conversation.
    """
    _check(how.model)

    def answered(engines: _Engines, line: AskedLine) -> dict[str, Any]:
        return _conversed(engines, line, how, _narrowed(scope, line))

    return replies(lines, functools.partial(_opened, scope.library, how.model), answered)


def _check(model: ModelChoice | None) -> None:
    """Raise `ModelMissing` before anything is loaded for nothing."""
    if model and not model.source.there:
        raise ModelMissing(str(model.source.path))


def _narrowed(scope: LibraryScope, line: AskedLine) -> LibraryScope:
    return replace(scope, document=line.document) if line.document else scope


def _searched(engines: _Engines, query: str, scope: LibraryScope, limit: int) -> dict[str, Any]:
    done = engines.searching.value(scope.search(query, limit))
    paths = engines.paths(done.hits)
    return {
        "query": query,
        "seconds": round(done.seconds, 4),
        "hits": [_hit_values(hit, paths) for hit in done.hits],
        **_wording_values(done.wording, done.lacking),
    }


def _wording_values(wording: Wording, lacking: RagError | None) -> dict[str, Any]:
    """Return how many passages have the phrases in quotes, and the words that were mended.

    Where words alone were looked for, say why.
    """
    values: dict[str, Any] = {"words_alone": words_for(lacking)} if lacking else {}
    if wording.phrases:
        values |= {"phrases": list(wording.phrases), "phrase_hits": wording.phrase_hits}
    if wording.mended:
        values["mended"] = dict(wording.mended)
    return values


def _conversed(
    engines: _Engines, line: AskedLine, how: Question, scope: LibraryScope
) -> dict[str, Any]:
    """Return the answer to the last question of a conversation."""
    said: tuple[Exchange, ...] = ()
    first = 1
    values: dict[str, Any] = {}
    for text in (*line.history, line.question):
        question = replace(how, text=text, history=said, first=first)
        values, exchange = _answered(engines, question, scope, _ignored)
        first += len(values["hits"])
        if exchange.answer:
            said += (exchange,)
    return values


def _ignored(_event: Heard | QuotesTold) -> None:
    pass


def _answered(
    engines: _Engines, question: Question, scope: LibraryScope, show: Show
) -> tuple[dict[str, Any], Exchange]:
    """Return an answer as the JSON contract has it, and as the next turn's history has it."""
    started = time.perf_counter()
    found = PassagesFound(())
    done = Done("", ())
    less: CheckedLess | None = None
    for event in events(answering(question, scope), engines.searching, engines.generating):
        match event:
            case PassagesFound():
                found = event
            case QuotesFound(quotes=quotes):
                paths = engines.paths([quote.passage.hit for quote in quotes])
                show(QuotesTold(tuple(_quote_values(quote, paths) for quote in quotes)))
            case Done():
                done = event
            case CheckedLess():
                less = event
            case _:
                pass
        show(event)
    values = {
        "query": question.text,
        "seconds": round(time.perf_counter() - started, 4),
        **_values(engines, found, done),
        **({"checked_less": words_for(less.lacking)} if less else {}),
        **_wording_values(found.wording, found.lacking),
        **_figures(done.generation, found.seconds),
    }
    return values, exchange_of(question, found, done)


def _values(engines: _Engines, found: PassagesFound, done: Done) -> dict[str, Any]:
    hits = [passage.hit for passage in found.passages]
    quoted = [quote.passage.hit for quote in (*done.citations, *done.quotes)]
    paths = engines.paths([*hits, *quoted])
    paths |= engines.places(found.coverage.documents)
    paths |= engines.places(found.comparison.documents if found.comparison else ())
    return {
        "hits": [_hit_values(hit, paths) for hit in hits],
        "answer": done.text,
        "citations": [_citation_values(quote, paths) for quote in done.citations],
        "mode": str(done.mode),
        "route": str(found.kind),
        "searched": found.searched,
        **_read_values(found.coverage, paths),
        **_compared_values(found, paths),
        "refused": done.refused,
        "sufficiency": round(done.sufficiency, 4),
        "first": str(done.first),
        "quotes": [_quote_values(quote, paths) for quote in done.quotes],
        "checks": [_check_values(check) for check in done.checks],
        **(_count_values(engines, done.occurrences) if done.occurrences else {}),
        **_digest_values(found, done, paths),
    }


def _count_values(engines: _Engines, found: Occurrences) -> dict[str, Any]:
    """Return in which documents everything is that was wanted, and how much was looked at."""
    counts = (*found.documents, *found.without)
    paths = documents.paths_of(engines.db, {one.document for one in counts}, engines.library)

    def named(one: DocumentCount) -> dict[str, Any]:
        path = str(paths.get(one.document, ""))
        return {"document": path, "hits": one.hits, "pages": list(one.pages)}

    return {
        "counts": [named(one) for one in found.documents],
        "total": found.total,
        "documents": len(found.documents),
        "without": [str(paths.get(one.document, "")) for one in found.without],
        "looked_at": {"documents": found.looked_documents, "passages": found.looked_passages},
    }


def _compared_values(found: PassagesFound, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    """Return the rows of documents side by side, and how much of them is the same."""
    compared = found.comparison
    if compared is None:
        return {}
    tally = compared.tally
    rows = [
        {
            "aspect": row.aspect,
            "cells": [_cell_values(cell, found.passages, paths) for cell in row.cells],
            "state": str(row.state),
        }
        for row in compared.rows
    ]
    return {
        "rows": rows,
        "compared": {
            "documents": [str(paths.get(one, "")) for one in compared.documents],
            "topic": compared.topic,
            "versions": compared.versions,
            "same": tally.same,
            "changed": tally.changed,
            "moved": tally.moved,
            "several": tally.several,
            "only": list(tally.only),
            "unread": tally.unread,
            "rows_left": compared.left,
            "reason": str(compared.uncompared) if compared.uncompared else "",
        },
    }


def _cell_values(
    cell: ComparedCell | None, passages: Sequence[Passage], paths: Mapping[DocumentId, Path]
) -> dict[str, Any] | None:
    if cell is None:
        return None
    values = _quote_values(quote_of_cell(cell, passages), paths)
    text = passages[cell.hit].hit.text
    return {
        **values,
        "marked": [" ".join(text[start:end].split()) for start, end in cell.marked],
        "more": cell.more,
    }


def _digest_values(
    found: PassagesFound, done: Done, paths: Mapping[DocumentId, Path]
) -> dict[str, Any]:
    """Return key points and what is named, or questions to learn by, where those were wanted."""
    match found.kind:
        case QuestionKind.POINTS:
            return {
                "points": [_point_values(quote, paths) for quote in done.citations],
                "entities": [_entity_values(one, paths) for one in done.entities],
                "entities_left_out": done.left_out,
            }
        case QuestionKind.STUDY:
            return {"cards": [_card_values(card, paths) for card in done.cards]}
        case _:
            return {}


def _point_values(quote: Quote, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    section = quote.passage.hit.header.rpartition(" › ")[2]
    return {**_quote_values(quote, paths), "section": section}


def _entity_values(one: Entity, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    return {
        "kind": str(one.kind),
        "text": one.text,
        "count": one.count,
        "page_count": one.pages,
        "pages": [
            {
                "document": str(paths.get(place.document, "")),
                "page": place.page,
                "page_label": place.page_label,
                "boxes": _box_values(place.page, (), place.boxes),
            }
            for place in one.places
        ],
    }


def _card_values(card: StudyCard, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    values = _citation_values(card.quote, paths)
    return {"question": card.question, "answer": card.answer, **values}


_PAGES_TOLD = 12  # of something named, in a table


def pages_told(entity: Mapping[str, Any]) -> str:
    """Return the pages of something named, as a table has them."""
    labels = list(dict.fromkeys(one_line(one["page_label"]) for one in entity["pages"]))
    more = ["…"] if len(labels) > _PAGES_TOLD or entity["page_count"] > len(labels) else []
    return ", ".join([*labels[:_PAGES_TOLD], *more])


def _read_values(coverage: Coverage, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    """Return which documents were read whole, if any were."""
    if not coverage.documents:
        return {}
    read = [str(paths.get(one, "")) for one in coverage.documents]
    return {"read": {"documents": read, "pages": coverage.pages, "part": coverage.part}}


def _figures(generation: GenerationDone | None, retrieval: float) -> dict[str, Any]:
    usage = generation.usage if generation else None
    timings = generation.timings if generation else None
    return {
        "tokens": {
            "prompt": usage.prompt if usage else 0,
            "cached": usage.cached if usage else 0,
            "answer": usage.answer if usage else 0,
        },
        "timings": {
            "load_ms": round(timings.load_ms, 1) if timings else 0.0,
            "retrieve_ms": round(retrieval * 1000, 1),
            "first_token_ms": round(timings.first_token_ms, 1) if timings else 0.0,
            "prompt_tps": round(timings.prompt_tps, 2) if timings else 0.0,
            "decode_tps": round(timings.decode_tps, 2) if timings else 0.0,
        },
    }


def _hit_values(hit: Hit, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    return {
        "document": str(paths.get(hit.document, "")),
        "page": hit.page,
        "page_label": hit.page_label,
        "score": round(hit.score, 5),
        "layer": str(hit.layer),
        "text": hit.text,
        "boxes": _box_values(hit.page, whole(hit), continued(hit)),
    }


def _citation_values(quote: Quote, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    hit = quote.passage.hit
    return {
        "number": quote.passage.number,
        "document": str(paths.get(hit.document, "")),
        "page": hit.page,
        "page_label": hit.page_label,
        "quote": quote.text,
        "boxes": _box_values(hit.page, quote.boxes, quote.continued),
    }


def _quote_values(quote: Quote, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    values = _citation_values(quote, paths)
    return {"text": values.pop("quote"), **values}


def _check_values(check: SentenceCheck) -> dict[str, Any]:
    return {
        "sentence": check.sentence,
        "verdict": str(check.verdict),
        "reason": reason_words(check.reason, english),
        "ground": str(check.reason.ground),
        "citations": list(check.citations),
    }


def _box_values(
    page: int, boxes: Iterable[Box], later: Iterable[PageBox]
) -> list[dict[str, float]]:
    return [
        {"page": number, **{side: round(edge, 5) for side, edge in box._asdict().items()}}
        for number, box in (*((page, box) for box in boxes), *later)
    ]


def laid_out(text: str) -> str:
    r"""Return an answer as a terminal shows it: a table's rows as paragraphs.

    >>> print(laid_out("| A | B |\n| --- | --- |\n| Rent | **$9** [1] |"))
    Rent
      B: **$9** [1]
    <BLANKLINE>
    """
    lines: list[str] = []
    head: list[str] = []
    for line in text.split("\n"):
        cells = [_unmarked(cell.strip()) for cell in _BAR.split(line)[1:-1]]
        if not cells:
            head = []
            lines.append(_unmarked(line))
        elif not head:
            head = cells
        elif set(line) - set("|- "):
            told = (f"  {name}: {cell}" for name, cell in zip(head[1:], cells[1:], strict=False))
            lines += [*filter(None, cells[:1]), *told, ""]
    return "\n".join(lines)


def _unmarked(text: str) -> str:
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", text))


def told(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield how the words of a question fared, where that is not as it was typed."""
    if reason := values.get("words_alone"):
        yield f"Found by words alone, not by meaning. {reason}"
    if mended := values.get("mended"):
        yield f"Showing results for {', '.join(f'“{word}”' for word in mended.values())}."
    if phrases := values.get("phrases"):
        quoted = ", ".join(f"“{phrase}”" for phrase in phrases)
        match values["phrase_hits"]:
            case 0:
                yield f"No passage has {quoted}."
            case 1:
                yield f"1 passage with {quoted}"
            case count:
                yield f"{count} passages with {quoted}"


def quotations(quotes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a line for each quote, with where it stands."""
    for quote in quotes:
        name = one_line(Path(quote["document"]).name)
        yield f"“{quote['text']}” ({name}, p. {one_line(quote['page_label'])})"


def are_borne_out(checks: Sequence[Mapping[str, Any]]) -> bool:
    """Tell `domain.answers.borne_out` of checks as the JSON contract has them."""
    return borne_out([_check_of(values) for values in checks])


def _check_of(values: Mapping[str, Any]) -> SentenceCheck:
    verdict, reason = SentenceVerdict(values["verdict"]), Reason(Ground(values["ground"]))
    return SentenceCheck(0, 0, values["sentence"], verdict, reason, tuple(values["citations"]))


def standing(values: Mapping[str, Any], *, told: bool = False) -> Iterator[str]:
    """Yield what the documents say where it stands before an answer, and what they do not say.

    Quotes that were `told` before a model wrote are not told again.
    """
    if values["searched"] not in {"", values["query"]}:
        yield f"Searched: {values['searched']}"
    leading = values["mode"] == AnswerMode.MODEL and values["first"] == First.QUOTES
    if values["refused"] and values["quotes"]:
        yield "The nearest passages:"
    elif leading and values["quotes"]:
        yield from _standing(values["checks"], told=told)
    if values["refused"] or (leading and not told):
        yield from quotations(values["quotes"])
    yield from _doubted(values)


def _doubted(values: Mapping[str, Any]) -> Iterator[str]:
    if reason := values.get("checked_less"):
        yield f"{reason} The answer is checked without it."
    for check in values["checks"]:
        if check["verdict"] != SentenceVerdict.SUPPORTED:
            said = verdict_words(SentenceVerdict(check["verdict"]), english)
            yield f"{said}: “{check['sentence']}” {check['reason']}"


def _standing(checks: Sequence[Mapping[str, Any]], *, told: bool) -> Iterator[str]:
    """Yield how an answer stands to the quotes that are told next, or were `told` before it."""
    if are_borne_out(checks):
        yield from () if told else ("Your documents say:",)
    else:
        ending = "." if told else ", which say:"
        yield f"Not confirmed by your documents{ending}"


def sources(citations: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a line for each cited place, in the words of people."""
    for citation in citations:
        name = one_line(Path(citation["document"]).name)
        yield f"[{citation['number']}] {name}, p. {one_line(citation['page_label'])}"
