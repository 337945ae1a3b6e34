"""What numbers count, and by which factor: 2 hours are 120 minutes, and "mil millones" are 10^9."""

from __future__ import annotations

import re
from typing import NamedTuple

from desktop_rag.answer.checks.tokens import flat


class CountedUnit(NamedTuple):
    """A unit: numbers of one `kind` can be compared after each is taken `factor` times."""

    kind: str
    factor: float = 1.0


NONE = CountedUnit("")
PERCENT = CountedUnit("%")
_UNITS = """
second 1: s sec secs second seconds segundo segundos
second 60: min mins minute minutes minuto minutos
second 3600: h hr hrs hour hours hora horas
second 86400: day days dia dias
second 604800: week weeks semana semanas
second 1209600: fortnight fortnights quincena quincenas
month 1: month months mes meses
month 3: quarter quarters trimestre trimestres
month 6: semester semesters semestre semestres
month 12: year years yr yrs ano anos
month 120: decade decades decada decadas decenio decenios
month 1200: century centuries siglo siglos
second .001: ms millisecond milliseconds milisegundo milisegundos
metre .000000001: nm nanometre nanometres nanometer nanometers nanometro nanometros
metre .000001: μm micron microns micrometre micrometres micrometer micrometers micra micras
metre .001: mm millimetre millimetres millimeter millimeters milimetro milimetros
metre .01: cm centimetre centimetres centimeter centimeters centimetro centimetros
metre 1: m metre metres meter meters metro metros
metre 1000: km kilometre kilometres kilometer kilometers kilometro kilometros
metre .0254: inch inches pulgada pulgadas
metre .3048: ft foot feet pie pies
metre .9144: yd yard yards yarda yardas
metre 1609.344: mi mile miles milla millas
area .0001: cm2 cm²
area 1: m2 m² sqm
area 10000: ha hectare hectares hectarea hectareas
area 4046.8564: acre acres
area 1000000: km2 km²
litre .001: ml millilitre millilitres milliliter milliliters mililitro mililitros cc
litre .01: cl centilitro centilitros
litre 1: l litre litres liter liters litro litros
litre 3.785411784: gallon gallons galon galones
litre 1000: m3 m³
gram .000001: μg microgram micrograms microgramo microgramos
gram .001: mg milligram milligrams miligramo miligramos
gram 1: g gr gram grams gramme grammes gramo gramos
gram 1000: kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes kilogramo kilogramos
gram 1000000: tonne tonnes tonelada toneladas
gram 453.59237: lb lbs pound-weight libra libras
gram 28.349523: oz ounce ounces onza onzas
% 1: % percent pct
pp 1: pp
point .01: bp bps
‰ 1: ‰
$ 1: $ us$ usd dollar dollars dolar dolares
$ .01: cent cents
€ 1: € eur euro euros
£ 1: £ gbp pound pounds sterling
¥ 1: ¥ jpy yen yenes
₹ 1: ₹ inr rupee rupees rupia rupias
chf 1: chf
peso 1: peso pesos mxn
pts 1: peseta pesetas
sol 1: pen soles
°c 1: °c ºc celsius
°f 1: °f ºf fahrenheit
° 1: ° º degree degrees grado grados
kelvin 1: kelvin kelvins
byte 1: b byte bytes
byte 1000: kb kilobyte kilobytes
byte 1000000: mb megabyte megabytes mib
byte 1000000000: gb gigabyte gigabytes gib
byte 1000000000000: tb terabyte terabytes tib
watt 1: w watt watts vatio vatios
watt 1000: kw kilowatt kilowatts kilovatio kilovatios
watt 1000000: mw megawatt megawatts megavatio megavatios
watt 1000000000: gw gigawatt gigawatts
joule 1: j joule joules julio
joule 1000: kj
joule 4.184: cal calorie calories caloria calorias
joule 4184: kcal kilocalorie kilocalories kilocaloria kilocalorias
kwh 1: kwh
kwh 1000: mwh
kwh 1000000: gwh
volt 1: v volt volts voltio voltios
volt 1000: kv
ampere 1: a amp amps ampere amperes amperio amperios
ampere .001: ma
hertz 1: hz hertz hercio hercios
hertz 1000: khz
hertz 1000000: mhz
hertz 1000000000: ghz
pascal 1: pa
pascal 1000: kpa
pascal 100000: bar bars
mol 1: mol moles
ppm 1: ppm
speed 1: km/h kph
speed 1.609344: mph
speed 3.6: m/s
px 1: px pixel pixels pixeles
"""
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "thousands": 1e3, "k": 1e3, "mil": 1e3, "miles": 1e3,
    "million": 1e6, "millions": 1e6, "mn": 1e6, "mm": 1e6, "m": 1e6, "millon": 1e6,
    "millones": 1e6, "mill": 1e6, "mln": 1e6, "mio": 1e6, "billion": 1e9, "billions": 1e9,
    "bn": 1e9, "b": 1e9, "mrd": 1e9, "millardo": 1e9, "millardos": 1e9, "trillion": 1e12,
    "trillions": 1e12, "tn": 1e12, "billon": 1e12, "billones": 1e12, "trillon": 1e18,
    "trillones": 1e18,
}  # fmt: skip
_OF_MONEY_ALONE = {"k", "m", "mm", "mn", "b", "bn", "tn"}  # letters that else are units
_LONG = (
    ("per cent", PERCENT),
    ("por ciento", PERCENT),
    ("por cien", PERCENT),
    ("percentage points", CountedUnit("pp")),
    ("percentage point", CountedUnit("pp")),
    ("puntos porcentuales", CountedUnit("pp")),
    ("punto porcentual", CountedUnit("pp")),
    ("basis points", CountedUnit("pp", 0.01)),
    ("puntos basicos", CountedUnit("pp", 0.01)),
    ("square kilometers", CountedUnit("area", 1e6)),
    ("square kilometres", CountedUnit("area", 1e6)),
    ("kilometros cuadrados", CountedUnit("area", 1e6)),
    ("square meters", CountedUnit("area", 1)),
    ("square metres", CountedUnit("area", 1)),
    ("metros cuadrados", CountedUnit("area", 1)),
    ("square miles", CountedUnit("area", 2589988.11)),
    ("millas cuadradas", CountedUnit("area", 2589988.11)),
    ("square feet", CountedUnit("area", 0.09290304)),
    ("pies cuadrados", CountedUnit("area", 0.09290304)),
    ("cubic meters", CountedUnit("litre", 1e3)),
    ("cubic metres", CountedUnit("litre", 1e3)),
    ("metros cubicos", CountedUnit("litre", 1e3)),
)


def _read() -> dict[str, CountedUnit]:
    found: dict[str, CountedUnit] = {}
    for line in _UNITS.strip().splitlines():
        head, _, spellings = line.partition(": ")
        kind, factor = head.split()
        found |= dict.fromkeys(spellings.split(), CountedUnit(kind, float(factor)))
    return found


UNITS = _read()
_WORD = re.compile(
    r"[\s-]?\s?(?P<word>(?:us)?[%‰$€£¥₹]|[°º]\s?[cf]?(?!\w)|[^\W\d_]+(?:/[hs]|[23²³])?)"
)
_BEFORE = re.compile(r"(?P<unit>(?:us)?[$€£¥₹]|(?<!\w)(?:eur|usd|gbp|chf|jpy|inr))\s?$")
_GAP = re.compile(r"\s?(?:de\s|of\s)?")
_MONEY = frozenset({"$", "€", "£", "¥", "₹", "chf", "peso", "pts", "sol"})


def is_money(unit: CountedUnit) -> bool:
    """Tell whether a unit is a currency."""
    return unit.kind in _MONEY


def around(text: str, start: int, end: int) -> tuple[float, CountedUnit, int]:
    """Return scale and unit of the number at `start` to `end` of a flat text, and where they end.

    >>> around("it cost 5 million dollars", 8, 9)
    (1000000.0, CountedUnit(kind='$', factor=1.0), 25)
    """
    before = _BEFORE.search(text[max(0, start - 5) : start])
    unit = UNITS[before["unit"]] if before else NONE
    scale, end = _scale(text, end, money=before is not None)
    if before:
        return scale, unit, end
    unit, after = _unit(text, end)
    if unit == NONE and scale != 1.0:
        unit, after = _unit(text, _GAP.match(text, end).end())  # type: ignore[union-attr]
    return scale, unit, after if unit != NONE else end


def _scale(text: str, end: int, *, money: bool) -> tuple[float, int]:
    """Return by how much the words after a number take it: "mil millones" are two."""
    scale = 1.0
    while found := _WORD.match(text, end):
        word = found["word"]
        if word not in _SCALES or (word in _OF_MONEY_ALONE and not money):
            break
        scale *= _SCALES[word]
        end = found.end()
    return scale, end


def _unit(text: str, end: int) -> tuple[CountedUnit, int]:
    found = _WORD.match(text, end)
    if not found:
        return NONE, end
    for words, unit in _LONG:
        if text.startswith(words, found.start("word")):
            return unit, found.start("word") + len(words)
    word = found["word"].replace(" ", "")
    glued = found.start() == found.start("word")
    if word in UNITS and (glued or len(word) > 1 or not word.isalpha() or word in "mghlwv"):
        return UNITS[word], found.end()
    return NONE, end


_HEADED = re.compile(
    r"\b(?:in|en|expressed in|cifras en|datos en|usd|us\$|\$|€)\s(?:us\s)?(?P<scale>"
    r"thousands?|millions?|billions?|miles de millones|miles|millones|millares)\b"
    r"|[($€]\s?(?P<bare>mm|millones|millions|thousands|miles|billions)\b"
)
_HEAD_SCALES = {
    "thousand": 1e3, "thousands": 1e3, "miles": 1e3, "millares": 1e3, "million": 1e6,
    "millions": 1e6, "millones": 1e6, "mm": 1e6, "billion": 1e9, "billions": 1e9,
    "miles de millones": 1e9,
}  # fmt: skip


def headed(text: str) -> frozenset[float]:
    """Return by how much a table's own words take its numbers: "(in millions)".

    >>> headed("Balance (en miles de euros)")
    frozenset({1000.0})
    """
    found = _HEADED.finditer(flat(text))
    return frozenset(_HEAD_SCALES[one["scale"] or one["bare"]] for one in found)


def named(text: str) -> frozenset[str]:
    """Return the kinds of all units that a text speaks of."""
    low = flat(text)
    found = {UNITS[word].kind for word in re.findall(r"[^\W\d_]+|[%‰$€£¥₹°]", low) if word in UNITS}
    return frozenset(found | {unit.kind for words, unit in _LONG if words in low})
