"""Measuring retrieval against questions whose pages are known.

hit@k is the share of questions with a right page among the first k distinct
pages; MRR the mean of 1/rank of the first right page among ten (Voorhees, 1999).
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_rag.cli import session
from desktop_rag.cli.mending import Searching
from desktop_rag.domain.errors import DocumentUnknown, QuestionsUnusable
from desktop_rag.library import documents
from desktop_rag.workers.commands.searching import Search, SearchDone, SearchingCommand
from desktop_rag.workers.pipe.calls import Calls

_DEPTHS = (1, 3, 5, 10)
_PAGES = max(_DEPTHS)

GoldPage = tuple[str, int]  # document as in the file, page from 0


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the pages that answer it."""

    id: str
    set: str
    question: str
    gold: frozenset[GoldPage]


@dataclass(frozen=True, slots=True)
class Trial:
    """Where to search: everywhere in the library, or only in the documents of the gold pages."""

    library: str
    root: Path
    within: bool


def cases_of(path: Path) -> list[Case]:
    """Read questions, one JSON object a line. Raises `QuestionsUnusable`."""
    cases = []
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise QuestionsUnusable(str(path), 0) from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cases.append(_case(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise QuestionsUnusable(str(path), number) from None
    return cases


def _case(values: dict[str, Any]) -> Case:
    gold = frozenset(
        (str(place["doc"]), int(place["page"]) - 1) for place in values["gold"] if "page" in place
    )
    return Case(str(values["id"]), str(values["set"]), str(values["question"]), gold)


def chosen(cases: Sequence[Case], name: str | None, pages_from: str | None) -> list[Case]:
    """Return the questions of one set, with the gold pages of another where that is asked."""
    own = [case for case in cases if name in (None, case.set)]
    if pages_from is None:
        return own
    others = {_end(case.id): case.gold for case in cases if case.set == pages_from}
    return [
        Case(case.id, case.set, case.question, others.get(_end(case.id), frozenset()))
        for case in own
    ]


def _end(id_: str) -> str:
    return id_.rpartition("-")[2]


def evaluate(
    cases: Sequence[Case], trial: Trial, progress: Callable[[Iterable[Case]], Iterable[Case]]
) -> dict[str, Any]:
    """Ask every question that has gold pages; return the JSON contract."""
    home, settings = session.opened()
    asked = [case for case in cases if case.gold]
    ranks: list[int | None] = []
    seconds: list[float] = []
    with Searching(home, settings) as searching, session.looked_at(home) as db:
        for case in progress(asked):
            pages: list[GoldPage] = []
            for command in _searches(case, trial):
                done = _found(searching, command)
                if done:
                    seconds.append(done.seconds)
                    paths = documents.paths_of(db, {hit.document for hit in done.hits})
                    pages += [(str(paths[hit.document]), hit.page) for hit in done.hits]
            ranks.append(_rank(pages, case, trial.root))
    return {"n": len(asked), "skipped": len(cases) - len(asked), **_figures(ranks, seconds)}


def _searches(case: Case, trial: Trial) -> list[Search]:
    if not trial.within:
        return [Search(case.question, trial.library, None, _PAGES, by_page=True)]
    names = sorted({name for name, _ in case.gold})
    places = [trial.root / name for name in names]
    return [Search(case.question, trial.library, place, _PAGES, by_page=True) for place in places]


def _found(searching: Calls[SearchingCommand], command: Search) -> SearchDone | None:
    """Search; a document that is not in the library is a miss."""
    try:
        return searching.value(command)
    except DocumentUnknown:
        return None


def _rank(pages: Sequence[GoldPage], case: Case, root: Path) -> int | None:
    right = {(str((root / name).resolve()), page) for name, page in case.gold}
    for rank, (path, page) in enumerate(pages, 1):
        if (str(Path(path).resolve()), page) in right:
            return rank
    return None


def _figures(ranks: Sequence[int | None], seconds: Sequence[float]) -> dict[str, Any]:
    count = len(ranks) or 1
    found = [rank for rank in ranks if rank]
    return {
        **{f"hit@{k}": round(sum(r <= k for r in found) / count, 4) for k in _DEPTHS},
        "mrr": round(sum(1 / rank for rank in found if rank <= _PAGES) / count, 4),
        "search_ms": {"p50": _quantile(seconds, 50), "p95": _quantile(seconds, 95)},
    }


def _quantile(seconds: Sequence[float], percent: int) -> float:
    if not seconds:
        return 0.0
    values = seconds if len(seconds) > 1 else [*seconds, *seconds]
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return round(cuts[percent - 1] * 1000, 2)
