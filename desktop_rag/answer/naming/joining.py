"""The forms of one name, joined, and what it names over a whole document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_rag.answer.naming.kinds import told_by_company, told_by_itself
from desktop_rag.answer.naming.lexicon import GIVEN, PLACE_NAMES, SUFFIXES, UNNAMED
from desktop_rag.answer.naming.runs import NameRun
from desktop_rag.domain.entities import EntityKind

_PARTS = {("of",), ("de",), ("del",)}  # after a word that is a part of a longer name
_PAIR = 2  # words of a name
_ENOUGH = 2  # times that a name stands where places do, to be one


class MentionPlace(NamedTuple):
    """Characters `start` to `end` of the text of the passage at this place among all."""

    passage: int
    start: int
    end: int


class NameMention(NamedTuple):
    """A run of words written large, as it is `written`; in a heading it says less of itself.

    It is named in one breath with what is of the kinds `beside`.
    """

    run: NameRun
    place: MentionPlace
    written: str
    heading: bool = False
    beside: tuple[EntityKind, ...] = ()


@dataclass(slots=True)
class NameVocabulary:
    """How often a document writes a word small, and large where grammar asks for none."""

    small: Counter[str] = field(default_factory=Counter)
    large: Counter[str] = field(default_factory=Counter)

    def common(self, word: str) -> bool:
        """Tell whether a word is no name, as far as the document tells."""
        return self.small[word] >= max(1, self.large[word])


@dataclass(slots=True)
class _NameForm:
    """One way to write a name, and where it is written so."""

    words: tuple[str, ...]
    mentions: list[NameMention]
    kind: EntityKind | None = None

    @property
    def sure(self) -> bool:
        return self.kind is not None


class JoinedName(NamedTuple):
    """A name in its fullest form, with all places of it and its other forms."""

    kind: EntityKind
    text: str
    places: tuple[MentionPlace, ...]


def joined(mentions: Sequence[NameMention], vocabulary: NameVocabulary) -> list[JoinedName]:
    """Return the names of a document, each once; what cannot be told apart from words is none."""
    forms: dict[str, _NameForm] = {}
    for one in mentions:
        form = forms.setdefault(one.run.name, _NameForm(one.run.words, []))
        form.mentions.append(one)
    for form in forms.values():
        form.kind = _kind(form.mentions, vocabulary)
    groups = _groups(list(forms.values()), _acronyms(mentions))
    return [_named(group) for group in groups]


def _kind(mentions: Sequence[NameMention], vocabulary: NameVocabulary) -> EntityKind | None:
    """Return what a name is by itself, or else by the company that it keeps."""
    votes = Counter(kind for one in mentions if (kind := told_by_itself(one.run)))
    run = mentions[0].run
    small = any(vocabulary.small[word] for word in run.words)
    if votes and not (small and run.titled):
        return votes.most_common(1)[0][0]
    if small or max(map(len, run.words)) == 1:
        return None
    plain = [one for one in mentions if not one.heading and one.run.after[:1] not in _PARTS]
    company = Counter(kind for one in plain if (kind := told_by_company(one.run)))
    beside = Counter(kind for one in plain for kind in one.beside)
    if beside and not company and EntityKind.ORGANISATION not in beside:
        kind, count = beside.most_common(1)[0]
        if len(run.words) > 1 or (kind is EntityKind.PLACE and count >= _ENOUGH):
            return kind
    if company[EntityKind.PERSON] > company[EntityKind.PLACE]:
        return EntityKind.PERSON
    placed = company[EntityKind.PLACE]
    within = any(one.run.after[:1] == (",",) and _country(one.run.after) for one in plain)
    often = placed >= _ENOUGH and 2 * placed >= len(mentions)
    return EntityKind.PLACE if placed and (often or within) else None


def _country(after: Sequence[str]) -> bool:
    return len(after) > 1 and after[1] in PLACE_NAMES


def _acronyms(mentions: Sequence[NameMention]) -> dict[str, str]:
    """Return the names that initials in brackets stand for: (OMS) is what stands before it."""
    found: dict[str, str] = {}
    for one in mentions:
        short = one.run.acronym
        if short and short[0] == one.run.words[0][0]:
            found.setdefault(short, one.run.name)
    return found


def _groups(forms: Sequence[_NameForm], acronyms: Mapping[str, str]) -> list[list[_NameForm]]:
    """Return the forms of each name, the fullest first."""
    ordered = sorted(forms, key=lambda one: (-len(_told(one)), -len(one.mentions)))
    groups: list[list[_NameForm]] = []
    by_word: defaultdict[str, list[list[_NameForm]]] = defaultdict(list)
    by_name: dict[str, list[_NameForm]] = {}
    for form in ordered:
        name = form.mentions[0].run.name
        home = by_name.get(acronyms.get(name, "")) or _home(form, by_word[_told(form)[-1]])
        if home is not None:
            home.append(form)
        elif form.sure:
            groups.append([form])
            by_name.setdefault(name, groups[-1])
            for word in set(_told(form)):
                by_word[word].append(groups[-1])
    return groups


def _home(form: _NameForm, groups: Sequence[list[_NameForm]]) -> list[_NameForm] | None:
    """Return the name that a form is another one of: the one that is named most often.

    `groups` are those whose fullest form has its last word.
    """
    if len(form.words) == 1 and form.words[0] in UNNAMED:
        return None
    same = [one for one in groups if _is_of(form, one[0])]
    return max(same, key=lambda one: len(one[0].mentions), default=None)


def _is_of(form: _NameForm, full: _NameForm) -> bool:
    """Tell whether a form may stand for a fuller one."""
    if form.kind not in {None, full.kind}:
        return False
    short, long = _told(form), _told(full)
    if short == long:
        return form.kind is full.kind
    match full.kind:
        case EntityKind.PERSON:
            return _is_part(short, long)
        case EntityKind.ORGANISATION:
            return form.kind is None and long[: len(short)] == short and _own(full)
        case _:
            return False


def _own(full: _NameForm) -> bool:
    """Tell whether a company's name without its ending is its own: "Acme" of "Acme Inc."."""
    return full.words[-1] in SUFFIXES


def _is_part(short: Sequence[str], long: Sequence[str]) -> bool:
    """Tell a person's surname, or some names of several in order; initials are left aside."""
    names = [word for word in short if len(word) > 1]
    if not names or (names[-1] not in long[1:] and names != [long[0]]):
        return False
    left = iter(long)
    return all(word in left for word in names)


def _told(form: _NameForm) -> tuple[str, ...]:
    """Return the words of a name that tell it from others: without the ending of a company."""
    words = form.words
    while len(words) > 1 and words[-1] in SUFFIXES:
        words = words[:-1]
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def _named(group: Sequence[_NameForm]) -> JoinedName:
    """Return a name in its fullest form as it is written most often, with all its places."""
    fullest = group[0]
    written = Counter(one.written for one in fullest.mentions).most_common(1)[0][0]
    places = sorted(one.place for form in group for one in form.mentions)
    assert fullest.kind is not None  # noqa: S101 - only sure forms begin a group
    return JoinedName(fullest.kind, written, tuple(places))


def plausible(
    run: NameRun, vocabulary: NameVocabulary, small: Callable[[str], bool]
) -> NameRun | None:
    """Return a run without a first word that is written large only for opening its sentence.

    None where nothing is left; `small` tells words that are no names wherever they stand.
    """
    while run.tokens and _opening(run, vocabulary, small):
        rest = run.tokens[1:]
        while rest and not rest[0].text[:1].isupper():
            rest = rest[1:]
        if not rest:
            return None
        run = run._replace(tokens=rest, start=rest[0].start, opens=False, before=run.tokens[0].flat)
    return run


def _opening(run: NameRun, vocabulary: NameVocabulary, small: Callable[[str], bool]) -> bool:
    first = run.tokens[0].flat
    if small(first) and first != "the" and first not in PLACE_NAMES | GIVEN:
        return True
    if not run.opens or run.titled or first in PLACE_NAMES | GIVEN:
        return False
    if len(run.words) > _PAIR and run.tokens[1].flat in GIVEN:
        return True  # "Paga Juan García": the second word begins a name
    if vocabulary.small[first]:
        return vocabulary.common(first)
    return len(run.words) == 1 and not vocabulary.large[first]
