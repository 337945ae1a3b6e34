"""How often a follow-up finds the page that its full form finds.

    python -m tests.benchmarks.follow_ups --qa ../shared/data/qa/qa.jsonl \
        --root ../shared/data/qa --home /tmp/desktop-rag-retrieval

The homes are those of `tests.benchmarks.retrieval`. A pair is two questions about one document
that share a name; in the second the name is made a pronoun, an ellipsis or dropped, as people do
who go on talking. The documents are halved: what was tried out was tried on the first half, the
second tells. Beside it the same follow-ups are searched as they were typed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_rag.answer.asking import words_of
from desktop_rag.answer.standalone import Standalone, standalone
from desktop_rag.cli import session
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.generation import Exchange
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.library import documents
from desktop_rag.workers.commands.searching import Search
from tests.benchmarks import program

_LIBRARY = "benchmark"
_SETS = {
    "azure_northwind": "azure_northwind",
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
    """A question, the follow-up to it, its full form, and the pages that answer that."""

    first: str
    follow_up: str
    full: str
    gold: frozenset[tuple[str, int]]
    half: int


def pairs(rows: list[dict[str, Any]]) -> list[Pair]:
    """Make follow-ups of questions about one document that share a name."""
    by_document = defaultdict(list)
    for row in rows:
        if row["answers"] and row["gold"] and "page" in row["gold"][0]:
            by_document[row["gold"][0]["doc"]].append(row)
    made = []
    for document, own in sorted(by_document.items()):
        half = hashlib.sha256(document.encode()).digest()[0] % 2
        for at, row in enumerate(own):
            gold = frozenset((one["doc"], one["page"] - 1) for one in row["gold"])
            for earlier in own[at - 3 : at] or own[at + 1 : at + 4]:
                short = _shortened(row["question"], earlier["question"], len(made))
                if short:
                    made.append(Pair(earlier["question"], short, row["question"], gold, half))
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

        def hits(asked: Standalone) -> tuple[Hit, ...]:
            command = Search(asked.text, _LIBRARY, None, 10, by_page=True)
            preferred = Search(
                asked.text, _LIBRARY, None, 10, by_page=True, preferred=asked.documents
            )
            return searching.value(preferred if asked.documents else command).hits

        def found(hits: tuple[Hit, ...], gold: frozenset[tuple[str, int]]) -> bool:
            places = documents.paths_of(db, {hit.document for hit in hits})
            named: dict[DocumentId, str] = {
                id_: str(path.relative_to(root)) for id_, path in places.items()
            }
            return any((named[hit.document], hit.page) in gold for hit in hits[:_FIRST])

        for pair in pairs:
            before = hits(Standalone(pair.first))
            passages = tuple(Passage(number, hit) for number, hit in enumerate(before[:6], 1))
            asked = standalone(pair.follow_up, [Exchange(pair.first, "So [1].", passages)])
            yield {
                "half": pair.half,
                "full": found(hits(Standalone(pair.full)), pair.gold),
                "standalone": found(hits(asked), pair.gold),
                "typed": found(hits(Standalone(pair.follow_up)), pair.gold),
                "words": (pair.first, pair.follow_up, asked.text, pair.full),
            }


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
        own = pairs([row for row in rows if row["set"] == name])
        for result in measured(own, given.home / folder, given.root.resolve()):
            results.append({"set": name, **result})
            if result["full"] and not result["standalone"]:
                program.note(" | ".join(result["words"]))
    figures = {
        str(half): _shares([one for one in results if one["half"] == half]) for half in (0, 1)
    }
    by_set = {name: _shares([one for one in results if one["set"] == name]) for name in _SETS}
    program.emit({"benchmark": "follow_ups", "halves": figures, "sets": by_set})


def _shares(results: list[dict[str, Any]]) -> dict[str, float]:
    full = [one for one in results if one["full"]]
    return {
        "n": len(results),
        "full hit@5": round(len(full) / (len(results) or 1), 3),
        "of these, standalone": round(sum(r["standalone"] for r in full) / (len(full) or 1), 3),
        "of these, as typed": round(sum(r["typed"] for r in full) / (len(full) or 1), 3),
    }


if __name__ == "__main__":
    main()
