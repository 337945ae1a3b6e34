"""How many known edits are found between two versions of a text, and how much else is told.

Run by hand, on the passages of any library that is indexed already:

    python -m tests.benchmarks.comparing --home HOME [--documents 40] [--half test]

Of each document with enough sentences a second version is made: in `EACH` sentences a number is
changed, in as many words, as many are left out, as many come from another document, and as many
runs of sentences are moved. What is left is cut into passages at other places. A row that tells
of no edit is false. Thresholds are looked for on one half of the documents, `fit`, and are
measured on the other, `test`. `seconds` is the time to compare the longest.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop_rag.answer import comparing
from desktop_rag.answer.contrasting import key_of
from desktop_rag.domain.answers import Extent
from desktop_rag.domain.comparisons import ComparedCell, ComparedRow, RowState
from desktop_rag.domain.documents import DocumentId, Layer
from desktop_rag.domain.passages import Hit
from desktop_rag.engines.store import analyzer
from desktop_rag.engines.store.chunk_reader import ChunkReader
from desktop_rag.engines.store.chunk_table import find_table
from desktop_rag.library import indexes
from desktop_rag.library.db.database import open_for_reading
from desktop_rag.settings.paths import Paths

EACH = 4  # edits of each kind
_FEWEST = 60  # sentences of a document
_PROSE = 7  # words of a sentence that is edited
_RUN = 3  # sentences that are moved together
_CUT = 5  # sentences of a passage of the second version
_NEW = DocumentId("second version")
_SENTENCE = re.compile(r"[A-ZÁÉÍÓÚÑ¿¡][^\t\n]*")
_NUMBER = re.compile(r"(?<![\w.,])\d{2,}(?![\w])")


@dataclass(slots=True)
class Part:
    """A sentence of a text, with what stands before it, and its passage."""

    before: str
    text: str
    passage: Hit
    free: bool = True


@dataclass(slots=True)
class Edits:
    """What was done to a text: the keys of sentences, by kind."""

    changed: dict[str, tuple[str, str]] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    moved: list[set[str]] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)


def parts_of(passages: Sequence[Hit]) -> list[Part]:
    """Cut passages into sentences, with all that stands between them."""
    found = []
    for passage in passages:
        end = 0
        for one in comparing.sentences_of(0, passage):
            start, after = one.span
            before = passage.text[end:start] if end else "\n" + passage.text[:start].lstrip()
            found.append(Part(before, passage.text[start:after], passage))
            end = after
    return found


class Editor:
    """Changes a text where it stands, each place once, and notes what was done."""

    def __init__(self, parts: list[Part], foreign: Sequence[str], chance: random.Random) -> None:
        self.parts, self.foreign, self.chance = parts, foreign, chance
        self.edits = Edits()
        self.counts = Counter(key_of(part.text) for part in parts)

    def edit(self) -> Edits:
        """Do all kinds of edits, and return them."""
        parts, edits, chance = self.parts, self.edits, self.chance
        for at in self._some(numbered=True):
            _change(edits, parts[at], _other_number(parts[at].text, chance), "number")
        for at in self._some():
            _change(edits, parts[at], _other_words(parts[at].text, self.foreign, chance), "words")
        gone = self._taken(self._some())
        edits.dropped = {key_of(parts[at].text) for at in gone}
        added = {}
        texts = chance.sample(list(self.foreign), EACH)
        for at, text in zip(self._taken(self._some()), texts, strict=False):
            edits.added.add(key_of(text))
            added[at] = Part("\n", text, parts[at].passage, free=False)
        runs = [self._taken(range(at, at + _RUN)) for at in self._some() if self._movable(at)]
        edits.moved = [{key_of(parts[one].text) for one in run} for run in runs]
        _rebuild(parts, gone, added, runs, chance)
        return edits

    def _free(self, at: int) -> bool:
        text = self.parts[at].text
        around = self.parts[max(0, at - 2) : at + _RUN + 2]
        prose = len(text.split()) >= _PROSE and "\t" not in text
        return prose and all(part.free for part in around) and self.counts[key_of(text)] == 1

    def _movable(self, at: int) -> bool:
        return all(self.counts[key_of(one.text)] == 1 for one in self.parts[at : at + _RUN])

    def _some(self, *, numbered: bool = False) -> Iterator[int]:
        places = list(range(2, len(self.parts) - _RUN - 2))
        self.chance.shuffle(places)
        count = EACH
        for at in places:
            wanted = not numbered or _NUMBER.search(self.parts[at].text)
            if count and wanted and self._free(at):
                count -= 1
                yield at

    def _taken(self, places: Iterable[int]) -> list[int]:
        taken = []
        for at in places:
            self.parts[at].free = False
            taken.append(at)
        return taken


def _rebuild(
    parts: list[Part],
    gone: list[int],
    added: dict[int, Part],
    runs: list[list[int]],
    chance: random.Random,
) -> None:
    away = {*gone, *(one for run in runs for one in run)}
    places = [at for at, part in enumerate(parts) if part.free and at not in away]
    targets = dict(zip(chance.sample(places, len(runs)), runs, strict=True))
    made: list[Part] = []
    for at, part in enumerate(parts):
        if at not in away:
            made.append(part)
        here = [added[at]] if at in added else []
        for one in targets.get(at, ()):
            here.append(replace(parts[one], before="\n", passage=part.passage))
        made += here
        if here and at + 1 < len(parts) and "\n" not in parts[at + 1].before:
            parts[at + 1].before = "\n" + parts[at + 1].before
    parts[:] = made


def _change(edits: Edits, part: Part, text: str, kind: str) -> None:
    old, new = key_of(part.text), key_of(text)
    if old == new:
        return
    edits.changed[new] = (old, new)
    edits.kinds[new] = kind
    part.text, part.free = text, False


def _other_number(text: str, chance: random.Random) -> str:
    found = chance.choice(list(_NUMBER.finditer(text)))
    number = str(int(found.group()) + chance.randint(1, 9))
    return text[: found.start()] + number + text[found.end() :]


def _other_words(text: str, foreign: Sequence[str], chance: random.Random) -> str:
    words = text.split(" ")
    count = chance.randint(1, max(1, len(words) // 5))
    at = chance.randint(1, len(words) - count - 1)
    others = chance.choice(foreign).split()[:count]
    return " ".join([*words[:at], *others, *words[at + count :]])


def passages_of(parts: Sequence[Part]) -> list[Hit]:
    """Put a text together again, cut at other places than it was."""
    made: list[Hit] = []
    text, first, count = "", None, 0
    for part in parts:
        apart = first and (part.passage.header, part.passage.page) != (first.header, first.page)
        if first and (apart or count == _CUT):
            made.append(replace(first, document=_NEW, ordinal=len(made), text=text))
            text, first, count = "", None, 0
        first = first or part.passage
        text += (part.before if text else part.before.lstrip()) + part.text
        count += 1
    if first:
        made.append(replace(first, document=_NEW, ordinal=len(made), text=text))
    return made


def judged(
    rows: Sequence[ComparedRow], passages: Sequence[Hit], edits: Edits
) -> tuple[Counter[str], int]:
    """Return how many edits of each kind rows tell of, and how many rows tell of none."""
    found: Counter[str] = Counter()
    false = 0
    left = [set(run) for run in edits.moved]
    for row in rows:
        first, second = (_keys(cell, passages) for cell in row.cells)
        if row.state is RowState.CHANGED:
            hit = second and edits.changed.get(second[0])
            kind = edits.kinds[second[0]] if hit and first == [hit[0]] else ""
        elif row.state is RowState.MOVED:
            run = next((one for one in left if one & {*first, *second}), None)
            kind = "moved" if run is not None else ""
            if run is not None:
                left.remove(run)
        else:
            told, wanted = (first, edits.dropped) if first else (second, edits.added)
            kind = ("dropped" if first else "added") if set(told) & wanted else ""
        found[kind or "false"] += 1
        false += not kind
    return found, false


def _keys(cell: ComparedCell | None, passages: Sequence[Hit]) -> list[str]:
    if cell is None:
        return []
    text = passages[cell.hit].text
    return [key_of(text[start:end]) for start, end in cell.spans]


def _read(home: Path) -> list[list[Hit]]:
    """Return the passages of each document of a library, in their order."""
    paths = Paths(home)
    with closing(open_for_reading(paths.database)) as db:
        index = indexes.serving(db)
        names = [DocumentId(one) for (one,) in db.execute("SELECT id FROM documents ORDER BY id")]
    encoder = index.encoder.name if index.encoder else "multilingual-e5-small"
    found = find_table(paths.vectors_folder, index.id, encoder)
    if found is None:
        raise SystemExit("there is no index here")
    reader = ChunkReader(paths.vectors_folder, *found)
    return [[one for one in reader.passages([name]) if one.layer is Layer.BODY] for name in names]


@dataclass(slots=True)
class Figures:
    """What was made and what was found, over all documents."""

    found: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    documents: int = 0
    recognized: int = 0
    seconds: float = 0.0

    def values(self) -> dict[str, object]:
        """Return them as they are printed."""
        shown = {kind: f"{self.found[kind]} of {count}" for kind, count in self.made.items()}
        return {
            "documents": self.documents,
            "recognized": self.recognized,
            **shown,
            "false": self.found["false"],
            "seconds": round(self.seconds, 2),
        }


def measure(passages: Sequence[Hit], foreign: Sequence[str], seed: int, figures: Figures) -> None:
    """Make a second version of a document, compare both, and count what is found."""
    chance = random.Random(seed)  # noqa: S311 - the same edits each time
    parts = parts_of(passages)
    edits = Editor(parts, foreign, chance).edit()
    both = [*passages, *passages_of(parts)]
    started = time.perf_counter()
    laid = comparing.compared([passages[0].document, _NEW], both, Extent.LONG, analyzer)
    figures.seconds = max(figures.seconds, time.perf_counter() - started)
    figures.found += judged(laid.rows, both, edits)[0]
    figures.made += Counter(edits.kinds.values())
    figures.made += Counter(
        dropped=len(edits.dropped), added=len(edits.added), moved=len(edits.moved)
    )
    figures.documents += 1
    figures.recognized += laid.versions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--half", choices=("fit", "test", "all"), default="all")
    given = parser.parse_args()
    texts = [one for one in _read(given.home) if one][: given.documents]
    figures = Figures()
    for at, passages in enumerate(texts):
        fits = given.half == "all" or (at % 2 == 0) == (given.half == "fit")
        foreign = [part.text for part in parts_of(texts[at - 1]) if _plain(part.text)]
        if fits and len(foreign) >= EACH and len(parts_of(passages)) >= _FEWEST:
            measure(passages, foreign, at, figures)
    print(json.dumps(figures.values()))


def _plain(text: str) -> bool:
    return len(text.split()) >= _PROSE and text.endswith(".") and bool(_SENTENCE.fullmatch(text))


if __name__ == "__main__":
    main()
