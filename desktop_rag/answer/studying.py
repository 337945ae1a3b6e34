"""Questions with answers, made of the sentences of documents by rules.

    X is a …, X means …    ─► What is X?
    names, dates, amounts  ─► the sentence with a blank in their place
    a word that it is about ─► the same, where there is nothing else

Questions are in the language of their sentence, in English and Spanish; in others, only blanks are
made. What is a name or a date, `naming` tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from desktop_rag.answer.checks.tokens import flat, tokens
from desktop_rag.answer.naming.entities import entities
from desktop_rag.answer.naming.kinds import told_by_itself
from desktop_rag.answer.naming.runs import runs
from desktop_rag.answer.pointing import key_points
from desktop_rag.answer.summarizing import KeySentence, standing
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.entities import EntityKind
from desktop_rag.domain.passages import Hit, Span
from desktop_rag.domain.ports import Analyzer
from desktop_rag.domain.studying import BLANK

_OF_DEFINITIONS = 0.5  # of the cards, at most, while sentences with blanks are left
_MORE = (2, 4, 8)  # times as many key sentences are tried as cards are wanted
_LONGEST = 45  # words of a sentence with a blank
_LONGEST_TERM = 7  # words of what is defined
_LEAST_ANSWER = 3  # words of a definition
_LEAST_BLANK = 6  # letters of a plain word that is left out
_TWICE = 2  # times that a document has to say a word that it is about


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEANING = _words(
    """this that these those it its he she they them his her their we our you your and but or so
    such both either neither other not however therefore thus esto este esta estos estas eso ese
    esa esos esas aquel aquella aquello ella ello ellos ellas su sus nuestro nuestra y pero o
    asi tal tales ambos tambien ademas entonces afirmo es son fue"""
)  # begin what needs the sentence before
_POINTING = _LEANING | _words(
    """i there here what which who when where while if although because since as in on at for by
    with from each another some many most all no lo que quien cual cuales cuando donde mientras
    si aunque porque como en por para con de desde cada otro otra otros otras algunos algunas
    muchos muchas todos todas ningun ninguna sin"""
)  # and these begin no name of a thing
_NO_TERM = _words(
    """is are was were be been has have had will shall may can must should whether that which who
    such this these those and or but es son era fue fueron han ha hay sera que cual y o pero si
    dicho dicha"""
)  # of what is defined: what has one of these is more than a name of something
_ARTICLES = r"(?:the|an?|el|la|los|las|una?)"
_ENGLISH = re.compile(
    r"^(?P<what>[^,;:()?!]{2,70}?)(?: \((?P<short>[A-Z][\w.-]*)\))? (?P<verb>is|are|was|were) "
    r"(?P<rest>(?:an?|the|one of|any) .+)$"
)
_MEANS = re.compile(
    r"^[\"“'‘]?(?P<what>[^,;:()?!\"”]{2,70}?)[\"”'’]? (?P<verb>means|refers to|consists of) "
    r"(?P<rest>.+)$"
)
_SPANISH = re.compile(
    r"^(?P<what>[^,;:()¿?¡!]{2,70}?)(?: \((?P<short>[A-Z][\w.-]*)\))? "
    r"(?P<verb>es|son|era|eran|fue|fueron) "
    r"(?P<rest>(?:un|una|unos|unas|el|la|los|las|aquel|aquella|todo|toda|cualquier) .+)$"
)
_UNDERSTOOD = re.compile(
    r"^(?:A (?:los )?efectos de [^,]{3,60}, )?(?i:se entiende|se entenderá) por "
    r"(?P<what>[^,;:()¿?¡!]{2,70}?) (?P<rest>(?:el|la|los|las|un|una|todo|toda|cualquier|aquel|"
    r"aquella) .+)$"
)
_CONSISTS = re.compile(
    r"^(?P<what>[^,;:()¿?¡!]{2,70}?) (?P<verb>consiste|consisten) en (?P<rest>.+)$"
)
_SMALL = re.compile(r"(?<![^\W_])[a-zß-ÿ][^\W\d_]*")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERING = re.compile(r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z])[.)]|[•‣◦▪–—·*-])\s+")
_LEAST_WORDS = 6  # of a sentence with a blank
_OFTEN = 2  # times that the same words are the answer


class StudyItem(NamedTuple):
    """A question made of a sentence."""

    sentence: KeySentence
    question: str
    answer: str


class _Named(NamedTuple):
    """Something that a passage names, in characters `span` of its text."""

    kind: EntityKind
    span: Span


def study_items(
    passages: Sequence[Hit], limit: int, analyzer: Analyzer, topic: Sequence[str] = ()
) -> list[StudyItem]:
    """Return at most `limit` questions with answers, in the order of their sentences.

    `passages` are all of the documents, one after the other.
    """
    known = {(one.document, one.ordinal): one for one in passages}
    defined = _definitions(passages, analyzer, topic)
    found: list[StudyItem] = []
    for times in _MORE:
        key = [one.sentence for one in key_points(passages, times * limit, analyzer, topic)]
        blanks = list(_blanks(key, known, analyzer))
        few = max(round(_OF_DEFINITIONS * limit), limit - len(blanks))
        found = _chosen(defined[:few], blanks, limit)
        if len(found) >= limit or len(key) < times * limit:
            break
    if len(found) < limit:
        rest = [one for one in key if one.text not in {item.sentence.text for item in found}]
        found += [*_worded(rest, known, analyzer)][: limit - len(found)]
    order = {place: at for at, place in enumerate(known)}
    found.sort(
        key=lambda one: (order[one.sentence.document, one.sentence.ordinal], one.sentence.span)
    )
    return found


def _chosen(
    defined: Sequence[StudyItem], blanks: Sequence[StudyItem], limit: int
) -> list[StudyItem]:
    """Return definitions, and sentences with blanks, spread over all; no sentence twice."""
    taken = {one.sentence.text for one in defined}
    others = [one for one in blanks if one.sentence.text not in taken]
    room = limit - len(defined)
    if room < len(others):
        step = len(others) / max(1, room)
        others = [others[int(at * step)] for at in range(room)]
    return [*defined, *others]


def _definitions(
    passages: Sequence[Hit], analyzer: Analyzer, topic: Sequence[str]
) -> list[StudyItem]:
    """Return a question for each thing that is said what it is, the most spoken of first."""
    spoken: Counter[str] = Counter()
    for one in passages:
        spoken.update(analyzer.terms(one.text, (one.language,)))
    small = {word for one in passages for word in _SMALL.findall(one.text)}
    found: dict[str, tuple[float, StudyItem]] = {}
    for passage in passages:
        wanted = set(analyzer.terms(" ".join(topic), (passage.language,))) if topic else set()
        for sentence in standing(passage):
            item = definition_of(sentence, passage.language, small)
            if item is None:
                continue
            terms = analyzer.terms(sentence.text[: -len(item.answer)], (passage.language,))
            if wanted and not wanted.intersection(
                analyzer.terms(sentence.text, (passage.language,))
            ):
                continue
            weight = min((spoken[term] for term in terms), default=0)
            found.setdefault(item.question, (weight, item))
    return [item for _weight, item in sorted(found.values(), key=lambda pair: -pair[0])]


def definition_of(
    sentence: KeySentence, language: str, small: Collection[str] = ()
) -> StudyItem | None:
    """Return the question that a sentence answers which says what something is.

    Of words that are written `small` elsewhere, the first is written so.
    """
    asked = {"en": _asked_in_english, "es": _asked_in_spanish}.get(language)
    text = sentence.text
    first, second = [*text.split(maxsplit=2), "", ""][:2]
    if first.lower() in small and not second[:1].isupper():
        text = text[:1].lower() + text[1:]
    made = asked(text) if asked else None
    if made is None:
        return None
    question, answer = made
    return StudyItem(sentence, question, answer[:1].upper() + answer[1:])


def _asked_in_english(text: str) -> tuple[str, str] | None:
    if match := _MEANS.match(text):
        verb = match["verb"].replace("means", "mean").replace("refers", "refer")
        verb = verb.replace("consists", "consist")
        return _made(match, f"What does {{what}} {verb}?")
    if match := _ENGLISH.match(text):
        asked = "Who" if _is_somebody(match["what"]) else "What"
        return _made(match, f"{asked} {match['verb']} {{what}}?")
    return None


def _asked_in_spanish(text: str) -> tuple[str, str] | None:
    if match := _UNDERSTOOD.match(text):
        return _made(match, "¿Qué se entiende por {what}?")
    if match := _CONSISTS.match(text):
        return _made(match, f"¿En qué {match['verb']} {{what}}?")
    if match := _SPANISH.match(text):
        asked = "Quién" if _is_somebody(match["what"]) else "Qué"
        return _made(match, f"¿{asked} {match['verb']} {{what}}?")
    return None


def _is_somebody(what: str) -> bool:
    """Tell the name of a person, as far as it tells so by itself."""
    named = list(runs(what, tokens(what)))
    return len(named) == 1 and told_by_itself(named[0]) is EntityKind.PERSON


def _made(match: re.Match[str], question: str) -> tuple[str, str] | None:
    """Return a question and its answer, unless what is asked about says not what it is."""
    what, rest = match["what"].strip(), match["rest"].strip()
    words = [word.casefold() for word in what.split()]
    term = [word for word in words if not re.fullmatch(_ARTICLES, word)]
    if not term or len(term) > _LONGEST_TERM or words[0] in _POINTING or term[0] in _POINTING:
        return None
    if not _NO_TERM.isdisjoint(map(flat, term)):
        return None
    if len(rest.split()) < _LEAST_ANSWER or not any(map(str.isalpha, what)):
        return None
    first, _, others = what.partition(" ")
    if others and re.fullmatch(_ARTICLES, first, re.IGNORECASE):
        what = f"{first.lower()} {others}"
    return question.format(what=what), rest


def _blanks(
    key: Sequence[KeySentence], known: dict[tuple[DocumentId, int], Hit], analyzer: Analyzer
) -> Iterator[StudyItem]:
    """Yield the sentences that name something, with a blank in its place; kinds take turns."""
    places = list(dict.fromkeys((one.document, one.ordinal) for one in key))
    named: dict[tuple[DocumentId, int], list[_Named]] = {}
    for one in entities([known[place] for place in places], analyzer):
        for mention in one.places:
            span = (mention.start, mention.end)
            named.setdefault(places[mention.passage], []).append(_Named(one.kind, span))
    used: Counter[EntityKind] = Counter()
    answers: Counter[str] = Counter()
    for sentence in key:
        start, end = sentence.span
        passage = known[sentence.document, sentence.ordinal]
        inside = [
            one
            for one in named.get((sentence.document, sentence.ordinal), ())
            if start <= one.span[0] and one.span[1] <= end
        ]
        items = [(one.kind, _blank(sentence, passage, one.span)) for one in inside]
        items.sort(key=lambda one: (answers[one[1].answer], used[one[0]]))
        if items and _can_stand(sentence.text) and answers[items[0][1].answer] < _OFTEN:
            kind, item = items[0]
            used[kind] += 1
            answers[item.answer] += 1
            yield item


def _blank(sentence: KeySentence, passage: Hit, span: Span) -> StudyItem:
    start, end = sentence.span
    answer = " ".join(passage.text[slice(*span)].split())
    around = passage.text[start : span[0]], passage.text[span[1] : end]
    question = BLANK.join(part.replace(answer, BLANK) for part in around)
    return StudyItem(sentence, _NUMBERING.sub("", " ".join(question.split())), answer)


def _worded(
    key: Sequence[KeySentence], known: dict[tuple[DocumentId, int], Hit], analyzer: Analyzer
) -> Iterator[StudyItem]:
    """Yield sentences with a blank for the word that they are about, as far as counting tells."""
    spoken: Counter[str] = Counter()
    for one in known.values():
        spoken.update(word.casefold() for word in set(_WORD.findall(one.text)))
    for sentence in key:
        passage = known[sentence.document, sentence.ordinal]
        start, end = sentence.span
        words = [*_WORD.finditer(passage.text, start, end)][1:]
        telling = [
            one
            for one in words
            if len(one.group()) >= _LEAST_BLANK and spoken[one.group().casefold()] >= _TWICE
            if analyzer.terms(f"{one.group()} x1", (passage.language,)) != ["x1"]
        ]
        if telling and _can_stand(sentence.text):
            chosen = max(telling, key=lambda one: spoken[one.group().casefold()])
            yield _blank(sentence, passage, chosen.span())


def _can_stand(text: str) -> bool:
    """Tell a sentence that says what it is about, and is not too long to be asked."""
    words = _NUMBERING.sub("", text).split()
    first = flat(words[0]).strip('"“«,.') if words else ""
    return (
        _LEAST_WORDS <= len(words) <= _LONGEST
        and first not in _LEANING
        and (words[0][0].isupper() or words[0][0] in '"“«¿¡' or words[0][0].isdigit())
    )
