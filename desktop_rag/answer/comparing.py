"""Documents laid side by side: what they say alike, otherwise, or alone, each in its own words.

    sentences_of ─► aligned, two by two ─► threads: a sentence in each document ─► rows, best first
    what answers a question best in each ─► rows (`on_topic`)

What counts is the text of the body; the state of a row is told by words and numbers alone. Two
documents most of whose sentences are the same are versions of one text, and are told in its order.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from desktop_rag.answer import contrasting
from desktop_rag.answer.aligning import ReadSentences, TextAlignment, aligned
from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.answer.contrasting import key_of
from desktop_rag.answer.units import UnitRole, units
from desktop_rag.domain.amounts import without_amounts
from desktop_rag.domain.answers import Extent
from desktop_rag.domain.comparisons import (
    ComparedCell,
    ComparedRow,
    Comparison,
    RowState,
    SentenceTally,
    Uncompared,
)
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId, Layer
from desktop_rag.domain.passages import Extract, Hit, Span
from desktop_rag.domain.ports import Analyzer

ROWS = {Extent.SHORT: 6, Extent.MEDIUM: 14, Extent.LONG: 60}  #: of documents, compared in all
OF_VERSIONS = {Extent.SHORT: 10, Extent.MEDIUM: 40, Extent.LONG: 120}  #: of two versions of a text
ON_TOPIC = {Extent.SHORT: 2, Extent.MEDIUM: 4, Extent.LONG: 8}  #: on one question
_VERSIONS = 0.6  # of the sentences of the shorter one are the same: versions of one text
_SHORT = 100  # sentences of a text, up to which few changes are much of it
_CLOSE = 0.8  # of a cosine: the same but for a number or a name
_SOME = 0.2  # of the sentences of the shorter one are like others: two languages have fewer
_FEW = 4  # words: what is shorter says nothing by standing elsewhere, or alone
_IN_SECTION = 2  # rows of one heading, where there are others
_TOLD_BY_ITSELF = frozenset({UnitRole.STATEMENT, UnitRole.ITEM})
_ALONE = 3  # one row of so many is of what stands in one text alone, where there is that
_LIKE = 0.5  # of two sentences is the same: their words are compared, else their facts
_STEP = " › "  # from a heading to the one below it
_LISTED = re.compile(
    r"(?:references?|bibliograph\w*|bibliograf\w*|referencias|index|índice|contents|contenidos?"
    r"|table of contents)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[$€£]?\s?\d[\d.,]*(?:\s?%)?")
_ENUMERATED = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z])[.)]\s+|[•‣◦▪●○■□–—·*\-]\s+")
_TELLING = "$€£%"  # of figures that say more than a count
_NEAR = 2  # sentences on, a run still goes on: one that says nothing may stand between
_TOLD = 2  # sentences of a run
_LONG = 10  # sentences of a run: of more, each says no more
_WORDED = 6  # words, from which on a sentence says something by itself


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    """A sentence of a passage that is the one `at` this place of all that are compared."""

    at: int
    span: Span
    text: str
    key: str
    section: str
    role: UnitRole
    naming: bool = False  # names the columns of a table

    @property
    def prose(self) -> bool:
        """Whether it says something by itself, and is no row or heading."""
        return self.role in _TOLD_BY_ITSELF and self.words >= _WORDED

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class SentenceThread:
    """What the documents say about one thing: a place in the sentences of each, None for none."""

    places: tuple[int | None, ...]
    state: RowState
    cosine: float = 1.0


@dataclass(slots=True)
class _Side:
    """A document with its sentences, read once."""

    sentences: list[ComparedSentence]
    text: ReadSentences
    weights: list[float] = field(default_factory=list)  # how much of it is about the same


def compared(
    documents: Sequence[DocumentId],
    passages: Sequence[Hit],
    extent: Extent,
    analyzer: Analyzer,
    check: Callable[[], None] = lambda: None,
) -> Comparison:
    """Compare documents in all that they say; `passages` are those of each, in their order.

    Places of hits in what is returned are among `passages`. `check` is called now and then.
    """
    sides = []
    for document in documents:
        check()
        sides.append(_side(document, passages, analyzer))
    bare = Comparison(tuple(documents), ())
    if empty := [id_ for id_, side in zip(documents, sides, strict=True) if not side.sentences]:
        return replace(bare, documents=tuple(empty), uncompared=Uncompared.EMPTY)
    threads, unread = _threads(sides, check)
    shortest = min(len(side.sentences) for side in sides)
    versions = _are_versions(threads, sides)
    together = sum(len(one.places) - one.places.count(None) > 1 for one in threads)
    if together < _SOME * shortest and len(_languages(documents, passages)) > 1:
        return replace(bare, uncompared=Uncompared.LANGUAGES)
    if not together:
        return replace(bare, uncompared=Uncompared.UNLIKE)
    groups = _grouped(threads, sides, versions=versions)
    most = (OF_VERSIONS if versions else ROWS)[extent]
    shown = _chosen(groups, sides, most, versions=versions)
    rows = tuple(_row(group, sides, passages, analyzer) for group in shown)
    tally = _tally(threads, sides, unread, versions=versions)
    left = len(groups) - len(shown)
    return replace(bare, rows=rows, tally=tally, versions=versions, left=left)


def _are_versions(threads: Sequence[SentenceThread], sides: Sequence[_Side]) -> bool:
    """Tell whether two documents are one text: most of the shorter one is the same.

    Of a short one, what says the same but for a number counts, too.
    """
    if len(sides) > len(("old", "new")):
        return False
    shortest = min(len(side.sentences) for side in sides)
    short = shortest <= _SHORT
    same = sum(
        one.state in {RowState.SAME, RowState.MOVED}
        or (short and one.state is RowState.CHANGED and one.cosine >= _CLOSE)
        for one in threads
    )
    return same >= _VERSIONS * shortest


def _languages(documents: Sequence[DocumentId], passages: Sequence[Hit]) -> set[str]:
    """Return the languages that documents are mostly in, as far as they are known."""
    spoken = (
        Counter(one.language for one in passages if one.document == id_).most_common(1)[0][0]
        for id_ in documents
    )
    return set(spoken) - {UNKNOWN_LANGUAGE}


# Sentences


def _side(document: DocumentId, passages: Sequence[Hit], analyzer: Analyzer) -> _Side:
    found = [
        one
        for at, passage in enumerate(passages)
        if passage.document == document
        for one in sentences_of(at, passage)
    ]
    terms = [
        analyzer.terms(without_amounts(one.text), (passages[one.at].language,)) for one in found
    ]
    text = ReadSentences([one.key for one in found], terms, [one.section for one in found])
    counted: Counter[str] = Counter(term for one in terms for term in set(one))
    weights = [sum(counted[term] for term in set(one)) / (1 + len(set(one))) for one in terms]
    most = max(weights, default=0.0) or 1.0
    return _Side(found, text, [one / most for one in weights])


def sentences_of(at: int, passage: Hit) -> Iterator[ComparedSentence]:
    """Yield what a passage at place `at` says, and its headings; nothing of lists of sources."""
    section = section_of(passage)
    if passage.layer is not Layer.BODY or _LISTED.match(section):
        return
    found = units(passage.text, passage.language)
    heads = {head for unit in found if unit.role is UnitRole.ROW for head in unit.heads}
    for unit in found:
        text = " ".join(passage.text[unit.start : unit.end].split())
        key = key_of(text)
        if unit.role is not UnitRole.LEADER and any(map(str.isalpha, key)):
            span = (unit.start, unit.end)
            yield ComparedSentence(at, span, text, key, section, unit.role, span in heads)


def section_of(passage: Hit) -> str:
    """Return the heading that a passage stands under; none where that is its document's title."""
    return passage.header.partition(_STEP)[2].rpartition(_STEP)[2]


# Threads


def _threads(sides: Sequence[_Side], check: Callable[[], None]) -> tuple[list[SentenceThread], int]:
    """Return what all documents say, and how many sentences were not looked at."""
    if len(sides) == len(("one", "other")):
        found = aligned(sides[0].text, sides[1].text, check)
        return _of_two(found, sides), sum(found.unread)
    pairs = {
        (one, other): aligned(sides[one].text, sides[other].text, check)
        for one, other in combinations(range(len(sides)), 2)
    }
    return _of_many(pairs, sides), max(sum(one.unread) for one in pairs.values())


def _of_two(found: TextAlignment, sides: Sequence[_Side]) -> list[SentenceThread]:
    own, others = ({one[at] for one in _all_pairs(found)} for at in (0, 1))
    threads = [SentenceThread(pair, RowState.SAME) for pair in found.same]
    for pair in found.moved:
        brief = sides[0].sentences[pair[0]].words < _FEW
        threads.append(SentenceThread(pair, RowState.SAME if brief else RowState.MOVED))
    threads += [SentenceThread(pair, RowState.CHANGED, cosine) for pair, cosine in found.near]
    for at in set(range(len(sides[0].sentences))) - own:
        threads.append(SentenceThread((at, None), RowState.ONLY))
    for at in set(range(len(sides[1].sentences))) - others:
        threads.append(SentenceThread((None, at), RowState.ONLY))
    return threads


def _all_pairs(found: TextAlignment) -> Iterator[tuple[int, int]]:
    yield from found.same
    yield from found.moved
    yield from (pair for pair, _ in found.near)


def _of_many(
    pairs: dict[tuple[int, int], TextAlignment], sides: Sequence[_Side]
) -> list[SentenceThread]:
    """Join pairs to threads: what the first document says that says it, with its partners."""
    partners: dict[tuple[int, int], dict[int, int]] = {}
    cosines: dict[tuple[int, int, int], float] = {}
    for (one, other), found in pairs.items():
        partners[one, other] = dict(_all_pairs(found))
        cosines |= {(one, other, pair[0]): cosine for pair, cosine in found.near}
    taken: list[set[int]] = [set() for _ in sides]
    threads = []
    for one, side in enumerate(sides):
        for at in range(len(side.sentences)):
            if at in taken[one]:
                continue
            places: list[int | None] = [None] * len(sides)
            places[one] = at
            for other in range(one + 1, len(sides)):
                partner = partners[one, other].get(at)
                if partner is not None and partner not in taken[other]:
                    places[other] = partner
                    taken[other].add(partner)
            cosine = min(
                [cosines.get((one, other, at), 1.0) for other in range(one + 1, len(sides))],
                default=1.0,
            )
            threads.append(SentenceThread(tuple(places), _state(places, sides), cosine))
    return threads


def _state(places: Sequence[int | None], sides: Sequence[_Side]) -> RowState:
    keys = [
        side.sentences[at].key for at, side in zip(places, sides, strict=True) if at is not None
    ]
    if len(set(keys)) > 1:
        return RowState.CHANGED
    return RowState.SAME if len(keys) == len(sides) else RowState.ONLY


def _tally(
    threads: Sequence[SentenceThread], sides: Sequence[_Side], unread: int, *, versions: bool
) -> SentenceTally:
    states = Counter(one.state for one in threads)
    moved = states[RowState.MOVED] if versions else 0
    lone = [one for one in threads if len(sides) - one.places.count(None) == 1]
    alone = tuple(sum(one.places[at] is not None for one in lone) for at in range(len(sides)))
    several = states[RowState.ONLY] - len(lone)
    same = states[RowState.SAME] + states[RowState.MOVED] - moved
    return SentenceTally(same, states[RowState.CHANGED], moved, alone, several, unread)


# Groups


@dataclass(frozen=True, slots=True)
class _Group:
    """Threads that are told as one: what was changed, or a run that stands in one text alone."""

    threads: tuple[SentenceThread, ...]

    @property
    def first(self) -> SentenceThread:
        return self.threads[0]

    @property
    def changed(self) -> bool:
        return self.first.state is RowState.CHANGED


def _grouped(
    threads: Sequence[SentenceThread], sides: Sequence[_Side], *, versions: bool
) -> list[_Group]:
    """Return what there is to be told, in the order of the first text: nothing that is the same."""
    told = {RowState.CHANGED, RowState.ONLY} | ({RowState.MOVED} if versions else set())
    groups: list[list[SentenceThread]] = []
    for one in _in_order(threads):
        if one.state not in told or (one.state is RowState.ONLY and not _says(one, sides)):
            continue
        if groups and _goes_on(groups[-1][-1], one, sides):
            groups[-1].append(one)
        else:
            groups.append([one])
    return [_Group(tuple(group)) for group in groups]


def _says(thread: SentenceThread, sides: Sequence[_Side]) -> bool:
    return any(
        at is not None and side.sentences[at].words >= _FEW
        for at, side in zip(thread.places, sides, strict=True)
    )


def _in_order(threads: Sequence[SentenceThread]) -> list[SentenceThread]:
    """Sort threads as the first text has them, what it has not after what stands before it there.

    Places in other texts are told by the last thread before them that the first text has.
    """
    known: dict[int, list[tuple[int, int]]] = {}
    for one in threads:
        if (own := one.places[0]) is not None:
            for side, at in enumerate(one.places[1:], 1):
                if at is not None and one.state is not RowState.MOVED:
                    known.setdefault(side, []).append((at, own))
    for pairs in known.values():
        pairs.sort()

    def place(one: SentenceThread) -> tuple[float, int, int]:
        if one.places[0] is not None:
            return (one.places[0], 0, 0)
        side, at = next((side, at) for side, at in enumerate(one.places) if at is not None)
        return (_before(known.get(side, []), at) + 0.5, side, at)

    return sorted(threads, key=place)


def _before(pairs: Sequence[tuple[int, int]], at: int) -> int:
    """Return the place in the first text of what stands last before a place in another, or -1."""
    index = bisect.bisect_left(pairs, (at, -1)) - 1
    return pairs[index][1] if index >= 0 else -1


def _goes_on(before: SentenceThread, after: SentenceThread, sides: Sequence[_Side]) -> bool:
    """Tell whether two threads are one run: the same state, one after the other in each text."""
    if before.state is not after.state or after.state is RowState.CHANGED:
        return False
    for one, other, side in zip(before.places, after.places, sides, strict=True):
        if (one is None) != (other is None):
            return False
        if one is not None and other is not None:
            near = 0 < other - one <= _NEAR
            if not near or side.sentences[one].section != side.sentences[other].section:
                return False
    return True


def _chosen(
    groups: Sequence[_Group], sides: Sequence[_Side], most: int, *, versions: bool
) -> list[_Group]:
    """Return the groups that matter most, those of versions in their order.

    Of others, what differs comes before what stands in one alone, and no heading has them all.
    """
    worth = [_worth(group, sides) for group in groups]
    ranked = sorted(range(len(groups)), key=lambda at: -worth[at])
    if versions:
        return [groups[at] for at in sorted(ranked[:most])]
    changed = _spread([groups[at] for at in ranked if groups[at].changed], sides)
    alone = _spread([groups[at] for at in ranked if not groups[at].changed], sides)
    few = max(most - len(changed), min(len(alone), most // _ALONE))
    return [*changed[: most - few], *alone[:few]]


def _spread(groups: Sequence[_Group], sides: Sequence[_Side]) -> list[_Group]:
    """Return groups, best first, so that no heading has many at once, and none says it again."""
    seen: Counter[str] = Counter()
    said: set[tuple[str, ...]] = set()
    first: list[_Group] = []
    rest: list[_Group] = []
    for group in groups:
        held = [one for one, _ in _held(group.first, sides)]
        keys = tuple(one.key for one in held)
        section = held[0].section.casefold()
        if keys in said:
            continue
        said.add(keys)
        seen[section] += 1
        (first if seen[section] <= _IN_SECTION else rest).append(group)
    return [*first, *rest]


def _held(thread: SentenceThread, sides: Sequence[_Side]) -> list[tuple[ComparedSentence, float]]:
    """Return the sentences of a thread, each with its weight."""
    return [
        (side.sentences[at], side.weights[at])
        for at, side in zip(thread.places, sides, strict=True)
        if at is not None
    ]


def _worth(group: _Group, sides: Sequence[_Side]) -> float:
    """Return how much a group matters: the same said with other numbers comes before the rest.

    What stands under one heading is more surely about one thing; a run counts by its length. What
    names columns matters little.
    """
    thread = group.first
    held = _held(thread, sides)
    worth = sum(weight for _, weight in held) / len(held)
    worth += sum(one.prose - 2 * one.naming for one, _ in held) / len(held)
    if not group.changed:
        return worth + min(len(group.threads), _LONG) / _LONG
    together = len({one.section.casefold() for one, _ in held}) == 1
    return worth + 2 * thread.cosine + together + _telling([one.text for one, _ in held])


def _telling(texts: Sequence[str]) -> float:
    """Return how much the figures of sentences tell: all have some, and not the same."""
    figures = [frozenset(_FIGURE.findall(_ENUMERATED.sub("", text, count=1))) for text in texts]
    alone = [
        own - frozenset().union(*(one for one in figures if one is not own)) for own in figures
    ]
    if not all(figures) or not any(alone):
        return 0.0
    money = all(any(sign in one for one in own for sign in _TELLING) for own in figures)
    return 2.0 if money else 1.0


# Rows


def _row(
    group: _Group, sides: Sequence[_Side], passages: Sequence[Hit], analyzer: Analyzer
) -> ComparedRow:
    thread = group.first
    found = [
        None if at is None else side.sentences[at]
        for at, side in zip(thread.places, sides, strict=True)
    ]
    aspect = next((one.section for one in found if one is not None and one.section), "")
    cells = [None if one is None else ComparedCell(one.at, (one.span,)) for one in found]
    if thread.state is RowState.CHANGED:
        cells = _marked(cells, passages, analyzer, words=True)
    else:
        cells = [_run(cell, group, at, sides[at]) for at, cell in enumerate(cells)]
    return ComparedRow(aspect, tuple(cells), thread.state)


def _run(cell: ComparedCell | None, group: _Group, at: int, side: _Side) -> ComparedCell | None:
    """Return a cell with all of a run that stands in its passage, and how much follows."""
    if cell is None:
        return None
    held = [side.sentences[place] for one in group.threads if (place := one.places[at]) is not None]
    here = tuple(one.span for one in held if one.at == cell.hit)
    shown = here[:_TOLD]
    return replace(cell, spans=shown, more=len(held) - len(shown))


def _marked(
    cells: Sequence[ComparedCell | None],
    passages: Sequence[Hit],
    analyzer: Analyzer,
    *,
    words: bool,
) -> list[ComparedCell | None]:
    """Return cells, what differs in them marked: facts, or of two alike all `words`."""
    texts = {at: _text(cell, passages) for at, cell in enumerate(cells) if cell is not None}
    places: dict[int, tuple[Span, ...]] = {}
    match sorted(texts):
        case [one, other] if words and contrasting.likeness(texts[one], texts[other]) >= _LIKE:
            places[one], places[other] = contrasting.apart(texts[one], texts[other])
        case several:
            read = [
                ReadText(texts[at], _hit(cells[at], passages).language, analyzer) for at in several
            ]
            places = dict(zip(several, contrasting.facts_apart(read), strict=True))
    return [
        None if cell is None else replace(cell, marked=_shifted(places[at], cell.spans[0][0]))
        for at, cell in enumerate(cells)
    ]


def _text(cell: ComparedCell, passages: Sequence[Hit]) -> str:
    return passages[cell.hit].text[cell.spans[0][0] : cell.spans[-1][1]]


def _hit(cell: ComparedCell | None, passages: Sequence[Hit]) -> Hit:
    assert cell is not None  # noqa: S101 - those that are None have no text, for mypy
    return passages[cell.hit]


def _shifted(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    return tuple((start + by, end + by) for start, end in spans)


# On a topic


def on_topic(
    documents: Sequence[DocumentId],
    found: Sequence[Sequence[Extract]],
    extent: Extent,
    analyzer: Analyzer,
) -> tuple[Comparison, list[Hit]]:
    """Lay side by side what answers a question best in each document; return the passages, too.

    `found` are the sentences of each, best first; none of a document that says nothing of it.
    """
    left = [list(own) for own in found]
    terms = [[_terms(one, analyzer) for one in own] for own in left]
    taken: list[set[int]] = [set() for _ in left]
    beside: list[list[Extract | None]] = []
    while (best := _next(left, taken)) and len(beside) < _THOUGHT * ON_TOPIC[extent]:
        places = [_partner(terms, left, taken, best, other) for other in range(len(left))]
        for other, place in enumerate(places):
            if place is not None:
                taken[other].add(place)
        beside.append(
            [None if place is None else left[at][place] for at, place in enumerate(places)]
        )
    hits: list[Hit] = []
    beside.sort(key=_topic_worth, reverse=True)
    rows = tuple(_topic_row(one, hits, analyzer) for one in beside[: ON_TOPIC[extent]])
    reason = None if rows else Uncompared.SILENT
    return Comparison(tuple(documents), (), rows, uncompared=reason), hits


def _topic_worth(chosen: Sequence[Extract | None]) -> float:
    """Return how much a row tells: other numbers more than other words, the same words little."""
    told = [one for one in chosen if one is not None]
    texts = [_said(one) for one in told]
    same = len(told) > 1 and len(set(map(key_of, texts))) == 1
    best = max(one.score for one in told)
    return best + _FIGURES * _telling(texts) - _ODDS * same if len(told) > 1 else best


_THOUGHT = 2  # times as many rows are thought of as are told
_FIGURES = 1.0  # of a score: what other numbers count, and twice that for money
_ODDS = 2.5  # of a score: what is that much less likely to answer than the best is not told


def _next(left: Sequence[Sequence[Extract]], taken: Sequence[set[int]]) -> tuple[int, int] | None:
    """Return the best sentence that is not told yet, and its document; None where that is weak."""
    places = [
        (one.score, -side, -at)
        for side, own in enumerate(left)
        for at, one in enumerate(own)
        if at not in taken[side]
    ]
    if not places:
        return None
    score, side, at = max(places)
    top = max(one.score for own in left for one in own)
    return (-side, -at) if score >= top - _ODDS else None


def _partner(
    terms: Sequence[Sequence[frozenset[str]]],
    left: Sequence[Sequence[Extract]],
    taken: Sequence[set[int]],
    best: tuple[int, int],
    other: int,
) -> int | None:
    """Return the place of the sentence of a document that fits beside the `best` one of another."""
    if other == best[0]:
        return best[1]
    own = terms[best[0]][best[1]]
    free = [at for at in range(len(left[other])) if at not in taken[other]]
    if not free:
        return None
    top = left[other][free[0]].score

    said = _said(left[best[0]][best[1]])

    def worth(at: int) -> float:
        words = terms[other][at]
        alike = len(own & words) / max(1, len(own | words))
        figures = _FIGURES * _telling([said, _said(left[other][at])])
        return _ODDS * alike + figures + left[other][at].score - top

    found = max(free, key=worth)
    return found if left[other][found].score >= left[other][0].score - 2 * _ODDS else None


def _said(extract: Extract) -> str:
    return extract.passage.hit.text[extract.start : extract.end]


def _terms(extract: Extract, analyzer: Analyzer) -> frozenset[str]:
    hit = extract.passage.hit
    spans = [*extract.heads, (extract.start, extract.end)]
    text = " ".join(hit.text[start:end] for start, end in spans)
    return frozenset(analyzer.terms(without_amounts(text), (hit.language,)))


def _topic_row(
    chosen: Sequence[Extract | None], hits: list[Hit], analyzer: Analyzer
) -> ComparedRow:
    cells: list[ComparedCell | None] = []
    for one in chosen:
        if one is None:
            cells.append(None)
            continue
        if one.passage.hit not in hits:
            hits.append(one.passage.hit)
        spans = tuple(sorted({*one.heads, (one.start, one.end)}))
        cells.append(ComparedCell(hits.index(one.passage.hit), spans))
    told = [one for one in chosen if one is not None]
    aspect = next(filter(None, (section_of(one.passage.hit) for one in told)), "")
    keys = {key_of(_said(one)) for one in told}
    state = RowState.ONLY
    if len(told) > 1:
        state = RowState.SAME if len(keys) == 1 else RowState.CHANGED
        cells = _marked(cells, hits, analyzer, words=False)
    return ComparedRow(aspect, tuple(cells), state)
