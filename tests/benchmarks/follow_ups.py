"""How often a follow-up finds the page that its full form finds.

    python -m tests.benchmarks.follow_ups --qa ../shared/data/qa/qa.jsonl \
        --root ../shared/data/qa --home /tmp/desktop-rag-retrieval

The homes are those of `tests.benchmarks.retrieval`. The `written` pairs are follow-ups typed by
hand (`follow_up_pairs`): pronouns, years, "and the other one?", what leans on the answer, longer
talks, two languages. Those `held out` are more of the kind. The `shortened` ones are made by
rule: two questions about one document that share a name, which becomes a pronoun or is dropped in
the second. What comes before is answered by the program, by quotation. The documents are halved.
Beside it the same follow-ups are searched as they were typed.

Told beside it is how the reader takes the questions of the sets, each by itself: how many it
would not search.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_rag.answer.asking import SAID, wish_of, words_of
from desktop_rag.answer.standalone import Standalone, standalone
from desktop_rag.answer.turn import Done, PassagesFound, Question
from desktop_rag.cli import session
from desktop_rag.domain.generation import Exchange
from desktop_rag.jobs.answering import LibraryScope, answering, events, exchange_of
from desktop_rag.library import documents
from desktop_rag.workers.commands.searching import Search
from tests.benchmarks import program
from tests.benchmarks.follow_up_pairs import HELD_OUT, WRITTEN

GoldPages = frozenset[tuple[str, int]]

_LIBRARY = "benchmark"
_SETS = {
    "azure_northwind": "azure_northwind",
    "financebench": "financebench",
    "jandirs_es": "jandirs_es",
    "wiki_squad2_en": "wiki_pdf-squad2_en",
    "wiki_squad2_es": "wiki_pdf-squad2_es",
    "wiki_xquad_en": "wiki_pdf-xquad_en",
    "wiki_xquad_es": "wiki_pdf-xquad_es",
}
_EACH = 40  # pairs of a set
_FIRST = 5  # pages
_NAME = re.compile(r"(?<=\w )[A-ZÁÉÍÓÚÑ][\w’'-]+(?: (?:of |de |del |the )?[A-ZÁÉÍÓÚÑ][\w’'-]+)*")
_BEFORE = (
    r"(?:(?:of|in|at|for|by|about|to|de|del|en|a|al|por|sobre|con) )?(?:the |el |la |los |las )?"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A follow-up to what was asked `before`, its full form, and the pages that answer that."""

    kind: str
    before: tuple[str, ...]
    follow_up: str
    full: str
    gold: GoldPages
    half: int


def written(name: str, rows: list[dict[str, Any]], kind: str = "written") -> Iterator[Pair]:
    """Yield the pairs of a set that were written by hand."""
    lines = (WRITTEN if kind == "written" else HELD_OUT).get(name, "")
    before: tuple[str, ...] = ()
    follow_up = ""
    for line in lines.strip().splitlines():
        first, second, text = line.strip().removeprefix("+ ").split(maxsplit=2)
        (asked,) = (row for row in rows if row["id"].endswith(first))
        (meant,) = (row for row in rows if row["id"].endswith(second))
        goes_on = line.strip().startswith("+ ")
        before = (*before, follow_up) if goes_on else (asked["question"],)
        follow_up = text
        yield Pair(kind, before, text, meant["question"], _gold(meant), _half(meant))


def _gold(row: dict[str, Any]) -> GoldPages:
    return frozenset((one["doc"], one["page"] - 1) for one in row["gold"])


def _half(row: dict[str, Any]) -> int:
    return hashlib.sha256(row["gold"][0]["doc"].encode()).digest()[0] % 2


def shortened(rows: list[dict[str, Any]]) -> list[Pair]:
    """Make follow-ups of questions about one document that share a name."""
    by_document = defaultdict(list)
    for row in rows:
        if row["answers"] and row["gold"] and "page" in row["gold"][0]:
            by_document[row["gold"][0]["doc"]].append(row)
    made = []
    for _, own in sorted(by_document.items()):
        for at, row in enumerate(own):
            for earlier in own[at - 3 : at] or own[at + 1 : at + 4]:
                asked = earlier["question"]
                short = _shortened(row["question"], asked, len(made))
                if short:
                    full = row["question"]
                    pair = Pair("shortened", (asked,), short, full, _gold(row), _half(row))
                    made.append(pair)
                    break
    made.sort(key=lambda pair: hashlib.sha256(pair.full.encode()).hexdigest())
    return made[:_EACH]


def _shortened(full: str, earlier: str, turn: int) -> str:
    """Return a question without a name that the one before has; nothing where they share none."""
    for match in _NAME.finditer(full):
        name = match.group()
        if name not in earlier:
            continue
        spanish = "¿" in full
        if spanish or turn % 3 == 2:
            short = re.sub(_BEFORE + re.escape(name), "", full, count=1)
        else:
            short = re.sub(rf"(?:the )?{re.escape(name)}(?:['’]s)?", "it", full, count=1)
        short = " ".join(short.replace(" ?", "?").split())
        if turn % 4 == 3:
            start = "¿Y " if spanish else "And "
            short = start + short.lstrip("¿")[:1].lower() + short.lstrip("¿")[1:]
        return short if len(words_of(short)) > 1 else ""
    return ""


def measured(pairs: list[Pair], home: Path, root: Path) -> Iterator[dict[str, Any]]:
    """Search each pair in its full form, made to stand by itself, and as it was typed."""
    os.environ["DESKTOP_RAG_HOME"] = str(home)
    paths, settings = session.opened()
    with session.searcher(paths, settings) as searching, session.looked_at(paths) as db:

        @functools.cache
        def told(before: tuple[str, ...]) -> tuple[Exchange, ...]:
            history: tuple[Exchange, ...] = ()
            for text in before:
                question = Question(text, history=history)
                found, done = PassagesFound(()), Done("", ())
                steps = answering(question, LibraryScope(_LIBRARY))
                for event in events(steps, searching, searching):
                    found = event if isinstance(event, PassagesFound) else found
                    done = event if isinstance(event, Done) else done
                history = (*history, exchange_of(question, found, done))
            return history

        def found(asked: Standalone, gold: GoldPages) -> bool:
            preferred = asked.documents
            command = Search(asked.text, _LIBRARY, limit=_FIRST, by_page=True, preferred=preferred)
            hits = searching.value(command).hits
            places = documents.paths_of(db, {hit.document for hit in hits})
            named = {id_: str(path.relative_to(root)) for id_, path in places.items()}
            return any((named[hit.document], hit.page) in gold for hit in hits)

        for pair in pairs:
            asked = standalone(pair.follow_up, told(pair.before))
            yield {
                "kind": pair.kind,
                "half": pair.half,
                "full": found(Standalone(pair.full), pair.gold),
                "standalone": found(asked, pair.gold),
                "typed": found(Standalone(pair.follow_up), pair.gold),
                "words": (" / ".join(pair.before), pair.follow_up, asked.text, pair.full),
            }


def not_searched(rows: list[dict[str, Any]]) -> list[str]:
    """Return the questions that the reader takes for something to be answered with a sentence."""
    kinds = ((row["question"], wish_of(row["question"], talking=False).kind) for row in rows)
    return [f"{kind}: {question}" for question, kind in kinds if kind in SAID]


def main() -> None:
    """Measure and print; the words of pairs that were missed go to the error output."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--qa", type=Path, required=True, help="the questions, qa.jsonl")
    parser.add_argument("--root", type=Path, required=True, help="what documents are relative to")
    parser.add_argument("--home", type=Path, required=True, help="where they are indexed")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.qa.read_text("utf-8").splitlines()]
    results = []
    for name, folder in _SETS.items():
        own = [row for row in rows if row["set"] == name]
        pairs = [*written(name, own), *written(name, own, "held out"), *shortened(own)]
        for result in measured(pairs, given.home / folder, given.root.resolve()):
            results.append({"set": name, **result})
            if result["full"] and not result["standalone"]:
                program.note(f"{result['half']} {result['kind']}: " + " | ".join(result["words"]))
    left = not_searched(rows)
    program.note("\n".join(left))
    program.emit({"benchmark": "follow_ups", **_figures(results), "not searched": len(left)})


def _figures(results: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = {}
    for kind in ("written", "held out", "shortened"):
        own = [one for one in results if one["kind"] == kind]
        kinds[kind] = {
            **{str(half): _shares([one for one in own if one["half"] == half]) for half in (0, 1)},
            "sets": {name: _shares([one for one in own if one["set"] == name]) for name in _SETS},
        }
    return kinds


def _shares(results: list[dict[str, Any]]) -> dict[str, float]:
    full = [one for one in results if one["full"]]
    return {
        "n": len(results),
        "full": round(len(full) / (len(results) or 1), 3),
        "standalone": round(sum(r["standalone"] for r in results) / (len(results) or 1), 3),
        "of full, standalone": round(sum(r["standalone"] for r in full) / (len(full) or 1), 3),
        "of full, as typed": round(sum(r["typed"] for r in full) / (len(full) or 1), 3),
    }


if __name__ == "__main__":
    main()
