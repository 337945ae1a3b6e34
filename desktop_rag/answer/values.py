"""The value in a sentence that a short question asks for: a date, an amount, a name.

A cell of a table wants "12 March 2024", not the clause around it. What a sentence has several of,
with words of the question beside more than one, is left to whoever reads the sentence.

Kinds are told by `expectation`, and by words that head columns: "Rent", "Fecha de firma".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from desktop_rag.answer.expectation import AskedFor, asked_for
from desktop_rag.domain.passages import Span

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre"
    "|diciembre|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic"
)
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: de| of)? (?:{MONTHS})\b\.?(?:(?:,| del?|,? of)? ?\d{{4}}\b)?"
    rf"|\b(?:{MONTHS})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)(?:,? \d{{4}}\b)?"
    rf"|\b(?:{MONTHS})\b\.?(?:,| del?| of)? \d{{4}}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b"
    r"|(?<![\d.,/-])(?:1[5-9]|20)\d\d(?![\d/-]|[.,]\d)"
)
_CURRENCY = r"(?:us\$|€|\$|£|¥|eur(?:os?)?\b|usd\b|gbp\b|mxn\b|dolar(?:es)?\b|dollars?\b|pesos?\b"
_CURRENCY += r"|pounds?\b|libras?\b|cents?\b|centimos?\b)"
NUMBER = r"[-−]?\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|[-−]?\d+(?:[.,]\d+)?"
_SCALE = r"(?: ?(?:million(?:s)?|millon(?:es)?|billion(?:s)?|thousand|mil|bn|m|k)\b(?: de(?= ))?)?"
_UNIT = (
    rf"(?: ?(?:%|‰|{_CURRENCY}|(?:per cent|percent|por ciento|km/?h?|kg|mg|mm|cm|m2|m²|kwh?|mw|gb"
    r"|hours?|horas?|days?|dias?|weeks?|semanas?|months?|meses|mes|years?|anos?|minutes?|minutos?"
    r"|metros?|metres?|meters?|hectareas?|hectares?|grams?|gramos?|litros?|lit(?:re|er)s?"
    r"|toneladas?|tonnes?|tons?)\b))?"
)
AMOUNT = re.compile(rf"(?<![\w.,/-])(?:{_CURRENCY} ?)?(?:{NUMBER}){_SCALE}{_UNIT}(?!\w)(?![/-]\d)")
_MONEY = re.compile(_CURRENCY)
_JOINING = r"(?:de la|de los|de las|del|de|la|los|las|y|of the|of|and|the|van|von|da|do|di|&|e)"
_LARGE = r"[^\W\d_a-zß-ÿ][\w'’&-]*\w|[^\W\d_a-zß-ÿ]\."
_NAME = re.compile(
    rf"(?:{_LARGE})(?: (?:{_JOINING} )?(?:{_LARGE}))*(?:,? (?:S\.A\.|S\.L\.|Inc\.))?"
)
_HEADS = {
    AskedFor.WHEN: re.compile(
        r"\b(?:dates?|deadline|expir\w+|due|fechas?|vencimiento|vigencia|caducidad|years?|anos?"
        r"|effective|start|born|signed|firmado|firma)\b"
    ),
    AskedFor.QUANTITY: re.compile(
        r"\b(?:amounts?|total|price|cost|fee|rent|salary|wage|revenue|budget|deposit|percentage"
        r"|rate|number|size|area|weight|length|height|duration|term|importe|monto|precio|coste"
        r"|costo|cuota|renta|alquiler|salario|sueldo|presupuesto|fianza|porcentaje|tipo|numero"
        r"|cuantia|superficie|peso|longitud|altura|duracion|plazo|ingresos|ventas)\b"
    ),
    AskedFor.NAME: re.compile(
        r"\b(?:name|author|tenant|landlord|buyer|seller|client|customer|supplier|employer"
        r"|employee|company|director|manager|owner|city|place|nombre|autor[a]?|arrendatari[oa]"
        r"|arrendador[a]?|comprador[a]?|vendedor[a]?|cliente|proveedor[a]?|empleador[a]?"
        r"|emplead[oa]|empresa|directora?|gerente|titular|propietari[oa]|ciudad|lugar)\b"
    ),
}  #: what heads of columns ask for
_ASKING = re.compile(
    r"^(?:(?:what|which|cual(?:es)?|que) (?:is|was|are|were|es|era|fue|son) )?"
    r"(?:(?!of |about |de |del |sobre |said )\w+ ){0,3}$"
)  #: what may stand before such a head: "what is the monthly", and not "what is said of the"
_WHO = re.compile(r"\b(?:who|whom|whose|quien|quienes)\b")  # where something is takes a sentence
_MONEY_ASKED = re.compile(
    r"\b(?:amounts?|price|cost|fee|rent|salary|wage|revenue|budget|deposit|how much is|cuesta"
    r"|importe|monto|precio|coste|costo|cuota|renta|alquiler|salario|sueldo|presupuesto|fianza"
    r"|cuantia|ingresos|ventas)\b"
)
_SHARE_ASKED = re.compile(r"\b(?:percentage|percent|rate|share|porcentaje|por ciento)\b")
_WORD = re.compile(r"[^\W_]+")
_STEM = 5  # letters of a word that its other forms have, too
_CONTENT = 3  # letters of a word that says what is asked
_SMALL_WORDS = """
    the and are was were for how who what when which does did has have with from this that que
    cual quien cuando cuanto cuanta cuantos cuantas como donde los las del una uno por para con sus
    son fue much many"""
_SMALL = frozenset(_SMALL_WORDS.split())
_OPENING = re.compile(
    r"(?:By|The|An?|In|On|At|For|Mr|Mrs|Ms|Dr|El|La|Los|Las|Un|Una|En|Por|De|Don|Doña|Sra?)\.? "
)
_CLAUSES = re.compile(r"[,;:()]| and | y | e | but | pero | or | o ")
_PHRASES = re.compile(
    r" (?:in|on|at|of|for|to|with|by|from|en|de|del|a|al|con|por|para|desde|hasta) "
)
_CLOSE = 20  # letters from a name to the word that says whose it is
_LONGEST = 80  # letters of a name


def value_in(question: str, sentence: str) -> Span | None:
    """Return the place of the one value in `sentence` that is asked for, None where none is sure.

    >>> text = "The rent is 900 euros and the deposit is 1,800 euros."
    >>> start, end = value_in("How much is the deposit?", text)
    >>> text[start:end]
    '1,800 euros'
    """
    asked, low = folded_by_sign(question), folded_by_sign(sentence)
    kind = _kind(" ".join(_WORD.findall(asked)))
    if kind is None:
        return None
    found = [span for span in _values(kind, asked, sentence, low) if not _said(low, span, asked)]
    if len({low[slice(*span)] for span in found}) == 1:
        return found[0]
    return _told_apart(found, asked, low) if found else None


def is_about(question: str, sentence: str) -> bool:
    """Tell whether a sentence has a word of what is asked, in any of its forms.

    >>> is_about("How much is the deposit?", "The monthly rent is 441 euros.")
    False
    """
    asked = _content(folded_by_sign(question))
    said = _content(folded_by_sign(sentence))
    return not asked or any(_akin(one, word) for one in said for word in asked)


def _kind(words: str) -> AskedFor | None:
    """Return the kind of thing that is asked for; what heads a column tells where no verb does."""
    kinds = [kind for kind in asked_for(words) if kind is not AskedFor.NAME or _WHO.search(words)]
    if not kinds:
        kinds = [kind for kind, heads in _HEADS.items() if _heads(heads, words)]
        if AskedFor.WHEN in kinds:
            kinds = [AskedFor.WHEN]  # "fecha de firma del arrendatario" is a date
    return kinds[0] if len(kinds) == 1 else None


def _heads(heads: re.Pattern[str], words: str) -> bool:
    found = heads.search(words)
    return found is not None and bool(_ASKING.match(words[: found.start()]))


def _values(kind: AskedFor, asked: str, sentence: str, low: str) -> list[Span]:
    if kind is AskedFor.NAME:
        return [span for span in _names(sentence) if _called(span, asked, low)]
    dates, amounts = _spans(DATE, low), _spans(AMOUNT, low)
    if kind is AskedFor.WHEN:
        return [date for date in dates if not any(_within(date, one) for one in amounts)]
    free = [
        one
        for one in amounts
        if not any(_overlap(one, date) and not _within(date, one) for date in dates)
    ]
    return _of_kind(asked, low, free)


def _spans(pattern: re.Pattern[str], low: str) -> list[Span]:
    return [one.span() for one in pattern.finditer(low)]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(date: Span, amount: Span) -> bool:
    """Tell whether what looks like a year is an amount with its unit: "1828 euros"."""
    return amount[0] <= date[0] and date[1] <= amount[1] and amount != date


def _of_kind(asked: str, low: str, amounts: list[Span]) -> list[Span]:
    """Return the amounts; money where money is asked for, shares where shares are."""
    if _MONEY_ASKED.search(asked):
        return [span for span in amounts if _MONEY.search(low[slice(*span)])] or amounts
    if _SHARE_ASKED.search(asked):
        return [span for span in amounts if re.search("%|per ?cent|por ciento", low[slice(*span)])]
    return amounts


def _names(sentence: str) -> Iterator[Span]:
    """Yield the runs of capitalized words; one that opens the sentence has several."""
    for one in _NAME.finditer(sentence):
        opens = not sentence[: one.start()].strip(" •-–—*\"“«'¿¡(")
        article = _OPENING.match(one.group()) if opens else None
        start = one.start() + (article.end() if article else 0)
        several = " " in sentence[start : one.end()]
        common = not several and one.group().lower() in sentence  # "Three" of "three questions"
        if one.end() - start <= _LONGEST and (several or article or not opens) and not common:
            yield start, one.end()


def _called(name: Span, asked: str, low: str) -> bool:
    """Tell whether a name stands close to a word of the question, where there is such a word."""
    words = _content(asked)
    gaps = [
        max(one.start() - name[1], name[0] - one.end())
        for one in _WORD.finditer(low)
        if any(_akin(one.group(), word) for word in words if len(one.group()) >= _CONTENT)
    ]
    return not gaps or any(0 <= gap <= _CLOSE for gap in gaps)


def _said(low: str, span: Span, asked: str) -> bool:
    """Tell whether the question says this value itself."""
    words = _WORD.findall(low[slice(*span)])
    return set(words) <= set(_WORD.findall(asked))


def _told_apart(found: list[Span], asked: str, low: str) -> Span | None:
    """Return the value beside which words of the question stand, if none stand beside others."""
    words = _content(asked)
    edges = [0, *(_edge(low, one, after) for one, after in pairwise(found)), len(low)]
    beside = [
        span
        for span, (start, end) in zip(found, pairwise(edges), strict=True)
        if any(_akin(one, word) for one in _content(low[start:end]) for word in words)
    ]
    return beside[0] if len(beside) == 1 else None


def _content(low: str) -> list[str]:
    words = _WORD.findall(low)
    return [word for word in words if len(word) >= _CONTENT and word not in _SMALL]


def _akin(one: str, other: str) -> bool:
    """Tell whether two words may be forms of the same: "ends" of "end"."""
    first, second = one[:_STEM], other[:_STEM]
    return first.startswith(second) or second.startswith(first)


def _edge(low: str, one: Span, after: Span) -> int:
    """Return where what is said of a value ends, and what is said of the next one begins."""
    between = low[one[1] : after[0]]
    parting = _CLAUSES.search(between) or _PHRASES.search(between)
    return one[1] + (parting.start() if parting else 0)


def folded_by_sign(text: str) -> str:
    """Return text without capitals and accents, sign by sign: places stay what they are."""
    return "".join(map(_bare, text))


def _bare(sign: str) -> str:
    bare = unicodedata.normalize("NFD", sign)[0].lower()
    return bare if len(bare) == 1 else sign
