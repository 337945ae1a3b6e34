"""Measuring answers against questions whose answers, pages and limits are known.

A question is a JSON object a line: `question`, `answers`, `gold` pages, and where there are any
`checks` of what must and must not be said, and `history`, the questions asked before it. It is
unanswerable where it says so (`"answerable": false`), has no answers, or is of a kind that begins
with "unanswerable". `gold_answers` tells whether an answer holds a gold one. AUROC is the
probability that an answerable question has more evidence than an unanswerable one (Fawcett, "An
introduction to ROC analysis", 2006).
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_rag.answer.turn import Question
from desktop_rag.cli import asking
from desktop_rag.cli.gold_answers import holds
from desktop_rag.cli.questions import AskedLine
from desktop_rag.domain.answers import AnswerMode, First, Ground, SentenceVerdict
from desktop_rag.domain.errors import QuestionsUnusable
from desktop_rag.jobs.answering import LibraryScope

_MARK = re.compile(r" ?\[\d+\]")

Track = Callable[[Sequence[AskedLine]], Iterable[AskedLine]]


@dataclass(frozen=True, slots=True)
class AnswerCase:
    """A question with what its answer is judged by; pages count from 0."""

    id: str
    question: str
    answers: tuple[str, ...]
    gold: frozenset[tuple[str, int]]
    answerable: bool
    checks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    history: tuple[str, ...] = ()
    about: str | None = None  #: the one document that is known to have it, as in the file
    document: Path | None = None  #: the one that is asked


def answer_cases(path: Path, set_name: str | None = None) -> list[AnswerCase]:
    """Read the questions of a file, or of one set of it. Raises `QuestionsUnusable`."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        raise QuestionsUnusable(str(path), 0) from None
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            if set_name in {None, values["set"]}:
                cases.append(_case(values))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise QuestionsUnusable(str(path), number) from None
    return cases


def _case(values: Mapping[str, Any]) -> AnswerCase:
    answers = tuple(str(answer) for answer in values.get("answers") or () if str(answer).strip())
    unanswerable = str(values.get("kind", "")).startswith("unanswerable")
    places = values.get("gold") or ()
    return AnswerCase(
        id=str(values["id"]),
        question=str(values["question"]),
        answers=answers,
        gold=frozenset((str(one["doc"]), int(one["page"]) - 1) for one in places if "page" in one),
        answerable=bool(values.get("answerable", answers and not unanswerable)),
        checks=dict(values.get("checks") or {}),
        history=tuple(map(str, values.get("history") or ())),
        about=_about(values.get("doc"), places),
    )


def _about(named: object, places: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the one document that a question is about, `None` if there are several."""
    names = {str(named)} if named else {str(place["doc"]) for place in places}
    return names.pop() if len(names) == 1 else None


def within(cases: Iterable[AnswerCase], root: Path) -> list[AnswerCase]:
    """Return the cases that are about one document to be asked about that alone."""
    return [replace(case, document=root / case.about) if case.about else case for case in cases]


def judged_answers(
    cases: Sequence[AnswerCase], how: Question, scope: LibraryScope, root: Path, track: Track
) -> dict[str, Any]:
    """Ask every question like `how`, and return the figures as the JSON contract has them."""
    lines = [AskedLine(case.id, case.question, case.document, case.history) for case in cases]
    replies = list(asking.ask_all(track(lines), how, scope))
    failed = [reply for reply in replies if "error" in reply]
    pairs = [
        (case, reply) for case, reply in zip(cases, replies, strict=True) if "error" not in reply
    ]
    return {"n": len(cases), "failed": len(failed), **figures(pairs, root)}


def figures(pairs: Sequence[tuple[AnswerCase, Mapping[str, Any]]], root: Path) -> dict[str, Any]:
    """Return the figures of questions and the answers they got."""
    answerable = [pair for pair in pairs if pair[0].answerable]
    unanswerable = [reply for case, reply in pairs if not case.answerable]
    told = [(case, reply) for case, reply in answerable if not reply["refused"]]
    written = [pair for pair in answerable if pair[1]["mode"] == AnswerMode.MODEL]
    holding = [reply for case, reply in written if holds(reply["answer"], case.answers)]
    lacking = [reply for case, reply in written if not holds(reply["answer"], case.answers)]
    checked = [case for case in pairs if case[0].checks]
    return {
        "answerable": len(answerable),
        "holds": {
            "shown": _share(holds(shown(reply), case.answers) for case, reply in answerable),
            "quotes": _share(holds(_quoted(reply), case.answers) for case, reply in answerable),
            "model": _share(holds(reply["answer"], case.answers) for case, reply in written),
        },
        "words": statistics.median([len(shown(reply).split()) for _, reply in told] or [0]),
        "cited": _share(bool(_places(reply)) for _, reply in told),
        "cited_gold": _share(_on_gold(case, reply, root) for case, reply in told if case.gold),
        "refused": {
            "answerable": _share(reply["refused"] for _, reply in answerable),
            "unanswerable": _share(reply["refused"] for reply in unanswerable),
        },
        "auroc": auroc(
            [reply["sufficiency"] for _, reply in answerable],
            [reply["sufficiency"] for reply in unanswerable],
        ),
        "flagged": {
            "lacking": _share(map(flagged, lacking)),
            "holding": _share(map(flagged, holding)),
        },
        "supported_cited": _share(
            bool(check["citations"])
            for _, reply in written
            for check in reply["checks"]
            if check["verdict"] == SentenceVerdict.SUPPORTED and check["ground"] != Ground.NOTHING
        ),
        "checks": _share(passes(case.checks, shown(reply)) for case, reply in checked),
        "seconds": round(statistics.median([reply["seconds"] for _, reply in pairs] or [0]), 3),
    }


def shown(reply: Mapping[str, Any]) -> str:
    """Return what is shown first of an answer, without its marks."""
    return _quoted(reply) if reply["first"] == First.QUOTES else _MARK.sub("", reply["answer"])


def flagged(reply: Mapping[str, Any]) -> bool:
    """Tell whether a reader is warned of what a model wrote: it is not borne out, all of it."""
    return not asking.are_borne_out(reply["checks"])


def passes(checks: Mapping[str, Sequence[str]], text: str) -> bool:
    """Tell whether a text has what it must have and nothing that it must not.

    `must_contain_all`, `must_contain_any`, `must_contain_any_casefold`, `must_not_contain`.
    """
    folded = text.casefold()
    return (
        all(word in text for word in checks.get("must_contain_all", ()))
        and _any(checks.get("must_contain_any", ()), text)
        and _any([word.casefold() for word in checks.get("must_contain_any_casefold", ())], folded)
        and not any(word in text for word in checks.get("must_not_contain", ()))
    )


def auroc(more: Sequence[float], less: Sequence[float]) -> float | None:
    """Return how often a value of `more` is above one of `less`; equal ones count half."""
    if not more or not less:
        return None
    above = sum((a > b) + (a == b) / 2 for a in more for b in less)
    return round(above / (len(more) * len(less)), 4)


def limited(cases: Iterable[AnswerCase], limit: int | None) -> list[AnswerCase]:
    """Return the first `limit` cases, or all."""
    return list(islice(cases, limit))


def _any(words: Sequence[str], text: str) -> bool:
    return not words or any(word in text for word in words)


def _quoted(reply: Mapping[str, Any]) -> str:
    return " ".join(quote["text"] for quote in reply["quotes"])


def _places(reply: Mapping[str, Any]) -> list[tuple[str, int]]:
    found = reply["quotes"] if reply["first"] == First.QUOTES else reply["citations"]
    return [(one["document"], one["page"]) for one in found]


def _on_gold(case: AnswerCase, reply: Mapping[str, Any], root: Path) -> bool:
    right = {(str((root / name).resolve()), page) for name, page in case.gold}
    return any((str(Path(path).resolve()), page) in right for path, page in _places(reply))


def _share(values: Iterable[bool]) -> float | None:
    counted = [bool(value) for value in values]
    return round(sum(counted) / len(counted), 4) if counted else None
