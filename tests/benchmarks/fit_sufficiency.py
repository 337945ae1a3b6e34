"""Fits the weights by which it is judged whether documents answer a question, and measures them.

Run by hand, with data directories that hold what `tests.benchmarks.retrieval --home` indexed, one
folder for each embedder, with a library's data directory for each folder of documents, as far as
there are such:

    python -m tests.benchmarks.fit_sufficiency --qa ../shared/data/qa/qa.jsonl \\
        --homes multilingual-e5-small=/tmp/e5 all-minilm-l6-v2=/tmp/minilm \\
        --cache /tmp/sufficiency --write

What is found for each question is kept in the cache: throw it away when searching or the ranking
of sentences has changed. Questions count as one of

    yes      documents answer them
    off      they are asked of documents on other subjects
    beside   they are asked of these documents, which do not answer them
    adverse  they were turned around by people who meant to mislead

Documents are halved by their titles: each half is measured with the weights of the other. Then each
library is measured with the weights of all others. What is written is fitted to everything.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from desktop_rag.answer.speech import answered_in
from desktop_rag.answer.sufficiency import SIGNS, signals
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.indexes import Searched
from desktop_rag.domain.passages import Extract, Passage
from desktop_rag.engines.store import analyzer
from desktop_rag.library import documents, indexes
from desktop_rag.library.db.database import open_for_reading
from desktop_rag.settings.paths import Paths, resources
from desktop_rag.settings.sufficiency import ANY, WORDS
from desktop_rag.workers.commands.searching import Pick, Search
from desktop_rag.workers.processes.searching import SearchingProcess

SOURCE = "tests/benchmarks/fit_sufficiency.py"
_LIBRARY = "benchmark"
_PASSAGES = 6  # as `Question` has it
_CANDIDATES = 100
_MOST = 280  # of its own questions, for each library
_STRANGE = 100  # questions on other subjects, for each library
_FOREIGN = 100  # questions in the other language
_REFUSED = 0.05  # of the answerable, at most
_PENALTY = 0.003  # on the squares of the weights of standardized signs
_WEIGHT = {"yes": 1.0, "off": 1.0, "adverse": 1.3, "beside": 1.5}
_KINDS = tuple(_WEIGHT)
_BESIDE = {"unanswerable", "unanswerable-in-corpus", "negative"}
_ADVERSE = {"wiki_squad2_en", "wiki_squad2_es"}
_ELSEWHERE = {  # kinds that are no questions, lean on others, or are answered by a sum or a "no"
    "adversarial", "ambiguous", "anti_hallucination", "calc_refusal", "conversation",
    "premise_correction", "prompt_injection", "small_talk",
}  # fmt: skip
_SIGN = {  # in which direction a sign may tell; 0 is either
    "nearness": 1, "low": -1, "missing": -1, "unsaid": -1, "paired": 1, "strange": -1,
    "strange_across": -1, "across": 0, "unnamed": -1, "unheard": -1, "unnumbered": -1,
    "denied": -1, "opposite": -1, "fit": 1, "agreed": 1,
}  # fmt: skip
_OF_MEANING = SIGNS
_OF_ONE_LANGUAGE = tuple(name for name in SIGNS if "across" not in name)
_OF_WORDS = (
    "missing", "unsaid", "paired", "unnamed", "unheard", "unnumbered", "denied", "opposite", "fit",
)  # fmt: skip


class Library(NamedTuple):
    """The folder of a data directory, the set asked of it, and the same one in another language."""

    folder: str
    questions: str
    foreign: str = ""


LIBRARIES = (
    Library("azure_northwind", "azure_northwind"),
    Library("jandirs_es", "jandirs_es"),
    Library("financebench", "financebench"),
    Library("wiki_pdf-squad2_en", "wiki_squad2_en"),
    Library("wiki_pdf-squad2_es", "wiki_squad2_es"),
    Library("wiki_pdf-xquad_en", "wiki_xquad_en", foreign="wiki_xquad_es"),
    Library("wiki_pdf-xquad_es", "wiki_xquad_es", foreign="wiki_xquad_en"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A question asked of a library, of one of the kinds above, and the sentences found.

    `group` falls into one half or the other. `found` says that an answerable question's page, or
    its answer word for word, is among the passages. `knows` says that the embedder was made for
    the languages of the question and the passages.
    """

    library: str
    kind: str
    group: str
    question: str
    language: str
    found: bool
    knows: bool
    sentences: tuple[Extract, ...]


class Sample(NamedTuple):
    """Some cases as numbers: `signs` is (cases, signs)."""

    cases: list[Case]
    signs: np.ndarray
    names: tuple[str, ...]


class Fitted(NamedTuple):
    """Weights for signs of these names, and from which logit on there is an answer."""

    names: tuple[str, ...]
    weights: np.ndarray
    intercept: float
    enough: float = 0.0

    def logits(self, sample: Sample) -> np.ndarray:
        """Return the logits of a sample: (cases,)."""
        logits: np.ndarray = sample.signs @ self.weights + self.intercept
        return logits


# What is found


class _Patient:
    def check(self) -> None:
        """Never give up."""


def cases(home: Path, library: Library, rows: Sequence[Mapping[str, Any]]) -> list[Case]:
    """Ask a library its own questions, those of others, and some in the other language."""
    paths = Paths(home / library.folder)
    db = open_for_reading(paths.database)
    process = SearchingProcess(paths, _CANDIDATES, Searched(indexes.serving(db), None))
    own = [row for row in rows if row["set"] == library.questions]
    titles = {_title(row) for row in own}
    strange = [row for row in rows if _is_strange(row, library, titles)]
    foreign = [row for row in rows if row["set"] == library.foreign]
    made = [_asked(process, db, library, row, _kind(row)) for row in _some(own, _MOST)]
    made += [_asked(process, db, library, row, "off") for row in _some(strange, _STRANGE)]
    name = f"{library.folder} across"
    made += [
        replace(_asked(process, db, library, row, "yes"), library=name)
        for row in _some(foreign, _FOREIGN)
    ]
    return made


def _some(rows: Sequence[Mapping[str, Any]], most: int) -> list[Mapping[str, Any]]:
    return random.Random(7).sample(rows, min(most, len(rows)))  # noqa: S311 - it is no secret


def _kind(row: Mapping[str, Any]) -> str:
    if row["kind"] in _ELSEWHERE:
        return ""
    if row["kind"] == "off_topic":
        return "off"
    if row["kind"] in _BESIDE or not row["answers"]:
        return "adverse" if row["set"] in _ADVERSE else "beside"
    return "yes"


def _is_strange(row: Mapping[str, Any], library: Library, titles: set[str]) -> bool:
    if row["set"] in {library.questions, library.foreign} or row["kind"] in _ELSEWHERE:
        return False
    return _title(row) not in titles


def _title(row: Mapping[str, Any]) -> str:
    gold = row["gold"][0].get("doc", "") if row["gold"] else ""
    return Path(row.get("doc") or gold).name


def _asked(
    process: SearchingProcess, db: Any, library: Library, row: Mapping[str, Any], kind: str
) -> Case:
    """Ask one question as the program does, and keep what it finds without the words' places."""
    search = Search(row["question"], _LIBRARY, None, _PASSAGES, answering=True)
    (done,) = process.handle(search, _Patient())
    hits = [replace(hit, words=()) for hit in done.hits]
    passages = tuple(Passage(at + 1, hit) for at, hit in enumerate(hits))
    language = answered_in(done.language, (), UNKNOWN_LANGUAGE, passages)
    (evidence,) = process.handle(Pick(row["question"], language, passages), _Patient())
    known = process._loaded(_Patient()).languages
    spoken = {language, *(hit.language for hit in hits)} - {UNKNOWN_LANGUAGE}
    title = _title(row)
    few = library.folder in {"azure_northwind", "jandirs_es"}  # of so few documents no halves
    page = str(row["gold"][0].get("page")) if few and row["gold"] else ""
    return Case(
        library=library.folder,
        kind=kind,
        group=f"{title}{page}" or row["question"],
        question=row["question"],
        language=language,
        found=_is_found(row, passages, documents.paths_of(db, {hit.document for hit in hits})),
        knows=spoken <= known,
        sentences=evidence.sentences,
    )


def _is_found(
    row: Mapping[str, Any], passages: Sequence[Passage], paths: Mapping[Any, Path]
) -> bool:
    text = " ".join(" ".join(analyzer.words_of(passage.hit.text)) for passage in passages)
    answers = [" ".join(analyzer.words_of(answer)) for answer in row["answers"]]
    gold = {(Path(one["doc"]).name, one.get("page")) for one in row["gold"] if "doc" in one}
    places = {(paths[one.hit.document].name, one.hit.page + 1) for one in passages}
    return bool(gold & places) or any(answer and answer in text for answer in answers)


def kept(
    cache: Path, home: Path, library: Library, rows: Sequence[Mapping[str, Any]]
) -> list[Case]:
    """Return the cases of a library, out of the cache if they are there."""
    if not (home / library.folder).is_dir():
        return []
    place = cache / f"{home.name}-{library.folder}.pickle"
    if not place.is_file():
        place.write_bytes(pickle.dumps(cases(home, library, rows)))
        print(f"{place.name} is made", file=sys.stderr)
    found: list[Case] = pickle.loads(place.read_bytes())
    return [case for case in found if case.kind and case.sentences]


# Fitting


def sampled(some: Iterable[Case], names: tuple[str, ...]) -> Sample:
    """Return cases with the signs of these names."""
    chosen = list(some)
    meaning = "nearness" in names
    rows = [
        signals(case.question, case.language, case.sentences, analyzer, meaning=meaning)
        for case in chosen
    ]
    values = np.array([[getattr(row, name) for name in names] for row in rows])
    return Sample(chosen, values.reshape(len(chosen), len(names)), names)


def part(sample: Sample, wanted: Callable[[Case], bool]) -> Sample:
    """Return the cases of a sample that are wanted."""
    chosen = [at for at, case in enumerate(sample.cases) if wanted(case)]
    return Sample([sample.cases[at] for at in chosen], sample.signs[chosen], sample.names)


def fitted(sample: Sample) -> Fitted:
    """Fit a logistic regression whose weights have the signs that make sense, and a threshold.

    Libraries count by the square root of their size. Answerable questions whose answer was not
    found teach nothing: what was found does not answer them.
    """
    taught = part(sample, lambda case: case.kind != "yes" or case.found)
    weights, intercept = _regression(
        taught.signs, _answerable(taught), _shares(taught.cases), [_SIGN[n] for n in sample.names]
    )
    made = Fitted(sample.names, weights, intercept)
    answers = part(taught, lambda case: case.kind == "yes")
    return made._replace(enough=_quantile(made.logits(answers), _shares(answers.cases)))


def _answerable(sample: Sample) -> np.ndarray:
    return np.array([case.kind == "yes" for case in sample.cases])


def _shares(some: Sequence[Case]) -> np.ndarray:
    """Return what each case weighs: as much in all for the answerable as for the others."""
    counts = Counter((case.library, case.kind) for case in some)
    weights = np.array(
        [_WEIGHT[case.kind] / counts[case.library, case.kind] ** 0.5 for case in some]
    )
    yes = np.array([case.kind == "yes" for case in some])
    for own in (yes, ~yes):
        weights[own] /= weights[own].sum() or 1.0
    return weights


def _regression(
    signs: np.ndarray, yes: np.ndarray, shares: np.ndarray, directions: Sequence[int]
) -> tuple[np.ndarray, float]:
    minimize = import_module("scipy.optimize").minimize
    mean, spread = signs.mean(0), signs.std(0) + 1e-9
    standard = (signs - mean) / spread
    side = np.where(yes, 1.0, -1.0)
    share = shares / shares.sum()

    def loss(given: np.ndarray) -> tuple[float, np.ndarray]:
        margin = side * (standard @ given[:-1] + given[-1])
        value = share @ np.logaddexp(0, -margin) + _PENALTY * (given[:-1] @ given[:-1])
        slope = -share * side / (1 + np.exp(margin))
        return float(value), np.append(standard.T @ slope + 2 * _PENALTY * given[:-1], slope.sum())

    bounds = [{1: (0, None), -1: (None, 0), 0: (None, None)}[one] for one in directions]
    start = np.zeros(len(directions) + 1)
    found = minimize(loss, start, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def _quantile(logits: np.ndarray, shares: np.ndarray) -> float:
    """Return the logit below which the share that may be refused lies."""
    order = np.argsort(logits)
    below = np.cumsum(shares[order]) / shares.sum()
    return float(logits[order][np.searchsorted(below, _REFUSED)])


# Measuring


def crossed(sample: Sample, *, by_library: bool) -> Iterator[tuple[Case, float]]:
    """Yield each case with its logit above the threshold, by weights that never saw its like."""
    libraries = sorted({case.library for case in sample.cases})
    parts: list[Callable[[Case], bool]] = (
        [lambda case, own=one: case.library == own for one in libraries]  # type: ignore[misc]
        if by_library
        else [lambda case, own=half: _half(case) == own for half in (0, 1)]  # type: ignore[misc]
    )
    for own in parts:
        made = fitted(part(sample, lambda case, own=own: not own(case)))  # type: ignore[misc]
        tested = part(sample, own)
        yield from zip(tested.cases, made.logits(tested) - made.enough, strict=True)


def _half(case: Case) -> int:
    return hashlib.sha256(case.group.encode()).digest()[0] % 2


def table(judged: Iterable[tuple[Case, float]]) -> Iterator[str]:
    """Yield a table in Markdown: AUROC against the answerable of the library, and refused."""
    by: dict[tuple[str, str], list[tuple[Case, float]]] = {}
    for case, logit in judged:
        by.setdefault((case.library, case.kind), []).append((case, logit))
    yield "| library | questions | number | AUROC | refused | refused though found |"
    yield "|---|---|---|---|---|---|"
    for (library, kind), own in sorted(by.items(), key=lambda one: (one[0][1], one[0][0])):
        values = np.array([logit for _, logit in own])
        answered = np.array([logit for _, logit in by.get((library, "yes"), [])])
        known = np.array([logit for case, logit in own if case.found])
        area = f"{auroc(answered, values):.3f}" if kind != "yes" and len(answered) else ""
        apart = f"{(known < 0).mean():.3f} of {len(known)}" if kind == "yes" and len(known) else ""
        yield f"| {library} | {kind} | {len(own)} | {area} | {(values < 0).mean():.3f} | {apart} |"


def auroc(high: np.ndarray, low: np.ndarray) -> float:
    """Return how often one of `high` is above one of `low`; a tie counts half."""
    above = (high[:, None] > low[None]).mean()
    return float(above + (high[:, None] == low[None]).mean() / 2)


# The resource


def resource(made: Mapping[str, Fitted]) -> str:
    """Return the text of `resources/sufficiency.json`."""
    embedders = {
        name: {
            "intercept": round(one.intercept, 4),
            "weights": {
                sign: round(float(weight), 4)
                for sign, weight in zip(one.names, one.weights, strict=True)
            },
            "enough": round(1 / (1 + float(np.exp(-one.enough))), 4),
        }
        for name, one in made.items()
    }
    return json.dumps({"source": SOURCE, "embedders": embedders}, indent=2) + "\n"


def samples(by_embedder: Mapping[str, Sequence[Case]]) -> dict[str, Sample]:
    """Return what each entry of the resource is fitted to.

    Where an embedder was not made for the languages, words alone are believed.
    """
    made = {}
    every = [case for own in by_embedder.values() for case in own]
    for name, own in by_embedder.items():
        known = [case for case in own if case.knows]
        across = any("across" in case.library for case in known)
        made[name] = sampled(known, _OF_MEANING if across else _OF_ONE_LANGUAGE)
    made[ANY] = sampled([case for case in every if case.knows], _OF_MEANING)
    alone = next(iter(by_embedder.values()))
    made[WORDS] = sampled([case for case in alone if _in_one_language(case)], _OF_WORDS)
    return made


def _in_one_language(case: Case) -> bool:
    first = case.sentences[0].passage.hit.language
    return first in {case.language, UNKNOWN_LANGUAGE}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and with --write write the resource."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--qa", type=Path, required=True)
    parser.add_argument("--homes", nargs="+", required=True, metavar="EMBEDDER=FOLDER")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    given.cache.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in given.qa.read_text("utf-8").splitlines()]
    by_embedder = {}
    for one in given.homes:
        name, _, home = one.partition("=")
        by_embedder[name] = [
            case for own in LIBRARIES for case in kept(given.cache, Path(home), own, rows)
        ]
    made = samples(by_embedder)
    for name, sample in made.items():
        for by_library in (False, True):
            print(f"\n## {name}, {'libraries' if by_library else 'titles'} never seen\n")
            print("\n".join(table(crossed(sample, by_library=by_library))))
    if given.write:
        text = resource({name: fitted(sample) for name, sample in made.items()})
        (resources() / "sufficiency.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
