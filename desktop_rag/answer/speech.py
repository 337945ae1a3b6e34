"""In which language a question is asked, and so answered.

    the question's own words ─► those before it in the conversation ─► what the person reads
                             ─► what most of the passages are in

A question of a few words is too short for statistics, and still says what it is in: by the signs
that only Spanish opens questions with, by the words that questions begin with, and by other small
words where nothing else is written in a language that shares them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from desktop_rag.domain.documents import UNKNOWN_LANGUAGE as _NONE
from desktop_rag.domain.generation import Exchange
from desktop_rag.domain.passages import Passage
from desktop_rag.domain.ports import Analyzer

SPOKEN = frozenset({"en", "es"})  #: what people ask in, whatever their documents are in
_LAST = "en"  # where nothing tells
_OPENING = ("¿", "¡")
_ASKING_WORDS = {  # without accents, as the analyzer has them, and as people type
    "en": "what when where which who whose whom why how are were does did",
    "es": """cual cuales cuando cuanto cuanta cuantos cuantas donde adonde quien quienes hay fue
        tiene tienen""",
}
_SMALL_WORDS = {
    "en": "is was the of and for with from by to in on this that has have can do",
    "es": """que como por para el la los las lo un una y de del al en con sin es son esta estan
        este eso su sus se si mas muy""",
}
_ASKING = {code: frozenset(words.split()) for code, words in _ASKING_WORDS.items()}
_SMALL = {code: _ASKING[code].union(words.split()) for code, words in _SMALL_WORDS.items()}


def asked_in(text: str, analyzer: Analyzer, written: Collection[str] = ()) -> str:
    """Return the language of a question, in ISO 639-1, or `UNKNOWN_LANGUAGE`.

    The documents are `written` in those languages.
    """
    told = analyzer.language(text, SPOKEN | set(written))
    if told not in {*SPOKEN, _NONE}:
        return told
    words = analyzer.words_of(text)
    small = _ASKING if set(written) - SPOKEN else _SMALL
    # how it opens is surer than statistics, which the names of people mislead
    found = (_opened_in(text, words), told, _of_small_words(words, small))
    return next((code for code in found if code != _NONE), _NONE)


def answered_in(
    asked: str, history: Iterable[Exchange], reads: str, passages: Iterable[Passage]
) -> str:
    """Return the language of an answer, in ISO 639-1; never `UNKNOWN_LANGUAGE`.

    `asked` is what the question is in, if that is known, and `reads` what the person does.
    """
    before = [one.language for one in history]
    found = [passage.hit.language for passage in passages]
    known = (code for code in (asked, *before[-1:], reads) if code not in {_NONE, ""})
    most = Counter(code for code in found if code not in {_NONE, ""}).most_common(1)
    return next(known, most[0][0] if most else _LAST)


def apart(one: str, other: str, known: Set[str]) -> bool:
    """Whether these are two languages, and both among those `known`."""
    return one != other and {one, other} <= known


def _opened_in(text: str, words: Sequence[str]) -> str:
    """Return the language that a question can only begin in."""
    if any(sign in text for sign in _OPENING):
        return "es"
    return next((code for code in _ASKING if words[:1] and words[0] in _ASKING[code]), _NONE)


def _of_small_words(words: Sequence[str], telling: Mapping[str, frozenset[str]]) -> str:
    counts = {code: sum(word in own for word in words) for code, own in telling.items()}
    best, other = sorted(counts, key=lambda code: -counts[code])
    return best if counts[best] > counts[other] else _NONE
