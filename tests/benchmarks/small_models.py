"""How often the very words of a small model hold the answer, through the program's own route.

    pip install -e .[test,bench]
    python -m tests.benchmarks.small_models --qa ../shared/data/qa/qa.jsonl \
        --home /tmp/desktop-rag-retrieval --set wiki_xquad_en --model smollm2 --questions 200

The home is one that `tests.benchmarks.retrieval` has made; it is only read. `sentences` is how
often what the model is told holds the answer: no model that copies can do better.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop_rag.answer.turn import Done, Question
from desktop_rag.cli.judging import AnswerCase, answer_cases, holds
from desktop_rag.domain.generation import ModelChoice, Prepared, SamplingParameters
from desktop_rag.domain.indexes import Searched
from desktop_rag.domain.models import LocalModel
from desktop_rag.jobs.answering import LibraryScope, answering, events
from desktop_rag.library import indexes
from desktop_rag.library.db.database import open_for_reading
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.processes.generating import GeneratingProcess
from desktop_rag.workers.processes.searching import SearchingProcess
from tests import real_models
from tests.benchmarks.decode import Never

_LIBRARY = "benchmark"
_SHOWN = 5


class _Within:
    """A process that is no process: it does at once what it is told."""

    def __init__(self, process: Any) -> None:
        self._process = process

    def steps(self, command: Any) -> Iterator[object]:
        yield from self._process.handle(command, Never())


def asked(
    cases: Sequence[AnswerCase], how: Question, home: Path
) -> Iterator[tuple[AnswerCase, Done, float]]:
    """Yield each question with its answer, and how many seconds it took."""
    paths = Paths(home)
    serving = Searched(indexes.serving(open_for_reading(paths.database)), None)
    searching = _Within(SearchingProcess(paths, 100, serving))
    generating = _Within(GeneratingProcess())
    for case in cases:
        started = time.perf_counter()
        question = Question(case.question, how.model, how.sampling, passages=how.passages)
        steps = answering(question, LibraryScope(_LIBRARY))
        done = [one for one in events(steps, searching, generating) if isinstance(one, Done)]
        yield case, done[-1], time.perf_counter() - started


def _told(done: Done) -> str:
    prepared: Prepared | None = done.prepared
    return prepared.text if prepared else ""


def figures(answers: Sequence[tuple[AnswerCase, Done, float]]) -> dict[str, float]:
    """Return what is measured of all answers."""

    def share(texts: Sequence[str]) -> float:
        held = [holds(text, case.answers) for (case, *_), text in zip(answers, texts, strict=True)]
        return round(statistics.mean(held), 3)

    written = [done.generation.usage for _, done, _ in answers if done.generation]
    return {
        "n": len(answers),
        "model": share([done.text for _, done, _ in answers]),
        "quotes": share([" ".join(one.text for one in done.quotes) for _, done, _ in answers]),
        "sentences": share([_told(done) for _, done, _ in answers]),
        "words": statistics.median(len(done.text.split()) for _, done, _ in answers),
        "prompt_tokens": statistics.median([one.prompt for one in written] or [0]),
        "seconds": round(statistics.median(took for *_, took in answers), 2),
    }


def main() -> None:
    """Ask some questions of a set and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--qa", type=Path, required=True)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--set", required=True)
    parser.add_argument("--model", choices=("smollm2", "gemma3"), required=True)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    cases = [one for one in answer_cases(options.qa, options.set) if one.answerable]
    random.Random(options.seed).shuffle(cases)  # noqa: S311 - a sample
    folder = Path(tempfile.gettempdir())
    path = real_models.gemma3(folder) if options.model == "gemma3" else real_models.smollm2()
    how = Question(
        "",
        ModelChoice(LocalModel(path), context_tokens=2048, threads=options.threads),
        SamplingParameters(greedy=True, seed=1),
    )
    answers = []
    for one in asked(cases[: options.questions], how, options.home):
        answers.append(one)
        if len(answers) <= _SHOWN:
            print(one[0].question, "→", one[1].text)
        if len(answers) % 20 == 0:
            print(json.dumps(figures(answers)), flush=True)
    print(json.dumps(figures(answers)))


if __name__ == "__main__":
    main()
