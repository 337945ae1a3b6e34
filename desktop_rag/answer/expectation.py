"""What kind of thing a question asks for, and whether a sentence has one.

when            ─► a date, a year, a time
how much, many  ─► a number
who, where      ─► a name that the question has not
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from enum import Enum

from desktop_rag.domain.ports import Analyzer

_WHEN = re.compile(
    r"\b(?:when|cuando|(?:what|which|in what) (?:year|date|day|month|century|decade)"
    r"|que (?:ano|fecha|dia|mes|siglo|decada|hora)|what time)\b"
)
_QUANTITY = re.compile(
    r"\bhow (?:many|much|long|far|often|old|big|large|tall|high|deep|fast|wide|heavy)\b"
    r"|\b(?:what|which) (?:is |was |are |were )?(?:the )?(?:\w+ )?"
    r"(?:percentage|percent|number|amount|proportion|share|age|rate|price|cost|population)\b"
    r"|\bcuant[oa]s?\b"
    r"|\b(?:que|cual) (?:es |era |fue )?(?:el |la )?(?:\w+ )?"
    r"(?:porcentaje|numero|cantidad|proporcion|edad|precio|coste|costo|poblacion|telefono)\b"
)
_NAME = re.compile(
    r"\b(?:who|whom|whose|quien|quienes|where|donde|adonde)\b"
    r"|\b(?:what|which|que) (?:city|country|state|town|river|island|company|person"
    r"|ciudad|pais|estado|pueblo|rio|isla|empresa|persona)\b"
)
_DATE = re.compile(
    r"\b(?:1\d|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th) century|\bsiglos? [ivx]+\b|\bcentury\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre"
    r"|octubre|noviembre|diciembre|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes"
    r"|martes|miercoles|jueves|viernes|sabado|domingo)\b"
)
_TIME = re.compile(r"\b\d{1,2}[:/-]\d{2}\b")
_COUNTING = """
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty
    hundred thousand million billion half third quarter dozen once twice both several no none
    uno dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cuarenta cincuenta
    cien ciento cientos mil millon millones mitad tercio cuarto docena ambos varios ningun
    ninguna"""
_NUMBER_WORDS = frozenset(_COUNTING.split())
_CAPITAL = re.compile(r"(?<=[^.!?¿¡:\s])\s+([^\W\d_a-zß-ÿ][\w'’-]+)")


class AskedFor(Enum):
    """What a question asks for."""

    WHEN = "when"
    QUANTITY = "quantity"
    NAME = "name"


def expected(question: str, analyzer: Analyzer) -> list[AskedFor]:
    """Return what a question asks for, most often nothing or one thing."""
    return asked_for(" ".join(analyzer.words_of(question)))


def asked_for(folded: str) -> list[AskedFor]:
    """Return what a question asks for; its words have no capitals, accents or punctuation."""
    patterns = ((AskedFor.WHEN, _WHEN), (AskedFor.QUANTITY, _QUANTITY), (AskedFor.NAME, _NAME))
    return [kind for kind, pattern in patterns if pattern.search(folded)]


def fit(kinds: Sequence[AskedFor], question: str, sentence: str, analyzer: Analyzer) -> float:
    """Return how far a sentence has what is asked for: 0.5 for each kind it has, -0.5 for others.

    What the question says itself is no answer to it.
    """
    asked = frozenset(analyzer.words_of(question))
    return sum(0.5 if _has(kind, asked, sentence, analyzer) else -0.5 for kind in kinds)


def _has(kind: AskedFor, asked: Collection[str], sentence: str, analyzer: Analyzer) -> bool:
    words = analyzer.words_of(sentence)
    match kind:
        case AskedFor.WHEN:
            dates = (one.group().split() for one in _DATE.finditer(" ".join(words)))
            return any(not set(date) <= set(asked) for date in dates) or bool(
                _TIME.search(sentence)
            )
        case AskedFor.QUANTITY:
            return any(_counts(word) for word in set(words).difference(asked))
        case AskedFor.NAME:
            names = " ".join(one.group(1) for one in _CAPITAL.finditer(sentence))
            return not set(analyzer.words_of(names)) <= set(asked)


def _counts(word: str) -> bool:
    return word in _NUMBER_WORDS or any(map(str.isdigit, word))
