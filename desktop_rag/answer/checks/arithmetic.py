"""Numbers that follow from two others of the passage: their sum, difference, product or share.

Among many numbers some two give any third. So both must stand in one sentence or one row, the text
must speak of such an operation, and the result must have digits enough to be no coincidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from desktop_rag.answer.checks.figures import Figure, rounds, same

_MOST = 8  # numbers beside each other, of which two may be meant
_TELLING = 2  # digits of a result whose operands are both spoken
_CERTAIN = 3  # digits of one whose operands are not
_CUES = {
    "−": r"differ|less than|more than|increas|decreas|declin|drop|fell|rose|grew|change|net|remain"
    r"|gap|diferenci|aument|disminu|variacion|cambi|resta|qued|saldo|menos que|mas que|baj|subi"
    r"|crec",
    "+": r"total|sum|altogether|combined|together|in all|both|suma|conjunto|junt|ambos"
    r"|entre los dos",
    "×": r"times|twice|product|multipl|veces|doble|triple|each|cada",
    "÷": r"ratio|per |average|mean|times|share|proportion|fraction|half|promedio|media|razon"
    r"|cociente|veces|por cada|mitad|margin|margen|turnover|rotacion",
    "%": r"percent|per cent|%|por ciento|porcentaje|rate|margin|margen|tasa",
}


def computed(claimed: Figure, spoken: Sequence[Figure], beside: Sequence[Figure], text: str) -> str:
    """Return the sum by which a number follows from two that stand `beside` each other, or "".

    `spoken` are all numbers of the sentence, `text` is it and the question, folded.

    >>> from desktop_rag.answer.checks.figures import Figure
    >>> five, twelve = Figure(0, 1, "5", (500.0,)), Figure(0, 1, "12", (1200.0,))
    >>> made = Figure(0, 1, "700", (700.0,), digits=3)
    >>> computed(made, [made], [twelve, five], "the difference is 700")
    '12 − 5 = 700'
    """
    plain = [one for one in beside if one.values and not one.year]
    if len(plain) > _MOST or not claimed.values:
        return ""
    signs = [sign for sign, cue in _CUES.items() if re.search(cue, text)]
    for one, other in permutations(plain, 2):
        both = _said(one, spoken) and _said(other, spoken)
        if claimed.digits < (_TELLING if both else _CERTAIN):
            continue
        for sign, value, sum_ in _results(one, other, claimed):
            if (sign in signs or both) and _is(claimed, value):
                return f"{sum_} = {claimed.written}"
    return ""


def _said(figure: Figure, spoken: Sequence[Figure]) -> bool:
    return any(same(a, b) for one in spoken for a in one.values for b in figure.values)


def _is(claimed: Figure, value: float) -> bool:
    return any(same(mine, value) for mine in claimed.values) or rounds(claimed, value)


def _results(one: Figure, other: Figure, claimed: Figure) -> Iterator[tuple[str, float, str]]:
    a, b = abs(one.values[0]), abs(other.values[0])
    alike = one.unit.kind == other.unit.kind
    if claimed.unit.kind == "%" and alike and b:
        yield "%", 100 * a / b, f"{one.written} ÷ {other.written}"
        yield "%", 100 * (a - b) / b, f"({one.written} − {other.written}) ÷ {other.written}"
    if alike and claimed.unit.kind in {one.unit.kind, ""}:
        yield "−", a - b, f"{one.written} − {other.written}"
        yield "+", a + b, f"{one.written} + {other.written}"
    if not claimed.unit.kind and alike and b:
        yield "÷", a / b, f"{one.written} ÷ {other.written}"
    if not other.unit.kind:
        if b:
            yield "÷", a / b, f"{one.written} ÷ {other.written}"
        yield "×", a * b, f"{one.written} × {other.written}"
