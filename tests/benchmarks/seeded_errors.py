"""How many seeded errors the checks of sentences catch, and how many true sentences they flag.

Run by hand, on homes that `tests.benchmarks.retrieval --home` left behind:

    python -m tests.benchmarks.seeded_errors --homes /tmp/desktop-rag-retrieval \\
        --qa ../shared/data/qa/qa.jsonl --root ../shared/data/qa

True sentences are those of the passages on the pages that hold answers. In each, one number, name,
date, unit or polarity is changed; each comes with its own passage and five others of its document.
Unchanged, a sentence stands in its passage, and nothing else could be found: so what is flagged is
told for sentences said lightly otherwise, too (a clause or a parenthesis left out, numbers and
dates written another way, two sentences made one). Half of the documents were looked at while the
checks were made; figures are given for both.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from desktop_rag.answer.checks.checking import Checker, Judge, checked
from desktop_rag.answer.units import CELL, UnitRole, units
from desktop_rag.domain.answers import SentenceVerdict
from desktop_rag.domain.models import Encoder
from desktop_rag.domain.passages import Evidence, Hit, Passage
from desktop_rag.domain.ports import QuestionEmbedder
from desktop_rag.engines.store import analyzer
from tests.fakes import NeverCancelled

_LEAST_WORDS, _MOST_WORDS = 7, 45
_BESIDE = 5  # other passages of the document
_PER_PAGE = 6  # sentences
KINDS = ("number", "date", "name", "unit", "polarity")


class Truth(NamedTuple):
    """A sentence of a document, with the passages that a person would see under it."""

    set: str
    document: str
    text: str
    after: str
    language: str
    hits: tuple[Hit, ...]
    others: tuple[str, ...]


# What is true


def truths(home: Path, qa: Path, root: Path, chance: random.Random) -> Iterator[Truth]:
    """Yield sentences of the pages that hold answers, with passages around them."""
    from desktop_rag.engines.encoders import encoders
    from desktop_rag.engines.store import chunk_reader, chunk_table
    from desktop_rag.library import documents, indexes
    from desktop_rag.library.db.database import open_for_reading
    from desktop_rag.settings.paths import Paths

    paths = Paths(home)
    db = open_for_reading(paths.database)
    index = indexes.serving(db)
    called = encoders.name_of(index.encoder)
    found = chunk_table.find_table(paths.vectors_folder, index.id, called)
    assert found, "the home is indexed"
    reader = chunk_reader.ChunkReader(paths.vectors_folder, *found)
    where = {str(path): id_ for id_, path in documents.paths_of(db, reader.documents()).items()}
    pages = gold(qa)
    for path in sorted(where):
        known = pages.get(path.removeprefix(f"{root}/"), ())
        hits = reader.passages([where[path]]) if known else []
        for at, hit in enumerate(hits):
            if hit.page in known:
                yield from _of(home.name, path, hits, at, chance)


def gold(qa: Path) -> dict[str, set[int]]:
    """Return the pages that hold answers, by document, from 0."""
    found: dict[str, set[int]] = defaultdict(set)
    for line in qa.read_text("utf-8").splitlines():
        for one in json.loads(line).get("gold") or ():
            if "page" in one:
                found[one["doc"]].add(one["page"])
    return found


def _of(
    set_: str, path: str, hits: Sequence[Hit], at: int, chance: random.Random
) -> Iterator[Truth]:
    hit = hits[at]
    language = hit.language if hit.language in {"en", "es"} else "en"
    spans = [(u.start, u.end) for u in units(hit.text, language) if u.role is UnitRole.STATEMENT]
    texts = [" ".join(hit.text[s:e].split()) for s, e in spans]
    near = [one for one in hits[max(0, at - 3) : at + 4] if one is not hit]
    far = chance.sample(hits, min(len(hits), _BESIDE))
    beside = (near[:3] + [one for one in far if one is not hit])[:_BESIDE]
    shown = [hit, *beside]
    chance.shuffle(shown)
    for number, text in enumerate(texts[:_PER_PAGE]):
        if (
            _LEAST_WORDS <= len(text.split()) <= _MOST_WORDS
            and text[-1] == "."
            and text[0].isupper()
        ):
            after = texts[number + 1] if number + 1 < len(texts) else ""
            yield Truth(
                set_,
                path,
                text,
                after,
                language,
                tuple(shown),
                tuple(one.text for one in hits[::9]),
            )


# What is wrong

_FIGURE = re.compile(r"(?<![\w.,/-])[$€]?\d[\d.,]*\d|(?<![\w.,/-])\d(?![\w.,/-])")
_YEAR = re.compile(r"(?<![\w.,$€-])(?:1[5-9]|20)\d\d(?![\w%-]|[.,]\d)")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": """enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
        diciembre""",
}
_UNITS = {
    "en": """million/billion thousand/million billion/million years/months months/weeks days/weeks
        hours/minutes minutes/hours weeks/days kilometers/miles miles/kilometers meters/feet
        percent/dollars %/ $/€ kg/g km/m GB/MB MB/GB seconds/minutes feet/meters acres/hectares
        MW/kW tons/pounds""",
    "es": """millones/billones mil/millones años/meses meses/semanas días/semanas horas/minutos
        minutos/horas semanas/días kilómetros/millas metros/pies %/ €/$ kg/g km/m GB/MB MB/GB
        segundos/minutos siglos/décadas hectáreas/acres""",
}
_TURNS = {
    "en": """increased/decreased increase/decrease higher/lower more/less largest/smallest
        before/after after/before first/last always/never all/none maximum/minimum above/below
        with/without
        increases/decreases can/cannot is/is_not are/are_not was/was_not were/were_not will/will_not
        may/may_not does_not/does not/ never/always include/exclude includes/excludes must/must_not
        has/has_not have/have_not""",
    "es": """aumentó/disminuyó aumentar/disminuir mayor/menor más/menos antes/después después/antes
        máximo/mínimo siempre/nunca todos/ninguno con/sin sin/con es/no_es son/no_son fue/no_fue
        fueron/no_fueron puede/no_puede pueden/no_pueden debe/no_debe no/ primera/última
        primer/último tiene/no_tiene incluye/excluye era/no_era está/no_está""",
}
_NAME = re.compile(r"(?<=[a-záéíóúñ,] )[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+(?: [A-ZÁÉÍÓÚÑ][\wáéíóúñ]+)*")
_CALENDAR = {word.lower() for names in _MONTHS.values() for word in names.split()}


def wrong_number(one: Truth, chance: random.Random) -> str | None:
    """Change a digit, or put another number of the passages in its place."""
    places = [m for m in _FIGURE.finditer(one.text) if not _YEAR.fullmatch(m.group())]
    if not places:
        return None
    place = chance.choice(places)
    written = place.group()
    others = {m.group() for hit in one.hits for m in _FIGURE.finditer(hit.text)} - {written}
    if chance.random() < 0.3 and others:
        new = chance.choice(sorted(others))
        if re.sub(r"\D", "", new).strip("0") == re.sub(r"\D", "", written).strip("0"):
            return None
    else:
        at = chance.choice([i for i, sign in enumerate(written) if sign.isdigit()])
        digit = str((int(written[at]) + chance.randint(1, 8)) % 10)
        new = written[:at] + (digit if at or digit != "0" else "9") + written[at + 1 :]
    return None if new == written else one.text[: place.start()] + new + one.text[place.end() :]


def wrong_date(one: Truth, chance: random.Random) -> str | None:
    """Change a year by a few, or a month for another."""
    months = _MONTHS[one.language].split()
    places = list(_YEAR.finditer(one.text))
    places += list(
        re.finditer(
            rf"(?<=\d )(?:de )?(?:{'|'.join(months)})\b|\b(?:{'|'.join(months)})(?= \d)", one.text
        )
    )
    if not places:
        return None
    place = chance.choice(places)
    written = place.group()
    if written.isdigit():
        new = str(int(written) + chance.choice([-20, -10, -3, -2, -1, 1, 2, 3, 9]))
    else:
        new = chance.choice([m for m in months if m not in written])
        new = f"de {new}" if written.startswith("de ") else new
    return one.text[: place.start()] + new + one.text[place.end() :]


def wrong_name(one: Truth, chance: random.Random) -> str | None:
    """Put a name of elsewhere in the document, or of the passages, in the place of one."""
    places = [m for m in _NAME.finditer(one.text) if m.group().lower() not in _CALENDAR]
    if not places:
        return None
    place = chance.choice(places)
    near = [hit.text for hit in one.hits]
    texts = near if chance.random() < 0.3 else one.others
    found = {m.group() for text in texts for m in _NAME.finditer(text) if len(m.group()) > 3}
    mine = set(place.group().split())
    found = {
        name for name in found if not mine & set(name.split()) and name.lower() not in _CALENDAR
    }
    if not found:
        return None
    return one.text[: place.start()] + chance.choice(sorted(found)) + one.text[place.end() :]


def wrong_unit(one: Truth, chance: random.Random) -> str | None:
    """Put a unit in the place of one that follows a number."""
    pairs = [pair.split("/") for pair in _UNITS[one.language].split()]
    found = []
    for old, new in pairs:
        if old in "$€":
            found += [(m, new) for m in re.finditer(re.escape(old), one.text)]
            continue
        pattern = rf"(?<=\d){re.escape(old)}|(?<=\d ){re.escape(old)}(?!\w)"
        found += [(m, new) for m in re.finditer(pattern, one.text)]
    if not found:
        return None
    place, new = chance.choice(found)
    return one.text[: place.start()] + new + one.text[place.end() :]


def wrong_polarity(one: Truth, chance: random.Random) -> str | None:
    """Deny what is affirmed, affirm what is denied, or put an opposite."""
    found = []
    for pair in _TURNS[one.language].split():
        old, new = (part.replace("_", " ") for part in pair.split("/"))
        found += [(m, new) for m in re.finditer(rf"(?<![\w-]){old}(?![\w-])", one.text)]
    if not found:
        return None
    place, new = chance.choice(found)
    if (
        re.search(r"\bnot?\b", one.text[max(0, place.start() - 6) : place.end() + 6])
        and "no" in new
    ):
        return None
    text = one.text[: place.start()] + new + one.text[place.end() :]
    return " ".join(text.split())


WRONG: dict[str, Callable[[Truth, random.Random], str | None]] = {
    "number": wrong_number,
    "date": wrong_date,
    "name": wrong_name,
    "unit": wrong_unit,
    "polarity": wrong_polarity,
}


# What is said otherwise


def said_otherwise(one: Truth) -> Iterator[tuple[str, str]]:
    """Yield a sentence in other forms that say the same, or less of it, with what was done."""
    if (text := re.sub(r"\s?\([^()]*\)", "", one.text)) != one.text:
        yield "no parenthesis", text
    head, comma, rest = one.text.partition(", ")
    if comma and len(head.split()) < 9 and len(rest.split()) >= _LEAST_WORDS:
        yield "no first clause", rest[0].upper() + rest[1:]
    head, comma, rest = one.text.rpartition(", ")
    if comma and len(head.split()) >= _LEAST_WORDS:
        yield "no last clause", f"{head}."
    if (text := _renumbered(one)) != one.text:
        yield "numbers", text
    if (text := _redated(one)) != one.text:
        yield "dates", text
    if one.after and len(one.after.split()) >= _LEAST_WORDS and CELL not in one.after:
        joint = "and" if one.language == "en" else "y"
        yield "two in one", f"{one.text[:-1]}, {joint} {one.after[0].lower()}{one.after[1:]}"
    if not re.search('["“«]', one.text) and (text := _reworded(one)) != one.text:
        yield "words", text


def _renumbered(one: Truth) -> str:
    if one.language == "en":
        text = re.sub(r"(\d) million\b", r"\1M", one.text) if "$" in one.text else one.text
        text = re.sub(r"(\d) ?%", r"\1 percent", text)
        return re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    text = re.sub(r"(\d) ?%", r"\1 por ciento", one.text)
    return re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", text)


def _redated(one: Truth) -> str:
    names = _MONTHS[one.language]
    choice = "|".join(names.split())
    if one.language == "en":
        return re.sub(rf"\b({choice}) (\d\d?), (\d{{4}})", r"\2 \1 \3", one.text)

    def numeric(match: re.Match[str]) -> str:
        month = names.split().index(match[2]) + 1
        return f"{match[1]}/{month}/{match[3]}"

    return re.sub(rf"\b(\d\d?) de ({choice}) de (\d{{4}})", numeric, one.text)


_SYNONYMS = {
    "en": """however,_/ such_as/like in_order_to/to also_/ approximately/about many/numerous
        use/employ used/employed because/since began/started large/big located/situated
        important/significant often/frequently usually/generally including/among_them
        provides/offers obtain/get additional/further""",
    "es": """además,_/ también_/ sin_embargo,_/ aproximadamente/alrededor_de debido_a/a_causa_de
        utilizar/usar utiliza/usa importante/relevante muchos/numerosos comenzó/empezó
        grande/extenso ubicado/situado a_menudo/con_frecuencia realizar/hacer""",
}


def _reworded(one: Truth) -> str:
    text = one.text
    for pair in _SYNONYMS[one.language].split():
        old, new = (part.replace("_", " ") for part in pair.split("/"))
        text = re.sub(rf"(?<!\w){old}(?!\w)", new, text, flags=re.IGNORECASE)
    text = " ".join(text.split())
    return text[0].upper() + text[1:]


# What becomes of it


class Outcome(NamedTuple):
    """What became of one trial."""

    trial: str
    kind: str
    half: str
    language: str
    flagged: bool
    seconds: float
    text: str
    true: str
    reason: str


class Readers(NamedTuple):
    """What reads meaning, if anything does."""

    embedder: QuestionEmbedder | None
    judge: Judge | None


def judged(
    one: Truth, text: str, readers: Readers, *, without: bool = False
) -> tuple[bool, float, str]:
    """Return whether a text is flagged beside the passages of a truth, in which time, and why."""
    hits = one.hits
    if without:
        hits = tuple(hit for hit in hits if " ".join(hit.text.split()).find(one.text) < 0)
    passages = tuple(Passage(number, hit) for number, hit in enumerate(hits, 1))
    checker = Checker(passages, Evidence(), "", one.language, analyzer, *readers)
    started = time.process_time()
    checks = checked(checker, text)
    seconds = (time.process_time() - started) / max(1, len(checks))
    bad = [one for one in checks if one.verdict is not SentenceVerdict.SUPPORTED]
    reason = "; ".join(f"{c.reason.ground.value} {c.reason.words}" for c in bad)
    return bool(bad), seconds, reason


def trials(one: Truth, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield what is tried with a truth: the trial, its kind, and the text."""
    yield "unchanged", "as it stands", one.text
    for kind, text in said_otherwise(one):
        yield "otherwise", kind, text
    for kind, wrong in WRONG.items():
        text = wrong(one, chance)
        if text and text != one.text:
            yield "error", kind, text
            yield "misquoted", kind, f"The document says “{text.rstrip('.')}” there."
            right = dict(said_otherwise(one))
            for how, other in said_otherwise(one._replace(text=text)):
                if how in right and right[how] != other:  # the error is still in it
                    yield "error otherwise", kind, other
                    break


def outcomes(found: Sequence[Truth], readers: Readers, chance: random.Random) -> Iterator[Outcome]:
    """Yield what becomes of each trial."""
    for one in found:
        half = "fit" if zlib.crc32(one.document.encode()) % 2 else "test"
        for trial, kind, text in trials(one, chance):
            flagged, seconds, why = judged(one, text, readers)
            yield Outcome(trial, kind, half, one.language, flagged, seconds, text, one.text, why)
        flagged, seconds, why = judged(one, one.text, readers, without=True)
        yield Outcome(
            "stranger", "its passage gone", half, one.language, flagged, seconds, one.text, "", why
        )


def entailment_model(folder: Path) -> Judge:
    """Return what reads with the entailment model in a folder."""
    from desktop_rag.engines.encoders import entailment, folders

    encoder = Encoder(folder.name, folder, folders.read(folder).facts.weights, frozenset())
    return partial(entailment.TorchEntailment(encoder).judged, cancel=NeverCancelled())


def main() -> None:
    """Print the shares; with --show, what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--homes", type=Path, required=True)
    parser.add_argument("--qa", type=Path, required=True)
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--sentences", type=int, default=1000, help="true sentences, of all sets")
    parser.add_argument("--embedder", action="store_true")
    parser.add_argument("--entailment", type=Path, help="the folder of an entailment model")
    parser.add_argument("--show", help="a trial, to print what it got wrong in the fitted half")
    given = parser.parse_args()
    chance = random.Random(20)  # noqa: S311 - no secret
    by_set: list[list[Truth]] = []
    for home in sorted(path for path in given.homes.iterdir() if path.is_dir()):
        found = list(truths(home, given.qa, given.root.resolve(), chance))
        chance.shuffle(found)
        by_set.append(found)
        print(home.name, len(found), "sentences")
    each = given.sentences // max(1, len(by_set))
    chosen = [one for found in by_set for one in found[:each]]
    embedder: Any = None
    if given.embedder:
        from desktop_rag.engines.encoders import encoders

        embedder = encoders.question_embedder(encoders.default_embedder())
        _ = embedder.calibration
    readers = Readers(embedder, given.entailment and entailment_model(given.entailment))
    results = list(outcomes(chosen, readers, chance))
    report(results)
    wrong = {"unchanged": True, "otherwise": True}
    for one in results:
        if (
            given.show == one.trial
            and one.half == "fit"
            and one.flagged is wrong.get(one.trial, False)
        ):
            print(f"\n{one.kind}: {one.text}\n    {one.true}\n    {one.reason}")


def report(results: Sequence[Outcome]) -> None:
    """Print the share flagged of each trial and kind, in both halves."""
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for one in results:
        groups[one.trial, one.kind].append(one)
        groups[one.trial, "all"].append(one)
        groups[one.trial, one.language].append(one)
    print(
        "| trial | kind | flagged, fitted half (n) | flagged, other half (n) |\n|---|---|---|---|"
    )
    for trial, kind in sorted(groups):
        cells = []
        for half in ("fit", "test"):
            own = [one.flagged for one in groups[trial, kind] if one.half == half]
            cells.append(f"{statistics.fmean(own):.3f} ({len(own)})" if own else "-")
        print(f"| {trial} | {kind} | {' | '.join(cells)} |")
    times = sorted(one.seconds for one in results)
    print(
        f"ms of a processor a sentence: mean {1e3 * statistics.fmean(times):.2f}, median "
        f"{1e3 * times[len(times) // 2]:.2f}, 95 % {1e3 * times[int(len(times) * 0.95)]:.2f}"
    )


if __name__ == "__main__":
    main()
