"""Which documents a comparison is of, and what it is about: "compare A with B on deductibles".

    compare …            names, up to "on" or "in"; those after "between", "with", "and" are others
    the differences in … what it is about, up to "between"

Those that the question names are compared, or else those it is limited to, or else those that were
cited just before, or else all, where they are few. "The two plans" may be two whose names are
alike. A comparison of things that documents merely tell of is none of documents.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from desktop_rag.answer.asking import CALLED, content_words, words_of
from desktop_rag.answer.names import Named, named, small_words
from desktop_rag.answer.retrieval import SearchScope
from desktop_rag.domain.comparisons import FEWEST, MOST, Uncompared
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.ports import Analyzer

_ALIKE = 0.5  # of the words of two names are in both: that, and no other pair, is "the two"
_SMALL = 12  # documents of a library in which that is believed
_TOP = 0.85  # of the evidence for the best one: as much names it, too
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OTHERS = _words("and y e with con versus vs against contra frente or o u entre between from to al")
_COMPARING = re.compile(
    r"compar\w+|contrast\w*|versus|vs|differ|differs|differed|difieren?|changed?|cambi\w+"
)
_DIFFERENCE = re.compile(r"differences?|different|diferencian?|diferencias|distint[oa]s?")
_SPANISH = re.compile(r"compara(?!ble|tive)\w*|diferencia\w*|difieren?|distint[oa]s?|cambi\w+")
_NAMING = _words("between entre with con versus vs from")
_ABOUT = _words("on in about regarding concerning sobre regards respecto acerca en cuanto terms by")
_COUNTS = {
    **dict.fromkeys(("two", "both", "dos", "ambos", "ambas"), 2),
    **dict.fromkeys(("three", "tres"), 3),
    **dict.fromkeys(("four", "cuatro"), 4),
    **dict.fromkeys(("five", "cinco"), 5),
}
_POINTING = frozenset({*_COUNTS, "these", "those", "estos", "estas", "esos", "esas", "them"})
_SOME = _POINTING | _words("the my our all los las mis nuestros nuestras todos todas")
_VERSIONS = _words("version versions draft drafts edition editions versiones borrador borradores")
_COMMANDING = re.compile(
    r"(?:(?:please|por favor|can you|could you|puedes|podrias|me|quiero|necesito) )*"
    r"(?:compar(?!is|acion)|contrast)\w*"
)
_WISHING = _words(
    """compare compares compared comparing comparison compara comparar comparame comparalos
    comparalas comparacion comparas contrast differences difference different differ differs
    diferencia diferencias diferencian difieren distinto distinta distintos distintas vs versus
    please favor puedes podrias quiero necesito hazme haz dame give make show tell list key main
    principales terms respect regards respecto cuanto table tabla summary side everything todo
    whole entire spanish english espanol ingles both ambos ambas two dos three tres four cuatro
    five cinco changed change changes cambio cambia cambiaron cambiado them contra frente
    against acerca regarding concerning"""
)


@dataclass(frozen=True, slots=True)
class Comparands:
    """The documents to compare, on a `topic` in the words of the question, or on all.

    Where that cannot be done they are what could be meant, and `uncompared` says why.
    """

    documents: tuple[DocumentId, ...]
    topic: str = ""
    uncompared: Uncompared | None = None


@dataclass(frozen=True, slots=True)
class ComparisonWish:
    """What is asked to be compared: in a scope, which may be `narrowed` to what a person selected.

    Documents that are `preferred` were cited before. A person may have `chosen` to compare.
    """

    question: str
    scope: SearchScope
    narrowed: bool = False
    preferred: tuple[DocumentId, ...] = ()
    chosen: bool = False


@dataclass(slots=True)
class _Parsed:
    """A question apart: the words that may name, one group for each document, and its topic."""

    groups: list[list[str]] = field(default_factory=lambda: [[]])
    topic: list[str] = field(default_factory=list)


def comparands(wanted: ComparisonWish, analyzer: Analyzer) -> Comparands | None:
    """Return what is to be compared; None where the question is none about documents."""
    scope = wanted.scope
    explicit = any(map(_asks, words_of(wanted.question)))
    if not explicit and not wanted.chosen:
        return None
    parsed = _parsed(wanted.question)
    found, spoken = _named(parsed, wanted, analyzer)
    left = [word for group in parsed.groups for word in group if not _is_said(word, spoken)]
    topic = " ".join([*left, *parsed.topic])
    if not content_words(topic):
        topic = ""
    elif not explicit:
        topic = wanted.question.strip(" ¿?¡!.")
    count = next((_COUNTS[one] for one in words_of(wanted.question) if one in _COUNTS), 0)
    pointed = _points(wanted.question)
    if not (wanted.chosen or pointed or len(found) >= FEWEST) and _of_things(
        wanted.question, found
    ):
        return None
    chosen = _chosen(found, wanted, count, pointed=pointed)
    if FEWEST <= len(chosen) <= MOST:
        return Comparands(tuple(chosen), topic)
    if not (wanted.chosen or pointed or len(found) > 1):
        return None  # of things that documents tell of
    could = chosen or found or list(scope.documents)
    many = len(chosen) > MOST and bool(found or wanted.narrowed)
    reason = Uncompared.MANY if many else Uncompared.FEW
    return Comparands(tuple(could[: MOST + 1]), topic, reason)


def told_language(question: str) -> str:
    """Return the language of the words that wish for a comparison, in ISO 639-1; else unknown.

    >>> told_language("compara"), told_language("Compare")
    ('es', 'en')
    """
    words = [word for word in words_of(question) if _asks(word)]
    if not words:
        return UNKNOWN_LANGUAGE
    return "es" if any(map(_SPANISH.fullmatch, words)) else "en"


def _asks(word: str) -> bool:
    return bool(_COMPARING.fullmatch(word) or _DIFFERENCE.fullmatch(word))


def _points(question: str) -> bool:
    """Tell whether a question speaks of several documents without naming them, or of nothing else.

    One of them, "the Standard plan", may be where what is compared stands.
    """
    words = words_of(question)
    rest = [word for word in content_words(question) if word not in _WISHING]
    if not rest or "them" in words or not _VERSIONS.isdisjoint(words):
        return True
    several = {at for at, word in enumerate(words) if word in CALLED and word.endswith("s")}
    if _COMMANDING.match(" ".join(words)):
        return bool(several) or not _POINTING.isdisjoint(words)
    before = [words[at - 1] for at in several if at]
    return any(word in _SOME or word.isdigit() for word in before)


def _of_things(question: str, found: Sequence[DocumentId]) -> bool:
    """Tell what asks how things differ: "between an HMO plan and a PPO plan", "in the lease"."""
    commanded = _COMMANDING.match(" ".join(words_of(question)))
    return not commanded and (bool(found) or _has_names(question))


def _chosen(
    found: list[DocumentId], wanted: ComparisonWish, count: int, *, pointed: bool
) -> list[DocumentId]:
    """Return the documents that are most likely meant, however many they are."""
    scope = wanted.scope
    if len(found) >= FEWEST and count in {0, len(found)}:
        return found
    if not (found or pointed or wanted.chosen or wanted.narrowed):
        return []
    everything = _ordered(scope.documents, scope)
    cited = [id_ for id_ in wanted.preferred if id_ in scope.documents]
    both = list(dict.fromkeys([*found, *cited]))
    if wanted.narrowed or len(everything) == count:
        return everything
    if len(both) >= FEWEST and count in {0, len(both)}:
        return both
    guessed = count == FEWEST or (pointed and not found and len(everything) > MOST)
    if guessed and len(everything) <= _SMALL:
        return _alike(found if len(found) > 1 else everything, scope)
    return everything if len(everything) <= MOST and not count else found


def _alike(documents: Sequence[DocumentId], scope: SearchScope) -> list[DocumentId]:
    """Return the two whose names are alike, if it is one pair alone."""

    def share(pair: tuple[DocumentId, DocumentId]) -> float:
        one, other = (scope.names.get(id_, frozenset()) for id_ in pair)
        return len(one & other) / max(1, len(one | other))

    pairs = sorted(combinations(documents, 2), key=share, reverse=True)[:2]
    shares = [share(pair) for pair in pairs]
    if shares and shares[0] >= _ALIKE and (len(shares) == 1 or shares[1] < shares[0]):
        return list(pairs[0])
    return []


def _parsed(question: str) -> _Parsed:
    """Cut a question into groups of words that may each name a document, and what it is about."""
    parsed = _Parsed()
    naming = True
    between = _has_names(question)
    for word in _raw(question):
        folded = "".join(words_of(word))
        joins = not folded or folded in _OTHERS
        if _DIFFERENCE.fullmatch(folded):
            naming = naming and not between
        elif folded in _ABOUT and (between or any(map(_content, parsed.groups))):
            naming = False
        elif folded in _NAMING or (joins and naming):
            naming = True
            parsed.groups.append([])
        elif folded and folded not in _WISHING:
            (parsed.groups[-1] if naming else parsed.topic).append(word)
    parsed.topic = _trimmed(parsed.topic)
    return parsed


def _has_names(question: str) -> bool:
    """Whether a word says where names begin: "between", "with"."""
    return not _NAMING.isdisjoint(words_of(question))


def _content(group: Iterable[str]) -> list[str]:
    return content_words(" ".join(group))


def _trimmed(words: list[str]) -> list[str]:
    """Leave out words at both ends that say nothing: "the", "de la"."""
    said = [at for at, word in enumerate(words) if content_words(word)]
    return words[said[0] : said[-1] + 1] if said else []


def _raw(question: str) -> Iterator[str]:
    for found in re.finditer(rf"{_WORD.pattern}|[,;&]", question):
        yield found.group()


def _named(
    parsed: _Parsed, wanted: ComparisonWish, analyzer: Analyzer
) -> tuple[list[DocumentId], frozenset[str]]:
    """Return the documents that a question names, in its order, and the words that do."""
    scope = wanted.scope

    def stem(text: str) -> list[str]:
        return analyzer.terms(text, scope.languages)

    small = small_words(wanted.question, words_of)
    groups = [[word for one in group for word in words_of(one)] for group in parsed.groups]
    everything = named([w for group in groups for w in group], scope.names, stem, small)
    found: dict[DocumentId, None] = {}
    spoken: set[str] = set()
    for group in groups:
        telling = [word for word in group if content_words(word)]
        if all(word in CALLED for word in telling) and len(groups) > 1 and not found:
            continue
        here = named(group, scope.names, stem, small)
        best = _ordered(_best(here, everything), scope)
        found |= dict.fromkeys(best)
        if best:
            held = frozenset().union(*(scope.names[id_] for id_ in best))
            spoken |= {word for word in telling if not held.isdisjoint({word, *stem(word)})}
            spoken |= here.spoken
    return list(found), frozenset(spoken)


def _best(here: Named, everything: Named) -> list[DocumentId]:
    """Return what one group of words names best; of several, what the others speak for as well."""
    top = max(here.shares.values(), default=0.0)
    best = [id_ for id_, share in here.shares.items() if share >= _TOP * top > 0]
    most = max((everything.shares.get(id_, 0.0) for id_ in best), default=0.0)
    best = [id_ for id_ in best if everything.shares.get(id_, 0.0) >= _TOP * most]
    return best if len(best) <= MOST + 1 else []


def _ordered(documents: Iterable[DocumentId], scope: SearchScope) -> list[DocumentId]:
    """Return documents as their names are ordered: what is of 2019 before what is of 2021."""
    return sorted(documents, key=lambda id_: sorted(scope.names.get(id_, ())))


def _is_said(word: str, spoken: Collection[str]) -> bool:
    """Tell whether a word names a document, or what documents are called."""
    folded = words_of(word)
    return all(one in spoken or one in CALLED for one in folded) or not content_words(word)
