"""Turns text into the terms of the keyword index: folded, stemmed, without function words.

Stemming is Snowball's (PyStemmer), the language py3langid's. Questions and
passages must come through here alike, or they never meet.
"""

from __future__ import annotations

import functools
import re
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import Stemmer

from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.ports import ExactString
from desktop_rag.engines.store.exact_strings import exact_strings
from desktop_rag.settings.paths import reported

_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_INNER = re.compile(r"[.,'’]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_SCRIPTS = tuple(  # from which letter to which, and the language most written in it
    (*letters, Stemmer.Stemmer(name))
    for letters, name in (
        ("\u0370\u03ff", "greek"),
        ("\u0400\u04ff", "russian"),
        ("\u0620\u06ff", "arabic"),
    )
)
_TELLING_WORDS = 6  # fewer words than this do not tell a language
_PLAIN_WORDS = 20  # so many tell English and Spanish by their own small words
_PLAIN_SHARE = 0.05  # of all words that must be such
_PLAIN_KINDS = 3  # different ones
_OWN_WORDS = {  # small words that the languages beside them do not have
    "en": {"the", "of", "and", "with", "are", "were", "this", "that", "which", "by", "from",
           "have", "has", "been", "these", "for"},
    "es": {"y", "los", "las", "el", "su", "sus", "más", "pero", "muy", "hasta", "también",
           "según", "hay", "fue", "una"},
}  # fmt: skip
_FUNCTION_WORDS = {
    "en": """a about above after again all also am an and any are as at be because been before
        being below between both but by can could did do does doing down during each few for from
        further had has have having he her here hers him his how i if in into is it its itself me
        more most my no nor not of off on once only or other our ours out over own per same she
        should so some such than that the their theirs them then there these they this those
        through to too under until up very was we were what when where which while who whom whose
        why will with would you your yours""",
    "es": """a al algo ante antes aquel aquella aquello aquellas aquellos asi aun aunque bajo cada
        como con contra cual cuales cualquier cuando cuanta cuantas cuanto cuantos de del desde
        donde dos durante e el ella ellas ello ellos en entre era eran es esa esas ese eso esos
        esta estaba estaban estan estar estas este esto estos fue fueron ha habia habian hace han
        hasta hay la las le les lo los mas me mi mis mucho muy ni no nos nosotros o os otra otras
        otro otros para pero poco por porque pues que quien quienes se sea segun ser si sido sin
        sobre son su sus tal tambien tanto te tiene tienen todo todos tu tus u un una unas uno unos
        y ya yo""",
}


def language(text: str, among: Collection[str] = ()) -> str:
    """See `domain.ports.Analyzer`."""
    words = text.casefold().split()
    if len(words) < _TELLING_WORDS:
        return UNKNOWN_LANGUAGE
    if among:
        ranked = _identifier().rank(text)
        return next((str(code) for code, _ in ranked if code in among), UNKNOWN_LANGUAGE)
    return _plain(words) or str(_identifier().classify(text)[0])


def _plain(words: list[str]) -> str:
    """Return "en" or "es" where the small words leave no doubt: a hundred times as fast."""
    if len(words) < _PLAIN_WORDS:
        return ""
    for code, own in _OWN_WORDS.items():
        seen = [word for word in words if word in own]
        if len(seen) >= _PLAIN_SHARE * len(words) and len(set(seen)) >= _PLAIN_KINDS:
            others = (other for name, other in _OWN_WORDS.items() if name != code)
            if not any(word in other for other in others for word in words):
                return code
    return ""


def terms(text: str, languages: Iterable[str]) -> list[str]:
    """See `domain.ports.Analyzer`; each word comes in the stem of every one of `languages`."""
    spoken = tuple(languages)
    words = _WORD.findall(fold(text))
    found = chain.from_iterable(map(_stems(spoken, leave_out=True), words))
    return list(found) or list(chain.from_iterable(map(_stems(spoken, leave_out=False), words)))


def exact(text: str, language: str = "") -> list[ExactString]:
    """See `domain.ports.Analyzer`."""
    return exact_strings(text, language)


def words_of(text: str) -> list[str]:
    """See `domain.ports.Analyzer`."""
    return _WORD.findall(fold(text))


def _parts(word: str) -> Iterator[str]:
    """Yield what is looked for in a word: signs of Chinese or Japanese stand in pairs."""
    start = 0
    for run in _CJK.finditer(word):
        yield from _spelled(word[start : run.start()])
        signs = run.group()
        yield from (signs[at : at + 2] for at in range(max(1, len(signs) - 1)))
        start = run.end()
    yield from _spelled(word[start:])


def _spelled(word: str) -> Iterator[str]:
    """Yield a word, and what its inner signs divide: "l'eau" is also "eau"."""
    if not word:
        return
    yield word
    if _INNER.search(word) and not word[0].isdigit():
        yield from filter(None, _INNER.split(word))


def fold(text: str) -> str:
    """Return `text` in lower case without accents.

    >>> fold("Índice de la CAÑA")
    'indice de la cana'
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", apart.translate(_BARE))  # Korean was taken apart too


class _Bare(dict[int, int | None]):
    """Takes the accents away that stand by themselves; learns which signs are accents."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return self[sign]


_BARE = _Bare()


@functools.lru_cache(maxsize=128)
def _stems(languages: tuple[str, ...], *, leave_out: bool) -> Callable[[str], tuple[str, ...]]:
    """Return a cached function from a folded word to its terms, none for a function word."""
    stemmers = [Stemmer.Stemmer(_ALGORITHMS[c]) for c in languages if c in _ALGORITHMS]
    out = _function_words(languages) if leave_out else frozenset()

    def stems(word: str) -> Iterator[str]:
        if word[0].isdigit():
            yield word
            return
        found = [stemmer.stemWord(word) for stemmer in stemmers] or [word]
        written = _by_script(word)
        yield from dict.fromkeys([*found, written.stemWord(word)] if written else found)

    @functools.lru_cache(maxsize=100_000)
    def known(word: str) -> tuple[str, ...]:
        return tuple(term for part in _parts(word) if part not in out for term in stems(part))

    return known


def _by_script(word: str) -> Any:
    """Return the stemmer of a script's language: notices are in two, and one is told of each."""
    for first, last, stemmer in _SCRIPTS:
        if first <= word[0] <= last:
            return stemmer
    return None


def _function_words(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for code in languages for word in _FUNCTION_WORDS.get(code, "").split())


@functools.lru_cache(maxsize=1)
def _identifier() -> Any:
    made = import_module("py3langid")
    with reported(Path(tempfile.gettempdir())):  # where it unpacks its model
        made.classify("")  # loads it, 0.8 s
    return made
