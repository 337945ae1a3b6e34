"""Finding everything that is said of something: in all passages, and each place once.

    needles   ─► their words side by side, as they are written or in any form
    nowhere   ─► the parts of it in one document, or its words apart in one passage
    a thing   ─► sentences and items that have its words, or stand under a heading with them

The store leaves out what cannot have the words; what is left is looked at here. A table that goes
on repeats the rows that name its columns, and a phrase may begin in one passage and end in the
next: what counts is the place on the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from desktop_rag.answer import spelling
from desktop_rag.answer.asking import CALLED
from desktop_rag.answer.names import named, small_words
from desktop_rag.answer.needles import Finder, each_word, finder_of, near_to
from desktop_rag.answer.retrieval import SearchScope
from desktop_rag.answer.units import STATING, UnitRole, units
from desktop_rag.answer.word_forms import even
from desktop_rag.domain.documents import DocumentId, Layer, PlacedWord
from desktop_rag.domain.occurrences import (
    Census,
    DocumentCount,
    Manner,
    Needle,
    Net,
    Occurrence,
    Occurrences,
)
from desktop_rag.domain.passages import Hit, Span, WrittenPassage
from desktop_rag.domain.ports import Analyzer

SHOWN = 2_000  #: places that are given with their words
SHOWN_THINGS = 200  #: sentences and items that are about a thing
_AROUND = 110  # signs of what stands before and after a place
_EDGE = 400  # signs of two passages in which a phrase may go on, unless it is longer
_READ_WHOLE = 100  # documents, to see where their lists go on
_FORMS = 12  # that are told of
_SENTENCE = re.compile(r"(?<=[\w)\]”»\"%][\w)\]”»\"%][.!?])\s+|\n")
_ENDS = ".!?\n"  # of a sentence, and nothing is before the first
_SEPARATOR = " › "
_GENERIC = CALLED | frozenset(
    """annual sentencia sentencias titled called llamado titulado named about sobre year
    ano""".split()  # noqa: SIM905 - words, not a list
)

Scan = Callable[[Net, Sequence[DocumentId] | None], Sequence[WrittenPassage]]
"""Gives the passages of some documents, or of all, that a net takes, document by document."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a span of a passage's text, on a page of its document."""

    passage: WrittenPassage
    span: Span
    page: int
    key: object


@dataclass(frozen=True, slots=True)
class _Look:
    """Where to look, and how."""

    scope: SearchScope
    scan: Scan
    analyzer: Analyzer
    documents: tuple[DocumentId, ...]

    @property
    def among(self) -> tuple[DocumentId, ...] | None:
        whole = self.scope.everything and len(self.documents) == len(self.scope.documents)
        return None if whole else self.documents

    def finders(self, needles: Iterable[Needle]) -> list[Finder]:
        found = (finder_of(one, self.scope.languages, self.analyzer) for one in needles)
        return [one for one in found if one is not None]

    def passages(self, net: Net) -> list[WrittenPassage]:
        return [one for one in self.scan(net, self.among) if one.layer is not Layer.HIDDEN]


Found = tuple[Census, Manner, list[Place]]


def everywhere(
    census: Census,
    scope: SearchScope,
    titles: Mapping[DocumentId, str],
    scan: Scan,
    analyzer: Analyzer,
) -> Occurrences:
    """Find everything that a census asks for; language and time are left open."""
    look = _Look(scope, scan, analyzer, scope.documents)
    look, census = _restricted(look, census)
    asked, manner, places = _of_thing(look, census) if census.thing else _of_needles(look, census)
    counts = _counts(places, titles)
    order = {count.document: at for at, count in enumerate(counts)}
    ordered = places if census.thing else sorted(places, key=_as_read)
    ordered = sorted(ordered, key=lambda one: order[one.passage.document])
    most = SHOWN_THINGS if census.thing else SHOWN
    ordered = [] if census.lacking else ordered[:most]
    without = [one for one in look.documents if one not in order] if census.lacking else []
    near = "" if places or census.thing else _nearest(look, census)
    looked = scope.passages if look.documents == scope.documents else len(_all(look))
    return Occurrences(
        documents=tuple(counts),
        shown=tuple(_occurrence(one, whole=census.thing) for one in ordered),
        total=len(places),
        looked_documents=len(look.documents),
        looked_passages=looked,
        needles=asked.needles,
        manner=manner,
        forms=_forms(places) if manner is Manner.WRITTEN else (),
        near=near,
        without=tuple(DocumentCount(one, titles.get(one, ""), 0) for one in without),
    )


def _all(look: _Look) -> Sequence[WrittenPassage]:
    return look.scan(Net((".",)), look.among)


# Where to look


def _restricted(look: _Look, census: Census) -> tuple[_Look, Census]:
    """Look in the documents alone that are named; what names none is a part of the words."""
    if not census.within:
        return look, census
    documents = _named(look, census.within)
    if documents:
        return replace(look, documents=documents), replace(census, joined=())
    return look, census


def _named(look: _Look, text: str) -> tuple[DocumentId, ...]:
    """Return the documents that all words of a text name, but those that any has."""
    scope, analyzer = look.scope, look.analyzer

    def stem(word: str) -> list[str]:
        return analyzer.terms(word, scope.languages or ("en",))

    words = analyzer.words_of(text)
    about = named(words, scope.names, stem, small_words(text, analyzer.words_of))
    naming = {form for id_ in about.best for form in scope.names[id_]}
    content = [
        word
        for word in words
        if word not in _GENERIC and analyzer.terms(f"{word} 0", ("en", "es")) != ["0"]
    ]
    left = [word for word in content if naming.isdisjoint({word, *stem(word)})]
    return about.best if content and not left else ()


# Words that stand together, and those that do not


def _of_needles(look: _Look, census: Census) -> Found:
    if census.joined:
        places = _together(look, census.joined, every=False)
        if places:
            return replace(census, needles=census.joined), Manner.WRITTEN, places
    places = _together(look, census.needles, every=census.every)
    if places or census.every or len(census.needles) > 1:
        return census, Manner.WRITTEN, places
    if census.parts:
        places = _together(look, census.parts, every=True)
        if places:
            return replace(census, needles=census.parts), Manner.PARTS, places
    return census, Manner.APART, _apart(look, census.needles[0])


def _together(look: _Look, needles: Sequence[Needle], *, every: bool) -> list[Place]:
    """Return where the needles are, in order, of documents that have one of them, or `every`."""
    finders = look.finders(needles)
    if not finders or (every and len(finders) < len(needles)):
        return []
    found = [list(_places(look.passages(one.net), one)) for one in finders]
    own = [{place.passage.document for place in places} for places in found]
    kept = set.intersection(*own) if every else set().union(*own)
    places = {one.key: one for some in found for one in some if one.passage.document in kept}
    return list(places.values())


def _as_read(place: Place) -> tuple[int, int, Span]:
    return place.page, place.passage.ordinal, place.span


def _places(passages: Sequence[WrittenPassage], finder: Finder) -> Iterator[Place]:
    """Yield each place of a needle once, in passages document by document."""
    for passage in passages:
        text = even(passage.text)
        for span in finder.spans(text, passage.language):
            place = _placed(passage, span)
            if place is not None:
                yield place
    if not finder.net.edges:
        return
    for one, other in pairwise(passages):
        if _follows(one, other):
            yield from _over(one, other, finder)


def _follows(one: WrittenPassage, other: WrittenPassage) -> bool:
    same = (one.document, one.layer, one.ordinal + 1)
    return same == (other.document, other.layer, other.ordinal)


def _over(one: WrittenPassage, other: WrittenPassage, finder: Finder) -> Iterator[Place]:
    """Yield where a needle begins in one passage and ends in the next."""
    both = _joined(one, other)
    border = len(one.text)
    reach = max(_EDGE, len(finder.pattern.pattern))
    left = max(0, border - reach)
    text = even(both.text[left : border + 1 + reach])
    for start, end in finder.spans(text, one.language):
        if start + left < border < end + left - 1:
            place = _placed(both, (start + left, end + left))
            if place is not None:
                yield place


def _joined(one: WrittenPassage, other: WrittenPassage, gap: str = " ") -> WrittenPassage:
    """Return two passages that follow each other as one, with a sign between them."""
    by, pages = len(one.text) + 1, max(0, other.page - one.page)

    def words(start: int, end: int) -> tuple[PlacedWord, ...]:
        later = other.words(max(0, start - by), max(0, end - by))
        moved = (PlacedWord(s + by, e + by, box, page + pages) for s, e, box, page in later)
        return (*one.words(start, end), *moved)

    return replace(one, text=f"{one.text}{gap}{other.text}", words=words)


def _placed(passage: WrittenPassage, span: Span) -> Place | None:
    """Return where a span stands; None for a repetition of what stands on another page."""
    words = passage.words(*span) if passage.placed else ()
    if not words:
        key = (passage.document, passage.ordinal, span)
        return None if passage.placed else Place(passage, span, passage.page, key)
    first = words[0]
    page = passage.page + first.page
    corner = (round(first.box.x0, 4), round(first.box.y0, 4), span[0] - first.start)
    return Place(passage, span, page, (passage.document, page, corner))


def _apart(look: _Look, needle: Needle) -> list[Place]:
    """Return the passages that have all words of a needle, each by where the first one stands."""
    finders = look.finders(each_word(needle, look.scope.languages, look.analyzer))
    if len(finders) < 2 or needle.literal:  # noqa: PLR2004 - one word stands nowhere apart
        return []
    net = Net(tuple(word for one in finders for word in one.net.needed))
    places: dict[object, Place] = {}
    for passage in look.passages(net):
        text = even(passage.text)
        spans = [next(one.spans(text, passage.language), None) for one in finders]
        if all(spans):
            place = _placed(passage, min(filter(None, spans)))
            if place is not None:
                places.setdefault(place.key, place)
    return list(places.values())


# Things


def _of_thing(look: _Look, census: Census) -> Found:
    """Return the sentences and items that are about a thing, those under its name first."""
    for needles in filter(None, (census.joined, census.needles)):
        words = each_word(needles[0], look.scope.languages, look.analyzer)
        finders = look.finders(words)
        if not finders:
            continue
        net = Net(tuple(run for one in finders for run in one.net.needed), headed=True)
        found: dict[object, tuple[bool, Place]] = {}
        for passage in _whole_lists(look, look.passages(net)):
            for listed, place in _about(passage, finders):
                found.setdefault(place.key, (listed, place))
        if found:
            ordered = sorted(found.values(), key=lambda one: not one[0])
            return replace(census, needles=needles), Manner.ABOUT, [place for _, place in ordered]
    return census, Manner.ABOUT, []


def _whole_lists(look: _Look, passages: Sequence[WrittenPassage]) -> Iterator[WrittenPassage]:
    """Yield passages, those that a list goes on from with the ones that it goes on in."""
    going = [one for one in passages if _goes_on(one)]
    documents = tuple(dict.fromkeys(one.document for one in going))
    known: dict[tuple[DocumentId, int], WrittenPassage] = {}
    if 0 < len(documents) <= _READ_WHOLE:
        every = look.scan(Net((".",)), documents)
        known = {(one.document, one.ordinal): one for one in every}
    for passage in passages:
        whole, last = passage, passage
        while _goes_on(last):
            after = known.get((last.document, last.ordinal + 1))
            if after is None or not _follows(last, after) or not _goes_on_in(last, after):
                break
            whole = replace(_joined(whole, after, _gap(last)), ordinal=passage.ordinal)
            last = after
        yield whole


def _goes_on(passage: WrittenPassage) -> bool:
    """Tell whether a list may go on after a passage: its last part is of one."""
    parts = units(passage.text, passage.language)
    return bool(parts) and parts[-1].role in {UnitRole.ITEM, UnitRole.INTRO, UnitRole.LEADER}


def _goes_on_in(one: WrittenPassage, other: WrittenPassage) -> bool:
    """Tell whether a list goes on in the next passage, or the number of an item is all before."""
    parts = units(other.text, other.language)
    return _gap(one) == " " or (bool(parts) and parts[0].role is UnitRole.ITEM)


def _gap(passage: WrittenPassage) -> str:
    """Return what stands between a passage and the next: a number stands beside its item."""
    parts = units(passage.text, passage.language)
    return " " if parts and parts[-1].role is UnitRole.LEADER else "\n"


def _about(passage: WrittenPassage, finders: Sequence[Finder]) -> Iterator[tuple[bool, Place]]:
    """Yield what of a passage is about a thing, and whether it stands under its name."""
    title, _, section = passage.header.partition(_SEPARATOR)
    over = _has(finders, section, passage)
    beside = [one for one, has in zip(finders, _has(finders, title, passage), strict=True) if has]
    for unit in units(passage.text, passage.language):
        if unit.role not in STATING:
            continue
        heads = " ".join(passage.text[start:end] for start, end in unit.heads)
        under = [a or b for a, b in zip(over, _has(finders, heads, passage), strict=True)]
        own = _has(finders, passage.text[unit.start : unit.end], passage)
        either = [a or b for a, b in zip(under, own, strict=True)]
        known = [has or one in beside for one, has in zip(finders, either, strict=True)]
        if all(known) and any(either):
            place = _placed(passage, (unit.start, unit.end))
            if place is not None:
                yield all(under), place


def _has(finders: Sequence[Finder], text: str, passage: WrittenPassage) -> list[bool]:
    plain = even(text)
    return [next(one.spans(plain, passage.language), None) is not None for one in finders]


# What is told of it


def _counts(places: Sequence[Place], titles: Mapping[DocumentId, str]) -> list[DocumentCount]:
    """Return how often each document has it, most first; documents alike in the order of names."""
    hits: Counter[DocumentId] = Counter(one.passage.document for one in places)
    pages: dict[DocumentId, dict[int, str]] = {}
    for one in places:
        pages.setdefault(one.passage.document, {}).setdefault(one.page, _label(one))
    found = [
        DocumentCount(
            document,
            titles.get(document, ""),
            count,
            tuple(label for _, label in sorted(pages[document].items())),
        )
        for document, count in hits.items()
    ]
    return sorted(found, key=lambda one: (-one.hits, one.title.casefold(), one.document))


def _label(place: Place) -> str:
    """Return what people call the page of a place, which may be one after its passage's own."""
    label, after = place.passage.page_label, place.page - place.passage.page
    if not after:
        return label or str(place.page + 1)
    return str(int(label) + after) if label.isdecimal() else str(place.page + 1)


def _forms(places: Sequence[Place]) -> tuple[tuple[str, int], ...]:
    found = Counter(" ".join(_said(one).casefold().split()) for one in places)
    return tuple(found.most_common(_FORMS))


def _said(place: Place) -> str:
    start, end = place.span
    return place.passage.text[start:end]


def _occurrence(place: Place, *, whole: bool) -> Occurrence:
    """Return a place with the words around it, and with no more."""
    passage, (start, end) = place.passage, place.span
    left, right = (start, end) if whole else _around(passage.text, place.span)
    cut = passage.text[:left].rstrip(" ")[-1:], passage.text[right:].lstrip(" ")[:1]
    before = "" if whole or cut[0] in _ENDS else "…"
    after = "" if whole or not cut[1].strip() or passage.text[right - 1] in _ENDS else "…"
    by = len(before) - left
    later = place.page - passage.page
    words = tuple(
        PlacedWord(word.start + by, word.end + by, word.box, word.page - later)
        for word in passage.words(start, end)
        if word.page >= later
    )
    hit = Hit(
        document=passage.document,
        ordinal=passage.ordinal,
        page=place.page,
        page_label=_label(place),
        header=passage.header,
        text=f"{before}{passage.text[left:right]}{after}",
        words=words,
        score=0.0,
        recognized=passage.recognized,
        layer=passage.layer,
        language=passage.language,
    )
    return Occurrence(hit, (start + by, end + by))


def _around(text: str, span: Span) -> Span:
    """Return where the sentence of a place begins and ends, or as much of it as is short."""
    start, end = span
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = [found.end() for found in _SENTENCE.finditer(text, low, start)]
    after = _SENTENCE.search(text, end, high)
    left = before[-1] if before else low
    right = after.start() if after else high
    if left == low and low > 0:
        left = text.find(" ", low, start) + 1 or start
    if right == high and high < len(text):
        right = max(text.rfind(" ", end, high), end)
    return left, right


def _nearest(look: _Look, census: Census) -> str:
    """Return how the documents spell a word that none of them has, one letter off, or ""."""
    words = census.needles[0].text.split()
    for word in spelling.doubtful(map(even, words)):
        near = spelling.one_off(word)
        net = near_to(word)
        known = finder_of(Needle(word, literal=True), look.scope.languages, look.analyzer)
        if known is None or next(_places(look.passages(known.net), known), None):
            continue
        texts = [passage.text for passage in look.passages(net)]
        if other := spelling.meant(word, frozenset(near), texts, look.analyzer):
            return " ".join(other if even(one) == word else one for one in words)
    return ""
